"""Which predicates tell of the same event, and which of its opposite.

WordNet's synonyms and antonyms know "rise" and "fall"; `data/opposites.tsv` adds what news asks for beside
them, such as "acquitted" where somebody asks whether she was found guilty.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from knowledge.asking import tables, words

SIDE = 0.8
"""How well a word of one side stands for another of it."""
NEAR = 0.65
"""Least strength of a synonym whose antonym still is the opposite."""


@dataclass(frozen=True, slots=True)
class Senses:
    """Predicates that mean the same, and those that mean the opposite, each with its strength."""

    alike: Mapping[str, float]
    against: Mapping[str, float]

    def of(self, names: Iterable[str]) -> tuple[float, bool]:
        """Return how strongly a fact with these names is the event or, where that is more, its opposite."""
        same = max((self.alike.get(n, 0.0) for n in names), default=0.0)
        other = max((self.against.get(n, 0.0) for n in names), default=0.0)
        return (other, True) if other > same else (same, False)


@functools.lru_cache(maxsize=1 << 12)
def senses(names: tuple[str, ...], tag: str) -> Senses:
    """Return what means the same as one of these lemmas or its opposite."""
    alike: dict[str, float] = {}
    against: dict[str, float] = {}
    for name in names:
        alike[name] = 1.0
        related = words.related(name, name, tag)
        for other in related.opposite:
            _keep(against, other, 0.9)
        for other, strength in related.loose:
            if other[0] in "^@~=#":
                continue
            _keep(alike, other, 0.9 * strength)
            if strength >= NEAR:
                for far in words.related(other, other, tag).opposite:
                    _keep(against, far, 0.9 * strength)
        for side, rivals in _sides().get(name, ()):
            for other in side:
                _keep(alike, other, SIDE)
            for other in rivals:
                _keep(against, other, SIDE + 0.05)
    for name in names:
        against.pop(name, None)
    return Senses(alike, against)


def known(name: str) -> bool:
    """Tell whether a phrase stands on a side of its own: "find guilty"."""
    return name in _sides()


def opposed(name: str, others: Iterable[str]) -> bool:
    """Tell whether one of the others rules the word out."""
    rivals = {r for _, far in _sides().get(name, ()) for r in far}
    return not rivals.isdisjoint(others)


def _keep(table: dict[str, float], name: str, strength: float) -> None:
    if strength > table.get(name, 0.0):
        table[name] = strength


@functools.cache
def _sides() -> Mapping[str, tuple[tuple[frozenset[str], frozenset[str]], ...]]:
    """Return for each word the sides that it stands on, with the other sides."""
    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = defaultdict(list)
    for _, *sides in tables.rows("opposites.tsv"):
        one, two = (frozenset(w.replace("_", " ") for w in side.split()) for side in sides)
        for mine, other in ((one, two), (two, one)):
            for word in mine:
                found[word].append((mine, other))
    return {word: tuple(rows) for word, rows in found.items()}
