"""The facts of three articles against what a person reads in them (tests/reading/golden)."""

from __future__ import annotations

from functools import lru_cache

import pytest

from knowledge.reading import read
from knowledge.reading.parser import Parser
from tests.reading.goldens import Comparison, compare, load

SHIPPED = "escalation"
NAMES = [SHIPPED, "quake", "ruling"]


@lru_cache(maxsize=len(NAMES))
def compared(name: str) -> Comparison:
    golden = load(name)
    return compare(golden, read(golden.text, name, Parser.load()), whole=name == SHIPPED)


@pytest.mark.parametrize("name", NAMES)
def test_the_sentences_are_the_golden_files(name: str) -> None:
    golden = load(name)
    article = read(golden.text, name, Parser.load()).article
    assert [" ".join(s.span.of(article.text).split()) for s in article.sentences] == golden.sentences


@pytest.mark.parametrize("name", NAMES)
def test_every_golden_fact_that_was_found_is_found(name: str) -> None:
    assert compared(name).lost == []


@pytest.mark.parametrize("name", NAMES)
def test_no_argument_plays_another_role_than_the_golden_one(name: str) -> None:
    assert compared(name).conflicts == []


@pytest.mark.parametrize("name", NAMES)
def test_everything_that_is_told_was_judged(name: str) -> None:
    assert compared(name).unlisted == []


@pytest.mark.parametrize("name", NAMES)
def test_what_was_open_and_is_mended_is_no_longer_marked(name: str) -> None:
    assert compared(name).healed == []


@pytest.mark.parametrize("name", NAMES)
def test_every_quotation_has_its_speaker(name: str) -> None:
    speakers = [
        i for line in load(name).lines if line.kind is None for i in line.items if i.name == "speaker"
    ]
    assert speakers
    assert not any(item.mark for item in speakers)


def test_the_shipped_article_has_no_known_wrong_role() -> None:
    wrong = [i for line in load(SHIPPED).lines for i in line.items if i.mark == "!"]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_the_open_differences_are_counted(name: str, record_property: pytest.RecordProperty) -> None:
    found = compared(name)
    record_property("facts found", found.facts_found)
    record_property("facts open", found.facts_open)
    print(f"\n{name}: {found.facts_found} golden facts found, {found.facts_open} open;", end=" ")
    print(f"{len(found.kept)} items found, {len(found.open)} open:", *found.open, sep="\n  ")
    assert found.facts_found > found.facts_open
