"""A picture of how many questions were asked and answered, day by day or week by week.

Like the map it has a light ground of its own, so that it reads the same in Discord's dark and light modes,
and letters that stay readable at a phone's width.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from bot.ui.map import GROUND, INK, LINE
from knowledge.records import DayStats

FILE = "stats.png"
WIDTH, HEIGHT = 1080, 560
LEFT, RIGHT, TOP, BOTTOM = 110, 1050, 110, 480
WIDEST = 120
ANSWERED, OTHER = "#2E9E5B", "#C2C6CC"
MOST_DAYS = 45
"""More days than these are drawn as weeks: their bars would be too thin for a phone."""


class Bar(NamedTuple):
    """The questions of a day or of the week that begins on it."""

    first: dt.date
    asked: int
    answered: int


def bars_of(days: Sequence[DayStats], last: dt.date, count: int) -> list[Bar]:
    """Return the bars of so many days up to the last one, those without questions too."""
    step = 7 if count > MOST_DAYS else 1
    counts = {day.day: (day.asked, day.answered) for day in days}
    bars = []
    for first in range(-(-count // step) * step - 1, -1, -step):
        span = [last - dt.timedelta(days=first - n) for n in range(step)]
        found = [counts[day] for day in span if day in counts]
        bars.append(Bar(span[0], sum(a for a, _ in found), sum(b for _, b in found)))
    return bars


def describe(bars: Sequence[Bar]) -> str:
    """Say in words what the picture shows, for those who do not see it."""
    asked, answered = sum(b.asked for b in bars), sum(b.answered for b in bars)
    top = max(bars, key=lambda b: b.asked)
    when = f"{'in the week from' if _weekly(bars) else 'on'} {top.first.day} {top.first:%B}"
    return f"{asked} questions, {answered} of them answered; the most, {top.asked}, {when}."


def _weekly(bars: Sequence[Bar]) -> bool:
    return len(bars) > 1 and (bars[1].first - bars[0].first).days == 7


def draw(bars: Sequence[Bar]) -> bytes:
    """Draw the chart as a PNG; takes some 30 ms, so call it outside of the event loop."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(image)
    small, font = ImageFont.load_default(30), ImageFont.load_default(36)
    top = round_up(max(bar.asked for bar in bars) or 1)
    _legend(pen, font, weekly=_weekly(bars))
    for part in (0, 1, 2):
        value = top * part // 2
        y = BOTTOM - (BOTTOM - TOP) * value / top
        pen.line((LEFT, y, RIGHT, y), fill=LINE if part == 0 else "#DDDBD3", width=3 if part == 0 else 2)
        pen.text((LEFT - 16, y), f"{value}", fill=INK, font=small, anchor="rm")
    wide = (RIGHT - LEFT) / len(bars)
    for n, bar in enumerate(bars):
        middle, half = LEFT + (n + 0.5) * wide, min(wide * 0.36, WIDEST / 2)
        left, right = middle - half, max(middle + half, middle - half + 3)
        for value, colour in ((bar.asked, OTHER), (bar.answered, ANSWERED)):
            if value:
                high = max(4.0, (BOTTOM - TOP) * value / top)
                pen.rectangle((left, BOTTOM - high, right, BOTTOM - 2), fill=colour)
    ends = ((bars[0], LEFT, "la"), (bars[-1], RIGHT, "ra")) if len(bars) > 1 else ((bars[0], 580, "ma"),)
    for bar, x, anchor in ends:
        pen.text((x, BOTTOM + 18), f"{bar.first.day} {bar.first:%b}", fill=INK, font=small, anchor=anchor)
    data = io.BytesIO()
    image.save(data, "PNG", optimize=True)
    return data.getvalue()


def _legend(
    pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, *, weekly: bool
) -> None:
    x = float(LEFT)
    per = "a week" if weekly else "a day"
    for name, colour in ((f"answered {per}", ANSWERED), ("not answered", OTHER)):
        pen.rounded_rectangle((x, 34, x + 36, 70), 8, fill=colour)
        pen.text((x + 50, 52), name, fill=INK, font=font, anchor="lm")
        x += 50 + pen.textlength(name, font=font) + 50


def round_up(value: int) -> int:
    """Return the next even number with one digit that is not zero: where the scale ends."""
    unit: int = 10 ** max(0, len(str(value)) - 1)
    rounded = -(-value // unit) * unit
    return rounded if rounded % 2 == 0 else rounded + unit
