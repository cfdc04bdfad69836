"""Articles in the database, with their entities, facts and intents."""

from __future__ import annotations

import datetime as dt
import re
import zlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

import aiosqlite

from knowledge.model import Reading
from knowledge.records import ArticleInfo
from knowledge.store import corrections, rows
from knowledge.store.database import Database, Row
from knowledge.store.rows import PreparedArticle

#: The scope of the installation's own articles.
INSTALLATION = 0
#: Articles fetched in one query, between two turns of the event loop.
CHUNK = 200


class StoredArticle(NamedTuple):
    """An article's row: `id` names this version for ever, `original_hash` tells whether its file changed."""

    id: int
    scope: int
    key: str
    original_hash: bytes
    text_hash: bytes
    reader: int
    info: ArticleInfo


class Original(NamedTuple):
    """A file as it came: its name, its bytes, and the bytes of its companion."""

    name: str
    data: bytes
    notes: bytes


class NewArticle(NamedTuple):
    """An article to store; `scope` 0 is the installation, `file` the path it is reloaded from."""

    scope: int
    key: str
    original: Original
    prepared: PreparedArticle
    added: dt.datetime
    file: str = ""
    shipped: bool = False


class ReadingRows(NamedTuple):
    """The rows of one reading, not yet made into models."""

    head: tuple[str, str, bytes, int]
    entities: tuple[str, ...]
    facts: tuple[str, ...]
    corrections: tuple[str, ...] = ()
    notes: bytes = b""

    @property
    def size(self) -> int:
        """Return about how many bytes of JSON the rows hold."""
        # The layout deflates to about an eighth.
        return (
            len(self.head[1])
            + 8 * len(self.head[2])
            + sum(map(len, self.entities))
            + sum(map(len, self.facts))
        )


def title_of(key: str) -> str:
    """Return a title for an article that has none, made of its key."""
    return re.sub(r"[-_]+", " ", key).strip().capitalize()


def info_of(new: NewArticle) -> ArticleInfo:
    """Return how an article that is about to be stored looks in a list."""
    prepared = new.prepared
    return ArticleInfo(
        key=new.key,
        title=prepared.title or title_of(new.key),
        source=prepared.source,
        url=prepared.url,
        published=prepared.published,
        scope=None if new.scope == INSTALLATION else new.scope,
        facts=len(prepared.facts),
        words=prepared.words,
        added=new.added,
        shipped=new.shipped,
        file=new.file,
    )


def rows_of(key: str, prepared: PreparedArticle, notes: bytes = b"") -> ReadingRows:
    """Return the rows of a reading about to be stored."""
    return ReadingRows(
        (key, prepared.text, prepared.layout, prepared.reader),
        tuple(entity.body for entity in prepared.entities),
        tuple(fact.body for fact in prepared.facts),
        notes=notes,
    )


_COLUMNS = """
    SELECT a.id, a.scope, a.key, a.original_hash, a.text_hash, a.reader, a.title, a.source, a.url,
    a.published,
           a.words, a.added, a.shipped, a.file, (SELECT count(*) FROM facts f WHERE f.article = a.id)
    FROM articles a
"""


async def stored(
    database: Database, known: Mapping[int, StoredArticle] = MappingProxyType({})
) -> tuple[StoredArticle, ...]:
    """Return all articles of scopes that were not left, in the order in which they came.

    Those that are known already are taken from there, since a number names one version for ever.
    """
    numbers = await database.rows(
        "SELECT a.id FROM articles a JOIN scopes s ON s.id = a.scope WHERE s.left_at IS NULL ORDER BY a.id"
    )
    found = {number: known[number] for (number,) in numbers if number in known}
    missing = [number for (number,) in numbers if number not in known]
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        for row in await database.rows(f"{_COLUMNS} WHERE a.id IN ({','.join('?' * len(chunk))})", chunk):
            found[row[0]] = _stored(row)
    return tuple(found[number] for (number,) in numbers if number in found)


def _stored(row: Row) -> StoredArticle:
    number, scope, key, original_hash, text_hash, reader, title, source, url, published, words, *rest = row
    added, shipped, file, facts = rest
    info = ArticleInfo(
        key=key,
        title=title or title_of(key),
        source=source,
        url=url,
        published=dt.date.fromisoformat(published) if published else None,
        scope=scope or None,
        words=words,
        added=dt.datetime.fromisoformat(added),
        shipped=bool(shipped),
        file=file,
        facts=facts,
    )
    return StoredArticle(number, scope, key, original_hash, text_hash, reader, info)


