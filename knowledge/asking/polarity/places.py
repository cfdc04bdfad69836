"""How the phrases of a yes/no question lie in a fact: held, swapped, missing, or in conflict with it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.polarity.opposites import opposed
from knowledge.asking.ranking import roles
from knowledge.asking.ranking.conflicts import classing
from knowledge.asking.ranking.moments import moments
from knowledge.asking.ranking.slots import ORDINAL, other_country
from knowledge.asking.terms import Linked, Term, head_term
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon, quantities
from knowledge.model import FactKind, Role

LEAST_DOER = 0.3
"""Least fit of a role for the question's subject: the place or time of a deed has not done it."""
FILLING = 0.8
"""Least fit of a role for an argument to stand in a slot's place."""
NEAR = 0.8
EARLIER = 0.6
"""What a modifier is worth that stands beside the phrase, or in the sentences before it."""
BEFORE = 3
"""Sentences before a fact in which what it leaves out may have been named."""
PERSONAL = frozenset({"he", "she", "i"})
OPEN_PRONOUNS = frozenset(
    {"it", "this", "that", "they", "these", "those", "he", "she", "i", "we", "who", "which"}
)
QUANTIFYING = frozenset(
    ["only", "no", "any", "all", "both", "every", "each", "alone", "ever", "yet", "just", "even", "still"]
) | frozenset(["himself", "herself", "itself", "themselves", "again", "already"])
NAMED_KINDS = frozenset({"person", "organization", "place"})
PLACED = frozenset({Role.PLACE, Role.SOURCE, Role.DESTINATION})


@dataclass(frozen=True, slots=True)
class Asked:
    """The event asked about: its clause and further phrases, who is to say so, what is in focus.

    `soft` phrases belong to clauses below the asked one. `speaker` has to say it; `holder` is the one who
    agrees or promises to do it. `whole` takes "X is back on display" as being there, not as a state. `bound`
    tells that the question's number is only a bound: "more", "fewer", "least" or "most".
    """

    frame: QuestionFrame
    linked: Linked
    clause: Clause
    slots: tuple[Slot, ...]
    soft: tuple[Slot, ...] = ()
    speaker: Slot | None = None
    holder: Slot | None = None
    negated: bool = False
    focus: frozenset[int] = frozenset()
    whole: bool = False
    bound: str = ""

    def terms(self, slot: Slot) -> list[Term]:
        """Return the content words of a phrase, without "only" and "any"."""
        found = self.linked.terms.items()
        return [t for i, t in found if slot.start <= i < slot.end and t.text not in QUANTIFYING]

    def focused(self, slot: Slot) -> bool:
        """Tell whether the question is about who or what this phrase names: "was it X who"."""
        return any(i in self.focus for i in range(slot.start, slot.end))


@dataclass(frozen=True, slots=True)
class Place:
    """How one phrase of the question lies in a fact: its share held there (0 to 1), and what clashes."""

    weight: float
    held: float
    clash: str = ""
    swapped: bool = False
    missing: bool = False
    argument: ArgumentView | None = None
    denied: bool = False


def lies(slot: Slot, asked: Asked, view: FactView, index: ArticleIndex) -> Place | None:
    """Return how a phrase of the question lies in a fact, or None where it has no content word."""
    terms = asked.terms(slot)
    weight = sum(t.weight for t in terms)
    when = _times(asked.frame.text(slot))
    if when and not weight:
        clash = other_time(when, view, index)
        return Place(1.0, 0.0, clash) if clash else None
    if not weight:
        return None
    if asked.bound and (fits := _within(terms, asked.bound, view, index)) is not None:
        rest = [t for t in terms if not t.number]
        if not fits or not rest:
            return Place(weight, 1.0 if fits else 0.0, "" if fits else "number")
        terms, weight = rest, sum(t.weight for t in rest)
    if _other_number(terms, view, index):
        return Place(weight, 0.0, clash="number")
    if when and (clash := other_time(when, view, index)):
        return Place(weight, 0.0, clash=clash)
    head = head_term(asked.linked, slot)
    named_event = view.fact.kind is FactKind.NOMINAL and slot.kind == "subject"
    if named_event and head is not None and head.exact & view.predicate_mask:
        return Place(weight, 1.0)
    argument = _argument(slot, head, asked, view, index)
    if argument is not None:
        if slot in asked.clause.slots and not asked.clause.copular and view.fact.kind is not FactKind.COPULA:
            suffers = _doerless(slot, asked, argument, view) or _undergoes(slot, asked, argument, view, index)
            fit = 0.8 if suffers else _fit(slot, asked.clause, argument)
            if fit < (LEAST_DOER if slot.kind == "subject" else 0.0):
                return Place(weight, 0.0, swapped=True)
        if (slot.case, argument.case) in OPPOSITE_CASES:
            return Place(weight, 0.0, clash="case")
        found = _filled(terms, head, argument, view, index, weight)
        strange = slot.kind == "complement" and any(
            not t.any or _unsaid(t, head, argument, index) for t in terms
        )
        return replace(found, missing=True) if strange else found
    inside = _inside(terms, slot, asked, view, index)
    if inside is not None:
        return Place(weight, 0.85, argument=inside)
    return _rival_place(terms, slot, asked, view, index, weight) or _outside(
        terms, slot, asked, view, index, weight
    )


