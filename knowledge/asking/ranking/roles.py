"""Which semantic roles fit a place of the question: the expectations of `data/roles.tsv`."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from knowledge.asking import tables, words
from knowledge.asking.frame import Asked, Clause, Slot
from knowledge.asking.index import ArgumentView, FactView
from knowledge.model import Role

Fits = Mapping[Role, float]
"""How well each role fits, from -1 (speaks against it) to 1; roles left out tell nothing."""


@functools.cache
def _tables() -> dict[str, dict[str, Fits]]:
    found: dict[str, dict[str, Fits]] = {}
    for kind, place, fits in tables.rows("roles.tsv"):
        pairs = (fit.split("=") for fit in fits.split(" "))
        found.setdefault(kind, {})[place] = {Role(role): float(value) for role, value in pairs}
    return found


SUBJECT = _tables()["slot"]["subject"]
PASSIVE_SUBJECT = _tables()["slot"]["passive_subject"]
OBJECT = _tables()["slot"]["object"]
COMPLEMENT = _tables()["slot"]["complement"]
PREPOSITIONS = _tables()["case"]
ADVERBIAL = _tables()["wh"]
WHOLE = 0.9
"""How well what is done to fits the noun behind a verb's own preposition."""
ACTIVE_BY: Fits = {**PREPOSITIONS["by"], Role.TIME: 0.6, Role.PLACE: 0.4}
"""What "by" may mark beside a verb that is not passive: "by Friday", "by the river"."""


def expected(slot: Slot, clause: Clause) -> Fits:
    """Return how well each role fits a slot of a clause."""
    if slot.kind == "subject":
        if clause.copular:
            return {}
        return PASSIVE_SUBJECT if clause.passive else SUBJECT
    if slot.kind in {"object", "second"}:
        return OBJECT
    if slot.kind == "complement":
        return COMPLEMENT
    if slot.kind == "oblique":
        if slot.case == "by" and not clause.passive:
            return ACTIVE_BY
        found = PREPOSITIONS.get(slot.case, {})
        return {**found, Role.PATIENT: WHOLE} if _one_verb(clause, slot.case) else found
    return {}


def fit(asked: Asked, clause: Clause | None, argument: ArgumentView, view: FactView) -> float:
    """Return how well an argument of a fact fits the gap of a question, from -1 to 1."""
    role = argument.role
    adverb = asked.adverb or (asked.wh if asked.wh in ADVERBIAL else "")
    if not adverb and asked.gap == "adverb":
        adverb = "how_far"
    if adverb and asked.gap != "subject":
        found = ADVERBIAL[adverb].get(role, -0.6)
        in_case = asked.wh == "where" and asked.case and argument.case == asked.case
        return max(found, 0.9) if in_case else found
    if clause is None or asked.gap in {"topic", ""}:
        return 0.0
    if asked.gap == "subject":
        by = argument.case == "by" and view.fact.predicate.passive and not clause.passive
        done_by = by and role in {Role.MANNER, Role.INSTRUMENT, Role.CAUSE}
        return 0.9 if done_by else _subject_fit(clause, role, view)
    if asked.gap == "oblique":
        return _oblique_fit(asked, clause, argument)
    if asked.gap == "complement":
        return COMPLEMENT.get(role, -0.1)
    if role is Role.AGENT and clause.passive:
        return -0.5
    return OBJECT.get(role, -0.4)


def _subject_fit(clause: Clause, role: Role, view: FactView) -> float:
    if clause.copular:
        return 0.6 if role in {Role.AGENT, Role.PATIENT, Role.ATTRIBUTE, Role.POSSESSOR} else 0.0
    if clause.passive:
        return PASSIVE_SUBJECT.get(role, -0.4)
    suffers = role is Role.PATIENT and doerless(view) and clause.slot("object") is None
    return 0.8 if suffers else SUBJECT.get(role, -0.4)


def doerless(view: FactView) -> bool:
    """Tell whether a fact names nobody and nothing that does it."""
    return Role.AGENT not in view.roles and Role.CAUSE not in view.roles


UNTIMED = frozenset({"what", "who"})
"""Wh-words whose prepositions never mark a time: "what did they agree on" is no Sunday."""
TELLS_CONTENT = 0.8
"""Fit of a clause for a preposition's gap: "agreed to go" tells what they agreed on."""


def _one_verb(clause: Clause, case: str) -> bool:
    """Tell whether the clause's verb and a preposition are one verb, whose object follows: "look into"."""
    whole = any(words.whole_verb(lemma, case) for lemma in clause.lemmas)
    return whole and clause.slot("object") is None and not clause.passive


def _oblique_fit(asked: Asked, clause: Clause, argument: ArgumentView) -> float:
    case = asked.case
    found = PREPOSITIONS.get(case, {}).get(argument.role, -0.2)
    if argument.role is Role.PATIENT and _one_verb(clause, case):
        found = max(found, WHOLE)
    if asked.wh in UNTIMED and argument.role is Role.TIME:
        return -0.4
    if asked.wh == "what" and argument.role is Role.CONTENT and not argument.case:
        return max(found, TELLS_CONTENT)
    if argument.role is Role.PATIENT and _one_verb(clause, case):
        found = max(found, WHOLE)
    if argument.case == case:
        found = max(found, 1.0)
    elif argument.case and argument.case.split()[-1] == case.split()[-1]:
        found = max(found, 0.9)
    if case == "by" and not clause.passive and argument.role in {Role.TIME, Role.MANNER}:
        found = max(found, 0.5)
    return found
