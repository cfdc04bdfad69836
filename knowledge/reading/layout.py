"""Find an article's headline, dateline, paragraphs and quotations in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from knowledge.language import gazetteer, lexicon
from knowledge.language.quantities import time_words
from knowledge.model import Quotation, Span


class Dateline(NamedTuple):
    """Where a report says it was written: `span` is the place, None where only an agency is named.

    The story begins at `body`.
    """

    span: Span | None
    body: int


class Layout(NamedTuple):
    """The parts of a text; `paragraphs` leaves the headline out."""

    headline: Span | None
    dateline: Dateline | None
    paragraphs: tuple[Span, ...]
    quotations: tuple[Quotation, ...]


def lay_out(text: str, title: str = "") -> Layout:
    """Return the text's headline, dateline, paragraphs and quotations.

    Line ends of any kind will do. A first paragraph that is the given title, or looks like a headline, is
    one.
    """
    paragraphs = find_paragraphs(text)
    headline = None
    if len(paragraphs) > 1 and _is_headline(text, paragraphs, title):
        headline, *paragraphs = paragraphs
    dateline = None
    for paragraph in paragraphs[:3]:
        dateline = find_dateline(text, paragraph)
        if dateline or len(paragraph.of(text)) > 80:
            break
    quotations = find_quotations(text, ([headline] if headline else []) + paragraphs)
    return Layout(headline, dateline, tuple(paragraphs), tuple(quotations))


# --- paragraphs ---------------------------------------------------------------------------------------------


def find_paragraphs(text: str) -> list[Span]:
    """Return the paragraphs that hold a letter or digit, without surrounding white space.

    Paragraphs are set apart by blank lines, or are single lines unless the lines look wrapped at a fixed
    width.
    """
    found = [part for block in _blocks(text) for part in _block_paragraphs(text, block)]
    return [span for span in found if any(c.isalnum() for c in span.of(text))]


def _lines(text: str) -> Iterator[Span]:
    """Yield each line's span without surrounding white space; a blank line's span is empty."""
    start = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        begin = start + (len(line) - len(line.lstrip()) if stripped else 0)
        yield Span(begin, begin + len(stripped))
        start += len(line)


def _blocks(text: str) -> Iterator[list[Span]]:
    """Yield runs of lines between blank lines."""
    block: list[Span] = []
    for line in _lines(text):
        if line.start < line.end:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _block_paragraphs(text: str, block: list[Span]) -> Iterator[Span]:
    """Yield the paragraphs of one block of lines."""
    if not _is_wrapped(text, block):
        yield from block
        return
    width = max(line.end - line.start for line in block)
    start = block[0].start
    for line, following in zip(block, [*block[1:], None], strict=True):
        short = line.end - line.start < 0.75 * width
        if following is None or (short and _ends_sentence(line.of(text))):
            yield Span(start, line.end)
            start = following.start if following else line.end


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Tell whether a block's lines were cut at a fixed width: most end in mid-sentence at about the same
    column.
    """
    if len(block) < 2:
        return False
    inner = block[:-1]
    widths = [line.end - line.start for line in inner]
    if max(widths) > 120 or max(widths) < 30:
        return False
    open_ended = [line for line in inner if not _ends_sentence(line.of(text))]
    wide = [width for width in widths if width > 0.75 * max(widths)]
    return 2 * len(open_ended) > len(inner) and 2 * len(wide) > len(inner)


def _ends_sentence(line: str) -> bool:
    """Tell whether a line ends with a full stop or the like, closing marks aside."""
    return line.rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))


def _is_headline(text: str, paragraphs: list[Span], title: str) -> bool:
    """Tell whether the first of two or more paragraphs is a headline."""
    first, second = paragraphs[0].of(text), paragraphs[1].of(text)
    if title and _plain(first) == _plain(title):
        return True
    if len(first.splitlines()) > 1 or len(first) > 160 or len(first.split()) > 25:
        return False
    bare = first.rstrip("\"'”’»)] ")
    if bare.endswith((":", ";", ",")) or (bare.endswith(".") and not bare.endswith("...")):
        return False
    return len(second) > len(first) or len(paragraphs) > 2


def _plain(line: str) -> str:
    """Return a line's letters and digits in one case, to compare titles."""
    return "".join(c for c in line.casefold() if c.isalnum())


# --- dateline -----------------------------------------------------------------------------------------------

