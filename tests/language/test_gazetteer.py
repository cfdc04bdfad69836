"""Places, names and titles, checked against general knowledge and against each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import gazetteer, tables
from knowledge.language.gazetteer import country, demonym_of, place


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("US", "United States"),
        ("U.S.", "United States"),
        ("u.s.", "United States"),
        ("USA", "United States"),
        ("America", "United States"),
        ("the United States", "United States"),
        ("uk", None),
        ("UK", "United Kingdom"),
        ("Britain", "United Kingdom"),
        ("british", "United Kingdom"),
        ("Turkey", "Türkiye"),
        ("Côte d\u2019Ivoire", "Ivory Coast"),
        ("Cote d'Ivoire", "Ivory Coast"),
        ("Holland", "Netherlands"),
        ("Dutch", "Netherlands"),
        ("French", "France"),
        ("Norwegians", "Norway"),
        ("us", None),
        ("it", None),
        ("Atlantis", None),
    ],
)
def test_country_by_any_of_its_names(name: str, expected: str | None) -> None:
    found = country(name)
    assert (found.name if found else None) == expected


def test_lower_case_abbreviations_are_countries_only_on_request() -> None:
    found = country("us", loose=True)
    assert found is not None and found.alpha2 == "US"


def test_every_country_is_found_by_its_names_and_is_a_place() -> None:
    for row in tables.rows("countries.tsv.gz"):
        for name in (row[0], row[3]):
            found = country(name)
            assert found is not None and found.name == row[0], name
        where = place(row[0])
        assert where is not None and where.kind == "country"


def test_every_independent_capital_leads_to_a_country() -> None:
    for row in tables.rows("countries.tsv.gz"):
        for city in filter(None, row[4].split("|")):
            assert gazetteer.capital_of(city) is not None, city


@pytest.mark.parametrize(
    ("city", "expected"),
    [
        ("Washington", "United States"),
        ("Kiev", "Ukraine"),
        ("Sanaa", "Yemen"),
        ("Bern", "Switzerland"),
        ("Nice", None),
    ],
)
def test_capital_of(city: str, expected: str | None) -> None:
    assert gazetteer.capital_of(city) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Peruvian", "Peru"),
        ("Swedes", "Sweden"),
        ("Spaniard", "Spain"),
        ("Frenchmen", "France"),
        ("Scottish", "Scotland"),
        ("Texan", "Texas"),
        ("Parisian", "Paris"),
        ("European", "Europe"),
        ("Peru", None),
        ("republican", None),
    ],
)
def test_demonym_of(word: str, expected: str | None) -> None:
    assert demonym_of(word) == expected


def test_the_demonyms_of_a_place_lead_back_to_it() -> None:
    for name in ("Peru", "Chile", "Wales", "Kenya", "California"):
        assert gazetteer.demonyms(name)
        assert all(demonym_of(word) == name for word in gazetteer.demonyms(name))


@pytest.mark.parametrize(
    ("name", "kind", "where"),
    [
        ("Texas", "state", "United States"),
        ("Calif.", "state", "United States"),
        ("Scotland", "state", "United Kingdom"),
        ("Porto", "city", "Portugal"),
        ("Bombay", "city", "India"),
        ("Europe", "continent", ""),
        ("the Middle East", "region", ""),
        ("Georgia", "country", "Georgia"),
        ("Paris", "city", "France"),
    ],
)
def test_kind_and_country_of_a_place(name: str, kind: str, where: str) -> None:
    found = place(name)
    assert found is not None
    assert (found.kind, found.country) == (kind, where)


def test_a_frequent_word_is_a_place_only_with_its_capital() -> None:
    assert place("reading") is None and place("nice") is None and place("city") is None
    assert place("Reading") is not None and place("Nice") is not None
    assert place("paris") == place("Paris") and place("wales") == place("Wales")


def test_all_places_of_a_name_are_given() -> None:
    assert {"country", "state"} <= {
        entry.kind for entry in (place("Georgia"), *gazetteer.places("Georgia")) if entry
    }


def test_every_place_lies_in_a_known_country() -> None:
    for row in tables.rows("places.tsv.gz"):
        assert row[2] == "-" or gazetteer.country_named(row[2]), row


@given(st.text(max_size=30))
def test_nothing_is_found_for_nonsense(text: str) -> None:
    nonsense = text + "qzx"
    assert country(nonsense, loose=True) is None
    assert place(nonsense) is None
    assert demonym_of(nonsense) is None
    assert gazetteer.given_name_gender(nonsense) is None
    assert not gazetteer.is_title(nonsense)
    assert not gazetteer.organization_word(nonsense)


def test_gender_of_given_names() -> None:
    genders = {
        "John": "m",
        "Fatima": "f",
        "Muhammad": "m",
        "Olga": "f",
        "Vladimir": "m",
        "Kim": "u",
        "Mustafa": "m",
    }
    assert {name: gazetteer.given_name_gender(name) for name in genders} == genders


def test_surnames() -> None:
    assert gazetteer.is_surname("Smith") and gazetteer.is_surname("nguyen")
    assert not gazetteer.is_surname("ministry")


@pytest.mark.parametrize(
    ("abbreviation", "long"),
    [
        ("Gen.", "general"),
        ("Lt. Gen.", "lieutenant general"),
        ("Sen.", "senator"),
        ("Dr", "doctor"),
        ("Mr", "mister"),
    ],
)
def test_titles_expand(abbreviation: str, long: str) -> None:
    assert gazetteer.is_title(abbreviation)
    assert gazetteer.expand_title(abbreviation) == long


def test_long_forms_of_titles_are_titles_or_known_offices() -> None:
    unknown = {
        row[1] for row in tables.rows("titles.tsv") if row[1] != "-" and not gazetteer.is_title(row[1])
    }
    assert unknown <= {"esquire", "mademoiselle", "shrimati", "junior", "senior", "hajji"} | {
        "member of the european parliament"
    }


def test_titles_tell_gender_only_where_they_mark_it() -> None:
    spokeswoman, senator = gazetteer.title("spokeswoman"), gazetteer.title("Senator")
    assert spokeswoman is not None and spokeswoman.gender == "f"
    assert senator is not None and senator.gender == "u"
    assert gazetteer.title("banana") is None


def test_organisation_words() -> None:
    assert all(map(gazetteer.organization_word, ["Ministry", "Inc.", "University", "Bank", "Council", "Ltd"]))
    assert not any(map(gazetteer.organization_word, ["dog", "river", "Monday"]))
