"""The one renderer: an Answer as a Discord embed, or as plain text where embeds are not allowed."""

from __future__ import annotations

import re

import discord

from bot.ui.limits import Limit, card, fit, length, plain
from knowledge.model import Answer, Passage, Span, Status, Suggestion
from knowledge.records import ArticleInfo

COLOURS = {
    Status.ANSWERED: discord.Colour(0x2E9E5B),
    Status.CORRECTED: discord.Colour(0xD9822B),
    Status.DID_YOU_MEAN: discord.Colour(0x3B7DD8),
    Status.NOT_TOLD: discord.Colour(0x8A8F98),
}
NEAREST = 3
QUOTE_ROOM = 900
_NUMBERED = re.compile(r"^\*\*(\d)\.\*\* (.+)$", re.MULTILINE)
_UNDERSTOOD = re.compile(r"^-# Understood as: (.+)$", re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def answer_card(answer: Answer, info: ArticleInfo | None = None) -> discord.Embed:
    """Show an answer: the short answer, the proof with the answer in bold, who says so, where it stands.

    `info` is the article that answered, for its link; nothing is shown that the answer does not hold.
    """
    title, text, fields = _parts(answer)
    url = info.url if info and info.url and answer.article == info.key else None
    return card(
        title=title,
        text=text,
        fields=fields,
        footer=source_line(answer),
        url=url,
        colour=COLOURS[answer.status],
    )


def answer_text(answer: Answer) -> str:
    """Show an answer without an embed."""
    title, text, fields = _parts(answer)
    blocks = [
        f"**{title}**" if title else "",
        text,
        *(f"**{n}**\n{v}" for n, v in fields),
        source_line(answer),
    ]
    return fit("\n".join(b for b in blocks if b), Limit.CONTENT)


def _parts(answer: Answer) -> tuple[str, str, list[tuple[str, str]]]:
    if answer.status is Status.NOT_TOLD:
        return "The article does not say", _not_told(answer), []
    if answer.status is Status.DID_YOU_MEAN:
        return "Did you mean …?", numbered(answer.suggestions), []
    short = answer.correction if answer.status is Status.CORRECTED and answer.correction else answer.text
    lines = []
    title = plain(short)
    if length(title) > Limit.TITLE:
        lines.append(f"**{fit(title, 1500)}**")
        title = ""
    if answer.status is Status.CORRECTED:
        lines.append("The question takes something for granted that the article tells differently.")
    lines += [quote(widened(p, answer.text)) for p in answer.evidence]
    if answer.attribution:
        lines.append(f"— {plain(answer.attribution)}")
    if answer.resolved:
        lines.append(f"-# Understood as: {plain(answer.resolved)}")
    also = [("Also", _also(answer))] if answer.also else []
    return title, "\n".join(lines), also


def _not_told(answer: Answer) -> str:
    kind = "I looked, but I find nothing there that answers this, and I would rather not guess."
    lines = [kind]
    if answer.resolved:
        lines.append(f"-# Understood as: {plain(answer.resolved)}")
    if answer.suggestions:
        lines += ["", "I can tell you, for example:", numbered(answer.suggestions)]
    return "\n".join(lines)


def _also(answer: Answer) -> str:
    lines: list[str] = []
    for aside in answer.also[:NEAREST]:
        proof = quote(aside.evidence[0], 280) if aside.evidence else ""
        lines.append("\n".join(p for p in (plain(fit(aside.text, 250)), proof) if p))
    return "\n".join(lines)


def numbered(suggestions: tuple[Suggestion, ...]) -> str:
    """List questions by number, as `shown_questions` reads them back."""
    return "\n".join(f"**{n}.** {plain(_one_line(s.text))}" for n, s in enumerate(suggestions[:NEAREST], 1))


def shown_questions(message: discord.Message) -> dict[int, str]:
    """Read the numbered questions back from a message of the bot.

    This is how old buttons survive a restart.
    """
    text = "\n".join(e.description or "" for e in message.embeds) or message.content
    return {int(n): _ESCAPE.sub(r"\1", t) for n, t in _NUMBERED.findall(text)}


def shown_question(message: discord.Message) -> str | None:
    """Read a question back from an answer: as it was understood, or as it is quoted above it."""
    text = "\n".join(e.description or "" for e in message.embeds)
    if understood := _UNDERSTOOD.search(text):
        return _ESCAPE.sub(r"\1", understood[1])
    content = message.content or ""
    return _ESCAPE.sub(r"\1", content[2:]) if content.startswith("> ") else None


def widened(passage: Passage, short: str) -> Passage:
    """Return the passage with its bold part widened to the whole short answer where that stands there."""
    bold = _inner(passage)
    if bold is None or not short:
        return passage
    for found in re.finditer(re.escape(short), passage.text):
        whole = Span(*found.span())
        if whole.covers(bold):
            start = passage.span.start
            return passage.model_copy(update={"bold": Span(start + whole.start, start + whole.end)})
    return passage


def quote(passage: Passage, room: int = QUOTE_ROOM) -> str:
    """Show a passage as a block quote, its bold part in bold, cut around that where it is too long."""
    text, bold = _one_line(passage.text), _inner(passage)
    if bold is None:
        return f"> {plain(fit(text, room))}"
    start, end = _window(text, bold, room)
    before, words, after = (
        text[start : bold.start],
        text[bold.start : min(bold.end, end)],
        text[bold.end : end],
    )
    marked = f"{plain(before)}**{plain(words)}**{plain(after)}"
    return f"> {'… ' if start else ''}{marked}{' …' if end < len(text) else ''}"


def _inner(passage: Passage) -> Span | None:
    """Return the bold part, offsets into the passage's own text, without white space at its ends."""
    if passage.bold is None or not passage.span.covers(passage.bold):
        return None
    start, end = passage.bold.start - passage.span.start, passage.bold.end - passage.span.start
    while start < end and passage.text[start].isspace():
        start += 1
    while end > start and passage.text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _window(text: str, bold: Span, room: int) -> tuple[int, int]:
    if len(text) <= room:
        return 0, len(text)
    if bold.end - bold.start >= room:
        return bold.start, bold.start + room
    start = max(0, min(bold.start - (room - (bold.end - bold.start)) // 2, len(text) - room))
    return start, min(len(text), start + room)


def _one_line(text: str) -> str:
    """Return the text with each white-space character as a plain space, so that offsets stay."""
    return re.sub(r"\s", " ", text)


def source_line(answer: Answer) -> str:
    """Say which article and paragraphs prove the answer; the article alone where nothing is proved."""
    title = answer.article_title or answer.article
    places = places_of(answer.evidence) if answer.status in (Status.ANSWERED, Status.CORRECTED) else ""
    return " · ".join(p for p in (_one_line(title), places) if p)


def places_of(passages: tuple[Passage, ...]) -> str:
    """Name the paragraphs of some passages, counted from 1; 0 is the headline."""
    numbers = sorted({p.paragraph for p in passages})
    told = [str(n) for n in numbers if n > 0]
    words = ["headline"] if 0 in numbers else []
    if told:
        words.append(
            f"paragraph {told[0]}" if len(told) == 1 else f"paragraphs {', '.join(told[:-1])} and {told[-1]}"
        )
    return ", ".join(words)
