"""Make the tables of senses and relations between words from WordNet.

Run: python -m training.words.relations
"""

import math
import os.path
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from training.words import wordnet
from training.words.forms import zipf
from training.words.output import write, write_sorted
from training.words.wordnet import Sense, Synset

HEADER = """
{what}
Source: Princeton WordNet 3.1 (WordNet licence, see NOTICE); which words are kept, by frequency in wordfreq
3.1.1. This file: WordNet licence. Made by: python -m training.words.relations
"""
SYNONYMS = """
Synonyms: letter (n, v, a, r) and lemma; then lemma=strength in hundredths, strongest first.
Two words of one synset are linked by the geometric mean of the weights of the two senses: how frequent each
is beside its word's most frequent sense, in tagged texts and by rank; words of many senses are trusted less.
A verb's direct hypernyms and troponyms, and an adjective's similar ones, are linked at less than half of
that; words that only share a hypernym are not linked.
"""
ANTONYMS = """
Opposites: letter (n, v, a, r) and lemma; then lemmas. For adjectives also those of similar adjectives' heads.
"""
DERIVATIONS = """
Derivations: letter (n, v, a, r) and lemma; then letter:lemma of words derived from it or that it derives
from.
"""
NOMINALS = """
Nouns that name a verb's event (e) or its agent (a): the letter and noun; then verbs, best first.
"""
SENSES = """
Senses: letter (n, v, a, r) and lemma; then supersenses (lexicographer files) of its senses, most frequent
first, as NAME=share in hundredths of its occurrences; then, for nouns, the numbers of its first two synsets
in hypernyms.tsv.gz.
"""
HYPERNYMS = """
Noun synsets above the first two senses of the nouns in senses.tsv.gz: number; numbers of the direct
hypernyms; lemmas separated by "|".
"""
CONTENT = """
Verbs that take a clause as content: c, lemma; those that mostly mean saying: s, lemma.
From WordNet's sentence frames "Somebody ----s that CLAUSE", "It is ----ed that CLAUSE" and
"Somebody ----s whether INFINITIVE".
"""
LETTERS = "nvar"
#: A direct hypernym or troponym is that much weaker than a word of the same synset; a similar adjective too.
STEP, SIMILAR = 0.45, 0.4
#: Weaker links than this are not listed, nor links that are not among this many strongest of either word.
WEAKEST, MOST = 0.1, 20
#: How much the strength of a link suffers from a word's other senses: the exponent of `focus`.
UNFOCUSED = 0.25
#: Lemmas rarer than this (Zipf) are left out of the tables; of a phrase every word has to be common.
RAREST, RAREST_IN_PHRASE = 2.1, 4.0
#: A verb of saying is one of communication in at least this share of its occurrences.
SPOKEN = 0.3
#: Supersenses of the nouns that name what a verb says, and of those that name who or what does it.
EVENTS = frozenset(
    f"noun.{name}"
    for name in [
        "act",
        "event",
        "communication",
        "process",
        "phenomenon",
        "state",
        "cognition",
        "feeling",
        "possession",
    ]
)
AGENTS = frozenset({"noun.person"})
#: A noun that means neither in this share of its occurrences is not listed.
NOMINAL = 0.3
CLAUSAL_FRAMES = frozenset({26, 29, 34})


def common(lemma: str) -> bool:
    """Tell whether a lemma is frequent enough to be listed; a phrase has the frequency of its rarest word."""
    if not re.fullmatch(r"[a-z][a-z'-]*(?: [a-z'-]+){0,3}", lemma):
        return False
    parts = lemma.replace("-", " ").split()
    return min(zipf().get(part, 0.0) for part in parts) >= (RAREST if len(parts) == 1 else RAREST_IN_PHRASE)


@cache
def focus(lemma: str, letter: str) -> float:
    """Return the share of a lemma's most frequent sense, in (0, 1]: 1 for a word of one sense.

    Whatever a word of many senses (go, make, have) is linked to, it mostly means something else.
    """
    senses = wordnet.senses().get((lemma, letter), ())
    values = [sense.tagged + 1 / sense.rank for sense in senses]
    return max(values) / sum(values)


