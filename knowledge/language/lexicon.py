"""What English words are and how they relate: lemmas, tags, frequencies, senses, synonyms, derivations.

Tags are Universal Dependencies' (UPOS). Forms and lemmas are lower case; a lemma of several words has spaces.
Senses and relations come from WordNet 3.1, forms from the SPECIALIST Lexicon, SCOWL, wordfreq and the
UD treebanks; every table in data/ names its source. training/words makes them.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType
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
    "N": (
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("ss", "ss"),
        ("s", ""),
    ),
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


@cache
def _table(name: str) -> tables.Table:
    """Load a table once."""
    return tables.Table(name)


class _Form(NamedTuple):
    """What the table says of a form: Zipf frequency, whether a dictionary lists it, tags."""

    zipf: float
    is_word: bool
    tags: tuple[str, ...]


_UNKNOWN = _Form(0.0, False, ())


@lru_cache(maxsize=16384)
def _form(form: str) -> _Form:
    """Look a lower-case form up."""
    found = _table("forms.tsv.gz").get(form)
    if found is None:
        return _UNKNOWN
    zipf, word, letters = found.split("\t")
    return _Form(int(zipf) / 10, word == "1", tuple(_TAGS[letter] for letter in letters if letter != "-"))


@lru_cache(maxsize=16384)
def _lemma_entry(key: str) -> str | None:
    """Look up the lemmas of "LETTER:form"."""
    return _table("lemmas.tsv.gz").get(key)


def tags(form: str) -> tuple[str, ...]:
    """Return the tags that a form can have, most frequent first; none for an unknown form."""
    return _form(form.lower()).tags


def is_word(form: str) -> bool:
    """Tell whether a dictionary or treebank lists the form."""
    return _form(form.lower()).is_word


def frequency(form: str) -> float:
    """Return the form's Zipf frequency, log10 of its occurrences in a billion words; 0 if it is unknown."""
    return _form(form.lower()).zipf


@cache
def frequent(least: float) -> tuple[str, ...]:
    """Return the dictionary words of at least this Zipf frequency, from 0 to 9, the most frequent first."""
    tenths = rb"[%d-9]\d|\d{3,}" % int(least) if least >= 1 else rb"\d+"
    found = []
    for form, zipf in _table("forms.tsv.gz").fields(re.compile(rb"\n([^\t\n]+)\t(%b)\t1\t" % tenths)):
        if int(zipf) >= least * 10 and form.isalpha():
            found.append((-int(zipf), form))
    return tuple(form for _, form in sorted(found))


def lemma(form: str, upos: str | None = None) -> str:
    """Return the lemma of a form with a tag, or with its most frequent tag where none is given.

    A proper noun is its own lemma, with its case.
    """
    if upos == "PROPN":
        return form
    lower = form.lower()
    if upos is None:
        upos = next(iter(tags(lower)), "NOUN")
    found = _lemma_entry(f"{upos}:{lower}")
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
    found = _lemma_entry(f"{letter}:{form}")
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


_SENSE_LETTERS = {"NOUN": "n", "PROPN": "n", "VERB": "v", "AUX": "v", "ADJ": "a", "ADV": "r"}
_SENSE_TAGS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "r": "ADV"}
#: A class that holds in less than this share (percent) of a noun's occurrences is not one of its classes.
_RARE_CLASS = 15
#: Classes of nouns by supersense; what is not listed is called by the supersense's own name.
_CLASSES = {"location": "place", "possession": "possession", "tops": ""}
#: Classes by a hypernym of the first two senses, with the supersenses that they refine.
_CLASSES_ABOVE = {
    "organization": ("group", "organization"),
    "organisation": ("group", "organization"),
    "institution": ("group", "organization"),
    "unit": ("group", "organization"),
    "structure": ("artifact", "place"),
    "facility": ("artifact", "place"),
    "way": ("artifact", "place"),
    "area": ("artifact", "place"),
    "geological formation": ("object", "place"),
    "body of water": ("object", "place"),
    "land": ("object", "place"),
    "location": ("object", "place"),
    "money": ("possession", "money"),
    "sum of money": ("possession", "money"),
    "monetary unit": ("quantity", "money"),
    "cost": ("possession", "money"),
    "person": ("tops", "person"),
}


