"""Lists: a fact for each conjunct of an argument, beside the whole list's fact (checklist point 15)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.model import FactKind, Role
from knowledge.reading.facts.clauses import Clauses
from knowledge.reading.facts.draft import Draft, Slot
from knowledge.reading.facts.phrases import members
from knowledge.reading.facts.tables import word_classes

SPLIT_KINDS = frozenset(
    {FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL, FactKind.NOMINAL, FactKind.QUOTATION}
)
TOGETHER = frozenset({"together", "jointly", "other", "another"})
LONGEST_LIST = 12


def conjunct_facts(clauses: Clauses, draft: Draft) -> Iterator[Draft]:
    """Yield the fact once for every conjunct of a listed argument, and both directions if mutual."""
    if draft.kind not in SPLIT_KINDS:
        return
    for at, slot in enumerate(draft.slots):
        parts = members(clauses.tree, slot, draft.head, clauses.text)
        if not 1 < len(parts) <= LONGEST_LIST:
            continue
        if _is_mutual(draft) and slot.role is Role.AGENT:
            if len(parts) == 2 and not draft.has(Role.COUNTERPART):
                yield from _both_ways(draft, at, slot, parts)
            continue
        if _stays_whole(clauses, draft, slot):
            continue
        for head, words in parts:
            yield _with(draft, at, [replace(slot, head=head, only=words)], "conjunct")


def _with(draft: Draft, at: int, slots: list[Slot], rule: str) -> Draft:
    """Return the fact with other fillers for one argument."""
    changed = [*draft.slots[:at], *slots, *draft.slots[at + 1 :]]
    return replace(draft, slots=changed, derived=rule, part_of=draft, links=list(draft.links))


def _both_ways(
    draft: Draft, at: int, slot: Slot, parts: list[tuple[int, tuple[int, int]]]
) -> Iterator[Draft]:
    """Yield "A met B" and "B met A" for "A and B met"."""
    for (one, one_words), (other, other_words) in (parts, parts[::-1]):
        doer = replace(slot, head=one, only=one_words)
        partner = replace(slot, head=other, only=other_words, role=Role.COUNTERPART)
        yield _with(draft, at, [doer, partner], "mutual")


def _is_mutual(draft: Draft) -> bool:
    lemma = draft.lemma if draft.kind is FactKind.VERB else draft.derived_verb
    return "mutual_verb" in word_classes().get(lemma, frozenset())


def _stays_whole(clauses: Clauses, draft: Draft, slot: Slot) -> bool:
    """Tell lists that must not be split: "between A and B", "together", "A and B are a team", "or"."""
    tree = clauses.tree
    if slot.case == "between" or slot.clause:
        return True
    if draft.kind is FactKind.COPULA and slot.role is Role.AGENT and tree.upos(draft.head) == "NOUN":
        return True
    if any(tree.lemma(kid) in TOGETHER for kid in tree.kids[draft.head]):
        return True
    joined = {tree.lemma(c) for k in tree.children(slot.head, "conj") for c in tree.children(k, "cc")}
    return bool(joined & {"or", "nor", "but"})
