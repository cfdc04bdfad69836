"""How far the article commits itself to a clause: negation, modality, conditions (checklist point 17).

The rank of modalities and the walk up the tree follow PredPatt's "good ancestor" test and the implicative
signatures of Nairn, Condoravdi and Karttunen (2006): what a clause is said to be depends on its own
auxiliaries and on every predicate above it.
"""

from __future__ import annotations

from knowledge.model import Modality
from knowledge.reading.facts import nouns
from knowledge.reading.facts.clauses import DEEPEST, Clauses
from knowledge.reading.facts.draft import Draft
from knowledge.reading.facts.tables import effects, lemmas_of, modality, standing
from knowledge.reading.facts.tree import SOURCES

RANK = {
    Modality.ASSERTED: 0,
    Modality.REPORTED: 1,
    Modality.POSSIBLE: 2,
    Modality.PREDICTED: 3,
    Modality.INTENDED: 4,
    Modality.REQUESTED: 5,
    Modality.ASKED: 6,
    Modality.CONDITIONAL: 7,
}
AUXILIARIES = {
    **dict.fromkeys(("may", "might", "could", "can", "ca"), Modality.POSSIBLE),
    **dict.fromkeys(("will", "wo", "'ll", "’ll", "shall", "would", "'d", "’d"), Modality.PREDICTED),
    **dict.fromkeys(("must", "should", "ought"), Modality.REQUESTED),
}
ADVERBS = {
    **dict.fromkeys(("reportedly", "allegedly", "supposedly", "purportedly"), Modality.REPORTED),
    **dict.fromkeys(("perhaps", "possibly", "maybe", "probably", "potentially", "likely"), Modality.POSSIBLE),
}
NOBODY = frozenset({"nobody", "nothing", "none", "neither", "noone", "nowhere"})
SUBJUNCTIVE = frozenset({"demand", "recommend", "propose", "suggest", "urge", "request", "insist", "ask",
                         "require", "order", "advise"})  # fmt: skip
# Under these a finite clause is what the effect says; under every other verb of saying it is reported.
FINITE_EFFECTS = frozenset({"predict", "forecast", "expect", "fear", "anticipate", "project", "hope",
                            "promise", "vow", "pledge", "believe", "think", "suppose", "suspect", "doubt",
                            "imagine", "guess", "wonder", "deny"})  # fmt: skip
# What opens the words of a charge.
CHARGING = frozenset({"of", "with", "for", "over"})
# A clause of a thing that is still to come is to come as well, but the people told of are there already.
TO_COME = frozenset({Modality.PREDICTED, Modality.INTENDED, Modality.CONDITIONAL})
INDEFINITE = frozenset({"a", "an", "some", "any", "another"})
FACTUAL_RELATIONS = frozenset(
    {"because", "since", "although", "though", "given", "as", "despite", "even though"}
)


