"""What the facts of an article decide about an event: yes, no, or nothing."""

from __future__ import annotations

from knowledge.asking.frame import Slot
from knowledge.asking.happenings.events import VAGUE
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.polarity import polar
from knowledge.asking.polarity.opposites import Senses
from knowledge.asking.polarity.places import Asked, Place, around, fillers, lies
from knowledge.asking.polarity.polar import Claim
from knowledge.asking.polarity.readings import existence_of, meanings, readings, same_event, state_of
from knowledge.asking.polarity.ruling import REFUSAL, Verdict, ruled, shown
from knowledge.asking.polarity.stance import Stance, Standing, standing
from knowledge.asking.terms import head_term
from knowledge.asking.wordsets import wordset
from knowledge.model import Modality, Role

HELD = 0.7
"""Least share of the question's weight that lies in the fact's own places for a yes."""
DENIED = 0.65
"""The same for a no."""
SURE_OF_EVENT = 0.9
"""Least strength of a predicate for a fact to tell of the event asked about without any other phrase."""
LIKE_ENOUGH = 0.5
"""Least strength of a synonym for a yes."""
SAME_CLASH = 0.45
"""Least strength of a synonym for a fact to be the very event that a phrase is wrong about."""
CONTENT = 0.4
"""Least share of the clauses below the asked one that a fact and its surroundings must hold."""
SPEAKING_FOR = wordset("speaking_for")
CORE = frozenset({"subject", "object", "complement"})
"""Phrases without which a fact tells of something else."""
STATES = frozenset({"complement", "adverb"})
"""Phrases that tell what a copula says of its subject."""
POSSIBLE = frozenset({"can", "could", "may", "might", "ca"})
PARTIAL = frozenset(
    {"only", "some", "most", "half", "many", "several", "few", "nearly", "almost", "part", "one", "third"}
    | {"quarter", "fifth", "tenth", "two-thirds", "majority", "percent", "%"}
)


def judged(claim: Claim, number: int | None, index: ArticleIndex) -> Verdict | None:
    """Return the verdict of the fact that fits best, of all ways to read the event asked about."""
    for asked in readings(claim, number):
        best: tuple[float, Verdict] | None = None
        meant = meanings(asked, index)
        for view, strength, opposed in same_event(asked, meant, index):
            found = _judge(asked, view, strength, opposed, index)
            if found is not None and (best is None or found[0] > best[0]):
                best = found
        if best is not None:
            return best[1]
        apart = _contrast(asked, meant, index)
        if apart is not None:
            return apart
    return None


def _judge(
    asked: Asked, view: FactView, strength: float, opposed: bool, index: ArticleIndex
) -> tuple[float, Verdict] | None:
    """Return the verdict of one fact with its value among others, or None where it decides nothing."""
    stands = standing(view, index)
    if not _speaks(asked, view, index) or (
        asked.holder is not None and not _holds(asked, stands, view, index)
    ):
        return None
    taken = state_of(asked) or existence_of(asked)
    if opposed and _picks_out(view, index):
        return None
    pairs = [(s, lies(s, asked, view, index)) for s in asked.slots if s is not taken]
    places = [p for _, p in pairs if p is not None]
    soft = [p for s in asked.soft if (p := lies(s, asked, view, index)) is not None]
    if (
        any(p.swapped for p in places)
        or (not asked.clause.copular and _doubled(asked, pairs))
        or (not places and not _tells(asked, view))
    ):
        return None
    below = sum(p.weight * p.held for p in soft) / (sum(p.weight for p in soft) or 1.0)
    if soft and below < CONTENT:
        return None
    total = sum(p.weight for p in places) + 0.5 * sum(p.weight for p in soft) or 1.0
    held = (sum(p.weight * p.held for p in places) + 0.5 * sum(p.weight * p.held for p in soft)) / total
    held = held if places or soft else 0.8
    lost = sum(p.weight for p in places if p.missing) / total
    value = strength + 2 * held - lost
    clashes = [p for p in (*places, *soft) if p.clash]
    if clashes:
        doubtful = opposed or stands.stance is Stance.NOT_SO or not _real(asked, stands, view)
        alone = bool(asked.bound) and strength >= SURE_OF_EVENT
        return _clashing(view, [*places, *soft], clashes, strength, doubtful, index, value, alone)
    negative = stands.stance is Stance.NOT_SO or any(p.denied for p in places)
    if negative and opposed:
        return None
    limited = _limited(asked, pairs, view, index)
    if (negative or opposed) and not _denies_any(asked, view, index):
        return None
    if negative or opposed or limited == "no":
        if not negative and not _real(asked, stands, view):
            return None
        if asked.clause.copular and any(s.kind in STATES and (p is None or p.missing) for s, p in pairs):
            return None  # not to be one thing says nothing of another
        wide = limited == "no" or (negative and limited == "all")
        least = DENIED - 0.1 if wide else DENIED
        if held < least or lost > 0.35 or (lost and not negative and not opposed):
            return None
        said = "Yes" if asked.negated else "No"
        kind = "entailed" if asked.negated else "opposite"
        return value, ruled(said, kind, shown(view, stands, index), index, strength * held)
    strange = sum(t.weight for s in asked.soft for t in asked.terms(s) if not t.any and t.lemma not in VAGUE)
    if strange > 0.2 * (sum(p.weight for p in soft) or 1.0):
        return None
    bare = any(p is not None and p.missing and s.kind in CORE for s, p in pairs)
    bare = bare or (existence_of(asked) is not None and taken is not None and _lacks(taken, asked, view))
    if strength < LIKE_ENOUGH:
        return None
    if bare or held < HELD or lost > 0.15 or limited == "open" or not _real(asked, stands, view):
        return None
    said, kind = ("No", "opposite") if asked.negated else ("Yes", "entailed")
    return value + 0.1, ruled(said, kind, view, index, strength * held)


