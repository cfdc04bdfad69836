"""Whom pronouns and descriptions stand for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Entity, Reading

Read = Callable[[str], Reading]


def referent(reading: Reading, words: str, nth: int = 0) -> Entity | None:
    """Return what the nth occurrence of some words stands for."""
    text = reading.article.text
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    for entity in reading.entities:
        if any(m.span.start == start and m.span.end == start + len(words) for m in entity.mentions):
            return entity
    return None


def name_of(reading: Reading, words: str, nth: int = 0) -> str:
    found = referent(reading, words, nth)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("text", "pronoun", "name"),
    [
        ("Ana Silva met Peter Holt in Rome. She thanked the mayor.", "She", "Ana Silva"),
        ("Ana Silva met Peter Holt in Rome. He thanked the mayor.", "He", "Peter Holt"),
        ("Peter Holt said he would resign.", "he", "Peter Holt"),
        ("Peter Holt sold his house.", "his", "Peter Holt"),
        ("During his visit to Rome, Peter Holt fell ill.", "his", "Peter Holt"),
        ("The Norrvik Company lost a ship. It blamed the storm.", "It", "Norrvik Company"),
        ("The fishermen left the harbour. They came back at night.", "They", "fishermen"),
        ("Ana Silva and Peter Holt were married. They live in Rome.", "They", "Ana Silva and Peter Holt"),
    ],
)
def test_a_pronoun_stands_for_who_fits(reading: Read, text: str, pronoun: str, name: str) -> None:
    assert name_of(reading(text), pronoun) == name


@pytest.mark.parametrize(
    ("text", "pronoun"),
    [
        ("Ana Silva left the town. He stayed.", "He"),
        ("It is clear that the mayor lied.", "It"),
        ("It rained in Rome.", "It"),
        ("The ship sank. She was sixty.", "She"),
    ],
)
def test_a_pronoun_is_left_alone_where_nobody_fits(reading: Read, text: str, pronoun: str) -> None:
    assert referent(reading(text), pronoun) is None


def test_subject_and_object_of_one_verb_are_two(reading: Read) -> None:
    found = reading("Peter Holt saw the mayor. He thanked him.")
    one, two = referent(found, "He"), referent(found, "him")
    assert one is None or two is None or one.id != two.id


def test_a_description_finds_the_bearer_of_the_title(reading: Read) -> None:
    found = reading(
        "Chief of the Naval Staff Henrik Dahl met Portuguese Foreign Minister Rita Lopes. "
        "The navy chief promised help. The Portuguese minister was glad."
    )
    assert name_of(found, "The navy chief") in {"Henrik Dahl", "navy chief"}
    assert name_of(found, "The Portuguese minister") == "Rita Lopes"


def test_a_description_with_another_country_is_somebody_else(reading: Read) -> None:
    found = reading("Portuguese Foreign Minister Rita Lopes left. The Greek foreign minister stayed.")
    assert name_of(found, "The Greek foreign minister") != "Rita Lopes"


def test_the_company_and_the_country_are_the_named_ones(reading: Read) -> None:
    found = reading("Norrvik Marine, a shipping company, is based in Norway. The company left the country.")
    assert name_of(found, "The company") == "Norrvik Marine"
    assert name_of(found, "the country") == "Norway"


def test_the_same_noun_is_the_same_thing_unless_modifiers_differ(reading: Read) -> None:
    found = reading(
        "A stone bridge and a wooden bridge crossed the river. The stone bridge fell. The bridge was old. "
        "The iron bridge stood."
    )
    assert referent(found, "The stone bridge") == referent(found, "A stone bridge")
    assert referent(found, "The iron bridge") != referent(found, "A stone bridge")


def test_i_in_a_quotation_is_its_speaker_and_he_is_not(reading: Read) -> None:
    found = reading('"I saw Bo Ek and he ran to my car," said Peter Holt, a baker.')
    assert name_of(found, "I") == "Peter Holt"
    assert name_of(found, "my") == "Peter Holt"
    assert name_of(found, "he") != "Peter Holt"


def test_confidence_lies_between_nothing_and_certain(reading: Read) -> None:
    found = reading("Ana Silva met Eva Lund in Rome. She thanked her. The women left, and they sang.")
    for entity in found.entities:
        assert all(0 < mention.confidence <= 1 for mention in entity.mentions)
