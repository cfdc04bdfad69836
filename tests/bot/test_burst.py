"""Many people at once: nothing lost, nothing doubled, and the event loop goes on."""

from __future__ import annotations

import asyncio
import os
import statistics
import time
from typing import Any

import pytest

from bot.client import Dateline
from tests.bot.conftest import Connect
from tests.discord_loopback import FakeDiscord, payloads
from tests.discord_loopback.server import BOT, GUILD

SOAK = os.environ.get("DATELINE_TESTS") == "soak"
MENTIONS = 1000 if SOAK else 300
CHANNELS = 50


class Times:
    """When a question reached its handler, when its answer was handed to HTTP, and the loop's lag."""

    def __init__(self, bot: Dateline) -> None:
        self.entered: dict[int, float] = {}
        self.handed: dict[int, float] = {}
        self.lags: list[float] = []
        first_sight, request = bot.conversations.first_sight, bot.http.request

        def noted_sight(message: int) -> bool:
            self.entered.setdefault(message, time.perf_counter())
            return first_sight(message)

        async def noted_request(route: Any, **kwargs: Any) -> Any:
            body = getattr(kwargs.get("params"), "payload", None) or kwargs.get("json") or {}
            if reference := body.get("message_reference"):
                self.handed.setdefault(int(reference["message_id"]), time.perf_counter())
            return await request(route, **kwargs)

        bot.conversations.first_sight = noted_sight  # type: ignore[method-assign]
        bot.http.request = noted_request  # type: ignore[method-assign]

    async def watch_loop(self) -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.005)
            self.lags.append(time.perf_counter() - before - 0.005)

    def milliseconds(self) -> list[float]:
        return sorted((self.handed[m] - self.entered[m]) * 1000 for m in self.handed)


def crowd(fake: FakeDiscord) -> list[str]:
    """Add channels and people; return the channels."""
    channels = [payloads.snowflake() for _ in range(CHANNELS)]
    fake.guilds[GUILD]["channels"] += [payloads.channel(c, f"c{c}", guild=GUILD) for c in channels]
    fake.people |= {str(10**17 + n): payloads.user(str(10**17 + n), f"p{n}") for n in range(MENTIONS)}
    return channels


@pytest.mark.parametrize("trouble", ["none", "429", "resume"])
async def test_a_burst_of_mentions(fake: FakeDiscord, connect: Connect, trouble: str) -> None:
    channels = crowd(fake)
    async with connect(user_questions=0, channel_questions=0) as bot:
        times = Times(bot)
        watch = asyncio.create_task(times.watch_loop())
        if trouble == "429":
            fake.limit("POST", "/messages$", times=40, retry_after=0.1)
        started = time.perf_counter()
        asked = []
        for n in range(MENTIONS):
            asked.append(
                await fake.say(
                    f"<@{BOT}> who opened the terminal?",
                    channel=channels[n % CHANNELS],
                    user=str(10**17 + n),
                )
            )
            if trouble == "resume" and n == MENTIONS // 2:
                await fake.cut(abort=False)
        await fake.until(lambda: len(fake.sent()) >= MENTIONS, 60)
        took = time.perf_counter() - started
        await fake.quiet(0.3)
        watch.cancel()
    answered = [m["message_reference"]["message_id"] for m in fake.sent()]
    assert sorted(answered) == sorted(m["id"] for m in asked)
    if trouble == "resume":
        assert fake.resumes
    own = times.milliseconds()
    print(
        f"\n{trouble}: {MENTIONS} mentions in {took:.1f} s; handler to HTTP median"
        f" {statistics.median(own):.1f} ms, 99th percentile {own[int(len(own) * 0.99)]:.1f} ms;"
        f" loop lag worst {max(times.lags) * 1000:.0f} ms"
    )
    assert statistics.median(own) <= 20
