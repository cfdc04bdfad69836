"""Should the bot answer this message, and how: one pure function over what is known of the message."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from bot.smalltalk import Talk, talk_of, without_links
from knowledge.model import Frozen

# General English: words that open a direct question.
_WH = r"who|whom|whose|what|when|where|which|why|how"
_AUX = r"is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|might|must"
_OPENS_LIKE_QUESTION = re.compile(
    rf"^(?:(?:and|so|but|ok|okay|hey|hi|hello|please|also|then)[\s,]+)*"
    rf"(?:(?:{_WH})(?:'s|'re|'d|s)?\b|(?:to|for|by|with|from|in|at|on|about|of)\s+(?:{_WH})\b|(?:{_AUX})(?:n't)?\s+\w)",
    re.IGNORECASE,
)
_QUESTION_MARK = re.compile(r"\?\s*[!?\"')*_~`|\s]*$")
_LETTERS = re.compile(r"[^\W\d_]")


class Trigger(StrEnum):
    """The door that a question came through."""

    MENTION = "mention"
    REPLY = "reply"
    DIRECT = "direct"
    CHANNEL = "channel"
    THREAD = "thread"
    FORUM = "forum"
    SLASH = "slash"
    MENU = "menu"
    BUTTON = "button"


class Action(StrEnum):
    """What to do with a message."""

    IGNORE = "ignore"
    ANSWER = "answer"
    GREET = "greet"
    THANK = "thank"
    OVERVIEW = "overview"


class Situation(Frozen):
    """What is known of a message without asking Discord for anything.

    `text` is the message without the bot's own mention. `watched` tells that the channel's setting (its own,
    or that of its parent or category) lets the bot answer unasked; `threads` that it may go on in its own
    threads.
    """

    text: str
    from_bot: bool = False
    ordinary: bool = True
    direct: bool = False
    mentioned: bool = False
    replies_to_bot: bool = False
    replies_to_other: bool = False
    mentions_others: bool = False
    watched: bool = False
    silenced: bool = False
    own_thread: bool = False
    threads: bool = False
    forum_post: bool = False


class Decision(Frozen):
    """What to do, through which door, and whether to stay silent where the article gives no sure answer."""

    action: Action
    trigger: Trigger | None = None
    silent_when_unsure: bool = False
    reason: str


def should_answer(situation: Situation) -> Decision:
    """Decide what to do with a message.

    Whoever asks the bot by name, by reply or in private is always answered, also with "not told". Unasked it
    answers only questions, only where a moderator allowed it, and outside its own threads only when it is
    sure.
    """
    s = situation
    if s.from_bot:
        return _ignore("written by a bot or a webhook")
    if not s.ordinary:
        return _ignore("not an ordinary message")
    asked = _asked_by(s)
    if s.silenced and not s.direct:
        return _ignore("the bot is switched off in this channel")
    if asked is not None:
        return _talk(s, asked) or Decision(
            action=Action.ANSWER, trigger=asked, reason=f"asked by {asked.value}"
        )
    unasked = _unasked_door(s)
    if unasked is None:
        return _ignore("nobody asked the bot")
    if s.replies_to_other or s.mentions_others:
        return _ignore("meant for somebody else")
    if unasked is not Trigger.FORUM and not looks_like_question(s.text):
        return _ignore("not a question")
    if not has_words(without_links(s.text)):
        return _ignore("no words")
    talk = talk_of(s.text)
    if talk in (Talk.HELLO, Talk.THANKS):
        return _ignore("small talk among people")
    return Decision(
        action=Action.ANSWER if talk is None else Action.OVERVIEW,
        trigger=unasked,
        silent_when_unsure=unasked is not Trigger.THREAD,
        reason=f"allowed to answer in a {unasked.value}",
    )


def _talk(s: Situation, asked: Trigger) -> Decision | None:
    """Decide about what is no question to an article; None where it is one."""
    talk = talk_of(s.text)
    if talk is Talk.OVERVIEW:
        return Decision(action=Action.OVERVIEW, trigger=asked, reason="asked what it is about")
    if talk is Talk.THANKS:
        if asked is Trigger.REPLY:
            return _ignore("thanks for an answer")
        return Decision(action=Action.THANK, trigger=asked, reason="thanked")
    if talk is None and has_words(without_links(s.text)):
        return None
    if asked is Trigger.REPLY and talk is None:
        return _ignore("a reply without a question that the bot may read")
    return Decision(action=Action.GREET, trigger=asked, reason="asked without a question")


def _asked_by(s: Situation) -> Trigger | None:
    if s.direct:
        return Trigger.REPLY if s.replies_to_bot and has_words(s.text) else Trigger.DIRECT
    if s.replies_to_bot:
        return Trigger.REPLY
    return Trigger.MENTION if s.mentioned else None


def _unasked_door(s: Situation) -> Trigger | None:
    if s.own_thread and s.threads:
        return Trigger.THREAD
    if s.watched:
        return Trigger.FORUM if s.forum_post else Trigger.CHANNEL
    return None


def _ignore(reason: str) -> Decision:
    return Decision(action=Action.IGNORE, reason=reason)


def has_words(text: str) -> bool:
    """Tell whether a text holds at least one letter or digit."""
    return any(unicodedata.category(c)[0] in "LN" for c in text)


def looks_like_question(text: str) -> bool:
    """Tell whether a text reads like a fully formed question.

    Marked as one, or opened like one, of three words.
    """
    words = text.split()
    if len(words) < 2 or not _LETTERS.search(text):
        return False
    if _QUESTION_MARK.search(text):
        return True
    return len(words) >= 3 and _OPENS_LIKE_QUESTION.match(text) is not None


def without_mention(text: str, user_id: int) -> str:
    """Return the text without the mentions of this one user; every other mention stays as typed."""
    mention = rf"<@!?{user_id}>"
    text = re.sub(rf"^\s*(?:{mention}[\s,:;-]*)+", "", text)
    text = re.sub(rf"\s*{mention}(?=\s*(?:[?.!,;:]|$))", "", text)
    return re.sub(rf"\s*{mention}\s*", " ", text).strip()