@cache
def weights(lemma: str, letter: str) -> dict[str, float]:
    """Return for each synset of a lemma how frequent that sense is beside the first, in (0, 1]."""
    senses = wordnet.senses().get((lemma, letter), ())
    most = max((sense.tagged for sense in senses), default=0)
    return {sense.synset: 0.5 * (sense.tagged + 1) / (most + 1) + 0.5 / sense.rank for sense in senses}


def shares(senses: Iterable[Sense]) -> dict[str, float]:
    """Return each supersense's share of a lemma's occurrences; senses without counts weigh by rank."""
    found: dict[str, float] = defaultdict(float)
    for sense in senses:
        found[wordnet.synsets()[sense.synset].file] += sense.tagged + 1 / sense.rank
    total = sum(found.values())
    return dict(sorted(((file, value / total) for file, value in found.items()), key=lambda pair: -pair[1]))


def links(synset: Synset, symbols: str) -> list[Synset]:
    """Return the synsets that whole-synset pointers with one of the symbols lead to."""
    return [
        wordnet.synsets()[pointer.synset]
        for pointer in synset.pointers
        if pointer.symbol in symbols.split() and pointer.source == 0
    ]


def neighbours(synset: Synset) -> list[tuple[Synset, float]]:
    """Return the synsets one licensed step away with the step's factor.

    A general verb with many troponyms says little about each: its steps are damped by their number.
    """
    if synset.key[0] == "v":
        steps = [(above, len(links(above, "~"))) for above in links(synset, "@")]
        steps += [(below, len(links(synset, "~"))) for below in links(synset, "~")]
        verbs = [(other, STEP * (8 / max(8, fan)) ** 0.25) for other, fan in steps]
        grouped = [wordnet.synsets()[p.synset] for p in synset.pointers if p.symbol == "$"]
        return verbs + [(other, STEP) for other in grouped]
    if synset.key[0] == "a":
        return [(other, SIMILAR) for other in links(synset, "&")]
    return []


@cache
def synonyms(lemma: str, letter: str) -> dict[str, float]:
    """Return the strength of every link of a lemma, strongest first.

    Several links between two words add up as independent evidence. Of equally strong words the common come
    first.
    """
    against: dict[str, float] = defaultdict(lambda: 1.0)
    for key, weight in weights(lemma, letter).items():
        synset = wordnet.synsets()[key]
        for other, factor in [(synset, 1.0), *neighbours(synset)]:
            for word in {word.lower() for word in other.words} - {lemma}:
                theirs = weights(word, letter).get(other.key)
                if theirs is not None:
                    trust = (focus(lemma, letter) * focus(word, letter)) ** UNFOCUSED
                    against[word] *= 1 - min(0.98, factor * math.sqrt(weight * theirs) * trust)
    opposite = antonyms(lemma, letter)
    strengths = {word: 1 - rest for word, rest in against.items() if word not in opposite and common(word)}
    kept = [(word, value) for word, value in strengths.items() if value >= WEAKEST]

    def rank(pair: tuple[str, float]) -> tuple[float, float, str]:
        return (-round(pair[1], 2), -min(zipf().get(part, 0.0) for part in pair[0].split()), pair[0])

    return dict(sorted(kept, key=rank))


def strongest(lemma: str, letter: str) -> dict[str, float]:
    """Return a lemma's strongest links and those that are among the strongest of the other word."""
    return {
        word: value
        for place, (word, value) in enumerate(synonyms(lemma, letter).items())
        if place < MOST or lemma in list(synonyms(word, letter))[:MOST]
    }


@cache
def antonyms(lemma: str, letter: str) -> frozenset[str]:
    """Return a lemma's opposites; an adjective also has those of the adjectives that it is similar to."""
    found = set()
    for sense in wordnet.senses().get((lemma, letter), ()):
        synset = wordnet.synsets()[sense.synset]
        if (mine := position(synset, lemma)) is None:
            continue
        own = lexical(synset, mine, "!")
        if letter == "a" and not own and sense.rank <= 2:
            own = [word for head in links(synset, "&") for word in lexical(head, None, "!")]
        found.update(own)
    return frozenset(found - {lemma})


