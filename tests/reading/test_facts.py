"""Facts from hand-checked trees of made-up sentences: roles, spans, factuality and links."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.model import (
    Alias,
    Argument,
    Article,
    Entity,
    EntityKind,
    Fact,
    FactKind,
    Mention,
    Modality,
    Reading,
    Relation,
    Role,
    Sentence,
    Span,
    Token,
)
from knowledge.reading.facts import extract

TREES = Path(__file__).with_name("facts.conllu")


def _blocks() -> Iterator[list[str]]:
    for block in TREES.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line]
        if any(line.startswith("# sent_id") for line in lines):
            yield lines


@lru_cache(maxsize=1)
def _articles() -> dict[str, Article]:
    """Return one article of one sentence for every tree."""
    found = {}
    for lines in _blocks():
        header = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# "))
        text, tokens, at = header["text"], [], 0
        for line in lines:
            if line.startswith("#"):
                continue
            _, form, lemma, upos, xpos, _, head, deprel, _, misc = line.split("\t")
            at = text.index(form, at)
            name = misc.removeprefix("Name=").strip("_")
            tokens.append(Token(at, at + len(form), lemma, upos, xpos, int(head) - 1, deprel, name))
            at += len(form)
        sentence = Sentence(span=Span(0, len(text)), paragraph=0, tokens=tuple(tokens))
        found[header["sent_id"]] = Article(key=header["sent_id"], text=text, sentences=(sentence,))
    return found


def facts_of(name: str) -> tuple[Fact, ...]:
    """Return the facts of the sentence with this id."""
    return extract(_articles()[name], ())


def told(name: str, fact: Fact) -> dict[str, str]:
    """Return a fact's arguments as role and words; of several with one role the first."""
    text = _articles()[name].text
    return {a.role.value: a.span.of(text) for a in reversed(fact.arguments)}


def one(name: str, lemma: str, kind: FactKind = FactKind.VERB) -> Fact:
    """Return the first whole fact with this predicate."""
    found = [f for f in facts_of(name) if f.predicate.lemma == lemma and f.kind is kind and f.part_of is None]
    assert found, f"no {kind} fact {lemma!r} in {[f.predicate.lemma for f in facts_of(name)]}"
    return found[0]


ROLES = [
    ("passive-agent", "repair", {"patient": "The bridge", "agent": "local engineers", "time": "March"}),
    ("passive-recipient", "give", {"recipient": "The clerk", "patient": "a medal", "agent": "the mayor"}),
    (
        "control-object",
        "ask",
        {"agent": "The captain", "recipient": "the cook", "content": "to wash the pots"},
    ),
    ("control-object", "wash", {"agent": "the cook", "patient": "the pots"}),
    ("control-subject", "wash", {"agent": "The cook", "patient": "the pots"}),
    ("control-prevent", "eat", {"agent": "the goats", "patient": "the lettuce"}),
    ("raising", "leave", {"agent": "The ferry", "patient": "the harbour"}),
    ("shared-subject", "sell", {"agent": "The baker", "patient": "forty loaves"}),
    ("relative-object", "buy", {"agent": "the widow", "patient": "the coat"}),
    ("relative-subject", "lose", {"agent": "The sailor", "patient": "his boat"}),
    ("relative-place", "begin", {"agent": "the river", "place": "the valley"}),
    ("reduced-passive", "write", {"patient": "A letter", "agent": "the poet"}),
    ("participle", "kill", {"agent": "A gale", "patient": "two sheep", "time": "Friday"}),
    (
        "participle",
        "hit",
        {"agent": "A gale", "patient": "the coast", "time": "Friday", "result": "killing two sheep"},
    ),
    ("because", "close", {"agent": "The school", "cause": "the roof leaked"}),
    ("if", "flood", {"agent": "the valley", "condition": "the dam breaks"}),
    ("ordered", "order", {"agent": "The judge", "recipient": "the farmer", "content": "to pay 300 crowns"}),
    ("ordered", "pay", {"agent": "the farmer", "patient": "300 crowns"}),
    ("told-not", "tell", {"recipient": "Hikers", "content": "not to drink the water"}),
    ("said-after", "say", {"agent": "the nurse", "content": "The well was poisoned"}),
    ("said-before", "say", {"agent": "The nurse", "content": "the well was poisoned"}),
    ("said-inverted", "say", {"agent": "Ada Brook", "content": "The well is dry"}),
    ("said-parataxis", "say", {"agent": "the miller", "content": "The dam will hold"}),
    ("said-colon", "say", {"agent": "The miller", "content": "the dam will hold"}),
    ("dummy", "say", {"content": "the dam leaks"}),
    ("future", "sell", {"agent": "The miller", "patient": "the dam"}),
    ("receive", "receive", {"agent": "The mayor", "patient": "a call from the baker", "source": "the baker"}),
    ("list", "buy", {"agent": "The cook", "patient": "apples, pears and plums"}),
    ("where", "stand", {"agent": "The tower", "place": "the lake"}),
    ("number", "destroy", {"agent": "The storm", "patient": "at least 40 barns"}),
    ("naming", "elect", {"agent": "The villagers", "patient": "her", "attribute": "mayor"}),
    ("topic", "speak", {"agent": "The duke", "counterpart": "the bishop", "topic": "the treaty"}),
    ("cause", "cancel", {"patient": "The fair", "cause": "the rain"}),
    ("by-means", "cross", {"agent": "He", "patient": "the river", "manner": "building a raft"}),
    ("by-means", "build", {"agent": "He", "patient": "a raft"}),
    ("including", "include", {"agent": "Several tools", "patient": "a saw"}),
]


