"""Candidates for a question in one article, each with the features that decide whether it is the answer.

Tier 1 candidates are arguments of facts; tier 2 candidates are constituents of the sentences that cover the
question's words best, for where the parser got a fact wrong (architecture rule 1). A feature is a number in
[-1, 1] or so; the weights in `data/weights.json` were learned by `training/questions/train_weights.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView, sorts_of
from knowledge.asking.terms import Link, Linked, Term, head_term
from knowledge.asking.wordsets import wordset
from knowledge.model import FactKind, Modality, Relation, Role

BEST_SENTENCES = 4
LOOSE_SENTENCES = 3
"""Sentences whose constituents are looked at, beside the facts of `BEST_SENTENCES`."""
FULL, HALF, NONE, AGAINST = 1.0, 0.5, 0.0, -1.0

SUBJECT: Mapping[Role, float] = {
    Role.AGENT: 1.0,
    Role.CAUSE: 0.8,
    Role.MEDIUM: 0.7,
    Role.INSTRUMENT: 0.7,
    Role.COUNTERPART: 0.5,
    Role.POSSESSOR: 0.4,
    Role.PLACE: 0.2,
    Role.PATIENT: -1.0,
    Role.RECIPIENT: -0.8,
    Role.CONTENT: -0.8,
    Role.ATTRIBUTE: -0.2,
    Role.TOPIC: -0.5,
    Role.BENEFICIARY: -0.6,
    Role.DESTINATION: -0.6,
    Role.RESULT: -0.5,
}
OBJECT: Mapping[Role, float] = {
    Role.PATIENT: 1.0,
    Role.CONTENT: 0.95,
    Role.RECIPIENT: 0.7,
    Role.RESULT: 0.8,
    Role.TOPIC: 0.7,
    Role.ATTRIBUTE: 0.7,
    Role.QUANTITY: 0.7,
    Role.COUNTERPART: 0.8,
    Role.BENEFICIARY: 0.5,
    Role.DESTINATION: 0.5,
    Role.EXTENT: 0.4,
    Role.PURPOSE: 0.3,
    Role.PLACE: 0.3,
    Role.SOURCE: 0.2,
    Role.INSTRUMENT: 0.2,
    Role.AGENT: -1.0,
}
PASSIVE_SUBJECT: Mapping[Role, float] = {
    Role.PATIENT: 1.0,
    Role.RECIPIENT: 0.9,
    Role.CONTENT: 0.8,
    Role.TOPIC: 0.8,
    Role.BENEFICIARY: 0.7,
    Role.RESULT: 0.8,
    Role.ATTRIBUTE: 0.4,
    Role.DESTINATION: 0.4,
    Role.COUNTERPART: 0.6,
    Role.QUANTITY: 0.5,
    Role.AGENT: -1.0,
}
BY: Mapping[Role, float] = {
    Role.AGENT: 1.0,
    Role.CAUSE: 0.8,
    Role.INSTRUMENT: 0.7,
    Role.MEDIUM: 0.6,
    Role.MANNER: 0.5,
    Role.SOURCE: 0.4,
    Role.POSSESSOR: 0.4,
    Role.PATIENT: -1.0,
    Role.RECIPIENT: -1.0,
}
COMPLEMENT: Mapping[Role, float] = {
    Role.ATTRIBUTE: 1.0,
    Role.PATIENT: 0.6,
    Role.QUANTITY: 0.7,
    Role.RESULT: 0.5,
    Role.PLACE: 0.4,
    Role.AGENT: 0.3,
}
PREPOSITIONS: Mapping[str, Mapping[Role, float]] = {
    "to": {
        Role.RECIPIENT: 0.9,
        Role.DESTINATION: 0.9,
        Role.COUNTERPART: 0.9,
        Role.BENEFICIARY: 0.6,
        Role.PURPOSE: 0.4,
        Role.PATIENT: 0.3,
        Role.AGENT: -1.0,
    },
    "with": {
        Role.COUNTERPART: 1.0,
        Role.INSTRUMENT: 0.8,
        Role.MANNER: 0.6,
        Role.TOPIC: 0.3,
        Role.PATIENT: 0.3,
    },
    "about": {Role.TOPIC: 1.0, Role.CONTENT: 0.7, Role.CAUSE: 0.3, Role.PATIENT: 0.4},
    "on": {
        Role.TOPIC: 0.7,
        Role.TIME: 0.7,
        Role.PLACE: 0.7,
        Role.MEDIUM: 0.7,
        Role.DESTINATION: 0.4,
        Role.PATIENT: 0.4,
    },
    "in": {
        Role.PLACE: 1.0,
        Role.TIME: 0.9,
        Role.MEDIUM: 0.8,
        Role.MANNER: 0.4,
        Role.DESTINATION: 0.5,
        Role.TOPIC: 0.3,
    },
    "at": {Role.PLACE: 1.0, Role.TIME: 0.9, Role.DESTINATION: 0.5, Role.QUANTITY: 0.4},
    "from": {
        Role.SOURCE: 1.0,
        Role.PLACE: 0.6,
        Role.AGENT: -0.5,
        Role.CAUSE: 0.5,
        Role.TIME: 0.3,
        Role.PATIENT: 0.2,
    },
    "for": {
        Role.BENEFICIARY: 0.9,
        Role.PURPOSE: 0.9,
        Role.CAUSE: 0.8,
        Role.EXTENT: 0.7,
        Role.TOPIC: 0.5,
        Role.RECIPIENT: 0.5,
        Role.DESTINATION: 0.4,
        Role.QUANTITY: 0.4,
        Role.TIME: 0.4,
        Role.PATIENT: 0.4,
    },
    "by": BY,
    "of": {
        Role.POSSESSOR: 0.9,
        Role.TOPIC: 0.7,
        Role.PATIENT: 0.8,
        Role.ATTRIBUTE: 0.5,
        Role.CONTENT: 0.5,
        Role.AGENT: 0.4,
    },
    "as": {Role.ATTRIBUTE: 1.0, Role.MANNER: 0.5, Role.RESULT: 0.5},
    "into": {Role.RESULT: 0.9, Role.DESTINATION: 0.9},
    "against": {Role.PATIENT: 0.7, Role.COUNTERPART: 0.8, Role.TOPIC: 0.5},
    "during": {Role.TIME: 1.0, Role.PLACE: 0.5, Role.MEDIUM: 0.6},
    "after": {Role.TIME: 1.0, Role.CAUSE: 0.6},
    "before": {Role.TIME: 1.0},
    "since": {Role.TIME: 1.0},
    "until": {Role.TIME: 1.0},
    "following": {Role.TIME: 1.0, Role.CAUSE: 0.6},
    "because of": {Role.CAUSE: 1.0},
    "due to": {Role.CAUSE: 1.0},
    "near": {Role.PLACE: 1.0},
    "over": {Role.TOPIC: 0.8, Role.CAUSE: 0.7, Role.PLACE: 0.6, Role.TIME: 0.5},
    "between": {Role.COUNTERPART: 0.8, Role.TIME: 0.6, Role.PLACE: 0.6, Role.AGENT: 0.6},
    "through": {Role.INSTRUMENT: 0.9, Role.PLACE: 0.7, Role.MANNER: 0.7},
    "via": {Role.INSTRUMENT: 0.9, Role.MEDIUM: 0.9},
    "under": {Role.PLACE: 0.8, Role.CONDITION: 0.5},
    "despite": {Role.CONDITION: 0.8},
}
ADVERBIAL: Mapping[str, Mapping[Role, float]] = {
    "when": {Role.TIME: 1.0},
    "where": {Role.PLACE: 1.0, Role.DESTINATION: 0.8, Role.SOURCE: 0.7, Role.MEDIUM: 0.6},
    "why": {Role.CAUSE: 1.0, Role.PURPOSE: 0.95, Role.CONDITION: 0.2, Role.TOPIC: 0.2, Role.BENEFICIARY: 0.2},
    "how": {
        Role.MANNER: 1.0,
        Role.INSTRUMENT: 1.0,
        Role.MEDIUM: 0.8,
        Role.EXTENT: 0.5,
        Role.ATTRIBUTE: 0.5,
        Role.CAUSE: 0.3,
        Role.RESULT: 0.3,
    },
    "how_long": {Role.EXTENT: 1.0, Role.TIME: 0.9, Role.QUANTITY: 0.8, Role.PATIENT: 0.3},
    "how_often": {Role.TIME: 1.0, Role.EXTENT: 1.0, Role.QUANTITY: 0.5, Role.MANNER: 0.6},
    "how_far": {Role.EXTENT: 1.0, Role.QUANTITY: 1.0, Role.PLACE: 0.6, Role.DESTINATION: 0.4},
    "how_old": {Role.ATTRIBUTE: 0.8, Role.QUANTITY: 1.0, Role.TIME: 0.5},
}
HEADLESS = 0.4
"""What is left of a phrase's match where the article's phrase lacks its head: "Ann's lawyer" is not Ann."""
LIGHT = wordset("light_verb")
SPANS = {
    "how_often": re.compile(
        r"\b(?:times?|every|daily|weekly|monthly|yearly|annually|often|repeatedly|regularly|once|twice|"
        r"always|never|rarely|frequently|sometimes|each)\b",
        re.IGNORECASE,
    ),
    "how_long": re.compile(
        r"\b(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|centur(?:y|ies)|until|since|"
        r"from|between|long|(?:kilo|centi|milli)?met(?:re|er)s?|miles?|feet|foot|inch(?:es)?|yards?)\b",
        re.IGNORECASE,
    ),
    "how_old": re.compile(
        r"\b\d{1,3}\s?-?\s?(?:year|month|week|day)s?\b|\byears? old\b|\baged\b|^\d{1,3}$", re.IGNORECASE
    ),
}
EXCEPT = wordset("exception")
COUNTED = {"which", "how_many", "how_much"}
"""Questions whose noun the answer may repeat."""
NUMERIC = {"how_many", "how_much", "how_old", "how_far", "how_adjective"}
COUNTLESS = wordset("countless")
GRAIN = {
    "year": re.compile(r"\b(?:1[0-9]|20)\d\d\b|\b(?:last|this|next) year\b", re.IGNORECASE),
    "month": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
        r"month)\b",
        re.IGNORECASE,
    ),
    "day": re.compile(
        r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|yesterday|tomorrow|tonight)\b|"
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december) "
        r"\d|\b\d{1,2} (?:january|february|march|april|may|june|july|august|september|october|november|"
        r"december)",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
        r"\b(?:1[0-9]|20)\d\d\b",
        re.IGNORECASE,
    ),
    "century": re.compile(r"\bcentur|\d\d00s", re.IGNORECASE),
    "decade": re.compile(r"\d0s\b|decade", re.IGNORECASE),
    "time": re.compile(
        r"\d[:.]\d\d|[ap]\.?m\.?\b|\bnoon\b|midnight|o'clock|dawn|morning|evening|night|\bday\b",
        re.IGNORECASE,
    ),
}
PERSONAL = frozenset({"person", "organization", "group", "place"})
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


@dataclass(slots=True)
class Candidate:
    """A possible answer: the words (mask and head), the fact and argument it comes from, and its features."""

    mask: int
    head: int
    sentence: int
    fact: FactView | None = None
    argument: ArgumentView | None = None
    tier: int = 1
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    notes: list[str] = field(default_factory=list)


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


class Matcher:
    """Match one framed question against one article."""

    def __init__(self, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> None:
        self.frame = frame
        self.linked = linked
        self.index = index
        self.total = sum(t.weight for t in linked.terms.values()) or 1.0
        self.sentence_cover = self._cover()
        self.sentences = sorted(range(len(self.sentence_cover)), key=lambda s: (-self.sentence_cover[s], s))[
            :BEST_SENTENCES
        ]
        self.excluded, self.spared = self._exclusions()
        self.moments = tuple(moments(" ".join(frame.words)))
        self.best_cover = max(self.sentence_cover, default=0.0)
        self.verb_terms = self._verb_terms()
        self.asked_clause = frame.clauses[frame.asked.clause] if frame.clauses else None
        asked = frame.asked
        self.told_terms = [
            t
            for i, t in linked.terms.items()
            if not (asked.wh in COUNTED and asked.noun_start <= i < asked.noun_end) and i not in self.spared
        ]
        self.mentioned = {x.entity for x in linked.links if x.strength >= 0.8 and not self._asks_for(x)}
        self.question_mask = 0
        for term in self.told_terms:
            self.question_mask |= term.exact
            for mask, strength in term.loose:
                if strength >= 0.6:
                    self.question_mask |= mask

    def _exclusions(self) -> tuple[int, frozenset[int]]:
        """Return the mask of what the question leaves out ("besides X") and the terms that name it."""
        mask, at = 0, set()
        slots = [s for c in self.frame.clauses for s in c.slots] + list(self.frame.loose)
        for slot in slots:
            if slot.case in EXCEPT:
                for i, term in self.linked.terms.items():
                    if slot.start <= i < slot.end:
                        mask |= term.any
                        at.add(i)
        return mask, frozenset(at)

    def _asks_for(self, found: Link) -> bool:
        """Tell whether a link lies in the noun that the question asks for: "which president"."""
        asked = self.frame.asked
        if any(c.start <= found.start and found.end <= c.end for c in self.frame.choices):
            return True
        return asked.wh in COUNTED and asked.noun_start <= found.start and found.end <= asked.noun_end

    # -- coverage ------------------------------------------------------------------------

    def _cover(self) -> list[float]:
        """Return each sentence's share of the question's weight, a little of it from its neighbours."""
        index = self.index
        raw = []
        for mask in index.sentence_masks:
            raw.append(sum(t.weight * t.strength(mask) for t in self.linked.terms.values()) / self.total)
        return raw

    def _other_moment(self, sentence: int) -> bool:
        """Tell whether the sentence has another time of the same sort, and not the question's."""
        told = self._moments_of(sentence)
        return any(sort in told and value not in told[sort] for sort, value in self.moments)

    def _moments_of(self, sentence: int) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        text = self.index.article.sentences[sentence].span.of(self.index.article.text)
        for sort, value in moments(text):
            found.setdefault(sort, set()).add(value)
        return found

    def _verb_terms(self) -> dict[int, dict[str, float]]:
        """Return for each clause the predicate lemmas that mean what its verb means, with strengths."""
        out = {}
        for number, clause in enumerate(self.frame.clauses):
            table: dict[str, float] = {}
            for lemma in clause.lemmas:
                if clause.particle:
                    table[f"{lemma} {clause.particle}"] = 1.0
                table.setdefault(lemma, 1.0 if not clause.particle else 0.7)
                whole = f"{lemma} {clause.particle}" if clause.particle else lemma
                for other, strength in words.related(whole, whole, "VERB").loose:
                    if not other.startswith("^"):
                        table.setdefault(other, strength * 0.9)
                obj = clause.slot("object")
                if obj is not None:
                    noun = self.frame.lemmas[obj.head]
                    table.setdefault(f"{lemma} {noun}", 1.0)
                    if lemma in LIGHT:
                        for verb in words.lexicon.nominal_verbs(noun):
                            table[verb] = max(table.get(verb, 0.0), 0.9)
                            for other, strength in words.related(verb, verb, "VERB").loose:
                                table.setdefault(other, strength * 0.7)
            out[number] = table
        return out

    def predicate_strength(self, clause: int, fact: FactView) -> tuple[float, str]:
        """Return how well a fact's predicate means a clause's verb, and by which road."""
        table = self.verb_terms.get(clause)
        if not table:
            return 0.0, ""
        best, how = 0.0, ""
        for lemma, road in fact.lemmas.items():
            strength = table.get(lemma, 0.0) or table.get(words.american(lemma), 0.0)
            if strength:
                factor = {"exact": 1.0, "derived": 0.9, "light": 0.8, "converse": 0.9, "part": 0.75}[road]
                if strength * factor > best:
                    best, how = strength * factor, road if strength >= 0.99 else "synonym"
        return best, how

    # -- candidates ----------------------------------------------------------------------

    def candidates(self) -> list[Candidate]:
        """Return every candidate with its features."""
        out: list[Candidate] = []
        seen: dict[int, set[int]] = {}
        for view in self.worth_a_look():
            base, taken = self._weighed(view)
            for place, (argument, fit) in enumerate(self._asked_arguments(view)):
                candidate = Candidate(argument.mask, argument.head, view.sentence, view, argument)
                candidate.features = dict(base)
                candidate.features["role"] = fit
                if place in taken:
                    candidate.features["taken"] = taken[place]
                self._answer_features(candidate)
                out.append(candidate)
                seen.setdefault(view.sentence, set()).add(argument.mask)
        if self._asks_deed():
            out.extend(self._deeds())
        for sentence in self.sentences[:LOOSE_SENTENCES]:
            if self.sentence_cover[sentence] <= 0.15:
                continue
            for mask, head in self._constituents(sentence):
                if mask in seen.get(sentence, ()):
                    continue
                candidate = Candidate(mask, head, sentence, tier=2)
                candidate.features = self._loose_features(candidate)
                self._answer_features(candidate)
                out.append(candidate)
        return out

    def _asks_deed(self) -> bool:
        """Tell whether the question asks for what somebody did: "what did X do to Y", "what was done to Y"."""
        clause = self.asked_clause
        gap = self.frame.asked.gap
        return (
            clause is not None
            and self.frame.asked.wh == "what"
            and "do" in clause.lemmas
            and (gap in {"object", "second"} or (clause.passive and gap == "subject"))
        )

    def _deeds(self) -> Iterator[Candidate]:
        """Yield verb phrases: what a fact says of its doer."""
        passive = self.asked_clause is not None and self.asked_clause.passive
        for view in self.worth_a_look():
            if (
                view.fact.kind is not FactKind.VERB
                or view.fact.part_of is not None
                or "be" in view.lemmas
                or "do" in view.lemmas
            ):
                continue
            features = self.fact_features(view)
            doer = 0
            for a in view.arguments:
                if a.role is Role.AGENT or (
                    passive and a.role is Role.PATIENT and view.fact.predicate.passive
                ):
                    doer |= a.mask
            if not doer and not passive:
                continue
            mask = 0
            for a in view.arguments:
                if (
                    not a.mask & doer
                    and a.head > (view.predicate_mask & -view.predicate_mask).bit_length() - 1
                ):
                    mask |= a.mask
            mask |= view.predicate_mask
            head = view.predicate_mask.bit_length() - 1
            candidate = Candidate(mask, head, view.sentence, view, tier=1)
            candidate.features = {**features, "deed": 1.0, "role": 1.0, "pred_absent": 0.0}
            self._answer_features(candidate)
            yield candidate

    def worth_a_look(self) -> Iterator[FactView]:
        """Yield the facts worth a look: of the best sentences, or with a predicate that the question names."""
        chosen: set[int] = set()
        index = self.index
        for sentence in self.sentences:
            if self.sentence_cover[sentence] > 0.1:
                chosen.update(index.facts_of_sentence.get(sentence, ()))
        for table in self.verb_terms.values():
            for lemma, strength in table.items():
                if strength >= 0.3:
                    chosen.update(index.predicates.get(lemma, ()))
        for number in sorted(chosen):
            yield index.facts[number]

    def _own_slots(self) -> list[Slot]:
        """Return the slots of the gap's clause that hold content words."""
        if self.asked_clause is None:
            return []
        return [
            s
            for s in self.asked_clause.slots
            if s.case not in EXCEPT and (s.kind != "adverb" or s.head in self.linked.terms)
        ]

    def _expectations(self, slot: Slot, clause: Clause) -> Mapping[Role, float]:
        if slot.kind == "subject":
            if clause.copular:
                return {}
            return PASSIVE_SUBJECT if clause.passive else SUBJECT
        if slot.kind in {"object", "second"}:
            return OBJECT
        if slot.kind == "complement":
            return COMPLEMENT
        if slot.kind == "oblique":
            if slot.case == "by" and not clause.passive:
                return {**BY, Role.TIME: 0.6, Role.PLACE: 0.4}
            return PREPOSITIONS.get(slot.case, {})
        return {}

    def _asked_arguments(self, view: FactView) -> Iterator[tuple[ArgumentView, float]]:
        asked = self.frame.asked
        clause = self.asked_clause
        for argument in view.arguments:
            fit = self._role_fit(asked.wh, asked.gap, asked.case, clause, argument, view)
            yield argument, fit

    def _role_fit(
        self, wh: str, gap: str, case: str, clause: Clause | None, argument: ArgumentView, view: FactView
    ) -> float:
        if wh in ADVERBIAL and gap != "subject":
            fit = ADVERBIAL[wh].get(argument.role, -0.6)
            if wh == "where" and case and argument.case == case:
                fit = max(fit, 0.9)
            return fit
        if clause is None or gap in {"topic", ""}:
            return 0.0
        if gap == "subject":
            table = PASSIVE_SUBJECT if clause.passive else SUBJECT
            if clause.copular:
                return (
                    0.6
                    if argument.role in {Role.AGENT, Role.PATIENT, Role.ATTRIBUTE, Role.POSSESSOR}
                    else 0.0
                )
            fit = table.get(argument.role, -0.4)
            if (
                argument.role is Role.PATIENT
                and not clause.passive
                and not any(a.role in {Role.AGENT, Role.CAUSE} for a in view.arguments)
                and clause.slot("object") is None
            ):
                return 0.8
            return fit
        if gap == "oblique":
            fit = PREPOSITIONS.get(case, {}).get(argument.role, -0.2)
            if argument.case == case:
                fit = max(fit, 1.0)
            elif argument.case and argument.case.split()[-1] == case.split()[-1]:
                fit = max(fit, 0.9)
            if case == "by" and not clause.passive:
                fit = max(fit, 0.5 if argument.role in {Role.TIME, Role.MANNER} else fit)
            return fit
        if gap == "complement":
            return COMPLEMENT.get(argument.role, -0.1)
        table = OBJECT
        fit = table.get(argument.role, -0.4)
        if argument.role is Role.AGENT and clause.passive:
            return -0.5
        return fit

    # -- features of the fact ------------------------------------------------------------

    def fact_features(self, view: FactView) -> dict[str, float]:
        """Return how well a fact fits the question, whatever argument is asked for."""
        return self._weighed(view)[0]

    def _weighed(self, view: FactView) -> tuple[dict[str, float], dict[int, float]]:
        """Return a fact's features, and which of its arguments the question's own phrases take up."""
        frame, asked = self.frame, self.frame.asked
        features: dict[str, float] = {"tier1": 1.0}
        strength, how = self.predicate_strength(asked.clause, view)
        generic = self.asked_clause is not None and (
            self.asked_clause.copular or all(x in words.GENERIC_VERBS for x in self.asked_clause.lemmas)
        )
        features["pred"] = strength
        if how == "synonym":
            features["pred_synonym"] = 1.0
        if not strength and self.asked_clause is not None and not generic:
            features["pred_absent"] = 1.0
            term = self.linked.terms.get(self.asked_clause.verb)
            if term is not None:
                features["pred_near"] = term.strength(self.index.sentence_masks[view.sentence])
        if generic:
            features["generic"] = 1.0
        other = [self.predicate_strength(n, view)[0] for n in range(len(frame.clauses)) if n != asked.clause]
        if other and max(other) > strength:
            features["pred_other"] = max(other)
        own = self._own_slots()
        matches = [self._slot_match(s, self.asked_clause, asked.clause, view) for s in own]
        matches += [
            self._slot_match(slot, clause, number, view)
            for number, clause in enumerate(frame.clauses)
            if number != asked.clause
            for slot in clause.slots
            if slot.case not in EXCEPT and (slot.kind != "adverb" or slot.head in self.linked.terms)
        ]
        matches += [self._slot_match(slot, None, -1, view) for slot in frame.loose if slot.case not in EXCEPT]
        lost = [
            slot
            for slot, m in zip(self._own_slots(), matches, strict=False)
            if m.weight > 0
            and m.good < 0.3
            and (slot.kind in {"subject", "object"} or slot.case in {"by", "to", "with", "from"})
            and any(
                x.named and x.start <= slot.head < x.end for x in self.linked.entities(slot.start, slot.end)
            )
        ]
        if lost:
            features["core_lost"] = 1.0
        matches = [m for m in matches if m.weight > 0]
        self._sum(features, matches)
        self._cover_features(features, view.sentence, view.mask | view.speaker_mask)
        negated = self.asked_clause.negated if self.asked_clause is not None else frame.negated
        if view.fact.negated != negated:
            features["negation"] = 1.0
        if not view.asserted:
            features["unasserted"] = 1.0
            if view.fact.modality is Modality.CONDITIONAL:
                features["conditional"] = 1.0
        speaker = self._speaker(view)
        if speaker < 0:
            features["speaker_conflict"] = -speaker
        else:
            features["speaker"] = speaker
        if view.fact.part_of is not None:
            features["part_of"] = 1.0
        taken: dict[int, float] = {}
        for m in matches:
            if m.taken >= 0 and m.good + m.swap > taken.get(m.taken, 0.3):
                taken[m.taken] = m.good + m.swap
        return features, taken

    def _sum(self, features: dict[str, float], matches: Sequence[SlotMatch]) -> None:
        clash = any(
            m.name_conflict or m.head_conflict or m.modifier_conflict or m.number_conflict or m.swap > 0.1
            for m in matches
        )
        if matches and not clash:
            worst = min(m.good for m in matches)
            whole = min(m.good + 0.8 * m.elsewhere for m in matches)
            if worst >= 0.6:
                features["aligned"] = 1.0
            elif whole >= 0.6:
                features["aligned_loosely"] = 1.0
        total = sum(m.weight for m in matches) or 1.0
        for name in ("good", "swap", "elsewhere", "missing"):
            value = sum(m.weight * getattr(m, name) for m in matches) / total
            if value:
                features[name] = value
        for name in ("name_conflict", "head_conflict", "modifier_conflict", "number_conflict"):
            value = max((getattr(m, name) for m in matches), default=0.0)
            if value:
                features[name] = value

    def _slot_match(self, slot: Slot, clause: Clause | None, number: int, view: FactView) -> SlotMatch:
        """Return how the slot's words lie in the fact."""
        terms = [t for i, t in self.linked.terms.items() if slot.start <= i < slot.end]
        weight = sum(t.weight for t in terms)
        match = SlotMatch(weight)
        if not weight:
            return match
        sentence = self.index.sentence_masks[view.sentence]
        expected = self._expectations(slot, clause) if clause is not None else {}
        own = clause is not None and (number == self.frame.asked.clause)
        head = head_term(self.linked, slot)
        links = self.linked.entities(slot.start, slot.end)
        named = {x.entity for x in links if x.start <= slot.head < x.end}
        best, best_argument = -1.0, None
        for place, argument in enumerate(view.arguments):
            inside = sum(t.weight * t.strength(argument.mask) for t in terms) / weight
            if inside <= 0:
                continue
            at_head = (argument.entity in named and argument.entity >= 0) or (
                head is not None and argument.head >= 0 and head.strength(1 << argument.head) > 0
            )
            fit = expected.get(argument.role, 0.1) if own and expected else 0.5
            if slot.kind == "oblique" and slot.case and slot.case == argument.case:
                fit = 1.0
            value = inside * (1.0 if at_head else 0.6) * (1.0 + 0.3 * fit)
            if value > best:
                best, best_argument = value, argument
                match.taken = place
                match.good = inside * (1.0 if at_head else 0.7) if fit >= 0 else 0.0
                if not at_head and head is not None and not head.strength(argument.mask):
                    match.good *= HEADLESS
                match.swap = inside * (1.0 if at_head else 0.3) * -fit if fit < 0 else 0.0
        if (
            head is not None
            and view.predicate_mask & head.any
            and match.good < 0.5
            and own
            and slot.kind in {"object", "second"}
        ):
            match.good = max(match.good, sum(t.weight * t.strength(view.mask) for t in terms) / weight)
            match.swap = 0.0
            match.taken = -1
        rest_mask = sentence
        in_sentence = sum(t.weight * t.strength(rest_mask) for t in terms) / weight
        match.elsewhere = max(0.0, in_sentence - match.good - match.swap)
        match.missing = max(0.0, 1.0 - in_sentence)
        self._conflicts(match, slot, clause, terms, head, named, expected if own else {}, view, best_argument)
        return match

    def _conflicts(
        self,
        match: SlotMatch,
        slot: Slot,
        clause: Clause | None,
        terms: list[Term],
        head: Term | None,
        named: set[int],
        expected: Mapping[Role, float],
        view: FactView,
        found: ArgumentView | None,
    ) -> None:
        index = self.index
        fillers = [a for a in view.arguments if expected.get(a.role, 0.0) >= 0.7]
        sure = {
            x.entity
            for x in self.linked.entities(slot.start, slot.end)
            if x.named and x.start <= slot.head < x.end
        }
        unknown = head is not None and head.name and not head.any
        if fillers and match.good < 0.5 and (sure or unknown):
            for a in fillers:
                if (
                    a.entity >= 0
                    and a.entity not in named
                    and index.entities[a.entity].entity.kind
                    in {
                        "person",
                        "organization",
                        "place",
                    }
                ):
                    pronoun = a.head >= 0 and index.words[a.head].upos == "PRON"
                    match.name_conflict = max(match.name_conflict, 0.4 if pronoun else 1.0)
        if fillers and match.good < 0.3 and head is not None and not sure and not unknown and not head.any:
            match.head_conflict = 1.0
        if found is None:
            return
        for term in terms:
            if term is head and not term.number:
                continue
            if term.number and not term.exact & found.mask:
                numbers = any(index.words[i].upos == "NUM" for i in index.numbers(found.mask))
                if numbers:
                    match.number_conflict = 1.0
            elif (not term.any & found.mask and term.opposite & found.mask) or (
                not term.any & found.mask and self._rival(term, found)
            ):
                match.modifier_conflict = 1.0

    def _rival(self, term: Term, argument: ArgumentView) -> bool:
        """Tell whether the argument has another country, person or place where the question's word names one."""
        country = words.country_key(term.text) or words.country_key(term.text.title())
        if not country:
            return False
        mine = f"@{country}"
        index = self.index
        return not index.keys.get(mine, 0) & argument.mask and any(
            mask & argument.mask for key, mask in index.keys.items() if key.startswith("@") and key != mine
        )

    def _speaker(self, view: FactView) -> float:
        """Return 1 where the asked attribution is the fact's, -1 where another's, 0 where none is asked."""
        wanted = [s for c in self.frame.clauses for s in c.slots if s.case == "according to"]
        wanted += [s for s in self.frame.loose if s.case == "according to"]
        if self.frame.clauses and self.frame.asked.clause > 0:
            first = self.frame.clauses[0]
            subject = first.slot("subject")
            inner = self.frame.clauses[self.frame.asked.clause]
            if subject is not None and inner.link == "that":
                wanted.append(subject)
        if not wanted:
            return 0.0
        slot = wanted[0]
        named = {x.entity for x in self.linked.entities(slot.start, slot.end)}
        terms = [t for i, t in self.linked.terms.items() if slot.start <= i < slot.end]
        if view.speaker >= 0 and view.speaker in named:
            return 1.0
        if view.speaker_mask and any(t.strength(view.speaker_mask) for t in terms):
            return 1.0
        if view.speaker >= 0 or view.speaker_mask:
            return -1.0
        sentence = self.index.sentence_masks[view.sentence]
        return 0.3 if any(t.strength(sentence) for t in terms) else -0.7

    def _cover_features(self, features: dict[str, float], sentence: int, mask: int) -> None:
        cover = self.sentence_cover[sentence]
        features["cover"] = cover
        features["cover_best"] = cover / self.best_cover if self.best_cover else 0.0
        inside = sum(t.weight * t.strength(mask) for t in self.linked.terms.values()) / self.total
        features["cover_fact"] = inside
        around = self.index.sentence_masks[sentence]
        if sentence > 0:
            around |= self.index.sentence_masks[sentence - 1]
        if sentence + 1 < len(self.index.sentence_masks):
            around |= self.index.sentence_masks[sentence + 1]
        lost_names = lost = 0.0
        for t in self.told_terms:
            if not t.strength(around):
                lost += t.weight
                if t.name or t.number:
                    lost_names += t.weight
        features["lost"] = lost / self.total
        if lost_names:
            features["lost_name"] = min(1.0, lost_names)
        if self.moments and self._other_moment(sentence):
            features["time_conflict"] = 1.0
        here = self.index.sentence_masks[sentence] | mask
        for t in self.told_terms:
            if t.strength(here):
                if (t.name or t.number) and not t.strength(mask):
                    features["name_outside"] = 1.0
                continue
            if t.number:
                features["number_missing"] = 0.5 if t.strength(around) else 1.0
            elif t.name:
                features["name_missing"] = 1.0
            elif t.tag.startswith("VB"):
                features["verb_missing"] = 1.0
            elif t.tag == "NOUN":
                features["noun_missing"] = min(1.0, features.get("noun_missing", 0.0) + 0.5 * t.weight)
            else:
                features["other_missing"] = min(1.0, features.get("other_missing", 0.0) + 0.5 * t.weight)
        opposite = any(
            t.opposite & self.index.sentence_masks[sentence]
            and not t.any & self.index.sentence_masks[sentence]
            for t in self.linked.terms.values()
        )
        if opposite:
            features["antonym"] = 1.0

    # -- tier 2 --------------------------------------------------------------------------

    def _constituents(self, sentence: int) -> Iterator[tuple[int, int]]:
        """Yield (mask, head) of the phrases of a sentence that could be an answer."""
        index = self.index
        for i in index.numbers(index.sentence_masks[sentence]):
            word = index.words[i]
            rel = word.deprel.split(":")[0]
            if word.upos in {"PUNCT", "DET", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "INTJ"}:
                continue
            if word.upos in {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"} and rel not in {
                "flat",
                "compound",
                "fixed",
            }:
                yield phrase_mask(index, i), i
            elif rel in {"amod", "compound", "nmod"} and word.upos in {"ADJ", "NOUN", "PROPN"}:
                yield index.subtree(i), i
            elif rel in {"advcl", "ccomp", "xcomp", "acl"} or (word.upos == "ADV" and rel == "advmod"):
                yield phrase_mask(index, i), i
            elif word.upos == "ADJ":
                yield phrase_mask(index, i, short=True), i

    def _loose_features(self, candidate: Candidate) -> dict[str, float]:
        index = self.index
        features: dict[str, float] = {"tier2": 1.0}
        self._cover_features(features, candidate.sentence, index.sentence_masks[candidate.sentence])
        verb = self._nearest_verb(candidate)
        if verb >= 0:
            distance = self._distance(candidate.head, verb)
            features["near_verb"] = max(0.0, 1.0 - distance / 6)
            word = index.words[candidate.head]
            if word.head == verb:
                features["verb_child"] = 1.0
                features["child_role"] = self._child_fit(candidate.head, verb)
        near = [t for t in self.linked.terms.values() if t.any & index.sentence_masks[candidate.sentence]]
        if near:
            close = 0.0
            for term in near:
                hits = list(index.numbers(term.any & index.sentence_masks[candidate.sentence]))
                close += term.weight * max(1.0 / (1 + self._distance(candidate.head, h)) for h in hits)
            features["tree_near"] = close / self.total
        if self.asked_clause is not None and verb < 0 and not self.asked_clause.copular:
            features["pred_absent2"] = 1.0
        return features

    def _child_fit(self, head: int, verb: int) -> float:
        """Return how a verb's dependent fits the gap, by its bare relation."""
        asked, clause = self.frame.asked, self.asked_clause
        rel = self.index.words[head].deprel
        passive_verb = any(
            self.index.words[c].deprel in {"nsubj:pass", "aux:pass"} for c in self.index.children[verb]
        )
        base = rel.split(":")[0]
        if clause is None:
            return 0.0
        want_doer = (asked.gap == "subject" and not clause.passive) or (
            asked.gap == "oblique" and asked.case == "by" and clause.passive
        )
        want_done = asked.gap in {"object"} or (asked.gap == "subject" and clause.passive)
        doer = (base == "nsubj" and not passive_verb) or rel == "obl:agent"
        done = base == "obj" or rel == "nsubj:pass" or base == "ccomp"
        if want_doer:
            return 1.0 if doer else (-1.0 if done else 0.0)
        if want_done:
            return 1.0 if done else (-1.0 if doer else 0.0)
        if base in {"nsubj", "obj"} and asked.wh in ADVERBIAL:
            return -0.5
        return 0.3 if base == "obl" else 0.0

    def _nearest_verb(self, candidate: Candidate) -> int:
        if self.asked_clause is None:
            return -1
        term = self.linked.terms.get(self.asked_clause.verb)
        if term is None:
            return -1
        hits = list(self.index.numbers(term.any & self.index.sentence_masks[candidate.sentence]))
        return min(hits, key=lambda h: self._distance(candidate.head, h), default=-1)

    def _distance(self, a: int, b: int) -> int:
        """Return the number of arcs between two words of a sentence."""
        depth: dict[int, int] = {}
        step, node = 0, a
        while node >= 0:
            depth[node] = step
            node, step = self.index.words[node].head, step + 1
        step, node = 0, b
        while node >= 0:
            if node in depth:
                return step + depth[node]
            node, step = self.index.words[node].head, step + 1
        return 12

    # -- features of the answer ----------------------------------------------------------

    def _answer_features(self, candidate: Candidate) -> None:
        features = candidate.features
        index, asked = self.index, self.frame.asked
        head = candidate.head
        word = index.words[head] if head >= 0 else None
        entity = (
            candidate.argument.entity if candidate.argument is not None else (word.entity if word else -1)
        )
        sorts = (
            candidate.argument.sorts
            if candidate.argument is not None
            else (sorts_of(index, head, entity, candidate.mask) if head >= 0 else frozenset())
        )
        good, bad = WH_SORTS.get(asked.wh, (frozenset(), frozenset()))
        if good:
            if sorts & good:
                features["type_good"] = 1.0
            elif sorts & bad or not sorts:
                features["type_bad"] = 1.0
            if asked.wh == "who" and "place" in sorts and not sorts & good:
                features["type_place"] = 1.0
        if asked.wh == "what" and "person" in sorts and entity >= 0:
            features["what_person"] = 1.0
        if asked.wh in {"which", "whose", "how_many", "how_much"} and asked.noun:
            self._noun_features(features, candidate, sorts, entity)
        inside = list(index.numbers(candidate.mask))
        content = [i for i in inside if index.words[i].upos in {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}]
        if content:
            repeated = sum(1 for i in content if self.question_mask >> i & 1)
            features["repeats"] = repeated / len(content)
            if self.question_mask >> head & 1 and asked.gap not in {"topic"}:
                features["repeats_head"] = 1.0
        else:
            features["empty"] = 1.0
        if head >= 0 and self.excluded >> head & 1:
            features["excluded"] = 1.0
        if entity >= 0 and entity in self.mentioned:
            features["repeats_entity"] = 1.0
        if self.frame.choices and asked.wh not in {"yesno", "topic"}:
            offered = any(
                (entity >= 0 and entity in {x.entity for x in self.linked.entities(c.start, c.end)})
                or any(
                    t.strength(candidate.mask) for i, t in self.linked.terms.items() if c.start <= i < c.end
                )
                for c in self.frame.choices
            )
            features["offered" if offered else "not_offered"] = 1.0
        if word is not None and word.upos == "PRON" and entity < 0:
            features["pronoun"] = 1.0
        features["length"] = min(1.0, len(inside) / 20)
        if asked.wh in {"who", "when", "where", "which", "how_many"} and len(inside) > 14:
            features["too_long"] = 1.0
        if asked.wh in {"why", "how"} and candidate.argument is not None and candidate.argument.fact >= 0:
            features["clause"] = 1.0
        if asked.wh == "how_adjective" and head >= 0:
            term = next(
                (t for i, t in self.linked.terms.items() if self.frame.words[i].lower() == asked.adjective),
                None,
            )
            if term is not None:
                near = [h for h in index.numbers(term.any & index.sentence_masks[candidate.sentence])]
                if near and min(self._distance(head, h) for h in near) <= 2:
                    features["dimension"] = 1.0
        if asked.wh in NUMERIC:
            if word is not None and word.upos == "NUM":
                features["bare_number"] = 1.0
            if not any(index.words[i].upos == "NUM" or index.words[i].lemma in COUNTLESS for i in inside):
                features["no_number"] = 1.0
        if asked.wh == "how_much" and not asked.noun:
            text = " ".join(index.words[i].text for i in inside)
            measured = (
                any(words.quantities.unit(index.words[i].text) is not None for i in inside) or "%" in text
            )
            if GRAIN["time"].search(text) or "time" in sorts:
                features["grain_wrong"] = 1.0
            elif measured:
                features["grain"] = 1.0
        if asked.wh == "why" and len(content) <= 1 and (candidate.argument is None or fit_of(features) < 0.5):
            features["thin_reason"] = 1.0
        if asked.wh in SPANS:
            text = " ".join(index.words[i].text for i in inside)
            features["grain" if SPANS[asked.wh].search(text) else "grain_wrong"] = 1.0
        fit = features.get("role", 0.0)
        if features.get("pred"):
            features["event"] = features["pred"] * features.get("good", 0.0)
            features["event_role"] = features["pred"] * fit
            features["event_all"] = features["pred"] * features.get("good", 0.0) * max(0.0, fit)
        aligned = features.get("aligned", 0.0)
        told = asked.wh not in {"which", "whose", "how_many"} or any(
            features.get(n) for n in ("noun", "noun_sort", "grain", "kind_told")
        )
        if (
            aligned
            and told
            and features.get("pred", 0.0) >= 0.5
            and fit >= 0.7
            and not features.get("type_bad")
        ):
            features["exact"] = 1.0
        features["sentence_place"] = candidate.sentence / max(1, len(index.sentence_masks))
        if asked.wh == "what" and (
            sorts & {"time"} or (candidate.argument is not None and candidate.argument.role is Role.TIME)
        ):
            features["what_time"] = 1.0

    def _asks_several(self) -> bool:
        """Tell whether the noun asked for is plural: "which countries", "what three things"."""
        asked = self.frame.asked
        last = self.frame.words[asked.noun_end - 1].lower() if asked.noun_end > asked.noun_start else ""
        return asked.wh == "which" and last != asked.noun and last.endswith("s")

    def _noun_features(
        self, features: dict[str, float], candidate: Candidate, sorts: frozenset[str], entity: int
    ) -> None:
        """Compare a candidate with the noun asked for: "which country", "what magnitude", "how many days"."""
        asked, index = self.frame.asked, self.index
        term = self.linked.terms.get(asked.noun_end - 1)
        lemma = words.american(asked.noun)
        if asked.wh in {"how_many", "how_much"}:
            if term is not None and term.strength(candidate.mask):
                features["noun"] = term.strength(candidate.mask)
            elif (
                term is not None
                and index.words[candidate.head].head >= 0
                and term.strength(1 << index.words[candidate.head].head)
            ):
                features["noun"] = 0.9
            elif term is not None and index.words[candidate.head].upos in {"NOUN", "PROPN", "SYM"}:
                features["count_wrong"] = 1.0
            return
        head = candidate.head
        if self._asks_several():
            listed = any(
                index.words[c].deprel.split(":")[0] == "conj" and candidate.mask >> c & 1
                for c in index.children[head]
            )
            part = index.words[head].deprel.split(":")[0] == "conj" or (
                candidate.fact is not None and (candidate.fact.fact.part_of is not None)
            )
            if listed:
                features["list_whole"] = 1.0
            elif part:
                features["list_part"] = 1.0
        strength = term.strength(1 << head) if term is not None else 0.0
        if asked.wh == "whose":
            governor = index.words[head].head
            if term is not None and governor >= 0 and term.strength(1 << governor):
                features["noun"] = 1.0
                if index.words[head].deprel.startswith("nmod"):
                    features["possessor"] = 1.0
            elif strength:
                features["thing_owned"] = 1.0
            return
        wanted = noun_sorts(lemma)
        if lemma in GRAIN:
            text = " ".join(index.words[i].text for i in index.numbers(candidate.mask))
            features["grain" if GRAIN[lemma].search(text) else "grain_wrong"] = 1.0
            return
        if lemma in PLACE_KINDS and head >= 0 and not strength:
            kind = place_kind(index, candidate)
            if kind:
                features["grain" if kind in PLACE_KINDS[lemma] else "grain_wrong"] = 1.0
        if asked.kind_of and strength:
            described = any(
                index.words[c].deprel.split(":")[0] in {"amod", "compound"}
                and not self.question_mask >> c & 1
                for c in index.children[head]
            )
            features["kind_told" if described else "kind_bare"] = 1.0
            return
        if asked.kind_of:
            governor = index.words[head].head
            if term is not None and governor >= 0 and term.strength(1 << governor) and not strength:
                features["noun"] = 1.0
            return
        if strength:
            features["noun"] = strength
            named = any(
                index.words[c].upos in {"PROPN", "NUM"}
                or (
                    index.words[c].deprel.split(":")[0] in {"amod", "compound", "appos"}
                    and not self.question_mask >> c & 1
                )
                for c in index.children[head]
            )
            full = any(
                index.words[c].deprel.split(":")[0] in {"acl", "ccomp", "nmod"} for c in index.children[head]
            )
            if not named and entity < 0 and not asked.kind_of:
                features["noun_bare"] = 1.0
                if not full:
                    features["noun_empty"] = 1.0
        elif wanted & sorts:
            features["noun_sort"] = 1.0
        elif term is not None and term.strength(candidate.mask):
            features["noun_inside"] = 1.0
        else:
            governor = index.words[head].head
            if term is not None and governor >= 0 and term.strength(1 << governor):
                features["noun_above"] = 1.0
            elif wanted and sorts and not wanted & sorts:
                features["noun_wrong"] = 1.0
            else:
                features["noun_absent"] = 1.0
        if entity >= 0 and term is not None and term.strength(index.entities[entity].mask):
            features["noun_entity"] = 1.0


