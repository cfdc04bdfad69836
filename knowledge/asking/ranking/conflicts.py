"""What an article says against the best candidate of a question that would otherwise pass for its answer.

Each test looks at one sort of false premise: the deed was done the other way round or by somebody else named,
was refused where the question says so and the article does not, or is told of another thing of the sort.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.asking import words
from knowledge.asking.converse import is_mutual
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.ranking.candidate import Candidate
from knowledge.asking.ranking.match import Matcher
from knowledge.asking.ranking.slots import other_country
from knowledge.asking.terms import Linked, Term, head_term
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Role

SAME_DEED = 0.8
"""Least strength of a predicate for a fact to be the deed asked about."""
LIKE_DEED = 0.5
"""The same for a deed of the sort asked about: to buy a firm is to take it over."""
NEGATOR = wordset("negator")
DENYING = NEGATOR | wordset("rejecter") | {"no", "not", "n't", "never", "without", "turn", "rule", "rather"}
"""Words by which a sentence may say in its own way that something was refused."""
CONTROLLED = wordset("controlled_verb")
DONE_TO = frozenset({Role.PATIENT, Role.RECIPIENT, Role.BENEFICIARY})
EVENTS = frozenset({FactKind.VERB, FactKind.NOMINAL})


def refuted(best: Candidate, frame: QuestionFrame, linked: Linked, matcher: Matcher) -> bool:
    """Tell whether the article contradicts what the question takes for granted about its best candidate."""
    index = matcher.index
    return (
        _in_anothers_place(best, matcher)
        or _unsaid_refusal(best, frame, linked, index)
        or _reversed(best, frame, linked, matcher)
        or _undergone(best, frame, linked, matcher)
        or _done_to_another(best, matcher)
        or _done_by_another(best, frame, linked, matcher)
        or _of_other_country(best, frame, index)
        or _of_another(best, frame, linked, index)
        or _counts_another(best, frame, linked)
        or _of_another_sort(best, linked, index)
    )


def _in_anothers_place(best: Candidate, matcher: Matcher) -> bool:
    """Tell whether the very deed is told with what cannot be the question's name in its place.

    "A mob besieged the embassy" does not tell what the Americans besieged, "she ordered his arrest" not whom
    she ordered the police to do something to.
    """
    view, index = best.fact, matcher.index
    if view is None or best.features.get("pred", 0.0) < SAME_DEED:
        return False
    for phrase in matcher.phrases:
        head = phrase.head
        if head is None or not phrase.own or not phrase.places or phrase.slot.kind == "oblique":
            continue
        named = phrase.sure or bool(words.country_key(head.text) or words.country_key(head.text.title()))
        if not named or phrase.any & (view.mask & ~best.mask):
            continue
        for a in view.arguments:
            other = a.role in phrase.places and a.head >= 0 and a.entity not in phrase.named
            if other and a.mask != best.mask and not phrase.any & a.mask and _is_no_name(a, index):
                return True
    return False


def _is_no_name(argument: ArgumentView, index: ArticleIndex) -> bool:
    """Tell whether an argument can mean nobody and nothing with a name: a deed, or "a mob" just mentioned."""
    word = index.words[argument.head]
    if word.upos != "NOUN" or (argument.entity >= 0 and index.entities[argument.entity].proper):
        return False
    if any(index.words[c].deprel == "appos" for c in index.children[argument.head]):
        return False
    fresh = any(index.words[c].text.lower() in {"a", "an"} for c in index.children[argument.head])
    return fresh or not lexicon.noun_classes(word.lemma) - DEEDS


DEEDS = frozenset({"act", "event", "process", "state", "feeling", "attribute", "phenomenon", "time"})
"""Classes of nouns that mean no person, body or place."""


def _of_another_sort(best: Candidate, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether the sentence has the question's noun with another modifier: "the harbour budget"."""
    here = index.sentence_masks[best.sentence]
    everything = 0
    for term in linked.terms.values():
        everything |= term.any
    for i, noun in linked.terms.items():
        sort = linked.terms.get(i - 1)
        if sort is None or noun.tag != "NOUN" or not classing(sort.text, sort.tag) or sort.any & here:
            continue
        told = list(index.numbers(noun.exact & here))
        if told and all(_classed(at, everything, index) for at in told):
            return True
    return False


def _classed(at: int, everything: int, index: ArticleIndex) -> bool:
    """Tell whether a noun has a modifier of its own that classes it."""
    return any(
        index.words[c].deprel in {"amod", "compound"}
        and classing(index.words[c].text.lower(), index.words[c].upos)
        and not everything >> c & 1
        for c in index.children[at]
    )


