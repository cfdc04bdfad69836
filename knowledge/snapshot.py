"""What questions see: the articles of one moment, their indexes, and the few that a question may be about.

Asking is synchronous and in memory. An index that is not there yet is loaded from the database at its first
use.
"""

from __future__ import annotations

import gc
import heapq
import math
import sqlite3
from array import array
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from knowledge import asking, notes
from knowledge.corrections import CORRECTION, Corrected, apply, gist
from knowledge.errors import UnknownArticle
from knowledge.model import Answer, Question, Suggestion
from knowledge.store import articles as rows
from knowledge.store.articles import INSTALLATION, StoredArticle
from knowledge.store.corrections import BODIES_SQL
from knowledge.store.database import BUSY_SECONDS, read_only_uri, told
from knowledge.store.rows import stems

#: Articles that compete for a question in full; with more in a scope, their stems choose this many first.
CANDIDATES = 4
#: In a scope of more than MANY articles only so many compete. Of 300 questions that name their article's
#: people, asked of 10 000 articles, as many were answered rightly with two as with four, in two thirds of the
#: time.
CANDIDATES_OF_MANY = 2
MANY = 200
#: The share of the best article's score under which an article does not compete.
BEHIND = 0.75
#: Articles that may hold a stem before it stops telling them apart, in a small scope.
COMMON = 50
#: Libraries kept ready, one for each set of articles that was asked lately.
LIBRARIES = 64
#: Bytes that an index takes for each byte of its rows' JSON; 13 were measured.
BYTES_A_BYTE = 14
#: Indexes after which the garbage collector is told to leave what there is alone.
FROZEN_TOGETHER = 16
#: How alike a misspelt stem must be to a known one (Levenshtein, 0 to 1): a letter lost is two edits in a cut
#: word.
SAME_STEM = 0.66


class Disk:
    """Readings from the database, one at a time and at once, over a connection that cannot write."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None

    def reading(self, number: int) -> rows.ReadingRows | None:
        """Return the rows of an article's reading, None where that version is gone."""
        with told(self._path):
            if self._connection is None:
                self._connection = sqlite3.connect(
                    read_only_uri(self._path), uri=True, timeout=BUSY_SECONDS, check_same_thread=False
                )
            head = self._connection.execute(rows.ARTICLE_SQL, (number,)).fetchone()
            if head is None:
                return None
            entities = self._connection.execute(rows.ENTITIES_SQL, (number,)).fetchall()
            facts = self._connection.execute(rows.FACTS_SQL, (number,)).fetchall()
            taught = self._connection.execute(BODIES_SQL, (number,)).fetchall()
        return rows.gathered(head, entities, facts, taught)

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class Prepared(NamedTuple):
    """What asking needs of one article version; `answers` are those that people taught, by gist."""

    article: asking.ArticleIndex
    answers: Mapping[str, Answer]