_WORD: Final = r"[^\W\d_]+(?:[.'’´-][^\W\d_]+)*\.?"
_MONTHS: Final = sorted({month.rstrip(".").capitalize() for month in time_words("month")})
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})\b\.?"
_DAY: Final = rf"(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?"
_DATELINE: Final = re.compile(
    rf"(?P<place>{_WORD}(?:[ ]{_WORD}){{0,3}}(?:/{_WORD}(?:[ ]{_WORD}){{0,3}})*)"
    rf"(?P<region>(?:,[ ](?!{_DAY}){_WORD}(?:[ ]{_WORD}){{0,3}}){{0,2}})"
    rf"(?P<date>,?[ ]{_DAY})?"
    r"(?P<agency>,?[ ]?\([A-Z][\w.&/ -]{1,40}\))?"
    r"(?P<end>:[ ]+|[ ]*(?:--+|[–—―])[ ]*|[ ]-[ ]+)"
)
_AGENCY: Final = re.compile(r"\([A-Z][\w.&/ -]{1,40}\)[ ]*(?:--?|[–—―])[ ]*")


def find_dateline(text: str, paragraph: Span) -> Dateline | None:
    """Return the dateline that the paragraph begins with, None where there is none.

    A dateline is a place (known, in capitals and no common word, or with a region, date or agency beside it)
    and a dash, or a known place in capitals and a colon.
    """
    words = paragraph.of(text)
    if found := _AGENCY.match(words):
        return Dateline(None, paragraph.start + found.end())
    found = _DATELINE.match(words)
    if found is None or not words[found.end() :].strip() or not _is_dateline(found):
        return None
    end = found.end("region") if found["region"] else found.end("place")
    return Dateline(Span(paragraph.start, paragraph.start + end), paragraph.start + found.end())


def _is_dateline(found: re.Match[str]) -> bool:
    """Tell whether what has the form of a dateline is one."""
    place, region = found["place"], found["region"].strip(", ")
    known = any(gazetteer.place(part) is not None for part in place.split("/"))
    known_region = bool(region) and gazetteer.place(region.split(", ")[-1].rstrip(".")) is not None
    capitals = place.isupper() and sum(c.isalpha() for c in place) > 2
    if found["end"].startswith(":"):
        return capitals and (known or known_region)
    if not place[0].isupper():
        return False
    if known_region or found["agency"] or (found["date"] and (known or capitals)):
        return capitals or known or known_region or bool(found["agency"])
    if not capitals:
        return known and bool(region)
    common = all(lexicon.is_word(word) for word in re.findall(r"\w+", place.lower()))
    return known or (not common and len(place) > 5)


# --- quotations ---------------------------------------------------------------------------------------------

_DOUBLE: Final = re.compile(r"[\"“”„‟«»＂]|``|''")
_SINGLE_OPEN: Final = re.compile(r"(?<![\w.,!?…%])['‘`‹‚´](?=[^\s\W]|[\[(\"“]|[.…]{1,3}\w)")
_SINGLE_CLOSE: Final = re.compile(r"(?<=\S)['’´›](?!\w)")
#: Words that begin with an apostrophe, and decades.
_ELISION: Final = re.compile(
    r"['‘’´](?:\d\ds?|em|til|till|cause|n|tis|twas|bout|round|neath|cos|coz)\b", re.I
)
_LONGEST_SINGLE: Final = 1000


class _Mark(NamedTuple):
    """A double quotation mark with what its glyph and surroundings allow."""

    start: int
    end: int
    opens: bool
    closes: bool


def find_quotations(text: str, paragraphs: list[Span]) -> list[Quotation]:
    """Return the outermost quotations in their order, with marks of any style.

    An opening mark without a closing one runs to the end of its paragraph; the next paragraph's quotation
    continues it if it begins that paragraph. Single marks are told from apostrophes by what stands around
    them.
    """
    found: list[Quotation] = []
    carried: int | None = None
    for paragraph in paragraphs:
        doubles, unclosed = _double_quoted(text, paragraph, carried is not None)
        singles = [s for s in _single_quoted(text, paragraph) if not any(d.overlaps(s) for d, _ in doubles)]
        spans = sorted([*doubles, *((span, 1) for span in singles)])
        for number, (span, mark) in enumerate(spans):
            inner = _inner(text, span, mark, closed=not (unclosed and number == len(spans) - 1))
            if inner is None:
                continue
            first = number == 0 and span.start == paragraph.start
            found.append(Quotation(span=span, inner=inner, continues=carried if first else None))
            carried = None
        carried = len(found) - 1 if unclosed and found else None
    return found


def _inner(text: str, span: Span, mark: int, closed: bool) -> Span | None:
    """Return what stands between the marks, without white space; None where that is nothing."""
    start, end = span.start + mark, span.end
    if closed:
        end -= 2 if mark == 2 or text[span.end - 2 : span.end] == "''" else 1
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end and any(c.isalnum() for c in text[start:end]) else None


