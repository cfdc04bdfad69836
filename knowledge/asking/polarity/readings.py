"""Which event a yes/no question asks about, and which facts of an article tell of it or of its opposite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.polarity.opposites import Senses, known, senses
from knowledge.asking.polarity.places import HAPPENING, Asked
from knowledge.asking.polarity.polar import Claim
from knowledge.asking.polarity.ruling import REFUSAL, UNTOLD
from knowledge.asking.polarity.stance import DENIAL, Stance, standing
from knowledge.asking.ranking.match import ROADS
from knowledge.asking.ranking.slots import other_country
from knowledge.asking.terms import head_term
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Role

SAME_EVENT = 0.4
"""Least strength of a synonym that still names the same event."""
EMBEDDING = wordset("embedding_verb")
"""Verbs whose clause is what is asked: "did X say that ..."."""
LIGHT = wordset("light_verb")
REVERSIBLE = wordset("reversible")
"""Changes that another can undo: who was arrested may be free again, so that the opposite denies nothing."""
OWN_EVENT = frozenset({"admit", "deny", "confirm", "acknowledge", "promise", "concede", "agree", "refuse"})
"""Verbs of saying that are an event of their own: "does X admit that ..."."""
LIKENING = frozenset({"like", "as", "than"})
BEING = {"be": 1.0, "become": 0.9, "remain": 0.8}


def readings(claim: Claim, number: int | None) -> Iterator[Asked]:
    """Yield the events that a question may ask about: below "did X say that", or the saying itself."""
    frame = claim.frame
    if number is None:
        number = frame.asked.clause if frame.asked.clause < len(frame.clauses) else 0
    while (
        number and frame.clauses[number].link in {"that", "to"} and frame.clauses[number].parent is not None
    ):
        number = frame.clauses[number].parent or 0
    outer = frame.clauses[number]
    inner = next(
        (n for n, c in enumerate(frame.clauses) if c.parent == number and c.link in {"that", "to"}), None
    )
    embeds = inner is not None and bool(set(outer.lemmas) & EMBEDDING) and not set(outer.lemmas) & DENIAL
    whom = outer.slot("object")
    quoted_by = any(
        s.case == "according to" for s in (*(s for c in frame.clauses for s in c.slots), *frame.loose)
    )
    if (
        inner is not None
        and embeds
        and not quoted_by
        and (frame.clauses[inner].link == "that" or whom is not None)
    ):
        below = frame.clauses[inner]
        if below.link == "to" and whom is not None and below.slot("subject") is None:
            below = replace(below, slots=[replace(whom, kind="subject"), *below.slots])
        yield _asked(claim, inner, below, speaker=outer.slot("subject"))
    if (
        inner is None
        or not embeds
        or quoted_by
        or set(outer.lemmas) & OWN_EVENT
        or frame.clauses[inner].link == "to"
    ):
        yield _asked(claim, number, outer)
        if outer.copular and state_of(_asked(claim, number, outer)) is not None:
            yield replace(_asked(claim, number, outer), whole=True)
    if (
        inner is not None
        and frame.clauses[inner].link == "to"
        and set(outer.lemmas) & (EMBEDDING | OWN_EVENT) - REFUSAL
    ):
        yield _asked(claim, inner, frame.clauses[inner], holder=outer.slot("subject"))


def _asked(
    claim: Claim, number: int, clause: Clause, speaker: Slot | None = None, holder: Slot | None = None
) -> Asked:
    """Return one event with its phrases; those of clauses above it are left to `speaker` and `holder`."""
    frame = claim.frame
    soft = [replace(s, kind="loose") for n, c in enumerate(frame.clauses) if n > number for s in c.slots]
    soft += [
        Slot("verb", "", c.verb, c.verb + 1, c.verb)
        for n, c in enumerate(frame.clauses)
        if n > number and not c.copular and c.verb in claim.linked.terms
    ]
    above = [
        c for n, c in enumerate(frame.clauses) if n < number and c.link not in {"that", "to"} and c.slots
    ]
    if speaker is None and holder is None:
        soft += [s for c in above for s in c.slots]
    according = [s for s in (*frame.loose, *clause.slots) if s.case == "according to"]
    slots = tuple(s for s in (*clause.slots, *frame.loose) if s not in according)
    slots = tuple(_beyond_phrase(s, clause, frame) for s in slots)
    denied = any(frame.words[i].lower() == "no" for s in slots for i in range(s.start, s.end))
    return Asked(
        frame,
        claim.linked,
        clause,
        slots,
        tuple(soft),
        according[0] if according else speaker,
        holder,
        denied or (speaker is not None and clause.negated),
        claim.focus,
        bound=claim.bound,
    )


def _beyond_phrase(slot: Slot, clause: Clause, frame: QuestionFrame) -> Slot:
    """Return what a phrase says beyond its share of the predicate: "of theft" in "found guilty of theft"."""
    at = next(
        (
            i
            for i in range(slot.start, slot.end)
            if slot.kind != "subject" and any(known(f"{x} {frame.lemmas[i]}") for x in clause.lemmas)
        ),
        None,
    )
    return (
        slot if at is None or clause.copular else replace(slot, kind="loose", start=at + 1, head=slot.end - 1)
    )


def meanings(asked: Asked, index: ArticleIndex) -> Senses:
    """Return the predicates that mean the asked one, and those that mean its opposite."""
    clause, frame = asked.clause, asked.frame
    state = state_of(asked)
    if state is not None:
        head = frame.words[state.head].lower()
        found = senses(tuple(dict.fromkeys((frame.lemmas[state.head], head))), "ADJ")
        verbs = senses(lexicon.verb_lemmas(head), "VERB") if lexicon.verb_lemmas(head) else found
        return Senses({**verbs.alike, **found.alike}, {**verbs.against, **found.against})
    if existence_of(asked) is not None:
        noun = frame.lemmas[clause.slots[1].head] if len(clause.slots) > 1 else ""
        return senses((noun, *lexicon.nominal_verbs(noun)), "NOUN")
    if clause.copular:
        described = clause.slot("complement", "oblique", "adverb", "object") is not None
        return Senses(BEING if described else {}, {})
    names = [f"{x} {clause.particle}".strip() for x in clause.lemmas]
    for slot in clause.slots:
        if slot.kind in {"object", "second", "adverb", "complement"}:
            heads = {slot.head, *(i for i in range(slot.start, slot.end) if frame.tags[i] == "ADJ")}
            names += [f"{x} {frame.lemmas[i]}" for x in clause.lemmas for i in heads]
        owned = "'s" in frame.words[slot.start : slot.end]
        if slot.kind == "object" and not owned and not LIGHT.isdisjoint(clause.lemmas):
            names += lexicon.nominal_verbs(frame.lemmas[slot.head])
    found = senses(tuple(names), "VERB")
    if not REVERSIBLE.isdisjoint(clause.lemmas):
        found = Senses(found.alike, {})
    if not clause.particle:
        return found
    bare = {x: 0.7 for x in clause.lemmas if x not in found.against}
    return Senses({**bare, **found.alike}, found.against)


def state_of(asked: Asked) -> Slot | None:
    """Return the adjective that a copular question asks for: "was the road open"."""
    if not asked.clause.copular or asked.whole:
        return None
    slot = asked.clause.slot("complement", "adverb")
    if slot is None or asked.frame.tags[slot.head] not in {"ADJ", "VBN", "VBD", "ADV", "VB"}:
        return None
    return slot


def existence_of(asked: Asked) -> Slot | None:
    """Return the phrase of what "is there ..." asks for."""
    first = asked.clause.slot("subject")
    if not asked.clause.copular or first is None or asked.frame.words[first.start].lower() != "there":
        return None
    return asked.clause.slot("complement", "object")


def same_event(asked: Asked, meant: Senses, index: ArticleIndex) -> Iterator[tuple[FactView, float, bool]]:
    """Yield the facts of the event asked about, how strongly, and whether they say the opposite."""
    for number, view in enumerate(index.facts):
        if view.fact.kind in UNTOLD and not _noun_tells(asked, view, index):
            continue
        strength, opposed = _strength(meant, number, index)
        if view.fact.kind is FactKind.NOUN and strength < SAME_EVENT:
            strength, opposed = _described(asked, view, index)
        if view.fact.kind is FactKind.EXISTENTIAL and asked.clause.copular and existence_of(asked) is None:
            continue
        if strength < SAME_EVENT and _borne(asked, view):
            strength, opposed = 0.8, False
        if strength < SAME_EVENT and set(asked.clause.lemmas) & HAPPENING and view.fact.kind is FactKind.VERB:
            strength, opposed = 0.5, False
        if strength < SAME_EVENT and asked.clause.copular:
            strength, opposed = _named_event(asked, view), False
        if strength >= SAME_EVENT:
            yield view, strength, opposed


def _noun_tells(asked: Asked, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether a mere noun tells of an event: "an explosion" that there was one, "no sign of a spill"."""
    if view.fact.kind is not FactKind.NOUN:
        return False
    if state_of(asked) is not None and any(a.role is Role.ATTRIBUTE for a in view.arguments):
        return True
    return existence_of(asked) is not None or standing(view, index).stance is Stance.NOT_SO


