"""KnowledgeBase: the one door to everything the articles say.

    async with await KnowledgeBase.open(data_dir) as base:
        answer = base.ask(Question(text="who did what?"))

A scope is the id of a Discord server, None the installation. A server sees the installation's articles and
its own.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import logging
import time
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self, TypeVar

from pydantic import BaseModel, ValidationError

from knowledge import exchange, folder, notes
from knowledge.corrections import Correction, TaughtAnswer
from knowledge.differences import differences
from knowledge.errors import (
    BadArticle,
    BadQuestion,
    DuplicateArticle,
    InputError,
    KnowledgeError,
    LimitReached,
    StoreFailed,
    UnknownArticle,
)
from knowledge.folder import FoundFile
from knowledge.model import Answer, Question, Reading, Status, Suggestion
from knowledge.reader import Reader
from knowledge.records import (
    AddReport,
    ArticleInfo,
    ArticleReport,
    AskedQuestion,
    Fault,
    Gap,
    KeptCorrection,
    Outcome,
    Popular,
    Progress,
    ReloadReport,
    Stats,
    Step,
)
from knowledge.settings import Limits
from knowledge.snapshot import Disk, Indexes, Postings, Snapshot, corrected, prepared_of
from knowledge.store import articles as article_rows
from knowledge.store import corrections as correction_rows
from knowledge.store import questions as question_rows
from knowledge.store import scopes as scope_rows
from knowledge.store.articles import INSTALLATION, NewArticle, Original, StoredArticle
from knowledge.store.database import FILE_NAME, Database
from knowledge.store.lock import BotLock
from knowledge.store.rows import PreparedArticle, original_hash, stems, text_hash

__all__ = ["KnowledgeBase"]

log = logging.getLogger(__name__)

Kept = TypeVar("Kept", bound=BaseModel)

DEFAULT_LIMITS = Limits()
#: Seconds between looks for changes that other programs made.
WATCH_SECONDS = 1.0
#: Articles that a reload stores in one transaction; a larger one goes in several.
BATCH = 500
#: Articles read for a preview that wait to be confirmed.
PREVIEWS = 8
#: Articles of a scope that are all loaded before its first question.
FEW = 16
#: Articles taken into the postings between two turns of the event loop: some milliseconds.
TURN = 20
#: Open gaps of a scope that are asked again after a change.
GAPS_ASKED_AGAIN = 200


class Work(NamedTuple):
    """An article that a reload has to read; `before` is the version that it replaces."""

    new: FoundFile
    scope: int
    before: StoredArticle | None


class KnowledgeBase:
    """Articles, what was read in them, and what was asked about them.

    Every method may raise StoreFailed. All methods belong to the event loop that opened the base.
    """

    def __init__(
        self, data_dir: Path, database: Database, secret: bytes, limits: Limits, lock: BotLock | None
    ) -> None:
        """Hold what `open` made; use `open`."""
        self.data_dir = data_dir
        self.limits = limits
        #: What was wrong with shipped articles at the start.
        self.faults: tuple[Fault, ...] = ()
        self._database = database
        self._secret = secret
        self._lock = lock
        self._reader = Reader(limits.reading_seconds)
        self._disk = Disk(database.path)
        self._indexes = Indexes(self._disk.reading, limits.library_megabytes * 1_000_000)
        self._postings = Postings()
        self._snapshot = Snapshot((), self._indexes, self._postings)
        self._generation = -1
        self._refreshing = asyncio.Lock()
        self._reloading = asyncio.Lock()
        self._previews: OrderedDict[bytes, PreparedArticle] = OrderedDict()
        #: Indexes that are being loaded, by version: who needs the same one waits for it.
        self._loading: dict[int, asyncio.Task[None]] = {}
        self._watch: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        data_dir: Path,
        *,
        limits: Limits = DEFAULT_LIMITS,
        progress: Progress | None = None,
        bot: bool = False,
    ) -> KnowledgeBase:
        """Open the data directory, make and migrate what is missing, and read shipped articles that are new.

        With `bot`, take the lock that keeps a second bot out, and watch for changes that other programs make.
        The data directory's own `articles/` folder is looked at by `reload` alone. Raises StoreFailed,
        AlreadyRunning; an article that cannot be read is reported in `faults` and the others go on.
        """
        try:
            (data_dir / folder.NAME).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreFailed(
                f"The data directory {data_dir} cannot be written ({error.strerror}). "
                "Choose another with DATELINE_DATA_DIR."
            ) from error
        lock = BotLock(data_dir) if bot else None
        try:
            database = await Database.open(data_dir / FILE_NAME)
        except BaseException:
            if lock:
                lock.release()
            raise
        base = cls(data_dir, database, b"", limits, lock)
        try:
            base._secret = await question_rows.salt(database)
            await base._refresh()
            report = await base._reload(base._shipped(), progress, whole=False)
            base.faults = tuple(article.fault for article in report.articles if article.fault)
        except BaseException:
            await base.close()
            raise
        if bot:
            base._watch = asyncio.create_task(base._watching(), name="watch for changes")
        return base

    async def close(self) -> None:
        """Stop the reading process and the watch, and close the database; may be called twice."""
        if self._watch:
            self._watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._watch
            self._watch = None
        if self._loading:
            await asyncio.wait(list(self._loading.values()))
        await self._reader.close()
        self._disk.close()
        await self._database.close()
        if self._lock:
            self._lock.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # Asking: synchronous, in memory, on the snapshot that is current when the call begins.

    async def prepare(self, scope: int | None, text: str = "") -> None:
        """Load what a question with this text needs in this scope, so that `ask` does not wait for it.

        Of a scope with few articles all are loaded, of a larger one those that the text may be about.
        """
        for number in self._snapshot.needed(scope, text, FEW):
            if number not in self._indexes:
                await self._load_index(number)

    def ask(self, question: Question, *, among: Collection[str] = ()) -> Answer:
        """Answer from the articles that the question's scope sees.

        `among` narrows them to some keys (a channel pinned to a set). Raises BadQuestion for an empty or
        overlong question, UnknownArticle for a pinned article that the scope does not see.
        """
        check_question(question.text, self.limits)
        return self._snapshot.ask(question, among)

    def complete(
        self,
        text: str,
        *,
        scope: int | None = None,
        article: str | None = None,
        among: Collection[str] = (),
        limit: int = 25,
    ) -> tuple[Suggestion, ...]:
        """Return questions that can be answered, those that fit the typed text best first."""
        return self._snapshot.complete(text[: self.limits.question_characters], scope, article, limit, among)

    def articles(self, scope: int | None = None) -> tuple[ArticleInfo, ...]:
        """Return the articles that the scope sees, its own first, then by title."""
        seen = (article.info for article in self._snapshot.seen(scope).values())
        return tuple(sorted(seen, key=lambda info: (info.scope is None, info.title.casefold(), info.key)))

    def article(self, key: str, scope: int | None = None) -> ArticleInfo:
        """Return one article that the scope sees; raise UnknownArticle."""
        return self._snapshot.find(key, scope).info

    async def reading(self, key: str, scope: int | None = None) -> Reading:
        """Return all that is known of one article, corrections applied; raise UnknownArticle."""
        while True:
            found = self._snapshot.find(key, scope)
            rows = await article_rows.reading_rows(self._database, found.id)
            if rows is not None:
                return (await asyncio.to_thread(corrected, rows)).reading
            # Another program has just changed it.
            await self._refresh()

    # The articles of the installation and of servers.

    async def reload(self, progress: Progress | None = None) -> ReloadReport:
        """Read the articles folder again, and every article that an older reader read; swap in what changed.

        Only changed files are read. A file at fault leaves its article as it was and is reported; the others
        go on. A second reload at the same time waits for the first.
        """
        files = [*self._shipped(), *await asyncio.to_thread(folder.own, self.data_dir, self.limits)]
        return await self._reload(files, progress, whole=True)

    async def add(
        self,
        data: bytes,
        *,
        name: str,
        scope: int | None,
        notes: bytes = b"",
        preview: bool = False,
        progress: Progress | None = None,
    ) -> AddReport:
        """Read a text, Markdown or HTML file and add it to a server, or to the articles folder.

        `name` is the file's name (its ending tells the format) or a title for pasted text; `notes` are the
        bytes of its companion file (see knowledge.notes). With `preview` nothing is stored; adding the same
        bytes afterwards does not read them again. Raises BadArticle, DuplicateArticle, LimitReached,
        ReadingFailed.
        """
        started = time.perf_counter()
        self._check_room(scope)
        original = folder.named(name, data, notes, self.limits)
        digest = original_hash(*original)
        prepared = self._previews.get(digest)
        if prepared is None:
            self._report(progress, 0, 1, original.name)
            key = folder.stem(original.name)
            prepared = await self._reader.read(
                data, name=original.name, key=key, notes=folder.notes_of(original)
            )
            self._previews[digest] = prepared
            if len(self._previews) > PREVIEWS:
                self._previews.popitem(last=False)
        self._check_new(prepared, scope)
        new = NewArticle(
            scope=scope or INSTALLATION,
            key=self._free_key(original.name, scope),
            original=original,
            prepared=prepared,
            added=dt.datetime.now(dt.UTC),
        )
        if not preview:
            new = await self._put_new(new)
            del self._previews[digest]
        self._report(progress, 1, 1, original.name)
        shown = await asyncio.to_thread(corrected, article_rows.rows_of(new.key, prepared, original.notes))
        report = ArticleReport(
            key=new.key,
            outcome=Outcome.ADDED,
            title=prepared.title or article_rows.title_of(new.key),
            facts=len(prepared.facts),
            facts_added=len(prepared.facts),
            seconds=time.perf_counter() - started,
            set_aside=_set_aside(original, shown.faults),
        )
        info = article_rows.info_of(new)
        return AddReport(info=info, report=report, reading=shown.reading, stored=not preview)

    async def add_archive(
        self, data: bytes, *, scope: int | None, progress: Progress | None = None
    ) -> ReloadReport:
        """Add the articles of an archive that `export` made; report those that cannot be added as failed."""
        started = time.perf_counter()
        originals = await asyncio.to_thread(exchange.unpack, data, self.limits)
        reports = []
        for number, original in enumerate(originals):
            self._report(progress, number, len(originals), original.name)
            try:
                added = await self.add(original.data, name=original.name, notes=original.notes, scope=scope)
                reports.append(added.report)
            except KnowledgeError as error:
                fault = _fault(original.name, error)
                reports.append(
                    ArticleReport(key=folder.stem(original.name), outcome=Outcome.FAILED, fault=fault)
                )
        self._report(progress, len(originals), len(originals), "")
        return ReloadReport(articles=tuple(reports), seconds=time.perf_counter() - started)

    async def remove(self, key: str, scope: int | None) -> ArticleReport:
        """Remove an article that belongs to the scope itself; raise UnknownArticle for any other."""
        found = self._snapshot.find(key, scope)
        if found.scope != (scope or INSTALLATION):
            raise InputError(f"The article {key!r} belongs to the whole installation and stays.")
        if found.info.shipped:
            raise InputError(f"The article {key!r} came with the program and stays.")
        async with self._reloading:
            if found.info.file:
                await asyncio.to_thread(folder.delete, self.data_dir, found.info.file)
            async with self._database.transaction() as writer:
                await article_rows.delete(writer, found.id)
                await correction_rows.delete_of_article(writer, found.scope, found.key)
            await self._refresh()
        facts = found.info.facts
        return ArticleReport(key=key, outcome=Outcome.REMOVED, title=found.info.title, facts_removed=facts)

    async def export(self, scope: int | None) -> bytes:
        """Return a ZIP archive of the scope's own articles and corrections; `add_archive` takes it again."""
        originals = []
        for article in self._snapshot.own(scope).values():
            kept = await article_rows.original(self._database, article.id)
            taught = await correction_rows.of_article(self._database, article.scope, article.key)
            if kept and (taught or not article.info.shipped):
                said = folder.notes_of(kept).with_corrections(correction for _, correction, _ in taught)
                originals.append((article.info, kept._replace(notes=notes.dump(said)) if taught else kept))
        return await asyncio.to_thread(exchange.pack, originals)

    async def backup(self, target: Path) -> Path:
        """Copy the database to a new file while everything goes on; return the file. Raises InputError."""
        if target.exists():
            raise InputError(f"{target} exists already; name a new file.")
        await self._database.backup(target)
        return target

    # What people add to an article or set right in it.

    async def corrections(self, key: str, scope: int | None = None) -> tuple[KeptCorrection, ...]:
        """Return an article's corrections, those of its companion file first; raise UnknownArticle."""
        found = self._snapshot.find(key, scope)
        rows = await article_rows.reading_rows(self._database, found.id)
        taught = await correction_rows.of_article(self._database, found.scope, key)
        said = notes.parse(rows.notes, "").corrections if rows and rows.notes else ()
        faults = (await asyncio.to_thread(corrected, rows)).faults if rows else {}
        kept = [KeptCorrection(id=0, correction=c, fault=faults.get(n, "")) for n, c in enumerate(said)]
        kept += [
            KeptCorrection(id=number, correction=c, fault=faults.get(n, ""), added=at)
            for n, (number, c, at) in enumerate(taught, start=len(said))
        ]
        return tuple(kept)

    async def correct(
        self, key: str, scope: int | None, correction: Correction, *, person: str | None = None
    ) -> KeptCorrection:
        """Add a correction, in force at once; raise InputError where it does not fit, UnknownArticle.

        A server that corrects one of the installation's articles gets a copy of its own, which it then sees
        in its place. Open questions that can be answered now are closed.
        """
        found = self._snapshot.find(key, scope)
        rows = await article_rows.reading_rows(self._database, found.id)
        if rows is None:
            raise UnknownArticle(f"There is no article {key!r} here any more.")
        tried = rows._replace(corrections=(*rows.corrections, correction.model_dump_json()))
        result = await asyncio.to_thread(corrected, tried)
        last = len(notes.parse(rows.notes, "").corrections if rows.notes else ()) + len(rows.corrections)
        if fault := result.faults.get(last):
            raise InputError(f"{fault[0].upper()}{fault[1:]}.")
        at = dt.datetime.now(dt.UTC)
        async with self._reloading:
            async with self._database.transaction() as writer:
                number = await correction_rows.add(
                    writer, scope or INSTALLATION, key, correction, self._hash(person) if person else None, at
                )
                await correction_rows.renew(writer, found.id, scope or INSTALLATION)
            await self._refresh()
        await self._close_gaps([scope or INSTALLATION])
        return KeptCorrection(id=number, correction=correction, added=at)

    async def retract(self, number: int, scope: int | None) -> None:
        """Take a correction back; raise InputError where the scope has none of that number."""
        async with self._reloading:
            async with self._database.transaction() as writer:
                key = await correction_rows.delete(writer, scope or INSTALLATION, number)
                if key is None:
                    raise InputError("That correction is gone already, or stands in the article's own file.")
                own = self._snapshot.own(scope).get(key)
                if own is not None:
                    await correction_rows.renew(writer, own.id, own.scope)
            await self._refresh()

    def draft(self, questions: Sequence[str], key: str, scope: int | None, quote: str) -> TaughtAnswer:
        """Return a taught answer to confirm or change: the words of the quote that fit the questions best.

        Raises UnknownArticle.
        """
        said = self.ask(Question(text=questions[0], scope=scope, article=key))
        guess = said.text if said.text and said.text in quote else quote
        return TaughtAnswer(questions=tuple(dict.fromkeys(questions)), answer=guess, quote=quote)

    # The question log. Who asked is kept as a salted hash only.

    async def record(self, question: Question, answer: Answer, *, person: str | None) -> int:
        """Log a question with its outcome; return its number, 0 where the log is switched off."""
        if not self.limits.log_days:
            return 0
        async with self._database.transaction() as writer:
            return await question_rows.record(
                writer,
                question,
                answer,
                person=self._hash(person) if person else None,
                at=dt.datetime.now(dt.UTC),
            )

    async def erase(self, asked: int) -> None:
        """Delete the text of a logged question, because the message was deleted."""
        async with self._database.transaction() as writer:
            await question_rows.erase(writer, asked)

    async def vote(self, asked: int, person: str, value: int) -> tuple[int, int]:
        """Set a person's vote on an answer: 1, -1, or 0 to take it back; return likes and dislikes."""
        async with self._database.transaction() as writer:
            await question_rows.vote(writer, asked, self._hash(person), value)
        return await question_rows.votes(self._database, asked)

    async def gaps(self, scope: int | None, limit: int = 50) -> tuple[Gap, ...]:
        """Return a scope's open questions, merged where they mean the same, most frequent first."""
        return await question_rows.gaps(self._database, scope, limit)

    async def dismiss(self, gap: Gap) -> None:
        """Close a gap without an answer."""
        async with self._database.transaction() as writer:
            await question_rows.close(writer, gap.asked, "dismissed")

    async def popular(
        self, scope: int | None, article: str | None = None, limit: int = 5
    ) -> tuple[Popular, ...]:
        """Return the answered questions that were asked most in this scope."""
        return await question_rows.popular(self._database, scope, article, limit)

    async def stats(self, scope: int | None, days: int = 30) -> Stats:
        """Return how the scope's questions of the last days went."""
        seen = self.articles(scope)
        return await question_rows.stats(
            self._database,
            scope,
            dt.datetime.now(dt.UTC) - dt.timedelta(days=days),
            articles=len(seen),
            facts=sum(info.facts for info in seen),
        )

    # People and servers.

    async def asked_by(self, person: str, scope: int | None = None) -> tuple[AskedQuestion, ...]:
        """Return what is logged of one person, newest first; in all scopes where none is given."""
        return await question_rows.asked_by(self._database, self._hash(person), scope)

    async def forget_person(self, person: str) -> int:
        """Delete every logged question and vote of one person; return how many lines went."""
        async with self._database.transaction() as writer:
            await correction_rows.forget_author(writer, self._hash(person))
            return await question_rows.forget_person(writer, self._hash(person))

    async def forget_scope(self, scope: int) -> None:
        """Delete everything that belongs to one server, at once."""
        async with self._database.transaction() as writer:
            await scope_rows.delete(writer, [scope])
        await self._refresh()

    async def freeze(self, scope: int) -> None:
        """Note that the bot has left a server; its data rests, unseen, until it is thawed or purged."""
        async with self._database.transaction() as writer:
            await scope_rows.freeze(writer, [scope], dt.datetime.now(dt.UTC))
        await self._refresh()

    async def thaw(self, scope: int) -> None:
        """Note that the bot is back in a server."""
        async with self._database.transaction() as writer:
            await scope_rows.thaw(writer, [scope])
        await self._refresh()

    async def reconcile(self, present: Collection[int]) -> tuple[int, ...]:
        """Freeze servers with data that are not present, thaw those that are; return the newly frozen.

        An unavailable server is present: it has not left.
        """
        known = await scope_rows.known(self._database)
        gone = [scope for scope, left in known.items() if scope not in present and left is None]
        back = [scope for scope, left in known.items() if scope in present and left is not None]
        if gone or back:
            async with self._database.transaction() as writer:
                await scope_rows.freeze(writer, gone, dt.datetime.now(dt.UTC))
                await scope_rows.thaw(writer, back)
            await self._refresh()
        return tuple(gone)

    async def purge(self, now: dt.datetime | None = None) -> tuple[int, ...]:
        """Delete servers that were left too long ago and log lines that are too old; return the servers."""
        now = now or dt.datetime.now(dt.UTC)
        known = await scope_rows.known(self._database)
        patience = dt.timedelta(days=self.limits.left_server_days)
        over = [scope for scope, left in known.items() if left is not None and now - left >= patience]
        async with self._database.transaction() as writer:
            await scope_rows.delete(writer, over)
            await question_rows.expire(writer, now - dt.timedelta(days=self.limits.log_days))
        await self._refresh()
        return tuple(over)

    # Settings of servers and channels: any model, kept under the name of its class.

    async def kept(self, model: type[Kept], scope: int, channel: int | None = None) -> Kept:
        """Return what was kept for a server or channel, the model's defaults where nothing fits."""
        found = await scope_rows.kept(self._database, model.__name__, scope)
        return _fitting(model, found.get(channel or 0)) or model()

    async def keep(self, value: BaseModel, scope: int, channel: int | None = None) -> None:
        """Keep a model for a server or channel in place of the earlier one of its class."""
        async with self._database.transaction() as writer:
            await scope_rows.keep(writer, type(value).__name__, value.model_dump_json(), scope, channel or 0)

    async def unkeep(self, model: type[BaseModel], scope: int, channel: int | None = None) -> None:
        """Forget what was kept of a class for a server or channel."""
        async with self._database.transaction() as writer:
            await scope_rows.unkeep(writer, model.__name__, scope, channel or 0)

    async def all_kept(self, model: type[Kept], scope: int) -> dict[int, Kept]:
        """Return what was kept for each channel of a server."""
        found = await scope_rows.kept(self._database, model.__name__, scope)
        fitting = {channel: _fitting(model, body) for channel, body in found.items() if channel}
        return {channel: value for channel, value in fitting.items() if value is not None}

    # What stands behind: refreshing the snapshot, reloading.

    async def _refresh(self, *, added: str = "") -> None:
        """Swap in a snapshot of what is stored now; the one before it serves until then.

        The index of an article just `added` is loaded first, so that the next question does not wait for it.
        """
        async with self._refreshing:
            generation = await article_rows.generation(self._database)
            if generation == self._generation:
                return
            stored = await article_rows.stored(self._database, self._snapshot.numbers)
            missing = [article for article in stored if article.id not in self._postings]
            taught = await correction_rows.taught_words(self._database) if missing else {}
            for article, found in await article_rows.terms(self._database, missing):
                if more := taught.get((article.scope, article.key)):
                    found = " ".join({*found.split(), *stems(more)})
                self._postings.add(article.id, found)
                if article.id % TURN == 0:
                    await asyncio.sleep(0)
            old = self._snapshot
            snapshot = Snapshot(stored, self._indexes, self._postings)
            for article in stored:
                # What was ready stays ready in its new version.
                fresh = article.key == added and self._indexes.room()
                if article.id not in old.numbers and (fresh or self._was_ready(article, old)):
                    await self._load_index(article.id)
            self._snapshot, self._generation = snapshot, generation
            gone = [number for number in old.numbers if number not in snapshot.numbers]
            self._indexes.drop(gone)
            for number in gone:
                self._postings.drop(number)

    def _was_ready(self, article: StoredArticle, old: Snapshot) -> bool:
        before = old.own(article.scope).get(article.key)
        return before is not None and before.id in self._indexes and self._indexes.room()

    async def _load_index(self, number: int) -> None:
        work = self._loading.get(number)
        if work is None:
            work = self._loading[number] = asyncio.create_task(self._read_index(number), name="load index")
            work.add_done_callback(lambda _: self._loading.pop(number, None))
        await asyncio.shield(work)

    async def _read_index(self, number: int) -> None:
        rows = await article_rows.reading_rows(self._database, number)
        if rows is not None:
            self._indexes.put(number, await asyncio.to_thread(prepared_of, rows), rows.size)

    async def _watching(self) -> None:
        seen = await self._database.data_version()
        while True:
            await asyncio.sleep(WATCH_SECONDS)
            try:
                version = await self._database.data_version()
                if version != seen:
                    await self._refresh()
                    seen = version
            except StoreFailed as error:
                log.warning("cannot look for changes: %s", error)

    async def _reload(
        self, files: Sequence[FoundFile], progress: Progress | None, *, whole: bool
    ) -> ReloadReport:
        """Bring the stored articles in line with files; a whole reload removes and reads anew too."""
        started = time.perf_counter()
        async with self._reloading:
            await self._refresh()
            reports: list[ArticleReport] = []
            work = await self._work(files, reports, whole=whole)
            batch: list[tuple[NewArticle, ArticleReport]] = []
            for number, item in enumerate(work):
                self._report(progress, number, len(work), item.new.original.name)
                done = await self._read_again(item, batch)
                if isinstance(done, ArticleReport):
                    reports.append(done)
                else:
                    batch.append(done)
                if len(batch) >= BATCH:
                    reports += await self._store(batch, ())
                    batch = []
            gone = self._gone(files) if whole else []
            reports += await self._store(batch, gone)
            if work:
                self._report(progress, len(work), len(work), "")
            changed = any(r.outcome is not Outcome.UNCHANGED for r in reports)
            closed = await self._close_gaps(self._scopes()) if whole and changed else 0
        return ReloadReport(
            articles=tuple(reports), seconds=time.perf_counter() - started, gaps_closed=closed
        )

    async def _work(
        self, files: Sequence[FoundFile], reports: list[ArticleReport], *, whole: bool
    ) -> list[Work]:
        """Return what has to be read; report the files that are as they were or cannot be read at all."""
        reader = await self._reader_version()
        held = self._snapshot.own(None)
        work, keys = [], set()
        for file in files:
            before = held.get(file.key)
            if file.fault is None and file.key in keys:
                reason = "another file has the same name; rename one of them"
                file = file._replace(fault=Fault(file=file.original.name, reason=reason))
            keys.add(file.key)
            if file.fault is not None:
                reports.append(_failed(file.key, before, file.fault))
            elif (
                before is None
                or before.original_hash != original_hash(*file.original)
                or before.reader < reader
            ):
                work.append(Work(file, INSTALLATION, before))
            else:
                reports.append(_unchanged(before))
        for article in self._snapshot.stored if whole else ():
            if article.scope != INSTALLATION and article.reader < reader:
                original = await article_rows.original(self._database, article.id)
                if original:
                    work.append(Work(FoundFile(article.key, original), article.scope, article))
        return work

    def _shipped(self) -> list[FoundFile]:
        return folder.shipped()

    async def _reader_version(self) -> int:
        """Return the reader's version: as noted in the database while its code is the same.

        Importing it to look takes longer than answering a question.
        """
        code = Path(__file__).parent / "reading" / "pipeline.py"
        token = f"{code}:{code.stat().st_mtime_ns}" if code.exists() else ""
        noted = await article_rows.noted_reader(self._database)
        if token and noted and noted[0] == token:
            return noted[1]
        from knowledge.reading import READER_VERSION

        if token:
            async with self._database.transaction() as writer:
                await article_rows.note_reader(writer, token, READER_VERSION)
        return READER_VERSION

    async def _read_again(
        self, item: Work, batch: Iterable[tuple[NewArticle, ArticleReport]]
    ) -> tuple[NewArticle, ArticleReport] | ArticleReport:
        """Read one article; return what is to be stored, or the report of what went wrong."""
        started = time.perf_counter()
        file = item.new
        try:
            prepared = await self._reader.read(
                file.original.data,
                name=file.original.name,
                key=file.key,
                notes=folder.notes_of(file.original),
            )
            same = self._twin(prepared, file.key, item.scope)
            same = same or next(
                (n.key for n, _ in batch if text_hash(n.prepared.text) == text_hash(prepared.text)), None
            )
            if same:
                raise BadArticle(f"the same text as the article {same!r}", file=file.original.name)
        except KnowledgeError as error:
            return _failed(file.key, item.before, _fault(file.original.name, error))
        counts = (len(prepared.facts), 0, 0)
        if item.before is not None:
            old_text, old_bodies = await article_rows.fact_bodies(self._database, item.before.id)
            bodies = [fact.body for fact in prepared.facts]
            counts = await asyncio.to_thread(differences, old_text, old_bodies, prepared.text, bodies)
        new = NewArticle(
            scope=item.scope,
            key=file.key,
            original=file.original,
            prepared=prepared,
            added=dt.datetime.now(dt.UTC),
            file=file.path,
            shipped=file.shipped,
        )
        rows = article_rows.rows_of(file.key, prepared, file.original.notes)
        taught = await correction_rows.of_article(self._database, item.scope, file.key)
        rows = rows._replace(corrections=tuple(c.model_dump_json() for _, c, _ in taught))
        faults = (await asyncio.to_thread(corrected, rows)).faults if taught or file.original.notes else {}
        report = ArticleReport(
            key=file.key,
            set_aside=_set_aside(file.original, faults),
            outcome=Outcome.CHANGED if item.before else Outcome.ADDED,
            title=prepared.title or article_rows.title_of(file.key),
            facts=len(prepared.facts),
            facts_added=counts[0],
            facts_changed=counts[1],
            facts_removed=counts[2],
            seconds=time.perf_counter() - started,
        )
        return new, report

    async def _store(
        self, batch: Sequence[tuple[NewArticle, ArticleReport]], gone: Sequence[StoredArticle]
    ) -> list[ArticleReport]:
        """Write articles and removals in one transaction and swap the snapshot; return their reports."""
        if batch or gone:
            async with self._database.transaction() as writer:
                for new, _ in batch:
                    await article_rows.put(writer, new)
                for article in gone:
                    await article_rows.delete(writer, article.id)
            await self._refresh()
        removed = [
            ArticleReport(
                key=article.key,
                outcome=Outcome.REMOVED,
                title=article.info.title,
                facts_removed=article.info.facts,
            )
            for article in gone
        ]
        return [*(report for _, report in batch), *removed]

    def _gone(self, files: Iterable[FoundFile]) -> list[StoredArticle]:
        there = {file.key for file in files}
        return [article for key, article in self._snapshot.own(None).items() if key not in there]

    def _scopes(self) -> set[int]:
        return {article.scope for article in self._snapshot.stored} | {INSTALLATION}

    async def _close_gaps(self, scopes: Iterable[int]) -> int:
        """Close the open gaps that can be answered now; return how many questions that were."""
        closed = 0
        for scope in scopes:
            for gap in await question_rows.gaps(self._database, scope or None, GAPS_ASKED_AGAIN):
                await asyncio.sleep(0)
                question = Question(text=gap.text, scope=scope or None, article=gap.article or None)
                await self.prepare(scope or None, gap.text)
                with contextlib.suppress(InputError):
                    if self.ask(question).status in (Status.ANSWERED, Status.CORRECTED):
                        async with self._database.transaction() as writer:
                            await question_rows.close(writer, gap.asked, "answered")
                        closed += gap.count
        return closed

    async def _put_new(self, new: NewArticle) -> NewArticle:
        """Store an added article; the installation's also becomes a file of the articles folder."""
        async with self._reloading:
            self._check_room(new.scope or None)
            self._check_new(new.prepared, new.scope or None)
            if new.scope == INSTALLATION:
                path = await asyncio.to_thread(folder.write, self.data_dir, new.key, new.original)
                new = new._replace(file=path)
            try:
                async with self._database.transaction() as writer:
                    await article_rows.put(writer, new)
            except BaseException:
                if new.file:
                    await asyncio.shield(asyncio.to_thread(folder.delete, self.data_dir, new.file))
                raise
            await self._refresh(added=new.key)
        return new

    def _check_room(self, scope: int | None) -> None:
        most = self.limits.articles_per_server
        if scope is not None and len(self._snapshot.own(scope)) >= most:
            raise LimitReached(f"This server has {most} articles, which is the limit. Remove one first.")

    def _check_new(self, prepared: PreparedArticle, scope: int | None) -> None:
        if same := self._twin(prepared, None, scope or INSTALLATION):
            raise DuplicateArticle(f"The article {same!r} has the same text already.", key=same)

    def _twin(self, prepared: PreparedArticle, key: str | None, scope: int) -> str | None:
        """Return the key of another article that the scope sees with the same text."""
        digest = text_hash(prepared.text)
        seen = self._snapshot.seen(scope or None).values()
        return next((a.key for a in seen if a.text_hash == digest and a.key != key), None)

    def _free_key(self, words: str, scope: int | None) -> str:
        """Return a key made of words that no article in sight has."""
        wanted = folder.slug(words)
        taken = self._snapshot.seen(scope)
        numbers = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
        return next(key for key in (wanted, *numbers) if key not in taken)

    def _hash(self, person: str) -> bytes:
        return question_rows.person_hash(person, self._secret)

    @staticmethod
    def _report(progress: Progress | None, done: int, total: int, what: str) -> None:
        if progress is not None:
            progress(Step(done=done, total=total, what=what))


