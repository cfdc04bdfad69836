"""Does the article say that it is so? What a fact's surroundings make of it: done, not done, or only wanted.

A fact's own negation and modality come from the reader; this adds what stands above its predicate in the
sentence: "refused payment", "no wish to sell it", "dismissed calls for it to be sold", "yet to reply".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.wordsets import wordset
from knowledge.model import FactKind, Modality

NEGATOR = wordset("negator")
REJECTER = wordset("rejecter")
PROPOSAL = wordset("proposal")
WANTING = wordset("wanting")
DENIAL = wordset("denial")
AHEAD = wordset("ahead")
IMPLICATIVE = wordset("implicative")
BEARING = wordset("bearing_verb") | wordset("light_verb")
STEPS = 4
"""Governors that are looked at above a predicate."""
NO = frozenset({"no", "neither", "none", "not", "never", "n't", "nobody", "without"})
CLAUSAL = frozenset({"xcomp", "ccomp", "acl", "advcl", "csubj"})
THING = frozenset({"obj", "nsubj:pass", "obl", "nmod"})
WANTED = frozenset(
    {Modality.INTENDED, Modality.REQUESTED, Modality.POSSIBLE, Modality.CONDITIONAL, Modality.ASKED}
)


class Stance(Enum):
    """What the article says of a fact."""

    SO = "so"
    NOT_SO = "not so"
    TO_COME = "to come"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Standing:
    """A fact's stance; `by` is the predicate word that makes it so, -1 for the fact's own."""

    stance: Stance
    by: int = -1


def standing(view: FactView, index: ArticleIndex) -> Standing:
    """Return what the article says of a fact, found once."""
    found = index.stances.get(view.fact.id)
    if found is None:
        found = index.stances[view.fact.id] = _standing(view, index)
    return found


def _standing(view: FactView, index: ArticleIndex) -> Standing:
    modality = view.fact.modality
    if view.fact.negated:
        return Standing(Stance.OPEN if modality in {Modality.ASKED, Modality.CONDITIONAL, Modality.REQUESTED}
                        else Stance.NOT_SO)  # fmt: skip
    above = _above(view, index)
    if above is not None:
        return above
    if view.fact.kind is FactKind.NOMINAL:
        return _borne(view, index)
    if _participle(view, index):
        return Standing(Stance.SO)
    if modality is Modality.PREDICTED:
        return Standing(Stance.TO_COME)
    if modality in WANTED:
        used = modality is Modality.INTENDED and _used(view, index)
        return Standing(Stance.SO if used else Stance.OPEN)
    return Standing(Stance.SO)


def _borne(view: FactView, index: ArticleIndex) -> Standing:
    """Return the stance of the verb that bears a noun's event ("is due to make a decision"), or so."""
    at = view.predicate_mask.bit_length() - 1
    word = index.words[at]
    if word.deprel not in {"obj", "nsubj:pass"} or index.words[word.head].lemma not in BEARING:
        return Standing(Stance.SO)
    bearers = (index.facts[n] for n in index.facts_of_sentence.get(view.sentence, ()))
    bearer = next(
        (v for v in bearers if v.fact.kind is FactKind.VERB and v.predicate_mask >> word.head & 1), None
    )
    return standing(bearer, index) if bearer is not None else Standing(Stance.SO)


