"""How the phrases of a question lie in a fact: in which argument, swapped, elsewhere, or contradicted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.ranking import roles
from knowledge.asking.terms import Linked, Term, head_term
from knowledge.asking.wordsets import wordset
from knowledge.model import Role

EXCEPT = wordset("exception")
"""Markers of what a question leaves out: "besides", "apart from"."""
HEADLESS = 0.4
"""What is left of a phrase's match where the article's phrase lacks its head: "Ann's lawyer" is not Ann."""
NO_ROLES: frozenset[Role] = frozenset()
DOERLESS = 0.8
"""How well what a doerless fact tells of fits a subject: "the strike started"."""
FILLING = 0.7
"""Least fit of a role for an argument to stand in a slot's place."""


ORDINAL = re.compile(
    r"\d+(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last"
)


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
    any: int
    """The article's words that any of the phrase's words may mean."""
    fillers: frozenset[Role]
    """Roles whose arguments stand in the phrase's place; empty where none of them can speak against it."""
    shares: dict[int, float] = field(default_factory=dict)
    places: frozenset[Role] = frozenset()
    """Roles whose arguments stand in the phrase's place."""
    outside: dict[tuple[int, float, float, float], SlotMatch] = field(default_factory=dict)
    """Matches with facts that hold none of the phrase, by sentence and conflicts: few differ."""

    def share(self, mask: int) -> float:
        """Return the share of the phrase's weight that is found within a mask."""
        mask &= self.any
        if not mask:
            return 0.0
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
    rival: float = 0.0
    """Whether something else, not named by the question, stands in the phrase's place."""
    other_noun: float = 0.0
    """The same for a phrase that is no name: "the crew begged" is not "the passengers begged"."""
    taken: int = -1


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
    head = head_term(linked, slot)
    expected = roles.expected(slot, clause) if clause is not None and own else {}
    places = frozenset(role for role, fit in expected.items() if fit >= FILLING)
    found = head.any if head is not None else 0
    for term in terms:
        found |= term.any
    return Phrase(
        slot=slot,
        own=own,
        terms=terms,
        weight=sum(t.weight for t in terms),
        head=head,
        named=frozenset(x.entity for x in heads),
        sure=sure,
        expected=expected,
        core=sure
        and own
        and (slot.kind in {"subject", "object"} or slot.case in {"by", "to", "with", "from"}),
        any=found,
        fillers=places if sure or (head is not None and (head.name or not head.any)) else NO_ROLES,
        places=places,
    )


def match(phrase: Phrase, view: FactView, index: ArticleIndex) -> SlotMatch:
    """Return how a phrase of the question lies in a fact."""
    if not phrase.any & view.mask:
        return _outside(phrase, view, index)
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
    found.name_conflict, found.head_conflict = fillers_conflict(phrase, view, found.good)
    found.rival = rivalled(phrase, view, found.good)
    found.other_noun = 0.0 if phrase.sure else found.rival
    if best is not None:
        _words_conflict(phrase, best, found, index)
    return found


def _outside(phrase: Phrase, view: FactView, index: ArticleIndex) -> SlotMatch:
    """Return the match of a phrase with a fact that holds none of it."""
    name, head = fillers_conflict(phrase, view)
    rival = rivalled(phrase, view)
    found = phrase.outside.get((view.sentence, name, head, rival))
    if found is None:
        beside = phrase.share(index.sentence_masks[view.sentence])
        missing = max(0.0, 1.0 - beside)
        found = SlotMatch(
            phrase.weight,
            elsewhere=beside,
            missing=missing,
            name_conflict=name,
            head_conflict=head,
            rival=rival,
            other_noun=0.0 if phrase.sure else rival,
        )
        phrase.outside[view.sentence, name, head, rival] = found
    return found


def _best_argument(phrase: Phrase, view: FactView, match: SlotMatch) -> ArgumentView | None:
    """Find the argument that holds most of the phrase; note its place, good and swapped strength."""
    slot, head = phrase.slot, phrase.head
    best, best_argument = -1.0, None
    for place, argument in enumerate(view.arguments):
        if not argument.mask & phrase.any:
            continue
        inside = phrase.share(argument.mask)
        if inside <= 0:
            continue
        at_head = (argument.entity in phrase.named and argument.entity >= 0) or (
            head is not None and argument.head >= 0 and head.any >> argument.head & 1
        )
        fit = phrase.expected.get(argument.role, 0.1) if phrase.expected else 0.5
        if fit < 0 and slot.kind == "subject" and argument.role is Role.PATIENT and roles.doerless(view):
            fit = DOERLESS
        if slot.kind == "oblique" and slot.case and slot.case == argument.case:
            fit = 1.0
        value = inside * (1.0 if at_head else 0.6) * (1.0 + 0.3 * fit)
        if value > best:
            best, best_argument = value, argument
            match.taken = place
            match.good = inside * (1.0 if at_head else 0.7) if fit >= 0 else 0.0
            if phrase.sure and not at_head and argument.entity >= 0:
                match.good *= HEADLESS
            if not at_head and head is not None and not head.any & argument.mask:
                match.good *= HEADLESS
            match.swap = inside * (1.0 if at_head else 0.3) * -fit if fit < 0 else 0.0
    return best_argument


