"""Features of a candidate's own words: whether it is the sort of thing asked for, and tells anything new."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from knowledge.asking import words
from knowledge.asking.frame import QuestionFrame
from knowledge.asking.index import ArticleIndex
from knowledge.asking.ranking.candidate import Candidate, Ground, Part, joined, part
from knowledge.asking.ranking.moments import GRAIN, SPANS
from knowledge.asking.ranking.phrases import PLACE_KINDS, distance, noun_sorts, place_kind
from knowledge.asking.ranking.shapes import CONTENT, Shape, look_of, shape_of
from knowledge.asking.terms import Link, Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.language import quantities
from knowledge.model import FactKind

COUNTED = {"which", "how_many", "how_much"}
"""Questions whose noun the answer may repeat."""
NUMERIC = {"how_many", "how_much", "how_old", "how_far", "how_adjective"}
SHORT_ANSWERS = {"who", "when", "where", "which", "how_many"}
LONG = 14
"""Words above which a phrase is too long an answer to such a question."""
NOUN_TOLD = {"which", "whose", "how_many"}
NOUN_FEATURES = ("noun", "noun_sort", "grain", "kind_told")
"""One of these features tells that the answer to such a question is of the noun asked for."""
GROUPS = {w: w for w in ("who", "what", "which", "when", "where", "why", "how", "how_many", "how_much")} | {
    "whose": "who",
    "how_long": "how_long",
    "how_old": "how_old",
}
"""Questions whose answers have shapes of their own; the others ask for some number."""
VALUED = {FactKind.COPULA, FactKind.APPOSITION, FactKind.TITLE}
"""Facts that tell what something is."""
PEOPLE = frozenset({"people", "person"})
COUNTLESS = wordset("countless")
"""Words that count without a numeral."""
WH_SORTS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "who": (
        frozenset({"person", "organization", "group"}),
        frozenset(
            {
                "time",
                "quantity",
                "number",
                "act",
                "event",
                "money",
                "attribute",
                "state",
                "artifact",
                "communication",
                "cognition",
                "feeling",
                "possession",
            }
        ),
    ),
    "whose": (
        frozenset({"person", "organization", "group", "place"}),
        frozenset({"time", "quantity", "number", "act", "event", "money", "attribute", "state", "cognition"}),
    ),
    "when": (frozenset({"time"}), frozenset({"person", "organization", "money"})),
    "where": (frozenset({"place", "location"}), frozenset({"person", "time", "number", "money"})),
    "how_many": (frozenset({"number"}), frozenset()),
    "how_much": (frozenset({"number", "quantity", "money"}), frozenset()),
    "how_long": (frozenset({"time", "quantity"}), frozenset({"person", "organization"})),
    "how_old": (frozenset({"number", "time"}), frozenset({"organization"})),
    "how_far": (frozenset({"number", "quantity"}), frozenset({"person"})),
    "how_adjective": (frozenset({"number", "quantity"}), frozenset({"person"})),
    "how_often": (frozenset({"time", "number"}), frozenset({"person"})),
}
"""The sorts of thing that answer a wh-word, and those that cannot."""


@functools.lru_cache(maxsize=1 << 12)
def of_sorts(wh: str, sorts: frozenset[str], named: bool) -> Part:
    """Return the features of a candidate's sorts beside the wh-word's."""
    features: dict[str, float] = {}
    good, bad = WH_SORTS.get(wh, (frozenset(), frozenset()))
    if good:
        if sorts & good:
            features["type_good"] = 1.0
        elif sorts & bad or not sorts:
            features["type_bad"] = 1.0
        if wh == "who" and "place" in sorts and not sorts & good:
            features["type_place"] = 1.0
    if wh == "what" and "person" in sorts and named:
        features["what_person"] = 1.0
    return part(features)


@functools.lru_cache(maxsize=1 << 14)
def of_shape(length: int, pronoun: bool, too_long: bool, place: float) -> Part:
    """Return the features of how long a candidate is, in words, and where in the article it stands."""
    features = {"length": min(1.0, length / 20)}
    if pronoun:
        features["pronoun"] = 1.0
    if too_long:
        features["too_long"] = 1.0
    features["sentence_place"] = place
    return part(features)


@functools.lru_cache(maxsize=1 << 10)
def of_place(fit: float, taken: float, what_time: bool) -> Part:
    """Return the features of an argument's place in its fact."""
    features: dict[str, float] = {}
    if fit:
        features["role"] = fit
    if taken:
        features["taken"] = taken
    if what_time:
        features["what_time"] = 1.0
    return part(features)


