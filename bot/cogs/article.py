"""Browsing: /article, /facts, /who, /quotes, /timeline, /map, /help and /privacy."""

from __future__ import annotations

import asyncio
import io
from typing import TYPE_CHECKING, Any, TypeVar

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs.ask import article_named, article_rows
from bot.errors import Refusal, completing
from bot.patience import Patience, respond
from bot.preferences import channels_of
from bot.ui.limits import card, counted, fit, pages, plain
from bot.ui.map import FILE, draw, links_of, map_card
from bot.ui.pages import Confirm, show
from bot.ui.readings import (
    entity_card,
    fact_pages,
    filtered,
    find_entity,
    named,
    overview,
    quote_pages,
    timeline_pages,
)
from bot.ui.welcome import NO_ARTICLE, examples
from knowledge.model import Entity, Reading
from knowledge.records import ArticleInfo

if TYPE_CHECKING:
    from bot.client import Dateline

ARTICLE = "Which article; the channel's own, or the first, where you choose none"
CACHED = 16


Offered = TypeVar("Offered", bound=app_commands.Command[Any, ..., Any])


def everywhere(command: Offered) -> Offered:
    """Offer a command in servers, in private and to those who installed the bot for themselves."""
    command = app_commands.allowed_installs(guilds=True, users=True)(command)
    return app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)(command)


