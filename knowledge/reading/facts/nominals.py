"""Events named by nouns: "the killing of X by Y", "a call from X", "made an announcement" (checklist point
19).
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.language import lexicon
from knowledge.model import FactKind, Role
from knowledge.reading.facts import nouns
from knowledge.reading.facts.clauses import Clauses
from knowledge.reading.facts.draft import Draft, Slot
from knowledge.reading.facts.events import EVENTS, THINGS, named_event
from knowledge.reading.facts.tables import lemmas_of, oblique_role, transitivity, word_classes

# Verbs that only lend their subject to an event noun in their object, as its doer, and as the one it befalls.
LENDING_DOER = frozenset({"make", "give", "take", "hold", "have", "pay", "issue", "deliver", "conduct",
                          "launch", "stage", "offer", "do", "carry out", "undertake", "place", "mount",
                          "perform", "commit", "reach", "lay", "express", "voice", "file", "lodge",
                          "send"})  # fmt: skip
LENDING_UNDERGOER = frozenset(
    {"receive", "get", "suffer", "undergo", "face", "sustain", "experience", "draw", "attract"}
)
# A verb is taken as transitive from this share of its clauses on that have an object or are passive.
TRANSITIVE = 0.5


def event_verb(clauses: Clauses, word: int) -> str:
    """Return the verb that a common noun stands for, "" where it names no event."""
    tree = clauses.tree
    if (
        tree.upos(word) != "NOUN"
        or tree.tokens[word].name
        or tree.base[word] in ("compound", "flat", "fixed")
    ):
        return ""
    return named_event(tree.lemma(word))


def light(clauses: Clauses, draft: Draft) -> None:
    """Note the event noun in the object of a light verb: "made an announcement" stands for announcing."""
    slot = next((s for s in draft.slots if s.rel in ("obj", "nsubj:pass") and not s.implied), None)
    if draft.kind is not FactKind.VERB or slot is None:
        return
    if draft.lemma not in LENDING_DOER and draft.lemma not in LENDING_UNDERGOER:
        return
    verb = event_verb(clauses, slot.head)
    if verb:
        draft.light_noun = clauses.tree.lemma(slot.head)
        if draft.lemma in LENDING_DOER:
            draft.derived_verb = verb


def nominal(clauses: Clauses, word: int, host: Draft | None) -> Draft | None:
    """Return the event that a noun names with its arguments, None where it has none.

    `host` is the fact of the verb whose object the noun is; a light verb lends its subject.
    """
    verb = event_verb(clauses, word)
    if not verb or clauses.complement(word)[1] != word:
        return None
    tree = clauses.tree
    draft = Draft(FactKind.NOMINAL, word, tree.lemma(word), [word], derived_verb=verb, confidence=0.8)
    by_case: dict[str, int] = {}
    others: list[tuple[str, int]] = []
    owner = tree.child(word, "nmod:poss")
    for kid in tree.children(word, "nmod", "obl"):
        if kid != owner and clauses.case(kid) != "including":
            case = clauses.case(kid)
            if case in ("by", "of") and case not in by_case:
                by_case[case] = kid
            else:
                others.append((case, kid))
    agent = by_case.pop("by", None)
    theme = by_case.pop("of", None)
    _assign(clauses, draft, verb, owner, theme, agent)
    for case, kid in others:
        draft.slots.append(Slot(_role(clauses, word, kid, case), kid, "nmod", case=case))
    for kid in tree.children(word, "acl"):
        if tree.rels[kid] == "acl" and any(
            tree.xpos(k) == "TO" or tree.lemma(k) == "that" for k in tree.children(kid, "mark")
        ):
            told = lexicon.clause_taking(verb) or tree.lemma(word) in lemmas_of("act_noun")
            draft.slots.append(Slot(Role.CONTENT if told else Role.PURPOSE, kid, "acl", clause=True))
    _add_duration(clauses, draft)
    _add_named_doer(clauses, draft)
    if host is not None:
        _lend(draft, host)
        _lend_complement(draft, host)
    return draft if draft.slots else None


def _add_duration(clauses: Clauses, draft: Draft) -> None:
    """Add how long the event takes: "two nights of rain"."""
    tree = clauses.tree
    measure = tree.heads[draft.head]
    if measure < 0 or tree.base[draft.head] != "nmod" or clauses.case(draft.head) != "of":
        return
    if tree.child(measure, "nummod") is not None and tree.lemma(measure) in lemmas_of("time_noun"):
        draft.slots.append(Slot(Role.EXTENT, measure, "nmod", shed=(draft.head,)))


def _assign(
    clauses: Clauses, draft: Draft, verb: str, owner: int | None, theme: int | None, agent: int | None
) -> None:
    """Give possessor, "of" and "by" their roles: "by" names the doer, else the owner beside an "of"."""
    word = draft.head
    if owner is not None and "time" in nouns.kinds(clauses.tree, owner):
        draft.slots.append(Slot(Role.TIME, owner, "nmod:poss"))
        owner = None
    undergoes = "undergo_noun" in word_classes().get(draft.lemma, frozenset())
    transitive = undergoes or transitivity(verb) >= TRANSITIVE
    changes = "change_verb" in word_classes().get(verb, ())
    if agent is not None:
        by = nouns.kinds(clauses.tree, agent, "by") & {"unit", "number"}
        draft.slots.append(Slot(Role.EXTENT if by else Role.AGENT, agent, "nmod", case="by"))
        agent = None if by else agent
    if theme is not None and changes and nouns.kinds(clauses.tree, theme, "of") & {"unit", "number"}:
        draft.slots.append(Slot(Role.EXTENT, theme, "nmod", case="of"))
        theme = None
    if theme is not None:
        effective = draft.lemma in lemmas_of("effect_noun")
        doer = agent is None and owner is None and (not transitive or effective)
        draft.slots.append(Slot(Role.AGENT if doer else Role.PATIENT, theme, "nmod", case="of"))
    if owner is not None:
        befalls = theme is None and (undergoes or (agent is not None and transitive))
        owner = clauses.antecedent(owner)
        implied = owner not in clauses.tree.kids[word]
        draft.slots.append(Slot(Role.PATIENT if befalls else Role.AGENT, owner, "nmod:poss", implied=implied))


def _role(clauses: Clauses, word: int, kid: int, case: str) -> Role:
    """Return the role of another prepositional argument of an event noun."""
    tree = clauses.tree
    classes = word_classes().get(tree.lemma(word), frozenset())
    found = nouns.kinds(tree, kid, case)
    if case == "from" and "from_agent" in classes and ("place" not in found or "person" in found):
        return Role.AGENT
    if case in ("on", "against") and "on_patient" in classes and "time" not in found:
        return Role.PATIENT
    if case in ("on", "over", "about", "regarding") and "time" not in found and "place" not in found:
        return Role.TOPIC
    if case == "for" and "time" not in found and "requital_noun" in classes:
        return Role.CAUSE
    if case == "for" and "time" not in found and "want_noun" in classes:
        return Role.TOPIC
    changes = "change_verb" in word_classes().get(named_event(tree.lemma(word)), ())
    classes_in = lexicon.noun_classes(tree.lemma(kid))
    solid = classes_in & THINGS and not classes_in & EVENTS
    if case == "in" and changes and not solid and not found & {"time", "place"}:
        return Role.AGENT
    if case == "between":
        return Role.AGENT
    if case == "with" and found & {"person", "place"}:
        return Role.COUNTERPART
    taken = {
        name for name in word_classes().get(named_event(tree.lemma(word)), ()) if name.endswith("_object")
    }
    return oblique_role(case or "-", frozenset(taken), found)


def _add_named_doer(clauses: Clauses, draft: Draft) -> None:
    """Take the name before a noun for a deed as its doer: "U.S. action"."""
    if draft.has(Role.AGENT):
        return
    doer = clauses.named_doer(draft.head)
    if doer is not None:
        draft.slots.append(Slot(Role.AGENT, doer, "compound", confidence=0.6))


def _lend_complement(draft: Draft, host: Draft) -> None:
    """Take what a light verb has after "to" as what the event befalls: "laid siege to the town"."""
    if host.lemma != "lay" or draft.has(Role.PATIENT):
        return
    for slot in host.slots:
        if slot.case == "to" and not slot.clause and slot.rel == "obl":
            draft.slots.append(replace(slot, role=Role.PATIENT, implied=True, confidence=0.8))


def _lend(draft: Draft, host: Draft) -> None:
    """Take the light verb's subject as doer or undergoer of the event."""
    subject = host.slot(Role.AGENT)
    journey = draft.lemma in lemmas_of("journey_noun") and host.lemma in lemmas_of("ending_verb")
    if journey and subject is not None and not draft.has(Role.AGENT) and not host.passive:
        draft.slots.append(Slot(Role.AGENT, subject.head, "nsubj", implied=True, confidence=0.7))
        return
    if subject is None or host.passive or host.lemma not in LENDING_DOER | LENDING_UNDERGOER:
        return
    if host.lemma == "have" and draft.has(Role.PATIENT):
        return
    if host.lemma in LENDING_DOER and not draft.has(Role.AGENT):
        draft.slots.append(Slot(Role.AGENT, subject.head, "nsubj", implied=True, confidence=0.9))
    elif host.lemma in LENDING_UNDERGOER and not draft.has(Role.PATIENT):
        role = Role.RECIPIENT if "from_agent" in word_classes().get(draft.lemma, ()) else Role.PATIENT
        draft.slots.append(Slot(role, subject.head, "nsubj", implied=True, confidence=0.8))
    shared = {Role.TIME, Role.PLACE, Role.MEDIUM}
    if draft.lemma in lemmas_of("requital_noun"):
        shared.add(Role.CAUSE)
    for slot in host.slots:
        if slot.role in shared and not draft.has(slot.role) and draft.has(Role.AGENT):
            draft.slots.append(Slot(slot.role, slot.head, slot.rel, slot.case, slot.clause, implied=True))
