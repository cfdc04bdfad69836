"""Yes, no or not told: what a fact says to a yes/no question, and which of two alternatives it names.

A question is held against every fact of the same event. All of its phrases found in the fact's places: yes,
or no where one of the two is negated or says the opposite. One phrase with another number, time, modifier or
(in "was it X who ...") name in its place: no. Everything else is not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.asking import render, roles, speech, words
from knowledge.asking.events import clause_span
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.match import Matcher
from knowledge.asking.moments import moments
from knowledge.asking.terms import Link, Linked, Term, head_term
from knowledge.model import FactKind, Modality, Role, Span

LONGEST_TOLD = 12
"""Words of the deciding clause that are said after yes or no."""
LONG_PHRASE = 5
"""Words from which on a participant is said by name."""
LONGEST_QUOTED = 24
"""Words of a quotation that are said after yes."""
SAME_EVENT = 0.4
"""Least strength of a synonym that still names the same event."""
HELD = 0.7
"""Least share of the question's weight that lies in the fact's own places for a yes."""
LEAST_DOER = 0.3
"""Least fit of a role for the question's subject: the place or time of a deed has not done it."""
CONFIDENCE = {
    "entailed": 0.9, "opposite": 0.87, "conflict": 0.85, "counted": 0.7, "title held": 0.9,
    "another title": 0.8, "choice": 0.88, "choice beside": 0.7, "said about": 0.8,
}  # fmt: skip
"""How often verdicts of each kind were right on the question banks and tests, rounded."""
EMBEDDING = frozenset(
    [
        "say",
        "think",
        "believe",
        "claim",
        "tell",
        "suggest",
        "report",
        "state",
        "announce",
        "argue",
        "predict",
        "expect",
        "warn",
        "disclose",
        "reveal",
        "admit",
        "deny",
        "promise",
        "hope",
        "fear",
        "estimate",
        "insist",
        "write",
        "add",
        "explain",
        "indicate",
        "show",
        "find",
        "allege",
        "acknowledge",
        "declare",
        "confirm",
        "note",
        "mention",
        "swear",
        "vow",
        "want",
        "urge",
        "ask",
        "order",
        "advise",
        "call",
    ]
)
"""Verbs whose clause is what is asked: "did X say that ..."."""
HAPPENING = frozenset({"happen", "occur", "take"})
INDEFINITE = frozenset({"anything", "something", "nothing", "everything"})
SAID_FIRST = {
    Role.AGENT: 0, Role.PATIENT: 1, Role.ATTRIBUTE: 2, Role.CONTENT: 3, Role.RECIPIENT: 4,
    Role.COUNTERPART: 5, Role.TIME: 6, Role.QUANTITY: 6, Role.PLACE: 7, Role.INSTRUMENT: 7, Role.MANNER: 8,
}  # fmt: skip
REAL = frozenset({Modality.ASSERTED, Modality.REPORTED})
OPEN_PRONOUNS = frozenset({"it", "this", "that", "they", "these", "those", "he", "she"})
NEGATIVE = frozenset({"no", "not", "n't", "never", "nobody", "nothing", "none", "neither"})


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


DENYING = frozenset(["deny", "dispute", "refute", "reject"])
"""Verbs whose content the speaker says is not so."""


def decide(frame: QuestionFrame, linked: Linked, matcher: Matcher, index: ArticleIndex) -> Verdict | None:
    """Return the verdict on a yes/no question, or None where the article does not tell."""
    if not frame.clauses:
        return None
    choices = _alternatives(frame)
    if choices is not None:
        return _choose(frame, linked, index, choices)
    spoken = _spoken(frame, linked, index)
    if spoken is not None:
        return spoken
    clause = frame.clauses[0]
    if clause.copular and len(frame.clauses) == 1:
        found = _identity(clause, linked, index, frame)
        if found is not None:
            return found
    return _event(frame, linked, index) or _counted(frame, linked, index)


