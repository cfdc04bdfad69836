"""Another part of an event that is already known: when, where, why, how long, with whom, who says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking import render, words
from knowledge.asking.frame import Asked, QuestionFrame
from knowledge.asking.index import ArgumentView, ArticleIndex, FactView
from knowledge.asking.ranking import roles
from knowledge.asking.ranking.moments import SPANS, moments
from knowledge.asking.terms import Linked
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import FactKind, Role, Span

FITTING = 0.7
"""Least fit of a role with the wh-word for an argument to be the part asked for."""
FARTHER = 0.12
"""What a clause inside the event's own loses against it."""
OWN = frozenset({"when", "where", "how", "how_long", "how_many", "how_much"})
"""What every clause has of its own, so that what describes a participant does not tell it of the event."""
PARTIES = 2
DATED = 0.2
"""What a day, month or year has over another time as an answer to "when"."""
THIN = 0.5
"""Worth of "after ..." as a reason: what came first is the likely cause, but nobody says so."""
ATTENDING = wordset("attending_verb")
MISSING = wordset("missing_verb")
AFTERMATH = frozenset({"after", "following"})
PEOPLE = frozenset({"person", "organization", "group"})
REPORTING = wordset("reporting_verb") | wordset("telling_verb")
PLAIN_SAYING = wordset("telling_verb") | frozenset({"say", "claim", "report"})
"""Verbs that ask who says something in whatever way."""
MONEY = frozenset({"price", "cost", "fee", "fine", "sum", "pay", "bill", "money"})
LONGEST_CLAUSE = 24
LONGEST = 14
"""Words from which on a part is given in its short form."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an event: its words, their span, the sentence, its worth in (0, 1] and its fact."""

    text: str
    span: Span
    sentence: int
    worth: float
    fact: FactView


def part(asked: Asked, view: FactView, index: ArticleIndex, known: int = 0) -> Part | None:
    """Return the part of an event that a wh-word, perhaps with a preposition, asks for; None if not told.

    `known` are words that the question itself holds, which do not answer it.
    """
    best: tuple[float, int, FactView, ArgumentView] | None = None
    for near, fact in family(view, index):
        if near and asked.wh in OWN and _aside(fact, index):
            continue
        for place, argument in enumerate(fact.arguments):
            if argument.mask & known:
                continue
            value = _fit(asked, argument, fact, index) - FARTHER * near
            if value >= (best[0] + 1e-9 if best is not None else FITTING):
                best = (value, -place, fact, argument)
    if best is None and asked.wh == "why":
        best = _aftermath(view)
    if best is None:
        return None
    value, _, fact, argument = best
    span = argument.argument.span
    if argument.fact >= 0:
        span = render.shortened(index, argument.mask, LONGEST_CLAUSE)
    elif len(span.of(index.article.text).split()) > LONGEST:
        span = argument.argument.short
    if asked.wh in {"how_long", "how_many", "how_much"}:
        span = _measure(asked, argument, index) or span
    span = render.tidy(index.article.text, span)
    return Part(_said(argument, span, index), span, fact.sentence, min(1.0, value), fact)


def family(view: FactView, index: ArticleIndex) -> Iterator[tuple[int, FactView]]:
    """Yield the facts that make up an event: the fact and its cuts (0), clauses inside and retellings (1)."""
    inside: list[FactView] = []
    for number in index.facts_of_sentence.get(view.sentence, ()):
        fact = index.facts[number]
        if number >= index.told or fact.fact.kind in {FactKind.POSSESSIVE, FactKind.TITLE}:
            continue
        if fact.predicate_mask & view.predicate_mask:
            yield 0, fact
        elif fact.predicate_mask and not fact.predicate_mask & ~view.mask:
            inside.append(fact)
    for fact in inside:
        yield 1, fact
    for fact in index.facts[: index.told]:
        if fact.sentence != view.sentence and _retells(fact, view):
            yield 1, fact


def _aside(fact: FactView, index: ArticleIndex) -> bool:
    """Tell whether a clause only describes something or somebody of the event, at a time of its own."""
    verbs = [index.words[i].deprel for i in index.numbers(fact.predicate_mask)]
    return fact.fact.kind is FactKind.VERB and any(rel.startswith(("acl", "advcl")) for rel in verbs)


def _retells(one: FactView, two: FactView) -> bool:
    """Tell whether two facts are one event told twice: a headline's and the lead's, with the same parties."""
    if one.fact.predicate.lemma != two.fact.predicate.lemma or one.fact.negated != two.fact.negated:
        return False
    shared = 0
    for role in (Role.AGENT, Role.PATIENT):
        mine = next((a for a in one.arguments if a.role is role), None)
        other = next((a for a in two.arguments if a.role is role), None)
        if mine is None or other is None:
            continue
        if (mine.entity != other.entity or mine.entity < 0) and mine.lemma != other.lemma:
            return False
        shared += 1
    return shared == PARTIES


