"""Telling Discord the commands: only when they changed, in the background, again after a failure."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)

FIRST_RETRY, LAST_RETRY = 5.0, 900.0


def fingerprint(payload: Sequence[dict[str, Any]], application: int, api: str) -> str:
    """Return a hash of the commands as they are sent, for one application on one API."""
    text = json.dumps([application, api, payload], sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


class CommandSync:
    """Keeps Discord's copy of the commands the same as ours.

    `state` is the file that remembers the last one sent.
    """

    def __init__(self, bot: Dateline, state: Path, *, first_retry: float = FIRST_RETRY) -> None:
        self._bot = bot
        self._state = state
        self._first_retry = first_retry

    async def run(self) -> None:
        """Send the commands where they changed, trying again after each failure."""
        wait = self._first_retry
        while True:
            try:
                await self.once()
                return
            except Exception as error:
                known = isinstance(error, discord.DiscordException | OSError | TimeoutError)
                log.error(
                    "the commands could not be synced, next try in %.0f s; everything else works: %s",
                    wait,
                    error,
                    exc_info=None if known else error,
                )
                self._bot.metrics.event("sync_failed")
            await asyncio.sleep(wait)
            wait = min(wait * 2, LAST_RETRY)

    async def once(self) -> bool:
        """Send the commands unless Discord has exactly these; return whether they were sent."""
        tree = self._bot.tree
        payload = [command.to_dict(tree) for command in tree.get_commands()]
        application = self._bot.application_id
        assert application is not None
        mark = fingerprint(payload, application, discord.http.Route.BASE)
        if await asyncio.to_thread(self._read) == mark and await self._still_there(payload):
            log.info("the %d commands are unchanged", len(payload))
            return False
        sent = await tree.sync()
        await asyncio.to_thread(self._write, mark)
        log.info("%d commands synced", len(sent))
        return True

    async def _still_there(self, payload: Sequence[dict[str, Any]]) -> bool:
        """Tell whether Discord still knows commands of these names.

        Another program may have replaced them.
        """
        try:
            known = await self._bot.http.get_global_commands(self._bot.application_id or 0)
        except discord.HTTPException:
            return False
        return {(c.get("type", 1), c["name"]) for c in known} == {
            (c.get("type", 1), c["name"]) for c in payload
        }

    def _read(self) -> str:
        try:
            return self._state.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _write(self, mark: str) -> None:
        temporary = self._state.with_suffix(".tmp")
        temporary.write_text(mark, encoding="ascii")
        os.replace(temporary, self._state)