def position(synset: Synset, lemma: str) -> int | None:
    """Return the lemma's word number in a synset."""
    lowered = [word.lower() for word in synset.words]
    return lowered.index(lemma) + 1 if lemma in lowered else None


def lexical(synset: Synset, source: int | None, symbol: str) -> list[str]:
    """Return the words that a symbol leads to from one word of a synset, or from any where source is None."""
    return [
        wordnet.synsets()[p.synset].words[p.target - 1].lower()
        for p in synset.pointers
        if p.symbol == symbol and p.target and (source is None or p.source == source)
    ]


@cache
def derivations(lemma: str, letter: str) -> dict[tuple[str, str], float]:
    """Return the (letter, lemma) pairs derivationally related to a lemma, with the weight of the two senses.

    Pertainyms of adjectives and the adjectives of adverbs count as derivations.
    """
    found: dict[tuple[str, str], float] = defaultdict(float)
    for key, weight in weights(lemma, letter).items():
        synset = wordnet.synsets()[key]
        mine = position(synset, lemma)
        for pointer in synset.pointers:
            if pointer.symbol in {"+", "\\"} and pointer.source == mine and pointer.target:
                other = wordnet.synsets()[pointer.synset]
                word = other.words[pointer.target - 1].lower()
                theirs = weights(word, pointer.synset[0]).get(pointer.synset, 0.0)
                best = found[pointer.synset[0], word]
                found[pointer.synset[0], word] = max(best, math.sqrt(weight * theirs))
    return {pair: value for pair, value in found.items() if pair != (letter, lemma)}


def keys(letter: str) -> list[str]:
    """Return the lemmas of a part of speech that are listed."""
    return sorted(lemma for lemma, its in wordnet.senses() if its == letter and common(lemma))


def write_synonyms() -> None:
    """Write synonyms.tsv.gz, antonyms.tsv.gz."""
    body, opposites = [], []
    for letter in LETTERS:
        for lemma in keys(letter):
            if found := strongest(lemma, letter):
                listed = "|".join(f"{word}={round(100 * value)}" for word, value in found.items())
                body.append(f"{letter}:{lemma}\t{listed}")
            if contrary := antonyms(lemma, letter):
                opposites.append(f"{letter}:{lemma}\t{'|'.join(sorted(contrary))}")
    write_sorted("synonyms.tsv.gz", HEADER.format(what=SYNONYMS.strip()), body)
    write_sorted("antonyms.tsv.gz", HEADER.format(what=ANTONYMS.strip()), opposites)


def write_derivations() -> None:
    """Write derivations.tsv.gz: both directions of every pair."""
    pairs: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for letter in LETTERS:
        for lemma in keys(letter):
            for other in derivations(lemma, letter):
                if common(other[1]):
                    pairs[letter, lemma].add(other)
                    pairs[other].add((letter, lemma))
    body = [
        f"{letter}:{lemma}\t{'|'.join(sorted(':'.join(other) for other in others))}"
        for (letter, lemma), others in sorted(pairs.items())
    ]
    write_sorted("derivations.tsv.gz", HEADER.format(what=DERIVATIONS.strip()), body)


def is_individual(sense: Sense) -> bool:
    """Tell whether a sense is one person ("bush", a president)."""
    synset = wordnet.synsets()[sense.synset]
    return synset.file == "noun.person" and any(pointer.symbol == "@i" for pointer in synset.pointers)


