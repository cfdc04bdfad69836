"""What a noun phrase says by itself: number and unit, kind, dimension, part and place."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.model import FactKind, Role
from knowledge.reading.facts import nouns
from knowledge.reading.facts.clauses import Clauses
from knowledge.reading.facts.draft import Draft, Slot
from knowledge.reading.facts.events import named_event
from knowledge.reading.facts.tables import lemmas_of, oblique_role, word_classes
from knowledge.reading.facts.tree import Tree

INNER = {"of": Role.POSSESSOR, "with": Role.ATTRIBUTE, "for": Role.PURPOSE, "on": Role.TOPIC,
         "about": Role.TOPIC, "over": Role.TOPIC, "between": Role.COUNTERPART,
         "to": Role.RECIPIENT}  # fmt: skip
PLACING = frozenset({"on", "over", "to", "between"})


def noun_facts(clauses: Clauses) -> Iterator[Draft]:
    """Yield one fact for every noun phrase that says something of its head."""
    tree = clauses.tree
    for word in range(len(tree)):
        if is_age(tree, tree.heads[word]) or clauses.complement(word)[1] != word:
            continue
        if _is_dimension(tree, word):
            yield from _measured(clauses, word)
        if tree.upos(word) in ("NOUN", "SYM") and tree.base[word] not in (
            "compound",
            "flat",
            "fixed",
            "case",
        ):
            draft = _describe(clauses, word)
            if draft.slots:
                predicated = tree.child(word, "cop", "nsubj") is not None
                shed = _other_conjuncts(tree, word)
                draft.slots.insert(0, Slot(Role.PATIENT, word, "cop" if predicated else "noun", shed=shed))
                yield draft


def _other_conjuncts(tree: Tree, word: int) -> tuple[int, ...]:
    """Return what is joined to the noun and has modifiers of its own, with the conjunctions."""
    joined = tree.children(word, "conj")
    if not any(tree.child(k, "det", "amod", "nmod:poss", "nummod", "compound") is not None for k in joined):
        return ()
    return tuple(k for k in tree.kids[word] if tree.base[k] in ("conj", "cc"))


def _is_dimension(tree: Tree, word: int) -> bool:
    """Tell whether the word measures the noun after it: "category 3 storm"."""
    return tree.base[word] == "compound" and tree.lemma(word) in lemmas_of("dimension_noun")


def _measured(clauses: Clauses, word: int) -> Iterator[Draft]:
    """Yield the measure of what follows: "category 3 storm"."""
    tree = clauses.tree
    number = tree.child(word, "nummod")
    if number is not None:
        slots = [Slot(Role.POSSESSOR, tree.heads[word], "noun"), Slot(Role.QUANTITY, number, "nummod")]
        yield Draft(FactKind.NOUN, word, tree.lemma(word), [word], slots)


def _describe(clauses: Clauses, word: int) -> Draft:
    """Collect what the dependents of a noun say of it."""
    tree = clauses.tree
    draft = Draft(FactKind.NOUN, word, tree.lemma(word), [word])
    event = bool(named_event(tree.lemma(word)))
    for kid in tree.kids[word]:
        base = tree.base[kid]
        if base == "nummod" or (base == "amod" and tree.upos(kid) == "NUM"):
            draft.slots.append(Slot(Role.QUANTITY, kid, "nummod"))
        elif is_age(tree, kid) or (base in ("amod", "compound") and kid > word) or _is_dimension(tree, kid):
            continue
        elif (base == "amod" and tree.xpos(kid) not in ("PDT", "DT")) or base == "compound":
            draft.slots.append(Slot(_modifier_role(clauses, kid), kid, base))
        elif base == "nmod" and tree.rels[kid] not in ("nmod:poss", "nmod:desc") and not event:
            _add_modifier(clauses, draft, kid)
    if tree.lemma(word) in lemmas_of("dimension_noun") and tree.child(word, "nummod") is not None:
        _add_measured(clauses, draft)
    return draft


def is_age(tree: Tree, word: int) -> bool:
    """Tell whether the word is "old" with a number of years before it, or "52-year-old"."""
    if word < 0 or not tree.lemma(word).endswith("old"):
        return False
    return tree.lemma(word) != "old" or any(
        tree.lemma(kid) in ("year", "month", "day", "week") for kid in tree.kids[word]
    )


def _modifier_role(clauses: Clauses, kid: int) -> Role:
    """Tell a measure ("60-day") and a date ("2021") from a kind."""
    tree = clauses.tree
    number, _, unit = tree.lemma(kid).partition("-")
    if unit and number.replace(",", "").replace(".", "").isdigit():
        return Role.QUANTITY
    if any(tree.base[k] == "nummod" for k in tree.kids[kid]):
        return Role.QUANTITY
    dated = tree.upos(kid) in ("NOUN", "PROPN", "NUM") and "time" in nouns.kinds(tree, kid)
    return Role.TIME if dated else Role.ATTRIBUTE


def _add_modifier(clauses: Clauses, draft: Draft, kid: int) -> None:
    """Add a prepositional modifier; the measure of a dimension is its quantity."""
    tree = clauses.tree
    case = clauses.case(kid)
    found = nouns.kinds(tree, kid, case)
    if case == "including":
        return
    if (
        case == "of"
        and found & {"unit", "number"}
        and "dimension_noun" in word_classes().get(draft.lemma, ())
    ):
        draft.slots.append(Slot(Role.QUANTITY, kid, "nmod", case=case))
        _add_measured(clauses, draft)
        return
    role = INNER.get(case)
    if case == "for" and found & {"person", "place"}:
        role = Role.BENEFICIARY
    if (
        case == "in"
        and draft.has(Role.QUANTITY)
        and "unit" in nouns.kinds(tree, draft.head)
        and not found
        & {
            "time",
            "place",
        }
    ):
        role = Role.ATTRIBUTE
    if case == "for" and draft.lemma in lemmas_of("want_noun"):
        role = Role.TOPIC
    if case == "between" and "way_noun" not in word_classes().get(draft.lemma, ()):
        found = found - {"place"}
    if role is None or (case in PLACING and "place" in found):
        role = oblique_role(case or "-", frozenset(), found)
    draft.slots.append(Slot(role, kid, "nmod", case=case))


def _add_measured(clauses: Clauses, draft: Draft) -> None:
    """Add what has the dimension: the noun above, or the subject of the measure's clause."""
    tree = clauses.tree
    verb = tree.heads[draft.head]
    if tree.base[draft.head] == "nmod" and clauses.case(draft.head) == "of":
        draft.slots.append(Slot(Role.POSSESSOR, verb, "noun", shed=(draft.head,)))
        return
    if verb in clauses.predicates and tree.base[draft.head] in ("obl", "obj"):
        found = clauses.subject(verb)
        if found is not None:
            draft.slots.append(Slot(Role.POSSESSOR, found[0], "nsubj", implied=True, confidence=0.8))
