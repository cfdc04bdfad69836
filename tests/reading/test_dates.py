"""The calendar values of time phrases."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import EntityKind
from knowledge.reading import read
from knowledge.reading.dates import time_value
from knowledge.reading.parser import Parser

FRIDAY = dt.date(2024, 5, 3)


@pytest.mark.parametrize(
    ("phrase", "value"),
    [
        ("3 May 2024", "2024-05-03"),
        ("May 3rd, 2024", "2024-05-03"),
        ("2024-05-03", "2024-05-03"),
        ("on December 24", "2023-12-24"),
        ("in May", "2024-05"),
        ("Sept.", "2023-09"),
        ("in June 2019", "2019-06"),
        ("1998", "1998"),
        ("the 1990s", "1990/1999"),
        ("between 2014 and 2017", "2014/2017"),
        ("2014-2017", "2014/2017"),
        ("since 2015", "2015/.."),
        ("until 2030", "../2030"),
        ("today", "2024-05-03"),
        ("yesterday evening", "2024-05-02"),
        ("Friday", "2024-05-03"),
        ("on Monday morning", "2024-04-29"),
        ("last Friday", "2024-04-26"),
        ("next Monday", "2024-05-06"),
        ("last night", "2024-05-02"),
        ("this week", "2024-04-29/2024-05-05"),
        ("last month", "2024-04"),
        ("next year", "2025"),
        ("two years ago", "2022"),
        ("five months ago", "2023-12"),
        ("three days ago", "2024-04-30"),
        ("last weekend", "2024-04-27/2024-04-28"),
        ("earlier this month", "2024-05"),
    ],
)
def test_a_phrase_has_its_value(phrase: str, value: str) -> None:
    assert time_value(phrase, FRIDAY) == value


@pytest.mark.parametrize("phrase", ["", "for three hours", "31 April 2024", "ten years", "soon", "3 apples"])
def test_a_phrase_without_a_value_has_none(phrase: str) -> None:
    assert time_value(phrase, FRIDAY) == ""


def test_what_lies_ahead_is_counted_forward() -> None:
    assert time_value("on Wednesday", FRIDAY, ahead=True) == "2024-05-08"
    assert time_value("December 24", FRIDAY, ahead=True) == "2024-12-24"
    assert time_value("in March", FRIDAY, ahead=True) == "2025-03"


def test_without_a_day_of_publication_only_full_dates_count() -> None:
    assert time_value("Monday", None) == ""
    assert time_value("May 3", None) == ""
    assert time_value("3 May 2024", None) == "2024-05-03"


@given(st.text(max_size=40), st.dates(), st.booleans())
def test_any_phrase_is_dated_or_not(phrase: str, published: dt.date, ahead: bool) -> None:
    value = time_value(phrase, published, ahead=ahead)
    assert value == "" or value[0].isdigit() or value.startswith("..")


def test_times_are_entities_where_the_day_is_known(parser: Parser) -> None:
    text = "The mill burnt down on Monday. It will open again on Wednesday."
    dated = read(text, "key", parser, published=FRIDAY)
    times = {e.name: e.aliases[0].text for e in dated.entities if e.kind is EntityKind.TIME}
    assert times == {"Monday": "2024-04-29", "Wednesday": "2024-05-08"}
    assert not [e for e in read(text, "key", parser).entities if e.kind is EntityKind.TIME]
