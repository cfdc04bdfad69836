"""Which answer belongs to which question message, and what was asked before in a conversation."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple
from weakref import WeakValueDictionary

REMEMBERED = 10_000
EARLIER_SECONDS = 5.0
CONTEXT = 4
"""Earlier questions that go with a follow-up at most."""


class Exchange(NamedTuple):
    """A question message and the bot's answer to it.

    `texts` are the conversation's questions, oldest first.
    """

    question: int
    answer: int
    channel: int
    asked: int
    person: int
    texts: tuple[str, ...]
    scope: int | None = None


class Turn:
    """A message that is being answered; later ones in the same place can wait for it."""

    def __init__(self, turns: dict[int, list[Turn]], channel: int) -> None:
        self._turns = turns
        self._channels: list[int] = []
        self._done = asyncio.Event()
        self._earlier = tuple(turns.get(channel, ()))
        self.also_in(channel)

    def also_in(self, channel: int) -> None:
        """Note a further place that the answer goes to: a thread that was started for it."""
        self._channels.append(channel)
        self._turns.setdefault(channel, []).append(self)

    async def wait_for_earlier(self) -> None:
        """Wait until what came before in the same place is answered, for a few seconds at most."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(EARLIER_SECONDS):
                for turn in self._earlier:
                    await turn._done.wait()

    def __enter__(self) -> Turn:
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        for channel in self._channels:
            self._turns[channel].remove(self)
            if not self._turns[channel]:
                del self._turns[channel]


class Conversations:
    """A bounded memory of exchanges; what is older is found through Discord's own message references."""

    def __init__(self, follow_up_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = follow_up_seconds
        self._clock = clock
        # question message id: exchange
        self._by_question: OrderedDict[int, Exchange] = OrderedDict()
        # answer message id: question message id
        self._by_answer: dict[int, int] = {}
        # (channel id, person id): (when, texts)
        self._last: OrderedDict[tuple[int, int], tuple[float, tuple[str, ...]]] = OrderedDict()
        self._seen: OrderedDict[int, None] = OrderedDict()
        # channel id: messages that are being answered, oldest first
        self._turns: dict[int, list[Turn]] = {}
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def first_sight(self, message: int) -> bool:
        """Tell whether a message is new; a resumed session replays events."""
        if message in self._seen:
            return False
        self._seen[message] = None
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return True

    def lock(self, message: int) -> asyncio.Lock:
        """Return the lock under which a question message, its edits and its deletion are followed."""
        lock = self._locks.get(message)
        if lock is None:
            lock = self._locks[message] = asyncio.Lock()
        return lock

    def turn(self, channel: int) -> Turn:
        """Begin to answer a message in a place."""
        return Turn(self._turns, channel)

    def keep(self, exchange: Exchange, *, running: bool) -> None:
        """Remember an exchange.

        `running` where a next question there counts as a follow-up without a reply.
        """
        earlier = self._by_question.pop(exchange.question, None)
        if earlier is not None:
            self._by_answer.pop(earlier.answer, None)
        self._by_question[exchange.question] = exchange
        self._by_answer[exchange.answer] = exchange.question
        if len(self._by_question) > REMEMBERED:
            _, oldest = self._by_question.popitem(last=False)
            self._by_answer.pop(oldest.answer, None)
        if running:
            self.keep_running(exchange.channel, exchange.person, exchange.texts)

    def keep_running(self, channel: int, person: int, texts: tuple[str, ...]) -> None:
        """Remember what a person asked last in a place where the next question continues."""
        self._last.pop((channel, person), None)
        self._last[channel, person] = (self._clock(), texts)
        if len(self._last) > REMEMBERED:
            self._last.popitem(last=False)

    def of_question(self, message: int) -> Exchange | None:
        """Return the exchange that a question message began."""
        return self._by_question.get(message)

    def of_answer(self, message: int) -> Exchange | None:
        """Return the exchange that an answer belongs to."""
        question = self._by_answer.get(message)
        return None if question is None else self._by_question.get(question)

    def drop(self, exchange: Exchange) -> None:
        """Forget an exchange, and the running conversation that it was the last of."""
        self._by_question.pop(exchange.question, None)
        self._by_answer.pop(exchange.answer, None)
        running = self._last.get((exchange.channel, exchange.person))
        if running is not None and running[1] == exchange.texts:
            self._last.pop((exchange.channel, exchange.person))

    def forget_person(self, person: int) -> None:
        """Forget all that a person asked."""
        for exchange in [e for e in self._by_question.values() if e.person == person]:
            self.drop(exchange)
        for key in [k for k in self._last if k[1] == person]:
            del self._last[key]

    def forget_scope(self, scope: int) -> None:
        """Forget all that was asked in a server."""
        for exchange in [e for e in self._by_question.values() if e.scope == scope]:
            self.drop(exchange)

    def running(self, channel: int, person: int) -> tuple[str, ...]:
        """Return a person's last questions in a place, where they are recent enough, oldest first."""
        when, texts = self._last.get((channel, person), (float("-inf"), ()))
        return texts[-CONTEXT:] if self._clock() - when <= self._seconds else ()
