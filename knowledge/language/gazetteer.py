"""Places, personal names, titles and organisation words: whole public tables, looked up by name.

Names are compared without case, accents and a leading "the". Abbreviations of up to three letters, which may
also be words ("US"), are compared with their case.
"""

import unicodedata
from functools import cache
from typing import Literal, NamedTuple

from knowledge.language import tables
from knowledge.language.inflection import inflect
from knowledge.language.quantities import TimeWord, Unit, parse_number, roman, time_word, time_words, unit

__all__ = [
    "Country",
    "Place",
    "TimeWord",
    "Title",
    "Unit",
    "capital_of",
    "country",
    "country_named",
    "demonym_of",
    "demonyms",
    "expand_title",
    "given_name_gender",
    "is_surname",
    "is_title",
    "organization_word",
    "parse_number",
    "place",
    "places",
    "roman",
    "time_word",
    "time_words",
    "title",
    "unit",
]

PlaceKind = Literal["country", "city", "region", "continent", "state"]
Gender = Literal["m", "f", "u"]
_GENDERS: dict[str, Gender] = {"m": "m", "f": "f", "u": "u", "-": "u"}
_KINDS: dict[str, PlaceKind] = {
    "city": "city",
    "region": "region",
    "continent": "continent",
    "state": "state",
}


class Country(NamedTuple):
    """A country or territory; the first capital and the first demonym are the usual ones."""

    name: str
    alpha2: str
    alpha3: str
    official: str
    capitals: tuple[str, ...]
    demonyms: tuple[str, ...]
    aliases: tuple[str, ...]
    region: str
    subregion: str


class Place(NamedTuple):
    """A place: country is "" where it lies in none or several, population 0 where it is not known.

    is_word tells that the name is also a frequent lower-case word.
    """

    name: str
    kind: PlaceKind
    country: str
    population: int
    aliases: tuple[str, ...]
    is_word: bool = False


class Title(NamedTuple):
    """A title: long form, gender that it marks (m, f or u), kind (honorific, rank, office or role)."""

    long: str
    gender: Gender
    kind: str


def _plain(name: str) -> str:
    """Return a name in lower case without accents and article, with plain spaces and apostrophes."""
    name = " ".join(name.replace("\u2019", "'").split())
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return name.lower().removeprefix("the ")


def _undotted(name: str) -> str:
    """Return an abbreviation without its full stops ("U.S." → "US"); other names as they are."""
    return name.replace(".", "") if "." in name and len(name.replace(".", "")) <= 4 else name


def _is_abbreviation(name: str) -> bool:
    """Tell whether a name is an abbreviation that has to be compared with its case."""
    return len(name) <= 3 and name.isupper()


def _values(field: str) -> tuple[str, ...]:
    """Split a field of several values."""
    return tuple(field.split("|")) if field and field != "-" else ()


@cache
def _countries() -> dict[str, Country]:
    """Load the countries by name."""
    found = {}
    for row in tables.rows("countries.tsv.gz"):
        name, alpha2, alpha3, official, capitals, people, aliases, region, subregion = row
        lists = _values(capitals), _values(people), _values(aliases)
        found[name] = Country(name, alpha2, alpha3, official, *lists, region, subregion)
    return found


@cache
def _extra() -> tuple[tuple[str, str, str], ...]:
    """Load the hand-made additions: kind, word, place."""
    rows = tables.rows("places-extra.tsv")
    return tuple((kind, word, "" if where == "-" else where) for kind, word, where in rows)


@cache
def _country_names() -> tuple[dict[str, str], dict[str, str]]:
    """Return the countries' names by plain name, and by abbreviation with its case."""
    plain: dict[str, str] = {}
    short: dict[str, str] = {}

    def add(alias: str, name: str) -> None:
        if _is_abbreviation(_undotted(alias)):
            short.setdefault(_undotted(alias), name)
        else:
            plain.setdefault(_plain(alias), name)

    listed = _countries().values()
    for entry in listed:
        add(entry.name, entry.name)
    for kind, alias, name in _extra():
        if kind == "alias" and name in _countries():
            add(alias, name)
    for entry in listed:
        for alias in (entry.official, *entry.aliases):
            add(alias, entry.name)
    return plain, short


@cache
def _demonyms() -> dict[str, str]:
    """Return the place's name by plain demonym; plurals are added."""
    found: dict[str, str] = {}
    rows = [(word, name) for kind, word, name in _extra() if kind == "demonym"]
    rows += [(word, entry.name) for entry in _sovereign_first() for word in entry.demonyms]
    rows += [(word, name) for word, name in tables.rows("demonyms.tsv.gz")]
    for word, name in rows:
        found.setdefault(_plain(word), name)
    for word, name in list(found.items()):
        if word.endswith("man"):
            found.setdefault(word[:-3] + "men", name)
        elif not word.endswith(("ese", "ish", "ch", "sh", "ss")):
            found.setdefault(inflect(word, "plural"), name)
    return found


def _sovereign_first() -> list[Country]:
    """Return the countries, motherlands before territories of the same demonym.

    A motherland's demonym is like its name ("French" is not French Polynesia's) or its name is the shorter.
    """

    def rank(entry: Country) -> tuple[bool, int]:
        alike = any(_plain(word)[:2] == _plain(entry.name)[:2] for word in entry.demonyms)
        return not alike, len(entry.name)

    return sorted(_countries().values(), key=rank)


def country_named(name: str, *, loose: bool = False) -> Country | None:
    """Return the country of a name, alias or abbreviation (with loose, in any case), but of no demonym."""
    plain, short = _country_names()
    bare = _undotted(name.strip())
    found = plain.get(_plain(name)) or short.get(bare) or (short.get(bare.upper()) if loose else None)
    if found is None and "." in name:
        found = short.get(bare.upper())
    return _countries()[found] if found else None


