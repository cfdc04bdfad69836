"""/knowledge: what moderators do with a server's articles."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import RefusedCommand
from bot.ui.limits import card, fit, plain
from knowledge.records import ArticleReport, Outcome, ReloadReport

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)


async def check_manager(interaction: discord.Interaction[Dateline]) -> int:
    """Return the server that the person may manage; raise RefusedCommand in words for everybody else.

    Manage Server counts, and the role that the server's settings name. Checked at every subcommand,
    autocomplete and button, since Discord's own command permissions can be changed by a server.
    """
    bot = interaction.client
    scope = bot.scope_of(interaction)
    if scope is None:
        raise RefusedCommand("A server's articles are managed in that server, and only where I am a member.")
    permissions = interaction.permissions
    if permissions.manage_guild or permissions.administrator:
        return scope
    role = (await bot.preferences.server(scope)).manager_role
    held = getattr(interaction.user, "_roles", ())
    if role is not None and role in held:
        return scope
    raise RefusedCommand("Only people with the permission Manage Server, or the manager role, can do this.")


class Knowledge(
    commands.GroupCog, group_name="knowledge", group_description="Manage what I know in this server"
):
    """Moderators' commands; each checks its user itself."""

    def __init__(self, bot: Dateline) -> None:
        self.bot = bot

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody who may not manage the server's knowledge."""
        await check_manager(interaction)
        return True

    @app_commands.command(name="reload", description="Read changed article files again")
    async def reload(self, interaction: discord.Interaction[Dateline]) -> None:
        """Reload the installation's articles and report what changed."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        with self.bot.working():
            report = await self.bot.base.reload()
        await interaction.followup.send(embed=reload_card(report), ephemeral=True)


def reload_card(report: ReloadReport) -> discord.Embed:
    """Show what a reload did."""
    fields = []
    for outcome in (Outcome.ADDED, Outcome.CHANGED, Outcome.REMOVED, Outcome.FAILED):
        if found := report.of(outcome):
            fields.append(
                (f"{outcome.value.capitalize()} ({len(found)})", "\n".join(map(report_line, found)))
            )
    aside = [str(fault) for article in report.articles for fault in article.set_aside]
    if aside:
        fields.append(("Corrections set aside", "\n".join(f"- {plain(line)}" for line in aside)))
    unchanged = len(report.of(Outcome.UNCHANGED))
    text = f"{unchanged} unchanged, {report.seconds:.1f} s."
    if report.gaps_closed:
        text += f" {report.gaps_closed} open questions can be answered now."
    failed = bool(report.of(Outcome.FAILED))
    return card(title="Reloaded, with faults" if failed else "Reloaded", text=text, fields=fields)


def report_line(article: ArticleReport) -> str:
    """Describe in one line what happened to an article."""
    name = plain(fit(article.title or article.key, 120))
    if article.fault is not None:
        return f"- {name}: {plain(fit(str(article.fault), 300))}"
    if article.outcome is Outcome.REMOVED:
        return f"- {name}"
    changes = f"+{article.facts_added} ~{article.facts_changed} -{article.facts_removed}"
    return f"- {name}: {article.facts} facts ({changes}), {article.seconds:.1f} s"


async def setup(bot: Dateline) -> None:
    """Add the cog."""
    await bot.add_cog(Knowledge(bot))
