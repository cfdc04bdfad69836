"""Noun phrases of a question."""

from __future__ import annotations

from knowledge.asking.grammar.sets import FINITE, MODIFIER, NOMINAL, NOUN, OWNERS, TIME_NOUNS
from knowledge.asking.grammar.tags import Tagged

QUOTE = '"'
JOINERS = {"-", "–", "/"}


class Phrases(Tagged):
    """Finds base and full noun phrases and their heads."""

    lists = True
    """Whether a comma may join two phrases here: not before the question proper."""

    def noun_phrase(self, i: int, stop: int | None = None) -> int:
        """Return the end of the base noun phrase that starts at i, or i where none does."""
        end = self.n if stop is None else stop
        j, seen = i, False
        while j < end:
            step = self._step(i, j, end, seen)
            if step is None:
                break
            j, seen, last = step
            if last:
                return j
        while j > i and self.tags[j - 1] in {"DET", "ADV", "PUNCT"} and not seen:
            j -= 1
        if j == i and i < end and self.tags[i] == "DET":
            return i + 1
        return j

    def _step(self, i: int, j: int, end: int, seen: bool) -> tuple[int, bool, bool] | None:
        """Return where the phrase from i goes on behind j, whether it has its noun, whether it ends there."""
        tag, word = self.tags[j], self.low[j]
        if seen and self._then(j, end):
            return None
        if word in {"'s", "´s", "’s", "'"} and seen and j + 1 < end and self.opens_noun(j + 1, end):
            return j + 1, False, False
        if word == QUOTE:
            return self._quote(i, j, end, seen)
        if tag == "PRON":
            if seen or (j > i and self.tags[j - 1] in {"NOUN", "PROPN", "PRON"}):
                return None
            owner = word in OWNERS
            return j + 1, not owner, not owner
        if tag == "DET":
            return None if seen and self.tags[j - 1] != "DET" else (j + 1, seen, False)
        if tag in NOUN | {"NUM"}:
            return j + 1, True, False
        if tag == "ADJ":
            if seen and not self.opens_noun(j, end):
                return None
            return j + 1, seen, not seen and not self._continues(j + 1, end)
        if self._modifies(i, j, end):
            fits = not seen or self.tags[j - 1] in {"DET", "ADJ", "PRON"}
            return (j + 1, seen, False) if fits else None
        if tag == "ADV" and j + 1 < end and self.tags[j + 1] in {"ADJ", "NUM", "VBN"} and not seen:
            return j + 1, seen, False
        if word in JOINERS and j > i and j + 1 < end:
            return j + 2, True, False
        if word in {"and", "or", "&", ","} and seen and j + 1 < end:
            return self._conjunct(j, end)
        return None

    def _then(self, j: int, end: int) -> bool:
        """Tell whether a time of its own starts at j: "a speech | last year"."""
        deictic = self.low[j] in {"last", "next", "this"} and j + 1 < end
        own = j + 2 < end and self.low[j + 2] == "'s"
        return deictic and not own and self.low[j + 1] in TIME_NOUNS and self.low[j - 1] not in {"'s", "of"}

    def _quote(self, i: int, j: int, end: int, seen: bool) -> tuple[int, bool, bool] | None:
        """Step over a quotation mark that opens or closes within a phrase."""
        opens = QUOTE not in self.low[i:j] or self.low[i:j].count(QUOTE) % 2 == 0
        if opens:
            ahead = j + 1 < end and self.tags[j + 1] in MODIFIER | {"ADV"}
            return (j + 1, seen, False) if ahead and not seen else None
        return j + 1, True, True

    def _modifies(self, i: int, j: int, end: int) -> bool:
        """Tell whether a participle at j modifies a noun behind it."""
        return (
            self.tags[j] in {"VBN", "VBG"}
            and j + 1 < end
            and self.opens_noun(j + 1, end, strict=True)
            and (j > i or self.tags[j] == "VBN")
        )

    def _conjunct(self, j: int, end: int) -> tuple[int, bool, bool] | None:
        """Return the step over a conjunction, or over a comma of a list that ends in one."""
        start = j + 1
        if self.low[j] == "," and not self.lists:
            return None
        if self.low[j] == ",":
            listed = self.low[j:end]
            if "and" not in listed and "or" not in listed:
                return None
            if self.low[start] in {"and", "or"}:
                start += 1
        after = self.noun_phrase(start, end)
        if after <= start or self._clause_follows(after, end):
            return None
        if self.low[j] == "," and not self._listed(after, end):
            return None
        return after, True, False

    def _listed(self, j: int, end: int) -> bool:
        """Tell whether the list goes on at j or has just ended with "and"."""
        return "and" in self.low[max(0, j - 6) : j] or (j < end and self.low[j] in {",", "and", "or"})

    def _continues(self, j: int, end: int) -> bool:
        return j < end and (self.tags[j] in MODIFIER or self.low[j] in {"-", "and", "'s"})

    def opens_noun(self, j: int, end: int, strict: bool = False) -> bool:
        """Tell whether a noun stands at j, perhaps behind modifiers."""
        while j < end and self.tags[j] in ({"ADJ", "NUM"} if strict else {"DET", "ADJ", "NUM", "VBN", "VBG"}):
            if self.tags[j] == "NUM":
                return True
            j += 1
        return j < end and self.tags[j] in NOUN

    def _clause_follows(self, j: int, end: int) -> bool:
        return j < end and self.tags[j] in FINITE

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
            if self.low[j] in {"and", "or", "&", ","}:
                break
            if self.low[j] in JOINERS and j > i and self.tag(j + 1) in {"ADP", "SCONJ"}:
                break
            if self.tags[j] in NOMINAL or self.tags[j] in {"ADJ", "VBG", "VBN"}:
                best = j
        return best

    def clause_at(self, i: int, end: int) -> bool:
        """Tell whether a subject and a finite verb (or a verb at once) start at i."""
        if i >= end:
            return False
        after = self.subject_end(i, end)
        while after < end and self.tags[after] == "ADP" and after > i:
            step = self.noun_phrase(after + 1, end)
            if step == after + 1:
                break
            after = step
        while after < end and self.tags[after] == "ADV":
            after += 1
        return after > i and self._clause_follows(after, end)

    def subject_end(self, i: int, end: int) -> int:
        """Return the end of a clause's subject at i: "Ann and Tom met" has both."""
        after = self.noun_phrase(i, end)
        while i < after < end and self.low[after] in {"and", "or"}:
            step = self.noun_phrase(after + 1, end)
            if step == after + 1 or not self._clause_follows(step, end):
                break
            after = step
        return after
