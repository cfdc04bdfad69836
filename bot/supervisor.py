"""Keeps a bot running.

Starts it anew after a failure that may pass, gives up on one that a person must mend.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final

import aiohttp
import discord

from bot import health
from bot.client import Dateline
from bot.settings import Settings

log = logging.getLogger(__name__)

WRONG_INPUT: Final = 2
FAILED: Final = 3
FIRST_WAIT, LAST_WAIT = 1.0, 60.0
STEADY_SECONDS = 120.0

# Gateway close codes after which a new attempt cannot succeed (discord-api-docs, topics/opcodes-and-status-
# codes).
_HOPELESS = {
    4004: "Discord refused the token: check DATELINE_TOKEN (developer portal, Bot, Reset Token).",
    4010: "Discord refused the shard.",
    4011: "The bot is in too many servers for one connection: set DATELINE_SHARDED=true.",
    4012: "Discord no longer speaks this version of the gateway: upgrade Dateline.",
    4013: "Discord refused the intents.",
    4014: "Discord refused the message-content intent: switch it on in the developer portal (Bot, Privileged "
    "Gateway Intents), or set DATELINE_MESSAGE_CONTENT=false.",
}


def hopeless(error: BaseException) -> str | None:
    """Return what a person must mend before a new attempt makes sense; None where it may pass by itself."""
    if isinstance(error, discord.LoginFailure):
        return _HOPELESS[4004]
    if isinstance(error, discord.PrivilegedIntentsRequired):
        return _HOPELESS[4014]
    if isinstance(error, discord.ConnectionClosed):
        return _HOPELESS.get(error.code)
    return None


async def run(
    make: Callable[[], Dateline], settings: Settings, stop: asyncio.Event, *, first_wait: float = FIRST_WAIT
) -> int:
    """Run bots, one after the other, until told to stop; return the exit status.

    0 after a stop, 2 where a setting is at fault. A refused connection, a dead gateway and a crash lead to a
    new bot, after a wait that doubles up to a minute and starts over once a bot has run steadily.
    """
    wait = first_wait
    while not stop.is_set():
        started = time.monotonic()
        bot = make()
        try:
            await _run_once(bot, settings, stop)
        except Exception as error:
            if (advice := hopeless(error)) is not None:
                log.error("%s", advice)
                return WRONG_INPUT
            if time.monotonic() - started > STEADY_SECONDS:
                wait = first_wait
            log.error("the connection to Discord failed (%s), next try in %.0f s", _name(error), wait)
            bot.metrics.event("restarted")
        if stop.is_set():
            break
        try:
            await asyncio.wait_for(stop.wait(), wait)
        except TimeoutError:
            wait = min(wait * 2, LAST_WAIT)
    return 0


def _name(error: BaseException) -> str:
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"{error.host}:{error.port} cannot be reached: {error.os_error.strerror or error.os_error}"
    # discord.py fails with this AttributeError when its very first connection is refused.
    if isinstance(error, AttributeError) and "sequence" in str(error):
        return "the gateway refused the first connection"
    return f"{type(error).__name__}: {error}"


async def _run_once(bot: Dateline, settings: Settings, stop: asyncio.Event) -> None:
    """Run one bot until it fails, its gateway dies, or a stop is asked for; it is closed in any case."""
    assert settings.token is not None
    tasks = [
        asyncio.create_task(bot.start(settings.token.get_secret_value()), name="bot"),
        asyncio.create_task(stop.wait(), name="stop"),
        asyncio.create_task(
            health.watch(bot, settings.data_dir / health.FILE, settings.gateway_timeout), name="watch"
        ),
    ]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        if tasks[1] not in done:
            for task in done:
                task.result()
            raise ConnectionError("the connection ended")
    finally:
        await _close(bot)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _close(bot: Dateline) -> None:
    try:
        async with asyncio.timeout(15):
            await bot.close()
    except Exception as error:
        log.warning("the bot did not close cleanly: %s", _name(error))
