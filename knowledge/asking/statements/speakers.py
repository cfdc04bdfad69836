"""Who said the words that a question quotes."""

from __future__ import annotations

import functools
import operator

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame
from knowledge.asking.identities.identified import Identity, nobody, quoting
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.statements.speech import MANNER_OF_SAYING, SAYING, THINGS_SAID, Utterance, utterances
from knowledge.asking.terms import Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import EntityKind, FactKind, Role, Span

MARKS = frozenset({'"', "'"})
TELLING = wordset("wording_verb")
"""Verbs that ask who said the words between marks."""
LEAST_WORDS = 2
LIGHT = wordset("light_verb") | wordset("generic_verb")


def who_said_so(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return who says the words between quotation marks, None where the question quotes nothing.

    "Not told" where nobody is told to say them, or to say them of what the question names.
    """
    marks = [i for i, w in enumerate(frame.words) if w in MARKS]
    asked = frame.asked
    if asked.wh != "who" or len(marks) < 2 or not (_verbs_outside(frame) & TELLING):
        return None
    start, end = marks[0] + 1, marks[-1]
    given = [words.fold(w) for w in frame.words[start:end] if any(c.isalnum() for c in w)]
    if len(given) < LEAST_WORDS and not (given and len(given[0]) > 4):
        return None
    mask = _place_of(given, index)
    if not mask:
        return nobody(index)
    others = [t for i, t in linked.terms.items() if not start <= i < end and not t.tag.startswith("VB")]
    others = [t for t in others if t.lemma not in {"word", "phrase", "term", "expression", "quote"}]
    found = [u for u in utterances(index) if mask & ~u.mask == 0 and (u.speaker >= 0 or u.speaker_mask)]
    if not found:
        return nobody(index)
    said = max(found, key=lambda u: (u.speaker >= 0, u.direct, -u.mask.bit_count()))
    around = index.sentence_masks[said.sentence]
    outside = [index.words[i] for i in index.numbers(around & ~said.mask)]
    points_back = any(w.upos == "PRON" and w.text.lower() in THINGS_SAID for w in outside)
    if said.sentence and (said.whole or points_back):
        around |= index.sentence_masks[said.sentence - 1]
    if any(t.strength(around) < 0.5 for t in others):
        if not said.whole:
            return nobody(index)
        return None if all(not t.name for t in others) else nobody(index)
    return _speaker(said, index)


def _verbs_outside(frame: QuestionFrame) -> set[str]:
    """Return the lemmas of the words before the first quotation mark that can be verbs."""
    first = next((i for i, w in enumerate(frame.words) if w in MARKS), 0)
    outside = [w.lower() for w in frame.words[:first]] + [w.lower() for w in frame.words[-3:]]
    return {lemma for w in outside for lemma in lexicon.verb_lemmas(w)[:2]}


def _place_of(given: list[str], index: ArticleIndex) -> int:
    """Return the first run of the article's words that is the given one, as a mask."""
    places = [i for i, w in enumerate(index.words) if w.upos != "PUNCT"]
    told = [words.fold(index.words[i].text) for i in places]
    for k in range(len(told) - len(given) + 1):
        if told[k : k + len(given)] == given:
            return sum(1 << i for i in places[k : k + len(given)])
    return 0


def _speaker(said: Utterance, index: ArticleIndex) -> Identity:
    """Return the one who says something, by name where there is one."""
    numbers = list(index.numbers(said.speaker_mask))
    view = index.entities[said.speaker] if said.speaker >= 0 else None
    if not numbers and view is not None:
        numbers = list(index.numbers(view.mask & index.sentence_masks[said.sentence])) or list(
            index.numbers(view.mask)
        )
    span = Span(index.words[numbers[0]].start, index.words[numbers[-1]].end)
    named = view is not None and view.proper and view.entity.kind is EntityKind.PERSON
    name = view.entity.name if view is not None and named else ""
    found = quoting(index, span, 0.88, "speaker", name)
    return Identity(found.text, found.span, said.sentence, found.confidence, found.note)


# -- words told without marks ----------------------------------------------------------------------------

SURE = 0.72
"""How sure it is who said something once the words said, too, point to the one whom the facts point to."""
CONTENT_HELD = 0.8
"""Least share of the question's words that what is said must hold."""


def confirmed(frame: QuestionFrame, linked: Linked, index: ArticleIndex, entity: int) -> bool:
    """Tell whether an entity is told to say what the question says that somebody said."""
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if asked.wh != "who" or clause is None or entity < 0:
        return False
    asks = asked.gap == "subject" and bool(set(clause.lemmas) & (SAYING | MANNER_OF_SAYING))
    if not asks and asked.case != "according to":
        return False
    terms = [t for i, t in linked.terms.items() if not asks or i != clause.verb]
    best: dict[int, float] = {}
    for said in utterances(index):
        if said.speaker >= 0 and not _contradicts(frame, linked, said, index):
            held = _held(terms, said, index)
            best[said.speaker] = max(held, best.get(said.speaker, 0.0))
    mine = best.pop(entity, 0.0)
    return bool(terms) and mine >= CONTENT_HELD and mine > max(best.values(), default=0.0) + 0.1


PLAINLY_SAID = SAYING | wordset("plainly_said")
"""Verbs that may ask for what somebody is only told to have said."""
STANDING_FOR = frozenset({"he", "she", "they", "it", "him", "her", "them", "his", "their", "we", "i"})
ONE_PERSON = frozenset({"he", "she", "him", "her", "his"})
BEFORE = 3
"""Sentences before words said in which he whom they speak of may have been named."""


def teller(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return the one whose words hold all that somebody is asked to have said, None where nobody's do."""
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    inner = next((c for c in frame.clauses if c.parent == asked.clause and c.link == "that"), None)
    plain = clause is not None and set(clause.lemmas) & PLAINLY_SAID and not clause.negated
    if asked.wh != "who" or asked.gap != "subject" or clause is None or inner is None or not plain:
        return None
    subject = inner.slot("subject")
    doer = range(subject.start, subject.end) if subject is not None else range(0)
    terms = [t for i, t in linked.terms.items() if i >= inner.start and i != clause.verb]
    best: dict[int, tuple[float, Utterance]] = {}
    for said in utterances(index):
        cues = (
            set(said.fact.lemmas) if said.fact is not None and said.fact.fact.kind is FactKind.VERB else set()
        )
        if said.speaker < 0 or (cues and not cues & PLAINLY_SAID) or _contradicts(frame, linked, said, index):
            continue
        held = _told_all(terms, doer, said, index)
        if held >= CONTENT_HELD and held > best.get(said.speaker, (0.0, said))[0]:
            best[said.speaker] = (held, said)
    if len(best) != 1 or len(terms) < LEAST_WORDS:
        return None
    found = _speaker(next(iter(best.values()))[1], index)
    return Identity(found.text, found.span, found.sentence, SURE, found.note)


def _told_all(terms: list[Term], doer: range, said: Utterance, index: ArticleIndex) -> float:
    """Return the share of the terms that words said hold, 0 where they lack a verb, a number or a name.

    A pronoun stands for whom the question names as the doer, and for what was named just before.
    """
    pronouns = {index.words[i].text.lower() for i in index.numbers(said.mask)} & STANDING_FOR
    around = index.sentence_masks[max(0, said.sentence - BEFORE) : said.sentence + 1]
    earlier = functools.reduce(operator.or_, around)
    just_before = functools.reduce(operator.or_, around[-2:])
    held = 0.0
    for t in terms:
        inside = t.strength(said.mask)
        if not inside and pronouns and t.at in doer:
            one = said.direct and not t.name and not pronouns.isdisjoint(ONE_PERSON)
            inside = (
                0.8 if one or t.any & (earlier if t.name or "they" not in pronouns else just_before) else 0.0
            )
        if inside < 0.5 and (t.name or t.number or t.tag.startswith("VB")) and t.lemma not in LIGHT:
            return 0.0
        held += t.weight * inside
    return held / (sum(t.weight for t in terms) or 1.0)


def put_in_mouth(frame: QuestionFrame, linked: Linked, index: ArticleIndex, entity: int) -> bool:
    """Tell whether the deed that somebody is asked to have told of is in nothing that an entity says."""
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if asked.wh != "who" or entity < 0 or clause is None or asked.gap != "subject":
        return False
    inner = [c for c in frame.clauses if c.link == "that" and c.parent == asked.clause and not c.copular]
    if not inner or not set(clause.lemmas) & (SAYING | MANNER_OF_SAYING):
        return False
    verbs = [linked.terms[c.verb] for c in inner if c.verb in linked.terms]
    verbs = [t for t in verbs if t.lemma not in LIGHT]
    theirs = [u.mask for u in utterances(index) if u.speaker == entity]
    return bool(theirs) and any(not any(t.any & mask for mask in theirs) for t in verbs)


def _held(terms: list[Term], said: Utterance, index: ArticleIndex) -> float:
    """Return the share of the terms that what is said holds."""
    total = sum(t.weight for t in terms) or 1.0
    return sum(t.weight * t.strength(said.mask) for t in terms) / total


def _contradicts(frame: QuestionFrame, linked: Linked, said: Utterance, index: ArticleIndex) -> bool:
    """Tell whether what is said turns the question's clause round: roles swapped, denied or the opposite."""
    for number, clause in enumerate(frame.clauses):
        verb = linked.terms.get(clause.verb)
        if number == frame.asked.clause or (verb is None and not clause.copular):
            continue
        for view in index.facts_of_sentence.get(said.sentence, ()):
            if _turned(clause, verb, linked, index.facts[view], said):
                return True
    return any(t.opposite & said.mask and not t.any & said.mask for t in linked.terms.values())


def _turned(clause: Clause, verb: Term | None, linked: Linked, view: FactView, said: Utterance) -> bool:
    """Tell whether a fact of what is said is the clause denied or with its roles swapped."""
    if view.predicate_mask & ~said.mask:
        return False
    if verb is not None and verb.strength(view.predicate_mask) < 0.6:
        return False
    if verb is None and view.fact.kind is not FactKind.COPULA:
        return False
    if view.fact.negated != clause.negated:
        return True
    subject = clause.slot("subject")
    term = linked.terms.get(subject.head) if subject is not None else None
    agents = [a.mask for a in view.arguments if a.role is Role.AGENT]
    others = [a.mask for a in view.arguments if a.role in {Role.PATIENT, Role.RECIPIENT, Role.COUNTERPART}]
    if term is None or clause.passive or not agents:
        return False
    return not any(term.any & m for m in agents) and any(term.any & m for m in others)
