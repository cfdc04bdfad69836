"""Tags of a question, mended where they decide its shape and a trigram is too short to get them right."""

from __future__ import annotations

import functools

from knowledge.asking.grammar.sets import (
    AUXILIARY,
    BE,
    DEGREES,
    DO,
    GET,
    HAVE,
    MODAL,
    MODIFIER,
    NOUN,
    QUESTION_WORDS,
    STRANDABLE,
    SUBJECT_PRONOUNS,
    VERBAL,
)
from knowledge.asking.typed.tagger import Tagger
from knowledge.language import gazetteer, inflection, lexicon

PREFIXES = {"re", "co", "de", "un", "pre", "mis", "over", "under", "out"}
ALWAYS = 0.9
"""Share from which on a word is taken for a verb, whatever stands before it."""
VERB_PLACES = {0: 0.8, 1: 0.35, 2: 0.15}
"""How likely a word is a verb by the place that its lexicon entry gives the verb among its tags."""


def verb_lemmas(word: str) -> tuple[str, ...]:
    """Return the verbs that a lower-case word may be a form of, also behind a prefix with a hyphen."""
    found = lexicon.verb_lemmas(word)
    prefix, dash, rest = word.partition("-")
    if not found and dash and prefix in PREFIXES:
        return tuple(f"{prefix}-{x}" for x in lexicon.verb_lemmas(rest))
    return found


@functools.lru_cache(maxsize=1 << 13)
def verb_share(word: str) -> float:
    """Return how often a lower-case word is a verb, from 0 to 1."""
    if not verb_lemmas(word):
        return 0.0
    tags = lexicon.tags(word)
    prior = 0.97 if tags == ("VERB",) else 0.05
    if "VERB" in tags and len(tags) > 1:
        prior = VERB_PLACES.get(tags.index("VERB"), 0.05)
    counts = Tagger.load().counts(word)
    verbs = sum(n for tag, n in counts.items() if tag in VERBAL | AUXILIARY)
    return (verbs + 2 * prior) / (sum(counts.values()) + 2)


@functools.lru_cache(maxsize=1 << 10)
def unchanging(word: str) -> bool:
    """Tell whether a verb's base form is its participle too: "set", "put"."""
    return word in verb_lemmas(word) and inflection.inflect(word, "participle") == word


