"""Which word of a question is its verb, where tags alone do not tell."""

from __future__ import annotations

from knowledge.asking.grammar.phrases import Phrases
from knowledge.asking.grammar.sets import (
    AUXILIARY,
    CAUSATIVE,
    GET,
    NOMINAL,
    NOUN,
    RELATIVE,
    REPORTING,
    SEMI_MODAL,
    SUBORDINATORS,
    VERBAL,
)
from knowledge.asking.grammar.tags import verb_lemmas, verb_share
from knowledge.asking.typed.tagger import Tagger
from knowledge.language import lexicon

OPENS_OBJECT = {"DET", "PRON", "ADP", "ADV", "PART", "SCONJ", "WH", "PUNCT", "CCONJ", ""}
"""What follows a verb more often than a noun that is part of its subject."""
SURELY = 0.85
"""Share of a word's uses as a verb from which on it is hardly a noun."""
HELPING = 3.0
"""What an auxiliary scores where one may follow: the verb group starts with it."""
TAGGED = 0.5
"""What a tag that fits the auxiliary adds to a word's share."""


class Verbs(Phrases):
    """Finds the main verb behind an auxiliary and a subject."""

    def verb_at(self, j: int) -> bool:
        """Tell whether the word at j is a verb in its base form, as behind "to"."""
        return self.tags[j] in {"VB", "BE", "HAVE", "DO", "VBP"} or (
            self.low[j] in verb_lemmas(self.low[j])
            and self.tags[j] not in {"DET", "PRON", "PROPN", "WH"}
            and self.tags[j - 1] == "PART"
        )

    def find_verb(self, i: int, wanted: set[str], stop: int | None = None) -> int | None:
        """Return where the main verb stands after an auxiliary and a subject that starts at i."""
        end = self._bound(i, self.n if stop is None else stop)
        if "VBG" in wanted:
            found = self._semi_adjective(i, end)
            if found is not None:
                return found
        inner = self.relative_verb(i, end) if wanted & {"VB", "VBG"} else None
        found = self._likeliest(i, inner + 1 if inner is not None else i + 1, end, wanted)
        if found is None and inner is not None:
            found = self._likeliest(i, i + 1, inner, wanted)
        if found is None and "VB" in wanted:
            return self._unknown_verb(i, end)
        return found

    def _likeliest(self, i: int, first: int, end: int, wanted: set[str]) -> int | None:
        """Return the likeliest verb between two positions of a subject that starts at i."""
        best, found = 0.0, None
        for j in range(first, end):
            score = self._likely(i, j, end, wanted)
            if score > best:
                best, found = score, j
        return found

    def _semi_adjective(self, i: int, end: int) -> int | None:
        """Return where "due", "able" and the like stand before "to" and a verb."""
        for j in range(i + 1, end - 2):
            if self.low[j] in SEMI_MODAL and self.low[j + 1] == "to" and self.verb_at(j + 2):
                return j if self.noun_phrase(i, j) > i else None
        return None

    def _bound(self, i: int, end: int) -> int:
        """Return where the clause ends in which the verb of a subject at i must stand."""
        for j in range(i + 1, end):
            word = self.low[j]
            if self.tags[j] == "CCONJ" and self.tag(j + 1) in AUXILIARY:
                return j
            if word in {"when", "whether"} or (word in SUBORDINATORS and self.clause_at(j + 1, end)):
                return j
        return end

    def relative_verb(self, i: int, end: int) -> int | None:
        """Return the last verb of a relative clause in the subject: "the men that left"."""
        j, _ = self.full_phrase(i, end)
        while j < end and self.tags[j] == "ADP" and self.low[j] not in RELATIVE:
            after, _ = self.full_phrase(j + 1, end)
            j = max(after, j + 1)
        if j + 1 >= end or self.low[j] not in RELATIVE or self.tags[j + 1] not in VERBAL | AUXILIARY:
            return None
        j += 1
        while j + 1 < end and (self.tags[j] in AUXILIARY or self.tags[j] in {"PART", "ADV"}):
            j += 1
        return j

    def _likely(self, i: int, j: int, end: int, wanted: set[str]) -> float:
        """Return how likely the word at j is the verb behind an auxiliary, 0 where it cannot be."""
        tag, word, before = self.tags[j], self.low[j], self.tags[j - 1]
        if before == "DET" or self.low[j - 1] in {"to", "'s"} or self._attributive(j, end):
            return 0.0
        if tag in AUXILIARY and word not in {"be", "been", "have", "had", "do"}:
            return 0.0
        fitting = tag in wanted or ("VB" in wanted and (tag == "VBP" or word == "do"))
        named = self.capitals and self.words[j - 1][0].isupper()
        behind = named or before in NOMINAL | {"PART", "ADV", "PUNCT"}
        if not fitting and not (behind and self._could_be(j, wanted)):
            return 0.0
        if tag in AUXILIARY and fitting and word != "do":
            return HELPING
        if tag in AUXILIARY and word != "do":
            return 0.0
        share = verb_share(word)
        if word == "last" and self.tag(j + 1) not in NOUN:
            share, fitting = 0.9, True
        score = share + (TAGGED if fitting else 0.0)
        if self.capitals and self.words[j][0].isupper():
            score -= 1.0
        least = (0.02 if fitting else 0.01) if "VB" in wanted else 0.0
        return max(least, score + self._surroundings(i, j, end, wanted))

    def _surroundings(self, i: int, j: int, end: int, wanted: set[str]) -> float:
        """Return what the words around j say for or against its being the verb."""
        after = self.tag(j + 1) if j + 1 < end else ""
        gain = 0.3 if after in OPENS_OBJECT else 0.0
        if self.tags[i] == "PRON" and all(self.tags[k] == "ADV" for k in range(i + 1, j)):
            gain += 1.0
        if "VB" not in wanted:
            return gain
        if self.word(j + 1) == "that" and self.clause_at(j + 2, end) and verb_share(self.low[j]) >= 0.4:
            return gain + 1.5
        reports = bool(set(verb_lemmas(self.low[j])) & REPORTING) and verb_share(self.low[j]) >= 0.4
        if reports and (after == "MD" or self.clause_at(j + 1, end) or self.low[j] == "say"):
            return gain + 1.5
        if after in AUXILIARY or self._only_verb(j + 1, end):
            gain -= 1.0
        elif after in {"NOUN", "ADJ"}:
            gain -= 0.3
        if any(self._only_verb(k, end) for k in range(j + 2, end)):
            gain -= 0.6
        return gain - (0.6 if any(self._only_verb(k, end) for k in range(i + 1, j)) else 0.0)

    def _only_verb(self, k: int, end: int) -> bool:
        """Tell whether the word at k can only be a verb, with no auxiliary, conjunction or "to" before it."""
        if (
            k >= end
            or (self.capitals and self.words[k][0].isupper())
            or self.tags[k] in AUXILIARY
            or self.low[k] not in verb_lemmas(self.low[k])
            or verb_share(self.low[k]) < SURELY
        ):
            return False
        held = (
            self.low[k - 1] in {"to", "and", "or", "not", "n't", "that", ","} or self.tags[k - 1] in AUXILIARY
        )
        return not held and self.tags[k] != "VBG" and not set(self.lemmas_before(k)) & CAUSATIVE

    def lemmas_before(self, k: int) -> list[str]:
        """Return the verb lemmas of the words before k."""
        return [x for j in range(k) for x in verb_lemmas(self.low[j])[:1]]

    def _attributive(self, j: int, end: int) -> bool:
        """Tell whether a participle at j only modifies the noun behind it."""
        return (
            self.tags[j] in {"VBN", "VBG"}
            and self.tags[j - 1] in {"ADP", "ADJ", "PART", "DET"}
            and self.opens_noun(j + 1, end)
        )

    def _could_be(self, j: int, wanted: set[str]) -> bool:
        """Tell whether a word that is tagged otherwise may be a verb of a wanted form."""
        word, lemmas = self.low[j], verb_lemmas(self.low[j])
        if not word.replace("-", "").isalpha() or not lemmas:
            return False
        if self.tags[j] in {"ADV", "ADJ"} and word not in lemmas:
            rare = Tagger.load().counts(word).get("ADJ", 0) < 5
            ends = self.tag(j + 1) in {"", "ADP", "PUNCT"} and self.tags[j - 1] in NOMINAL
            return bool(wanted & {"VBN"}) and word.endswith("ed") and rare and ends
        if self.tags[j] in {"PRON", "DET", "ADP", "WH", "CCONJ", "SCONJ"} or word in GET - {"get"}:
            return False
        if wanted & {"VB"} and word in lemmas:
            return True
        if wanted & {"VBG"} and word.endswith("ing"):
            return True
        return bool(wanted & {"VBN"}) and word not in lemmas and not word.endswith(("s", "ing"))

    def _unknown_verb(self, i: int, end: int) -> int | None:
        """Return the place of a word that nothing knows and that stands where the verb must: a typo."""
        for j in range(end - 1, i, -1):
            odd = self.low[j].isalpha() and not lexicon.is_word(self.low[j]) and self.tags[j] in NOUN
            if (
                odd
                and self.words[j].islower()
                and self.tags[j - 1] not in {"ADP", "DET", "ADJ"}
                and (j + 1 == end or self.tags[j + 1] in OPENS_OBJECT)
            ):
                return j if j > i + (self.tags[i] == "DET") else None
        return None
