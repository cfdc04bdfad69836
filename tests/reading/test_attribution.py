"""Who says so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Fact, FactKind, Modality, Quotation, Reading, Role

Read = Callable[[str], Reading]


def speakers(reading: Reading) -> list[str]:
    """Return the name of each quotation's speaker."""
    return [
        reading.entities[q.speaker].name if q.speaker is not None else "" for q in reading.article.quotations
    ]


def fact(reading: Reading, lemma: str) -> Fact:
    """Return the first fact of a predicate that is no quotation's."""
    return next(f for f in reading.facts if f.predicate.lemma == lemma and f.kind is not FactKind.QUOTATION)


def only(reading: Reading) -> Quotation:
    (quotation,) = reading.article.quotations
    return quotation


@pytest.mark.parametrize(
    "text",
    [
        '"The bridge is safe," Peter Holt said.',
        '"The bridge is safe," said Peter Holt.',
        '"The bridge is safe", said Peter Holt, the mayor of the town.',
        'Peter Holt said: "The bridge is safe."',
        'Peter Holt told reporters on Monday that "the bridge is safe".',
        'Peter Holt was tired. "The bridge is safe," he said.',
        '"The bridge," Peter Holt said, "is safe and will stay open."',
        "‘The bridge is safe,’ said Peter Holt.",
        'According to Peter Holt, "the bridge is safe and will stay open".',
        'Mayor Peter Holt called the bridge "a safe place for all of us".',
        'In a statement, Peter Holt said "the bridge is safe".',
    ],
)
def test_the_speaker_is_found_wherever_it_stands(reading: Read, text: str) -> None:
    assert set(speakers(reading(text))) == {"Peter Holt"}


def test_a_speaker_carries_over_sentences_and_paragraphs(reading: Read) -> None:
    found = reading(
        '"We heard a noise," said Ana Silva. "Then the wall fell."\n\n'
        'Peter Holt lost his shop. "I had it for years," he said.\n\n'
        '"It was my father\'s.\n\n"Now it is gone."'
    )
    assert speakers(found)[:3] == ["Ana Silva", "Ana Silva", "Peter Holt"]
    assert found.article.quotations[1].continues == 0


def test_a_quotation_is_kept_whole_as_a_fact(reading: Read) -> None:
    found = reading('"We heard a noise. Then the wall fell," said Ana Silva in an interview.')
    (told,) = [f for f in found.facts if f.kind is FactKind.QUOTATION]
    text = found.article.text
    assert [a.span.of(text) for a in told.of_role(Role.CONTENT)] == ["We heard a noise. Then the wall fell,"]
    assert [a.span.of(text) for a in told.of_role(Role.AGENT)] == ["Ana Silva"]
    assert [a.span.of(text) for a in told.of_role(Role.MEDIUM)] == ["an interview"]
    assert told.predicate.lemma == "say"


def test_facts_in_quotations_are_their_speakers(reading: Read) -> None:
    found = reading('"The wall fell on the street," said Ana Silva. The police closed the road.')
    fell = fact(found, "fall")
    assert fell.modality is Modality.REPORTED
    assert fell.attribution is not None
    assert fell.attribution.direct
    assert found.entities[fell.attribution.entity or 0].name == "Ana Silva"
    assert fact(found, "close").attribution is None
    assert fact(found, "close").modality is Modality.ASSERTED


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        ("Ana Silva said that the wall had fallen.", "say"),
        ("The wall had fallen, Ana Silva said.", "say"),
        ("The wall had fallen, said Ana Silva.", "say"),
        ("The wall had fallen, according to Ana Silva.", "according to"),
        ("According to Ana Silva, the wall had fallen.", "according to"),
        ("Ana Silva said in a statement that the wall had fallen.", "say"),
        ("Ana Silva wrote on Monday that the wall had fallen.", "write"),
    ],
)
def test_indirect_speech_is_attributed(reading: Read, text: str, cue: str) -> None:
    found = reading(text)
    fell = fact(found, "fall")
    assert fell.modality is Modality.REPORTED
    assert fell.attribution is not None
    assert not fell.attribution.direct
    assert fell.attribution.speaker is not None
    assert fell.attribution.speaker.of(found.article.text) == "Ana Silva"
    assert fell.attribution.cue_lemma == cue


def test_the_medium_belongs_to_the_attribution(reading: Read) -> None:
    found = reading("Ana Silva said in a tweet that the wall had fallen.")
    attribution = fact(found, "fall").attribution
    assert attribution is not None
    assert attribution.medium is not None
    assert attribution.medium.of(found.article.text) == "a tweet"


def test_a_statement_speaks_for_its_issuer(reading: Read) -> None:
    found = reading('"The road will stay closed until May," a statement from the harbour authority reads.')
    quotation = only(found)
    assert quotation.speaker_span is not None
    assert "harbour authority" in quotation.speaker_span.of(found.article.text)


def test_reportedly_is_hearsay_without_a_speaker(reading: Read) -> None:
    found = reading("The wall reportedly fell at night.")
    assert fact(found, "fall").modality is Modality.REPORTED
    assert fact(found, "fall").attribution is not None


def test_titles_stay_the_writers_own(reading: Read) -> None:
    found = reading("Ana Silva said Mayor Peter Holt had left.")
    assert all(f.attribution is None for f in found.facts if f.kind is FactKind.TITLE)


def test_names_between_marks_have_no_speaker(reading: Read) -> None:
    found = reading('The film "Blue Road" won a prize in May.')
    assert speakers(found) == [""]
    assert not only(found).whole


def test_a_statement_without_an_owner_speaks_for_itself_or_for_the_speaker_before(reading: Read) -> None:
    found = reading("The statement said that the wall had fallen.")
    attribution = fact(found, "fall").attribution
    assert attribution is not None
    assert attribution.speaker is not None
    assert attribution.speaker.of(found.article.text) == "The statement"
    found = reading(
        '"The wall is gone," Ana Silva said in a statement. "We are sad about it," the statement reads.'
    )
    assert speakers(found) == ["Ana Silva", "Ana Silva"]


def test_a_colon_announces_the_words_of_the_main_verbs_subject(reading: Read) -> None:
    found = reading(
        'A guard told reporters that Peter Holt had confessed nothing: "We have no confession at all."'
    )
    quotation = only(found)
    assert quotation.speaker_span is not None
    assert quotation.speaker_span.of(found.article.text) == "A guard"
