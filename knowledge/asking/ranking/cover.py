"""How much of the question a sentence or a fact holds, and what of it is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from knowledge.asking.index import ArticleIndex
from knowledge.asking.ranking.candidate import Part, part
from knowledge.asking.ranking.moments import moments
from knowledge.asking.terms import Linked, Term


@dataclass(slots=True)
class Around:
    """What a sentence holds of the question: the part of it alone, and the mask of it with its neighbours."""

    part: Part
    mask: int
    missing: dict[str, float]
    antonym: bool


class Cover:
    """The cover of every sentence of an article, worked out when it is first asked for."""

    def __init__(
        self, linked: Linked, told: tuple[Term, ...], question: tuple[str, ...], index: ArticleIndex
    ) -> None:
        """Take the question's words; `told` are its terms without those it asks for or leaves out."""
        self.index = index
        self.told = told
        self.terms = tuple(linked.terms.values())
        self.any = 0
        """The article's words that any of the question's words may mean."""
        for term in self.terms:
            self.any |= term.any
        self._weighed = tuple((t.any, t.exact, t.weight, t) for t in self.terms)
        self.total = sum(t.weight for t in self.terms) or 1.0
        self.question = " ".join(question)
        self.moments = tuple(moments(self.question))
        self.sentences = [self.share(mask) for mask in index.sentence_masks]
        self.best = max(self.sentences, default=0.0)
        self._names = tuple(t.any for t in told if (t.name or t.number) and t.any)
        self._around: dict[int, Around] = {}
        self._known: dict[tuple[int, int], Part] = {}

    def share(self, mask: int) -> float:
        """Return the share of the question's weight that is found within a mask."""
        found = 0.0
        for anywhere, exact, weight, term in self._weighed:
            if exact & mask:
                found += weight
            elif anywhere & mask:
                found += weight * term.strength(mask)
        return found / self.total

    def of(self, sentence: int, mask: int) -> Part:
        """Return the features of what a mask of a sentence covers of the question."""
        mask &= self.any
        found = self._known.get((sentence, mask))
        if found is None:
            found = self._known[sentence, mask] = self._part(sentence, mask)
        return found

    def _part(self, sentence: int, mask: int) -> Part:
        here = self.index.sentence_masks[sentence]
        around = self._around.get(sentence)
        if around is None:
            around = self._around[sentence] = self._look_around(sentence)
        features = {"cover_fact": self.share(mask)}
        for name in self._names:
            if name & here and not name & mask:
                features["name_outside"] = 1.0
                break
        features.update(around.missing if not mask & ~here else self._missing(here | mask, around.mask))
        if around.antonym:
            features["antonym"] = 1.0
        return around.part.more(features)

    def _look_around(self, sentence: int) -> Around:
        masks = self.index.sentence_masks
        here = masks[sentence]
        around = here
        for neighbour in (sentence - 1, sentence + 1):
            if 0 <= neighbour < len(masks):
                around |= masks[neighbour]
        cover = self.sentences[sentence]
        features = {"cover": cover, "cover_best": cover / self.best if self.best else 0.0}
        lost = [t for t in self.told if not t.any & around]
        features["lost"] = sum(t.weight for t in lost) / self.total
        lost_names = sum(t.weight for t in lost if t.name or t.number)
        if lost_names:
            features["lost_name"] = min(1.0, lost_names)
        if self.moments and self._other_moment(sentence):
            features["time_conflict"] = 1.0
        antonym = any(t.opposite & here and not t.any & here for t in self.terms)
        return Around(part(features), around, self._missing(here, around), antonym)

    def _missing(self, here: int, around: int) -> dict[str, float]:
        """Return what sort of the question's words a mask lacks."""
        features: dict[str, float] = {}
        for t in self.told:
            if t.any & here:
                continue
            if t.number:
                features["number_missing"] = 0.5 if t.any & around else 1.0
            elif t.name:
                features["name_missing"] = 1.0
            elif t.tag.startswith("VB"):
                features["verb_missing"] = 1.0
            else:
                name = "noun_missing" if t.tag == "NOUN" else "other_missing"
                features[name] = min(1.0, features.get(name, 0.0) + 0.5 * t.weight)
        return features

    def _other_moment(self, sentence: int) -> bool:
        """Tell whether the sentence has another time of the same sort, and not the question's."""
        told: dict[str, set[str]] = {}
        text = self.index.article.sentences[sentence].span.of(self.index.article.text)
        for sort, value in moments(text):
            told.setdefault(sort, set()).add(value)
        return any(
            sort in told and (value not in told[sort] or self._only_bounds(sort, value, text))
            for sort, value in self.moments
        )

    def _only_bounds(self, sort: str, value: str, text: str) -> bool:
        """Tell whether a year of the question only bounds a time here: "in 1999" is not "since 1999"."""
        if sort != "named year":
            return False
        bound = re.compile(rf"\b(since|until|before|after) {value}\b", re.IGNORECASE)
        here = bound.findall(text)
        return len(here) == text.count(value) and not bound.search(self.question)
