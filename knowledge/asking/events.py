"""What happened, and bare keywords: the clause of the article that tells most of what was named."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asking import render
from knowledge.asking.frame import QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.match import Matcher
from knowledge.asking.terms import Linked, Term
from knowledge.model import FactKind, Relation, Role, Span

HAPPENING = {"happen", "occur", "go", "transpire", "unfold"}
MOST_WORDS = 30
"""Longest clause given as an answer, in words (issue 3 of 5)."""
COVERED = 0.72
"""Least share of the named words' weight that the clause's sentence must hold."""
CORE = {Role.AGENT, Role.PATIENT, Role.RECIPIENT, Role.CONTENT, Role.ATTRIBUTE, Role.COUNTERPART, Role.RESULT, Role.TOPIC}


@dataclass(frozen=True, slots=True)
class Event:
    """The clause that tells what was asked about: its words, sentence, fact and a confidence."""

    span: Span
    sentence: int
    fact: FactView
    confidence: float
    note: str


def asks_event(frame: QuestionFrame) -> bool:
    """Tell whether a question asks what happened, or only names things."""
    asked = frame.asked
    if asked.wh == "topic" or (asked.gap == "topic" and asked.wh in {"what", "how"}):
        return True
    clause = frame.clauses[asked.clause] if frame.clauses else None
    return clause is not None and asked.wh == "what" and asked.gap == "subject" and set(clause.lemmas) & HAPPENING != set() and (
        "go" not in clause.lemmas or clause.particle in {"on", "down"} or not clause.slots
    )


def tell(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Event | None:
    """Return the clause that tells what happened, or None where the article does not."""
    asked = frame.asked
    happening = frame.clauses[asked.clause] if frame.clauses and asked.wh == "what" else None
    moment = _moment(frame)
    skip = set(range(happening.verb, happening.verb + 1)) if happening is not None else set()
    terms = [t for i, t in linked.terms.items() if i not in skip]
    if not terms:
        return None
    if moment is not None and moment[0] in {"before", "after", "following"}:
        found = _neighbour(frame, moment, linked, index)
        if found is not None:
            return found
    return _fullest(terms, linked, index, happening is not None)


def _moment(frame: QuestionFrame) -> tuple[str, Slot] | None:
    for clause in frame.clauses:
        for slot in clause.slots:
            if slot.kind == "oblique" and slot.case in {"before", "after", "following"}:
                return slot.case, slot
        if clause.link in {"before", "after", "following"}:
            return clause.link, Slot("clause", clause.link, clause.start, max(clause.end, clause.verb + 1), clause.verb)
    return None


def _neighbour(frame: QuestionFrame, moment: tuple[str, Slot], linked: Linked, index: ArticleIndex) -> Event | None:
    """Return the fact that the article links before or after the one named."""
    relation = Relation.AFTER if moment[0] == "before" else Relation.BEFORE
    terms = [t for i, t in linked.terms.items() if moment[1].start <= i < moment[1].end]
    named = _best(terms, index)
    if named is None or named[0] < COVERED:
        return None
    for view in index.facts:
        for found in view.fact.links:
            if not 0 <= found.fact < len(index.facts):
                continue
            other = index.facts[found.fact]
            if found.relation is relation and _overlap(view, named[1]):
                return Event(clause_span(index, other), other.sentence, other, 0.7, f"told {moment[0]}")
            if found.relation in {Relation.BEFORE, Relation.AFTER} and found.relation is not relation and _overlap(other, named[1]):
                return Event(clause_span(index, view), view.sentence, view, 0.7, f"told {moment[0]}")
    return None


def _overlap(one: FactView, two: FactView) -> bool:
    return one.sentence == two.sentence and bool(one.predicate_mask & two.mask or two.predicate_mask & one.mask)


def _best(terms: list[Term], index: ArticleIndex) -> tuple[float, FactView] | None:
    total = sum(t.weight for t in terms)
    ranked = [
        (sum(t.weight * t.strength(v.mask) for t in terms) / total, -v.mask.bit_count(), n)
        for n, v in enumerate(index.facts) if total
    ]  # fmt: skip
    if not ranked:
        return None
    value, _, number = max(ranked)
    return value, index.facts[number]


def _fullest(terms: list[Term], linked: Linked, index: ArticleIndex, happened: bool) -> Event | None:
    """Return the clause that holds most of the terms and says something beside them."""
    total = sum(t.weight for t in terms)
    best: tuple[float, FactView] | None = None
    for view in index.facts:
        if view.fact.kind not in {FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL, FactKind.QUOTATION}:
            continue
        sentence = index.sentence_masks[view.sentence]
        around = sum(t.weight * t.strength(sentence) for t in terms) / total
        if around < COVERED or any(t.name and not t.strength(sentence) for t in terms):
            continue
        inside = sum(t.weight * t.strength(view.mask) for t in terms) / total
        fresh = min(1.0, max(0, view.mask.bit_count() - len(terms)) / 4)
        value = inside + 0.25 * around + 0.15 * fresh + (0.1 if view.asserted else 0.0) - (0.1 if view.fact.part_of is not None else 0.0)
        value -= 0.3 if view.fact.kind is FactKind.QUOTATION else 0.0
        if happened and view.fact.kind is not FactKind.VERB:
            value -= 0.2
        if best is None or value > best[0] + 1e-9:
            best = (value, view)
    if best is None:
        return None
    view = best[1]
    inside = sum(t.weight * t.strength(view.mask) for t in terms) / total
    if inside < 0.5:
        return None
    confidence = 0.35 + 0.45 * inside + (0.05 if len(terms) > 1 else -0.1)
    return Event(clause_span(index, view, terms), view.sentence, view, min(0.95, confidence), "fullest clause")


def clause_span(index: ArticleIndex, view: FactView, terms: list[Term] | None = None) -> Span:
    """Return the words of a fact's clause, at most MOST_WORDS of them."""
    mask = view.mask
    if _words(mask) > MOST_WORDS:
        mask = view.predicate_mask
        for argument in view.arguments:
            if argument.role in CORE or (terms and any(t.any & argument.mask for t in terms)):
                grown = mask | argument.mask
                if _words(grown) <= MOST_WORDS:
                    mask = grown
    span = render.span_of(index, mask or view.mask)
    text = index.article.text
    while len(span.of(text).split()) > MOST_WORDS:
        cut = span.of(text).rsplit(None, 1)[0]
        span = Span(span.start, span.start + len(cut))
    return render.tidy(text, span)


def _words(mask: int) -> int:
    return mask.bit_length() - (mask & -mask).bit_length() + 1 if mask else 0
