"""Phrases of a sentence that may answer, and the sort of thing that a noun asks for."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from knowledge.asking import words
from knowledge.asking.index import ArticleIndex, sorts_of
from knowledge.language import gazetteer, lexicon

PLACE_KINDS: Mapping[str, frozenset[str]] = {
    "country": frozenset({"country"}),
    "nation": frozenset({"country"}),
    "city": frozenset({"city"}),
    "town": frozenset({"city"}),
    "capital": frozenset({"city"}),
    "continent": frozenset({"continent"}),
    "state": frozenset({"state", "country"}),
    "village": frozenset({"city"}),
}

OUTSIDE = {"case", "mark", "cc", "punct", "dep", "parataxis", "discourse", "vocative", "cop", "aux", "nsubj"}
"""Relations of words that hang on a noun and are no part of its phrase."""
NOMINAL = {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "ADJ"}
SORTS = {"person", "organization", "place", "time", "quantity", "number", "money", "group", "animal", "event"}
"""Sorts of thing that tell one answer from another."""
FARTHEST = 12
"""The distance of words that no arcs join."""


def place_kind(index: ArticleIndex, mask: int) -> str:
    """Return what kind of place a gazetteer takes the names in a mask for, or ""."""
    name = " ".join(index.words[i].text for i in index.numbers(mask) if index.words[i].upos == "PROPN")
    if not name:
        return ""
    if words.country_key(name):
        return "country"
    found = gazetteer.place(name)
    return found.kind if found is not None else ""


def noun_sorts(lemma: str) -> frozenset[str]:
    """Return the sorts of thing that a noun asks for ("country" a place, "company" an organization)."""
    sorts = set(lexicon.noun_classes(lemma))
    if sorts & {"group"}:
        sorts.add("organization")
    if lemma in {"year", "day", "month", "date", "time", "decade", "century", "week", "hour"}:
        sorts = {"time"}
    if "location" in sorts:
        sorts.add("place")
    return frozenset(sorts & SORTS)


def phrase_mask(index: ArticleIndex, head: int, short: bool = False) -> int:
    """Return the words of the phrase that a head governs, without clauses and asides that hang on it.

    The short form keeps determiner, modifiers, compounds and the name only.
    """
    mask = 1 << head
    for child in index.children[head]:
        rel = index.words[child].deprel
        base = rel.split(":")[0]
        loose = base in OUTSIDE and (index.words[head].upos in NOMINAL or base in {"mark", "cc", "punct"})
        joining = base == "punct" and index.words[child].text in {"-", "–", "%", '"'} and child < head
        if loose and not joining:
            continue
        if rel in {"acl:relcl", "advcl:relcl"} or (
            base in {"appos", "advcl"} and index.words[head].upos in {"NOUN", "PROPN"}
        ):
            continue
        if short and base in {"nmod", "acl", "conj", "advcl", "obl"} and rel != "nmod:poss":
            continue
        mask |= index.subtree(child)
    return mask


def constituents(index: ArticleIndex, sentence: int) -> tuple[tuple[int, int, frozenset[str]], ...]:
    """Return mask, head and sorts of the phrases of a sentence that could be an answer, found once."""
    found = index.phrases.get(sentence)
    if found is None:
        found = tuple(
            (mask, head, sorts_of(index, head, index.words[head].entity, mask))
            for mask, head in _constituents(index, sentence)
        )
        index.phrases[sentence] = found
    return found


def _part_of_name(index: ArticleIndex, number: int) -> bool:
    """Tell whether a word is only part of the name that it stands in: "State" of a "State Commission"."""
    word = index.words[number]
    governor = index.words[word.head]
    return (
        word.upos == "PROPN"
        and governor.upos == "PROPN"
        and word.entity >= 0
        and word.entity == governor.entity
    )


def _constituents(index: ArticleIndex, sentence: int) -> Iterator[tuple[int, int]]:
    for i in index.numbers(index.sentence_masks[sentence]):
        word = index.words[i]
        rel = word.deprel.split(":")[0]
        if word.upos in {"PUNCT", "DET", "ADP", "AUX", "CCONJ", "SCONJ", "PART", "INTJ"}:
            continue
        if word.upos in {"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"} and rel not in {
            "flat",
            "compound",
            "fixed",
        }:
            yield phrase_mask(index, i), i
        elif rel in {"amod", "compound", "nmod"} and word.upos in {"ADJ", "NOUN", "PROPN"}:
            if not _part_of_name(index, i):
                yield index.subtree(i), i
        elif rel in {"advcl", "ccomp", "xcomp", "acl"} or (word.upos == "ADV" and rel == "advmod"):
            yield phrase_mask(index, i), i
        elif word.upos == "ADJ":
            yield phrase_mask(index, i, short=True), i


def distance(index: ArticleIndex, a: int, b: int) -> int:
    """Return the number of arcs between two words of a sentence, `FARTHEST` where they are of two."""
    if index.words[a].sentence != index.words[b].sentence:
        return FARTHEST
    return distances(index, b)[a - first_word(index, index.words[b].sentence)]


def first_word(index: ArticleIndex, sentence: int) -> int:
    """Return the number of a sentence's first word."""
    mask = index.sentence_masks[sentence]
    return (mask & -mask).bit_length() - 1


def distances(index: ArticleIndex, word: int) -> array[int]:
    """Return the number of arcs from a word to each word of its sentence, in order, found once."""
    found = index.arcs.get(word)
    if found is None:
        sentence = index.words[word].sentence
        first = first_word(index, sentence)
        found = array("I", [FARTHEST]) * index.sentence_masks[sentence].bit_count()
        found[word - first] = 0
        reached = [(word, -1)]
        for at, before in reached:
            for beside in (index.heads[at], *index.children[at]):
                if beside >= 0 and beside != before:
                    found[beside - first] = found[at - first] + 1
                    reached.append((beside, at))
        index.arcs[word] = found
    return found
