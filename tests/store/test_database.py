"""The database file: migrations, transactions, errors."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from knowledge.errors import StoreFailed
from knowledge.store.database import APPLICATION_ID, Database, Migration, migrations


@pytest_asyncio.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = await Database.open(tmp_path / "test.sqlite3")
    yield opened
    await opened.close()


def shape(path: Path) -> list[tuple[str, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY type, name").fetchall()


#: One row in every table, children included, for each version of the schema.
ROWS = {
    1: """
    INSERT INTO scopes (id) VALUES (7); INSERT INTO articles (id, scope, key, file, shipped, added,
    original_hash, text_hash, reader, title, source, url,
        published, words, text, terms, name, original, notes, layout) VALUES (1, 7, 'k', '', 0,
        '2024-01-01T00:00:00+00:00', x'00', x'00', 1, 't', '', '', NULL, 1, 'Text.', 'text', 'k.txt', x'00',
        x'', x'00');
    INSERT INTO entities VALUES (1, 0, 'person', 'N', '{}'); INSERT INTO facts VALUES (1, 0, 'verb', 'go', 0,
    '{}'); INSERT INTO intents VALUES (1, 0, 'agent', 'person', 'go'); INSERT INTO questions (id, scope,
    pinned, article, person, text, gist, status, matched, confidence, at, closed)
        VALUES (1, 7, '', 'k', x'01', 'q', 'q', 'answered', '', 0.5, '2024-01-01T00:00:00+00:00', NULL);
    INSERT INTO votes VALUES (1, x'01', 1);
    INSERT INTO kept VALUES (7, 0, 'Model', '{}');
    """,
    2: "INSERT INTO corrections VALUES (1, 7, 'k', '{}', NULL, '2024-01-01T00:00:00+00:00');",
}


async def old_database(path: Path, version: int) -> dict[str, int]:
    """Make a database of an earlier version with a row in every table; return how many rows each has."""
    await (await Database.open(path, steps=migrations()[:version])).close()
    with sqlite3.connect(path) as connection:
        for number in range(1, version + 1):
            connection.executescript(ROWS.get(number, ""))
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            for (name,) in tables
            if not name.startswith("sqlite_")
        }


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [step.number for step in migrations()] == list(range(1, len(migrations()) + 1))


@pytest.mark.parametrize("version", range(1, len(migrations()) + 1))
async def test_every_earlier_shape_is_brought_up_to_date_with_its_rows(tmp_path: Path, version: int) -> None:
    rows = await old_database(tmp_path / "old.sqlite3", version)
    await (await Database.open(tmp_path / "old.sqlite3")).close()
    await (await Database.open(tmp_path / "new.sqlite3")).close()
    assert shape(tmp_path / "old.sqlite3") == shape(tmp_path / "new.sqlite3")
    with sqlite3.connect(tmp_path / "old.sqlite3") as connection:
        for name, count in rows.items():
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] == count, name
        assert connection.execute("PRAGMA user_version").fetchone()[0] == len(migrations())
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


async def test_rebuilding_a_parent_table_keeps_its_children(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    await old_database(path, len(migrations()))
    columns = "id, left_at"
    rebuild = (
        "CREATE TABLE scopes_new (id INTEGER PRIMARY KEY, left_at TEXT, note TEXT) STRICT",
        f"INSERT INTO scopes_new ({columns}) SELECT {columns} FROM scopes",
        "DROP TRIGGER scope_left",
        "DROP TABLE scopes",
        "ALTER TABLE scopes_new RENAME TO scopes",
    )
    steps = (*migrations(), Migration(len(migrations()) + 1, "rebuild", rebuild))
    database = await Database.open(path, steps=steps)
    assert await database.row("SELECT count(*) FROM articles") == (1,)
    assert await database.row("SELECT count(*) FROM kept") == (1,)
    await database.close()


async def test_a_migration_that_fails_leaves_the_version_before(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    await old_database(path, len(migrations()))
    before = shape(path)
    broken = Migration(
        len(migrations()) + 1, "broken", ("CREATE TABLE extra (id)", "CREATE TABLE extra (id)")
    )
    with pytest.raises(StoreFailed):
        await Database.open(path, steps=(*migrations(), broken))
    assert shape(path) == before
    await (await Database.open(path)).close()


async def test_a_migration_that_orphans_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    await old_database(path, len(migrations()))
    orphaning = Migration(len(migrations()) + 1, "orphan", ("DELETE FROM scopes WHERE id = 7",))
    with pytest.raises(StoreFailed, match="no parent"):
        await Database.open(path, steps=(*migrations(), orphaning))
    database = await Database.open(path)
    assert await database.row("SELECT count(*) FROM scopes WHERE id = 7") == (1,)
    await database.close()


async def test_two_programs_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    opened = await asyncio.gather(*(Database.open(tmp_path / "new.sqlite3") for _ in range(4)))
    for database in opened:
        assert await database.row("SELECT id FROM scopes") == (0,)
        await database.close()


async def test_what_is_not_committed_is_not_seen(database: Database) -> None:
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO scopes (id) VALUES (1)")
        assert await database.row("SELECT 1 FROM scopes WHERE id = 1") is None
    assert await database.row("SELECT 1 FROM scopes WHERE id = 1") == (1,)


async def test_an_exception_takes_the_whole_transaction_back(database: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as writer:
            await writer.execute("INSERT INTO scopes (id) VALUES (1)")
            _ = 1 / 0
    assert await database.row("SELECT 1 FROM scopes WHERE id = 1") is None
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO scopes (id) VALUES (2)")


async def test_a_cancelled_transaction_is_taken_back_and_the_next_one_works(database: Database) -> None:
    started = asyncio.Event()

    async def hang() -> None:
        async with database.transaction() as writer:
            await writer.execute("INSERT INTO scopes (id) VALUES (1)")
            started.set()
            await asyncio.sleep(60)

    task = asyncio.create_task(hang())
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO scopes (id) VALUES (2)")
    assert await database.rows("SELECT id FROM scopes ORDER BY id") == [(0,), (2,)]


async def test_transactions_that_come_together_take_turns(database: Database) -> None:
    async def add(number: int) -> None:
        async with database.transaction() as writer:
            await writer.execute("INSERT INTO scopes (id) VALUES (?)", (number,))

    await asyncio.gather(*(add(number) for number in range(1, 51)))
    assert await database.row("SELECT count(*) FROM scopes") == (51,)


async def test_the_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreFailed, match="read-only"):
        await database.rows("INSERT INTO scopes (id) VALUES (1)")


async def test_a_commit_changes_the_data_version(database: Database) -> None:
    before = await database.data_version()
    assert await database.data_version() == before
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO scopes (id) VALUES (1)")
    assert await database.data_version() != before


async def test_a_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "newer.sqlite3"
    await (await Database.open(path)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = path.read_bytes()
    with pytest.raises(StoreFailed, match="newer version"):
        await Database.open(path)
    assert path.read_bytes() == before


async def test_a_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite3"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (id)")
    before = path.read_bytes()
    with pytest.raises(StoreFailed, match="another program"):
        await Database.open(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("junk", [b"this is no database" * 100, b"SQLite format 3\0" + b"\xff" * 4000])
async def test_a_damaged_file_is_told_of(tmp_path: Path, junk: bytes) -> None:
    path = tmp_path / "damaged.sqlite3"
    path.write_bytes(junk)
    with pytest.raises(StoreFailed, match=r"damaged|another program|cannot be"):
        await Database.open(path)
    assert path.read_bytes() == junk


async def test_damage_inside_a_file_is_found_when_it_is_opened(tmp_path: Path) -> None:
    path = tmp_path / "damaged.sqlite3"
    database = await Database.open(path)
    async with database.transaction() as writer:
        for number in range(1, 5_000):
            await writer.execute("INSERT INTO scopes (id, left_at) VALUES (?, ?)", (number, "x" * 50))
    await database.close()
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 8_192] = b"\xa5" * 8_192
    path.write_bytes(data)
    with pytest.raises(StoreFailed, match="damaged"):
        await Database.open(path)


async def test_a_full_disk_is_told_of_and_loses_nothing(database: Database) -> None:
    pages = (await database.row("PRAGMA page_count") or (0,))[0]
    with pytest.raises(StoreFailed, match="full"):
        async with database.transaction() as writer:
            await writer.execute(f"PRAGMA max_page_count = {pages + 2}")
            for number in itertools.count(1):
                await writer.execute("INSERT INTO scopes (id, left_at) VALUES (?, ?)", (number, "x" * 1_000))
    assert await database.rows("SELECT id FROM scopes") == [(0,)]


async def test_a_file_that_another_program_holds_is_told_of(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    holder = sqlite3.connect(database.path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    async with database._writer.execute("PRAGMA busy_timeout = 50"):
        pass
    with pytest.raises(StoreFailed, match="locked"):
        async with database.transaction():
            pass
    holder.execute("ROLLBACK")
    holder.close()
    async with database.transaction() as writer:
        await writer.execute("INSERT INTO scopes (id) VALUES (1)")


async def test_a_folder_in_place_of_the_file_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "folder.sqlite3").mkdir()
    with pytest.raises(StoreFailed, match="cannot be opened"):
        await Database.open(tmp_path / "folder.sqlite3")


async def test_a_backup_taken_while_others_write_is_whole(database: Database, tmp_path: Path) -> None:
    stop = asyncio.Event()

    async def write() -> None:
        number = 1
        while not stop.is_set():
            async with database.transaction() as writer:
                await writer.execute("INSERT INTO scopes (id) VALUES (?)", (number,))
                await writer.execute("INSERT INTO scopes (id) VALUES (?)", (-number,))
            number += 1

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    await database.backup(tmp_path / "copy.sqlite3")
    stop.set()
    await writing
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        assert copy.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert copy.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID
        assert copy.execute("SELECT sum(id) FROM scopes").fetchone()[0] == 0
    await (await Database.open(tmp_path / "copy.sqlite3")).close()
