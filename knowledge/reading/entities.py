"""Who and what an article names: name chunks, titles, appositions, abbreviations, and which names are one.

The parser's name labels are the start; rules over chunks, the gazetteer and a vote over the whole article
repair them. A `Referent` is an entity under construction: coreference adds descriptions and pronouns to it.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from knowledge.language import gazetteer, lexicon
from knowledge.model import EntityKind
from knowledge.reading.abbreviations import (
    absorb,
    add_abbreviated,
    drop_names_in_titles,
    join_abbreviations,
    join_title_abbreviations,
)
from knowledge.reading.descriptions import add_title, describe, titles_before
from knowledge.reading.names import Chunk, initials, name_chunks, settle_kinds
from knowledge.reading.referents import Referent, Trees, plain

#: Zipf frequency from which a word is too common to stand for a longer name that it begins.
_COMMON: Final = 4.5


def find_entities(trees: Trees) -> list[Referent]:
    """Return the named entities of an article with their names, titles, appositions and abbreviations."""
    chunks = [chunk for number in range(len(trees.trees)) for chunk in name_chunks(trees, number)]
    settle_kinds(trees, chunks)
    referents = _clusters(trees, chunks)
    for referent in referents:
        if referent.kind is EntityKind.PERSON:
            for mention in [m for m in referent.mentions if m.kind == "name"]:
                titles_before(trees, referent, mention)
    join_abbreviations(trees, referents)
    add_abbreviated(trees, referents)
    describe(trees, referents)
    _join_short_forms(referents)
    _settle_countries(referents)
    join_title_abbreviations(referents)
    drop_names_in_titles(referents)
    return [referent for referent in referents if referent.mentions]


def _clusters(trees: Trees, chunks: list[Chunk]) -> list[Referent]:
    """Join the names that stand for the same thing, longer names first."""
    referents: list[Referent] = []
    known: dict[str, list[Referent]] = {}
    order = sorted(range(len(chunks)), key=lambda n: (-len(chunks[n].text.split()), n))
    for number in order:
        chunk = chunks[number]
        keys = _keys(chunk.text)
        near = {id(referent): referent for key in keys for referent in known.get(key, ())}
        referent = _matching(chunk, list(near.values()))
        if referent is None:
            referent = Referent(name=chunk.text)
            referents.append(referent)
        _add_name(trees, referent, chunk)
        for key in keys:
            if all(referent is not other for other in known.setdefault(key, [])):
                known[key].append(referent)
    return referents


@lru_cache(maxsize=4096)
def _keys(name: str) -> tuple[str, ...]:
    """Return what two names that can be one have in common at least one of: a word, its beginning, the
    initials.
    """
    words = plain(name).split()
    country = gazetteer.country_named(name)
    letters = words[0] if len(words) == 1 else initials(name)
    first_letters = {word[:3] for word in words if len(word) > 4}
    return tuple({*words, *first_letters, letters, *([country.name] if country else [])})


def _matching(chunk: Chunk, referents: list[Referent]) -> Referent | None:
    """Return the referent that a name belongs to, of several the last named before; None for a new one."""
    scored = [(score, referent) for referent in referents if (score := _likeness(chunk, referent)) > 0]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    tied = [referent for score, referent in scored if score == best]
    return max(
        tied, key=lambda r: max((m.sentence for m in r.mentions if m.sentence <= chunk.sentence), default=-1)
    )


def _likeness(chunk: Chunk, referent: Referent) -> int:
    """Say how surely a name is the referent's: 4 the same, 3 a part, 2 a short form, 1 a misspelling, 0 not
    at all.
    """
    kind = referent.kind
    if chunk.kind is not None and kind is not chunk.kind:
        compatible = {chunk.kind, kind} <= {EntityKind.ORGANIZATION, EntityKind.THING, EntityKind.PLACE}
        return 4 if compatible and plain(chunk.text) == plain(referent.name) else 0
    name, known = plain(chunk.text), plain(referent.name)
    if name == known:
        return 4
    if kind is EntityKind.PLACE:
        here, there = gazetteer.country_named(chunk.text), gazetteer.country_named(referent.name)
        return 4 if here is not None and here == there else 0
    if kind is EntityKind.PERSON:
        return _person_likeness(name.split(), known.split())
    if kind is EntityKind.ORGANIZATION:
        return _organization_likeness(chunk.text, referent.name)
    return 0


def _person_likeness(name: list[str], known: list[str]) -> int:
    """Compare two personal names word by word."""
    if len(name) == 1 and len(known) > 1:
        if name[0] == known[-1]:
            return 3
        if name[0] in known[1:-1] or (name[0] == known[0] and len(name[0]) > 2):
            return 2
        return 1 if _misspelt(name[0], known[-1]) else 0
    if 1 < len(name) < len(known) and all(any(_same_word(word, other) for other in known) for word in name):
        return 3
    if len(name) == len(known) and len(name) > 1:
        same = [_same_word(a, b) for a, b in zip(name, known, strict=True)]
        if all(same):
            return 3
        if sum(same) == len(same) - 1:
            at = same.index(False)
            return 1 if _misspelt(name[at], known[at]) else 0
    if len(name) == len(known) == 1:
        return 1 if _misspelt(name[0], known[0]) else 0
    return 0


def _same_word(word: str, other: str) -> bool:
    """Tell whether two words of names are the same, an initial standing for the word."""
    return word == other or (min(len(word), len(other)) == 1 and word[0] == other[0])


def _misspelt(word: str, other: str) -> bool:
    """Tell whether two long words differ by one letter, as two spellings of one name do."""
    if min(len(word), len(other)) < 6 or word[0] != other[0] or f"{other}s" == word:
        return False
    if gazetteer.is_surname(word) and gazetteer.is_surname(other):
        return False
    return DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1


def _organization_likeness(name: str, known: str) -> int:
    """Compare two names of organisations: legal forms aside, and a distinctive first word for the whole."""
    words, others = _without_legal_form(plain(name).split()), _without_legal_form(plain(known).split())
    if words == others:
        return 4
    if len(words) < len(others) and others[: len(words)] == words:
        distinctive = [w for w in words if lexicon.frequency(w) < _COMMON]
        return 2 if distinctive and gazetteer.place(name) is None else 0
    if len(words) == 1 and words[0] == others[-1] and lexicon.frequency(words[0]) < _COMMON:
        return 2 if gazetteer.place(name) is None else 0
    if len(words) == 1 and name.isupper() and words[0] == initials(known):
        return 2
    return 0


def _without_legal_form(words: list[str]) -> list[str]:
    """Drop what only says that a name is a company's, and a state before an institution's name."""
    legal = {
        "inc",
        "ltd",
        "llc",
        "llp",
        "plc",
        "corp",
        "co",
        "gmbh",
        "ag",
        "sa",
        "nv",
        "bv",
        "limited",
        "incorporated",
    }
    while len(words) > 1 and words[-1] in legal:
        words = words[:-1]
    return words


def _add_name(trees: Trees, referent: Referent, chunk: Chunk) -> None:
    """Add one more mention by name."""
    name = chunk.text
    if _is_fuller(name, referent):
        referent.aliases.setdefault(referent.name, _alias_kind(referent.name, referent))
        referent.name = name
        referent.aliases.pop(name, None)
    referent.mentions.append(trees.found(chunk.sentence, chunk.first, chunk.last, "name", 1.0))
    if chunk.kind is not None:
        referent.votes[chunk.kind] += 1
    referent.plural = referent.plural or _is_plural(trees, referent, chunk)
    if name != referent.name:
        referent.aliases.setdefault(name, _alias_kind(name, referent))
    if chunk.kind is EntityKind.PERSON:
        _name_person(referent, chunk)
    elif chunk.kind is EntityKind.PLACE:
        _name_place(referent, chunk)
    elif chunk.kind is EntityKind.ORGANIZATION and not referent.country:
        referent.country = _country_in(name)
    if chunk.title is not None:
        add_title(trees, referent, chunk.sentence, *chunk.title)


def _is_fuller(name: str, referent: Referent) -> bool:
    """Tell whether a name is a better one to call the referent by: longer, or the same not in capitals."""
    if plain(name) == plain(referent.name):
        return referent.name.isupper() and not name.isupper() and len(name) > 4
    if len(name.split()) != len(referent.name.split()):
        return len(name.split()) > len(referent.name.split())
    return referent.kind is EntityKind.PLACE and referent.name.isupper() and not name.isupper()


def _is_plural(trees: Trees, referent: Referent, chunk: Chunk) -> bool:
    """Tell whether a name is plural: people of a nation, a family; no surname that ends like a plural."""
    token = trees.trees[chunk.sentence].tokens[chunk.last]
    if token.xpos not in {"NNS", "NNPS"} or chunk.kind is not EntityKind.PERSON or chunk.title is not None:
        return False
    if chunk.first != chunk.last or " " in referent.name:
        return False
    before = trees.form(chunk.sentence, chunk.first - 1).lower() if chunk.first else ""
    return before == "the" or gazetteer.demonym_of(chunk.text) is not None or lexicon.is_word(chunk.text)


def _alias_kind(name: str, referent: Referent) -> str:
    """Say what a shorter or other form of a name is."""
    words, known = plain(name).split(), plain(referent.name).split()
    if referent.kind is EntityKind.PERSON and len(words) == 1 and words[0] == known[-1]:
        return "surname"
    if name.isupper() and " " not in name and len(name) <= 8 and referent.kind is not EntityKind.PERSON:
        return "abbreviation"
    return "name" if set(words) <= set(known) else "variant"


def _name_person(referent: Referent, chunk: Chunk) -> None:
    """Note a person's surname and the gender of the given name."""
    words = chunk.text.split()
    if len(words) > 1:
        if plain(words[-1]) != plain(referent.name):
            referent.aliases.setdefault(words[-1], "surname")
        gender = gazetteer.given_name_gender(words[0]) or ""
        if gender in {"m", "f"}:
            referent.genders[gender] += 1


