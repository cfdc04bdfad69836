"""Say whom pronouns and descriptions stand for: by number, gender, role and recency, never across a
contradiction.

Scores are additive and compared by a soft maximum; a pronoun whose best antecedent is not clearly best is
left alone. The weights follow the order of the salience factors of Lappin & Leass (1994); their sizes were
set on GUM's train documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.language import gazetteer, lexicon
from knowledge.model import Article, Entity, EntityKind, Mention, Quotation, Span
from knowledge.reading.candidates import Resolver, add_candidate, add_group
from knowledge.reading.definites import (
    bearer_of,
    country_of,
    described,
    gender_of,
    is_definite,
    place_nouns,
    same_noun,
)
from knowledge.reading.facts.tree import Tree
from knowledge.reading.pronouns import is_pronoun, resolve_pronoun
from knowledge.reading.referents import Found, Referent, Trees, noun_kind, phrase_start

FIRST_PERSON: Final = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PERSONS: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
_NO_ANTECEDENT: Final = frozenset({"time", "quantity", "money"})


def resolve(trees: Trees, referents: list[Referent], quotations: Sequence[Quotation]) -> list[Referent]:
    """Return the referents with common noun phrases and third-person pronouns added, new ones at the end."""
    resolver = Resolver(trees, referents, quotations)
    for sentence in range(len(trees.trees)):
        _resolve_sentence(resolver, sentence)
    return [r for r in resolver.referents if r.mentions and (r.named or _is_wanted(r))]


def _is_wanted(referent: Referent) -> bool:
    """Tell whether a referent without a name is worth keeping: people, groups, and things spoken of again."""
    return len(referent.mentions) > 1 or referent.kind in {
        EntityKind.PERSON,
        EntityKind.ORGANIZATION,
        EntityKind.GROUP,
    }


def resolve_in_quotations(article: Article, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities with "I" and "we" in a quotation as its speaker's mentions, and no "he" there that
    is.
    """
    spoken = [q for q in article.quotations if q.speaker_span is not None]
    added: dict[int, list[Mention]] = {}
    for sentence in article.sentences:
        for token in sentence.tokens:
            span = Span(token.start, token.end)
            lower = span.of(article.text).lower()
            if token.upos != "PRON" or lower not in FIRST_PERSON | FIRST_PERSONS:
                continue
            speaker = next((q.speaker for q in spoken if q.inner.covers(span)), None)
            if speaker is not None:
                single = entities[speaker].kind is EntityKind.PERSON and not entities[speaker].plural
                confidence = 0.6 if lower in FIRST_PERSONS and single else 0.95
                added.setdefault(speaker, []).append(
                    Mention(span=span, kind="pronoun", confidence=confidence)
                )
    return tuple(_with_mentions(article, spoken, entity, added.get(entity.id, [])) for entity in entities)


def _with_mentions(
    article: Article, spoken: Sequence[Quotation], entity: Entity, added: Sequence[Mention]
) -> Entity:
    """Return an entity with more mentions, third-person pronouns in its own words dropped."""
    own = [q.inner for q in spoken if q.speaker == entity.id and q.whole]
    kept = [m for m in entity.mentions if m.kind != "pronoun" or not any(q.covers(m.span) for q in own)]
    if not added and len(kept) == len(entity.mentions):
        return entity
    return entity.model_copy(update={"mentions": tuple(sorted([*kept, *added], key=lambda m: m.span))})


def _resolve_sentence(resolver: Resolver, sentence: int) -> None:
    """Walk one sentence's words from left to right; what its fronted clauses refer forward to comes last."""
    tree = resolver.trees.trees[sentence]
    waiting: list[int] = []
    for word in range(len(tree)):
        known = resolver.covered.get((sentence, word))
        if known is not None and known[0].head == word:
            add_candidate(resolver, *known)
            add_group(resolver, sentence, word)
        elif known is None and is_pronoun(resolver, sentence, word):
            if _is_fronted(tree, word):
                waiting.append(word)
            else:
                resolve_pronoun(resolver, sentence, word)
        elif known is None and _is_noun_phrase(tree, word):
            _resolve_noun(resolver, sentence, word)
            add_group(resolver, sentence, word)
    for word in waiting:
        resolve_pronoun(resolver, sentence, word, forward=True)


def _is_fronted(tree: Tree, word: int) -> bool:
    """Tell whether a word stands in a subordinate clause or phrase before its main clause's subject."""
    for above in tree.ancestors(word):
        if tree.base[above] in {"advcl", "obl"} and above < tree.heads[above]:
            return True
    return False


def _is_noun_phrase(tree: Tree, word: int) -> bool:
    """Tell whether a word heads a common noun phrase that can be referred to."""
    if tree.upos(word) not in {"NOUN", "PROPN"} or tree.tokens[word].name == EntityKind.TIME:
        return False
    if (
        tree.base[word] in {"compound", "flat", "fixed", "goeswith", "punct"}
        or tree.rels[word] == "nmod:desc"
    ):
        return False
    return not lexicon.noun_classes(tree.lemma(word)) & _NO_ANTECEDENT


def _resolve_noun(resolver: Resolver, sentence: int, word: int) -> None:
    """Link a definite description with what it describes; anything else starts a referent of its own."""
    tree = resolver.trees.trees[sentence]
    first = phrase_start(tree, word)
    found = resolver.trees.found(sentence, first, word, "nominal", 0.9)
    found.head = word
    referent, confidence = None, 0.0
    definite = is_definite(tree, first, word)
    if tree.base[word] not in {"appos"} and tree.child(word, "cop") is None:
        if definite:
            referent, confidence = described(resolver, found)
        else:
            if tree.child(word, "det") is None:
                referent, confidence = bearer_of(resolver, found)
            if referent is None and tree.sentence.paragraph == 0:
                referent, confidence = same_noun(resolver, found, headline=True)
    if referent is None:
        referent = _new(resolver, found)
    else:
        found.confidence = confidence
        text = _bare_words(resolver.trees, found)
        known = {referent.name.lower(), *(alias.lower() for alias in referent.aliases)}
        if text.lower() not in known:
            referent.aliases.setdefault(text, "description")
    referent.mentions.append(found)
    add_candidate(resolver, found, referent)


def _bare_words(trees: Trees, found: Found) -> str:
    """Return a description's words without determiner and possessor."""
    tree = trees.trees[found.sentence]
    first = found.first
    for word in range(found.head - 1, found.first - 1, -1):
        if tree.tokens[word].xpos in {"POS", "PRP$", "WP$", "DT"}:
            first = word + 1
            break
    return trees.words(found.sentence, min(first, found.head), found.head)


def _new(resolver: Resolver, found: Found) -> Referent:
    """Return a new referent for a common noun phrase."""
    tree = resolver.trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    referent = Referent(name=_bare_words(resolver.trees, found), named=False)
    referent.plural = tree.tokens[found.head].xpos in {"NNS", "NNPS"}
    referent.votes[EntityKind.PLACE if lemma in place_nouns() else noun_kind(lemma)] += 1
    referent.country = country_of(resolver.trees, found)
    known = gazetteer.title(lemma)
    if known is not None and known.gender in {"m", "f"}:
        referent.genders[known.gender] += 3
    gender = gender_of(lemma)
    if gender:
        referent.genders[gender] += 3
    resolver.known.add(id(referent))
    resolver.referents.append(referent)
    return referent
