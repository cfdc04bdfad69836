"""Make the tables of forms: which words exist, how often, with which tags and lemmas, and how they inflect.

Run: python -m training.words.forms
"""

import csv
import gzip
from collections import Counter, defaultdict
from functools import cache

import msgpack  # type: ignore[import-untyped, import-not-found, unused-ignore]

from knowledge.language.inflection import SLOTS, regular
from training.words import treebanks, wordnet
from training.words.output import write_sorted
from training.words.sources import SOURCES

LEMMINFLECT = SOURCES / "lemminflect" / "lemminflect" / "resources"
#: lemminflect's categories as UD tags.
CATEGORIES = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
TAGS = tuple(
    [
        "NOUN",
        "VERB",
        "ADJ",
        "ADV",
        "PROPN",
        "PRON",
        "DET",
        "ADP",
        "AUX",
        "PART",
        "SCONJ",
        "CCONJ",
        "NUM",
        "INTJ",
    ]
)
#: A tag that makes up less than this share of a form's occurrences in the treebanks is noise.
NOISE = 0.01
#: Forms that are no dictionary words are listed, with their frequency, down to this Zipf value.
FLOOR = 2.3
#: Where the table's commonest variant is not the usual one: its frequency belongs to another word or sense.
PREFERRED = {
    ("person", "plural"): "people",
    ("lie", "past"): "lied",
    ("lie", "participle"): "lied",
    ("dream", "participle"): "dreamed",
    ("bus", "gerund"): "bussing",
}

HEADER_FORMS = """
English word forms: form, Zipf frequency times ten (0: unknown), whether a dictionary lists it,
tags. Tags are letters in order of frequency: N NOUN, V VERB, J ADJ, R ADV, P PROPN, O PRON, D DET, A ADP, X
AUX, T PART, S SCONJ, C CCONJ, M NUM, I INTJ; "-" for none.
Sources: wordfreq 3.1.1 (CC BY-SA 4.0); SCOWL as packaged by Debian (permissive, see NOTICE); lemminflect
0.2.3 (MIT; the SPECIALIST Lexicon); WordNet 3.1 (WordNet licence); UD English EWT and GUM train (CC BY-SA
4.0, CC BY). This file: CC BY-SA 4.0. Made by: python -m training.words.forms
"""
HEADER_LEMMAS = """
Lemmas of English forms: tag letter (N, V, J, R), a colon and the form; then the possible lemmas, best first,
separated by "/". Closed-class words and fixed readings are listed as TAG:form.
Sources: lemminflect 0.2.3 (MIT; the SPECIALIST Lexicon), WordNet 3.1 (WordNet licence), UD English EWT and
GUM train (CC BY-SA 4.0, CC BY). This file: CC BY-SA 4.0. Made by: python -m training.words.forms
"""
HEADER_INFLECTIONS = """
Inflections that the regular rules do not give: letter and lemma; then for verbs (V) past, participle, gerund
and third person, for nouns (N) the plural, for adjectives (J) comparative and superlative; "-": regular.
Source: lemminflect 0.2.3 (MIT; the SPECIALIST Lexicon), order of variants by wordfreq 3.1.1 (CC BY-SA 4.0).
This file: CC BY-SA 4.0. Made by: python -m training.words.forms
"""
LETTERS = dict(zip(TAGS, "NVJRPODAXTSCMI", strict=True))


@cache
def zipf() -> dict[str, float]:
    """Return the Zipf frequency (log10 of occurrences in a billion words) of wordfreq's forms."""
    packed = (SOURCES / "wordfreq/wordfreq/data/large_en.msgpack.gz").read_bytes()
    centibels = msgpack.unpackb(gzip.decompress(packed), raw=False)[1:]
    return {form: round((900 - cb) / 100, 2) for cb, forms in enumerate(centibels) for form in forms}


@cache
def scowl() -> frozenset[str]:
    """Return the spelling lists' words, names with their capitals, without possessives."""
    found = set()
    for variety in ("american", "british"):
        path = SOURCES / f"w{variety}-large/usr/share/dict/{variety}-english-large"
        found.update(path.read_text(encoding="utf-8").split())
    return frozenset(word for word in found if not word.endswith("'s"))


@cache
def inflections() -> dict[tuple[str, str], tuple[tuple[str, ...], ...]]:
    """Return lemminflect's variants for each slot of a (lemma, tag), lower-case lemmas only."""
    table = {}
    with gzip.open(LEMMINFLECT / "infl_lu.csv.gz", "rt", encoding="utf-8") as stream:
        for lemma, category, *slots in csv.reader(stream):
            if category in CATEGORIES and lemma.islower():
                table[lemma, CATEGORIES[category]] = tuple(
                    tuple(filter(None, slot.split("/"))) for slot in slots
                )
    return table


