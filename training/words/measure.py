"""Measure the word tables: lemmas against the treebanks' development sets, sizes, load times, memory.

Run: python -m training.words.measure
"""

import subprocess
import sys
import timeit
from collections import Counter
from collections.abc import Callable
from functools import partial

from knowledge.language import lexicon, tables
from training.words import treebanks
from training.words.sources import DATA

#: The first call of each loads its tables.
CALLS = {
    "forms": "lexicon.tags('run')",
    "lemmas": "lexicon.verb_lemmas('ran')",
    "inflections": "inflection.inflect('run', 'past')",
    "synonyms": "lexicon.synonyms('run', 'VERB')",
    "antonyms": "lexicon.antonyms('run', 'VERB')",
    "derivations": "lexicon.derivations('run', 'VERB')",
    "nominals": "lexicon.nominal_verb('decision')",
    "senses": "lexicon.supersense('run', 'VERB')",
    "senses, hypernyms": "lexicon.hypernyms('baker')",
    "spellings": "lexicon.british_american('centre')",
    "countries": "gazetteer.country_named('Peru')",
    "countries, demonyms": "gazetteer.demonym_of('Peruvian')",
    "countries, places": "gazetteer.place('Porto')",
    "given names": "gazetteer.given_name_gender('John')",
    "surnames": "gazetteer.is_surname('Smith')",
    "titles, roles": "gazetteer.is_title('Mr')",
    "units, currencies": "gazetteer.unit('km')",
}
#: Tables of fewer bytes than this are kept as dicts.
SMALL = 15_000
#: Runs in a fresh process: milliseconds and resident megabytes that the calls add.
PROBE = """
import re, time
from pathlib import Path
from knowledge.language import gazetteer, inflection, lexicon
def resident():
    return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024
before, start = resident(), time.perf_counter()
{calls}
print(f"{{1000 * (time.perf_counter() - start):.0f}} ms, {{resident() - before:.1f}} MB")
"""


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


def load_cost(*calls: str) -> str:
    """Return the milliseconds and megabytes that calls take in a fresh process."""
    code = PROBE.format(calls="; ".join(calls))
    result = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return result.stdout.strip()


def memory_of(kind: str) -> str:
    """Return what it costs to load all sorted tables in a fresh process, as "Table" or as "dict"."""
    load = {
        "Table": "tables.Table(name)",
        "dict": "dict(line.partition('\\t')[::2] for line in tables.lines(name))",
    }
    names = [path.name for path in sorted(DATA.glob("*.tsv.gz")) if path.stat().st_size > SMALL]
    return load_cost(f"from knowledge.language import tables; kept = [{load[kind]} for name in {names}]")


def look_up_cost() -> str:
    """Return the microseconds of a look-up in a table kept as bytes and in a dict of it, without caches."""
    table = tables.Table("forms.tsv.gz")
    mapping = {key: table.get(key) for key in table.keys()}  # noqa: SIM118 - Table has no __iter__
    words = list(mapping)[::50]
    seconds = (timeit.timeit(partial(look_up, words, get), number=5) for get in (table.get, mapping.get))
    return " / ".join(f"{1e6 * value / 5 / len(words):.1f}" for value in seconds)


def look_up(words: list[str], get: Callable[[str], str | None]) -> None:
    """Look every word up."""
    for word in words:
        get(word)


def main() -> None:
    """Print the figures of README.md."""
    for name in ("ewt-dev", "gum-dev"):
        accuracy, wrong = lemma_accuracy(name)
        print(f"{name}: lemma accuracy {accuracy:.2%}; most frequent differences (form, tag, ours, theirs):")
        for error, count in wrong.most_common(10):
            print("  ", count, *error)
    for path in sorted(DATA.glob("*.tsv*")):
        print(f"{path.name}: {path.stat().st_size:,} bytes, {len(tables.lines(path.name)):,} lines")
    for name, call in CALLS.items():
        print(f"load {name}: {load_cost(call)}")
    print(f"load all: {load_cost(*CALLS.values())}")
    for kind in ("Table", "dict"):
        print(f"large tables as {kind}: {memory_of(kind)}")
    print(f"a look-up, table / dict: {look_up_cost()} µs")
    print(f"speech verbs: {len(lexicon.SPEECH_VERBS)}")


if __name__ == "__main__":
    main()
