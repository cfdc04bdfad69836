"""Yes, no or not told: what a fact says to a yes/no question, and which of two alternatives it names."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.match import Matcher
from knowledge.asking.terms import Link, Linked
from knowledge.model import FactKind, Modality, Role, Span

ENTAILED = 0.62
"""Least share of the question's weight that a fact must carry to be taken for the event asked about."""
CONTRADICTABLE = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a yes/no question: yes, no, or the alternative that holds; the proof and a confidence."""

    said: str
    span: Span
    sentence: int
    confidence: float
    fact: FactView | None
    note: str


def decide(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Verdict | None:
    """Return the verdict on a yes/no question, or None where the article does not tell."""
    if frame.choices:
        return _choose(frame, linked, matcher, index)
    if not frame.clauses:
        return None
    clause = frame.clauses[0]
    if clause.copular and len(frame.clauses) == 1:
        found = _identity(clause, linked, index, frame)
        if found is not None:
            return found
    return _event(frame, linked, matcher, index)


def _event(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Verdict | None:
    best: tuple[float, Verdict] | None = None
    for view in matcher.worth_a_look():
        features = matcher.fact_features(view)
        strength = max(features.get("pred", 0.0), features.get("pred_other", 0.0))
        if strength < 0.35:
            continue
        if features.get("speaker", 0.0) < 0:
            continue
        carried = features.get("good", 0.0) + 0.5 * features.get("elsewhere", 0.0)
        clash = max(features.get(n, 0.0) for n in ("number_conflict", "modifier_conflict", "name_conflict"))
        bad = features.get("swap", 0.0) > 0.15 or (features.get("lost_name", 0.0) > 0 and not clash)
        span = Span(view.fact.predicate.span.start, view.fact.predicate.span.end)
        score = strength + carried - features.get("missing", 0.0) - 2 * features.get("swap", 0.0)
        flipped = bool(features.get("negation")) != bool(features.get("antonym"))
        found: Verdict | None = None
        if clash and carried >= CONTRADICTABLE and not features.get("swap") and strength >= 0.6:
            found = Verdict("No", span, view.sentence, 0.72, view, "conflict")
        elif not bad and not clash and carried >= ENTAILED and features.get("missing", 0.0) < 0.3:
            hedged = view.fact.modality in {Modality.CONDITIONAL, Modality.ASKED}
            if hedged and not any(c.link in {"if", "that", "to"} or c.modal for c in frame.clauses):
                continue
            sure = 0.6 + 0.3 * min(1.0, carried) * strength
            found = Verdict("No" if flipped else "Yes", span, view.sentence, sure, view, "entailed")
        if found is not None and (best is None or score > best[0]):
            best = (score, found)
    return best[1] if best else None


def _identity(clause: Clause, linked: Linked, index: ArticleIndex, frame: QuestionFrame) -> Verdict | None:
    """Judge "is X the minister of Y"."""
    subject, complement = clause.slot("subject"), clause.slot("complement")
    if subject is None or complement is None:
        return None
    who = [x for x in linked.entities(subject.start, subject.end) if x.named and x.strength >= 0.9]
    if not who:
        return None
    described = [x for x in linked.entities(complement.start, complement.end) if not x.named]
    described = [x for x in described if x.start <= complement.head < x.end]
    mine = next((x for x in described if x.entity == who[0].entity), None)
    proof = _proof(who[0], index)
    if proof is None:
        return None
    span, sentence = proof
    yes, no = ("No", "Yes") if clause.negated else ("Yes", "No")
    if mine is not None:
        return Verdict(yes, span, sentence, 0.92, None, "title held")
    view = index.entities[who[0].entity]
    head = words.american(frame.lemmas[complement.head])
    if described or head in view.heads or any(head in t for t in view.titles):
        return Verdict(no, span, sentence, 0.8, None, "another title")
    return None


def _proof(found: Link, index: ArticleIndex) -> tuple[Span, int] | None:
    for fact in index.facts:
        if fact.fact.kind in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA}:
            for a in fact.arguments:
                if a.entity == found.entity and a.role is not Role.ATTRIBUTE:
                    told = next((b for b in fact.arguments if b.role is Role.ATTRIBUTE), a)
                    return told.argument.span, fact.sentence
    return None


def _choose(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Verdict | None:
    """Return the alternative that the best fitting fact holds."""
    one, two = frame.choices
    best: tuple[float, Verdict] | None = None
    for view in matcher.worth_a_look():
        features = matcher.fact_features(view)
        score = features.get("cover_fact", 0.0) + features.get("pred", 0.0)
        held = [_held(s, linked, view.mask) for s in (one, two)]
        if held[0] == held[1] or score < 0.5:
            continue
        slot = one if held[0] > held[1] else two
        mask = 0
        for i, term in linked.terms.items():
            if slot.start <= i < slot.end:
                mask |= term.any & view.mask
        if not mask:
            continue
        word = index.words[(mask & -mask).bit_length() - 1]
        last = index.words[mask.bit_length() - 1]
        verdict = Verdict(frame.text(slot), Span(word.start, last.end), view.sentence, min(0.9, 0.5 + 0.3 * score), view, "choice")
        if best is None or score > best[0]:
            best = (score, verdict)
    return best[1] if best else None


def _held(slot: Slot, linked: Linked, mask: int) -> float:
    terms = [t for i, t in linked.terms.items() if slot.start <= i < slot.end]
    total = sum(t.weight for t in terms)
    return sum(t.weight * t.strength(mask) for t in terms) / total if total else 0.0
