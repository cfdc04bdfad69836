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
    ("prize", ("Who is Karl Vass?",), "so who took his job?", "moen"),
    ("prize", ("Who replaced Vass?",), "what's her profession?", "pianist"),
    ("prize", ("Who is Ingrid Solheim?",), "why didn't she come?", "fall on the ice"),
    ("prize", ("Were any volunteers hurt?",), "what hurt them?", "plaster"),
    ("bridge", ("How long will the repairs take?",), "how much will they cost?", "4.2 million"),
    ("gulf", ("What did Moreau and Tran agree?",), "where will they meet?", "lisbon"),
    ("mill", ("When was the last strike?",), "how long did it last?", "12 days"),
    ("mill", ("What did Brekke order?",), "when did he order it?", "thursday"),
]
PARTS = [
    ("prize", ("Who did the festival dismiss?",), "and why?", "debts"),
    ("prize", ("Who did the festival dismiss?",), "when was that?", "last month"),
    ("prize", ("Who did the festival dismiss?",), "by whom?", "the festival"),
    ("prize", ("Who warned the town?",), "where?", "fish market"),
    ("prize", ("What was stolen from the church?",), "when did that happen?", "march"),
    ("gulf", ("Who telephoned Tran?",), "what about?", "fishing rights"),
    ("gulf", ("What did the police use?",), "what for?", "disperse"),
    ("mill", ("When was the mill sold?",), "to whom?", "kovala"),
    ("banker", ("When was Reuel sentenced?",), "for how long?", "seven years"),
    ("banker", ("Who arrested Reuel?",), "when was that?", "may 2021"),
]
TELLERS = [
    ("prize", ("Where did Solheim record the album?",), "who says so?", "feld"),
    ("prize", ("Where did Solheim record the album?",), "how did he make that known?", "post"),
    ("bridge", ("How long will the repairs take?",), "who said that?", "okafor"),
    ("flood", ("How many people were killed?",), "says who?", "officials"),
]
NOT_TOLD = [
    ("prize", ("Who did the festival dismiss?",), "for how long?"),
    ("prize", ("What was stolen from the church?",), "by whom?"),
    ("prize", ("What was stolen from the church?",), "and why?"),
    ("prize", ("Who warned the town?",), "who says so?"),
    ("prize", ("Who is Karl Vass?",), "when did he die?"),
    ("prize", ("Who is Karl Vass?",), "why wasn't he there?"),
    ("bridge", ("Who criticised the mayor?",), "who says so?"),
    ("bridge", ("Who criticised the mayor?",), "and Okafor?"),
    ("bridge", ("Who closed the bridge?",), "for how long?"),
    ("gulf", ("Who telephoned Tran?",), "for how long?"),
    ("gulf", ("Who burned flags?",), "why?"),
    ("striker", ("Who beat Eastgate?",), "by how much?"),
    ("striker", ("Who bought Venn?",), "how much did they pay?"),
    ("moon", ("Who noticed the shadow?",), "what does he study?"),
    ("flood", ("What did the flood destroy?",), "how many people lived there?"),
    ("bridge", ("Who closed the bridge?",), "who else closed it?"),
    ("moon", ("Who discovered Orvella?",), "who else discovered it?"),
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


@pytest.mark.parametrize(("article", "context", "question", "needles"), PARTS)
def test_a_bare_wh_word_asks_for_a_part_of_the_event(
    right: Callable[..., Answer], article: str, context: tuple[str, ...], question: str, needles: str
) -> None:
    assert context[-1].rstrip("?").lower() in right(article, question, needles, context).resolved.lower()


@pytest.mark.parametrize(("article", "context", "question", "needles"), TELLERS)
def test_who_tells_an_answer_is_its_attribution(
    right: Callable[..., Answer], article: str, context: tuple[str, ...], question: str, needles: str
) -> None:
    right(article, question, needles, context)


@pytest.mark.parametrize(("article", "context", "question"), NOT_TOLD)
def test_a_part_that_is_not_told_is_not_made_up(
    silent: Callable[..., Answer], article: str, context: tuple[str, ...], question: str
) -> None:
    silent(article, question, context)


def test_she_is_not_a_man(told: Callable[..., Answer]) -> None:
    answer = told("prize", "when was she born?", ("Who dismissed Karl Vass?",))
    assert "Vass" not in answer.resolved


def test_a_pronoun_goes_back_to_an_older_question_when_the_last_has_nobody(
    right: Callable[..., Answer],
) -> None:
    right(
        "bridge",
        "what did he blame?",
        "salt water|damage",
        ("Who is Tomas Okafor?", "When was the bridge built?"),
    )