def _fit(asked: Asked, argument: ArgumentView, fact: FactView, index: ArticleIndex) -> float:
    """Return how well an argument answers the wh-word, 0 where it is of another sort."""
    if argument.head < 0 or not argument.mask:
        return 0.0
    noun_only = fact.fact.kind is FactKind.NOUN
    said = argument.argument.span.of(index.article.text)
    timed = "time" in argument.sorts or argument.role is Role.TIME
    if asked.wh in {"who", "whose", "what", "which"}:
        return 0.0 if noun_only else _party(asked, argument, fact)
    if asked.wh in {"how_many", "how_much"}:
        return _amount(asked, argument, index)
    if asked.wh == "how_long":
        held = SPANS["how_long"].search(said) and (
            any(index.words[i].upos == "NUM" for i in index.numbers(argument.mask)) or argument.case in EVER
        )
        return roles.ADVERBIAL["how_long"].get(argument.role, 0.0) if held and timed else 0.0
    value = roles.ADVERBIAL.get(asked.wh, {}).get(argument.role, 0.0)
    if asked.wh == "where" and (timed or argument.argument.fact is not None):
        return 0.0
    if asked.wh == "when" and argument.argument.fact is None and argument.role is not Role.TIME:
        return 0.0
    if asked.wh == "when" and value and any(moments(said)):
        value += DATED
    if asked.wh == "why" and argument.role in {Role.TOPIC, Role.BENEFICIARY, Role.CONDITION}:
        return 0.0
    if asked.wh == "how" and argument.role not in {Role.MANNER, Role.INSTRUMENT, Role.MEDIUM}:
        return 0.0
    if asked.case and asked.wh in {"when", "where"} and asked.case != argument.case:
        value -= 0.4
    return value - (0.1 if noun_only else 0.0)


EVER = frozenset({"until", "since", "for", "till"})


def _party(asked: Asked, argument: ArgumentView, fact: FactView) -> float:
    """Return how well an argument is the one behind a preposition ("from whom"), or the doer ("who")."""
    if asked.case == "by" and argument.role is Role.AGENT:
        return 1.0
    if asked.wh in {"who", "whose"} and not argument.sorts & PEOPLE and argument.entity < 0:
        return 0.0
    if asked.wh in {"who", "whose"} and argument.sorts & {"time", "quantity"}:
        return 0.0
    if not asked.case:
        return 1.0 if asked.wh == "who" and argument.role is Role.AGENT else 0.0
    if asked.case == argument.case:
        return 1.0
    if asked.case == "by":
        return 1.0 if argument.role is Role.AGENT else 0.0
    value = roles.PREPOSITIONS.get(asked.case, {}).get(argument.role, 0.0)
    core = argument.role in {Role.PATIENT, Role.AGENT, Role.TIME, Role.PLACE}
    return 0.0 if core or argument.case else value


def _amount(asked: Asked, argument: ArgumentView, index: ArticleIndex) -> float:
    """Return how well an argument is a count of the noun asked for, or an amount of money or measure."""
    numbers = [i for i in index.numbers(argument.mask) if index.words[i].upos == "NUM"]
    if not numbers or argument.role is Role.TIME or "time" in argument.sorts:
        return 0.0
    if asked.noun and asked.noun not in MONEY:
        head = index.words[argument.head].lemma
        alike = words.american(head) == words.american(asked.noun)
        alike = alike or words.american(asked.noun) in lexicon.synonyms(head, "NOUN")
        return 1.0 if alike else 0.0
    if asked.wh == "how_much":
        return 1.0 if MONETARY.search(argument.argument.span.of(index.article.text)) else 0.0
    return 0.9 if argument.role in {Role.AGENT, Role.PATIENT, Role.QUANTITY, Role.EXTENT} else 0.0


MONETARY = re.compile(
    r"[$£€¥%]|\b(?:dollars?|euros?|pounds?|pesos?|rupees?|yen|francs?|crowns?|per ?cent|million|billion)\b",
    re.IGNORECASE,
)


def _measure(asked: Asked, argument: ArgumentView, index: ArticleIndex) -> Span | None:
    """Return the counted words of a phrase alone: "two nights" of "two nights of rain"."""
    for i in index.numbers(argument.mask):
        word = index.words[i]
        if word.upos != "NUM" or not argument.mask >> word.head & 1:
            continue
        unit = SPANS["how_long"].search(index.words[word.head].text) if asked.wh == "how_long" else True
        if unit and word.head > i:
            first = min([i, *(c for c in index.children[i] if argument.mask >> c & 1)])
            return Span(index.words[first].start, index.words[word.head].end)
    return None


def _aftermath(view: FactView) -> tuple[float, int, FactView, ArgumentView] | None:
    """Return the clause after which an event came, as the next best thing to a reason."""
    for place, argument in enumerate(view.arguments):
        if argument.role is Role.TIME and argument.case in AFTERMATH and argument.fact >= 0:
            return THIN, -place, view, argument
    return None


