"""KnowledgeBase: the one door to everything the articles say.

    async with await KnowledgeBase.open(data_dir) as base:
        answer = base.ask(Question(text="who did what?"))

A scope is the id of a Discord server, None the installation. A server sees the installation's articles and its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from pydantic import BaseModel

from knowledge.model import Answer, Question, Reading, Suggestion
from knowledge.records import (
    AddReport,
    ArticleInfo,
    ArticleReport,
    AskedQuestion,
    Gap,
    Popular,
    Progress,
    ReloadReport,
    Stats,
)
from knowledge.settings import Limits

__all__ = ["KnowledgeBase"]

Kept = TypeVar("Kept", bound=BaseModel)


class KnowledgeBase:
    """Articles, what was read in them, and what was asked about them.

    Every method may raise StoreFailed. All methods belong to the event loop that opened the base.
    """

    @classmethod
    async def open(
        cls,
        data_dir: Path,
        *,
        limits: Limits = Limits(),
        progress: Progress | None = None,
        bot: bool = False,
    ) -> KnowledgeBase:
        """Open the data directory, make and migrate what is missing, and read shipped articles that are new.

        With `bot`, take the lock that keeps a second bot out, and watch for changes that other programs make.
        The data directory's own `articles/` folder is looked at by `reload` alone. Raises StoreFailed,
        AlreadyRunning; an article that cannot be read is reported in `faults` and the others go on.
        """
        raise NotImplementedError

    async def close(self) -> None:
        """Stop the reading process and the watch, and close the database; may be called twice."""

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    # Asking: synchronous, in memory, on the snapshot that is current when the call begins.

    async def prepare(self, scope: int | None) -> None:
        """Load what questions in this scope need, so that the first `ask` there does not wait for the disk."""
        raise NotImplementedError

    def ask(self, question: Question, *, among: Collection[str] = ()) -> Answer:
        """Answer from the articles that the question's scope sees.

        `among` narrows them to some keys (a channel pinned to a set). Raises BadQuestion for an empty or overlong
        question, UnknownArticle for a pinned article that the scope does not see.
        """
        raise NotImplementedError

    def complete(
        self, text: str, *, scope: int | None = None, article: str | None = None, limit: int = 25
    ) -> tuple[Suggestion, ...]:
        """Return questions that can be answered, those that fit the typed text best first."""
        raise NotImplementedError

    def articles(self, scope: int | None = None) -> tuple[ArticleInfo, ...]:
        """Return the articles that the scope sees, its own first, then by title."""
        raise NotImplementedError

    def article(self, key: str, scope: int | None = None) -> ArticleInfo:
        """Return one article that the scope sees; raise UnknownArticle."""
        raise NotImplementedError

    async def reading(self, key: str, scope: int | None = None) -> Reading:
        """Return all that is known of one article, corrections applied; raise UnknownArticle."""
        raise NotImplementedError

    # The articles of the installation and of servers.

    async def reload(self, progress: Progress | None = None) -> ReloadReport:
        """Read the articles folder again, and every article that an older reader read; swap in what changed.

        Only changed files are read. A file at fault leaves its article as it was and is reported; the others go on.
        A second reload at the same time waits for the first.
        """
        raise NotImplementedError

    async def add(
        self,
        data: bytes,
        *,
        name: str,
        scope: int | None,
        preview: bool = False,
        progress: Progress | None = None,
    ) -> AddReport:
        """Read a text, Markdown or HTML file and add it to a server, or to the installation's articles folder.

        `name` is the file's name (its ending tells the format) or a title for pasted text. With `preview` nothing
        is stored; adding the same bytes afterwards does not read them again. Raises BadArticle, DuplicateArticle,
        LimitReached, ReadingFailed.
        """
        raise NotImplementedError

    async def remove(self, key: str, scope: int | None) -> ArticleReport:
        """Remove an article that belongs to the scope itself; raise UnknownArticle for any other."""
        raise NotImplementedError

    async def export(self, scope: int | None) -> bytes:
        """Return a ZIP archive of the scope's own articles and corrections, as files that can be added again."""
        raise NotImplementedError

    async def backup(self, target: Path) -> Path:
        """Copy the database to a new file while everything goes on; return the file."""
        raise NotImplementedError

    # The question log. Who asked is kept as a salted hash only.

    async def record(self, question: Question, answer: Answer, *, person: str | None) -> int:
        """Log a question with its outcome; return its number, 0 where the log is switched off."""
        raise NotImplementedError

    async def erase(self, asked: int) -> None:
        """Delete the text of a logged question, because the message was deleted."""
        raise NotImplementedError

    async def vote(self, asked: int, person: str, value: int) -> tuple[int, int]:
        """Set a person's vote on an answer: 1, -1, or 0 to take it back; return likes and dislikes."""
        raise NotImplementedError

    async def gaps(self, scope: int | None, limit: int = 50) -> tuple[Gap, ...]:
        """Return the open unanswered questions of a scope, merged where they mean the same, most frequent first."""
        raise NotImplementedError

    async def dismiss(self, gap: Gap) -> None:
        """Close a gap without an answer."""
        raise NotImplementedError

    async def popular(
        self, scope: int | None, article: str | None = None, limit: int = 5
    ) -> tuple[Popular, ...]:
        """Return the answered questions that were asked most in this scope."""
        raise NotImplementedError

    async def stats(self, scope: int | None, days: int = 30) -> Stats:
        """Return how the scope's questions of the last days went."""
        raise NotImplementedError

    # People and servers.

    async def asked_by(self, person: str, scope: int | None = None) -> tuple[AskedQuestion, ...]:
        """Return what is logged of one person, newest first; in all scopes where none is given."""
        raise NotImplementedError

    async def forget_person(self, person: str) -> int:
        """Delete every logged question and vote of one person; return how many lines went."""
        raise NotImplementedError

    async def forget_scope(self, scope: int) -> None:
        """Delete everything that belongs to one server, at once."""
        raise NotImplementedError

    async def freeze(self, scope: int) -> None:
        """Note that the bot has left a server; its data rests, unseen, until it is thawed or purged."""
        raise NotImplementedError

    async def thaw(self, scope: int) -> None:
        """Note that the bot is back in a server."""
        raise NotImplementedError

    async def reconcile(self, present: Collection[int]) -> tuple[int, ...]:
        """Freeze the servers with data that are not among those present, thaw those that are; return the frozen.

        An unavailable server is present: it has not left.
        """
        raise NotImplementedError

    async def purge(self, now: dt.datetime | None = None) -> tuple[int, ...]:
        """Delete servers that were left too long ago and log lines that are too old; return the servers."""
        raise NotImplementedError

    # Settings of servers and channels: any model, kept under the name of its class.

    async def kept(self, model: type[Kept], scope: int, channel: int | None = None) -> Kept:
        """Return what was kept for a server or channel, the model's defaults where nothing fits."""
        raise NotImplementedError

    async def keep(self, value: BaseModel, scope: int, channel: int | None = None) -> None:
        """Keep a model for a server or channel in place of the earlier one of its class."""
        raise NotImplementedError

    async def all_kept(self, model: type[Kept], scope: int) -> dict[int, Kept]:
        """Return what was kept for each channel of a server."""
        raise NotImplementedError
