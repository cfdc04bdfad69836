"""Nothing that the bot builds can be refused for its length, whatever the texts."""

from __future__ import annotations

import re

import discord
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import Asked
from bot.ui.answers import answer_card, answer_text, quote, widened
from bot.ui.buttons import answer_view
from bot.ui.limits import card, choices, fit, length, option, pages, plain
from knowledge.model import Answer, Aside, Passage, Question, Span, Status, Suggestion
from tests.discord_loopback import rules

texts = st.one_of(
    st.text(max_size=80),
    st.text(min_size=1, max_size=6).map(lambda t: t * 900),
    st.sampled_from(["", " \n", "*", "\ud800", "😀" * 3000, "@everyone <@5>", "\\" * 5000, "a" * 7000]),
)


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    text = draw(texts.filter(bool)) if draw(st.booleans()) else "word " * draw(st.integers(1, 900))
    start = draw(st.integers(0, 5000))
    first = draw(st.integers(0, len(text) - 1))
    last = draw(st.integers(first + 1, len(text)))
    bold = draw(
        st.sampled_from(
            [None, Span(start + first, start + last), Span(start + len(text), start + len(text) + 2)]
        )
    )
    return Passage(
        article="a",
        span=Span(start, start + len(text)),
        text=text,
        paragraph=draw(st.integers(0, 400)),
        bold=bold,
    )


asides = st.builds(Aside, text=texts, evidence=st.lists(passages(), max_size=2).map(tuple))
suggestions = st.builds(Suggestion, text=texts, article=st.just("a"), fact=st.just(1))
answers = st.builds(
    Answer,
    status=st.sampled_from(Status),
    text=texts,
    evidence=st.lists(passages(), max_size=3).map(tuple),
    article_title=texts,
    attribution=texts,
    correction=texts,
    resolved=texts,
    also=st.lists(asides, max_size=4).map(tuple),
    suggestions=st.lists(suggestions, max_size=5).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(answers, st.integers(0, 2**62), st.booleans())
def test_every_answer_fits(answer: Answer, number: int, feedback: bool) -> None:
    view = answer_view(Asked(number, Question(text="q"), answer, 1, None, feedback))
    body = {"embeds": [answer_card(answer).to_dict()], "components": view.to_components() if view else []}
    assert rules.faults(body) == []
    assert rules.faults({"content": answer_text(answer)}) == []


@given(texts, texts, texts, st.lists(st.tuples(texts, texts), max_size=40))
def test_every_card_fits(title: str, text: str, footer: str, fields: list[tuple[str, str]]) -> None:
    embed = card(title=title or "x", text=text, footer=footer, fields=fields)
    assert rules.faults({"embeds": [embed.to_dict()]}) == []


@given(texts, st.integers(2, 300))
def test_fit(text: str, limit: int) -> None:
    fitted = fit(text, limit)
    assert 0 < length(fitted) <= limit and fitted.strip()
    fitted.encode("utf-8")


@given(st.lists(st.tuples(texts, texts), max_size=60))
def test_autocomplete_rows_fit_and_are_sent_whole(rows: list[tuple[str, str]]) -> None:
    made = choices(rows)
    assert rules.choice_faults([c.to_dict() for c in made]) == []
    assert {c.value for c in made} <= {sent for _, sent in rows}


@given(texts, texts)
def test_options_fit(label: str, description: str) -> None:
    select = discord.ui.Select(options=[option(label, "v", description)], custom_id="c")
    view = discord.ui.View(timeout=None)
    view.add_item(select)
    assert rules.faults({"content": "x", "components": view.to_components()}) == []


@given(st.lists(texts, max_size=20), st.integers(50, 4000))
def test_pages_fit(lines: list[str], limit: int) -> None:
    assert all(length(page) <= limit for page in pages(lines, limit))


@given(passages())
def test_a_quote_is_one_block_and_shows_the_article_verbatim(passage: Passage) -> None:
    shown = quote(passage, 900)
    assert "\n" not in shown and shown.startswith("> ")
    if passage.text.strip() and (
        len(passage.text) < 400
        and re.fullmatch(r"[\w ,.]*", passage.text.strip())
        and "_" not in passage.text
    ):
        words = shown.removeprefix("> ").replace("**", "")
        assert re.sub(r"\s", " ", passage.text).strip() == words.strip()


def test_the_bold_part_is_the_answer() -> None:
    text = "The mayor opened the terminal."
    passage = Passage(article="a", span=Span(100, 130), text=text, paragraph=1, bold=Span(104, 109))
    assert quote(passage) == "> The **mayor** opened the terminal."


def test_the_bold_part_grows_to_the_whole_short_answer() -> None:
    text = "Then mayor Ada Lind opened it, and Ada Lind left."
    passage = Passage(article="a", span=Span(50, 50 + len(text)), text=text, paragraph=1, bold=Span(61, 69))
    assert (
        quote(widened(passage, "mayor Ada Lind")) == "> Then **mayor Ada Lind** opened it, and Ada Lind left."
    )
    assert widened(passage, "Lind") == passage and widened(passage, "the mayor") == passage


def test_echoed_markup_is_escaped_and_addresses_stay() -> None:
    assert plain("a_b *c* <@5> [x](y) https://h.org/a_b") == r"a\_b \*c\* \<@5> \[x\](y) https://h.org/a_b"
    assert plain("# big\n- list\n> quote") == "\\# big\n\\- list\n\\> quote"


@given(st.text(alphabet="ab *_~`|\\[]()<>@#:-\n", max_size=40))
def test_escaped_text_reads_back_as_it_was(text: str) -> None:
    assert re.sub(r"\\(.)", r"\1", plain(text), flags=re.DOTALL) == text


def test_long_sentences_are_cut_around_the_answer() -> None:
    text = "left " * 400 + "ANSWER" + " right" * 400
    at = text.index("ANSWER")
    shown = quote(
        Passage(article="a", span=Span(0, len(text)), text=text, paragraph=1, bold=Span(at, at + 6)), 300
    )
    assert "**ANSWER**" in shown and shown.startswith("> … ") and shown.endswith(" …") and len(shown) < 330
