"""Facts → the questions that they answer, and how a person would put them.

A wording is made on demand from the fact's own words: wh-word, auxiliary, subject, verb, the other arguments
in the order of the article. Only facts whose arguments stand in plain order are worded; the rest are still
answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.asking import words
from knowledge.asking.render import tidy
from knowledge.language import inflection
from knowledge.model import (
    Argument,
    Entity,
    EntityKind,
    Fact,
    FactKind,
    Frozen,
    Modality,
    Reading,
    Role,
    Span,
)

LONGEST_PHRASE = 9
"""Words of an argument that still fit a natural question."""
WH = {Role.TIME: "when", Role.PLACE: "where", Role.CAUSE: "why", Role.PURPOSE: "why"}
WORDED = {Role.AGENT, Role.PATIENT, Role.CONTENT, Role.RECIPIENT, Role.COUNTERPART, Role.TOPIC, *WH}
PRONOUNS = frozenset(
    ["he", "she", "they", "it", "him", "her", "them", "i", "we", "who", "which", "that", "this", "us", "me"]
)
OWNERS = frozenset(["our", "my", "your", "his", "their", "its", "you", "all", "others"])
"""Words that name nobody by themselves."""
CAPITALS = frozenset(
    ["The", "A", "An", "This", "These", "Some", "Many", "Most", "Its", "His", "Her", "Their"]
)


class Intent(Frozen):
    """A question that a fact answers.

    `fact` is the fact's id, `role` the asked role, `argument` the place of the answering argument in the
    fact; `answer_type` the wh-word that asks for it, `predicate` the lemma, `text` a natural wording or "".
    """

    fact: int
    role: Role
    argument: int
    answer_type: str
    predicate: str
    text: str = ""


def intents(reading: Reading) -> tuple[Intent, ...]:
    """Return every question that the reading's facts answer, those with a wording first."""
    found = [i for fact in reading.facts for i in _of(fact, reading)]
    return tuple(sorted(found, key=lambda i: not i.text))


def _of(fact: Fact, reading: Reading) -> Iterator[Intent]:
    if fact.kind is FactKind.QUOTATION or fact.negated:
        return
    for place, argument in enumerate(fact.arguments):
        wh = WH.get(argument.role) or _who(argument, reading)
        text = _wording(fact, place, wh, reading) if argument.role in WORDED and fact.part_of is None else ""
        yield Intent(
            fact=fact.id,
            role=argument.role,
            argument=place,
            answer_type=wh,
            predicate=fact.predicate.lemma,
            text=text,
        )


def _who(argument: Argument, reading: Reading) -> str:
    kind = _entity(argument, reading.entities)
    if kind in {EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE}:
        return "who"
    return "who" if kind is None and "person" in words.sorts("", argument.lemma.lower(), "NOUN") else "what"


def _entity(argument: Argument, entities: tuple[Entity, ...]) -> EntityKind | None:
    return entities[argument.entity].kind if argument.entity is not None else None


def _wording(fact: Fact, asked: int, wh: str, reading: Reading) -> str:
    """Return a natural question for one argument of a verbal fact, or ""."""
    if fact.kind is not FactKind.VERB or fact.modality not in {Modality.ASSERTED, Modality.REPORTED}:
        return ""
    token = next(
        (
            t
            for t in reading.article.sentences[fact.sentence].tokens
            if t.start >= fact.predicate.span.start and t.upos == "VERB"
        ),
        None,
    )
    if token is None:
        return ""
    subject = next(
        (a for a in fact.arguments if a.role is (Role.PATIENT if fact.predicate.passive else Role.AGENT)),
        None,
    )
    target = fact.arguments[asked]
    rest = [
        a for a in fact.arguments if a is not target and a is not subject and a.role not in {Role.CONDITION}
    ]
    rest = [a for a in rest if a.span.start > fact.predicate.span.start][:2]
    said = [_phrase(a, reading) for a in rest]
    if subject is None or any(not s for s in said) or any(len(s.split()) > LONGEST_PHRASE for s in said):
        said = [s for s in said if s and len(s.split()) <= LONGEST_PHRASE]
        if subject is None:
            return ""
    lemma = fact.predicate.lemma
    if not said and target is subject:
        return ""
    name = _phrase(subject, reading, subject=True)
    tail = " ".join(said)
    if target is subject:
        verb = (
            f"was {inflection.inflect(lemma, 'participle')}"
            if fact.predicate.passive
            else inflection.inflect(lemma, "past")
        )
        question = f"{wh} {verb} {tail}"
    elif not name or len(name.split()) > LONGEST_PHRASE:
        return ""
    elif fact.predicate.passive:
        plural = "were" if _plural(subject, reading) else "was"
        if target.role is Role.AGENT:
            question = f"who {inflection.inflect(lemma, 'past')} {name} {tail}"
        elif target.role in WH:
            question = f"{wh} {plural} {name} {inflection.inflect(lemma, 'participle')} {tail}"
        else:
            return ""
    else:
        stranded = f" {target.case}" if target.case and target.role not in WH else ""
        question = f"{wh} did {name} {lemma} {tail}{stranded}"
    question = " ".join(question.split())
    return f"{question[0].upper()}{question[1:]}?"


def _plural(argument: Argument, reading: Reading) -> bool:
    sentence = next((s for s in reading.article.sentences if s.span.covers(argument.head)), None)
    if sentence is None:
        return False
    return len(argument.members) > 1 or any(
        t.start == argument.head.start and t.xpos in {"NNS", "NNPS"} for t in sentence.tokens
    )


def _phrase(argument: Argument, reading: Reading, subject: bool = False) -> str:
    """Return an argument as a question would put it: a name for a pronoun, its preposition before it."""
    text = reading.article.text
    head = argument.head.of(text).lower()
    if head in OWNERS:
        return ""
    if head in PRONOUNS:
        if argument.entity is None:
            return ""
        said = reading.entities[argument.entity].name
    else:
        full = tidy(text, Span(*argument.span)).of(text)
        said = full if len(full.split()) <= LONGEST_PHRASE else tidy(text, Span(*argument.short)).of(text)
        if said.split()[0] in CAPITALS:
            said = said[0].lower() + said[1:]
    if '"' in said or "“" in said:
        return ""
    said = " ".join(said.split())
    case = argument.case if not subject else ""
    return f"{case} {said}".strip() if not said.lower().startswith(f"{case} ") else said
