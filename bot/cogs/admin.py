"""/knowledge: what moderators do with a server's articles, questions and settings."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import time
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.ask import article_named, article_rows
from bot.errors import Refusal, RefusedCommand, SafeModal, completing
from bot.patience import Patience, respond
from bot.ui import chart
from bot.ui import pages as panels
from bot.ui.erasing import ErasePanel
from bot.ui.gaps import GapPanel
from bot.ui.limits import Limit, fit, plain
from bot.ui.pages import Confirm
from bot.ui.reports import add_card, list_cards, reload_card, stats_card
from bot.ui.settings import SettingsPanel
from bot.ui.teaching import FactPanel
from knowledge.errors import BadArticle
from knowledge.records import Step

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)

PROGRESS_SECONDS = 1.5
Rows = list[tuple[str, str]]


async def check_manager(interaction: discord.Interaction[Any]) -> int:
    """Return the server that the person may manage; raise RefusedCommand in words for everybody else.

    Manage Server counts, and the role that the server's settings name. Checked at every subcommand,
    autocomplete and button, since Discord's own command permissions can be changed by a server.
    """
    bot: Dateline = interaction.client
    scope = bot.scope_of(interaction)
    if scope is None:
        raise RefusedCommand("A server's articles are managed in that server, and only where I am a member.")
    permissions = interaction.permissions
    member = interaction.user
    if isinstance(member, discord.Member) and member.resolved_permissions is None and bot.get_guild(scope):
        permissions = member.guild_permissions
    if permissions.manage_guild or permissions.administrator:
        return scope
    role = (await bot.preferences.server(scope)).manager_role
    if role is not None and role in getattr(interaction.user, "_roles", ()):
        return scope
    raise RefusedCommand("Only people with the permission Manage Server, or the manager role, can do this.")


class ShownProgress:
    """Shows how far long work has come in a deferred answer, not too often, and its result at the end."""

    def __init__(self, interaction: discord.Interaction[Any]) -> None:
        self._interaction = interaction
        self._last = time.monotonic()
        self._edit: asyncio.Task[None] | None = None

    def __call__(self, step: Step) -> None:
        """Show a step unless one was shown a moment ago."""
        if time.monotonic() - self._last < PROGRESS_SECONDS or (self._edit and not self._edit.done()):
            return
        self._last = time.monotonic()
        text = f"Reading: {step.done} of {step.total} {plain(step.what)}"
        self._edit = asyncio.create_task(self._show(fit(text, Limit.CONTENT)))

    async def _show(self, text: str) -> None:
        try:
            await self._interaction.edit_original_response(content=text)
        except discord.HTTPException as error:
            log.info("progress could not be shown: %s", error)

    async def end(self, result: discord.Embed) -> None:
        """Show the result in place of the progress."""
        if self._edit is not None:
            await self._edit
        await self._interaction.edit_original_response(content=None, embed=result)


class PasteForm(SafeModal, title="Add an article"):
    """A form for pasted text."""

    headline: discord.ui.TextInput[PasteForm] = discord.ui.TextInput(label="Title", max_length=200)
    source: discord.ui.TextInput[PasteForm] = discord.ui.TextInput(
        label="Source", required=False, max_length=200, placeholder="Who published it"
    )
    url: discord.ui.TextInput[PasteForm] = discord.ui.TextInput(
        label="Link", required=False, max_length=500, placeholder="https://…"
    )
    text: discord.ui.TextInput[PasteForm] = discord.ui.TextInput(
        label="Text, paragraphs apart", style=discord.TextStyle.paragraph, max_length=Limit.TEXT_INPUT
    )

    def __init__(self, cog: Knowledge) -> None:
        super().__init__()
        self._cog = cog

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        """Read the text and show what was found, before it goes live."""
        scope = await check_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        text = f"{self.headline.value}\n\n{self.text.value}\n"
        said = {"title": self.headline.value, "source": self.source.value, "url": self.url.value}
        await self._cog.preview(
            interaction, scope, text.encode(), f"{self.headline.value}.txt", companion(said)
        )


def companion(said: dict[str, str]) -> bytes:
    """Return an article's companion file: TOML, whose basic strings JSON's are (https://toml.io/en/v1.0.0)."""
    lines = [f"{key} = {json.dumps(' '.join(value.split()))}" for key, value in said.items() if value.strip()]
    return "\n".join(lines).encode()


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
        shown = ShownProgress(interaction)
        with self.bot.working():
            report = await self.bot.base.reload(shown)
        await shown.end(reload_card(report))

    @app_commands.command(name="add", description="Add an article to this server")
    @app_commands.describe(
        file="A text, Markdown or HTML file, or an exported archive; without one, paste a text",
    )
    async def add(
        self, interaction: discord.Interaction[Dateline], file: discord.Attachment | None = None
    ) -> None:
        """Read an article and show what was found, before it goes live."""
        if file is None:
            await interaction.response.send_modal(PasteForm(self))
            return
        scope = await check_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        limit = self.bot.base.limits.article_bytes
        archive = file.filename.lower().endswith(".zip")
        if file.size > (limit * 20 if archive else limit):
            raise BadArticle(
                f"larger than the {limit:,} bytes that an article may have", file=plain(file.filename)
            )
        data = await file.read()
        if archive:
            shown = ShownProgress(interaction)
            with self.bot.working():
                report = await self.bot.base.add_archive(data, scope=scope, progress=shown)
            await shown.end(reload_card(report, "Added"))
            return
        await self.preview(interaction, scope, data, file.filename, b"")

    async def preview(
        self, interaction: discord.Interaction[Any], scope: int, data: bytes, name: str, notes: bytes
    ) -> None:
        """Show what reading a text finds, with a button that adds it; the interaction is deferred."""
        with self.bot.working():
            found = await self.bot.base.add(data, name=name, scope=scope, notes=notes, preview=True)

        async def publish(click: discord.Interaction[Any]) -> None:
            await check_manager(click)
            await click.response.defer()
            with self.bot.working():
                added = await self.bot.base.add(data, name=name, scope=scope, notes=notes)
            text = f"**{plain(added.info.title)}** is live: {added.info.facts} facts."
            await click.edit_original_response(content=fit(text, Limit.CONTENT), embed=None, view=None)

        view = Confirm(publish, owner=interaction.user.id, label="Put it live")
        await interaction.followup.send(embed=add_card(found), view=view, ephemeral=True)

    @app_commands.command(name="remove", description="Remove an article of this server")
    @app_commands.describe(article="Which article")
    async def remove(self, interaction: discord.Interaction[Dateline], article: str) -> None:
        """Remove an article after asking whether to."""
        scope = await check_manager(interaction)
        info = self.bot.base.article(article_named(self.bot, scope, article), scope)
        if info.scope is None:
            raise Refusal("That article belongs to the whole installation; only my operator can remove it.")

        async def go(click: discord.Interaction[Any]) -> None:
            await check_manager(click)
            report = await self.bot.base.remove(info.key, scope)
            text = fit(f"Removed: {plain(report.title or report.key)}", Limit.CONTENT)
            await click.response.edit_message(content=text, embed=None, view=None)

        name = plain(fit(info.title or info.key, 200))
        text = f"Remove **{name}** with its {info.facts} facts? This takes effect at once."
        view = Confirm(go, owner=interaction.user.id, label="Remove", danger=True)
        await interaction.response.send_message(content=text, view=view, ephemeral=True)

    @app_commands.command(name="list", description="The articles that can be asked here")
    async def list(self, interaction: discord.Interaction[Dateline]) -> None:
        """List articles."""
        scope = await check_manager(interaction)
        await panels.show(interaction, list_cards(self.bot.base.articles(scope)))

    @app_commands.command(name="show", description="Every fact of an article, to be corrected or removed")
    @app_commands.describe(article="Which article", search="Only facts whose sentence holds these words")
    async def show(self, interaction: discord.Interaction[Dateline], article: str, search: str = "") -> None:
        """Show an article's facts."""
        scope = await check_manager(interaction)
        key = article_named(self.bot, scope, article)
        panel = FactPanel(
            self.bot, scope, check_manager, owner=interaction.user.id, article=key, search=search
        )
        async with Patience(interaction, private=True):
            await panel.fill()
        await respond(interaction, private=True, embed=panel.embed(), view=panel)

    @app_commands.command(name="gaps", description="Questions that I could not answer")
    async def gaps(self, interaction: discord.Interaction[Dateline]) -> None:
        """Show unanswered questions, most frequent first, to be dismissed or asked again."""
        scope = await check_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        panel = GapPanel(self.bot, scope, check_manager, owner=interaction.user.id)
        await panel.fill()
        if panel.gaps:
            await interaction.followup.send(embed=panel.embed(), view=panel, ephemeral=True)
        else:
            await interaction.followup.send(embed=panel.embed(), ephemeral=True)

    @app_commands.command(name="settings", description="Where and how I answer in this server")
    async def settings(self, interaction: discord.Interaction[Dateline]) -> None:
        """Show the panel of settings."""
        scope = await check_manager(interaction)
        panel = SettingsPanel(self.bot, scope, interaction, check_manager)
        await panel.fill()
        await interaction.response.send_message(embed=panel.embed(), view=panel, ephemeral=True)

    @app_commands.command(name="stats", description="How the questions of the last days went")
    @app_commands.describe(days="How many days")
    async def stats(
        self, interaction: discord.Interaction[Dateline], days: app_commands.Range[int, 1, 365] = 30
    ) -> None:
        """Show counts and a small chart."""
        scope = await check_manager(interaction)
        stats = await self.bot.base.stats(scope, days)
        if not stats.days:
            await interaction.response.send_message(embed=stats_card(stats, days), ephemeral=True)
            return
        bars = chart.bars_of(stats.days, discord.utils.utcnow().date(), days)
        picture = io.BytesIO(await asyncio.to_thread(chart.draw, bars))
        file = discord.File(picture, chart.FILE, description=chart.describe(bars))
        embed = stats_card(stats, days, chart.FILE)
        await interaction.response.send_message(embed=embed, file=file, ephemeral=True)

    @app_commands.command(
        name="export", description="This server's articles, or its open questions, as a file"
    )
    @app_commands.choices(
        what=[
            app_commands.Choice(name="articles and corrections (can be added again)", value="articles"),
            app_commands.Choice(name="unanswered questions (JSON)", value="gaps"),
        ]
    )
    async def export(
        self, interaction: discord.Interaction[Dateline], what: app_commands.Choice[str] | None = None
    ) -> None:
        """Send a file."""
        scope = await check_manager(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
        if what is not None and what.value == "gaps":
            gaps = await self.bot.base.gaps(scope, 1000)
            data = json.dumps(
                [g.model_dump(mode="json") for g in gaps], ensure_ascii=False, indent=1
            ).encode()
            name = "questions.json"
        else:
            data, name = await self.bot.base.export(scope), "articles.zip"
        if len(data) > interaction.filesize_limit:
            raise Refusal("The file is larger than Discord lets me send here; my operator can export it.")
        await interaction.followup.send(file=discord.File(io.BytesIO(data), name), ephemeral=True)

    @app_commands.command(name="erase", description="Delete everything that I keep of this server")
    async def erase(self, interaction: discord.Interaction[Dateline]) -> None:
        """Say what there is, and delete all of it after asking twice."""
        scope = await check_manager(interaction)
        panel = ErasePanel(self.bot, scope, check_manager, owner=interaction.user.id)
        embed = await panel.embed()
        await interaction.response.send_message(embed=embed, view=panel, ephemeral=True)

    @remove.autocomplete("article")
    @completing
    async def _own(self, interaction: discord.Interaction[Dateline], current: str) -> Rows:
        scope = await check_manager(interaction)
        own = {info.key for info in self.bot.base.articles(scope) if info.scope == scope}
        return [row for row in article_rows(self.bot, interaction, current) if row[1] in own]

    @show.autocomplete("article")
    @completing
    async def _all(self, interaction: discord.Interaction[Dateline], current: str) -> Rows:
        await check_manager(interaction)
        return article_rows(self.bot, interaction, current)


async def setup(bot: Dateline) -> None:
    """Add the cog."""
    await bot.add_cog(Knowledge(bot))