@cache
def lemmas() -> dict[tuple[str, str], list[str]]:
    """Return the possible lemmas of each (form, tag) of the four open classes, best first.

    Order: the treebanks' counts, then a lemma before the form itself, then WordNet's counts, then frequency.
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for (lemma, tag), slots in inflections().items():
        found[lemma, tag].add(lemma)
        for form in (form for slot in slots for form in slot):
            found[form, tag].add(lemma)
    for lemma, letter in wordnet.senses():
        if " " not in lemma and lemma.isalpha():
            found[lemma, wordnet.UPOS[letter]].add(lemma)
    counts = treebanks.training_counts()
    for word, count in counts.items():
        tag = "VERB" if word.upos == "AUX" else word.upos
        if tag in CATEGORIES.values() and count > 1 and word.form.isalpha() and word.lemma in scowl():
            found[word.form, tag].add(word.lemma)
    return {(form, tag): ranked(form, tag, options, counts) for (form, tag), options in found.items()}


def ranked(form: str, tag: str, options: set[str], counts: Counter[treebanks.Word]) -> list[str]:
    """Order a form's lemmas, best first."""

    letter = {tag: letter for letter, tag in wordnet.UPOS.items() if letter != "s"}[tag]

    def rank(lemma: str) -> tuple[int, bool, int, float, str]:
        tagged = sum(sense.tagged for sense in wordnet.senses().get((lemma, letter), ()))
        count = counts[treebanks.Word(form, lemma, tag)]
        return -count, lemma == form, -tagged, -zipf().get(lemma, 0.0), lemma

    return sorted(options, key=rank)


@cache
def tags() -> dict[str, list[str]]:
    """Return each form's tags: by treebank count, then by WordNet's counts, then open classes in order."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count in treebanks.training_counts().items():
        if word.upos in TAGS:
            seen[word.form][word.upos] += count
    evidence: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for form, counter in seen.items():
        total = counter.total()
        evidence[form].update({tag: (n, 0) for tag, n in counter.items() if n > NOISE * total})
    for (form, tag), options in lemmas().items():
        letter = {"NOUN": "n", "VERB": "v", "ADJ": "a", "ADV": "r"}[tag]
        tagged = sum(sense.tagged for lemma in options for sense in wordnet.senses().get((lemma, letter), ()))
        if seen[form].total() < 300 or tag in evidence[form]:
            evidence[form][tag] = (evidence[form].get(tag, (0, 0))[0], tagged)
    return {
        form: sorted(found, key=lambda tag: (-found[tag][0], -found[tag][1], TAGS.index(tag)))
        for form, found in evidence.items()
    }


def dictionary() -> set[str]:
    """Return the lower-cased forms that some dictionary lists; names only if they are not rare."""
    words = {form for form, _ in lemmas()}
    words |= {word for word in scowl() if word.islower()}
    words |= {word.lower() for word in scowl() if zipf().get(word.lower(), 0.0) >= 2.5}
    return words


def write_forms() -> None:
    """Write forms.tsv.gz."""
    known, tagged = dictionary(), tags()
    listed = (
        known | set(tagged) | {form for form, value in zipf().items() if value >= FLOOR and form.isalpha()}
    )
    ordered = sorted(form for form in listed if form and " " not in form and "\t" not in form)
    words = known | set(tagged)
    body = []
    for form in ordered:
        letters = "".join(LETTERS[tag] for tag in tagged.get(form, ())) or "-"
        body.append(f"{form}\t{round(10 * zipf().get(form, 0.0))}\t{int(form in words)}\t{letters}")
    write_sorted("forms.tsv.gz", HEADER_FORMS, body)
    print(f"  {len(ordered):,} forms, {len(words & set(ordered)):,} of them words")


def write_lemmas() -> None:
    """Write lemmas.tsv.gz: the open classes, then the treebanks' majority reading of closed-class forms."""
    body = [
        f"{LETTERS[tag]}:{form}\t{'/'.join(options)}" for (form, tag), options in sorted(lemmas().items())
    ]
    best: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for word, count in treebanks.training_counts().items():
        clitic = word.form.startswith("'")
        if clitic or word.upos not in {*CATEGORIES.values(), "PROPN", "PUNCT", "X", "SYM", "NUM"}:
            best[word.form, word.upos][word.lemma] += count
    for (form, tag), counter in sorted(best.items()):
        lemma, count = counter.most_common(1)[0]
        if count > 1 and lemma != form:
            body.append(f"{tag}:{form}\t{lemma}")
    write_sorted("lemmas.tsv.gz", HEADER_LEMMAS, body)


def preferred(variants: tuple[str, ...], regular: str, lemma: str, plural: bool) -> str:
    """Return the commonest variant, of plurals one unlike the singular if any; "-" if it is regular."""
    attested = [form for form in variants if form in zipf()]
    if not attested:
        return "-"
    best = max(attested, key=lambda form: (form != lemma or not plural, zipf()[form]))
    return "-" if best == regular else best


def slots_of(lemma: str, tag: str, given: tuple[tuple[str, ...], ...]) -> list[str]:
    """Return a lemma's irregular forms in the order of the table's columns."""
    names = [name for name, (letter, _) in SLOTS.items() if letter == LETTERS[tag]]
    padded = (*given, *[()] * (len(names) - len(given)))
    if tag == "VERB" and not padded[1]:
        padded = (padded[0], padded[0], *padded[2:])
    plural = tag == "NOUN"
    return [
        PREFERRED.get((lemma, name)) or preferred(variants, regular(lemma, name), lemma, plural)
        for name, variants in zip(names, padded, strict=True)
    ]


def write_inflections() -> None:
    """Write inflections.tsv.gz: what the regular rules do not give."""
    body = ["V:be\twas\tbeen\tbeing\tis"]
    for (lemma, tag), given in sorted(inflections().items()):
        if tag == "ADV":
            continue
        slots = slots_of(lemma, tag, given)
        if set(slots) != {"-"}:
            body.append(f"{LETTERS[tag]}:{lemma}\t" + "\t".join(slots))
    write_sorted("inflections.tsv.gz", HEADER_INFLECTIONS, body)


def main() -> None:
    """Write the tables of forms."""
    write_forms()
    write_lemmas()
    write_inflections()


if __name__ == "__main__":
    main()
