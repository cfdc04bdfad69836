"""Idioms of a question put into plain words (`data/idioms.tsv`), unless the article uses them itself."""

from __future__ import annotations

import functools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from knowledge.asking import tables
from knowledge.language import inflection, lexicon

MOST_BETWEEN = 4
"""Words that the * of an idiom may stand for."""
FORMS: tuple[inflection.Form, ...] = ("gerund", "third", "past", "participle")
SMALL = {
    "the",
    "a",
    "an",
    "to",
    "on",
    "of",
    "in",
    "out",
    "up",
    "off",
    "it",
    "for",
    "with",
    "at",
    "into",
    "back",
    "*",
}


@dataclass(frozen=True, slots=True)
class Idiom:
    """An idiom's words, what they mean, and whether the first is a verb."""

    words: tuple[str, ...]
    plain: tuple[str, ...]
    verb: bool


@functools.cache
def _idioms() -> dict[str, tuple[Idiom, ...]]:
    """Return the idioms by their first word, the longest first."""
    found: dict[str, list[Idiom]] = {}
    for kind, idiom, plain in tables.rows("idioms.tsv"):
        words = tuple(idiom.split())
        found.setdefault(words[0], []).append(Idiom(words, tuple(plain.split()), kind == "v"))
    return {k: tuple(sorted(v, key=lambda x: -len(x.words))) for k, v in found.items()}


def plainly(words: Sequence[str], vocabulary: Collection[str]) -> list[str]:
    """Return a question's words with its idioms in plain words."""
    out: list[str] = []
    i = 0
    while i < len(words):
        found = _at(words, i, vocabulary)
        if found is None:
            out.append(words[i])
            i += 1
        else:
            plain, i = found
            out.extend(plain)
    return out


def _at(words: Sequence[str], i: int, vocabulary: Collection[str]) -> tuple[list[str], int] | None:
    low = words[i].lower()
    firsts = dict.fromkeys([low, *lexicon.verb_lemmas(low), lexicon.lemma(low, "NOUN")])
    for first in firsts:
        for idiom in _idioms().get(first, ()):
            end, kept = _match(words, i, idiom)
            if end and not _used(idiom, vocabulary) and _fits(words, i, idiom, low, first):
                head = _inflected(low, first, idiom)
                return [head, *kept, *idiom.plain[1:]], end
    return None


def _match(words: Sequence[str], i: int, idiom: Idiom) -> tuple[int, list[str]]:
    """Return where an idiom that starts at i ends and what its * stands for; 0 where it is not there."""
    j, kept = i + 1, []
    for k, part in enumerate(idiom.words[1:], 1):
        if part == "*":
            after = idiom.words[k + 1]
            stop = next(
                (
                    m
                    for m in range(j + 1, j + 1 + MOST_BETWEEN)
                    if m < len(words) and words[m].lower() == after
                ),
                0,
            )
            if not stop:
                return 0, []
            kept, j = list(words[j:stop]), stop
        elif j < len(words) and words[j].lower() == part:
            j += 1
        else:
            return 0, []
    return j, kept


def _fits(words: Sequence[str], i: int, idiom: Idiom, low: str, first: str) -> bool:
    """Tell whether the first word stands as the verb or noun that the idiom wants, and is no name."""
    if words[i][0].isupper() and i > 0 and not words[i].isupper():
        return False
    before = words[i - 1].lower() if i else ""
    determined = before in {"the", "a", "an", "this", "that", "his", "her", "their", "its", "'s", "of"}
    if not idiom.verb:
        return low in {first, inflection.inflect(first, "plural")}
    return not determined or len(idiom.words) > 2


def _used(idiom: Idiom, vocabulary: Collection[str]) -> bool:
    """Tell whether the article uses the idiom's own words."""
    telling = [w for w in idiom.words if w not in SMALL] if len(idiom.words) > 2 else list(idiom.words[:1])
    if idiom.verb:
        first = idiom.words[0]
        forms = {first, *(inflection.inflect(first, form) for form in FORMS)}
        rest = [w for w in telling if w != first]
        if rest:
            return all(w in vocabulary for w in rest)
        return not forms.isdisjoint(vocabulary)
    return any(w in vocabulary or inflection.inflect(w, "plural") in vocabulary for w in telling)


def _inflected(low: str, first: str, idiom: Idiom) -> str:
    """Return the plain word in the form that the idiom's first word has."""
    plain = idiom.plain[0]
    if low == first or plain == first:
        return low if plain == first else plain
    if not idiom.verb:
        return inflection.inflect(plain, "plural") if len(idiom.plain) == 1 else plain
    if plain == "be":
        return "was" if low.endswith("ed") else plain
    form = next((f for f in FORMS if inflection.inflect(first, f) == low), FORMS[0])
    return inflection.inflect(plain, form)
