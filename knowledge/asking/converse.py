"""The other ways to tell a fact: converse, mutual and light verbs (`language/data/converses.tsv`)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping

from knowledge.language import lexicon
from knowledge.model import Role

PARTY = {
    "": Role.PATIENT,
    "to": Role.RECIPIENT,
    "from": Role.SOURCE,
    "with": Role.COUNTERPART,
    "for": Role.BENEFICIARY,
}
"""The role that a preposition gives to the other party ("" the direct object)."""


@functools.cache
def _by_verb() -> Mapping[str, tuple[lexicon.Converse, ...]]:
    found: dict[str, list[lexicon.Converse]] = defaultdict(list)
    for row in lexicon.converses():
        found[row.verb].append(row)
        if row.kind == "converse":
            turned = row._replace(
                verb=row.other,
                preposition=row.other_preposition,
                other=row.verb,
                other_preposition=row.preposition,
            )
            found[row.other].append(turned)
    return {verb: tuple(dict.fromkeys(rows)) for verb, rows in found.items()}


@functools.cache
def _mutual() -> frozenset[tuple[str, str]]:
    return frozenset((row.verb, row.preposition) for row in lexicon.converses() if row.kind == "mutual")


@functools.cache
def receives(verb: str) -> bool:
    """Tell whether the subject of "VERB a call" is the one called: receive, get, have had."""
    return any(row.kind == "receive" and row.verb.split()[0] == verb for row in lexicon.converses())


def is_mutual(verb: str, preposition: str) -> bool:
    """Tell whether "A VERB PREPOSITION B" is also "B VERB PREPOSITION A"."""
    return (verb, preposition) in _mutual()


def retold(
    verb: str, light_noun: str, roles: tuple[tuple[Role, str], ...]
) -> Iterator[tuple[str, tuple[Role, ...]]]:
    """Yield other verbs for a fact, with the roles that its arguments play under them, in their order.

    `roles` are the arguments' roles and prepositions. Only facts with a doer and the other party are retold.
    """
    names = [verb] + ([f"{verb} {light_noun}"] if light_noun else [])
    for name in names:
        for row in _by_verb().get(name, ()):
            light = " " in row.verb and row.verb != verb
            doer = _doer(roles)
            party = _party(roles, row.preposition, doer)
            if doer is None or party is None:
                continue
            turned = [role for role, _ in roles]
            if row.kind == "light":
                turned[party] = PARTY.get(row.other_preposition, turned[party])
            else:
                turned[party] = Role.AGENT
                turned[doer] = PARTY.get(row.other_preposition, Role.COUNTERPART)
                if row.kind == "mutual":
                    turned[doer] = roles[party][0]
            if light:
                for i, (role, _) in enumerate(roles):
                    if i not in {doer, party} and role is Role.PATIENT:
                        turned[i] = Role.MANNER
            yield row.other, tuple(turned)
            if row.kind == "mutual":
                yield row.verb, tuple(turned)


def _doer(roles: tuple[tuple[Role, str], ...]) -> int | None:
    """Return which argument is the subject: the agent, else the patient ("the team lost")."""
    for wanted in (Role.AGENT, Role.PATIENT):
        for i, (role, case) in enumerate(roles):
            if role is wanted and not case:
                return i
    return next((i for i, (role, _) in enumerate(roles) if role is Role.AGENT), None)


def _party(roles: tuple[tuple[Role, str], ...], preposition: str, doer: int | None) -> int | None:
    """Return which argument is the other party: the one behind the preposition, or the direct object."""
    for i, (role, case) in enumerate(roles):
        if i == doer:
            continue
        if preposition and case == preposition:
            return i
        if not preposition and not case and role in {Role.PATIENT, Role.RECIPIENT, Role.COUNTERPART}:
            return i
    return None
