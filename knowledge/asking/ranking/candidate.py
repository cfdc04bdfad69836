"""A possible answer, as words of the article."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.asking.index import ArgumentView, FactView
from knowledge.asking.ranking import weights


@dataclass(slots=True)
class Part:
    """Some of a candidate's features with what they add to the rank score; candidates share parts.

    The score is linear, so that a part made once counts for every candidate that has it. A feature is in one
    part of a candidate only.
    """

    features: tuple[Mapping[str, float], ...]
    score: float

    def __add__(self, other: Part) -> Part:
        return Part(self.features + other.features, self.score + other.score)

    def more(self, features: Mapping[str, float]) -> Part:
        """Return this part with further features; their scores are added up as if it were one dict."""
        return Part((*self.features, features), weights.load().score(features, self.score))

    def get(self, name: str) -> float:
        """Return a feature, 0 where it is not set."""
        return next((features[name] for features in self.features if name in features), 0.0)


def part(features: Mapping[str, float]) -> Part:
    """Return features with what they add to the rank score."""
    return Part((features,), weights.load().score(features))


def joined(parts: Iterable[Part]) -> Part:
    """Return several parts as one."""
    features: list[Mapping[str, float]] = []
    score = 0.0
    for some in parts:
        features += some.features
        score += some.score
    return Part(tuple(features), score)


@dataclass(slots=True)
class Ground:
    """What candidates stand on, a fact or a sentence: its features, and those that count with the words'."""

    part: Part
    pred: float = 0.0
    good: float = 0.0
    aligned: bool = False


@dataclass(slots=True)
class Candidate:
    """A possible answer: the words (mask and head), the fact and argument it comes from, and its features.

    The features come in three parts: of the fact or sentence, of the words, and of both together.
    """

    mask: int
    head: int
    sentence: int
    sorts: frozenset[str]
    fact: FactView | None = None
    argument: ArgumentView | None = None
    tier: int = 1
    parts: tuple[Part, ...] = ()
    score: float = 0.0

    def get(self, name: str) -> float:
        """Return a feature, 0 where it is not set, without putting all together."""
        return next((found for some in self.parts if (found := some.get(name))), 0.0)

    @property
    def features(self) -> dict[str, float]:
        """All features in one dict, put together anew each time: few candidates are looked at so closely."""
        found: dict[str, float] = {}
        for some in self.parts:
            for features in some.features:
                found.update(features)
        return found