def check_question(text: str, limits: Limits) -> None:
    """Raise BadQuestion where the text cannot be looked at as a question."""
    if not any(character.isalnum() for character in text):
        raise BadQuestion("The question is empty. Ask in words, for example: who spoke to whom?")
    if len(text) > limits.question_characters:
        raise BadQuestion(
            f"The question has {len(text)} characters; at most {limits.question_characters} are looked at. "
            "Ask about one thing at a time."
        )


def _failed(key: str, before: StoredArticle | None, fault: Fault) -> ArticleReport:
    info = before.info if before else None
    return ArticleReport(
        key=key,
        outcome=Outcome.FAILED,
        title=info.title if info else "",
        facts=info.facts if info else 0,
        fault=fault,
    )


def _unchanged(article: StoredArticle) -> ArticleReport:
    return ArticleReport(
        key=article.key, outcome=Outcome.UNCHANGED, title=article.info.title, facts=article.info.facts
    )


def _set_aside(original: Original, faults: dict[int, str]) -> tuple[Fault, ...]:
    """Return the faults of corrections, each with its place in the companion file where it stands there."""
    lines = notes.lines_of_corrections(original.notes)
    found = []
    for number, reason in sorted(faults.items()):
        line, kind = lines[number] if number < len(lines) else (0, "")
        file = folder.stem(original.name) + folder.COMPANION if kind else original.name
        found.append(Fault(file=file, line=line, key=kind or "taught", reason=reason))
    return tuple(found)


def _fault(file: str, error: KnowledgeError) -> Fault:
    if isinstance(error, BadArticle):
        return Fault(file=error.file or file, reason=error.reason, line=error.line, key=error.key)
    return Fault(file=file, reason=str(error))


def _fitting(model: type[Kept], body: str | None) -> Kept | None:
    if body is None:
        return None
    try:
        return model.model_validate_json(body)
    except ValidationError:
        log.warning("what was kept as %s no longer fits and is left out", model.__name__)
        return None
