"""The outcome of a yes/no question, and the clause that is said after yes or no."""

from __future__ import annotations

from dataclasses import dataclass

from knowledge.asking import render, words
from knowledge.asking.happenings.events import clause_span
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.polarity.stance import DENIAL, Standing
from knowledge.asking.wordsets import wordset
from knowledge.model import FactKind, Role, Span

LONGEST_TOLD = 12
"""Words of the deciding clause that are said after yes or no."""
LONG_PHRASE = 5
"""Words from which on a participant is said by name."""
CONFIDENCE = {
    "entailed": 0.9, "opposite": 0.87, "conflict": 0.85, "counted": 0.7, "title held": 0.9,
    "another title": 0.8, "choice": 0.88, "choice beside": 0.7, "said about": 0.8, "contrast": 0.75,
}  # fmt: skip
"""How often verdicts of each kind were right on the question banks and tests, rounded."""
REFUSAL = wordset("refusal")
SAID_FIRST = {
    Role.AGENT: 0, Role.PATIENT: 1, Role.ATTRIBUTE: 2, Role.CONTENT: 3, Role.RECIPIENT: 4,
    Role.COUNTERPART: 5, Role.TIME: 6, Role.QUANTITY: 6, Role.PLACE: 7, Role.INSTRUMENT: 7, Role.MANNER: 8,
}  # fmt: skip
UNTOLD = frozenset({FactKind.POSSESSIVE, FactKind.NOUN})


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a yes/no question: yes, no, or the alternative that holds; the proof and a confidence.

    `told` is what is said after yes or no, "" for an alternative.
    """

    said: str
    span: Span
    sentence: int
    confidence: float
    fact: FactView | None
    note: str
    told: str = ""

    @property
    def text(self) -> str:
        """The whole answer."""
        return f"{self.said}, {self.told}" if self.told else self.said


def shown(view: FactView, stands: Standing, index: ArticleIndex) -> FactView:
    """Return the fact to quote for a no: the refusal or denial above, where that is what says no."""
    if stands.by < 0:
        source = view.fact.attribution
        if source is not None and source.cue_lemma in DENIAL:
            return next((f for f in index.facts if f.fact.predicate.span == source.cue), view)
        if view.fact.negated and view.fact.kind is not FactKind.EXISTENTIAL:
            links = (
                f for f in index.facts[: index.told] if any(n.fact == view.fact.id for n in f.fact.links)
            )
            above = next(
                (f for f in links if not set(f.lemmas).isdisjoint(REFUSAL | DENIAL | {"fail"})), None
            )
            return above if above is not None else view
        return view
    told = (
        v
        for v in index.facts[: index.told]
        if v.predicate_mask >> stands.by & 1 and v.fact.kind not in UNTOLD
    )
    above = next(told, None)
    if above is not None:
        return above
    holders = (v for v in index.facts[: index.told] if any(a.mask >> stands.by & 1 for a in v.arguments))
    return next((v for v in holders if v.fact.negated), view)


def ruled(said: str, note: str, view: FactView, index: ArticleIndex, fit: float, clash: str = "") -> Verdict:
    """Return a yes or no by a fact that fits the question so far (0 to 1); `clash` is what does not."""
    span = Span(view.fact.predicate.span.start, view.fact.predicate.span.end)
    confidence = CONFIDENCE[note] - 0.3 * (1.0 - min(1.0, fit))
    return Verdict(said, span, view.sentence, confidence, view, note, _told(view, index, clash))


def _told(view: FactView, index: ArticleIndex, clash: str = "") -> str:
    """Return the core of a fact in the article's words, what clashes first, as much as is short enough."""
    text = index.article.text
    whole = " ".join(clause_span(index, view).of(text).split())
    if len(whole.split()) <= LONGEST_TOLD:
        return _lowered(whole)
    mask = view.predicate_mask
    first = {**SAID_FIRST, Role.TIME: 0} if clash == "time" else SAID_FIRST
    for argument in sorted(view.arguments, key=lambda a: first.get(a.role, 9)):
        parts = [argument.mask, index.mask_of(argument.argument.short), _name_in(argument, index)]
        for part in parts if argument.mask.bit_count() <= LONG_PHRASE else reversed(parts):
            if part and len(render.span_of(index, mask | part).of(text).split()) <= LONGEST_TOLD:
                mask |= part
                break
    return _lowered(render.tidy(text, render.span_of(index, mask)).of(text)) if mask else ""


def _lowered(said: str) -> str:
    """Return a clause with a small first letter, unless that belongs to a name."""
    found = said.split()[:LONGEST_TOLD]
    if not found:
        return ""
    if found[0].lower() in words.STOP and not (found[0] == "I" or (found[0].isupper() and len(found[0]) > 1)):
        found[0] = found[0].lower()
    return " ".join(found).rstrip(".,;:")


def _name_in(argument: ArgumentView, index: ArticleIndex) -> int:
    """Return the words of the bare name within an argument that has titles before it."""
    if argument.entity < 0:
        return 0
    mentions = index.entities[argument.entity].entity.mentions
    inside = (m for m in mentions if m.kind == "name" and argument.argument.span.covers(m.span))
    found = next(inside, None)
    return index.mask_of(found.span) if found is not None else 0
