"""What Dateline is measured against: full-text search over an article's sentences."""

from __future__ import annotations

import math
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence

from rapidfuzz import fuzz, process

WORD = re.compile(r"\w+")
NEAREST = 10
"""Sentences that full-text search hands to rapidfuzz."""
K1, B = 1.2, 0.75
"""Okapi BM25's usual constants, those of SQLite's bm25()."""
#: Function words that say nothing about which sentence is meant.
EMPTY = frozenset(
    WORD.findall(
        "a an the of to in on at by for from with and or is are was were be been do does did has have had "
        "will would it that who whom whose what which when where why how many much"
    )
)


class FullText:
    """SQLite FTS5 over sentences, its best ten ordered anew by rapidfuzz."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            "CREATE VIRTUAL TABLE sentences USING fts5(text, tokenize='porter unicode61')"
        )
        self._connection.executemany("INSERT INTO sentences VALUES (?)", [(s,) for s in sentences])

    def ask(self, question: str) -> str:
        """Return the sentence that looks most like the question, or "" where none shares a word."""
        match = " OR ".join(f'"{w}"' for w in WORD.findall(question))
        rows = self._connection.execute(
            "SELECT text FROM sentences WHERE sentences MATCH ? ORDER BY rank LIMIT ?",
            (match or '""', NEAREST),
        ).fetchall()
        best = process.extractOne(question, [text for (text,) in rows], scorer=fuzz.token_set_ratio)
        return str(best[0]) if best is not None else ""


class Bm25:
    """Okapi BM25 over sentences; the best one, cut round the matched words, is always given as the answer."""

    def __init__(self, sentences: Sequence[str]) -> None:
        self._sentences = [s for s in sentences if s.strip()]
        self._bags = [Counter(stem(w) for w in WORD.findall(s)) for s in self._sentences]
        self._mean = sum(sum(bag.values()) for bag in self._bags) / max(1, len(self._bags))
        held = Counter(word for bag in self._bags for word in bag)
        n = len(self._bags)
        self._weight = {w: math.log(1 + (n - c + 0.5) / (c + 0.5)) for w, c in held.items()}

    def ask(self, question: str, most: int) -> tuple[str, str]:
        """Return the answer, at most that many words, and its whole sentence."""
        words = {stem(w) for w in WORD.findall(question)} - EMPTY
        scores = [self._score(bag, words) for bag in self._bags]
        if not scores:
            return "", ""
        sentence = self._sentences[scores.index(max(scores))]
        return window(sentence, words, most), sentence

    def _score(self, bag: Counter[str], words: set[str]) -> float:
        length = K1 * (1 - B + B * sum(bag.values()) / self._mean)
        return sum(self._weight[w] * bag[w] * (K1 + 1) / (bag[w] + length) for w in words if w in bag)


def window(sentence: str, words: set[str], most: int) -> str:
    """Return the words of a sentence, at most that many, that hold most of the given ones."""
    said = sentence.split()
    hits = [any(stem(w) in words for w in WORD.findall(token)) for token in said]
    start = max(range(max(1, len(said) - most + 1)), key=lambda i: sum(hits[i : i + most]))
    return " ".join(said[start : start + most])


def stem(word: str) -> str:
    """Return a word without its commonest endings, lower-cased."""
    return re.sub(r"(?<=\w{3})(?:ing|ed|es|s)$", "", word.lower())


def sentences_of(text: str) -> list[str]:
    """Return a text's sentences, split behind full stops and at line ends."""
    return [s.strip() for s in re.split(r"(?<=[.!?][\"”’'])\s+|(?<=[.!?])\s+|\n+", text) if s.strip()]
