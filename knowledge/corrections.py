"""What people add to an article or set right in it. Every correction quotes the article, or it is set aside.

In an article's companion file:

    [[alias]]
    entity = "Rosa Lind"            # as the article calls her
    alias = "the first lady of Tarn"

    [[answer]]
    questions = ["Who paid for the bridge?"]
    answer = "the county"           # stands in the quote, or is Yes or No
    quote = "The county paid for it."

    [[fact]]
    quote = "The county paid for it."
    predicate = "paid for"
    arguments = { agent = "The county", patient = "it" }

    [[drop]]                        # facts that were read wrongly
    quote = "The county paid for it."
    predicate = "paid"
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated, Literal, NamedTuple

from pydantic import Field, StringConstraints, TypeAdapter

from knowledge import model
from knowledge.model import (
    Answer,
    Argument,
    Article,
    Entity,
    Fact,
    FactKind,
    Frozen,
    Passage,
    Predicate,
    Reading,
    Role,
    Span,
    Status,
    Trace,
)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]
Quote = Annotated[str, StringConstraints(strip_whitespace=True, min_length=3, max_length=2_000)]

#: How sure a taught answer is: a person vouches for it.
TAUGHT = 0.99


class Alias(Frozen):
    """Another name for somebody or something; `entity` is a name that the article uses."""

    kind: Literal["alias"] = "alias"
    entity: Words
    alias: Words


class TaughtAnswer(Frozen):
    """An answer to questions in these wordings; it stands in the quote, or is Yes or No."""

    kind: Literal["answer"] = "answer"
    questions: tuple[Words, ...] = Field(min_length=1, max_length=50)
    answer: Words
    quote: Quote


class TaughtFact(Frozen):
    """A fact whose predicate and arguments all stand in the quote."""

    kind: Literal["fact"] = "fact"
    quote: Quote
    predicate: Words
    arguments: dict[Role, Words] = Field(min_length=1)
    negated: bool = False


class Drop(Frozen):
    """Facts that were read wrongly: those with this predicate within the quote."""

    kind: Literal["drop"] = "drop"
    quote: Quote
    predicate: Words


Correction = Alias | TaughtAnswer | TaughtFact | Drop
CORRECTION: TypeAdapter[Correction] = TypeAdapter(Annotated[Correction, Field(discriminator="kind")])


class Corrected(NamedTuple):
    """A reading with corrections applied.

    `answers` are taught answers by the gist of each wording. `faults` says by a correction's place in the
    list why it was set aside.
    """

    reading: Reading
    answers: dict[str, Answer]
    faults: dict[int, str]


class Misfit(Exception):
    """A correction does not fit the article; the text says why."""


def apply(reading: Reading, corrections: Sequence[Correction]) -> Corrected:
    """Return a reading with what people added, without what they dropped; set aside what misfits."""
    answers: dict[str, Answer] = {}
    faults: dict[int, str] = {}
    ordered = sorted(enumerate(corrections), key=lambda pair: not isinstance(pair[1], Drop))
    for number, correction in ordered:
        try:
            match correction:
                case Drop():
                    reading = _without(reading, correction)
                case Alias():
                    reading = _called(reading, correction)
                case TaughtFact():
                    fact = _fact(reading, correction)
                    reading = reading.model_copy(update={"facts": (*reading.facts, fact)})
                case TaughtAnswer():
                    said = _answer(reading.article, correction)
                    answers |= {gist(question): said for question in correction.questions}
        except Misfit as misfit:
            faults[number] = str(misfit)
    return Corrected(reading, answers, faults)


#: Words that do not tell one question from another.
FILLER = frozenset(
    "a an can could do hello hey hi just know me please pls so tell the well would you".split()  # noqa: SIM905
)


def gist(text: str) -> str:
    """Return a question without case, marks and filler words."""
    words = re.findall(r"[^\W_]+", re.sub(r"['’´`]s?\b", "", text.casefold()))
    return " ".join(word for word in words if word not in FILLER)


def find(text: str, words: str, within: Span | None = None) -> Span:
    """Return where words stand in a text, whatever the white space between them; raise Misfit."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    edges = (
        (r"(?<!\w)" if words[:1].isalnum() else "") + pattern + (r"(?!\w)" if words[-1:].isalnum() else "")
    )
    start, end = within or Span(0, len(text))
    found = re.compile(edges).search(text, start, end)
    if found is None:
        place = "the quote" if within else "the article"
        raise Misfit(f"{words!r} does not stand in {place}")
    return Span(*found.span())


def _without(reading: Reading, drop: Drop) -> Reading:
    quote = find(reading.article.text, drop.quote)
    wanted = drop.predicate.casefold()
    gone = {
        fact.id
        for fact in reading.facts
        if quote.covers(fact.predicate.span)
        and wanted in (fact.predicate.text.casefold(), fact.predicate.lemma.casefold())
    }
    if not gone:
        raise Misfit(f"no fact with the predicate {drop.predicate!r} was read in the quote")
    kept = [fact for fact in reading.facts if fact.id not in gone]
    numbers = {fact.id: number for number, fact in enumerate(kept)}
    return reading.model_copy(update={"facts": tuple(_renumbered(fact, numbers) for fact in kept)})


