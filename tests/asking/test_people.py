"""Who somebody is, what they are called, whose something is, and people asked for by description."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer

DESCRIBED = [
    ("bridge", "Who is Rosa Lindqvist?", "mayor"),
    ("bridge", "who is okafor", "engineer"),
    ("bridge", "Who's Henrik Vale?", "opposition leader"),
    ("moon", "Who is Piet Abara?", "student|colleague"),
    ("moon", "Who is Joan Whitlock?", "astronomer"),
    ("moon", "What is Pell?", "moon"),
    ("moon", "What is Orvella?", "dwarf planet"),
    ("moon", "What is Lantern?", "probe"),
    ("moon", "What is Sky Letters?", "journal"),
    ("striker", "Who is Greta Holm?", "coach"),
    ("striker", "who's dario venn?", "striker"),
    ("banker", "Who is Walter Gruen?", "teacher"),
    ("banker", "Who is Ilse?", "wife"),
    ("banker", "Who is Helena Brandt?", "judge"),
    ("gulf", "Who is Emil Radke?", "general|commander"),
    ("gulf", "Who is Jakob Steen?", "foreign minister"),
    ("flood", "Who is Leila Haddad?", "minister"),
    ("flood", "Who is Adil?", "brother"),
]
NAMED = [
    ("bridge", "Who is the mayor?", "lindqvist"),
    ("bridge", "Who is the chief engineer?", "okafor"),
    ("bridge", "What is the name of the opposition leader?", "vale"),
    ("moon", "What is the name of the moon?", "pell"),
    ("moon", "What is the moon called?", "pell"),
    ("moon", "What is the probe called?", "lantern"),
    ("moon", "What is the name of the telescope?", "halden"),
    ("striker", "Who is the captain?", "prado"),
    ("striker", "Who is the coach?", "holm"),
    ("banker", "Who is the judge?", "brandt"),
    ("banker", "Who is Reuel's wife?", "ilse"),
    ("banker", "Who is the prosecutor?", "iyer"),
    ("gulf", "Who is the president of Sardovia?", "moreau"),
    ("gulf", "Who is the prime minister of Kesh?", "tran"),
    ("gulf", "Who is the commander of the navy?", "radke"),
    ("flood", "Who is the interior minister?", "haddad"),
    ("flood", "What is the name of Yusuf Karam's brother?", "adil"),
]
TITLES = [
    ("bridge", "What is Okafor's job?", "engineer"),
    ("gulf", "What is Clara Voss's title?", "ambassador"),
    ("gulf", "What rank does Radke hold?", "general"),
    ("flood", "What is Haddad's position?", "minister"),
    ("striker", "What position does Greta Holm hold?", "coach"),
]
OWNERS = [
    ("bridge", "Whose warning did the mayor ignore?", None),
    ("striker", "Whose speed did Holm praise?", "venn"),
    ("striker", "Whose salary did Quill refuse to reveal?", "venn|striker"),
    ("striker", "Whose leg was broken?", "prado"),
    ("banker", "Whose assistant uncovered the fraud?", "reuel"),
    ("banker", "Whose wife was acquitted?", "reuel"),
    ("flood", "Whose brother drowned?", "karam"),
    ("flood", "Whose tractor rescued the children?", "karam"),
]
BY_DESCRIPTION = [
    ("bridge", "What did the opposition leader write on Facebook?", "she knew about the cables"),
    ("bridge", "What did the chief engineer blame?", "salt water|damage"),
    ("moon", "Where does the leader of the study work?", "brenford"),
    ("striker", "What did the coach praise?", "speed"),
    ("striker", "When did the captain break his leg?", "october"),
    ("banker", "What did the retired teacher lose?", "home"),
    ("banker", "What did the former banker buy?", "yacht"),
    ("gulf", "Who did the president of Sardovia telephone?", "tran"),
    ("gulf", "Who did the foreign minister speak to?", "voss"),
    ("gulf", "What did the commander of the navy warn?", "fire on any boat"),
    ("flood", "When did the interior minister visit the valley?", "friday"),
    ("flood", "Who did the farmer rescue?", "children"),
]
NOBODY = [
    ("bridge", "Who is the mayor of Belden?"),
    ("bridge", "Who is the deputy mayor?"),
    ("bridge", "Who is Anders Holt?"),
    ("striker", "Who is the coach of Eastgate United?"),
    ("striker", "Who is the goalkeeper?"),
    ("banker", "Who is Reuel's brother?"),
    ("gulf", "Who is the president of Kesh?"),
    ("gulf", "Who is the prime minister of Sardovia?"),
    ("gulf", "Who is the commander of the army?"),
    ("flood", "Who is the finance minister?"),
    ("flood", "What is the name of Karam's sister?"),
]


@pytest.mark.parametrize(("article", "question", "needles"), DESCRIBED)
def test_who_or_what_a_name_is(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), NAMED)
def test_a_description_finds_its_name(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), TITLES)
def test_a_title_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), [row for row in OWNERS if row[2]])
def test_the_owner_is_told(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), BY_DESCRIPTION)
def test_people_may_be_called_what_they_are(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question"), [*NOBODY, *((a, q) for a, q, n in OWNERS if n is None)])
def test_nobody_is_named_who_is_not_in_the_text(
    silent: Callable[..., Answer], article: str, question: str
) -> None:
    silent(article, question)
