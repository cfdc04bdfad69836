"""Clause labels follow the guidelines, whichever way the parser leant."""

from __future__ import annotations

from knowledge.reading.conventions import conform


def conformed(rows: list[tuple[str, str, str, int, str]]) -> tuple[list[int], list[str]]:
    """Return heads and labels after mending; rows are word, tags, head and label."""
    words, upos, xpos, heads, deprels = (list(column) for column in zip(*rows, strict=True))
    conform(words, upos, xpos, heads, deprels)
    return heads, deprels


def test_an_infinitive_without_subject_is_an_open_complement() -> None:
    rows = [
        ("They", "PRON", "PRP", 1, "nsubj"),
        ("hope", "VERB", "VBP", -1, "root"),
        ("to", "PART", "TO", 3, "mark"),
        ("win", "VERB", "VB", 1, "ccomp"),
    ]
    assert conformed(rows)[1] == ["nsubj", "root", "mark", "xcomp"]


def test_a_clause_that_it_stands_for_is_a_subject() -> None:
    rows = [
        ("It", "PRON", "PRP", 2, "expl"),
        ("is", "AUX", "VBZ", 2, "cop"),
        ("clear", "ADJ", "JJ", -1, "root"),
        ("that", "SCONJ", "IN", 5, "mark"),
        ("they", "PRON", "PRP", 5, "nsubj"),
        ("left", "VERB", "VBD", 2, "ccomp"),
    ]
    assert conformed(rows)[1][5] == "csubj"


def test_words_of_saying_amid_what_is_said_hang_on_it() -> None:
    rows = [
        ("Mules", "NOUN", "NNS", 6, "nsubj"),
        (",", "PUNCT", ",", 3, "punct"),
        ("she", "PRON", "PRP", 3, "nsubj"),
        ("said", "VERB", "VBD", -1, "root"),
        (",", "PUNCT", ",", 3, "punct"),
        ("are", "AUX", "VBP", 6, "cop"),
        ("slow", "ADJ", "JJ", 3, "ccomp"),
    ]
    # "slow" follows the verb here, so nothing interrupts: only a clause that began before it is turned.
    assert conformed(rows)[1][3] == "root"
    rows = [
        ("Mules", "NOUN", "NNS", 1, "nsubj"),
        ("bite", "VERB", "VBP", 4, "ccomp"),
        (",", "PUNCT", ",", 4, "punct"),
        ("she", "PRON", "PRP", 4, "nsubj"),
        ("said", "VERB", "VBD", -1, "root"),
        (",", "PUNCT", ",", 4, "punct"),
        ("at", "ADP", "IN", 7, "case"),
        ("night", "NOUN", "NN", 1, "obl"),
    ]
    heads, deprels = conformed(rows)
    assert (heads[1], deprels[1]) == (-1, "root")
    assert (heads[4], deprels[4]) == (1, "parataxis")
