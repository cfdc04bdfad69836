"""The articles of a scope, as one immutable thing to ask: which a question is about, what can be asked."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz, process, utils

from knowledge.asking import words
from knowledge.asking.engine import consider, find
from knowledge.asking.index import ArticleIndex
from knowledge.asking.intents import Intent, intents
from knowledge.asking.outcome import answer
from knowledge.asking.ranking import weights
from knowledge.model import Answer, Question, Reading, Status, Suggestion

MOST_CANDIDATES = 8
"""Articles that are matched in full; the rest fall behind in what they share with the question."""
NEAREST = 3
PATIENCE = 0.04
"""Seconds that one completion may spend on trying suggestions: it runs on the event loop."""
WHOLE = frozenset({"headline", "opening"})
"""Answers to "what is this about", which only a single article can be asked."""
MAYBE = 0.3
"""Confidence from which on a question that is not answered may have meant one of the suggestions."""


class Library:
    """Indexes of the articles that may answer; cheap to make, never changed."""

    def __init__(self, indexes: Sequence[ArticleIndex]) -> None:
        self.indexes = tuple(indexes)
        self._postings: Mapping[str, tuple[int, ...]] | None = None

    def nearest(self, text: str, most: int = MOST_CANDIDATES) -> tuple[ArticleIndex, ...]:
        """Return the articles that share most with a text, rare words counting more."""
        if len(self.indexes) <= most:
            return self.indexes
        postings = self._posted()
        scores: dict[int, float] = defaultdict(float)
        for word in {w for part in text.split() for w in _forms(part)}:
            hits = postings.get(word, ())
            if hits:
                gain = words.weight(word) / (1 + len(hits)) ** 0.5
                for number in hits:
                    scores[number] += gain
        ranked = sorted(scores, key=lambda n: (-scores[n], n))[:most]
        return tuple(self.indexes[n] for n in ranked)

    def _posted(self) -> Mapping[str, tuple[int, ...]]:
        if self._postings is None:
            found: dict[str, list[int]] = defaultdict(list)
            for number, index in enumerate(self.indexes):
                for word in index.vocabulary | index.names:
                    found[word].append(number)
            self._postings = {word: tuple(numbers) for word, numbers in found.items()}
        return self._postings


def _forms(word: str) -> Iterator[str]:
    low = word.lower().strip(".,;:!?\"'()")
    yield low
    if low.endswith("'s"):
        yield low[:-2]
    elif low.endswith("s"):
        yield low[:-1]


def ask(question: Question, library: Library) -> Answer:
    """Return what the library's articles say to a question; the surest article answers."""
    indexes = library.indexes
    if question.article is not None:
        indexes = tuple(i for i in indexes if i.article.key == question.article)
    elif len(indexes) > MOST_CANDIDATES:
        indexes = library.nearest(" ".join((*question.context, question.text)))
    best: tuple[tuple[bool, float], Answer] | None = None
    for index in indexes:
        found = consider(question.text, index, question.context)
        given = answer(found, find(found))
        if len(indexes) > 1 and given.matched in WHOLE:
            given = Answer(status=Status.NOT_TOLD)
        rank = (given.status is not Status.NOT_TOLD, given.confidence)
        if best is None or rank > best[0]:
            best = (rank, given)
    if best is None:
        return Answer(status=Status.NOT_TOLD)
    given = best[1]
    if given.status is Status.NOT_TOLD:
        nearest = complete(question.text, library, NEAREST)
        near = given.confidence >= MAYBE and given.fact is not None
        return given.model_copy(
            update={
                "suggestions": nearest,
                "status": Status.DID_YOU_MEAN if near and nearest else given.status,
            }
        )
    return given


def complete(text: str, library: Library, limit: int = 25) -> tuple[Suggestion, ...]:
    """Return questions that the library answers, those nearest to the typed text first.

    Each one was asked back and answered from its own fact; those not tried yet wait for a later call where
    trying them would take longer than `PATIENCE`.
    """
    indexes = library.nearest(text) if text.strip() else library.indexes[:MOST_CANDIDATES]
    offered = [(i, x) for x in indexes for i in worded(x)]
    if text.strip():
        likeness = _likeness(text, [i.text for i, _ in offered])
        order = sorted(range(len(offered)), key=likeness.__getitem__, reverse=True)[: limit * 2]
    else:
        order = list(range(len(offered)))
    until = time.monotonic() + PATIENCE
    chosen: dict[str, Suggestion] = {}
    for place in order:
        intent, index = offered[place]
        if intent.text not in index.tried and time.monotonic() < until:
            index.tried[intent.text] = _answered(intent, index)
        if index.tried.get(intent.text):
            chosen.setdefault(
                intent.text,
                Suggestion(text=intent.text, article=index.article.key, fact=intent.fact, role=intent.role),
            )
        if len(chosen) == limit:
            break
    return tuple(chosen.values())


def _likeness(text: str, offered: Sequence[str]) -> list[float]:
    """Return how near offered questions are to a typed text: their beginning, or their words in any order."""
    typed, plain = utils.default_process(text), [utils.default_process(x) for x in offered]
    alike = [0.0] * len(plain)
    for _, likeness, place in process.extract_iter(typed, plain, scorer=fuzz.token_set_ratio):
        alike[place] += 0.6 * likeness
    begun = [x[: len(typed)] for x in plain]
    for _, likeness, place in process.extract_iter(typed, begun, scorer=fuzz.ratio):
        alike[place] += 0.4 * likeness
    return alike


def _answered(intent: Intent, index: ArticleIndex) -> bool:
    """Tell whether a wording, asked back, is answered from its own fact."""
    found = consider(intent.text, index)
    said = find(found)
    return (
        said is not None
        and said.confidence >= weights.load().threshold
        and said.fact is not None
        and (said.fact.fact.id == intent.fact)
    )


def worded(index: ArticleIndex) -> tuple[Intent, ...]:
    """Return an article's intents that have a natural wording, made once."""
    if index.intents is None:
        reading = Reading.model_construct(
            article=index.article,
            entities=tuple(e.entity for e in index.entities),
            facts=tuple(v.fact for v in index.facts[: index.told]),
        )
        index.intents = tuple(i for i in intents(reading) if i.text)
    return index.intents
