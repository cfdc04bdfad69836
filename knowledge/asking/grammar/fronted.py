"""A phrase put before its question and taken up by a pronoun, put back in its place.

"The old mayor, what's her job?" → "what 's the old mayor 's job".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

MARKS = {",", "-", "–", "—", ":", "...", "?"}
WH = {"who", "what", "when", "where", "why", "how", "which", "whose"}
PRONOUNS = {"he", "she", "it", "they", "that", "this", "him", "her", "them", "dis", "dat"}
OWNERS = {"his", "her", "their", "its"}
BE = {"is", "'s", "was", "are", "were"}
CLOSED = {"in", "on", "at", "for", "from", "to", "by", "with", "about", "after", "before", "since", "during"}
CLOSED |= {"besides", "under", "of", "if", "when", "while", "because", "as", "yes", "no", "well", "not"}
LONGEST_PHRASE = 8
LONGEST_QUESTION = 7


def filled(words: Sequence[str], names: Collection[str]) -> list[str]:
    """Return a question whose pronoun is replaced by the phrase that stands before the question."""
    low = [w.lower() for w in words]
    start = next((i for i, w in enumerate(low) if w in WH and 0 < i <= LONGEST_PHRASE + 1), 0)
    end = len(words) - (low[-1] == "?" if low else 0)
    if not start:
        return list(words)
    marked = low[start - 1] in MARKS
    phrase = list(words[: start - 1 if marked else start])
    if not _is_phrase(phrase, names) or end - start > LONGEST_QUESTION:
        return list(words)
    question = list(words[start:end])
    asked = [w.lower() for w in question]
    if marked:
        return _resumed(question, asked, phrase) or list(words)
    known = sum(w.lower() in names for w in phrase) >= len(phrase) - 1 > 0
    if known and asked in (["who"], ["who", "that"], ["who", "dis"], ["who", "dat"], ["how", "old"]):
        return [*question[: 2 if asked[0] == "how" else 1], "is", *phrase]
    return list(words)


def _is_phrase(phrase: Sequence[str], names: Collection[str]) -> bool:
    """Tell whether words are a name or begin with an article, and hold no clause."""
    low = [w.lower() for w in phrase]
    if not low or len(low) > LONGEST_PHRASE or low[0] in CLOSED or set(low) & (WH | BE - {"'s"} | MARKS):
        return False
    named = phrase[0][0].isupper() or any(w in names for w in low[:2])
    return named or low[0] in {"the", "a", "an", "this", "that"}


def _resumed(question: list[str], asked: list[str], phrase: list[str]) -> list[str]:
    """Return the question with its one pronoun replaced, or nothing where it has none in a fitting place."""
    spots = [i for i, w in enumerate(asked) if i and w in PRONOUNS | OWNERS]
    if len(spots) != 1:
        return []
    i = spots[0]
    last = i == len(asked) - 1
    if asked[i] in OWNERS and not last:
        return [*question[:i], *phrase, "'s", *question[i + 1 :]]
    if asked[i] in {"that", "this", "dis", "dat"} and not last:
        return []
    return [*question[:i], *phrase, *question[i + 1 :]]
