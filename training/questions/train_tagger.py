"""Count the question tagger's table from the treebanks.

    python -m training.questions.train_tagger TREEBANKS OUT.json.gz

The table holds, for lower-cased words of UD English EWT and GUM (train files), how often each word has each
tag ("NOUN 3 VERB 1": strings are loaded in half of the time that tables take), and how often tags follow each
other. Questions are rare in the treebanks, so their transitions count `QUESTION_WEIGHT` times. Accuracy on
the dev files' sentences that end in a question mark is printed.
"""

from __future__ import annotations

import collections
import gzip
import json
import lzma
import pathlib
import sys
from collections.abc import Iterator

from knowledge.asking.typed.tagger import Tagger

QUESTION_WEIGHT = 6
SUFFIX = 3


def sentences(path: pathlib.Path) -> Iterator[list[tuple[str, str]]]:
    """Yield each sentence of a treebank as (lower-cased form, tag) pairs."""
    rows: list[tuple[str, str]] = []
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                continue
            if not line.strip():
                if rows:
                    yield rows
                rows = []
                continue
            cell = line.rstrip("\n").split("\t")
            if cell[0].isdigit():
                rows.append((cell[1].lower(), tag_of(cell[3], cell[4], cell[2], cell[5])))


def tag_of(upos: str, xpos: str, lemma: str, feats: str) -> str:
    """Return the tagger's tag: UPOS, with verbs by form, auxiliaries by kind and interrogatives apart."""
    if "PronType=Int" in feats and upos in {"PRON", "DET", "ADV"}:
        return "WH"
    if upos == "VERB" and xpos.startswith("VB"):
        return xpos
    if upos == "AUX":
        return {"be": "BE", "do": "DO", "have": "HAVE"}.get(lemma, "MD")
    return {"SYM": "X", "VERB": "VBN"}.get(upos, upos)


def main(treebanks: str, out: str) -> None:
    """Count, write and measure."""
    folder = pathlib.Path(treebanks)
    words: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    suffixes: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    follow: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for name in ("ewt-train", "gum-train"):
        for sentence in sentences(folder / f"{name}.conllu.xz"):
            weight = QUESTION_WEIGHT if sentence[-1][0] == "?" else 1
            first, second = "<", "<"
            for form, tag in [*sentence, ("", ">")]:
                follow[f"{first} {second}"][tag] += weight
                follow[second][tag] += weight
                first, second = second, tag
                if form:
                    words[form][tag] += 1
    for form, tags in words.items():
        if sum(tags.values()) <= 3 and form.isalpha():
            suffixes[form[-SUFFIX:]].update(dict.fromkeys(tags, 1))
    table = {
        "about": __doc__,
        "tags": dict(sum(words.values(), collections.Counter())),
        "words": {w: " ".join(f"{t} {n}" for t, n in c.items()) for w, c in sorted(words.items())},
        "suffixes": {s: dict(c) for s, c in sorted(suffixes.items()) if sum(c.values()) >= 3},
        "follow": {k: dict(c) for k, c in sorted(follow.items())},
    }
    with gzip.GzipFile(out, "wb", mtime=0) as file:
        file.write(json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode())
    tagger = Tagger.load()
    for name in ("ewt-dev", "gum-dev"):
        right = total = 0
        for sentence in sentences(folder / f"{name}.conllu.xz"):
            if sentence[-1][0] == "?":
                guessed = tagger.tag([form for form, _ in sentence])
                right += sum(g == t for g, (_, t) in zip(guessed, sentence, strict=True))
                total += len(sentence)
        print(f"{name}: questions, lower case: {right / total:.4f} of {total} tags")


if __name__ == "__main__":
    main(*sys.argv[1:])
