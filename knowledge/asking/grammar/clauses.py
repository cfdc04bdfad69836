"""Clauses of a question: the verb group, what follows the verb, the clauses below."""

from __future__ import annotations

from knowledge.asking.grammar.nouns import Clause, Slot
from knowledge.asking.grammar.phrases import QUOTE
from knowledge.asking.grammar.sets import (
    AUXILIARY,
    BE,
    CAUSATIVE,
    COMPOUND_CASES,
    GET,
    NEGATIONS,
    NOMINAL,
    NOUN_CASES,
    PARTICLES,
    PREPOSITIONS,
    RELATIVE,
    REPORTING,
    SEMI_MODAL,
    SUBORDINATORS,
    VERBAL,
)
from knowledge.asking.grammar.tags import verb_lemmas
from knowledge.asking.grammar.verbs import Verbs
from knowledge.asking.words import whole_verb
from knowledge.language import lexicon

CASE_WORDS = {"than", "like", "as", "during", "per", "due", "because", "following", "besides", "regarding"}
CLAUSE_OPENERS = {"that", "how", "why", "where", "who", "what"}


class Clauses(Verbs):
    """Collects clauses and their slots as they are found."""

    def __init__(self, words: tuple[str, ...], tags: tuple[str, ...]) -> None:
        super().__init__(words, tags)
        self.clauses: list[Clause] = []
        self.loose: list[Slot] = []
        self.stranded: tuple[int, int] | None = None
        """The clause that a preposition is stranded in, and its position."""

    def add_clause(self, verb: int, **given: object) -> int:
        """Add a clause with its verb at a position; return its number."""
        lemmas = ("be",) if self.tags[verb] == "BE" else verb_lemmas(self.low[verb]) or (self.low[verb],)
        clause = Clause(verb=verb, lemmas=lemmas)
        for name, value in given.items():
            setattr(clause, name, value)
        self.clauses.append(clause)
        return len(self.clauses) - 1

    # -- what follows the verb -----------------------------------------------------------

    def tail(self, number: int, i: int, end: int) -> None:
        """Collect what follows a clause's verb; note a preposition that is stranded there."""
        stranded = self.complements(number, i, end)
        if stranded is not None:
            self.stranded = (number, stranded)

    def complements(self, number: int, i: int, stop: int | None = None) -> int | None:
        """Collect what follows a clause's verb; return the position of a stranded preposition, if any."""
        end = self.n if stop is None else stop
        clause = self.clauses[number]
        stranded = None
        j = i
        while j < end:
            step = (
                self._sub_clause(number, i, j, end)
                or self._oblique(number, i, j, end)
                or self._verb_below(number, j, end)
                or self._nominal(number, j, end)
            )
            if step is not None and step < 0:
                left = -step - 1
                if stranded is None or left + 1 >= end:
                    stranded = left
                j = left + 1
            elif step is not None:
                j = step
            else:
                self._single(clause, j)
                j += 1
        clause.end = max(clause.end, j)
        return stranded

    def _sub_clause(self, number: int, i: int, j: int, end: int) -> int | None:
        """Read a comma, an infinitive or a clause with a marker at j; return where it ends."""
        tag, word = self.tags[j], self.low[j]
        if (tag == "PUNCT" and not (word == QUOTE and self.noun_phrase(j, end) > j)) or word in {",", ";"}:
            return j + 1
        if word == "to" and j + 1 < end and self.verb_at(j + 1):
            return self._infinitive(number, j + 1, end)
        if (word in SUBORDINATORS or word in CLAUSE_OPENERS) and self.clause_at(j + 1, end):
            return self._subordinate(number, j, end)
        if (
            word == "that"
            and j == i
            and j > 0
            and self.tag(j + 1) in {"VBZ", "VBD", "BE", "MD"}
            and tag == "PRON"
        ):
            return self.relative(number, j, end)
        if word in {"what", "who"} and j > i and self.tag(j + 1) in {"VBD", "VBZ", "BE", "MD"}:
            return self._subordinate(number, j, end)
        return None

    def case_at(self, j: int, end: int) -> tuple[str, int] | None:
        """Return the preposition at j, of one or several words, and where its noun would start."""
        for words in (4, 3):
            if " ".join(self.low[j : j + words]) in NOUN_CASES and j + words <= end:
                return " ".join(self.low[j : j + words]), j + words
        word = self.low[j]
        if word == "according" and self.word(j + 1) == "to":
            return "according to", j + 2
        if self.tags[j] not in PREPOSITIONS and word not in CASE_WORDS:
            return None
        pair = f"{word} {self.word(j + 1)}"
        return (pair, j + 2) if pair in COMPOUND_CASES and j + 1 < end else (word, j + 1)

    def _oblique(self, number: int, i: int, j: int, end: int) -> int | None:
        """Read a prepositional phrase at j; a stranded preposition is told by a negative number."""
        found = self.case_at(j, end)
        if found is None:
            return None
        case, after = found
        clause, word = self.clauses[number], self.low[j]
        if after < end and self.tags[after] == "VBG" and not self.opens_noun(after + 1, end, strict=True):
            return self._gerund(number, case, after, end)
        phrase_end, head = self.full_phrase(after, end)
        particle = j == i and case == word and self.is_particle(clause, word)
        if not particle and phrase_end == after and clause.slot("object") and word in PARTICLES:
            particle = self._splits(clause, j)
        if phrase_end == after:
            if particle:
                clause.particle = word
                return after
            if after < end and self.tags[after] == "VBG":
                return self._gerund(number, case, after, end)
            return -after
        if particle and not clause.slot("object") and word != "on":
            clause.particle = word
            clause.slots.append(Slot("object", "", after, phrase_end, head))
        else:
            clause.slots.append(Slot("oblique", case, after, phrase_end, head))
        return self.relative(number, phrase_end, end)

    def is_particle(self, clause: Clause, word: str) -> bool:
        """Tell whether a word right behind the verb belongs to it: "take out", "take over"."""
        if clause.copular:
            return False
        if word in PARTICLES:
            return True
        if word == "on":
            return clause.lemmas[0] in {"go", "carry"}
        return word == "over" and bool(whole_verb(clause.lemmas[0], word))

    def _splits(self, clause: Clause, j: int) -> bool:
        """Tell whether the word at j belongs to a verb apart from it: "called the meeting off"."""
        if clause.copular or clause.particle:
            return False
        return any(whole_verb(lemma, self.low[j]) for lemma in clause.lemmas)

    def _verb_below(self, number: int, j: int, end: int) -> int | None:
        """Read a verb that stands without a marker: a small clause, a coordinated or reduced one."""
        tag, clause = self.tags[j], self.clauses[number]
        if tag == "VB" and clause.slot("object") and clause.lemmas[0] in CAUSATIVE:
            below = self.add_clause(j, parent=number, link="to", start=j)
            self.tail(below, j + 1, end)
            return end
        if tag in {"VBN", "VBG"} and not clause.slot("object") and self._modified(j, end):
            return None
        if (tag in VERBAL and tag != "VB") or tag in AUXILIARY:
            return self._dangling_verb(number, j, end)
        return None

    def _modified(self, j: int, end: int) -> bool:
        """Tell whether the participle at j is part of a noun phrase: "borrowed shoes"."""
        return self.opens_noun(j + 1, end, strict=True) and self.tags[j - 1] not in NOMINAL

    def _nominal(self, number: int, j: int, end: int) -> int | None:
        """Read a noun phrase at j as object, complement or adverb."""
        clause = self.clauses[number]
        first = j + 1 if self.tags[j] == "VBG" else j
        phrase_end, head = self.full_phrase(first, end)
        if phrase_end <= first or self.tags[head] == "ADV":
            return None
        if self.lemma(clause.verb) in REPORTING:
            if self.clause_at(j, end):
                return self._subordinate(number, j - 1, end)
            bare = self.tag(phrase_end) == "VBN" and self.noun_phrase(phrase_end + 1, end) > phrase_end + 1
            if bare and self.tag(phrase_end + 1) not in PREPOSITIONS:
                self.tags[phrase_end] = "VBD"
                return self._subordinate(number, j - 1, end)
        kind = "object"
        if clause.copular:
            kind = "complement"
        elif self._temporal(j, phrase_end) or (self.tags[head] == "ADJ" and not clause.slot("object")):
            kind = "adverb"
        elif clause.slot("object") or clause.passive:
            kind = "second"
        clause.slots.append(Slot(kind, "", j, phrase_end, head))
        return self.relative(number, phrase_end, end)

    def _single(self, clause: Clause, j: int) -> None:
        """Keep a word that opens no phrase: an adverb, a bare adjective, a negation."""
        tag = self.tags[j]
        if tag == "ADV" and self._splits(clause, j):
            clause.particle = self.low[j]
            return
        if tag in {"ADV", "ADJ", "VB", "INTJ", "WH"}:
            kind = "complement" if tag == "ADJ" and clause.copular else "adverb"
            clause.slots.append(Slot(kind, "", j, j + 1, j))
        elif self.low[j] in NEGATIONS and (j + 1 >= self.n or self.low[j + 1] != "to"):
            clause.negated = True

    def _temporal(self, i: int, end: int) -> bool:
        return (
            end > i
            and "time" in lexicon.noun_classes(self.lemma(end - 1))
            and (
                self.low[i]
                in {"last", "this", "next", "every", "each", "that", "yesterday", "today", "tomorrow"}
                or end - i == 1
            )
        )

    # -- clauses below -------------------------------------------------------------------

    def _infinitive(self, parent: int, verb: int, end: int) -> int:
        passive = self.low[verb] == "be" and verb + 1 < end and self.tags[verb + 1] in {"VBN", "VBD"}
        perfect = self.low[verb] == "have" and verb + 1 < end and self.tags[verb + 1] in {"VBN", "VBD"}
        at = verb + 1 if passive or perfect else verb
        number = self.add_clause(at, parent=parent, link="to", passive=passive, start=verb)
        if not passive and self.low[at] == "be":
            self.clauses[number].copular = True
        self.tail(number, at + 1, end)
        return end

    def _gerund(self, parent: int, case: str, verb: int, end: int) -> int:
        number = self.add_clause(verb, parent=parent, link=case, start=verb)
        self.tail(number, verb + 1, end)
        return end

    def _subordinate(self, parent: int, marker: int, end: int) -> int:
        word = self.low[marker]
        link = word if word in SUBORDINATORS or word in {"that", "how", "why"} else "that"
        self.finite(marker + 1, end, parent=parent, link=link)
        return end

    def relative(self, parent: int, j: int, end: int) -> int:
        """Read a relative clause that follows a noun phrase; its words become a clause of their own."""
        if j + 1 < end and self.low[j] in RELATIVE:
            if self.tags[j + 1] in VERBAL | AUXILIARY:
                number = self.verb_group(j + 1, end, parent=parent, link="relative")
                return end if number is not None else j + 1
            inner = self.noun_phrase(j + 1, end)
            if inner > j + 1 and self.tag(inner) == "VBN":
                self.tags[inner] = "VBD"
            if self.clause_at(j + 1, end):
                self.finite(j + 1, end, parent=parent, link="relative")
                return end
        if j + 1 < end and self.tags[j] in {"VBN", "VBG"} and self.low[j] not in {"according", "following"}:
            passive = self.tags[j] == "VBN"
            number = self.add_clause(j, parent=parent, link="participle", passive=passive, start=j)
            self.tail(number, j + 1, end)
            return end
        return j

    def _dangling_verb(self, parent: int, j: int, end: int) -> int:
        link = "and" if self.low[j - 1] in {"and", "or"} else "loose"
        reporting = self.lemma(self.clauses[parent].verb) in REPORTING
        if link == "loose" and reporting and self.tags[j] == "VBN" and j == self.clauses[parent].verb + 1:
            self.tags[j] = "VBD"
        if link == "loose" and reporting and self.tags[j] not in {"VBN", "VBG"}:
            link = "that"
        number = self.verb_group(j, end, parent=parent, link=link)
        return end if number is not None else j + 1

    def finite(self, i: int, end: int, parent: int | None, link: str) -> int | None:
        """Read subject, verb group and complements of a finite clause that starts at i."""
        subject_end, head = self.full_phrase(i, end)
        subject_end = max(subject_end, self.subject_end(i, end))
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
            number = self.verb_group(j, end, parent=parent, link=link)
            if number is not None:
                self.clauses[number].slots[:0] = slots
                self.clauses[number].start = i
            return number
        self.loose.extend(slots)
        return None

    def verb_group(self, i: int, end: int, parent: int | None = None, link: str = "") -> int | None:
        """Read auxiliaries, negation and main verb from i, then the complements."""
        j, negated, modal, be = i, False, "", False
        last = None
        while j < end:
            tag, word = self.tags[j], self.low[j]
            if self._helps(j, end):
                modal = word if tag == "MD" else modal
                be = word in BE or tag == "BE"
                last = j
            elif word in {"not", "n't", "never"}:
                negated = True
            elif not (tag == "ADV" and last is not None) and not self._semi_modal(last, j, end):
                break
            j += 1
        given = {"parent": parent, "link": link, "negated": negated, "modal": modal, "start": i}
        if j < end and self.tags[j] in VERBAL:
            number = self.add_clause(j, passive=be and self.tags[j] in {"VBN", "VBD"}, **given)
            self.tail(number, j + 1, end)
            return number
        if last is None:
            return None
        number = self.add_clause(last, copular=self.tags[last] == "BE" or self.low[last] in BE - GET, **given)
        self.tail(number, j, end)
        return number

    def _helps(self, j: int, end: int) -> bool:
        """Tell whether the word at j helps another verb: an auxiliary, or "get" before a participle."""
        tag, word = self.tags[j], self.low[j]
        if tag in {"NOUN", "PROPN"}:
            return False
        after = j + 1
        while after < end and self.tags[after] == "ADV":
            after += 1
        if word in SEMI_MODAL and self.word(after) == "to" and after + 1 < end and self.verb_at(after + 1):
            return True
        if word in GET:
            return after < end and self.tags[after] in {"VBN", "VBD"}
        return tag in AUXILIARY or word in BE

    def _semi_modal(self, last: int | None, j: int, end: int) -> bool:
        """Tell whether "to" at j only joins a semi-modal and its verb: "had to leave"."""
        return (
            self.low[j] == "to"
            and last is not None
            and self.low[last] in SEMI_MODAL
            and j + 1 < end
            and self.verb_at(j + 1)
        )
