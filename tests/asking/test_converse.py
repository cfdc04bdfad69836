"""The same event told from the other side: converse, mutual, light and receiving verbs."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking.converse import is_mutual, retold
from knowledge.language import lexicon
from knowledge.model import Answer, Role

BUY = ((Role.AGENT, ""), (Role.PATIENT, ""), (Role.SOURCE, "from"))


def test_a_converse_verb_swaps_the_parties() -> None:
    told = {verb: roles for verb, roles in retold("buy", "", BUY)}
    assert told["sell"] == (Role.RECIPIENT, Role.PATIENT, Role.AGENT)


def test_a_mutual_verb_can_be_told_either_way() -> None:
    roles = ((Role.AGENT, ""), (Role.COUNTERPART, "with"))
    assert is_mutual("speak", "with")
    assert not is_mutual("speak", "about")
    turned = [turned for verb, turned in retold("speak", "", roles) if verb == "speak"]
    assert set(turned) == {(Role.COUNTERPART, Role.AGENT)}


def test_nothing_is_retold_without_a_doer_or_the_other_party() -> None:
    assert list(retold("buy", "", ((Role.PATIENT, ""),))) == []
    assert list(retold("buy", "", ((Role.AGENT, ""), (Role.PATIENT, "")))) == []
    assert list(retold("florb", "", BUY)) == []


def test_who_gave_a_thing_is_whom_it_came_from() -> None:
    lent = ((Role.PATIENT, ""), (Role.AGENT, "by"))
    assert (("borrow", (Role.PATIENT, Role.SOURCE))) in list(retold("lend", "", lent))
    assert (("sell", (Role.PATIENT, Role.AGENT))) in list(
        retold("buy", "", ((Role.PATIENT, ""), (Role.SOURCE, "from")))
    )
    given = ((Role.AGENT, ""), (Role.RECIPIENT, ""), (Role.PATIENT, ""))
    assert (("borrow", (Role.SOURCE, Role.AGENT, Role.PATIENT))) in list(retold("lend", "", given))


def test_every_retelling_has_one_doer_and_keeps_the_count() -> None:
    for row in lexicon.converses():
        if row.kind in {"converse", "mutual", "receive", "light"}:
            verb, _, noun = row.verb.partition(" ")
            party = (Role.PATIENT, "") if not row.preposition else (Role.COUNTERPART, row.preposition)
            for _, turned in retold(verb, noun, ((Role.AGENT, ""), party)):
                assert len(turned) == 2
                assert turned.count(Role.AGENT) == 1, row


@pytest.mark.parametrize(
    ("article", "question", "needles"),
    [
        ("shipped", "Who called Bajwa?", "pompeo"),
        ("shipped", "Who did Bajwa receive a call from?", "pompeo"),
        ("shipped", "Who telephoned the army chief?", "pompeo"),
        ("shipped", "Who did Pompeo call?", "bajwa|army staff|coas"),
        ("shipped", "Who spoke to Pompeo?", "bajwa|army staff|ghani"),
        ("gulf", "Who called Moreau?", "ferrante"),
        ("gulf", "Who did Moreau receive a call from?", "ferrante"),
        ("gulf", "Who did Ferrante call?", "moreau"),
        ("gulf", "Who spoke to Steen?", "voss"),
        ("gulf", "Who did Voss speak to?", "steen"),
        ("gulf", "Who received a call from Moreau?", "tran"),
        ("striker", "Who lost to Rovers?", "eastgate"),
        ("mill", "Who bought the mill in 1998?", "kovala"),
        ("quarry", "How many workers died?", "two"),
        ("quarry", "How many people did the explosion kill?", "two"),
        ("quarry", "Who died at the quarry?", "workers"),
        ("flood", "From whom did Belden receive blankets?", "red cross"),
        ("flood", "What turned out to be sent to Belden?", "blankets"),
    ],
)
def test_questions_from_the_other_side_are_answered(
    right: Callable[..., Answer], article: str, question: str, needles: str
) -> None:
    right(article, question, needles)
