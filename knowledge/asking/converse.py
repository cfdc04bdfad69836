"""The other ways to tell a fact: converse, mutual and light verbs (`language/data/converses.tsv`)."""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping

from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import Role

HANDING = wordset("handing_verb")
"""Verbs by which a thing passes from one to another, whatever the thing."""
FATAL = wordset("fatal_verb")
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

    `roles` are the arguments' roles and prepositions. Only facts with a doer and the other party are retold;
    but where a thing changes hands, it is enough by whom, to whom or from whom: "it was lent by A" is "it was
    borrowed from A".
    """
    names = [verb] + ([f"{verb} {light_noun}"] if light_noun else [])
    for name in names:
        for row in _by_verb().get(name, ()):
            light = " " in row.verb and row.verb != verb
            handed = row.kind == "converse" and bool(row.preposition and row.other_preposition)
            fatal = row.kind == "converse" and name in FATAL
            doer = _doer(roles, handed or fatal)
            party = _party(roles, row.preposition, doer)
            thing = not light_noun and any(role is Role.PATIENT for role, _ in roles)
            alone = (
                thing
                and handed
                and name in HANDING
                and (party is not None or (doer is not None and row.preposition == "to"))
            )
            alone |= fatal and party is not None  # who was killed died, whoever did it
            if (doer is None or party is None) and not alone:
                continue
            turned = [role for role, _ in roles]
            if party is not None:
                turned[party] = (
                    Role.AGENT if row.kind != "light" else PARTY.get(row.other_preposition, turned[party])
                )
            if doer is not None and row.kind != "light":
                turned[doer] = PARTY.get(row.other_preposition, Role.COUNTERPART)
                if row.kind == "mutual" and party is not None:
                    turned[doer] = roles[party][0]
            if light:
                for i, (role, _) in enumerate(roles):
                    if i not in {doer, party} and role is Role.PATIENT:
                        turned[i] = Role.MANNER
            yield row.other, tuple(turned)
            if row.kind == "mutual":
                yield row.verb, tuple(turned)


def _doer(roles: tuple[tuple[Role, str], ...], handed: bool) -> int | None:
    """Return which argument is the subject: the agent, else the patient ("the team lost").

    Where a thing is `handed` over or somebody killed, that is the patient, and nobody else.
    """
    for i, (role, case) in enumerate(roles):
        if role is Role.AGENT and case in {"", "by"}:
            return i
    if not handed:
        for i, (role, case) in enumerate(roles):
            if role is Role.PATIENT and not case:
                return i
    return next((i for i, (role, _) in enumerate(roles) if role is Role.AGENT), None)


def _party(roles: tuple[tuple[Role, str], ...], preposition: str, doer: int | None) -> int | None:
    """Return which argument is the other party: the one behind the preposition, or the direct object."""
    for i, (role, case) in enumerate(roles):
        if i == doer:
            continue
        if preposition and case == preposition:
            return i
        if preposition == "to" and not case and role is Role.RECIPIENT:
            return i
        if not preposition and not case and role in {Role.PATIENT, Role.RECIPIENT, Role.COUNTERPART}:
            return i
    return None
