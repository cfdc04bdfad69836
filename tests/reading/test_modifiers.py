"""Relative clauses, reduced clauses and names hang where a reader hangs them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import FactKind, Reading

Read = Callable[[str], Reading]

TOLD = {
    "A survey carried out by the Danish brewery Solgaard later found cracks in six of the vats.": {
        "carry out agent: the Danish brewery Solgaard",
        "find agent: A survey carried out by the Danish brewery Solgaard",
        "find place: six of the vats",
    },
    "She appealed to the council to open the gates.": {"open agent: the council"},
    "It will plant trees, provided that helpers turn up.": {"plant condition: helpers turn up"},
    "The abbot said that mules were being fed and blamed the loss on wet hay.": {
        "blame agent: The abbot",
        "blame cause: wet hay",
    },
    "The youngest of the divers, Marcello Bessi, suffers from gout.": {
        "be agent: Marcello Bessi",
        "be attribute: The youngest of the divers",
    },
    "The cook showed us the cellar where she had slept.": {"sleep place: the cellar"},
    "She argued that her cousin had been at a market.": {"be place: a market"},
    "He was charged with stealing a car.": {"charge topic: stealing a car"},
    "The film accuses the mining firm Terral of poisoning a lake.": {
        "accuse patient: the mining firm Terral",
        "accuse topic: poisoning a lake",
    },
    "She told the audience, which gave her an ovation.": {"give agent: the audience"},
    "U.S. District Judge Mary Ek left.": {"be attribute: U.S. District Judge"},
    "They sued the distributor, Holt-Pike Medical Supply.": {"be agent: Holt-Pike Medical Supply"},
    "The mill bought less than it used.": {"use agent: it"},
    "He missed it after a fall in his garden.": {"fall place: his garden"},
    "Her pupils sang at the Harbour Fair earlier in the week where they met a juggler.": {
        "meet place: the Harbour Fair"
    },
    "The mayor faces an inquiry over her travel bills.": {"face cause: her travel bills"},
    "The man was remanded in custody.": {"remand place: custody"},
    "The blast caused deaths on both sides.": {"cause place: both sides"},
    "Dairy maker Solgaard Frost left.": {"be agent: Solgaard Frost", "be attribute: Dairy maker"},
    "The dairy said on Monday it had sold the mill.": {"say time: Monday"},
    "She will have to rely on the small Oat Party, whose leader, Iko Franco, is tipped to win.": {
        "leader possessor: the small Oat Party"
    },
    "The frost left them in need of hay.": {"leave manner: need of hay"},
}


def told(reading: Reading) -> set[str]:
    """Return every argument as predicate, role and words."""
    text = reading.article.text
    return {
        f"{fact.predicate.lemma} {argument.role.value}: {argument.span.of(text)}"
        for fact in reading.facts
        for argument in fact.arguments
    }


@pytest.mark.parametrize("text", TOLD)
def test_the_argument_has_its_role(reading: Read, text: str) -> None:
    assert TOLD[text] <= told(reading(text))


def test_whose_means_the_people_not_their_town(reading: Read) -> None:
    text = "The shepherds near the hill town of Tolva, whose land was fenced off, marched."
    assert "land possessor: The shepherds near the hill town of Tolva" in told(reading(text))


def test_a_claim_is_no_gap_in_its_clause(reading: Read) -> None:
    assert "collapse patient: The claim" not in told(
        reading("The claim that the bridge had collapsed was false.")
    )


def test_parts_of_one_name_describe_nothing(reading: Read) -> None:
    assert "be attribute: Africa" not in told(reading("The charity Lantern Africa has handed out cash."))


STANDINGS = {
    "A clerk accused the mayor of taking money from a builder.": ("take", "reported"),
    "He was charged with stealing a car.": ("steal", "reported"),
    "She was cleared of setting fire to the barn.": ("set", "possible"),
    "She was acquitted of a charge of forging a will.": ("forge", "reported"),
    "Police rejected allegations of bribery by officers.": ("bribery", "reported"),
    "The workers plan to hold a protest in Leeds.": ("protest", "intended"),
    "The union threatened a strike by drivers.": ("strike", "intended"),
    "The alleged theft of the ring by a maid shocked them.": ("theft", "reported"),
    "The bank will sponsor a race that starts in Leeds.": ("start", "predicted"),
    "The council wants to stop the killing of foxes by farmers.": ("killing", "asserted"),
}


@pytest.mark.parametrize("text", STANDINGS)
def test_what_is_only_alleged_or_planned_is_not_asserted(reading: Read, text: str) -> None:
    lemma, standing = STANDINGS[text]
    facts = [fact for fact in reading(text).facts if fact.kind is not FactKind.NOUN]
    found = {fact.modality.value for fact in facts if fact.predicate.lemma == lemma}
    assert found == {standing}


def test_a_wife_is_she_and_her_husband_he(reading: Read) -> None:
    text = "Tomas Rull was fined. Rull's wife, Andrea, left for Malta a week before his arrest."
    read = reading(text)
    people = {entity.name: entity for entity in read.entities}
    assert "his" in {mention.span.of(text) for mention in people["Tomas Rull"].mentions}


def test_an_object_taken_up_by_the_next_verb_is_the_same(reading: Read) -> None:
    text = "Officers came. A clerk copied sales records onto a card and handed them to the mayor."
    read = reading(text)
    them = next(
        e for e in read.entities if any(m.kind == "pronoun" and m.span.of(text) == "them" for m in e.mentions)
    )
    assert them.name == "sales records"


def test_what_is_denied_to_exist_is_not_taken_up(reading: Read) -> None:
    text = "The film was sold for a sum that neither party would disclose. It will open in May."
    read = reading(text)
    it = [e.name for e in read.entities if any(m.span.of(text) == "It" for m in e.mentions)]
    assert "party" not in " ".join(it)


def test_a_firm_is_no_person(reading: Read) -> None:
    text = (
        "Dairy maker Solgaard Frost will buy Holm Creamery. Solgaard plans to close a plant. "
        "Solgaard has 30 shops. The Dvoraks, who own it, agreed. Chairman Jan Dvorak will leave."
    )
    kinds = {entity.name: entity.kind.value for entity in reading(text).entities}
    assert kinds.get("Solgaard Frost") == "organization"
    assert "Solgaard" not in kinds
    assert kinds["Jan Dvorak"] == "person"


def test_what_was_pledged_on_terms_was_pledged(reading: Read) -> None:
    text = "The council pledged aid for reconstruction, provided that the truce holds until March."
    facts = {fact.predicate.lemma: fact.modality.value for fact in reading(text).facts}
    assert facts["pledge"] == "asserted"
    assert facts["hold"] == "conditional"


def test_in_the_words_of_somebody_is_who_says_so(reading: Read) -> None:
    text = 'In the words of the abbot, the bridge is "a disgrace".'
    read = reading(text)
    assert read.facts[0].modality.value == "reported"
    assert [q.speaker_span.of(text) for q in read.article.quotations if q.speaker_span] == ["the abbot"]
