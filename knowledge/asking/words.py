"""When two words mean the same: keys that article words are found by and question words look up.

A key is a lemma in American spelling, "=" and a number, "@" and a country, "#" and an entity's id, or "^" and
a hypernym (looked up by a question's more general word). Synonyms, antonyms and derivations are general
tables.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking.wordsets import wordset
from knowledge.language import gazetteer, lexicon, quantities
from knowledge.model import Span

STOP = wordset("stop")
GENERIC_VERBS = wordset("generic_verb")
TOO_GENERAL = wordset("too_general")
NO_PARTICLE = wordset("no_particle")
"""Words of multi-word verbs that tell something of their own beside most verbs."""
CAPITAL = 0.7
"""How well a capital stands for its country's government, and the country for it."""
ARTICLES = ("the ", "a ", "an ")
TITLE_STOP = wordset("title_stop")
DOER = re.compile(r"(?:[eo]r|ist|ant|ian|man|woman)$")
"""Endings of nouns that name people by what they do, whatever else they may name: "cleaner"."""


@functools.lru_cache(maxsize=1 << 12)
def fold(text: str) -> str:
    """Return text lower-cased, without diacritics, leading article and outer punctuation."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[’´`]", "'", text.lower())
    text = " ".join(text.split()).strip(" .,;:!?\"'()")
    for article in ARTICLES:
        if text.startswith(article):
            return text.removeprefix(article).strip()
    return text.strip()


@functools.lru_cache(maxsize=1 << 15)
def american(word: str) -> str:
    """Return a lemma in the spelling that keys use."""
    return lexicon.british_american(word)


@functools.lru_cache(maxsize=1 << 15)
def number_of(word: str) -> str:
    """Return the canonical digits of a number word or figure, or ""."""
    value = quantities.parse_number(word)
    if value is None:
        return ""
    return f"{value:g}" if value < 1e15 else word


@functools.lru_cache(maxsize=1 << 15)
def country_key(word: str) -> str:
    """Return the country that a name, alias or demonym stands for, as a key's body, or ""."""
    found = gazetteer.country(word)
    return found.name.lower() if found is not None else ""


@functools.lru_cache(maxsize=1 << 15)
def capital_key(word: str) -> str:
    """Return the country whose capital a word names, as a key's body, or ""."""
    country = gazetteer.capital_of(word) if word[:1].isupper() else None
    return country.lower() if country else ""


def countries(text: str) -> Iterator[tuple[Span, str]]:
    """Yield every country name, alias, demonym or capital in a text with its country."""
    for match in re.finditer(r"[A-Z][\w.’'-]*(?: (?:of |the |and )?[A-Z][\w.-]*){0,3}", text):
        whole = match.group()
        parts = re.split(r"(?<=\s)|(?=\s)", whole)
        starts = [0]
        for part in parts:
            starts.append(starts[-1] + len(part))
        i = 0
        while i < len(parts):
            for j in range(len(parts), i, -1):
                phrase = whole[starts[i] : starts[j]].strip()
                bare = re.sub(r"['’]s$", "", phrase).strip(".,")
                country = country_key(bare) or country_key(phrase)
                if country and phrase:
                    begin = match.start() + starts[i]
                    yield Span(begin, begin + len(phrase)), country
                    i = j
                    break
            else:
                i += 1


@functools.lru_cache(maxsize=1 << 15)
def article_keys(text: str, lemma: str, upos: str) -> tuple[str, ...]:
    """Return the keys that an article's word can be found by."""
    low = text.lower()
    folded = fold(text) or low
    keys = {american(lemma.lower()), low, folded}
    if upos in {"NOUN", "PROPN"}:
        keys.add(american(lexicon.lemma(low, "NOUN")))
    if upos in {"VERB", "AUX"}:
        keys.update(american(v) for v in lexicon.verb_lemmas(low)[:2])
    number = number_of(low)
    if number:
        keys.add(f"={number}")
    if upos == "NOUN":
        keys.update(f"^{h}" for h in lexicon.hypernyms(lemma.lower()) if h not in TOO_GENERAL)
    return tuple(k for k in keys if k)


@dataclass(frozen=True, slots=True)
class Related:
    """The keys that a question's word looks up: exact, and looser ones with their strength in (0, 1)."""

    exact: tuple[str, ...]
    loose: tuple[tuple[str, float], ...]
    opposite: frozenset[str]


