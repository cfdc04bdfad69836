"""Features of a candidate's own words: whether it is the sort of thing asked for, and tells anything new."""

from __future__ import annotations

from collections.abc import Mapping

from knowledge.asking import words
from knowledge.asking.candidate import Candidate
from knowledge.asking.frame import QuestionFrame
from knowledge.asking.index import ArticleIndex, sorts_of
from knowledge.asking.moments import GRAIN, SPANS
from knowledge.asking.phrases import PLACE_KINDS, distance, noun_sorts, place_kind
from knowledge.asking.terms import Link, Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.language import quantities
from knowledge.model import Role

COUNTED = {"which", "how_many", "how_much"}
"""Questions whose noun the answer may repeat."""
NUMERIC = {"how_many", "how_much", "how_old", "how_far", "how_adjective"}
CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}
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
        self.offers = [
            (
                {x.entity for x in linked.entities(c.start, c.end)},
                [t for i, t in linked.terms.items() if c.start <= i < c.end],
            )
            for c in (frame.choices if asked.wh not in {"yesno", "topic"} else ())
        ]
        self._known: dict[tuple[int, int, int, int, frozenset[str]], dict[str, float]] = {}

    def add(self, candidate: Candidate) -> None:
        """Add the features of a candidate's words and of how they stand in its fact."""
        index, argument, head = self.index, candidate.argument, candidate.head
        if argument is not None:
            entity, sorts = argument.entity, argument.sorts
        else:
            entity = index.words[head].entity if head >= 0 else -1
            sorts = sorts_of(index, head, entity, candidate.mask) if head >= 0 else frozenset()
        key = (candidate.mask, head, candidate.sentence, entity, sorts)
        own = self._known.get(key)
        if own is None:
            own = self._known[key] = self._own(candidate, entity, sorts)
        candidate.features.update(own)
        if self.several:
            self._list_features(candidate)
        self._fact_features(candidate, sorts)

    def _own(self, candidate: Candidate, entity: int, sorts: frozenset[str]) -> dict[str, float]:
        """Return the features of the candidate's words, whatever fact they stand in."""
        features: dict[str, float] = {}
        self._sort_features(features, sorts, entity)
        if self.frame.asked.noun and self.frame.asked.wh in {"which", "whose", "how_many", "how_much"}:
            self._noun_features(features, candidate, sorts, entity)
        inside = list(self.index.numbers(candidate.mask))
        self._news_features(features, candidate.head, inside, entity)
        self._choice_features(features, candidate.mask, entity)
        word = self.index.words[candidate.head] if candidate.head >= 0 else None
        if word is not None and word.upos == "PRON" and entity < 0:
            features["pronoun"] = 1.0
        features["length"] = min(1.0, len(inside) / 20)
        if self.frame.asked.wh in {"who", "when", "where", "which", "how_many"} and len(inside) > 14:
            features["too_long"] = 1.0
        self._measure_features(features, candidate, inside, sorts)
        features["sentence_place"] = candidate.sentence / max(1, len(self.index.sentence_masks))
        return features

    def _sort_features(self, features: dict[str, float], sorts: frozenset[str], entity: int) -> None:
        """Compare the candidate's sorts with the wh-word's."""
        wh = self.frame.asked.wh
        good, bad = WH_SORTS.get(wh, (frozenset(), frozenset()))
        if good:
            if sorts & good:
                features["type_good"] = 1.0
            elif sorts & bad or not sorts:
                features["type_bad"] = 1.0
            if wh == "who" and "place" in sorts and not sorts & good:
                features["type_place"] = 1.0
        if wh == "what" and "person" in sorts and entity >= 0:
            features["what_person"] = 1.0

    def _news_features(self, features: dict[str, float], head: int, inside: list[int], entity: int) -> None:
        """Tell how much of the candidate the question said already."""
        content = [i for i in inside if self.index.words[i].upos in CONTENT]
        if content:
            repeated = sum(1 for i in content if self.question >> i & 1)
            features["repeats"] = repeated / len(content)
            if self.question >> head & 1 and self.frame.asked.gap != "topic":
                features["repeats_head"] = 1.0
        else:
            features["empty"] = 1.0
        if head >= 0 and self.excluded >> head & 1:
            features["excluded"] = 1.0
        if entity >= 0 and entity in self.mentioned:
            features["repeats_entity"] = 1.0

    def _choice_features(self, features: dict[str, float], mask: int, entity: int) -> None:
        """Tell whether the candidate is one of the choices that the question offers."""
        if self.offers:
            offered = any(
                (entity >= 0 and entity in entities) or any(t.strength(mask) for t in terms)
                for entities, terms in self.offers
            )
            features["offered" if offered else "not_offered"] = 1.0

    def _measure_features(
        self, features: dict[str, float], candidate: Candidate, inside: list[int], sorts: frozenset[str]
    ) -> None:
        """Tell whether the candidate measures what is asked: a number, a price, a span of time."""
        asked, index, head = self.frame.asked, self.index, candidate.head
        if asked.wh == "how_adjective" and head >= 0 and self.adjective is not None:
            near = list(index.numbers(self.adjective.any & index.sentence_masks[candidate.sentence]))
            if near and min(distance(index, head, h) for h in near) <= 2:
                features["dimension"] = 1.0
        if asked.wh in NUMERIC:
            if head >= 0 and index.words[head].upos == "NUM":
                features["bare_number"] = 1.0
            if not any(index.words[i].upos == "NUM" or index.words[i].lemma in COUNTLESS for i in inside):
                features["no_number"] = 1.0
        if asked.wh == "how_much" and not asked.noun:
            text = self._text(inside)
            if GRAIN["time"].search(text) or "time" in sorts:
                features["grain_wrong"] = 1.0
            elif "%" in text or any(quantities.unit(index.words[i].text) is not None for i in inside):
                features["grain"] = 1.0
        if asked.wh in SPANS:
            features["grain" if SPANS[asked.wh].search(self._text(inside)) else "grain_wrong"] = 1.0

    def _text(self, numbers: list[int]) -> str:
        return " ".join(self.index.words[i].text for i in numbers)

    # -- features that depend on the fact -------------------------------------------------------------------

    def _fact_features(self, candidate: Candidate, sorts: frozenset[str]) -> None:
        """Add what the candidate's words and its fact tell together."""
        features, asked, argument = candidate.features, self.frame.asked, candidate.argument
        fit = features.get("role", 0.0)
        if asked.wh in {"why", "how"} and argument is not None and argument.fact >= 0:
            features["clause"] = 1.0
        if asked.wh == "why" and (argument is None or fit < 0.5) and self._is_bare(candidate.mask):
            features["thin_reason"] = 1.0
        pred = features.get("pred", 0.0)
        if pred:
            good = features.get("good", 0.0)
            features["event"] = pred * good
            features["event_role"] = pred * fit
            features["event_all"] = pred * good * max(0.0, fit)
        told = asked.wh not in {"which", "whose", "how_many"} or any(
            features.get(n) for n in ("noun", "noun_sort", "grain", "kind_told")
        )
        if features.get("aligned") and told and pred >= 0.5 and fit >= 0.7 and not features.get("type_bad"):
            features["exact"] = 1.0
        if asked.wh == "what" and ("time" in sorts or (argument is not None and argument.role is Role.TIME)):
            features["what_time"] = 1.0

    def _is_bare(self, mask: int) -> bool:
        return sum(1 for i in self.index.numbers(mask) if self.index.words[i].upos in CONTENT) <= 1

    def _list_features(self, candidate: Candidate) -> None:
        """Tell a whole list from one of its members where several are asked for."""
        if not self.frame.asked.noun:
            return
        index, head = self.index, candidate.head
        if any(self._relation(c) == "conj" and candidate.mask >> c & 1 for c in index.children[head]):
            candidate.features["list_whole"] = 1.0
        elif self._relation(head) == "conj" or (
            candidate.fact is not None and candidate.fact.fact.part_of is not None
        ):
            candidate.features["list_part"] = 1.0

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
            text = self._text(list(self.index.numbers(candidate.mask)))
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
        if strength:
            features["noun"] = strength
        elif self._governed(candidate.head):
            features["noun"] = 0.9
        elif self.index.words[candidate.head].upos in {"NOUN", "PROPN", "SYM"}:
            features["count_wrong"] = 1.0

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
