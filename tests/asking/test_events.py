"""What happened, before and after what, and bare keywords instead of a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import Library, ask
from knowledge.model import Answer, Question, Status

HAPPENED = [
    ("bridge", "What happened to the Harbour Bridge?", "closed"),
    ("bridge", "what happened on Monday", "closed|bridge"),
    ("striker", "What happened at Priory Park?", "beat"),
    ("striker", "What happened to Prado?", "leg"),
    ("banker", "What happened to Reuel's wife?", "acquitted"),
    ("banker", "What happened at the airport?", "arrested"),
    ("gulf", "What happened on 3 April?", "seized"),
    ("gulf", "What happened outside the embassy?", "protests|flags"),
    ("gulf", "What happened to the trawlers?", "seized"),
    ("gulf", "What did the seizure lead to?", "protests"),
    ("flood", "What happened to Adil?", "drowned"),
    ("flood", "What happened when the river burst its banks?", "killed"),
    ("prize", "what happened to the pipes that were stolen", "found a week later"),
    ("prize", "what happened to the van hired in Torup", "windows smashed"),
    ("prize", "what happened to Vass", "replaced|dismissed"),
    ("prize", "what happened to Solheim", "unable to travel"),
]
KEYWORDS = [
    ("bridge", "bridge repairs cost", "4.2 million"),
    ("bridge", "ferries buses", "replace"),
    ("moon", "probe orvella 2031", "probe|2031"),
    ("striker", "venn visa", "did not play"),
    ("banker", "reuel yacht", "yacht"),
    ("gulf", "tear gas crowd", "tear gas"),
    ("flood", "red cross blankets", "sent blankets"),
    ("flood", "haddad bbc", "dam had not failed"),
]
PARTS = [
    ("prize", "festival vote date", "9 november"),
    ("prize", "mayor speech venue", "the old fish market"),
    ("prize", "vass dismissal reason", "debts"),
    ("prize", "vass dismissed by", "the festival"),
    ("prize", "pipes theft date", "march"),
    ("bridge", "bridge closed by", "lindqvist"),
    ("mill", "mill closing when", "june"),
    ("mill", "last strike duration", "12 days"),
    ("banker", "arrest place reuel", "airport"),
    ("gulf", "trawlers seized date", "3 april"),
    ("mill", "nupw full form", "national union of paper workers"),
]
NOTHING = [
    ("prize", "mayor speech cost"),
    ("prize", "vote venue"),
    ("prize", "forest sale reason"),
    ("prize", "bruno feld age"),
    ("bridge", "crack repair venue"),
    ("striker", "holm praise date"),
    ("bridge", "What happened to the airport?"),
    ("striker", "What happened to the goalkeeper?"),
    ("gulf", "What happened in Berlin?"),
    ("gulf", "What happened on 9 August?"),
    ("flood", "earthquake volcano"),
    ("moon", "football transfer"),
    ("banker", "bitcoin hack"),
]


@pytest.mark.parametrize(("article", "question", "needles"), HAPPENED)
def test_what_happened(right: Callable[..., Answer], article: str, question: str, needles: str) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question", "needles"), KEYWORDS)
def test_bare_keywords_find_their_clause(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)


@pytest.mark.parametrize(("article", "question"), NOTHING)
def test_nothing_happened_that_is_not_told(
    silent: Callable[..., Answer], article: str, question: str
) -> None:
    silent(article, question)


@pytest.mark.parametrize(("article", "question", "needles"), PARTS)
def test_the_last_keyword_asks_for_a_part(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    answer = right(article, question, needles)
    assert len(answer.text.split()) <= 8, f"more than the part asked for: {answer.text!r}"


def test_a_clause_is_cut_between_phrases(right: Callable[..., Answer]) -> None:
    answer = right("prize", "mayor warned town second bad season", "would close; museum for good")
    assert answer.text.startswith("Mayor Liv Strand warned")


@pytest.mark.parametrize(
    "question",
    [
        "What is this article about?",
        "whats the story about",
        "summary",
        "what happened?",
        "so what happened in this story",
    ],
)
def test_the_gist_is_the_headline_or_the_opening(right: Callable[..., Answer], question: str) -> None:
    right("moon", question, "astronomers find moon")
    right("prize", question, "solheim")


def test_what_all_articles_are_about_is_not_answered_from_one(shelf: Library) -> None:
    assert ask(Question(text="What is this article about?"), shelf).status is not Status.ANSWERED


@pytest.mark.parametrize(
    ("question", "needles"),
    [
        ("What did Steen and Voss talk about?", "crew"),
        ("When did Steen and Voss speak?", "saturday"),
        ("What did Moreau and Tran discuss?", "fishing rights"),
    ],
)
def test_two_who_talked_talked_with_each_other(
    right: Callable[..., Answer], question: str, needles: str
) -> None:
    right("gulf", question, needles)


@pytest.mark.parametrize(
    "question", ["What did Steen and Tran talk about?", "What did Moreau and Voss discuss?"]
)
def test_two_who_did_not_talk_with_each_other(silent: Callable[..., Answer], question: str) -> None:
    silent("gulf", question)