def _doubled(asked: Asked, pairs: list[tuple[Slot, Place | None]]) -> bool:
    """Tell whether two names of the question lie in one and the same argument of the fact."""
    taken = [
        p.argument.head
        for s, p in pairs
        if p is not None
        and p.argument is not None
        and any(x.start <= s.head < x.end for x in asked.linked.entities(s.start, s.end))
    ]
    return len(set(taken)) < len(taken)


def _clashing(
    view: FactView,
    places: list[Place],
    clashes: list[Place],
    strength: float,
    doubtful: bool,
    index: ArticleIndex,
    value: float,
    alone: bool,
) -> tuple[float, Verdict] | None:
    """Return a no where all but one phrase lie in the fact and that one has another number, time or name.

    `alone` lets that phrase be the only one.
    """
    rest = [p for p in places if not p.clash]
    kept = sum(p.weight * p.held for p in rest) / sum(p.weight for p in rest) if rest else float(alone)
    if len(clashes) > 1 or kept < HELD or strength < SAME_CLASH or any(p.missing for p in rest):
        return None
    if doubtful:
        return None
    if clashes[0].clash == "place" and (strength < 0.8 or kept < 0.9):
        return None
    return value, ruled("No", "conflict", view, index, strength * kept, clashes[0].clash)


def _tells(asked: Asked, view: FactView) -> bool:
    """Tell whether a fact alone decides a question that names nobody: "were there any injuries"."""
    anybody = any(
        s.kind in CORE and polar.quantified(asked.frame, s.start, s.end) == "any" and not asked.terms(s)
        for s in asked.slots
    )
    return existence_of(asked) is not None or bool(asked.soft) or anybody


MEANT = frozenset({Modality.INTENDED, Modality.PREDICTED})
"""Modalities that tell what will be; what is only asked for may not come."""


def _picks_out(view: FactView, index: ArticleIndex) -> bool:
    """Tell whether a predicate only picks out some of a sort: "the unhurt riders"."""
    at = view.predicate_mask.bit_length() - 1
    return at >= 0 and index.words[at].deprel == "amod"


def _lacks(slot: Slot, asked: Asked, view: FactView) -> bool:
    """Tell whether the fact lacks a word that says which sort there is: "any heavy losses"."""
    return any(t.tag == "ADJ" and not t.any & view.mask for t in asked.terms(slot))


