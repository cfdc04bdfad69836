"""Who and what an article names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Entity, EntityKind, Reading

Read = Callable[[str], Reading]


def entity(reading: Reading, name: str) -> Entity:
    """Return the one entity with a name."""
    found = [e for e in reading.entities if e.name == name]
    assert len(found) == 1, [e.name for e in reading.entities]
    return found[0]


def mentions(reading: Reading, name: str, kind: str = "name") -> list[str]:
    """Return the words of an entity's mentions of one kind."""
    text = reading.article.text
    return [m.span.of(text) for m in entity(reading, name).mentions if m.kind == kind]


def test_a_title_before_a_name_is_no_part_of_it(reading: Read) -> None:
    found = reading("Norwegian Foreign Minister Kari Hansen met Prime Minister Luis Ortega on Monday.")
    minister = entity(found, "Kari Hansen")
    assert minister.kind is EntityKind.PERSON
    assert minister.titles == ("Norwegian Foreign Minister",)
    assert minister.country == "Norway"
    assert entity(found, "Luis Ortega").titles == ("Prime Minister",)


def test_a_country_before_a_title_is_an_entity_too(reading: Read) -> None:
    found = reading(
        "US President Thomas Miller spoke. The US Army and U.S. Navy were told by the United States."
    )
    assert entity(found, "Thomas Miller").country == "United States"
    country = entity(found, "United States")
    assert country.kind is EntityKind.PLACE
    assert "American" in {alias.text for alias in country.aliases if alias.kind == "demonym"}


def test_surname_and_misspelling_are_the_same_person(reading: Read) -> None:
    found = reading(
        "Engineer Katarina Lindqvist built the bridge. Lindqvist died in May. "
        "Friends of Lindqist wept for her."
    )
    assert mentions(found, "Katarina Lindqvist") == ["Katarina Lindqvist", "Lindqvist", "Lindqist"]
    assert entity(found, "Katarina Lindqvist").gender == "f"


def test_two_people_with_one_surname_stay_two(reading: Read) -> None:
    found = reading("Anna Berg and Peter Berg were married. Peter Berg left on Friday.")
    assert mentions(found, "Peter Berg") == ["Peter Berg", "Peter Berg"]
    assert mentions(found, "Anna Berg") == ["Anna Berg"]


@pytest.mark.parametrize(
    ("text", "name", "short"),
    [
        (
            "The Coastal Fishing Authority (CFA) closed the bay. The CFA gave no reason.",
            "Coastal Fishing Authority",
            "CFA",
        ),
        (
            "The Union of Bakers of Malmö (UBM) called a strike. UBM members met.",
            "Union of Bakers of Malmö",
            "UBM",
        ),
    ],
)
def test_an_abbreviation_in_brackets_is_an_alias(reading: Read, text: str, name: str, short: str) -> None:
    found = reading(text)
    assert (short, "abbreviation") in {(a.text, a.kind) for a in entity(found, name).aliases}
    assert mentions(found, name).count(short) == 2
    assert entity(found, name).kind is EntityKind.ORGANIZATION


def test_the_abbreviation_of_a_title_is_its_bearer(reading: Read) -> None:
    found = reading(
        "Director of the Naval Service (DNS) Admiral Henrik Dahl resigned on Monday. "
        "DNS gave no reason for it."
    )
    admiral = entity(found, "Henrik Dahl")
    assert mentions(found, "Henrik Dahl").count("DNS") == 2
    assert "Director of the Naval Service" in admiral.titles


def test_appositions_say_who_somebody_is(reading: Read) -> None:
    found = reading(
        "Maria Silva, the deputy mayor, left. The school's headmaster, Jonas Weber, stayed. "
        'According to the head of the council, Dr. Lena Vogt, "nobody knew".'
    )
    assert "deputy mayor" in entity(found, "Maria Silva").titles
    assert "headmaster" in entity(found, "Jonas Weber").titles
    assert any(title.startswith("head") for title in entity(found, "Lena Vogt").titles)


def test_a_company_is_known_by_its_first_word(reading: Read) -> None:
    found = reading("The shipping company Norrvik Marine lost a ship. Norrvik said it was sorry.")
    assert mentions(found, "Norrvik Marine") == ["Norrvik Marine", "Norrvik"]
    assert entity(found, "Norrvik Marine").kind is EntityKind.ORGANIZATION


def test_a_capital_is_a_place_of_its_country(reading: Read) -> None:
    found = reading("Talks in Oslo failed. LISBON and Lisbon are the same city.")
    assert entity(found, "Oslo").country == "Norway"
    assert mentions(found, "Lisbon") == ["LISBON", "Lisbon"]


def test_days_and_demonyms_are_no_names(reading: Read) -> None:
    found = reading("Monday's vote surprised the Bolivian city. The French film won.")
    names = {e.name for e in found.entities if any(m.kind == "name" for m in e.mentions)}
    assert not names & {"Monday", "Bolivian", "French"}


def test_mentions_lie_in_order_and_ids_count_up(reading: Read) -> None:
    found = reading("Ana Silva met Bo Ek in Rome. She thanked him. Ek smiled.")
    assert [e.id for e in found.entities] == list(range(len(found.entities)))
    for e in found.entities:
        assert [m.span for m in e.mentions] == sorted(m.span for m in e.mentions)


def test_a_surname_that_ends_like_a_plural_is_one_person(reading: Read) -> None:
    found = reading('Director Carla Menezes left. "I am tired," said Menezes. The Menezes family stayed.')
    assert entity(found, "Carla Menezes").kind is EntityKind.PERSON
    assert not entity(found, "Carla Menezes").plural
