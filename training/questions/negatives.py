"""Make questions that an article does not answer, from questions that it does.

Seven ways, after the traps that people set: another name of the same kind, a name from another article,
another noun, another verb, another adjective, another number, doer and done-to exchanged. A made question
is dropped where the article might answer it after all: where the new words stand in the sentence that proves
the old answer.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from knowledge.asking import engine
from knowledge.asking.index import ArticleIndex
from knowledge.asking.words import related
from knowledge.model import EntityKind

NAMED = {EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE}


def negatives(
    question: str, proof: int, index: ArticleIndex, others: Sequence[ArticleIndex], seed: int
) -> Iterator[tuple[str, str]]:
    """Yield (way, question) pairs for a question whose answer stands in sentence `proof`."""
    chance = random.Random(f"{seed}:{question}")
    found = engine.consider(question, index)
    words = list(found.frame.words)
    for link in found.linked.links:
        if not link.named:
            continue
        kind = index.entities[link.entity].entity.kind
        near = index.sentence_masks[proof]
        rivals = [
            e
            for e in index.entities
            if e.entity.kind is kind and kind in NAMED and e.entity.id != link.entity and not e.mask & near
        ]
        if rivals:
            yield "entity", _put(words, link.start, link.end, chance.choice(rivals).entity.name)
        far = [
            e
            for other in chance.sample(list(others), min(4, len(others)))
            for e in other.entities
            if e.entity.kind is kind and kind in NAMED
        ]
        if far:
            yield "stranger", _put(words, link.start, link.end, chance.choice(far).entity.name)
        break
    nouns = [
        i
        for i, t in found.linked.terms.items()
        if t.tag == "NOUN"
        and t.exact
        and not t.number
        and not found.frame.asked.noun_start <= i < found.frame.asked.noun_end
    ]
    if nouns:
        other = chance.choice(others)
        fresh = [
            w.lemma
            for w in other.words
            if w.upos == "NOUN" and w.lemma not in index.vocabulary and w.lemma.isalpha()
        ]
        if fresh:
            at = chance.choice(nouns)
            yield "noun", _put(words, at, at + 1, chance.choice(fresh))
    yield from _other_verb(words, found, index, others, chance)
    yield from _other_adjective(words, found, index, others, chance)
    for i, t in found.linked.terms.items():
        if t.number and t.exact:
            yield "number", _put(words, i, i + 1, str(chance.randint(2, 97)))
            break
    clause = found.frame.clauses[0] if found.frame.clauses else None
    if clause is not None and found.frame.asked.gap == "object" and not clause.passive:
        subject = clause.slot("subject")
        if subject is not None and not clause.slot("object") and len(found.frame.clauses) == 1:
            name = " ".join(words[subject.start : subject.end])
            verb = words[clause.verb]
            past = found.frame.lemmas[clause.verb]
            yield "swap", f"Who did {past} {name}?" if verb == past else f"Who {verb} {name}?"


def _other_verb(
    words: Sequence[str],
    found: engine.Considered,
    index: ArticleIndex,
    others: Sequence[ArticleIndex],
    chance: random.Random,
) -> Iterator[tuple[str, str]]:
    """Yield the question with a verb, in the same form, that the article has nothing like."""
    clause = found.frame.clauses[found.frame.asked.clause] if found.frame.clauses else None
    if clause is None or clause.copular or clause.verb not in found.linked.terms:
        return
    fresh = _fresh("VERB", found.frame.tags[clause.verb], index, others, chance)
    if fresh:
        yield "verb", _put(words, clause.verb, clause.verb + 1, chance.choice(fresh))


def _other_adjective(
    words: Sequence[str],
    found: engine.Considered,
    index: ArticleIndex,
    others: Sequence[ArticleIndex],
    chance: random.Random,
) -> Iterator[tuple[str, str]]:
    """Yield the question with an adjective that the article has nothing like in the place of one it has."""
    places = [i for i, t in found.linked.terms.items() if t.tag == "ADJ" and t.exact]
    fresh = _fresh("ADJ", "", index, others, chance)
    if places and fresh:
        at = chance.choice(places)
        yield "adjective", _put(words, at, at + 1, chance.choice(fresh))


def _fresh(
    upos: str, xpos: str, index: ArticleIndex, others: Sequence[ArticleIndex], chance: random.Random
) -> list[str]:
    """Return words of another article that the article has nothing like; `xpos` "" stands for every form."""
    drawn = (w for w in chance.choice(others).words if w.upos == upos and xpos in {"", w.xpos})
    # an adjective with a capital is part of a name
    plain = (w for w in drawn if upos != "ADJ" or w.text.islower())
    return sorted({w.text.lower() for w in plain if not _known(w.lemma, upos, index)})


def _known(lemma: str, upos: str, index: ArticleIndex) -> bool:
    """Tell whether the article has a word of this meaning."""
    found = related(lemma, lemma, upos)
    return any(k in index.keys for k in (*found.exact, *(k for k, _ in found.loose)))


def _put(words: Sequence[str], start: int, end: int, new: str) -> str:
    return " ".join([*words[:start], new, *words[end:]]).replace(" 's", "'s").replace(" ?", "?")
