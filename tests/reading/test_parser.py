"""The parser: valid trees for any words, right ones for plain sentences, the same in any company."""

from __future__ import annotations

from importlib.resources import files
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.language.wordpiece import WordPiece
from knowledge.reading.parser import Parse, Parser
from knowledge.reading.tree import best_heads, is_tree

WORDS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        [
            "",
            " ",
            "the",
            "Brown",
            "said",
            ".",
            "”",
            "😀",
            "👩🏽‍🚀",
            "שלום",
            "مرحبا",
            "漢字",
            "\u200d",
            "\x00",
            "x" * 500,
        ]
    ),
)


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser.load()


def well_formed(words: list[str], parse: Parse) -> bool:
    columns_fit = all(len(column) == len(words) for column in parse)
    roots = [n for n, deprel in enumerate(parse.deprels) if deprel == "root"]
    before = ("O", *parse.names)
    names_fit = all(
        not label.startswith("I-") or previous[2:] == label[2:]
        for previous, label in zip(before, parse.names, strict=False)
    )
    scores_fit = all(0.0 <= score <= 1.0 for score in parse.arc_scores)
    tree = not words or (is_tree(np.array(parse.heads)) and roots == [parse.heads.index(-1)])
    return columns_fit and names_fit and scores_fit and tree


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=20), max_size=4))
def test_any_words_get_a_tree_with_one_root(parser: Parser, sentences: list[list[str]]) -> None:
    parses = parser.parse(sentences)
    assert len(parses) == len(sentences)
    assert all(well_formed(words, parse) for words, parse in zip(sentences, parses, strict=True))


def test_a_sentence_of_ten_thousand_words_is_one_tree(parser: Parser) -> None:
    words = ["The", "mayor", "left", ",", "and", "rain", "fell", "on"] * 1250
    assert well_formed(words, parser.parse([words])[0])


def test_long_words_do_not_overflow_the_encoder(parser: Parser) -> None:
    words = ["qzxv" * 40] * 200
    assert well_formed(words, parser.parse([words])[0])


def test_a_sentence_is_parsed_the_same_in_any_company(parser: Parser) -> None:
    words = ["The", "mayor", "of", "the", "old", "town", "called", "her", "brother", "on", "Monday", "."]
    alone = parser.parse([words])[0]
    crowd = [
        ["Yes", "."],
        words,
        ["Rain"] * 100,
        words,
        ["He", "left", "the", "house", "because", "it", "rained", "."],
    ]
    together = parser.parse(crowd)
    assert together[1][:5] == together[3][:5] == alone[:5]
    assert together[1].arc_scores == pytest.approx(alone.arc_scores, abs=1e-3)


@settings(deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=20))
def test_a_name_other_than_a_time_holds_a_proper_noun(parser: Parser, words: list[str]) -> None:
    parse = parser.parse([words])[0]
    starts = [n for n, label in enumerate(parse.names) if label.startswith("B-") and label != "B-TIME"]
    for start in starts:
        end = next(
            (n for n in range(start + 1, len(words)) if not parse.names[n].startswith("I-")), len(words)
        )
        assert "PROPN" in parse.upos[start:end]


def arcs(words: list[str], parse: Parse) -> set[tuple[str, str, str]]:
    heads = [words[head] if head >= 0 else "" for head in parse.heads]
    return set(zip(words, parse.deprels, heads, strict=True))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The baker gave the children bread .",
            {("baker", "nsubj", "gave"), ("children", "iobj", "gave"), ("bread", "obj", "gave")},
        ),
        (
            "The bridge was built by Roman engineers .",
            {
                ("bridge", "nsubj:pass", "built"),
                ("was", "aux:pass", "built"),
                ("engineers", "obl:agent", "built"),
            },
        ),
        (
            "The minister said that prices would fall .",
            {("minister", "nsubj", "said"), ("fall", "ccomp", "said"), ("prices", "nsubj", "fall")},
        ),
        (
            "She stayed home because her son was ill .",
            {("She", "nsubj", "stayed"), ("ill", "advcl", "stayed"), ("because", "mark", "ill")},
        ),
        (
            "A woman who owns two farms sold one .",
            {("woman", "nsubj", "sold"), ("owns", "acl:relcl", "woman"), ("farms", "obj", "owns")},
        ),
        (
            "His sister is a nurse .",
            {("sister", "nsubj", "nurse"), ("is", "cop", "nurse"), ("nurse", "root", "")},
        ),
        (
            "“ We will win , ” Brown said .",
            {("We", "nsubj", "win"), ("win", "ccomp", "said"), ("Brown", "nsubj", "said")},
        ),
        ("the mayor called her brother", {("mayor", "nsubj", "called"), ("brother", "obj", "called")}),
    ],
)
def test_plain_sentences_get_their_arcs(
    parser: Parser, sentence: str, expected: set[tuple[str, str, str]]
) -> None:
    words = sentence.split()
    assert expected <= arcs(words, parser.parse([words])[0])


def test_names_and_tags_are_found(parser: Parser) -> None:
    words = ["Maria", "Lopez", "moved", "from", "Madrid", "to", "Berlin", "in", "March", "."]
    parse = parser.parse([words])[0]
    assert parse.names[:5] == ("B-PER", "I-PER", "O", "O", "B-LOC")
    assert parse.names[6] == "B-LOC"
    assert (parse.xpos[2], parse.upos[2]) == ("VBD", "VERB")
    assert parse.xpos[0] == "NNP"


@settings(deadline=None)
@given(
    st.integers(1, 4).flatmap(
        lambda size: st.lists(
            st.lists(st.floats(0.015625, 1, width=16), min_size=size + 1, max_size=size + 1),
            min_size=size,
            max_size=size,
        )
    )
)
def test_the_tree_is_the_best_of_all_trees(rows: list[list[float]]) -> None:
    matrix = np.array(rows, dtype=np.float32)
    size = len(rows)
    trees = [
        heads
        for heads in product(range(-1, size), repeat=size)
        if all(head != word for word, head in enumerate(heads)) and is_tree(np.array(heads))
    ]

    def score(heads: tuple[int, ...]) -> float:
        return float(sum(np.log(matrix[word, head + 1]) for word, head in enumerate(heads)))

    assert score(tuple(best_heads(matrix))) == pytest.approx(max(map(score, trees)), abs=1e-4)


@pytest.mark.parametrize(
    ("heads", "tree"), [([-1], True), ([1, -1, 1], True), ([-1, -1], False), ([1, 0, -1], False)]
)
def test_a_tree_has_one_root_and_no_cycle(heads: list[int], tree: bool) -> None:
    assert is_tree(np.array(heads)) is tree


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("Café", ["cafe"]),
        ("don't", ["don", "'", "t"]),
        ("U.S.", ["u", ".", "s", "."]),
        ("", ["[UNK]"]),
        ("漢", ["[UNK]"]),
        ("[CLS]", ["[", "cl", "##s", "]"]),
    ],
)
def test_words_are_cut_into_pieces_as_bert_cuts_them(word: str, pieces: list[str]) -> None:
    vocabulary = (
        (files("knowledge.language") / "model" / "vocab.txt").read_text(encoding="utf-8").splitlines()
    )
    assert [vocabulary[number] for number in WordPiece(vocabulary).pieces(word)] == pieces


def test_the_model_is_shipped_and_small() -> None:
    sizes = {
        path.name: len(path.read_bytes())
        for path in (files("knowledge.language") / "model").iterdir()
        if path.is_file()
    }
    assert {"parser.onnx", "label_scorer.npz", "vocab.txt", "labels.json"} <= set(sizes)
    assert sum(sizes.values()) <= 25_000_000
