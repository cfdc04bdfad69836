"""What an abbreviation stands for, and how a name is abbreviated."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from knowledge.asking import words
from knowledge.asking.frame import QuestionFrame
from knowledge.asking.identities.identified import Identity, nobody, quoting
from knowledge.asking.index import ArticleIndex
from knowledge.asking.terms import Linked
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Span

ASKS = wordset("naming_phrase")
SHORT_FORM = r"[^\W\d_](?:[\w&.-]{0,8}[\w.])?"
LINKING = frozenset({"of", "for", "the", "and", "against", "de", "du", "des", "la", "von", "&"})
"""Words in lower case that may stand inside a name in capitals."""
LONGEST_NAME = 12


def abbreviation(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return what an abbreviation stands for or how a name is abbreviated, None where neither is asked."""
    low = [w.lower() for w in frame.words]
    said = f" {' '.join(low)} "
    asked = any(f" {phrase} " in said for phrase in ASKS)
    if not asked and not {"full", "mean", "means"} & set(low):
        return None
    known = short_forms(index)
    shorts = [w for w in low if words.fold(w) in known]
    full = shorts and (
        (" full " in said and _names(said)) or ({"mean", "means"} & set(low) and "what" in low)
    )
    if not asked and not full:
        return None
    if not shorts:
        return _reversed(frame, linked, index) or nobody(index)
    short = max(shorts, key=len)
    span = known[words.fold(short)][1]
    others = [t for t in linked.terms.values() if t.text != short and len(t.text) > 1]
    if any(t.tag == "PROPN" and not t.any for t in others):
        return nobody(index)
    return _letter(low, short, span, index) or quoting(index, span, 0.95, "expansion")


def _names(said: str) -> bool:
    return " name " in said or " title " in said


def _letter(low: list[str], short: str, span: Span, index: ArticleIndex) -> Identity | None:
    """Return the word that one letter of the abbreviation stands for: "what does the A stand for in ..."."""
    asked = next((w for b, w in itertools.pairwise(low) if b == "the" and len(w) == 1), "")
    if not asked or asked not in short:
        return None
    parts = [m for m in re.finditer(r"[\w'’&.-]+", span.of(index.article.text)) if m.group()[0].isupper()]
    starting = [m for m in parts if m.group()[0].lower() == asked]
    if len(starting) != 1:
        return None
    found = Span(span.start + starting[0].start(), span.start + starting[0].end())
    return quoting(index, found, 0.9, "expansion")


def _reversed(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return the abbreviation of the name that the question gives."""
    away = {w for phrase in ASKS for w in phrase.split()}
    terms = [t for t in linked.terms.values() if t.text not in away]
    for short, long in short_forms(index).values() if terms else ():
        mask = index.mask_of(long)
        if all(t.exact & mask or t.exact & index.mask_of(short) for t in terms):
            return quoting(index, short, 0.9, "abbreviation")
    return None


def short_forms(index: ArticleIndex) -> dict[str, tuple[Span, Span]]:
    """Return the abbreviations that the article introduces, folded, with their places and full forms'."""
    found: dict[str, tuple[Span, Span]] = {}
    text = index.article.text
    for short, long in (*_told(index), *_bracketed(text)):
        found.setdefault(words.fold(short.of(text)), (short, long))
    return found


def _told(index: ArticleIndex) -> Iterator[tuple[Span, Span]]:
    """Yield the abbreviations that the reading found, where the full form is a phrase of its own."""
    for view in index.facts[: index.told]:
        spans = sorted((a.argument.span for a in view.arguments), key=lambda s: s.end - s.start)
        if view.fact.kind is FactKind.ABBREVIATION and len(spans) == 2:
            short, long = spans
            if " " in long.of(index.article.text):
                yield short, _without_brackets(index.article.text, short, long)


def _without_brackets(text: str, short: Span, long: Span) -> Span:
    """Return the full form without a bracket at its end that holds the abbreviation."""
    opening = text.find("(", long.start, long.end)
    return Span(long.start, len(text[:opening].rstrip())) if opening > long.start else long


def _bracketed(text: str) -> Iterator[tuple[Span, Span]]:
    """Yield "Long Form (LF)" and "LF (Long Form)"; the initials need not match, as in a foreign name's."""
    for match in re.finditer(rf"\(({SHORT_FORM})\)", text):
        short = Span(*match.span(1))
        if _looks_short(match.group(1)):
            long = _name_before(match.group(1), text, match.start())
            if long is not None:
                yield short, long
    for match in re.finditer(rf"\b({SHORT_FORM}) \(([^()]{{4,90}})\)", text):
        if _looks_short(match.group(1)):
            parts = list(re.finditer(r"[\w'’&.-]+", match.group(2)))
            if _spelt(match.group(1), parts) == 0:
                yield Span(*match.span(1)), Span(*match.span(2))


def _looks_short(word: str) -> bool:
    return 2 <= len(word) <= 10 and sum(c.isupper() for c in word) * 2 >= len(word.replace(".", ""))


def _name_before(short: str, text: str, end: int) -> Span | None:
    """Return the name that ends before a bracket: what the initials spell, else the run of capitals."""
    start = max(text.rfind("\n", 0, end), text.rfind(". ", 0, end), text.rfind(", ", 0, end), -1) + 1
    parts = list(re.finditer(r"[\w'’&.-]+", text[start:end]))[-LONGEST_NAME:]
    if not parts:
        return None
    first = _spelt(short, parts)
    if first is None:
        first = len(parts)
        for k in range(len(parts) - 1, -1, -1):
            word = parts[k].group()
            if (word[0].isupper() and not (k == 0 and _function_word(word))) or word[0].isdigit():
                first = k
            elif word not in LINKING:
                break
        if len(parts) - first < 2:
            return None
    return Span(start + parts[first].start(), start + parts[-1].end())


def _function_word(word: str) -> bool:
    """Tell whether a word at the start of a sentence owes its capital to that."""
    return next(iter(lexicon.tags(word.lower())), "") in {"ADP", "SCONJ", "CCONJ", "DET", "ADV", "PRON"}


def _spelt(short: str, parts: list[re.Match[str]]) -> int | None:
    """Return where the shortest tail of the words starts whose initials spell the abbreviation."""
    wanted = re.sub(r"[^\w]", "", short).upper()
    for k in range(len(parts) - 1, -1, -1):
        tail = [m.group() for m in parts[k:]]
        capitals = "".join(w[0] for w in tail if w[0].isupper())
        every = "".join(w[0] for w in tail).upper()
        hyphened = "".join(p[0] for w in tail for p in w.split("-") if p).upper()
        told = "".join(p[0] for w in tail for p in w.split("-") if p and w.lower() not in LINKING).upper()
        if wanted in {capitals, every, hyphened, told}:
            return k
    return None
