"""Count how often each verb has an object: python -m training.transitivity TREEBANK... > transitive.tsv.

Reads UD treebanks (CoNLL-U, xz) and prints every verb lemma seen three times or more with the share of its
clauses that have an object or are passive.
"""

from __future__ import annotations

import lzma
import sys
from collections import Counter
from collections.abc import Iterable

FEWEST = 3
HEADER = """\
# Share of a verb's clauses that have an object or are passive: lemma <TAB> share. Verbs seen three times or
# more.
# Made by training/transitivity.py from UD English EWT (CC BY-SA 4.0) and the open part of GUM (CC BY), train
# files."""


def sentences(path: str) -> Iterable[list[list[str]]]:
    """Yield the sentences of a CoNLL-U file as rows of columns, without multiword and empty words."""
    rows: list[list[str]] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            if line.strip():
                columns = line.rstrip("\n").split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
            elif rows:
                yield rows
                rows = []


def count(paths: Iterable[str]) -> dict[str, float]:
    """Return the share of transitive clauses by verb lemma."""
    seen: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for path in paths:
        for rows in sentences(path):
            lemmas = {r[0]: r[2].lower() for r in rows if r[3] == "VERB"}
            having = {r[6] for r in rows if r[7] in ("obj", "ccomp", "nsubj:pass", "aux:pass", "csubj:pass")}
            having |= {r[0] for r in rows if r[7] == "acl" and r[4] == "VBN"}
            seen.update(lemmas.values())
            taken.update(lemma for number, lemma in lemmas.items() if number in having)
    return {lemma: taken[lemma] / n for lemma, n in sorted(seen.items()) if n >= FEWEST}


if __name__ == "__main__":
    print(HEADER)
    for lemma, share in count(sys.argv[1:]).items():
        print(f"{lemma}\t{share:.2f}")