@functools.lru_cache(maxsize=4096)
def of_form(group: str, shape: Shape) -> Part:
    """Return the features of a candidate's shape as an answer to a group of questions."""
    return part({f"{group}:{label}": 1.0 for label in sorted(shape)})


@functools.lru_cache(maxsize=1 << 13)
def of_phrase(
    wh: str, sorts: frozenset[str], named: bool, length: int, pronoun: bool, too_long: bool, place: float,
    shape: Shape,
) -> Part:  # fmt: skip
    """Return what a phrase's sorts, length, place and shape make together."""
    own = of_sorts(wh, sorts, named) + of_shape(length, pronoun, too_long, place)
    return own + of_form(GROUPS.get(wh, "number"), shape)


@functools.lru_cache(maxsize=1 << 12)
def of_news(repeats: float, repeats_head: bool, empty: bool, excluded: bool, repeats_entity: bool) -> Part:
    """Return the features of how much of a candidate the question said already."""
    features = {"empty": 1.0} if empty else {"repeats": repeats}
    if repeats_head:
        features["repeats_head"] = 1.0
    if excluded:
        features["excluded"] = 1.0
    if repeats_entity:
        features["repeats_entity"] = 1.0
    return part(features)


@functools.lru_cache(maxsize=1 << 12)
def of_event(pred: float, good: float, fit: float, exact: bool) -> Part:
    """Return the features of a candidate's place in a fact that has the question's verb."""
    features = {
        "event": pred * good,
        "event_role": pred * fit,
        "event_all": pred * good * max(0.0, fit),
    }
    if exact:
        features["exact"] = 1.0
    return part(features)


def asks_for(frame: QuestionFrame, found: Link) -> bool:
    """Tell whether a link lies in the noun or the choices that the question asks for: "which president"."""
    asked = frame.asked
    if any(c.start <= found.start and found.end <= c.end for c in frame.choices):
        return True
    return asked.wh in COUNTED and asked.noun_start <= found.start and found.end <= asked.noun_end


