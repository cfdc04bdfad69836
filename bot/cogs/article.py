"""Browsing what the articles say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord.ext import commands

if TYPE_CHECKING:
    from bot.client import Dateline


class Browse(commands.Cog):
    """Looking around in the articles."""

    def __init__(self, bot: Dateline) -> None:
        self.bot = bot


async def setup(bot: Dateline) -> None:
    """Add the cog."""
    await bot.add_cog(Browse(bot))
