"""One handler for everything that can go wrong: the person gets clear words and an id, the log gets the rest.

discord.py only logs by default, so errors are answered here in each of its places: commands (`Tree`), views
(`SafeView`), modals (`SafeModal`), dynamic items (`answered`), autocomplete (`completing`) and messages
(cogs.ask).
"""

from __future__ import annotations

import asyncio
import functools
import logging
import secrets
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from typing import Any, ClassVar, Concatenate, ParamSpec, TypeVar
from weakref import WeakSet

import discord
from discord import app_commands

from bot.ui.limits import Limit, choices, fit
from knowledge.errors import InputError, KnowledgeError

log = logging.getLogger(__name__)

EXPIRED = frozenset({10062, 10015, 50027})
"""JSON error codes for an interaction whose time is over.

Unknown interaction, unknown webhook, invalid token.
"""
ANSWERED_ALREADY = 40060
UNHEARD_SECONDS = 1.5

Binding = TypeVar("Binding")
Value = TypeVar("Value", str, int, float)
More = ParamSpec("More")


class Refusal(Exception):
    """The person cannot have this now; the text says why and is written for them."""


class RefusedCommand(app_commands.AppCommandError):
    """A refusal raised by a check of a command; the text is written for the person."""


def report(error: BaseException, where: str) -> str:
    """Log an error with its traceback under a new id and return the id."""
    name = secrets.token_hex(4)
    log.error("error %s in %s", name, where, exc_info=error)
    return name


def words_for(error: BaseException, where: str) -> str:
    """Return what to tell the person; what is not their doing goes to the log with the id that they see."""
    while (
        isinstance(error, app_commands.CommandInvokeError | app_commands.TransformerError) and error.__cause__
    ):
        error = error.__cause__
    if isinstance(error, Refusal | RefusedCommand | InputError):
        return str(error)
    if isinstance(error, app_commands.CheckFailure):
        return "You cannot use this here."
    if isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        name = report(error, where)
        return f"This command has just changed; please try again in a minute. (error {name})"
    name = report(error, where)
    if isinstance(error, KnowledgeError):
        return f"{error} (error {name})"
    if isinstance(error, discord.HTTPException) and error.code in EXPIRED:
        return f"Sorry, that took too long; please try again. (error {name})"
    if isinstance(error, discord.Forbidden):
        return f"I lack a permission for this here. (error {name})"
    return f"Sorry, something went wrong on my side. If it goes on, tell my operator: error {name}"


async def say(interaction: discord.Interaction[Any], text: str) -> None:
    """Tell somebody something that only they see, however far the interaction has come; never raises.

    An interaction whose time is over can no longer be answered; where the bot may write in the channel, it
    does.
    """
    text = fit(text, Limit.CONTENT)
    try:
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.response.send_message(text, ephemeral=True)
    except discord.HTTPException as error:
        if error.code == ANSWERED_ALREADY:
            await _follow(interaction, text)
        elif error.code in EXPIRED:
            log.warning("an interaction ran out of time before it was answered (%s)", error)
            await _say_in_channel(interaction, text)
        else:
            log.error("could not answer an interaction: %s", error)
    except Exception as error:
        report(error, "telling somebody about an error")


async def _follow(interaction: discord.Interaction[Any], text: str) -> None:
    try:
        await interaction.followup.send(text, ephemeral=True)
    except discord.HTTPException as error:
        log.error("could not answer an interaction: %s", error)


async def _say_in_channel(interaction: discord.Interaction[Any], text: str) -> None:
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable):
        return
    try:
        await channel.send(text)
    except discord.HTTPException as error:
        log.warning("could not write in the channel either: %s", error)


def first_time(interaction: discord.Interaction[Any]) -> bool:
    """Tell whether an interaction is new; a resumed session replays events."""
    return bool(interaction.client.conversations.first_sight(interaction.id))


class Tree(app_commands.CommandTree[Any]):
    """The bot's commands, each of whose errors is answered."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let an interaction through once."""
        return first_time(interaction)

    async def on_error(
        self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /
    ) -> None:
        """Answer an error of a command."""
        command = interaction.command
        where = f"/{command.qualified_name}" if command else "an unknown command"
        await say(interaction, words_for(error, where))


