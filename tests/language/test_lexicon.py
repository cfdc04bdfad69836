"""What the word tables say, checked against general knowledge of English and against each other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import lexicon, tables
from knowledge.language.inflection import Form, inflect

VERB_FORMS: tuple[Form, ...] = ("past", "participle", "gerund", "third")


def keys(name: str, letter: str) -> list[str]:
    """Return the lemmas that a table lists for a letter."""
    return [key[2:] for key in tables.Table(name).keys() if key.startswith(f"{letter}:")]  # noqa: SIM118


@pytest.mark.parametrize(
    ("form", "upos", "expected"),
    [
        ("went", "VERB", "go"),
        ("Children", "NOUN", "child"),
        ("was", "AUX", "be"),
        ("better", "ADJ", "good"),
        ("travelled", "VERB", "travel"),
        ("emphasised", "VERB", "emphasise"),
        ("emphasized", "VERB", "emphasize"),
        ("found", "VERB", "find"),
        ("left", "VERB", "leave"),
        ("dying", "VERB", "die"),
        ("analyses", "NOUN", "analysis"),
        ("Athens", "PROPN", "Athens"),
        ("them", "PRON", "they"),
        ("n't", "PART", "not"),
        ("livestreamed", "VERB", "livestream"),
        ("ex-wives", "NOUN", "ex-wife"),
    ],
)
def test_lemma_of_an_inflected_form(form: str, upos: str, expected: str) -> None:
    assert lexicon.lemma(form, upos) == expected


def test_without_a_tag_the_most_frequent_one_decides() -> None:
    assert lexicon.lemma("said") == "say"
    assert lexicon.lemma("countries") == "country"


def test_all_lemmas_of_an_ambiguous_form_are_given_best_first() -> None:
    assert lexicon.verb_lemmas("found") == ("find", "found")
    assert lexicon.verb_lemmas("saw")[0] == "see"
    assert lexicon.verb_lemmas("table-cloth") == ()
    assert lexicon.noun_lemmas("leaves")[:1] == ("leaf",)


def test_every_inflected_verb_of_the_table_leads_back_to_its_lemma() -> None:
    wrong = [
        (verb, form, inflect(verb, form))
        for verb in keys("inflections.tsv.gz", "V")
        for form in VERB_FORMS
        if lexicon.is_word(inflect(verb, form)) and verb not in lexicon.verb_lemmas(inflect(verb, form))
    ]
    assert len(wrong) <= 5, wrong


def test_every_irregular_plural_leads_back_to_its_lemma() -> None:
    wrong = [
        noun
        for noun in keys("inflections.tsv.gz", "N")
        if noun not in lexicon.noun_lemmas(inflect(noun, "plural"))
    ]
    assert wrong == []


@given(
    st.text(alphabet="bcdfghklmnprtvw", min_size=1, max_size=3), st.sampled_from(["ake", "ip", "ound", "ity"])
)
def test_an_unknown_verb_is_lemmatised_to_something_it_may_come_from(start: str, end: str) -> None:
    verb = start + end
    past = inflect(verb, "past")
    if not lexicon.tags(past) and not lexicon.tags(verb):
        assert verb.startswith(lexicon.lemma(past, "VERB")[:-1])


@given(st.text(max_size=20))
def test_nothing_is_known_of_nonsense_and_nothing_fails(text: str) -> None:
    nonsense = text + "qzx"
    assert not lexicon.is_word(nonsense)
    assert lexicon.tags(nonsense) == ()
    assert lexicon.frequency(nonsense) < 2
    assert not lexicon.synonyms(nonsense, "NOUN")
    assert lexicon.lemma(nonsense, "NOUN")


def test_tags_come_most_frequent_first() -> None:
    assert lexicon.tags("the") == ("DET",)
    assert lexicon.tags("say")[0] == "VERB"
    assert set(lexicon.tags("attack")[:2]) == {"NOUN", "VERB"}


def test_typing_errors_are_no_words_but_rare_words_are() -> None:
    assert not any(map(lexicon.is_word, ["recieve", "definately", "goverment", "teh"]))
    assert all(map(lexicon.is_word, ["receive", "defenestrate", "colour", "color", "ambulances"]))


def test_frequency_falls_from_the_to_rare_words() -> None:
    assert (
        lexicon.frequency("the") > 7 > lexicon.frequency("house") > 5 > lexicon.frequency("defenestrate") > 0
    )


@pytest.mark.parametrize(
    ("one", "other", "upos"),
    [
        ("call", "phone", "VERB"),
        ("phone", "ring", "VERB"),
        ("telephone", "phone", "VERB"),
        ("cancel", "call off", "VERB"),
        ("kill", "assassinate", "VERB"),
        ("buy", "purchase", "VERB"),
        ("carry out", "execute", "VERB"),
        ("set up", "establish", "VERB"),
        ("child", "kid", "NOUN"),
        ("big", "huge", "ADJ"),
        ("quickly", "rapidly", "ADV"),
    ],
)
def test_synonyms_are_linked_both_ways(one: str, other: str, upos: str) -> None:
    assert other in lexicon.synonyms(one, upos)
    assert one in lexicon.synonyms(other, upos)


def test_words_of_one_sense_are_closer_than_words_of_many() -> None:
    assert lexicon.synonyms("buy", "VERB")["purchase"] > lexicon.synonyms("call", "VERB")["phone"]
    assert lexicon.synonyms("call", "VERB")["phone"] > lexicon.synonyms("call", "VERB").get("visit", 0.0)
    assert max(lexicon.synonyms("go", "VERB").values()) < 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [("cancel", "declare"), ("buy", "sell"), ("win", "lose"), ("rise", "fall"), ("run", "swim")],
)
def test_a_shared_hypernym_or_an_opposite_does_not_make_a_synonym(one: str, other: str) -> None:
    assert other not in lexicon.synonyms(one, "VERB")


@pytest.mark.parametrize(
    ("one", "other", "upos"),
    [
        ("increase", "decrease", "VERB"),
        ("win", "lose", "VERB"),
        ("buy", "sell", "VERB"),
        ("approve", "reject", "VERB"),
        ("alive", "dead", "ADJ"),
        ("victory", "defeat", "NOUN"),
    ],
)
def test_antonyms_hold_both_ways(one: str, other: str, upos: str) -> None:
    assert other in lexicon.antonyms(one, upos)
    assert one in lexicon.antonyms(other, upos)


def test_an_adjective_inherits_the_opposites_of_those_it_is_similar_to() -> None:
    assert {"large", "big"} & lexicon.antonyms("tiny", "ADJ")


def test_no_word_is_listed_both_as_synonym_and_as_opposite() -> None:
    both = [
        (lemma, upos, word)
        for upos, letter in (("VERB", "v"), ("ADJ", "a"), ("NOUN", "n"))
        for lemma in keys("antonyms.tsv.gz", letter)
        for word in lexicon.synonyms(lemma, upos).keys() & lexicon.antonyms(lemma, upos)
    ]
    assert both == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("kill", "VERB"), ("killing", "NOUN")),
        (("decide", "VERB"), ("decision", "NOUN")),
        (("arrive", "VERB"), ("arrival", "NOUN")),
        (("speak", "VERB"), ("speech", "NOUN")),
        (("die", "VERB"), ("death", "NOUN")),
        (("sad", "ADJ"), ("sadness", "NOUN")),
    ],
)
def test_derivations_hold_both_ways(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert other in lexicon.derivations(*one)
    assert one in lexicon.derivations(*other)


def test_event_nouns_name_their_verb() -> None:
    verbs = {"decision": "decide", "death": "die", "siege": "besiege", "speech": "speak", "flight": "fly"}
    assert {noun: lexicon.nominal_verb(noun) for noun in verbs} == verbs
    assert lexicon.nominal_verb("table") is None


def test_agent_nouns_name_their_verb() -> None:
    verbs = {"winner": "win", "baker": "bake", "founder": "found", "killer": "kill", "attendee": "attend"}
    assert {noun: lexicon.agent_noun_verb(noun) for noun in verbs} == verbs
    assert lexicon.agent_noun_verb("river") is None
    assert lexicon.agent_noun_verb("employee") is None, "an employee is employed"


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("baker", "person"),
        ("company", "organization"),
        ("police", "group"),
        ("city", "place"),
        ("river", "place"),
        ("hospital", "place"),
        ("week", "time"),
        ("dollar", "money"),
        ("earthquake", "event"),
        ("arrest", "act"),
        ("letter", "communication"),
        ("helicopter", "artifact"),
        ("dog", "animal"),
    ],
)
def test_coarse_class_of_a_noun(noun: str, expected: str) -> None:
    assert expected in lexicon.noun_classes(noun)


def test_hypernyms_reach_to_the_top_and_exclude_the_word() -> None:
    assert {"worker", "person"} <= lexicon.hypernyms("baker")
    assert {"aircraft", "vehicle"} <= lexicon.hypernyms("helicopter")
    assert "baker" not in lexicon.hypernyms("baker")
    assert lexicon.hypernyms("qzx") == frozenset()


def test_verbs_of_saying_take_clauses_and_others_do_not() -> None:
    assert {"say", "tell", "claim", "warn", "vow", "announce", "deny", "insist"} <= lexicon.SPEECH_VERBS
    assert not {"kill", "travel", "build", "know", "decide"} & lexicon.SPEECH_VERBS
    assert lexicon.clause_taking("decide") and lexicon.clause_taking("say")
    assert not lexicon.clause_taking("kill")


def test_supersense_of_the_usual_sense() -> None:
    assert lexicon.supersense("say", "VERB") == "verb.communication"
    assert lexicon.supersense("travel", "VERB") == "verb.motion"
    assert lexicon.supersense("qzx", "VERB") == ""


def test_british_spellings_become_american_and_others_stay() -> None:
    pairs = {"emphasise": "emphasize", "centre": "center", "labour": "labor", "travelled": "traveled"}
    assert {form: lexicon.british_american(form) for form in pairs} == pairs
    for form in ("advertise", "exercise", "hour", "four", "raise", "tallest", "poem"):
        assert lexicon.british_american(form) == form


def test_american_spellings_are_left_alone() -> None:
    american = {line.split("\t")[1] for line in tables.lines("spellings.tsv.gz")}
    changed = [form for form in american if lexicon.british_american(form) != form]
    assert len(changed) <= len(american) * 0.005, changed


def test_converses_are_of_known_kinds_and_known_verbs() -> None:
    table = lexicon.converses()
    assert {row.kind for row in table} == {"converse", "mutual", "light", "receive", "relation"}
    assert ("buy", "from", "sell", "to") in {row[1:] for row in table}
    assert len(set(table)) == len(table)
    for row in table:
        for verb in (row.verb, row.other) if row.kind != "relation" else ():
            assert verb.split()[0] in lexicon.verb_lemmas(verb.split()[0]), verb
        if row.kind in {"light", "receive"}:
            assert " " in row.verb


def test_rows_of_the_supplement_have_known_kinds_and_words() -> None:
    kinds = {"synonym", "antonym", "event", "agent", "speech", "derived", "person"}
    for kind, *words in tables.rows("supplement.tsv"):
        assert kind in kinds
        for word in "|".join(field for field in words if not field.isdigit()).split("|"):
            lemma = word.partition(":")[2] or word
            assert all(map(lexicon.tags, re.split("[ -]", lemma))), word
