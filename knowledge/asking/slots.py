"""How the phrases of a question lie in a fact: in which argument, swapped, elsewhere, or contradicted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.asking import roles, words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.terms import Linked, Term, head_term
from knowledge.asking.wordsets import wordset

EXCEPT = wordset("exception")
"""Markers of what a question leaves out: "besides", "apart from"."""
HEADLESS = 0.4
"""What is left of a phrase's match where the article's phrase lacks its head: "Ann's lawyer" is not Ann."""
FILLING = 0.7
"""Least fit of a role for an argument to stand in a slot's place."""


@dataclass(slots=True)
class Phrase:
    """A slot of the question with its terms; `own` tells that it stands in the clause that is asked."""

    slot: Slot
    own: bool
    terms: tuple[Term, ...]
    weight: float
    head: Term | None
    named: frozenset[int]
    """Entities that the head may name."""
    sure: bool
    """Whether the head is a name of one of them."""
    expected: roles.Fits
    core: bool
    """Whether a fact without this phrase is about something else: a named doer, done-to or partner."""
    shares: dict[int, float] = field(default_factory=dict)

    def share(self, mask: int) -> float:
        """Return the share of the phrase's weight that is found within a mask."""
        found = self.shares.get(mask)
        if found is None:
            found = sum(t.weight * t.strength(mask) for t in self.terms) / self.weight
            self.shares[mask] = found
        return found


@dataclass(slots=True)
class SlotMatch:
    """How a slot lies in a fact: good and swapped strength in its arguments, conflicts by kind."""

    weight: float
    good: float = 0.0
    swap: float = 0.0
    elsewhere: float = 0.0
    missing: float = 0.0
    name_conflict: float = 0.0
    head_conflict: float = 0.0
    modifier_conflict: float = 0.0
    number_conflict: float = 0.0
    taken: int = -1

    @property
    def clashes(self) -> bool:
        """Tell whether the fact contradicts the phrase."""
        return bool(
            self.name_conflict
            or self.head_conflict
            or self.modifier_conflict
            or self.number_conflict
            or self.swap > 0.1
        )


def phrases_of(frame: QuestionFrame, linked: Linked) -> list[Phrase]:
    """Return the question's slots that hold content words, those of the asked clause first."""
    asked = frame.asked.clause
    order = [asked, *(n for n in range(len(frame.clauses)) if n != asked)] if frame.clauses else []
    found = [
        _phrase(slot, frame.clauses[number], number == asked, linked)
        for number in order
        for slot in frame.clauses[number].slots
        if slot.case not in EXCEPT and (slot.kind != "adverb" or slot.head in linked.terms)
    ]
    found += [_phrase(slot, None, False, linked) for slot in frame.loose if slot.case not in EXCEPT]
    return [p for p in found if p.weight > 0]


def _phrase(slot: Slot, clause: Clause | None, own: bool, linked: Linked) -> Phrase:
    terms = tuple(t for i, t in linked.terms.items() if slot.start <= i < slot.end)
    heads = [x for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end]
    sure = any(x.named for x in heads)
    return Phrase(
        slot=slot,
        own=own,
        terms=terms,
        weight=sum(t.weight for t in terms),
        head=head_term(linked, slot),
        named=frozenset(x.entity for x in heads),
        sure=sure,
        expected=roles.expected(slot, clause) if clause is not None and own else {},
        core=sure
        and own
        and (slot.kind in {"subject", "object"} or slot.case in {"by", "to", "with", "from"}),
    )


def match(phrase: Phrase, view: FactView, index: ArticleIndex) -> SlotMatch:
    """Return how a phrase of the question lies in a fact."""
    found = SlotMatch(phrase.weight)
    best = _best_argument(phrase, view, found)
    head = phrase.head
    in_verb = head is not None and view.predicate_mask & head.any
    if in_verb and found.good < 0.5 and phrase.own and phrase.slot.kind in {"object", "second"}:
        found.good = max(found.good, phrase.share(view.mask))
        found.swap = 0.0
        found.taken = -1
    in_sentence = phrase.share(index.sentence_masks[view.sentence])
    found.elsewhere = max(0.0, in_sentence - found.good - found.swap)
    found.missing = max(0.0, 1.0 - in_sentence)
    _fillers_conflict(phrase, view, found, index)
    if best is not None:
        _words_conflict(phrase, best, found, index)
    return found