@functools.lru_cache(maxsize=1 << 14)
def related(word: str, lemma: str, upos: str) -> Related:
    """Return the keys that match a question's word."""
    low = word.lower()
    exact = {american(lemma), low, fold(low) or low}
    loose: dict[str, float] = {}
    opposite: set[str] = set()
    if upos in {"NOUN", "VERB", "ADJ", "PROPN", "X", "ADV"}:
        exact.update(american(x) for x in lexicon.noun_lemmas(low)[:1])
    if upos == "VERB":
        exact.update(american(x) for x in lexicon.verb_lemmas(low)[:2])
    number = number_of(low)
    if number:
        return Related((f"={number}", low), (), frozenset())
    country = country_key(word) or (country_key(word.title()) if len(low) > 2 else "")
    if country:
        exact.add(f"@{country}")
        loose[f"~{country}"] = CAPITAL
    capital = capital_key(word) or capital_key(word.title())
    if capital:
        loose[f"@{capital}"] = CAPITAL
    tags = [upos] if upos in {"NOUN", "VERB", "ADJ", "ADV"} else ["NOUN"]
    for other in lexicon.tags(low)[:2]:
        if other not in tags and other in {"NOUN", "VERB", "ADJ"}:
            tags.append(other)
    for place, tag in enumerate(tags):
        factor = 1.0 if place == 0 else 0.5
        base = lexicon.lemma(low, tag) if tag != upos else lemma
        if place and base != lemma:
            exact.add(american(base)) if tag in lexicon.tags(low)[:2] else None
        for synonym, strength in lexicon.synonyms(base, tag).items():
            _keep(loose, american(synonym), strength * factor)
        for derived, kind in lexicon.derivations(base, tag):
            _keep(loose, american(derived), 0.9 * factor)
            if kind != tag:
                for synonym, strength in lexicon.synonyms(derived, kind).items():
                    _keep(loose, american(synonym), 0.5 * strength * factor)
        opposite.update(american(a) for a in lexicon.antonyms(base, tag))
    if upos in {"NOUN", "X"}:
        _keep(loose, f"^{lemma}", 0.6)
    for key in exact:
        loose.pop(key, None)
    return Related(tuple(exact), tuple(loose.items()), frozenset(opposite - exact))


@functools.lru_cache(maxsize=1 << 14)
def whole_verb(verb: str, particle: str) -> str:
    """Return a verb with a particle or preposition as one verb, or "" where no dictionary has it so."""
    if particle in NO_PARTICLE:
        return ""
    whole = f"{verb} {particle}"
    return whole if lexicon.supersense(whole, "VERB") else ""


def _keep(loose: dict[str, float], key: str, strength: float) -> None:
    if strength > loose.get(key, 0.0):
        loose[key] = strength


def title_keys(phrase: str) -> Iterator[str]:
    """Yield the keys of a title's or name's words: countries become one key whatever their form."""
    for match in re.finditer(r"[\w.’'-]+", phrase):
        word = match.group().strip(".'’")
        low = re.sub(r"['’]s$", "", word).lower()
        if not low or low in TITLE_STOP:
            continue
        country = country_key(word) or country_key(
            low.upper() if len(low) <= 3 and word.isupper() else low.title()
        )
        if country and (len(low) > 2 or word.isupper()):
            yield f"@{country}"
        else:
            yield american(lexicon.lemma(low, "NOUN"))


def title_head(phrase: str) -> str:
    """Return the head noun's lemma of a title: the last noun before "of", "for", "to" or a comma."""
    before = re.split(r"\s+(?:of|for|to|in|at|on)\s+|,", phrase)[0]
    found = re.findall(r"[\w'-]+", before)
    return american(lexicon.lemma(found[-1].lower(), "NOUN")) if found else ""


@functools.lru_cache(maxsize=1 << 14)
def sorts(text: str, lemma: str, upos: str) -> frozenset[str]:
    """Return what sorts of thing a word names: WordNet's coarse classes, with gazetteers for names."""
    found: set[str] = set()
    if upos in {"NOUN", "PROPN"}:
        found |= lexicon.noun_classes(lemma.lower())
        if DOER.search(lemma) and "individual" in lexicon.hypernyms(lemma.lower()):
            found.add("person")
    if upos == "PROPN":
        found.discard("person")
        if gazetteer.place(text) is not None:
            found.add("place")
    if upos == "NUM":
        found.add("number")
        if re.fullmatch(r"(?:1[0-9]|20)\d\d", text):
            found.add("time")
    if upos == "PRON" and lemma in {"he", "she", "who", "i", "we", "they", "somebody", "someone"}:
        found.add("person")
    if quantities.time_word(text.lower()) is not None:
        found.add("time")
    if quantities.unit(text) is not None:
        found.add("quantity")
    return frozenset(found)


@functools.lru_cache(maxsize=1 << 15)
def weight(word: str) -> float:
    """Return how much a word tells, from its rarity: 0.4 for the commonest words, 1.6 for rare ones."""
    zipf = lexicon.frequency(word)
    if zipf <= 0:
        return 1.5
    return max(0.35, min(1.6, (7.4 - zipf) / 2.6))
