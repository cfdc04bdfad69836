"""Closed sets of English words that questions are read and matched by (`data/words.tsv`)."""

from __future__ import annotations

import functools
import importlib.resources


def wordset(name: str) -> frozenset[str]:
    """Return the set of this name. Raises KeyError if there is none."""
    return _sets()[name]


@functools.cache
def _sets() -> dict[str, frozenset[str]]:
    path = importlib.resources.files("knowledge.asking") / "data" / "words.tsv"
    found: dict[str, set[str]] = {}
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, words = line.split("\t")
            found.setdefault(name, set()).update(w.replace("_", " ") for w in words.split(" "))
    return {name: frozenset(words) for name, words in found.items()}