MOMENT = re.compile(
    r"\b(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b|"
    r"\b(?P<deictic>last|this|next) (?P<unit>year|month|week|season|century|decade)\b|"
    r"\b(?P<month>january|february|march|april|june|july|august|september|october|november|december)\b|"
    r"\b(?P<year>1[0-9]\d\d|20\d\d)\b",
    re.IGNORECASE,
)


def fit_of(features: Mapping[str, float]) -> float:
    """Return how well the candidate's role fits the gap."""
    return features.get("role", 0.0)


def moments(text: str) -> Iterator[tuple[str, str]]:
    """Yield the days, months, years and "last year"s that a text names, each as sort and value."""
    for match in MOMENT.finditer(text):
        if match["unit"]:
            yield match["unit"].lower(), match["deictic"].lower()
        else:
            for sort in ("day", "month", "year"):
                if match[sort]:
                    yield f"named {sort}", match[sort].lower()


PLACE_KINDS: Mapping[str, frozenset[str]] = {
    "country": frozenset({"country"}),
    "nation": frozenset({"country"}),
    "city": frozenset({"city"}),
    "town": frozenset({"city"}),
    "capital": frozenset({"city"}),
    "continent": frozenset({"continent"}),
    "state": frozenset({"state", "country"}),
    "village": frozenset({"city"}),
}


