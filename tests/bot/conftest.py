"""A loopback Discord with the bot connected to it."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any

import discord
import pytest
import pytest_asyncio
from discord.gateway import DiscordWebSocket
from pydantic import SecretStr

from bot.client import Dateline, make_bot
from bot.metrics import Metrics
from bot.settings import Settings
from knowledge.base import KnowledgeBase
from tests.bot.memory import MemoryBase
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import TOKEN

Connect = Callable[..., AbstractAsyncContextManager[Dateline]]


@pytest.fixture(autouse=True)
def own_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put discord.py's own addresses back after each test."""
    monkeypatch.setattr(discord.http.Route, "BASE", discord.http.Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


@pytest_asyncio.fixture
async def fake() -> AsyncIterator[FakeDiscord]:
    """Run a loopback Discord; at the end nothing may have been refused for its length, and nobody pinged."""
    async with FakeDiscord() as server:
        yield server
    assert server.refusals == []
    assert server.pings == []


TEXT = """\
New Ferry Terminal Opens

Mayor Lena Brandt opened the new ferry terminal in Norhaven on Monday. \
The harbour office paid 4.2 million euros for it.

Olaf Hinrichs, who leads the office, told the Tidewater Gazette that the first ferry leaves at noon. \
"We waited nine years for this day," Hinrichs said. Critics stayed away because the terminal has no roof.
"""


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a data directory in which everything has been read, to be copied by tests."""
    made = tmp_path_factory.mktemp("read")
    (made / "articles").mkdir()
    (made / "articles" / "ferry.txt").write_text(TEXT, encoding="utf-8")

    async def read() -> None:
        async with await KnowledgeBase.open(made) as base:
            report = await base.reload()
            assert not [a.fault for a in report.articles if a.fault]

    asyncio.run(read())
    return made


@pytest_asyncio.fixture
async def real_base(read_once: Path, tmp_path: Path) -> AsyncIterator[KnowledgeBase]:
    """Open the real knowledge base with the shipped article and a short one."""
    data = tmp_path / "data"
    shutil.copytree(read_once, data)
    async with await KnowledgeBase.open(data, bot=True) as opened:
        yield opened


@pytest_asyncio.fixture
async def base(tmp_path: Path) -> AsyncIterator[KnowledgeBase]:
    """Open a knowledge base."""
    async with MemoryBase() as opened:
        yield opened


def settings_for(fake: FakeDiscord, data_dir: Path, **more: Any) -> Settings:
    """Make settings that point at the loopback."""
    return Settings(
        _env_file=None,
        token=SecretStr(TOKEN),
        data_dir=data_dir,
        discord_api=fake.api,
        discord_gateway=fake.gateway,
        guild_ready_timeout=0.05,
        **more,
    )


@pytest.fixture
def connect(fake: FakeDiscord, base: KnowledgeBase, tmp_path: Path) -> Connect:
    """Return a context manager that connects a bot; keywords are settings."""

    @contextlib.asynccontextmanager
    async def connected(**more: Any) -> AsyncIterator[Dateline]:
        bot = make_bot(base, settings_for(fake, tmp_path, **more), Metrics(), sync_retry=0.1)
        task = asyncio.create_task(bot.start(TOKEN))
        try:
            waiting = asyncio.create_task(bot.wait_until_ready())
            await asyncio.wait({waiting, task}, timeout=5, return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                task.result()
            await fake.until(lambda: fake.commands or bot.metrics.events["sync_failed"])
            yield bot
        finally:
            await bot.close()
            await asyncio.gather(task, return_exceptions=True)

    return connected


@pytest_asyncio.fixture
async def bot(connect: Connect) -> AsyncIterator[Dateline]:
    """Connect a bot with the settings of a fresh installation."""
    async with connect() as connected:
        yield connected