class Tagged:
    """A question's words with their tags and lemmas."""

    def __init__(self, words: tuple[str, ...], tags: tuple[str, ...]) -> None:
        self.words = words
        self.low = tuple(w.lower() for w in words)
        self.tags = list(tags)
        self.n = len(words)
        while self.n and self.tags[self.n - 1] == "PUNCT":
            self.n -= 1
        self.capitals = any(w[:1].islower() for w in words[1 : self.n])
        """Whether a capital in the middle of the question tells a name."""
        self._repair()

    @property
    def lemmas(self) -> tuple[str, ...]:
        """Return one lemma a word, by its tag."""
        return tuple(self.lemma(i) for i in range(len(self.words)))

    def lemma(self, i: int) -> str:
        """Return a word's lemma by its tag."""
        tag, word = self.tags[i], self.low[i]
        if tag == "BE":
            return "be"
        if tag in VERBAL or tag in AUXILIARY:
            found = verb_lemmas(word)
            return found[0] if found else word
        if tag in NOUN:
            return lexicon.lemma(word, "NOUN")
        if tag == "ADJ":
            return lexicon.lemma(word, "ADJ")
        return word

    def tag(self, i: int) -> str:
        """Return the tag at i, "" outside the question."""
        return self.tags[i] if 0 <= i < self.n else ""

    def word(self, i: int) -> str:
        """Return the lower-case word at i, "" outside the question."""
        return self.low[i] if 0 <= i < self.n else ""

    def _repair(self) -> None:
        for i in range(self.n):
            self._function_word(i)
        for i in range(self.n):
            self._content_word(i)
        for i in range(self.n):
            self._by_neighbours(i)
        for i in range(self.n):
            self._stranded(i)

    # -- function words ------------------------------------------------------------------

    def _function_word(self, i: int) -> None:
        """Tag question words, negation and auxiliaries, whatever the trigrams made of them."""
        word, tag = self.low[i], self.tags[i]
        if word in QUESTION_WORDS:
            if i and self.capitals and self.words[i].isupper():
                self.tags[i] = "PROPN"
            elif self._asks(i):
                self.tags[i] = "WH"
            elif tag == "WH" and i and word in {"who", "whom", "which", "whose"}:
                self.tags[i] = "PRON"
        elif word in {"n't", "not"}:
            self.tags[i] = "PART"
        elif word in MODAL:
            named = tag in {"NOUN", "PROPN"}
            if not named or (word not in {"may", "might", "can"} and self._free(i)):
                self.tags[i] = "MD"
        elif word in DO:
            self.tags[i] = "DO"
        elif word in {"is", "are", "was", "were", "am", "be", "been", "being", "'re", "'m"}:
            self.tags[i] = "BE"
        elif word in HAVE and tag in VERBAL | {"HAVE"}:
            self.tags[i] = "HAVE" if self._participle_follows(i) else _plain_have(word, tag)
        elif (self.words[i] == "US" and self.capitals) or (
            word == "us" and tag == "PRON" and self.tag(i + 1) in {"NOUN", "PROPN", "ADJ"}
        ):
            self.tags[i] = "PROPN"
        elif tag == "PROPN" and word == self.words[i] and self.word(i - 1) in {"what", "which"}:
            common = "NOUN" in lexicon.tags(word)[:2] and gazetteer.given_name_gender(word) is None
            self.tags[i] = "NOUN" if common and not gazetteer.is_surname(word) else tag
        elif word in DEGREES and self.word(i - 1) == "how":
            self.tags[i] = "ADJ" if tag not in {"ADV", "ADJ"} else tag

    def _asks(self, i: int) -> bool:
        """Tell whether a question word asks, rather than opening a relative or adverbial clause."""
        word, before = self.low[i], self.tag(i - 1)
        if i == 0:
            return True
        if word in {"when", "where", "why", "how"}:
            if word == "how" and self.word(i + 1) in DEGREES:
                return True
            apart = before in {"PUNCT", "ADP", "SCONJ"} or self.word(i - 1) == "to"
            turned = self.word(i + 1) in DO | MODAL | BE | HAVE
            return self.tags[i] == "WH" or i == self.n - 1 or (apart and turned)
        if word in {"what", "whose"} and before not in {"NOUN", "PROPN"}:
            return True
        if i == self.n - 1 or word == "what":
            return True
        return before not in {"NOUN", "PROPN", "X"} and not (
            before == "PRON" and self.word(i - 1) not in OBJECT_PRONOUNS
        )

    def _free(self, i: int) -> bool:
        return i > 0 and self.tags[i - 1] not in {"DET", "ADJ", "PART", "ADP"}

    def _participle_follows(self, i: int) -> bool:
        """Tell whether a participle stands behind a form of "have", perhaps behind the subject."""
        j = i + 1
        while (
            j < self.n
            and self.tags[j] in MODIFIER | {"PART", "ADV", "ADP"}
            and self.tags[j] not in {"VBN", "VBG"}
        ):
            if j == i + 1 and self._is_participle(j):
                break
            j += 1
        if j == i + 1 and self.tag(j) not in {"VBN", "VBD"} and self._is_participle(j):
            self.tags[j] = "VBN"
        if j > i + 1 and self.tag(j) in {"VB", "VBP"} and unchanging(self.low[j]):
            self.tags[j] = "VBN"
        return j < self.n and (self.tags[j] in {"VBN", "VBD"} or self.low[j] == "been")

    def _is_participle(self, j: int) -> bool:
        """Tell whether a word that is tagged otherwise may be a past participle of a verb."""
        word = self.word(j)
        return (
            self.tag(j) in {"NOUN", "PROPN", "ADJ", "ADV"}
            and word.endswith(("ed", "en", "wn", "ung", "one"))
            and word not in verb_lemmas(word)
            and bool(verb_lemmas(word))
        )

    # -- verbs and nouns -----------------------------------------------------------------

    def _content_word(self, i: int) -> None:
        """Tag what can be no verb as a noun, and the reverse."""
        word, tag, before = self.low[i], self.tags[i], self.tag(i - 1)
        if tag in VERBAL and not verb_lemmas(word) and not word.endswith("ing"):
            self.tags[i] = "NOUN" if lexicon.is_word(word) else "PROPN"
        elif word in {"'s", "'"} and before in {"NOUN", "PROPN"} and i + 1 < self.n and i > 1:
            self.tags[i] = "PART"
        elif tag in {"VBN", "VBD"} and word.endswith("ing"):
            self.tags[i] = "VBG"
        elif tag == "VBN" and (before == "WH" or self.word(i - 1) in SUBJECT_PRONOUNS):
            self.tags[i] = "VBD"
        elif before == "WH" and self.word(i - 1) in {"who", "what"} and tag in MISTAKEN:
            self._verb_of_subject(i)
        elif (
            word in {"that", "this", "these", "those"}
            and before in {"ADP", "PART", "SCONJ"}
            and self.tag(i + 1) in {"NOUN", "PROPN", "ADJ", "NUM"}
        ):
            self.tags[i] = "DET"

    def _verb_of_subject(self, i: int) -> None:
        """Make the word behind "who" or "what" a verb where nothing else in the question is its verb."""
        word = self.low[i]
        if self.words[i][0].isupper() and self.words[i][1:].islower():
            return
        if word not in verb_lemmas(word) and verb_lemmas(word):
            finite = word.endswith("s") or verb_share(word) > 0 or word.endswith("ed")
            if finite and (self.low[i - 1] == "who" or not self._verb_ahead(i + 1)):
                self.tags[i] = "VBZ" if word.endswith("s") else "VBD"
        elif self.tags[i] in {"VB", "VBP"} and self.low[i - 1] == "what" and "NOUN" in lexicon.tags(word):
            self.tags[i] = "NOUN"

    def _verb_ahead(self, i: int) -> bool:
        """Tell whether a finite verb follows before another clause begins."""
        for j in range(i, self.n):
            if self.tags[j] in {"WH", "SCONJ"} or self.low[j] in {"that", "who", "which", "when", ","}:
                return False
            if self.tags[j] in AUXILIARY | {"VBD", "VBZ", "VBP"}:
                return True
        return False

    def _by_neighbours(self, i: int) -> None:
        """Mend a tag by the words on both sides."""
        word, tag, after = self.low[i], self.tags[i], self.tag(i + 1)
        possessive = word in {"'s", "'"} and tag == "PART"
        if possessive and self.tag(i - 1) == "WH":
            self.tags[i] = "BE"
        elif i + 1 >= self.n:
            pass
        elif tag == "ADJ" and "NOUN" in lexicon.tags(word) and self._no_noun(i + 1):
            self.tags[i] = "NOUN"
        elif (
            ((tag in {"DET", "ADJ"} or possessive) and after in {"VB", "VBP", "VBZ"})
            or (
                possessive
                and after in {"VBG", "ADJ"}
                and self.tag(i + 2) not in {"NOUN", "PROPN", "ADJ", "NUM"}
            )
            or (tag in {"DET", "ADJ"} and after == "VBG" and self.word(i + 2) in {"of", ""})
        ):
            self.tags[i + 1] = "NOUN"
        if tag == "BE" or (word in GET and tag in VERBAL):
            self._behind_be(i + 1)

    def _no_noun(self, i: int) -> bool:
        """Tell whether a base form can be nothing but a verb: "the chief executive apologise"."""
        return self.tags[i] in {"VB", "VBP"} and verb_share(self.low[i]) > ALWAYS

    def _behind_be(self, j: int) -> None:
        """Make a participle of a word behind "be" that is tagged otherwise: "was organised by"."""
        while self.tag(j) in {"PART", "ADV"}:
            j += 1
        word, tag, after = self.word(j), self.tag(j), self.tag(j + 1)
        open_end = after in {"", "ADP", "ADV", "PUNCT", "PART", "SCONJ", "WH", "CCONJ"}
        if tag in {"NOUN", "PROPN"} and word.endswith("ing") and verb_lemmas(word) and open_end:
            self.tags[j] = "VBG"
        elif tag in {"NOUN", "PROPN", "ADJ"} and word not in verb_lemmas(word) and verb_lemmas(word):
            counts = Tagger.load().counts(word)
            adjective = counts.get("ADJ", 0)
            if open_end and adjective < 5 and not word.endswith(("ing", "s")):
                self.tags[j] = "VBN"

    def _stranded(self, i: int) -> None:
        """Tag a preposition that has lost its noun as one: "what are they talking about"."""
        if self.low[i] not in STRANDABLE or self.tags[i] == "ADP":
            return
        after = self.tag(i + 1)
        ends = after in {"", "PUNCT", "WH", "CCONJ"} or self.word(i + 1) in {"when", "while", "because", "if"}
        if ends and not (self.low[i] == "to" and self.tag(i - 1) in {"", "MD"}):
            self.tags[i] = "ADP"


MISTAKEN = {"NOUN", "PROPN", "ADJ", "VB", "VBP"}
"""Tags that the word behind "who" or "what" may have wrongly."""
OBJECT_PRONOUNS = {"me", "us", "him", "them", "you", "her", "it", "else"}


def _plain_have(word: str, tag: str) -> str:
    """Return the tag of a form of "have" that is the main verb."""
    return {"had": "VBD", "has": "VBZ"}.get(word, tag if tag != "HAVE" else "VB")
