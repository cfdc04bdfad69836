"""Closed sets of English words that questions are read and matched by (`data/words.tsv`)."""

from __future__ import annotations

import functools

from knowledge.asking import tables


def wordset(name: str) -> frozenset[str]:
    """Return the set of this name. Raises KeyError if there is none."""
    return _sets()[name]


@functools.cache
def _sets() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, words in tables.rows("words.tsv"):
        found.setdefault(name, set()).update(w.replace("_", " ") for w in words.split(" "))
    return {name: frozenset(words) for name, words in found.items()}
