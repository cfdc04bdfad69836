"""Swapped roles, false premises, other people and events: the right words are no reason to answer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import Library, ask
from knowledge.model import Answer, Question, Status

SWAPPED = [
    ("bridge", "Who did Vale close the bridge with?"),
    ("bridge", "What did the mayor criticise Vale for?"),
    ("bridge", "Who did the police thank?"),
    ("bridge", "What will the buses replace?"),
    ("moon", "Who did Whitlock lead?"),
    ("moon", "What does Orvella circle?"),
    ("striker", "Who did Eastgate beat?"),
    ("striker", "Who praised Holm's speed?"),
    ("striker", "Who did Venn call every day?"),
    ("banker", "Who did Reuel arrest?"),
    ("banker", "Who did Reuel sentence?"),
    ("banker", "Who stole from Reuel?"),
    ("gulf", "Who did Tran telephone?"),
    ("gulf", "Who seized the coast guards?"),
    ("gulf", "Who did the demonstrators use tear gas on?"),
    ("flood", "Who rescued Karam?"),
    ("flood", "Who did Belden send blankets to?"),
    ("flood", "What did the government accuse residents of?"),
]
FALSE_PREMISES = [
    ("bridge", "Why did the mayor open the bridge?"),
    ("bridge", "When did Okafor resign?"),
    ("bridge", "Why was the mayor arrested?"),
    ("bridge", "When will the tunnel open?"),
    ("moon", "When did Castellan discover Orvella?"),
    ("moon", "Why did the probe crash?"),
    ("striker", "When did Venn break his leg?"),
    ("striker", "Why did Holm resign?"),
    ("striker", "Where did Eastgate beat Rovers?"),
    ("banker", "How many years did Ilse get?"),
    ("banker", "Why was Gruen arrested?"),
    ("banker", "When did the judge appeal?"),
    ("gulf", "Why did Moreau telephone Voss?"),
    ("gulf", "When did the navy sink the trawlers?"),
    ("gulf", "Where were the sailors released?"),
    ("flood", "Why did the dam fail?"),
    ("flood", "When did Adil visit the valley?"),
    ("flood", "How did Haddad rescue the children?"),
]
ABSENT = [
    ("bridge", "Who designed the bridge?"),
    ("bridge", "What colour is the bridge?"),
    ("moon", "What is the moon made of?"),
    ("moon", "Who paid for the telescope?"),
    ("striker", "What is Venn's shirt number?"),
    ("striker", "Who was the referee?"),
    ("banker", "What is the name of the assistant?"),
    ("banker", "Which bank did Reuel work for?"),
    ("gulf", "Who is the captain of the trawler?"),
    ("gulf", "How much fish was on the trawlers?"),
    ("flood", "What did the tractor cost?"),
    ("flood", "Where was Haddad born?"),
]


@pytest.mark.parametrize(("article", "question"), SWAPPED)
def test_the_right_words_in_swapped_roles_are_not_told(
    silent: Callable[..., Answer], article: str, question: str
) -> None:
    silent(article, question)


@pytest.mark.parametrize(("article", "question"), FALSE_PREMISES)
def test_a_false_premise_is_not_confirmed(silent: Callable[..., Answer], article: str, question: str) -> None:
    silent(article, question)


@pytest.mark.parametrize(("article", "question"), ABSENT)
def test_what_the_text_does_not_tell_is_not_told(
    silent: Callable[..., Answer], article: str, question: str
) -> None:
    silent(article, question)


def test_a_question_of_another_text_is_not_answered_from_this_one(shelf: Library) -> None:
    questions = {
        "moon": "Who discovered Orvella?",
        "striker": "How many goals did Venn score?",
        "banker": "What did Reuel buy?",
        "flood": "Who rescued five children?",
    }
    for home, question in questions.items():
        given = {
            i.article.key: ask(Question(text=question, article=i.article.key), shelf) for i in shelf.indexes
        }
        assert {key for key, answer in given.items() if answer.status is Status.ANSWERED} == {home}, question
