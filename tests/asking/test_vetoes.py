"""What is no answer however well it fits: another's age, a wish for a deed, a yes to another name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking.engine import says_nothing
from knowledge.asking.grammar.question import frame_question
from knowledge.asking.render import tidy
from knowledge.model import Answer, Span, Status


@pytest.mark.parametrize(
    ("question", "needles"),
    [
        ("How old is Sindre Moe?", "33"),
        ("how old is judge solbakk", "58"),
        ("how old is the judge", "58"),
        ("What is the age of the docker?", "33"),
        ("what is the docker's age", "33"),
        ("Did Judge Solbakk order the sale of the port's second crane?", "yes"),
        ("Was the crane built by Kvarnes Mekaniske?", "yes"),
        ("How much did the port earn last year?", "60 million"),
        ("Who praised the judge?", "lunde"),
        ("Who accused Ruud of neglect?", "lunde"),
    ],
)
def test_what_the_text_tells_is_told(right: Callable[..., Answer], question: str, needles: str) -> None:
    right("harbour", question, needles)


@pytest.mark.parametrize(
    "question",
    [
        "How old is Tore Moe?",
        "How old is Peder Ruud?",
        "How old is Moe's brother?",
        "How old is the harbour master?",
        "What is the age of the crane?",
        "Did Judge Solbakk order the sale of Ruud's second crane?",
        "Was the crane built by the Port of Vesterhavn?",
        "Who took legal action over the fine?",
        "Who inspected their cables?",
        "Has Ruud taken legal action?",
        "Who did Ruud accuse of neglect?",
        "How many ships did the port earn?",
        "What did Ruud praise?",
    ],
)
def test_what_only_resembles_it_is_not(told: Callable[..., Answer], question: str) -> None:
    answer = told("harbour", question)
    claimed = answer.status is Status.ANSWERED and not answer.text.startswith("No,")
    assert not claimed, f"answered {answer.text!r} ({answer.confidence:.2f})"


def test_an_answer_that_only_repeats_the_question_says_nothing() -> None:
    frame = frame_question(
        ("which", "hospital", "was", "he", "taken", "to"), ("WH", "NOUN", "BE", "PRON", "VBN", "ADP")
    )
    assert says_nothing("the hospital", frame)
    assert not says_nothing("the US", frame)
    assert not says_nothing("St Olav's hospital", frame)


def test_a_bracket_that_was_opened_before_does_not_close_in_an_answer() -> None:
    text = "Chief of Staff (COS) General Nils Berg"
    start = text.index("COS")
    assert tidy(text, Span(start, len(text))).of(text) == "General Nils Berg"
    assert tidy(text, Span(0, len(text))).of(text) == text