def _described(asked: Asked, view: FactView, index: ArticleIndex) -> tuple[float, bool]:
    """Return how surely a noun's adjective is the state asked about, and whether it is another country's.

    "A French baker" tells that the baker is French; "wooden boats" do not tell it of all boats.
    """
    state = state_of(asked)
    term = asked.linked.terms.get(state.head) if state is not None else None
    if term is None:
        return 0.0, False
    country = words.country_of(term.text)
    one = all(index.words[i].text.lower() == index.words[i].lemma for i in index.numbers(view.predicate_mask))
    for a in view.arguments:
        if a.role is not Role.ATTRIBUTE or a.head < 0:
            continue
        if term.exact >> a.head & 1 and (country or one):
            return 0.9, False
        if other_country(term.text, 1 << a.head, index):
            return 0.85, True
    return 0.0, False


def _borne(asked: Asked, view: FactView) -> bool:
    """Tell whether a light verb leaves the event to its subject: "was the speech delivered"."""
    subject = asked.clause.slot("subject")
    if subject is None or not asked.clause.passive or not set(asked.clause.lemmas) & LIGHT:
        return False
    noun = head_term(asked.linked, subject)
    return view.fact.kind is FactKind.NOMINAL and noun is not None and bool(noun.exact & view.predicate_mask)


