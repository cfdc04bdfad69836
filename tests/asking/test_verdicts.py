"""Yes, no or not told; one of two alternatives; who else, and everybody but."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer, Status

YES = [
    ("bridge", "Did Lindqvist close the bridge?"),
    ("bridge", "Was the bridge built in 1962?"),
    ("bridge", "Did Lindqvist reject the criticism?"),
    ("bridge", "Will tickets be free for students?"),
    ("moon", "Is Pell a moon?"),
    ("moon", "Did Castellan lead the study?"),
    ("moon", "Was Orvella discovered by Joan Whitlock?"),
    ("striker", "Has Venn joined Marlow Rovers?"),
    ("striker", "Did Rovers win against Eastgate?"),
    ("banker", "Was Ilse acquitted?"),
    ("banker", "Did Reuel buy a yacht?"),
    ("banker", "Has Reuel been sentenced?"),
    ("gulf", "Did Moreau telephone Tran?"),
    ("gulf", "Is Clara Voss an ambassador?"),
    ("gulf", "Did the police use tear gas?"),
    ("flood", "Did the flood destroy a mosque?"),
    ("flood", "Did Haddad visit the valley?"),
    ("flood", "Isn't Leila Haddad the interior minister?"),
]
NO = [
    ("bridge", "Was the bridge built in 1975?"),
    ("bridge", "Did Lindqvist accept the criticism?"),
    ("moon", "Is the mission cheap, according to critics?"),
    ("striker", "Did Venn play on Saturday?"),
    ("striker", "Did Venn score 25 goals last season?"),
    ("striker", "Did Quill reveal the striker's salary?"),
    ("banker", "Was Reuel acquitted?"),
    ("banker", "Was Reuel sentenced to nine years in prison?"),
    ("gulf", "Did Sardovia release the crew?"),
    ("gulf", "Did Moreau telephone Tran on Friday?"),
    ("flood", "Did the dam fail?"),
    ("flood", "Did Karam rescue nine children?"),
]
NOT_TOLD = [
    ("bridge", "Did Okafor resign?"),
    ("bridge", "Is the mayor married?"),
    ("bridge", "Did Vale close the bridge?"),
    ("moon", "Did Abara lead the mission?"),
    ("moon", "Is there life on Orvella?"),
    ("striker", "Did Holm score a goal?"),
    ("striker", "Did Prado break his arm?"),
    ("banker", "Did the judge buy a yacht?"),
    ("banker", "Did the police arrest Gruen?"),
    ("gulf", "Did Tran telephone Ferrante?"),
    ("gulf", "Did Radke meet Voss?"),
    ("gulf", "Did the navy sink a trawler?"),
    ("flood", "Did the Red Cross build a school?"),
    ("flood", "Did Adil rescue Karam?"),
]
ALTERNATIVES = [
    ("bridge", "Was the bridge built in 1962 or 1972?", "1962; -1972"),
    ("bridge", "Did Okafor blame salt water or the mayor?", "salt water; -mayor"),
    ("moon", "Was Orvella discovered by Whitlock or Castellan?", "whitlock; -castellan"),
    ("striker", "Did Venn join Rovers or Eastgate?", "rovers; -eastgate"),
    ("striker", "Who broke his leg, Prado or Venn?", "prado; -venn"),
    ("banker", "Was Reuel arrested at the airport or at home?", "airport; -home"),
    ("gulf", "Did Moreau call Tran or Voss?", "tran; -voss"),
    ("gulf", "Who spoke to Voss, Steen or Radke?", "steen; -radke"),
    ("flood", "Did Haddad visit on Friday or Saturday?", "friday; -saturday"),
    ("flood", "Who drowned, Yusuf or Adil?", "adil; -yusuf"),
]
EXCLUSION = [
    ("bridge", "Who did Lindqvist thank besides the police?", "fire brigade; port authority; -police"),
    ("banker", "What else did Reuel buy besides a yacht?", "paintings; vineyard; -yacht"),
    ("banker", "Apart from the vineyard, what did Reuel buy?", "yacht; paintings; -vineyard"),
    ("flood", "What did the Red Cross send besides tents?", "blankets; water; -tents"),
    ("flood", "What else did the flood destroy apart from the school?", "mosque; 60 houses; -school"),
]


@pytest.mark.parametrize(("article", "question"), YES)
def test_yes_with_the_fact(right: Callable[..., Answer], article: str, question: str) -> None:
    assert right(article, question, "yes").text.lower().startswith("yes")


@pytest.mark.parametrize(("article", "question"), NO)
def test_no_with_the_fact(right: Callable[..., Answer], article: str, question: str) -> None:
    assert right(article, question, "no").text.lower().startswith("no")


@pytest.mark.parametrize(("article", "question"), NOT_TOLD)
def test_neither_yes_nor_no_where_nothing_is_told(
    told: Callable[..., Answer], article: str, question: str
) -> None:
    answer = told(article, question)
    sure = answer.status is Status.ANSWERED and answer.text.lower().startswith("yes")
    assert not sure, answer.text


@pytest.mark.parametrize(("article", "question", "needles"), ALTERNATIVES)
def test_the_alternative_that_holds(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), EXCLUSION)
def test_what_is_named_as_known_is_left_out(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(
    "question", ["Did Lindqvist or Vale close the airport?", "Was the tunnel built in 1962 or 1972?"]
)
def test_neither_alternative_where_nothing_is_told(silent: Callable[..., Answer], question: str) -> None:
    silent("bridge", question)
