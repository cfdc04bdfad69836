"""The rule tables of this package, read once: word classes, role rules, governing predicates and markers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from knowledge.language.quantities import time_words
from knowledge.model import Modality, Relation, Role

MODALITIES = frozenset(m.value for m in Modality)


class RoleRule(NamedTuple):
    """One line of roles.tsv: the classes that an oblique must have, and its role."""

    cases: frozenset[str]
    verb: str
    noun: str
    role: Role


class Marker(NamedTuple):
    """One line of markers.tsv: what a subordinating marker makes of its clause."""

    role: Role
    relation: Relation | None
    effect: str


def _rows(name: str) -> Iterator[list[str]]:
    source = resources.files(__package__).joinpath("data", name)
    for line in source.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# "):
            yield line.split("\t")


@lru_cache(maxsize=1)
def word_classes() -> dict[str, frozenset[str]]:
    """Return the classes of every lemma in words.tsv; weekdays and months are times as well."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    weekdays = {word for word in time_words("weekday") if word.endswith("day")}  # "sun" is another thing
    for lemma in weekdays | time_words("month"):
        found[lemma].add("time_noun")
    for name, lemmas in _rows("words.tsv"):
        for lemma in lemmas.split():
            found[lemma].add(name)
    return {lemma: frozenset(names) for lemma, names in found.items()}


@lru_cache(maxsize=32)
def lemmas_of(name: str) -> frozenset[str]:
    """Return the lemmas of one class in words.tsv."""
    return frozenset(lemma for lemma, names in word_classes().items() if name in names)


@lru_cache(maxsize=1)
def _role_rules() -> dict[str, tuple[RoleRule, ...]]:
    """Return the role rules by case, each case with the rules for any case in their order."""
    rules = []
    for case, verb, noun, role in _rows("roles.tsv"):
        rules.append(RoleRule(frozenset(case.split("|")), verb, noun, Role[role]))
    cases = {case for rule in rules for case in rule.cases}
    return {case: tuple(r for r in rules if case in r.cases or "*" in r.cases) for case in cases}


@lru_cache(maxsize=1)
def known_cases() -> frozenset[str]:
    """Return every preposition that roles.tsv knows."""
    return frozenset(_role_rules())


def oblique_role(case: str, verbs: frozenset[str], nouns: frozenset[str]) -> Role:
    """Return the role of an oblique argument by the first rule that fits; `case` is "-" for none."""
    rules = _role_rules()
    for rule in rules.get(case) or rules["*"]:
        if rule.verb not in ("*", *verbs) or rule.noun not in ("*", *nouns):
            continue
        return rule.role
    return Role.MANNER


@lru_cache(maxsize=1)
def effects() -> dict[str, str]:
    """Return what each governing lemma makes of the clause below it; the first line that names it wins."""
    found: dict[str, str] = {}
    for effect, lemmas in _rows("governors.tsv"):
        for lemma in lemmas.split():
            found.setdefault(lemma, effect)
    return found


@lru_cache(maxsize=1)
def markers() -> dict[str, Marker]:
    """Return the subordinating markers."""
    found = {}
    for marker, role, relation, effect in _rows("markers.tsv"):
        found[marker] = Marker(Role[role], None if relation == "-" else Relation[relation], effect.strip("-"))
    return found


@lru_cache(maxsize=1)
def _standings() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for governor, effect, lemmas in _rows("standings.tsv"):
        for lemma in lemmas.split():
            found.setdefault((governor, lemma), effect)
    return found


def standing(governor: str, lemma: str) -> str:
    """Return what a noun, adjective, verb or charge makes of the event it governs, "" for nothing."""
    return _standings().get((governor, lemma), "")


def modality(effect: str) -> Modality | None:
    """Return the modality that an effect names, None where it names another thing."""
    return Modality(effect) if effect in MODALITIES else None


@lru_cache(maxsize=1)
def _transitivities() -> dict[str, float]:
    return {lemma: float(share) for lemma, share in _rows("transitive.tsv")}


def transitivity(lemma: str) -> float:
    """Return the share of a verb's clauses that have an object or are passive; 1 for an unknown verb."""
    return _transitivities().get(lemma, 1.0)