class Indexes:
    """Prepared articles by version; those unused for longest go when they take too much memory."""

    def __init__(self, load: Callable[[int], rows.ReadingRows | None], bound: int) -> None:
        """Load with a function; `bound` is in bytes."""
        self._load = load
        self._bound = bound
        self._held: OrderedDict[int, tuple[Prepared, int]] = OrderedDict()
        self._bytes = 0
        self._came = 0

    def get(self, number: int) -> Prepared | None:
        """Return a version, loading it if need be; None where it is gone."""
        if held := self._held.get(number):
            self._held.move_to_end(number)
            return held[0]
        with collector_paused():
            found = self._load(number)
            if found is None:
                return None
            prepared = prepared_of(found)
        self.put(number, prepared, found.size)
        return prepared

    def put(self, number: int, prepared: Prepared, size: int) -> None:
        """Keep a version; `size` is the length of the JSON that it was made from."""
        self.drop([number])
        self._held[number] = (prepared, size * BYTES_A_BYTE)
        self._bytes += size * BYTES_A_BYTE
        while self._bytes > self._bound and len(self._held) > CANDIDATES:
            _, (_, freed) = self._held.popitem(last=False)
            self._bytes -= freed
        self._came += 1
        if self._came % FROZEN_TOGETHER == 0:
            # A full collection over a gigabyte of indexes holds the event loop for a second. They hold no
            # cycles, so that counting references frees them all the same.
            gc.freeze()

    def drop(self, numbers: Iterable[int]) -> None:
        """Let go of versions that nobody will ask again."""
        for number in numbers:
            if held := self._held.pop(number, None):
                self._bytes -= held[1]

    def __contains__(self, number: int) -> bool:
        return number in self._held

    def room(self) -> bool:
        """Tell whether another index fits without pushing one out."""
        return self._bytes < 0.9 * self._bound


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep the garbage collector still while an index is made: of some 30 000 objects, without cycles.

    It would look through them dozens of times as they come, and through all indexes every few articles.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def corrected(found: rows.ReadingRows) -> Corrected:
    """Return the reading that rows hold, with the corrections of its companion file and of people."""
    said = notes.parse(found.notes, "").corrections if found.notes else ()
    more = tuple(CORRECTION.validate_json(body) for body in found.corrections)
    return apply(rows.hydrated(found), (*said, *more))


def prepared_of(found: rows.ReadingRows) -> Prepared:
    """Return what asking needs of an article's rows; takes longer than an event loop may wait."""
    reading, answers, _ = corrected(found)
    return Prepared(asking.build(reading), answers)


