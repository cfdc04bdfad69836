"""A knowledge base in memory, with the interface of the real one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection
from typing import Any

from pydantic import BaseModel

from knowledge.base import KnowledgeBase
from knowledge.errors import BadQuestion, UnknownArticle
from knowledge.model import (
    Answer,
    Article,
    Aside,
    Paragraph,
    Passage,
    Question,
    Reading,
    Span,
    Status,
    Suggestion,
)
from knowledge.records import ArticleInfo, ReloadReport, Stats
from knowledge.settings import Limits

TEXT = (
    "Mayor Lena Brandt opened the new ferry terminal on Monday.\n\n"
    "The harbour_office paid 4.2 million euros for it. Olaf Hinrichs, who leads the office, "
    "told the Tidewater Gazette that the first ferry leaves at noon.\n\n"
    "Critics stayed away."
)
SHIPPED = "ferry"


class MemoryBase(KnowledgeBase):
    """Answers a handful of questions about one invented article."""

    def __init__(self) -> None:
        self.records: list[tuple[Question, Answer, str | None]] = []
        self.erased: list[int] = []
        self.votes: dict[tuple[int, str], int] = {}
        self.store: dict[tuple[str, int, int | None], Any] = {}
        self.reloads = 0
        self.limits = Limits()
        self.questions: list[Question] = []

    async def close(self) -> None: ...

    async def prepare(self, scope: int | None, text: str = "") -> None: ...

    def _passage(self, words: str) -> Passage:
        at = TEXT.index(words)
        start = max(TEXT.rfind("\n", 0, at) + 1, TEXT.rfind(". ", 0, at) + 2 if ". " in TEXT[:at] else 0)
        end = TEXT.index(".", at + len(words) - 1) + 1
        if TEXT[at : at + len(words)].find("4.2") >= 0:
            end = TEXT.index(".", at + len(words)) + 1
        span = Span(start, end)
        return Passage(
            article=SHIPPED,
            span=span,
            text=span.of(TEXT),
            paragraph=TEXT.count("\n\n", 0, at) + 1,
            bold=Span(at, at + len(words)),
        )

    def _told(self, words: str, matched: str, **kw: Any) -> Answer:
        passage = self._passage(words)
        return Answer(
            status=Status.ANSWERED,
            text=words,
            span=passage,
            evidence=(passage,),
            confidence=0.93,
            matched=matched,
            article=SHIPPED,
            article_title="Terminal opens",
            **kw,
        )

    def ask(self, question: Question, *, among: Collection[str] = ()) -> Answer:
        self.questions.append(question)
        if not question.text.strip():
            raise BadQuestion("Please type a question.")
        if question.article not in (None, SHIPPED):
            raise UnknownArticle("There is no such article here.")
        text = question.text.lower()
        if re.search(r"who opened", text):
            return self._told(
                "Mayor Lena Brandt",
                "Who opened the new ferry terminal?",
                also=(Aside(text="Critics stayed away", evidence=(self._passage("Critics"),)),),
            )
        if re.search(r"how much", text):
            return self._told(
                "4.2 million euros", "How much did it cost?", attribution="according to the *Gazette*"
            )
        if re.search(r"and when", text) and question.context and "opened" in question.context[-1]:
            return self._told(
                "Monday", "When did she open it?", resolved="when did Lena Brandt open the terminal?"
            )
        if "opend" in text:
            return Answer(
                status=Status.DID_YOU_MEAN, confidence=0.5, suggestions=tuple(self.complete("", limit=3))
            )
        return Answer(status=Status.NOT_TOLD, confidence=0.1, suggestions=tuple(self.complete("", limit=2)))

    def complete(
        self,
        text: str,
        *,
        scope: int | None = None,
        article: str | None = None,
        among: Collection[str] = (),
        limit: int = 25,
    ) -> tuple[Suggestion, ...]:
        known = (
            "Who opened the new ferry terminal?",
            "How much did the harbour_office pay?",
            "Who leads the office?",
        )
        ranked = sorted(known, key=lambda k: text.lower() not in k.lower())
        return tuple(Suggestion(text=k, article=SHIPPED, fact=n) for n, k in enumerate(ranked[:limit]))

    def articles(self, scope: int | None = None) -> tuple[ArticleInfo, ...]:
        return (
            ArticleInfo(
                key=SHIPPED,
                title="Terminal opens",
                source="Tidewater Gazette",
                url="https://example.org/ferry",
                facts=7,
                added=dt.datetime.now(dt.UTC),
                shipped=True,
            ),
        )

    def article(self, key: str, scope: int | None = None) -> ArticleInfo:
        if key != SHIPPED:
            raise UnknownArticle("There is no such article here.")
        return self.articles()[0]

    async def reading(self, key: str, scope: int | None = None) -> Reading:
        spans, at = [], 0
        for part in TEXT.split("\n\n"):
            spans.append(Paragraph(span=Span(at, at + len(part))))
            at += len(part) + 2
        return Reading(article=Article(key=key, text=TEXT, title="Terminal opens", paragraphs=tuple(spans)))

    async def reconcile(self, present: Collection[int]) -> tuple[int, ...]:
        return ()

    async def purge(self, now: Any = None) -> tuple[int, ...]:
        return ()

    async def reload(self, progress: Any = None) -> ReloadReport:
        self.reloads += 1
        return ReloadReport(seconds=0.1)

    async def record(self, question: Question, answer: Answer, *, person: str | None) -> int:
        self.records.append((question, answer, person))
        return len(self.records)

    async def popular(self, scope: int | None, article: str | None = None, limit: int = 5) -> Any:
        return ()

    async def stats(self, scope: int | None, days: int = 30) -> Stats:
        counts = dict.fromkeys(
            ("asked", "answered", "corrected", "did_you_mean", "not_told", "liked", "disliked"), 0
        )
        return Stats(articles=1, facts=7, **counts)

    async def erase(self, asked: int) -> None:
        self.erased.append(asked)

    async def vote(self, asked: int, person: str, value: int) -> tuple[int, int]:
        self.votes[asked, person] = value
        values = [v for (a, _), v in self.votes.items() if a == asked]
        return values.count(1), values.count(-1)

    async def kept(self, model: Any, scope: int, channel: int | None = None) -> Any:
        return self.store.get((model.__name__, scope, channel)) or model()

    async def keep(self, value: BaseModel, scope: int, channel: int | None = None) -> None:
        self.store[type(value).__name__, scope, channel] = value

    async def all_kept(self, model: Any, scope: int) -> Any:
        return {c: v for (n, s, c), v in self.store.items() if n == model.__name__ and s == scope and c}
