"""`python -m bot` as a program: a process of its own against the loopback, with the real knowledge base."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.settings import names
from tests.discord_loopback import FakeDiscord
from tests.discord_loopback.server import BOT, DIRECT, TOKEN, text_of

ROOT = Path(__file__).parents[2]


@contextlib.asynccontextmanager
async def program(folder: Path, **env: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start the bot in an empty folder; kill it at the end if it still runs."""
    inherited = {k: v for k, v in os.environ.items() if k not in names()}
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        cwd=folder,
        env={**inherited, "PYTHONPATH": str(ROOT), **env},
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def ending(process: asyncio.subprocess.Process) -> tuple[int, str]:
    """Wait for the end; return the exit status and the log."""
    _, log = await asyncio.wait_for(process.communicate(), 20)
    return process.returncode or 0, log.decode()


@pytest.fixture
def data(read_once: Path, tmp_path: Path) -> Path:
    """Copy a data directory in which everything has been read."""
    made = tmp_path / "data"
    shutil.copytree(read_once, made)
    return made


def env(fake: FakeDiscord, data: Path, **more: str) -> dict[str, str]:
    """Return the environment that points the bot at the loopback."""
    return {
        "DATELINE_TOKEN": TOKEN,
        "DATELINE_DATA_DIR": str(data),
        "DATELINE_DISCORD_API": fake.api,
        "DATELINE_DISCORD_GATEWAY": fake.gateway,
        "DATELINE_GUILD_READY_TIMEOUT": "0.05",
        **more,
    }


async def test_it_answers_keeps_others_out_and_stops_gracefully(
    fake: FakeDiscord, data: Path, tmp_path: Path
) -> None:
    async with program(tmp_path, **env(fake, data)) as process:
        await fake.until(lambda: fake.sessions and fake.commands, 20)
        answer = await fake.answer_to(await fake.say(f"<@{BOT}> who opened the ferry terminal?"))
        assert "Lena Brandt** opened the new ferry terminal" in text_of(answer)
        first = await fake.answer_to(await fake.say("who opened the ferry terminal?", channel=DIRECT))
        assert text_of(first) == text_of(answer)
        async with program(tmp_path, **env(fake, data)) as second:
            status, log = await ending(second)
        assert status == 3 and str(process.pid) in log
        assert await fake.answer_to(await fake.say(f"<@{BOT}> who opened the ferry terminal?"))
        process.send_signal(signal.SIGTERM)
        status, log = await ending(process)
    assert status == 0 and TOKEN not in log and "Traceback" not in log and "ferry terminal" not in log


async def test_a_wrong_token_ends_it_with_advice(fake: FakeDiscord, data: Path, tmp_path: Path) -> None:
    async with program(tmp_path, **env(fake, data, DATELINE_TOKEN="wrong.token.value")) as process:
        status, log = await ending(process)
    assert status == 2 and "DATELINE_TOKEN" in log and "wrong.token" not in log and "Traceback" not in log


async def test_a_data_directory_that_cannot_be_written(fake: FakeDiscord, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    async with program(tmp_path, **env(fake, tmp_path / "file" / "data")) as process:
        status, log = await ending(process)
    assert status == 3 and "DATELINE_DATA_DIR" in log and "Traceback" not in log


async def test_the_articles_folder_is_read_again_on_a_signal(
    fake: FakeDiscord, data: Path, tmp_path: Path
) -> None:
    async with program(tmp_path, **env(fake, data, DATELINE_USER_QUESTIONS="0")) as process:
        await fake.until(lambda: fake.sessions and fake.commands, 20)
        (data / "articles" / "bridge.txt").write_text(
            "Bridge Reopens\n\nEngineer Ruth Okafor repaired the Elm Bridge in Ashford in May.\n"
        )
        process.send_signal(signal.SIGHUP)
        for _ in range(100):
            await asyncio.sleep(0.1)
            answer = await fake.answer_to(await fake.say(f"<@{BOT}> who repaired the Elm Bridge?"))
            if "Ruth Okafor" in text_of(answer):
                return
    raise AssertionError("the new article was not read")
