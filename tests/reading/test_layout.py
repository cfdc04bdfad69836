"""Headline, dateline, paragraphs and quotations."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.model import Span
from knowledge.reading.layout import find_dateline, find_paragraphs, find_quotations, lay_out


def quoted(text: str) -> list[str]:
    return [q.inner.of(text) for q in find_quotations(text, find_paragraphs(text))]


@pytest.mark.parametrize(
    ("text", "place", "body"),
    [
        ("LISBON: The fire began at night.", "LISBON", "The fire"),
        ("LISBON, Portugal - The fire began.", "LISBON, Portugal", "The fire"),
        ("NEW YORK (AP) — The fire began.", "NEW YORK", "The fire"),
        ("Oslo, Norway -- The fire began.", "Oslo, Norway", "The fire"),
        ("OSLO/BERGEN, May 3 (Reuters) - The fire began.", "OSLO/BERGEN", "The fire"),
        ("VILLANOVA DEL SOL – The fire began.", "VILLANOVA DEL SOL", "The fire"),
    ],
)
def test_a_dateline_is_its_place(text: str, place: str, body: str) -> None:
    found = find_dateline(text, Span(0, len(text)))
    assert found is not None
    assert found.span is not None
    assert found.span.of(text) == place
    assert text[found.body :].startswith(body)


@pytest.mark.parametrize(
    "text",
    [
        "WARNING: The road is closed.",
        "EXCLUSIVE - The road is closed.",
        "NATO - the alliance - met again.",
        "The mayor - a farmer - spoke.",
        "Police: two men were hurt.",
        "Paris is a city - and a big one.",
        "LISBON: ",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text: str) -> None:
    assert find_dateline(text, Span(0, len(text))) is None


def test_an_agency_alone_is_kept_from_the_story() -> None:
    text = "(Reuters) - The fire began."
    found = find_dateline(text, Span(0, len(text)))
    assert found is not None
    assert found.span is None
    assert text[found.body :] == "The fire began."


def test_a_short_first_line_without_full_stop_is_the_headline() -> None:
    text = "Fire destroys old mill\n\nA fire destroyed the mill on Monday, police said.\n\nNobody was hurt."
    layout = lay_out(text)
    assert layout.headline is not None
    assert layout.headline.of(text) == "Fire destroys old mill"
    assert len(layout.paragraphs) == 2


def test_a_first_sentence_is_no_headline_unless_it_is_the_title() -> None:
    text = "A fire destroyed the mill.\nNobody was hurt, the fire brigade said on Monday."
    assert lay_out(text).headline is None
    assert lay_out(text, title="A fire destroyed the mill").headline == Span(0, 26)


def test_wrapped_lines_are_one_paragraph_and_long_lines_are_several() -> None:
    wrapped = (
        "The fire brigade of the town said on Monday that the old mill had burnt\n"
        "down in the night and that nobody was hurt, though two of the neighbours\n"
        "had to leave their houses until the morning.\n\nAnother paragraph."
    )
    assert [len(span.of(wrapped).splitlines()) for span in find_paragraphs(wrapped)] == [3, 1]
    lines = "The first paragraph ends here.\nThe second one too.\r\nAnd the third."
    assert [span.of(lines) for span in find_paragraphs(lines)] == [
        "The first paragraph ends here.",
        "The second one too.",
        "And the third.",
    ]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('"We ran," he said. "It fell."', ["We ran,", "It fell."]),
        ("“We ran,” he said.", ["We ran,"]),
        ("„Wir“ and «nous» and ``we''.", ["Wir", "nous", "we"]),
        ("They warned of 'unfair steps' and the players' union left.", ["unfair steps"]),
        ("The workers' rights, the '90s and rock 'n' roll aren't quotes.", []),
        ("Ana´s friend and O’Neil’s dog aren’t here.", []),
        ("He called it ‘the boys’ club’ again.", ["the boys’ club"]),
        ("The ‘new’ plan, he said, is 'the same, isn't it?' indeed.", ["new", "the same, isn't it?"]),
        ('A 6" pipe and a 5\'10" man.', []),
        ("He said \"she told me 'run' and I ran\".", ["she told me 'run' and I ran"]),
        ('It was a" [...] broader effort" by all.', ["[...] broader effort"]),
    ],
)
def test_quotations_are_found_and_apostrophes_are_not(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_an_unclosed_quotation_is_carried_on_by_the_next_paragraph() -> None:
    text = '"We waited.\n\n"Nobody came," she said.\n\n"Never," said he.'
    found = find_quotations(text, find_paragraphs(text))
    assert [q.inner.of(text) for q in found] == ["We waited.", "Nobody came,", "Never,"]
    assert [q.continues for q in found] == [None, 0, None]


def test_a_lost_closing_mark_takes_no_more_than_its_paragraph() -> None:
    text = '"We waited, he said.\n\nThe mill burnt. "Gone," he said.'
    assert quoted(text) == ["We waited, he said.", "Gone,"]


@given(st.text(alphabet=st.sampled_from("ab S.,\n\r\t \"'“”‘’´«»„`()-:—\u2028é😀"), max_size=120))
def test_spans_lie_in_order_inside_the_text(text: str) -> None:
    layout = lay_out(text)
    spans = [*([layout.headline] if layout.headline else []), *layout.paragraphs]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    for quotation in layout.quotations:
        assert quotation.span.covers(quotation.inner)
        assert any(span.covers(quotation.span) for span in spans)
    for one, two in pairwise(layout.quotations):
        assert one.span.end <= two.span.start
