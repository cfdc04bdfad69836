"""What is shown: spans without loose marks, verbatim passages, readable evidence, names for pronouns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking import ArticleIndex
from knowledge.asking.render import LONGEST_EVIDENCE, passage, sentence_passage, tidy, with_title
from knowledge.model import Answer, Reading, Span

MARKED = st.text(alphabet="ab .,;:-–()[]\"“”'‘’!?", min_size=1, max_size=40)


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span]:
    text = draw(MARKED)
    start = draw(st.integers(0, len(text) - 1))
    return text, Span(start, draw(st.integers(start + 1, len(text))))


def unbalanced(piece: str) -> int:
    return piece.count('"') % 2 + sum(abs(piece.count(a) - piece.count(b)) for a, b in ["“”", "()", "[]"])


@given(spans())
def test_tidying_only_ever_cuts(row: tuple[str, Span]) -> None:
    text, span = row
    cut = tidy(text, span)
    assert span.covers(cut)
    assert cut.start < cut.end


@given(spans())
def test_tidying_twice_changes_nothing_more(row: tuple[str, Span]) -> None:
    text, span = row
    once = tidy(text, span)
    assert tidy(text, once) == once


@given(spans())
def test_tidying_unbalances_nothing(row: tuple[str, Span]) -> None:
    text, span = row
    assert unbalanced(tidy(text, span).of(text)) <= unbalanced(span.of(text))


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ('"severe revenge"', "severe revenge"),
        ('to take "severe revenge', 'to take "severe revenge'),
        ("the bridge,", "the bridge"),
        ("the bridge.", "the bridge"),
        ("at 5 p.m.", "at 5 p.m."),
        ("the U.S.", "the U.S."),
        ("(the mayor)", "the mayor"),
        ("the mayor (left)", "the mayor (left)"),
        ("mayor)", "mayor"),
        ("the workers'", "the workers'"),
        ("- the mayor -", "the mayor"),
    ],
)
def test_loose_marks_are_cut_and_others_stay(text: str, cut: str) -> None:
    assert tidy(text, Span(0, len(text))).of(text) == cut


def test_a_passage_knows_its_paragraph(indexes: dict[str, ArticleIndex]) -> None:
    article = indexes["bridge"].article
    start = article.text.index("Ferries")
    found = passage(article, Span(start, start + 7))
    assert (found.text, found.paragraph) == ("Ferries", 5)


def test_the_headline_is_paragraph_nought(indexes: dict[str, ArticleIndex]) -> None:
    article = indexes["moon"].article
    assert article.headline is not None
    assert passage(article, article.headline).paragraph == 0


def test_a_very_long_sentence_is_cut_at_words_round_the_answer(
    readings: dict[str, Reading], indexes: dict[str, ArticleIndex]
) -> None:
    index = indexes["bridge"]
    text = "alpha " * 150 + "needle " + "omega " * 150
    sentence = index.article.sentences[0].model_copy(update={"span": Span(0, len(text) - 1), "tokens": ()})
    article = index.article.model_copy(update={"text": text, "sentences": (sentence,), "paragraphs": ()})
    start = text.index("needle")
    found = sentence_passage(replace(index, article=article), 0, Span(start, start + 6))
    assert len(found.text) <= LONGEST_EVIDENCE
    assert "needle" in found.text
    assert set(found.text.split()) <= {"alpha", "needle", "omega"}
    assert found.bold == Span(start, start + 6)


def test_a_person_is_said_with_a_short_title(indexes: dict[str, ArticleIndex]) -> None:
    index = indexes["bridge"]
    said = {with_title(index, e.entity.id) for e in index.entities}
    assert "Mayor Rosa Lindqvist" in said


@pytest.mark.parametrize(
    ("article", "question", "needles"),
    [
        ("banker", "Who denied the charges?", "reuel"),
        ("flood", "Who promised every family 5,000 dinars?", "haddad"),
        ("moon", "Who has worked at Brenford since 2009?", "castellan"),
        ("bridge", "Who blamed the damage on salt water?", "okafor"),
    ],
)
def test_a_name_is_said_for_a_pronoun(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(
    ("article", "question", "speaker"),
    [
        ("banker", "Who showed no remorse?", "brandt"),
        ("moon", "What is too expensive?", "critics"),
        ("gulf", "What would the navy do to boats that cross the line?", "radke"),
    ],
)
def test_who_says_so_is_shown_beside_a_reported_fact(
    told: Callable[..., Answer], article: str, question: str, speaker: str
) -> None:
    assert speaker in told(article, question).attribution.lower()