def classing(word: str, tag: str) -> bool:
    """Tell whether a modifier classes its noun (electric, budget) and so shuts out another that does."""
    return tag == "NOUN" or (tag == "ADJ" and word.endswith(CLASSING))


CLASSING = ("ic", "al", "ary", "ish", "an", "en", "ese", "ian", "ive", "ar", "est")


def _unsaid_refusal(best: Candidate, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether the question says "refuse to" or "cancel" and the sentence says nothing of the kind."""
    if best.fact is not None and best.fact.fact.negated:
        return False
    here = index.sentence_masks[best.sentence]
    asked = frame.asked.clause
    above = frame.clauses[asked].parent if frame.clauses and frame.clauses[asked].link == "to" else None
    for number, clause in enumerate(frame.clauses):
        names = {f"{x} {clause.particle}".strip() for x in clause.lemmas}
        term = linked.terms.get(clause.verb)
        if number not in {asked, above} or not names & NEGATOR or clause.negated or term is None:
            continue
        said = (index.words[i] for i in index.numbers(here))
        if not term.any & here and not any(w.lemma in DENYING or w.text.lower() in DENYING for w in said):
            return True
    return False


def _reversed(best: Candidate, frame: QuestionFrame, linked: Linked, matcher: Matcher) -> bool:
    """Tell whether a clause of the question has its doer and whom it is done to in each other's places."""
    index = matcher.index
    for number in range(len(frame.clauses)):
        doer, done = _parties(number, frame)
        if doer is None or done is None:
            continue
        swapped = False
        for view in _facts(best, index):
            if matcher.predicate_strength(number, view)[0] < SAME_DEED:
                continue
            agents = [a for a in view.arguments if a.role is Role.AGENT]
            if any(_names(doer, a, linked) for a in agents):
                return False
            others = [a for a in view.arguments if a.role in DONE_TO]
            swapped |= any(_names(done, a, linked) for a in agents) and any(
                _names(doer, a, linked) for a in others
            )
        if swapped:
            return True
    return False


def _undergone(best: Candidate, frame: QuestionFrame, linked: Linked, matcher: Matcher) -> bool:
    """Tell whether the doer of the question is whom the very deed was done to: "who does X succeed"."""
    number = frame.asked.clause
    clause = frame.clauses[number] if frame.clauses else None
    doer = clause.slot("subject") if clause is not None and not clause.passive else None
    if clause is None or doer is None or frame.asked.gap not in {"object", "second"}:
        return False
    if any(is_mutual(lemma, "") for lemma in clause.lemmas):
        return False
    undergone = False
    for view in _facts(best, matcher.index):
        if matcher.predicate_strength(number, view)[0] < SAME_DEED:
            continue
        if any(a.role is Role.AGENT and _names(doer, a, linked) for a in view.arguments):
            return False
        undergone |= any(a.role is Role.PATIENT and _names(doer, a, linked) for a in view.arguments)
    return undergone


def _done_to_another(best: Candidate, matcher: Matcher) -> bool:
    """Tell whether such a deed was done to somebody or something else by name: "who bought X"."""
    view, index = best.fact, matcher.index
    if view is None or best.features.get("pred", 0.0) < LIKE_DEED:
        return False
    for phrase in matcher.phrases:
        if not (phrase.sure and phrase.own and phrase.slot.kind == "object"):
            continue
        done = [a for a in view.arguments if a.role is Role.PATIENT and not a.case]
        if any(a.entity in phrase.named or phrase.any & a.mask for a in done):
            continue
        if any(a.entity >= 0 and index.entities[a.entity].proper and a.mask != best.mask for a in done):
            return True
    return False


def _parties(number: int, frame: QuestionFrame) -> tuple[Slot | None, Slot | None]:
    """Return who does something in a clause and to whom, also where the clause above names the doer."""
    clause = frame.clauses[number]
    subject, other = clause.slot("subject"), clause.slot("object")
    if clause.passive:
        by = next((s for s in clause.slots if s.kind == "oblique" and s.case == "by"), None)
        return by, subject
    if other is None:
        other = next((s for s in clause.slots if s.kind == "oblique" and s.case == "to"), None)
    if subject is None and clause.link == "to" and clause.parent is not None:
        above = frame.clauses[clause.parent]
        subject = above.slot("object" if CONTROLLED & set(above.lemmas) else "subject")
    return subject, other


def _facts(best: Candidate, index: ArticleIndex) -> Iterator[FactView]:
    """Yield the events of the candidate's sentence."""
    for number in index.facts_of_sentence.get(best.sentence, ()):
        view = index.facts[number]
        if number < index.told and view.fact.kind in EVENTS:
            yield view


def _names(slot: Slot, argument: ArgumentView, linked: Linked) -> bool:
    """Tell whether a phrase of the question names the head of an argument, or one of a list there."""
    head = head_term(linked, slot)
    entities = {x.entity for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end}
    if argument.entity >= 0 and argument.entity in entities:
        return True
    if head is None or argument.head < 0:
        return False
    listed = bool(argument.argument.members) and head.name and bool(head.any & argument.mask)
    return listed or head.strength(1 << argument.head) >= SAME_DEED


def _done_by_another(best: Candidate, frame: QuestionFrame, linked: Linked, matcher: Matcher) -> bool:
    """Tell whether the deed that the candidate belongs to is told of somebody else by name.

    "A sent 20 nurses, and B offered money" does not tell how many nurses B sent.
    """
    index, number = matcher.index, frame.asked.clause
    clause: Clause | None = frame.clauses[number] if frame.clauses else None
    subject = clause.slot("subject") if clause is not None and not clause.passive else None
    head = head_term(linked, subject) if subject is not None else None
    if subject is None or head is None or not head.name:
        return False
    for view in _facts(best, index):
        inside = view is best.fact or not best.mask & ~view.mask
        strength, how = matcher.predicate_strength(number, view)
        if not inside or strength < SAME_DEED or how != "exact":
            continue
        if head.any & (view.mask | view.speaker_mask) or _names_any(subject, view, linked):
            return False
        agents = [a for a in view.arguments if a.role is Role.AGENT and a.entity >= 0]
        if any(index.entities[a.entity].proper and not a.mask & best.mask for a in agents):
            return _does(subject, view, best, linked, index)
    return False


def _does(slot: Slot, view: FactView, best: Candidate, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether the sentence tells of something else that somebody did."""
    return any(
        other is not view
        and other.predicate_mask != view.predicate_mask
        and any(a.role is Role.AGENT and _names(slot, a, linked) for a in other.arguments)
        for other in _facts(best, index)
    )


def _names_any(slot: Slot, view: FactView, linked: Linked) -> bool:
    return any(_names(slot, a, linked) for a in view.arguments)


def _of_other_country(best: Candidate, frame: QuestionFrame, index: ArticleIndex) -> bool:
    """Tell whether the noun asked for is of one country and the candidate of another."""
    here = index.sentence_masks[best.sentence]
    return any(
        other_country(word, best.mask, index)
        and not index.countries.get(f"@{words.country_of(word)}", 0) & here
        for word in frame.words[frame.asked.noun_start : max(0, frame.asked.noun_end - 1)]
    )


def _counts_another(best: Candidate, frame: QuestionFrame, linked: Linked) -> bool:
    """Tell whether the candidate counts something else than the things asked for, which the article knows."""
    asked = frame.asked
    if asked.wh != "how_many" or not best.features.get("count_wrong"):
        return False
    term = linked.terms.get(asked.noun_end - 1)
    parts = "of" in (w.lower() for w in frame.words[asked.noun_start : asked.noun_end])
    return term is not None and (parts or bool(term.any))


def _of_another(best: Candidate, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether what the question calls "the mill near X" is told of a mill near somewhere else."""
    view = best.fact
    if view is None:
        return False
    for clause in frame.clauses:
        for slot in clause.slots:
            before = next((s for s in clause.slots if 0 <= slot.start - s.end <= 1 and s is not slot), None)
            name = head_term(linked, slot)
            if not slot.kind.endswith("oblique") or before is None or name is None or not _named(name, frame):
                continue
            noun = head_term(linked, before)
            if noun is None or _named(noun, frame):
                continue
            placed = slot.case in PLACING and any(
                p.role is Role.PLACE and p.entity >= 0 for p in view.arguments
            )
            for a in view.arguments:
                found = a.head >= 0 and noun.exact >> a.head & 1 and not name.any & view.mask
                if found and (placed or _placed_elsewhere(a, slot.case, index)):
                    return True
    return False


def _named(term: Term, frame: QuestionFrame) -> bool:
    return term.tag == "PROPN" or frame.words[term.at][:1].isupper()


def _placed_elsewhere(argument: ArgumentView, case: str, index: ArticleIndex) -> bool:
    """Tell whether an argument's head has a name of its own behind the preposition."""
    for child in index.children[argument.head]:
        word = index.words[child]
        if word.deprel == "nmod" and word.upos == "PROPN" and argument.mask >> child & 1:
            cases = {index.words[c].text.lower() for c in index.children[child]}
            if case in cases or (case in PLACING and cases & PLACING):
                return True
    return False


PLACING = frozenset({"in", "at", "near", "outside", "from", "on"})
