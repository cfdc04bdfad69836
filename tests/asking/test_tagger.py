"""The question tagger: auxiliaries, wh-words and verb forms, in any case, with what the article knows."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.typed.tagger import Tagger


@pytest.mark.parametrize(
    ("question", "word", "tags"),
    [
        ("who closed the bridge ?", "closed", {"VBD"}),
        ("what did the mayor say ?", "did", {"DO"}),
        ("what did the mayor say ?", "say", {"VB"}),
        ("why was the bridge closed ?", "was", {"BE"}),
        ("why was the bridge closed ?", "closed", {"VBN"}),
        ("has the mayor resigned ?", "has", {"HAVE"}),
        ("has the mayor resigned ?", "resigned", {"VBN", "VBD"}),
        ("when will the train leave ?", "will", {"MD"}),
        ("when will the train leave ?", "leave", {"VB"}),
        ("where are they going ?", "they", {"PRON"}),
        ("where are they going ?", "going", {"VBG"}),
        ("how many people died ?", "people", {"NOUN"}),
        ("how many people died ?", "died", {"VBD"}),
        ("what is the name of the ship ?", "of", {"ADP"}),
        ("what happened in 1998 ?", "1998", {"NUM"}),
    ],
)
def test_words_that_shape_a_question_are_told_apart(question: str, word: str, tags: set[str]) -> None:
    words = question.split()
    assert Tagger.load().tag(words)[words.index(word)] in tags


def test_case_does_not_matter() -> None:
    words = ["Who", "Did", "The", "Mayor", "Call", "?"]
    tagger = Tagger.load()
    assert tagger.tag(words) == tagger.tag([w.lower() for w in words])


def test_what_the_article_knows_decides_an_unknown_word() -> None:
    tagger = Tagger.load()
    known = {"florbed": {"VBD": 6.0}}
    assert tagger.tag(["who", "florbed", "the", "bridge"], known)[1] == "VBD"
    assert tagger.tag(["the", "florbed", "closed"], {"florbed": {"PROPN": 9.0}})[1] == "PROPN"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=30))
def test_every_word_gets_one_tag(words: list[str]) -> None:
    assert len(Tagger.load().tag(words)) == len(words)


def test_common_words_come_commonest_first() -> None:
    common = Tagger.load().common(50)
    assert len(common) == 50
    assert {"the", "to", "and"} <= set(common[:10])
