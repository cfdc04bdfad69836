"""Pages to leaf through, confirmations, and other small panels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import discord

from bot.errors import SafeView
from bot.patience import respond

Confirmed = Callable[[discord.Interaction[Any]], Awaitable[None]]


class Pages(SafeView):
    """A message with several pages and two buttons."""

    def __init__(self, embeds: Sequence[discord.Embed], *, owner: int) -> None:
        super().__init__(owner=owner)
        self._embeds = embeds
        self._at = 0
        self._mark()

    def _mark(self) -> None:
        self.back.disabled = self._at == 0
        self.forth.disabled = self._at == len(self._embeds) - 1
        self.where.label = f"{self._at + 1} / {len(self._embeds)}"

    async def _turn(self, interaction: discord.Interaction[Any], by: int) -> None:
        self._at = max(0, min(len(self._embeds) - 1, self._at + by))
        self._mark()
        await interaction.response.edit_message(embed=self._embeds[self._at], view=self)

    @discord.ui.button(label="◀")
    async def back(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Turn back."""
        await self._turn(interaction, -1)

    @discord.ui.button(label="1", disabled=True)
    async def where(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Show where one is; never pressed."""

    @discord.ui.button(label="▶")
    async def forth(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Turn on."""
        await self._turn(interaction, 1)


class Confirm(SafeView):
    """A question whether to go on; `confirmed` runs at most once and answers the click itself."""

    def __init__(self, confirmed: Confirmed, *, owner: int, label: str, danger: bool = False) -> None:
        super().__init__(owner=owner)
        self._confirmed = confirmed
        self._used = False
        self.go.label = label
        self.go.style = discord.ButtonStyle.danger if danger else discord.ButtonStyle.success

    @discord.ui.button(label="Go")
    async def go(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Go on."""
        if self._used:
            await interaction.response.defer()
            return
        self._used = True
        await self._confirmed(interaction)
        self.stop()

    @discord.ui.button(label="Cancel")
    async def cancel(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Leave everything as it was."""
        self._used = True
        await interaction.response.edit_message(content="Left as it was.", embed=None, view=None)
        self.stop()


async def show(
    interaction: discord.Interaction[Any], embeds: Sequence[discord.Embed], *, private: bool = True
) -> None:
    """Show one page, or several with buttons to turn them; the interaction may be deferred."""
    parts: dict[str, Any] = {"embed": embeds[0]}
    if len(embeds) > 1:
        parts["view"] = Pages(embeds, owner=interaction.user.id)
    await respond(interaction, private=private, **parts)
