"""Give time phrases their value in the calendar, counted from the day of publication.

Values are ISO 8601: a day "2024-05-03", a month "2024-05", a year "2024", or an interval of two of them,
"2014/2017", with ".." for an open end (ISO 8601-2).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from knowledge.language.quantities import parse_number, time_word
from knowledge.model import Alias, Article, Entity, EntityKind, Mention, Sentence, Span, Token
from knowledge.reading.facts.tree import Tree

_AHEAD: Final = frozenset({"will", "shall", "would", "'ll", "to"})
_DAY: Final = dt.timedelta(days=1)
_SHIFT: Final = {"last": -1, "previous": -1, "past": -1, "this": 0, "next": 1, "coming": 1, "following": 1}
_TOKEN: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{4}s|\d+(?:st|nd|rd|th)\b|\d+|[^\W\d_]+\.?|[–-]")


def time_value(phrase: str, published: dt.date | None, *, ahead: bool = False) -> str:
    """Return the value of a time phrase, "" where it has none.

    A day or month without a year is the last one up to the day of publication, or with `ahead` the next one
    from it.
    """
    words = [word.lower().rstrip(".") for word in _TOKEN.findall(phrase)]
    while words and words[0] in {
        "on",
        "in",
        "at",
        "during",
        "the",
        "of",
        "early",
        "late",
        "mid",
        "earlier",
        "later",
    }:
        words = words[1:]
    if not words:
        return ""
    interval = _interval(words)
    if interval:
        return interval
    try:
        return _absolute(words, published, ahead) or _relative(words, published, ahead)
    except OverflowError:
        return ""


def _interval(words: list[str]) -> str:
    """Return the value of "between 2014 and 2017", "2014-2017", "since 2015", "until 2030", "the 1990s"."""
    years = [word for word in words if re.fullmatch(r"1\d{3}|20\d{2}", word)]
    small = set(words) - set(years)
    if (
        len(years) == 2
        and small <= {"between", "and", "from", "to", "until", "-", "–"}
        and years[0] < years[1]
    ):
        return "/".join(years)
    if len(years) == 1 and len(words) == 2 and words[0] in {"since", "after"}:
        return f"{years[0]}/.."
    if len(years) == 1 and len(words) == 2 and words[0] in {"until", "till", "before", "by"}:
        return f"../{years[0]}"
    if len(words) == 1 and re.fullmatch(r"(?:1\d|20)\d0s", words[0]):
        first = int(words[0][:4])
        return f"{first}/{first + 9}"
    return ""


def _absolute(words: list[str], published: dt.date | None, ahead: bool) -> str:
    """Return the value of a date, month or year."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", words[0]):
        return words[0]
    month = next((t.number for w in words if (t := time_word(w)) and t.kind == "month" and t.number), None)
    year = next((int(w) for w in words if re.fullmatch(r"1\d{3}|20\d{2}", w)), None)
    days = [int(found[1]) for w in words if (found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?", w))]
    if month is None:
        return str(year) if year is not None and len(words) == 1 else ""
    if days:
        if year is None and published is not None:
            year = _nearest_year(month, days[0], published, ahead)
        return _iso(year, month, days[0]) if year is not None else ""
    if year is None and published is not None:
        later = month > published.month
        year = published.year + (month < published.month if ahead else -later)
    return f"{year:04}-{month:02}" if year is not None else ""


def _iso(year: int, month: int, day: int) -> str:
    """Return a day's value, "" for a day that no calendar has."""
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _nearest_year(month: int, day: int, published: dt.date, ahead: bool) -> int:
    """Return the year of the last such day up to publication, or of the next one from it."""
    passed = (month, day) > (published.month, published.day)
    earlier = (month, day) < (published.month, published.day)
    return published.year + (int(earlier) if ahead else -int(passed))


def _relative(words: list[str], published: dt.date | None, ahead: bool) -> str:
    """Return the value of a phrase that counts from the day of publication."""
    if published is None:
        return ""
    known = [time_word(word) for word in words]
    for found in known:
        if found is not None and found.kind == "deictic" and found.number is not None:
            return (published + found.number * _DAY).isoformat()
    shift = next((_SHIFT[word] for word in words if word in _SHIFT), None)
    weekday = next((t.number for t in known if t and t.kind == "weekday"), None)
    if weekday is not None:
        return _weekday(published, weekday, shift, ahead)
    unit = next((t.name for t in known if t and t.kind == "period"), None)
    if words[-1] == "ago" and unit is not None:
        return _ago(words, unit, published)
    if shift is None:
        return ""
    if any(t is not None and t.kind == "part of day" for t in known):
        return (published + shift * _DAY).isoformat()
    return (
        _period("weekend" if "weekend" in words else unit or "", shift, published) if len(words) == 2 else ""
    )


def _weekday(published: dt.date, weekday: int, shift: int | None, ahead: bool) -> str:
    """Return the last such day up to publication, or the next one from it."""
    if ahead or shift == 1:
        days = (weekday - published.weekday()) % 7
        return (published + (days or 7 * (shift == 1)) * _DAY).isoformat()
    days = (published.weekday() - weekday) % 7
    return (published - (days or 7 * (shift == -1)) * _DAY).isoformat()


def _ago(words: list[str], unit: str, published: dt.date) -> str:
    """Return the value of "two years ago", as exact as its unit."""
    count = parse_number(" ".join(words[:-2])) or (1 if words[0] in {"a", "an"} else None)
    if count is None or count > 10_000 or count != int(count):
        return ""
    number = int(count)
    match unit:
        case "day":
            return (published - number * _DAY).isoformat()
        case "week":
            return _week(published - 7 * number * _DAY)
        case "month":
            return _month(published, -number)
        case "year" if number < published.year:
            return str(published.year - number)
    return ""


def _period(unit: str, shift: int, published: dt.date) -> str:
    """Return the value of "last week", "this month", "next year"."""
    periods: dict[str, Callable[[], str]] = {
        "week": lambda: _week(published + 7 * shift * _DAY),
        "weekend": lambda: _weekend(published + 7 * shift * _DAY),
        "month": lambda: _month(published, shift),
        "year": lambda: str(published.year + shift),
    }
    return periods[unit]() if unit in periods else ""


def _week(day: dt.date) -> str:
    """Return the week of a day, Monday to Sunday."""
    monday = day - day.weekday() * _DAY
    return f"{monday.isoformat()}/{(monday + 6 * _DAY).isoformat()}"


def _weekend(day: dt.date) -> str:
    """Return the Saturday and Sunday of a day's week."""
    saturday = day + (5 - day.weekday()) * _DAY
    return f"{saturday.isoformat()}/{(saturday + _DAY).isoformat()}"


def _month(day: dt.date, shift: int) -> str:
    """Return the month some months from a day's."""
    count = day.year * 12 + day.month - 1 + shift
    return f"{count // 12:04}-{count % 12 + 1:02}" if count >= 12 else ""


# --- in an article ------------------------------------------------------------------------------------------


def time_entities(article: Article, first: int) -> tuple[Entity, ...]:
    """Return the times that the article tells with a value, as entities numbered from `first`.

    The alias of kind "variant" is the value. None where the day of publication is not known.
    """
    if article.published is None:
        return ()
    found: dict[str, list[Span]] = {}
    for sentence in article.sentences:
        for span, ahead in _phrases(sentence):
            value = time_value(span.of(article.text), article.published, ahead=ahead)
            if value:
                found.setdefault(value, []).append(span)
    return tuple(
        Entity(
            id=first + number,
            kind=EntityKind.TIME,
            name=spans[0].of(article.text),
            aliases=(Alias(text=value, kind="variant"),),
            mentions=tuple(Mention(span=span, kind="name", confidence=0.9) for span in spans),
        )
        for number, (value, spans) in enumerate(found.items())
    )


def _phrases(sentence: Sentence) -> list[tuple[Span, bool]]:
    """Return the phrases of time that the parser labels, and whether each lies ahead."""
    tree = Tree(sentence, 0)
    found: list[tuple[Span, bool]] = []
    start: int | None = None
    tokens: tuple[Token, ...] = sentence.tokens
    for word in range(len(tokens) + 1):
        inside = word < len(tokens) and tokens[word].name == EntityKind.TIME
        if inside and start is None:
            start = word
        elif not inside and start is not None:
            ahead = any(_lies_ahead(tree, above) for above in list(tree.ancestors(start))[:3])
            found.append((Span(tokens[start].start, tokens[word - 1].end), ahead))
            start = None
    return found


def _lies_ahead(tree: Tree, word: int) -> bool:
    """Tell whether a verb is in the future or an infinitive."""
    marks = tree.children(word, "aux", "mark")
    return tree.upos(word) == "VERB" and any(tree.lemma(kid) in _AHEAD for kid in marks)