def _best_argument(phrase: Phrase, view: FactView, match: SlotMatch) -> ArgumentView | None:
    """Find the argument that holds most of the phrase; note its place, good and swapped strength."""
    slot, head = phrase.slot, phrase.head
    best, best_argument = -1.0, None
    for place, argument in enumerate(view.arguments):
        inside = phrase.share(argument.mask)
        if inside <= 0:
            continue
        at_head = (argument.entity in phrase.named and argument.entity >= 0) or (
            head is not None and argument.head >= 0 and head.strength(1 << argument.head) > 0
        )
        fit = phrase.expected.get(argument.role, 0.1) if phrase.expected else 0.5
        if slot.kind == "oblique" and slot.case and slot.case == argument.case:
            fit = 1.0
        value = inside * (1.0 if at_head else 0.6) * (1.0 + 0.3 * fit)
        if value > best:
            best, best_argument = value, argument
            match.taken = place
            match.good = inside * (1.0 if at_head else 0.7) if fit >= 0 else 0.0
            if phrase.sure and not at_head and argument.entity >= 0:
                match.good *= HEADLESS
            if not at_head and head is not None and not head.strength(argument.mask):
                match.good *= HEADLESS
            match.swap = inside * (1.0 if at_head else 0.3) * -fit if fit < 0 else 0.0
    return best_argument


def _fillers_conflict(phrase: Phrase, view: FactView, match: SlotMatch, index: ArticleIndex) -> None:
    """Note that somebody or something else stands in the phrase's place."""
    head = phrase.head
    if match.good >= 0.5 or not phrase.expected:
        return
    fillers = [a for a in view.arguments if phrase.expected.get(a.role, 0.0) >= FILLING]
    if not fillers:
        return
    unknown = head is not None and head.name and not head.any
    if phrase.sure or unknown:
        for a in fillers:
            rival = a.entity >= 0 and a.entity not in phrase.named
            if rival and index.entities[a.entity].entity.kind in {"person", "organization", "place"}:
                pronoun = a.head >= 0 and index.words[a.head].upos == "PRON"
                match.name_conflict = max(match.name_conflict, 0.4 if pronoun else 1.0)
    elif match.good < 0.3 and head is not None and not head.any:
        match.head_conflict = 1.0


def _words_conflict(phrase: Phrase, argument: ArgumentView, match: SlotMatch, index: ArticleIndex) -> None:
    """Note that the argument that holds the phrase has another number, an opposite or another country."""
    for term in phrase.terms:
        if term is phrase.head and not term.number:
            continue
        if term.number and not term.exact & argument.mask:
            if any(index.words[i].upos == "NUM" for i in index.numbers(argument.mask)):
                match.number_conflict = 1.0
        elif not term.any & argument.mask and (
            term.opposite & argument.mask or _rival(term, argument, index)
        ):
            match.modifier_conflict = 1.0


def _rival(term: Term, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether the argument has another country where the question's word names one."""
    country = words.country_key(term.text) or words.country_key(term.text.title())
    if not country:
        return False
    mine = f"@{country}"
    return not index.keys.get(mine, 0) & argument.mask and any(
        mask & argument.mask for key, mask in index.keys.items() if key.startswith("@") and key != mine
    )


def summed(matches: Sequence[SlotMatch]) -> Iterator[tuple[str, float]]:
    """Yield the features that all phrases of the question make together."""
    if matches and not any(m.clashes for m in matches):
        if min(m.good for m in matches) >= 0.6:
            yield "aligned", 1.0
        elif min(m.good + 0.8 * m.elsewhere for m in matches) >= 0.6:
            yield "aligned_loosely", 1.0
    total = good = swap = elsewhere = missing = 0.0
    for m in matches:
        total += m.weight
        good += m.weight * m.good
        swap += m.weight * m.swap
        elsewhere += m.weight * m.elsewhere
        missing += m.weight * m.missing
    shares = (("good", good), ("swap", swap), ("elsewhere", elsewhere), ("missing", missing))
    for name, value in shares:
        if value:
            yield name, value / total
    for name in ("name_conflict", "head_conflict", "modifier_conflict", "number_conflict"):
        value = max((getattr(m, name) for m in matches), default=0.0)
        if value:
            yield name, value
