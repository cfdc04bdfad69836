"""Questions that lean on earlier ones of the same conversation."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer, Status

LEANING = [
    ("bridge", ("Who closed the bridge?",), "and why?", "cracks"),
    ("bridge", ("Who closed the bridge?",), "when?", "monday"),
    ("bridge", ("Who closed the bridge?",), "Why did she close it?", "cracks"),
    ("bridge", ("When was the bridge built?",), "how long is it?", "410"),
    ("bridge", ("Who criticised the mayor?",), "What did he write on Facebook?", "knew about the cables"),
    ("moon", ("Who discovered Orvella?",), "when was that?", "1998"),
    ("moon", ("Who led the study?",), "how old is she?", "47"),
    ("moon", ("Who led the study?",), "who is she", "dr|47|led"),
    ("moon", ("What will the probe carry?",), "what is it called?", "lantern"),
    ("striker", ("Who beat Eastgate?",), "where?", "priory park"),
    ("striker", ("Who broke his leg?",), "and when was that?", "october"),
    ("striker", ("Who is Dario Venn?",), "How many goals did he score?", "19"),
    ("striker", ("Who is Dario Venn?", "How many goals did he score?"), "why didn't he play?", "visa"),
    ("banker", ("Who was sentenced?",), "how long for?", "seven years"),
    ("banker", ("What did Reuel steal?",), "from whom?", "clients"),
    ("banker", ("When was Reuel arrested?",), "and where?", "airport"),
    ("gulf", ("Who did Moreau telephone?",), "what did they discuss?", "fishing rights"),
    ("gulf", ("Who did Steen speak to?",), "about what?", "crew"),
    ("gulf", ("When were the trawlers seized?",), "who seized them?", "guards"),
    ("gulf", ("What did Moreau say?",), "and Tran?", "protect every boat|calm"),
    ("flood", ("Who visited the valley?",), "when did she visit it?", "friday"),
    ("flood", ("Who rescued the children?",), "how?", "tractor"),
    ("flood", ("Who rescued the children?",), "what happened to his brother?", "drowned"),
]


@pytest.mark.parametrize(("article", "context", "question", "needles"), LEANING)
def test_a_follow_up_is_filled_in_from_what_went_before(
    right: Callable[..., Answer], article: str, context: tuple[str, ...], question: str, needles: str
) -> None:
    right(article, question, needles, context)


@pytest.mark.parametrize(("article", "context", "question", "needles"), LEANING[:3])
def test_the_question_as_understood_is_shown(
    told: Callable[..., Answer], article: str, context: tuple[str, ...], question: str, needles: str
) -> None:
    assert "bridge" in told(article, question, context).resolved.lower()


@pytest.mark.parametrize("question", ["and why?", "when?", "who is he?", "what about her?"])
def test_a_follow_up_without_anything_before_it_is_not_answered(
    told: Callable[..., Answer], question: str
) -> None:
    assert told("bridge", question).status is not Status.ANSWERED


def test_a_question_that_stands_alone_is_left_alone(told: Callable[..., Answer]) -> None:
    alone = told("bridge", "When was the bridge built?")
    before = ("Who criticised the mayor?", "What did Okafor say?")
    after = told("bridge", "When was the bridge built?", before)
    assert (alone.text, alone.status) == (after.text, after.status)
    assert after.resolved == ""


def test_a_follow_up_to_a_question_that_found_nothing_claims_nothing(told: Callable[..., Answer]) -> None:
    assert told("bridge", "and why?", ("Who painted the opera house?",)).status is not Status.ANSWERED
