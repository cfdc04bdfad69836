"""Questions that nobody means well: no exception, no answer to random words, no long wait."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.asking import Library, ask
from knowledge.model import Question, Status

#: 20 000 questions in the soak profile (issue 3 of 5), 200 in the other.
MANY = settings(max_examples=20 * settings().max_examples if settings().max_examples > 100 else 200)
SLOWEST = 0.05
"""Seconds that one question may take on one article (issue 3 of 5)."""
PIECES = [
    "'; DROP TABLE facts; --", '" OR 1=1 --', "UNION SELECT * FROM articles", "(?:a+)+$",
    "[[:alpha:]]{,99}", "\\Q\\E", "%s%n", "${jndi:x}", "{{7*7}}", "<@123>", "<@!", "<#9>",
    "</ask:1>", "<:x:1>", "<t:1:R>", "@everyone", "**", "__", "~~", "||", "```", "> ", "# ",
    "[a](b)", "\u200b", "\u200d", "\u202e", "\ufeff", "\u0301" * 5, "\x00", "\ud7ff", "😀", "🏳️‍🌈",
    "who", "what", "did", "the", "bridge", "Lindqvist", "'s", "n't", "?", "!?", "...", ",", "or",
    "and", "not", "of", "of of", "to", "by", "how many", "whose", "ﷺ", "ｗｈｏ", "İ", "ß", "ǅ",
    "1e999", "-0", "²", "½", "٣", "九", "\n", "\t", "\r\n", "'", '"', "“", "(", ")", "-", "–", "/",
    "&",
]  # fmt: skip
FRAGMENTS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=40).map(" ".join)
GLUED = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
NONSENSE = st.text(alphabet="bcdfghjklmnpqrstvwxz", min_size=6, max_size=12)


@MANY
@given(st.one_of(st.text(max_size=300), FRAGMENTS, GLUED))
def test_any_text_is_survived_and_proved(shelf_of_one: Library, text: str) -> None:
    answer = ask(Question(text=text), shelf_of_one)
    article = shelf_of_one.indexes[0].article
    for passage in answer.evidence:
        assert passage.text == article.text[passage.span.start : passage.span.end]
    assert 0 <= answer.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "the " * 1000,
        "of the " * 570,
        "a" * 4000,
        "(" * 4000,
        '"' * 4000,
        "who, " * 800,
        "\u0301" * 4000,
        "did he or she or it or " * 170,
        "1,000 " * 660,
        "x@y.z " * 660,
        "is it that " * 360,
        "qwrtp zxcvb " * 330,
    ],
    ids=lambda text: ascii(text[:12]),
)
def test_the_longest_message_takes_no_long_wait(shelf_of_one: Library, text: str) -> None:
    took = []
    for _ in range(3):
        began = time.thread_time()
        ask(Question(text=text), shelf_of_one)
        took.append(time.thread_time() - began)
    assert min(took) < SLOWEST


@MANY
@given(
    st.lists(NONSENSE, min_size=1, max_size=8),
    st.sampled_from(["", "who ", "what did ", "when was ", "how many ", "did ", "why did "]),
)
def test_random_words_are_not_answered(shelf_of_one: Library, words: list[str], opening: str) -> None:
    answer = ask(Question(text=f"{opening}{' '.join(words)}?"), shelf_of_one)
    assert answer.status is not Status.ANSWERED, answer.text


@given(FRAGMENTS, FRAGMENTS)
def test_any_conversation_is_survived(shelf_of_one: Library, first: str, second: str) -> None:
    ask(Question(text="and why?", context=(first, second)), shelf_of_one)
    ask(Question(text=second, context=(first,)), shelf_of_one)


@pytest.mark.parametrize(
    "text", ["", " ", "?", "...", "😀", "<@1>", "**", "\u200b", "the", "a of to", "12345", "who", "what is"]
)
def test_a_question_that_says_nothing_gets_nothing(shelf_of_one: Library, text: str) -> None:
    assert ask(Question(text=text), shelf_of_one).status is not Status.ANSWERED


@pytest.mark.parametrize(
    "text",
    [
        "who closed the bridge'; DROP TABLE facts; --",
        "<@123> **who** closed the ||bridge||?",
        "who\u200b closed the bridge 🏳️‍🌈",
        "WHO CLOSED THE BRIDGE!!!!!!!!",
    ],
)
def test_a_good_question_survives_its_wrapping(shelf_of_one: Library, text: str) -> None:
    assert "Lindqvist" in ask(Question(text=text), shelf_of_one).text
