"""How many, how much, how long, how old, how far: numbers, durations, measures and sums."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer

COUNTS = [
    ("bridge", "How many cars does the bridge carry?", "18,000"),
    ("bridge", "How many cables had cracks?", "two"),
    ("moon", "How many cameras will the probe carry?", "three"),
    ("moon", "For how many nights did the team watch the moon?", "eleven"),
    ("striker", "How many goals did Venn score last season?", "19"),
    ("striker", "How many bigger clubs did Venn turn down?", "two"),
    ("banker", "How many paintings did Reuel buy?", "two"),
    ("gulf", "How many sailors are being held?", "sixteen"),
    ("gulf", "How many trawlers were seized?", "two"),
    ("flood", "How many people were killed?", "23"),
    ("flood", "how many died", "23"),
    ("flood", "How many were injured?", "140"),
    ("flood", "How many houses did the flood destroy?", "60"),
    ("flood", "How many children did Karam rescue?", "five"),
    ("flood", "How many inhabitants did Belden have?", "1,900"),
]
SUMS = [
    ("bridge", "How much will the repairs cost?", "4.2 million"),
    ("bridge", "What would the repairs cost?", "4.2 million"),
    ("striker", "How much did Rovers pay for Venn?", "12 million"),
    ("striker", "For how much did Venn join Rovers?", "12 million"),
    ("banker", "How much did Reuel steal?", "3 million"),
    ("banker", "How much money did Reuel steal from elderly clients?", "3 million"),
    ("flood", "How much was every family promised?", "5,000"),
]
DURATIONS = [
    ("bridge", "How long would the repairs take?", "six weeks"),
    ("moon", "How long did the team watch the moon?", "eleven nights"),
    ("moon", "Since when has Castellan worked at Brenford?", "2009"),
    ("striker", "How long is Venn's contract?", "four"),
    ("banker", "How long was Reuel sentenced to prison for?", "seven years"),
    ("banker", "How many years in prison did Reuel get?", "seven"),
    ("flood", "How long is the rain expected to continue?", "sunday"),
]
MEASURES = [
    ("bridge", "How long is the bridge?", "410"),
    ("moon", "How wide is Pell?", "90"),
    ("moon", "How old is Castellan?", "47"),
    ("striker", "How old is Venn?", "24"),
    ("striker", "What was the score of the match?", "3-1"),
]
OTHERWISE = [
    ("flood", "How many mosques were built?"),
    ("flood", "How many police officers were killed?"),
    ("flood", "How many tractors did the Red Cross send?"),
    ("bridge", "How long would the new tunnel take?"),
    ("bridge", "How much does the tunnel cost?"),
    ("moon", "How old is Abara?"),
    ("moon", "How wide is Orvella?"),
    ("striker", "How many goals did Prado score?"),
    ("banker", "How old is Oskar Reuel?"),
    ("gulf", "How many boats did the navy fire on?"),
]


@pytest.mark.parametrize(("article", "question", "needles"), COUNTS)
def test_a_count_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), SUMS)
def test_a_sum_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), DURATIONS)
def test_a_duration_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), MEASURES)
def test_a_measure_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question"), OTHERWISE)
def test_the_number_of_something_else_is_not_given(
    silent: Callable[..., Answer], article: str, question: str
) -> None:
    silent(article, question)
