"""The database file: connections, transactions and migrations."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple, Self

import aiosqlite

from knowledge.errors import StoreFailed

FILE_NAME = "dateline.sqlite3"
#: "DLNE": tells our files from other programs' (PRAGMA application_id).
APPLICATION_ID = 0x444C4E45
#: Seconds to wait for another process's transaction.
BUSY_SECONDS = 10.0

Row = tuple[Any, ...]


class Migration(NamedTuple):
    """One numbered step of the schema; the number is the version that it leads to."""

    number: int
    name: str
    statements: tuple[str, ...]


def migrations() -> tuple[Migration, ...]:
    """Return all steps in order, numbered from 1 without a gap."""
    folder = resources.files("knowledge.store") / "migrations"
    found = []
    for file in folder.iterdir():
        if match := re.fullmatch(r"(\d{4})_(\w+)\.sql", file.name):
            found.append(Migration(int(match[1]), match[2], tuple(_statements(file.read_text("utf-8")))))
    return tuple(sorted(found))


def _statements(script: str) -> Iterator[str]:
    """Split a script where SQLite itself sees a complete statement."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


class Database:
    """A connection that writes and one that reads committed data only.

    Rows are plain tuples. Every method raises StoreFailed in place of sqlite3.Error.
    """

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._lock = asyncio.Lock()

    @classmethod
    async def open(cls, path: Path, *, steps: Sequence[Migration] | None = None) -> Self:
        """Open or make the file, check it, and bring its schema up to date.

        Raises StoreFailed for a file that is damaged, of another program, or newer than this one.
        """
        with told(path):
            writer = await _connect(path)
            try:
                await _check(path, writer)
                await _migrate(path, writer, migrations() if steps is None else steps)
                await _write_ahead(writer)
                await _execute(writer, "PRAGMA synchronous = FULL")
                await _execute(writer, "PRAGMA foreign_keys = ON")
                reader = await aiosqlite.connect(read_only_uri(path), uri=True, isolation_level=None)
                await _execute(reader, f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
            except BaseException:
                await writer.close()
                raise
        return cls(path, writer, reader)

    async def close(self) -> None:
        """Close both connections; waits for a transaction under way."""
        async with self._lock:
            await self._reader.close()
            await self._writer.close()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[aiosqlite.Connection]:
        """Hold the one write transaction: committed at the end, rolled back on any exception."""
        async with self._lock:
            with told(self.path):
                await _execute(self._writer, "BEGIN IMMEDIATE")
                try:
                    yield self._writer
                    await _execute(self._writer, "COMMIT")
                except BaseException:
                    if self._writer.in_transaction:
                        await asyncio.shield(_execute(self._writer, "ROLLBACK"))
                    raise

    async def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Row]:
        """Return the rows of a query on committed data."""
        with told(self.path):
            async with self._reader.execute(sql, tuple(values)) as cursor:
                return [tuple(row) for row in await cursor.fetchall()]

    async def row(self, sql: str, values: Iterable[Any] = ()) -> Row | None:
        """Return the first row of a query on committed data."""
        found = await self.rows(sql, values)
        return found[0] if found else None

    async def data_version(self) -> int:
        """Return a number that changes whenever another connection has committed, here or elsewhere."""
        found = await self.row("PRAGMA data_version")
        return int(found[0]) if found else 0

    async def backup(self, target: Path) -> None:
        """Copy the committed data to a new file, page by page, while others read and write."""
        with told(target):
            copy = await _connect(target)
            try:
                await self._reader.backup(copy, pages=256)
                await _execute(copy, "PRAGMA journal_mode = DELETE")
            finally:
                await copy.close()


def read_only_uri(path: Path) -> str:
    """Return the URI that opens the file for reading alone."""
    return f"{path.resolve().as_uri()}?mode=ro"


async def _connect(path: Path) -> aiosqlite.Connection:
    # Tried here first: a failing aiosqlite.connect leaves a thread behind that calls back into a closed loop.
    sqlite3.connect(path).close()
    writer = await aiosqlite.connect(path, isolation_level=None)
    await _execute(writer, f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
    return writer


async def _execute(connection: aiosqlite.Connection, sql: str) -> None:
    async with connection.execute(sql):
        pass


async def _scalar(connection: aiosqlite.Connection, sql: str) -> Any:
    async with connection.execute(sql) as cursor:
        row = await cursor.fetchone()
    return row[0] if row else None


async def _write_ahead(writer: aiosqlite.Connection) -> None:
    """Switch to write-ahead logging; SQLite does not wait by itself while another program switches too."""
    deadline = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            await _execute(writer, "PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.02)


async def _check(path: Path, writer: aiosqlite.Connection) -> None:
    application = await _scalar(writer, "PRAGMA application_id")
    tables = await _scalar(writer, "SELECT count(*) FROM sqlite_schema")
    if tables and application != APPLICATION_ID:
        raise StoreFailed(f"{path} is a database of another program; choose another data directory.")
    verdict = await _scalar(writer, "PRAGMA quick_check(1)")
    if verdict != "ok":
        raise StoreFailed(
            f"The database {path} is damaged ({verdict}). Put a backup in its place, or move it away."
        )


async def _migrate(path: Path, writer: aiosqlite.Connection, steps: Sequence[Migration]) -> None:
    """Run the missing steps, each with its version number in one transaction.

    Foreign keys are off meanwhile, since rebuilding a parent table would delete its children, and are checked
    before each commit (https://www.sqlite.org/lang_altertable.html#otheralter).
    """
    version = await _scalar(writer, "PRAGMA user_version")
    if version > len(steps):
        raise StoreFailed(
            f"The database {path} was made by a newer version of this program (schema {version}, known up to "
            f"{len(steps)}). Upgrade the program, or choose another data directory."
        )
    await _execute(writer, "PRAGMA foreign_keys = OFF")
    for step in steps[version:]:
        await _execute(writer, "BEGIN IMMEDIATE")
        try:
            # Another process may have migrated while this one waited for the lock.
            if await _scalar(writer, "PRAGMA user_version") >= step.number:
                await _execute(writer, "ROLLBACK")
                continue
            for statement in step.statements:
                await _execute(writer, statement)
            async with writer.execute("PRAGMA foreign_key_check") as cursor:
                if orphan := await cursor.fetchone():
                    raise StoreFailed(
                        f"The database {path} cannot be upgraded: a row of {orphan[0]} has no parent."
                    )
            await _execute(writer, f"PRAGMA application_id = {APPLICATION_ID}")
            await _execute(writer, f"PRAGMA user_version = {step.number}")
            await _execute(writer, "COMMIT")
        except BaseException:
            if writer.in_transaction:
                await asyncio.shield(_execute(writer, "ROLLBACK"))
            raise


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into StoreFailed with words for people."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreFailed(_words(path, error)) from error


def _words(path: Path, error: sqlite3.Error) -> str:
    code = (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
    match code:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The database {path} is locked by another program; try again when it has finished."
        case sqlite3.SQLITE_FULL:
            return f"The disk that holds {path} is full; nothing was changed."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM:
            return f"The database {path} is read-only; nothing was changed."
        case sqlite3.SQLITE_CANTOPEN:
            return f"The database {path} cannot be opened; check the folder, or set DATELINE_DATA_DIR."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"The database {path} is damaged ({error}). Put a backup in its place, or move it away."
        case sqlite3.SQLITE_IOERR:
            return f"The database {path} cannot be read or written ({error}); nothing was changed."
    return f"The database {path} failed: {error}"
