"""How lemmas inflect."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.inflection import Form, inflect


@pytest.mark.parametrize(
    ("lemma", "form", "expected"),
    [
        ("go", "past", "went"),
        ("go", "participle", "gone"),
        ("be", "third", "is"),
        ("stop", "gerund", "stopping"),
        ("visit", "past", "visited"),
        ("refer", "past", "referred"),
        ("lie", "gerund", "lying"),
        ("agree", "gerund", "agreeing"),
        ("dye", "gerund", "dyeing"),
        ("make", "gerund", "making"),
        ("panic", "past", "panicked"),
        ("carry", "third", "carries"),
        ("play", "third", "plays"),
        ("watch", "third", "watches"),
        ("quit", "past", "quit"),
        ("call off", "past", "called off"),
        ("child", "plural", "children"),
        ("person", "plural", "people"),
        ("country", "plural", "countries"),
        ("bus", "plural", "buses"),
        ("knife", "plural", "knives"),
        ("prime minister", "plural", "prime ministers"),
        ("good", "comparative", "better"),
        ("happy", "superlative", "happiest"),
        ("important", "comparative", "more important"),
        ("livestream", "gerund", "livestreaming"),
    ],
)
def test_inflected_form(lemma: str, form: Form, expected: str) -> None:
    assert inflect(lemma, form) == expected


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=12))
def test_any_word_can_be_inflected(lemma: str) -> None:
    assert inflect(lemma, "gerund").endswith("g")
    assert len(inflect(lemma, "past")) >= 2
    assert " " not in inflect(lemma, "third")
