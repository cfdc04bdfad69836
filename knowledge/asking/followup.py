"""A question that leans on an earlier one → a question that stands alone.

Pronouns are replaced by who or what the earlier question and its answer were about; a question that is
nothing but a wh-word ("and why?") asks for another role of the same event; "what about X" asks the earlier
question of X.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.asking.frame import Asked, QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex
from knowledge.asking.terms import Linked
from knowledge.model import EntityKind

PERSONAL = {"he", "she", "him", "her", "his", "hers"}
PLURAL = {"they", "them", "their", "theirs"}
THING = {"it", "its", "that", "this", "one"}
PLACE = {"there"}
OWNERS = {"his", "her", "its", "their"}
ABOUT = re.compile(
    r"^(?:and |but |so )?(?:what|how) about (.+?)\??$"
    r"|^and (?!(?:who|what|when|where|why|how|did|was|is)\b)(.+?)\??$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier question came to: its words, frame, links and the entity of its answer."""

    words: tuple[str, ...]
    frame: QuestionFrame
    linked: Linked
    answer: str
    entity: int


def about(text: str) -> str:
    """Return the phrase that "what about X" asks of, or ""."""
    match = ABOUT.match(text.strip())
    return (match.group(1) or match.group(2) or "").strip(" ?") if match else ""


def with_other(phrase: str, kind: EntityKind | None, earlier: Earlier, index: ArticleIndex) -> str:
    """Return the earlier question with the like-kinded name in it replaced by another phrase."""
    for link in earlier.linked.links:
        if kind is None or index.entities[link.entity].entity.kind is kind:
            return _join([*earlier.words[: link.start], phrase, *earlier.words[link.end :]])
    return ""


def stands_alone(frame: QuestionFrame, linked: Linked) -> bool:
    """Tell whether a question can be understood without the earlier ones."""
    if any(w.lower() in PERSONAL | PLURAL | PLACE for w in frame.words):
        return False
    if any(w.lower() in {"it", "its"} for w in frame.words) and not _dummy(frame):
        return False
    if not linked.terms:
        return False
    return not (len(linked.terms) == 1 and any(w.lower() in {"that", "this"} for w in frame.words[1:]))


def _dummy(frame: QuestionFrame) -> bool:
    words = [w.lower() for w in frame.words]
    at = words.index("it") if "it" in words else -1
    return at >= 0 and (
        ("to" in words[at:] and "cost" in words)
        or "that" in words[at + 1 :]
        or "was it" in " ".join(words[:3])
    )


def rewritten(words: Sequence[str], earlier: Earlier, index: ArticleIndex) -> str:
    """Return the question with its pronouns replaced from the earlier question, or "" where nothing fits."""
    out: list[str] = []
    changed = False
    for i, word in enumerate(words):
        low = word.lower()
        referent = ""
        if low in PERSONAL:
            referent = _person(earlier, index)
        elif low in PLURAL:
            referent = _plural(earlier)
        elif low in PLACE:
            referent = _place(earlier, index)
        elif low in {"it", "its"} or (
            low in {"that", "this"} and (i == len(words) - 1 or words[i + 1] in {"?", "."})
        ):
            referent = _thing(earlier, index)
        if referent:
            possessive = low in OWNERS and not (
                low == "her" and (i + 1 >= len(words) or words[i + 1] in {"?", "."})
            )
            out.append(f"{referent} 's" if possessive else (f"in {referent}" if low in PLACE else referent))
            changed = True
        else:
            out.append(word)
    return _join(out) if changed else ""


def same_event(asked: Asked, earlier: Earlier) -> QuestionFrame:
    """Return a frame that asks another role of the earlier question's event ("and why?")."""
    frame = earlier.frame
    gap = "adverb" if asked.wh in {"why", "when", "where", "how", "how_long"} else asked.gap
    return replace(
        frame,
        asked=replace(
            asked,
            gap=gap if gap != "topic" else "object",
            clause=frame.asked.clause,
            noun="",
            noun_start=0,
            noun_end=0,
        ),
    )


def _slots(earlier: Earlier) -> list[Slot]:
    order = {"subject": 0, "object": 1, "second": 2, "oblique": 3, "complement": 4, "subject_oblique": 5}
    slots = [s for c in earlier.frame.clauses for s in c.slots if s.kind in order]
    return [*sorted(slots, key=lambda s: order[s.kind]), *earlier.frame.loose]


def _person(earlier: Earlier, index: ArticleIndex) -> str:
    if earlier.frame.asked.wh in {"who", "whose"} and earlier.entity >= 0:
        found = index.entities[earlier.entity].entity
        if found.kind is EntityKind.PERSON:
            return found.name
    for slot in _slots(earlier):
        for link in earlier.linked.entities(slot.start, slot.end):
            found = index.entities[link.entity].entity
            if found.kind is EntityKind.PERSON:
                return found.name
    if earlier.entity >= 0 and index.entities[earlier.entity].entity.kind is EntityKind.PERSON:
        return index.entities[earlier.entity].entity.name
    return ""


def _plural(earlier: Earlier) -> str:
    slots = sorted(_slots(earlier), key=lambda s: s.kind != "object")
    for slot in slots:
        head = earlier.frame.words[slot.head].lower()
        if (head.endswith("s") and earlier.frame.tags[slot.head] == "NOUN") or head in {
            "people",
            "police",
            "men",
            "women",
            "children",
        }:
            return earlier.frame.text(slot)
    return earlier.answer if " and " in earlier.answer and len(earlier.answer.split()) <= 8 else ""


def _place(earlier: Earlier, index: ArticleIndex) -> str:
    if earlier.entity >= 0 and index.entities[earlier.entity].entity.kind is EntityKind.PLACE:
        return index.entities[earlier.entity].entity.name
    for link in earlier.linked.links:
        if index.entities[link.entity].entity.kind is EntityKind.PLACE:
            return index.entities[link.entity].entity.name
    return ""


def _thing(earlier: Earlier, index: ArticleIndex) -> str:
    ranked = sorted(_slots(earlier), key=lambda s: s.kind != "object")
    for slot in ranked:
        people = any(
            index.entities[x.entity].entity.kind is EntityKind.PERSON and x.start <= slot.head < x.end
            for x in earlier.linked.entities(slot.start, slot.end)
        )
        if not people and earlier.frame.tags[slot.head] in {"NOUN", "PROPN"}:
            return earlier.frame.text(slot)
    return earlier.answer if earlier.answer and len(earlier.answer.split()) <= 6 else ""


def _join(words: Sequence[str]) -> str:
    text = " ".join(words)
    return re.sub(r" (?=['’](?:s|re|ve|ll|d|m)\b|n't\b|[?.!,])", "", text)
