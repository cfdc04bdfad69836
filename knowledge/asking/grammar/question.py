"""A whole question: its shape and what is inverted, fronted, cleft or left in place in it."""

from __future__ import annotations

from dataclasses import replace

from knowledge.asking.grammar.gap import Gaps
from knowledge.asking.grammar.nouns import Asked, QuestionFrame, Slot
from knowledge.asking.grammar.sets import (
    AUXILIARY,
    BE,
    EMBEDDING,
    FINITE,
    GET,
    HAVE,
    LISTING,
    NOMINAL,
    NOUN,
    PREPOSITIONS,
    RELATIVE,
    SECOND_OBJECT,
    SEMI_MODAL,
    SUBORDINATORS,
    VERBAL,
)
from knowledge.asking.grammar.tags import verb_lemmas
from knowledge.language import lexicon

LOOSE_CASES = {"following", "besides", "according", "along", "unlike", "concerning", "regarding"}
WANTED = {"DO": {"VB"}, "MD": {"VB", "BE", "HAVE"}, "BE": {"VBN", "VBG", "VBD"}, "HAVE": {"VBN", "VBD", "BE"}}
"""Tags of the main verb that each kind of auxiliary takes."""
TRUE = {"true", "correct", "right", "so", "fact", "possible"}
EVERYTHING = {"everything", "anything", "all", "everyone", "everybody", "something"}


def frame_question(words: tuple[str, ...], tags: tuple[str, ...]) -> QuestionFrame:
    """Return the frame of a normalised, tagged question."""
    return Grammar(words, tags).frame()


