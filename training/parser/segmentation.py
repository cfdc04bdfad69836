"""Measure the tokenizer and the sentence splitter.

`python -m training.parser.segmentation --treebanks DIR`."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from knowledge.language.tokenizer import split_sentences, tokenize
from training.parser.data import treebank_lines

Span = tuple[int, int]


def paragraphs(path: Path) -> Iterator[tuple[str, list[list[Span]]]]:
    """Yield each paragraph's raw text with its sentences as lists of word offsets."""
    text, sentences, row_words, raw = "", [], [], ""
    for line in [*treebank_lines(path), "# newdoc"]:
        if line.startswith(("# newdoc", "# newpar")) and not line.startswith("# newpar_block"):
            if sentences:
                yield text, sentences
            text, sentences = "", []
        elif line.startswith("# text = "):
            raw = line.removeprefix("# text = ")
        elif line[:1].isdigit() and line.split("\t")[0].isdecimal():
            row_words.append(line.split("\t")[1])
        elif not line and row_words:
            text += " " if text else ""
            sentences.append(list(_aligned(raw, row_words, len(text))))
            text += raw
            row_words = []


def _aligned(raw: str, words: list[str], shift: int) -> Iterator[Span]:
    position = 0
    for word in words:
        start = raw.index(word, position)
        position = start + len(word)
        yield start + shift, position + shift


def main() -> None:
    """Print the F1 of words and of sentences (right when start and end are) on raw paragraphs."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--treebanks", type=Path, required=True)
    options = arguments.parse_args()
    for name in ("ewt-dev", "gum-dev", "ewt-test", "gum-test", "pud-test"):
        counts = {"words": [0, 0, 0], "sentences": [0, 0, 0]}
        for text, sentences in paragraphs(options.treebanks / f"{name}.conllu.xz"):
            words = tokenize(text)
            found = {(words[a][0], words[b - 1][1]) for a, b in split_sentences(text, words)}
            gold_words = {word for sentence in sentences for word in sentence}
            gold = {(sentence[0][0], sentence[-1][1]) for sentence in sentences}
            for kind, one, other in (("words", gold_words, set(words)), ("sentences", gold, found)):
                counts[kind] = [
                    a + b for a, b in zip(counts[kind], (len(one & other), len(one), len(other)), strict=True)
                ]
        shown = (
            f"{kind} F1 {200 * right / (gold + found):.2f}" for kind, (right, gold, found) in counts.items()
        )
        print(f"{name:10}", *shown)


if __name__ == "__main__":
    main()