@pytest.mark.parametrize(("name", "lemma", "expected"), ROLES)
def test_clause_gives_each_participant_its_role(name: str, lemma: str, expected: dict[str, str]) -> None:
    assert told(name, one(name, lemma)) == expected


OTHER_KINDS = [
    ("apposition", FactKind.APPOSITION, "be", {"agent": "Ada Brook", "attribute": "the head nurse"}),
    ("title", FactKind.TITLE, "be", {"agent": "Otto Lind", "attribute": "Mayor"}),
    ("age", FactKind.APPOSITION, "age", {"agent": "Otto Lind", "quantity": "61"}),
    ("abbreviation", FactKind.ABBREVIATION, "stand for", {"agent": "LFU", "attribute": "Lake Fishing Union"}),
    (
        "possessive",
        FactKind.POSSESSIVE,
        "brother",
        {"possessor": "The widow", "patient": "The widow's brother"},
    ),
    ("copula", FactKind.COPULA, "be", {"agent": "The mill", "attribute": "a ruin"}),
    ("existential", FactKind.EXISTENTIAL, "be", {"patient": "two wolves", "place": "the barn"}),
    ("inversion", FactKind.COPULA, "be", {"agent": "three fiddles", "attribute": "the lost"}),
    ("number", FactKind.NOUN, "barn", {"patient": "at least 40 barns", "quantity": "at least 40"}),
    (
        "dimension",
        FactKind.NOUN,
        "depth",
        {"patient": "a depth of 18 metres", "quantity": "18 metres", "possessor": "The well"},
    ),
    ("nominal-passive", FactKind.NOMINAL, "killing", {"patient": "the shepherd", "agent": "bandits"}),
    ("receive", FactKind.NOMINAL, "call", {"agent": "the baker", "recipient": "The mayor"}),
    ("light", FactKind.NOMINAL, "announcement", {"agent": "The mayor", "topic": "the well"}),
    ("according", FactKind.QUOTATION, "according to", {"agent": "the nurse", "content": "The well is dry"}),
]


@pytest.mark.parametrize(("name", "kind", "lemma", "expected"), OTHER_KINDS)
def test_constructions_besides_verbs_are_facts(
    name: str, kind: FactKind, lemma: str, expected: dict[str, str]
) -> None:
    assert told(name, one(name, lemma, kind)) == expected


FACTUALITY = [
    ("negation", "visit", True, Modality.ASSERTED),
    ("modal", "sell", False, Modality.POSSIBLE),
    ("if", "flood", False, Modality.CONDITIONAL),
    ("if", "break", False, Modality.CONDITIONAL),
    ("even-if", "close", False, Modality.CONDITIONAL),
    ("even-if", "pay", False, Modality.REQUESTED),
    ("ordered", "pay", False, Modality.REQUESTED),
    ("told-not", "drink", True, Modality.REQUESTED),
    ("intend", "build", False, Modality.INTENDED),
    ("hope", "sell", False, Modality.INTENDED),
    ("fail-negated", "start", True, Modality.ASSERTED),
    ("raising", "leave", True, Modality.ASSERTED),
    ("control-prevent", "eat", True, Modality.ASSERTED),
    ("said-before", "poison", False, Modality.REPORTED),
    ("said-after", "poison", False, Modality.REPORTED),
    ("said-parataxis", "hold", False, Modality.PREDICTED),
    ("said-colon", "hold", False, Modality.PREDICTED),
    ("dummy", "leak", False, Modality.REPORTED),
    ("future", "sell", False, Modality.PREDICTED),
    ("that-noun", "steal", False, Modality.REPORTED),
    ("question", "sell", False, Modality.ASKED),
    ("because", "leak", False, Modality.ASSERTED),
    ("participle", "kill", False, Modality.ASSERTED),
]


