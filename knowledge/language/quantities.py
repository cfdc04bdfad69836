"""Numbers in words and digits, units of measure, currencies, words of time."""

import re
from functools import cache
from typing import NamedTuple

from knowledge.language import tables

_ONES = dict(
    zip(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(20),
        strict=True,
    )
)
_TENS = dict(
    zip(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        range(20, 100, 10),
        strict=True,
    )
)
_SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "lakh": 1e5,
    "crore": 1e7,
    "dozen": 12.0,
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "bn": 1e9,
    "tn": 1e12,
}
#: Scales that only follow digits ("5m").
_ABBREVIATED = frozenset({"k", "m", "mn", "bn", "tn"})
_FRACTIONS = {"half": 0.5, "third": 1 / 3, "quarter": 0.25, "fifth": 0.2, "tenth": 0.1}
#: Fractions that are no ordinals.
_PARTS = {"half": 0.5, "quarter": 0.25}
_ORDINALS = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fifth": 5,
    "eighth": 8,
    "ninth": 9,
    "twelfth": 12,
    "once": 1,
    "twice": 2,
    "thrice": 3,
    "couple": 2,
    "pair": 2,
    "single": 1,
    "nil": 0,
}
_DIGITS = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{2,3})+|\d+)(?:\.\d+)?|[+-]?\.\d+")
_ROMAN = re.compile(r"(?=[IVXLC])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class Unit(NamedTuple):
    """A unit: name, plural, dimension (length, money, time, ...), factor to its base unit or None, symbol.

    The base units are named in data/units.tsv. A currency's factor is None and its name the ISO 4217 code's
    where one is meant.
    """

    name: str
    plural: str
    dimension: str
    factor: float | None
    symbol: str


class TimeWord(NamedTuple):
    """A word of time: kind (month, weekday, part of day, season, deictic, period, holiday), name, number.

    The number is None where the kind has none; months count from 1, weekdays from Monday = 0, deictic words
    in days from today.
    """

    kind: str
    name: str
    number: int | None


def parse_number(text: str) -> float | None:
    """Return the value of a number in digits or words, cardinal or ordinal; None for anything else.

    "1,250.5", "5m", "2.6 million", "a hundred and twenty", "twenty-one", "21st", "two dozen", "half a
    million", "three and a half". The whole text has to be the number; "a" or "the" may stand before it.
    """
    words = re.sub(r"(?<=[a-z])-(?=[a-z])", " ", text.strip().lower()).split()
    words = [part for word in words for part in _cut_digits(word)]
    if words and words[0] in {"a", "an", "the"}:
        words = ["one", *words[1:]] if len(words) > 1 and words[1] in _SCALES else words[1:]
    if (
        len(words) == 2
        and (part := _FRACTIONS.get(words[1].removesuffix("s")))
        and (count := _ONES.get(words[0]))
    ):
        return count * part
    return _sum(words) if words else None


def _cut_digits(word: str) -> list[str]:
    """Split digits from a scale or an ordinal ending that is written onto them."""
    digits = _DIGITS.match(word)
    if digits is None or digits.end() == len(word):
        return [word]
    rest = word[digits.end() :].lstrip("-")
    number = digits.group()
    if rest in {"st", "nd", "rd", "th"}:
        return [number]
    return [number, rest] if rest in _SCALES else [word]


def _sum(words: list[str]) -> float | None:
    """Add up number words: units below a hundred, multiplied by hundreds, by larger scales."""
    total, group, seen = 0.0, 0.0, False
    for i, word in enumerate(words):
        if word == "and" and seen and i + 1 < len(words):
            continue
        if word in {"a", "of"} and seen and i + 1 < len(words):
            continue
        if word in _SCALES and (word not in _ABBREVIATED or _DIGITS.fullmatch(words[i - 1])):
            group = (group if seen else 1.0) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, group = total + group, 0.0
        elif (value := _simple(word)) is not None and (not seen or _may_follow(words[i - 1], value)):
            group += value
        else:
            return None
        seen = True
    return total + group if seen else None


def _may_follow(previous: str, value: float) -> bool:
    """Tell whether a value may be added after a word: units after tens, anything smaller after a scale."""
    if previous in _TENS:
        return 0 < value < 10
    return previous in _SCALES or previous in {"and", "a"}


def _simple(word: str) -> float | None:
    """Return the value of one word that is no scale."""
    if _DIGITS.fullmatch(word):
        return float(word.replace(",", ""))
    for table in (_ONES, _TENS, _ORDINALS, _PARTS):
        if word in table:
            return float(table[word])
    stem = re.sub(r"ieth$", "y", word).removesuffix("th")
    if stem != word and (stem in _ONES or stem in _TENS):
        return float(_ONES.get(stem, _TENS.get(stem, 0)))
    return _SCALES[stem] if stem != word and stem in _SCALES else None


def roman(text: str) -> int | None:
    """Return the value of an upper-case Roman numeral below 400; None for anything else."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    values = [_ROMAN_DIGITS[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


@cache
def _units() -> dict[str, Unit]:
    """Load the units and currencies by every name; symbols of one or two letters with their case as well."""
    found: dict[str, Unit] = {}
    for dimension, name, plural, symbols, factor in tables.rows("units.tsv"):
        spellings = [] if symbols == "-" else symbols.split("|")
        value = None if factor == "-" else float(factor)
        unit = Unit(name, plural, dimension, value, spellings[0] if spellings else name)
        for spelling in (name, plural, *spellings):
            found.setdefault(spelling, unit)
    _add_currencies(found)
    return found


def _add_currencies(found: dict[str, Unit]) -> None:
    """Add every currency by code, symbol, full name, and the name without its country ("rupee")."""
    for code, name, symbol in tables.rows("currencies.tsv.gz"):
        full = Unit(name, name + "s", "money", None, symbol)
        for spelling in (code, name.lower(), name.lower() + "s"):
            found.setdefault(spelling, full)
    for name, plural, symbols in tables.rows("money.tsv"):
        spellings = [] if symbols == "-" else symbols.split("|")
        unit = Unit(name, plural, "money", None, spellings[0] if spellings else name)
        for spelling in (name, plural, *spellings):
            found[spelling] = unit


def unit(word: str) -> Unit | None:
    """Return the unit of measure or the currency that a word or symbol names."""
    table = _units()
    return table.get(word) or (table.get(word.lower()) if len(word) > 2 or word.islower() else None)


@cache
def _times() -> dict[str, TimeWord]:
    """Load the words of time by every spelling."""
    found: dict[str, TimeWord] = {}
    for kind, name, number, spellings in tables.rows("times.tsv"):
        word = TimeWord(kind, name, None if number == "-" else int(number))
        for spelling in (name, *([] if spellings == "-" else spellings.split("|"))):
            found.setdefault(spelling, word)
    return found


@cache
def time_words(kind: str) -> frozenset[str]:
    """Return every spelling of the words of one kind of time ("month", "weekday"), lower case."""
    return frozenset(word for word, known in _times().items() if known.kind == kind)


def time_word(word: str) -> TimeWord | None:
    """Return what a word says of time (month, weekday, part of day, ...); a weekday may be plural."""
    table = _times()
    lower = word.lower()
    return table.get(lower) or (table.get(lower.removesuffix("s")) if lower.endswith("days") else None)
