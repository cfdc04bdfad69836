"""The decision whether to answer, by table and by property."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.deciding import (
    Action,
    Situation,
    Trigger,
    has_words,
    looks_like_question,
    should_answer,
    without_mention,
)
from bot.smalltalk import Talk, talk_of

Q = "who opened the terminal?"

TABLE: list[tuple[str, dict[str, Any], Action, Trigger | None, bool]] = [
    ("a greeting", {"text": "Hello!", "mentioned": True}, Action.GREET, Trigger.MENTION, False),
    ("thanks for an answer", {"text": "thanks!", "replies_to_bot": True}, Action.IGNORE, None, False),
    (
        "a question that greets",
        {"text": f"hi, {Q}", "mentioned": True},
        Action.ANSWER,
        Trigger.MENTION,
        False,
    ),
    ("thanks in private", {"text": "thank you!", "direct": True}, Action.THANK, Trigger.DIRECT, False),
    (
        "what it is about",
        {"text": "what is the article about?", "mentioned": True},
        Action.OVERVIEW,
        Trigger.MENTION,
        False,
    ),
    (
        "what it is about, in a chosen channel",
        {"text": "what's this article about?", "watched": True},
        Action.OVERVIEW,
        Trigger.CHANNEL,
        True,
    ),
    (
        "small talk in a chosen channel",
        {"text": "how are you?", "watched": True},
        Action.IGNORE,
        None,
        False,
    ),
    (
        "a link alone",
        {"text": "https://a.example/b", "mentioned": True},
        Action.GREET,
        Trigger.MENTION,
        False,
    ),
    ("a mention", {"text": Q, "mentioned": True}, Action.ANSWER, Trigger.MENTION, False),
    (
        "a mention that is no question",
        {"text": "terminal", "mentioned": True},
        Action.ANSWER,
        Trigger.MENTION,
        False,
    ),
    ("a bare mention", {"text": "", "mentioned": True}, Action.GREET, Trigger.MENTION, False),
    ("a mention with an emoji only", {"text": "🤔", "mentioned": True}, Action.GREET, Trigger.MENTION, False),
    (
        "a reply to the bot",
        {"text": "and when?", "replies_to_bot": True},
        Action.ANSWER,
        Trigger.REPLY,
        False,
    ),
    (
        "a reply to the bot with the ping off and no intent",
        {"text": "", "replies_to_bot": True},
        Action.IGNORE,
        None,
        False,
    ),
    ("a direct message", {"text": Q, "direct": True}, Action.ANSWER, Trigger.DIRECT, False),
    ("an empty direct message", {"text": "", "direct": True}, Action.GREET, Trigger.DIRECT, False),
    ("chatter", {"text": "nice weather"}, Action.IGNORE, None, False),
    ("a question to nobody", {"text": Q}, Action.IGNORE, None, False),
    ("a question in a chosen channel", {"text": Q, "watched": True}, Action.ANSWER, Trigger.CHANNEL, True),
    ("chatter in a chosen channel", {"text": "nice weather", "watched": True}, Action.IGNORE, None, False),
    (
        "a question to somebody else in a chosen channel",
        {"text": Q, "watched": True, "replies_to_other": True},
        Action.IGNORE,
        None,
        False,
    ),
    (
        "a question that names somebody in a chosen channel",
        {"text": Q, "watched": True, "mentions_others": True},
        Action.IGNORE,
        None,
        False,
    ),
    (
        "a mention in a chosen channel",
        {"text": Q, "watched": True, "mentioned": True},
        Action.ANSWER,
        Trigger.MENTION,
        False,
    ),
    (
        "a forum post",
        {"text": "Ferry times", "watched": True, "forum_post": True},
        Action.ANSWER,
        Trigger.FORUM,
        True,
    ),
    (
        "a question in the bot's thread",
        {"text": Q, "own_thread": True, "threads": True},
        Action.ANSWER,
        Trigger.THREAD,
        False,
    ),
    ("the same with threads off", {"text": Q, "own_thread": True}, Action.IGNORE, None, False),
    (
        "a mention where it is off",
        {"text": Q, "mentioned": True, "silenced": True},
        Action.IGNORE,
        None,
        False,
    ),
    ("a bot that mentions it", {"text": Q, "mentioned": True, "from_bot": True}, Action.IGNORE, None, False),
    ("a pin notice", {"text": Q, "mentioned": True, "ordinary": False}, Action.IGNORE, None, False),
]


@pytest.mark.parametrize(
    ("given_", "action", "trigger", "silent"), [r[1:] for r in TABLE], ids=[r[0] for r in TABLE]
)
def test_decision(given_: dict[str, Any], action: Action, trigger: Trigger | None, silent: bool) -> None:
    decision = should_answer(Situation(**given_))
    assert (decision.action, decision.trigger, decision.silent_when_unsure) == (action, trigger, silent)
    assert decision.reason


situations = st.builds(
    Situation,
    text=st.one_of(st.sampled_from(["", Q, "hm", "🤔", "ok then"]), st.text(max_size=30)),
    **{name: st.booleans() for name, field in Situation.model_fields.items() if field.annotation is bool},
)


@given(situations)
def test_decision_rules_hold_everywhere(s: Situation) -> None:
    decision = should_answer(s)
    if s.from_bot or not s.ordinary:
        assert decision.action is Action.IGNORE
    if decision.action is Action.ANSWER:
        assert has_words(s.text) and decision.trigger is not None
    asked = s.direct or s.mentioned or s.replies_to_bot
    if decision.action is not Action.IGNORE and not asked:
        assert s.watched or (s.own_thread and s.threads)
        assert not (s.replies_to_other or s.mentions_others)
    if decision.silent_when_unsure:
        assert s.watched and not asked
    if s.silenced and not s.direct:
        assert decision.action is Action.IGNORE


@pytest.mark.parametrize(
    "text",
    [
        "who opened it?",
        "Why was it late",
        "any idea when it opens?",
        "and to whom did she speak",
        "Did she come home",
    ],
)
def test_fully_formed_questions(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize(
    "text", ["what", "lol?", "whoever did this is great", "I know who did it", "?!", "", "nice"]
)
def test_not_questions(text: str) -> None:
    assert not looks_like_question(text)


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("Hello there!", Talk.HELLO),
        ("who are you?", Talk.HELLO),
        ("hey, what can you do?", None),
        ("What can I ask you?", Talk.HELLO),
        ("help me please", Talk.HELLO),
        ("How do I use this bot?", Talk.HELLO),
        ("thank you, that helps", Talk.THANKS),
        ("ok thanks", Talk.THANKS),
        ("lol", Talk.THANKS),
        ("What’s this article about?", Talk.OVERVIEW),
        ("tl;dr", Talk.OVERVIEW),
        ("Please summarize the story", Talk.OVERVIEW),
        ("a short summary please", Talk.OVERVIEW),
        ("thanks, but who opened it?", None),
        ("who thanked the builders?", None),
        ("what is this about Soleimani?", None),
        ("what does the article say about Iran?", None),
        ("who did you call?", None),
        ("test of the new ferry", None),
        ("who", None),
        ("", None),
    ],
)
def test_small_talk_is_told_from_questions(text: str, talk: Talk | None) -> None:
    assert talk_of(text) is talk


@pytest.mark.parametrize(
    ("typed", "left"),
    [
        ("<@5> who came?", "who came?"),
        ("<@!5>, who came?", "who came?"),
        ("who did <@5> call?", "who did call?"),
        ("who came <@5>?", "who came?"),
        ("<@5><@5> hi", "hi"),
        ("<@5>", ""),
        ("<@55> and <@6> came, <@5>", "<@55> and <@6> came,"),
        ("- a list, kept", "- a list, kept"),
    ],
)
def test_only_the_own_mention_goes(typed: str, left: str) -> None:
    assert without_mention(typed, 5) == left


@given(st.text(max_size=60))
def test_a_text_without_mentions_stays_as_typed(text: str) -> None:
    if "<@" not in text:
        assert without_mention(text, 5) == text.strip()


@given(st.lists(st.sampled_from(["<@5>", "<@!5>", "<@6>", "who", "?", " ", "\n", "a*b"]), max_size=12))
def test_other_mentions_and_words_stay(parts: list[str]) -> None:
    left = without_mention("".join(parts), 5)
    assert "<@5>" not in left and "<@!5>" not in left
    for kept in ("<@6>", "who", "a*b"):
        assert left.count(kept) == parts.count(kept)