class AnswerFeatures:
    """The features that a phrase of the article has as an answer to one question."""

    def __init__(
        self, frame: QuestionFrame, linked: Linked, index: ArticleIndex, told: tuple[Term, ...], excluded: int
    ) -> None:
        """Take the question; `told` are the terms it tells, `excluded` the words that it leaves out."""
        self.frame = frame
        self.linked = linked
        self.index = index
        self.excluded = excluded
        self.mentioned = {x.entity for x in linked.links if x.strength >= 0.8 and not asks_for(frame, x)}
        self.question = 0
        for term in told:
            self.question |= term.exact
            for mask, strength in term.loose:
                if strength >= 0.6:
                    self.question |= mask
        asked = frame.asked
        self.noun = linked.terms.get(asked.noun_end - 1)
        self.lemma = words.american(asked.noun)
        self.wanted = noun_sorts(self.lemma)
        last = frame.words[asked.noun_end - 1].lower() if asked.noun_end > asked.noun_start else ""
        self.several = asked.wh == "which" and last != asked.noun and last.endswith("s")
        """Whether the noun asked for is plural: "which countries"."""
        self.adjective = next(
            (t for i, t in linked.terms.items() if frame.words[i].lower() == asked.adjective), None
        )
        self.modifiers = [
            t
            for i, t in linked.terms.items()
            if asked.wh in COUNTED and asked.noun_start <= i < asked.noun_end and t is not self.noun
        ]
        self.offers = [
            (
                {x.entity for x in linked.entities(c.start, c.end)},
                [t for i, t in linked.terms.items() if c.start <= i < c.end],
            )
            for c in (frame.choices if asked.wh not in {"yesno", "topic"} else ())
        ]
        self._content = index.tags_mask(CONTENT)
        self._wh = asked.wh
        self._asks_what = asked.wh == "what"
        self._plain = asked.wh not in {"why", "how"} and not self.several
        sentences = len(index.sentence_masks)
        self._places = [n / max(1, sentences) for n in range(sentences)]
        self._asks_short = asked.wh in SHORT_ANSWERS
        self._said = self.question | excluded
        self._asks_noun = bool(asked.noun) and asked.wh in {"which", "whose", "how_many", "how_much"}
        self._asks_more = self._asks_noun or bool(self.offers) or asked.wh in NUMERIC or asked.wh in SPANS
        self._known: list[dict[tuple[int, int, int], Part]] = [{} for _ in self._places]
        self._placed: dict[tuple[float, float, bool], Part] = {}
        self.group = GROUPS.get(asked.wh, "number")
        clause = frame.clauses[asked.clause] if frame.clauses else None
        thing = clause.slot("subject") if clause is not None and clause.copular else None
        valued = thing is not None and asked.wh in {"what", "how_much"}
        self.thing = linked.terms.get(thing.head) if thing is not None and valued else None
        """The noun whose value is asked for: "what was the depth of X"."""

    def complete(self, candidate: Candidate, ground: Ground, fit: float = 0.0, taken: float = 0.0) -> None:
        """Give a candidate its parts and score.

        `ground` is what it stands on, `fit` how well its role there fits the gap, `taken` how surely it is
        one of the question's own phrases.
        """
        argument, known = candidate.argument, self._known[candidate.sentence]
        if argument is not None:
            phrase, timed = argument.phrase, self._asks_what and argument.timed
        else:
            head = candidate.head
            phrase = (candidate.mask, head, self.index.words[head].entity if head >= 0 else -1)
            timed = self._asks_what and "time" in candidate.sorts
        own = known.get(phrase)  # which its sorts follow from
        if own is None:
            own = known[phrase] = self._own(candidate, phrase[2])
        joint = self._placed.get((fit, taken, timed))
        if joint is None:
            joint = self._placed[fit, taken, timed] = of_place(fit, taken, timed)
        if ground.pred or not self._plain:
            joint += self._joint(candidate, ground, own, fit)
        base = ground.part
        candidate.parts = (base, own, joint)
        candidate.score = base.score + own.score + joint.score

    def _own(self, candidate: Candidate, entity: int) -> Part:
        """Return the features of the candidate's words, whatever fact they stand in.

        Most phrases share each part with others, so that it is made once.
        """
        sorts, head, wh = candidate.sorts, candidate.head, self._wh
        look = look_of(self.index, candidate.mask, head)
        place = self._places[candidate.sentence]
        too_long, pronoun = look.length > LONG and self._asks_short, look.pronoun and entity < 0
        new = look.content and not look.words & self._said and entity not in self.mentioned
        if new and not self._asks_more and self.thing is None:
            return of_phrase(wh, sorts, entity >= 0, look.length, pronoun, too_long, place, look.shape)
        found = [of_sorts(wh, sorts, entity >= 0), of_shape(look.length, pronoun, too_long, place)]
        if not new:
            found.append(self._news(head, look.content, entity))
        if self._asks_more:
            features: dict[str, float] = {}
            if self._asks_noun:
                self._noun_features(features, candidate, sorts, entity)
                self._modifier_features(features, candidate)
            self._choice_features(features, candidate.mask, entity)
            self._measure_features(features, candidate, sorts)
            found.append(part(features))
        if self.thing is not None:
            found.append(part(self._thing_features(candidate, self.thing)))
        found.append(of_form(self.group, look.shape))
        return joined(found)

    def _modifier_features(self, features: dict[str, float], candidate: Candidate) -> None:
        """Tell whether the noun asked for has modifiers that the candidate has not: "Indian fishermen"."""
        here = self.index.sentence_masks[candidate.sentence]
        lost = sum(t.weight for t in self.modifiers if not t.any & here)
        if lost:
            features["modifier_lost"] = min(1.0, lost)
        outside = sum(t.weight for t in self.modifiers if t.any & here and not t.any & candidate.mask)
        if outside:
            features["modifier_outside"] = min(1.0, outside)
        if any(t.name and not t.any & here for t in self.modifiers):
            features["modifier_name_lost"] = 1.0

    def _thing_features(self, candidate: Candidate, thing: Term) -> dict[str, float]:
        """Tell how a candidate hangs on the noun whose value is asked for: "the depth" of "18 metres"."""
        index, head, fact = self.index, candidate.head, candidate.fact
        features: dict[str, float] = {}
        if head < 0:
            return features
        governor = index.words[head].head
        if thing.strength(1 << head):
            told = candidate.mask & self._content & ~self.question
            features["thing_self_told" if told else "thing_self"] = 1.0
        elif governor >= 0 and thing.strength(1 << governor):
            features[f"thing_{self._relation(head)}"] = 1.0
        elif any(thing.strength(1 << c) for c in index.children[head]):
            features["thing_above"] = 1.0
        if fact is not None and candidate.argument is not None and fact.fact.kind in VALUED:
            others = [a for a in fact.arguments if a is not candidate.argument and a.head >= 0]
            if any(thing.strength(1 << a.head) for a in others):
                features["thing_is"] = 1.0
        return features

    def _news(self, head: int, content: int, entity: int) -> Part:
        """Tell how much of the candidate's content words the question said already."""
        repeats, repeats_head = 0.0, False
        if content:
            repeats = (content & self.question).bit_count() / content.bit_count()
            repeats_head = bool(self.question >> head & 1) and self.frame.asked.gap != "topic"
        excluded = head >= 0 and bool(self.excluded >> head & 1)
        return of_news(repeats, repeats_head, not content, excluded, entity in self.mentioned)

    def _choice_features(self, features: dict[str, float], mask: int, entity: int) -> None:
        """Tell whether the candidate is one of the choices that the question offers."""
        if self.offers:
            offered = any(
                (entity >= 0 and entity in entities) or any(t.strength(mask) for t in terms)
                for entities, terms in self.offers
            )
            features["offered" if offered else "not_offered"] = 1.0

    def _measure_features(
        self, features: dict[str, float], candidate: Candidate, sorts: frozenset[str]
    ) -> None:
        """Tell whether the candidate measures what is asked: a number, a price, a span of time."""
        asked, index, head, mask = self.frame.asked, self.index, candidate.head, candidate.mask
        if asked.wh == "how_adjective" and head >= 0 and self.adjective is not None:
            near = list(index.numbers(self.adjective.any & index.sentence_masks[candidate.sentence]))
            if near and min(distance(index, head, h) for h in near) <= 2:
                features["dimension"] = 1.0
        if asked.wh in NUMERIC:
            if head >= 0 and index.words[head].upos == "NUM":
                features["bare_number"] = 1.0
            counted = mask & index.tagged.get("NUM", 0) or any(
                index.words[i].lemma in COUNTLESS for i in index.numbers(mask)
            )
            if not counted:
                features["no_number"] = 1.0
        if asked.wh == "how_much" and not asked.noun:
            text = self._text(mask)
            if GRAIN["time"].search(text) or "time" in sorts:
                features["grain_wrong"] = 1.0
            elif "%" in text or any(
                quantities.unit(index.words[i].text) is not None for i in index.numbers(mask)
            ):
                features["grain"] = 1.0
        if asked.wh in SPANS:
            features["grain" if SPANS[asked.wh].search(self._text(mask)) else "grain_wrong"] = 1.0

    def _text(self, mask: int) -> str:
        return " ".join(self.index.words[i].text for i in self.index.numbers(mask))

    # -- features that depend on the fact -------------------------------------------------------------------

    def _joint(self, candidate: Candidate, ground: Ground, own: Part, fit: float) -> Part:
        """Return what the candidate's words and what it stands on tell together."""
        if self._plain:
            return of_event(ground.pred, ground.good, fit, self._is_exact(ground, own, fit))
        return part(self._joint_features(candidate, ground, own, fit))

    def _is_exact(self, ground: Ground, own: Part, fit: float) -> bool:
        """Tell whether a candidate of the sort asked for fits the gap of the very fact asked about."""
        fits = ground.aligned and ground.pred >= 0.5 and fit >= 0.7 and not own.get("type_bad")
        return fits and (self.frame.asked.wh not in NOUN_TOLD or any(map(own.get, NOUN_FEATURES)))

    def _joint_features(
        self, candidate: Candidate, ground: Ground, own: Part, fit: float
    ) -> dict[str, float]:
        asked, argument = self.frame.asked, candidate.argument
        features: dict[str, float] = {}
        if self.several:
            self._list_features(features, candidate)
        if asked.wh in {"why", "how"} and argument is not None and argument.fact >= 0:
            features["clause"] = 1.0
        if asked.wh == "why" and (argument is None or fit < 0.5) and self._is_bare(candidate.mask):
            features["thin_reason"] = 1.0
        pred, good = ground.pred, ground.good
        if pred:
            features["event"] = pred * good
            features["event_role"] = pred * fit
            features["event_all"] = pred * good * max(0.0, fit)
        if self._is_exact(ground, own, fit):
            features["exact"] = 1.0
        return features

    def _is_bare(self, mask: int) -> bool:
        return (mask & self._content).bit_count() <= 1

    def _list_features(self, features: dict[str, float], candidate: Candidate) -> None:
        """Tell a whole list from one of its members where several are asked for."""
        if not self.frame.asked.noun:
            return
        index, head = self.index, candidate.head
        if any(self._relation(c) == "conj" and candidate.mask >> c & 1 for c in index.children[head]):
            features["list_whole"] = 1.0
        elif self._relation(head) == "conj" or (
            candidate.fact is not None and candidate.fact.fact.part_of is not None
        ):
            features["list_part"] = 1.0

    def _relation(self, word: int) -> str:
        return self.index.words[word].deprel.split(":")[0]

    # -- the noun asked for ---------------------------------------------------------------------------------

    def _noun_features(
        self, features: dict[str, float], candidate: Candidate, sorts: frozenset[str], entity: int
    ) -> None:
        """Compare a candidate with the noun asked for: "which country", "what magnitude", "how many days"."""
        asked, head = self.frame.asked, candidate.head
        if asked.wh in {"how_many", "how_much"}:
            self._counted_features(features, candidate)
            return
        strength = self.noun.strength(1 << head) if self.noun is not None else 0.0
        if asked.wh == "whose":
            if self._governed(head):
                features["noun"] = 1.0
                if self.index.words[head].deprel.startswith("nmod"):
                    features["possessor"] = 1.0
            elif strength:
                features["thing_owned"] = 1.0
            return
        if self.lemma in GRAIN:
            text = self._text(candidate.mask)
            features["grain" if GRAIN[self.lemma].search(text) else "grain_wrong"] = 1.0
            return
        if self.lemma in PLACE_KINDS and head >= 0 and not strength:
            kind = place_kind(self.index, candidate.mask)
            if kind:
                features["grain" if kind in PLACE_KINDS[self.lemma] else "grain_wrong"] = 1.0
        if asked.kind_of:
            if strength:
                described = any(self._describes(c) for c in self.index.children[head])
                features["kind_told" if described else "kind_bare"] = 1.0
            elif self._governed(head):
                features["noun"] = 1.0
            elif not self.wanted & sorts and not (self.noun and self.noun.strength(candidate.mask)):
                features["noun_absent"] = 1.0
            return
        if strength:
            features["noun"] = strength
            self._repeated_noun(features, head, entity)
        else:
            self._other_noun(features, candidate, sorts)
        if entity >= 0 and self.noun is not None and self.noun.strength(self.index.entities[entity].mask):
            features["noun_entity"] = 1.0

    def _governed(self, head: int) -> bool:
        """Tell whether the candidate's head hangs on the noun asked for."""
        governor = self.index.words[head].head
        return self.noun is not None and governor >= 0 and bool(self.noun.strength(1 << governor))

    def _describes(self, word: int) -> bool:
        """Tell whether a word describes its noun in words that the question has not."""
        return self._relation(word) in {"amod", "compound"} and not self.question >> word & 1

    def _counted_features(self, features: dict[str, float], candidate: Candidate) -> None:
        """Tell whether the candidate counts what is asked: "how many days" is no number of weeks."""
        if self.noun is None:
            return
        strength = self.noun.strength(candidate.mask)
        if strength and self._joined_to(candidate, self.noun):
            features["count_wrong"] = 1.0
        elif strength:
            features["noun"] = strength
        elif self._governed(candidate.head):
            features["noun"] = 0.9
        elif "money" in shape_of(self.index, candidate.mask, candidate.head):
            features["noun"] = 0.9 if self.frame.asked.wh == "how_much" else 0.0
        elif self.lemma in PEOPLE and self._counts_persons(candidate):
            features["noun"] = 0.9
        elif self._counts_other(candidate.head):
            features["count_wrong"] = 1.0

    def _counts_persons(self, candidate: Candidate) -> bool:
        """Tell whether a candidate counts persons of some sort: sailors are people."""
        word = self.index.words[candidate.head]
        if word.upos == "NUM" and word.head >= 0 and self._relation(candidate.head) == "nummod":
            word = self.index.words[word.head]
        return word.upos == "NOUN" and "person" in words.sorts(word.text, word.lemma, word.upos)

    def _counts_other(self, head: int) -> bool:
        """Tell whether a head is, or counts, some other noun than the one asked for."""
        word = self.index.words[head]
        if word.upos == "NUM" and word.head >= 0 and self._relation(head) == "nummod":
            word = self.index.words[word.head]
        elif word.upos == "NUM":  # "two of the bakers"
            return any(
                self._relation(c) == "nmod" and self.index.words[c].upos == "NOUN"
                for c in self.index.children[head]
            )
        return word.upos in {"NOUN", "PROPN", "SYM"}

    def _joined_to(self, candidate: Candidate, noun: Term) -> bool:
        """Tell whether the noun is only joined to the candidate's head: "a school and 60 houses"."""
        head = candidate.head
        if head < 0 or noun.strength(1 << head):
            return False
        joined = (c for c in self.index.children[head] if self._relation(c) == "conj")
        return any(noun.strength(self.index.subtree(c) & candidate.mask) for c in joined)

    def _repeated_noun(self, features: dict[str, float], head: int, entity: int) -> None:
        """Mark a candidate that only repeats the noun asked for, without a name, number or description."""
        children = self.index.children[head]
        named = any(
            self.index.words[c].upos in {"PROPN", "NUM"}
            or self._describes(c)
            or (self._relation(c) == "appos" and not self.question >> c & 1)
            for c in children
        )
        if not named and entity < 0:
            features["noun_bare"] = 1.0
            if not any(self._relation(c) in {"acl", "ccomp", "nmod"} for c in children):
                features["noun_empty"] = 1.0

    def _other_noun(self, features: dict[str, float], candidate: Candidate, sorts: frozenset[str]) -> None:
        """Tell how a candidate with another head is to the noun asked for."""
        if self.wanted & sorts:
            features["noun_sort"] = 1.0
        elif self.noun is not None and self.noun.strength(candidate.mask):
            features["noun_inside"] = 1.0
        elif self._governed(candidate.head):
            features["noun_above"] = 1.0
        elif self.wanted and sorts:
            features["noun_wrong"] = 1.0
        else:
            features["noun_absent"] = 1.0
