"""The one path that every question takes: knowledge base, preferences, question log, counters."""

from __future__ import annotations

import asyncio
import itertools
import logging
import secrets
import time
from collections import OrderedDict
from typing import NamedTuple

from bot.deciding import Trigger
from bot.errors import Refusal, report
from bot.metrics import Metrics
from bot.preferences import Certainty, Preferences, sure_enough
from bot.ui.welcome import NO_ARTICLE
from knowledge.base import KnowledgeBase
from knowledge.errors import UnknownArticle
from knowledge.model import Answer, Question, Status
from knowledge.records import ArticleInfo

log = logging.getLogger(__name__)

REMEMBERED = 5_000
QUEUED = 4
"""Questions that may wait for the log at once before answers no longer wait for it."""
PATIENCE = 0.25
"""Seconds that an answer waits for the log at most."""
STAND_IN = 1 << 61
"""Numbers from here on stand for the log's own, which are far smaller."""


class Asked(NamedTuple):
    """A question with its answer; `id` is its number in the log, 0 where it was not logged."""

    id: int
    question: Question
    answer: Answer
    person: int
    info: ArticleInfo | None
    feedback: bool


class Desk:
    """Answers questions from every door in the same way."""

    def __init__(
        self, base: KnowledgeBase, preferences: Preferences, metrics: Metrics, *, log_content: bool
    ) -> None:
        self._base = base
        self._preferences = preferences
        self._metrics = metrics
        self._log_content = log_content
        self._gate, self._urgent_gate = asyncio.Lock(), asyncio.Lock()
        self._writing: set[asyncio.Task[int]] = set()
        self._stand_ins = itertools.count(secrets.randbits(40) << 20)
        # stand-in: the work that will know the real number
        self._numbers: OrderedDict[int, asyncio.Task[int]] = OrderedDict()
        # number in the log: the question and what was answered
        self._recent: OrderedDict[int, Asked] = OrderedDict()

    async def queue(self, *, urgent: bool = False) -> None:
        """Wait for one's turn.

        In a burst one question a turn of the event loop begins, so that heartbeats and clicks come through.
        What Discord wants answered within three seconds is `urgent`, and waits only for its like.
        """
        async with self._urgent_gate if urgent else self._gate:
            await asyncio.sleep(0)

    async def ask(
        self,
        question: Question,
        *,
        person: int,
        trigger: Trigger,
        among: tuple[str, ...] = (),
        silent_when_unsure: bool = False,
        since: float | None = None,
    ) -> Asked | None:
        """Answer a question and log it; return None where the bot shall rather stay silent.

        `among` narrows the articles, `since` is the monotonic time of the event. Raises KnowledgeError.
        """
        started = time.monotonic() if since is None else since
        choices = await self._preferences.server(question.scope)
        await self._base.prepare(question.scope, question.text)
        pins = self.seen(among, question.scope)
        if len(pins) == 1 and question.article is None:
            question = question.model_copy(update={"article": pins[0]})
        answer = self._base.ask(question, among=pins)
        if silent_when_unsure and not sure_enough(answer, choices.certainty, unasked=True):
            self._metrics.asked(trigger, "silent", time.monotonic() - started)
            return None
        untold = answer.status is Status.NOT_TOLD and not answer.suggestions
        if untold and not self._base.articles(question.scope):
            raise Refusal(NO_ARTICLE)
        answer = self._weighed(answer, question, choices.certainty)
        number = await self._logged(question, answer, person)
        asked = Asked(number, question, answer, person, self._info(answer, question.scope), choices.feedback)
        self._remember(asked)
        self._metrics.asked(trigger, answer.status, time.monotonic() - started)
        log.info(
            "question by %s: %s, confidence %.2f%s",
            trigger,
            answer.status.value,
            answer.confidence,
            f": {question.text!r}" if self._log_content else "",
        )
        return asked

    async def _logged(self, question: Question, answer: Answer, person: int) -> int:
        """Log a question and return its number; a log that cannot be written costs nobody their answer.

        In a burst nobody waits for the disk: the answer goes out under a number that stands for the real one
        until the bot's next start.
        """
        work = asyncio.create_task(
            self._base.record(question, answer, person=str(person)), name="question log"
        )
        self._writing.add(work)
        work.add_done_callback(self._written)
        if len(self._writing) <= QUEUED:
            await asyncio.wait({work}, timeout=PATIENCE)
        if work.done():
            return 0 if work.exception() else work.result()
        number = STAND_IN + next(self._stand_ins)
        self._numbers[number] = work
        while len(self._numbers) > REMEMBERED:
            self._numbers.popitem(last=False)
        return number

    def _written(self, work: asyncio.Task[int]) -> None:
        self._writing.discard(work)
        if not work.cancelled() and (error := work.exception()) is not None:
            report(error, work.get_name())

    async def number(self, asked: int) -> int:
        """Return a question's real number in the log, 0 where it has none (any more)."""
        if asked < STAND_IN:
            return asked
        work = self._numbers.get(asked)
        if work is None:
            return 0
        await asyncio.wait({work})
        return 0 if work.exception() else work.result()

    async def flush(self) -> None:
        """Wait until everything is logged."""
        if self._writing:
            await asyncio.wait(self._writing)

    def recall(self, number: int) -> Asked | None:
        """Return a question that was asked since the start, unless it was too long ago."""
        return self._recent.get(number)

    async def erase(self, number: int) -> None:
        """Forget a question whose message was deleted."""
        self._recent.pop(number, None)
        if real := await self.number(number):
            await self._base.erase(real)

    def forget_person(self, person: int) -> None:
        """Forget what a person asked since the start."""
        for number in [n for n, asked in self._recent.items() if asked.person == person]:
            del self._recent[number]

    def forget_scope(self, scope: int) -> None:
        """Forget what was asked in a server since the start."""
        for number in [n for n, asked in self._recent.items() if asked.question.scope == scope]:
            del self._recent[number]

    def seen(self, among: tuple[str, ...], scope: int | None) -> tuple[str, ...]:
        """Return the pinned articles that are still there; none at all stands for every article."""
        if not among:
            return ()
        there = {info.key for info in self._base.articles(scope)}
        return tuple(key for key in among if key in there)

    def _weighed(self, answer: Answer, question: Question, certainty: Certainty) -> Answer:
        """Apply the server's choice between careful and eager."""
        if answer.status is Status.DID_YOU_MEAN and certainty is Certainty.EAGER and answer.suggestions:
            nearest = answer.suggestions[0]
            again = question.model_copy(
                update={"text": nearest.text, "article": nearest.article, "context": ()}
            )
            found = self._base.ask(again)
            if found.status is Status.ANSWERED:
                return found.model_copy(update={"resolved": nearest.text, "confidence": answer.confidence})
        if answer.status is Status.ANSWERED and not sure_enough(answer, certainty, unasked=False):
            return answer.model_copy(
                update={"status": Status.NOT_TOLD, "text": "", "span": None, "evidence": (), "also": ()}
            )
        return answer

    def _info(self, answer: Answer, scope: int | None) -> ArticleInfo | None:
        if not answer.article:
            return None
        try:
            return self._base.article(answer.article, scope)
        except UnknownArticle:
            return None

    def _remember(self, asked: Asked) -> None:
        if asked.id:
            self._recent[asked.id] = asked
        while len(self._recent) > REMEMBERED:
            self._recent.popitem(last=False)
