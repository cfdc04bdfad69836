"""What a question takes for granted and the article contradicts, and what is still told beside it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import Library, ask, build
from knowledge.model import Answer, Question, Status
from knowledge.reading import read
from knowledge.reading.parser import Parser

REFUTED = [
    pytest.param("Why did the minister beg the farmers?", id="the deed reversed"),
    pytest.param("What did the government appeal to the council to release?", id="an inner deed reversed"),
    pytest.param("How many tankers did Skelvik send?", id="done by another"),
    pytest.param("What did Askvand refuse to drain?", id="a refusal that is not told"),
    pytest.param("How much did the government release?", id="only asked for"),
    pytest.param("How many Swedish farmers were left without water?", id="of another country"),
    pytest.param("How many farmers were treated for heatstroke?", id="other people counted"),
    pytest.param("When will the plant near Skelvik be closed?", id="at another place"),
    pytest.param("By how much was the education budget cut?", id="of another sort"),
]


@pytest.mark.parametrize("question", REFUTED)
def test_a_premise_that_the_article_contradicts_is_not_answered(
    silent: Callable[..., Answer], question: str
) -> None:
    silent("reservoir", question)


@pytest.mark.parametrize(
    ("question", "needles"),
    [
        ("How many tankers did Lomborg send?", "40"),
        ("How many drivers were treated for heatstroke?", "seven"),
        ("When will the plant in Hovby be closed?", "2031"),
        ("By how much was the harbour budget cut?", "9 percent"),
        ("Who begged the minister?", "farmers"),
    ],
)
def test_the_same_question_with_a_true_premise_is_answered(
    right: Callable[..., Answer], question: str, needles: str
) -> None:
    right("reservoir", question, needles)


DOUBTS = """Dam under watch

Merete Falk spoke at Halmgard on Monday. "I am not sure that the dam
will hold," she said. "This is not going to be the same as Torup."
"""


@pytest.mark.parametrize("question", ["Was Merete Falk happy?", "Was Falk tired?", "What happened in Torup?"])
def test_what_is_not_so_says_nothing_of_another_state_and_is_no_happening(question: str) -> None:
    library = Library((build(read(DOUBTS, "dam.txt", Parser.load())),))
    assert ask(Question(text=question), library).status is not Status.ANSWERED


MERGED = """Mill sold

The grain firm Orlo Foods bought Pellmark Mills on Monday, fending off a rival bid from Vasko Grain.
Director Odo Tamm will step down, to be succeeded by Lena Marsh.
"""


@pytest.mark.parametrize("question", ["Who bought Vasko Grain?", "Who does Odo Tamm succeed?"])
def test_a_deed_done_to_another_or_undergone_is_not_the_one_asked_about(question: str) -> None:
    library = Library((build(read(MERGED, "mill.txt", Parser.load())),))
    assert ask(Question(text=question), library).status is not Status.ANSWERED
    assert "Orlo Foods" in ask(Question(text="Who bought Pellmark Mills?"), library).text
    assert "Marsh" in ask(Question(text="Who will succeed Odo Tamm?"), library).text
