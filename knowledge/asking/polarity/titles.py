"""Whether somebody is what a question calls them: "is X the minister of Y"."""

from __future__ import annotations

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, EntityView
from knowledge.asking.polarity.ruling import CONFIDENCE, Verdict
from knowledge.asking.terms import Link, Linked
from knowledge.model import FactKind, Role, Span


def titled(clause: Clause, linked: Linked, index: ArticleIndex, frame: QuestionFrame) -> Verdict | None:
    """Judge "is X the minister of Y"."""
    subject, complement = clause.slot("subject"), clause.slot("complement")
    if subject is None or complement is None:
        return None
    if frame.tags[complement.head] in {"VBN", "VBG", "VBD", "ADJ", "ADV"}:
        return None
    who = [x for x in linked.entities(subject.start, subject.end) if x.named and x.strength >= 0.9]
    if not who:
        return None
    described = [x for x in linked.entities(complement.start, complement.end) if not x.named]
    described = [x for x in described if x.start <= complement.head < x.end]
    proof = _proof(who[0], index)
    if proof is None:
        return None
    span, sentence = proof
    view = index.entities[who[0].entity]
    told = f"{view.entity.name} is {_title(view.entity.titles, span.of(index.article.text))}"
    if any(x.entity == who[0].entity for x in described):
        return Verdict("Yes", span, sentence, CONFIDENCE["title held"], None, "title held", told)
    head = words.american(frame.lemmas[complement.head])
    held = head in view.heads or any(head in t for t in view.titles)
    if not described and held:
        fits = _fits_owner(frame, linked, complement, view, index)
    else:
        fits = False if described or (view.heads and _held_by_another(head, view.entity.id, index)) else None
    one_of_many = frame.words[complement.start].lower() in {"a", "an"}
    if fits is None or (one_of_many and not fits):
        return None
    note = "title held" if fits else "another title"
    return Verdict("Yes" if fits else "No", span, sentence, CONFIDENCE[note], None, note, told)


def _fits_owner(
    frame: QuestionFrame, linked: Linked, complement: Slot, view: EntityView, index: ArticleIndex
) -> bool | None:
    """Tell whether a title is the entity's: the same words and owner; None where the owner is unclear."""
    owners = [x for x in linked.entities(complement.start, complement.end) if x.named]
    named = {i for x in owners for i in range(x.start, x.end)}
    rest = " ".join(
        frame.words[i]
        for i in range(complement.start, complement.end)
        if i not in named and frame.words[i] != "'s"
    )
    if not any(set(words.title_keys(rest)) <= title | view.keys for title in view.titles):
        return False
    if not owners:
        return True
    countries = {words.country_key(" ".join(frame.words[x.start : x.end]).title()) for x in owners} - {""}
    held = _owners(view.entity.id, index)
    if any(x.entity in held for x in owners) or (view.country and view.country in countries):
        return True
    return False if held or (view.country and countries) else None


def _owners(entity: int, index: ArticleIndex) -> set[int]:
    """Return whose minister, coach or daughter somebody is told to be."""
    return {
        a.entity
        for v in index.facts[: index.told]
        if v.fact.kind is FactKind.POSSESSIVE
        and any(b.entity == entity for b in v.arguments if b.role is Role.PATIENT)
        for a in v.arguments
        if a.role is Role.POSSESSOR and a.entity >= 0
    }


def _held_by_another(head: str, entity: int, index: ArticleIndex) -> bool:
    """Tell whether somebody else by name is called by the noun that a title is headed by."""
    return any(
        v.entity.id != entity
        and v.proper
        and v.entity.kind.value == "person"
        and any(head in t for t in v.titles)
        for v in index.entities
    )


def _title(titles: tuple[str, ...], attribute: str) -> str:
    """Return the fuller of an entity's best title and the attribute that proves it."""
    best = max((*titles[:1], " ".join(attribute.split())), key=len)
    return best if len(best.split()) <= 12 else (titles[0] if titles else best)


def _proof(found: Link, index: ArticleIndex) -> tuple[Span, int] | None:
    for fact in index.facts:
        if fact.fact.kind in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA}:
            for a in fact.arguments:
                if a.entity == found.entity and a.role is not Role.ATTRIBUTE:
                    told = next((b for b in fact.arguments if b.role is Role.ATTRIBUTE), a)
                    return told.argument.span, fact.sentence
    return None
