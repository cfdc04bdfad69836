"""Every answer is proved by verbatim words, is the same each time, and comes from the right article."""

from __future__ import annotations

import pytest

from knowledge.asking import ArticleIndex, Library, ask, build
from knowledge.asking.library import worded
from knowledge.model import Answer, Question, Reading, Status

ASKED = [
    ("bridge", "Who closed the Harbour Bridge?"),
    ("bridge", "How much will the repairs cost?"),
    ("bridge", "Was the bridge built in 1962?"),
    ("moon", "Who discovered Orvella?"),
    ("moon", "Who is Piet Abara?"),
    ("striker", "How many goals did Venn score last season?"),
    ("banker", "What did Reuel buy with the money?"),
    ("banker", "What happened at the airport?"),
    ("gulf", "Who did Moreau telephone?"),
    ("gulf", "Who warned that the navy would fire on boats?"),
    ("flood", "What did Karam say?"),
    ("flood", "red cross blankets"),
    ("shipped", "Who did Pompeo call?"),
    ("shipped", "Who is Ali Khamenei?"),
]


def assert_verbatim(answer: Answer, index: ArticleIndex) -> None:
    text = index.article.text
    passages = [*answer.evidence, *(p for a in answer.also for p in a.evidence)]
    for found in [*passages, *([answer.span] if answer.span is not None else [])]:
        assert found.article == index.article.key
        assert found.text == text[found.span.start : found.span.end]
        if found.bold is not None:
            assert found.span.covers(found.bold)
    assert 1 <= len(answer.evidence) <= 5
    assert all(len(p.text) <= 600 for p in answer.evidence)


@pytest.mark.parametrize(("article", "question"), ASKED)
def test_proof_is_verbatim_and_marks_the_answer(
    indexes: dict[str, ArticleIndex], shelf: Library, article: str, question: str
) -> None:
    answer = ask(Question(text=question, article=article), shelf)
    assert answer.status is Status.ANSWERED
    assert answer.article == article
    assert_verbatim(answer, indexes[article])
    assert answer.span is not None
    assert any(p.span.overlaps(answer.span.span) for p in answer.evidence)
    assert any(p.bold is not None for p in answer.evidence)


def test_every_suggested_question_is_proved_verbatim(
    indexes: dict[str, ArticleIndex], shelf: Library
) -> None:
    for key, index in indexes.items():
        for intent in worded(index):
            answer = ask(Question(text=intent.text, article=key), shelf)
            if answer.status is Status.ANSWERED:
                assert_verbatim(answer, index)


@pytest.mark.parametrize(("article", "question"), ASKED)
def test_the_same_question_gives_the_same_answer(shelf: Library, article: str, question: str) -> None:
    asked = Question(text=question, article=article)
    assert ask(asked, shelf) == ask(asked, shelf)


def test_an_index_built_twice_answers_alike(
    readings: dict[str, Reading], indexes: dict[str, ArticleIndex]
) -> None:
    for article, question in ASKED:
        again = Library((build(readings[article]),))
        before = Library((indexes[article],))
        assert ask(Question(text=question), again) == ask(Question(text=question), before)


def test_a_reading_that_was_stored_answers_alike(readings: dict[str, Reading], shelf: Library) -> None:
    copies = [Reading.model_validate_json(r.model_dump_json()) for r in readings.values()]
    stored = Library(tuple(build(r) for r in copies))
    for article, question in ASKED:
        asked = Question(text=question, article=article)
        assert ask(asked, stored) == ask(asked, shelf)


@pytest.mark.parametrize(("article", "question"), ASKED)
def test_the_right_article_answers_among_many(shelf: Library, article: str, question: str) -> None:
    answer = ask(Question(text=question), shelf)
    assert (answer.status, answer.article) == (Status.ANSWERED, article)


def test_many_articles_do_not_change_what_one_says(indexes: dict[str, ArticleIndex], shelf: Library) -> None:
    for article, question in ASKED:
        alone = ask(Question(text=question), Library((indexes[article],)))
        pinned = ask(Question(text=question, article=article), shelf)
        assert alone == pinned


def test_an_unknown_article_answers_nothing(shelf: Library) -> None:
    assert ask(Question(text="Who closed the bridge?", article="nowhere"), shelf).status is Status.NOT_TOLD


def test_the_reasons_are_told_on_demand(shelf: Library) -> None:
    answer = ask(Question(text="Who closed the Harbour Bridge?"), shelf)
    assert answer.why is not None
    assert "close" in answer.why.frame
    assert answer.why.rivals
