"""What English words are and how they relate: lemmas, tags, frequencies, senses, synonyms, derivations.

Tags are Universal Dependencies' (UPOS). Forms and lemmas are lower case; a lemma of several words has spaces.
Senses and relations come from WordNet 3.1, forms from the SPECIALIST Lexicon, SCOWL, wordfreq and the
UD treebanks; every table in data/ names its source. training/words makes them.
"""

import re
from functools import cache
from typing import NamedTuple

from knowledge.language import tables

_TAGS = {
    "N": "NOUN",
    "V": "VERB",
    "J": "ADJ",
    "R": "ADV",
    "P": "PROPN",
    "O": "PRON",
    "D": "DET",
    "A": "ADP",
    "X": "AUX",
    "T": "PART",
    "S": "SCONJ",
    "C": "CCONJ",
    "M": "NUM",
    "I": "INTJ",
}
_LETTERS = {"NOUN": "N", "VERB": "V", "AUX": "V", "ADJ": "J", "ADV": "R"}
#: Endings with their replacements, tried in turn on forms that no table lists.
_ENDINGS = {
    "N": (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("ss", "ss"), ("s", "")),
    "V": (
        ("ies", "y"),
        ("ied", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("ss", "ss"),
        ("s", ""),
        ("ing", ""),
        ("ed", ""),
    ),
    "J": (("ier", "y"), ("iest", "y")),
    "R": (),
}


class _Forms(NamedTuple):
    """The table of forms: place by form; Zipf times ten, word or not, and tags by place."""

    place: dict[str, int]
    zipf: bytes
    word: str
    tags: list[str]


@cache
def _forms() -> _Forms:
    """Load the table of forms."""
    table = tables.columns("forms.tsv.gz")
    forms = table["form"]
    place = dict(zip(forms, range(len(forms)), strict=True))
    return _Forms(place, bytes(map(int, table["zipf"])), "".join(table["word"]), table["tags"])


@cache
def _lemmas() -> dict[str, str]:
    """Load the table of lemmas, keyed "LETTER:form"."""
    return tables.entries("lemmas.tsv.gz")


def tags(form: str) -> tuple[str, ...]:
    """Return the tags that a form can have, most frequent first; none for an unknown form."""
    table = _forms()
    place = table.place.get(form.lower())
    return () if place is None else tuple(_TAGS[letter] for letter in table.tags[place] if letter != "-")


def is_word(form: str) -> bool:
    """Tell whether a dictionary or treebank lists the form."""
    table = _forms()
    place = table.place.get(form.lower())
    return place is not None and table.word[place] == "1"


def frequency(form: str) -> float:
    """Return the form's Zipf frequency, log10 of its occurrences in a billion words; 0 where it is unknown."""
    table = _forms()
    place = table.place.get(form.lower())
    return 0.0 if place is None else table.zipf[place] / 10


def lemma(form: str, upos: str | None = None) -> str:
    """Return the lemma of a form with a tag, or with its most frequent tag where none is given.

    A proper noun is its own lemma, with its case.
    """
    if upos == "PROPN":
        return form
    lower = form.lower()
    if upos is None:
        upos = next(iter(tags(lower)), "NOUN")
    found = _lemmas().get(f"{upos}:{lower}")
    if found is not None:
        return found
    letter = _LETTERS.get(upos)
    return lower if letter is None else (_listed(lower, letter) or (_guess(lower, letter),))[0]


def verb_lemmas(form: str) -> tuple[str, ...]:
    """Return all lemmas that the form can have as a verb, best first ("found" → find, found)."""
    return _listed(form.lower(), "V")


def noun_lemmas(form: str) -> tuple[str, ...]:
    """Return all lemmas that the form can have as a noun, best first."""
    return _listed(form.lower(), "N")


def _listed(form: str, letter: str) -> tuple[str, ...]:
    """Return the lemmas that the table lists for a lower-case form."""
    found = _lemmas().get(f"{letter}:{form}")
    return tuple(found.split("/")) if found else ()


def _guess(form: str, letter: str) -> str:
    """Return the lemma that the spelling rules suggest for a form that no table lists."""
    head, mark, last = form.rpartition("-")
    if mark and (listed := _listed(last, letter)):
        return f"{head}-{listed[0]}"
    for ending, replacement in _ENDINGS[letter]:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 2:
            return _stem(stem, letter) if not replacement and ending in {"ing", "ed"} else stem + replacement
    return form


def _stem(stem: str, letter: str) -> str:
    """Undo a doubled consonant or restore the -e that -ed and -ing took from a verb."""
    for candidate in (stem, stem + "e", stem[:-1] if stem[-1] == stem[-2] else stem):
        if candidate in _listed(candidate, letter):
            return candidate
    if stem[-1] == stem[-2] and stem[-1] not in "lsz":
        return stem[:-1]
    return stem + "e" if re.search(r"(?:[aiu]t|[csuvz]|[aeiou]g|[^aeiou]l|ir|ur|or)$", stem) else stem
