"""What hangs where in made-up sentences that parsers trip over: roles that the whole clause decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Fact, Reading

Read = Callable[[str], Reading]

TOLD = {
    "The pilot circled for 70 minutes to burn fuel.": [
        "burn agent: The pilot",
        "circle time: 70 minutes",
        "circle purpose: to burn fuel",
    ],
    "The team needed two years to date the shrimp.": [
        "date agent: The team",
    ],
    "The minister demanded that the boats be painted and said he would pay.": [
        "say agent: The minister",
    ],
    "The ferry was stopped for a week owing to a leak.": [
        "stop cause: a leak",
    ],
    "Voting was extended by two hours.": [
        "extend extent: two hours",
    ],
    "The mayor won by nine votes.": [
        "win extent: nine votes",
    ],
    "The mill was sold by the council to a bank in May.": [
        "sell agent: the council",
        "sell recipient: a bank",
    ],
    "A crowd called on the mayor to resign.": [
        "call recipient: the mayor",
    ],
    "The dealer was fined 2,500 euros.": [
        "fine patient: The dealer",
        "fine extent: 2,500 euros",
    ],
    "The men are due to appear before a judge on Monday.": [
        "be agent: The men",
        "appear agent: The men",
    ],
    "A court on Friday convicted the baker Ada Brook of watering the milk.": [
        "convict time: Friday",
        "convict agent: A court",
        "water agent: the baker Ada Brook",
    ],
    "The miller was convicted of diluting paints.": [
        "dilute agent: The miller",
        "dilute patient: paints",
    ],
    "Mary Major, whose brother died in 2019, thanked the nurses.": [
        "die agent: whose brother",
        "thank agent: Mary Major",
    ],
    "The thief was freed at the request of the lawyers, who argued that he was ill.": [
        "argue agent: the lawyers",
    ],
    "At least 17 people have drowned and more than 400 have been hurt.": [
        "hurt patient: more than 400",
    ],
    "The council chose to let the doctor keep her licence, following an inquiry.": [
        "choose time: an inquiry",
    ],
    "The analyst said the price was high, citing the backlog of orders.": [
        "cite agent: The analyst",
    ],
    "He faces up to 30 years in prison.": [
        "face patient: up to 30 years",
    ],
    "Had the water not been released, the wall would have broken.": [
        "break condition: Had the water not been released",
    ],
    "Should the fine remain unpaid, the boats will be sold.": [
        "sell condition: Should the fine remain unpaid",
    ],
    "The bridge fell, so that the road was closed.": [
        "fall result: the road was closed",
    ],
    "The driver said that prices, which he thinks will fall, were high.": [
        "fall agent: prices",
    ],
    "They rejected a rise of 4 per cent.": [
        "rise extent: 4 per cent",
    ],
    "They need young men who become irritated by noise.": [
        "become agent: young men",
    ],
    "These are poor men who followed the fish.": [
        "follow agent: poor men",
    ],
    "The firm offered 27 euros a share.": [
        "offer patient: 27 euros a share",
    ],
    "The storm claimed 86 lives.": [
        "claim patient: 86 lives",
    ],
    "The crowd called on the mayor to resign.": [
        "call content: to resign",
    ],
    "Peter Holt spoke to Ana Silva, an official said.": [
        "say agent: an official",
    ],
    "Because the mill had lost its roof, workers dried the grain in a barn.": [
        "dry cause: the mill had lost its roof",
        "dry patient: the grain",
    ],
    "The panel rejected the bid because, it said, the price was too high.": [
        "reject cause: the price was too high",
    ],
    "Sailors who had been on watch since Sunday morning repaired the mast.": [
        "repair agent: Sailors",
    ],
    "Rents rose by a fifth, forcing many bakers, among them Ada Brook, to close their shops.": [
        "close agent: many bakers",
    ],
    "Rents rose by a fifth, forcing many bakers to close their shops.": [
        "force content: to close their shops",
    ],
    "The club agreed to abide by the rules.": [
        "abide patient: the rules",
    ],
    "The widow waited for the verdict.": [
        "wait patient: the verdict",
    ],
    "The widow waited for nine years.": [
        "wait time: nine years",
    ],
    "The mayor welcomed the plan on local television.": [
        "welcome medium: local television",
        "welcome patient: the plan",
    ],
    "The storm kept the boats from leaving the harbour.": [
        "keep content: leaving the harbour",
    ],
    "The plan was sharply criticised by the union.": [
        "criticise manner: sharply",
    ],
    "Prices rose sharply in May.": [
        "rise extent: sharply",
    ],
    "The ferry sank off the island.": [
        "sink place: the island",
    ],
    "The firm spent two years building the bridge.": [
        "spend content: building the bridge",
    ],
    "The guards were told to speak openly to settle the quarrel.": [
        "speak manner: openly",
    ],
    "The captain asked the crew to leave because the ship was sinking.": [
        "ask cause: the ship was sinking",
    ],
    "Each farmer will get a cow, while each baker will get an oven.": [
        "get manner: each baker will get an oven",
    ],
    "The court overturned a verdict from 2019.": [
        "overturn patient: a verdict from 2019",
    ],
    "The bank offered $3 million in damages.": [
        "offer patient: $3 million in damages",
    ],
    "The last fire in the valley, in 1987, destroyed nine farms.": [
        "destroy agent: The last fire in the valley",
        "destroy time: 1987",
    ],
    "The shop opens in May, even if the roof leaks.": [
        "open condition: the roof leaks",
    ],
    "The rebels laid siege to the castle.": [
        "siege patient: the castle",
    ],
    "They discussed the implications of the drought.": [
        "implication agent: the drought",
    ],
    "She promised revenge for the insult.": [
        "revenge cause: the insult",
    ],
    "Mary Major cut short a visit to Norway.": [
        "cut patient: a visit to Norway",
        "visit agent: Mary Major",
    ],
}


def told(reading: Reading) -> set[str]:
    """Return "lemma role: words" for every argument, its full phrase and its short form."""
    facts: list[Fact] = [f for f in reading.facts if f.part_of is None]
    text = reading.article.text
    arguments = [(f.predicate.lemma, a) for f in facts for a in f.arguments]
    return {f"{lemma} {a.role}: {words.of(text)}" for lemma, a in arguments for words in (a.span, a.short)}


@pytest.mark.parametrize("text", TOLD)
def test_the_argument_has_its_role(reading: Read, text: str) -> None:
    assert set(TOLD[text]) <= told(reading(text))


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("You know, the well is dry.", "know"),
        ("It is a cost that need not be paid.", "need"),
        ("The plan needs support by all concerned.", "be"),
    ],
)
def test_what_is_no_statement_is_no_fact(reading: Read, text: str, lemma: str) -> None:
    assert [f for f in reading(text).facts if f.predicate.lemma == lemma] == []


def test_according_to_at_the_end_covers_both_clauses(reading: Read) -> None:
    found = reading("The tremor hit at noon and was felt in Oslo, according to the Norwegian Institute.")
    said = {f.predicate.lemma: f.attribution for f in found.facts if f.kind == "verb"}
    assert said["hit"] is not None
    assert said["feel"] is not None


def test_an_age_is_no_part_of_the_speakers_name(reading: Read) -> None:
    (quotation,) = reading('"We lost the farm," said Peter Holt, 47, a farmer.').article.quotations
    text = '"We lost the farm," said Peter Holt, 47, a farmer.'
    assert quotation.speaker_span is not None
    assert quotation.speaker_span.of(text) == "Peter Holt"