def _denies_any(asked: Asked, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether a fact that says no says so of everybody, where the question asks for any one."""
    for slot in asked.slots:
        if polar.quantified(asked.frame, slot.start, slot.end) != "any" or slot.kind not in CORE:
            continue
        if any(not _of_all(a, index) for a in fillers(slot, asked, view)):
            return False
    return True


def _of_all(argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an argument speaks of a whole sort, and not of some of it: "nobody", "all 14", "cars"."""
    if argument.entity >= 0 and index.entities[argument.entity].proper:
        return False
    said = {index.words[i].text.lower() for i in index.numbers(argument.mask)}
    if said & WHOLE:
        return True
    told = {index.words[i].upos for i in index.numbers(argument.mask)}
    return not said & DEFINITE and not told & {"NUM", "PRON"}


WHOLE = frozenset(
    ["all", "every", "everyone", "everybody", "nobody", "none", "no", "neither", "any", "anyone", "anybody"]
) | frozenset({"nothing", "anything", "one", "each", "both"})
DEFINITE = frozenset({"the", "a", "an", "this", "that", "his", "her", "its", "their", "my", "some"})


def _real(asked: Asked, stands: Standing, view: FactView) -> bool:
    """Tell whether the article says of the fact what the question asks: that it is so, will be, or may be."""
    if stands.stance is Stance.SO:
        return True
    modal = asked.clause.modal or next(
        (w.lower() for w in asked.frame.words[:1] if w.lower() in {"will"}), ""
    )
    if stands.stance is Stance.TO_COME:
        present = asked.frame.words[0].lower() in {"is", "are", "does", "do", "am"}
        return bool(modal) or present or asked.speaker is not None
    if modal == "will" and view.fact.modality not in MEANT:
        return asked.speaker is not None
    return asked.speaker is not None or modal in POSSIBLE | {"will", "would", "should", "must"}


def _speaks(asked: Asked, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the fact is told by the one whom the question names."""
    slot = asked.speaker
    if slot is None:
        return True
    links = asked.linked.entities(slot.start, slot.end)
    if view.speaker in {x.entity for x in links if x.start <= slot.head < x.end}:
        return True
    mask = view.speaker_mask | (index.entities[view.speaker].mask if view.speaker >= 0 else 0)
    head = head_term(asked.linked, slot)
    if view.speaker_mask and any(
        index.words[i].lemma in SPEAKING_FOR for i in index.numbers(view.speaker_mask)
    ):
        return all(around(t, view, index) for t in asked.terms(slot))
    return (head is None and not asked.terms(slot)) or (head is not None and head.strength(mask) >= 0.8)


def _holds(asked: Asked, stands: Standing, view: FactView, index: ArticleIndex) -> bool:
    """Tell whether it is the one asked about who says no to the deed: "she dismissed calls to close it"."""
    if stands.stance is not Stance.NOT_SO or asked.holder is None:
        return False
    above = [v for v in index.facts[: index.told] if stands.by >= 0 and v.predicate_mask >> stands.by & 1]
    head = head_term(asked.linked, asked.holder)
    named = {x.entity for x in asked.linked.entities(asked.holder.start, asked.holder.end)}
    doers = [a for v in (*above, view) for a in v.arguments if a.role is Role.AGENT]
    return any(
        (a.entity >= 0 and a.entity in named) or (head is not None and head.strength(a.mask) >= 0.8)
        for a in doers
    )


def _limited(
    asked: Asked, pairs: list[tuple[Slot, Place | None]], view: FactView, index: ArticleIndex
) -> str:
    """Return what "only" and "all" make of the fact: "no" where it has more or less, "open" if unclear.

    "all" tells that the question asks for all and nothing speaks against it.
    """
    seen: set[str] = set()
    counted = any(t.number for t in asked.linked.terms.values())
    for slot, place in pairs:
        kind = polar.quantified(asked.frame, slot.start, slot.end)
        if kind == "all" and place is None and any(_not_all(a, index) for a in fillers(slot, asked, view)):
            return "no"
        if place is None or place.argument is None or kind not in {"only", "all"}:
            continue
        argument = place.argument
        seen.add(kind)
        if kind == "all" and ((not counted and _some_number(argument, index)) or _picks_out(view, index)):
            return "open"
        if kind == "only":
            if len(argument.argument.members) > 1:
                return "no"
            if view.fact.part_of is not None:
                return "open"
        elif _partial(argument, index):
            return "no"
    if "only" not in seen and any(w.lower() == "only" for w in asked.frame.words):
        return "open"
    return "all" if "all" in seen else ""


def _not_all(argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an argument says "not all" or "not everybody"."""
    said = [index.words[i].text.lower() for i in index.numbers(argument.mask)]
    return said[:1] == ["not"] and any(polar.QUANTIFIERS.get(w) == "all" for w in said[1:])


def _some_number(argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an argument counts things that may not be all there are: "20 boats"."""
    said = {index.words[i].text.lower() for i in index.numbers(argument.mask)}
    return any(index.words[i].upos == "NUM" for i in index.children[argument.head]) and not said & (
        WHOLE | DEFINITE
    )


def _partial(argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an argument is only a part: "some of them", "only one", "12 of those present"."""
    if any(index.words[i].text.lower() in PARTIAL for i in index.numbers(argument.mask)):
        return True
    numeral = argument.head >= 0 and index.words[argument.head].upos == "NUM"
    return numeral and any(index.words[c].deprel == "nmod" for c in index.children[argument.head])


def _contrast(asked: Asked, meant: Senses, index: ArticleIndex) -> Verdict | None:
    """Return a no where another did it and the one asked about is told beside it to have held back.

    "X condemned it, but Y declined to comment": Y did not.
    """
    subject = asked.clause.slot("subject")
    if subject is None or asked.clause.copular or asked.negated:
        return None
    head = head_term(asked.linked, subject)
    named = {x.entity for x in asked.linked.entities(subject.start, subject.end)}
    for view, strength, opposed in same_event(asked, meant, index):
        if opposed or strength < 0.8 or standing(view, index).stance is not Stance.SO:
            continue
        rest = [lies(s, asked, view, index) for s in asked.slots if s is not subject]
        if not rest or any(p is not None and (p.held < HELD or p.clash or p.swapped) for p in rest):
            continue
        for number in index.facts_of_sentence.get(view.sentence, ()):
            other = index.facts[number]
            back = not set(other.lemmas).isdisjoint(REFUSAL) or standing(other, index).stance is Stance.NOT_SO
            if back and any(
                a.role is Role.AGENT
                and (
                    (a.entity >= 0 and a.entity in named)
                    or (head is not None and a.head >= 0 and head.exact >> a.head & 1)
                )
                for a in other.arguments
            ):
                return ruled("No", "contrast", other, index, 1.0)
    return None
