"""Kill a process at a chosen statement of a chosen operation, and look at what it leaves behind.

    python -m tests.crashing WORKPLACE MOMENTS

prints one JSON line a kill. Each trial runs in a fork of this process, which itself never starts an event
loop.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiosqlite

from knowledge.base import KnowledgeBase
from knowledge.corrections import TaughtAnswer
from knowledge.errors import BadArticle
from knowledge.folder import FoundFile
from knowledge.model import (
    Answer,
    Argument,
    Article,
    Fact,
    FactKind,
    Paragraph,
    Predicate,
    Question,
    Reading,
    Role,
    Sentence,
    Span,
    Status,
    Token,
)
from knowledge.notes import Notes
from knowledge.store import database
from knowledge.store.rows import IntentRow, PreparedArticle, to_rows

SERVER = 111
LEMMAS = {"baked": "bake", "sold": "sell", "wrote": "write", "read": "read"}
Operation = Callable[[KnowledgeBase], Awaitable[object]]


def prepared(text: str, key: str) -> PreparedArticle:
    """Return the rows of a text whose every sentence is three words: who, does, what."""
    sentences, facts, start = [], [], 0
    for number, words in enumerate(text.split(". ")):
        spans, place = [], start
        for word in words.rstrip(".").split():
            spans.append(Span(place, place + len(word)))
            place += len(word) + 1
        who, does, what = spans
        whole = Span(start, what.end)
        tokens = [
            Token(who.start, who.end, who.of(text), "PROPN", "NNP", 1, "nsubj"),
            Token(does.start, does.end, LEMMAS[does.of(text)], "VERB", "VBD", -1, "root"),
            Token(what.start, what.end, what.of(text), "NOUN", "NNS", 1, "obj"),
        ]
        sentences.append(Sentence(span=whole, paragraph=0, tokens=tuple(tokens)))
        arguments = tuple(
            Argument(role=role, span=span, short=span, head=span, lemma=span.of(text))
            for role, span in ((Role.AGENT, who), (Role.PATIENT, what))
        )
        predicate = Predicate(lemma=LEMMAS[does.of(text)], text=does.of(text), span=does)
        facts.append(
            Fact(
                id=number,
                kind=FactKind.VERB,
                predicate=predicate,
                arguments=arguments,
                sentence=number,
                evidence=(whole,),
            )
        )
        start += len(words) + 2
    article = Article(
        key=key,
        text=text,
        title=key,
        paragraphs=(Paragraph(span=Span(0, len(text))),),
        sentences=tuple(sentences),
    )
    intents = [IntentRow(fact.id, "agent", "who", fact.predicate.lemma) for fact in facts]
    return to_rows(Reading(article=article, facts=tuple(facts), reader_version=1), intents)


class PlainReader:
    """Reads three-word sentences at once, in place of the reading process."""

    async def read(self, data: bytes, *, name: str, key: str, notes: Notes) -> PreparedArticle:
        """Read a text; refuse one that says so."""
        await asyncio.sleep(0)
        if data.startswith(b"refuse"):
            raise BadArticle("refused", file=name)
        return prepared(data.decode(), key)

    async def close(self) -> None:
        """Hold nothing."""


def text_of(*names: str) -> bytes:
    """Return an article about these people."""
    return ". ".join(f"{name} baked cakes{number}" for number, name in enumerate(names)).encode() + b"."


class PlainBase(KnowledgeBase):
    """A knowledge base that reads plainly and ships nothing."""

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        self._reader = PlainReader()  # type: ignore[assignment]

    def _shipped(self) -> list[FoundFile]:
        return []

    async def _reader_version(self) -> int:
        return 0


async def opened(place: Path) -> KnowledgeBase:
    """Open a base that reads plainly and ships nothing."""
    return await PlainBase.open(place)


def files_before(place: Path) -> None:
    """Write the articles folder that a reload finds."""
    folder = place / "articles"
    for name in ("one", "two", "three"):
        (folder / f"{name}.txt").write_bytes(text_of(name, "Zoe"))


def files_after(place: Path) -> None:
    """Change the articles folder: one changed, one removed, one added, one refused."""
    folder = place / "articles"
    (folder / "one.txt").write_bytes(text_of("one", "Yan", "Xia"))
    (folder / "two.txt").unlink()
    (folder / "four.txt").write_bytes(text_of("four"))
    (folder / "three.txt").write_bytes(b"refuse")


ANSWER = TaughtAnswer(questions=("Who?",), answer="Ann", quote="Ann baked cakes0")

OPERATIONS: dict[str, Operation] = {
    "add": lambda base: base.add(text_of("Bob", "Cyd", "Dan"), name="new.txt", scope=SERVER),
    "add to everybody's": lambda base: base.add(text_of("Bob", "Cyd"), name="new.txt", scope=None),
    "remove": lambda base: base.remove("old", SERVER),
    "reload": lambda base: base.reload(),
    "teach": lambda base: base.correct("old", SERVER, ANSWER, person="ann"),
    "log": lambda base: base.record(
        Question(text="Who sang?", scope=SERVER), Answer(status=Status.NOT_TOLD), person="ann"
    ),
    "forget": lambda base: base.forget_scope(SERVER),
}


async def prepare(place: Path) -> None:
    """Make the data directory that every operation starts from."""
    base = await opened(place)
    files_before(place)
    await base.reload()
    await base.add(text_of("Ann", "Eve"), name="old.txt", scope=SERVER)
    await base.close()
    files_after(place)


class Killer:
    """Kills its own process when the writing connection is about to run its n-th statement."""

    def __init__(self, moment: int, report: int) -> None:
        self.moment = moment
        self.count = 0
        self.inside = False
        self._report = report

    def __call__(self, statement: str) -> None:
        self.count += 1
        if statement.startswith("BEGIN"):
            self.inside = True
        if self.count == self.moment:
            os.write(self._report, b"inside\n" if self.inside else b"outside\n")
            os.kill(os.getpid(), signal.SIGKILL)
        if statement.startswith(("COMMIT", "ROLLBACK")):
            self.inside = False


async def operate(name: str, place: Path, moment: int, report: int) -> None:
    """Run one operation, with a killer waiting for its moment; report when it is confirmed."""
    killer = Killer(moment, report)
    if name == "migrate":
        plain = database._connect

        async def connected(path: Path) -> aiosqlite.Connection:
            connection = await plain(path)
            await connection.set_trace_callback(killer)
            return connection

        database._connect = connected
        await (await database.Database.open(place / database.FILE_NAME)).close()
    else:
        base = await opened(place)
        await base._database._writer.set_trace_callback(killer)
        await OPERATIONS[name](base)
        os.write(report, b"confirmed\n")
        await base.close()
    os.write(report, f"statements {killer.count}\n".encode())


def in_fork(work: Callable[[], None], patience: float | None = None) -> int:
    """Run work in a child, killed after so many seconds where a number is given; return its wait status."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    if patience is not None:
        time.sleep(patience)
        os.kill(pid, signal.SIGKILL)
    return os.waitpid(pid, 0)[1]


