"""The chart of /knowledge stats."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.ui import chart
from knowledge.records import DayStats

TODAY = dt.date(2024, 3, 10)


def day(ago: int, asked: int, answered: int) -> DayStats:
    return DayStats(day=TODAY - dt.timedelta(days=ago), asked=asked, answered=answered)


def test_days_without_questions_have_their_place() -> None:
    bars = chart.bars_of([day(6, 4, 3), day(0, 2, 2)], TODAY, 7)
    assert [bar.asked for bar in bars] == [4, 0, 0, 0, 0, 0, 2]
    assert bars[0].first == TODAY - dt.timedelta(days=6) and bars[-1].first == TODAY


def test_many_days_are_drawn_as_weeks() -> None:
    bars = chart.bars_of([day(ago, 1, 0) for ago in range(90)], TODAY, 90)
    assert len(bars) == 13 and {bar.asked for bar in bars[1:]} == {7}
    assert "in the week from" in chart.describe(bars)


def test_what_it_shows_is_said_in_words() -> None:
    words = chart.describe(chart.bars_of([day(3, 4, 3), day(0, 2, 2)], TODAY, 7))
    assert words == "6 questions, 5 of them answered; the most, 4, on 7 March."


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=8), st.integers(1, 365))
def test_any_counts_can_be_drawn(counts: list[int], days: int) -> None:
    bars = chart.bars_of([day(n, c, c // 2) for n, c in enumerate(counts)], TODAY, days)
    with Image.open(io.BytesIO(chart.draw(bars))) as image:
        assert image.size == (chart.WIDTH, chart.HEIGHT)


@pytest.mark.parametrize(("value", "end"), [(1, 2), (3, 4), (9, 10), (47, 50), (101, 200)])
def test_the_scale_ends_on_a_round_number(value: int, end: int) -> None:
    assert chart.round_up(value) == end
