"""Whose something is: possessives, "of" phrases, adjectives of countries, what is owned."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking import words
from knowledge.asking.frame import QuestionFrame
from knowledge.asking.identities.identified import Identity
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.terms import Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.model import EntityKind, FactKind, Role, Span

OWNING = frozenset({"own", "possess"})
LIGHT = wordset("light_verb") | wordset("generic_verb")
POSSIBLE = {EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE}
HELD = 0.75
"""Least share of the question's other words that the sentence must hold."""
ALIKE = 0.6
"""How well the thing's noun must be matched."""


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose one thing is: the owner's words and entity, the thing's head word, and how plainly it is said.

    `lasting` says that it is so throughout the article; `things` are then all of its words for the thing.
    """

    owner: int
    entity: int
    thing: int
    sure: float
    lasting: bool = False
    things: int = 0


def whose(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return the owner of the thing asked for, from the sentence that holds most of the question's words."""
    asked = frame.asked
    nouns = [t for i, t in linked.terms.items() if asked.noun_start <= i < asked.noun_end]
    thing = next((t for t in reversed(nouns) if t.tag == "NOUN"), nouns[-1] if nouns else None)
    if thing is None or asked.case:
        return None
    kinds = _masks(thing, index)
    others = [t for t in linked.terms.values() if t is not thing and not _light(t)]
    best: tuple[float, Ownership] | None = None
    for told in ownerships(index, thing):
        alike = max((s for mask, s in kinds if mask >> told.thing & 1), default=0.0)
        if alike < ALIKE or any(t.name and t.exact & told.owner for t in others) or _is_thing(told, index):
            continue
        if _of_another(frame, linked, told, index):
            continue
        held = _held(others, told, index)
        value = held + alike + told.sure
        if held >= HELD and (best is None or value > best[0]):
            best = (value, told)
    return _named(best[1], index) if best is not None else None


def _is_thing(told: Ownership, index: ArticleIndex) -> bool:
    """Tell whether the owner would be the thing itself, or a pronoun that is taken for no possible owner."""
    if told.entity < 0:
        return False
    view = index.entities[told.entity]
    pronoun = all(index.words[i].upos == "PRON" for i in index.numbers(told.owner))
    itself = words.american(index.words[told.thing].lemma) in view.keys and not view.proper
    return itself or (pronoun and view.entity.kind not in POSSIBLE)


def _masks(thing: Term, index: ArticleIndex) -> list[tuple[int, float]]:
    """Return the article's words for the thing, without the entities that it may describe."""
    found = words.related(thing.text, thing.lemma, "NOUN")
    exact = [(index.keys.get(key, 0), 1.0) for key in found.exact]
    return [*exact, *((index.keys.get(key, 0), strength) for key, strength in found.loose)]


def _held(others: list[Term], told: Ownership, index: ArticleIndex) -> float:
    """Return the share of the other words that the sentence holds, with the one that it points back to."""
    sentence = index.words[told.thing].sentence
    around = index.sentence_masks[sentence]
    pronouns = any(index.words[i].upos == "PRON" for i in index.numbers(around))
    wide = around | (index.sentence_masks[sentence - 1] if pronouns and sentence else 0)
    total = sum(t.weight for t in others) or 1.0
    if any(t.name and not t.any & wide for t in others):
        return 0.0
    if told.lasting:
        wide |= sum(m for m in index.sentence_masks if m & told.things and not m & wide)
    here = sum(t.weight * t.strength(around) for t in others) / total if others else 1.0
    return max(here, 0.95 * sum(t.weight * t.strength(wide) for t in others) / total)


def _light(term: Term) -> bool:
    """Tell whether a word is a verb that says nothing by itself: "give", "get"."""
    return term.tag.startswith("VB") and term.lemma in LIGHT


def _of_another(frame: QuestionFrame, linked: Linked, told: Ownership, index: ArticleIndex) -> bool:
    """Tell whether the sentence's deed, named by the question's verb, was done to something else."""
    clause = frame.clauses[frame.asked.clause] if frame.clauses else None
    thing = clause.slot("object") if clause is not None else None
    term = linked.terms.get(thing.head) if thing is not None else None
    if clause is None or term is None:
        return False
    sentence = index.words[told.thing].sentence
    deeds = [index.facts[n] for n in index.facts_of_sentence[sentence]]
    done_to = [
        a.mask
        for view in deeds
        if set(view.lemmas) & set(clause.lemmas)
        for a in view.arguments
        if a.role is Role.PATIENT
    ]
    return bool(done_to) and not any(term.any & mask for mask in done_to)


def ownerships(index: ArticleIndex, thing: Term) -> Iterator[Ownership]:
    """Yield whose the article says that things are."""
    for view in index.facts[: index.told]:
        patient = next((a for a in view.arguments if a.role is Role.PATIENT and a.head >= 0), None)
        if view.fact.kind in {FactKind.POSSESSIVE, FactKind.NOUN} and patient is not None:
            sure = 0.3 if view.fact.kind is FactKind.POSSESSIVE else 0.2
            for a in view.arguments:
                measure = a.sorts & {"time", "quantity", "number"}
                if a.role is Role.POSSESSOR and a.case in {"", "of"} and not measure:
                    yield Ownership(a.mask, a.entity, patient.head, sure)
        elif view.fact.kind is FactKind.VERB and set(view.lemmas) & OWNING and patient is not None:
            owner = next((a for a in view.arguments if a.role is Role.AGENT), None)
            if owner is not None:
                yield Ownership(owner.mask, owner.entity, patient.head, 0.3, True, thing.exact)
        elif not view.fact.negated and view.fact.kind in {FactKind.VERB, FactKind.NOMINAL}:
            yield from _undergone(view, thing)
    for i in index.numbers(thing.exact):
        for child in index.children[i]:
            word = index.words[child]
            if word.deprel.split(":")[0] == "amod" and words.country_key(word.text):
                yield Ownership(1 << child, -1, i, 0.2)


def _undergone(view: FactView, thing: Term) -> Iterator[Ownership]:
    """Yield to whom an event happened: the death of one who was killed."""
    strength = thing.strength(view.predicate_mask)
    if strength < ALIKE:
        return
    sufferer = _first(view, Role.PATIENT) or _first(view, Role.AGENT)
    if sufferer is not None and sufferer.entity >= 0:
        head = view.predicate_mask.bit_length() - 1
        yield Ownership(sufferer.mask, sufferer.entity, head, 0.1)


def _first(view: FactView, role: Role) -> ArgumentView | None:
    return next((a for a in view.arguments if a.role is role), None)


def _named(told: Ownership, index: ArticleIndex) -> Identity | None:
    """Return the owner by name, or by the article's words where it has none."""
    numbers = list(index.numbers(told.owner))
    last = numbers[-1]
    while last + 1 < len(index.words) and index.words[last + 1].upos == "PROPN":
        last += 1
    span = Span(index.words[numbers[0]].start, index.words[last].end)
    pronoun = all(index.words[i].upos == "PRON" for i in numbers)
    view = index.entities[told.entity] if told.entity >= 0 else None
    if pronoun and (view is None or not any(m.kind != "pronoun" for m in view.entity.mentions)):
        return None
    text = span.of(index.article.text)
    if view is not None and (pronoun or view.entity.kind is EntityKind.PERSON or view.entity.name in text):
        text = view.entity.name if pronoun or view.entity.kind is EntityKind.PERSON else text
    return Identity(text, span, index.words[told.thing].sentence, 0.8, "owner")
