"""Count forms, tags and lemmas in the Universal Dependencies treebanks."""

import lzma
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: The folder with ewt-train.conllu.xz, gum-train.conllu.xz, ewt-dev.conllu.xz and gum-dev.conllu.xz.
FOLDER = Path(os.environ.get("DATELINE_TREEBANKS", Path(__file__).parents[3] / "shared" / "treebanks"))


class Word(NamedTuple):
    """One syntactic word of a treebank."""

    form: str
    lemma: str
    upos: str


def words(name: str) -> Iterator[Word]:
    """Yield the words of FOLDER/NAME.conllu.xz, without those that the annotators call typing errors."""
    with lzma.open(FOLDER / f"{name}.conllu.xz", "rt", encoding="utf-8") as stream:
        for line in stream:
            fields = line.rstrip("\n").split("\t")
            if len(fields) == 10 and fields[0].isdigit() and "Typo=Yes" not in fields[5]:
                yield Word(fields[1], fields[2], fields[3])


def training_counts() -> Counter[Word]:
    """Count (lower-cased form, lemma, tag) in the two training sets; a proper noun's lemma keeps its case."""
    counts: Counter[Word] = Counter()
    for name in ("ewt-train", "gum-train"):
        for word in words(name):
            lemma = word.lemma if word.upos == "PROPN" else word.lemma.lower()
            counts[Word(word.form.lower(), lemma, word.upos)] += 1
    return counts
