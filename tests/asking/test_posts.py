"""Who holds a post, what abbreviations stand for, whose something is, and what people are called."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import Library, ask, build
from knowledge.model import Answer, Question, Status
from knowledge.reading import read
from knowledge.reading.parser import Parser

TEXT = """Harbour tunnel floods

VELDEN - Water broke into the harbour tunnel on Monday, the Velden Port Authority (HVB) said.

"We will pump day and night," said Colonel Imre Sandoval, who is commanding the rescue effort. \
Port council chairwoman Alda Werring said that the pumps were old. The deputy director, Piers Nolan, \
declined to comment, and the director, Greta Moss, is abroad.

The tunnel, owned by the state company Marlane, carries 4,000 cars a day. Marlane is a subsidiary of the \
Danish group Holt Brothers. Ruta Adeyemi, a Latvian-born engineer, warned of leaks in March. Her assistant \
found the first crack.

The Institute for Deep Water Studies (IDWS) called the pumps "museum pieces". The former mayor, Otto Lind, \
whose brother designed the tunnel, wept. Vice-President Paula Grant flew home from Oslo.

The union TGW has asked for an inquiry.
"""


@pytest.fixture(scope="module")
def asked() -> Callable[[str], Answer]:
    """Return a function that asks the text above a question."""
    shelf = Library((build(read(TEXT, "tunnel", Parser.load())),))
    return lambda question: ask(Question(text=question), shelf)


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("Who is in charge of the rescue effort?", "sandoval"),
        ("Who commands the rescue effort?", "sandoval"),
        ("who chairs the port council", "werring"),
        ("Who is the head of the port council?", "werring"),
        ("Who is the deputy director?", "nolan"),
        ("Who is the deputy director of the port authority?", "nolan"),
        ("Who is the director?", "moss"),
        ("Who is the Vice-President?", "grant"),
        ("Who is the former mayor?", "lind"),
        ("name of the deputy director pls", "nolan"),
        ("what's the deputy director called", "nolan"),
    ],
)
def test_the_holder_of_a_post_is_named(asked: Callable[[str], Answer], question: str, needle: str) -> None:
    assert needle in asked(question).text.lower()


@pytest.mark.parametrize(
    "question",
    [
        "Who is the mayor?",
        "Who chairs the school board?",
        "Who is the deputy director of Marlane?",
        "Who is the director of the Institute for Deep Water Studies?",
        "Who is the President?",
        "Who commands the fire brigade?",
        "Who is Greta Moss's assistant?",
    ],
)
def test_another_post_is_not_taken_for_it(asked: Callable[[str], Answer], question: str) -> None:
    assert asked(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("What does HVB stand for?", "Velden Port Authority"),
        ("what's IDWS short for", "Institute for Deep Water Studies"),
        ("idws full form", "Institute for Deep Water Studies"),
        ("What is the full name of the HVB?", "Velden Port Authority"),
        ("hvb means what?", "Velden Port Authority"),
        ("What does the W stand for in IDWS?", "Water"),
        ("What is the abbreviation of the Institute for Deep Water Studies?", "IDWS"),
        ("How is the Velden Port Authority abbreviated?", "HVB"),
    ],
)
def test_a_bracket_introduces_an_abbreviation(
    asked: Callable[[str], Answer], question: str, needle: str
) -> None:
    assert asked(question).text in {needle, f"the {needle}"}


@pytest.mark.parametrize(
    "question",
    ["What does TGW stand for?", "What does NATO stand for?", "What is the abbreviation of Holt Brothers?"],
)
def test_what_is_never_spelt_out_is_not_told(asked: Callable[[str], Answer], question: str) -> None:
    assert asked(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("Whose tunnel was flooded?", "marlane"),
        ("Marlane is whose subsidiary?", "holt brothers"),
        ("Whose brother designed the tunnel?", "lind"),
        ("Whose assistant found the first crack?", "adeyemi"),
    ],
)
def test_the_owner_is_named(asked: Callable[[str], Answer], question: str, needle: str) -> None:
    assert needle in asked(question).text.lower()


@pytest.mark.parametrize(
    "question", ["Whose sister designed the tunnel?", "Whose brother designed the pumps?", "Whose ship sank?"]
)
def test_the_owner_of_something_else_is_not_given(asked: Callable[[str], Answer], question: str) -> None:
    assert asked(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("What is Ruta Adeyemi's nationality?", "latvian"),
        ("What rank does Imre Sandoval hold?", "colonel"),
        ("What is Sandoval's full name?", "imre sandoval"),
        ("What is Adeyemi's first name?", "ruta"),
        ("What is Imre's last name?", "sandoval"),
        ("greta moss, what's her job", "director"),
        ("piers nolan who is he", "deputy director"),
    ],
)
def test_what_somebody_is_and_is_called(asked: Callable[[str], Answer], question: str, needle: str) -> None:
    assert needle in asked(question).text.lower()


@pytest.mark.parametrize(
    "question", ["What rank does Alda Werring hold?", "What is Greta Moss's nationality?"]
)
def test_a_rank_or_nationality_is_not_guessed(asked: Callable[[str], Answer], question: str) -> None:
    assert asked(question).status is not Status.ANSWERED


REPORT = """Dam closed after crack

