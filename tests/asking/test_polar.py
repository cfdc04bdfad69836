"""Yes and no from what an article says did, did not or may not have happened, however it is put."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.asking import ArticleIndex
from knowledge.asking.polarity.polar import claim, options
from knowledge.model import Answer

NO = [
    "Did Talbeck close the site?",
    "Did Talbeck agree to close the site?",
    "did the council condemn the company",
    "was the dog hurt?",
    "Was Quillon found guilty of negligence?",
    "Will Osgood raise the quarry tax this year?",
    "Was the explosion on Wednesday?",
    "Did Osgood agree to reopen the road?",
    "Was the road closed by the union?",
    "Has parliament approved the safety law?",
    "did shares in talbeck stone rise?",
    "Was it Quillon who refused to close the site?",
    "Is Petra Osgood the minister for mining?",
    "Did all four cameras work?",
    "Did the Red Lantern collect only soup?",
    "Is Rourke against the law?",
]
YES = [
    "Did Talbeck deny that a fuse had been faulty?",
    "Is Rourke in favour of the new law?",
    "is it true that two workers were killed?",
    "The police closed the road, right?",
    "Was it the police that closed the road?",
    "Were both trucks searched?",
    "Was there an explosion at the quarry?",
    "Will Rourke visit the quarry?",
    "Is Rourke going to visit the quarry on Friday?",
    "Isn't Orrin Talbeck the quarry's owner?",
]
NOT_TOLD = [
    "Did Osgood close the road?",
    "Did Rourke refuse to close the site?",
    "Has the company moved its office to Lisford?",
    "Did the east wall collapse?",
    "Did Quillon deny that a fuse had been faulty?",
    "Did the lorry driver kill two workers?",
    "Did Weatherby search the office?",
    "Was Talbeck acquitted of negligence?",
    "Did the police collect blankets?",
    "Did the union back the law?",
    "Is the mayor married?",
    "Has the council decided on the lease?",
]
ALTERNATIVES = [
    ("did shares in talbeck stone rise or fall", "fall"),
    ("Did Talbeck admit or deny that a fuse had been faulty?", "deny"),
    ("Was the road closed by the police or by the union?", "police"),
    ("Will Rourke visit the quarry on Friday or on Monday?", "friday"),
    ("was it the police or the council that closed the road", "police"),
]


@pytest.mark.parametrize("question", NO)
def test_no_where_it_is_not_so(right: Callable[..., Answer], question: str) -> None:
    right("quarry", question, "no,")


@pytest.mark.parametrize("question", YES)
def test_yes_however_it_is_asked(right: Callable[..., Answer], question: str) -> None:
    right("quarry", question, "yes,")


@pytest.mark.parametrize("question", NOT_TOLD)
def test_nothing_is_said_of_what_is_only_wanted_or_was_done_by_others(
    silent: Callable[..., Answer], question: str
) -> None:
    silent("quarry", question)


@pytest.mark.parametrize(("question", "chosen"), ALTERNATIVES)
def test_the_alternative_that_the_article_has(
    right: Callable[..., Answer], question: str, chosen: str
) -> None:
    right("quarry", question, chosen)


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("is it true that the road was closed", "the road was closed"),
        ("the road was closed , was n't it ?", "the road was closed"),
        ("was it Ann that the dog bit", "the dog bit Ann"),
        ("was it Ann who fell", "Ann fell"),
        ("is Ann gon na leave", "will Ann leave"),
        ("is Ann in favour of the law", "does Ann support the law"),
    ],
)
def test_a_question_is_made_plain(indexes: dict[str, ArticleIndex], question: str, plain: str) -> None:
    words = claim(tuple(question.split()), indexes["quarry"]).frame.words
    assert " ".join(w for w in words if w != "?") == plain


@pytest.mark.parametrize(
    ("question", "one", "two"),
    [
        ("did it rise or fall ?", "did it rise", "did it fall"),
        ("did Ann confirm or deny that she left ?", "did Ann confirm that she left",
         "did Ann deny that she left"),
        ("did she go on Monday or on Friday ?", "did she go on Monday", "did she go on Friday"),
        ("was the bill five pounds or a whole fortune ?", "was the bill five pounds",
         "was the bill a whole fortune"),
        ("did Ann hit Bob , or was it the other way round ?", "did Ann hit Bob", "did Bob hit Ann"),
    ],
)  # fmt: skip
def test_alternatives_become_two_questions(
    indexes: dict[str, ArticleIndex], question: str, one: str, two: str
) -> None:
    found = options(tuple(question.split()), indexes["quarry"])
    assert found is not None
    assert [" ".join(o.asked) for o in found] == [one, two]
