"""A trigram tagger for questions: a table and a Viterbi search over the few tags that each word can have.

The dependency parser is not loaded when a question comes in, and does worse on lower-cased questions than
this. Tags are UPOS, but verbs carry their form (VB, VBD, VBG, VBN, VBP, VBZ), auxiliaries their kind (BE, DO,
HAVE, MD) and interrogative words are WH.
"""

from __future__ import annotations

import functools
import gzip
import importlib.resources
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

OPEN = {
    "NOUN": 4.0,
    "PROPN": 4.0,
    "ADJ": 1.0,
    "VB": 0.6,
    "VBD": 0.4,
    "VBN": 0.4,
    "VBG": 0.4,
    "VBZ": 0.3,
    "ADV": 0.3,
}
MOST = 5
"""How many tags of a word are tried."""
Path: TypeAlias = "tuple[()] | tuple[Path, str]"
"""The tags up to a word: those before it, and its own."""
Beam = tuple[str, float, Path]
"""The best way to a tag behind another: that other tag, the logarithm of its likelihood, the tags."""


class Tagger:
    """Tag words by how often they had each tag and how often tags followed each other in the treebanks."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._words: Mapping[str, str] = table["words"]
        self._prior: Mapping[str, int] = table["tags"]
        self._suffixes: Mapping[str, Mapping[str, int]] = table["suffixes"]
        self._follow: Mapping[str, Mapping[str, int]] = table["follow"]
        self._totals = {key: sum(counts.values()) for key, counts in self._follow.items()}
        self._emitted = functools.lru_cache(maxsize=1 << 12)(self._emissions)
        self._scores: dict[tuple[str, str], Following] = {}

    @classmethod
    @functools.cache
    def load(cls) -> Tagger:
        """Return the shipped tagger."""
        path = importlib.resources.files("knowledge.language") / "data" / "question_tagger.json.gz"
        return cls(json.loads(gzip.decompress(path.read_bytes())))

    def common(self, most: int) -> tuple[str, ...]:
        """Return the most frequent words of the treebanks, commonest first."""
        plain = (w for w in self._words if w.isalpha())
        return tuple(sorted(plain, key=lambda w: -sum(self.counts(w).values()))[:most])

    def known(self, word: str) -> bool:
        """Tell whether the treebanks hold the word (lower case)."""
        return word in self._words

    def counts(self, word: str) -> Mapping[str, int]:
        """Return how often the treebanks have a lower-case word with each tag."""
        told = self._words.get(word, "").split(" ")
        return {tag: int(n) for tag, n in zip(told[::2], told[1::2], strict=False)}

    def tag(self, words: Sequence[str], known: Mapping[str, Mapping[str, float]] | None = None) -> list[str]:
        """Return one tag a word; `known` adds tag counts for words that the article or a lexicon knows."""
        beams: dict[str, list[Beam]] = {"<": [("<", 0.0, ())]}
        for word in words:
            extra = known.get(word.lower()) if known else None
            emitted = self._emitted(word.lower(), tuple(extra.items()) if extra else ())
            grown: dict[str, list[Beam]] = {tag: [] for tag, _ in emitted}
            for second, ending in beams.items():
                scored = [(cost, path, self._following(first, second)) for first, cost, path in ending]
                for tag, emission in emitted:
                    most, before = -math.inf, scored[0][1]
                    for cost, path, scores in scored:
                        total = cost + emission + scores[tag]
                        if total > most:
                            most, before = total, path
                    grown[tag].append((second, most, (before, tag)))
            beams = grown
        ends = [
            (cost + self._following(f, s)[">"], path)
            for s, ending in beams.items()
            for f, cost, path in ending
        ]
        return _unrolled(max(ends, key=lambda end: end[0])[1])

    def _following(self, first: str, second: str) -> Following:
        found = self._scores.get((first, second))
        if found is None:
            found = self._scores[first, second] = Following(self, first, second)
        return found

    def transition(self, first: str, second: str, tag: str) -> float:
        """Return the logarithm of how likely a tag follows two others."""
        pair = f"{first} {second}"
        seen = self._follow.get(pair, {})
        total = self._totals.get(pair, 0)
        loose = (self._follow.get(second, {}).get(tag, 0) + 0.2) / (self._totals.get(second, 0) + 5)
        return math.log((seen.get(tag, 0) + 4 * loose) / (total + 4))

    def _emissions(self, word: str, extra: tuple[tuple[str, float], ...] = ()) -> list[tuple[str, float]]:
        counts: dict[str, float] = {**self.counts(word)}
        for tag, n in extra:
            counts[tag] = counts.get(tag, 0.0) + n
        if not counts:
            if any(c.isdigit() for c in word):
                counts = {"NUM": 3.0, "NOUN": 0.5, "PROPN": 0.5}
            elif not any(c.isalnum() for c in word):
                counts = {"PUNCT": 1.0}
            else:
                counts = dict(OPEN)
                for tag, n in self._suffixes.get(word[-3:], {}).items():
                    if tag in OPEN or tag == "VBP":
                        counts[tag] = counts.get(tag, 0.0) + 2.0 * n
        ranked = sorted(counts.items(), key=lambda kv: -kv[1])[:MOST]
        return [(tag, math.log((n + 0.05) / (self._prior.get(tag, 0) + 50))) for tag, n in ranked]


class Following(dict[str, float]):
    """How well each tag follows two others, worked out when it is first asked: as many as there are tags."""

    def __init__(self, tagger: Tagger, first: str, second: str) -> None:
        super().__init__()
        self._tagger, self._first, self._second = tagger, first, second

    def __missing__(self, tag: str) -> float:
        found = self[tag] = self._tagger.transition(self._first, self._second, tag)
        return found


def _unrolled(path: Path) -> list[str]:
    """Return the tags of a path in order."""
    tags: list[str] = []
    while path:
        path, tag = path
        tags.append(tag)
    return tags[::-1]
