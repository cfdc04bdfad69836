"""The wire below discord.py: which Discord it speaks to, and patience where the library has none."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from contextlib import AbstractAsyncContextManager
from typing import Any
from weakref import WeakValueDictionary

import discord
import yarl
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route

from bot.settings import Settings

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Messages under way at once: as many as Discord takes a second in all."""
TRIES = 4
LONGEST_WAIT = 10.0
"""Seconds; a longer 429 is a ban, and knocking on only makes it longer."""


def point_at(settings: Settings) -> None:
    """Point discord.py at another Discord where the settings name one."""
    if settings.discord_api is not None:
        Route.BASE = settings.discord_api
    if settings.discord_gateway is not None:
        DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(settings.discord_gateway)


async def find_gateway(http: HTTPClient, settings: Settings) -> None:
    """Ask another Discord for its gateway where the settings name its API alone."""
    if settings.discord_api is None or settings.discord_gateway is not None:
        return
    for path in ("/gateway/bot", "/gateway"):
        try:
            found = await http.request(Route("GET", path))
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(str(found["url"]))
        except (discord.HTTPException, KeyError, TypeError, ValueError) as error:
            log.info("%s%s names no gateway: %s", settings.discord_api, path, error)
        else:
            return
    log.warning("%s names no gateway: set DATELINE_DISCORD_GATEWAY", settings.discord_api)


def be_patient(http: HTTPClient) -> None:
    """Let messages go out one after the other in a channel and not too many at once, and wait at every 429.

    discord.py sends all of a burst at once, has each message refused up to five times, and gives up at a 429
    without a Via header; 10 000 refused requests in ten minutes are a ban (discord-api-docs, rate limits).
    """
    request = http.request
    slots = asyncio.Semaphore(AT_ONCE)
    # channel's path: who sends there
    lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def in_turn(route: Route, **kwargs: Any) -> Any:
        if route.method != "POST" or not route.path.endswith("/messages"):
            return await patiently(contextlib.nullcontext(), route, **kwargs)
        lane = lanes.get(route.url)
        if lane is None:
            lane = lanes[route.url] = asyncio.Lock()
        async with lane:
            return await patiently(slots, route, **kwargs)

    # A slot is held while a request is under way, not while it waits: a slow channel must not stop others.
    async def patiently(slot: AbstractAsyncContextManager[Any], route: Route, **kwargs: Any) -> Any:
        for tries in range(1, TRIES + 1):
            try:
                async with slot:
                    return await request(route, **kwargs)
            except discord.HTTPException as error:
                wait = _wait_of(error)
                if error.status != 429 or wait > LONGEST_WAIT or tries == TRIES:
                    raise
                log.warning("%s %s: rate limited, next try in %.2f s", route.method, route.path, wait)
                await asyncio.sleep(wait)
                for file in kwargs.get("files") or ():
                    file.reset()

    http.request = in_turn  # type: ignore[method-assign]


def _wait_of(error: discord.HTTPException) -> float:
    """Return how many seconds the server asks to wait, one where it does not say."""
    headers = error.response.headers
    for name in ("Retry-After", "X-RateLimit-Reset-After"):
        try:
            return max(0.0, float(headers[name]))
        except (KeyError, ValueError):
            continue
    return 1.0
