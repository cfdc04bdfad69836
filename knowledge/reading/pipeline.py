"""The way from an article's text to its reading, stage by stage."""

from __future__ import annotations

import datetime as dt
from typing import Final

from knowledge.model import Article, Fact, Paragraph, Reading
from knowledge.reading import facts as fact_extraction
from knowledge.reading.attribution import attribute
from knowledge.reading.coreference import resolve, resolve_in_quotations
from knowledge.reading.dates import time_entities
from knowledge.reading.entities import find_entities
from knowledge.reading.layout import Layout, lay_out
from knowledge.reading.parsing import SentenceParser, parse_sentences
from knowledge.reading.referents import Trees, freeze
from knowledge.reading.source import Source, checked
from knowledge.reading.speakers import find_speakers

#: Grows whenever the same text would be read differently, so that stored readings are made again.
READER_VERSION: Final = 3
_TITLE_LENGTH: Final = 80


def read(
    text: str | Source,
    key: str,
    parser: SentenceParser,
    *,
    title: str = "",
    source: str = "",
    url: str = "",
    published: dt.date | None = None,
) -> Reading:
    """Read an article into entities and facts.

    What is given beside the text goes before what a `Source` carries. Offsets count in the text as given.
    Raises ReadingError for a text without letters or of more than 200 kB.
    """
    given = checked(text if isinstance(text, Source) else Source(text=text), key)
    title = title or given.title
    layout = lay_out(given.text, title)
    article = Article(
        key=key,
        text=given.text,
        title=title or _title(given.text, layout),
        source=source or given.source,
        url=url or given.url,
        published=published or given.published,
        headline=layout.headline,
        dateline=layout.dateline.span if layout.dateline else None,
        paragraphs=tuple(Paragraph(span=span) for span in layout.paragraphs),
        sentences=parse_sentences(given.text, layout, parser),
        quotations=layout.quotations,
    )
    return _understand(article)


def _understand(article: Article) -> Reading:
    """Return the reading of a parsed article."""
    trees = Trees(article)
    entities = freeze(resolve(trees, find_entities(trees), article.quotations))
    article = article.model_copy(update={"quotations": find_speakers(article, entities)})
    entities = resolve_in_quotations(article, entities)
    entities += time_entities(article, len(entities))
    found: tuple[Fact, ...] = fact_extraction.extract(article, entities)
    article, found = attribute(article, entities, found)
    return Reading(article=article, entities=entities, facts=found, reader_version=READER_VERSION)


def _title(text: str, layout: Layout) -> str:
    """Return the headline, or the beginning of the first paragraph where there is none."""
    if layout.headline:
        return " ".join(layout.headline.of(text).split())
    if not layout.paragraphs:
        return ""
    first = layout.paragraphs[0]
    start = layout.dateline.body if layout.dateline and layout.dateline.body < first.end else first.start
    words = text[start : first.end].split()
    title = words[0]
    for word in words[1:]:
        if len(title) + len(word) >= _TITLE_LENGTH:
            return title[:_TITLE_LENGTH] + " …"
        title += " " + word
    return title
