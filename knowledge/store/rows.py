"""A reading as the rows that hold it, and back.

A fact is one row of JSON, so that an article comes back in small pieces and never holds the event loop for
long.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pydantic import TypeAdapter

from knowledge.model import Article, Entity, Fact, Reading, Sentence, check_span

_ENTITIES = TypeAdapter(tuple[Entity, ...])
_FACTS = TypeAdapter(tuple[Fact, ...])
_SENTENCES = TypeAdapter(tuple[Sentence, ...])

#: Rows made into models at a time.
SLICE = 20

#: Letters of a word by which a question finds an article.
STEM_LETTERS = 6
_WORD = re.compile(r"[^\W_]+")


class EntityRow(NamedTuple):
    """A row of the table entities, without the article's id."""

    id: int
    kind: str
    name: str
    body: str


class FactRow(NamedTuple):
    """A row of the table facts, without the article's id."""

    id: int
    kind: str
    predicate: str
    sentence: int
    body: str


class IntentRow(NamedTuple):
    """A row of the table intents, without the article's id."""

    fact: int
    role: str
    predicate: str
    answer_type: str


class PreparedArticle(NamedTuple):
    """Everything that reading one article leaves to store; `terms` and `layout` as in the first migration."""

    reader: int
    title: str
    source: str
    url: str
    published: dt.date | None
    words: int
    text: str
    terms: str
    layout: bytes
    entities: tuple[EntityRow, ...]
    facts: tuple[FactRow, ...]
    intents: tuple[IntentRow, ...]


def to_rows(reading: Reading, intents: Iterable[IntentRow] = ()) -> PreparedArticle:
    """Return the rows of a reading; intents that say the same twice are kept once."""
    article = reading.article
    head = article.model_dump_json(exclude={"text", "key", "sentences"}, exclude_defaults=True)
    layout = "\n".join((head, *(sentence.model_dump_json() for sentence in article.sentences)))
    return PreparedArticle(
        reader=reading.reader_version,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        words=len(re.findall(r"\w+", article.text)),
        text=article.text,
        terms=" ".join(sorted(_terms(reading))),
        layout=zlib.compress(layout.encode(), 6),
        entities=tuple(EntityRow(e.id, e.kind, e.name, body(e)) for e in reading.entities),
        facts=tuple(FactRow(f.id, f.kind, f.predicate.lemma, f.sentence, body(f)) for f in reading.facts),
        intents=tuple(dict.fromkeys(intents)),
    )


def _terms(reading: Reading) -> set[str]:
    """Return the stems of an article's words, of their lemmas, and of other names for its entities."""
    found = stems(reading.article.text)
    for sentence in reading.article.sentences:
        found |= stems(" ".join(token.lemma for token in sentence.tokens))
    for entity in reading.entities:
        found |= stems(" ".join((entity.name, *(alias.text for alias in entity.aliases))))
    return found


def stems(text: str) -> set[str]:
    """Return the text's words, folded and cut to their first letters.

    Cutting finds about as much as a stemmer in English (McNamee and Mayfield 2004, "Character n-gram
    tokenization for European language text retrieval").
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))
    return {word[:STEM_LETTERS] for word in _WORD.findall(plain)}


def body(noun: Entity | Fact) -> str:
    """Return a noun as JSON without the fields that hold their defaults."""
    return noun.model_dump_json(exclude_defaults=True)


def to_article(key: str, text: str, layout: bytes) -> Article:
    """Return the article of a row."""
    head, *lines = zlib.decompress(layout).decode().split("\n")
    article = Article.model_validate({"key": key, "text": text, **json.loads(head)})
    sentences = [
        sentence for part in sliced(lines) for sentence in _SENTENCES.validate_json(f"[{','.join(part)}]")
    ]
    for sentence in sentences:
        check_span(sentence.span, text)
    return article.model_copy(update={"sentences": tuple(sentences)})


def sliced(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    """Yield parts that take about a millisecond to validate, during which no other thread runs."""
    for start in range(0, len(lines), SLICE):
        yield lines[start : start + SLICE]


def to_entities(bodies: Sequence[str]) -> tuple[Entity, ...]:
    """Return the entities of rows in their order."""
    return tuple(e for part in sliced(bodies) for e in _ENTITIES.validate_json(f"[{','.join(part)}]"))


def to_facts(bodies: Sequence[str]) -> tuple[Fact, ...]:
    """Return the facts of rows in their order."""
    return tuple(f for part in sliced(bodies) for f in _FACTS.validate_json(f"[{','.join(part)}]"))


def text_hash(text: str) -> bytes:
    """Return a hash by which the same text is recognised, whatever its white space, case and marks."""
    folded = re.sub(r"[\W_]+", " ", text.casefold()).strip()
    return hashlib.blake2b(folded.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def original_hash(name: str, original: bytes, notes: bytes) -> bytes:
    """Return a hash that changes when a file, its ending or its companion changes."""
    digest = hashlib.blake2b(digest_size=16)
    for part in (name.rpartition(".")[2].encode("utf-8", "surrogatepass"), original, notes):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()
