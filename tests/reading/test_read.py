"""From text to a whole reading, whatever the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import Reading
from knowledge.reading import READER_VERSION, ReadingError, Source, read
from knowledge.reading.parser import Parser

Read = Callable[[str], Reading]

PIECES = [
    "The mayor", "Ana Silva", "said", "he", "it", "fell", "(ABC)", "(", ")", "[", "]", '"', "“", "”",
    "'", "’", "´", ".", "?", ",", ":", "-", "—", "\n", "\n\n", "\r\n", " ", "according to",
    "in a statement", "and", "of", "who", "the US", "5,000", "%", "U.S.", "was", "שלום", "مرحبا", "😀",
    "é", "\u200b", "\u2028", "中文", "not", "ROME -",
]  # fmt: skip


def check(found: Reading) -> None:
    """Check everything that holds of every reading."""
    text = found.article.text
    for sentence in found.article.sentences:
        end = sentence.span.start
        for token in sentence.tokens:
            assert end <= token.start < token.end <= sentence.span.end
            assert token.end <= len(text)
            end = token.end
        assert sum(token.head < 0 for token in sentence.tokens) == 1
        assert all(-1 <= token.head < len(sentence.tokens) for token in sentence.tokens)
    for entity in found.entities:
        assert entity.mentions
        assert all(0 <= m.span.start < m.span.end <= len(text) for m in entity.mentions)
    for fact in found.facts:
        assert fact.id == found.facts.index(fact)
        if fact.attribution is not None and fact.attribution.entity is not None:
            assert fact.attribution.entity < len(found.entities)
    for quotation in found.article.quotations:
        assert quotation.span.covers(quotation.inner)


@settings(max_examples=60)
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["", " "]))
def test_any_mixture_of_words_and_marks_is_read(parser: Parser, pieces: list[str], glue: str) -> None:
    text = glue.join(pieces)
    try:
        found = read(text, "key", parser)
    except ReadingError:
        assert not any(c.isalpha() for c in text)
        return
    assert found.article.text == text
    check(found)


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_unicode_is_read(parser: Parser, text: str) -> None:
    try:
        found = read(text, "key", parser)
    except ReadingError:
        return
    check(found)


@pytest.mark.parametrize("text", ["", "...", "\n\n\n", "?!?!", "😀", "12.50"])
def test_a_text_without_letters_is_refused(parser: Parser, text: str) -> None:
    with pytest.raises(ReadingError, match="no text"):
        read(text, "key", parser)


def test_a_sentence_of_ten_thousand_words_is_read(reading: Read) -> None:
    found = reading("The mayor and " + "the baker and " * 3333 + "the judge sang.")
    check(found)
    assert sum(len(sentence.tokens) for sentence in found.article.sentences) > 10_000


def test_windows_line_ends_change_no_offset(reading: Read) -> None:
    text = "Old mill burns down\n\nA fire destroyed the mill, police said.\n\nNobody was hurt."
    check(found := reading(text.replace("\n", "\r\n")))
    plain = reading(text)
    assert len(found.facts) == len(plain.facts)
    assert [s.span.of(found.article.text) for s in found.article.sentences] == [
        s.span.of(text) for s in plain.article.sentences
    ]


def test_headline_and_dateline_are_sentences_of_their_kind(reading: Read) -> None:
    text = (
        "Old mill burns down\n\nLISBON, Portugal - A fire destroyed the mill, police said on Monday."
        "\n\nIt was old."
    )
    found = reading(text)
    assert [s.paragraph for s in found.article.sentences] == [-1, 0, 1]
    assert found.article.dateline is not None
    assert found.article.dateline.of(text) == "LISBON, Portugal"
    first = found.article.sentences[1]
    assert first.tokens[0].start == first.span.start == text.index("LISBON")
    assert [t.deprel for t in first.tokens if t.head == -1] == ["root"]
    assert first.tokens[0].deprel == "dep"


def test_a_headline_in_title_case_is_parsed_like_running_text(reading: Read) -> None:
    text = (
        "Storm Destroys Three Houses In Lisbon\n\n"
        "A storm destroyed three houses in Lisbon on Monday, police said."
    )
    tokens = reading(text).article.sentences[0].tokens
    tags = {text[t.start : t.end]: t.upos for t in tokens}
    assert tags["Destroys"] == "VERB"
    assert tags["Houses"] == "NOUN"
    assert tags["Lisbon"] == "PROPN"


def test_a_bracket_is_set_apart_with_exact_offsets(reading: Read) -> None:
    text = "The harbour authority (HA) paid 500 crowns ($48) to each family."
    tokens = reading(text).article.sentences[0].tokens
    assert "".join(text[t.start : t.end] for t in tokens) == text.replace(" ", "")
    paid = next(i for i, t in enumerate(tokens) if t.lemma == "pay")
    assert tokens[paid].head == -1


def test_what_is_given_goes_before_what_the_source_says(parser: Parser) -> None:
    source = Source(text="Nobody was hurt.", title="Mill", source="Sentinel", published=dt.date(2024, 5, 3))
    article = read(source, "key", parser, title="A mill").article
    assert (article.title, article.source, article.published) == ("A mill", "Sentinel", dt.date(2024, 5, 3))
    assert read("Nobody was hurt.", "key", parser).article.title == "Nobody was hurt."


def test_the_same_text_is_read_the_same_way(reading: Read) -> None:
    text = 'Ana Silva met Bo Ek in Rome. "I like him," she said.'
    assert reading(text) == reading(text)
    assert reading(text).reader_version == READER_VERSION
