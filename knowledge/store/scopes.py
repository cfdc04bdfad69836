"""Servers: what they keep as settings, and what happens to their data when the bot leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import aiosqlite

from knowledge.store.articles import INSTALLATION
from knowledge.store.database import Database


async def freeze(writer: aiosqlite.Connection, scopes: Collection[int], at: dt.datetime) -> None:
    """Note that servers were left; a server left earlier keeps its date."""
    await writer.executemany(
        "UPDATE scopes SET left_at = ? WHERE id = ? AND left_at IS NULL",
        [(at.isoformat(timespec="seconds"), scope) for scope in scopes if scope != INSTALLATION],
    )


async def thaw(writer: aiosqlite.Connection, scopes: Collection[int]) -> None:
    """Note that the bot is in these servers."""
    await writer.executemany("UPDATE scopes SET left_at = NULL WHERE id = ?", [(scope,) for scope in scopes])


async def known(database: Database) -> dict[int, dt.datetime | None]:
    """Return the servers with data and when each was left."""
    found = await database.rows("SELECT id, left_at FROM scopes WHERE id <> ?", (INSTALLATION,))
    return {scope: dt.datetime.fromisoformat(left) if left else None for scope, left in found}


async def delete(writer: aiosqlite.Connection, scopes: Collection[int]) -> None:
    """Delete servers with all that hangs on them."""
    await writer.executemany(
        "DELETE FROM scopes WHERE id = ?", [(scope,) for scope in scopes if scope != INSTALLATION]
    )


async def kept(database: Database, name: str, scope: int) -> dict[int, str]:
    """Return what is kept under a name for a server (channel 0) and its channels."""
    found = await database.rows("SELECT channel, body FROM kept WHERE scope = ? AND name = ?", (scope, name))
    return {channel: body for channel, body in found}


async def keep(writer: aiosqlite.Connection, name: str, body: str, scope: int, channel: int) -> None:
    """Keep a value for a server (channel 0) or one of its channels."""
    await writer.execute("INSERT OR IGNORE INTO scopes (id) VALUES (?)", (scope,))
    await writer.execute(
        "INSERT INTO kept (scope, channel, name, body) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (scope, channel, name) DO UPDATE SET body = excluded.body",
        (scope, channel, name, body),
    )


async def unkeep(writer: aiosqlite.Connection, name: str, scope: int, channel: int) -> None:
    """Forget a value of a server (channel 0) or one of its channels."""
    await writer.execute(
        "DELETE FROM kept WHERE scope = ? AND channel = ? AND name = ?", (scope, channel, name)
    )
