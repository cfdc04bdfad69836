"""Numbers, units and words of time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import tables
from knowledge.language.quantities import parse_number, roman, time_word, unit

ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,250.5", 1250.5),
        ("5m", 5e6),
        ("1.5bn", 1.5e9),
        ("2.6 million", 2.6e6),
        ("a hundred and twenty", 120),
        ("Twenty-one", 21),
        ("21st", 21),
        ("third", 3),
        ("twentieth", 20),
        ("two dozen", 24),
        ("half a million", 5e5),
        ("three and a half", 3.5),
        ("two-thirds", 2 / 3),
        ("three quarters", 0.75),
        ("two thousand and five", 2005),
        ("one hundred twenty-three thousand four hundred and fifty-six", 123456),
        ("two hundred thousand", 2e5),
        ("-4", -4),
        ("hello", None),
        ("", None),
        ("and", None),
        ("a", None),
        ("m", None),
        ("5km", None),
        ("five six", None),
        ("Five soldiers", None),
        ("hundred and", None),
    ],
)
def test_value_of_a_number(text: str, expected: float | None) -> None:
    assert parse_number(text) == (pytest.approx(expected) if expected is not None else None)


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_grouped_digits_are_read_back(number: int) -> None:
    assert parse_number(f"{number:,}") == number


@given(st.integers(0, 7), st.integers(0, 8), st.integers(0, 8))
def test_words_are_read_back(tens: int, ones: int, hundreds: int) -> None:
    value = 100 * (hundreds + 1) + 10 * (tens + 2) + ones + 1
    assert parse_number(f"{ONES[hundreds]} hundred and {TENS[tens]}-{ONES[ones]}") == value


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    value = parse_number(text)
    assert value is None or isinstance(value, float)


@pytest.mark.parametrize(
    ("text", "expected"), [("XIV", 14), ("II", 2), ("MI", None), ("IIII", None), ("", None)]
)
def test_roman_numerals(text: str, expected: int | None) -> None:
    assert roman(text) == expected


@pytest.mark.parametrize(
    ("word", "name", "dimension"),
    [
        ("km", "kilometre", "length"),
        ("Metres", "metre", "length"),
        ("meters", "metre", "length"),
        ("feet", "foot", "length"),
        ("%", "percent", "percent"),
        ("per cent", "percent", "percent"),
        ("$", "dollar", "money"),
        ("rupees", "rupee", "money"),
        ("PKR", "Pakistani rupee", "money"),
        ("mph", "mile per hour", "speed"),
        ("degrees", "degree", "temperature"),
        ("hectares", "hectare", "area"),
        ("hours", "hour", "time"),
    ],
)
def test_unit_and_its_dimension(word: str, name: str, dimension: str) -> None:
    found = unit(word)
    assert found is not None
    assert (found.name, found.dimension) == (name, dimension)


def test_factors_convert_to_one_base_unit() -> None:
    mile, kilometre = unit("mile"), unit("km")
    assert mile is not None and kilometre is not None and mile.factor and kilometre.factor
    assert mile.factor / kilometre.factor == pytest.approx(1.609344)


def test_no_unit_is_found_for_other_words() -> None:
    assert unit("people") is None and unit("In") is None and unit("") is None


def test_plurals_of_all_units_are_found() -> None:
    for row in tables.rows("units.tsv"):
        found = unit(row[2])
        assert found is not None and found.name == row[1], row


def test_words_of_time() -> None:
    for word, kind, number in (
        ("Sept.", "month", 9),
        ("Tuesdays", "weekday", 1),
        ("yesterday", "deictic", -1),
    ):
        found = time_word(word)
        assert found is not None and (found.kind, found.number) == (kind, number)
    assert time_word("table") is None
