"""Expressions of time and measure in a text: what a question asks for, and what a sentence names."""

from __future__ import annotations

import re
from collections.abc import Iterator

SPANS = {
    "how_often": re.compile(
        r"\b(?:times?|every|daily|weekly|monthly|yearly|annually|often|repeatedly|regularly|once|twice|"
        r"always|never|rarely|frequently|sometimes|each)\b",
        re.IGNORECASE,
    ),
    "how_long": re.compile(
        r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|until|since|"
        r"from|between|long|(?:kilo|centi|milli)?met(?:re|er)s?|miles?|feet|foot|inch(?:es)?|yards?)\b",
        re.IGNORECASE,
    ),
    "how_old": re.compile(
        r"\b\d{1,3}\s?-?\s?(?:year|month|week|day)s?\b|\byears? old\b|\baged\b|^\d{1,3}$", re.IGNORECASE
    ),
}
"""What an answer to "how often", "how long", "how old" holds."""
GRAIN = {
    "year": re.compile(r"\b(?:1[0-9]|20)\d\d\b|\b(?:last|this|next) year\b", re.IGNORECASE),
    "month": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
        r"month)\b",
        re.IGNORECASE,
    ),
    "day": re.compile(
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tomorrow|tonight)\b|"
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) "
        r"\d|\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|"
        r"december)",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
        r"\b(?:1[0-9]|20)\d\d\b",
        re.IGNORECASE,
    ),
    "century": re.compile(r"\bcentur|\d\d00s", re.IGNORECASE),
    "decade": re.compile(r"\d0s\b|decade", re.IGNORECASE),
    "time": re.compile(
        r"\d[:.]\d\d|[ap]\.?m\.?\b|\bnoon\b|midnight|o'clock|dawn|morning|evening|night|\bday\b",
        re.IGNORECASE,
    ),
}
"""What an answer to "which year", "what time" holds."""
MOMENT = re.compile(
    r"\b(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|"
    r"\b(?P<deictic>last|this|next) (?P<unit>year|month|week|season|century|decade)\b|"
    r"\b(?P<month>january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"\b(?P<year>1[0-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)


def moments(text: str) -> Iterator[tuple[str, str]]:
    """Yield the days, months, years and "last year"s that a text names, each as sort and value."""
    for match in MOMENT.finditer(text):
        if match["unit"]:
            yield match["unit"].lower(), match["deictic"].lower()
        else:
            for sort in ("day", "month", "year"):
                if match[sort]:
                    yield f"named {sort}", match[sort].lower()