class Converse(NamedTuple):
    """Two verbs that tell one event with its participants in other places.

    The prepositions are those of the other party, "" where it is the direct object. kind: converse ("A buys X
    from B" is "B sells X to A"), mutual ("A meets B" is "B meets A"), light ("A pays a visit to B" is "A
    visits B"; verb and noun in `verb`), receive ("A receives a call from B" is "B calls A"), relation
    (nouns: "A is the parent of B" is "B is the child of A").
    """

    kind: str
    verb: str
    preposition: str
    other: str
    other_preposition: str


@cache
def converses() -> tuple[Converse, ...]:
    """Return the table of converses, mutual verbs and light verbs."""
    return tuple(
        Converse(kind, verb, preposition.strip("-"), other, other_preposition.strip("-"))
        for kind, verb, preposition, other, other_preposition in tables.rows("converses.tsv")
    )


@cache
def _supplement(kind: str) -> dict[str, list[list[str]]]:
    """Return the supplement's rows of one kind by their first word; symmetric kinds also the other way."""
    found: dict[str, list[list[str]]] = {}
    for name, first, *rest in tables.rows("supplement.tsv"):
        if name == kind:
            found.setdefault(first, []).append(rest)
            if name in {"synonym", "antonym", "derived"}:
                found.setdefault(rest[0], []).append([first, *rest[1:]])
    return found


def _key(lemma: str, upos: str) -> str:
    """Return the key of the relation tables."""
    return f"{_SENSE_LETTERS.get(upos, '-')}:{lemma}"


@lru_cache(maxsize=4096)
def synonyms(lemma: str, upos: str) -> Mapping[str, float]:
    """Return the lemma's synonyms with their strength in (0, 1], strongest first.

    1 is a word that means the same whenever both are used in their usual senses; rarer senses and direct
    hypernyms or troponyms of verbs are weaker. Words that only share a hypernym are not linked.
    """
    key = _key(lemma, upos)
    found: dict[str, float] = {}
    for word, _, strength in (item.partition("=") for item in _split(_table("synonyms.tsv.gz").get(key))):
        found[word] = int(strength) / 100
    for other, strength in _supplement("synonym").get(key, ()):
        word = other[2:]
        found[word] = max(found.get(word, 0.0), int(strength) / 100)
    return MappingProxyType(dict(sorted(found.items(), key=lambda pair: -pair[1])))


@lru_cache(maxsize=4096)
def antonyms(lemma: str, upos: str) -> frozenset[str]:
    """Return the lemma's opposites, for adjectives also those of the adjectives that it is similar to."""
    key = _key(lemma, upos)
    supplied = {other[2:] for other, *_ in _supplement("antonym").get(key, ())}
    return frozenset(_split(_table("antonyms.tsv.gz").get(key))) | supplied


@lru_cache(maxsize=4096)
def derivations(lemma: str, upos: str) -> frozenset[tuple[str, str]]:
    """Return the (lemma, tag) pairs derived from the lemma or that it is derived from (decide, decision)."""
    key = _key(lemma, upos)
    found = _split(_table("derivations.tsv.gz").get(key))
    found += [row[0] for row in _supplement("derived").get(key, ())]
    return frozenset((other[2:], _SENSE_TAGS[other[0]]) for other in found)


def nominal_verb(noun: str) -> str | None:
    """Return the verb whose event the noun names (decision → decide, death → die); None if there is none."""
    verbs = nominal_verbs(noun)
    return verbs[0] if verbs else None


def nominal_verbs(noun: str) -> tuple[str, ...]:
    """Return all verbs whose event the noun names, best first."""
    found = _nouns_of("event", noun)
    if found or not noun.endswith("ing"):
        return found
    return tuple(verb for verb in verb_lemmas(noun) if verb != noun)


def agent_noun_verb(noun: str) -> str | None:
    """Return the verb whose agent the noun names (winner → win, baker → bake); None if there is none."""
    found = agent_noun_verbs(noun)
    return found[0] if found else None


