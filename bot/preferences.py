"""What the moderators of a server chose.

Where the bot answers, how sure it must be, and who may manage it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any

from pydantic import Field

from knowledge.base import KnowledgeBase
from knowledge.model import Answer, Frozen, Status


class Certainty(StrEnum):
    """How sure the bot must be before it answers."""

    CAREFUL = "careful"
    BALANCED = "balanced"
    EAGER = "eager"


class Mode(StrEnum):
    """When the bot answers in a channel."""

    OFF = "off"
    ASKED = "asked"
    UNASKED = "unasked"


class ServerPreferences(Frozen):
    """A server's choices; `manager_role` is the role that may manage the knowledge beside Manage Server."""

    certainty: Certainty = Certainty.BALANCED
    feedback: bool = True
    manager_role: int | None = None


class ChannelPreferences(Frozen):
    """A channel's choices; a thread has its parent's, a channel without any has its category's.

    `articles` are the keys that questions in this channel are answered from, all where there are none.
    """

    mode: Mode = Mode.ASKED
    threads: bool = False
    articles: tuple[str, ...] = Field(default=(), max_length=25)


SURE_ENOUGH = {Certainty.CAREFUL: 0.85, Certainty.BALANCED: 0.0, Certainty.EAGER: 0.0}
"""Least confidence of an answer to somebody who asked.

The knowledge base has its own threshold below these.
"""

SURE_UNASKED = {Certainty.CAREFUL: 0.95, Certainty.BALANCED: 0.85, Certainty.EAGER: 0.7}
"""Least confidence of an answer that nobody asked the bot for."""


def sure_enough(answer: Answer, certainty: Certainty, *, unasked: bool) -> bool:
    """Tell whether an answer may be given as it is."""
    if answer.status not in (Status.ANSWERED, Status.CORRECTED):
        return False
    return answer.confidence >= (SURE_UNASKED if unasked else SURE_ENOUGH)[certainty]


def channels_of(channel: Any) -> tuple[int, ...]:
    """Return a channel's id, then its parent's, then its category's, as far as they are known."""
    ids = [
        getattr(channel, "id", None),
        getattr(channel, "parent_id", None),
        getattr(channel, "category_id", None),
    ]
    parent = getattr(channel, "parent", None)
    ids.append(getattr(parent, "category_id", None))
    return tuple(dict.fromkeys(i for i in ids if isinstance(i, int)))


class Preferences:
    """The choices of every server that has asked something since the start, kept in memory once read."""

    def __init__(self, base: KnowledgeBase) -> None:
        self._base = base
        # server id: its choices
        self._servers: dict[int, ServerPreferences] = {}
        # server id: channel id: the channel's choices
        self._channels: dict[int, dict[int, ChannelPreferences]] = {}

    async def server(self, scope: int | None) -> ServerPreferences:
        """Return a server's choices, the defaults outside servers."""
        if scope is None:
            return ServerPreferences()
        if scope not in self._servers:
            self._servers[scope] = await self._base.kept(ServerPreferences, scope)
        return self._servers[scope]

    async def channel(self, scope: int | None, channels: tuple[int, ...]) -> ChannelPreferences:
        """Return the choices for a channel.

        Of the first of these ids that has any (itself, parent, category).
        """
        if scope is None:
            return ChannelPreferences()
        if scope not in self._channels:
            self._channels[scope] = await self._base.all_kept(ChannelPreferences, scope)
        known = self._channels[scope]
        return next((known[c] for c in channels if c in known), ChannelPreferences())

    async def set_server(self, scope: int, value: ServerPreferences) -> None:
        """Keep a server's choices."""
        await self._base.keep(value, scope)
        self._servers[scope] = value

    async def set_channel(self, scope: int, channel: int, value: ChannelPreferences) -> None:
        """Keep a channel's choices."""
        await self._base.keep(value, scope, channel)
        self._channels.setdefault(scope, await self._base.all_kept(ChannelPreferences, scope))[channel] = (
            value
        )

    async def own_channel(self, scope: int, channel: int) -> bool:
        """Tell whether a channel has choices of its own."""
        await self.channel(scope, ())
        return channel in self._channels[scope]

    async def unset_channel(self, scope: int, channel: int) -> None:
        """Forget a channel's own choices, so that those of its parent or category hold."""
        await self._base.unkeep(ChannelPreferences, scope, channel)
        self._channels.get(scope, {}).pop(channel, None)

    def drop(self, scope: int) -> None:
        """Forget what is in memory of a server."""
        self._servers.pop(scope, None)
        self._channels.pop(scope, None)
