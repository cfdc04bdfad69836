"""Questions that an article can answer, worded for people, for autocomplete and for "did you mean"."""

from __future__ import annotations

import re

import pytest

from knowledge.asking import ArticleIndex, Library, ask, complete
from knowledge.asking.library import worded
from knowledge.model import Question, Status

ARTICLES = ["shipped", "banker", "bridge", "flood", "gulf", "moon", "striker"]
WELL_FORMED = re.compile(r"(?:Who|What|When|Where|Why|How)\b[^\n\"“”]*\?")


@pytest.mark.parametrize("article", ARTICLES)
def test_every_article_offers_questions(indexes: dict[str, ArticleIndex], article: str) -> None:
    library = Library((indexes[article],))
    offered = complete("", library)
    assert len(offered) >= 5
    assert all(s.article == article for s in offered)
    assert len({s.text for s in offered}) == len(offered)


@pytest.mark.parametrize("article", ARTICLES)
def test_wordings_look_like_questions(indexes: dict[str, ArticleIndex], article: str) -> None:
    odd = [i.text for i in worded(indexes[article]) if not WELL_FORMED.fullmatch(i.text)]
    assert odd == []


@pytest.mark.parametrize("article", ARTICLES)
def test_a_suggested_question_gives_its_own_fact(indexes: dict[str, ArticleIndex], article: str) -> None:
    index = indexes[article]
    library = Library((index,))
    lost = []
    for intent in worded(index):
        answer = ask(Question(text=intent.text, article=article), library)
        expected = index.facts[intent.fact]
        target = index.article.text[slice(*expected.arguments[intent.argument].argument.short)]
        proved = {p.span for p in answer.evidence}
        home = {*expected.fact.evidence, index.article.sentences[expected.sentence].span}
        if answer.status is not Status.ANSWERED or not any(a.overlaps(b) for a in proved for b in home):
            lost.append((intent.text, target, answer.status.value, answer.text, round(answer.confidence, 2)))
    assert lost == []


def test_completions_start_from_what_is_typed(shelf: Library) -> None:
    assert "Lindqvist" in complete("who did lindq", shelf, 5)[0].text
    assert any("Reuel" in s.text for s in complete("reuel buy", shelf, 5))


def test_no_more_than_asked_for_and_none_twice(shelf: Library) -> None:
    for typed in ["", "who", "when did", "zzzz", "?"]:
        found = complete(typed, shelf, 7)
        assert len(found) <= 7
        assert len({s.text for s in found}) == len(found)


def test_what_is_not_told_comes_with_questions_that_are(shelf: Library) -> None:
    answer = ask(Question(text="Who designed the Harbour Bridge?"), shelf)
    assert answer.status is not Status.ANSWERED
    assert 1 <= len(answer.suggestions) <= 3
    again = ask(Question(text=answer.suggestions[0].text), shelf)
    assert again.status is Status.ANSWERED


def test_an_empty_shelf_offers_nothing() -> None:
    assert complete("who", Library(())) == ()
    assert ask(Question(text="who?"), Library(())).status is Status.NOT_TOLD


def test_wordings_are_good_english(indexes: dict[str, ArticleIndex]) -> None:
    offered = {i.text for i in worded(indexes["reservoir"])}
    assert "When did engineers drain the Halmgard reservoir?" in offered  # no capital of a sentence's start
    assert "Who begged the minister not to close the canal?" in offered  # people, not "what"
    assert not [t for t in offered if t in {"When did the union accept?", "Who accepted?"}]  # accept what?
    repeated = [t for t in offered if re.search(r"\b(in|at|on|near) ([\w ]+) \1 \2\b", t)]
    assert repeated == []