def _name_place(referent: Referent, chunk: Chunk) -> None:
    """Note a place's country, a country's usual name and its people."""
    known = gazetteer.country_named(chunk.text)
    if known is not None:
        referent.country = known.name
        if known.name != referent.name:
            referent.aliases.setdefault(known.name, "name")
        for people in gazetteer.demonyms(known.name)[:2]:
            referent.aliases.setdefault(people[:1].upper() + people[1:], "demonym")
        return
    place = gazetteer.place(chunk.text)
    referent.country = gazetteer.capital_of(chunk.text) or (place.country if place else "")


def _join_short_forms(referents: list[Referent]) -> None:
    """Give a lone first word of an organisation's name to it, whatever kind the parser took it for."""
    for referent in referents:
        word = plain(referent.name)
        if " " in word or not referent.mentions or referent.titles or lexicon.frequency(word) >= _COMMON:
            continue
        if (
            gazetteer.place(referent.name) is not None
            or gazetteer.given_name_gender(referent.name) is not None
        ):
            continue
        for other in referents:
            known = plain(other.name).split()
            organization = other.kind in {EntityKind.ORGANIZATION, EntityKind.THING}
            if (
                other is not referent
                and other.mentions
                and organization
                and known[0] == word
                and len(known) > 1
            ):
                absorb(other, referent)
                other.aliases.setdefault(referent.name, "name")
                break


def _settle_countries(referents: list[Referent]) -> None:
    """Take a town's country back where nothing else in the article is of that country: towns share names."""
    told = Counter(referent.country for referent in referents if referent.country)
    for referent in referents:
        town = referent.kind is EntityKind.PLACE and gazetteer.country_named(referent.name) is None
        if town and told[referent.country] < 2 and gazetteer.capital_of(referent.name) is None:
            referent.country = ""


def _country_in(name: str) -> str:
    """Return the country that a name holds as a word or demonym."""
    words = name.split()
    for size in (2, 1):
        for start in range(len(words) - size + 1):
            known = gazetteer.country(" ".join(words[start : start + size]))
            if known is not None and size < len(words) + 1:
                return known.name
    return ""
