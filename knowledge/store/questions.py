"""The log of asked questions, their votes, and the gaps that they show."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import aiosqlite
from rapidfuzz import fuzz, process

from knowledge.corrections import gist
from knowledge.model import Answer, Question, Status
from knowledge.records import AskedQuestion, DayStats, Gap, Popular, Stats
from knowledge.store.articles import INSTALLATION
from knowledge.store.database import Database

#: How alike two gists must be, in percent of rapidfuzz's token_sort_ratio, to count as one question.
SAME_GIST = 90.0
SALT_SQL = "SELECT value FROM meta WHERE key = 'salt'"
OPEN_STATES = (Status.NOT_TOLD.value, Status.DID_YOU_MEAN.value)


async def salt(database: Database) -> bytes:
    """Return the installation's secret salt, made once."""
    row = await database.row(SALT_SQL)
    if row is None:
        async with database.transaction() as writer:
            await writer.execute(
                "INSERT OR IGNORE INTO meta (key, value) VALUES ('salt', ?)", (secrets.token_bytes(32),)
            )
        row = await database.row(SALT_SQL)
    assert row is not None
    return bytes(row[0])


def person_hash(person: str, secret: bytes) -> bytes:
    """Return what stands for a person in the log."""
    return hashlib.blake2b(person.encode(), key=secret, digest_size=16).digest()


async def record(
    writer: aiosqlite.Connection, question: Question, answer: Answer, *, person: bytes | None, at: dt.datetime
) -> int:
    """Write one line; return its number."""
    scope = question.scope or INSTALLATION
    await writer.execute("INSERT OR IGNORE INTO scopes (id) VALUES (?)", (scope,))
    text = answer.resolved or question.text
    async with writer.execute(
        "INSERT INTO questions (scope, pinned, article, person, text, gist, status, matched, confidence, at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            scope, question.article or "", answer.article, person, text, gist(text), answer.status,
            answer.matched, answer.confidence, at.isoformat(timespec="seconds"),
        ),
    ) as cursor:  # fmt: skip
        number = cursor.lastrowid
    assert number is not None
    return number


async def erase(writer: aiosqlite.Connection, number: int) -> None:
    """Delete a question's text and everything that repeats it; the outcome stays counted."""
    await writer.execute(
        "UPDATE questions SET text = '', gist = '', matched = '', person = NULL, closed = 'erased'"
        " WHERE id = ?",
        (number,),
    )


async def vote(writer: aiosqlite.Connection, number: int, person: bytes, value: int) -> bool:
    """Set, change or (0) take back a person's vote; return False where the question is gone."""
    async with writer.execute("SELECT 1 FROM questions WHERE id = ?", (number,)) as cursor:
        if await cursor.fetchone() is None:
            return False
    if value:
        await writer.execute(
            "INSERT INTO votes (question, person, value) VALUES (?, ?, ?)"
            " ON CONFLICT (question, person) DO UPDATE SET value = excluded.value",
            (number, person, 1 if value > 0 else -1),
        )
    else:
        await writer.execute("DELETE FROM votes WHERE question = ? AND person = ?", (number, person))
    return True


async def votes(database: Database, number: int) -> tuple[int, int]:
    """Return a question's likes and dislikes."""
    row = await database.row(
        "SELECT count(*) FILTER (WHERE value > 0), count(*) FILTER (WHERE value < 0) FROM votes"
        " WHERE question = ?",
        (number,),
    )
    return (row[0], row[1]) if row else (0, 0)


async def gaps(database: Database, scope: int | None, limit: int) -> tuple[Gap, ...]:
    """Return the open gaps of a scope, merged by gist, most frequent first."""
    found = await database.rows(
        "SELECT id, text, gist, at, pinned FROM questions WHERE scope = ? AND status IN (?, ?)"
        " AND closed IS NULL AND text <> '' ORDER BY id DESC LIMIT 5000",
        (scope or INSTALLATION, *OPEN_STATES),
    )
    return await asyncio.to_thread(_merged, found, limit)


def _merged(found: Iterable[Sequence[Any]], limit: int) -> tuple[Gap, ...]:
    """Return gaps merged from question rows, newest first; thousands of rows take a second of computing."""
    groups: dict[str, dict[str, list[tuple[int, str, dt.datetime]]]] = defaultdict(dict)
    for number, text, folded, at, pinned in reversed(list(found)):
        lines = groups[pinned].setdefault(_kin(folded, groups[pinned]), [])
        lines.append((number, text, dt.datetime.fromisoformat(at)))
    merged = [
        Gap(
            id=lines[0][0],
            text=Counter(text for _, text, _ in lines).most_common(1)[0][0],
            count=len(lines),
            asked=tuple(number for number, _, _ in lines),
            first=lines[0][2],
            last=lines[-1][2],
            article=pinned,
        )
        for pinned, kin in groups.items()
        for lines in kin.values()
    ]
    return tuple(sorted(merged, key=lambda gap: (-gap.count, -gap.asked[-1]))[:limit])