def agent_noun_verbs(noun: str) -> tuple[str, ...]:
    """Return all verbs whose agent the noun names, best first (pilot → pilot, fly)."""
    return _nouns_of("agent", noun)


def _nouns_of(kind: str, noun: str) -> tuple[str, ...]:
    """Return the verbs that a noun belongs to as event or agent, the supplement's first."""
    supplied = [verb for row in _supplement(kind).get(noun, ()) for verb in row[0].split("|")]
    listed = _split(_table("nominals.tsv.gz").get(f"{kind[0]}:{noun}"))
    return tuple(dict.fromkeys([*supplied, *listed]))


def supersense(lemma: str, upos: str) -> str:
    """Return the lexicographer file of most of a lemma's occurrences ("verb.motion"); "" if unknown."""
    return next(iter(_supersenses(_key(lemma, upos))), "")


@lru_cache(maxsize=8192)
def noun_classes(lemma: str) -> frozenset[str]:
    """Return coarse classes of a noun's frequent senses.

    person, group, organization, place, time, quantity, money, event, act, communication, artifact, animal,
    body, food, substance, state, attribute, cognition, feeling, object, phenomenon, plant, possession,
    process, relation, shape, motive. Empty for an unknown noun.
    """
    shares = _supersenses(f"n:{lemma}")
    first = next(iter(shares), "")
    frequent = {
        name.partition(".")[2] for name, share in shares.items() if name == first or share >= _RARE_CLASS
    }
    classes = {_CLASSES.get(name, name) for name in frequent} - {""}
    above = hypernyms(lemma)
    refined = {name for word, (file, name) in _CLASSES_ABOVE.items() if word in above and file in frequent}
    if lemma in _supplement("person") or (not shares and lemma.endswith(_PERSONAL)):
        refined.add("person")
    return frozenset(classes | refined)


_PERSONAL = ("ologist", "woman", "person", "sman")
"""Endings of nouns that mean somebody, for those that WordNet has not."""


@lru_cache(maxsize=8192)
def hypernyms(lemma: str) -> frozenset[str]:
    """Return the lemmas of all ancestors of a noun's first two senses (baker → worker, person, ...)."""
    _, _, numbers = (_table("senses.tsv.gz").get(f"n:{lemma}") or "").partition("\t")
    found: set[str] = set()
    for number in _split(numbers):
        parents, _, _words = (_table("hypernyms.tsv.gz").get(number) or "").partition("\t")
        for parent in _split(parents):
            found |= _ancestry(parent)
    return frozenset(found - {lemma})


@lru_cache(maxsize=16384)
def _ancestry(number: str) -> frozenset[str]:
    """Return the lemmas of a noun synset and of all above it."""
    parents, _, words = (_table("hypernyms.tsv.gz").get(number) or "").partition("\t")
    return frozenset(_split(words)).union(*(_ancestry(parent) for parent in _split(parents)))


def _supersenses(key: str) -> dict[str, int]:
    """Return the supersenses of a key with their shares in percent, most frequent first."""
    listed, _, _ = (_table("senses.tsv.gz").get(key) or "").partition("\t")
    return {name: int(share) for name, _, share in (item.partition("=") for item in _split(listed))}


def _split(field: str | None) -> list[str]:
    """Split a field of several values."""
    return field.split("|") if field else []


def _clausal(kind: str) -> frozenset[str]:
    """Return the verbs of one kind from the table of verbs that take a clause."""
    return frozenset(verb for its, verb in tables.rows("clausal.tsv") if its == kind)


#: Verbs that mostly mean saying and take what is said as a clause.
SPEECH_VERBS: frozenset[str] = _clausal("s") | frozenset(_supplement("speech"))
_CLAUSE_VERBS: frozenset[str] = _clausal("c") | SPEECH_VERBS


def clause_taking(lemma: str) -> bool:
    """Tell whether a verb takes a clause as its content in a frequent sense (say that, decide that)."""
    return lemma in _CLAUSE_VERBS


def british_american(form: str) -> str:
    """Return a form in American spelling and lower case; what has no other spelling is only lower-cased."""
    lower = form.lower()
    return _table("spellings.tsv.gz").get(lower) or lower
