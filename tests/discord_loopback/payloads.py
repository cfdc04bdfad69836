"""The JSON shapes that Discord sends, as discord-api-docs gives them, without the optional parts."""

from __future__ import annotations

import datetime as dt
import itertools
import time
from typing import Any

Json = dict[str, Any]

APPLICATION = "900000000000000001"
BOT = "900000000000000002"
DISCORD_EPOCH_MS = 1_420_070_400_000
_counter = itertools.count(1)


def snowflake() -> str:
    """Return a new id that carries the time of its making, as every id of Discord does."""
    return str((int(time.time() * 1000) - DISCORD_EPOCH_MS) << 22 | (next(_counter) & 0x3FFFFF))


def now() -> str:
    """Return the present as an ISO 8601 timestamp."""
    return dt.datetime.now(dt.UTC).isoformat()


def user(user_id: str, name: str, *, bot: bool = False) -> Json:
    """Make a user."""
    return {
        "id": user_id,
        "username": name,
        "discriminator": "0",
        "global_name": None,
        "avatar": None,
        "bot": bot,
    }


def member(roles: tuple[str, ...] = ()) -> Json:
    """Make the part of a member that a message carries."""
    return {
        "roles": list(roles),
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }


def role(role_id: str, name: str, permissions: int = 0) -> Json:
    """Make a role."""
    return {
        "id": role_id,
        "name": name,
        "color": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "hoist": False,
        "position": 0,
        "permissions": str(permissions),
        "managed": False,
        "mentionable": False,
        "flags": 0,
    }


def channel(
    channel_id: str, name: str, kind: int = 0, *, guild: str | None = None, parent: str | None = None
) -> Json:
    """Make a channel: 0 text, 4 category, 11 public thread, 15 forum, 1 direct."""
    made: Json = {"id": channel_id, "type": kind, "name": name, "position": 0, "permission_overwrites": []}
    if guild:
        made["guild_id"] = guild
    if parent:
        made["parent_id"] = parent
    if kind == 15:
        made |= {"available_tags": [], "flags": 0, "default_reaction_emoji": None, "default_sort_order": None}
    if kind == 11:
        made |= {
            "owner_id": BOT,
            "message_count": 0,
            "member_count": 1,
            "thread_metadata": {
                "archived": False,
                "auto_archive_duration": 1440,
                "archive_timestamp": now(),
                "locked": False,
                "create_timestamp": now(),
            },
        }
    return made


def guild(guild_id: str, name: str, channels: list[Json], roles: list[Json]) -> Json:
    """Make a server with the bot as its only known member."""
    return {
        "id": guild_id,
        "name": name,
        "icon": None,
        "owner_id": "800000000000000001",
        "unavailable": False,
        "member_count": 3,
        "roles": [role(guild_id, "@everyone", 0x7FF_FFFF_FFFF), *roles],
        "channels": channels,
        "members": [{"user": user(BOT, "dateline", bot=True), **member()}],
        "threads": [],
        "emojis": [],
        "stickers": [],
        "features": [],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "premium_progress_bar_enabled": False,
        "system_channel_flags": 0,
        "preferred_locale": "en-US",
        "afk_timeout": 300,
        "large": False,
        "joined_at": now(),
    }


def message(channel_id: str, author: Json, body: Json, *, guild_id: str | None = None) -> Json:
    """Make a message object from the body of a request and its author."""
    made: Json = {
        "id": snowflake(),
        "channel_id": channel_id,
        "author": author,
        "content": body.get("content") or "",
        "timestamp": now(),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": body.get("attachments") or [],
        "embeds": [{"type": "rich", **e} for e in body.get("embeds") or []],
        "pinned": False,
        "type": 19 if body.get("message_reference") else 0,
        "flags": body.get("flags") or 0,
        "components": body.get("components") or [],
    }
    if body.get("message_reference"):
        made["message_reference"] = {
            "channel_id": channel_id,
            "guild_id": guild_id,
            **body["message_reference"],
        }
        given = made["message_reference"]
        made["message_reference"] = {
            k: str(given[k]) for k in ("message_id", "channel_id", "guild_id") if given.get(k)
        }
    if guild_id:
        made["guild_id"] = guild_id
        if not author.get("bot"):
            made["member"] = member()
    return made
