"""Articles that are read, asked and forgotten: for files named on the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from types import TracebackType
from typing import NamedTuple, Self

from knowledge import folder
from knowledge.model import Reading
from knowledge.reader import Reader
from knowledge.settings import Limits
from knowledge.snapshot import Indexes, Postings, Snapshot
from knowledge.store import articles as article_rows
from knowledge.store import rows
from knowledge.store.articles import INSTALLATION, NewArticle, StoredArticle
from knowledge.store.rows import PreparedArticle

#: Memory for the indexes of loose articles, in bytes.
LIBRARY_BYTES = 1_000_000_000


class LooseArticle(NamedTuple):
    """An article that was read and is not stored."""

    key: str
    prepared: PreparedArticle

    def reading(self) -> Reading:
        """Return what was read."""
        return article_rows.hydrated(self.rows())

    def rows(self) -> article_rows.ReadingRows:
        """Return what was read, not yet made into models."""
        return article_rows.rows_of(self.key, self.prepared)


class LooseReader:
    """Reads files without storing them; one process serves them all."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._reader = Reader(limits.reading_seconds)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._reader.close()

    async def read(self, data: bytes, *, name: str, key: str = "", notes: bytes = b"") -> LooseArticle:
        """Read a file's bytes; raise BadArticle or ReadingFailed."""
        original = folder.named(name, data, notes, self._limits)
        key = key or folder.stem(original.name)
        said = folder.notes_of(original)
        return LooseArticle(key, await self._reader.read(data, name=original.name, key=key, notes=said))


def snapshot(articles: Sequence[LooseArticle]) -> Snapshot:
    """Return a snapshot in which loose articles can be asked, each under its key."""
    now = dt.datetime.now(dt.UTC)
    stored = [_stored(number, article, now) for number, article in enumerate(articles)]
    postings = Postings()
    for number, article in enumerate(articles):
        postings.add(number, article.prepared.terms)
    return Snapshot(stored, Indexes(lambda number: articles[number].rows(), bound=LIBRARY_BYTES), postings)


def _stored(number: int, article: LooseArticle, now: dt.datetime) -> StoredArticle:
    original = article_rows.Original(article.key, b"", b"")
    new = NewArticle(INSTALLATION, article.key, original, article.prepared, now)
    return StoredArticle(
        id=number,
        scope=INSTALLATION,
        key=article.key,
        original_hash=b"",
        text_hash=rows.text_hash(article.prepared.text),
        reader=article.prepared.reader,
        info=article_rows.info_of(new),
    )
