"""The tokenizer and the sentence splitter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language.tokenizer import split_sentences, tokenize


def forms(text: str) -> list[str]:
    return [text[start:end] for start, end in tokenize(text)]


def sentences(text: str) -> list[str]:
    words = tokenize(text)
    return [text[words[first][0] : words[last - 1][1]] for first, last in split_sentences(text, words)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They don't know.", "They do n't know ."),
        ("He’s sure they’ll win", "He ’s sure they ’ll win"),
        ("the mayor´s cat", "the mayor ´s cat"),
        ("the farmers' market", "the farmers ' market"),
        ("It cannot last", "It can not last"),
        ("whats her name", "what s her name"),
        ("a 60-day truce", "a 60 - day truce"),
        ("a long-term plan", "a long - term plan"),
        ("an anti-war co-founder", "an anti-war co-founder"),
        ("state-of-the-art", "state - of - the - art"),
        ("$1,250.50 or 10%", "$ 1,250.50 or 10 %"),
        ("$5.3m and 12km", "$ 5.3 m and 12 km"),
        ("the 3rd of the 1990s", "the 3rd of the 1990s"),
        ("at 10:30 a.m. on 2020-05-01", "at 10:30 a.m. on 2020-05-01"),
        ("The U.S. army, Gen. Mark said", "The U.S. army , Gen. Mark said"),
        ("Brown Inc., said", "Brown Inc. , said"),
        ("No. 5 won. No. It lost.", "No. 5 won . No . It lost ."),
        ("J. R. Brown of AT&T", "J. R. Brown of AT&T"),
        ("O'Brien’s hat", "O'Brien ’s hat"),
        ("“Well...” she said—then left", "“ Well ... ” she said — then left"),
        ("Really?! Yes!!", "Really ?! Yes !!"),
        ("@jack #win at https://example.org/a?b=c.", "@jack #win at https://example.org/a?b=c ."),
        ("mail jo@example.org; see example.com/news", "mail jo@example.org ; see example.com/news"),
        ("great 👍🏽 :) 👨‍👩‍👧", "great 👍🏽 :) 👨‍👩‍👧"),
        ("his/her 24/7", "his / her 24/7"),
    ],
)
def test_words_are_cut_as_the_treebanks_cut_them(text: str, expected: str) -> None:
    assert " ".join(forms(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Mr. Brown met Gen. Gray. They spoke.", ["Mr. Brown met Gen. Gray.", "They spoke."]),
        (
            "The U.S. Senate met at 5 p.m. Monday. It voted.",
            ["The U.S. Senate met at 5 p.m. Monday.", "It voted."],
        ),
        ("He lives in the U.S. The others left.", ["He lives in the U.S.", "The others left."]),
        ("It closed at 5 p.m. Nobody came.", ["It closed at 5 p.m.", "Nobody came."]),
        ("“We won.” He smiled.", ["“We won.”", "He smiled."]),
        ('She said "no." Then she left.', ['She said "no."', "Then she left."]),
        ("“Why?” he asked. “Go!” Brown shouted.", ["“Why?” he asked.", "“Go!” Brown shouted."]),
        (
            "J. R. Brown won. (He had lost.) Others cheered.",
            ["J. R. Brown won.", "(He had lost.)", "Others cheered."],
        ),
        ("It began in 1990.[3] It ended.", ["It began in 1990.[3]", "It ended."]),
        ("hello. who called? i dont know", ["hello.", "who called?", "i dont know"]),
        ("No full stop", ["No full stop"]),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(max_size=300))
def test_words_are_in_order_and_cover_all_but_white_space(text: str) -> None:
    words = tokenize(text)
    position = 0
    for start, end in words:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert not any(char.isspace() for char in text[start:end])
        position = end
    assert not text[position:].strip()


ODDITIES = st.sampled_from(
    [
        "don't ",
        "U.S. ",
        "...",
        "”",
        '"',
        "(",
        "[1]",
        "anti-",
        "-",
        "5km",
        "’s",
        "?",
        ".",
        "@a",
        "🏽",
        "\u200d",
        "é",
        "ا",
    ]
)


@given(st.lists(ODDITIES, max_size=40).map("".join))
def test_sentences_share_out_every_word(text: str) -> None:
    words = tokenize(text)
    position = 0
    for start, end in split_sentences(text, words):
        assert start == position < end
        position = end
    assert position == len(words)


def test_a_long_text_of_one_sort_takes_no_time() -> None:
    for text in ("a." * 20_000, "a-" * 20_000, "1-" * 20_000, "'" * 20_000, "." * 20_000, "a" * 40_000):
        words = tokenize(text)
        assert words[-1][1] == len(text)
        split_sentences(text, words)
