"""Facts told once more in other words: by converse verbs, with their causes, and the deeds of agent nouns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from knowledge.asking import words
from knowledge.asking.converse import retold
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Role

if TYPE_CHECKING:
    from knowledge.asking.index import ArgumentView, ArticleIndex, FactView

NO_LONGER = wordset("past_modifier") | wordset("post_modifier")
"""Words before an agent noun that deny the deed: a former owner owns nothing, a deputy does not lead."""
CAUSING = wordset("causing_verb")
"""Verbs whose doer is why somebody did, or did not do, what their clause tells."""
SPARKING = wordset("sparking_verb")
"""Verbs whose doer is why what their object names happened."""
NAMED_AS = frozenset({FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA})


def spelled(lemmas: Iterable[str]) -> frozenset[str]:
    """Return lemmas with their American spellings."""
    return frozenset(form for lemma in lemmas for form in (lemma, words.american(lemma)))


def mirrors(index: ArticleIndex) -> Iterator[FactView]:
    """Yield facts as their converse, mutual and light verbs and their verbs of several words tell them."""
    for view in index.facts[: index.told]:
        if view.fact.kind is FactKind.VERB:
            yield from _whole(index, view)
        elif view.fact.kind is not FactKind.NOMINAL:
            continue
        predicate = view.fact.predicate
        verb = predicate.derived_verb if view.fact.kind is FactKind.NOMINAL else predicate.lemma
        roles = tuple((a.role, a.case) for a in view.arguments)
        merged: dict[tuple[Role, ...], dict[str, str]] = {}
        for other, turned in retold(verb.lower(), predicate.light_noun.lower(), roles):
            merged.setdefault(turned, {})[other] = "converse"
        for turned, lemmas in merged.items():
            arguments = tuple(a.placed(r, a.case) for a, r in zip(view.arguments, turned, strict=True))
            yield _again(index, view, lemmas, arguments)


def _whole(index: ArticleIndex, view: FactView) -> Iterator[FactView]:
    """Yield a fact as a verb with its preposition tells it: who "looked into" the fire did so to it."""
    if any(a.role is Role.PATIENT and not a.case for a in view.arguments):
        return
    for whole in index.wholes_in(view.predicate_mask):
        governed = next((a for a in view.arguments if whole.governed >= 0 and a.head == whole.governed), None)
        if governed is not None:
            done = governed.placed(Role.PATIENT, "")
            arguments = tuple(done if a is governed else a for a in view.arguments)
            yield _again(index, view, {whole.verb: "exact"}, arguments)


def causes(index: ArticleIndex) -> Iterator[FactView]:
    """Yield what was caused with its cause: "fog kept the plane from landing" tells why it did not land."""
    facts = index.facts[: index.told]
    by_id = {view.fact.id: view for view in facts}
    nominal = {v.predicate_mask.bit_length() - 1: v for v in facts if v.fact.kind is FactKind.NOMINAL}
    for view in facts:
        if view.fact.kind is not FactKind.VERB or view.fact.negated or CAUSING.isdisjoint(view.lemmas):
            continue
        cause = next((a for a in view.arguments if a.role is Role.AGENT and a.mask), None)
        if cause is None:
            continue
        for argument in view.arguments:
            done = by_id.get(argument.fact)
            if argument.role in {Role.PATIENT, Role.RESULT} and not SPARKING.isdisjoint(view.lemmas):
                done = done or nominal.get(argument.head)
            if done is None or argument is cause or any(a.role is Role.CAUSE for a in done.arguments):
                continue
            why = cause.placed(Role.CAUSE, "")
            standing = done.standing._replace(
                asserted=view.asserted, unreal=view.standing.unreal, conditional=view.standing.conditional
            )
            told = index.holding(done, (*done.arguments, why))
            yield replace(told, asserted=view.asserted, standing=standing)


def doings(index: ArticleIndex) -> Iterator[FactView]:
    """Yield what those do who are called by an agent noun: with "the ship's owner, X", X owns the ship."""
    things = _things(index)
    for view in index.facts[: index.told]:
        named = next((a for a in view.arguments if a.role is Role.AGENT and a.head >= 0), None)
        called = next((a for a in view.arguments if a.role is Role.ATTRIBUTE and a.head >= 0), None)
        if view.fact.kind not in NAMED_AS or view.fact.negated or named is None or called is None:
            continue
        noun = index.words[called.head]
        verbs = lexicon.agent_noun_verbs(words.american(noun.lemma)) if noun.upos == "NOUN" else ()
        before = {index.words[c].lemma for c in index.children[called.head]}
        if verbs and not before & NO_LONGER:
            done_to = things.get(called.head, ())
            doing = _again(index, view, dict.fromkeys(verbs, "derived"), (named, *done_to))
            yield replace(doing, predicate_mask=1 << called.head)


def is_doing(view: FactView) -> bool:
    """Tell whether a fact is one that `doings` made."""
    return view.fact.kind in NAMED_AS and "derived" in view.lemmas.values()


def _things(index: ArticleIndex) -> dict[int, list[ArgumentView]]:
    """Return by its noun's word whose or what one is: "the owner of the ship", "its owner", "bus driver"."""
    found: dict[int, list[ArgumentView]] = defaultdict(list)
    for view in index.facts[: index.told]:
        if view.fact.kind not in {FactKind.POSSESSIVE, FactKind.NOUN}:
            continue
        noun = next((a.head for a in view.arguments if a.role is Role.PATIENT), -1)
        for a in view.arguments:
            owned = a.role is Role.POSSESSOR and a.case in {"", "of"}
            kind = a.role is Role.ATTRIBUTE and a.head >= 0 and index.words[a.head].upos in {"NOUN", "PROPN"}
            if owned or kind:
                found[noun].append(a.placed(Role.PATIENT, ""))
    return found


def _again(
    index: ArticleIndex, view: FactView, lemmas: Mapping[str, str], arguments: tuple[ArgumentView, ...]
) -> FactView:
    return replace(index.holding(view, arguments), lemmas=lemmas, spelled=spelled(lemmas))
