"""An interaction is answered within three seconds, or at least told within them that an answer is coming."""

from __future__ import annotations

import asyncio
import logging
from types import TracebackType
from typing import Any, Self

import discord

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 1.5
"""Half of the time that Discord gives (discord-api-docs, interactions/receiving-and-responding)."""


class Patience:
    """Shows "is thinking" where what is done inside takes long; afterwards `respond` says the result.

    `private` tells who will see the answer, since a deferred one cannot change that any more.
    """

    def __init__(
        self, interaction: discord.Interaction[Any], *, private: bool, seconds: float = PATIENCE_SECONDS
    ) -> None:
        self._interaction = interaction
        self._private = private
        self._seconds = seconds
        self._deferring = False
        self._timer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._timer = asyncio.create_task(self._wait(), name="patience")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._timer is not None
        if self._deferring:
            # An answer before the deferral has arrived would be the second one.
            await asyncio.wait({self._timer})
        else:
            self._timer.cancel()

    async def _wait(self) -> None:
        await asyncio.sleep(self._seconds)
        if self._interaction.response.is_done():
            return
        self._deferring = True
        try:
            await self._interaction.response.defer(ephemeral=self._private, thinking=True)
        except discord.HTTPException as error:
            log.info("an interaction could not be deferred: %s", error)


async def respond(interaction: discord.Interaction[Any], *, private: bool, **parts: Any) -> None:
    """Answer an interaction, which may be deferred."""
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=private, **parts)
    else:
        await interaction.response.send_message(ephemeral=private, **parts)