def country(name: str, *, loose: bool = False) -> Country | None:
    """Return the country that a name, alias, abbreviation or demonym stands for.

    Any case will do, but for an abbreviation without full stops ("US") only its own, unless loose is set.
    """
    found = country_named(name, loose=loose)
    return found or _countries().get(_demonyms().get(_plain(name), ""))


def demonym_of(word: str) -> str | None:
    """Return the name of the place whose people or things the word means (Peruvian, Peruvians → Peru)."""
    return _demonyms().get(_plain(word))


@cache
def _words_of_places() -> dict[str, tuple[str, ...]]:
    """Return the demonyms by plain place name."""
    found: dict[str, list[str]] = {}
    for word, name in _demonyms().items():
        found.setdefault(_plain(name), []).append(word)
    return {name: tuple(words) for name, words in found.items()}


def demonyms(name: str) -> tuple[str, ...]:
    """Return the demonyms of a place, lower case, the usual one first; none for an unknown place."""
    known = country_named(name)
    return _words_of_places().get(_plain(known.name if known else name), ())


@cache
def _capitals() -> dict[str, str]:
    """Return the country by plain capital; of capitals with one name the first listed counts."""
    found: dict[str, str] = {}
    for entry in _countries().values():
        for city in entry.capitals:
            found.setdefault(_plain(city), entry.name)
    for kind, alias, city in _extra():
        if kind == "alias" and _plain(city) in found:
            found.setdefault(_plain(alias), found[_plain(city)])
    found.setdefault("washington", found["washington d.c."])
    return found


def capital_of(city: str) -> str | None:
    """Return the name of the country whose capital a city is."""
    capitals = _capitals()
    found = capitals.get(_plain(city))
    known = next((entry for entry in places(city) if entry.kind == "city"), None)
    if found is None and known is not None:
        names = (capitals.get(_plain(alias)) for alias in (known.name, *known.aliases))
        found = next((name for name in names if name), None)
    return found


def _thousands(field: str) -> int:
    """Return a number of people given in thousands, 0 for "-"."""
    return 0 if field == "-" else int(field) * 1000


@cache
def _places() -> dict[str, tuple[Place, ...]]:
    """Load the places other than countries by name and alias: by hand, then by population, then WordNet's."""
    found: dict[str, list[Place]] = {}
    rows = [Place(word, _KINDS[kind], where, 0, ()) for kind, word, where in _extra() if kind in _KINDS]
    rows += [
        Place(name, _KINDS[kind], where.strip("-"), _thousands(size), _values(aliases), word == "word")
        for name, kind, where, size, aliases, word in tables.rows("places.tsv.gz")
    ]
    for entry in rows:
        found.setdefault(_plain(entry.name), []).append(entry)
    for entry in rows:
        for alias in entry.aliases:
            listed = found.setdefault(_plain(alias), [])
            if entry not in listed:
                listed.append(entry)
    for kind, alias, name in _extra():
        if kind == "alias" and _plain(name) in found:
            found[_plain(alias)] = [*found[_plain(name)], *found.get(_plain(alias), [])]
    return {name: tuple(entries) for name, entries in found.items()}


def places(name: str) -> tuple[Place, ...]:
    """Return the places of a name other than countries, the best known first.

    In lower case a frequent word that mostly means something else ("reading", "nice") is no place.
    """
    plain = _plain(name)
    found = _places().get(plain, ())
    return (
        ()
        if name.islower() and any(entry.is_word and _plain(entry.name) == plain for entry in found)
        else found
    )


def place(name: str) -> Place | None:
    """Return the best-known place of a name or alias: a country before others; no demonyms."""
    known = country_named(name)
    if known is not None:
        return Place(known.name, "country", known.name, 0, known.aliases)
    return next(iter(places(name)), None)


@cache
def _given_names() -> tables.Table:
    """Load the given names with their gender."""
    return tables.Table("given_names.tsv.gz")


def given_name_gender(name: str) -> Gender | None:
    """Return the gender that a given name is borne by ("u": both); None for an unknown name."""
    found = _given_names().get(name.lower()) or _given_names().get(_plain(name))
    return _GENDERS[found] if found else None


@cache
def _surnames() -> tables.Table:
    """Load the surnames with their rank."""
    return tables.Table("surnames.tsv.gz")


def is_surname(name: str) -> bool:
    """Tell whether a name is among the frequent surnames."""
    return _surnames().get(name.lower()) is not None


@cache
def _titles() -> dict[str, Title]:
    """Load the titles, then the roles of WordNet."""
    found: dict[str, Title] = {}
    for word, long, gender, kind in tables.rows("titles.tsv"):
        found.setdefault(word, Title(word if long == "-" else long, _GENDERS[gender], kind))
    for word in tables.lines("roles.tsv.gz"):
        found.setdefault(word, Title(word, "u", "role"))
    return found


def title(phrase: str) -> Title | None:
    """Return what a title says; None for anything else."""
    return _titles().get(" ".join(phrase.lower().split()))


def is_title(phrase: str) -> bool:
    """Tell whether a word or phrase is an honorific, rank, office or role that goes with a person's name."""
    return title(phrase) is not None


def expand_title(abbreviation: str) -> str:
    """Return a title's long form in lower case ("Lt. Gen.": lieutenant general); anything else as it is."""
    found = title(abbreviation)
    return found.long if found else abbreviation


@cache
def _organization_words() -> dict[str, str]:
    """Load the organisation words with their kind."""
    return {word: kind for kind, word in reversed(list(tables.rows("organizations.tsv")))}


def organization_word(word: str) -> bool:
    """Tell whether a word marks an organisation's name as its head or legal form (Bank, Ministry, Inc)."""
    return word.lower() in _organization_words()