def _said(argument: ArgumentView, span: Span, index: ArticleIndex) -> str:
    """Return the words of a part: a name for a pronoun, and the word that says how a time lies."""
    text = index.article.text
    if index.words[argument.head].upos == "PRON" and argument.entity >= 0:
        return render.with_title(index, argument.entity)
    said = span.of(text)
    if argument.role is Role.TIME and argument.case in {"after", "before", "until", "since", "during", "by"}:
        said = f"{argument.case} {said}"
    return re.sub(r"\s+", " ", said).strip()


def absence(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Part | None:
    """Return why somebody stayed away: "why wasn't he there?", "she could not travel because of the snow"."""
    clause = frame.clauses[frame.asked.clause] if frame.clauses else None
    subject = clause.slot("subject") if clause is not None else None
    if clause is None or subject is None or frame.asked.wh != "why" or not frame.negated:
        return None
    there = "be" not in clause.lemmas or {"there", "present"} & {w.lower() for w in frame.words}
    if ATTENDING.isdisjoint(clause.lemmas) or not there:
        return None
    named = {x.entity for x in linked.entities(subject.start, subject.end) if x.start <= subject.head < x.end}
    names = [t for i, t in linked.terms.items() if t.name and not subject.start <= i < subject.end]
    for view in index.facts[: index.told]:
        away = (view.fact.negated and not ATTENDING.isdisjoint(view.lemmas)) or MISSING & set(view.lemmas)
        doer = _doer(view)
        if not away or doer is None or doer.entity not in named or doer.entity < 0:
            continue
        if not all(t.any & index.sentence_masks[view.sentence] for t in names):
            continue
        found = part(frame.asked, view, index) or _after(view, index)
        if found is not None:
            return found
    return None


def _after(view: FactView, index: ArticleIndex) -> Part | None:
    """Return what came before an event that failed: "unable to travel after a fall"."""
    for argument in view.arguments:
        if argument.role is Role.TIME and argument.case in AFTERMATH and argument.head >= 0:
            span = render.tidy(index.article.text, argument.argument.span)
            return Part(_said(argument, span, index), span, view.sentence, 0.7, view)
    return None


# -- who says so -----------------------------------------------------------------------------------------


def telling(view: FactView, index: ArticleIndex) -> FactView | None:
    """Return the fact that tells an event: the event's own "X said", or the one that has it as content."""
    says = any(a.role is Role.CONTENT for a in view.arguments)
    if view.fact.predicate.lemma in REPORTING and says and _doer(view) is not None:
        return view
    best: FactView | None = None
    for number in index.facts_of_sentence.get(view.sentence, ()):
        fact = index.facts[number]
        if number >= index.told or fact.fact.kind is not FactKind.VERB or _doer(fact) is None:
            continue
        for argument in fact.arguments:
            holds = argument.role is Role.CONTENT and not view.predicate_mask & ~argument.mask
            tells = holds and fact.fact.predicate.lemma in REPORTING
            if tells and (best is None or fact.mask.bit_count() < best.mask.bit_count()):
                best = fact
    return best


def teller(view: FactView, index: ArticleIndex, verb: str) -> Part | None:
    """Return who tells an event, by whatever verb or by the very one that is asked with."""
    fact = telling(view, index)
    if fact is not None and _tells_by(verb, fact.fact.predicate.lemma):
        doer = _doer(fact)
        if doer is not None:
            span = render.tidy(index.article.text, doer.argument.span)
            return Part(_said(doer, span, index), span, fact.sentence, 1.0, fact)
    source = view.fact.attribution
    if source is None or source.speaker is None or not _tells_by(verb, source.cue_lemma or "say"):
        return None
    mask = index.mask_of(source.speaker)
    pronoun = mask and index.words[mask.bit_length() - 1].upos == "PRON"
    if pronoun and source.entity is None:
        return None
    said = (
        render.with_title(index, source.entity)
        if pronoun and source.entity is not None
        else source.speaker.of(index.article.text)
    )
    sentence = index.words[mask.bit_length() - 1].sentence if mask else view.sentence
    return Part(" ".join(said.split()), source.speaker, sentence, 1.0, view)


def medium(view: FactView, index: ArticleIndex) -> Part | None:
    """Return through what an event was made known: "in a tweet"."""
    fact = telling(view, index)
    for argument in fact.arguments if fact is not None else ():
        if argument.role is Role.MEDIUM and fact is not None:
            span = render.tidy(index.article.text, argument.argument.span)
            said = f"{argument.case} {span.of(index.article.text)}".strip()
            return Part(" ".join(said.split()), span, fact.sentence, 1.0, fact)
    source = view.fact.attribution
    if source is None or source.medium is None:
        return None
    return Part(
        " ".join(source.medium.of(index.article.text).split()), source.medium, view.sentence, 1.0, view
    )


def _doer(fact: FactView) -> ArgumentView | None:
    return next((a for a in fact.arguments if a.role is Role.AGENT and a.head >= 0), None)


def _tells_by(verb: str, cue: str) -> bool:
    """Tell whether one verb of telling asks for another: "say" for any, "confirm" for its likes."""
    if verb in PLAIN_SAYING or verb == cue:
        return True
    return lexicon.synonyms(verb, "VERB").get(cue, 0.0) >= 0.5
