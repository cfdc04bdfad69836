"""Treebanks as sentences: reading CoNLL-U and IOB2, names from GUM's entity column, augmented copies."""

from __future__ import annotations

import lzma
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

NAME_KINDS = ("PER", "ORG", "LOC", "EVENT", "MISC", "TIME")
NAME_LABELS = ("O", *(f"{prefix}-{kind}" for kind in NAME_KINDS for prefix in "BI"))
KIND_OF_ENTITY = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT", "time": "TIME"}
# Retired subtypes that a few sentences still carry.
RELABELLED = {"obl:npmod": "obl:unmarked", "obl:tmod": "obl:unmarked", "nmod:npmod": "nmod:unmarked"}

# What a word may be called: every label (nothing known), or a few.
ANY_NAME = frozenset(NAME_LABELS)
# UNER marks persons, organizations and places only, so its O may hide a name of another kind.
NOT_MAIN_NAME = frozenset({"O"} | {f"{p}-{k}" for k in ("EVENT", "MISC", "TIME") for p in "BI"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its gold analysis; `heads` are 0-based, -1 for the root; `names` are label sets."""

    words: tuple[str, ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    heads: tuple[int, ...]
    deprels: tuple[str, ...]
    names: tuple[frozenset[str], ...]


def treebank_lines(path: Path) -> list[str]:
    """Return the lines of a plain or xz-compressed file."""
    content = path.read_bytes()
    return (lzma.decompress(content) if path.suffix == ".xz" else content).decode().split("\n")


def blocks(path: Path) -> Iterator[list[list[str]]]:
    """Yield each sentence of a tab-separated file as its rows of plain words."""
    rows: list[list[str]] = []
    for line in [*treebank_lines(path), ""]:
        if not line:
            if rows:
                yield rows
            rows = []
        elif line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdecimal():
                rows.append(columns)


def read_conllu(path: Path) -> list[Sentence]:
    """Read a treebank; names come from `Entity=` where the file has it, else nothing is known of them."""
    sentences = []
    has_entities = "Entity=(" in "\n".join(treebank_lines(path)[:20000])
    for rows in blocks(path):
        sentence = Sentence(
            words=tuple(row[1] for row in rows),
            upos=tuple(row[3] for row in rows),
            xpos=tuple(row[4] for row in rows),
            heads=tuple(int(row[6]) - 1 for row in rows),
            deprels=tuple(RELABELLED.get(row[7], row[7]) for row in rows),
            names=tuple(ANY_NAME for _ in rows),
        )
        if has_entities:
            labels = entity_names(sentence, [row[9] for row in rows])
            sentence = replace(sentence, names=tuple(frozenset({label}) for label in labels))
        sentences.append(sentence)
    return sentences


def add_uner_names(sentences: list[Sentence], path: Path) -> list[Sentence]:
    """Return the sentences with the names that Universal NER gives the same words."""
    named = {tuple(row[1] for row in rows): tuple(row[2] for row in rows) for rows in blocks(path)}
    known = {f"{p}-{k}" for k in ("PER", "ORG", "LOC") for p in "BI"}
    result = []
    for sentence in sentences:
        labels = named.get(sentence.words)
        if labels is not None:
            names = tuple(frozenset({label}) if label in known else NOT_MAIN_NAME for label in labels)
            sentence = replace(sentence, names=names)
        result.append(sentence)
    return result


def names_from_tags(sentence: Sentence) -> Sentence:
    """Return the sentence with its unknown names narrowed by its tags.

    A proper noun is in a name unless it is a title; verbs, pronouns and most others are in none.
    """
    outside = frozenset({"O", "B-TIME", "I-TIME"})
    inside = ANY_NAME - {"O"}
    open_tags = {"NUM", "X", "SYM", "ADP", "DET", "PUNCT", "CCONJ", "NOUN", "ADJ"}
    names = []
    for known, tag, deprel in zip(sentence.names, sentence.upos, sentence.deprels, strict=True):
        if known != ANY_NAME or tag in open_tags or (tag == "PROPN" and deprel == "nmod:desc"):
            names.append(known)
        else:
            names.append(inside if tag == "PROPN" else outside)
    return replace(sentence, names=tuple(names))


def entity_names(sentence: Sentence, misc: list[str]) -> list[str]:
    """Return BIO labels for the mentions of GUM's `Entity=` that are names, the longest where they nest."""
    spans: list[tuple[int, int, str]] = []
    for first, last, kind, minimum in _mentions(misc):
        span = _name_span(sentence, first, last, kind, minimum)
        if span is not None:
            spans.append(span)
    labels = ["O"] * len(sentence.words)
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        if all(label == "O" for label in labels[start:end]):
            labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


def _mentions(misc: list[str]) -> Iterator[tuple[int, int, str, list[int]]]:
    """Yield (first word, last word, entity type, minimal span as word numbers in it) of closed mentions."""
    open_mentions: list[tuple[str, int, str, list[int]]] = []
    for number, column in enumerate(misc):
        found = re.search(r"(?:^|\|)Entity=([^|]*)", column)
        if not found:
            continue
        for opening, body, closing in re.findall(r"(\(?)([^()]+)(\)?)", found.group(1)):
            fields = body.split("-")
            if opening:
                # GRP-etype-infstat-salience-centering-minspan-link(-identity); a few files lack salience.
                minimum = next((f for f in fields[3:] if re.fullmatch(r"\d+(,\d+)*", f)), "1")
                mention = (fields[0], number, fields[1], [int(part) for part in minimum.split(",")])
                if closing:
                    yield number, number, mention[2], mention[3]
                else:
                    open_mentions.append(mention)
            elif closing:
                for position in range(len(open_mentions) - 1, -1, -1):
                    if open_mentions[position][0] == fields[0]:
                        _, start, kind, numbers = open_mentions.pop(position)
                        yield start, number, kind, numbers
                        break


def _name_span(
    sentence: Sentence, first: int, last: int, entity: str, minimum: list[int]
) -> tuple[int, int, str] | None:
    kind = KIND_OF_ENTITY.get(entity, "MISC")
    inside = [first + number - 1 for number in minimum if first + number - 1 <= last]
    if not inside:
        return None
    if kind == "TIME":
        return (first, last + 1, kind) if last - first < 6 and _is_time(sentence, first, last) else None
    head = next((n for n in range(first, last + 1) if not first <= sentence.heads[n] <= last), inside[0])
    if (
        head not in inside
        or sentence.upos[head] != "PROPN"
        or (kind == "PER" and sentence.xpos[head] == "NNPS")
    ):
        return None
    start, end = _without_gaps(sentence, inside, head, kind)
    if kind == "PER" and end - start == 1 and end <= max(inside) and sentence.upos[end] == "ADP":
        return None  # a role: "Fellow of the Royal Society"
    # The minimal span of a name is the whole name; titles before it ("President") are not part of it.
    while start < head and (
        sentence.deprels[start] == "nmod:desc" or sentence.upos[start] in ("DET", "PUNCT")
    ):
        start += 1
    while end - 1 > head and sentence.upos[end - 1] == "PUNCT":
        end -= 1
    return start, end, kind


def _without_gaps(sentence: Sentence, inside: list[int], head: int, kind: str) -> tuple[int, int]:
    """Return the name round its head, as far as the minimal span goes on without a break.

    "Basel, Switzerland", "George and Mary" and "City Hall in New York" are two names each.
    """
    breaking = {"PER": {"CCONJ", "ADP"}, "LOC": {"CCONJ"}}.get(kind, set())

    def joined(left: int, right: int) -> bool:
        between = range(left, right + 1)
        return right - left < 4 and not any(
            sentence.xpos[n] in {",", ":", "-LRB-", "-RRB-", "WRB", "VBD", "VBZ", "VBP", "VBN", "MD"}
            or sentence.upos[n] in breaking
            or (n < head and sentence.xpos[n] == "POS")
            or sentence.words[n].lower() in {"in", "at", "from", "by"}
            for n in between
            if n != head
        )

    position = inside.index(head)
    first = last = position
    while first > 0 and joined(inside[first - 1], inside[first]):
        first -= 1
    while last + 1 < len(inside) and joined(inside[last], inside[last + 1]):
        last += 1
    return inside[first], inside[last] + 1


def _is_time(sentence: Sentence, first: int, last: int) -> bool:
    return not any(sentence.upos[n] in ("VERB", "AUX", "PRON") for n in range(first, last + 1))


OPENING, CLOSING = {'"', "``", "“"}, {'"', "''", "”"}
QUOTE_STYLES = (("“", "”"), ("``", "''"), ("‘", "’"), ("'", "'"), ("´´", "´´"), ("«", "»"))
SMALL = {
    "a",
    "an",
    "the",
    "of",
    "in",
    "on",
    "to",
    "and",
    "or",
    "for",
    "at",
    "by",
    "with",
    "from",
    "as",
    "n't",
    "'s",
}


def augmented(sentence: Sentence, rng: random.Random) -> Sentence:
    """Return the sentence as another writer might have typed it: case, quotation marks, final full stop.

    About half of the sentences come back as they are.
    """
    words = list(sentence.words)
    roll = rng.random()
    if roll < 0.10:
        words = [word.lower() for word in words]
    elif roll < 0.17:
        words = [
            _titled(word) if n == 0 or word.lower() not in SMALL else word for n, word in enumerate(words)
        ]
    elif roll < 0.19:
        words = [word.upper() for word in words]
    if rng.random() < 0.3:
        words = _requoted(words, rng)
    if rng.random() < 0.3:
        style = rng.choice(("’", "´", "’", "'", "`"))
        words = [re.sub("['’]", style, word) if len(word) > 1 else word for word in words]
    changed = replace(sentence, words=tuple(words))
    if rng.random() < 0.12:
        changed = without(changed, {len(words) - 1} if words[-1] in {".", "!", "?", "..."} else set())
    if rng.random() < 0.15:
        changed = without(changed, {n for n, word in enumerate(changed.words) if word in OPENING | CLOSING})
    return changed


def _titled(word: str) -> str:
    return word[:1].upper() + word[1:] if word.islower() else word


def _requoted(words: list[str], rng: random.Random) -> list[str]:
    opening, closing = rng.choice(QUOTE_STYLES)
    result, inside = [], False
    for word in words:
        if word in OPENING | CLOSING:
            result.append(closing if inside else opening)
            inside = not inside
        else:
            result.append(word)
    return result


def without(sentence: Sentence, dropped: set[int]) -> Sentence:
    """Return the sentence without some words, unless another hangs on one of them or none would be left."""
    if not dropped or any(head in dropped for head in sentence.heads) or len(dropped) == len(sentence.words):
        return sentence
    if any(sentence.heads[n] == -1 for n in dropped):
        return sentence
    kept = [n for n in range(len(sentence.words)) if n not in dropped]
    renumbered = {-1: -1} | {old: new for new, old in enumerate(kept)}
    return Sentence(
        words=tuple(sentence.words[n] for n in kept),
        upos=tuple(sentence.upos[n] for n in kept),
        xpos=tuple(sentence.xpos[n] for n in kept),
        heads=tuple(renumbered[sentence.heads[n]] for n in kept),
        deprels=tuple(sentence.deprels[n] for n in kept),
        names=tuple(sentence.names[n] for n in kept),
    )
