"""Deleting everything that is kept of a server, after asking twice."""

from __future__ import annotations

from typing import Any

import discord

from bot.errors import Refusal, SafeModal
from bot.ui.limits import card, counted
from bot.ui.teaching import ManagedView

WORD = "DELETE"
DONE = (
    "Deleted for good: this server's articles, corrections, questions, votes and settings. "
    "I answer here as on the first day."
)


class ErasePanel(ManagedView):
    """Says what would go, and opens the form that lets it go."""

    async def embed(self) -> discord.Embed:
        """Count what there is."""
        base = self.bot.base
        own = sum(info.scope == self.scope for info in base.articles(self.scope))
        asked = (await base.stats(self.scope, base.limits.log_days or 1)).asked
        text = (
            f"- {counted(own, 'article')} of this server's own, and what was taught and corrected\n"
            f"- {counted(asked, 'logged question')} with their votes\n"
            "- all settings, the manager role too\n\n"
            "This cannot be undone. `/knowledge export` gives you the articles and corrections first."
        )
        return card(
            title="Delete everything that I keep of this server?", text=text, colour=discord.Colour(0xB3261E)
        )

    @discord.ui.button(label="Delete everything …", style=discord.ButtonStyle.danger)
    async def erase(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Ask for the word."""
        await interaction.response.send_modal(EraseForm(self))

    @discord.ui.button(label="Cancel")
    async def cancel(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Leave everything as it was."""
        await interaction.response.edit_message(content="Left as it was.", embed=None, view=None)
        self.stop()


class EraseForm(SafeModal, title="Delete everything of this server"):
    """Asks for a typed word."""

    word: discord.ui.TextInput[EraseForm] = discord.ui.TextInput(
        label=f"Type {WORD} to delete it for good", max_length=20, placeholder=WORD
    )

    def __init__(self, panel: ErasePanel) -> None:
        super().__init__()
        self._panel = panel

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Delete everything where the word is right."""
        scope = await self._panel.check(interaction)
        if self.word.value.strip().upper() != WORD:
            raise Refusal(f"Nothing was deleted: the word was not {WORD}.")
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self._panel.bot.working():
            await self._panel.bot.forget_scope(scope)
        self._panel.stop()
        await interaction.followup.send(DONE, ephemeral=True)
