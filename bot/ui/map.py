"""A picture of who did what to whom: names around an ellipse, numbered arrows, the words in the legend.

The picture has a light ground of its own, so that it reads the same in Discord's dark and light modes. Its
letters stay readable at a phone's width.
"""

from __future__ import annotations

import io
import math
import textwrap
from typing import NamedTuple

import discord
from PIL import Image, ImageDraw, ImageFont

from bot.ui.answers import places_of
from bot.ui.limits import card, pages, plain
from bot.ui.readings import BEFORE, DEEDS, passage, words
from knowledge.model import Entity, EntityKind, Fact, Modality, Reading, Role

FILE = "map.png"
WIDTH, HEIGHT = 1080, 1080
TOLD = (Modality.ASSERTED, Modality.REPORTED)
MOST_NAMES, MOST_LINKS = 8, 12
TOUCHED = (Role.PATIENT, Role.RECIPIENT, Role.COUNTERPART, Role.BENEFICIARY, Role.DESTINATION)
ACTORS = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE)
GROUND, INK, LINE, MARK, BOX = "#F8F7F3", "#1F2328", "#8A8F98", "#B3261E", "#FFFFFF"

Point = tuple[float, float]


class Link(NamedTuple):
    """Somebody did something to somebody else; entities by number, `case` is the preposition ("to")."""

    source: int
    target: int
    fact: Fact
    case: str


def links_of(reading: Reading) -> list[Link]:
    """Return who did what to whom, once each, in the article's order, as many as can be drawn."""
    actors = {e.id for e in reading.entities if e.kind in ACTORS and e.name != e.name.lower()}
    found: dict[tuple[int, int, str], Link] = {}
    for fact in sorted(reading.facts, key=lambda f: (f.evidence[0].start, f.id)):
        if (
            fact.kind not in DEEDS
            or fact.negated
            or fact.modality not in (Modality.ASSERTED, Modality.REPORTED)
        ):
            continue
        sources = [a.entity for a in fact.of_role(*BEFORE) if a.entity is not None]
        targets = [(a.entity, a.case) for a in fact.of_role(*TOUCHED) if a.entity is not None]
        for source in sources:
            for target, case in targets:
                if source != target and source in actors and target in actors:
                    found.setdefault((source, target, fact.predicate.lemma), Link(source, target, fact, case))
    return _drawable(list(found.values()))


def _drawable(links: list[Link]) -> list[Link]:
    names: dict[int, None] = {}
    kept: list[Link] = []
    for link in links:
        wanted = dict.fromkeys((*names, link.source, link.target))
        if len(wanted) <= MOST_NAMES and len(kept) < MOST_LINKS:
            names = wanted
            kept.append(link)
    return kept


def map_card(reading: Reading, links: list[Link]) -> discord.Embed:
    """Make the card under the picture: what each number stands for, and where it is told."""
    article, names = reading.article, {e.id: e.name for e in reading.entities}
    lines = []
    for n, link in enumerate(links, 1):
        deed = " ".join(filter(None, (f"*{words(article, link.fact.predicate.span)}*", link.case)))
        where = places_of((passage(article, link.fact.evidence[0]),))
        lines.append(
            f"**{n}.** **{plain(names[link.source])}** {deed} **{plain(names[link.target])}** · {where}"
        )
    return card(
        title="Who did what to whom",
        text=pages(lines)[0],
        footer=article.title,
        url=article.url or None,
        image=f"attachment://{FILE}",
    )


def draw(reading: Reading, links: list[Link]) -> bytes:
    """Draw the picture as a PNG; takes some 100 ms, so call it outside of the event loop."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(image)
    named: dict[int, Entity] = {e.id: e for e in reading.entities}
    ids = list(dict.fromkeys(i for link in links for i in (link.source, link.target)))
    places = {i: _place(n, len(ids)) for n, i in enumerate(ids)}
    pairs: dict[tuple[int, int], list[str]] = {}
    for number, link in enumerate(links, 1):
        pairs.setdefault((link.source, link.target), []).append(str(number))
    middles: list[Point] = []
    for source, target in pairs:
        middles.append(_arrow(pen, places[source], places[target], middles))
    for i, at in places.items():
        _box(pen, at, named[i].name)
    for at, numbers in zip(middles, pairs.values(), strict=True):
        _mark(pen, at, ", ".join(numbers))
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()


def _place(n: int, count: int) -> Point:
    turn = 2 * math.pi * n / count - math.pi / 2
    return WIDTH / 2 + 370 * math.cos(turn), HEIGHT / 2 + 420 * math.sin(turn)


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)


def _box(pen: ImageDraw.ImageDraw, at: Point, name: str) -> None:
    text = "\n".join(textwrap.wrap(name, 15, max_lines=3, placeholder="…"))
    font = _font(34)
    left, top, right, bottom = pen.multiline_textbbox(at, text, font=font, anchor="mm", align="center")
    pen.rounded_rectangle((left - 18, top - 14, right + 18, bottom + 14), 16, fill=BOX, outline=INK, width=3)
    pen.multiline_text(at, text, fill=INK, font=font, anchor="mm", align="center")


def _arrow(pen: ImageDraw.ImageDraw, start: Point, end: Point, taken: list[Point]) -> Point:
    """Draw a bent arrow and return where its number goes, apart from those that are taken."""
    (x1, y1), (x2, y2) = start, end
    length = math.hypot(x2 - x1, y2 - y1) or 1.0
    across = (-(y2 - y1) / length, (x2 - x1) / length)
    for bend in (40, 100, 160, 220, -40, -100, -160):
        bow = ((x1 + x2) / 2 + across[0] * bend, (y1 + y2) / 2 + across[1] * bend)
        line = [_bezier(start, bow, end, t / 40) for t in range(41)]
        middle = line[20]
        if all(math.hypot(middle[0] - x, middle[1] - y) > 60 for x, y in taken):
            break
    pen.line(line, fill=LINE, width=5, joint="curve")
    _head(pen, line[28], line[31])
    return middle


def _bezier(start: Point, bow: Point, end: Point, t: float) -> Point:
    a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
    return a * start[0] + b * bow[0] + c * end[0], a * start[1] + b * bow[1] + c * end[1]


def _head(pen: ImageDraw.ImageDraw, before: Point, tip: Point) -> None:
    turn = math.atan2(tip[1] - before[1], tip[0] - before[0])
    wings = [(tip[0] - 30 * math.cos(turn + d), tip[1] - 30 * math.sin(turn + d)) for d in (0.45, -0.45)]
    pen.polygon([tip, *wings], fill=LINE)


def _mark(pen: ImageDraw.ImageDraw, at: Point, numbers: str) -> None:
    font = _font(30)
    half = max(24.0, pen.textlength(numbers, font=font) / 2 + 12)
    pen.rounded_rectangle((at[0] - half, at[1] - 24, at[0] + half, at[1] + 24), 24, fill=MARK)
    pen.text(at, numbers, fill=BOX, font=font, anchor="mm")