class Factuality:
    """The standing of each clause of one sentence, worked out once."""

    def __init__(self, clauses: Clauses, question: bool) -> None:
        self.clauses = clauses
        self.tree = clauses.tree
        self.question = question
        self._found: dict[int, tuple[bool, Modality]] = {}
        self._depth = 0
        self._predicates = frozenset(clauses.predicates)

    def of(self, word: int) -> tuple[bool, Modality]:
        """Return whether the clause is negated, and its modality."""
        if word not in self._found:
            self._found[word] = (False, Modality.ASSERTED)  # guards against a circle
            if self._depth > DEEPEST:
                return self._found[word]
            self._depth += 1
            self._found[word] = self._judge(word)
            self._depth -= 1
        return self._found[word]

    def _judge(self, word: int) -> tuple[bool, Modality]:
        negated = self.clauses.negation(word) != self._negative_argument(word)
        found = self._own(word)
        above_negates, above = self._above(word)
        return negated != above_negates, max(found, above, key=RANK.__getitem__)

    def _negative_argument(self, word: int) -> bool:
        """Tell whether a subject or object says "no" or "nobody"."""
        tree = self.tree
        arguments = tree.children(word, "nsubj", "obj")
        if tree.child(word, "cop") is not None:
            arguments = [*tree.children(word, "nsubj"), word]
        for kid in arguments:
            if tree.lemma(kid) in NOBODY and kid != word:
                return True
            if (
                any(tree.lemma(k) == "no" and tree.base[k] in ("det", "advmod") for k in tree.kids[kid])
                and kid != word
            ):
                return True
        return False

    def _own(self, word: int) -> Modality:
        """Judge by auxiliaries, adverbs, an if-clause, a question mark or an imperative."""
        tree = self.tree
        found = Modality.ASSERTED
        if (
            tree.child(word, "cop") is not None
            and self.clauses.is_verbal(word)
            and self.clauses.marker(word) == "to"
        ):
            found = Modality.PREDICTED
        for kid in tree.kids[word]:
            lemma = tree.lemma(kid)
            if tree.base[kid] == "aux":
                form = tree.form(kid, self.clauses.text).lower()
                if form in ("'d", "’d") and lemma == "have":
                    continue
                found = max(found, AUXILIARIES.get(form, AUXILIARIES.get(lemma, found)), key=RANK.__getitem__)
            elif tree.base[kid] == "advmod":
                found = max(found, ADVERBS.get(lemma, found), key=RANK.__getitem__)
            elif tree.base[kid] == "advcl":
                mark, meaning = self.clauses.link(kid)
                if (
                    meaning is not None
                    and meaning.effect == "conditional"
                    and mark not in ("even if", "whether")
                    and not self._is_done(word, kid)
                ):
                    found = Modality.CONDITIONAL
            elif tree.base[kid] == "parataxis" and "speech" in self.clauses.classes(kid):
                if self.clauses.own_subject(kid) is not None:
                    found = max(found, Modality.REPORTED, key=RANK.__getitem__)
            elif self._is_source(kid) or (tree.base[kid] == "conj" and self._is_sourced(kid, word)):
                found = max(found, Modality.REPORTED, key=RANK.__getitem__)
        if tree.base[word] == "root" and self._is_imperative(word):
            found = max(found, Modality.REQUESTED, key=RANK.__getitem__)
        if self.question and tree.base[word] == "root":
            found = Modality.ASKED
        return found

    def _is_done(self, word: int, condition: int) -> bool:
        """Tell whether a past act has terms still to be met: "pledged aid provided that peace holds"."""
        tree = self.tree
        past = tree.xpos(word) == "VBD" and tree.child(word, "aux") is None
        return past and tree.xpos(condition) in ("VBZ", "VBP") and tree.child(condition, "aux") is None

    def _is_imperative(self, word: int) -> bool:
        tree = self.tree
        return (
            tree.xpos(word) == "VB"
            and tree.upos(word) == "VERB"
            and tree.child(word, "nsubj", "aux", "csubj", "expl") is None
            and not any(tree.xpos(k) == "TO" for k in tree.kids[word])
        )

    def _is_sourced(self, clause: int, word: int) -> bool:
        """Tell whether the "according to" that closes a later clause holds for this one too."""
        closing = [kid for kid in self.tree.kids[clause] if self._is_source(kid)]
        return any(self.clauses.whole_of(clause, kid) == word for kid in closing)

    def _is_source(self, word: int) -> bool:
        """Tell whether the word is who is named after "according to"."""
        return self.tree.base[word] in ("obl", "advcl") and self.clauses.case(word).startswith(SOURCES)

    def _above(self, word: int) -> tuple[bool, Modality]:
        """Judge by the governing predicate: whether it negates the clause, and the modality that it lends."""
        tree = self.tree
        head, rel = tree.heads[word], tree.rels[word]
        if head < 0:
            infinitive = any(tree.xpos(k) == "TO" for k in tree.children(word, "mark"))
            return False, Modality.PREDICTED if infinitive else Modality.ASSERTED
        if rel == "conj":
            return self._from_conjunct(word, head)
        if rel in ("xcomp", "ccomp", "csubj", "csubj:pass", "ccomp:pass"):
            return self._from_governor(word, head)
        if rel == "advcl":
            return self._from_adverbial(word, head)
        if rel == "acl:relcl" or (
            rel == "acl" and tree.xpos(word) == "VBG" and not tree.children(word, "mark")
        ):
            return False, self._of_the_coming(word, head)
        if rel == "acl":
            return self._from_noun(word, head)
        told = rel == "parataxis" and head in self._predicates and "speech" in self.clauses.classes(head)
        if told and self.clauses.own_subject(head) is not None:
            return False, Modality.REPORTED
        return False, Modality.ASSERTED

    def _from_conjunct(self, word: int, head: int) -> tuple[bool, Modality]:
        """Inherit from the first conjunct where the subject is shared and no auxiliary stands (point 9)."""
        tree = self.tree
        if head not in self._predicates:
            return False, Modality.ASSERTED
        _, found = self.of(head)
        if self.clauses.own_subject(word) is None and tree.child(word, "aux") is None:
            negator = any(tree.lemma(k) in ("or", "nor") for k in tree.children(word, "cc"))
            return negator and self.clauses.negation(head), found
        own = self._own(head)
        inherited = (
            found
            if own in (Modality.ASSERTED, Modality.REPORTED) or own == Modality.CONDITIONAL
            else Modality.ASSERTED
        )
        return False, inherited

    def _from_governor(self, word: int, head: int) -> tuple[bool, Modality]:
        """Judge a complement clause by the verb or adjective that takes it."""
        tree = self.tree
        negated, above = self.of(head) if head in self._predicates else (False, Modality.ASSERTED)
        lemma = tree.lemma(head)
        infinitive = any(tree.xpos(k) == "TO" for k in tree.children(word, "mark"))
        if tree.base[word] == "xcomp":
            special = self._special(head, lemma, infinitive)
            if special:
                return negated, max(modality(special) or above, above, key=RANK.__getitem__)
            effect = effects().get(lemma, "")
            return self._apply(effect, negated, above, Modality.INTENDED if infinitive else Modality.ASSERTED)
        mark = self.clauses.marker(word)
        if mark in ("whether", "if"):
            return False, max(Modality.ASKED, above, key=RANK.__getitem__)
        if lemma in FINITE_EFFECTS:
            return self._apply(effects().get(lemma, ""), False, above, Modality.REPORTED)
        if lemma in SUBJUNCTIVE and tree.xpos(word) == "VB" and tree.child(word, "aux") is None:
            return False, max(Modality.REQUESTED, above, key=RANK.__getitem__)
        if "speech" in self.clauses.classes(head):
            return False, max(Modality.REPORTED, above, key=RANK.__getitem__)
        if effects().get(lemma, "") in ("possible", "predicted", "intended", "requested", "asked"):
            return self._apply(effects()[lemma], False, above, Modality.ASSERTED)
        return False, above

    def _special(self, head: int, lemma: str, infinitive: bool) -> str:
        """Tell "is to", "has to" and "is going to" from the plain verbs."""
        tree = self.tree
        if not infinitive:
            return ""
        if lemma == "be":
            return "predicted"
        if lemma == "have" and tree.child(head, "obj") is None:
            return "requested"
        if lemma == "go" and tree.xpos(head) == "VBG":
            return "predicted"
        return ""

    def _apply(self, effect: str, negated: bool, above: Modality, default: Modality) -> tuple[bool, Modality]:
        if effect == "asserted":
            return negated, above
        if effect == "negated":
            return not negated, above
        return False, max(modality(effect) or default, above, key=RANK.__getitem__)

    def _from_adverbial(self, word: int, head: int) -> tuple[bool, Modality]:
        negated, above = self.of(head) if head in self._predicates else (False, Modality.ASSERTED)
        mark, meaning = self.clauses.link(word)
        if mark in FACTUAL_RELATIONS and above not in (Modality.REPORTED, Modality.CONDITIONAL):
            above = Modality.ASSERTED
        if mark == "from" and self.tree.lemma(head) in lemmas_of("from_verb"):
            return not negated, above
        charged = standing("charge", self.tree.lemma(head)) if mark in CHARGING else ""
        if charged:
            return False, max(modality(charged) or above, above, key=RANK.__getitem__)
        if meaning is None or not meaning.effect:
            return False, above
        if meaning.effect == "negated":
            return True, above
        lent = modality(meaning.effect) or Modality.ASSERTED
        if lent == Modality.CONDITIONAL:
            return False, lent
        return False, max(lent, above, key=RANK.__getitem__)

    def _from_noun(self, word: int, head: int) -> tuple[bool, Modality]:
        """Judge a clause below a noun: "plan to ...", "belief that ..."."""
        tree = self.tree
        meant = standing("noun", tree.lemma(head))
        if any(tree.lemma(k) == "that" for k in tree.children(word, "mark")):
            return False, max(modality(meant) or Modality.REPORTED, Modality.REPORTED, key=RANK.__getitem__)
        if tree.xpos(word) == "VBG" and meant:
            return False, modality(meant) or Modality.ASSERTED
        if any(tree.xpos(k) == "TO" for k in tree.children(word, "mark")):
            if tree.lemma(head) in ("failure", "refusal", "inability"):
                return True, Modality.ASSERTED
            return False, Modality.INTENDED
        return False, Modality.ASSERTED

    def _of_the_coming(self, word: int, noun: int) -> Modality:
        """Judge a clause about something that is yet to be: "will sponsor a race that starts in May"."""
        tree = self.tree
        governor = tree.heads[noun]
        present = tree.xpos(word) in ("VBZ", "VBP", "VBG") and tree.child(word, "aux") is None
        if not present or governor not in self._predicates or tree.rels[noun] not in ("obj", "nsubj:pass"):
            return Modality.ASSERTED
        articles = {tree.lemma(k) for k in tree.children(noun, "det")}
        known = nouns.is_animate(tree, noun) or tree.child(noun, "nmod:poss") is not None
        if known or tree.tokens[noun].name or (articles and not articles & INDEFINITE):
            return Modality.ASSERTED
        planned = modality(standing("verb", tree.lemma(governor))) or Modality.ASSERTED
        above = max(self.of(governor)[1], planned, key=RANK.__getitem__)
        return above if above in TO_COME else Modality.ASSERTED

    def of_event(self, noun: int, host: Draft | None) -> tuple[bool, Modality]:
        """Return whether an event that a noun names is negated, and its modality.

        `host` is the fact of the verb whose object or passive subject the noun is.
        """
        tree = self.tree
        found, negated = Modality.ASSERTED, False
        effects_of = [
            standing("adjective", tree.form(k, self.clauses.text).lower())
            for k in tree.children(noun, "amod", "advmod")
            if k < noun
        ]
        effects_of += [self._from_head(noun)]
        if host is not None:
            effects_of.append(standing("verb", host.lemma))
            if host.light_noun == tree.lemma(noun):
                negated, found = self.of(host.head)
        for effect in effects_of:
            negated = negated or effect == "negated"
            found = max(found, modality(effect) or found, key=RANK.__getitem__)
        return negated, found

    def _from_head(self, noun: int) -> str:
        """Return what the noun or charge above makes of an event: "fears of a raid", "accused of theft"."""
        tree = self.tree
        head = tree.heads[noun]
        if head < 0:
            return ""
        case = self.clauses.case(noun)
        if tree.base[noun] == "nmod" and case in ("of", "for", "about"):
            return standing("noun", tree.lemma(head)) or (self._from_head(head) if case == "of" else "")
        if tree.base[noun] == "compound":
            return standing("noun", tree.lemma(head))
        if tree.base[noun] == "obl" and case in CHARGING:
            return standing("charge", tree.lemma(head))
        return ""
