"""From a file to clean text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading.source import TEXT_LIMIT, ReadingError, load_source, parse_source

PAGE = """<!doctype html><html><head><title>Bridge opens - The Sentinel</title>
<meta property="og:title" content="Bridge opens"><meta property="og:site_name" content="The Sentinel">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<link rel="canonical" href="https://sentinel.example/bridge"></head>
<body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Bridge opens</h1>
<p>The mayor of the town opened the new bridge on Monday after <b>three years</b> of work.</p>
<p>&ldquo;It is done,&rdquo; she said in a statement to the people who had come to see it.</p>
<script>alert(1)</script></article><footer>Subscribe to our newsletter</footer></body></html>"""


def test_plain_text_keeps_its_characters() -> None:
    source = parse_source("Prices rose 3\u00a0% in Malmö – “again”.\n".encode(), "a.txt")
    assert source.text == "Prices rose 3\u00a0% in Malmö – “again”.\n"


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_kind_become_one(ending: str) -> None:
    assert parse_source(f"One.{ending}Two.".encode(), "a.txt").text == "One.\nTwo."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_common_encodings_are_told_apart(encoding: str) -> None:
    assert parse_source("Café “open” again".encode(encoding), "a.txt").text == "Café “open” again"


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "a.txt", "no text"),
        (b" \n\t", "a.txt", "no text"),
        (b"12 34 --", "a.txt", "no text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "a.txt", "not text"),
        (b"word " * (TEXT_LIMIT // 5 + 1), "a.txt", "limit"),
        (b"<html><body><p></p></body></html>", "a.html", "No article"),
    ],
)
def test_what_cannot_be_read_says_what_where_and_what_to_do(data: bytes, name: str, what: str) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_source(data, name)
    assert what in caught.value.what
    assert caught.value.where == name
    assert caught.value.what_to_do


def test_front_matter_is_taken_off_markdown() -> None:
    front = 'title: "A bridge: opened"\nsource: The Sentinel\npublished: 2024-05-03'
    text = f"---\n{front}\n---\n# A bridge\n\nBody."
    source = parse_source(text.encode(), "a.md")
    assert (source.title, source.source) == ("A bridge: opened", "The Sentinel")
    assert source.published == dt.date(2024, 5, 3)
    assert source.text == "A bridge\n\nBody."


@pytest.mark.parametrize(
    ("entry", "line"), [("author: Ann", 2), ("title: A\ntitle: B", 3), ("published: yesterday", None)]
)
def test_a_wrong_front_matter_entry_is_named(entry: str, line: int | None) -> None:
    with pytest.raises(ReadingError) as caught:
        parse_source(f"---\n{entry}\n---\nBody text.".encode(), "a.md")
    assert line is None or f"line {line}" in caught.value.where


def test_markdown_markup_leaves_its_words() -> None:
    said = "The **mayor** [said](https://x.example) it was *done*."
    text = f"{said}\n\n- One snake_case word\n- 3 * 4 * 5\n\n> Quoted.\n"
    assert parse_source(text.encode(), "a.md").text == (
        "The mayor said it was done.\n\nOne snake_case word\n3 * 4 * 5\n\nQuoted."
    )


def test_a_page_gives_its_article_and_metadata() -> None:
    source = parse_source(PAGE.encode(), "a.html")
    assert source.text.startswith("Bridge opens\n\nThe mayor of the town opened the new bridge")
    assert "“It is done,” she said" in source.text
    assert "newsletter" not in source.text
    assert "Sport" not in source.text
    assert (source.title, source.source, source.published) == (
        "Bridge opens",
        "The Sentinel",
        dt.date(2024, 5, 3),
    )
    assert source.url == "https://sentinel.example/bridge"


def test_other_types_and_missing_files_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF")
    for name in ("a.pdf", "missing.txt"):
        with pytest.raises(ReadingError, match=name):
            load_source(tmp_path / name)


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md"]))
def test_any_bytes_are_read_or_refused(data: bytes, name: str) -> None:
    try:
        source = parse_source(data, name)
    except ReadingError:
        return
    assert "\r" not in source.text
    assert any(c.isalpha() for c in source.text)
