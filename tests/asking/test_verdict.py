"""What decides a yes or a no: opposites, rival fillers, who else did it, and what is only half told."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import ArticleIndex, consider
from knowledge.asking.polarity.verdict import alternative, decide
from knowledge.model import Answer


@pytest.mark.parametrize(
    "question",
    [
        "Will the mill be closed in June?",
        "Was it Lund who rejected the offer?",
        "Was the mill built in 1904?",
        "Did Vinding say the town could lose its railway station?",
        "Isn't Casper Lund the chairman?",
        "Is Odd Brekke the mayor?",
    ],
)
def test_yes_where_every_phrase_has_its_place(right: Callable[..., Answer], question: str) -> None:
    right("mill", question, "yes")


@pytest.mark.parametrize(
    "question",
    [
        "Did Holt blame the government?",
        "Did Lund accept the offer?",
        "Will the plant be closed in May?",
        "Was the mill built in 1998?",
        "Did the last strike happen in 2015?",
        "Will the company face a fine?",
        "Is Signe Holt the mayor?",
    ],
)
def test_no_where_the_fact_denies_or_has_another_filler(right: Callable[..., Answer], question: str) -> None:
    right("mill", question, "no")


def test_a_cleft_names_the_one_who_did_it(indexes: dict[str, ArticleIndex]) -> None:
    found = consider("Was it Brekke who rejected the offer?", indexes["mill"])
    verdict = decide(found.frame, found.linked, found.matcher, indexes["mill"])
    assert verdict is not None
    assert verdict.said == "No"
    assert "Lund" in verdict.told


@pytest.mark.parametrize(
    "question",
    [
        "Did Holt reject the offer?",
        "Did Lund throw eggs?",
        "Did Brekke close the mill?",
        "Did Ek buy the mill?",
    ],
)
def test_nothing_is_said_of_a_deed_of_somebody_else(silent: Callable[..., Answer], question: str) -> None:
    silent("mill", question)


@pytest.mark.parametrize(
    ("question", "chosen"),
    [
        ("Who ordered an inquiry, Holt or Brekke?", "Brekke"),
        ("Did Holt or Brekke order an inquiry?", "Brekke"),
    ],
)
def test_the_alternative_in_the_right_role(
    indexes: dict[str, ArticleIndex], question: str, chosen: str
) -> None:
    found = consider(question, indexes["mill"])
    verdict = (
        decide(found.frame, found.linked, found.matcher, indexes["mill"])
        if found.frame.asked.wh == "yesno"
        else alternative(found.frame, found.linked, indexes["mill"])
    )
    assert verdict is not None
    assert verdict.text == chosen


def test_a_verdict_is_short(indexes: dict[str, ArticleIndex]) -> None:
    found = consider("Will the mill be closed in June?", indexes["mill"])
    verdict = decide(found.frame, found.linked, found.matcher, indexes["mill"])
    assert verdict is not None
    assert len(verdict.text.split()) <= 13