@pytest.mark.parametrize(("name", "lemma", "negated", "modality"), FACTUALITY)
def test_factuality_follows_auxiliaries_and_governors(
    name: str, lemma: str, negated: bool, modality: Modality
) -> None:
    fact = one(name, lemma)
    assert (fact.negated, fact.modality) == (negated, modality)


MENDED = [
    ("mended-orders", "drink", {"agent": "Sailors", "patient": "water"}),
    ("mended-subject", "leave", {"agent": "the bishop"}),
    ("mended-title", "sleep", {"agent": "Harbour captain ( HC ) Ada Brook"}),
    ("mended-owner", "order", {"agent": "The duke", "patient": "the widow's killing"}),
    ("mended-conjunct", "sleep", {"agent": "The miller"}),
    ("mended-clause", "smile", {"agent": "He", "time": "his aunt sang"}),
    ("mended-clause", "sing", {"agent": "his aunt"}),
    ("mended-content", "say", {"agent": "The cook", "medium": "a letter", "content": "he had left"}),
    ("mended-measure", "strike", {"agent": "A magnitude 6 quake"}),
]


@pytest.mark.parametrize(("name", "lemma", "expected"), MENDED)
def test_common_parse_errors_are_mended(name: str, lemma: str, expected: dict[str, str]) -> None:
    assert told(name, one(name, lemma)) == expected


def test_orders_in_a_list_are_all_requested() -> None:
    assert {one("mended-orders", lemma).modality for lemma in ("rest", "drink", "sleep")} == {
        Modality.REQUESTED
    }


def test_measure_of_a_noun_phrase_is_a_fact() -> None:
    measure = one("mended-measure", "magnitude", FactKind.NOUN)
    assert told("mended-measure", measure) == {"possessor": "A magnitude 6 quake", "quantity": "6"}


LINKS = [
    ("because", "close", Relation.BECAUSE, "leak"),
    ("if", "flood", Relation.IF, "break"),
    ("by-means", "cross", Relation.BY, "build"),
    ("said-before", "say", Relation.CONTENT, "poison"),
    ("said-inverted", "say", Relation.CONTENT, "be"),
    ("ordered", "order", Relation.CONTENT, "pay"),
    ("said-parataxis", "say", Relation.CONTENT, "hold"),
    ("said-colon", "say", Relation.CONTENT, "hold"),
]


@pytest.mark.parametrize(("name", "lemma", "relation", "target"), LINKS)
def test_clauses_are_linked(name: str, lemma: str, relation: Relation, target: str) -> None:
    facts = facts_of(name)
    linked = {(link.relation, facts[link.fact].predicate.lemma) for link in one(name, lemma).links}
    assert (relation, target) in linked


def test_content_argument_points_to_the_fact_of_its_clause() -> None:
    facts = facts_of("said-before")
    (content,) = one("said-before", "say").of_role(Role.CONTENT)
    assert content.fact is not None
    assert facts[content.fact].predicate.lemma == "poison"


def test_list_has_members_and_a_fact_for_each() -> None:
    text = _articles()["list"].text
    whole = one("list", "buy")
    (bought,) = whole.of_role(Role.PATIENT)
    assert [span.of(text) for span in bought.members] == ["apples", "pears", "plums"]
    parts = [f for f in facts_of("list") if f.part_of == whole.id]
    assert [told("list", part)["patient"] for part in parts] == ["apples", "pears", "plums"]


def test_alternatives_are_not_told_one_by_one() -> None:
    whole = one("or-list", "write")
    assert not [f for f in facts_of("or-list") if f.part_of == whole.id]


def test_mutual_event_is_told_from_both_sides() -> None:
    pairs = {
        (told("mutual", f)["agent"], told("mutual", f)["counterpart"])
        for f in facts_of("mutual")
        if f.derived == "mutual"
    }
    assert pairs == {("The duke", "the bishop"), ("the bishop", "The duke")}


def test_light_verb_names_the_event_of_its_object() -> None:
    predicate = one("light", "make").predicate
    assert (predicate.light_noun, predicate.derived_verb) == ("announcement", "announce")


