"""The gap: which slot of which clause the answer would fill."""

from __future__ import annotations

from dataclasses import replace

from knowledge.asking.grammar.nouns import Asked, Clause
from knowledge.asking.grammar.sets import (
    CONTROLLED,
    PLACE_NOUNS,
    REASON_NOUNS,
    REPORTING,
    TIME_NOUNS,
    WAY_NOUNS,
)
from knowledge.asking.grammar.wh import ADVERBIAL, WhPhrases

MEASURED = {"how_adjective", "how_far", "how_often", "how_long"}
LASTING = {
    "last",
    "take",
    "stay",
    "wait",
    "spend",
    "continue",
    "run",
    "serve",
    "remain",
    "live",
    "work",
    "mourn",
}
"""Verbs whose object tells how long: "how many days did it last"."""
INNER_TIME = {"expect", "schedule", "plan", "set", "suppose", "intend"}
"""Passives whose infinitive is what happens at the time or place asked for: "is expected to start"."""


INNER_CASES = {"about", "with", "for", "against", "from", "of"}
"""Prepositions that hardly go with a verb of saying where it has a clause of its own."""


class Gaps(WhPhrases):
    """Decides what the wh-phrase would fill."""

    def gap(self, asked: Asked, case: str, number: int, subject_asked: bool) -> Asked:
        """Decide which slot of which clause the wh-phrase would fill."""
        if asked.wh == "yesno":
            return replace(asked, clause=number)
        if asked.wh in ADVERBIAL | {"how_long", "how_often"} and not case:
            return self._adverbial(asked, number)
        if not self.clauses:
            return replace(asked, gap="topic", case=case)
        clause = self.clauses[number]
        if case:
            return replace(asked, gap="oblique", case=case, clause=self._partner(number, case))
        if (
            asked.wh in MEASURED
            and not clause.copular
            and not subject_asked
            and not asked.noun_end > asked.noun_start
        ):
            return replace(asked, gap="adverb", clause=number)
        if subject_asked:
            return replace(asked, gap="subject", clause=self._believed(number))
        if self.stranded is not None:
            inner, at = self.stranded
            return replace(asked, gap="oblique", case=self.low[at], clause=inner)
        return self._object_gap(asked, number)

    def _partner(self, number: int, case: str) -> int:
        """Return the clause of a preposition before the wh-word: "about what did she say that he spoke"."""
        if case not in INNER_CASES or not set(self.clauses[number].lemmas) & REPORTING:
            return number
        below = (k for k, c in enumerate(self.clauses) if c.parent == number and c.link == "that")
        return next(below, number)

    def _believed(self, number: int) -> int:
        """Return the clause of what somebody "is believed to" have done, or the clause itself."""
        clause = self.clauses[number]
        if not (clause.passive and set(clause.lemmas) & REPORTING):
            return number
        below = (k for k, c in enumerate(self.clauses) if c.parent == number and c.link == "to")
        found = next(below, number)
        self.clauses[found].negated |= clause.negated
        return found

    def _adverbial(self, asked: Asked, number: int) -> Asked:
        """Fill "when", "where", "why" and "how" in at the verb that they go with."""
        if asked.wh == "where" and self.stranded is not None:
            number, at = self.stranded
            return replace(asked, gap="adverb", case=self.low[at], clause=number)
        clause = self.clauses[number] if self.clauses else None
        if clause is not None and clause.passive and set(clause.lemmas) & INNER_TIME and asked.wh != "why":
            below = next(
                (k for k, c in enumerate(self.clauses) if c.parent == number and c.link == "to"), None
            )
            number = below if below is not None else number
        return replace(asked, gap="adverb", case="", clause=number)

    def _object_gap(self, asked: Asked, number: int) -> Asked:
        """Find the first clause down the chain of infinitives and reported clauses that lacks its object."""
        clause = self.clauses[number]
        chain = [number]
        for k in range(number + 1, len(self.clauses)):
            if self.clauses[k].link in {"to", "that"} and self.clauses[k].parent in chain:
                chain.append(k)
        if clause.lemmas and clause.lemmas[0] in REPORTING:
            for k in chain[1:]:
                below = self.clauses[k]
                if below.link == "that" and below.slot("subject") is None:
                    return replace(asked, gap="subject", clause=k)
        for k in chain:
            below = self.clauses[k]
            if below.link == "that" and below.slot("object", "complement") is None and not below.passive:
                return replace(asked, gap="object", clause=k)
        last = self.clauses[chain[-1]]
        if clause.copular:
            return replace(asked, gap="complement", clause=number)
        if len(chain) > 1 and last.link == "to" and self._takes_object(asked, clause, last):
            return replace(asked, gap="object", clause=chain[-1])
        if clause.slot("object") is None and not clause.passive:
            return replace(asked, gap="object", clause=number)
        return replace(asked, gap="second", clause=number)

    def _takes_object(self, asked: Asked, first: Clause, last: Clause) -> bool:
        """Tell whether the object that is asked for is the infinitive's, not the first verb's."""
        if last.slot("object", "complement") is not None or last.passive or last.copular:
            return False
        if asked.wh == "how_much" and "cost" in first.lemmas:
            return False
        return not (asked.wh == "who" and first.slot("object") is None and first.lemmas[0] in CONTROLLED)

    def sorted_gap(self, asked: Asked) -> Asked:
        """Say what adverbial question a phrase amounts to: "in which year", "for what purpose"."""
        noun = asked.noun
        if (
            asked.wh == "which"
            and asked.case
            and noun in REASON_NOUNS
            and asked.case in {"for", "on", "to", "with"}
        ):
            return replace(asked, wh="why", gap="adverb", case="", noun="", noun_start=0, noun_end=0)
        if asked.wh == "which" and noun in WAY_NOUNS and asked.case in {"in", "by", "through", "with"}:
            return replace(asked, wh="how", gap="adverb", case="", noun="", noun_start=0, noun_end=0)
        if (
            asked.wh in {"how_many", "how_much"}
            and asked.case in {"by", "for", "at"}
            and noun not in TIME_NOUNS
        ):
            return replace(asked, adverb="how_far")
        if asked.wh == "how_many" and noun in TIME_NOUNS:
            lasting = self.clauses and LASTING & set(self.clauses[asked.clause].lemmas)
            spans = asked.case == "for" or (not asked.case and (asked.gap == "second" or lasting))
            return replace(asked, adverb="how_long") if spans else asked
        if asked.wh != "which" or asked.kind_of:
            return asked
        circumstance = asked.gap in {"object", "second"} or asked.case in {
            "in",
            "on",
            "at",
            "during",
            "by",
            "since",
        }
        if noun in TIME_NOUNS and circumstance:
            return replace(asked, gap=asked.gap if asked.case else "adverb", adverb="when")
        if noun in PLACE_NOUNS and (asked.gap == "second" or asked.case in {"in", "at"}):
            return replace(asked, gap=asked.gap if asked.case else "adverb", adverb="where")
        return asked
