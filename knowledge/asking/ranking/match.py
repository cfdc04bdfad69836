"""Candidates for a question in one article, each with the features that decide whether it is the answer.

Tier 1 candidates are arguments of facts (and verb phrases, where a deed is asked for); tier 2 candidates are
constituents of the sentences that cover the question's words best, for where the parser got a fact wrong. A
feature is a number in [-1, 1] or so; the weights in `data/weights.json` were learned by
`training/questions/train_weights.py`. Features of the fact are made by `slots` and `cover`, those of the
answer's own words by `features`.
"""

from __future__ import annotations

import functools
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from operator import attrgetter

from knowledge.asking import words
from knowledge.asking.converse import receives
from knowledge.asking.frame import QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView, Standing, sorts_of
from knowledge.asking.ranking import roles, slots
from knowledge.asking.ranking.candidate import Candidate, Ground, Part, joined, part
from knowledge.asking.ranking.cover import Cover
from knowledge.asking.ranking.features import COUNTED, AnswerFeatures
from knowledge.asking.ranking.phrases import constituents, distances, first_word
from knowledge.asking.terms import Linked
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Role

BEST_SENTENCES = 4
LOOSE_SENTENCES = 3
"""Sentences whose constituents are looked at, beside the facts of `BEST_SENTENCES`."""
FACTS_FROM = 0.1
"""Least cover of a sentence whose facts are looked at."""
CONSTITUENTS_FROM = 0.15
"""Least cover of a sentence whose constituents are looked at must be above this."""
PREDICATE_FROM = 0.3
"""Least strength of a predicate whose facts are looked at, wherever they stand."""
LIGHT = wordset("light_verb")
"""Verbs that leave the meaning to their object: "give a speech"."""
CALLING = wordset("calling_verb")
ALIKE = 0.9
"""How well one verb of calling stands for another: "described it as", "called it"."""
EVENTS = {FactKind.VERB, FactKind.NOMINAL}
KNOWN = 0.6
"""Least strength of predicate and phrases together for the event asked about to count as found."""
NONE = {"no", "nobody", "nothing", "none"}
"""Words that deny what a clause tells."""
ROADS = {"exact": 1.0, "derived": 0.9, "light": 0.8, "converse": 0.9, "part": 0.75}
"""How far a fact's lemma is trusted, by the way that it was come by."""


Stood = tuple[Standing, float]
"""How a fact stands, and whether the speaker asked for says it (1), or another (-1)."""
OWN = {"for", "after", "upon", "with"}
"""Prepositions that hardly tell a place or a way behind a verb that they make another one with."""
NONE_TAKEN: Mapping[int, float] = {}
NO_SORTS: frozenset[str] = frozenset()
UNREAL_LINKS = {"to", "that", "if", "of", "for", "from"}
UNDONE_LINKS = {"to", "from"}
"""What joins a deed to the verb that tells that it was not done."""
NEGATOR = wordset("negator")
PAST = {"did", "was", "were", "had", "has", "have"}


