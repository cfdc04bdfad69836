"""Every length limit of Discord, kept in one place.

Nothing else in the bot makes an embed, a choice, an option or a label. Limits: discord-api-docs,
resources/message (embed limits), interactions/application-commands (choices), components/reference. Lengths
are counted in UTF-16 code units, the strictest of the ways in which Discord's parts count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum

import discord
from discord import app_commands

ELLIPSIS = "…"
BLANK = "\u200b"
MAX_FIELDS = 25
MAX_CHOICES = 25
MAX_OPTIONS = 25
EMBED_TOTAL = 6000

_LINK = re.compile(r"https?://[^\s<>]+")
# What Discord renders: emphasis, code, spoilers, masked links, mentions and times; headings, quotes and
# lists at a line's start.
_MARKUP = re.compile(r"[\\*_~`|\[\]]|<(?=[@#:/a-z])")
_LINE_MARKUP = re.compile(r"^([ \t]*)(?=(?:#{1,3}|>{1,3}|-#|[-+])\s)", re.MULTILINE)


class Limit(IntEnum):
    """The longest text that Discord takes in each place."""

    CONTENT = 2000
    TITLE = 256
    DESCRIPTION = 4096
    FIELD_NAME = 256
    FIELD_VALUE = 1024
    FOOTER = 2048
    CHOICE = 100
    BUTTON_LABEL = 80
    OPTION_LABEL = 100
    PLACEHOLDER = 150
    MODAL_TITLE = 45
    INPUT_LABEL = 45
    TEXT_INPUT = 4000
    THREAD_NAME = 100


def length(text: str) -> int:
    """Return a text's length in UTF-16 code units."""
    return len(text) + sum(ord(c) > 0xFFFF for c in text)


def fit(text: str, limit: int) -> str:
    """Return the text, cut at a word where it is too long for its place, never blank.

    `limit` is in UTF-16 code units and at least 1. Discord refuses blank texts and lone surrogates.
    """
    text = text.encode("utf-8", "replace").decode("utf-8").strip() or BLANK
    if length(text) <= limit:
        return text
    kept, room = 0, limit - len(ELLIPSIS)
    for character in text:
        room -= 1 + (ord(character) > 0xFFFF)
        if room < 0:
            break
        kept += 1
    cut = text[:kept]
    space = cut.rfind(" ", kept * 2 // 3)
    return (cut[:space] if space > 0 else cut).rstrip().rstrip("\\") + ELLIPSIS


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, which takes an s for any number but one."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def plain(text: str) -> str:
    """Return the text so that Discord shows it as it is: markup escaped, addresses left whole."""
    parts, at = [], 0
    for link in _LINK.finditer(text):
        parts += [_MARKUP.sub(r"\\\g<0>", text[at : link.start()]), link.group()]
        at = link.end()
    parts.append(_MARKUP.sub(r"\\\g<0>", text[at:]))
    return _LINE_MARKUP.sub(r"\1\\", "".join(parts))


def card(
    *,
    title: str = "",
    text: str = "",
    fields: Sequence[tuple[str, str]] = (),
    footer: str = "",
    url: str | None = None,
    colour: discord.Colour | None = None,
    image: str | None = None,
    side_by_side: bool = False,
) -> discord.Embed:
    """Make an embed that Discord accepts whatever the texts' lengths.

    The parts share 6 000 characters: title, footer and text come first, then as many whole fields as have
    room.
    """
    embed = discord.Embed(colour=colour)
    room = EMBED_TOTAL
    if title.strip():
        embed.title = fit(title, Limit.TITLE)
        room -= length(embed.title)
    if footer.strip():
        embed.set_footer(text=fit(footer, Limit.FOOTER))
        room -= length(embed.footer.text or "")
    if text.strip():
        embed.description = fit(text, min(Limit.DESCRIPTION, room))
        room -= length(embed.description)
    for name, value in fields[:MAX_FIELDS]:
        name, value = fit(name, Limit.FIELD_NAME), fit(value, Limit.FIELD_VALUE)
        if length(name) + length(value) > room:
            break
        embed.add_field(name=name, value=value, inline=side_by_side)
        room -= length(name) + length(value)
    if len(embed) == 0:
        embed.description = BLANK
    if url and _LINK.fullmatch(url) and len(url) <= 2048:
        embed.url = url
    if image:
        embed.set_image(url=image)
    return embed


def choices(pairs: Iterable[tuple[str, str]]) -> list[app_commands.Choice[str]]:
    """Make at most 25 autocomplete rows from (shown, sent).

    A row whose value is too long to be sent is left out.
    """
    rows: dict[str, app_commands.Choice[str]] = {}
    for shown, sent in pairs:
        if sent.strip() and length(sent) <= Limit.CHOICE and sent not in rows:
            rows[sent] = app_commands.Choice(name=fit(shown, Limit.CHOICE), value=sent)
        if len(rows) == MAX_CHOICES:
            break
    return list(rows.values())


def option(label: str, value: str, description: str = "", *, chosen: bool = False) -> discord.SelectOption:
    """Make a row of a select menu."""
    return discord.SelectOption(
        label=fit(label, Limit.OPTION_LABEL),
        value=value,
        description=fit(description, Limit.OPTION_LABEL) if description.strip() else None,
        default=chosen,
    )


def pages(lines: Iterable[str], limit: int = 3500) -> list[str]:
    """Lay lines out on pages of at most so many characters; a line that is too long for a page is cut."""
    laid: list[str] = []
    page: list[str] = []
    used = 0
    for line in lines:
        line = fit(line, limit)
        if page and used + 1 + length(line) > limit:
            laid.append("\n".join(page))
            page, used = [], 0
        page.append(line)
        used += 1 + length(line)
    return [*laid, "\n".join(page)] if page else laid
