"""The one path that every question takes: knowledge base, preferences, question log, counters."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from typing import NamedTuple

from bot.deciding import Trigger
from bot.metrics import Metrics
from bot.preferences import Certainty, Preferences, sure_enough
from knowledge.base import KnowledgeBase
from knowledge.errors import UnknownArticle
from knowledge.model import Answer, Question, Status
from knowledge.records import ArticleInfo

log = logging.getLogger(__name__)

REMEMBERED = 5_000


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
        # number in the log: the question and what was answered
        self._recent: OrderedDict[int, Asked] = OrderedDict()

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
        await self._base.prepare(question.scope)
        answer = self._base.ask(question, among=self._seen(among, question.scope))
        if silent_when_unsure and not sure_enough(answer, choices.certainty, unasked=True):
            self._metrics.asked(trigger, "silent", time.monotonic() - started)
            return None
        answer = self._weighed(answer, question, choices.certainty)
        number = await self._base.record(question, answer, person=str(person))
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

    def recall(self, number: int) -> Asked | None:
        """Return a question that was asked since the start, unless it was too long ago."""
        return self._recent.get(number)

    async def erase(self, number: int) -> None:
        """Forget a question whose message was deleted."""
        self._recent.pop(number, None)
        if number:
            await self._base.erase(number)

    def forget_person(self, person: int) -> None:
        """Forget what a person asked since the start."""
        for number in [n for n, asked in self._recent.items() if asked.person == person]:
            del self._recent[number]

    def _seen(self, among: tuple[str, ...], scope: int | None) -> tuple[str, ...]:
        """Leave out pinned articles that are gone; where none is left, all articles answer."""
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