def test_short_form_keeps_the_clause_that_says_what_the_noun_is_of() -> None:
    (claim,) = one("that-noun", "reject").of_role(Role.PATIENT)
    assert claim.short.of(_articles()["that-noun"].text) == "the claim that the baker stole the flour"


def test_argument_knows_its_preposition_and_head() -> None:
    article = _articles()["passive-agent"]
    by, month = one("passive-agent", "repair").of_role(Role.AGENT, Role.TIME)
    assert (by.case, by.head.of(article.text), by.lemma) == ("by", "engineers", "engineer")
    assert (month.case, month.lemma) == ("in", "March")


def test_argument_refers_to_the_entity_whose_mention_holds_its_head() -> None:
    article = _articles()["title"]
    whole = Mention(span=Span(0, len("Mayor Otto Lind")), kind="name", confidence=1.0)
    name = Mention(span=Span(6, len("Mayor Otto Lind")), kind="name", confidence=1.0)
    mayor = Entity(id=0, kind=EntityKind.PERSON, name="Otto Lind", mentions=(name,))
    other = Entity(
        id=1,
        kind=EntityKind.GROUP,
        name="Others",
        aliases=(Alias(text="all", kind="name"),),
        mentions=(whole,),
    )
    fact = next(f for f in extract(article, (mayor, other)) if f.predicate.lemma == "resign")
    assert [a.entity for a in fact.arguments] == [0]


def test_every_sentence_reads_into_a_valid_reading() -> None:
    for article in _articles().values():
        facts = extract(article, ())
        assert [fact.id for fact in facts] == list(range(len(facts)))
        Reading(article=article, facts=facts)


# --- any tree ---------------------------------------------------------------------------------------------

TAGS = st.sampled_from(
    ["NOUN", "VERB", "PROPN", "PRON", "ADJ", "ADV", "AUX", "ADP", "PUNCT", "NUM", "SCONJ", "DET"]
)
XPOS = st.sampled_from(
    ["NN", "NNP", "VBD", "VBN", "VBG", "VB", "TO", "IN", "WDT", "WRB", "POS", "CD", "PRP$", ","]
)
LABELS = st.sampled_from(
    [
     "nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "obl:unmarked", "nmod", "nmod:poss",
     "nmod:desc", "amod", "advmod", "acl", "acl:relcl", "advcl", "advcl:relcl", "xcomp", "ccomp",
     "csubj", "conj", "cc", "case", "mark", "cop", "aux", "aux:pass", "compound", "compound:prt",
     "flat", "fixed", "appos", "parataxis", "punct", "nummod", "det", "expl", "dep", "discourse", "root"
    ]
)  # fmt: skip
FORMS = st.sampled_from(
    [
     "say", "to", "said", "that", "who", "whose", "if", "by", "magnitude", "6.8", "quake", "at",
     "least", "40", "old", "year", "'s", "killing", "(", ")", "de", "-", "be", "not", "no", "because",
     "of", "according", "order", "Smith", "king", "city", "which", "including", "meet", "and", "more",
     "than", '"'
    ]
)  # fmt: skip
NAMES = st.sampled_from(["", "", "person", "place", "organization", "time"])
WORDS = st.lists(st.tuples(FORMS, TAGS, XPOS, LABELS, NAMES, st.integers(-2, 14)), min_size=1, max_size=14)


@settings(max_examples=400, deadline=None)
@given(WORDS)
def test_any_tree_gives_facts_within_their_sentence(words: list[tuple[str, str, str, str, str, int]]) -> None:
    text = " ".join(form for form, *_ in words)
    tokens, at = [], 0
    for form, upos, xpos, deprel, name, head in words:
        tokens.append(Token(at, at + len(form), form, upos, xpos, head, deprel, name))
        at += len(form) + 1
    sentence = Sentence(span=Span(0, len(text)), paragraph=0, tokens=tuple(tokens))
    article = Article(key="any", text=text, sentences=(sentence,))
    facts = extract(article, ())
    Reading(article=article, facts=facts)
    for fact in facts:
        for argument in fact.arguments:
            assert argument.span.start < argument.span.end
            _check_parts(argument)


def _check_parts(argument: Argument) -> None:
    """Members and short form lie within the text; the head lies within the span."""
    assert argument.short.start < argument.short.end
    assert argument.span.covers(argument.short)
    for member in argument.members:
        assert member.start < member.end
