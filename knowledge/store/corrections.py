"""People's corrections in the database."""

from __future__ import annotations

import datetime as dt

import aiosqlite

from knowledge.corrections import CORRECTION, Correction
from knowledge.store.database import Database

#: The columns of a copied article; its id is new.
_COPIED = (
    "file, shipped, added, original_hash, text_hash, reader, title, source, url, published, words, text,"
    " terms, name, original, notes, layout"
)
BODIES_SQL = """
    SELECT c.body FROM corrections c JOIN articles a ON a.scope = c.scope AND a.key = c.article
    WHERE a.id = ? ORDER BY c.id
"""


async def add(
    writer: aiosqlite.Connection,
    scope: int,
    key: str,
    correction: Correction,
    person: bytes | None,
    at: dt.datetime,
) -> int:
    """Keep a correction; return its number."""
    await writer.execute("INSERT OR IGNORE INTO scopes (id) VALUES (?)", (scope,))
    async with writer.execute(
        "INSERT INTO corrections (scope, article, body, person, added) VALUES (?, ?, ?, ?, ?)",
        (
            scope,
            key,
            correction.model_dump_json(exclude_defaults=False),
            person,
            at.isoformat(timespec="seconds"),
        ),
    ) as cursor:
        number = cursor.lastrowid
    assert number is not None
    return number


async def of_article(database: Database, scope: int, key: str) -> list[tuple[int, Correction, dt.datetime]]:
    """Return the corrections of an article with their numbers and times, oldest first."""
    found = await database.rows(
        "SELECT id, body, added FROM corrections WHERE scope = ? AND article = ? ORDER BY id", (scope, key)
    )
    return [(n, CORRECTION.validate_json(body), dt.datetime.fromisoformat(at)) for n, body, at in found]


async def taught_words(database: Database) -> dict[tuple[int, str], str]:
    """Return by scope and key the words by which taught articles may be asked beside their own."""
    found = await database.rows(
        "SELECT scope, article, group_concat(body, ' ') FROM corrections GROUP BY 1, 2"
    )
    return {(scope, key): words for scope, key, words in found}


async def delete(writer: aiosqlite.Connection, scope: int, number: int) -> str | None:
    """Delete a correction of a scope; return the key of its article, None where there is none."""
    async with writer.execute(
        "DELETE FROM corrections WHERE scope = ? AND id = ? RETURNING article", (scope, number)
    ) as cursor:
        row = next(iter(await cursor.fetchall()), None)
    return str(row[0]) if row else None


async def delete_of_article(writer: aiosqlite.Connection, scope: int, key: str) -> None:
    """Delete every correction of an article that was removed by a person."""
    await writer.execute("DELETE FROM corrections WHERE scope = ? AND article = ?", (scope, key))


async def forget_author(writer: aiosqlite.Connection, person: bytes) -> None:
    """Keep what a person taught and forget who it was."""
    await writer.execute("UPDATE corrections SET person = NULL WHERE person = ?", (person,))


async def renew(writer: aiosqlite.Connection, number: int, scope: int) -> int:
    """Copy an article as a new version, into another scope if need be; return the new id.

    The old version goes where the scope is the same. A copy in another scope belongs to no file.
    """
    async with writer.execute("SELECT scope, key FROM articles WHERE id = ?", (number,)) as cursor:
        ((old_scope, key),) = await cursor.fetchall()
    if old_scope == scope:
        # Out of the way of the new version, until its rows are copied.
        await writer.execute("UPDATE articles SET key = ? WHERE id = ?", (f"{key}\0old", number))
    async with writer.execute(
        f"INSERT INTO articles (scope, key, {_COPIED}) SELECT ?, ?, {_COPIED} FROM articles WHERE id = ?",
        (scope, key, number),
    ) as cursor:
        new = cursor.lastrowid
    assert new is not None
    for table, columns in (
        ("entities", "id, kind, name, body"),
        ("facts", "id, kind, predicate, sentence, body"),
        ("intents", "fact, role, answer_type, predicate"),
    ):
        await writer.execute(
            f"INSERT INTO {table} (article, {columns}) SELECT ?, {columns} FROM {table} WHERE article = ?",
            (new, number),
        )
    if old_scope == scope:
        await writer.execute("DELETE FROM articles WHERE id = ?", (number,))
    else:
        await writer.execute("UPDATE articles SET file = '', shipped = 0 WHERE id = ?", (new,))
    return new
