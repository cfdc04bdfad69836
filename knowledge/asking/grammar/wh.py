"""The wh-phrase of a question: where it stands, what it asks for, how far it goes."""

from __future__ import annotations

from knowledge.asking.grammar.clauses import Clauses
from knowledge.asking.grammar.nouns import Asked, Slot
from knowledge.asking.grammar.sets import (
    AUXILIARY,
    DEGREES,
    EMBEDDING,
    FINITE,
    FOCUS,
    KIND_NOUNS,
    NOUN,
    PREPOSITIONS,
    VERBAL,
)
from knowledge.asking.grammar.tags import verb_lemmas

ADVERBIAL = {"when", "where", "why", "how"}
OWN_DEGREES = {"long", "old", "often", "far"}
"""Degrees that are wh-classes of their own."""
TOLD_TO = {"article", "text", "story", "report", "it", "you", "anyone", "they", "news", "anybody", "somebody"}
"""Who is asked where a question hangs on another: "does the article say who"."""


class WhPhrases(Clauses):
    """Reads wh-phrases and alternatives."""

    def wh_position(self) -> int | None:
        """Return where the wh-word stands that asks, or None in a yes/no question or statement."""
        spots = [i for i in range(self.n) if self.tags[i] == "WH"]
        if spots and self.tags[0] in AUXILIARY:
            spots = [i for i in spots if self._embedded(i) or self._asked_anew(i)]
        asking = [i for i in spots if not self._adverbial_clause(i)]
        return asking[0] if asking else None

    def _asked_anew(self, i: int) -> bool:
        """Tell whether a second question starts at i, behind a comma."""
        return self.tags[i - 1] == "PUNCT" and self.tag(i + 1) in AUXILIARY

    def _embedded(self, i: int) -> bool:
        """Tell whether a yes/no question only wraps the wh-question at i: "does the article say who"."""
        before = i - 2 if self.tags[i - 1] in PREPOSITIONS else i - 1
        if self.low[before] in {"me", "us"}:
            before -= 1
        named = set(self.low[1:before]) & TOLD_TO
        return before > 0 and bool(named) and bool(set(verb_lemmas(self.low[before])) & EMBEDDING)

    def _adverbial_clause(self, i: int) -> bool:
        """Tell whether "when" or "where" at i opens a clause that only tells the time or place."""
        others = [k for k in range(self.n) if self.tags[k] == "WH" and k != i]
        if self.low[i] in {"how", "why"}:
            later = bool(others) and others[-1] > i > 0
            return later and self.clause_at(i + 1, self.n) and self.tags[i - 1] in PREPOSITIONS | VERBAL
        if self.low[i] not in {"when", "where"}:
            return False
        if self.tags[0] in AUXILIARY:
            return True
        plain = self.clause_at(i + 1, self.n) and self.tag(i + 1) not in AUXILIARY
        return bool(others) and plain

    def choices(self) -> tuple[Slot, ...]:
        """Return the alternatives of "X or Y"."""
        for i in range(1, self.n - 1):
            if self.low[i] != "or":
                continue
            if self._bare(i - 1) and self._bare(i + 1) and not self.opens_noun(i + 1, self.n):
                return Slot("choice", "", i - 1, i, i - 1), Slot("choice", "", i + 1, i + 2, i + 1)
            start = self._choice_start(i)
            second = i + 2 if self.tags[i + 1] == "ADP" and self.low[i + 1] in self.low[:i] else i + 1
            end, head = self.full_phrase(second)
            if end > second:
                first = Slot("choice", "", start, i, self.head_of(start, self._base_end(start, i)))
                return first, Slot("choice", "", second, end, head)
        return ()

    def _bare(self, i: int) -> bool:
        return self.tags[i] in {"ADV", "INTJ", "ADJ"}

    def _choice_start(self, i: int) -> int:
        """Return where the alternative before "or" at i starts, with its "of" phrase."""
        start = i - 1
        while start > 0 and self.tags[start - 1] in {"NOUN", "PROPN", "ADJ", "DET", "NUM"}:
            start -= 1
        if start > 1 and self.low[start - 1] == "of" and self.tags[start - 2] in NOUN:
            return self._choice_start(start - 1)
        return start

    def _base_end(self, start: int, end: int) -> int:
        return self.low.index("of", start, end) if "of" in self.low[start:end] else end

    def wh_phrase(self, i: int) -> tuple[Asked, int]:
        """Return what the wh-phrase at i asks for and its end."""
        word = self.low[i]
        j = i + 1
        while j < self.n and self.low[j] in FOCUS:
            j += 1
        if word == "how" and j < self.n:
            return self._how(j)
        if word in ADVERBIAL:
            return Asked(word), j
        if word in {"what", "which", "whose"}:
            return self._which(word, j)
        return Asked("who"), j

    def _how(self, j: int) -> tuple[Asked, int]:
        """Read "how many", "how much", "how long", "how strong a wind", "how come"."""
        nxt = self.low[j]
        if nxt in {"many", "much"}:
            return self._how_many("how_many" if nxt == "many" else "how_much", j + 1)
        if nxt in OWN_DEGREES:
            end = self._noun_end(j + 1) if nxt == "often" else j + 1
            if self.word(end) in {"a", "an"}:
                end = self._noun_end(end + 1)
            return Asked(f"how_{nxt}", adjective=nxt), end
        if nxt == "come":
            return Asked("why"), j + 1
        degree = self.tags[j] == "ADJ" or nxt in DEGREES or (self.tags[j] == "ADV" and not nxt.endswith("ly"))
        if degree:
            first = j + 2 if self.word(j + 1) in {"a", "an"} else j + 1
            end = self._noun_end(first)
            if end == first:
                return Asked("how_adjective", adjective=nxt), j + 1
            noun = self.lemma(self.head_of(first, end))
            return Asked("how_adjective", adjective=nxt, noun=noun, noun_start=first, noun_end=end), end
        return Asked("how"), j

    def _how_many(self, wh: str, start: int) -> tuple[Asked, int]:
        """Read what is counted or measured: "how many of the men", "how much tax per head"."""
        if self.word(start) == "more" or self.word(start) in FOCUS:
            start += 1
        end = self._noun_end(start)
        if end == start and self.word(start) == "of":
            return self._part_of(wh, start)
        noun = self.lemma(self.head_of(start, end)) if end > start else ""
        end = self._with_of(end) if end > start else end
        asked = Asked(wh, noun=noun, noun_start=start if noun else 0, noun_end=end if noun else 0)
        rate = self.word(end) in {"a", "an", "per", "each", "every"} and self.tag(end + 1) == "NOUN"
        if rate and (self.word(end) == "per" or self.tag(end + 2) in AUXILIARY):
            self.loose.append(Slot("oblique", "per", end + 1, end + 2, end + 1))
            return asked, end + 2
        return asked, end

    def _part_of(self, wh: str, at: int) -> tuple[Asked, int]:
        """Read "how many of the men": the men are counted; "how much of the oil": the oil is told."""
        end = self.noun_phrase(at + 1)
        while end < self.n and self.tags[end] in {"VBN", "ADJ"} and self.tag(end + 1) in AUXILIARY:
            end += 1
        if end <= at + 1:
            return Asked(wh), at + 1
        head = self.head_of(at + 1, end)
        if wh == "how_many" and self.tags[head] == "NOUN":
            return Asked(wh, noun=self.lemma(head), noun_start=at + 1, noun_end=end), end
        self.loose.append(Slot("oblique", "of", at + 1, end, head))
        return Asked(wh), end

    def _which(self, word: str, j: int) -> tuple[Asked, int]:
        """Read "which", "what" or "whose" with the noun that it determines."""
        if word == "what" and self.word(j) == "for" and j + 1 >= self.n:
            return Asked("why"), j + 1
        inverted = self.tag(self.noun_phrase(j, self.n)) == "DO"
        if word == "what" and self.tag(j) in {"PROPN", "PRON"} and self.clause_at(j, self.n) and not inverted:
            return Asked("what"), j
        if word == "which" and self.word(j) in {"one", "ones"} and self.word(j + 1) != "of":
            return Asked("which"), j + 1
        bare = "whose" if word == "whose" else ("which" if word == "which" else "what")
        if word == "which" and self.word(j) == "of":
            end = self.noun_phrase(j + 1)
            if end > j + 1:
                head = self.head_of(j + 1, end)
                return Asked("which", noun=self.lemma(head), noun_start=j + 1, noun_end=end), end
        end = self._noun_end(j)
        if end <= j:
            return Asked(bare), j
        head = self.head_of(j, end)
        kind_of = False
        if self.low[head] in KIND_NOUNS and self.word(end) == "of":
            inner = self._noun_end(end + 1)
            if inner > end + 1:
                kind_of, head, j, end = True, self.head_of(end + 1, inner), end + 1, inner
        else:
            end = self._with_of(end)
        wh = "whose" if word == "whose" else "which"
        return Asked(wh, noun=self.lemma(head), noun_start=j, noun_end=end, kind_of=kind_of), end

    def _with_of(self, end: int) -> int:
        """Return the end of a wh-phrase with its "of" phrase: "how many nights of rain"."""
        if self.word(end) != "of":
            return end
        inner = self.noun_phrase(end + 1)
        if inner == end + 1 and self.tag(inner) == "VBG":
            inner += 1
        follows = VERBAL | AUXILIARY | {"ADV", "ADP", "PRON", ""}
        return inner if inner > end + 1 and self.tag(inner) in follows else end

    def _noun_end(self, i: int, asked: bool = True) -> int:
        """Return the end of the noun that a wh-word determines; a verb that could be a noun ends it."""
        j, noun = i, False
        while j < self.n:
            step = self._noun_step(i, j, noun)
            if step is None:
                break
            j, noun = step
        if not noun:
            alone = j > i and self.tags[j - 1] in {"ADJ", "NUM"}
            people = alone and self.tag(j) in VERBAL and asked and self.low[i - 1] == "which"
            return j if alone and (self.tags[i] == "NUM" or people) else i
        if self.low[j - 1] in {"'s", "-"}:
            j -= 1
        in_place = any(self.tags[k] in FINITE for k in range(i - 1))
        return self._without_verb(i, j) if asked and not in_place else j

    def _noun_step(self, i: int, j: int, noun: bool) -> tuple[int, bool] | None:
        """Return where the noun goes on behind j and whether it has its head, None where it ends."""
        tag, word = self.tags[j], self.low[j]
        if word == "-" and j > i and j + 1 < self.n:
            return j + 2, True
        if tag in NOUN:
            starts_clause = (
                noun and tag == "PROPN" and self.tags[j - 1] == "NOUN" and self.clause_at(j, self.n)
            )
            plural = noun and self.tags[i - 2] == "ADP" and self.low[j - 1] != self.lemma(j - 1)
            if starts_clause or (plural and tag == "NOUN" and self.clause_at(j, self.n)):
                ahead = [self.tags[k] for k in range(j, self.n)]
                return None if "DO" not in ahead[:3] and self._clause_is_own(j) else (j + 1, True)
            return j + 1, True
        if word in {"and", ","} and noun:
            found = self._conjunct(j, self.n)
            inverted = found is not None and self.tag(found[0]) in AUXILIARY
            after = self.noun_phrase(j + 1)
            if found is None and after > j + 1 and self.tag(after) in AUXILIARY and word == "and":
                return after, True
            return (found[0], True) if found is not None and inverted else None
        if word == "'s" and j > i:
            return j + 1, noun
        if tag == "NUM":
            return j + 1, noun
        if tag == "ADJ":
            return (j + 1, noun) if not noun or self.opens_noun(j, self.n) else None
        if tag in {"VBN", "VBG", "ADV"}:
            return (j + 1, noun) if not noun and self.opens_noun(j + 1, self.n) else None
        return None

    def _clause_is_own(self, j: int) -> bool:
        """Tell whether the clause at j has its auxiliary behind its subject: no inversion of the question."""
        after = self.noun_phrase(j, self.n)
        return self.tag(after) in {"VBD", "VBZ", "VBP", "MD", "BE", "HAVE"} and not (
            self.tag(after) in AUXILIARY and self.tag(after + 1) in {"DET", "PRON", "PROPN"}
        )

    def _without_verb(self, i: int, end: int) -> int:
        """Return the noun's end without a last word that has to be the question's verb."""
        last = end - 1
        if last <= i or self._has_verb(end):
            return end
        word = self.low[last]
        plural = self.low[last - 1].endswith("s") or self.low[last - 1] in {
            "people",
            "men",
            "women",
            "children",
        }
        base = word in verb_lemmas(word)
        if verb_lemmas(word) and (plural if base else True) and self.tags[last] != "PROPN":
            self.tags[last] = "VBP" if base else ("VBZ" if word.endswith("s") else "VBD")
            return last
        return end

    def _has_verb(self, end: int) -> bool:
        """Tell whether a verb follows the wh-phrase before another clause begins."""
        for k in range(end, self.n):
            if self.low[k] in {"that", "who", "which", "when", "if", "because"}:
                return False
            if self.tags[k] in VERBAL | AUXILIARY:
                return True
        return end >= self.n

    def wh_tail(self, asked: Asked, after: int) -> int:
        """Keep the phrases of the noun asked for ("which phrase about X did ..."); return their end."""
        j = after
        while (
            j < self.n
            and self.tags[j] == "ADP"
            and (asked.noun_end > asked.noun_start or j > after or asked.wh in {"who", "what", "where"})
        ):
            end, head = self.full_phrase(j + 1)
            if end == j + 1 or end >= self.n:
                break
            if self.tags[end] not in AUXILIARY | VERBAL | {"ADP", "PUNCT"}:
                break
            self.loose.append(Slot("oblique", self.low[j], j + 1, end, head))
            j = end
            if self.tag(j) == "PUNCT":
                j += 1
        return j
