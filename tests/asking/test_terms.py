"""Linking: which entities and which words of the article a question's words may mean."""

from __future__ import annotations

import pytest

from knowledge.asking import ArticleIndex
from knowledge.asking.engine import frame_of
from knowledge.asking.terms import Linked, link
from knowledge.asking.typed.normalise import read_question


def linked(question: str, index: ArticleIndex) -> Linked:
    return link(frame_of(read_question(question, index.vocabulary, index.names), index), index)


@pytest.mark.parametrize(
    ("article", "question", "name"),
    [
        ("bridge", "what did Rosa Lindqvist do", "Rosa Lindqvist"),
        ("bridge", "what did lindqvist do", "Rosa Lindqvist"),
        ("bridge", "what did Mayor Lindqvist do", "Rosa Lindqvist"),
        ("bridge", "what did the mayor do", "Rosa Lindqvist"),
        ("bridge", "what did the opposition leader say", "Henrik Vale"),
        ("bridge", "what did lindqvst do", "Rosa Lindqvist"),
        ("moon", "where does dr castellan work", "Mina Castellan"),
        ("striker", "what did the coach praise", "Greta Holm"),
        ("gulf", "what did the president of Sardovia do", "Ilana Moreau"),
        ("gulf", "what did Sardovia's president do", "Ilana Moreau"),
        ("gulf", "what did the commander of the navy say", "Emil Radke"),
        ("flood", "what did the interior minister say", "Leila Haddad"),
        ("flood", "what did leila say", "Leila Haddad"),
        ("bridge", "what did Rosa do", "Rosa Lindqvist"),
        ("gulf", "what did the Sardovian president do", "Ilana Moreau"),
        ("shipped", "who did the US secretary of state speak to", "Mike Pompeo"),
        ("shipped", "what did the COAS emphasise", "Qamar Javed Bajwa"),
        ("shipped", "what did Pakistan's army chief emphasise", "Qamar Javed Bajwa"),
    ],
)
def test_a_phrase_means_its_entity(
    indexes: dict[str, ArticleIndex], article: str, question: str, name: str
) -> None:
    index = indexes[article]
    found = {index.entities[x.entity].entity.name for x in linked(question, index).links}
    assert name in found


@pytest.mark.parametrize(
    ("article", "question", "name"),
    [
        ("bridge", "what did the mayor of Belden do", "Rosa Lindqvist"),
        ("gulf", "what did the president of Kesh do", "Ilana Moreau"),
        ("gulf", "what did the commander of the army do", "Emil Radke"),
        ("flood", "what did the finance minister say", "Leila Haddad"),
        ("flood", "what did Leila Karam say", "Yusuf Karam"),
        ("bridge", "what did Henrik Lindqvist say", "Rosa Lindqvist"),
        ("gulf", "what did Peter Moreau say", "Ilana Moreau"),
        ("shipped", "what did the Iraqi secretary of state say", "Mike Pompeo"),
    ],
)
def test_a_phrase_that_says_something_else_too_does_not(
    indexes: dict[str, ArticleIndex], article: str, question: str, name: str
) -> None:
    index = indexes[article]
    links = [x for x in linked(question, index).links if x.strength >= 0.9]
    strong = {index.entities[x.entity].entity.name for x in links}
    assert name not in strong


@pytest.mark.parametrize(
    ("question", "word", "strength"),
    [
        ("who closed it", "closed", 1.0),
        ("who shut the bridge", "shut", 0.3),
        ("who discovered cracks", "discovered", 0.3),
    ],
)
def test_a_word_is_found_by_its_lemma_or_a_synonym(
    indexes: dict[str, ArticleIndex], question: str, word: str, strength: float
) -> None:
    index = indexes["bridge"]
    everything = (1 << len(index.words)) - 1
    term = next(t for t in linked(question, index).terms.values() if t.text == word)
    assert term.strength(everything) >= strength


def test_british_and_american_spelling_are_one(indexes: dict[str, ArticleIndex]) -> None:
    index = indexes["bridge"]
    everything = (1 << len(index.words)) - 1
    for question in ["who criticized the mayor", "who criticised the mayor"]:
        term = next(t for t in linked(question, index).terms.values() if t.text.startswith("critici"))
        assert term.strength(everything) == 1.0


def test_an_antonym_is_no_match_but_is_known(indexes: dict[str, ArticleIndex]) -> None:
    index = indexes["bridge"]
    term = next(t for t in linked("who opened the bridge", index).terms.values() if t.text == "opened")
    closed = next(1 << i for i, w in enumerate(index.words) if w.text == "closed")
    assert not term.exact & closed
    assert term.opposite & closed


def test_a_name_that_the_article_does_not_hold_is_foreign(indexes: dict[str, ArticleIndex]) -> None:
    found = linked("what did Zorblax say", indexes["bridge"])
    assert [found.terms[i].text for i in found.foreign] == ["zorblax"]