def _participle(view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the predicate only describes a noun: "wheat donated by X is expected"."""
    at = view.predicate_mask.bit_length() - 1
    word = index.words[at]
    infinitive = any(index.words[c].text.lower() == "to" for c in index.children[at])
    return at >= 0 and word.deprel == "acl" and not infinitive and not word.text.endswith("ing")


def _used(view: FactView, index: ArticleIndex) -> bool:
    """Tell whether the fact is what something was used for: "used tear gas to disperse them"."""
    return any(
        n.fact == view.fact.id and user.fact.predicate.lemma == "use"
        for user in index.facts[: index.told]
        for n in user.fact.links
    )


def _above(view: FactView, index: ArticleIndex) -> Standing | None:
    """Return what the predicate's governors make of the fact, or None where they leave it as it is."""
    at = view.predicate_mask.bit_length() - 1
    if at < 0:
        return None
    while index.words[at].head >= 0 and view.predicate_mask >> index.words[at].head & 1:
        at = index.words[at].head
    noun = view.fact.kind in {FactKind.NOMINAL, FactKind.NOUN}
    if _denied_word(at, index):
        return Standing(Stance.NOT_SO)
    for _ in range(STEPS):
        word = index.words[at]
        above = word.head
        if above < 0:
            return None
        base = word.deprel.split(":")[0]
        clausal = base in CLAUSAL and word.deprel != "acl:relcl"
        thing = noun and (base in THING or word.deprel in THING)
        if not (clausal or thing) or word.deprel in {"advcl:relcl"}:
            return None
        found = _governed(at, above, index, clausal)
        if found is not None:
            return found
        if base == "advcl" or index.words[above].lemma in {"say", "tell"}:
            return None
        noun = index.words[above].upos == "NOUN"
        at = above
    return None


def _governed(at: int, above: int, index: ArticleIndex, clausal: bool) -> Standing | None:
    """Return what one governor says of the clause or thing that hangs on it."""
    word, governor = index.words[at], index.words[above]
    name = _name(above, index)
    flipped = _denied_word(above, index)
    marks = {
        index.words[c].text.lower() for c in index.children[at] if index.words[c].deprel in {"mark", "case"}
    }
    if clausal and "from" in marks:
        return None if flipped else Standing(Stance.NOT_SO, above)
    if word.deprel.startswith("advcl"):
        if name in IMPLICATIVE and index.words[above].upos == "VERB" and "to" in marks and not flipped:
            return Standing(Stance.SO, above)
        if "to" in marks and name in REJECTER and not flipped and _takes_proposal(above, index):
            return Standing(Stance.NOT_SO, above)
        return Standing(Stance.NOT_SO, above) if "without" in marks else None
    if word.deprel == "nmod" and not marks & {"of", "for"}:
        return None
    if word.deprel.startswith("obl") and not marks & {"for", "to", "on", "about", "from"}:
        return None
    if clausal and name in IMPLICATIVE:
        return None if flipped else Standing(Stance.SO, above)
    if flipped and not clausal and word.deprel in {"obj", "nsubj:pass"} and governor.lemma in BEARING:
        return Standing(Stance.NOT_SO, above)
    if governor.upos in {"NOUN", "PROPN"}:
        if flipped:
            return Standing(Stance.NOT_SO, above)
        if governor.lemma in PROPOSAL:
            outer = governor.head
            turned_down = (
                outer >= 0 and governor.deprel in {"obj", "nsubj:pass"} and _name(outer, index) in REJECTER
            )
            return Standing(Stance.NOT_SO if turned_down else Stance.OPEN, outer if turned_down else above)
        return None
    if clausal and name in AHEAD:
        return Standing(Stance.TO_COME, above)
    if name in NEGATOR and word.deprel != "obl":
        return None if flipped else Standing(Stance.NOT_SO, above)
    if name in WANTING and (not clausal or word.deprel == "xcomp"):
        return Standing(Stance.OPEN, above)
    if (
        governor.lemma == "have"
        and clausal
        and any(index.words[c].lemma == "yet" for c in (*index.children[above], *index.children[at]))
    ):
        return Standing(Stance.NOT_SO, above)
    return None


def _takes_proposal(at: int, index: ArticleIndex) -> bool:
    """Tell whether what a verb is done to is a proposal: "rejected calls to sell it"."""
    return any(
        index.words[c].deprel in {"obj", "nsubj:pass"} and index.words[c].lemma in PROPOSAL
        for c in index.children[at]
    )


def _name(at: int, index: ArticleIndex) -> str:
    """Return a predicate's lemma with its particle."""
    particle = next(
        (index.words[c].lemma for c in index.children[at] if index.words[c].deprel == "compound:prt"), ""
    )
    return f"{index.words[at].lemma} {particle}".strip()


def _denied_word(at: int, index: ArticleIndex) -> bool:
    """Tell whether "no", "not" or "never" hangs on a word."""
    return any(
        index.words[c].text.lower() in NO
        and index.words[c].deprel.split(":")[0] in {"det", "advmod", "cc", "mark"}
        for c in index.children[at]
    )