class Browse(commands.Cog):
    """Looking around in the articles, help, and one's own data."""

    def __init__(self, bot: Dateline) -> None:
        self.bot = bot
        # (scope, key): the article as it was listed, and its reading
        self._readings: dict[tuple[int | None, str], tuple[ArticleInfo, Reading]] = {}

    async def _info(self, interaction: discord.Interaction[Any], key: str | None) -> ArticleInfo:
        scope = self.bot.scope_of(interaction)
        chosen = await self.bot.preferences.channel(scope, channels_of(interaction.channel))
        there = {info.key: info for info in self.bot.base.articles(scope)}
        if key is not None:
            return there[article_named(self.bot, scope, key)]
        for wanted in chosen.articles:
            if wanted in there:
                return there[wanted]
        if not there:
            raise Refusal(NO_ARTICLE)
        return next(iter(there.values()))

    async def _reading(self, interaction: discord.Interaction[Any], key: str | None) -> Reading:
        scope, info = self.bot.scope_of(interaction), await self._info(interaction, key)
        known = self._readings.get((scope, info.key))
        if known is not None and known[0] == info:
            return known[1]
        reading = await self.bot.base.reading(info.key, scope)
        self._readings[scope, info.key] = (info, reading)
        while len(self._readings) > CACHED:
            del self._readings[next(iter(self._readings))]
        return reading

    async def _open(
        self, interaction: discord.Interaction[Any], key: str | None, *, private: bool
    ) -> Reading:
        """Return the reading that a command is about; the command may be deferred afterwards."""
        async with Patience(interaction, private=private):
            await self.bot.check_pace(interaction)
            return await self._reading(interaction, key)

    async def _entity(self, interaction: discord.Interaction[Any], reading: Reading, name: str) -> Entity:
        found = find_entity(reading, name)
        if found is None:
            known = ", ".join(plain(e.name) for e in named(reading)[:8])
            raise Refusal(fit(f"The article names nobody like that. It names: {known}", 1500))
        return found

    @everywhere
    @app_commands.command(name="article", description="The article in five Ws, each with its proof")
    @app_commands.describe(article=ARTICLE)
    async def article(self, interaction: discord.Interaction[Dateline], article: str | None = None) -> None:
        """Show an article at a glance."""
        reading = await self._open(interaction, article, private=False)
        popular = await self.bot.base.popular(self.bot.scope_of(interaction), reading.article.key)
        await respond(interaction, private=False, embed=overview(reading, popular))

    @everywhere
    @app_commands.command(name="facts", description="Search the facts of an article")
    @app_commands.describe(search="Words that the proof must hold", person="Only about them", article=ARTICLE)
    async def facts(
        self,
        interaction: discord.Interaction[Dateline],
        search: str = "",
        person: str | None = None,
        article: str | None = None,
    ) -> None:
        """List facts."""
        reading = await self._open(interaction, article, private=True)
        entity = await self._entity(interaction, reading, person) if person else None
        found = filtered(reading, search, entity)
        await show(interaction, fact_pages(reading, found, counted(len(found), "fact")))

    @everywhere
    @app_commands.command(name="who", description="Who somebody is, what they did and said")
    @app_commands.describe(name="A name, a title, an organization or a place", article=ARTICLE)
    async def who(
        self, interaction: discord.Interaction[Dateline], name: str, article: str | None = None
    ) -> None:
        """Show a card of somebody."""
        reading = await self._open(interaction, article, private=False)
        entity = await self._entity(interaction, reading, name)
        await respond(interaction, private=False, embed=entity_card(reading, entity))

    @everywhere
    @app_commands.command(name="quotes", description="What was said, in the speakers' own words")
    @app_commands.describe(
        speaker="Only their words", topic="Words that the quotation must hold", article=ARTICLE
    )
    async def quotes(
        self,
        interaction: discord.Interaction[Dateline],
        speaker: str | None = None,
        topic: str = "",
        article: str | None = None,
    ) -> None:
        """List quotations."""
        reading = await self._open(interaction, article, private=True)
        entity = await self._entity(interaction, reading, speaker) if speaker else None
        await show(interaction, quote_pages(reading, entity, topic))

    @everywhere
    @app_commands.command(name="timeline", description="What happened when")
    @app_commands.describe(article=ARTICLE)
    async def timeline(self, interaction: discord.Interaction[Dateline], article: str | None = None) -> None:
        """List what has a time."""
        await show(interaction, timeline_pages(await self._open(interaction, article, private=True)))

    @everywhere
    @app_commands.command(name="map", description="A picture of who did what to whom")
    @app_commands.describe(article=ARTICLE)
    async def map(self, interaction: discord.Interaction[Dateline], article: str | None = None) -> None:
        """Draw who did what to whom."""
        reading = await self._open(interaction, article, private=False)
        links = links_of(reading)
        if not links:
            raise Refusal("The article tells of nobody who did something to somebody else.")
        if not interaction.response.is_done():
            await interaction.response.defer(thinking=True)
        drawn = io.BytesIO(await asyncio.to_thread(draw, reading, links))
        picture = discord.File(drawn, FILE, description="Names, with arrows that the list below explains")
        await interaction.followup.send(embed=map_card(reading, links), file=picture)

    @article.autocomplete("article")
    @facts.autocomplete("article")
    @who.autocomplete("article")
    @quotes.autocomplete("article")
    @timeline.autocomplete("article")
    @map.autocomplete("article")
    @completing
    async def _articles(
        self, interaction: discord.Interaction[Dateline], current: str
    ) -> list[tuple[str, str]]:
        return article_rows(self.bot, interaction, current)

    @facts.autocomplete("person")
    @who.autocomplete("name")
    @completing
    async def _names(self, interaction: discord.Interaction[Dateline], current: str) -> list[tuple[str, str]]:
        reading = await self._reading(interaction, getattr(interaction.namespace, "article", None) or None)
        return name_rows(named(reading), current)

    @quotes.autocomplete("speaker")
    @completing
    async def _speakers(
        self, interaction: discord.Interaction[Dateline], current: str
    ) -> list[tuple[str, str]]:
        reading = await self._reading(interaction, getattr(interaction.namespace, "article", None) or None)
        speaking = {q.speaker for q in reading.article.quotations}
        return name_rows([e for e in reading.entities if e.id in speaking], current)

    @everywhere
    @app_commands.command(name="help", description="What I can do, with examples")
    async def help(self, interaction: discord.Interaction[Dateline]) -> None:
        """Explain the bot with questions that it can answer here."""
        scope = self.bot.scope_of(interaction)
        async with Patience(interaction, private=True):
            chosen = await self.bot.preferences.channel(scope, channels_of(interaction.channel))
            among = self.bot.desk.seen(chosen.articles, scope)
            shown = await examples(self.bot.base, scope, among, 4)
        listed = "\n".join(f"- {plain(e)}" for e in shown) or NO_ARTICLE
        fields = [
            (
                "Ask",
                "Mention me with a question, reply to my answer to ask on, write me in private, or use /ask. "
                "On any message: Apps → Ask the article.",
            ),
            ("For example", listed),
            ("Look around", "/article · /facts · /who · /quotes · /timeline · /map"),
            (
                "For moderators",
                "/knowledge add, remove, list, show, gaps, settings, stats, export, reload, erase",
            ),
            ("Your data", "/privacy shows what I keep of you and deletes it."),
        ]
        text = "I answer only what the article says, and show the sentence that proves it."
        await respond(
            interaction, private=True, embed=card(title="Ask the article", text=text, fields=fields)
        )

    @everywhere
    @app_commands.command(name="privacy", description="See what I keep of your questions, and delete it")
    async def privacy(self, interaction: discord.Interaction[Dateline]) -> None:
        """Show a person what is kept of them; they may delete it."""
        person = str(interaction.user.id)
        kept = await self.bot.base.asked_by(person)
        days = self.bot.base.limits.log_days
        kept_for = (
            f"Questions are kept for {days} days" if days else "No new questions are kept; older ones are"
        )
        text = (
            f"{kept_for} with outcome and votes, under a scrambled number instead of your name. "
            f"I never keep where you wrote. Of you I have {counted(len(kept), 'question')}."
        )
        recent = pages((f"- {plain(fit(q.text or '(deleted)', 150))}" for q in kept[:20]), 1000)
        embed = card(title="Your data", text=text, fields=[("Most recent", recent[0])] if recent else [])
        parts: dict[str, Any] = {"embed": embed, "ephemeral": True}
        if kept:
            parts["view"] = Confirm(
                self._forget, owner=interaction.user.id, label="Delete all of it", danger=True
            )
        await interaction.response.send_message(**parts)

    async def _forget(self, interaction: discord.Interaction[Any]) -> None:
        count = await self.bot.base.forget_person(str(interaction.user.id))
        self.bot.conversations.forget_person(interaction.user.id)
        self.bot.desk.forget_person(interaction.user.id)
        await interaction.response.edit_message(content=f"Deleted: {count} entries.", embed=None, view=None)


def name_rows(entities: list[Entity], typed: str) -> list[tuple[str, str]]:
    """Return names as autocomplete rows, those that begin with or hold the typed text first."""
    sought = typed.casefold().strip()

    def rank(entity: Entity) -> int:
        calls = [n.casefold() for n in (entity.name, *(a.text for a in entity.aliases), *entity.titles)]
        return 0 if any(c.startswith(sought) for c in calls) else 1 if any(sought in c for c in calls) else 2

    ranked = sorted(entities, key=rank)
    found = [e for e in ranked if rank(e) < 2] or ranked
    return [(f"{e.name}{' · ' + e.titles[0] if e.titles else ''}", e.name) for e in found]


async def setup(bot: Dateline) -> None:
    """Add the cog."""
    await bot.add_cog(Browse(bot))
