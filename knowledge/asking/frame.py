"""What a question asks, as a frame of clauses with slots and a gap.

Made by a hand-written question grammar over tagged words (no parser): in the manner of QA-SRL's templates
(wh, auxiliary, subject, verb, object, preposition, rest), with passives, stranded and fronted prepositions,
clefts, embedded questions ("who said that ..."), control ("vowed to take ..."), relative clauses, and
questions in place ("she spoke to who"). Positions are word indices into `QuestionFrame.words`, half-open.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon

BE = {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "get", "gets", "got"}
DO = {"do", "does", "did"}
HAVE = {"have", "has", "had", "'ve", "having"}
MODAL = {"will", "would", "can", "could", "shall", "should", "may", "might", "must", "ca", "wo", "'ll", "'d"}
NEGATIONS = {"not", "n't", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without"}
NOMINAL = {"NOUN", "PROPN", "NUM", "PRON", "X"}
MODIFIER = {"DET", "ADJ", "NUM", "NOUN", "PROPN", "X", "VBN", "VBG", "PRON"}
VERBAL = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"}
AUXILIARY = {"BE", "DO", "HAVE", "MD"}
PREPOSITIONS = {"ADP", "SCONJ"}
SUBJECT_PRONOUNS = {"i", "he", "she", "we", "they", "it", "you"}
COMPOUND_CASES = wordset("compound_case")
PARTICLES = wordset("particle")
KIND_NOUNS = {"kind", "type", "sort", "kinds", "types", "sorts"}
SUBORDINATORS = wordset("subordinator")
EMPHATIC = {"exactly", "precisely", "actually", "specifically", "really"}
REPORTING = wordset("reporting_verb")


@dataclass(frozen=True, slots=True)
class Slot:
    """A phrase of the question in its place.

    `kind` is subject, object, second, oblique, complement, adverb or clause.

    `case` is the preposition or marker, `start`:`end` the words without it, `head` the head word's position.
    """

    kind: str
    case: str
    start: int
    end: int
    head: int


@dataclass(slots=True)
class Clause:
    """A predicate of the question with its slots; `parent` is the clause that it depends on, by `link`."""

    verb: int
    lemmas: tuple[str, ...] = ()
    particle: str = ""
    passive: bool = False
    copular: bool = False
    negated: bool = False
    modal: str = ""
    slots: list[Slot] = field(default_factory=list)
    parent: int | None = None
    link: str = ""
    start: int = 0
    end: int = 0

    def slot(self, *kinds: str) -> Slot | None:
        """Return the first slot of one of these kinds."""
        return next((s for s in self.slots if s.kind in kinds), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the wh-word's class, the noun it asks for, and the gap that the answer would fill.

    `wh` is who, what, which, whose, when, where, why, how, how_many, how_much, how_long, how_old, how_often,
    how_far, how_adjective, yesno, choice or topic. `noun` is the head noun's lemma of "which country",
    `noun_start`:`noun_end` its words. `gap` is subject, object, second, oblique, complement, adverb, verb or
    possessor, `case` the preposition before or stranded from the wh-phrase, `clause` the number of the gap's
    clause.
    """

    wh: str
    gap: str = ""
    case: str = ""
    clause: int = 0
    noun: str = ""
    noun_start: int = 0
    noun_end: int = 0
    adjective: str = ""
    kind_of: bool = False


@dataclass(frozen=True, slots=True)
class QuestionFrame:
    """A question's words and what they ask."""

    words: tuple[str, ...]
    tags: tuple[str, ...]
    lemmas: tuple[str, ...]
    asked: Asked
    clauses: tuple[Clause, ...]
    loose: tuple[Slot, ...] = ()
    choices: tuple[Slot, ...] = ()
    negated: bool = False

    def text(self, slot: Slot) -> str:
        """Return the slot's words, joined by spaces."""
        return " ".join(self.words[slot.start : slot.end])


def frame_question(words: tuple[str, ...], tags: tuple[str, ...]) -> QuestionFrame:
    """Return the frame of a normalised, tagged question."""
    return _Grammar(words, tags).frame()