def _unsaid(term: Term, head: Term | None, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an adjective is not among the words that say what somebody is: "a careful driver"."""
    if term is head or term.tag not in {"ADJ", "VBN", "VBG"}:
        return False
    entity = index.entities[argument.entity].mask if argument.entity >= 0 else 0
    return term.strength(argument.mask | entity) < LEAST_SAID


LEAST_SAID = 0.5
"""Least strength of a synonym for an adjective to be said."""
OPPOSITE_CASES = frozenset(
    [("for", "against"), ("against", "for"), ("before", "after"), ("after", "before"), ("with", "without")]
)


def _argument(
    slot: Slot, head: Term | None, asked: Asked, view: FactView, index: ArticleIndex
) -> ArgumentView | None:
    """Return the argument that the phrase's head names."""
    links = asked.linked.entities(slot.start, slot.end)
    named = {x.entity for x in links if x.start <= slot.head < x.end}
    fitting = [
        a for a in view.arguments
        if (a.entity >= 0 and a.entity in named)
        or (head is not None and a.head >= 0 and head.strength(1 << a.head) >= 0.4)
        or (head is not None and any(head.any >> i & 1 for i in _members(a)))
        or (head is not None and _also_called(head, slot, a, index))
        or (head is not None and head.lemma in PEOPLE and a.lemma in PEOPLE)
    ]  # fmt: skip
    return max(
        fitting,
        key=lambda a: (a.case == slot.case) + 0.5 * _fit(slot, asked.clause, a) + 0.1 * (a.fact < 0),
        default=None,
    )


DENYING = frozenset({"no", "not"})
WEAKENING = frozenset({"only", "just", "least", "all", "every", "yet"})
"""Words behind "not" that leave what follows told: "not only", "not yet known"."""


def _also_called(head: Term, slot: Slot, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether a word stands beside the argument's head for the same thing, or is what that measures.

    "A group, the Foxes", "the Spanish firm Torral", "two tons of wheat".
    """
    if argument.head < 0:
        return False
    near = 0
    for child in index.children[argument.head]:
        deprel = index.words[child].deprel
        if deprel == "appos":
            near |= 1 << child | sum(1 << c for c in index.children[child] if index.words[c].deprel == "flat")
        elif (
            deprel in {"flat", "nmod:desc"}
            or (deprel == "compound" and _same_thing(slot, argument, index))
            or (
                deprel == "nmod"
                and not MEASURING.isdisjoint(lexicon.noun_classes(index.words[argument.head].lemma))
            )
        ):
            near |= 1 << child
    word = index.words[argument.head]
    if word.deprel in {"appos", "flat", "nmod:desc"} and word.head >= 0:
        near |= 1 << word.head
    return bool(head.exact & near)


def _same_thing(slot: Slot, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether a noun before the head stands for it: "the firm Torral" in its place, "crew members"."""
    return argument.case == slot.case != "" or index.words[argument.head].lemma in PEOPLE


PEOPLE = wordset("people")
COMPARING = frozenset(
    {"more", "fewer", "less", "least", "most", "higher", "lower", "larger", "smaller", "bigger"}
)
MEASURING = frozenset({"quantity", "group"})


def _members(argument: ArgumentView) -> tuple[int, ...]:
    if not argument.argument.members:
        return ()
    return tuple(i for i in range(argument.mask.bit_length()) if argument.mask >> i & 1)


def _fit(slot: Slot, clause: Clause, argument: ArgumentView) -> float:
    return _expected(slot, clause).get(argument.role, 0.2)


def _doerless(slot: Slot, asked: Asked, argument: ArgumentView, view: FactView) -> bool:
    """Tell whether what something happened to may stand for a doer, as in "prices rose", "the ship sank"."""
    return (
        slot.kind == "subject"
        and argument.role is Role.PATIENT
        and asked.clause.slot("object") is None
        and view.fact.kind is FactKind.VERB
        and not view.fact.predicate.passive
        and not any(a.role in {Role.AGENT, Role.CAUSE} for a in view.arguments)
    )


def _undergoes(slot: Slot, asked: Asked, argument: ArgumentView, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether a bare participle's only party is what it was done to: "leaving the bridge closed"."""
    at = view.predicate_mask.bit_length() - 1
    return (
        slot.kind == "subject"
        and asked.clause.passive
        and argument.role is Role.AGENT
        and not any(a.role is Role.PATIENT for a in view.arguments)
        and at >= 0
        and index.words[at].deprel in {"xcomp", "acl", "ccomp", "advcl", "conj"}
        and not index.words[at].text.endswith("ing")
        and not any(index.words[c].deprel == "aux" for c in index.children[at])
    )


def _expected(slot: Slot, clause: Clause) -> Mapping[Role, float]:
    """Return the roles that a subject, an object or the doer of a passive may have."""
    if slot.kind == "subject" and (clause.copular or not HAPPENING.isdisjoint(clause.lemmas)):
        return BEING
    if slot.kind == "subject":
        return roles.PASSIVE_SUBJECT if clause.passive else roles.SUBJECT
    if slot.kind in {"object", "second"}:
        return roles.OBJECT
    if slot.kind == "oblique" and slot.case == "by" and clause.passive:
        return roles.SUBJECT
    return {}


BEING: Mapping[Role, float] = {Role.AGENT: 1.0, Role.PATIENT: 0.9}
HAPPENING = frozenset({"happen", "occur"})


def fillers(slot: Slot, asked: Asked, view: FactView) -> Iterator[ArgumentView]:
    """Yield the arguments that stand where the phrase would."""
    table = _expected(slot, asked.clause)
    for a in view.arguments:
        if table.get(a.role, 0.0) >= FILLING:
            yield a


def _inside(
    terms: list[Term], slot: Slot, asked: Asked, view: FactView, index: ArticleIndex
) -> ArgumentView | None:
    """Return the argument in the phrase's place that holds all of it, as "a group called X" does."""
    for a in fillers(slot, asked, view):
        if all(t.exact & a.mask for t in terms) and not any(
            index.words[i].deprel in {"nmod:poss", "nmod"}
            for t in terms
            for i in index.numbers(t.exact & a.mask)
        ):
            return a
    return None


def _filled(
    terms: list[Term],
    head: Term | None,
    argument: ArgumentView,
    view: FactView,
    index: ArticleIndex,
    weight: float,
) -> Place:
    """Compare a phrase with the argument that has its head: other numbers and rival modifiers clash."""
    entity = index.entities[argument.entity].mask if argument.entity >= 0 else 0
    held, clash = 0.0, ""
    left_open = argument.entity < 0 and any(
        index.words[i].upos == "PRON" for i in index.numbers(argument.mask)
    )
    for term in terms:
        inside = term.strength(argument.mask)
        if term is head:
            held += term.weight
        elif term.name and not term.any & (argument.mask | entity) and _other_name(argument, terms, index):
            return Place(weight, 0.0, missing=True, swapped=True)
        elif term.text in COMPARING and not inside:
            return Place(weight, 0.0, missing=True)
        elif inside or term.any & entity:
            held += term.weight * max(NEAR, inside)
        elif _counted_otherwise(term, argument, index):
            clash = "number"
        elif _contradicted(term, argument, index):
            clash = "modifier"
        else:
            meant = EARLIER if left_open and not term.name else 0.0
            held += term.weight * max(meant, around(term, view, index))
    denied = head is not None and any(
        index.words[c].text.lower() in DENYING and index.words[c + 1].text.lower() not in WEAKENING
        for i in index.numbers(head.any & argument.mask)
        for c in index.children[i]
        if c < i
    )
    return Place(weight, held / weight, clash, argument=argument, denied=denied)


def _counted_otherwise(term: Term, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an argument has another number or another ordinal than a word of the question."""
    told = [index.words[i] for i in index.numbers(argument.mask)]
    if ORDINAL.fullmatch(term.text):
        return any(ORDINAL.fullmatch(w.text.lower()) for w in told)
    return term.number and not argument.argument.members and any(w.upos == "NUM" for w in told)


def _other_name(argument: ArgumentView, terms: list[Term], index: ArticleIndex) -> bool:
    """Tell whether another name than the question's stands in the argument: "Ann's shares"."""
    return any(
        index.words[i].upos == "PROPN"
        and index.words[i].deprel in {"compound", "nmod:poss", "nmod"}
        and not any(t.any >> i & 1 for t in terms)
        for i in index.numbers(argument.mask)
    )


def around(term: Term, view: FactView, index: ArticleIndex) -> float:
    """Return what a word is worth that stands in the fact's sentence or those before it."""
    if term.any & index.sentence_masks[view.sentence]:
        return NEAR * max(0.5, term.strength(index.sentence_masks[view.sentence]))
    return EARLIER * term.strength(_earlier(view, index))


def _earlier(view: FactView, index: ArticleIndex) -> int:
    mask = 0
    for number in range(max(0, view.sentence - BEFORE), min(view.sentence + 2, len(index.sentence_masks))):
        mask |= index.sentence_masks[number]
    return mask


def _contradicted(term: Term, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether the argument has the opposite of a modifier, or another of the same sort."""
    if term.opposite & argument.mask:
        return True
    lemmas = {index.words[i].lemma for i in index.numbers(argument.mask)}
    lemmas |= {index.words[i].text.lower() for i in index.numbers(argument.mask)}
    lemmas |= {part for lemma in lemmas for part in lemma.split("-")}
    return opposed(term.lemma, lemmas) or _rival(term, argument, index)


def _rival(term: Term, argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether another modifier of the same sort stands in the place of an adjective or a country."""
    if words.country_of(term.text):
        return other_country(term.text, argument.mask, index)
    if term.tag != "ADJ" or term.any or argument.head < 0:
        return False
    return classing(term.lemma, "ADJ") and any(
        index.words[c].deprel == "amod" and argument.mask >> c & 1 and classing(index.words[c].lemma, "ADJ")
        for c in index.children[argument.head]
    )


def _within(terms: list[Term], bound: str, view: FactView, index: ArticleIndex) -> bool | None:
    """Tell whether the number that the fact counts the same things to keeps within the question's bound.

    None where the fact does not count them, or counts them by a bound of its own that leaves it open.
    """
    for number, counted in pairwise(terms):
        if not number.number or counted.number:
            continue
        limit = quantities.parse_number(number.text)
        for a in view.arguments:
            if a.head < 0 or counted.strength(1 << a.head) < FILLING or limit is None:
                continue
            told = [index.words[c].text for c in index.children[a.head] if index.words[c].upos == "NUM"]
            value = quantities.parse_number(told[0]) if len(told) == 1 else None
            if value is not None:
                fits = {"more": value > limit, "fewer": value < limit, "least": value >= limit}
                return fits.get(bound, value <= limit)
    return None


def _other_number(terms: list[Term], view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the fact counts the same things to another number."""
    for number, counted in pairwise(terms):
        if not number.number or counted.number:
            continue
        for a in view.arguments:
            if a.head >= 0 and counted.strength(1 << a.head) >= 0.8 and not number.any & a.mask:
                return any(index.words[i].upos == "NUM" for i in index.children[a.head])
    return False


def _times(phrase: str) -> tuple[tuple[str, str], ...]:
    """Return the days, months and years of a phrase; in a phrase "May" is no verb."""
    return (*moments(phrase), *((("named month", "may"),) if re.search(r"\bMay\b", phrase) else ()))


def other_time(when: tuple[tuple[str, str], ...], view: FactView, index: ArticleIndex) -> str:
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


def _rival_place(
    terms: list[Term], slot: Slot, asked: Asked, view: FactView, index: ArticleIndex, weight: float
) -> Place | None:
    """Return the clash with what stands in the phrase's place, where that place holds only one thing.

    That is the doer of a passive, the phrase that "was it X who" is about, and the place of a deed that names
    one.
    """
    nouns = [t for t in terms if t.tag in {"PROPN", "NOUN"}]
    if asked.focused(slot) or (slot.kind == "oblique" and slot.case == "by" and asked.clause.passive):
        others = [a for a in fillers(slot, asked, view) if a.entity >= 0 or asked.focused(slot)]
        held = any(t.any & a.mask for t in nouns for a in others)
        if not held and any(not _vague(a, index) for a in others):
            return Place(weight, 0.0, clash="name")
    if any(t.any & view.mask for t in nouns):
        return None
    if slot.kind == "oblique" and slot.case in PLACING and slot in asked.clause.slots:
        sentence = index.sentence_masks[view.sentence]
        beside = any(t.any & sentence for t in terms)
        if not beside and any(a.role in PLACED and a.case == slot.case for a in view.arguments):
            return Place(weight, 0.0, clash="place")
    if slot.kind == "subject" and any(t.name for t in terms) and _another(slot, asked, view, index):
        return Place(weight, 0.0, swapped=True)
    return None


PLACING = frozenset({"at", "in", "to", "from", "into", "near", "outside", "inside", "on"})


def _vague(argument: ArgumentView, index: ArticleIndex) -> bool:
    return argument.entity < 0 and argument.head >= 0 and index.words[argument.head].upos == "PRON"


def _another(slot: Slot, asked: Asked, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether somebody else by name has the place of the question's subject."""
    named = {x.entity for x in asked.linked.entities(slot.start, slot.end)}
    return any(
        a.entity >= 0
        and a.entity not in named
        and index.entities[a.entity].entity.kind.value in NAMED_KINDS
        and index.entities[a.entity].proper
        for a in fillers(slot, asked, view)
    )


def _outside(
    terms: list[Term], slot: Slot, asked: Asked, view: FactView, index: ArticleIndex, weight: float
) -> Place:
    """Return the share of a phrase that heads no argument: in the predicate, beside it, or meant by "it"."""
    head = head_term(asked.linked, slot)
    if slot.kind == "object" and head is not None and head.any & view.predicate_mask:
        counted = {c for i in index.numbers(view.predicate_mask) for c in index.children[i]}
        other = any(t.number for t in terms) and any(index.words[c].upos == "NUM" for c in counted)
        clash = other and not any(t.exact >> c & 1 for t in terms if t.number for c in counted)
        return Place(weight, 0.0, clash="number") if clash else Place(weight, 0.9)
    inside = sum(t.weight * t.strength(view.mask) for t in terms) / weight
    sentence = index.sentence_masks[view.sentence] & ~_dateline(view.sentence, index)
    beside = sum(t.weight * t.strength(sentence) for t in terms) / weight
    if asked.clause.copular and slot.kind == "oblique" and not asked.clause.slot("complement", "adverb"):
        return Place(weight, 0.9 * inside, missing=inside < 0.5)
    if inside >= 0.99 and slot.kind not in {"subject", "object"}:
        return Place(weight, 0.9 * inside)
    if inside >= 0.99 and slot.kind == "object" and view.fact.kind is FactKind.VERB:
        return Place(weight, 0.4, missing=True)
    if slot.case == "as":
        return Place(weight, 0.85 * inside, missing=inside < 0.5)
    meant = _meant(terms, slot, asked, view, index) if slot.kind in LEFT_OUT else None
    if meant is not None:
        return Place(weight, 0.75, argument=meant)
    if slot.kind in {"subject", "complement"}:
        named = slot.kind == "subject" and any(t.name for t in terms)
        return Place(weight, 0.0 if named else 0.4 * inside, missing=named or inside < 0.5)
    if beside < 0.5 and not _displaced(terms, view, index):
        earlier = sum(t.weight * t.strength(_earlier(view, index)) for t in terms) / weight
        if earlier >= 0.99 and slot.kind != "object":
            return Place(weight, EARLIER)
    held = max(0.85 * inside, (0.6 if slot.kind in {"object", "second"} else NEAR) * beside)
    return Place(weight, held, missing=held < 0.5)


def _dateline(sentence: int, index: ArticleIndex) -> int:
    """Return the words that say where the article was written, not where a thing happened: "PARIS - ..."."""
    opening = list(itertools.islice(index.numbers(index.sentence_masks[sentence]), DATELINE))
    first = index.words[opening[0]].text if opening else ""
    if len(first) < SHORTEST_CAPITALS or not first.isupper():
        return 0
    end = next((n for n, i in enumerate(opening) if index.words[i].text in {":", "-", "–", "—"}), 0)
    if any(index.words[i].upos in {"VERB", "AUX"} for i in opening[:end]):
        return 0
    return sum(1 << i for i in opening[:end])


SHORTEST_CAPITALS = 3
DATELINE = 9
"""Words within which a dateline ends."""
LEFT_OUT = frozenset({"subject", "subject_oblique", "object"})


def _displaced(terms: list[Term], view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the sentence names another place than the question does."""
    if not any(t.name for t in terms):
        return False
    owners = {index.words[i].entity for i in index.numbers(index.sentence_masks[view.sentence])} - {-1}
    return any(index.entities[e].entity.kind.value == "place" for e in owners)


def _meant(
    terms: list[Term], slot: Slot, asked: Asked, view: FactView, index: ArticleIndex
) -> ArgumentView | None:
    """Return the pronoun or bare number of the fact that may mean who was named just before."""
    earlier = _earlier(view, index)
    if not all(t.any & earlier for t in terms if not t.tag.startswith("VB") and t.tag != "ADJ"):
        return None
    others = fillers(slot, asked, view) if slot.kind != "subject_oblique" else iter(view.arguments)
    named = any(t.name for t in terms)
    kinds = {index.entities[x.entity].entity.kind.value for x in asked.linked.entities(slot.start, slot.end)}
    head = head_term(asked.linked, slot)
    for a in others:
        told = a.entity < 0 and a.head >= 0 and _open(a.head, named, index)
        told = told or (named and _collective(terms, a, view, index))
        if told or (head is not None and not head.name and _taken_up(head, a, view, index)):
            pronoun = index.words[a.head].text.lower()
            noun = lexicon.noun_classes(head.lemma) if head is not None and not head.name else frozenset()
            thing = "person" not in kinds | noun
            if not (pronoun in PERSONAL and thing):
                return a
    return None


def _collective(terms: list[Term], argument: ArgumentView, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether "both men" or "the two" takes up a name of the sentence before."""
    said = [index.words[i].text.lower() for i in index.numbers(argument.mask)]
    if argument.head < 0 or not (said[:1] == ["both"] or said[:2] == ["the", "two"]) or len(said) > 3:
        return False
    before = index.sentence_masks[max(0, view.sentence - 1)]
    return all(t.any & before for t in terms if t.name)


def _taken_up(head: Term, argument: ArgumentView, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether a pronoun may take up the question's noun, whatever the reader resolved it to.

    The noun is the subject told of before, or, for what something is done to, stands nearest before it.
    """
    subject = argument.head >= 0 and index.words[argument.head].deprel.startswith("nsubj")
    at = _pronoun_of(argument, index)
    if at < 0:
        return False
    if argument.entity >= 0 and index.entities[argument.entity].proper:
        return False
    for sentence in range(view.sentence, max(-1, view.sentence - BEFORE), -1):
        inside = [index.words[i] for i in index.numbers(index.sentence_masks[sentence]) if i < at]
        subjects = [w for w in inside if w.deprel.startswith("nsubj") and w.upos in {"NOUN", "PROPN"}]
        rest = [w for w in inside if w.upos == "NOUN" and w.deprel in {"obj", "obl", "nmod", "nsubj:pass"}]
        known = subjects if subject else [*subjects, *rest]
        if any(index.words[i] in known for i in index.numbers(head.exact & index.sentence_masks[sentence])):
            return True
        if subjects and (subject or sentence < view.sentence):
            return False
    return False


def _pronoun_of(argument: ArgumentView, index: ArticleIndex) -> int:
    """Return the place of an argument's pronoun, also in "half of them", -1 where it has none."""
    at = argument.head
    if at < 0 or index.words[at].text.lower() in TAKING_UP:
        return at
    parts = (c for c in index.children[at] if index.words[c].deprel == "nmod")
    return next((c for c in parts if index.words[c].text.lower() in TAKING_UP), -1)


TAKING_UP = frozenset({"it", "they", "them", "this"})


def _open(at: int, named: bool, index: ArticleIndex) -> bool:
    """Tell whether a word leaves open who is meant: a pronoun or, without a name, "one of them"."""
    word = index.words[at]
    return word.text.lower() in OPEN_PRONOUNS or (
        not named
        and word.upos in {"NUM", "DET", "PRON"}
        and not any(index.words[c].upos == "NOUN" for c in index.children[at])
    )
