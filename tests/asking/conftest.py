"""What the asking tests share: texts written for them, read once, and ways to ask them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import knowledge
from knowledge.asking import ArticleIndex, Library, ask, build
from knowledge.model import Answer, Question, Reading, Status
from knowledge.reading import read
from knowledge.reading.parser import Parser

NOT_YET = Path(__file__).parent / "not_yet.tsv"
TEXTS = Path(__file__).parent / "texts"
SHIPPED = Path(knowledge.__file__).parent / "articles" / "middle-east-escalation.txt"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the cases of `not_yet.tsv` to fail; one that passes is an error, so that its row goes."""
    rows = [line.split("\t") for line in NOT_YET.read_text("utf-8").splitlines() if line[:2] != "# "]
    reasons = {name: reason for name, reason in rows}
    for item in items:
        if item.path.parent == NOT_YET.parent and item.name in reasons:
            item.add_marker(pytest.mark.xfail(strict=True, reason=reasons[item.name]))


@pytest.fixture(scope="session")
def readings() -> dict[str, Reading]:
    """Return the shipped article ("shipped") and the texts of `texts/`, read by the shipped parser."""
    parser = Parser.load()
    return {
        path.stem if path is not SHIPPED else "shipped": read(
            path.read_text("utf-8"), path.stem if path is not SHIPPED else "shipped", parser
        )
        for path in (SHIPPED, *sorted(TEXTS.glob("*.txt")))
    }


@pytest.fixture(scope="session")
def indexes(readings: dict[str, Reading]) -> dict[str, ArticleIndex]:
    """Return an index for each reading."""
    return {key: build(reading) for key, reading in readings.items()}


@pytest.fixture(scope="session")
def shelf(indexes: dict[str, ArticleIndex]) -> Library:
    """Return a library of all of the texts."""
    return Library(tuple(indexes.values()))


@pytest.fixture(scope="session")
def shelf_of_one(indexes: dict[str, ArticleIndex]) -> Library:
    """Return a library of one text."""
    return Library((indexes["bridge"],))


@pytest.fixture(scope="session")
def told(shelf: Library) -> Callable[..., Answer]:
    """Return a function that asks one article a question, perhaps after earlier ones."""

    def ask_article(article: str, question: str, context: tuple[str, ...] = ()) -> Answer:
        return ask(Question(text=question, article=article, context=context), shelf)

    return ask_article


@pytest.fixture(scope="session")
def right(told: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a function that asks and checks the answer.

    `needles` are separated by "; ", alternatives by "|"; one that starts with "-" must not be in the answer.
    """

    def check(article: str, question: str, needles: str, context: tuple[str, ...] = ()) -> Answer:
        answer = told(article, question, context)
        assert answer.status is Status.ANSWERED, f"silent; {answer.text!r} had {answer.confidence:.2f}"
        said = " ".join(answer.text.lower().split())
        for needle in needles.lower().split("; "):
            if needle.startswith("-"):
                assert needle[1:] not in said, f"{answer.text!r} holds {needle[1:]!r}"
            else:
                assert any(n in said for n in needle.split("|")), f"{answer.text!r} lacks {needle!r}"
        assert len(said.split()) <= 30, f"too long to be an answer: {answer.text!r}"
        assert answer.evidence, "no proof"
        return answer

    return check


@pytest.fixture(scope="session")
def silent(told: Callable[..., Answer]) -> Callable[..., Answer]:
    """Return a function that asks and checks that nothing is claimed."""

    def check(article: str, question: str, context: tuple[str, ...] = ()) -> Answer:
        answer = told(article, question, context)
        assert answer.status is not Status.ANSWERED, f"answered {answer.text!r} ({answer.confidence:.2f})"
        return answer

    return check
