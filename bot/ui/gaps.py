"""The panel of unanswered questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.ui.answers import answer_card
from bot.ui.limits import MAX_OPTIONS, card, counted, option, pages, plain
from bot.ui.teaching import Check, ManagedView, TeachPanel
from knowledge.model import Question
from knowledge.records import Gap

if TYPE_CHECKING:
    from bot.client import Dateline


class GapPanel(ManagedView):
    """Lists the open questions of a server; one can be chosen, taught, asked again, or dismissed."""

    def __init__(self, bot: Dateline, scope: int, check: Check, *, owner: int) -> None:
        super().__init__(bot, scope, check, owner=owner)
        self.gaps: tuple[Gap, ...] = ()
        self._chosen: Gap | None = None

    async def fill(self) -> None:
        """Read the open questions."""
        self.gaps = (await self.bot.base.gaps(self.scope, MAX_OPTIONS))[:MAX_OPTIONS]
        known = {gap.id for gap in self.gaps}
        if self._chosen is not None and self._chosen.id not in known:
            self._chosen = None
        self.choose.options = [
            option(
                gap.text or "(deleted)",
                str(gap.id),
                f"asked {counted(gap.count, 'time')}",
                chosen=gap == self._chosen,
            )
            for gap in self.gaps
        ] or [option("none", "0")]
        self.teach.disabled = self.again.disabled = self.dismiss.disabled = self._chosen is None

    def embed(self) -> discord.Embed:
        """List the questions."""
        lines = [
            f"- {plain(g.text)} · {counted(g.count, 'time')}, last <t:{int(g.last.timestamp())}:R>"
            for g in self.gaps
        ]
        laid = pages(lines, 3500) or ["Every question so far could be answered."]
        return card(title="Questions that I could not answer", text=laid[0])

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="Choose a question")
    async def choose(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Choose a question."""
        self._chosen = next((g for g in self.gaps if str(g.id) == select.values[0]), None)
        await self._redraw(interaction)

    @discord.ui.button(label="Teach", style=discord.ButtonStyle.success, disabled=True)
    async def teach(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Open the panel that teaches the answer."""
        if self._chosen is None or self.owner is None:
            return
        panel = TeachPanel(
            self.bot,
            self.scope,
            self.check,
            owner=self.owner,
            question=self._chosen.text,
            article=self._chosen.article,
        )
        await panel.fill()
        await interaction.response.send_message(embed=panel.embed(), view=panel, ephemeral=True)

    @discord.ui.button(label="Ask again", disabled=True)
    async def again(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Show what the question is answered with now."""
        if self._chosen is None:
            return
        answer = self.bot.base.ask(Question(text=self._chosen.text, scope=self.scope))
        await interaction.response.send_message(embed=answer_card(answer), ephemeral=True)

    @discord.ui.button(label="Dismiss", style=discord.ButtonStyle.danger, disabled=True)
    async def dismiss(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Close the question without an answer."""
        if self._chosen is not None:
            await self.bot.base.dismiss(self._chosen)
        await self._redraw(interaction)

    async def _redraw(self, interaction: discord.Interaction[Any]) -> None:
        await self.fill()
        await interaction.response.edit_message(embed=self.embed(), view=self if self.gaps else None)
