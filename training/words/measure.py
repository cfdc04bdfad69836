"""Measure the word tables: lemmas against the treebanks' development sets, sizes, load times.

    python -m training.words.measure
"""

import subprocess
import sys
from collections import Counter

from knowledge.language import lexicon
from training.words import treebanks
from training.words.sources import DATA

#: One call that loads each table.
CALLS = {
    "forms": "lexicon.tags('run')",
    "lemmas": "lexicon.verb_lemmas('ran')",
}


def lemma_accuracy(name: str) -> tuple[float, Counter[tuple[str, str, str, str]]]:
    """Return the share of a treebank's words whose lemma is right given the gold tag, and the errors."""
    total, wrong = 0, Counter[tuple[str, str, str, str]]()
    for word in treebanks.words(name):
        if word.upos in {"PUNCT", "SYM", "X"}:
            continue
        total += 1
        guess = lexicon.lemma(word.form, word.upos)
        gold = word.lemma if word.upos == "PROPN" else word.lemma.lower()
        if guess != gold:
            wrong[word.form.lower(), word.upos, guess, gold] += 1
    return 1 - wrong.total() / total, wrong


def load_time(call: str) -> str:
    """Return milliseconds and resident megabytes that a call takes in a fresh process with the module imported."""
    code = (
        "import time, resource; from knowledge.language import lexicon, inflection, gazetteer; "
        "m = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss; t = time.perf_counter(); "
        f"{call}; print(f'{{(time.perf_counter() - t) * 1000:.0f}} ms, "
        "{(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - m) / 1024:.0f} MB')"
    )
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def main() -> None:
    """Print the figures of README.md."""
    for name in ("ewt-dev", "gum-dev"):
        accuracy, wrong = lemma_accuracy(name)
        print(f"{name}: lemma accuracy {accuracy:.2%}; most frequent differences (form, tag, ours, theirs):")
        for error, count in wrong.most_common(12):
            print("  ", count, *error)
    for path in sorted(DATA.iterdir()):
        print(f"{path.name}: {path.stat().st_size:,} bytes")
    for name, call in CALLS.items():
        print(f"load {name}: {load_time(call)}")


if __name__ == "__main__":
    main()
