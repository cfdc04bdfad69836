"""Whether the bot is well.

A file for process managers, an endpoint for monitors, a watch over the gateway.
"""

from __future__ import annotations

import asyncio
import json
import logging
import math
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from aiohttp import web

from bot.metrics import Metrics

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)

BEAT_SECONDS = 15.0
FRESH_SECONDS = 60.0
FILE = "health.json"


class GatewayDead(Exception):
    """The gateway has given no sign of life for too long."""


async def watch(bot: Dateline, file: Path, patience: float, *, beat: float = BEAT_SECONDS) -> None:
    """Write the health file at every beat.

    Raise GatewayDead after so many seconds without a working gateway.
    """
    alive = time.monotonic()
    while True:
        if gateway_works(bot):
            alive = time.monotonic()
        elif time.monotonic() - alive > patience:
            raise GatewayDead(f"no working gateway connection for {patience:.0f} s")
        try:
            await asyncio.to_thread(_write, file, gateway_works(bot), bot.latency)
        except OSError as error:
            log.warning("the health file cannot be written: %s", error)
        await asyncio.sleep(beat)


def gateway_works(bot: Dateline) -> bool:
    """Tell whether the bot is connected and its heartbeats are answered."""
    return (
        bot.is_ready() and not bot.is_closed() and math.isfinite(bot.latency) and not bot.is_ws_ratelimited()
    )


def _write(file: Path, well: bool, latency: float) -> None:
    temporary = file.with_suffix(".tmp")
    line = {"well": well, "at": time.time(), "pid": os.getpid()}
    if math.isfinite(latency):
        line["latency"] = round(latency, 4)
    temporary.write_text(json.dumps(line), encoding="ascii")
    os.replace(temporary, file)


def check(file: Path) -> tuple[bool, str]:
    """Tell from the health file whether a bot is well, and why not."""
    try:
        line = json.loads(file.read_text(encoding="ascii"))
        age, well = time.time() - float(line["at"]), bool(line["well"])
    except (OSError, ValueError, KeyError, TypeError):
        return False, "no bot has run on this data directory"
    if age > FRESH_SECONDS:
        return False, f"the last sign of life is {age:.0f} s old"
    return well, "connected" if well else "not connected to Discord"


async def serve(metrics: Metrics, file: Path, host: str, port: int) -> tuple[web.AppRunner, int]:
    """Serve /metrics and /healthz; return the runner, to be cleaned up, and the port. Raises OSError."""

    async def show_metrics(_: web.Request) -> web.Response:
        return web.Response(
            text=metrics.text(), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}
        )

    async def show_health(_: web.Request) -> web.Response:
        well, reason = await asyncio.to_thread(check, file)
        return web.json_response({"well": well, "reason": reason}, status=200 if well else 503)

    app = web.Application()
    app.router.add_get("/metrics", show_metrics)
    app.router.add_get("/healthz", show_health)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, host, port)
    await site.start()
    address = runner.addresses[0]
    return runner, int(address[1])
