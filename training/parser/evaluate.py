"""Measure the shipped parser with gold words: `python -m training.parser.evaluate --treebanks DIR`.

UAS and LAS are given over all words and, as spaCy's scorer has them, without punctuation, whose heads PUD
chooses by an older convention than EWT and GUM. "Core right" is the share of sentences in which every core
argument (nsubj, obj, iobj, csubj, ccomp, xcomp, with subtypes) has its head and universal label, and in which
there is no other.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from pathlib import Path

from knowledge.reading.parser import Parse, Parser
from training.parser import data

CORE = {"nsubj", "obj", "iobj", "csubj", "ccomp", "xcomp"}
SHOWN = (
    "nsubj",
    "obj",
    "iobj",
    "obl",
    "ccomp",
    "xcomp",
    "advcl",
    "acl",
    "appos",
    "nmod",
    "flat",
    "conj",
    "parataxis",
    "nsubj:pass",
    "obl:agent",
    "obl:unmarked",
    "acl:relcl",
    "nmod:poss",
    "nmod:desc",
    "nmod:unmarked",
    "csubj",
)


def universal(deprel: str) -> str:
    """Return a label without its subtype."""
    return deprel.split(":")[0]


class Tally:
    """Right, predicted and gold counts of something."""

    def __init__(self) -> None:
        self.right: Counter[str] = Counter()
        self.predicted: Counter[str] = Counter()
        self.gold: Counter[str] = Counter()

    def add(self, gold: set[tuple[str, ...]], predicted: set[tuple[str, ...]]) -> None:
        """Count the items by their first field."""
        self.gold.update(item[0] for item in gold)
        self.predicted.update(item[0] for item in predicted)
        self.right.update(item[0] for item in gold & predicted)

    def f1(self, key: str | None = None) -> float:
        """Return the F1 of one key, or of all together."""
        keys = [key] if key is not None else list(self.gold | self.predicted)
        right, total = (sum(counter[k] for k in keys) for counter in (self.right, self.gold + self.predicted))
        return 2 * right / total if total else 0.0


def arcs(heads: tuple[int, ...], deprels: tuple[str, ...]) -> set[tuple[str, ...]]:
    """Return labelled arcs: (label, dependent, head)."""
    return {(deprel, str(n), str(head)) for n, (head, deprel) in enumerate(zip(heads, deprels, strict=True))}


def name_spans(labels: tuple[str, ...], number: int) -> set[tuple[str, ...]]:
    """Return the names that IOB2 labels mark: (kind, sentence, start, end)."""
    spans: set[tuple[str, ...]] = set()
    start = None
    for n, label in enumerate((*labels, "O")):
        if start is not None and not label.startswith("I-"):
            spans.add((labels[start][2:], str(number), str(start), str(n)))
            start = None
        if label.startswith("B-"):
            start = n
    return spans


def measure(sentences: list[data.Sentence], parses: list[Parse]) -> dict[str, float]:
    """Return the figures of one treebank."""
    words = sum(len(s.words) for s in sentences)
    full, plain = Tally(), Tally()
    counts: Counter[str] = Counter()
    for sentence, parse in zip(sentences, parses, strict=True):
        labels = (tuple(map(universal, sentence.deprels)), tuple(map(universal, parse.deprels)))
        full.add(arcs(sentence.heads, sentence.deprels), arcs(parse.heads, parse.deprels))
        plain.add(arcs(sentence.heads, labels[0]), arcs(parse.heads, labels[1]))
        counts["uas"] += sum(a == b for a, b in zip(sentence.heads, parse.heads, strict=True))
        kept = [n for n, deprel in enumerate(sentence.deprels) if deprel != "punct"]
        counts["no punct"] += len(kept)
        counts["uas no punct"] += sum(sentence.heads[n] == parse.heads[n] for n in kept)
        counts["upos"] += sum(a == b for a, b in zip(sentence.upos, parse.upos, strict=True))
        counts["xpos"] += sum(a == b for a, b in zip(sentence.xpos, parse.xpos, strict=True))
        core = [
            {arc for arc in arcs(h, d) if arc[0] in CORE}
            for h, d in ((sentence.heads, labels[0]), (parse.heads, labels[1]))
        ]
        counts["core"] += core[0] == core[1]
    unmarked = {
        "UAS no punct": counts["uas no punct"] / counts["no punct"],
        "LAS no punct": (plain.right.total() - plain.right["punct"]) / counts["no punct"],
    }
    figures = unmarked | {
        "UAS": counts["uas"] / words,
        "LAS universal": plain.right.total() / words,
        "LAS full": full.right.total() / words,
        "core right": counts["core"] / len(sentences),
        "UPOS": counts["upos"] / words,
        "XPOS": counts["xpos"] / words,
    }
    for label in SHOWN:
        tally = full if ":" in label else plain
        if tally.gold[label]:
            figures[f"{label}"] = tally.f1(label)
    return figures


def measure_names(gold: list[tuple[str, ...]], parses: list[Parse], kinds: set[str]) -> dict[str, float]:
    """Return the F1 of exact spans with their kind, for each kind and all together."""
    tally = Tally()
    for n, (labels, parse) in enumerate(zip(gold, parses, strict=True)):
        tally.add(
            *({span for span in name_spans(row, n) if span[0] in kinds} for row in (labels, parse.names))
        )
    return {f"names {kind}": tally.f1(kind) for kind in sorted(kinds)} | {"names": tally.f1()}


def main() -> None:
    """Print the figures of every test set as a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--treebanks", type=Path, required=True)
    options = arguments.parse_args()
    started = time.monotonic()
    parser = Parser.load()
    print(f"loaded in {time.monotonic() - started:.2f} s")
    columns: dict[str, dict[str, float]] = {}
    for name in ("pud-test", "ewt-test", "gum-dev", "gum-test"):
        sentences = data.read_conllu(options.treebanks / f"{name}.conllu.xz")
        started = time.process_time()
        parses = parser.parse([sentence.words for sentence in sentences])
        spent = time.process_time() - started
        columns[name] = measure(sentences, parses)
        columns[name]["words/s"] = sum(len(s.words) for s in sentences) / spent
        if name.startswith("gum"):
            gold = [tuple(next(iter(label)) for label in s.names) for s in sentences]
            columns[name] |= measure_names(gold, parses, set(data.NAME_KINDS))
        elif name == "ewt-test":
            rows = list(data.blocks(options.treebanks / "uner-ewt-test.iob2.xz"))
            gold = [tuple(row[2] if row[2][2:] in {"PER", "ORG", "LOC"} else "O" for row in s) for s in rows]
            named = parser.parse([[row[1] for row in s] for s in rows])
            columns[name] |= measure_names(gold, named, {"PER", "ORG", "LOC"})
    print(f"{'':16}" + "".join(f"{name:>10}" for name in columns))
    for row in dict.fromkeys(key for column in columns.values() for key in column):
        cells = [column.get(row) for column in columns.values()]
        shown = ["" if c is None else f"{c:.0f}" if c > 1.5 else f"{100 * c:.1f}" for c in cells]
        print(f"{row:16}" + "".join(f"{cell:>10}" for cell in shown))


if __name__ == "__main__":
    main()