def _double_quoted(text: str, paragraph: Span, carried: bool) -> tuple[list[tuple[Span, int]], bool]:
    """Return the spans between double marks with the length of the opening one, and whether the last is
    unclosed.

    Where `carried`, a closing mark without an opening one ends a quotation that began in an earlier
    paragraph.
    """
    marks = _marks(text, paragraph)
    spans: list[tuple[Span, int]] = []
    opened: _Mark | None = None
    depth = 0
    if carried and marks and not marks[0].opens:
        spans.append((Span(paragraph.start, marks[0].end), 0))
        marks = marks[1:]
    for number, mark in enumerate(marks):
        rest = marks[number + 1 :]
        if opened is None:
            if mark.opens or (rest and rest[0].closes and not rest[0].opens and mark.closes):
                opened, depth = mark, 0
        elif mark.closes and not (mark.opens and _nests(rest, depth)):
            if depth:
                depth -= 1
            else:
                spans.append((Span(opened.start, mark.end), opened.end - opened.start))
                opened = None
        elif _nests(rest, depth):
            depth += 1
        else:
            end = mark.start
            while text[end - 1].isspace():
                end -= 1
            spans.append((Span(opened.start, max(end, opened.end)), opened.end - opened.start))
            opened = mark
    if opened is not None:
        spans.append((Span(opened.start, paragraph.end), opened.end - opened.start))
    return spans, opened is not None


def _nests(rest: list[_Mark], depth: int) -> bool:
    """Tell whether the marks that follow close one more level than is open now."""
    level = depth + 2
    for mark in rest:
        level += 1 if mark.opens and not mark.closes else -1
        if level == 0:
            return True
    return False


def _marks(text: str, paragraph: Span) -> list[_Mark]:
    """Return the paragraph's double quotation marks; marks of inches and seconds are left out."""
    marks: list[_Mark] = []
    for found in _DOUBLE.finditer(text, paragraph.start, paragraph.end):
        before = text[found.start() - 1] if found.start() > paragraph.start else " "
        after = text[found.end()] if found.end() < paragraph.end else " "
        if found[0] == '"' and before.isdigit() and not marks:
            continue
        if found[0] == "''" and before.isalnum() and after.isalnum():
            continue
        marks.append(_mark(found, before, after))
    return marks


def _mark(found: re.Match[str], before: str, after: str) -> _Mark:
    """Say what a mark can be by its glyph, else by the white space and punctuation round it."""
    glyph = found[0]
    if glyph in {"“", "``", "„", "‟"}:
        german = glyph == "“" and not before.isspace() and (after.isspace() or after in ".,;:!?")
        opens, closes = not german, german
    elif glyph == "”":
        swedish = before.isspace() and not after.isspace()
        opens, closes = swedish, not swedish
    elif glyph in "«»":
        left = (before.isspace() or before in "([{—–-") and not (after.isspace() and glyph == "»")
        opens, closes = (left, not left)
    else:
        opens = before.isspace() or before in "([{—–-/‘'¿¡"
        closes = after.isspace() or after in ".,;:!?)]}—–-/’'…"
        if opens and closes and not before.isspace():
            opens = not after.isspace()
            closes = not opens
        if not opens and not closes:
            opens = closes = True
    return _Mark(found.start(), found.end(), opens, closes)


def _single_quoted(text: str, paragraph: Span) -> list[Span]:
    """Return the spans between single marks, marks included."""
    spans: list[Span] = []
    position = paragraph.start
    while found := _SINGLE_OPEN.search(text, position, paragraph.end):
        position = found.end()
        if _ELISION.match(text, found.start()):
            continue
        end = _single_end(text, found.end(), min(paragraph.end, found.end() + _LONGEST_SINGLE))
        if end is not None:
            spans.append(Span(found.start(), end))
            position = end
    return spans


def _single_end(text: str, start: int, limit: int) -> int | None:
    """Return where the quotation that began before `start` ends, None where no mark closes it."""
    following = _SINGLE_OPEN.search(text, start, limit)
    while following and _ELISION.match(text, following.start()):
        following = _SINGLE_OPEN.search(text, following.end(), limit)
    possessive: int | None = None
    for found in _SINGLE_CLOSE.finditer(text, start, limit):
        if following and found.start() > following.start() and possessive is not None:
            break
        before, after = text[found.start() - 1], text[found.end() : found.end() + 2]
        if before in "sS" and len(after) == 2 and after[0].isspace() and after[1].isalnum():
            possessive = possessive or found.end()
            continue
        return (
            found.end() if possessive is None or not _reopens(text, possessive, found.start()) else possessive
        )
    return possessive


def _reopens(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends between two places, so that the later mark belongs to something else."""
    return re.search(r"[.!?]\s+[A-Z]", text[start:end]) is not None
