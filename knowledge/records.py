"""What the knowledge base keeps and reports beside the nouns of the articles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from enum import StrEnum

from knowledge.corrections import Correction
from knowledge.model import Frozen, Reading, Status


class Step(Frozen):
    """How far some long work has come: `done` of `total` articles, and the one at hand."""

    done: int
    total: int
    what: str = ""


Progress = Callable[[Step], None]


class ArticleInfo(Frozen):
    """An article as people see it in a list.

    `scope` is None for the installation's. `shipped` articles came with the program. `facts` counts what was
    read, `taught` what people added. `file` is the path of the file that it is reloaded from, "" for articles
    of a server.
    """

    key: str
    title: str
    source: str = ""
    url: str = ""
    published: dt.date | None = None
    scope: int | None = None
    facts: int = 0
    taught: int = 0
    words: int = 0
    added: dt.datetime
    shipped: bool = False
    file: str = ""


class Outcome(StrEnum):
    """What a reload did to one article."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


class Fault(Frozen):
    """What is wrong where; `line` counts from 1, 0 where no line is to blame; `key` is the entry at fault."""

    file: str
    reason: str
    line: int = 0
    key: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.key + ': ' if self.key else ''}{self.reason}"


class ArticleReport(Frozen):
    """What happened to one article; `seconds` is the time that reading and storing took.

    `facts` is what it holds now. `set_aside` are corrections whose quote is gone: kept, but without effect.
    """

    key: str
    outcome: Outcome
    title: str = ""
    facts: int = 0
    facts_added: int = 0
    facts_changed: int = 0
    facts_removed: int = 0
    seconds: float = 0.0
    fault: Fault | None = None
    set_aside: tuple[Fault, ...] = ()


class ReloadReport(Frozen):
    """What a reload did, article by article; `gaps_closed` counts open questions that can be answered now."""

    articles: tuple[ArticleReport, ...] = ()
    seconds: float = 0.0
    gaps_closed: int = 0

    def of(self, *outcomes: Outcome) -> tuple[ArticleReport, ...]:
        """Return the articles with one of these outcomes."""
        return tuple(a for a in self.articles if a.outcome in outcomes)


class AddReport(Frozen):
    """An article that was added, or would be: `stored` is False for a preview."""

    info: ArticleInfo
    report: ArticleReport
    reading: Reading
    stored: bool


class Gap(Frozen):
    """Questions that mean the same and were not answered.

    `id` is the earliest one's number in the log, `asked` all of their numbers, `text` the most frequent
    wording.
    """

    id: int
    text: str
    count: int
    asked: tuple[int, ...]
    first: dt.datetime
    last: dt.datetime
    article: str = ""


class AskedQuestion(Frozen):
    """One line of the question log; `text` is "" once it was deleted on request."""

    id: int
    scope: int | None
    text: str
    status: Status
    article: str
    matched: str
    confidence: float
    at: dt.datetime
    likes: int = 0
    dislikes: int = 0


class DayStats(Frozen):
    """One day of a scope, in UTC."""

    day: dt.date
    asked: int
    answered: int


class Stats(Frozen):
    """How a scope's questions went; `days` are those with questions, oldest first."""

    articles: int
    facts: int
    asked: int
    answered: int
    corrected: int
    did_you_mean: int
    not_told: int
    liked: int
    disliked: int
    days: tuple[DayStats, ...] = ()


class Popular(Frozen):
    """A question that people ask often, in its most frequent wording."""

    text: str
    count: int


class KeptCorrection(Frozen):
    """A correction of an article; `id` is 0 for those in its companion file.

    `fault` says why it is set aside, "" where it is in force.
    """

    id: int
    correction: Correction
    fault: str = ""
    added: dt.datetime | None = None