async def put(writer: aiosqlite.Connection, new: NewArticle) -> int:
    """Store an article in place of the one with its scope and key, which keeps its date; return its id."""
    await writer.execute("INSERT OR IGNORE INTO scopes (id) VALUES (?)", (new.scope,))
    async with writer.execute(
        "DELETE FROM articles WHERE scope = ? AND key = ? RETURNING added", (new.scope, new.key)
    ) as cursor:
        since = [row[0] for row in await cursor.fetchall()]
    prepared, original = new.prepared, new.original
    async with writer.execute(
        "INSERT INTO articles (scope, key, file, shipped, added, original_hash, text_hash, reader, title,"
        " source, url, published, words, text, terms, name, original, notes, layout)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            new.scope, new.key, new.file, new.shipped,
            since[0] if since else new.added.isoformat(timespec="seconds"),
            rows.original_hash(*original), rows.text_hash(prepared.text), prepared.reader, prepared.title,
            prepared.source, prepared.url, prepared.published.isoformat() if prepared.published else None,
            prepared.words, prepared.text, prepared.terms, original.name, zlib.compress(original.data),
            original.notes, prepared.layout,
        ),
    ) as cursor:  # fmt: skip
        number = cursor.lastrowid
    assert number is not None
    await writer.executemany(
        "INSERT INTO entities (article, id, kind, name, body) VALUES (?, ?, ?, ?, ?)",
        [(number, *row) for row in prepared.entities],
    )
    await writer.executemany(
        "INSERT INTO facts (article, id, kind, predicate, sentence, body) VALUES (?, ?, ?, ?, ?, ?)",
        [(number, *row) for row in prepared.facts],
    )
    await writer.executemany(
        "INSERT INTO intents (article, fact, role, predicate, answer_type) VALUES (?, ?, ?, ?, ?)",
        [(number, *row) for row in prepared.intents],
    )
    return number


async def delete(writer: aiosqlite.Connection, number: int) -> None:
    """Delete one article with everything that hangs on it."""
    await writer.execute("DELETE FROM articles WHERE id = ?", (number,))


async def generation(database: Database) -> int:
    """Return the number that grows with every change after which questions may be answered differently."""
    row = await database.row("SELECT value FROM meta WHERE key = 'generation'")
    return int(row[0]) if row else 0


async def noted_reader(database: Database) -> tuple[str, int] | None:
    """Return which code of the reader was seen last, and its version."""
    row = await database.row("SELECT value FROM meta WHERE key = 'reader'")
    if row is None:
        return None
    token, _, version = str(row[0]).rpartition("=")
    return token, int(version)


async def note_reader(writer: aiosqlite.Connection, token: str, version: int) -> None:
    """Note the reader's code and its version."""
    await writer.execute(
        "INSERT OR REPLACE INTO meta (key, value) VALUES ('reader', ?)", (f"{token}={version}",)
    )


async def terms(database: Database, wanted: Sequence[StoredArticle]) -> list[tuple[StoredArticle, str]]:
    """Return articles with the stems by which each is found."""
    by_number = {article.id: article for article in wanted}
    numbers = list(by_number)
    found: list[tuple[StoredArticle, str]] = []
    for start in range(0, len(numbers), CHUNK):
        chunk = numbers[start : start + CHUNK]
        marks = ",".join("?" * len(chunk))
        rows = await database.rows(f"SELECT id, terms FROM articles WHERE id IN ({marks})", chunk)
        found += [(by_number[number], words) for number, words in rows]
    return found


async def fact_bodies(database: Database, number: int) -> tuple[str, tuple[str, ...]]:
    """Return an article's text and its facts as JSON; both empty where it is gone."""
    row = await database.row("SELECT text FROM articles WHERE id = ?", (number,))
    found = await database.rows(FACTS_SQL, (number,))
    return (row[0] if row else "", tuple(body for (body,) in found))


async def original(database: Database, number: int) -> Original | None:
    """Return the file that an article was read from, None where it is gone."""
    row = await database.row("SELECT name, original, notes FROM articles WHERE id = ?", (number,))
    return Original(row[0], zlib.decompress(row[1]), row[2]) if row else None


ARTICLE_SQL = "SELECT key, text, layout, reader, notes FROM articles WHERE id = ?"
ENTITIES_SQL = "SELECT body FROM entities WHERE article = ? ORDER BY id"
FACTS_SQL = "SELECT body FROM facts WHERE article = ? ORDER BY id"


async def reading_rows(database: Database, number: int) -> ReadingRows | None:
    """Return the rows of what was read in an article, None where it is gone."""
    head = await database.row(ARTICLE_SQL, (number,))
    if head is None:
        return None
    entities = await database.rows(ENTITIES_SQL, (number,))
    facts = await database.rows(FACTS_SQL, (number,))
    taught = await database.rows(corrections.BODIES_SQL, (number,))
    return gathered(head, entities, facts, taught)


def gathered(head: Row, entities: Sequence[Row], facts: Sequence[Row], taught: Sequence[Row]) -> ReadingRows:
    """Return what the four queries found."""
    key, text, layout, reader, said = head
    known, told, more = (tuple(str(body) for (body,) in found) for found in (entities, facts, taught))
    return ReadingRows((key, text, layout, reader), known, told, corrections=more, notes=said)


def hydrated(found: ReadingRows) -> Reading:
    """Return what was read, without corrections; takes longer than an event loop may wait."""
    key, text, layout, reader = found.head
    return Reading(
        article=rows.to_article(key, text, layout),
        entities=rows.to_entities(found.entities),
        facts=rows.to_facts(found.facts),
        reader_version=reader,
    )
