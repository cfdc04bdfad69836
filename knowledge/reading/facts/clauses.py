"""Predicates of a sentence and their arguments, from its dependency tree.

Points are those of the project's role checklist, which follows PredPatt (White et al. 2016) where nothing
else is said.
"""

from __future__ import annotations

from dataclasses import replace

from knowledge.model import FactKind, Relation, Role
from knowledge.reading.facts import nouns
from knowledge.reading.facts.draft import Draft, Slot
from knowledge.reading.facts.events import named_event
from knowledge.reading.facts.repairs import repair
from knowledge.reading.facts.tables import (
    Marker,
    effects,
    known_cases,
    lemmas_of,
    markers,
    oblique_role,
    transitivity,
    word_classes,
)
from knowledge.reading.facts.tree import SOURCES, Tree

NOT_PREDICATES = frozenset({"case", "mark", "fixed", "flat", "goeswith", "reparandum", "dep", "cc", "det",
                            "aux", "cop", "discourse", "compound", "punct", "orphan"})  # fmt: skip
CLAUSAL = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis", "conj"})
RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})
BARE_RELATIVES = frozenset({"that", "which", "who", "whom", "whose", "where", "when", "why"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "hardly", "scarcely", "barely", "n’t", "nt"})
ADVERBS = {"place_adverb": Role.PLACE, "time_adverb": Role.TIME, "extent_adverb": Role.EXTENT,
           "manner_adverb": Role.MANNER}  # fmt: skip
MEASURED = frozenset({"last", "take", "wait", "weigh", "measure", "total", "number", "span", "cover"})
CLITICS = frozenset({"'s", "’s", "'re", "’re", "'m", "’m"})
NAMING = frozenset({"call", "name", "dub", "label", "term", "brand", "declare", "elect", "appoint", "make",
                    "consider", "crown", "title", "nickname", "christen", "find", "keep"})  # fmt: skip
PLACING_CASES = frozenset({"at", "in", "inside", "near", "across", "around", "outside"})
VERB_PARTS = frozenset({"compound:prt", "compound:pre"})
# Verbs whose infinitive says what is done, whatever label the parser gives it.
CONTENTIVE = frozenset({"go on", "help", "look", "aim", "strive", "seek", "continue"})
# What a verb is called where it only helps to tell another.
HELPING = {"go": "be going to", "have": "have to", "use": "used to"}
# Below this share of clauses with an object, a measure after the verb is no object.
INTRANSITIVE = 0.15
# Prepositions of set phrases that comment on the clause: "in fact", "for example".
COMMENT_CASES = frozenset({"in", "for", "of", "on", "by", "at", "as"})
# Clauses nested deeper than this are taken as a broken parse.
DEEPEST = 50
# Particles that tell where a motion leads.
HEADINGS = frozenset({"back", "out", "away", "home", "forward", "down", "up", "around", "ahead", "in"})
# Verbs whose participle says what the time or money is used for: "spent two days mending nets".
SPENDING = frozenset({"spend", "waste"})
# Verbs of comment clauses that say nothing (Quirk et al. 1985, 15.54).
FILLERS = frozenset({"know", "mean", "see"})
LASTING = frozenset({"last", "wait"})
# Auxiliaries that open a condition without "if" (Quirk et al. 1985, 15.36).
INVERTED = frozenset({"should", "have", "be"})
# Share of clauses with an object from which a verb may share its conjunct's.
SHARING = 0.5
SAYING_OBJECT = frozenset({"say", "announce", "declare", "allege", "state"})
NESTED_CASES = frozenset({"in", "on", "at", "before", "after", "during", "since", "until", "last", "from",
                          "near", "across", "throughout", "outside", "inside",
                          "around", "within", ""})  # fmt: skip
TOPIC_VERBS = frozenset({"discuss", "debate", "address", "criticise", "criticize"}) - {
    "criticise",
    "criticize",
}


