"""Who or what somebody is: "who is X", "who is the minister", "what is X's title", "what does X stand for"."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asking import words
from knowledge.asking.frame import QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, EntityView, FactView
from knowledge.asking.terms import Link, Linked
from knowledge.model import EntityKind, FactKind, Role, Span

EXPANSION_VERBS = {"stand", "mean", "abbreviate"}
TITLE_NOUNS = {"title", "job", "position", "role", "post", "rank", "occupation", "profession", "office"}
NAME_NOUNS = {"name"}


@dataclass(frozen=True, slots=True)
class Identity:
    """An answer about who or what somebody is: the words, their span, the sentence and a confidence."""

    text: str
    span: Span
    sentence: int
    confidence: float
    note: str


def identify(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return who or what the question's subject is, or None where this is no such question or it is not told."""
    asked = frame.asked
    if not frame.clauses:
        return None
    clause = frame.clauses[asked.clause]
    if asked.wh == "what" and set(clause.lemmas) & EXPANSION_VERBS:
        subject = clause.slot("subject")
        return _expansion(subject, linked, index) if subject is not None else None
    if asked.wh not in {"who", "what", "which"} or not clause.copular or len(frame.clauses) > 1:
        return None
    slot = clause.slot("subject", "complement")
    if slot is None or any(s is not slot and s.kind != "adverb" for s in clause.slots) or frame.loose:
        return None
    if asked.wh == "which" and asked.noun not in {"person", "man", "woman", "official", "politician"}:
        return None
    slot, wanted = _inner(frame, slot)
    covering = [x for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end]
    named = [x for x in covering if x.named and x.strength >= 0.9 and _alone(frame, slot, x)]
    if named and wanted != "name":
        return _description(named[0], index, asked.wh)
    described = [x for x in covering if not x.named]
    if described:
        best = max(described, key=lambda x: x.strength)
        if sum(1 for x in described if x.strength == best.strength and x.entity != best.entity):
            return None
        return _name(best, index)
    return None


def _inner(frame: QuestionFrame, slot: Slot) -> tuple[Slot, str]:
    """Return the phrase inside "the name of X", "X's title" and which of the two is wanted."""
    for position in range(slot.start, slot.end):
        lemma = frame.lemmas[position]
        if lemma in TITLE_NOUNS | NAME_NOUNS:
            wanted = "name" if lemma in NAME_NOUNS else "title"
            if position + 1 < slot.end and frame.words[position + 1].lower() == "of":
                return Slot("subject", "", position + 2, slot.end, slot.end - 1), wanted
            if position == slot.end - 1 and position > slot.start + 1:
                end = position - 1 if frame.words[position - 1].lower() == "'s" else position
                return Slot("subject", "", slot.start, end, end - 1), wanted
    return slot, ""


def _alone(frame: QuestionFrame, slot: Slot, found: Link) -> bool:
    """Tell whether the phrase is just the name, perhaps with determiners or a title."""
    outside = [i for i in range(slot.start, slot.end) if not found.start <= i < found.end]
    return all(
        frame.words[i].lower() in words.STOP or frame.tags[i] in {"DET", "PUNCT", "PROPN"}
        or frame.words[i].lower() in {"guy", "dude", "man", "woman", "person", "lady", "bloke", "fella"} for i in outside
    )  # fmt: skip


def _description(found: Link, index: ArticleIndex, wh: str) -> Identity | None:
    """Return what the article calls a named entity, the fullest description first."""
    view = index.entities[found.entity]
    best: tuple[float, Span, int] | None = None
    for fact in index.facts:
        for span, value in _told(fact, view, index):
            if best is None or value > best[0]:
                best = (value, span, fact.sentence)
    if best is None:
        return None
    return Identity(best[1].of(index.article.text), best[1], best[2], 0.9, "description")


def _told(fact: FactView, view: EntityView, index: ArticleIndex) -> list[tuple[Span, float]]:
    if fact.fact.kind not in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA} or fact.fact.negated:
        return []
    mine = [a for a in fact.arguments if a.entity == view.entity.id and a.role is not Role.ATTRIBUTE]
    if not mine:
        return []
    weight = {FactKind.TITLE: 1.0, FactKind.APPOSITION: 1.2, FactKind.COPULA: 1.1}[fact.fact.kind]
    out = []
    for a in fact.arguments:
        if a.role is Role.ATTRIBUTE and index.words[a.head].upos in {"NOUN", "PROPN"}:
            size = min(8, a.mask.bit_count())
            noun = "person" in a.sorts or view.entity.kind is not EntityKind.PERSON
            out.append((a.argument.span, weight + 0.15 * size + (0.5 if noun else 0.0)))
    return out


def _name(found: Link, index: ArticleIndex) -> Identity | None:
    """Return the name of the entity that a description fits, with a passage that shows both."""
    view = index.entities[found.entity]
    best: tuple[float, Span, int] | None = None
    for mention in view.entity.mentions:
        if mention.kind not in {"name", "title"}:
            continue
        mask = index.mask_of(mention.span)
        if not mask:
            continue
        sentence = index.words[mask.bit_length() - 1].sentence
        near = index.sentence_masks[sentence]
        told = any(
            f.sentence == sentence and any(a.entity == found.entity for a in f.arguments)
            and f.fact.kind in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA} for f in index.facts
        )  # fmt: skip
        value = (1.0 if told else 0.0) + 0.1 * min(4, len(mention.span.of(index.article.text).split())) + (
            0.3 if any(all(index.keys.get(k, 0) & near for k in t) for t in view.titles) else 0.0
        )
        if best is None or value > best[0]:
            best = (value, mention.span, sentence)
    if best is None or view.entity.kind not in {EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE}:
        return None
    return Identity(view.entity.name, best[1], best[2], 0.9 if found.strength >= 0.9 else 0.8, "name")


def _expansion(slot: Slot, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return what an abbreviation stands for."""
    for found in linked.entities(slot.start, slot.end):
        for fact in index.facts:
            if fact.fact.kind is FactKind.ABBREVIATION and any(a.entity == found.entity for a in fact.arguments):
                long = max(fact.arguments, key=lambda a: a.mask.bit_count())
                return Identity(long.argument.span.of(index.article.text), long.argument.span, fact.sentence, 0.97, "expansion")
    return None