class Grammar(Gaps):
    """One pass over the words of a question."""

    def frame(self) -> QuestionFrame:
        """Read the question."""
        wh = self.wh_position()
        if wh is not None:
            self.n = self._first_question(wh)
        asked = self._without_wh() if wh is None else self.sorted_gap(self._with_wh(wh))
        negated = any(c.negated for c in self.clauses) or any(
            w in {"not", "n't", "never"} for w in self.low[: self.n]
        )
        choices = self.choices()
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

    # -- with a wh-word ------------------------------------------------------------------

    def _first_question(self, wh: int) -> int:
        """Return where the first of two questions ends: "what was stolen and by whom"."""
        for k in range(wh + 2, self.n - 1):
            at = k + 2 if self.tags[k + 1] == "ADP" else k + 1
            verb = any(self.tags[j] in VERBAL | AUXILIARY for j in range(wh, k))
            if self.tags[k] == "CCONJ" and self.tag(at) == "WH" and verb:
                return k - 1 if self.tags[k - 1] == "PUNCT" else k
        return self.n

    def _with_wh(self, wh: int) -> Asked:
        asked, after = self.wh_phrase(wh)
        while self.tag(after) == "CCONJ" and self.tag(after + 1) == "WH":
            after += 2
        case, before = self._case_before(wh)
        if case == "about" and asked.wh in {"how_many", "how_much"}:
            case = ""
        if self._hangs(before) or (self.tags[0] in AUXILIARY and self._asked_anew(wh)):
            before = 0
        start = self._clause_start(before)
        if start is not None:
            return self._in_place(asked, case, start, before, after)
        if before > 0:
            self._fronted(0, before)
        after = self.wh_tail(asked, after)
        if after >= self.n:
            return replace(asked, gap="adverb" if self.loose else "topic", case=case)
        return self._behind_wh(asked, case, self._uncleft(after))

    def _behind_wh(self, asked: Asked, case: str, after: int) -> Asked:
        """Read what follows the wh-phrase: auxiliary, verb or embedded clause."""
        after = self._over_aside(after)
        tag = self.tags[after]
        if tag in AUXILIARY:
            start, negated = after + 1, False
            if self.word(start) in {"n't", "not"}:
                negated, start = True, start + 1
            return self._inverted(asked, case, after, start, negated)
        if tag in VERBAL:
            number = self.verb_group(after, self.n)
            return self.gap(asked, case, number or 0, subject_asked=True)
        adverb = after
        while self.tag(adverb) == "ADV":
            adverb += 1
        if adverb > after and self.tag(adverb) in VERBAL | AUXILIARY:
            if self.tags[adverb] in AUXILIARY and not self._helps(adverb, self.n):
                return self._behind_wh(asked, case, adverb)
            if self.tags[adverb] in {"DO", "MD", "BE"} and self.tag(adverb + 1) not in VERBAL:
                return self._behind_wh(asked, case, adverb)
            number = self.verb_group(adverb, self.n) or 0
            self.clauses[number].negated |= "never" in self.low[after:adverb]
            return self.gap(asked, case, number, subject_asked=True)
        if self.clause_at(after, self.n):
            number = self.finite(after, self.n, None, "")
            return self.gap(asked, case, number or 0, subject_asked=False)
        self._fronted(after, self.n)
        return replace(asked, gap="topic", case=case)

    def _over_aside(self, after: int) -> int:
        """Return where the question goes on behind a comma, or behind "..., raided by X, ..."."""
        while self.tag(after) == "PUNCT" and after + 1 < self.n:
            after += 1
            close = next((k for k in range(after, self.n) if self.tags[k] == "PUNCT"), self.n)
            if self.tags[after] in {"VBN", "VBG"} and close + 1 < self.n:
                number = self.add_clause(after, link="participle", passive=self.tags[after] == "VBN")
                self.complements(number, after + 1, close)
                after = close
        return after

    def _case_before(self, wh: int) -> tuple[str, int]:
        """Return the preposition before the wh-word, of one or several words, and where it starts."""
        for k in range(max(0, wh - 4), wh):
            found = self.case_at(k, self.n)
            if found is not None and found[1] == wh:
                return found[0], k
        if wh > 0 and (self.tags[wh - 1] in PREPOSITIONS | {"PART"} or self.low[wh - 1] in {"of", "to"}):
            return self.low[wh - 1], wh - 1
        return "", wh

    def _hangs(self, before: int) -> bool:
        """Tell whether the words before the wh-phrase only ask to be told."""
        last = before - 1
        while last > 0 and self.low[last] in {"me", "us", "to", "out", ","}:
            last -= 1
        lemmas = set(verb_lemmas(self.word(last)))
        told = last > 0 and {"you", "i", "anyone", "somebody", "someone", "article"} & set(self.low[:last])
        return bool(told) and bool(lemmas & (EMBEDDING | {"find", "figure"}))

    def _clause_start(self, before: int) -> int | None:
        """Return where a clause starts that stands whole before a wh-phrase left in place, if one does."""
        start = 0
        while start < before and (self.tags[start] in {"ADP", "PUNCT"} or self.low[start] == "according"):
            end, _ = self.full_phrase(start + 1, before)
            start = max(end, start + 1)
        if self.word(start) in SUBORDINATORS:
            return None
        end = self.noun_phrase(start, before)
        finite = FINITE | {"VBN"}
        if start < end <= before and any(self.tags[k] in finite for k in range(end, before)):
            return start
        return None

    def _in_place(self, asked: Asked, case: str, start: int, before: int, after: int) -> Asked:
        """Read "she spoke to who", "they had to pay how many pounds for ..."."""
        self._fronted(0, start)
        number = self.finite(start, before, None, "")
        if number is None:
            return replace(asked, gap="topic", case=case)
        last = len(self.clauses) - 1
        self.stranded = None
        self.complements(last, after, self.n)
        gap = "oblique" if case else ("complement" if self.clauses[last].copular else "object")
        return replace(asked, gap=gap, case=case, clause=last)

    def _uncleft(self, after: int) -> int:
        """Return where the question goes on behind "was it that" or "it was that"."""
        be_it = self.tags[after] == "BE" and self.word(after + 1) == "it"
        it_be = self.low[after] == "it" and self.tag(after + 1) == "BE"
        if not (be_it or it_be):
            return after
        skip = after + 2
        if self.word(skip) in RELATIVE and skip + 1 < self.n:
            return skip + 1
        inner = self.noun_phrase(skip, self.n)
        if (
            be_it
            and inner > skip
            and self.tag(inner) == "VBN"
            and self.tags[skip] in {"DET", "PRON", "PROPN"}
        ):
            self.tags[inner] = "VBD"
        return skip if self.clause_at(skip, self.n) else after

    def _fronted(self, i: int, end: int) -> None:
        """Keep phrases that stand before the wh-word or around no verb."""
        self.lists = False
        j = i
        while j < end:
            if self.tags[j] == "ADP" or self.low[j] in SUBORDINATORS or self.low[j] in LOOSE_CASES:
                found = self.case_at(j, end)
                case, after = found if found is not None else (self.low[j], j + 1)
                if self.clause_at(after, end):
                    self.finite(after, end, None, case)
                    break
                phrase_end, head = self.full_phrase(after, end)
                if phrase_end > after:
                    self.loose.append(Slot("oblique", case, after, phrase_end, head))
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
        self.lists = True

    # -- inversion -----------------------------------------------------------------------

    def _inverted(self, asked: Asked, case: str, aux: int, start: int, negated: bool) -> Asked:
        """Read what follows wh-phrase and auxiliary (at aux); the subject would start at `start`."""
        kind = self.tags[aux]
        if start >= self.n:
            number = self.add_clause(aux, copular=kind == "BE", negated=negated)
            return self.gap(asked, case, number, subject_asked=True)
        if self._verb_next(kind, start):
            found = self.verb_group(aux, self.n)
            if found is not None:
                self.clauses[found].negated |= negated
            return self.gap(asked, case, found or 0, subject_asked=True)
        verb = self.find_verb(start, WANTED[kind])
        if kind == "BE" and verb is not None:
            described = asked.wh in {"what", "who"} and not case and self._described(start, verb)
            reduced = asked.wh in {"what", "who"} and self._reduced(aux, start, verb)
            if described or reduced or self._is_state(start, verb):
                verb = None
        if verb is None:
            return self._copular(asked, case, aux, start, negated)
        number = self._around_subject(kind, aux, start, verb)
        clause = self.clauses[number]
        clause.negated |= negated or any(self.low[k] in {"not", "n't", "never"} for k in range(start, verb))
        clause.modal = self.low[aux] if kind == "MD" else clause.modal
        return self.gap(asked, case, number, subject_asked=False)

    def _reduced(self, aux: int, start: int, verb: int) -> bool:
        """Tell whether the verb is that of a relative clause: "who's the man Ann spoke to"."""
        if self.low[aux] not in {"is", "'s", "are"} or self.tags[verb] not in {"VBN", "VBD"}:
            return False
        end = self.noun_phrase(start, verb)
        if end != verb or self._without_inner_subject(start, end) == end:
            return False
        self.tags[verb] = "VBD"
        return True

    def _described(self, start: int, verb: int) -> bool:
        """Tell whether a participle only describes what is asked about: "the name of the man killed"."""
        if self.tags[verb] not in {"VBN", "VBD"} or self.tags[start] == "PRON":
            return False
        if set(verb_lemmas(self.low[verb])) & SECOND_OBJECT or self._helps(verb, self.n):
            return False
        left = any(
            self.tags[k] == "ADP" and (k + 1 == self.n or self.tags[k + 1] in {"WH", "ADP", "SCONJ", "PUNCT"})
            for k in range(verb + 1, self.n)
        )
        infinitive = any(self.low[k] == "to" and self.verb_at(k + 1) for k in range(verb + 1, self.n - 1))
        return not left and not infinitive

    def _verb_next(self, kind: str, start: int) -> bool:
        """Tell whether the verb follows the auxiliary at once: the wh-phrase is the subject."""
        skip = start
        while self.tag(skip) == "ADV" and not self.opens_noun(skip, self.n):
            skip += 1
        if skip >= self.n:
            return False
        tag, word = self.tags[skip], self.low[skip]
        if tag in VERBAL | {"BE"}:
            base = kind in {"DO", "MD"} and word in verb_lemmas(word)
            if tag in {"VBN", "VBG"} and kind == "BE" and self._names_thing(skip):
                return False
            return tag in WANTED[kind] or kind in {"HAVE", "MD"} or word in BE or base
        if kind == "MD" and word in verb_lemmas(word) and self.find_verb(skip, {"VB", "BE", "HAVE"}) is None:
            self.tags[skip] = "VB"
            return True
        return False

    def _names_thing(self, at: int) -> bool:
        """Tell whether a participle right behind "be" belongs to a subject whose own verb comes later."""
        later = self.find_verb(at, WANTED["BE"])
        return later is not None and self.opens_noun(at + 1, later, strict=True)

    def _is_state(self, start: int, verb: int) -> bool:
        """Tell whether the participle lies in a clause of a copular question's subject."""
        inner = self.relative_verb(start, self.n)
        behind = inner is not None and verb > inner and self.tags[verb - 1] not in AUXILIARY
        if any(self.low[k] in RELATIVE for k in range(start + 1, verb)) and not behind:
            return True
        if self.tags[verb] == "VBG" and self.low[verb - 1] in {"of", "for", "in", "by", "from"}:
            return True
        if self.low[verb] in HAVE and self.opens_noun(verb + 1, self.n):
            return True
        end, _ = self.full_phrase(start, verb)
        return (
            start < end < verb and self.tags[end] in {"DET", "PRON"} and self.noun_phrase(end, verb) == verb
        )

    def _around_subject(self, kind: str, aux: int, start: int, verb: int) -> int:
        """Read subject, verb and complements of an inverted clause; return its number."""
        subject_end, head = self.full_phrase(start, verb)
        slots = []
        if subject_end > start:
            slots.append(Slot("subject", "", start, subject_end, head))
            self._subject_rest(subject_end, verb, slots)
        else:
            slots.append(Slot("subject", "", start, verb, self.head_of(start, verb)))
        grouped = None
        helps = self.low[verb] in SEMI_MODAL | GET and self._helps(verb, self.n)
        if self.tags[verb] in {"BE", "HAVE"} or helps:
            grouped = self.verb_group(verb, self.n)
        if grouped is None:
            if kind in {"DO", "MD"}:
                self.tags[verb] = "VB"
            elif self.tags[verb] not in VERBAL:
                self.tags[verb] = "VBG" if self.low[verb].endswith("ing") else "VBN"
            passive = kind == "BE" and self.tags[verb] in {"VBN", "VBD"}
            grouped = self.add_clause(verb, passive=passive, start=aux)
            self.tail(grouped, verb + 1, self.n)
        self.clauses[grouped].slots[:0] = slots
        return grouped

    def _subject_rest(self, i: int, verb: int, slots: list[Slot]) -> None:
        """Read what stands between the subject's base phrase and the verb."""
        j = i
        while j < verb:
            found = self.case_at(j, verb)
            if found is not None:
                end, head = self.full_phrase(found[1], verb)
                if end > found[1]:
                    kind = "oblique" if found[0] == "according to" else "subject_oblique"
                    slots.append(Slot(kind, found[0], found[1], end, head))
                    j = end
                    continue
            if self.low[j] in RELATIVE and self.tag(j + 1) in VERBAL | AUXILIARY:
                self.verb_group(j + 1, verb, link="relative")
                return
            if self.tags[j] in VERBAL:
                number = self.add_clause(j, link="participle", passive=self.tags[j] == "VBN", parent=None)
                self.complements(number, j + 1, verb)
                return
            if self.tags[j] in NOMINAL - {"PRON"} | {"ADJ"}:
                end, head = self.full_phrase(j, verb)
                slots.append(Slot("subject_oblique", "", j, max(end, j + 1), head))
                j = max(end, j + 1)
                continue
            j += 1

    def _copular(self, asked: Asked, case: str, aux: int, start: int, negated: bool) -> Asked:
        """Read "who is X", "what is the name of X", "how strong was X", "where is X"; also "what has X"."""
        number = self.add_clause(aux, copular=self.tags[aux] == "BE", negated=negated, start=aux)
        clause = self.clauses[number]
        subject_end, head = self.full_phrase(start)
        if self.tag(subject_end) in FINITE:
            subject_end = self._without_inner_subject(start, subject_end)
            head = min(head, max(start, subject_end - 1))
        adjective = (
            asked.wh in {"which", "who", "what", "how_many"}
            and self.tags[aux] == "BE"
            and subject_end > start
            and all(self.tags[k] in {"ADJ", "ADV"} for k in range(start, subject_end))
        )
        if adjective:
            clause.slots.append(Slot("complement", "", start, subject_end, head))
            self.tail(number, subject_end, self.n)
            return self.gap(asked, case, number, subject_asked=True)
        if subject_end > start:
            clause.slots.append(Slot("subject", "", start, subject_end, head))
        j = max(subject_end, start)
        inner = self.noun_phrase(j, self.n)
        if j < inner and self.tags[j] in {"DET", "PRON"} and self.tag(inner) == "VBN":
            self.tags[inner] = "VBD"
        if subject_end > start and self.word(j) not in RELATIVE and self.clause_at(j, self.n):
            self.finite(j, self.n, parent=number, link="relative")
            return self.gap(asked, case, number, subject_asked=False)
        if subject_end > start and self.tag(j) == "VBN":
            below = self.add_clause(j, link="participle", passive=True, parent=number, start=j)
            self.tail(below, j + 1, self.n)
            return self.gap(asked, case, number, subject_asked=False)
        self.tail(number, self.relative(number, j, self.n), self.n)
        return self.gap(asked, case, number, subject_asked=False)

    def _without_inner_subject(self, start: int, end: int) -> int:
        """Return a phrase's end without the subject of a clause behind it: "the man | Ann met"."""
        j = end
        while j > start and self._is_name(j - 1):
            j -= 1
        return j if start < j < end and self.tags[j - 1] in NOUN else end

    def _is_name(self, k: int) -> bool:
        """Tell whether a word is part of a name rather than a common noun."""
        known = lexicon.tags(self.low[k])[:1]
        common = self.words[k].islower() and known == ("NOUN",)
        return self.tags[k] in NOUN and not common and (self.tags[k] == "PROPN" or not known)

    # -- without a wh-word ---------------------------------------------------------------

    def _without_wh(self) -> Asked:
        """Read a yes/no question, a statement, an imperative or bare keywords."""
        if self.n and self.tags[0] in AUXILIARY:
            told = self._is_it_true()
            if told:
                number = self.finite(told, self.n, None, "")
                return Asked("yesno", clause=number or 0)
            start = 1
            negated = self.word(start) in {"n't", "not"}
            asked = self._inverted(Asked("yesno"), "", 0, start + negated, negated)
            return Asked("yesno", clause=self._cleft(asked.clause))
        listed = self._listing()
        if listed is not None:
            return listed
        if self.clause_at(0, self.n):
            number = self.finite(0, self.n, None, "")
            if number is not None:
                return Asked("yesno" if self.words[-1] == "?" else "topic", clause=number)
        self._fronted(0, self.n)
        if self.words and self.words[-1] == "?" and self.clauses and self.clauses[0].link == "":
            return Asked("yesno")
        return Asked("topic", gap="topic")

    def _is_it_true(self) -> int:
        """Return where the clause starts in "is it true that ...", 0 elsewhere."""
        if self.word(1) != "it" or self.word(2) not in TRUE:
            return 0
        at = 4 if self.word(3) == "that" else 3
        return at if self.clause_at(at, self.n) else 0

    def _listing(self) -> Asked | None:
        """Read "name the two songs that she sang": the noun is asked for, the relative clause tells which."""
        if self.word(0) not in LISTING or self.n < 4:
            return None
        i = 2 if self.word(1) in {"me", "us"} else 1
        i = i + 1 if self.word(i) == "all" and self.tag(i + 1) == "DET" else i
        at = i + 1 if self.tag(i) == "DET" and self.word(i) not in EVERYTHING else i
        end = at + 1 if self.word(at) in EVERYTHING else self._noun_end(at, asked=False)
        if end <= at or end + 1 >= self.n:
            return None
        asked = Asked("what")
        if self.low[at] not in EVERYTHING:
            asked = Asked("which", noun=self.lemma(self.head_of(at, end)), noun_start=at, noun_end=end)
        j = end + 1 if self.low[end] in RELATIVE else end
        inner = self.noun_phrase(j, self.n)
        if self.tag(inner) == "VBN" and inner > j:
            self.tags[inner] = "VBD"
        if self.tags[j] in VERBAL | AUXILIARY:
            number = self.verb_group(j, self.n)
            return self.gap(asked, "", number or 0, subject_asked=True)
        if self.clause_at(j, self.n):
            number = self.finite(j, self.n, None, "")
            return self.sorted_gap(self.gap(asked, "", number or 0, subject_asked=False))
        return None

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
        kind = "subject" if clause.slot("subject") is None else "object"
        if clause.slot(kind) is None:
            clause.slots.insert(0, replace(complement, kind=kind))
        first.slots = []
        return inner