def alternative(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    """Return which of two alternatives fills the gap of a wh-question: "who fell, X or Y?"."""
    choices = _alternatives(frame)
    if choices is None or not frame.clauses or frame.asked.gap not in {"subject", "object"}:
        return None
    one, two = (replace(c, kind=frame.asked.gap) for c in choices)
    return _choose(frame, linked, index, (one, two))


# -- the same event --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """The event asked about: its clause, its further phrases, who is to say so, and how it is put."""

    frame: QuestionFrame
    clause: Clause
    number: int
    slots: tuple[Slot, ...]
    speaker: Slot | None
    negated: bool
    cleft: bool


@dataclass(frozen=True, slots=True)
class Place:
    """How one phrase of the question lies in a fact: its share held there (0 to 1), and what clashes."""

    weight: float
    held: float
    clash: str = ""
    swapped: bool = False
    opposite: bool = False
    missing: bool = False


def _event(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    asked = _asked(frame)
    matcher = Matcher(
        replace(frame, asked=replace(frame.asked, clause=asked.number), clauses=_clauses(frame, asked)),
        linked,
        index,
    )
    best: tuple[float, Verdict] | None = None
    for view, strength, opposed in _same_event(asked, matcher, index):
        found = _judge(asked, view, strength, opposed, linked, index)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _clauses(frame: QuestionFrame, asked: Asked) -> tuple[Clause, ...]:
    return tuple(asked.clause if n == asked.number else c for n, c in enumerate(frame.clauses))


def _asked(frame: QuestionFrame) -> Asked:
    """Return the event that a question asks about, below "did X say that" and "was it X who"."""
    number = frame.asked.clause
    clause = frame.clauses[number]
    cleft = number > 0 and frame.clauses[0].copular and not frame.clauses[0].slots
    speaker: Slot | None = None
    outer = frame.clauses[0]
    inner = next((n for n, c in enumerate(frame.clauses) if c.parent == 0 and c.link in {"that", "to"}), None)
    if (
        inner is not None
        and "go" in outer.lemmas
        and frame.words[outer.verb].lower() == "going"
        and frame.clauses[inner].link == "to"
    ):
        number = inner
        clause = replace(
            frame.clauses[inner], modal="will", slots=[*outer.slots, *frame.clauses[inner].slots]
        )
        return Asked(frame, clause, number, (*clause.slots, *frame.loose), None, False, False)
    if inner is not None and not cleft and set(outer.lemmas) & EMBEDDING:
        whom = outer.slot("object")
        below = frame.clauses[inner]
        if below.link == "that" or whom is not None:
            number, clause, speaker = inner, below, outer.slot("subject")
            if below.link == "to" and whom is not None and below.slot("subject") is None:
                moved = [
                    replace(s, kind="subject_oblique")
                    for s in outer.slots
                    if s.kind == "oblique" and s.start > whom.start
                ]
                clause = replace(below, slots=[replace(whom, kind="subject"), *moved, *below.slots])
    further = [
        s for n, c in enumerate(frame.clauses) if n != number and (speaker is None or n > 0) for s in c.slots
    ]
    further += [
        Slot("verb", "", c.verb, c.verb + 1, c.verb)
        for n, c in enumerate(frame.clauses)
        if n > number and not c.copular
    ]
    according = [s for s in (*frame.loose, *clause.slots) if s.case == "according to"]
    slots = [s for s in (*clause.slots, *frame.loose, *further) if s not in according]
    lifted = speaker is not None
    return Asked(
        frame,
        clause,
        number,
        tuple(slots),
        according[0] if according else speaker,
        _negated(frame, clause, lifted),
        cleft,
    )


def _negated(frame: QuestionFrame, clause: Clause, lifted: bool) -> bool:
    """Tell whether the clause denies something; "didn't X" and "isn't X" ask as "did X" and "is X" do."""
    inside = any(frame.words[i].lower() == "no" for s in clause.slots for i in range(s.start, s.end))
    return inside or (lifted and clause.negated)


def _same_event(
    asked: Asked, matcher: Matcher, index: ArticleIndex
) -> Iterator[tuple[FactView, float, bool]]:
    """Yield the facts of the event asked about, how strongly, and whether they say the opposite."""
    opposites = {a for x in asked.clause.lemmas for a in words.related(x, x, "VERB").opposite}
    seen = {id(v): v for v in matcher.worth_a_look()}
    for lemma in opposites:
        seen.update((id(index.facts[n]), index.facts[n]) for n in index.predicates.get(lemma, ()))
    for view in seen.values():
        if view.fact.kind in {FactKind.POSSESSIVE, FactKind.NOUN}:
            continue
        strength = matcher.predicate_strength(asked.number, view)[0]
        if strength >= SAME_EVENT:
            yield view, strength, False
        elif opposites & set(view.lemmas):
            yield view, 0.8, True
        else:
            loosely = _loosely_same(asked, view, matcher.linked)
            if loosely:
                yield view, loosely, False


def _loosely_same(asked: Asked, view: FactView, linked: Linked) -> float:
    """Return how far "X happened", "X is open" and "the strike is over" tell of a fact with another verb."""
    if view.fact.kind not in {FactKind.VERB, FactKind.NOMINAL}:
        return 0.0
    if set(asked.clause.lemmas) & HAPPENING:
        return 0.5
    if not asked.clause.copular:
        return 0.0
    state = asked.clause.slot("complement")
    term = head_term(linked, state) if state is not None else None
    if term is not None and term.tag in {"ADJ", "VBN"} and (term.opposite | term.exact) & view.predicate_mask:
        return 0.8
    subject = asked.clause.slot("subject")
    noun = head_term(linked, subject) if subject is not None else None
    nominal = (
        view.fact.kind is FactKind.NOMINAL and noun is not None and bool(noun.exact & view.predicate_mask)
    )
    return 0.6 if nominal else 0.0


def _judge(
    asked: Asked, view: FactView, strength: float, opposed: bool, linked: Linked, index: ArticleIndex
) -> tuple[float, Verdict] | None:
    if not _real(asked, view, index) or not _speaks(asked, view, linked, index):
        return None
    places = [p for s in asked.slots if (p := _place(s, asked, view, linked, index)) is not None]
    total = sum(p.weight for p in places)
    if not total or any(p.swapped for p in places):
        return None
    held = sum(p.weight * p.held for p in places) / total
    clashes = [p for p in places if p.clash]
    lost = sum(p.weight for p in places if p.missing) / total
    denial = _denial(view, index)
    flipped = (
        (view.fact.negated or denial is not None) ^ asked.negated ^ opposed ^ any(p.opposite for p in places)
    )
    value = strength + 2 * held - lost
    if clashes:
        rest = [p for p in places if not p.clash]
        kept = sum(p.weight * p.held for p in rest) / (sum(p.weight for p in rest) or 1.0)
        if len(clashes) > 1 or (rest and kept < HELD) or not rest or flipped or strength < 0.5:
            return None
        return value, _verdict("No", "conflict", view, index, strength * kept, clashes[0].clash)
    if held < HELD or (lost > 0.15 and not flipped) or lost > 0.35:
        return None
    return value, _verdict(
        "No" if flipped else "Yes",
        "opposite" if flipped else "entailed",
        denial or view,
        index,
        strength * held,
    )


def _denial(view: FactView, index: ArticleIndex) -> FactView | None:
    """Return the denied verb that a noun's event is the object of: "will not face charges"."""
    if view.fact.kind is not FactKind.NOMINAL:
        return None
    around = (index.facts[n] for n in index.facts_of_sentence.get(view.sentence, ()))
    return next(
        (
            o
            for o in around
            if o.fact.negated and any(a.head >= 0 and view.predicate_mask >> a.head & 1 for a in o.arguments)
        ),
        None,
    )


def _verdict(
    said: str, note: str, view: FactView, index: ArticleIndex, fit: float, clash: str = ""
) -> Verdict:
    span = Span(view.fact.predicate.span.start, view.fact.predicate.span.end)
    confidence = CONFIDENCE[note] - 0.3 * (1.0 - min(1.0, fit))
    return Verdict(said, span, view.sentence, confidence, view, note, _told(view, index, clash))


def _denying(view: FactView, index: ArticleIndex) -> str:
    """Return the clause that denies a fact, with who denies it."""
    source = view.fact.attribution
    cue = source.cue if source is not None else None
    denial = next((f for f in index.facts if f.fact.predicate.span == cue), view)
    return " ".join(clause_span(index, denial).of(index.article.text).split())


def _told(view: FactView, index: ArticleIndex, clash: str = "") -> str:
    """Return the core of a fact in the article's words, what clashes first, as much as is short enough."""
    text = index.article.text
    source = view.fact.attribution
    if source is not None and source.cue_lemma in DENYING:
        return _denying(view, index)
    mask = view.predicate_mask
    first = {**SAID_FIRST, Role.TIME: 0} if clash == "time" else SAID_FIRST
    for argument in sorted(view.arguments, key=lambda a: first.get(a.role, 9)):
        parts = [argument.mask, index.mask_of(argument.argument.short), _name_in(argument, index)]
        for part in parts if argument.mask.bit_count() <= LONG_PHRASE else reversed(parts):
            if part and len(render.span_of(index, mask | part).of(text).split()) <= LONGEST_TOLD:
                mask |= part
                break
    if not mask:
        return ""
    words_said = render.tidy(text, render.span_of(index, mask)).of(text).split()
    if words_said[0].lower() in words.STOP and not (
        words_said[0] == "I" or (words_said[0].isupper() and len(words_said[0]) > 1)
    ):
        words_said[0] = words_said[0].lower()
    return " ".join(words_said[:LONGEST_TOLD]).rstrip(".,;:")


def _name_in(argument: ArgumentView, index: ArticleIndex) -> int:
    """Return the words of the bare name within an argument that has titles before it."""
    if argument.entity < 0:
        return 0
    mentions = index.entities[argument.entity].entity.mentions
    return next(
        (
            index.mask_of(m.span)
            for m in mentions
            if m.kind == "name" and argument.argument.span.covers(m.span)
        ),
        0,
    )


def _real(asked: Asked, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the article says of the fact what the question asks: that it is so, will be, or may be."""
    if view.fact.modality in REAL or any(
        n.fact == view.fact.id and user.fact.predicate.lemma == "use"
        for user in index.facts[: index.told]
        for n in user.fact.links
    ):
        return True
    if asked.speaker is not None or asked.clause.modal or view.fact.negated:
        return view.fact.modality is not Modality.ASKED or asked.speaker is not None
    return view.fact.modality is Modality.PREDICTED and any(
        w.lower() in {"is", "are", "going"} for w in asked.frame.words
    )


def _speaks(asked: Asked, view: FactView, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether the fact is told by the one whom the question names."""
    if asked.speaker is None:
        return True
    slot = asked.speaker
    named = {x.entity for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end}
    if view.speaker in named:
        return True
    mask = view.speaker_mask | (index.entities[view.speaker].mask if view.speaker >= 0 else 0)
    head = head_term(linked, slot)
    return head is not None and head.strength(mask) >= 0.8


def _place(slot: Slot, asked: Asked, view: FactView, linked: Linked, index: ArticleIndex) -> Place | None:
    """Return how a phrase of the question lies in a fact, or None where it has no content word."""
    terms = [t for i, t in linked.terms.items() if slot.start <= i < slot.end]
    if asked.frame.words[slot.start].lower() == "no":
        terms = [t for t in terms if t.text != "no"]
    weight = sum(t.weight for t in terms)
    when = _times(asked.frame.text(slot))
    if when and not weight:
        clash = _other_time(when, view, index)
        return Place(1.0, 0.0, clash) if clash else None
    if not weight or (slot.kind == "verb" and not terms[0].any):
        return None
    head = head_term(linked, slot)
    own = slot in asked.clause.slots
    if _other_number(terms, view, index):
        return Place(weight, 0.0, clash="number")
    if when and (clash := _other_time(when, view, index)):
        return Place(weight, 0.0, clash=clash)
    if (
        view.fact.kind is FactKind.NOMINAL
        and slot.kind == "subject"
        and head is not None
        and head.exact & view.predicate_mask
    ):
        return Place(weight, 1.0)
    argument = _argument(slot, head, view, linked)
    if argument is not None:
        fit = _fit(slot, asked.clause, argument) if own else 0.5
        if not asked.clause.copular and fit < (LEAST_DOER if slot.kind == "subject" else 0.0):
            return Place(weight, 0.0, swapped=True)
        return _filled(terms, head, argument, view, index, weight)
    if head is not None and head.opposite & view.mask and not head.any & view.mask:
        return Place(weight, 0.9, opposite=True)
    if (
        slot.kind == "subject"
        and head is not None
        and head.name
        and _another(slot, asked.clause, view, linked, index)
    ):
        return Place(weight, 0.0, clash="name") if asked.cleft else Place(weight, 0.0, swapped=True)
    return _outside(terms, slot, view, index, weight)


def _other_number(terms: list[Term], view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the fact counts the same things to another number."""
    for number, counted in pairwise(terms):
        if not number.number or counted.number:
            continue
        for a in view.arguments:
            if a.head >= 0 and counted.strength(1 << a.head) >= 0.8 and not number.any & a.mask:
                return any(index.words[i].upos == "NUM" for i in index.children[a.head])
    return False


def _argument(slot: Slot, head: Term | None, view: FactView, linked: Linked) -> ArgumentView | None:
    """Return the argument that the phrase's head names."""
    named = {x.entity for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end}
    fitting = [
        a for a in view.arguments
        if (a.entity >= 0 and a.entity in named)
        or (head is not None and a.head >= 0 and head.strength(1 << a.head) >= 0.4)
        or (head is not None and any(head.any >> i & 1 for i in _members(a)))
    ]  # fmt: skip
    return max(fitting, key=lambda a: (a.case == slot.case) + 0.1 * (a.fact < 0), default=None)


def _members(argument: ArgumentView) -> Iterable[int]:
    if not argument.argument.members:
        return ()
    return tuple(i for i in range(argument.mask.bit_length()) if argument.mask >> i & 1)


def _fit(slot: Slot, clause: Clause, argument: ArgumentView) -> float:
    table: Mapping[Role, float] = {}
    if slot.kind == "subject" and not clause.copular:
        table = roles.PASSIVE_SUBJECT if clause.passive else roles.SUBJECT
    elif slot.kind in {"object", "second"}:
        table = roles.OBJECT
    return table.get(argument.role, 0.2)


def _filled(
    terms: list[Term],
    head: Term | None,
    argument: ArgumentView,
    view: FactView,
    index: ArticleIndex,
    weight: float,
) -> Place:
    """Compare a phrase with the argument that has its head: other numbers and rival modifiers clash."""
    sentence = index.sentence_masks[view.sentence]
    held = 0.0
    clash = ""
    for term in terms:
        if (
            term is head
            or term.strength(argument.mask)
            or (argument.entity >= 0 and term.any & index.entities[argument.entity].mask)
        ):
            held += term.weight * (1.0 if term is head else max(0.8, term.strength(argument.mask)))
        elif term.number and any(index.words[i].upos == "NUM" for i in index.numbers(argument.mask)):
            clash = "number"
        elif term.opposite & argument.mask or _rival(term, argument, index):
            clash = "modifier"
        elif term.any & sentence:
            held += 0.7 * term.weight
    return Place(weight, held / weight, clash)


def _rival(term: Term, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether another modifier of the same sort stands in the place of an adjective or a country."""
    country = words.country_key(term.text) or words.country_key(term.text.title())
    keys = index.keys
    if country and not keys.get(f"@{country}", 0) & argument.mask:
        return any(m & argument.mask for k, m in keys.items() if k.startswith("@") and k != f"@{country}")
    if term.tag != "ADJ" or term.any or argument.head < 0:
        return False
    return any(
        index.words[c].deprel == "amod" and argument.mask >> c & 1 and _relational(index.words[c].lemma)
        for c in index.children[argument.head]
    ) and _relational(term.lemma)  # fmt: skip


def _relational(adjective: str) -> bool:
    """Tell whether an adjective classes its noun (electric, wooden) and so shuts out another that does."""
    return adjective.endswith(("ic", "al", "ary", "ish", "an", "en", "ese", "ian", "ive", "ar"))


def _times(phrase: str) -> tuple[tuple[str, str], ...]:
    """Return the days, months and years of a phrase; in a phrase "May" is no verb."""
    return (*moments(phrase), *((("named month", "may"),) if re.search(r"\bMay\b", phrase) else ()))


def _other_time(when: tuple[tuple[str, str], ...], view: FactView, index: ArticleIndex) -> str:
    """Return "time" where the fact has another day, month or year than the question."""
    text = index.article.text
    told = [m for a in view.arguments if a.role is Role.TIME for m in _times(a.argument.span.of(text))]
    near = told or list(moments(index.article.sentences[view.sentence].span.of(text)))
    for sort, value in when:
        values = {v for s, v in near if s == sort}
        if value in values:
            return ""
        if len(values) == 1:
            return "time"
    return ""


def _another(slot: Slot, clause: Clause, view: FactView, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether somebody else by name has the place of the question's subject."""
    table = roles.PASSIVE_SUBJECT if clause.passive else roles.SUBJECT
    named = {x.entity for x in linked.entities(slot.start, slot.end)}
    return any(
        a.entity >= 0 and a.entity not in named and table.get(a.role, 0.0) >= 0.8
        and index.entities[a.entity].entity.kind.value in {"person", "organization", "place"}
        for a in view.arguments
    )  # fmt: skip


def _outside(terms: list[Term], slot: Slot, view: FactView, index: ArticleIndex, weight: float) -> Place:
    """Return the share of a phrase that heads no argument: in the predicate, beside it, or meant by "it"."""
    inside = sum(t.weight * t.strength(view.mask) for t in terms) / weight
    beside = sum(t.weight * t.strength(index.sentence_masks[view.sentence]) for t in terms) / weight
    if inside >= 0.99 and slot.kind != "subject":
        return Place(weight, 0.9 * inside)
    if slot.kind in {"subject", "subject_oblique"} and beside < 0.5:
        open_place = any(
            index.words[a.head].text.lower() in OPEN_PRONOUNS and a.entity < 0
            for a in view.arguments
            if a.head >= 0
        )
        around = 0
        for number in range(max(0, view.sentence - 3), view.sentence + 1):
            around |= index.sentence_masks[number]
        if open_place and all(t.any & around for t in terms):
            return Place(weight, 0.75)
    if slot.kind in {"subject", "complement"}:
        named = slot.kind == "subject" and any(t.name for t in terms)
        return Place(weight, 0.0 if named else 0.4 * inside, missing=named or inside < 0.5)
    if beside < 0.5 and any(moments(" ".join(t.text for t in terms))) and _in_paragraph(terms, view, index):
        return Place(weight, 0.6)
    held = max(0.85 * inside, 0.6 * beside)
    return Place(weight, held, missing=held < 0.5)


def _in_paragraph(terms: list[Term], view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the terms stand earlier in the fact's paragraph."""
    sentences = index.article.sentences
    here = sentences[view.sentence].paragraph
    before = [n for n in range(max(0, view.sentence - 3), view.sentence) if sentences[n].paragraph == here]
    return any(all(t.exact & index.sentence_masks[n] for t in terms) for n in before)


def _counted(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    """Deny a number by the sentence that has everything else, where its fact was not read as one."""
    terms = list(linked.terms.values())
    for number, counted in pairwise(terms):
        if not number.number or counted.number or frame.negated or len(terms) < 4:
            continue
        for sentence, around in enumerate(index.sentence_masks):
            if number.any & around or any(t.strength(around) < 0.8 for t in terms if t is not number):
                continue
            for at in index.numbers(counted.exact & around):
                told = [c for c in range(max(0, at - 2), at) if index.words[c].upos == "NUM"]
                if told:
                    span = Span(index.words[told[0]].start, index.words[at].end)
                    count = span.of(index.article.text)
                    return Verdict("No", span, sentence, CONFIDENCE["counted"], None, "counted", count)
    return None


# -- what was said, and who somebody is ------------------------------------------------------------------


def _spoken(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Verdict | None:
    """Judge "did X say anything about Y"."""
    clause = frame.clauses[0]
    speaker, what = clause.slot("subject"), clause.slot("object")
    if speaker is None or what is None or frame.words[what.head].lower() not in INDEFINITE:
        return None
    topic = tuple(
        t
        for s in clause.slots
        if s.kind == "oblique"
        for i, t in linked.terms.items()
        if s.start <= i < s.end
    )
    if not set(clause.lemmas) & speech.SAYING or not topic:
        return None
    best: tuple[float, speech.Utterance] | None = None
    for said in speech.by_speaker(frame, speaker, linked, index):
        inside, _ = speech.about(said, topic, index)
        if inside >= 0.6 and (best is None or inside > best[0]):
            best = (inside, said)
    if best is None:
        return None
    told = " ".join(best[1].span.of(index.article.text).split()[:LONGEST_QUOTED])
    return Verdict(
        "Yes", best[1].span, best[1].sentence, CONFIDENCE["said about"], best[1].fact, "said about", told
    )


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
    proof = _proof(who[0], index)
    if proof is None:
        return None
    span, sentence = proof
    view = index.entities[who[0].entity]
    told = f"{view.entity.name} is {_title(view.entity.titles, span.of(index.article.text))}"
    if any(x.entity == who[0].entity for x in described):
        return Verdict("Yes", span, sentence, CONFIDENCE["title held"], None, "title held", told)
    head = words.american(frame.lemmas[complement.head])
    if described or head in view.heads or any(head in t for t in view.titles):
        return Verdict("No", span, sentence, CONFIDENCE["another title"], None, "another title", told)
    return None


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


def _choose(
    frame: QuestionFrame, linked: Linked, index: ArticleIndex, choices: tuple[Slot, Slot]
) -> Verdict | None:
    """Return the alternative that holds in the event asked about, or else beside its subject."""
    if not frame.clauses:
        return None
    asked = _asked(frame)
    kept = [s for s in asked.slots if not any(s.start < c.end and c.start < s.end for c in choices)]
    kept += [replace(s, end=choices[0].start, head=choices[0].start - 1) for s in asked.slots
             if s.start < choices[0].start < s.end]  # fmt: skip
    rest = tuple(s for s in kept if s.end > s.start)
    whole = next(
        (s for s in asked.slots if any(s.start <= c.start and c.end <= s.end for c in choices)), choices[0]
    )
    asked = replace(asked, slots=rest)
    matcher = Matcher(
        replace(frame, asked=replace(frame.asked, clause=asked.number), clauses=_clauses(frame, asked)),
        linked,
        index,
    )
    best: tuple[float, Verdict] | None = None
    for view, strength, opposed in _same_event(asked, matcher, index):
        if (
            opposed
            or view.fact.negated
            or not _real(asked, view, index)
            or not _speaks(asked, view, linked, index)
        ):
            continue
        places = [p for s in rest if (p := _place(s, asked, view, linked, index)) is not None]
        total = sum(p.weight for p in places) or 1.0
        found_of = sum(p.weight * p.held for p in places) / total if places else 0.6
        if any(p.swapped or p.clash for p in places) or found_of < 0.6:
            continue
        held = [_held(replace(c, kind=whole.kind, case=whole.case), asked, view, linked) for c in choices]
        found = _pick(frame, choices, held, view.sentence, view, index)
        if found is not None and (best is None or strength + found_of > best[0]):
            best = (strength + found_of, found)
    return best[1] if best else _beside(frame, linked, index, choices, rest)


def _pick(
    frame: QuestionFrame,
    choices: tuple[Slot, Slot],
    held: list[float],
    sentence: int,
    view: FactView | None,
    index: ArticleIndex,
) -> Verdict | None:
    if abs(held[0] - held[1]) < 0.3 or max(held) < 0.4:
        return None
    chosen = choices[0] if held[0] > held[1] else choices[1]
    span = index.article.sentences[sentence].span if view is None else Span(*view.fact.predicate.span)
    sure = CONFIDENCE["choice" if view is not None else "choice beside"]
    return Verdict(frame.text(chosen), span, sentence, sure, view, "choice")


def _beside(
    frame: QuestionFrame,
    linked: Linked,
    index: ArticleIndex,
    choices: tuple[Slot, Slot],
    rest: tuple[Slot, ...],
) -> Verdict | None:
    """Return the one alternative that stands in a sentence with everything else that the question names."""
    terms = [t for i, t in linked.terms.items() if any(s.start <= i < s.end for s in rest)]
    for number, mask in enumerate(index.sentence_masks):
        if not terms or any(not t.any & mask for t in terms):
            continue
        text = index.article.sentences[number].span.of(index.article.text)
        held = [0.5 * _share(c, linked, mask) + 0.5 * _written(frame.text(c), text) for c in choices]
        found = _pick(frame, choices, held, number, None, index)
        if found is not None:
            return found
    return None


def _share(slot: Slot, linked: Linked, mask: int) -> float:
    """Return the share of a phrase's words, by weight, that stand in a sentence."""
    terms = [t for i, t in linked.terms.items() if slot.start <= i < slot.end]
    return sum(t.weight for t in terms if t.exact & mask) / (sum(t.weight for t in terms) or 1.0)


def _written(phrase: str, text: str) -> bool:
    """Tell whether a text has a phrase in any case, its words joined by spaces or hyphens."""
    pattern = r"\b" + r"[\s-]+".join(re.escape(w) for w in phrase.split()) + r"\b"
    return re.search(pattern, text, re.IGNORECASE) is not None


def _held(slot: Slot, asked: Asked, view: FactView, linked: Linked) -> float:
    """Return how well an alternative fills its place in a fact."""
    terms = [t for i, t in linked.terms.items() if slot.start <= i < slot.end]
    total = sum(t.weight for t in terms)
    argument = _argument(slot, head_term(linked, slot), view, linked)
    if not total:
        return 0.0
    if argument is None:
        return 0.5 * sum(t.weight * t.strength(view.mask) for t in terms) / total
    inside = sum(t.weight * t.strength(argument.mask) for t in terms) / total
    fit = _fit(slot, asked.clause, argument)
    return inside * (
        0.8 if slot.kind not in {"subject", "object", "second"} else max(0.0, min(1.0, 0.4 + fit))
    )


def _alternatives(frame: QuestionFrame) -> tuple[Slot, Slot] | None:
    """Return the two phrases on either side of "or", of one shape where their last words agree."""
    low = [w.lower() for w in frame.words]
    at = next((i for i in range(1, len(low) - 1) if low[i] == "or"), None)
    if at is None:
        return None
    end = next((i for i in range(at + 1, len(low)) if frame.tags[i] == "PUNCT"), len(low))
    case = low[at + 1] if frame.tags[at + 1] in {"ADP", "SCONJ"} else ""
    start, stop = at + 1 + bool(case), end
    if frame.choices and not case and frame.choices[1].start == start and frame.choices[1].end < end:
        stop = frame.choices[1].end if low[frame.choices[1].end] not in {"over", "across"} else end
    size = stop - start
    if size < 1:
        return None
    begin = frame.choices[0].start if frame.choices and frame.choices[0].end == at else at - 1
    if case and case in low[:at]:
        begin = at - low[:at][::-1].index(case)
    elif low[at - 1] == low[stop - 1] or ("-" in low[at - 1] and "-" in low[stop - 1]):
        begin = at - size
    if begin < 1:
        return None
    return Slot("choice", case, begin, at, at - 1), Slot("choice", case, start, stop, stop - 1)
