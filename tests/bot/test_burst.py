"""Many people at once: nothing lost, nothing doubled, and the event loop goes on."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import statistics
import time
from importlib import resources
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.client import Dateline
from tests.bot.conftest import Connect
from tests.bot.test_program import env, program
from tests.discord_loopback import FakeDiscord, payloads
from tests.discord_loopback.server import BOT, GUILD, MANAGE_GUILD, MODERATOR, RateLimits, text_of

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


@pytest.mark.parametrize("trouble", ["none", "429", "limits", "resume"])
async def test_a_burst_of_mentions(fake: FakeDiscord, connect: Connect, trouble: str) -> None:
    channels = crowd(fake)
    async with connect(user_questions=0, channel_questions=0) as bot:
        times = Times(bot)
        watch = asyncio.create_task(times.watch_loop())
        if trouble == "429":
            fake.limit("POST", "/messages$", times=40, retry_after=0.1)
        if trouble == "limits":
            fake.rate_limits = RateLimits()
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
    if fake.rate_limits:
        print(f"\n{fake.rate_limits.refused} requests were refused with 429")
    own = times.milliseconds()
    print(
        f"\n{trouble}: {MENTIONS} mentions in {took:.1f} s; handler to HTTP median"
        f" {statistics.median(own):.1f} ms, 99th percentile {own[int(len(own) * 0.99)]:.1f} ms;"
        f" loop lag worst {max(times.lags) * 1000:.0f} ms"
    )
    # The figure that counts is the soak profile's, on a machine that does nothing else.
    assert statistics.median(own) <= (20 if SOAK else 1000)


async def metric(port: int, name: str) -> float:
    """Read one figure of the running bot."""
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/metrics") as response,
    ):
        found = re.search(rf"^{re.escape(name)} (\S+)$", await response.text(), re.MULTILINE)
    assert found
    return float(found[1])


def long_article(words: int = 3000) -> bytes:
    """Make an article with as many facts as a real one of that length, by giving people new names."""
    shipped = resources.files("knowledge.articles").joinpath("middle-east-escalation.txt").read_text("utf-8")
    paragraphs = [p for p in shipped.split("\n\n") if len(p) > 80]
    text, number = ["A Long Story"], 0
    while sum(len(p.split()) for p in text) < words:
        number += 1
        text.append(
            re.sub(r"\b(Pompeo|Bajwa|Trump)\b", rf"\g<1>{number}", paragraphs[number % len(paragraphs)])
        )
    return "\n\n".join(text).encode()


async def add_long_article(fake: FakeDiscord) -> None:
    """Add an article as a moderator and put it live."""
    rights: dict[str, Any] = {"user": MODERATOR, "permissions": MANAGE_GUILD}
    shown = await fake.slash("/knowledge add", file="s.txt", files={"s.txt": long_article()}, **rights)
    assert "Not live yet" in shown.text
    await fake.quiet(0.5)
    await fake.click(shown.original or {}, "Put it live", **rights)
    await fake.until(lambda: "is live" in text_of(shown.original or {}), 60)


async def test_the_loop_goes_on_under_a_burst_and_while_an_article_is_added(
    fake: FakeDiscord, read_once: Path, tmp_path: Path
) -> None:
    channels = crowd(fake)
    data = tmp_path / "data"
    shutil.copytree(read_once, data)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    limits = {
        "DATELINE_USER_QUESTIONS": "0",
        "DATELINE_CHANNEL_QUESTIONS": "0",
        "DATELINE_METRICS_PORT": str(port),
    }
    async with program(tmp_path, **env(fake, data, **limits)):
        await fake.until(lambda: fake.sessions and fake.commands, 20)
        await fake.answer_to(await fake.say(f"<@{BOT}> who opened the ferry terminal?"))
        await metric(port, "dateline_loop_lag_seconds")
        adding = asyncio.create_task(add_long_article(fake))
        await asyncio.sleep(0.1)
        sent: dict[str, float] = {}
        for n in range(MENTIONS):
            question = f"<@{BOT}> who opened the ferry terminal?"
            said = await fake.say(question, channel=channels[n % CHANNELS], user=str(10**17 + n))
            sent[said["id"]] = time.monotonic()
            await asyncio.sleep(0.002)
        await fake.until(lambda: len(fake.sent()) > MENTIONS, 60)
        await adding
        worst = await metric(port, "dateline_loop_lag_seconds")
        handled = await metric(port, "dateline_answer_seconds_sum") / await metric(
            port, "dateline_answer_seconds_count"
        )
    took = sorted(
        (r.at - sent[m]) * 1000
        for r in fake.requests
        if isinstance(r.body, dict)
        and (m := str((r.body.get("message_reference") or {}).get("message_id"))) in sent
    )
    print(
        f"\nreal base: wall clock median {statistics.median(took):.0f} ms, 99th percentile"
        f" {took[int(len(took) * 0.99)]:.0f} ms; in the handler on average {handled * 1000:.1f} ms;"
        f" loop lag worst {worst * 1000:.0f} ms"
    )
    assert len(took) == MENTIONS
    # The goal is 50 ms, which a machine that does nothing else keeps.
    assert worst < (0.1 if SOAK else 5)
