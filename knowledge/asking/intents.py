"""Facts → the questions that they answer, and how a person would put them.

A wording is made on demand from the fact's own words: wh-word, auxiliary, subject, verb, the other arguments
in the order of the article. Only facts whose arguments stand in plain order are worded; the rest are still
answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.asking import words
from knowledge.asking.render import tidy
from knowledge.language import inflection, lexicon
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
NEEDED = {Role.PATIENT, Role.CONTENT, Role.ATTRIBUTE}
"""Roles without which a verb that has them makes no sense: "when did she announce?"."""
ACTING = {Role.AGENT, Role.RECIPIENT, Role.COUNTERPART, Role.BENEFICIARY}
OPENS = ("", ".", "!", "?", ":", "-", "–", "—", '"', "”")
"""What stands before the first word of a sentence."""
MOST_SAID = 2
"""Further arguments that a question says."""
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
        wh = WH.get(argument.role) or _who(argument, fact, reading)
        text = _wording(fact, place, wh, reading) if argument.role in WORDED and fact.part_of is None else ""
        yield Intent(
            fact=fact.id,
            role=argument.role,
            argument=place,
            answer_type=wh,
            predicate=fact.predicate.lemma,
            text=text,
        )


def _who(argument: Argument, fact: Fact, reading: Reading) -> str:
    """Return "who" for people and bodies that act; a body or place that something is done to is "what"."""
    kind = _entity(argument, reading.entities)
    if argument.role is Role.CONTENT:
        return "what"
    if kind is EntityKind.PERSON:
        return "who"
    if kind in {EntityKind.ORGANIZATION, EntityKind.PLACE}:
        return "who" if argument.role in ACTING else "what"
    noun = argument.lemma.lower()
    if noun in PRONOUNS and argument.entity is not None:
        noun = lexicon.lemma(reading.entities[argument.entity].name.split()[-1].lower(), "NOUN")
    people = kind in {None, EntityKind.GROUP} and "person" in words.sorts("", noun, "NOUN")
    return "who" if people else "what"


def _entity(argument: Argument, entities: tuple[Entity, ...]) -> EntityKind | None:
    return entities[argument.entity].kind if argument.entity is not None else None


def _wording(fact: Fact, asked: int, wh: str, reading: Reading) -> str:
    """Return a natural question for one argument of a verbal fact, or ""."""
    if fact.kind is not FactKind.VERB or fact.modality not in {Modality.ASSERTED, Modality.REPORTED}:
        return ""
    if "VERB" not in lexicon.tags(fact.predicate.lemma.split()[0]):
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
    others = [
        a for a in fact.arguments if a is not target and a is not subject and a.role is not Role.CONDITION
    ]
    others = [a for a in others if not any(b is not a and b.span.covers(a.span) for b in (*others, target))]
    needed = [a for a in others if a.role in NEEDED and not a.case]
    rest = [a for a in others if a in needed or len(needed) < MOST_SAID][: max(MOST_SAID, len(needed))]
    rest = [a for a in rest if a.span.start > fact.predicate.span.start]
    spoken = [s if _short(s) else "" for s in (_phrase(a, reading) for a in rest)]
    lost = [a for a in needed if not any(a is b and s for b, s in zip(rest, spoken, strict=True))]
    if subject is None or lost:
        return ""
    said = [s for s in spoken if s]
    lemma = fact.predicate.lemma
    told = reading.article.text[token.start : token.end].lower()
    done = told if fact.predicate.passive else inflection.inflect(lemma, "participle")
    if not said and target is subject:
        return ""
    name = _phrase(subject, reading, subject=True)
    tail = " ".join(said)
    if target is subject:
        verb = f"was {done}" if fact.predicate.passive else inflection.inflect(lemma, "past")
        question = f"{wh} {verb} {tail}"
    elif not name or len(name.split()) > LONGEST_PHRASE:
        return ""
    elif fact.predicate.passive:
        plural = "were" if _plural(subject, reading) else "was"
        if target.role is Role.AGENT:
            question = f"who {inflection.inflect(lemma, 'past')} {name} {tail}"
        elif target.role in WH:
            question = f"{wh} {plural} {name} {done} {tail}"
        else:
            return ""
    else:
        stranded = target.case if target.role not in WH else ""
        bare = " ".join(s for a, s in zip(rest, spoken, strict=True) if s and not a.case)
        cased = " ".join(s for a, s in zip(rest, spoken, strict=True) if s and a.case)
        question = f"{wh} did {name} {lemma} {bare} {stranded} {cased}"
    question = " ".join(question.split())
    return f"{question[0].upper()}{question[1:]}?"


def _short(said: str) -> bool:
    return 0 < len(said.split()) <= LONGEST_PHRASE


def _begins_sentence(argument: Argument, said: str, reading: Reading) -> bool:
    """Tell whether a phrase has its capital only because a sentence begins with it."""
    start = argument.span.start
    tokens = (t for s in reading.article.sentences if s.span.start <= start < s.span.end for t in s.tokens)
    first = next((t for t in tokens if t.start == start), None)
    opens = reading.article.text[:start].rstrip()[-1:] in OPENS
    following = said.split()[1:2]
    plain = first is not None and first.upos != "PROPN" and said[:1].isupper() and not said[:2].isupper()
    return plain and opens and not any(w[:1].isupper() for w in following)


def _plural(argument: Argument, reading: Reading) -> bool:
    sentence = next((s for s in reading.article.sentences if s.span.covers(argument.head)), None)
    if sentence is None:
        return False
    return len(argument.members) > 1 or any(
        t.start == argument.head.start
        and (t.xpos in {"NNS", "NNPS"} or (t.upos == "NUM" and t.lemma not in {"one", "1"}))
        for t in sentence.tokens
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
        if said.split()[0] in CAPITALS or _begins_sentence(argument, said, reading):
            said = said[0].lower() + said[1:]
    if '"' in said or "“" in said:
        return ""
    said = " ".join(said.split())
    case = argument.case if not subject else ""
    return f"{case} {said}".strip() if not said.lower().startswith(f"{case} ") else said
