"""The nouns of Dateline, as frozen models.

Offsets are half-open character offsets into the article's text unless a docstring says otherwise:
``article.text[span.start:span.end]`` is always the quoted words.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class Frozen(BaseModel):
    """Base of every noun: immutable, without unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Span(NamedTuple):
    """Half-open character offsets."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the words that the span quotes."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Tell whether the other span lies within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


class Token(NamedTuple):
    """One word of a parsed sentence.

    `head` is the index of the governor within the sentence, -1 for the root. `deprel` is the full UD label,
    `name` the kind of entity the parser sees here ("" outside names).
    """

    start: int
    end: int
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    name: str = ""


class EntityKind(StrEnum):
    """What sort of thing an entity is."""

    PERSON = "person"
    ORGANIZATION = "organization"
    PLACE = "place"
    EVENT = "event"
    TIME = "time"
    QUANTITY = "quantity"
    WORK = "work"
    GROUP = "group"
    THING = "thing"


class Role(StrEnum):
    """The part that an argument plays in its fact."""

    AGENT = "agent"
    PATIENT = "patient"
    RECIPIENT = "recipient"
    BENEFICIARY = "beneficiary"
    COUNTERPART = "counterpart"
    TOPIC = "topic"
    CONTENT = "content"
    ATTRIBUTE = "attribute"
    QUANTITY = "quantity"
    EXTENT = "extent"
    TIME = "time"
    PLACE = "place"
    SOURCE = "source"
    DESTINATION = "destination"
    CAUSE = "cause"
    PURPOSE = "purpose"
    RESULT = "result"
    MANNER = "manner"
    INSTRUMENT = "instrument"
    MEDIUM = "medium"
    POSSESSOR = "possessor"
    CONDITION = "condition"


class FactKind(StrEnum):
    """The construction that a fact was read from."""

    VERB = "verb"
    COPULA = "copula"
    NOMINAL = "nominal"
    APPOSITION = "apposition"
    TITLE = "title"
    POSSESSIVE = "possessive"
    NOUN = "noun"
    EXISTENTIAL = "existential"
    QUOTATION = "quotation"
    ABBREVIATION = "abbreviation"


class Modality(StrEnum):
    """How far the article commits itself to a fact."""

    ASSERTED = "asserted"
    REPORTED = "reported"
    INTENDED = "intended"
    PREDICTED = "predicted"
    POSSIBLE = "possible"
    CONDITIONAL = "conditional"
    REQUESTED = "requested"
    ASKED = "asked"


class Relation(StrEnum):
    """How one fact stands to another."""

    BEFORE = "before"
    AFTER = "after"
    WHILE = "while"
    BECAUSE = "because"
    IF = "if"
    ALTHOUGH = "although"
    SO_THAT = "so_that"
    BY = "by"
    CONTENT = "content"


class Paragraph(Frozen):
    """A paragraph of the text, without the surrounding white space."""

    span: Span


class Sentence(Frozen):
    """A sentence with its words; `paragraph` counts from 0, the headline's sentence has -1."""

    span: Span
    paragraph: int
    tokens: tuple[Token, ...] = ()


class Quotation(Frozen):
    """Words between quotation marks, and who is quoted.

    `span` includes the marks, `inner` does not. `whole` is True for a quotation that holds at least a clause.
    `continues` is the number of the quotation that this one carries on.
    """

    span: Span
    inner: Span
    speaker: int | None = None
    speaker_span: Span | None = None
    cue: Span | None = None
    medium: Span | None = None
    whole: bool = False
    continues: int | None = None