def place_kind(index: ArticleIndex, candidate: Candidate) -> str:
    """Return what kind of place a gazetteer takes the candidate's name for, or ""."""
    name = " ".join(
        index.words[i].text for i in index.numbers(candidate.mask) if index.words[i].upos == "PROPN"
    )
    if not name:
        return ""
    if words.country_key(name):
        return "country"
    found = words.gazetteer.place(name)
    return found.kind if found is not None else ""


def noun_sorts(lemma: str) -> frozenset[str]:
    """Return the sorts of thing that a noun asks for ("country" a place, "company" an organization)."""
    sorts = set(words.lexicon.noun_classes(lemma))
    if sorts & {"group"}:
        sorts.add("organization")
    if lemma in {"year", "day", "month", "date", "time", "decade", "century", "week", "hour"}:
        sorts = {"time"}
    if "location" in sorts:
        sorts.add("place")
    return frozenset(
        sorts
        & {
            "person",
            "organization",
            "place",
            "time",
            "quantity",
            "number",
            "money",
            "group",
            "animal",
            "event",
        }
    )


def phrase_mask(index: ArticleIndex, head: int, short: bool = False) -> int:
    """Return the words of the phrase that a head governs, without clauses and asides that hang on it.

    The short form keeps determiner, modifiers, compounds and the name only.
    """
    mask = 1 << head
    for child in index.children[head]:
        rel = index.words[child].deprel
        base = rel.split(":")[0]
        if base in {
            "case",
            "mark",
            "cc",
            "punct",
            "dep",
            "parataxis",
            "discourse",
            "vocative",
            "cop",
            "aux",
            "nsubj",
        } and (
            index.words[head].upos in {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ"}
            or base in {"mark", "cc", "punct"}
        ):
            if not (base == "punct" and index.words[child].text in {"-", "–", "%", '"'} and child < head):
                continue
        if rel in {"acl:relcl", "advcl:relcl"} or (
            base in {"appos", "advcl"} and index.words[head].upos in {"NOUN", "PROPN"}
        ):
            continue
        if short and base in {"nmod", "acl", "conj", "advcl", "obl"} and rel != "nmod:poss":
            continue
        mask |= index.subtree(child)
    return mask


def related_facts(index: ArticleIndex, view: FactView, *relations: Relation) -> Iterator[FactView]:
    """Yield the facts that this fact is linked to by one of the relations."""
    for found in view.fact.links:
        if found.relation in relations and 0 <= found.fact < len(index.facts):
            yield index.facts[found.fact]


def is_identity(view: FactView) -> bool:
    """Tell whether a fact says who or what somebody is."""
    return view.fact.kind in {FactKind.COPULA, FactKind.APPOSITION, FactKind.TITLE, FactKind.ABBREVIATION}