class _Grammar:
    """One pass over the words; clauses and slots are collected as they are found."""

    def __init__(self, words: tuple[str, ...], tags: tuple[str, ...]) -> None:
        self.words = words
        self.low = tuple(w.lower() for w in words)
        self.tags = list(tags)
        self.n = len(words)
        while self.n and self.tags[self.n - 1] == "PUNCT":
            self.n -= 1
        self._repair()
        self.clauses: list[Clause] = []
        self.loose: list[Slot] = []
        self.stranded: tuple[int, int] | None = None
        """The clause that a preposition is stranded in, and its position."""
        self.lemmas = tuple(self._lemma(i) for i in range(len(words)))

    # -- tags ----------------------------------------------------------------------------

    def _repair(self) -> None:
        """Fix the tags that decide the question's shape and that a trigram is too short to get right."""
        for i, word in enumerate(self.low):
            if word in {"who", "whom", "whose", "what", "which", "when", "where", "why", "how"}:
                nominal_before = i > 0 and self.tags[i - 1] in {"NOUN", "PROPN"}
                if (word in {"who", "what", "which", "whose", "whom"} and not nominal_before) or (
                    word in {"when", "where", "why", "how"} and i == 0
                ):
                    self.tags[i] = "WH"
            elif word in {"n't", "not"}:
                self.tags[i] = "PART"
            elif (
                word in MODAL
                and (
                    self.tags[i] not in {"NOUN", "PROPN"}
                    or (i and self.tags[i - 1] not in {"DET", "ADJ", "PART", "ADP"})
                )
                and not (word in {"may", "might", "can"} and self.tags[i] in {"NOUN", "PROPN"})
            ):
                self.tags[i] = "MD"
            elif word in DO:
                self.tags[i] = "DO"
            elif word in {"is", "are", "was", "were", "am", "be", "been", "being", "'re", "'m"}:
                self.tags[i] = "BE"
            elif word in HAVE and self.tags[i] in VERBAL and self._participle_follows(i):
                self.tags[i] = "HAVE"
        for i in range(self.n):
            before = self.tags[i - 1] if i else ""
            if self.tags[i] in VERBAL and not lexicon.verb_lemmas(self.low[i]):
                self.tags[i] = "NOUN" if lexicon.is_word(self.low[i]) else "PROPN"
            elif self.low[i] == "'s" and before in {"NOUN", "PROPN"} and i + 1 < self.n and i > 1:
                self.tags[i] = "PART"
            elif self.tags[i] == "VBN" and (before == "WH" or (i and self.low[i - 1] in SUBJECT_PRONOUNS)):
                self.tags[i] = "VBD"
            elif (
                self.low[i] in {"that", "this", "these", "those"}
                and i + 1 < self.n
                and before in {"ADP", "PART", "SCONJ"}
                and self.tags[i + 1] in {"NOUN", "PROPN", "ADJ", "NUM"}
            ):
                self.tags[i] = "DET"
        for i in range(self.n - 1):
            possessive = self.low[i] == "'s" and self.tags[i] == "PART"
            if possessive and i > 0 and self.tags[i - 1] == "WH":
                self.tags[i] = "BE"
            elif (
                (self.tags[i] in {"DET", "ADJ"} or possessive) and self.tags[i + 1] in {"VB", "VBP", "VBZ"}
            ) or (possessive and self.tags[i + 1] == "VBG" and not self._opens_noun(i + 2, self.n)):
                self.tags[i + 1] = "NOUN"

    def _participle_follows(self, i: int) -> bool:
        """Tell whether a participle stands behind a form of "have", perhaps behind the subject."""
        j = i + 1
        while (
            j < self.n
            and self.tags[j] in MODIFIER | {"PART", "ADV", "ADP"}
            and self.tags[j] not in {"VBN", "VBG"}
        ):
            j += 1
        return j < self.n and (self.tags[j] in {"VBN", "VBD"} or self.low[j] == "been")

    def _lemma(self, i: int) -> str:
        tag, word = self.tags[i], self.low[i]
        if tag == "BE":
            return "be"
        if tag in VERBAL or tag in AUXILIARY:
            found = lexicon.verb_lemmas(word)
            return found[0] if found else word
        if tag in {"NOUN", "PROPN", "X"}:
            return lexicon.lemma(word, "NOUN")
        if tag == "ADJ":
            return lexicon.lemma(word, "ADJ")
        return word

    def _verb_lemmas(self, i: int) -> tuple[str, ...]:
        if self.tags[i] == "BE":
            return ("be",)
        found = lexicon.verb_lemmas(self.low[i])
        return found or (self.low[i],)

    # -- phrases -------------------------------------------------------------------------

    def noun_phrase(self, i: int, stop: int | None = None) -> int:
        """Return the end of the base noun phrase that starts at i, or i where none does."""
        end = self.n if stop is None else stop
        j, seen = i, False
        while j < end:
            tag, word = self.tags[j], self.low[j]
            if word in {"'s", "´s", "’s", "'"} and seen and j + 1 < end and self._opens_noun(j + 1, end):
                j, seen = j + 1, False
                continue
            if tag == "PRON":
                if seen or (j > i and self.tags[j - 1] in {"NOUN", "PROPN", "PRON"}):
                    break
                j, seen = j + 1, True
                if word not in {"his", "her", "its", "their", "my", "our", "your"}:
                    break
                seen = False
                continue
            if tag == "DET":
                if seen and self.tags[j - 1] not in {"DET"}:
                    break
                j += 1
                continue
            if tag in {"NOUN", "PROPN", "X", "NUM"}:
                j, seen = j + 1, True
                continue
            if tag == "ADJ":
                if seen and not self._opens_noun(j, end):
                    break
                j += 1
                if not seen and not (j < end and self._continues(j, end)):
                    return j
                continue
            if (
                tag in {"VBN", "VBG"}
                and j + 1 < end
                and self._opens_noun(j + 1, end, strict=True)
                and (j > i or self.tags[j] == "VBN")
            ):
                if not seen or self.tags[j - 1] in {"DET", "ADJ", "PRON"}:
                    j += 1
                    continue
                break
            if tag == "ADV" and j + 1 < end and self.tags[j + 1] in {"ADJ", "NUM", "VBN"} and not seen:
                j += 1
                continue
            if word in {"-", "–", "/"} and j > i and j + 1 < end:
                j += 2
                seen = True
                continue
            if word in {"and", "or", "&"} and seen and j + 1 < end:
                after = self.noun_phrase(j + 1, end)
                if after > j + 1 and not self._clause_follows(after, end):
                    j = after
                    continue
                break
            break
        while j > i and self.tags[j - 1] in {"DET", "ADV", "PUNCT"} and not seen:
            j -= 1
        if j == i and i < end and self.tags[i] == "DET":
            return i + 1
        return j

    def _continues(self, j: int, end: int) -> bool:
        return j < end and (self.tags[j] in MODIFIER or self.low[j] in {"-", "and", "'s"})

    def _opens_noun(self, j: int, end: int, strict: bool = False) -> bool:
        """Tell whether a noun stands at j, perhaps behind modifiers."""
        while j < end and self.tags[j] in ({"ADJ", "NUM"} if strict else {"DET", "ADJ", "NUM", "VBN", "VBG"}):
            if self.tags[j] == "NUM":
                return True
            j += 1
        return j < end and self.tags[j] in {"NOUN", "PROPN", "X"}

    def _clause_follows(self, j: int, end: int) -> bool:
        return j < end and self.tags[j] in {"VBD", "VBZ", "VBP", "BE", "HAVE", "MD", "DO"}

    def full_phrase(self, i: int, stop: int | None = None) -> tuple[int, int]:
        """Return the end of the noun phrase at i with its 'of' phrases, and the head's position."""
        end = self.noun_phrase(i, stop)
        head = self.head_of(i, end)
        limit = self.n if stop is None else stop
        while end < limit and self.low[end] == "of":
            after = self.noun_phrase(end + 1, limit)
            if after == end + 1:
                break
            end = after
        return end, head

    def head_of(self, i: int, end: int) -> int:
        """Return the head of a base noun phrase: its last noun before a conjunction."""
        best = max(i, end - 1)
        for j in range(i, end):
            if self.low[j] in {"and", "or", "&"}:
                break
            if self.tags[j] in NOMINAL or self.tags[j] in {"ADJ", "VBG", "VBN"}:
                best = j
        return best

    # -- verbs ---------------------------------------------------------------------------

    def _find_verb(self, i: int, wanted: set[str], stop: int | None = None) -> int | None:
        """Return where the main verb stands after an auxiliary and a subject that starts at i."""
        end = self.n if stop is None else stop
        fallback = None
        j = i
        while j < end:
            before = self.tags[j - 1]
            if fallback is not None and self.tags[j] in AUXILIARY - wanted:
                return fallback
            if self.tags[j] in wanted and j > i and before not in {"DET"} and self.low[j - 1] != "to":
                if not (
                    self.tags[j] in {"VBN", "VBG"}
                    and before in {"ADP", "ADJ"}
                    and self._opens_noun(j + 1, end)
                ):
                    return j
            elif (
                fallback is None
                and j > i
                and self._could_be(j, wanted)
                and before
                in {
                    "NOUN",
                    "PROPN",
                    "PRON",
                    "PART",
                    "ADV",
                    "X",
                    "NUM",
                }
                and self.low[j - 1] not in {"'s", "to"}
            ):
                fallback = j
            j += 1
        return fallback

    def _could_be(self, j: int, wanted: set[str]) -> bool:
        word = self.low[j]
        lemmas = lexicon.verb_lemmas(word)
        if self.tags[j] in {"ADV", "ADJ"} and (
            word not in lemmas or (j + 1 < self.n and self.tags[j + 1] in NOMINAL | {"ADJ"})
        ):
            return False
        if not word.isalpha() or self.tags[j] in {"PRON", "DET", "ADP", "WH", "CCONJ", "SCONJ"}:
            return False
        if not lemmas:
            return False
        if wanted & {"VB"} and word in lemmas:
            return True
        if wanted & {"VBG"} and word.endswith("ing"):
            return True
        return bool(wanted & {"VBN"}) and word not in lemmas and not word.endswith(("s", "ing"))

    def _add_clause(self, verb: int, **given: object) -> int:
        clause = Clause(verb=verb, lemmas=self._verb_lemmas(verb))
        for name, value in given.items():
            setattr(clause, name, value)
        self.clauses.append(clause)
        return len(self.clauses) - 1

    # -- the rest of a clause ------------------------------------------------------------

    def complements(self, number: int, i: int, stop: int | None = None) -> int | None:
        """Collect what follows a clause's verb; return the position of a stranded preposition, if any."""
        end = self.n if stop is None else stop
        clause = self.clauses[number]
        stranded = None
        j = i
        while j < end:
            tag, word = self.tags[j], self.low[j]
            if tag == "PUNCT" or word in {",", ";"}:
                j += 1
                continue
            if word == "to" and j + 1 < end and self._verb_at(j + 1):
                j = self._infinitive(number, j + 1, end)
                continue
            if word in {"according"} and j + 1 < end and self.low[j + 1] == "to":
                phrase_end, head = self.full_phrase(j + 2, end)
                clause.slots.append(Slot("oblique", "according to", j + 2, max(phrase_end, j + 3), head))
                j = max(phrase_end, j + 3)
                continue
            if (
                word in SUBORDINATORS or word in {"that", "how", "why", "where", "who", "what"}
            ) and self._clause_at(j + 1, end):
                j = self._subordinate(number, j, end)
                continue
            if tag in PREPOSITIONS or word in {"than", "like", "as", "during", "per", "due", "because"}:
                after = j + 1
                case = word
                if after < end and f"{word} {self.low[after]}" in COMPOUND_CASES:
                    case += f" {self.low[after]}"
                    after += 1
                if after < end and self.tags[after] == "VBG" and tag != "PART":
                    j = self._gerund(number, case, after, end)
                    continue
                phrase_end, head = self.full_phrase(after, end)
                if phrase_end == after:
                    if after >= end or self.tags[after] in {
                        "PUNCT",
                        "CCONJ",
                        "PART",
                        "SCONJ",
                        "VBG",
                        "ADV",
                        "ADP",
                    }:
                        if j == i and self._particle(clause, word):
                            clause.particle = word
                        if stranded is None or after >= end:
                            stranded = after - 1
                    elif j == i:
                        clause.particle = word
                    j = after
                    continue
                if j == i and self._particle(clause, word) and not clause.slot("object"):
                    clause.particle = word
                    clause.slots.append(Slot("object", "", after, phrase_end, head))
                else:
                    clause.slots.append(Slot("oblique", case, after, phrase_end, head))
                j = phrase_end
                j = self._relative(number, j, end)
                continue
            if (tag in VERBAL and tag != "VB") or tag in AUXILIARY:
                j = self._dangling_verb(number, j, end)
                continue
            phrase_end, head = self.full_phrase(j, end)
            if phrase_end > j and self.tags[head] not in {"ADV"}:
                if self._clause_at(j, end) and self.lemmas[clause.verb] in REPORTING:
                    j = self._subordinate(number, j - 1, end)
                    continue
                kind = "object"
                if clause.copular:
                    kind = "complement"
                elif self._temporal(j, phrase_end):
                    kind = "adverb"
                elif clause.slot("object") or clause.passive:
                    kind = "second"
                clause.slots.append(Slot(kind, "", j, phrase_end, head))
                j = self._relative(number, phrase_end, end)
                continue
            if tag in {"ADV", "ADJ", "VB", "INTJ", "WH"}:
                kind = "complement" if tag == "ADJ" and clause.copular else "adverb"
                clause.slots.append(Slot(kind, "", j, j + 1, j))
            elif self.low[j] in NEGATIONS:
                clause.negated = True
            j += 1
        clause.end = max(clause.end, j)
        return stranded

    def _verb_at(self, j: int) -> bool:
        return self.tags[j] in {"VB", "BE", "HAVE", "DO", "VBP"} or (
            self.low[j] in lexicon.verb_lemmas(self.low[j])
            and self.tags[j] not in {"DET", "PRON", "PROPN", "WH"}
            and self.tags[j - 1] == "PART"
        )

    def _particle(self, clause: Clause, word: str) -> bool:
        return word in PARTICLES and not clause.copular

    def _temporal(self, i: int, end: int) -> bool:
        return (
            end > i
            and "time" in lexicon.noun_classes(self.lemmas[end - 1])
            and (
                self.low[i]
                in {"last", "this", "next", "every", "each", "that", "yesterday", "today", "tomorrow"}
                or end - i == 1
            )
        )

    def _clause_at(self, i: int, end: int) -> bool:
        """Tell whether a subject and a finite verb (or a verb at once) start at i."""
        if i >= end:
            return False
        after = self.noun_phrase(i, end)
        while after < end and self.tags[after] == "ADP" and after > i:
            step = self.noun_phrase(after + 1, end)
            if step == after + 1:
                break
            after = step
        while after < end and self.tags[after] == "ADV":
            after += 1
        return (
            after > i and after < end and self.tags[after] in {"VBD", "VBZ", "VBP", "BE", "HAVE", "MD", "DO"}
        )

    def _infinitive(self, parent: int, verb: int, end: int) -> int:
        passive = self.low[verb] == "be" and verb + 1 < end and self.tags[verb + 1] in {"VBN", "VBD"}
        at = verb + 1 if passive else verb
        number = self._add_clause(at, parent=parent, link="to", passive=passive, start=verb)
        if not passive and self.low[at] == "be":
            self.clauses[number].copular = True
        self._tail(number, at + 1, end)
        return end

    def _gerund(self, parent: int, case: str, verb: int, end: int) -> int:
        number = self._add_clause(verb, parent=parent, link=case, start=verb)
        self._tail(number, verb + 1, end)
        return end

    def _subordinate(self, parent: int, marker: int, end: int) -> int:
        link = (
            self.low[marker]
            if self.low[marker] in SUBORDINATORS or self.low[marker] in {"that", "how", "why"}
            else "that"
        )
        self._finite(marker + 1, end, parent=parent, link=link)
        return end

    def _relative(self, parent: int, j: int, end: int) -> int:
        """Read a relative clause that follows a noun phrase; its words become a clause of their own."""
        if j < end and self.low[j] in {"that", "who", "which", "whom"} and j + 1 < end:
            nxt = self.tags[j + 1]
            if nxt in VERBAL or nxt in AUXILIARY:
                number = self._verb_group(j + 1, end, parent=parent, link="relative")
                return end if number is not None else j + 1
            if self._clause_at(j + 1, end):
                self._finite(j + 1, end, parent=parent, link="relative")
                return end
        if j < end and self.tags[j] in {"VBN", "VBG"} and j + 1 < end and self.low[j] != "according":
            number = self._add_clause(
                j, parent=parent, link="participle", passive=self.tags[j] == "VBN", start=j
            )
            self._tail(number, j + 1, end)
            return end
        return j

    def _dangling_verb(self, parent: int, j: int, end: int) -> int:
        link = "and" if self.low[j - 1] in {"and", "or"} else "loose"
        if (
            link == "loose"
            and self.lemmas[self.clauses[parent].verb] in REPORTING
            and self.tags[j] not in {"VBN", "VBG"}
        ):
            link = "that"
        number = self._verb_group(j, end, parent=parent, link=link)
        return end if number is not None else j + 1

    def _tail(self, number: int, i: int, end: int) -> None:
        stranded = self.complements(number, i, end)
        if stranded is not None:
            self.stranded = (number, stranded)

    def _finite(self, i: int, end: int, parent: int | None, link: str) -> int | None:
        """Read subject, verb group and complements of a finite clause that starts at i."""
        subject_end, head = self.full_phrase(i, end)
        j = subject_end
        slots = [Slot("subject", "", i, subject_end, head)] if subject_end > i else []
        while j < end and self.tags[j] == "ADP":
            phrase_end, inner = self.full_phrase(j + 1, end)
            if phrase_end == j + 1:
                break
            slots.append(Slot("subject_oblique", self.low[j], j + 1, phrase_end, inner))
            j = phrase_end
        while j < end and self.tags[j] == "ADV":
            j += 1
        if j < end and (self.tags[j] in VERBAL or self.tags[j] in AUXILIARY):
            number = self._verb_group(j, end, parent=parent, link=link)
            if number is not None:
                self.clauses[number].slots[:0] = slots
                self.clauses[number].start = i
            return number
        self.loose.extend(slots)
        return None

    def _verb_group(self, i: int, end: int, parent: int | None = None, link: str = "") -> int | None:
        """Read auxiliaries, negation and main verb from i, then the complements."""
        j, passive, negated, modal, be = i, False, False, "", False
        last = None
        while j < end:
            tag, word = self.tags[j], self.low[j]
            if tag in AUXILIARY or (word in BE and tag not in NOMINAL):
                modal = word if tag == "MD" else modal
                be = word in BE or tag == "BE"
                last = j
            elif word in {"not", "n't", "never"}:
                negated = True
            elif (tag == "ADV" and last is not None) or (
                word == "to"
                and last is not None
                and self.low[last] in HAVE
                and j + 1 < end
                and self._verb_at(j + 1)
            ):
                pass
            else:
                break
            j += 1
        if j < end and self.tags[j] in VERBAL:
            passive = be and self.tags[j] in {"VBN", "VBD"}
            number = self._add_clause(
                j, parent=parent, link=link, passive=passive, negated=negated, modal=modal, start=i
            )
            self._tail(number, j + 1, end)
            return number
        if last is None:
            return None
        number = self._add_clause(
            last,
            parent=parent,
            link=link,
            copular=self.tags[last] == "BE" or self.low[last] in BE,
            negated=negated,
            modal=modal,
            start=i,
        )
        self._tail(number, j, end)
        return number

    # -- the whole question --------------------------------------------------------------

    def frame(self) -> QuestionFrame:
        """Read the question."""
        wh = self._wh_position()
        asked = self._without_wh() if wh is None else self._with_wh(wh)
        negated = any(c.negated for c in self.clauses) or any(
            w in {"not", "n't", "never"} for w in self.low[: self.n]
        )
        choices = self._choices()
        if choices and asked.wh not in {"yesno", "topic"}:
            for clause in self.clauses:
                clause.slots = [
                    s for s in clause.slots if s.end <= choices[0].start or s.start >= choices[1].end
                ]
        return QuestionFrame(
            words=self.words,
            tags=tuple(self.tags),
            lemmas=self.lemmas,
            asked=asked,
            clauses=tuple(self.clauses),
            loose=tuple(self.loose),
            choices=choices,
            negated=negated,
        )

    def _wh_position(self) -> int | None:
        spots = [i for i in range(self.n) if self.tags[i] == "WH"]
        return spots[0] if spots else None

    def _choices(self) -> tuple[Slot, ...]:
        """Return the alternatives of "X or Y"."""
        for i in range(1, self.n - 1):
            if self.low[i] == "or":
                start = i - 1
                while start > 0 and self.tags[start - 1] in {"NOUN", "PROPN", "ADJ", "DET", "NUM"}:
                    start -= 1
                end = self.noun_phrase(i + 1)
                if end > i + 1:
                    return (
                        Slot("choice", "", start, i, self.head_of(start, i)),
                        Slot("choice", "", i + 1, end, self.head_of(i + 1, end)),
                    )
        return ()

    def _wh_phrase(self, i: int) -> tuple[Asked, int]:
        """Return what the wh-phrase at i asks for and its end."""
        word = self.low[i]
        j = i + 1
        if j < self.n and self.low[j] == "else":
            j += 1
        if word == "how" and j < self.n:
            nxt = self.low[j]
            if nxt in {"many", "much"}:
                wh = "how_many" if nxt == "many" else "how_much"
                start = j + 1
                end = self._wh_noun_end(start)
                head = self.head_of(start, end) if end > start else 0
                end = self._with_of(end)
                if (
                    end + 1 < self.n
                    and self.low[end] in {"a", "an", "per", "each", "every"}
                    and self.tags[end + 1] == "NOUN"
                ):
                    self.loose.append(Slot("oblique", "per", end + 1, end + 2, end + 1))
                    return Asked(wh, noun=self.lemmas[head], noun_start=start, noun_end=end), end + 2
                return Asked(
                    wh, noun=self.lemmas[head] if end > start else "", noun_start=start, noun_end=end
                ), end
            if nxt in {"long", "old", "often", "far"}:
                end = self._wh_noun_end(j + 1) if nxt == "often" else j + 1
                return Asked(f"how_{nxt}", adjective=nxt), end
            if self.tags[j] in {"ADJ"} or (
                self.tags[j] == "ADV" and not nxt.endswith("ly") and nxt not in {"come"}
            ):
                end = self._wh_noun_end(j + 1)
                return Asked("how_adjective", adjective=nxt, noun_start=j + 1, noun_end=end), end
            if nxt == "come":
                return Asked("why"), j + 1
            return Asked("how"), j
        if word in {"when", "where", "why", "how"}:
            return Asked(word), j
        if word == "what" and j < self.n and self.low[j] == "for" and j + 1 >= self.n:
            return Asked("why"), j + 1
        if (
            word == "what"
            and j + 1 < self.n
            and self.tags[j] in {"PROPN", "PRON"}
            and self._clause_at(j, self.n)
        ):
            return Asked("what"), j
        if word in {"what", "which", "whose"}:
            end = self._wh_noun_end(j)
            if end > j:
                head = self.head_of(j, end)
                kind_of = False
                if self.low[head] in KIND_NOUNS and end < self.n and self.low[end] == "of":
                    inner = self._wh_noun_end(end + 1)
                    if inner > end + 1:
                        kind_of, head, j, end = True, self.head_of(end + 1, inner), end + 1, inner
                else:
                    end = self._with_of(end)
                wh = "whose" if word == "whose" else "which"
                return Asked(wh, noun=self.lemmas[head], noun_start=j, noun_end=end, kind_of=kind_of), end
            return Asked("whose" if word == "whose" else "what"), j
        return Asked("who" if word in {"who", "whom"} else "what"), j

    def _with_of(self, end: int) -> int:
        """Return the end of a wh-phrase with its "of" phrase: "how many days of mourning"."""
        if end < self.n and self.low[end] == "of":
            inner = self.noun_phrase(end + 1)
            if inner == end + 1 and inner < self.n and self.tags[inner] == "VBG":
                inner += 1
            if inner > end + 1 and (
                inner >= self.n or self.tags[inner] in VERBAL | AUXILIARY | {"ADV", "ADP", "PRON"}
            ):
                return inner
        return end

    def _wh_noun_end(self, i: int) -> int:
        """Return the end of the noun that a wh-word determines; a verb that could be a noun ends it."""
        j, noun = i, False
        while j < self.n:
            tag = self.tags[j]
            if tag in {"NOUN", "PROPN", "X"}:
                noun = True
            elif (tag == "NUM" and noun) or tag not in {"ADJ", "NUM", "PART", "PRON", "VBN", "VBG", "ADV"}:
                if self.low[j] not in {"-", "'s"} or j == i:
                    break
            elif (
                (tag == "PART" and self.low[j] != "'s")
                or tag == "PRON"
                or (tag in {"VBN", "VBG", "ADV"} and (noun or not self._opens_noun(j + 1, self.n)))
            ):
                break
            j += 1
        if not noun:
            return j if j > i and self.tags[j - 1] in {"ADJ", "NUM"} and self.tags[i] == "NUM" else i
        if self.low[j - 1] in {"'s", "-"}:
            j -= 1
        return j

    def _with_wh(self, wh: int) -> Asked:
        asked, after = self._wh_phrase(wh)
        case = ""
        before = wh
        if (wh > 0 and self.tags[wh - 1] in PREPOSITIONS | {"PART"}) or (
            wh > 0 and self.low[wh - 1] in {"of", "to", "following"}
        ):
            case, before = self.low[wh - 1], wh - 1
        in_place = before > 0 and any(
            self.tags[k] in VERBAL or self.tags[k] in AUXILIARY for k in range(before)
        )
        if in_place and self._finite_before(before):
            return self._wh_in_place(asked, case, before, after)
        if before > 0:
            self._fronted(0, before)
        after = self._wh_tail(asked, after)
        while after + 1 < self.n and self.low[after] in EMPHATIC and self.tags[after + 1] in AUXILIARY:
            after += 1
        if after >= self.n:
            return _asked(asked, gap="topic" if not self.loose else "adverb", case=case)
        # "who was it that ...", "what is it that ..."
        if self.tags[after] == "BE" and after + 1 < self.n and self.low[after + 1] == "it":
            skip = after + 2
            if skip < self.n and self.low[skip] in {"that", "who", "which"}:
                skip += 1
            after = skip if skip < self.n else after
        if self.low[after] == "it" and after + 1 < self.n and self.tags[after + 1] == "BE":
            skip = after + 2
            if skip < self.n and self.low[skip] in {"that", "who", "which"}:
                after = skip + 1 if skip + 1 < self.n else after
        tag = self.tags[after]
        negated = False
        if tag in AUXILIARY:
            start = after + 1
            if start < self.n and self.low[start] in {"n't", "not"}:
                negated, start = True, start + 1
            return self._inverted(asked, case, after, start, negated)
        if tag in VERBAL:
            number = self._verb_group(after, self.n)
            return self._gap(asked, case, number or 0, subject_asked=True)
        if self._clause_at(after, self.n):
            number = self._finite(after, self.n, None, "")
            return self._gap(asked, case, number or 0, subject_asked=False)
        adverb = after
        while adverb < self.n and self.tags[adverb] == "ADV":
            adverb += 1
        if (
            adverb > after
            and adverb < self.n
            and (self.tags[adverb] in VERBAL or self.tags[adverb] in AUXILIARY)
        ):
            number = self._verb_group(adverb, self.n)
            return self._gap(asked, case, number or 0, subject_asked=True)
        self._fronted(after, self.n)
        return _asked(asked, gap="topic", case=case)

    def _wh_tail(self, asked: Asked, after: int) -> int:
        """Keep the phrases of the noun asked for ("which phrase about X did ..."); return their end."""
        j = after
        while asked.noun_end > asked.noun_start and j < self.n and self.tags[j] == "ADP":
            end, head = self.full_phrase(j + 1)
            if end == j + 1 or end >= self.n or self.tags[end] not in AUXILIARY | VERBAL:
                break
            self.loose.append(Slot("oblique", self.low[j], j + 1, end, head))
            j = end
        return j

    def _finite_before(self, before: int) -> bool:
        start = 0
        end = self.noun_phrase(0, before)
        return (
            end > start
            and end < before + 1
            and any(
                self.tags[k] in {"VBD", "VBZ", "VBP", "BE", "HAVE", "MD", "VBN"} for k in range(end, before)
            )
        )

    def _wh_in_place(self, asked: Asked, case: str, before: int, after: int) -> Asked:
        """Read "she spoke to who", "they had to pay how many pounds for ..."."""
        number = self._finite(0, before, None, "")
        if number is None:
            return _asked(asked, gap="topic", case=case)
        last = len(self.clauses) - 1
        self.complements(last, after, self.n)
        gap = "oblique" if case else ("complement" if self.clauses[last].copular else "object")
        return _asked(asked, gap=gap, case=case, clause=last)

    def _fronted(self, i: int, end: int) -> None:
        """Keep phrases that stand before the wh-word or around no verb."""
        j = i
        while j < end:
            if (
                self.tags[j] == "ADP"
                or self.low[j] in SUBORDINATORS
                or self.low[j] in {"following", "besides", "according"}
            ):
                case = self.low[j]
                if case == "according" and j + 1 < end and self.low[j + 1] == "to":
                    case, j = "according to", j + 1
                if self._clause_at(j + 1, end):
                    self._finite(j + 1, end, None, case)
                    return
                phrase_end, head = self.full_phrase(j + 1, end)
                if phrase_end > j + 1:
                    self.loose.append(Slot("oblique", case, j + 1, phrase_end, head))
                    j = phrase_end
                    continue
            phrase_end, head = self.full_phrase(j, end)
            if phrase_end > j:
                self.loose.append(Slot("loose", "", j, phrase_end, head))
                j = phrase_end
            else:
                if self.tags[j] in VERBAL | {"ADJ", "ADV"}:
                    self.loose.append(Slot("loose", "", j, j + 1, j))
                j += 1

    def _inverted(self, asked: Asked, case: str, aux: int, start: int, negated: bool) -> Asked:
        """Read what follows wh-phrase and auxiliary (at aux); the subject would start at `start`."""
        kind = self.tags[aux]
        wanted = {
            "DO": {"VB"},
            "MD": {"VB", "BE", "HAVE"},
            "BE": {"VBN", "VBG", "VBD"},
            "HAVE": {"VBN", "VBD", "BE"},
        }[kind]
        if start >= self.n:
            number = self._add_clause(aux, copular=kind == "BE", negated=negated)
            return self._gap(asked, case, number, subject_asked=True)
        nxt = self.tags[start]
        skip = start
        while skip < self.n and self.tags[skip] == "ADV" and not self._opens_noun(skip, self.n):
            skip += 1
        verb_next = skip < self.n and (
            self.tags[skip] in VERBAL | {"BE"}
            and (self.tags[skip] in wanted or kind in {"HAVE", "MD"} or self.low[skip] in BE)
        )
        if not verb_next and kind == "MD" and skip < self.n and self._bare_verb(skip):
            self.tags[skip], verb_next = "VB", True
        if verb_next:
            found = self._verb_group(aux, self.n)
            if found is not None:
                self.clauses[found].negated |= negated
            return self._gap(asked, case, found or 0, subject_asked=True)
        verb = self._find_verb(start, wanted)
        if kind == "BE" and verb is not None and self._after_relative(start, verb):
            verb = None
        if verb is None:
            return self._copular(asked, case, aux, start, negated)
        subject_end, head = self.full_phrase(start, verb)
        slots = []
        if subject_end > start:
            slots.append(Slot("subject", "", start, subject_end, head))
            self._subject_rest(subject_end, verb, slots)
        elif nxt:
            slots.append(Slot("subject", "", start, verb, self.head_of(start, verb)))
        grouped = self._verb_group(verb, self.n) if self.tags[verb] in {"BE", "HAVE"} else None
        if grouped is not None:
            number = grouped
        else:
            if self.tags[verb] not in VERBAL:
                self.tags[verb] = "VB" if kind in {"DO", "MD"} else "VBN"
            number = self._add_clause(
                verb, passive=kind == "BE" and self.tags[verb] in {"VBN", "VBD"}, start=aux
            )
            self._tail(number, verb + 1, self.n)
        clause = self.clauses[number]
        clause.negated |= negated or any(self.low[k] in {"not", "n't", "never"} for k in range(start, verb))
        clause.modal = self.low[aux] if kind == "MD" else clause.modal
        clause.slots[:0] = slots
        return self._gap(asked, case, number, subject_asked=False)

    def _bare_verb(self, at: int) -> bool:
        """Tell whether the word after a modal can only be its verb: no other verb is behind it."""
        return (
            self.low[at] in lexicon.verb_lemmas(self.low[at])
            and self._find_verb(at, {"VB", "BE", "HAVE"}) is None
        )

    def _after_relative(self, start: int, verb: int) -> bool:
        """Tell whether the verb lies in a relative clause of a copular question's subject."""
        return any(self.low[k] in {"that", "who", "which"} for k in range(start + 1, verb)) or (
            self.tags[verb] == "VBG" and self.low[verb - 1] in {"of", "for", "in", "by", "from"}
        )

    def _subject_rest(self, i: int, verb: int, slots: list[Slot]) -> None:
        """Read prepositional phrases between the subject's base phrase and the verb."""
        j = i
        while j < verb:
            if self.tags[j] in PREPOSITIONS:
                end, head = self.full_phrase(j + 1, verb)
                if end > j + 1:
                    slots.append(Slot("subject_oblique", self.low[j], j + 1, end, head))
                    j = end
                    continue
            if self.tags[j] in VERBAL:
                number = self._add_clause(j, link="participle", passive=self.tags[j] == "VBN", parent=None)
                self.complements(number, j + 1, verb)
                return
            if self.tags[j] in {"NOUN", "PROPN", "NUM", "ADJ"}:
                end, head = self.full_phrase(j, verb)
                slots.append(Slot("subject_oblique", "", j, max(end, j + 1), head))
                j = max(end, j + 1)
                continue
            j += 1

    def _copular(self, asked: Asked, case: str, aux: int, start: int, negated: bool) -> Asked:
        """Read "who is X", "what is the name of X", "how strong was X", "where is X"; also "what has X"."""
        number = self._add_clause(aux, copular=self.tags[aux] == "BE", negated=negated, start=aux)
        clause = self.clauses[number]
        subject_end, head = self.full_phrase(start)
        adjective = (
            asked.wh in {"which", "who", "what"}
            and self.tags[aux] == "BE"
            and subject_end > start
            and all(self.tags[k] in {"ADJ", "ADV"} for k in range(start, subject_end))
        )
        if adjective:
            clause.slots.append(Slot("complement", "", start, subject_end, head))
            self._tail(number, subject_end, self.n)
            return self._gap(asked, case, number, subject_asked=True)
        if subject_end > start:
            clause.slots.append(Slot("subject", "", start, subject_end, head))
        j = self._relative(number, max(subject_end, start), self.n)
        self._tail(number, j, self.n)
        return self._gap(asked, case, number, subject_asked=False)

    # -- the gap -------------------------------------------------------------------------

    def _gap(self, asked: Asked, case: str, number: int, subject_asked: bool) -> Asked:
        """Decide which slot of which clause the wh-phrase would fill."""
        if asked.wh in {"when", "where", "why", "how", "how_long", "how_often"} and not case:
            if asked.wh == "where" and self.stranded is not None:
                number, at = self.stranded
                return _asked(asked, gap="adverb", case=self.low[at], clause=number)
            return _asked(asked, gap="adverb", case=case, clause=number)
        if not self.clauses:
            return _asked(asked, gap="topic", case=case)
        if case:
            return _asked(asked, gap="oblique", case=case, clause=number)
        if subject_asked:
            return _asked(asked, gap="subject", clause=number)
        if self.stranded is not None:
            inner, at = self.stranded
            return _asked(asked, gap="oblique", case=self.low[at], clause=inner)
        chain = [number]
        for k in range(number + 1, len(self.clauses)):
            if self.clauses[k].link in {"to", "that"} and self.clauses[k].parent in chain:
                chain.append(k)
        if self.clauses[number].lemmas and self.clauses[number].lemmas[0] in REPORTING:
            for k in chain[1:]:
                clause = self.clauses[k]
                if clause.link == "that" and clause.slot("subject") is None:
                    return _asked(asked, gap="subject", clause=k)
        for k in chain:
            clause = self.clauses[k]
            if clause.link == "that" and clause.slot("object", "complement") is None and not clause.passive:
                return _asked(asked, gap="object", clause=k)
        last = self.clauses[chain[-1]]
        if self.clauses[number].copular:
            return _asked(asked, gap="complement", clause=number)
        if len(chain) > 1 and last.link == "to" and last.slot("object") is None and not last.passive:
            return _asked(asked, gap="object", clause=chain[-1])
        if self.clauses[number].slot("object") is None and not self.clauses[number].passive:
            return _asked(asked, gap="object", clause=number)
        return _asked(asked, gap="second", clause=number)

    def _without_wh(self) -> Asked:
        """Read a yes/no question, a statement or bare keywords."""
        if self.n and self.tags[0] in AUXILIARY:
            start = 1
            negated = start < self.n and self.low[start] in {"n't", "not"}
            asked = self._inverted(Asked("yesno"), "", 0, start + negated, negated)
            return Asked("yesno", clause=self._cleft(asked.clause))
        if self._clause_at(0, self.n):
            number = self._finite(0, self.n, None, "")
            if number is not None:
                return Asked("yesno" if self.words[-1] == "?" else "topic", clause=number)
        self._fronted(0, self.n)
        return Asked("topic", gap="topic")

    def _cleft(self, number: int) -> int:
        """Turn "was it X who did Y" into "did X do Y"; return the clause that is then asked."""
        first = self.clauses[number] if self.clauses else None
        if first is None or not first.copular:
            return number
        subject, complement = first.slot("subject"), first.slot("complement", "object", "second")
        inner = next(
            (k for k, c in enumerate(self.clauses) if c.link in {"relative", "loose"} and k != number), None
        )
        if subject is None or self.low[subject.start] != "it" or complement is None or inner is None:
            return number
        clause = self.clauses[inner]
        if clause.slot("subject") is None:
            clause.slots.insert(0, Slot("subject", "", complement.start, complement.end, complement.head))
        first.slots = []
        return inner


def _asked(asked: Asked, gap: str, case: str = "", clause: int = 0) -> Asked:
    return Asked(
        wh=asked.wh,
        gap=gap,
        case=case,
        clause=clause,
        noun=asked.noun,
        noun_start=asked.noun_start,
        noun_end=asked.noun_end,
        adjective=asked.adjective,
        kind_of=asked.kind_of,
    )
