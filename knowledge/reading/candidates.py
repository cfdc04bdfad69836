"""The mentions that pronouns and descriptions can refer back to, in the order of the text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.model import EntityKind, Quotation, Span
from knowledge.reading.referents import Found, Referent, Trees, phrase_start

#: How many sentences back any candidate is looked for: quoted sentences do not count as distance.
_WINDOW: Final = 30
#: Determiners that speak of nothing that could be taken up again.
_NONE: Final = frozenset({"no", "neither"})


@dataclass(slots=True)
class Candidate:
    """A mention that others can refer back to."""

    found: Found
    referent: Referent
    number: str
    kind: EntityKind
    role: str
    lemma: str
    quotation: int | None


class Resolver:
    """The state of one article's resolution: the candidates so far, in the text's order."""

    def __init__(self, trees: Trees, referents: list[Referent], quotations: Sequence[Quotation]) -> None:
        self.trees = trees
        self.referents = referents
        self.known = {id(referent) for referent in referents}
        self.quotations = quotations
        self.starts = [quotation.inner.start for quotation in quotations]
        self.covered: dict[tuple[int, int], tuple[Found, Referent]] = {}
        for referent in referents:
            for mention in referent.mentions:
                for word in range(mention.first, mention.last + 1):
                    old = self.covered.get((mention.sentence, word))
                    if old is None or old[0].last - old[0].first > mention.last - mention.first:
                        self.covered[mention.sentence, word] = mention, referent
        self.candidates: list[Candidate] = []
        self.by_lemma: dict[str, list[Candidate]] = {}
        self.bearers = [r for r in referents if r.kind is EntityKind.PERSON and r.titles]
        self.told: list[int] = []
        for tree in trees.trees:
            here = tree.sentence.span
            number = bisect_right(self.starts, here.start + 1) - 1
            span = quotations[number].span if number >= 0 else Span(0, 0)
            quoted = span.start <= here.start and here.end <= span.end + 1
            self.told.append((self.told[-1] if self.told else 0) + (not quoted))

    def distance(self, sentence: int, other: int, quoted: bool) -> int:
        """Return how many sentences lie between two; for words outside quotations those wholly quoted do not
        count.
        """
        return sentence - other if quoted else min(sentence - other, self.told[sentence] - self.told[other])

    def near(self, sentence: int) -> Iterator[Candidate]:
        """Yield the candidates of this sentence and some before, the most recent first."""
        for candidate in reversed(self.candidates):
            if sentence - candidate.found.sentence > _WINDOW:
                return
            yield candidate

    def covered_in(self, sentence: int) -> Iterator[tuple[Found, Referent]]:
        """Yield the names of a sentence with what they stand for."""
        for word in range(len(self.trees.trees[sentence])):
            if (known := self.covered.get((sentence, word))) is not None:
                yield known

    def quotation_of(self, span: Span) -> int | None:
        """Return the number of the quotation that a span lies in."""
        number = bisect_right(self.starts, span.start) - 1
        return number if number >= 0 and self.quotations[number].inner.covers(span) else None


def add_candidate(resolver: Resolver, found: Found, referent: Referent, *, noun: bool = True) -> None:
    """Make a mention a candidate for what follows; `noun`: also where its noun is repeated."""
    tree = resolver.trees.trees[found.sentence]
    if any(tree.lemma(kid) in _NONE for kid in tree.children(found.head, "det")):
        return
    candidate = Candidate(
        found=found,
        referent=referent,
        number=_number(referent),
        kind=referent.kind,
        role=tree.rels[found.head],
        lemma=tree.lemma(found.head),
        quotation=resolver.quotation_of(found.span),
    )
    resolver.candidates.append(candidate)
    if noun:
        resolver.by_lemma.setdefault(candidate.lemma, []).append(candidate)


def add_group(resolver: Resolver, sentence: int, word: int) -> None:
    """Make a coordination that ends with a word a candidate for "they", beside its conjuncts."""
    tree = resolver.trees.trees[sentence]
    first = tree.heads[word]
    if tree.base[word] != "conj" or first < 0 or word != max(tree.children(first, "conj")):
        return
    if not any(tree.lemma(kid) in {"and", "or"} for kid in tree.children(word, "cc")):
        return
    start = phrase_start(tree, first)
    name = resolver.covered.get((sentence, word))
    last = name[0].last if name is not None and name[0].head == word else word
    found = resolver.trees.found(sentence, start, last, "nominal", 0.9)
    found.head = first
    referent = Referent(name=resolver.trees.words(sentence, start, last), named=False, plural=True)
    referent.votes[EntityKind.GROUP] += 1
    referent.mentions.append(found)
    add_candidate(resolver, found, referent, noun=False)


def _number(referent: Referent) -> str:
    """Return s, p or "" (either) for a referent's grammatical number."""
    if referent.plural:
        return "p"
    return "" if referent.kind in {EntityKind.ORGANIZATION, EntityKind.GROUP} else "s"
