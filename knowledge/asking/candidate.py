"""A possible answer, as words of the article."""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.asking.index import ArgumentView, FactView


@dataclass(slots=True)
class Candidate:
    """A possible answer: the words (mask and head), the fact and argument it comes from, and its features."""

    mask: int
    head: int
    sentence: int
    fact: FactView | None = None
    argument: ArgumentView | None = None
    tier: int = 1
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
