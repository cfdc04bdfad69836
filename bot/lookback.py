"""Finding the answer to an older question on Discord itself, since no link between the two is kept.

The bot's replies name the message that they answer, so that nothing about who wrote where has to be stored
for an edited question to have its answer edited, also after a restart.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import discord

if TYPE_CHECKING:
    from bot.client import Dateline

log = logging.getLogger(__name__)

FOLLOWED_SECONDS = 24 * 3600
"""How old a question may be that is still followed."""
LOOKED_THROUGH = 50
"""Messages after a question among which its answer is looked for."""
_BUTTON = re.compile(r"dateline:[a-z]+:(\d+)")


class Found(NamedTuple):
    """An answer of the bot, the question message that it answers, and its number in the log, 0 for none."""

    question: int
    message: discord.Message
    asked: int


def is_followed(message_id: int) -> bool:
    """Tell whether a question is young enough to be followed."""
    age = discord.utils.utcnow() - discord.utils.snowflake_time(message_id)
    return age.total_seconds() < FOLLOWED_SECONDS


async def answers_to(bot: Dateline, questions: Collection[int], channel: int) -> list[Found]:
    """Find the answers to messages of a channel; nothing where the bot may not look."""
    first = min(questions)
    try:
        found = await _replies(bot, set(questions), channel, first)
        for thread in questions:
            if isinstance(bot.get_channel(thread), discord.Thread):
                found += await _in_thread(bot, thread)
    except discord.HTTPException as error:
        log.info("the answers to older questions in channel %d cannot be looked for: %s", channel, error)
        return []
    return found


async def _replies(bot: Dateline, questions: set[int], channel: int, first: int) -> list[Found]:
    place = bot.get_partial_messageable(channel)
    found = []
    async for message in place.history(
        after=discord.Object(first), limit=LOOKED_THROUGH + len(questions), oldest_first=True
    ):
        answered = message.reference.message_id if message.reference else None
        if answered in questions and _is_own(bot, message):
            found.append(Found(answered, message, _asked(message)))
    return found


async def _in_thread(bot: Dateline, thread: int) -> list[Found]:
    """Find the first answer in a thread that was started for a question, and so has its number."""
    place = bot.get_partial_messageable(thread)
    async for message in place.history(after=discord.Object(thread), limit=5, oldest_first=True):
        if _is_own(bot, message) and message.reference is None and (number := _asked(message)):
            return [Found(thread, message, number)]
    return []


def _is_own(bot: Dateline, message: discord.Message) -> bool:
    return bot.user is not None and message.author.id == bot.user.id


def _asked(message: discord.Message) -> int:
    """Read an answer's number in the log from its buttons."""
    for row in getattr(message, "components", ()):
        for part in getattr(row, "children", ()):
            if match := _BUTTON.match(str(getattr(part, "custom_id", ""))):
                return int(match[1])
    return 0