def fillers_conflict(phrase: Phrase, view: FactView, good: float = 0.0) -> tuple[float, float]:
    """Return how surely somebody (by name) and something else stands in the place of a phrase.

    `good` is how well the phrase itself stands there.
    """
    head, fillers = phrase.head, phrase.fillers
    if good >= 0.5 or fillers.isdisjoint(view.roles):
        return 0.0, 0.0
    if not phrase.sure and head is not None and not head.name:
        return 0.0, 1.0 if good < 0.3 else 0.0
    name = 0.0
    for role, _, entity, pronoun in view.parties:
        if role in fillers and entity not in phrase.named:
            if not pronoun:
                return 1.0, 0.0
            name = 0.4
    return name, 0.0


def rivalled(phrase: Phrase, view: FactView, good: float = 0.0) -> float:
    """Return 1 where another noun or name than the phrase's stands in its place of the fact."""
    places, head = phrase.places, phrase.head
    if good >= 0.3 or head is None or places.isdisjoint(view.roles):
        return 0.0
    for role, mask, entity, _ in view.things:
        if role in places and not head.any & mask and entity not in phrase.named:
            return 1.0
    return 0.0


def _words_conflict(phrase: Phrase, argument: ArgumentView, match: SlotMatch, index: ArticleIndex) -> None:
    """Note that the argument that holds the phrase has another number, an opposite or another country."""
    for term in phrase.terms:
        if term is phrase.head and not term.number:
            continue
        if ORDINAL.fullmatch(term.text) and not term.any & argument.mask:
            if any(ORDINAL.fullmatch(index.words[i].text.lower()) for i in index.numbers(argument.mask)):
                match.number_conflict = 1.0
        elif term.number and not term.exact & argument.mask:
            if any(index.words[i].upos == "NUM" for i in index.numbers(argument.mask)):
                match.number_conflict = 1.0
        elif not term.any & argument.mask and (
            term.opposite & argument.mask or other_country(term.text, argument.mask, index)
        ):
            match.modifier_conflict = 1.0


def other_country(word: str, mask: int, index: ArticleIndex) -> bool:
    """Tell whether a word names a country and words of the article another one, but not that."""
    mine = f"@{words.country_of(word)}"
    return (
        len(mine) > 1
        and not index.countries.get(mine, 0) & mask
        and any(other & mask for key, other in index.countries.items() if key != mine)
    )


def summed(matches: Sequence[SlotMatch]) -> dict[str, float]:
    """Return the features that all phrases of the question make together."""
    features: dict[str, float] = {}
    total = good = swap = elsewhere = missing = 0.0
    name = head = modifier = number = rival = other = 0.0
    aligned = loosely = bool(matches)
    for m in matches:
        weight, own, beside = m.weight, m.good, m.elsewhere
        total += weight
        good += weight * own
        swap += weight * m.swap
        elsewhere += weight * beside
        missing += weight * m.missing
        name = max(name, m.name_conflict)
        head = head or m.head_conflict
        rival = rival or m.rival
        other = other or m.other_noun
        modifier = modifier or m.modifier_conflict
        number = number or m.number_conflict
        aligned = aligned and own >= 0.6
        loosely = loosely and own + 0.8 * beside >= 0.6 and m.swap <= 0.1
    if loosely and not (name or head or modifier or number):
        features["aligned" if aligned else "aligned_loosely"] = 1.0
    if good:
        features["good"] = good / total
    if swap:
        features["swap"] = swap / total
    if elsewhere:
        features["elsewhere"] = elsewhere / total
    if missing:
        features["missing"] = missing / total
    if name:
        features["name_conflict"] = name
    if head:
        features["head_conflict"] = head
    if modifier:
        features["modifier_conflict"] = modifier
    if number:
        features["number_conflict"] = number
    if rival:
        features["rival"] = rival
    if other:
        features["other_noun"] = other
    return features