class Postings:
    """Which articles hold a stem; a version comes before a snapshot shows it and goes after."""

    def __init__(self) -> None:
        self._articles: dict[str, array[int]] = {}
        self._stems: dict[int, str] = {}
        #: Known stems by their first letter, where misspelt ones are looked for.
        self._alphabet: dict[str, dict[str, None]] = defaultdict(dict)

    def __contains__(self, number: int) -> bool:
        return number in self._stems

    def add(self, number: int, found: str) -> None:
        """Take an article in, by its different stems, joined by spaces."""
        for stem in found.split():
            holders = self._articles.get(stem)
            if holders is None:
                holders = self._articles[stem] = array("q")
                self._alphabet[stem[0]][stem] = None
            holders.append(number)
        self._stems[number] = found

    def drop(self, number: int) -> None:
        """Take an article out."""
        for stem in self._stems.pop(number, "").split():
            holders = self._articles[stem]
            holders.remove(number)
            if not holders:
                del self._articles[stem], self._alphabet[stem[0]][stem]

    def best(self, text: str, among: Container[int], count: int) -> list[int]:
        """Return the articles that share most with a text, by the sum of their stems' inverse frequencies.

        An article far behind the best one is left out, however few there are.
        """
        scores: dict[int, float] = defaultdict(float)
        for stem in stems(text):
            known, closeness = self._known(stem)
            holders = self._articles.get(known)
            if holders is None or len(holders) > max(COMMON, len(self._stems) // 5):
                continue
            weight = closeness * math.log(1 + len(self._stems) / len(holders))
            for number in holders:
                scores[number] += weight
        seen = ((score, -number) for number, score in scores.items() if number in among)
        ranked = heapq.nlargest(count, seen)
        return [-number for score, number in ranked if score >= BEHIND * ranked[0][0]]

    def _known(self, stem: str) -> tuple[str, float]:
        """Return the stem itself, or for an unknown one of four letters or more the most alike known one."""
        if stem in self._articles or len(stem) < 4 or stem.isdigit():
            return stem, 1.0
        match = process.extractOne(
            stem,
            self._alphabet[stem[0]].keys(),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=SAME_STEM,
        )
        return (str(match[0]), float(match[1])) if match else (stem, 0.0)


class Snapshot:
    """The articles of one moment; never changed, only replaced."""

    def __init__(self, stored: Sequence[StoredArticle], indexes: Indexes, postings: Postings) -> None:
        self.stored = tuple(stored)
        self.numbers = {article.id: article for article in stored}
        self._indexes = indexes
        self._postings = postings
        self._own: dict[int, dict[str, StoredArticle]] = defaultdict(dict)
        for article in stored:
            self._own[article.scope][article.key] = article
        self._seen: dict[int, dict[str, StoredArticle]] = {}
        self._seen_numbers: dict[int, dict[int, None]] = {}
        self._libraries: OrderedDict[tuple[int, ...], asking.Library] = OrderedDict()

    def own(self, scope: int | None) -> Mapping[str, StoredArticle]:
        """Return the articles that belong to the scope itself, by key."""
        return self._own.get(scope or INSTALLATION, {})

    def seen(self, scope: int | None) -> Mapping[str, StoredArticle]:
        """Return what the scope sees by key; a server's own article goes before the installation's."""
        number = scope or INSTALLATION
        if number not in self._seen:
            if number and number not in self._own:
                return self.seen(None)
            self._seen[number] = {**self.own(None), **self.own(scope)}
        return self._seen[number]

    def find(self, key: str, scope: int | None) -> StoredArticle:
        """Return an article that the scope sees; raise UnknownArticle."""
        found = self.seen(scope).get(key)
        if found is None:
            raise UnknownArticle(f"There is no article {key!r} here.")
        return found

    def needed(self, scope: int | None, text: str, few: int) -> tuple[int, ...]:
        """Return the versions that a text may be about; all of a scope with few articles."""
        chosen = self._numbers_seen(scope)
        return tuple(chosen) if len(chosen) <= few else self._candidates(chosen, text)

    def ask(self, question: Question, among: Collection[str] = ()) -> Answer:
        """Answer from what the question's scope sees, as KnowledgeBase.ask."""
        chosen = self._chosen(question.scope, question.article, among)
        numbers = self._candidates(chosen, " ".join((*question.context, question.text)))
        wanted = gist(question.text)
        for number in numbers:
            prepared = self._indexes.get(number)
            if prepared is not None and (taught := prepared.answers.get(wanted)):
                return taught
        return asking.ask(question, self._library(numbers))

    def complete(
        self, text: str, scope: int | None, article: str | None, limit: int, among: Collection[str] = ()
    ) -> tuple[Suggestion, ...]:
        """Return questions that can be answered, as KnowledgeBase.complete."""
        numbers = self._candidates(self._chosen(scope, article, among), text)
        return asking.complete(text, self._library(numbers), limit)

    def _chosen(self, scope: int | None, article: str | None, among: Collection[str]) -> Mapping[int, None]:
        """Return the versions that a question may be answered from, in their order."""
        if article is not None:
            return {self.find(article, scope).id: None}
        if among:
            return {found.id: None for key in among if (found := self.seen(scope).get(key))}
        return self._numbers_seen(scope)

    def _numbers_seen(self, scope: int | None) -> Mapping[int, None]:
        number = scope or INSTALLATION
        if number not in self._seen_numbers:
            if number and number not in self._own:
                return self._numbers_seen(None)
            self._seen_numbers[number] = {found.id: None for found in self.seen(scope).values()}
        return self._seen_numbers[number]

    def _candidates(self, chosen: Mapping[int, None], text: str) -> tuple[int, ...]:
        """Return the versions that a text may be about: all of a few, else the nearest, else the newest."""
        if len(chosen) <= CANDIDATES:
            return tuple(sorted(chosen))
        count = CANDIDATES if len(chosen) <= MANY else CANDIDATES_OF_MANY
        return tuple(sorted(self._postings.best(text, chosen, count) or list(chosen)[-count:]))

    def _library(self, numbers: tuple[int, ...]) -> asking.Library:
        if numbers in self._libraries:
            self._libraries.move_to_end(numbers)
            return self._libraries[numbers]
        found = [
            prepared.article for number in numbers if (prepared := self._indexes.get(number)) is not None
        ]
        library = asking.Library(found)
        self._libraries[numbers] = library
        if len(self._libraries) > LIBRARIES:
            self._libraries.popitem(last=False)
        return library