def trial(
    name: str, before: Path, place: Path, moment: int | float, took: float = 0.0
) -> tuple[list[str], bool]:
    """Run an operation on a copy of a data directory; return what it reported, and whether it was killed.

    A whole `moment` is the number of a statement, a broken one a share of the time that the operation `took`.
    """
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(before, place)
    reading, writing = os.pipe()
    statement, patience = (moment, None) if isinstance(moment, int) else (-1, moment * took)
    status = in_fork(lambda: asyncio.run(operate(name, place, statement, writing)), patience)
    os.close(writing)
    with os.fdopen(reading) as lines:
        reported = lines.read().split("\n")[:-1]
    if status not in (0, signal.SIGKILL):
        raise SystemExit(f"{name} failed: {status}")
    return reported, status == signal.SIGKILL


def state(place: Path) -> dict[str, Any]:
    """Return what a database holds, without numbers and times."""
    with sqlite3.connect(place / database.FILE_NAME) as connection:
        verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
        articles = connection.execute(
            "SELECT scope, key, text, notes, (SELECT count(*) FROM facts WHERE article = a.id),"
            " (SELECT count(*) FROM entities WHERE article = a.id),"
            " (SELECT count(*) FROM intents WHERE article = a.id) FROM articles a ORDER BY 1, 2"
        ).fetchall()
        questions = connection.execute("SELECT scope, text FROM questions ORDER BY id").fetchall()
        taught: list[Any] = []
        if "corrections" in tables:
            taught = connection.execute("SELECT scope, article, body FROM corrections ORDER BY id").fetchall()
    connection.close()
    return {
        "sound": [verdict, len(orphans)],
        "version": version,
        "tables": sorted(tables),
        "articles": [[*row[:3], row[3].decode(), *row[4:]] for row in articles],
        "questions": [list(row) for row in questions],
        "taught": [list(row) for row in taught],
    }


def settled(name: str, place: Path) -> dict[str, Any]:
    """Return the state after a restart; where files belong to the operation, after a reload too."""
    if name == "add to everybody's":

        async def restart() -> None:
            base = await opened(place)
            await base.reload()
            await base.close()

        if in_fork(lambda: asyncio.run(restart())):
            raise SystemExit("the restart failed")
    return state(place)


def main(workplace: Path, moments: int) -> None:
    """Try every operation at moments spread over its statements; print one line a kill."""
    before, place = workplace / "before", workplace / "place"
    if in_fork(lambda: asyncio.run(prepare(before))):
        raise SystemExit("preparing failed")
    old = workplace / "old"
    shutil.copytree(before, old)
    if in_fork(lambda: asyncio.run(_older(old))):
        raise SystemExit("preparing an old database failed")
    names = [*OPERATIONS, "migrate"]
    for name in names:
        start = old if name == "migrate" else before
        began = time.perf_counter()
        reported, _ = trial(name, start, place, -1)
        took = time.perf_counter() - began
        total = int(reported[-1].split()[1])
        shutil.rmtree(workplace / "start", ignore_errors=True)
        shutil.copytree(start, workplace / "start")
        allowed = [settled(name, workplace / "start"), settled(name, place)]
        assert allowed[0] != allowed[1], name
        share = max(1, moments // len(names))
        every = range(1, total + 1)
        dice = random.Random(name)
        chosen: list[int | float] = [*every] if total <= share else sorted(dice.sample(every, share))
        # Every statement was had: the rest are moments in time, anywhere in the operation.
        chosen += [dice.random() for _ in range(share - len(chosen))]
        for moment in chosen:
            reported, killed = trial(name, start, place, moment, took)
            now = settled(name, place)
            line = {
                "operation": name,
                "moment": moment,
                "killed": killed,
                "inside": "inside" in reported,
                "confirmed": "confirmed" in reported,
                "sound": now["sound"] == ["ok", 0],
                "before": now == allowed[0],
                "after": now == allowed[1],
            }
            print(json.dumps(line), flush=True)


async def _older(place: Path) -> None:
    """Make the database one version older, by taking the last migration's tables away."""
    path = place / database.FILE_NAME
    path.unlink()
    for more in place.glob("dateline*-*"):
        more.unlink()
    await (await database.Database.open(path, steps=database.migrations()[:1])).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO scopes (id) VALUES (7)")
    connection.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