class Matcher:
    """Match one framed question against one article."""

    def __init__(self, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> None:
        """Look up what all facts are compared with; raises nothing for a question without clauses."""
        self.frame = frame
        self.linked = linked
        self.index = index
        asked = frame.asked
        self.asked_clause = frame.clauses[asked.clause] if frame.clauses else None
        excluded, spared = self._exclusions()
        told = tuple(
            t
            for i, t in linked.terms.items()
            if not (asked.wh in COUNTED and asked.noun_start <= i < asked.noun_end) and i not in spared
        )
        negated = self.asked_clause.negated if self.asked_clause is not None else frame.negated
        self.negated = (negated != self._shunned()) or self._denies()
        self.unreal = self._asks_unreal()
        self.speaker = self._asked_speaker()
        self.cover = Cover(linked, told, frame.words, index)
        covered = self.cover.sentences
        self.sentences = sorted(range(len(covered)), key=lambda s: (-covered[s], s))[:BEST_SENTENCES]
        self.answers = AnswerFeatures(frame, linked, index, told, excluded)
        self.subject = asked.gap == "subject"
        self.verb_terms = self._verb_terms()
        self.phrases = slots.phrases_of(frame, linked)
        self.phrased = 0
        """The article's words that any word of the phrases may mean."""
        for phrase in self.phrases:
            self.phrased |= phrase.any
        self.contested = [phrase for phrase in self.phrases if phrase.fillers]
        """Phrases in whose place another argument speaks against a fact."""
        self.verbs = frozenset(lemma for table in self.verb_terms.values() for lemma in table)
        self.generic = self.asked_clause is not None and (
            self.asked_clause.copular or all(x in words.GENERIC_VERBS for x in self.asked_clause.lemmas)
        )
        self._ranked: tuple[Candidate, ...] | None = None
        self.known = 0.0
        """How surely the article tells of the very event asked about."""
        self._grounds: dict[tuple[object, ...], Ground] = {}
        self._stood: dict[Stood, Part] = {}
        self._held: dict[int, Sequence[tuple[float, Sequence[array[int]]]]] = {}
        self._verbs_held: dict[int, Sequence[tuple[int, array[int]]]] = {}
        self._fits: tuple[dict[tuple[Role, str], float], ...] = ({}, {})
        """How well a role and case fit the gap, in facts with and without a doer."""
        self._predicates: dict[tuple[float, str, float, int], Part] = {}

    def _shunned(self) -> bool:
        """Tell whether the deed asked about is one that was not done: "what did she refuse to sign"."""
        clause = self.asked_clause
        if clause is None or clause.parent is None or clause.link not in UNDONE_LINKS:
            return False
        above = self.frame.clauses[clause.parent]
        return not above.negated and not NEGATOR.isdisjoint(above.lemmas)

    def _denies(self) -> bool:
        """Tell whether "no" or "nobody" stands in the clause that is asked, not in one that hangs on it."""
        asked = self.frame.asked.clause
        inner = [c for n, c in enumerate(self.frame.clauses) if n != asked and c.parent is not None]
        return any(
            word.lower() in NONE and not any(c.start <= i < max(c.end, c.verb + 1) for c in inner)
            for i, word in enumerate(self.frame.words)
        )

    def _exclusions(self) -> tuple[int, frozenset[int]]:
        """Return the mask of what the question leaves out ("besides X") and the terms that name it."""
        mask, at = 0, set()
        for slot in [s for c in self.frame.clauses for s in c.slots] + list(self.frame.loose):
            if slot.case in slots.EXCEPT:
                for i, term in self.linked.terms.items():
                    if slot.start <= i < slot.end:
                        mask |= term.any
                        at.add(i)
        return mask, frozenset(at)

    # -- predicates -----------------------------------------------------------------------------------------

    def _verb_terms(self) -> dict[int, dict[str, float]]:
        """Return for each clause the predicate lemmas that mean what its verb means, with strengths."""
        out = {}
        for number, clause in enumerate(self.frame.clauses):
            table: dict[str, float] = {}
            obj = clause.slot("object")
            noun = self.frame.lemmas[obj.head] if obj is not None else ""
            for lemma in clause.lemmas:
                whole = f"{lemma} {clause.particle}" if clause.particle else lemma
                if lemma in CALLING:
                    table.update((other, ALIKE) for other in CALLING - {lemma})
                if clause.particle:
                    table[whole] = 1.0
                table.setdefault(lemma, 1.0 if not clause.particle else 0.7)
                for other, strength in words.related(whole, whole, "VERB").loose:
                    if not other.startswith("^"):
                        table.setdefault(other, strength * 0.9)
                for case in self._cases(number):
                    _add_whole(table, lemma, case)
                if obj is not None:
                    table.setdefault(f"{lemma} {noun}", 1.0)
                    if lemma in LIGHT and not receives(lemma):
                        _add_nominal(table, noun)
            out[number] = table
        return out

    def _cases(self, number: int) -> set[str]:
        """Return the prepositions that may be one verb with a clause's verb, the asked one among them."""
        clause, asked = self.frame.clauses[number], self.frame.asked
        if clause.slot("object") is not None or (asked.clause == number and asked.gap == "object"):
            return set()
        cases = {s.case for s in clause.slots if s.kind == "oblique"}
        cases |= {asked.case} if asked.clause == number and asked.gap == "oblique" else set()
        return cases & OWN

    def predicate_strength(self, clause: int, fact: FactView) -> tuple[float, str]:
        """Return how well a fact's predicate means a clause's verb, and by which road."""
        table = self.verb_terms.get(clause)
        if not table:
            return 0.0, ""
        best, how = 0.0, ""
        for lemma, road in fact.lemmas.items():
            strength = table.get(lemma, 0.0) or table.get(words.american(lemma), 0.0)
            if strength and strength * ROADS[road] > best:
                best, how = strength * ROADS[road], road if strength >= 0.99 else "synonym"
        return best, how

    # -- candidates -----------------------------------------------------------------------------------------

    def ranked(self) -> tuple[Candidate, ...]:
        """Return the candidates, best first; none for a question without words that tell anything."""
        if self._ranked is None:
            found = self.candidates() if self.linked.terms else []
            self._ranked = tuple(sorted(found, key=attrgetter("score"), reverse=True))
        return self._ranked

    def candidates(self) -> list[Candidate]:
        """Return every candidate with its features."""
        out: list[Candidate] = []
        asked, complete = self.frame.asked, self.answers.complete
        looked = []
        for view in self.worth_a_look():
            ground, taken = self._ground(view)
            looked.append((view, ground, taken, self._eventful(view, ground)))
        self.known = max([eventful for _, _, _, eventful in looked], default=0.0)
        beside: dict[tuple[int, float], Ground] = {}
        for view, ground, taken, eventful in looked:
            behind = self.known - eventful
            if self.known >= KNOWN and behind >= KNOWN / 2:
                key = id(ground), behind
                if key not in beside:
                    beside[key] = _beside_event(ground, behind)
                ground = beside[key]
            sentence = view.sentence
            fits = self._fits[self.subject and roles.doerless(view)]
            for place, argument in enumerate(view.arguments):
                if self._relative(argument):
                    continue
                fit = fits.get(argument.place)
                if fit is None:
                    fit = fits[argument.place] = roles.fit(asked, self.asked_clause, argument, view)
                candidate = Candidate(argument.mask, argument.head, sentence, argument.sorts, view, argument)
                complete(candidate, ground, fit, taken.get(place, 0.0) if taken else 0.0)
                out.append(candidate)
        seen = {(c.sentence, c.mask) for c in out}
        if self._asks_deed():
            out.extend(self._deeds())
        event = part({"event_known": self.known}) if self.known >= KNOWN else None
        for sentence in self.sentences[:LOOSE_SENTENCES]:
            if self.cover.sentences[sentence] <= CONSTITUENTS_FROM:
                continue
            for mask, head, sorts in constituents(self.index, sentence):
                if (sentence, mask) not in seen:
                    candidate = Candidate(mask, head, sentence, sorts, tier=2)
                    ground = self._loose_ground(candidate)
                    if event is not None:
                        ground.part += event
                    complete(candidate, ground)
                    out.append(candidate)
        return out

    def _relative(self, argument: ArgumentView) -> bool:
        """Tell whether an argument is a bare "what" or "which", which says nothing."""
        return (
            argument.head >= 0
            and argument.mask == 1 << argument.head
            and self.index.words[argument.head].xpos in {"WP", "WDT"}
            and argument.entity < 0
        )

    def _eventful(self, view: FactView, ground: Ground) -> float:
        """Return how surely a fact is the event asked about: its predicate with the question's phrases."""
        if self.generic or view.fact.kind not in EVENTS:
            return 0.0
        return ground.pred * (ground.good if self.phrases else 1.0)

    def _asks_deed(self) -> bool:
        """Tell whether the question asks what somebody did: "what did X do to Y", "what was done to Y"."""
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
            fact = view.fact
            if (
                fact.kind is not FactKind.VERB
                or fact.part_of is not None
                or not {"be", "do"}.isdisjoint(view.lemmas)
            ):
                continue
            done = passive and fact.predicate.passive
            doer = 0
            for a in view.arguments:
                if a.role is Role.AGENT or (done and a.role is Role.PATIENT):
                    doer |= a.mask
            if not doer and not passive:
                continue
            first = (view.predicate_mask & -view.predicate_mask).bit_length() - 1
            mask = view.predicate_mask
            for a in view.arguments:
                if not a.mask & doer and a.head > first:
                    mask |= a.mask
            head = view.predicate_mask.bit_length() - 1
            sorts = sorts_of(self.index, head, self.index.words[head].entity, mask) if head >= 0 else NO_SORTS
            candidate = Candidate(mask, head, view.sentence, sorts, view)
            ground, _ = self._ground(view)
            told = {name: value for f in ground.part.features for name, value in f.items()}
            told = {**told, "deed": 1.0, "pred_absent": 0.0}
            self.answers.complete(candidate, replace(ground, part=part(told)), fit=1.0)
            yield candidate

    def worth_a_look(self) -> Iterator[FactView]:
        """Yield the facts of the best sentences, and those with a predicate that the question names."""
        chosen: set[int] = set()
        index = self.index
        for sentence in self.sentences:
            if self.cover.sentences[sentence] > FACTS_FROM:
                chosen.update(index.facts_of_sentence.get(sentence, ()))
        for table in self.verb_terms.values():
            for lemma, strength in table.items():
                if strength >= PREDICATE_FROM:
                    chosen.update(index.predicates.get(lemma, ()))
        for number in sorted(chosen):
            yield index.facts[number]

    # -- features of the fact -------------------------------------------------------------------------------

    def _ground(self, view: FactView) -> tuple[Ground, Mapping[int, float]]:
        """Return a fact's features, and which of its arguments the question's own phrases take up."""
        stood = view.standing, self._speaker(view) if self.speaker is not None else 0.0
        if not view.mask & self.phrased and self.verbs.isdisjoint(view.spelled):
            return self._blank_ground(view, stood), NONE_TAKEN
        matches = [slots.match(phrase, view, self.index) for phrase in self.phrases]
        taken: dict[int, float] = {}
        for m in matches:
            if m.taken >= 0 and m.good + m.swap > taken.get(m.taken, 0.3):
                taken[m.taken] = m.good + m.swap
        return self._whole_ground(view, matches, stood), taken

    def _blank_ground(self, view: FactView, stood: Stood) -> Ground:
        """Return the features of a fact that holds no phrase and no verb of the question.

        Half of the facts are such, and few differ, so that they are made once.
        """
        held = (view.mask | view.speaker_mask) & self.cover.any
        rivals = [slots.fillers_conflict(phrase, view) for phrase in self.contested]
        placed = any([slots.rivalled(phrase, view) for phrase in self.phrases])
        key = (view.sentence, held, stood, placed, *rivals)
        found = self._grounds.get(key)
        if found is None:
            matches = [slots.match(phrase, view, self.index) for phrase in self.phrases]
            found = self._grounds[key] = self._whole_ground(view, matches, stood)
        return found

    def _whole_ground(self, view: FactView, matches: Sequence[slots.SlotMatch], stood: Stood) -> Ground:
        placed = slots.summed(matches)
        for phrase, lain in zip(self.phrases, matches, strict=True):
            if phrase.core and lain.good < 0.3:
                placed["core_lost"] = 1.0
                break
        strength, predicate = self._predicate(view)
        cover = self.cover.of(view.sentence, view.mask | view.speaker_mask)
        return Ground(
            joined((predicate, part(placed), cover, self._stands(stood))),
            strength,
            placed.get("good", 0.0),
            "aligned" in placed,
        )

    def _stands(self, stood: Stood) -> Part:
        """Return the features of whether a fact holds, and by whose word."""
        found = self._stood.get(stood)
        if found is None:
            (negated, asserted, unreal, conditional, partial), speaker = stood
            unreal = unreal and not self.unreal
            found = _stands(negated != self.negated, asserted, unreal, conditional, speaker, partial)
            self._stood[stood] = found
        return found

    def _predicate(self, view: FactView) -> tuple[float, Part]:
        """Return how well a fact's predicate means the verb asked for, and the features of that."""
        asked = self.frame.asked.clause
        strength, how, other = 0.0, "", 0.0
        if not self.verbs.isdisjoint(view.spelled):
            strength, how = self.predicate_strength(asked, view)
            others = [self.predicate_strength(n, view)[0] for n in self.verb_terms if n != asked]
            other = max(others, default=0.0)
        key = strength, how, other, view.sentence
        found = self._predicates.get(key)
        if found is None:
            found = self._predicates[key] = part(self._predicate_features(*key))
        return strength, found

    def _predicate_features(self, strength: float, how: str, other: float, sentence: int) -> dict[str, float]:
        """Tell how well a predicate means the verb asked for, and whether it means another."""
        features = {"pred": strength}
        clause = self.asked_clause
        if how == "synonym":
            features["pred_synonym"] = 1.0
        if self.generic:
            features["generic"] = 1.0
        elif not strength and clause is not None:
            features["pred_absent"] = 1.0
            term = self.linked.terms.get(clause.verb)
            if term is not None:
                features["pred_near"] = term.strength(self.index.sentence_masks[sentence])
            if not features.get("pred_near"):
                features["pred_lost"] = 1.0
        if other > strength:
            features["pred_other"] = other
        return features

    def _asked_speaker(self) -> Slot | None:
        """Return who the question wants it from: "according to X", "what did X say that ..."."""
        frame = self.frame
        for slot in [s for c in frame.clauses for s in c.slots] + list(frame.loose):
            if slot.case == "according to":
                return slot
        if frame.clauses and frame.asked.clause > 0 and frame.clauses[frame.asked.clause].link == "that":
            return frame.clauses[0].slot("subject")
        return None

    def _asks_unreal(self) -> bool:
        """Tell whether the question speaks of what is wanted or possible, or not of the past at all."""
        clause = self.asked_clause
        if clause is None or clause.modal or clause.link in UNREAL_LINKS:
            return True
        past = self.frame.tags[clause.verb] == "VBD" or any(w.lower() in PAST for w in self.frame.words)
        return not past

    def _speaker(self, view: FactView) -> float:
        """Return 1 where the asked attribution is the fact's, -1 where another's, 0 where none is asked."""
        slot = self.speaker
        if slot is None:
            return 0.0
        terms = [t for i, t in self.linked.terms.items() if slot.start <= i < slot.end]
        if view.speaker >= 0 and any(
            x.entity == view.speaker for x in self.linked.entities(slot.start, slot.end)
        ):
            return 1.0
        if view.speaker_mask and any(t.strength(view.speaker_mask) for t in terms):
            return 1.0
        if view.speaker >= 0 or view.speaker_mask:
            return -1.0
        sentence = self.index.sentence_masks[view.sentence]
        return 0.3 if any(t.strength(sentence) for t in terms) else -0.7

    # -- features of a constituent --------------------------------------------------------------------------

    def _loose_ground(self, candidate: Candidate) -> Ground:
        """Return the features of a phrase that no fact vouches for: how near it is to the question."""
        index, head = self.index, candidate.head
        features = {"tier2": 1.0}
        here = index.sentence_masks[candidate.sentence]
        verb, arcs = self._nearest_verb(candidate)
        if verb >= 0:
            features["near_verb"] = max(0.0, 1.0 - arcs / 6)
            if index.words[head].head == verb:
                features["verb_child"] = 1.0
                features["child_role"] = self._child_fit(head, verb)
        close, at = 0.0, head - first_word(index, candidate.sentence)
        for weight, hits in self._hits(candidate.sentence):
            arcs = hits[0][at] if len(hits) == 1 else min([row[at] for row in hits])
            close += weight * (1.0 / (1 + arcs))
        if close:
            features["tree_near"] = close / self.cover.total
        if self.asked_clause is not None and verb < 0 and not self.asked_clause.copular:
            features["pred_absent2"] = 1.0
        return Ground(part(features) + self.cover.of(candidate.sentence, here))

    def _hits(self, sentence: int) -> Sequence[tuple[float, Sequence[array[int]]]]:
        """Return for each term that a sentence holds its weight and the distances from its words there."""
        found = self._held.get(sentence)
        if found is None:
            here = self.index.sentence_masks[sentence]
            found = self._held[sentence] = [
                (t.weight, [distances(self.index, i) for i in self.index.numbers(t.any & here)])
                for t in self.linked.terms.values() if t.any & here
            ]  # fmt: skip
        return found

    def _child_fit(self, head: int, verb: int) -> float:
        """Return how a verb's dependent fits the gap, by its bare relation."""
        asked, clause, index = self.frame.asked, self.asked_clause, self.index
        if clause is None:
            return 0.0
        rel = index.words[head].deprel
        base = rel.split(":")[0]
        passive = any(index.words[c].deprel in {"nsubj:pass", "aux:pass"} for c in index.children[verb])
        doer = (base == "nsubj" and not passive) or rel == "obl:agent"
        done = base in {"obj", "ccomp"} or rel == "nsubj:pass"
        if (asked.gap == "subject" and not clause.passive) or (
            asked.gap == "oblique" and asked.case == "by" and clause.passive
        ):
            return 1.0 if doer else (-1.0 if done else 0.0)
        if asked.gap == "object" or (asked.gap == "subject" and clause.passive):
            return 1.0 if done else (-1.0 if doer else 0.0)
        if base in {"nsubj", "obj"} and asked.wh in roles.ADVERBIAL:
            return -0.5
        return 0.3 if base == "obl" else 0.0

    def _nearest_verb(self, candidate: Candidate) -> tuple[int, int]:
        """Return the nearest word of the candidate's sentence that means the question's verb, and how near.

        The word is -1 where there is none.
        """
        term = self.linked.terms.get(self.asked_clause.verb) if self.asked_clause is not None else None
        if term is None:
            return -1, 0
        index, sentence = self.index, candidate.sentence
        held = self._verbs_held.get(sentence)
        if held is None:
            here = index.numbers(term.any & index.sentence_masks[sentence])
            held = self._verbs_held[sentence] = [(hit, distances(index, hit)) for hit in here]
        best, nearest = -1, 0
        at = candidate.head - first_word(index, sentence)
        for hit, row in held:
            arcs = row[at]
            if best < 0 or arcs < nearest:
                best, nearest = hit, arcs
        return best, nearest


def _beside_event(ground: Ground, behind: float) -> Ground:
    """Mark a fact that is not the event asked about where the article tells of that elsewhere.

    What that event leaves out ("when", "how many") is not told by what stands in other facts.
    """
    return Ground(ground.part + _elsewhere(behind), ground.pred, ground.good, ground.aligned)


@functools.lru_cache(maxsize=256)
def _elsewhere(behind: float) -> Part:
    return part({"event_elsewhere": behind})


@functools.lru_cache(maxsize=256)
def _stands(
    negation: bool, asserted: bool, unreal: bool, conditional: bool, speaker: float, partial: bool
) -> Part:
    """Return the features of whether a fact holds."""
    features = {"tier1": 1.0}
    if negation:
        features["negation"] = 1.0
    if not asserted:
        features["unasserted"] = 1.0
    if unreal:
        features["not_real"] = 1.0
    if conditional:
        features["conditional"] = 1.0
    if speaker:
        features["speaker_conflict" if speaker < 0 else "speaker"] = abs(speaker)
    if partial:
        features["part_of"] = 1.0
    return part(features)


def _add_whole(table: dict[str, float], verb: str, case: str) -> None:
    """Add the verbs that a verb and a preposition stand for together: "look into" is to investigate."""
    whole = words.whole_verb(verb, case)
    if whole:
        table[whole] = 1.0
        for other, strength in words.related(whole, whole, "VERB").loose:
            table[other] = max(table.get(other, 0.0), strength * 0.9)


def _add_nominal(table: dict[str, float], noun: str) -> None:
    """Add the verbs that a light verb's object stands for: "give a speech" is to speak."""
    for verb in lexicon.nominal_verbs(noun):
        table[verb] = max(table.get(verb, 0.0), 0.9)
        for other, strength in words.related(verb, verb, "VERB").loose:
            table.setdefault(other, strength * 0.7)
