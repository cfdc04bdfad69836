"""Facts in the making: words by their index in the sentence, before ids, spans and entities are settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.model import FactKind, Modality, Relation, Role


@dataclass(slots=True)
class Slot:
    """An argument in the making; `head` is its head word.

    `rel` is the label or construction it was read from, `clause` tells that the filler is a clause,
    `implied` that it stands elsewhere in the sentence (control, relative clause, shared subject). `shed`
    are words below the head that do not belong to the phrase. `only` is the phrase's first and last word
    where they are known.
    """

    role: Role
    head: int
    rel: str
    case: str = ""
    clause: bool = False
    implied: bool = False
    shed: tuple[int, ...] = ()
    only: tuple[int, int] | None = None
    confidence: float = 1.0


@dataclass(slots=True)
class Draft:
    """A fact in the making; `head` is the predicate's head word, `words` all words of the predicate in order.

    `links` name the linked fact by its predicate's head word.
    """

    kind: FactKind
    head: int
    lemma: str
    words: list[int]
    slots: list[Slot] = field(default_factory=list)
    passive: bool = False
    derived_verb: str = ""
    light_noun: str = ""
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    links: list[tuple[Relation, int]] = field(default_factory=list)
    derived: str = ""
    part_of: Draft | None = None
    confidence: float = 1.0

    def has(self, *roles: Role) -> bool:
        """Tell whether an argument plays one of these roles."""
        return any(slot.role in roles for slot in self.slots)

    def slot(self, role: Role) -> Slot | None:
        """Return the first argument that plays this role."""
        return next((slot for slot in self.slots if slot.role == role), None)