def _renumbered(fact: Fact, numbers: dict[int, int]) -> Fact:
    """Return a fact with the facts' new numbers; what pointed at a dropped fact points nowhere."""

    def renamed(old: int | None) -> int | None:
        return None if old is None else numbers.get(old)

    arguments = tuple(
        argument if argument.fact is None else argument.model_copy(update={"fact": renamed(argument.fact)})
        for argument in fact.arguments
    )
    links = tuple(
        link.model_copy(update={"fact": numbers[link.fact]}) for link in fact.links if link.fact in numbers
    )
    changes = {
        "id": numbers[fact.id],
        "arguments": arguments,
        "links": links,
        "part_of": renamed(fact.part_of),
    }
    return fact.model_copy(update=changes)


def _called(reading: Reading, alias: Alias) -> Reading:
    wanted = alias.entity.casefold()

    def is_meant(entity: Entity) -> bool:
        names = [entity.name, *(known.text for known in entity.aliases), *entity.titles]
        names += [
            mention.span.of(reading.article.text) for mention in entity.mentions if mention.kind != "pronoun"
        ]
        return any(" ".join(name.split()).casefold() == wanted for name in names)

    meant = next((entity for entity in reading.entities if is_meant(entity)), None)
    if meant is None:
        raise Misfit(f"the article calls nobody and nothing {alias.entity!r}")
    known = (*meant.aliases, model.Alias(text=alias.alias, kind="name"))
    changed = meant.model_copy(update={"aliases": known})
    return reading.model_copy(
        update={"entities": tuple(changed if e.id == meant.id else e for e in reading.entities)}
    )


def _fact(reading: Reading, taught: TaughtFact) -> Fact:
    article = reading.article
    quote = find(article.text, taught.quote)
    where = find(article.text, taught.predicate, quote)
    sentences = _sentences(article, quote)
    own = next(number for number in sentences if article.sentences[number].span.overlaps(where))
    evidence = tuple(article.sentences[number].span for number in [own, *(n for n in sentences if n != own)])
    _, lemma = _head(article, where)
    return Fact(
        id=len(reading.facts),
        kind=FactKind.VERB,
        predicate=Predicate(lemma=lemma, text=where.of(article.text), span=where),
        arguments=tuple(
            _argument(reading, role, find(article.text, words, quote))
            for role, words in taught.arguments.items()
        ),
        sentence=own,
        evidence=evidence,
        negated=taught.negated,
        derived="taught",
    )


def _argument(reading: Reading, role: Role, span: Span) -> Argument:
    head, lemma = _head(reading.article, span)
    mentioned = (
        entity.id
        for entity in reading.entities
        if any(mention.span.covers(head) and span.covers(mention.span) for mention in entity.mentions)
    )
    return Argument(role=role, span=span, short=span, head=head, lemma=lemma, entity=next(mentioned, None))


def _head(article: Article, span: Span) -> tuple[Span, str]:
    """Return the head word of a phrase, the one whose governor lies outside, and its lemma."""
    for sentence in article.sentences:
        inside = {n for n, t in enumerate(sentence.tokens) if span.start <= t.start and t.end <= span.end}
        for number in sorted(inside):
            token = sentence.tokens[number]
            if token.head not in inside and token.upos != "PUNCT":
                return Span(token.start, token.end), token.lemma
    return span, span.of(article.text).casefold()


def _sentences(article: Article, quote: Span) -> list[int]:
    found = [n for n, sentence in enumerate(article.sentences) if sentence.span.overlaps(quote)]
    if not found:
        raise Misfit("the quote is no sentence of the article")
    return found


def _answer(article: Article, taught: TaughtAnswer) -> Answer:
    quote = find(article.text, taught.quote)
    yes_or_no = taught.answer.casefold().rstrip(".!") in ("yes", "no")
    span = quote if yes_or_no else find(article.text, taught.answer, quote)
    evidence = tuple(
        _passage(article, number, None if yes_or_no else span) for number in _sentences(article, quote)[:3]
    )
    return Answer(
        status=Status.ANSWERED,
        text=taught.answer,
        span=evidence[0].model_copy(update={"span": span, "text": span.of(article.text), "bold": None}),
        evidence=evidence,
        confidence=TAUGHT,
        matched=taught.questions[0],
        article=article.key,
        article_title=article.title,
        why=Trace(frame=taught.questions[0], notes=("a person taught this answer",)),
    )


def _passage(article: Article, number: int, bold: Span | None) -> Passage:
    sentence = article.sentences[number]
    shown = bold if bold and sentence.span.covers(bold) else None
    return Passage(
        article=article.key,
        span=sentence.span,
        text=sentence.span.of(article.text),
        paragraph=sentence.paragraph + 1,
        bold=shown,
    )
