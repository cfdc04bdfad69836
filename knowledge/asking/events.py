"""What happened, and bare keywords: the clause of the article that tells most of what was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.asking import render
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.match import Matcher
from knowledge.asking.moments import moments
from knowledge.asking.terms import Linked, Term
from knowledge.model import FactKind, Relation, Role, Span

HAPPENING = {"happen", "occur", "go", "transpire", "unfold"}
MOST_WORDS = 30
"""Longest clause given as an answer, in words (issue 3 of 5)."""
COVERED = 0.72
"""Least share of the named words' weight that the clause's sentence must hold."""
LOOSELY_COVERED = 0.6
"""The same where the article has the other words elsewhere."""
VAGUE = frozenset(
    ["thing", "stuff", "situation", "story", "matter", "deal", "case", "news", "info", "information",
     "detail", "event", "incident", "drama", "business", "topic", "subject", "update", "summary", "affair"]
)  # fmt: skip
"""Nouns that name anything, and so nothing that the article has to hold: "the X thing"."""
MEANWHILE = frozenset({"when", "as", "while", "once"})
WH_WORDS = frozenset(["who", "whom", "whose", "what", "which", "when", "where", "why", "how"])
CORE = {
    Role.AGENT,
    Role.PATIENT,
    Role.RECIPIENT,
    Role.CONTENT,
    Role.ATTRIBUTE,
    Role.COUNTERPART,
    Role.RESULT,
    Role.TOPIC,
}


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
    if asked.wh == "topic":
        listing = frame.words[0].lower() in {"name", "list", "identify"} and "of" not in frame.words[1:2]
        return not listing and not any(w.lower() in WH_WORDS for w in frame.words)
    if asked.gap == "topic" and asked.wh in {"what", "how"}:
        return not frame.clauses and frame.tags[0] == "WH"
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if clause is None or asked.wh != "what" or asked.gap != "subject" or clause.negated or frame.negated:
        return False
    going_on = "go" not in clause.lemmas or clause.particle in {"on", "down"} or not clause.slots
    return bool(set(clause.lemmas) & HAPPENING) and going_on


def tell(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Event | None:
    """Return the clause that tells what happened, or None where the article does not."""
    asked = frame.asked
    happening = frame.clauses[asked.clause] if frame.clauses and asked.wh == "what" else None
    moment = _moment(frame)
    terms = _naming(frame, linked, happening.verb if happening is not None else -1)
    if not terms:
        return None
    if moment is not None:
        found = _neighbour(frame, moment, linked, index)
        if found is not None:
            return found
    if happening is not None:
        return _befallen(happening, terms, linked, index)
    return _fullest(terms, index, index.facts, happened=False)


def _naming(frame: QuestionFrame, linked: Linked, verb: int) -> list[Term]:
    """Return the terms that name the event, without vague nouns and an opening "explain" or "tell"."""
    opening = 0 if frame.words and frame.tags[0].startswith("VB") and frame.asked.wh == "topic" else -1
    return [
        t for i, t in linked.terms.items()
        if i not in {verb, opening} and not (t.lemma in VAGUE and not t.exact)
    ]  # fmt: skip


def _befallen(happening: Clause, terms: list[Term], linked: Linked, index: ArticleIndex) -> Event | None:
    """Return what happened; to somebody, first what was done to them or what they went through."""
    found = _fullest(terms, index, index.facts, happened=True)
    if found is None:
        return None
    chosen: list[FactView] | None = None
    for slot in happening.slots:
        head = linked.terms.get(slot.head)
        if slot.case in {"to", "with"}:
            if head is not None and not head.any:
                return None
            named = {x.entity for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end}
            chosen = [
                v for v in index.facts if any(_undergoes(a, v, named, head, index) for a in v.arguments)
            ]
        elif head is not None and slot.case in {"on", "in", ""} and any(moments(head.text)):
            chosen = [v for v in index.facts if any(_then(a, head, slot.case) for a in v.arguments)]
    if chosen is None:
        return found
    better = _fullest(terms, index, chosen, happened=True)
    return better if better is not None else replace(found, confidence=found.confidence - 0.3)


def _then(argument: ArgumentView, head: Term, case: str) -> bool:
    """Tell whether an argument is the time named, not "until" or "since" then."""
    return argument.role is Role.TIME and head.strength(argument.mask) > 0 and argument.case in {"", case}


def _undergoes(
    argument: ArgumentView, view: FactView, named: set[int], head: Term | None, index: ArticleIndex
) -> bool:
    """Tell whether an argument is the one named and undergoes the event: "X fell", "X broke his leg"."""
    it = argument.entity in named or (
        head is not None and argument.head >= 0 and head.strength(1 << argument.head) > 0.5
    )
    if not it or view.fact.kind is not FactKind.VERB:
        return False
    acted_on = argument.role in {Role.PATIENT, Role.RECIPIENT}
    objects = [a for a in view.arguments if a.role in {Role.PATIENT, Role.CONTENT, Role.RECIPIENT}]
    own = argument.entity >= 0 and any(a.mask & index.entities[argument.entity].mask for a in objects)
    return acted_on or (argument.role is Role.AGENT and (not objects or own))


def _moment(frame: QuestionFrame) -> tuple[str, Slot] | None:
    for clause in frame.clauses:
        for slot in clause.slots:
            if slot.kind == "oblique" and slot.case in {"before", "after", "following"}:
                return slot.case, slot
        if clause.link in {"before", "after", "following"} | MEANWHILE:
            return clause.link, Slot(
                "clause", clause.link, clause.start, max(clause.end, clause.verb + 1), clause.verb
            )
    return None


def _neighbour(
    frame: QuestionFrame, moment: tuple[str, Slot], linked: Linked, index: ArticleIndex
) -> Event | None:
    """Return the fact that the article links before or after the one named."""
    relation = Relation.AFTER if moment[0] == "before" else Relation.BEFORE
    terms = [t for i, t in linked.terms.items() if moment[1].start <= i < moment[1].end]
    named = _best(terms, index)
    if (
        named is None
        or named[0] < COVERED
        or any(t.opposite & named[1].mask and not t.any & named[1].mask for t in terms)
    ):
        return None
    for view in index.facts:
        for found in view.fact.links:
            if not 0 <= found.fact < len(index.facts):
                continue
            other = index.facts[found.fact]
            if moment[0] in MEANWHILE:
                if found.relation in {Relation.WHILE, Relation.AFTER} and _overlap(other, named[1]):
                    return Event(_with_first(index, view, terms), view.sentence, view, 0.7, "told when")
                continue
            if found.relation is relation and _overlap(view, named[1]):
                return Event(clause_span(index, other), other.sentence, other, 0.7, f"told {moment[0]}")
            if (
                found.relation in {Relation.BEFORE, Relation.AFTER}
                and found.relation is not relation
                and _overlap(other, named[1])
            ):
                return Event(clause_span(index, view), view.sentence, view, 0.7, f"told {moment[0]}")
    return None


def _overlap(one: FactView, two: FactView) -> bool:
    return one.sentence == two.sentence and bool(
        one.predicate_mask & two.mask or two.predicate_mask & one.mask
    )


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


def _fullest(
    terms: list[Term], index: ArticleIndex, facts: Sequence[FactView], happened: bool
) -> Event | None:
    """Return the clause that holds most of the terms and says something beside them."""
    total = sum(t.weight for t in terms)
    least = LOOSELY_COVERED if len(terms) > 2 and all(t.any for t in terms) else COVERED
    best: tuple[float, float, FactView] | None = None
    for view in facts:
        if view.fact.kind not in {FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL, FactKind.QUOTATION}:
            continue
        sentence = index.sentence_masks[view.sentence]
        around = sum(t.weight * t.strength(sentence) for t in terms) / total
        if around < least or any(t.name and not t.strength(sentence) for t in terms):
            continue
        if any(t.opposite & sentence and not t.any & sentence for t in terms):
            continue
        inside = sum(t.weight * t.strength(view.mask) for t in terms) / total
        value = inside + 0.25 * around + _tells(view, terms, happened)
        if best is None or value > best[0] + 1e-9:
            best = (value, inside, view)
    if best is None or best[1] < 0.5:
        return None
    view = best[2]
    confidence = 0.35 + 0.45 * best[1] + (0.05 if len(terms) > 1 else -0.1)
    span = _with_first(index, view, terms)
    return Event(span, view.sentence, view, min(0.95, confidence), "fullest clause")


def _tells(view: FactView, terms: list[Term], happened: bool) -> float:
    """Return how much a fact tells by its kind: assertions and whole clauses more, quotations less."""
    fresh = min(1.0, max(0, view.mask.bit_count() - len(terms)) / 4)
    value = 0.15 * fresh + (0.1 if view.asserted else 0.0) - (0.1 if view.fact.part_of is not None else 0.0)
    value -= 0.3 if view.fact.kind is FactKind.QUOTATION else 0.0
    value -= 0.2 if happened and view.fact.kind is not FactKind.VERB else 0.0
    return value - 0.004 * view.mask.bit_count()


def _with_first(index: ArticleIndex, view: FactView, terms: list[Term]) -> Span:
    """Return a clause's words, from the first of joined verbs on: "two fell and one drowned when ..."."""
    span = clause_span(index, view, terms)
    verb = next((i for i in index.numbers(view.predicate_mask) if index.words[i].deprel == "conj"), -1)
    if verb < 0:
        return span
    first = next(
        (v for v in index.facts[: index.told] if v.predicate_mask >> index.words[verb].head & 1), None
    )
    if first is None or first.fact.kind is not FactKind.VERB:
        return span
    whole = render.span_of(index, first.mask | view.mask)
    return (
        render.tidy(index.article.text, whole)
        if len(whole.of(index.article.text).split()) <= MOST_WORDS
        else span
    )


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
