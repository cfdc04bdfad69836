"""The bounded memories: rate limits and conversations."""

from __future__ import annotations

import asyncio

from hypothesis import given
from hypothesis import strategies as st

from bot.buckets import Bucket
from bot.conversations import REMEMBERED, Conversations, Exchange


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(st.integers(1, 30), st.lists(st.floats(0, 40), max_size=120))
def test_a_bucket_never_lets_more_through_than_its_rate(a_minute: int, waits: list[float]) -> None:
    clock = Clock()
    bucket, let_through = Bucket(a_minute, clock), []
    for wait in waits:
        clock.now += wait
        if not bucket.take(1):
            let_through.append(clock.now)
    for first in let_through:
        within = [t for t in let_through if first <= t < first + 60]
        assert len(within) <= 2 * a_minute
        assert sum(first <= t < first + 0.001 for t in let_through) <= a_minute


def test_a_bucket_says_how_long_to_wait_and_keeps_people_apart() -> None:
    clock = Clock()
    bucket = Bucket(2, clock)
    assert [bucket.take(1), bucket.take(1)] == [0, 0]
    wait = bucket.take(1)
    assert 29 <= wait <= 30 and bucket.take(2) == 0
    assert bucket.tell_once(1) and not bucket.tell_once(1)
    clock.now += wait + 0.01
    assert bucket.take(1) == 0 and bucket.tell_once(1)


def test_no_limit_is_no_limit() -> None:
    assert not any(Bucket(0).take(1) for _ in range(1000))


def exchange(n: int, **more: int) -> Exchange:
    return Exchange(question=n, answer=-n, channel=7, asked=n, person=more.get("person", 5), texts=(f"q{n}",))


def test_the_memory_of_exchanges_is_bounded_and_consistent() -> None:
    memory = Conversations(60)
    for n in range(1, REMEMBERED + 50):
        memory.keep(exchange(n), running=False)
    assert memory.of_question(1) is None and memory.of_answer(-1) is None
    last = memory.of_question(REMEMBERED + 49)
    assert last is not None and memory.of_answer(last.answer) == last


def test_a_running_conversation_ends_after_a_while_or_when_its_question_goes() -> None:
    clock = Clock()
    memory = Conversations(60, clock)
    memory.keep(exchange(1), running=True)
    assert memory.running(7, 5) == ("q1",) and memory.running(7, 6) == () and memory.running(8, 5) == ()
    clock.now += 61
    assert memory.running(7, 5) == ()
    memory.keep(exchange(2), running=True)
    memory.drop(exchange(2))
    assert memory.running(7, 5) == () and memory.of_question(2) is None


def test_forgetting_a_person_leaves_the_others() -> None:
    memory = Conversations(60)
    memory.keep(exchange(1), running=True)
    memory.keep(exchange(2, person=6), running=True)
    memory.forget_person(5)
    assert memory.of_question(1) is None and memory.of_question(2) is not None
    assert memory.running(7, 5) == () and memory.running(7, 6) == ("q2",)


async def test_a_turn_waits_for_those_before_it_only() -> None:
    memory = Conversations(60)
    order = []

    async def answer(name: str, seconds: float) -> None:
        with memory.turn(7) as turn:
            await turn.wait_for_earlier()
            await asyncio.sleep(seconds)
            order.append(name)

    async def elsewhere() -> None:
        with memory.turn(8) as turn:
            await turn.wait_for_earlier()
            order.append("elsewhere")

    await asyncio.gather(answer("first", 0.05), answer("second", 0), elsewhere())
    assert order == ["elsewhere", "first", "second"]
    assert not memory._turns
