"""An answer as text for people and as an object for programs."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator
from typing import Any

import click

from knowledge.model import Answer, Passage, Status

#: The colour of each outcome.
COLOURS = {
    Status.ANSWERED: "green",
    Status.CORRECTED: "yellow",
    Status.DID_YOU_MEAN: "cyan",
    Status.NOT_TOLD: "bright_black",
}
WIDEST = 100


def lines(answer: Answer, *, why: bool = False, colour: bool = True) -> Iterator[str]:
    """Yield the lines that show an answer; without colour the answer is marked **so** in its sentence."""
    match answer.status:
        case Status.ANSWERED | Status.CORRECTED:
            yield from _told(answer, colour)
        case Status.DID_YOU_MEAN:
            yield _styled("Did you mean one of these?", colour, fg=COLOURS[answer.status], bold=True)
        case Status.NOT_TOLD:
            yield _styled("The article does not say.", colour, fg=COLOURS[answer.status], bold=True)
            if answer.suggestions:
                yield "You can ask:"
    for number, suggestion in enumerate(answer.suggestions, start=1):
        yield f"  {number}. {suggestion.text}"
    if why and answer.why is not None:
        yield ""
        yield from _reasons(answer, colour)


def _told(answer: Answer, colour: bool) -> Iterator[str]:
    short = answer.correction if answer.status is Status.CORRECTED and answer.correction else answer.text
    if answer.resolved:
        yield _styled(f"({answer.resolved})", colour, dim=True)
    if answer.status is Status.CORRECTED:
        yield "The question takes something for granted that the article tells differently:"
    yield _styled(short, colour, fg=COLOURS[answer.status], bold=True)
    for passage in answer.evidence:
        yield from _quoted(passage, colour)
    if answer.attribution:
        yield f"  {answer.attribution[0].upper()}{answer.attribution[1:]}."
    yield _styled(f"  {_source(answer)}", colour, dim=True)
    for aside in answer.also:
        yield f"Also: {aside.text}"
        for passage in aside.evidence:
            yield from _quoted(passage, colour)


def _quoted(passage: Passage, colour: bool) -> Iterator[str]:
    text = " ".join(passage.text.split())
    if passage.bold is not None:
        start, end = (edge - passage.span.start for edge in passage.bold)
        if 0 <= start < end <= len(passage.text):
            before, marked, after = (
                " ".join(part.split()) if part.strip() else ""
                for part in (passage.text[:start], passage.text[start:end], passage.text[end:])
            )
            before += " " if passage.text[:start][-1:].isspace() else ""
            after = (" " if passage.text[end : end + 1].isspace() else "") + after
            text = f"{before}\x01{marked}\x02{after}"
    width = min(WIDEST, shutil.get_terminal_size((88, 24)).columns) - 4
    opened = False
    for line in textwrap.wrap(text, width):
        shown, opened = _marked(line, opened, colour)
        yield f"  │ {shown}" if colour else f"  | {shown}"


def _marked(line: str, opened: bool, colour: bool) -> tuple[str, bool]:
    """Turn the marks of a wrapped line into style; the style ends with the line and goes on in the next."""
    on, off = ("\x1b[1;4m", "\x1b[0m") if colour else ("**", "**")
    if colour and opened:
        line = on + line
    closed = line.rfind("\x02") > line.rfind("\x01")
    still = (opened and not closed and "\x02" not in line) or line.rfind("\x01") > line.rfind("\x02")
    line = line.replace("\x01", on).replace("\x02", off)
    return (line + off if colour and still else line), still


def _source(answer: Answer) -> str:
    parts = [answer.article_title or answer.article]
    paragraphs = sorted({passage.paragraph for passage in answer.evidence})
    if paragraphs:
        numbers = ", ".join("headline" if number == 0 else str(number) for number in paragraphs)
        parts.append(numbers if numbers == "headline" else f"paragraph {numbers}")
    parts.append(f"{answer.confidence:.0%} sure")
    return " · ".join(part for part in parts if part)


def _reasons(answer: Answer, colour: bool) -> Iterator[str]:
    trace = answer.why
    assert trace is not None
    yield _styled("Why", colour, bold=True)
    yield f"  asked: {trace.frame}"
    if answer.matched:
        yield f"  matched: {answer.matched} (tier {trace.tier})"
    for note in trace.notes:
        yield f"  {note}"
    for rival in trace.rivals:
        yield f"  instead of: {rival}"


def _styled(text: str, colour: bool, **style: Any) -> str:
    return click.style(text, **style) if colour else text


def contract(number: object, answer: Answer, *, library: bool = False) -> dict[str, Any]:
    """Return the object of the `answer` command: "answered", or "abstained" for every other outcome."""
    told = answer.status is Status.ANSWERED
    line: dict[str, Any] = {
        "id": number,
        "status": "answered" if told else "abstained",
        "answer": answer.text if told else "",
        "span": answer.span.text if told and answer.span else "",
        "evidence": [passage.text for passage in answer.evidence] if told else [],
        "confidence": round(answer.confidence, 4),
        "matched": answer.matched,
        "attribution": answer.attribution,
        "also": [aside.text for aside in answer.also],
        "correction": answer.correction,
        "suggestions": [suggestion.text for suggestion in answer.suggestions],
    }
    if library:
        line["article"] = answer.article
    return line


def document(question: str, answer: Answer) -> dict[str, Any]:
    """Return the object of `ask --json`: everything that the answer holds."""
    return {"question": question, **answer.model_dump(mode="json")}