class Article(Frozen):
    """A news article and its layout."""

    key: str
    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    published: dt.date | None = None
    headline: Span | None = None
    dateline: Span | None = None
    paragraphs: tuple[Paragraph, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    quotations: tuple[Quotation, ...] = ()

    @model_validator(mode="after")
    def _spans_lie_inside(self) -> Self:
        spans = [p.span for p in self.paragraphs] + [s.span for s in self.sentences]
        spans += [q.span for q in self.quotations]
        for span in [*spans, *(s for s in (self.headline, self.dateline) if s)]:
            check_span(span, self.text)
        return self


class Mention(Frozen):
    """One place where the article speaks of an entity; `kind` is name, title, nominal or pronoun."""

    span: Span
    kind: str
    confidence: float = Field(ge=0, le=1)


class Alias(Frozen):
    """A name for an entity; `kind` is name, surname, title, abbreviation, demonym, variant or description."""

    text: str
    kind: str


class Entity(Frozen):
    """Somebody or something that the article speaks of; `id` counts from 0 within the article.

    `name` is the longest form without title. `titles` are the article's own words for what the entity is
    ("supreme leader", "Chief of the Army Staff"), best first. `gender` is m, f or "".
    """

    id: int
    kind: EntityKind
    name: str
    aliases: tuple[Alias, ...] = ()
    titles: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()
    gender: str = ""
    plural: bool = False
    country: str = ""


class Predicate(Frozen):
    """What a fact says of its arguments.

    `lemma` is the head's lemma with a particle joined by a space ("call off"); `span` covers the words.
    `passive` tells the voice, `derived_verb` is the verb that a nominal predicate stands for.
    """

    lemma: str
    text: str
    span: Span
    passive: bool = False
    derived_verb: str = ""
    light_noun: str = ""


class Argument(Frozen):
    """One participant or circumstance of a fact.

    `span` is the full phrase without its leading preposition, `short` the head with determiner, modifiers and
    name, `head` the head word, `lemma` its lemma. `case` is the preposition or marker, lower case, words
    joined
    by spaces ("according to"). `entity` is who or what the head refers to, `fact` the clause's own fact.
    `members` are the conjuncts where the phrase is a list.
    """

    role: Role
    span: Span
    short: Span
    head: Span
    lemma: str
    case: str = ""
    entity: int | None = None
    fact: int | None = None
    members: tuple[Span, ...] = ()
    confidence: float = Field(default=1.0, ge=0, le=1)


class Attribution(Frozen):
    """Who says so: the speaker's words and entity, the verb or phrase that says it, and the medium."""

    speaker: Span | None = None
    entity: int | None = None
    cue: Span | None = None
    cue_lemma: str = ""
    medium: Span | None = None
    direct: bool = False
    quotation: int | None = None


class Link(Frozen):
    """A relation from this fact to another fact of the article."""

    relation: Relation
    fact: int


class Fact(Frozen):
    """One proposition; `id` counts from 0 within the article.

    `sentence` is the number of the sentence that holds the predicate; `evidence` are the proving passages,
    the
    predicate's own sentence first. `value` carries a normalised number or date where the fact has one.
    `part_of` is the fact of which this is a conjunct or a cut predicate, `derived` names the rule that
    made it.
    """

    id: int
    kind: FactKind
    predicate: Predicate
    arguments: tuple[Argument, ...]
    sentence: int
    evidence: tuple[Span, ...]
    negated: bool = False
    modality: Modality = Modality.ASSERTED
    attribution: Attribution | None = None
    links: tuple[Link, ...] = ()
    part_of: int | None = None
    derived: str = ""
    confidence: float = Field(default=1.0, ge=0, le=1)

    def of_role(self, *roles: Role) -> tuple[Argument, ...]:
        """Return the arguments that play one of these roles, in their order."""
        return tuple(a for a in self.arguments if a.role in roles)


class Reading(Frozen):
    """Everything the reader found in one article."""

    article: Article
    entities: tuple[Entity, ...] = ()
    facts: tuple[Fact, ...] = ()
    reader_version: int = 0

    @model_validator(mode="after")
    def _facts_are_proved(self) -> Self:
        text = self.article.text
        for fact in self.facts:
            if not fact.evidence:
                raise ValueError(f"fact {fact.id} ({fact.predicate.text!r}) has no evidence")
            for span in (fact.predicate.span, *fact.evidence):
                check_span(span, text)
            for argument in fact.arguments:
                check_span(argument.span, text)
                if not any(e.covers(argument.span) for e in fact.evidence):
                    words = argument.span.of(text)
                    raise ValueError(f"argument {words!r} of fact {fact.id} lies outside the fact's evidence")
        return self


class Status(StrEnum):
    """The outcome of a question."""

    ANSWERED = "answered"
    CORRECTED = "corrected"
    DID_YOU_MEAN = "did_you_mean"
    NOT_TOLD = "not_told"


class Question(Frozen):
    """A question as somebody typed it.

    `scope` is the server's id, None where only the installation's articles may answer. `article` pins the
    question
    to one article's key. `context` holds earlier questions of the conversation, oldest first.
    """

    text: str
    scope: int | None = None
    article: str | None = None
    context: tuple[str, ...] = ()

    @field_validator("text")
    @classmethod
    def _writable(cls, text: str) -> str:
        """Replace what no encoding can write, such as bytes that a terminal decoded wrongly."""
        return text.encode("utf-8", "replace").decode("utf-8")


class Passage(Frozen):
    """A verbatim piece of an article that proves an answer; `bold` is the part that is the answer.

    `paragraph` counts from 1 for people; 0 is the headline.
    """

    article: str
    span: Span
    text: str
    paragraph: int
    bold: Span | None = None


class Suggestion(Frozen):
    """A question that the article can answer, in natural words, and the fact that answers it."""

    text: str
    article: str
    fact: int
    role: Role | None = None


class Aside(Frozen):
    """A looser or further answer, shown apart from the first."""

    text: str
    evidence: tuple[Passage, ...] = ()


class Trace(Frozen):
    """Why an answer came out as it did, for `ask --why`: lines of plain text, most important first."""

    frame: str
    tier: int = 1
    notes: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()


class Answer(Frozen):
    """What the article says to a question.

    `text` is the short answer alone, `span` its words in the article where there are such. `confidence` is
    the
    probability that the best candidate is right, also when it was not given. `resolved` is the question after
    follow-ups were filled in, where that changed it.
    """

    status: Status
    text: str = ""
    span: Passage | None = None
    evidence: tuple[Passage, ...] = ()
    confidence: float = Field(default=0.0, ge=0, le=1)
    matched: str = ""
    fact: int | None = None
    article: str = ""
    article_title: str = ""
    attribution: str = ""
    also: tuple[Aside, ...] = ()
    correction: str = ""
    suggestions: tuple[Suggestion, ...] = ()
    resolved: str = ""
    why: Trace | None = None


def check_span(span: Span, text: str) -> None:
    """Raise ValueError unless the span lies within the text and is not empty or reversed."""
    if not 0 <= span.start < span.end <= len(text):
        raise ValueError(f"span {span.start}..{span.end} lies outside the text (0..{len(text)})")