def _kin(folded: str, known: Mapping[str, object]) -> str:
    """Return the gist among the known ones that means the same, its words in order, else the gist itself."""
    ordered = " ".join(sorted(folded.split()))
    if ordered in known:
        return ordered
    found = process.extractOne(ordered, known.keys(), scorer=fuzz.ratio, score_cutoff=SAME_GIST)
    return found[0] if found else ordered


async def close(writer: aiosqlite.Connection, numbers: Sequence[int], reason: str) -> None:
    """Close open questions."""
    await writer.executemany(
        "UPDATE questions SET closed = ? WHERE id = ? AND closed IS NULL", [(reason, n) for n in numbers]
    )


async def popular(
    database: Database, scope: int | None, article: str | None, limit: int
) -> tuple[Popular, ...]:
    """Return the answered questions asked most, by gist."""
    found = await database.rows(
        "SELECT max(text), count(*) AS asked FROM questions WHERE scope = ? AND status IN (?, ?)"
        " AND text <> '' AND (? IS NULL OR article = ?) GROUP BY gist"
        " ORDER BY asked DESC, max(id) DESC LIMIT ?",
        (scope or INSTALLATION, Status.ANSWERED, Status.CORRECTED, article, article, limit),
    )
    return tuple(Popular(text=text, count=count) for text, count in found)


async def stats(
    database: Database, scope: int | None, since: dt.datetime, *, articles: int, facts: int
) -> Stats:
    """Return how a scope's questions went since then."""
    values = (scope or INSTALLATION, since.isoformat(timespec="seconds"))
    found = await database.rows(
        "SELECT status, substr(at, 1, 10), count(*) FROM questions WHERE scope = ? AND at >= ? GROUP BY 1, 2",
        values,
    )
    by_status: Counter[str] = Counter()
    by_day: dict[str, Counter[str]] = defaultdict(Counter)
    for status, day, count in found:
        by_status[status] += count
        by_day[day][status] += count
    liked = await database.row(
        "SELECT count(*) FILTER (WHERE v.value > 0), count(*) FILTER (WHERE v.value < 0) FROM votes v"
        " JOIN questions q ON q.id = v.question WHERE q.scope = ? AND q.at >= ?",
        values,
    )
    likes, dislikes = liked or (0, 0)
    return Stats(
        articles=articles,
        facts=facts,
        asked=by_status.total(),
        answered=by_status[Status.ANSWERED],
        corrected=by_status[Status.CORRECTED],
        did_you_mean=by_status[Status.DID_YOU_MEAN],
        not_told=by_status[Status.NOT_TOLD],
        liked=likes,
        disliked=dislikes,
        days=tuple(
            DayStats(
                day=dt.date.fromisoformat(day),
                asked=counts.total(),
                answered=counts[Status.ANSWERED] + counts[Status.CORRECTED],
            )
            for day, counts in sorted(by_day.items())
        ),
    )


async def asked_by(database: Database, person: bytes, scope: int | None) -> tuple[AskedQuestion, ...]:
    """Return one person's lines, newest first."""
    found = await database.rows(
        "SELECT q.id, q.scope, q.text, q.status, q.article, q.matched, q.confidence, q.at,"
        " (SELECT count(*) FROM votes v WHERE v.question = q.id AND v.value > 0),"
        " (SELECT count(*) FROM votes v WHERE v.question = q.id AND v.value < 0)"
        " FROM questions q WHERE q.person = ? AND (? IS NULL OR q.scope = ?) ORDER BY q.id DESC",
        (person, scope, scope),
    )
    return tuple(
        AskedQuestion(
            id=row[0],
            scope=row[1] or None,
            text=row[2],
            status=Status(row[3]),
            article=row[4],
            matched=row[5],
            confidence=row[6],
            at=dt.datetime.fromisoformat(row[7]),
            likes=row[8],
            dislikes=row[9],
        )
        for row in found
    )


async def forget_person(writer: aiosqlite.Connection, person: bytes) -> int:
    """Delete every line and vote of one person; return how many rows went."""
    gone = 0
    for sql in ("DELETE FROM votes WHERE person = ?", "DELETE FROM questions WHERE person = ?"):
        async with writer.execute(sql, (person,)) as cursor:
            gone += cursor.rowcount
    return gone


async def expire(writer: aiosqlite.Connection, before: dt.datetime) -> int:
    """Delete the lines that are older; return how many went."""
    async with writer.execute(
        "DELETE FROM questions WHERE at < ?", (before.isoformat(timespec="seconds"),)
    ) as cursor:
        return cursor.rowcount
