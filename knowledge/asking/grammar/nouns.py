"""What a question asks, as data: slots, clauses, what is asked for, the frame.

Positions are word indices into `QuestionFrame.words`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Slot:
    """A phrase of the question in its place.

    `kind` is subject, object, second, oblique, complement, adverb or clause.

    `case` is the preposition or marker, `start`:`end` the words without it, `head` the head word's position.
    """

    kind: str
    case: str
    start: int
    end: int
    head: int


@dataclass(slots=True)
class Clause:
    """A predicate of the question with its slots; `parent` is the clause that it depends on, by `link`."""

    verb: int
    lemmas: tuple[str, ...] = ()
    particle: str = ""
    passive: bool = False
    copular: bool = False
    negated: bool = False
    modal: str = ""
    slots: list[Slot] = field(default_factory=list)
    parent: int | None = None
    link: str = ""
    start: int = 0
    end: int = 0

    def slot(self, *kinds: str) -> Slot | None:
        """Return the first slot of one of these kinds."""
        return next((s for s in self.slots if s.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the wh-word's class, the noun it asks for, and the gap that the answer would fill.

    `wh` is who, what, which, whose, when, where, why, how, how_many, how_much, how_long, how_old, how_often,
    how_far, how_adjective, yesno, choice or topic. `noun` is the head noun's lemma of "which country",
    `noun_start`:`noun_end` its words. `gap` is subject, object, second, oblique, complement, adverb, verb or
    possessor, `case` the preposition before or stranded from the wh-phrase, `clause` the number of the gap's
    clause. `adverb` is the adverbial wh-class that a phrase amounts to: when for "in which year", how_far for
    "by how much".
    """

    wh: str
    gap: str = ""
    case: str = ""
    clause: int = 0
    noun: str = ""
    noun_start: int = 0
    noun_end: int = 0
    adjective: str = ""
    kind_of: bool = False
    adverb: str = ""


@dataclass(frozen=True, slots=True)
class QuestionFrame:
    """A question's words and what they ask."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    asked: Asked
    clauses: tuple[Clause, ...]
    loose: tuple[Slot, ...] = ()
    choices: tuple[Slot, ...] = ()
    negated: bool = False

    def text(self, slot: Slot) -> str:
        """Return the slot's words, joined by spaces."""
        return " ".join(self.words[slot.start : slot.end])
