"""How old somebody or something is: the number that stands beside the name, never another's."""

from __future__ import annotations

import re

from knowledge.asking.frame import QuestionFrame
from knowledge.asking.identities.identified import Identity, nobody, quoting
from knowledge.asking.index import ArticleIndex
from knowledge.asking.terms import Linked
from knowledge.model import EntityKind, Mention, Span

AFTER = re.compile(
    r"^(?:,? ?\(?(?:now |aged |age )?(?P<bare>\d{1,3})\)?(?=[,;.)]|$)"
    r"|, (?:an? |the )?(?:\w+ )?(?P<apposed>\d{1,3})[- ]year[- ]old\b"
    r"|,? (?:who )?(?:is|was|turned|turns|had turned|had just turned) (?:now |aged )?(?P<told>\d{1,3})"
    r"(?= years?\b|[,.;]| and\b| when\b| on\b| at\b))"
)
"""What follows a name: ", 57,", ", now 78,", ", a 33-year-old vessel", " was 41 when"."""
BEFORE = re.compile(r"\b(?P<before>\d{1,3})[- ]year[- ]old(?: (?!of\b|and\b|with\b|to\b)[\w'’-]+){0,4} $")
"""What stands before it: "the 52-year-old baker X"."""
INSIDE = re.compile(r"\b(?P<inside>\d{1,3})[- ]year[- ]old\b|\baged (?P<aged>\d{1,3})\b")
REACH = 80
"""Characters around a mention that are looked at."""
OLDEST = 125
LIKELY = 0.85


def told_age(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return the age of whom the question names; "not told" where the article gives none for them.

    None where the question asks for no age, or for that of somebody whom it only describes.
    """
    asks = frame.asked.wh == "how_old" or (
        "age" in frame.lemmas
        and not frame.negated
        and frame.asked.wh in {"what", "which", "topic", "how_old"}
    )
    named = [x for x in linked.links if x.strength >= 0.8]
    if not asks or not named or len({x.entity for x in named}) > 1:
        return None
    entity = index.entities[named[0].entity].entity
    for mention in entity.mentions:
        found = _beside(mention, index.article.text)
        if found is not None:
            return quoting(index, found, LIKELY, "age")
    return nobody(index) if entity.kind is EntityKind.PERSON and named[0].named else None


def _beside(mention: Mention, text: str) -> Span | None:
    """Return where the age stands in or beside a mention."""
    if mention.kind == "pronoun" or mention.confidence < 0.5:
        return None
    start, end = mention.span
    behind = AFTER.search(text[end : end + REACH])
    if behind is not None:
        return _number(behind, end)
    inside = INSIDE.search(text[start:end])
    if inside is not None:
        return _number(inside, start)
    begin = max(0, start - REACH)
    ahead = BEFORE.search(text[begin:start])
    return _number(ahead, begin) if ahead is not None else None


def _number(match: re.Match[str], offset: int) -> Span | None:
    """Return the offsets of the number that a pattern found, None where nobody is so old."""
    group = next(name for name, value in match.groupdict().items() if value)
    if int(match[group]) > OLDEST:
        return None
    return Span(offset + match.start(group), offset + match.end(group))
