"""When Python looks for cyclic garbage, and how often threads take turns: never so that people wait.

A full collection holds the event loop for as long as it takes to look at every object: 150 ms right after an
article of 3 000 words was read. So there are none by themselves, only in quiet moments.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import time
from collections.abc import Callable

log = logging.getLogger(__name__)

TURN_SECONDS = 0.0005
"""How long a thread that prepares an article keeps the event loop waiting, each time that the loop waits for
it: at the default of 5 ms a turn of the loop with twenty requests waits 100 ms."""
NEVER = 1_000_000_000
LOOK_SECONDS = 30.0
SWEEP_SECONDS = 600.0
LATEST_SECONDS = 6 * 3600.0


def settle() -> None:
    """Leave what was loaded at the start alone for ever, and make full collections a matter for `sweep`."""
    sys.setswitchinterval(TURN_SECONDS)
    gc.collect()
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, NEVER)


async def sweep(quiet: Callable[[], bool], *, look: float = LOOK_SECONDS) -> None:
    """Collect garbage every ten minutes in a quiet moment; after six hours without one, all the same."""
    swept = time.monotonic()
    while True:
        await asyncio.sleep(look)
        since = time.monotonic() - swept
        if (since >= SWEEP_SECONDS and quiet()) or since >= LATEST_SECONDS:
            started = time.perf_counter()
            found = gc.collect()
            log.debug("%d objects collected in %.0f ms", found, (time.perf_counter() - started) * 1000)
            swept = time.monotonic()
