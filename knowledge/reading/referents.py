"""What reading builds entities from: mentions, referents under construction, and what nouns name."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

from knowledge.language import gazetteer, lexicon
from knowledge.model import Alias, Article, Entity, EntityKind, Mention, Span
from knowledge.reading.facts.tree import Tree

#: Of equally likely kinds the one with the higher number is taken.
_ORDER: Final = {kind: -number for number, kind in enumerate(EntityKind)}


@dataclass(slots=True)
class Found:
    """A mention with the words that it stands on: sentence number, first, last and head word."""

    span: Span
    kind: str
    confidence: float
    sentence: int
    first: int
    last: int
    head: int


@dataclass(slots=True)
class Referent:
    """An entity under construction; `votes` weighs the kinds that its mentions suggest."""

    name: str
    votes: Counter[EntityKind] = field(default_factory=Counter)
    mentions: list[Found] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)
    plural: bool = False
    country: str = ""
    named: bool = True

    @property
    def kind(self) -> EntityKind:
        """The kind with most votes; of equal ones the first in a fixed order."""
        if len(self.votes) == 1:
            return next(iter(self.votes))
        return (
            max(self.votes, key=lambda kind: (self.votes[kind], _ORDER[kind]))
            if self.votes
            else EntityKind.THING
        )

    @property
    def gender(self) -> str:
        """The gender that titles, given names and pronouns agree on; "" where they do not."""
        (best, weight), *rest = [*self.genders.most_common(2), ("", 0)][:2]
        return best if weight and (not rest or rest[0][1] * 2 < weight) else ""


class Trees:
    """An article's sentences as trees, and which word stands where."""

    def __init__(self, article: Article) -> None:
        """Build the trees once for all stages that read them."""
        self.article = article
        self.text = article.text
        self.trees = [Tree(sentence, number) for number, sentence in enumerate(article.sentences)]

    def form(self, sentence: int, word: int) -> str:
        """Return a word as the article writes it."""
        token = self.trees[sentence].tokens[word]
        return self.text[token.start : token.end]

    def words(self, sentence: int, first: int, last: int) -> str:
        """Return the article's words from the first to the last, line breaks as spaces."""
        tokens = self.trees[sentence].tokens
        return " ".join(self.text[tokens[first].start : tokens[last].end].split())

    def found(self, sentence: int, first: int, last: int, kind: str, confidence: float) -> Found:
        """Return a mention that covers the words from the first to the last."""
        tree = self.trees[sentence]
        span = Span(tree.tokens[first].start, tree.tokens[last].end)
        return Found(span, kind, confidence, sentence, first, last, head_of(tree, first, last))


def head_of(tree: Tree, first: int, last: int) -> int:
    """Return the word of a stretch that is governed from outside it, the first such."""
    for word in range(first, last + 1):
        if not first <= tree.heads[word] <= last and not tree.is_punct(word):
            return word
    return first


def freeze(referents: Iterable[Referent]) -> tuple[Entity, ...]:
    """Return the entities in the order of their first mention, numbered from 0."""
    ordered = sorted(referents, key=lambda r: min((m.span for m in r.mentions), default=Span(0, 0)))
    return tuple(_entity(number, referent) for number, referent in enumerate(ordered))


def _entity(number: int, referent: Referent) -> Entity:
    """Return one finished entity."""
    mentions: dict[Span, Found] = {}
    for mention in sorted(referent.mentions, key=lambda m: (m.span, -m.confidence)):
        mentions.setdefault(mention.span, mention)
    kind = referent.kind
    return Entity(
        id=number,
        kind=EntityKind.GROUP if kind is EntityKind.PERSON and referent.plural else kind,
        name=referent.name,
        aliases=tuple(Alias(text=text, kind=kind) for text, kind in referent.aliases.items()),
        titles=tuple(dict.fromkeys(referent.titles)),
        mentions=tuple(Mention(span=m.span, kind=m.kind, confidence=m.confidence) for m in mentions.values()),
        gender=referent.gender if kind is EntityKind.PERSON else "",
        plural=referent.plural,
        country=referent.country,
    )


_SAME_MARKS: Final = str.maketrans("’´‘-–‑", "'''   ")


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return a name without case, accents, dots, leading article and kind of apostrophe or hyphen, for
    comparing.
    """
    name = name.translate(_SAME_MARKS)
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace(".", "")
    return " ".join(bare.split()).removeprefix("the ")


@cache
def described_nouns(kind: str) -> dict[str, str]:
    """Return one kind of nouns from the table of descriptions, with their detail."""
    text = (files("knowledge.reading") / "data" / "descriptions.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {noun: detail for its, noun, detail in rows if its == kind}


def is_firm_noun(lemma: str) -> bool:
    """Tell whether a noun for a doer names a company as often as a person (maker, lender)."""
    return lemma in described_nouns("firm")


def is_person_noun(lemma: str) -> bool:
    """Tell whether a common noun says what a person is (surgeon, spokesman, mother)."""
    if gazetteer.is_title(lemma):
        return True
    return lexicon.supersense(lemma, "NOUN") == "noun.person" and "place" not in lexicon.noun_classes(lemma)


def noun_kind(lemma: str) -> EntityKind:
    """Return the kind of thing that a common noun names."""
    classes = lexicon.noun_classes(lemma)
    if is_firm_noun(lemma):
        return EntityKind.ORGANIZATION
    if gazetteer.organization_word(lemma) and classes != {"person"}:
        return EntityKind.ORGANIZATION
    if is_person_noun(lemma):
        return EntityKind.PERSON
    if (
        classes & {"act", "state", "communication", "cognition", "attribute", "artifact"}
        and "place" not in classes
    ):
        return EntityKind.EVENT if "event" in classes else EntityKind.THING
    if "organization" in classes and lemma != "family":
        return EntityKind.ORGANIZATION
    if "group" in classes:
        return EntityKind.GROUP
    if "event" in classes:
        return EntityKind.EVENT
    return EntityKind.PLACE if "place" in classes else EntityKind.THING


def phrase_start(tree: Tree, head: int) -> int:
    """Return the first word of a noun phrase up to its head: determiner, possessor and modifiers."""
    first = head
    for kid in tree.kids[head]:
        if kid < first and tree.base[kid] in {"det", "amod", "compound", "nummod", "nmod", "flat", "advmod"}:
            first = min(first, *[w for w in tree.subtree(kid)])
    return first
