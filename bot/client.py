"""The bot itself: what it is made of, how it starts, where it stands."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Coroutine
from typing import Any

import discord
from discord.ext import commands

from bot.buckets import Bucket
from bot.conversations import Conversations
from bot.desk import Desk
from bot.errors import Refusal, Tree, end_panels, report, tell_if_gone
from bot.metrics import Metrics
from bot.preferences import Preferences
from bot.settings import Settings
from bot.sync import FIRST_RETRY, CommandSync
from bot.ui.buttons import PERSISTENT, AnswerButton, answer_bare_click
from bot.wire import be_patient, find_gateway, point_at
from knowledge.base import KnowledgeBase

log = logging.getLogger(__name__)

EXTENSIONS = ("bot.cogs.ask", "bot.cogs.article", "bot.cogs.admin")
FINISHING_SECONDS = 5.0
DAY_SECONDS = 86_400.0
LOOKBACKS_A_MINUTE = 20
"""How often a minute older answers are looked for in one channel, where messages are edited and deleted."""
GUILD_INSTALL = 0
"""Key of `authorizing_integration_owners` for an installation to a server (discord-api-docs)."""


def intents_for(settings: Settings) -> discord.Intents:
    """Return the fewest intents that the settings allow."""
    intents = discord.Intents.none()
    intents.guilds = intents.guild_messages = intents.dm_messages = True
    intents.message_content = settings.message_content
    return intents


class Dateline(commands.Bot):
    """A Discord client that answers from a knowledge base, which it neither opens nor closes."""

    def __init__(
        self, base: KnowledgeBase, settings: Settings, metrics: Metrics, *, sync_retry: float = FIRST_RETRY
    ) -> None:
        super().__init__(
            command_prefix=(),
            help_command=None,
            tree_cls=Tree,
            intents=intents_for(settings),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=settings.guild_ready_timeout,
            max_messages=None,
            enable_debug_events=False,
        )
        be_patient(self.http)
        self.base = base
        self.settings = settings
        self.metrics = metrics
        self.preferences = Preferences(base)
        self.desk = Desk(base, self.preferences, self.metrics, log_content=settings.log_content)
        self.conversations = Conversations(settings.follow_up_minutes * 60)
        self.people = Bucket(settings.user_questions)
        self.places = Bucket(settings.channel_questions)
        self.lookbacks = Bucket(LOOKBACKS_A_MINUTE)
        self.started = time.monotonic()
        self.stopping = False
        self._sync = CommandSync(self, settings.data_dir / "commands.sha256", first_retry=sync_retry)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._working: set[asyncio.Task[Any]] = set()
        self.metrics.gauges["gateway_up"] = lambda: float(self.is_ready())
        self.metrics.gauges["servers"] = lambda: float(len(self.guilds))

    async def setup_hook(self) -> None:
        """Load the cogs and begin to sync the commands; a failed sync holds nothing else up."""
        await find_gateway(self.http, self.settings)
        self.add_dynamic_items(AnswerButton)
        for extension in EXTENSIONS:
            await self.load_extension(extension)
        self.background(self._sync.run(), "command sync")
        self.background(self._tidy(), "tidying")

    def background(self, work: Coroutine[Any, Any, Any], name: str) -> asyncio.Task[Any]:
        """Run something beside the events until it ends or the bot closes; a failure is logged."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        return task

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            report(error, task.get_name())

    def working(self) -> Working:
        """Mark the current task as one that a graceful stop waits for."""
        return Working(self._working)

    async def close(self) -> None:
        """Stop gracefully: take nothing new, let answers under way go out, then close the connection."""
        self.stopping = True
        current = asyncio.current_task()
        pending = {t for t in self._working if t is not current and not t.done()}
        if pending:
            await asyncio.wait(pending, timeout=FINISHING_SECONDS)
        await self.desk.flush()
        end_panels()
        for task in list(self._tasks):
            if task is not current:
                task.cancel()
        await super().close()

    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the cogs: there are no prefix commands."""

    async def on_ready(self) -> None:
        """Log that the gateway is up; happens again after an invalidated session."""
        log.info("ready as %s in %d servers", self.user, len(self.guilds))
        self.metrics.event("ready")

    async def on_interaction(self, interaction: discord.Interaction[Any], /) -> None:
        """Answer clicks on panels that are over; everything else is answered by whom it belongs to."""
        await answer_bare_click(interaction)
        await tell_if_gone(interaction, PERSISTENT)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Let a server's data rest once the bot has left it; an outage is not reported here."""
        await self.base.freeze(guild.id)
        self.preferences.drop(guild.id)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Wake a server's data."""
        await self.base.thaw(guild.id)

    async def forget_scope(self, scope: int) -> None:
        """Delete everything of a server: articles, corrections, questions, votes, settings."""
        await self.desk.flush()
        await self.base.forget_scope(scope)
        self.preferences.drop(scope)
        self.desk.forget_scope(scope)
        self.conversations.forget_scope(scope)
        log.info("everything of server %d was deleted on request", scope)

    async def _tidy(self) -> None:
        """Once a day: let rest what servers that were left have, delete what rested too long."""
        while True:
            await self.wait_until_ready()
            # No server at all is more likely a gateway's hiccup than a farewell of everybody.
            frozen = await self.base.reconcile({g.id for g in self.guilds}) if self.guilds else ()
            purged = await self.base.purge()
            if frozen or purged:
                log.info("%d servers were left, the data of %d was deleted", len(frozen), len(purged))
            await asyncio.sleep(DAY_SECONDS)

    async def on_resumed(self) -> None:
        """Count a resumed session."""
        log.info("gateway session resumed")
        self.metrics.event("resumed")

    async def on_disconnect(self) -> None:
        """Count a lost connection."""
        self.metrics.event("disconnected")

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log what an event handler let through, under an id."""
        error = sys.exception()
        if error is not None:
            report(error, event_method)

    def scope_of(self, source: discord.Interaction[Any] | discord.Message) -> int | None:
        """Return the server whose articles may answer: none where the bot is not a member.

        An interaction tells by its integration owners whether the application is installed to the server; one
        that does not tell counts as a server's.
        """
        if isinstance(source, discord.Message):
            found = source.guild.id if source.guild else getattr(source.channel, "guild_id", None)
            return None if found is None else int(found)
        if source.guild_id is None:
            return None
        owners = source._integration_owners
        if not owners or GUILD_INSTALL in owners or self.get_guild(source.guild_id) is not None:
            return source.guild_id
        return None

    async def check_pace(self, interaction: discord.Interaction[Any]) -> None:
        """Raise Refusal where a person or channel asks too much."""
        if wait := self.too_fast(interaction.user.id, interaction.channel_id or 0):
            raise Refusal(slow_down(wait))

    def too_fast(self, person: int, channel: int) -> float:
        """Take one question from the limits; return 0, or the seconds to wait."""
        wait = self.people.take(person)
        wait = wait or self.places.take(channel)
        if wait:
            self.metrics.event("rate_limited")
        return wait

    async def referenced(self, message: discord.Message) -> discord.Message | None:
        """Return the message that a message replies to, asking Discord where it did not send it along."""
        reference = message.reference
        if reference is None or reference.message_id is None:
            return None
        if isinstance(reference.resolved, discord.Message):
            return reference.resolved
        if isinstance(reference.resolved, discord.DeletedReferencedMessage):
            return None
        try:
            return await message.channel.fetch_message(reference.message_id)
        except discord.HTTPException:
            return None


class ShardedDateline(Dateline, commands.AutoShardedBot):
    """The same bot over as many gateway connections as Discord asks for."""


class Working:
    """Marks the current task in a set while it is entered."""

    def __init__(self, tasks: set[asyncio.Task[Any]]) -> None:
        self._tasks = tasks
        self._task = asyncio.current_task()

    def __enter__(self) -> None:
        if self._task is not None:
            self._tasks.add(self._task)

    def __exit__(self, *_: object) -> None:
        if self._task is not None:
            self._tasks.discard(self._task)


def slow_down(seconds: float) -> str:
    """Say kindly that somebody asks too fast."""
    return f"That was a lot of questions at once. Please give me {max(1, round(seconds))} s and ask again."


def make_bot(
    base: KnowledgeBase, settings: Settings, metrics: Metrics, *, sync_retry: float = FIRST_RETRY
) -> Dateline:
    """Make the bot that the settings describe; retry a failed command sync after `sync_retry` seconds."""
    point_at(settings)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nothing here speaks
    return (ShardedDateline if settings.sharded else Dateline)(base, settings, metrics, sync_retry=sync_retry)
