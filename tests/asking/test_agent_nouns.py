"""Who does what an agent noun says: "the quarry's owner, X" tells that X owns the quarry, no more."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer, Status

DONE = [
    ("quarry", "Who owns the quarry?", "talbeck"),
    ("quarry", "By whom is the quarry owned?", "talbeck"),
    ("gulf", "Who commands the navy?", "radke"),
    ("gulf", "who leads the navy of the country", "radke"),
    ("mill", "Who represents Lund?", "stahl"),
    ("mill", "Who heads the union?", "lund"),
]
NOT_DONE = [
    ("quarry", "Who owns the lorry?"),
    ("quarry", "Who owns the town council?"),
    ("quarry", "Who owns the Red Lantern charity?"),
    ("gulf", "Who commands the fishermen?"),
    ("mill", "Who represents Ek?"),
    ("mill", "Who chairs the company?"),
    ("prize", "Who directs the concert hall?"),
]


@pytest.mark.parametrize(("article", "question", "needles"), DONE)
def test_an_agent_noun_tells_who_does_it(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question"), NOT_DONE)
def test_it_is_said_of_nothing_else(told: Callable[..., Answer], article: str, question: str) -> None:
    answer = told(article, question)
    assert answer.status is not Status.ANSWERED, f"answered {answer.text!r} ({answer.confidence:.2f})"
