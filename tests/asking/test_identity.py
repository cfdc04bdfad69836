"""Who somebody is, who fits a description, whose something is, and what abbreviations stand for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import ArticleIndex, consider
from knowledge.asking.identities.identity import identify
from knowledge.model import Answer


@pytest.mark.parametrize(
    ("question", "needles"),
    [
        ("Who is Signe Holt?", "manager"),
        ("Who is Lund's lawyer?", "stahl"),
        ("Who is the mechanic who lost his house?", "jonas ek"),
        ("Whose lawyer is Mira Stahl?", "lund"),
        ("What is Kovala?", "group"),
        ("What does NUPW stand for?", "national union of paper workers"),
    ],
)
def test_people_things_and_abbreviations(right: Callable[..., Answer], question: str, needles: str) -> None:
    right("mill", question, needles)


@pytest.mark.parametrize("question", ["Who is Holt's lawyer?", "Who is Brekke's wife?"])
def test_nobody_fits_whose_owner_is_another(indexes: dict[str, ArticleIndex], question: str) -> None:
    found = consider(question, indexes["mill"])
    identity = identify(found.frame, found.linked, indexes["mill"])
    assert identity is not None
    assert (identity.note, identity.confidence) == ("not told", 0.0)


@pytest.mark.parametrize("question", ["Who rejected the offer?", "What did Holt say?", "Where is the mill?"])
def test_other_questions_are_left_alone(indexes: dict[str, ArticleIndex], question: str) -> None:
    found = consider(question, indexes["mill"])
    assert identify(found.frame, found.linked, indexes["mill"]) is None
