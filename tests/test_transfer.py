"""Questions by somebody who had seen neither the code nor the question banks, on articles of other domains.

`tests/transfer/questions.jsonl` says what an answer must hold; its five articles were invented. When they
were
first asked, 62 of 100 came out right and 11 were answered wrongly. Their misses were looked at once for
general
causes, so that today's figures are not those of a stranger any more; the floors below only keep them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from knowledge.asking import ArticleIndex, Library, ask, build
from knowledge.model import Answer, Question, Status
from knowledge.reading import read
from knowledge.reading.parser import Parser

FOLDER = Path(__file__).parent / "transfer"
RIGHT_AT_LEAST = 66
WRONG_AT_MOST = 6


@pytest.fixture(scope="module")
def indexes() -> dict[str, ArticleIndex]:
    parser = Parser.load()
    return {p.name: build(read(p.read_text("utf-8"), p.name, parser)) for p in sorted(FOLDER.glob("*.txt"))}


def holds(item: dict[str, Any], answer: Answer) -> bool:
    said = answer.text.casefold()
    if item["kind"].startswith("yesno"):
        return said.startswith(item["must"][0][0].casefold())
    wanted = all(any(needle.casefold() in said for needle in group) for group in item["must"])
    return wanted and not any(needle.casefold() in said for needle in item["forbid"])


def test_questions_of_a_stranger_stay_answered(indexes: dict[str, ArticleIndex]) -> None:
    items = [json.loads(line) for line in (FOLDER / "questions.jsonl").read_text("utf-8").splitlines()]
    right, wrong = 0, []
    for item in items:
        question = Question(text=item["question"], context=tuple(item.get("context") or ()))
        answer = ask(question, Library([indexes[item["article"]]]))
        given = answer.status is Status.ANSWERED
        if given and not (item["answerable"] and holds(item, answer)):
            wrong.append(f"{item['question']} -> {answer.text}")
        else:
            right += given or not item["answerable"]
    assert len(items) == 100
    assert right >= RIGHT_AT_LEAST
    assert len(wrong) <= WRONG_AT_MOST, wrong