def _strength(meant: Senses, number: int, index: ArticleIndex) -> tuple[float, bool]:
    """Return how far a fact's predicate, or what it says somebody is, is the asked one or its opposite."""
    same = other = 0.0
    alike, against = meant.alike, meant.against
    names = index.predicated.get(number)
    if names is None:
        names = index.predicated[number] = tuple(_names(index.facts[number], index))
    for name, road in names:
        if name in alike:
            same = max(same, alike[name] * road)
        if name in against:
            other = max(other, against[name] * road)
    return (other, True) if other > same else (same, False)


def _names(view: FactView, index: ArticleIndex) -> Iterator[tuple[str, float]]:
    """Yield the lemmas that a fact may be asked by, with what it says of its subject: "found guilty".

    Each comes as it is and in American spelling.
    """
    for lemma, road in _lemmas(view, index):
        yield lemma, road
        if (other := words.american(lemma)) != lemma:
            yield other, road


def _lemmas(view: FactView, index: ArticleIndex) -> Iterator[tuple[str, float]]:
    for lemma, how in view.lemmas.items():
        yield lemma, ROADS[how]
    for a in view.arguments:
        if a.role is Role.ATTRIBUTE and a.head >= 0:
            word = index.words[a.head]
            for name in {word.lemma, word.text.lower()}:
                yield f"{view.fact.predicate.lemma} {name}", 1.0
                if view.fact.kind is FactKind.COPULA:
                    yield name, 1.0
        if view.fact.kind is FactKind.EXISTENTIAL and a.head >= 0 and a.role is Role.PATIENT:
            for at in index.numbers(a.mask):
                if index.words[at].upos == "NOUN":
                    yield index.words[at].lemma, 1.0 if at == a.head else 0.8


def _named_event(asked: Asked, view: FactView) -> float:
    """Return how far "the strike is over" tells of the event that its subject names."""
    subject = asked.clause.slot("subject")
    if any(s.case in LIKENING for s in asked.clause.slots):
        return 0.0
    noun = head_term(asked.linked, subject) if subject is not None else None
    named = view.fact.kind is FactKind.NOMINAL and noun is not None and bool(noun.exact & view.predicate_mask)
    return 0.6 if named and state_of(asked) is None else 0.0
