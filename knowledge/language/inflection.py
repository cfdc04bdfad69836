"""Inflect English lemmas.

Regular spelling follows Huddleston & Pullum, The Cambridge Grammar of the English Language, ch. 18 §5;
whatever the SPECIALIST Lexicon spells otherwise is listed in data/inflections.tsv.gz.
"""

import re
from functools import cache
from typing import Literal

from knowledge.language import tables

Form = Literal["past", "participle", "gerund", "third", "plural", "comparative", "superlative"]

#: The letter of the table and the place in its row for each form.
SLOTS: dict[Form, tuple[str, int]] = {
    "past": ("V", 0),
    "participle": ("V", 1),
    "gerund": ("V", 2),
    "third": ("V", 3),
    "plural": ("N", 0),
    "comparative": ("J", 0),
    "superlative": ("J", 1),
}
#: One vowel group and one final consonant that doubles: stop, plan, not fix, show, play, wait.
_DOUBLES = re.compile(r"^[^aeiou]*(?:qu)?[aeiouy][bcdfgklmnprstvz]$")
_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")


def inflect(lemma: str, form: Form) -> str:
    """Return an inflected form of a lower-case lemma.

    Of several words a verb's first and a noun's last is inflected (call off, called off). Long adjectives
    take "more" and "most".
    """
    letter, slot = SLOTS[form]
    row = _irregular().get(f"{letter}:{lemma}")
    listed = row.split("\t")[slot] if row else "-"
    if listed != "-":
        return listed
    if " " in lemma and letter == "V":
        head, _, rest = lemma.partition(" ")
        return f"{inflect(head, form)} {rest}"
    if " " in lemma and letter == "N":
        rest, _, head = lemma.rpartition(" ")
        return f"{rest} {inflect(head, form)}"
    return regular(lemma, form)


def regular(lemma: str, form: Form) -> str:
    """Return the form that the regular spelling rules give."""
    match form:
        case "past" | "participle":
            return _with_vowel(lemma, "ed")
        case "gerund":
            return _with_ing(lemma)
        case "third" | "plural":
            return _with_s(lemma)
        case "comparative":
            return _with_vowel(lemma, "er") if _is_short(lemma) else f"more {lemma}"
        case "superlative":
            return _with_vowel(lemma, "est") if _is_short(lemma) else f"most {lemma}"


def _with_s(lemma: str) -> str:
    """Add the -s of plurals and third persons."""
    if _SIBILANT.search(lemma):
        return lemma + "es"
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "ies"
    return lemma + "s"


def _with_vowel(lemma: str, suffix: str) -> str:
    """Add -ed, -er or -est."""
    if lemma.endswith("e"):
        return lemma + suffix[1:]
    if re.search(r"[^aeiou]y$", lemma):
        return lemma[:-1] + "i" + suffix
    if _DOUBLES.match(lemma):
        return lemma + lemma[-1] + suffix
    return lemma + suffix


def _with_ing(lemma: str) -> str:
    """Add -ing."""
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if re.search(r"[^eoy]e$", lemma) and len(lemma) > 2:
        return lemma[:-1] + "ing"
    if _DOUBLES.match(lemma):
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"


def _is_short(lemma: str) -> bool:
    """Tell whether an adjective compares with -er and -est: one syllable, or two that end in -y."""
    syllables = len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", lemma)))
    return syllables <= 1 or (syllables == 2 and lemma.endswith("y"))


@cache
def _irregular() -> tables.Table:
    """Load the table of irregular forms, keyed "LETTER:lemma"."""
    return tables.Table("inflections.tsv.gz")