class SafeView(discord.ui.View):
    """A view whose errors are answered, and that only its owner may use where it has one."""

    live: ClassVar[WeakSet[SafeView]] = WeakSet()

    def __init__(self, *, owner: int | None = None, timeout: float | None = 600) -> None:
        super().__init__(timeout=timeout)
        self.owner = owner
        self.live.add(self)

    def holds(self, custom_id: str) -> bool:
        """Tell whether a component belongs to this view, and the view still answers."""
        return not self.is_finished() and any(getattr(c, "custom_id", "") == custom_id for c in self.children)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuse everybody but the owner, in words; let an interaction through once."""
        if not first_time(interaction):
            return False
        if self.owner is None or interaction.user.id == self.owner:
            return True
        await say(interaction, "This panel belongs to somebody else; use the command to open your own.")
        return False

    async def on_error(
        self, interaction: discord.Interaction[Any], error: Exception, item: discord.ui.Item[Any], /
    ) -> None:
        """Answer an error of a button or menu."""
        await say(interaction, words_for(error, f"{type(self).__name__}.{type(item).__name__}"))


class SafeModal(discord.ui.Modal):
    """A modal whose errors are answered."""

    live: ClassVar[WeakSet[SafeModal]] = WeakSet()

    def __init__(self) -> None:
        super().__init__()
        self.live.add(self)

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Let an interaction through once."""
        return first_time(interaction)

    # discord.py's own Modal.on_error takes one argument less than the view's.
    async def on_error(  # type: ignore[override]
        self, interaction: discord.Interaction[Any], error: Exception, /
    ) -> None:
        """Answer an error of the form."""
        await say(interaction, words_for(error, type(self).__name__))


def end_panels() -> None:
    """End every panel, because the bot that answered them goes."""
    for panel in (*SafeView.live, *SafeModal.live):
        panel.stop()


async def tell_if_gone(interaction: discord.Interaction[Any], persistent: str) -> None:
    """Say so where a click or a form belongs to a panel that is over, which discord.py leaves unanswered.

    Custom ids that begin with `persistent` are answered for ever.
    """
    data: Mapping[str, Any] = interaction.data or {}
    custom_id = str(data.get("custom_id", ""))
    if interaction.type is discord.InteractionType.component:
        known = custom_id.startswith(persistent) or any(v.holds(custom_id) for v in list(SafeView.live))
    elif interaction.type is discord.InteractionType.modal_submit:
        known = any(m.custom_id == custom_id and not m.is_finished() for m in list(SafeModal.live))
    else:
        return
    if not known and first_time(interaction):
        await say(interaction, "This panel is over; please use the command again.")
    elif known and not custom_id.startswith(persistent):
        # A click may overtake the answer to the request that sent the panel: discord.py knows it only then.
        await asyncio.sleep(UNHEARD_SECONDS)
        if first_time(interaction):
            await say(interaction, "That was quicker than I am; please press it once more.")


Press = Callable[Concatenate[Binding, discord.Interaction[Any], More], Coroutine[Any, Any, None]]


def answered(callback: Press[Binding, More]) -> Press[Binding, More]:
    """Make a dynamic item's callback answer its errors; discord.py has no hook for them."""

    @functools.wraps(callback)
    async def run(
        self: Binding, interaction: discord.Interaction[Any], /, *args: More.args, **kwargs: More.kwargs
    ) -> None:
        try:
            await callback(self, interaction, *args, **kwargs)
        except Exception as error:
            await say(interaction, words_for(error, type(self).__name__))

    return run


Rows = Callable[[Binding, discord.Interaction[Any], str], Awaitable[Sequence[tuple[str, str]]]]


def completing(
    rows: Rows[Binding],
) -> Callable[[Binding, discord.Interaction[Any], str], Coroutine[Any, Any, list[app_commands.Choice[str]]]]:
    """Make an autocomplete callback of (shown, sent) pairs; refusals and errors become a row."""

    @functools.wraps(rows)
    async def run(
        self: Binding, interaction: discord.Interaction[Any], current: str
    ) -> list[app_commands.Choice[str]]:
        try:
            return choices(await rows(self, interaction, current))
        except Exception as error:
            text = fit(words_for(error, f"autocomplete of {rows.__qualname__}"), Limit.CHOICE)
            return choices([(text, text)])

    return run
