"""Other words for the same deed: particles, what is caused or refused, descriptions beside names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer

PARTICLES = [
    ("ferry", "Who cancelled the spring regatta?", "brekke"),
    ("ferry", "Who called the regatta off?", "brekke"),
    ("ferry", "Who established a crisis team?", "lie"),
    ("ferry", "When was the crisis team established?", "thursday"),
    ("ferry", "What did the crisis team reject?", "offer"),
    ("ferry", "What did Ivar Nes knock over?", "barrel"),
    ("ferry", "Who knocked a barrel of paint over?", "nes"),
]
REASONS = [
    ("ferry", "Why could the ferries not leave Oster?", "winds"),
    ("ferry", "Why did the harbour office close?", "pipe"),
    ("ferry", "Why did the Arden Line cancel 40 crossings?", "strike"),
    ("ferry", "For what reason were the crossings cancelled?", "strike"),
]
UNDONE = [
    ("ferry", "Who did the company refuse to pay?", "strikers"),
    ("ferry", "What did Mona Fjeld decline to comment on?", "dispute"),
]
NAMED = [
    ("ferry", "Which trawler saved twelve passengers?", "sea star"),
    ("ferry", "By which trawler were twelve passengers rescued?", "sea star"),
    ("ferry", "About what did Fjeld say that she had spoken with the minister?", "breakwater"),
    ("ferry", "What did the passengers demand?", "2 million"),
]
NOT_TOLD = [
    "Why did the navy cancel 40 crossings?",
    "Why did the mayor close the harbour office?",
    "Why did the ferries leave Oster?",
    "Who did the Arden Line pay?",
    "What did Mona Fjeld comment on?",
    "Who did Ivar Nes knock over?",
    "Who set up the harbour office?",
    "Who postponed the regatta?",
]


@pytest.mark.parametrize(("article", "question", "needles"), PARTICLES)
def test_a_verb_and_its_particle_are_one_word(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), REASONS)
def test_what_forced_or_prevented_something_is_why_it_happened_or_did_not(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), UNDONE)
def test_what_was_refused_is_told_of_the_deed_that_was_not_done(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), NAMED)
def test_the_thing_meant_is_said_and_not_what_stands_for_it(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize("question", NOT_TOLD)
def test_others_and_what_did_not_happen_are_not_told(silent: Callable[..., Answer], question: str) -> None:
    silent("ferry", question)
