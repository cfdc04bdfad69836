"""The words that somebody said: about what, exactly which, and how they go on."""

from __future__ import annotations

import pytest

from knowledge.asking import ArticleIndex, consider
from knowledge.asking.statements.speech import Quote, quoted


def quote_of(question: str, index: ArticleIndex) -> Quote | None:
    found = consider(question, index)
    return quoted(found.frame, found.linked, found.matcher, index)


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("What did Holt say about paper prices?", "left us no choice"),
        ("holt's words about paper prices", "left us no choice"),
        ("What did Holt tell workers?", "close the plant"),
        ("What did Vinding warn?", "could lose its railway station"),
        ("What was the union's reaction?", "a slap in the face"),
        ("What words did the union use about the closure?", "a slap in the face"),
        ("What did Stahl say?", "the union would go to court"),
    ],
)
def test_words_of_the_right_speaker(indexes: dict[str, ArticleIndex], question: str, needle: str) -> None:
    quote = quote_of(question, indexes["mill"])
    assert quote is not None
    assert needle in quote.text


@pytest.mark.parametrize(
    "question",
    [
        'How does Holt\'s sentence "We fought for this mill for ten years, but" end?',
        'Complete the quote: "We fought for this mill for ten years, but ..."',
    ],
)
def test_a_begun_quotation_is_carried_on(indexes: dict[str, ArticleIndex], question: str) -> None:
    quote = quote_of(question, indexes["mill"])
    assert quote is not None
    assert quote.text == "paper prices left us no choice"


@pytest.mark.parametrize("question", ["What did Ek say?", "What did Ek say about Norway?"])
def test_the_silent_are_given_no_words(indexes: dict[str, ArticleIndex], question: str) -> None:
    quote = quote_of(question, indexes["mill"])
    assert quote is not None
    assert (quote.note, quote.confidence) == ("not told", 0.0)


def test_words_stand_in_the_article(indexes: dict[str, ArticleIndex]) -> None:
    index = indexes["mill"]
    for question in ("What did Holt say?", "What did Lund reject?", "What did Brekke promise?"):
        quote = quote_of(question, index)
        assert quote is None or quote.span.of(index.article.text) == quote.text