ARDEN - The Lorne dam was closed on Friday, and its operator blamed the crack on an earthquake.

"Nobody has to leave home tonight," said Teresa Quint, the head of the valley's fire service. The mayor of \
Arden, Paul Esk, called the closure "a gift to the lawyers". His rival, Mona Dahl, described the dam as \
"a loaded gun" and predicted that the repairs would take two years.

The walls, Esk said, were sound and would be shown to anyone. According to the Arden Herald, three \
inspectors were dismissed in May. Professor Ida Falk, director of the Institute of Hydrology, said that \
the sensors had failed. She admitted that her staff had lost the records.

The engineer Leo Brandt resigned in June, citing bad health.
"""


@pytest.fixture(scope="module")
def reported() -> Callable[[str], Answer]:
    """Return a function that asks the report above a question."""
    shelf = Library((build(read(REPORT, "dam", Parser.load())),))
    return lambda question: ask(Question(text=question), shelf)


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ('Who called the closure "a gift to the lawyers"?', "esk"),
        ('Who used the words "a loaded gun"?', "dahl"),
        ('Who said "Nobody has to leave home tonight"?', "quint"),
        ("Who said that the sensors had failed?", "falk"),
        ("Who predicted that the repairs would take two years?", "dahl"),
        ("Who admitted that the records had been lost?", "falk"),
    ],
)
def test_the_speaker_of_words_is_named(reported: Callable[[str], Answer], question: str, needle: str) -> None:
    assert needle in reported(question).text.lower()


@pytest.mark.parametrize(
    "question",
    [
        'Who called the closure "a loaded gun"?',
        'Who said "Everybody has to leave home tonight"?',
        "Who said that the sensors had been stolen?",
        "Who admitted that the records had been burned?",
        "What did Quint predict?",
        "What did Esk call the dam?",
        "What did Brandt say about the sensors?",
    ],
)
def test_words_are_not_put_into_a_mouth(reported: Callable[[str], Answer], question: str) -> None:
    assert reported(question).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "needle"),
    [
        ("What did Esk say about the walls?", "were sound"),
        ("What exactly did Esk call the closure?", "gift to the lawyers"),
        ("How did Dahl describe the dam?", "a loaded gun"),
        ("What did the mayor of Arden say about the walls?", "sound"),
        ("What did the Arden Herald report?", "three inspectors were dismissed"),
        ("What did the operator blame for the crack?", "earthquake"),
        ("What reason did Leo Brandt give for resigning?", "bad health"),
        ("What did Falk admit?", "lost the records"),
        ("What is Ida Falk's job?", "director of the institute of hydrology"),
    ],
)
def test_what_was_said_or_cited(reported: Callable[[str], Answer], question: str, needle: str) -> None:
    assert needle in reported(question).text.lower()
