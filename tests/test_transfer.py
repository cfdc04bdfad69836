"""Questions by people who had seen neither the code nor the question banks, on articles of other domains.

`tests/transfer/*/questions.jsonl` say what an answer must hold; their articles were invented. The misses of
the first set were looked at once for general causes (62 of 100 came out right and 11 were answered wrongly
when they were first asked). Those of the second set were never looked at and no weight was learned from it:
only its sums are known. The floors keep today's figures.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from knowledge.asking import Library, ask, build
from knowledge.model import Answer, Question, Status
from knowledge.reading import read
from knowledge.reading.parser import Parser

FOLDER = Path(__file__).parent / "transfer"


class Floor(NamedTuple):
    """How many questions a set has, how many come out right at least, and how many wrong at most."""

    questions: int
    right: int
    wrong: int


FLOORS = {"first": Floor(100, 75, 5), "second": Floor(192, 121, 14)}


def items(name: str) -> Iterator[dict[str, Any]]:
    for line in (FOLDER / name / "questions.jsonl").read_text("utf-8").splitlines():
        yield json.loads(line)


def holds(item: dict[str, Any], answer: Answer) -> bool:
    said = answer.text.casefold()
    if item["kind"].startswith("yesno"):
        return said.startswith(item["must"][0][0].casefold())
    wanted = all(any(needle.casefold() in said for needle in group) for group in item["must"])
    return wanted and not any(needle.casefold() in said for needle in item["forbid"])


@pytest.mark.parametrize("name", FLOORS)
def test_questions_of_a_stranger_stay_answered(name: str) -> None:
    parser, floor = Parser.load(), FLOORS[name]
    libraries: dict[str, Library] = {}
    right, wrong = 0, []
    for item in items(name):
        article = item["article"]
        if article not in libraries:
            text = (FOLDER / name / article).read_text("utf-8")
            libraries[article] = Library([build(read(text, Path(article).name, parser))])
        question = Question(text=item["question"], context=tuple(item.get("context") or ()))
        answer = ask(question, libraries[article])
        given = answer.status is Status.ANSWERED
        if given and not (item["answerable"] and holds(item, answer)):
            wrong.append(f"{item['question']} -> {answer.text}")
        else:
            right += given or not item["answerable"]
    assert sum(1 for _ in items(name)) == floor.questions
    assert right >= floor.right
    assert len(wrong) <= floor.wrong, wrong