class Clauses:
    """The clauses of one sentence, with what has been worked out about them."""

    def __init__(self, tree: Tree, text: str, speech: frozenset[str], headline: bool = False) -> None:
        self.tree = tree
        self.text = text
        self.speech = speech
        self.headline = headline
        repair(tree, text, speech)
        predicates = [word for word in range(len(tree)) if self._is_predicate(word)]
        self.predicates = [word for word in predicates if not self._is_filler(word)]
        self._predicate_set = frozenset(self.predicates)
        self._subjects: dict[int, tuple[int, str] | None] = {}
        self._pending: set[int] = set()
        self._circumstances: dict[int, list[Slot]] = {}
        self._depth = 0

    # --- predicates -----------------------------------------------------------------------------------------

    def _is_predicate(self, word: int) -> bool:
        """Tell whether the word heads a verbal, copular or existential clause (points 2 and 3)."""
        tree = self.tree
        base = tree.base[word]
        if base in NOT_PREDICATES and not (base == "compound" and tree.children(word, "obj", "obl")):
            return False
        if tree.child(word, "cop") is not None:
            return True
        upos = tree.upos(word)
        if upos == "VERB":
            return base != "amod" or not (tree.tokens[word].name or tree.upos(tree.heads[word]) == "PROPN")
        if upos == "AUX":
            return base in CLAUSAL and tree.child(word, "nsubj", "expl") is not None
        if upos in ("ADJ", "NOUN", "PROPN", "ADV", "NUM"):
            return self._is_bare_copular(word)
        return False

    def _is_filler(self, word: int) -> bool:
        """Tell whether the clause only fills speech: "you know", "I mean"."""
        tree = self.tree
        if tree.base[word] == "amod" and tree.lemma(word) == "call":
            return any(tree.lemma(kid) == "so" for kid in tree.kids[word])
        if tree.lemma(word) not in FILLERS or tree.base[word] not in ("parataxis", "discourse"):
            return False
        rest = [k for k in tree.kids[word] if not tree.is_punct(k)]
        return len(rest) == 1 and tree.base[rest[0]] == "nsubj" and tree.lemma(rest[0]) in ("you", "i")

    def _is_bare_copular(self, word: int) -> bool:
        """Tell whether a noun or adjective is predicated of a subject without a copula."""
        tree = self.tree
        rel = tree.rels[word]
        if tree.child(word, "nsubj") is not None:
            return tree.base[word] in CLAUSAL
        return rel == "xcomp" and tree.upos(word) != "ADV"

    def carried(self, word: int) -> int | None:
        """Return the clause that "is going to", "has to" or "used to" helps to tell, None for other verbs."""
        tree = self.tree
        below = tree.child(word, "xcomp")
        if below is None or not any(tree.xpos(k) == "TO" for k in tree.children(below, "mark")):
            return None
        lemma = tree.lemma(word)
        future = lemma == "go" and tree.xpos(word) == "VBG"
        duty = lemma == "have" and tree.child(word, "obj") is None
        habit = lemma == "use" and tree.xpos(word) in ("VBD", "VBN") and not tree.children(word, "aux:pass")
        onward = lemma == "go" and any(tree.lemma(k) == "on" and not tree.kids[k] for k in tree.kids[word])
        return below if (future or duty or habit or onward) and self.is_verbal(word) else None

    def is_verbal(self, word: int) -> bool:
        """Tell whether the predicate's head is its verb."""
        tree = self.tree
        if tree.upos(word) == "AUX":
            return tree.child(word, "cop") is None
        return tree.upos(word) == "VERB" and (
            tree.child(word, "cop") is None or tree.xpos(word)[:2] in ("VB", "NN")
        )

    def is_passive(self, word: int) -> bool:
        """Tell whether the verb is passive or a past participle without auxiliary (point 6)."""
        tree = self.tree
        if not self.is_verbal(word):
            return False
        for kid in tree.kids[word]:
            if tree.rels[kid] == "aux:pass":
                return True
            if tree.base[kid] == "cop" and tree.xpos(word) in ("VBN", "NN", "NNP"):
                return True
        auxiliaries = tree.children(word, "aux")
        compared = self.marker(word) == "than" and not auxiliaries
        if compared and any(tree.rels[kid] == "nsubj" for kid in tree.kids[word]):
            return False
        if tree.children(word, "nsubj:pass", "csubj:pass") and tree.xpos(word) in ("VBN", "VBD"):
            if not auxiliaries:
                finite = self.marker(word) not in ("", "with", "without")
                if finite and (tree.base[word] in ("advcl", "ccomp") or self.marker(word) == "than"):
                    return False
                return not tree.children(word, "obj") or "give_verb" in word_classes().get(
                    tree.lemma(word), ()
                )
            return any(tree.lemma(a) in ("be", "get") for a in auxiliaries)
        reduced = tree.rels[word] == "acl" and tree.children(word, "obl:agent") and not auxiliaries
        if reduced and tree.child(word, "obj", "nsubj") is None:
            return True
        if tree.xpos(word) != "VBN" or auxiliaries:
            return self._inherits_passive(word)
        if tree.rels[word] == "acl:relcl" and "nsubj" in {tree.rels[kid] for kid in tree.kids[word]}:
            return False
        if tree.base[word] in ("acl", "amod", "advcl", "xcomp") or self.headline:
            return True
        return self._inherits_passive(word)

    def _inherits_passive(self, word: int) -> bool:
        """Tell whether a conjunct shares the auxiliary of a passive (point 9)."""
        tree = self.tree
        if tree.base[word] != "conj" or tree.xpos(word) not in ("VBN", "VBD"):
            return False
        if tree.child(word, "nsubj", "aux") is not None:
            return False
        lemma = tree.lemma(word)
        if tree.child(word, "xcomp") is not None and lemma not in lemmas_of("address_verb"):
            return False
        if tree.child(word, "obj") is not None and lemma not in lemmas_of("give_verb"):
            return False
        first = tree.heads[word]
        if first < 0:
            return False
        return tree.xpos(first) == "VBN" and tree.upos(first) == "VERB" and self.is_passive(first)

    def classes(self, word: int) -> frozenset[str]:
        """Return the verb classes of a predicate, with `speech` and `passive`."""
        if not self.is_verbal(word):
            return frozenset()
        found = set(word_classes().get(self.tree.lemma(word), ()))
        if self.tree.lemma(word) in self.speech:
            found.add("speech")
        if self.is_passive(word):
            found.add("passive")
        if "passive" in found or self.tree.child(word, "obj") is not None:
            found = {name for name in found if not name.endswith("_object")}
        return frozenset(found)

    def case(self, word: int) -> str:
        """Return the prepositions or markers before the word, lower case, joined by blanks (point 5)."""
        tree = self.tree
        found = []
        wanted = (
            ("case",)
            if tree.child(word, "cop") is not None and tree.child(word, "case")
            else ("case", "mark")
        )
        for kid in tree.kids[word]:
            if (
                kid < word
                and tree.base[kid] in wanted
                and (tree.base[kid] == "case" or tree.xpos(kid) != "TO")
            ):
                if tree.tokens[kid].xpos == "POS":
                    continue
                found.append(kid)
                found.extend(tree.children(kid, "fixed"))
        return " ".join(tree.form(kid, self.text).lower() for kid in sorted(found))

    def complement(self, word: int) -> tuple[str, int, str]:
        """Return an oblique's preposition, head and label; "in light of X" is one preposition before X."""
        tree = self.tree
        case = self.case(word)
        if case == "of" and tree.subtree(word)[0] > 0 and tree.lemma(tree.subtree(word)[0] - 1) == "out":
            case = "out of"
        article = next((tree.lemma(k) + " " for k in tree.children(word, "det")), "")
        modified = tree.child(word, "amod", "nummod", "nmod:poss") is not None
        for kid in tree.children(word, "nmod"):
            whole = f"{case} {article}{tree.form(word, self.text).lower()} {self.case(kid)}"
            if whole in known_cases() and not (modified and case == "as"):
                return whole, kid, tree.rels[word]
        return case, word, tree.rels[word]

    def negation(self, word: int) -> bool:
        """Tell whether a negation stands with the predicate."""
        tree = self.tree
        return any(
            tree.lemma(kid) in NEGATIONS and tree.base[kid] in ("advmod", "det", "discourse")
            for kid in tree.kids[word]
        )

    # --- subjects -------------------------------------------------------------------------------------------

    def own_subject(self, word: int) -> int | None:
        """Return the subject that stands with the predicate itself, an outer one for want of another."""
        tree = self.tree
        found = None
        for kid in tree.kids[word]:
            if tree.base[kid] == "nsubj" and tree.child(kid, "case") is None:
                if tree.rels[kid] != "nsubj:outer":
                    return kid
                found = kid
        return found

    def subject(self, word: int) -> tuple[int, str] | None:
        """Return the predicate's surface subject, and how it was found: own, control, shared, ..."""
        if word not in self._subjects:
            if word in self._pending or len(self._pending) > DEEPEST:
                return None
            self._pending.add(word)
            self._subjects[word] = self._find_subject(word)
            self._pending.discard(word)
        return self._subjects[word]

    def _find_subject(self, word: int) -> tuple[int, str] | None:
        tree = self.tree
        own = self.own_subject(word)
        if own is not None:
            return None if self._is_dummy(word, own) else (self.antecedent(own), "own")
        if tree.child(word, "csubj") is not None or tree.child(word, "expl") is not None:
            return None
        head, rel = tree.heads[word], tree.rels[word]
        if head < 0:
            return None
        if rel == "conj":
            return self._shared_subject(word, head)
        if rel == "xcomp":
            return self._controller(word, head)
        if rel == "advcl":
            return self._adverbial_subject(word, head)
        if rel == "acl:relcl":
            return None if self.gap(word) is not None else (self.crowd(head), "relative")
        if rel == "acl":
            return self._adnominal_subject(word, head)
        if rel == "amod":
            return head, "modifier"
        if rel == "ccomp" and tree.rels[head] == "acl:relcl" and not self._is_nonfinite(word):
            return (self.crowd(tree.heads[head]), "relative") if self._lacks_subject(word) else None
        if rel in ("ccomp", "parataxis") and tree.xpos(word) in ("VBG", "VB") and head in self._predicate_set:
            return self._governor_subject(head) if self._is_nonfinite(word) else None
        return None

    def _lacks_subject(self, word: int) -> bool:
        """Tell whether the antecedent does what is said: "a plan which they say will fail"."""
        tree = self.tree
        above = tree.heads[word]
        marked = tree.child(word, "mark") is not None
        return not marked and self.own_subject(above) is not None and above < word

    def _is_dummy(self, word: int, subject: int) -> bool:
        """Tell whether "it" only stands for a clause to come: "it is expected that ..."."""
        tree = self.tree
        if tree.lemma(subject) != "it" or tree.child(word, "ccomp", "csubj") is None:
            return False
        return self.is_passive(word) or tree.upos(word) == "ADJ"

    def crowd(self, word: int) -> int:
        """Return the group that a noun after "of" fills: the group in "a group of people"."""
        tree = self.tree
        above = tree.heads[word]
        if above < 0 or tree.base[word] != "nmod" or self.case(word) != "of":
            return word
        return above if tree.lemma(above) in lemmas_of("crowd_noun") else word

    def _is_nonfinite(self, word: int) -> bool:
        tree = self.tree
        if tree.child(word, "aux") is not None:
            return False
        return tree.xpos(word) == "VBG" or any(tree.xpos(k) == "TO" for k in tree.children(word, "mark"))

    def _governor_subject(self, head: int) -> tuple[int, str] | None:
        found = self.subject(head)
        return (found[0], "control") if found else None

    def _shared_subject(self, word: int, head: int) -> tuple[int, str] | None:
        """Share the first conjunct's subject (point 9)."""
        tree = self.tree
        if head not in self._predicate_set:
            return None
        if (
            tree.xpos(word) == "VB"
            and tree.xpos(head) in ("VBZ", "VBD")
            and not tree.children(word, "mark", "aux")
        ):
            return None
        found = self.subject(head)
        return (found[0], "shared") if found else None

    def _controller(self, word: int, head: int) -> tuple[int, str] | None:
        """Find who does an open complement: the governor's object, else its subject (point 7)."""
        tree = self.tree
        if head not in self._predicate_set:
            return None
        addressed = self._addressed(word, head) if self.marker(word) == "to" else None
        if addressed is not None:
            return addressed, "control"
        if tree.lemma(head) not in word_classes() or "promise_verb" not in word_classes()[tree.lemma(head)]:
            objects = tree.children(head, "obj") or tree.children(head, "iobj")
            objects = [k for k in objects if not self.is_relative(k) and not self._is_measure(k)]
            if objects and self.is_verbal(head):
                return self.antecedent(objects[0]), "control"
        return self._governor_subject(head)

    def _is_measure(self, word: int) -> bool:
        """Tell whether the noun is a counted time or amount, which does nothing itself."""
        kinds = nouns.kinds(self.tree, word)
        return self.tree.child(word, "nummod") is not None and bool(kinds & {"time", "unit"})

    def _adverbial_subject(self, word: int, head: int) -> tuple[int, str] | None:
        """Find who does a clause without subject: the governor's subject, or its object (points 8 and 10)."""
        tree = self.tree
        if head not in self._predicate_set:
            return None
        classes = word_classes().get(tree.lemma(head), frozenset())
        mark = self.marker(word)
        objects = tree.children(head, "obj")
        addressed = self._addressed(word, head) if mark == "to" else None
        if addressed is not None:
            return addressed, "control"
        purpose = mark == "to" and "send_verb" in classes
        if objects and (purpose or (mark in ("from", "of", "for", "into") and "prevent_verb" in classes)):
            return self.antecedent(objects[0]), "control"
        return self._governor_subject(head)

    def _addressed(self, word: int, head: int) -> int | None:
        """Return the one called on to do an infinitive: "called for X to ...", "appealed to X to ..."."""
        tree = self.tree
        first = tree.subtree(word)[0]
        for kid in tree.children(head, "obl"):
            case = self.case(kid)
            if tree.subtree(kid)[-1] != first - 1:
                continue
            appeals = case in ("on", "upon", "to", "with") and tree.lemma(head) in lemmas_of("appeal_verb")
            counted = nouns.kinds(tree, kid, case) & {"time", "unit", "number"}
            if (case == "for" and not counted) or (appeals and nouns.is_animate(tree, kid)):
                return kid
        return None

    def named_doer(self, noun: int) -> int | None:
        """Return the name before a noun for a deed: "U.S. action"."""
        if self.tree.lemma(noun) not in lemmas_of("deed_noun"):
            return None
        names = self.tree.children(noun, "compound")
        return next((k for k in names if self.tree.tokens[k].name in ("place", "organization")), None)

    def _adnominal_subject(self, word: int, head: int) -> tuple[int, str] | None:
        """Find who does a clause that modifies a noun (point 12)."""
        tree = self.tree
        if tree.xpos(word) in ("VBG", "VBN", "VBD") and tree.child(word, "mark") is None:
            return self.crowd(head), "modified"
        animate = nouns.is_animate(tree, head)
        for kid in tree.kids[head]:
            befalls = "undergo_noun" in word_classes().get(tree.lemma(head), ())
            befalls = befalls and tree.lemma(head) not in lemmas_of("appoint_noun")
            owned = (tree.rels[kid] == "nmod:poss" and not befalls) or (
                tree.base[kid] == "nmod" and self.case(kid) == "by"
            )
            if owned and not animate:
                return self.antecedent(kid), "control"
        if animate and self.marker(word) == "to":
            return head, "modified"
        governor = tree.heads[head]
        if tree.base[head] == "obl" and self.case(head) not in ("in", "with", "by", "as", "for"):
            return None
        if governor in self._predicate_set and tree.base[head] in ("obj", "obl"):
            return self._governor_subject(governor)
        return None

    def whole_of(self, clause: int, closing: int) -> int:
        """Return the first of the joined clauses that a closing "according to X" holds for."""
        tree = self.tree
        while self._closes(clause, closing) and tree.heads[clause] in self._predicate_set:
            clause = tree.heads[clause]
        return clause

    def _closes(self, clause: int, closing: int) -> bool:
        """Tell whether the words close the last of several clauses with one subject, after a comma."""
        shared = self.tree.rels[clause] == "conj" and self.own_subject(clause) is None
        return shared and closing > clause and self.tree.is_set_off(closing)

    # --- relative clauses -----------------------------------------------------------------------------------

    def antecedent(self, word: int) -> int:
        """Return the noun that a relative pronoun stands for, the word itself where it is none (point 11)."""
        tree = self.tree
        lemma = tree.lemma(word)
        if (tree.xpos(word) not in RELATIVE_TAGS and lemma != "whose") or lemma not in BARE_RELATIVES:
            return word
        for at in tree.ancestors(word):
            if tree.rels[at] == "acl:relcl" and at != word:
                return self.crowd(tree.heads[at])
        return word

    def is_relative(self, word: int) -> bool:
        """Tell whether the word is a relative pronoun or adverb with an antecedent."""
        return self.antecedent(word) != word

    def gap(self, word: int) -> Slot | None:
        """Return the antecedent as the argument that a relative clause lacks, subjects apart."""
        tree = self.tree
        if tree.rels[word] != "acl:relcl":
            return None
        antecedent = tree.heads[word]
        told = tree.child(word, "ccomp")
        if told is not None and self.own_subject(told) is None and self._lacks_subject(told):
            return None
        for kid in tree.kids[word]:
            if self.is_relative(kid):
                below = self._bottom(word)
                lower = tree.base[kid] == "obj" and below != word and not tree.children(below, "obj", "ccomp")
                return None if lower else self._pronoun_gap(word, kid, antecedent)
        subject = self.own_subject(word)
        if subject is None or any(tree.lemma(w) == "whose" for w in tree.subtree(subject)):
            return None
        stranded = self._stranded(word)
        if stranded is not None:
            case = tree.lemma(stranded)
            role = oblique_role(case, self.classes(word), nouns.kinds(tree, antecedent, case))
            return Slot(role, antecedent, "obl", case=case, implied=True)
        return self._bare_gap(word, antecedent)

    def _pronoun_gap(self, word: int, kid: int, antecedent: int) -> Slot | None:
        tree = self.tree
        base = tree.base[kid]
        if base == "nsubj":
            return None
        if tree.xpos(kid) == "WRB":
            timed = "time" in nouns.kinds(tree, antecedent)
            default = Role.TIME if timed else Role.PLACE
            role = {"when": Role.TIME, "why": Role.CAUSE}.get(tree.lemma(kid), default)
            return Slot(role, antecedent, "obl", implied=True)
        if base in ("obj", "iobj"):
            return Slot(Role.PATIENT if base == "obj" else Role.RECIPIENT, antecedent, base, implied=True)
        case = self.case(kid)
        role = oblique_role(case or "-", self.classes(word), nouns.kinds(tree, antecedent, case))
        return Slot(role, antecedent, "obl", case=case, implied=True)

    def _stranded(self, word: int) -> int | None:
        """Return a preposition without complement below the predicate."""
        tree = self.tree
        for kid in tree.kids[word]:
            if kid > word and tree.upos(kid) == "ADP" and tree.base[kid] in ("obl", "advmod", "case", "nmod"):
                return kid
        return None

    def _bare_gap(self, word: int, antecedent: int) -> Slot | None:
        """Guess the gap of a relative clause without pronoun: time, place, reason, manner or object."""
        tree = self.tree
        if tree.child(word, "obj") is None and not self.is_passive(word) and self.is_verbal(word):
            bottom = self._bottom(word)
            if (
                bottom == word
                and tree.child(word, "ccomp") is None
                and "time" not in nouns.kinds(tree, antecedent)
            ):
                return Slot(Role.PATIENT, antecedent, "obj", implied=True)
            return None
        if self.is_passive(word) and "give_verb" in word_classes().get(tree.lemma(word), ()):
            return Slot(Role.PATIENT, antecedent, "obj", implied=True)
        found = nouns.kinds(tree, antecedent)
        if "time" in found:
            return Slot(Role.TIME, antecedent, "obl", implied=True)
        if tree.lemma(antecedent) == "reason":
            return Slot(Role.CAUSE, antecedent, "obl", implied=True)
        if tree.lemma(antecedent) == "way":
            return Slot(Role.MANNER, antecedent, "obl", implied=True)
        if "place" in found:
            return Slot(Role.PLACE, antecedent, "obl", implied=True)
        return None

    def _bottom(self, word: int) -> int:
        """Follow the verb's open complements down to the last."""
        seen = set()
        while word not in seen:
            seen.add(word)
            below = [k for k in self.tree.children(word, "xcomp") if self.is_verbal(k)]
            if below:
                word = below[0]
        return word

    # --- arguments ------------------------------------------------------------------------------------------

    def marker(self, word: int) -> str:
        """Return the subordinating marker of a clause, "" for none: "because", "in order to", "when"."""
        tree = self.tree
        found = []
        for kid in tree.kids[word]:
            front = kid < word and tree.xpos(kid) == "WRB" and tree.base[kid] in ("advmod", "mark", "obl")
            if tree.base[kid] == "mark" or front or (tree.base[kid] == "case" and tree.upos(word) != "NOUN"):
                found.append(kid)
                found.extend(tree.children(kid, "fixed"))
        if found and min(found) > 0 and tree.lemma(min(found) - 1) == "even":
            found.append(min(found) - 1)
        return " ".join(tree.form(kid, self.text).lower() for kid in sorted(found))

    def link(self, word: int) -> tuple[str, Marker | None]:
        """Return an adverbial clause's marker and what it means; compounds are found by their parts."""
        mark = self.marker(word)
        table = markers()
        if not mark and self._is_inverted(word):
            return mark, table["if"]
        if mark in table:
            return mark, self._tensed(word, mark, table[mark])
        parts = mark.split()
        for part in [" ".join(parts[i:]) for i in range(1, len(parts))] + parts:
            if part in table:
                return mark, table[part]
        return mark, None

    def _is_inverted(self, word: int) -> bool:
        """Tell whether the auxiliary before the subject makes a condition: "had it rained, ..."."""
        tree = self.tree
        subject = self.own_subject(word)
        openers = [k for k in tree.children(word, "aux", "cop") if subject is not None and k < subject]
        first = next((w for w in tree.subtree(word) if not tree.is_punct(w)), word)
        return tree.rels[word] == "advcl" and first in openers and tree.lemma(first) in INVERTED

    def _tensed(self, word: int, mark: str, found: Marker) -> Marker:
        """Tell temporal from causal "since", result from purpose, contrast from time."""
        tree = self.tree
        if mark == "since" and (self._is_nonfinite(word) or self._governor_is_perfect(word)):
            return Marker(Role.TIME, Relation.AFTER, "")
        modal = any(tree.xpos(k) == "MD" for k in tree.children(word, "aux"))
        if mark == "so that" and self.tree.is_set_off(word) and not modal:
            return Marker(Role.RESULT, Relation.SO_THAT, "")
        if mark == "while" and self._contrasts(word):
            return Marker(Role.MANNER, Relation.ALTHOUGH, "")
        return found

    def _contrasts(self, word: int) -> bool:
        """Tell whether ", while" sets one finite clause with its subject against the one before."""
        tree = self.tree
        head = tree.heads[word]
        if not 0 <= head < word or self.own_subject(word) is None or self._is_nonfinite(word):
            return False
        continuous = tree.xpos(word) == "VBG"
        return self.tree.is_set_off(word) and not continuous and self.own_subject(head) is not None

    def _governor_is_perfect(self, word: int) -> bool:
        tree = self.tree
        head = tree.heads[word]
        return head >= 0 and any(tree.lemma(kid) == "have" for kid in tree.children(head, "aux"))

    def draft(self, word: int) -> Draft:
        """Return the clause's fact in the making, with the arguments that it has itself or shares."""
        tree = self.tree
        passive = self.is_passive(word)
        kind = FactKind.VERB if self.is_verbal(word) else FactKind.COPULA
        lemma = tree.lemma(word) if kind is FactKind.VERB and tree.lemma(word) not in CLITICS else "be"
        prefixes = [k for k in tree.kids[word] if tree.rels[k] == "compound:pre"]
        if self.carried(word) is not None:
            lemma = "go on to" if tree.xpos(word) != "VBG" and lemma == "go" else HELPING[lemma]
        if prefixes and kind is FactKind.VERB:
            lemma = "-".join([*(tree.lemma(p) for p in prefixes), lemma])
        particles = tree.children(word, "compound:prt")
        if kind is FactKind.VERB and particles:
            lemma = " ".join([lemma, *(tree.lemma(p) for p in particles)])
        draft = Draft(kind, word, lemma, self._predicate_words(word), passive=passive)
        self._add_subject(draft)
        if kind is FactKind.COPULA:
            self._add_complement(draft)
        for kid in tree.kids[word]:
            self._add_dependent(draft, kid)
        self._add_heading(draft, particles)
        self._add_gap(draft)
        self._add_shared(draft)
        self._add_governing_content(draft)
        self._settle(draft)
        return draft

    def _add_heading(self, draft: Draft, particles: list[int]) -> None:
        """Add the way that a verb of motion takes, where only a particle tells: "went out"."""
        if "motion_verb" not in self.classes(draft.head) or draft.has(
            Role.DESTINATION, Role.PLACE, Role.SOURCE
        ):
            return
        for word in particles:
            if self.tree.lemma(word) in HEADINGS:
                draft.slots.append(Slot(Role.DESTINATION, word, "advmod", confidence=0.4))

    def _predicate_words(self, word: int) -> list[int]:
        """Return the predicate's words: auxiliaries, negation, verb and particle, or the copula."""
        tree = self.tree
        found = [k for k in tree.kids[word] if tree.base[k] in ("aux", "cop") or tree.rels[k] in VERB_PARTS]
        found += [k + 1 for k in tree.kids[word] if tree.rels[k] == "compound:pre"]
        found += [k for k in tree.children(word, "advmod") if tree.lemma(k) in NEGATIONS]
        if self.is_verbal(word) and tree.child(word, "cop") is not None:
            found += [k for k in tree.children(word, "mark") if tree.xpos(k) == "TO"]
        if self.is_verbal(word) or not any(tree.base[k] == "cop" for k in found):
            found.append(word)
        return sorted(found)

    def _add_subject(self, draft: Draft) -> None:
        """Add the subject with its deep role (point 6)."""
        tree, word = self.tree, draft.head
        role = Role.PATIENT if draft.passive else Role.AGENT
        for kid in tree.children(word, "csubj"):
            draft.slots.append(Slot(role, kid, tree.rels[kid], clause=True))
        found = self.subject(word)
        if found is None:
            return
        filler, how = found
        if how == "modified" and self._is_nonfinite(word) and tree.xpos(word) != "VBG":
            role = Role.AGENT
        implied = how != "own" or self.own_subject(word) != filler
        draft.slots.append(Slot(role, filler, "nsubj:pass" if draft.passive else "nsubj", implied=implied))
        if how == "own" and not implied and "event" in nouns.kinds(tree, filler):
            self._add_nested(draft, filler)

    def _add_complement(self, draft: Draft) -> None:
        """Add what a copular clause says of its subject; after a preposition a place, time or the like."""
        tree, word = self.tree, draft.head
        case = self.case(word) if tree.child(word, "case") is not None else ""
        role = Role.ATTRIBUTE
        if case and tree.upos(word) in ("NOUN", "PROPN", "PRON", "NUM"):
            role = oblique_role(case, frozenset(), nouns.kinds(tree, word, case))
            role = Role.ATTRIBUTE if role in (Role.MANNER, Role.RECIPIENT) else role
        elif tree.upos(word) == "ADV":
            role = self._adverb_role(word) or Role.ATTRIBUTE
        if (
            tree.base[word] in ("ccomp", "advcl", "acl", "root", "conj", "parataxis", "xcomp", "csubj")
            or tree.child(word, "cop") is not None
        ):
            draft.slots.append(Slot(role, word, "cop", case=case))

    def _add_dependent(self, draft: Draft, kid: int) -> None:
        """Add one dependent as an argument, if it is one."""
        tree, base, rel = self.tree, self.tree.base[kid], self.tree.rels[kid]
        if self.is_relative(kid) or tree.is_punct(kid):
            return
        if base in ("obj", "iobj"):
            self._add_object(draft, kid)
        elif base == "obl" or (base == "nmod" and (draft.kind is FactKind.VERB or rel == "nmod:unmarked")):
            self._add_oblique(draft, kid)
        elif base == "ccomp":
            draft.slots.append(Slot(Role.CONTENT, kid, rel, clause=True))
        elif base == "xcomp":
            self._add_open_complement(draft, kid)
        elif base == "advcl" and rel != "advcl:relcl":
            self._add_adverbial(draft, kid)
        elif base == "advmod":
            self._add_adverb(draft, kid)
        elif base == "parataxis":
            self._add_parataxis(draft, kid)

    def _add_object(self, draft: Draft, kid: int) -> None:
        tree, word = self.tree, draft.head
        classes = self.classes(word)
        if tree.base[kid] == "iobj":
            role = Role.RECIPIENT
        elif draft.kind is FactKind.VERB and tree.lemma(word) in MEASURED:
            found = nouns.kinds(tree, kid)
            measured = Role.TIME if tree.lemma(word) in LASTING else Role.EXTENT
            role = (
                measured if "time" in found else Role.EXTENT if found & {"unit", "number"} else Role.PATIENT
            )
        elif "address_verb" in classes and (
            tree.child(word, "ccomp", "xcomp") is not None or nouns.is_animate(tree, kid)
        ):
            role = Role.RECIPIENT
        elif "unit" in nouns.kinds(tree, kid) and transitivity(tree.lemma(word)) < INTRANSITIVE:
            role = Role.EXTENT
        elif tree.lemma(word) in SAYING_OBJECT:
            role = Role.CONTENT
        elif tree.lemma(word) in TOPIC_VERBS:
            role = Role.TOPIC
        else:
            role = Role.PATIENT
        draft.slots.append(Slot(role, kid, tree.rels[kid]))
        self._add_nested(draft, kid)

    def _add_oblique(self, draft: Draft, kid: int) -> None:
        tree = self.tree
        if tree.upos(kid) in ("ADP", "SCONJ") and not tree.kids[kid]:
            return
        case, kid, rel = self.complement(kid)
        if case.startswith(SOURCES):
            return
        found = nouns.kinds(tree, kid, case)
        if not case and not found and rel == "obl:unmarked" and tree.upos(kid) not in ("PROPN", "NUM"):
            return
        if "comment" in found and case in COMMENT_CASES and "abstract" in found:
            return
        if case == "as" and draft.kind is FactKind.COPULA and tree.upos(draft.head) == "ADJ":
            return
        if case == "in" and "aim" in found and tree.child(kid, "acl") is None:
            found = found - {"aim"}
        if case == "for" and "time" in found and self._awaits(draft, kid):
            found = found - {"time"}
        if case == "over" and "time" in found and tree.lemma(kid) not in lemmas_of("time_noun"):
            found = found - {"time"}
        role = (
            Role.AGENT
            if rel == "obl:agent" and draft.passive
            else oblique_role(case or "-", self.classes(draft.head), found)
        )
        if role is Role.RESULT and kid < draft.head:
            role = Role.MANNER
        if case == "by" and self._tells_difference(draft, kid, role):
            role = Role.EXTENT
        if case in ("on", "upon", "for") and self._calls(draft, kid):
            role = Role.RECIPIENT
        draft.slots.append(Slot(role, kid, rel, case=case))
        if role not in (Role.PLACE, Role.TIME, Role.DESTINATION, Role.SOURCE):
            self._add_nested(draft, kid)

    def _tells_difference(self, draft: Draft, kid: int, role: Role) -> bool:
        """Tell whether "by" opens a difference: "extended by two hours", "won by nine votes"."""
        counted = self.tree.child(kid, "nummod") is not None
        found = nouns.kinds(self.tree, kid, "by")
        if role is Role.AGENT:
            return counted and bool(found & {"time", "unit"})
        return counted and not draft.passive and role is Role.MANNER

    def _calls(self, draft: Draft, kid: int) -> bool:
        """Tell whether the noun is called on to do something: "called on the mayor to resign"."""
        below = [k for k in self.tree.children(draft.head, "advcl", "xcomp") if self.marker(k) == "to"]
        return any(self._addressed(k, draft.head) == kid for k in below)

    def _awaits(self, draft: Draft, kid: int) -> bool:
        """Tell whether a time is what is waited for: "waited for this day", not "for nine years"."""
        tree = self.tree
        definite = any(tree.lemma(k) in ("the", "this", "that") for k in tree.children(kid, "det"))
        return (
            definite
            and tree.child(kid, "nummod", "amod") is None
            and "for_object" in self.classes(draft.head)
        )

    def _add_nested(self, draft: Draft, noun: int) -> None:
        """Add a time or place that hangs on an argument's noun but holds for the clause as well."""
        tree = self.tree
        told = named_event(tree.lemma(noun)) and tree.rels[noun] not in ("nsubj", "nsubj:pass")
        open_verbs = lemmas_of("hosting_verb") | lemmas_of("taking_verb")
        self._add_nested_cause(draft, noun)
        if told and draft.lemma not in open_verbs:
            return
        remote = draft.lemma in self.speech or "mutual_verb" in word_classes().get(draft.lemma, ())
        for kid in tree.children(noun, "nmod", "advmod"):
            if kid < noun or draft.kind is not FactKind.VERB:
                continue
            probe = Draft(draft.kind, draft.head, draft.lemma, [])
            if tree.base[kid] == "advmod":
                self._add_adverb(probe, kid)
            else:
                case = self.case(kid)
                found = nouns.kinds(tree, kid, case)
                role = oblique_role(case or "-", frozenset(), found)
                placed = case in PLACING_CASES and ("person" not in found or nouns.is_site(tree, kid))
                if case == "from" and draft.lemma in lemmas_of("taking_verb"):
                    draft.slots.append(Slot(Role.SOURCE, kid, "nested", case=case, confidence=0.8))
                    continue
                if case not in NESTED_CASES or not (found & {"time", "place"} or placed):
                    continue
                probe.slots.append(Slot(role, kid, "nested", case=case))
            for slot in probe.slots:
                if slot.role is Role.TIME or (slot.role is Role.PLACE and not remote):
                    draft.slots.append(replace(slot, confidence=0.6))

    def _add_nested_cause(self, draft: Draft, noun: int) -> None:
        """Add what an event in the object is over as cause: "faces an inquiry over her bills"."""
        tree = self.tree
        if draft.kind is not FactKind.VERB or not named_event(tree.lemma(noun)):
            return
        for kid in tree.children(noun, "nmod"):
            if kid < noun or self.case(kid) != "over":
                continue
            if oblique_role("over", frozenset(), nouns.kinds(tree, kid, "over")) is Role.CAUSE:
                draft.slots.append(Slot(Role.CAUSE, kid, "nested", case="over", confidence=0.6))

    def _add_open_complement(self, draft: Draft, kid: int) -> None:
        """Add an open complement: a clause is content, an adjective or noun an attribute."""
        tree = self.tree
        if self.is_verbal(kid) or tree.child(kid, "cop") is not None:
            purpose = self.is_verbal(kid) and self.marker(kid) == "to" and self._acts_for(draft)
            draft.slots.append(Slot(Role.PURPOSE if purpose else Role.CONTENT, kid, "xcomp", clause=True))
            if purpose:
                draft.links.append((Relation.SO_THAT, kid))
            return
        case = self.case(kid)
        if tree.upos(kid) == "ADV" and "place_adverb" in word_classes().get(tree.lemma(kid), ()):
            draft.slots.append(Slot(Role.PLACE, kid, "xcomp"))
        elif case and case != "as":
            found = nouns.kinds(tree, kid, case)
            draft.slots.append(
                Slot(oblique_role(case, self.classes(draft.head), found), kid, "xcomp", case=case)
            )
        else:
            draft.slots.append(Slot(Role.ATTRIBUTE, kid, "xcomp", case=case))

    def _acts_for(self, draft: Draft) -> bool:
        """Tell whether an infinitive after the verb is its purpose and not what it is about."""
        classes = word_classes().get(self.tree.lemma(draft.head), frozenset())
        if draft.passive:
            return False
        if self.tree.children(draft.head, "obj"):
            known = classes & {"address_verb", "send_verb", "give_verb", "promise_verb", "prevent_verb"}
            return not known and self.tree.lemma(draft.head) not in effects()
        return "purpose_verb" in classes

    def _add_adverbial(self, draft: Draft, kid: int) -> None:
        """Add an adverbial clause by its marker (point 10); a bare participle is only linked."""
        tree = self.tree
        mark, meaning = self.link(kid)
        if mark.startswith(SOURCES):
            return
        withheld = mark == "from" and draft.lemma in lemmas_of("from_verb")
        spent = draft.lemma in SPENDING and not mark and tree.xpos(kid) == "VBG"
        called = mark == "to" and self._addressed(kid, draft.head) is not None
        if (
            withheld
            or spent
            or called
            or (mark == "to" and (tree.xpos(kid) == "VBG" or draft.lemma in CONTENTIVE))
        ):
            draft.slots.append(Slot(Role.CONTENT, kid, "advcl", clause=True))
            return
        if mark == "with" and tree.lemma(draft.head) in lemmas_of("charge_verb"):
            draft.slots.append(Slot(Role.TOPIC, kid, "advcl", case=mark, clause=True))
            return
        if meaning is not None:
            draft.slots.append(Slot(meaning.role, kid, "advcl", case=mark, clause=True))
            if meaning.relation is not None:
                draft.links.append((meaning.relation, kid))
        elif not mark and tree.xpos(kid) in ("VBG", "VBN"):
            draft.links.append((Relation.WHILE, kid))
            spoken = {tree.lemma(kid), draft.lemma} & self.speech
            follows = (
                kid > draft.head and tree.xpos(kid) == "VBG" and not spoken and self.tree.is_set_off(kid)
            )
            role = Role.RESULT if follows else Role.MANNER
            draft.slots.append(Slot(role, kid, "advcl", clause=True, confidence=0.5))

    def _adverb_role(self, word: int) -> Role | None:
        tree = self.tree
        classes = word_classes().get(tree.lemma(word), frozenset())
        if tree.lemma(word) == "far" and {tree.lemma(k) for k in tree.kids[word]} & {"so", "thus"}:
            return Role.TIME
        if tree.children(word, "obl", "nmod"):
            inner = tree.children(word, "obl", "nmod")[0]
            if "time_adverb" in classes or "time" in nouns.kinds(tree, inner, self.case(inner)):
                return Role.TIME
        for name, role in ADVERBS.items():
            if name in classes and not ("mute_adverb" in classes and not tree.kids[word]):
                return role
        if "mute_adverb" in classes or tree.lemma(word) in NEGATIONS:
            return None
        return Role.MANNER if tree.lemma(word).endswith("ly") else None

    def _add_adverb(self, draft: Draft, kid: int) -> None:
        tree = self.tree
        if tree.xpos(kid) in RELATIVE_TAGS:
            return
        role = self._adverb_role(kid)
        obliques = tree.children(kid, "obl", "nmod")
        if role is None and obliques:
            case = self.case(obliques[0])
            role = oblique_role(case or "-", self.classes(draft.head), nouns.kinds(tree, obliques[0], case))
        if role is not None and draft.kind is FactKind.COPULA and role in (Role.EXTENT, Role.MANNER):
            return
        if role is Role.EXTENT and tree.lemma(kid) in lemmas_of("force_adverb"):
            role = Role.EXTENT if "change_verb" in self.classes(draft.head) else Role.MANNER
        if role is not None:
            draft.slots.append(Slot(role, kid, "advmod"))

    def _add_parataxis(self, draft: Draft, kid: int) -> None:
        """Add loosely joined words as what a verb of saying says (point 18)."""
        if (
            "speech" not in self.classes(draft.head)
            or not self._has_speaker(draft.head)
            or draft.has(Role.CONTENT)
        ):
            return
        whole = kid in self._predicate_set and (self.own_subject(kid) is not None or not self.is_verbal(kid))
        if whole and "speech" not in self.classes(kid):
            draft.slots.append(Slot(Role.CONTENT, kid, "parataxis", clause=True))

    def _has_speaker(self, word: int) -> bool:
        """Tell whether the verb has a subject of its own that can say something."""
        subject = self.own_subject(word)
        if subject is None:
            return False
        found = nouns.kinds(self.tree, subject)
        return self.tree.upos(subject) in ("PRON", "PROPN") or bool(found & {"person", "medium"}) or not found

    def _add_gap(self, draft: Draft) -> None:
        """Add the antecedent of a relative clause where it is not the subject (point 11)."""
        gap = self.gap(draft.head)
        if gap is not None and draft.kind is FactKind.VERB:
            if gap.rel == "obj":
                gap.role = self._object_like(draft)
            draft.slots.append(gap)
            return
        if self._fills_gap_above(draft):
            top = self._top(draft.head)
            draft.slots.append(Slot(Role.PATIENT, self.tree.heads[top], "obj", implied=True, confidence=0.7))

    def _top(self, word: int) -> int:
        """Follow open complements up to the verb that opens the clause."""
        while self.tree.rels[word] == "xcomp" and self.tree.heads[word] >= 0:
            word = self.tree.heads[word]
        return word

    def _fills_gap_above(self, draft: Draft) -> bool:
        """Tell whether a relative clause has its gap here, below its verb: "the man they tried to find"."""
        tree, word = self.tree, draft.head
        if tree.rels[word] != "xcomp" or not self.is_verbal(word) or draft.passive:
            return False
        top = self._top(word)
        if tree.children(word, "obj", "xcomp", "ccomp") or tree.rels[top] != "acl:relcl":
            return False
        subject = self.own_subject(top)
        objects = tree.children(top, "obj")
        bare = subject is not None and not self.is_relative(subject)
        return bare and all(self.is_relative(k) for k in objects)

    def _object_like(self, draft: Draft) -> Role:
        return Role.CONTENT if self.tree.lemma(draft.head) in SAYING_OBJECT else Role.PATIENT

    def _add_shared(self, draft: Draft) -> None:
        """Share an object and the time and place before the first verb with a conjunct (point 9)."""
        tree, word = self.tree, draft.head
        head = tree.heads[word]
        if draft.kind is not FactKind.VERB:
            return
        roles = {slot.role for slot in draft.slots}
        lent = self._lent(word, head)
        draft.slots.extend(replace(slot, implied=True) for slot in lent if slot.role not in roles)
        draft.slots.extend(replace(s, implied=True, confidence=0.6) for s in self._trailing(draft))
        if tree.rels[word] == "conj" and head in self._predicate_set and self.own_subject(word) is None:
            fronted = [s for s in self._reasons(head) if s.head < (self.own_subject(head) or head)]
            draft.slots.extend(replace(s, implied=True, confidence=0.7) for s in fronted)
        draft.slots.extend(replace(s, implied=True, confidence=0.6) for s in self._raised(draft))
        draft.slots.extend(replace(s, implied=True, confidence=0.5) for s in self._reasons_to_ask(draft))
        for other in tree.children(word, "conj"):
            if other in self._predicate_set and self.is_verbal(other):
                self._share_object(draft, other)
        if tree.rels[word] == "conj" and head in self._predicate_set and self.is_verbal(head):
            self._share_object(draft, head)

    def _raised(self, draft: Draft) -> list[Slot]:
        """Return the times and places of a complement that happens as the verb does: "continued to shell at
        night".
        """
        tree, word = self.tree, draft.head
        below = tree.child(word, "xcomp")
        if below is None or below not in self._predicate_set or not self.is_verbal(below):
            return []
        if effects().get(tree.lemma(word)) not in ("asserted", "negated"):
            return []
        roles = {slot.role for slot in draft.slots}
        if tree.child(word, "obj") is not None:
            roles.add(Role.PLACE)
        own = [s for s in self.circumstances(below) if s.head in tree.kids[below]]
        return [s for s in own if s.role not in roles and s.head > below]

    def _reasons_to_ask(self, draft: Draft) -> list[Slot]:
        """Return why something is asked for: "asked them to come because it rained"."""
        below = self.tree.child(draft.head, "xcomp")
        if below is None or draft.has(Role.CAUSE) or "address_verb" not in self.classes(draft.head):
            return []
        reasons = [s for s in self._reasons(below) if s.role is Role.CAUSE and s.clause and s.head > below]
        return [s for s in reasons if self.own_subject(s.head) is not None]

    def _trailing(self, draft: Draft) -> list[Slot]:
        """Return the last conjunct's times and places that may hold for this first clause too."""
        tree, word = self.tree, draft.head
        conjuncts = [k for k in tree.children(word, "conj") if k in self._predicate_set]
        if len(conjuncts) != 1 or not self.is_verbal(conjuncts[0]):
            return []
        last = conjuncts[0]
        roles = {slot.role for slot in draft.slots}
        modal = [any(tree.xpos(k) == "MD" for k in tree.children(w, "aux")) for w in (word, last)]
        if modal[0] != modal[1]:
            return []
        if roles & {Role.TIME, Role.PLACE} or any(
            tree.is_punct(w) for w in range(word, tree.subtree(last)[0] + 1)
        ):
            return []
        end = tree.subtree(last)[-1]
        closing = [*self.circumstances(last), *self._reasons(last)]
        return [s for s in closing if s.head > last and end - tree.subtree(s.head)[-1] <= 1]

    def _reasons(self, word: int) -> list[Slot]:
        """Return the causes and purposes that stand with the predicate."""
        probe = Draft(FactKind.VERB, word, self.tree.lemma(word), [])
        for kid in self.tree.children(word, "obl", "advcl"):
            self._add_dependent(probe, kid)
        return [s for s in probe.slots if s.role in (Role.CAUSE, Role.PURPOSE)]

    def _lent(self, word: int, head: int) -> list[Slot]:
        """Return the governor's times and places that hold for this clause too."""
        tree = self.tree
        rel = tree.rels[word]
        if head not in self._predicate_set or rel not in ("conj", "xcomp", "advcl"):
            return []
        own = self.own_subject(word) is not None
        mark = self.marker(word)
        found = []
        for slot in self.circumstances(head):
            subject = self.own_subject(head)
            front = slot.head < head and (not own or subject is None or slot.head < subject)
            after = slot.head > word
            if rel == "conj":
                lasting = slot.case in ("since", "for", "until", "within")
                afresh = any(tree.lemma(k) != "be" for k in tree.children(word, "aux"))
                timed = slot.role is Role.TIME and slot.head < word and not lasting and not afresh
                fits = front or (not own and timed)
            elif rel == "xcomp":
                fits = after or effects().get(tree.lemma(head)) in ("asserted", "negated")
            else:
                fits = not own and (after or mark in ("", "to", "by", "in order to", "without"))
            if fits and not slot.clause:
                found.append(slot)
        return found

    def circumstances(self, word: int) -> list[Slot]:
        """Return times and places that the predicate has itself or is lent."""
        if word not in self._circumstances:
            self._circumstances[word] = []
            if self._depth > DEEPEST:
                return []
            self._depth += 1
            tree = self.tree
            probe = Draft(FactKind.VERB, word, tree.lemma(word), [])
            for kid in tree.children(word, "obl", "advmod", "nmod"):
                self._add_dependent(probe, kid)
            found = [s for s in probe.slots if s.role in (Role.TIME, Role.PLACE)]
            roles = {s.role for s in found}
            lent = self._lent(word, tree.heads[word]) if tree.heads[word] >= 0 else []
            self._circumstances[word] = found + [s for s in lent if s.role not in roles]
            self._depth -= 1
        return self._circumstances[word]

    def _share_object(self, draft: Draft, other: int) -> None:
        """Take the other conjunct's object where it follows both verbs and this one is bare."""
        tree, word = self.tree, draft.head
        if (
            tree.child(word, "obj", "xcomp", "ccomp", "obl", "advcl") is not None
            or draft.passive
            or self.is_passive(other)
        ):
            return
        objects = tree.children(other, "obj")
        if tree.child(max(word, other), "cc") is None:
            return
        takes = transitivity(tree.lemma(word)) >= SHARING
        if takes and objects and objects[0] > max(word, other) and abs(word - other) <= 3:
            draft.slots.append(Slot(Role.PATIENT, objects[0], "obj", implied=True, confidence=0.8))

    def _add_governing_content(self, draft: Draft) -> None:
        """Take the clause that "he said" is loosely attached to as what is said (point 18)."""
        tree, word = self.tree, draft.head
        head = next((w for w in tree.ancestors(word) if w in self._predicate_set), -1)
        if tree.base[word] != "parataxis" or head < 0 or draft.kind is not FactKind.VERB:
            return
        if "speech" not in self.classes(word) or not self._has_speaker(word):
            return
        if draft.has(Role.CONTENT) and tree.lemma(word) != "tell":
            return
        draft.slots.append(Slot(Role.CONTENT, head, "parataxis", clause=True))

    def _settle(self, draft: Draft) -> None:
        """Mend roles that depend on each other: passives of verbs of giving and telling, second agents."""
        tree, word = self.tree, draft.head
        classes = self.classes(word)
        subject = next((s for s in draft.slots if s.rel == "nsubj:pass"), None)
        if subject is not None and draft.kind is FactKind.VERB:
            objects = [s for s in draft.slots if s.rel in ("obj", "iobj")]
            content = draft.has(Role.CONTENT)
            if ("give_verb" in classes and objects) or (
                "address_verb" in classes and (content or nouns.is_animate(tree, subject.head))
            ):
                subject.role = Role.RECIPIENT
                for slot in objects:
                    slot.role = Role.PATIENT
        objects = [s for s in draft.slots if s.rel == "obj" and not s.implied]
        if draft.passive and subject is not None and subject.role is Role.PATIENT:
            for slot in objects:
                if slot.role is Role.PATIENT and "unit" in nouns.kinds(tree, slot.head):
                    slot.role = Role.EXTENT
        if len(objects) == 2 and not draft.passive:
            if tree.lemma(word) in NAMING:
                objects[1].role = Role.ATTRIBUTE
            elif "give_verb" in classes and nouns.is_animate(tree, objects[0].head):
                objects[0].role, objects[1].role = Role.RECIPIENT, Role.PATIENT
        if draft.has(Role.PATIENT):
            for slot in draft.slots:
                if slot.case == "against" and slot.role is Role.PATIENT and len(self._patients(draft)) > 1:
                    slot.role = Role.COUNTERPART
        if draft.lemma == "be" and any(tree.lemma(k) == "there" for k in tree.children(word, "expl")):
            draft.kind = FactKind.EXISTENTIAL
            for slot in draft.slots:
                slot.role = Role.PATIENT if slot.rel == "nsubj" else slot.role

    def _patients(self, draft: Draft) -> list[Slot]:
        """Return what the verb is done to."""
        return [slot for slot in draft.slots if slot.role is Role.PATIENT]
