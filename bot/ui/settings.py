"""The panel of a server's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.preferences import Certainty, ChannelPreferences, Mode, ServerPreferences, channels_of
from bot.ui.limits import MAX_OPTIONS, card, option, plain
from bot.ui.teaching import Check, ManagedView

if TYPE_CHECKING:
    from bot.client import Dateline

MODES = {
    Mode.ASKED: ("when I am asked", "By mention, reply or command; the default"),
    Mode.UNASKED: ("every real question", "Also unasked, silent when unsure"),
    Mode.OFF: ("only commands", "Never to messages"),
}
EVERY = "every article"
INHERITED = "Nothing is set for this channel itself: these are its category's choices, or the defaults."
NEEDS_INTENT = (
    "⚠️ Answering unasked needs the message-content intent, which my operator has not switched on "
    "(DATELINE_MESSAGE_CONTENT). Until then I see only forum titles there."
)


class SettingsPanel(ManagedView):
    """Shows and changes a server's settings, and those of one of its channels or categories at a time."""

    def __init__(self, bot: Dateline, scope: int, opened: discord.Interaction[Any], check: Check) -> None:
        super().__init__(bot, scope, check, owner=opened.user.id)
        self._channel = opened.channel_id or scope
        self._above = channels_of(opened.channel)[1:]
        self._own = False
        self._server = ServerPreferences()
        self._choices = ChannelPreferences()

    async def fill(self) -> None:
        """Read the settings and mark them in the menus."""
        self._server = await self.bot.preferences.server(self.scope)
        self._choices = await self.bot.preferences.channel(self.scope, (self._channel, *self._above))
        self._own = await self.bot.preferences.own_channel(self.scope, self._channel)
        self.mode.options = [
            option(name, mode.value, note, chosen=mode is self._choices.mode)
            for mode, (name, note) in MODES.items()
        ]
        pinned = self._choices.articles
        known = sorted(self.bot.base.articles(self.scope), key=lambda a: a.key not in pinned)
        known = known[: MAX_OPTIONS - 1]
        self.articles.options = [option("Every article", EVERY, chosen=not self._choices.articles)] + [
            option(a.title or a.key, a.key, chosen=a.key in self._choices.articles)
            for a in known
            if len(a.key) <= 100
        ]
        self.articles.max_values = len(self.articles.options)
        self.certainty.label = f"Certainty: {self._server.certainty.value}"
        self.feedback.label = f"👍 👎: {'on' if self._server.feedback else 'off'}"
        self.threads.label = f"Threads: {'on' if self._choices.threads else 'off'}"
        self.no_role.disabled = self._server.manager_role is None
        self.follow.disabled = not self._own

    def embed(self) -> discord.Embed:
        """Show the settings in words."""
        server, channel = self._server, self._choices
        role = f"<@&{server.manager_role}>" if server.manager_role else "nobody beside Manage Server"
        everything = (
            f"**Certainty:** {server.certainty.value}\n"
            f"**Feedback buttons:** {'on' if server.feedback else 'off'}\n"
            f"**Managers:** {role}"
        )
        titles = {a.key: a.title or a.key for a in self.bot.base.articles(self.scope)}
        pinned = ", ".join(plain(titles.get(k, k)) for k in channel.articles) or EVERY
        here = (
            f"**I answer:** {MODES[channel.mode][0]}\n**From:** {pinned}\n"
            f"**Threads:** {'on' if channel.threads else 'off'}"
        )
        if not self._own:
            here += "\n-# " + INHERITED
        fields = [("The whole server", everything), ("The chosen channel", f"<#{self._channel}>\n{here}")]
        needs = channel.mode is Mode.UNASKED and not self.bot.settings.message_content
        text = (
            NEEDS_INTENT
            if needs
            else "In force at once. Threads follow their channel, channels their category."
        )
        return card(title="Settings", text=text, fields=fields)

    @discord.ui.select(cls=discord.ui.ChannelSelect, placeholder="Set another channel or category", row=0)
    async def channel(
        self, interaction: discord.Interaction[Any], select: discord.ui.ChannelSelect[Any]
    ) -> None:
        """Choose which channel to set."""
        chosen = select.values[0]
        self._channel, self._above = chosen.id, channels_of(chosen)[1:]
        await self._redraw(interaction)

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="When I answer there", row=1)
    async def mode(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Choose when to answer in the channel."""
        await self._set_channel(interaction, mode=Mode(select.values[0]))

    @discord.ui.select(cls=discord.ui.Select[Any], placeholder="From which articles", row=2)
    async def articles(self, interaction: discord.Interaction[Any], select: discord.ui.Select[Any]) -> None:
        """Choose which articles answer in the channel."""
        chosen = tuple(v for v in select.values if v != EVERY)
        await self._set_channel(interaction, articles=() if EVERY in select.values else chosen)

    @discord.ui.select(cls=discord.ui.RoleSelect, placeholder="Who else may manage", row=3)
    async def role(self, interaction: discord.Interaction[Any], select: discord.ui.RoleSelect[Any]) -> None:
        """Choose the manager role."""
        await self._set_server(interaction, manager_role=select.values[0].id)

    @discord.ui.button(label="Certainty", row=4)
    async def certainty(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Go from careful over balanced to eager and around."""
        order = list(Certainty)
        following = order[(order.index(self._server.certainty) + 1) % len(order)]
        await self._set_server(interaction, certainty=following)

    @discord.ui.button(label="Feedback", row=4)
    async def feedback(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Switch the feedback buttons."""
        await self._set_server(interaction, feedback=not self._server.feedback)

    @discord.ui.button(label="Threads", row=4)
    async def threads(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Switch answering in threads."""
        await self._set_channel(interaction, threads=not self._choices.threads)

    @discord.ui.button(label="As its category", row=4)
    async def follow(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Forget the channel's own choices."""
        await self.bot.preferences.unset_channel(self.scope, self._channel)
        await self._redraw(interaction)

    @discord.ui.button(label="No manager role", row=4)
    async def no_role(self, interaction: discord.Interaction[Any], _: discord.ui.Button[Any]) -> None:
        """Leave managing to those with the permission alone."""
        await self._set_server(interaction, manager_role=None)

    async def _set_server(self, interaction: discord.Interaction[Any], **change: Any) -> None:
        await self.bot.preferences.set_server(self.scope, self._server.model_copy(update=change))
        await self._redraw(interaction)

    async def _set_channel(self, interaction: discord.Interaction[Any], **change: Any) -> None:
        value = self._choices.model_copy(update=change)
        await self.bot.preferences.set_channel(self.scope, self._channel, value)
        await self._redraw(interaction)

    async def _redraw(self, interaction: discord.Interaction[Any]) -> None:
        await self.fill()
        await interaction.response.edit_message(embed=self.embed(), view=self)
