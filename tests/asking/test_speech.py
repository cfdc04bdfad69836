"""What people said, about what, who said it, and quotations that somebody begins."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer

SAID = [
    ("bridge", "What did Okafor say?", "no driver was in danger|six weeks"),
    ("bridge", "What did Vale write on Facebook?", "she knew about the cables and did nothing"),
    ("moon", "What did Castellan say?", "almost missed it|darker than coal"),
    ("moon", "What do critics say?", "too expensive"),
    ("striker", "What did Venn tell the Marlow Echo?", "turned down two bigger clubs"),
    ("banker", "What did Walter Gruen say?", "lost my home"),
    ("banker", "What did the judge say?", "no remorse"),
    ("gulf", "What did Moreau say after the call?", "our fishermen need certainty"),
    ("gulf", "What did Radke warn?", "fire on any boat"),
    ("gulf", "What did Tran vow?", "protect every boat"),
    ("flood", "What did Karam say?", "the water came so fast"),
    ("flood", "What did Haddad tell the BBC?", "dam had not failed"),
]
SAID_ABOUT = [
    ("bridge", "What did Vale say about the cables?", "knew about the cables"),
    ("moon", "What did Castellan say about the moon?", "missed|coal"),
    ("banker", "What did Fontaine say about an appeal?", "appeal"),
    ("banker", "What did Brandt say about Reuel?", "remorse"),
    ("gulf", "What did Moreau say about fishermen?", "need certainty"),
    ("gulf", "What does Voss say her country regrets?", "seizure of two trawlers"),
    ("flood", "What did Karam say about the water?", "came so fast"),
    ("flood", "What did Haddad say about the dam?", "not failed"),
]
SPEAKERS = [
    ("bridge", "Who said that no driver was in danger?", "okafor"),
    ("bridge", 'Who said "She knew about the cables"?', "vale"),
    ("moon", "Who said that the moon is darker than coal?", "castellan"),
    ("moon", "Who says that the mission is too expensive?", "critics"),
    ("striker", "Who said he turned down two bigger clubs?", "venn"),
    ("banker", "Who said 'I lost my home'?", "gruen"),
    ("banker", "Who said that her client would appeal?", "fontaine"),
    ("banker", "According to whom did Reuel show no remorse?", "brandt"),
    ("gulf", "Who warned that the navy would fire on boats?", "radke"),
    ("gulf", "Who vowed to protect every boat?", "tran"),
    ("flood", "Who said the dam had not failed?", "haddad"),
]
WORDS = [
    ("gulf", "What words did Tran use about boats?", "protect every boat"),
    ("gulf", 'Complete the quote: "Our fishermen need ..."', "certainty"),
    ("flood", 'finish the quote "The water came so fast that"', "could only run"),
    ("bridge", "Where did Vale write that she knew about the cables?", "facebook"),
    ("gulf", "How did Voss say that her country regrets the seizure?", "statement"),
]
UNSAID = [
    ("bridge", "What did Okafor say about the tunnel?"),
    ("bridge", "What did Lindqvist say about salt water?"),
    ("moon", "What did Abara say?"),
    ("striker", "What did Quill say about Venn's speed?"),
    ("banker", "What did Ilse say?"),
    ("gulf", "What did Tran say about the fishermen of Sardovia?"),
    ("gulf", "What did Cardinal Ferrante tell Moreau?"),
    ("flood", "What did Adil say?"),
    ("flood", "Who said that the dam would fail again?"),
    ("moon", "Who said that the moon is lighter than coal?"),
]


@pytest.mark.parametrize(("article", "question", "needles"), SAID)
def test_what_was_said(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), SAID_ABOUT)
def test_what_was_said_about_something(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), SPEAKERS)
def test_who_said_it(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), WORDS)
def test_exact_words_and_where_they_were_said(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question"), UNSAID)
def test_nobody_is_given_words_that_are_not_theirs(
    silent: Callable[..., Answer], article: str, question: str
) -> None:
    silent(article, question)


@pytest.mark.parametrize(
    ("question", "needles"),
    [
        pytest.param("Who warned that she would resign as chairwoman?", "falk", id="warned for said"),
        pytest.param("What did Dahl say?", "they knew. they did nothing", id="a whole quotation"),
        pytest.param("What did Dahl say they did?", "nothing", id="a part of it"),
        pytest.param("Who said that the drivers had slept in their cabs?", "lund", id="they for the drivers"),
        pytest.param("Who described the repair plan as reckless?", "lund", id="called, described"),
    ],
)
def test_what_was_said_however_it_is_put(right: Callable[..., Answer], question: str, needles: str) -> None:
    right("reservoir", question, needles)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("Who denied that she would resign as chairwoman?", id="said is not denied"),
        pytest.param("Who said that the farmers had slept in their cabs?", id="of others"),
        pytest.param("Who warned that the drivers had lost their cabs?", id="another deed"),
    ],
)
def test_what_nobody_said_has_no_speaker(silent: Callable[..., Answer], question: str) -> None:
    silent("reservoir", question)


def test_a_quotation_over_two_sentences_is_one_proof(told: Callable[..., Answer]) -> None:
    evidence = told("reservoir", "What did Dahl say?").evidence
    assert [e.text for e in evidence] == ['"They knew. They did nothing," said Dahl, a farmer.']
