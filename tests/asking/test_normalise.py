"""Questions as people type them: chat syntax, chat spelling, politeness, preambles, typos."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.typed.normalise import LONGEST, plain, read_question

VOCABULARY = {"mayor", "closed", "bridge", "engineers", "cables", "colour"}
NAMES = {"lindqvist", "okafor", "kelton", "iran"}
PLAIN = "who closed the bridge"


def words(text: str) -> str:
    return " ".join(read_question(text, VOCABULARY, NAMES).words).strip(" ?").lower()


@pytest.mark.parametrize(
    "text",
    [
        "<@123456789> who closed the bridge?",
        "<@!99> who closed the bridge?",
        "<@&77> who closed the bridge",
        "</ask:1234> who closed the bridge",
        "@everyone who closed the bridge?",
        "<#555> who closed the bridge <t:1618953630:R>",
        "**who** closed the _bridge_?",
        "~~who~~ closed the ||bridge||",
        "`who closed the bridge?`",
        "> who closed the bridge",
        "# who closed the bridge",
        "https://example.org/a?b=c who closed the bridge",
        "who closed the bridge 😀😀 <:wave:12345> <a:dance:6>",
        "who\u200b closed\u200d the\ufeff bridge",
        "who closed the bridge???!!!",
        "who closed the bridge...",
        "WHO CLOSED THE BRIDGE",
        "whoooo closed the bridge",
        "whooo closed the briiiidge",
        "ｗｈｏ closed the bridge",
        "who\n\nclosed\tthe   bridge",
    ],
)
def test_chat_syntax_and_shouting_go(text: str) -> None:
    assert words(text) == PLAIN


@pytest.mark.parametrize(
    "text",
    [
        "thx who closed the bridge pls",
        "hi there! could you please tell me who closed the bridge? thanks!",
        "hey bot, who closed the bridge",
        "do you know who closed the bridge?",
        "u know who closed the bridge?",
        "any idea who closed the bridge",
        "according to the article, who closed the bridge?",
        "hope you're all well :) who closed the bridge?",
        "quick q: who closed the bridge",
        "does the article say who closed the bridge?",
        "I was wondering whether you could tell me who closed the bridge",
        "i read it twice and still do not get it, who closed the bridge",
        "who closed the bridge, guys",
        "long story short, i need to know for my homework who closed the bridge, thanks a ton in advance",
        "ok so my aunt, who never reads, asked me at lunch about the bridge, and i said i would check, so "
        "here goes: who closed the bridge",
        "I was reading this on the train this morning and my friend said that engineers were wrong "
        "about everything, and honestly i do not know much about bridges, can you tell me who closed "
        "the bridge?",
    ],
)
def test_greetings_politeness_and_preambles_go(text: str) -> None:
    assert words(text) == PLAIN


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wat did okafor say", "what did okafor say"),
        ("y was it closed", "why was it closed"),
        ("w/ who did he speak", "with who did he speak"),
        ("whos okafor", "who 's okafor"),
        ("who’s okafor’s boss", "who 's okafor 's boss"),
        ("lindqvists bridge", "lindqvist 's bridge"),
        ("didnt the mayor close it", "did n't the mayor close it"),
        ("when's he gonna go", "when 's he going to go"),
        (
            "what wud make okafor 4get it acc 2 the mayor",
            "what would make okafor forget it according to the mayor",
        ),
        ("how long did it burn 4", "how long did it burn for"),
        ("who did he talk 2", "who did he talk to"),
        ("what dose of it did they get", "what dose of it did they get"),
        ("wat dose okafor want", "what does okafor want"),
        ("whendid lindqvist go", "when did lindqvist go"),
        ("who is the countrys mayor", "who is the country 's mayor"),
        ("who did the mayor thank", "who did the mayor thank"),
        ("what happened to the man", "what happened to the man"),
        ("why didn't he", "why did n't he"),
    ],
)
def test_chat_spelling_is_expanded(typed: str, meant: str) -> None:
    assert words(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who is lindqvst", "who is lindqvist"),
        ("who is linqvist", "who is lindqvist"),
        ("who is Okafro", "who is okafor"),
        ("who clsoed the brigde", "who closed the bridge"),
        ("waht did the enginers find", "what did the engineers find"),
        ("who bulit it", "who built it"),
        ("how mnay were there", "how many were there"),
        ("who did he tlak to", "who did he talk to"),
        ("what did they declair", "what did they declare"),
    ],
)
def test_typos_are_corrected_to_what_the_article_knows(typed: str, meant: str) -> None:
    found = read_question(typed, VOCABULARY, NAMES)
    assert " ".join(found.words) == meant
    assert found.corrected


@pytest.mark.parametrize(
    "typed",
    [
        "what about iraq",
        "who is Iraq",
        "the closet and the fridge",
        "a major on a ridge",
        "kelton or boston",
        "maria met thomas",
        "the color of the cable",
    ],
)
def test_a_known_word_or_name_is_never_corrected(typed: str) -> None:
    found = read_question(typed, VOCABULARY, NAMES)
    assert " ".join(found.words) == typed
    assert found.corrected == ()


@pytest.mark.parametrize("typed", ["who is Zorblax", "what about Bridgend", "is Kelso there"])
def test_an_unknown_name_is_not_bent_into_a_known_one(typed: str) -> None:
    assert read_question(typed, VOCABULARY, NAMES).corrected == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("who spilled the beans", "who revealed"),
        ("who gave okafor a ring", "who called okafor"),
        ("who got the boot", "who got dismissed"),
        ("how hard did the shares tank", "how hard did the shares fall"),
        ("who is the bigwig", "who is the leader"),
        ("how big is the tank", "how big is the tank"),
    ],
)
def test_idioms_are_put_into_plain_words(typed: str, meant: str) -> None:
    assert words(typed) == meant


def test_an_idiom_that_the_article_uses_stays() -> None:
    assert "tanked" in read_question("which shares tanked", {"tanked", "shares"}, ()).words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rosa okafor, what's her job?", "what 's rosa okafor 's job"),
        ("the old mayor - who's that?", "who 's the old mayor"),
        ("and the retired postman, how old is he?", "how old is the retired postman"),
        ("okafor lindqvist who dat", "who is okafor lindqvist"),
        ("Besides the mayor, who did she thank?", "besides the mayor , who did she thank"),
        ("okafor means what?", "okafor means what"),
    ],
)
def test_a_phrase_before_the_question_takes_its_pronouns_place(typed: str, meant: str) -> None:
    assert words(typed) == meant


def test_a_name_written_in_one_is_taken_apart() -> None:
    assert words("who is okaforlindqvist") == "who is okafor lindqvist"


@given(st.text(max_size=200))
def test_plain_text_stays_plain(text: str) -> None:
    once = plain(text)
    assert plain(once) == plain(plain(once))
    assert "\u200b" not in once
    assert "\n" not in once
    assert len(read_question("x" * (LONGEST + 50)).words) <= 1


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz ?'", max_size=80))
def test_what_is_said_to_be_corrected_was_in_the_question(text: str) -> None:
    for before, after in read_question(text, VOCABULARY, NAMES).corrected:
        assert before.lower() != after.lower()
