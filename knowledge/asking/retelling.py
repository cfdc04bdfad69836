"""Facts told once more in other words: by converse verbs, and of agent nouns the deed that they name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
NAMED_AS = frozenset({FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA})


def spelled(lemmas: Iterable[str]) -> frozenset[str]:
    """Return lemmas with their American spellings."""
    return frozenset(form for lemma in lemmas for form in (lemma, words.american(lemma)))


def mirrors(facts: Iterable[FactView]) -> Iterator[FactView]:
    """Yield facts as their converse, mutual and light verbs tell them."""
    for view in facts:
        if view.fact.kind not in {FactKind.VERB, FactKind.NOMINAL}:
            continue
        predicate = view.fact.predicate
        verb = predicate.derived_verb if view.fact.kind is FactKind.NOMINAL else predicate.lemma
        roles = tuple((a.role, a.case) for a in view.arguments)
        merged: dict[tuple[Role, ...], dict[str, str]] = {}
        for other, turned in retold(verb.lower(), predicate.light_noun.lower(), roles):
            merged.setdefault(turned, {})[other] = "converse"
        for turned, lemmas in merged.items():
            arguments = tuple(a._replace(role=r) for a, r in zip(view.arguments, turned, strict=True))
            yield _again(view, lemmas, arguments)


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
            yield _again(view, dict.fromkeys(verbs, "derived"), (named, *done_to))._replace(
                predicate_mask=1 << called.head
            )


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
                found[noun].append(a._replace(role=Role.PATIENT, case=""))
    return found


def _again(view: FactView, lemmas: Mapping[str, str], arguments: tuple[ArgumentView, ...]) -> FactView:
    mask = view.predicate_mask
    for a in arguments:
        mask |= a.mask
    return view._replace(lemmas=lemmas, spelled=spelled(lemmas), arguments=arguments, mask=mask | view.mask)
