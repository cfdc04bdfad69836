"""What happened, before and after what, and bare keywords instead of a question."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Answer

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
NOTHING = [
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