def nominalised(noun: str, files: frozenset[str]) -> list[str]:
    """Return the verbs that a noun is derived from in senses of the given supersenses, best first.

    A pair is as good as its two senses are frequent; of verbs that are as good, the longest common beginning
    wins.
    """
    found: dict[str, float] = defaultdict(float)
    for key, weight in weights(noun, "n").items():
        synset = wordnet.synsets()[key]
        mine = position(synset, noun)
        if synset.file not in files:
            continue
        for pointer in synset.pointers:
            if pointer.symbol == "+" and pointer.source == mine and pointer.synset[0] == "v":
                verb = wordnet.synsets()[pointer.synset].words[pointer.target - 1].lower()
                value = math.sqrt(weight * weights(verb, "v").get(pointer.synset, 0.0))
                shared = len(os.path.commonpath([noun, verb])) / max(len(noun), len(verb))
                found[verb] = max(found[verb], value + 0.3 * shared)
    return sorted((verb for verb in found if common(verb)), key=lambda verb: (-found[verb], verb))


def write_nominals() -> None:
    """Write nominals.tsv.gz."""
    body = []
    for kind, files in (("e", EVENTS), ("a", AGENTS)):
        for noun in keys("n"):
            if kind == "a" and not re.search(r"(?:[eo]r|ar|(?<!m)[ae]nt|ist)$", noun):
                continue
            listed = shares(wordnet.senses()[noun, "n"])
            if sum(share for file, share in listed.items() if file in files) < NOMINAL:
                continue
            if verbs := [verb for verb in nominalised(noun, files) if kind == "e" or verb != noun]:
                body.append(f"{kind}:{noun}\t{'|'.join(verbs)}")
    write_sorted("nominals.tsv.gz", HEADER.format(what=NOMINALS.strip()), body)


def write_senses() -> None:
    """Write senses.tsv.gz and hypernyms.tsv.gz."""
    numbers: dict[str, int] = {}

    def number(key: str) -> int:
        if key not in numbers:
            numbers[key] = len(numbers)
            for above in links(wordnet.synsets()[key], "@ @i"):
                number(above.key)
        return numbers[key]

    body = []
    for letter in LETTERS:
        for lemma in keys(letter):
            senses = [sense for sense in wordnet.senses()[lemma, letter] if not is_individual(sense)]
            if not senses:
                continue
            listed = "|".join(
                f"{file}={max(1, round(100 * share))}" for file, share in shares(senses).items()
            )
            above = "|".join(str(number(sense.synset)) for sense in senses[:2]) if letter == "n" else ""
            body.append(f"{letter}:{lemma}\t{listed}\t{above}".rstrip("\t"))
    write_sorted("senses.tsv.gz", HEADER.format(what=SENSES.strip()), body)
    graph = []
    for key, place in numbers.items():
        synset = wordnet.synsets()[key]
        parents = "|".join(str(numbers[above.key]) for above in links(synset, "@ @i"))
        graph.append(
            f"{place}\t{parents}\t{'|'.join(word.lower() for word in synset.words if common(word.lower()))}"
        )
    write_sorted("hypernyms.tsv.gz", HEADER.format(what=HYPERNYMS.strip()), graph)


def write_clausal() -> None:
    """Write clausal.tsv: verbs that take a clause."""
    body = []
    for lemma in keys("v"):
        clausal = [
            sense
            for sense in wordnet.senses()[lemma, "v"]
            if takes_clause(wordnet.synsets()[sense.synset], lemma)
        ]
        files = {
            wordnet.synsets()[sense.synset].file for sense in clausal if sense.rank <= 2 or sense.tagged > 2
        }
        if any(sense.rank <= 3 or sense.tagged > 1 for sense in clausal):
            body.append(f"c\t{lemma}")
        spoken = shares(wordnet.senses()[lemma, "v"]).get("verb.communication", 0.0)
        if "verb.communication" in files and spoken >= SPOKEN:
            body.append(f"s\t{lemma}")
    write("clausal.tsv", HEADER.format(what=CONTENT.strip()), sorted(body))


def takes_clause(synset: Synset, lemma: str) -> bool:
    """Tell whether one of the frames that hold for the lemma has a clause."""
    mine = position(synset, lemma)
    return any(frame in CLAUSAL_FRAMES and word in {0, mine} for frame, word in synset.frames)


def main() -> None:
    """Write the tables of relations."""
    write_synonyms()
    write_derivations()
    write_nominals()
    write_senses()
    write_clausal()


if __name__ == "__main__":
    main()
