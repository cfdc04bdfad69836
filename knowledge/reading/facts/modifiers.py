"""Mend what hangs on nouns: relative clauses, reduced ones, content clauses and names after a description.

Each repair works like those of `repairs`: it changes heads and labels and tells whether it did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from knowledge.language import gazetteer, lexicon
from knowledge.reading.facts import nouns
from knowledge.reading.facts.tables import lemmas_of, transitivity
from knowledge.reading.facts.tree import Tree

FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Share of clauses with an object below which a verb is complete without one.
COMPLETE = 0.4
# What "where" stands for is looked for so many words back.
FARTHEST = 8


def remodify(tree: Tree, text: str) -> None:
    """Mend the tree in place."""
    repairs: list[Callable[[], bool]] = [
        lambda: _words_of(tree),
        lambda: _name_after_description(tree),
        lambda: _name_below_description(tree),
        lambda: _reduced_passives(tree),
        lambda: _times_of_saying(tree),
        lambda: _stray_relatives(tree),
        lambda: _content_clauses(tree),
        lambda: _place_relatives(tree),
        lambda: _personal_relatives(tree),
        lambda: _one_of_many(tree),
        lambda: _group_relatives(tree),
        lambda: _one_title(tree),
    ]
    for mend in repairs:
        if mend():
            tree.settle()


def _top(tree: Tree, word: int) -> int:
    """Return the head of the name or compound that ends with a word."""
    while tree.base[word] in ("flat", "compound") and tree.heads[word] >= 0:
        word = tree.heads[word]
    return word


def _opened(tree: Tree, *openers: str) -> Iterator[tuple[int, int]]:
    """Yield each relative clause that one of these words opens, with that word."""
    for clause in range(len(tree)):
        if tree.rels[clause] not in ("acl:relcl", "advcl:relcl") or tree.heads[clause] < 0:
            continue
        opener = next((w for w in tree.subtree(clause) if not tree.is_punct(w)), clause)
        if tree.lemma(opener) in openers and opener > 0:
            yield clause, opener


def _words_of(tree: Tree) -> bool:
    """Read "in the words of the abbot" as one preposition with who says so."""
    changed = False
    for words in range(2, len(tree) - 2):
        source = tree.child(words, "nmod")
        opening = [tree.lemma(w) for w in range(words - 2, words)]
        if tree.lemma(words) != "word" or opening != ["in", "the"] or source is None:
            continue
        if tree.lemma(words + 1) != "of" or tree.heads[words + 1] != source or tree.base[words] != "obl":
            continue
        tree.attach(source, tree.heads[words], "obl")
        tree.attach(words - 2, source, "case")
        for kid in tree.kids[words]:
            if kid != source:
                tree.attach(kid, source, tree.rels[kid])
        for word in (words - 1, words, words + 1):
            tree.attach(word, words - 2, "fixed")
        changed = True
    return changed


def _name_after_description(tree: Tree) -> bool:
    """Read a name right after a noun with article as the noun's name: "by the Danish brewery Acme"."""
    changed = False
    for name in range(1, len(tree)):
        noun = name - 1
        if tree.upos(name) != "PROPN" or tree.upos(noun) != "NOUN" or tree.base[name] not in ("obj", "iobj"):
            continue
        verb = tree.heads[name]
        if verb != tree.heads[noun] or tree.child(noun, "det") is None or verb > noun:
            continue
        if tree.lemma(verb) in lemmas_of("give_verb") and tree.rels[noun] != "obl:agent":
            continue
        if tree.child(name, "case", "det") is None and tree.base[noun] in ("obj", "obl", "iobj"):
            tree.attach(name, noun, "appos")
            changed = True
    return changed


def _name_below_description(tree: Tree) -> bool:
    """Read names that hang on the noun before them as its name: "drinks maker Acme Foods"."""
    changed = False
    for noun in range(len(tree) - 1):
        if tree.upos(noun) != "NOUN" or tree.base[noun] in ("compound", "flat"):
            continue
        names = [noun + 1]
        while names[-1] < len(tree) and _is_part(tree, names[-1], noun):
            names.append(names[-1] + 1)
        for word in names[:-1]:
            tree.attach(word, noun if word == noun + 1 else noun + 1, "appos" if word == noun + 1 else "flat")
            changed = True
    return changed


def _is_part(tree: Tree, word: int, noun: int) -> bool:
    """Tell whether a name's word is labelled as if it stood before the noun."""
    proper = tree.upos(word) == "PROPN" and tree.tokens[word].name
    return bool(proper) and tree.heads[word] == noun and tree.base[word] == "compound" and not tree.kids[word]


def _times_of_saying(tree: Tree) -> bool:
    """Hang on the verb of saying the day right after it: "said on Monday it had left"."""
    changed = False
    for clause in range(len(tree)):
        verb = tree.heads[clause]
        if tree.base[clause] != "ccomp" or not 0 <= verb < clause or tree.child(clause, "mark") is not None:
            continue
        subject = tree.child(clause, "nsubj", "expl")
        for time in tree.children(clause, "obl"):
            words = tree.subtree(time)
            first = words[0] == verb + 1 and subject is not None and words[-1] < subject
            if first and nouns.kinds(tree, time, "on") == {"time"}:
                tree.attach(time, verb, tree.rels[time])
                changed = True
    return changed


def _stray_relatives(tree: Tree) -> bool:
    """Hang ", whose leader left" on the noun before it, not on the verb as what is said or done."""
    changed = False
    for clause in range(len(tree)):
        if tree.base[clause] not in ("ccomp", "xcomp", "conj", "advcl", "parataxis"):
            continue
        opener = next((w for w in tree.subtree(clause) if not tree.is_punct(w)), clause)
        if tree.lemma(opener) != "whose" or opener < 2 or not tree.is_punct(opener - 1):
            continue
        noun = _top(tree, opener - 2)
        owned = tree.heads[opener]
        if tree.base[owned] != "nsubj" or tree.heads[owned] != clause or noun in tree.subtree(clause):
            continue
        if tree.upos(noun) in ("NOUN", "PROPN") and noun < opener:
            tree.attach(clause, noun, "acl:relcl")
            changed = True
    return changed


def _reduced_passives(tree: Tree) -> bool:
    """Read a participle with its doer as a clause of the subject: "a survey made by Jo later found six"."""
    for word in range(1, len(tree)):
        subject = tree.child(word, "nsubj", "nsubj:pass")
        agent = tree.child(word, "obl:agent") or _by(tree, word)
        if subject is None or agent is None or not subject < word < agent or tree.upos(word) != "VERB":
            continue
        if tree.child(word, "aux", "aux:pass", "cop", "obj", "mark") is not None:
            continue
        for main in tree.children(word, "parataxis", "ccomp", "conj", "advcl"):
            bare = tree.child(main, "nsubj", "mark", "cc", "aux:pass", "expl") is None
            first = tree.subtree(main)[0]
            if main < agent or not bare or tree.xpos(main) not in FINITE or tree.is_punct(first - 1):
                continue
            tree.attach(main, tree.heads[word], tree.rels[word])
            tree.attach(subject, main, "nsubj")
            tree.attach(word, subject, "acl")
            tree.attach(agent, word, "obl:agent")
            for kid in tree.kids[word]:
                if kid > main and tree.is_punct(kid):
                    tree.attach(kid, main, "punct")
            return True
    return False


def _by(tree: Tree, verb: int) -> int | None:
    """Return who is named by "by" after a verb."""
    for kid in tree.children(verb, "obl"):
        by = [tree.lemma(k) for k in tree.children(kid, "case")] == ["by"]
        if by and not nouns.kinds(tree, kid, "by") & {"time", "unit", "number", "vehicle", "text"}:
            return kid
    return None


def _content_clauses(tree: Tree) -> bool:
    """Read what a noun of saying is about as a clause without gap: "the claim that the bridge fell"."""
    changed = False
    for clause, opener in _opened(tree, "that"):
        noun = tree.heads[clause]
        if (
            tree.rels[clause] != "acl:relcl"
            or tree.lemma(noun) not in lemmas_of("content_noun")
            or tree.heads[opener] != clause
        ):
            continue
        if opener != noun + 1 or tree.base[opener] not in ("obj", "obl", "nmod", "mark", "advmod"):
            continue
        subject = tree.child(clause, "nsubj", "expl")
        own = [k for k in tree.children(clause, "obj") if k != opener]
        whole = own or tree.child(clause, "aux:pass", "cop", "ccomp", "xcomp") is not None
        whole = whole or transitivity(tree.lemma(clause)) < COMPLETE
        if subject is not None and subject != opener and whole:
            tree.attach(clause, noun, "acl")
            tree.attach(opener, clause, "mark")
            changed = True
    return changed


def _is_time(tree: Tree, word: int) -> bool:
    """Tell whether a noun means a time and nothing that takes place."""
    return nouns.kinds(tree, word) == {"time"} and tree.lemma(word) in lemmas_of("time_noun")


def _thing_before(tree: Tree, opener: int) -> int | None:
    """Return the noun that ends right before a relative adverb, times and a comma passed over."""
    for word in range(opener - 1, max(-1, opener - FARTHEST), -1):
        if tree.upos(word) in ("NOUN", "PROPN") and not _is_time(tree, _top(tree, word)):
            return word
        if tree.upos(word) in ("VERB", "AUX", "SCONJ", "CCONJ", "PRON"):
            return None
    return None


def _place_relatives(tree: Tree) -> bool:
    """Hang a clause with "where" on the place before it, not on people: "led boys into a mill where ..."."""
    changed = False
    for clause, opener in _opened(tree, "where"):
        noun = tree.heads[clause]
        before = _thing_before(tree, opener)
        if before is None:
            continue
        timed = _is_time(tree, noun)
        verbal = tree.rels[clause] == "advcl:relcl" and not tree.is_punct(opener - 1)
        stray = nouns.is_animate(tree, noun) or timed
        if not verbal and (tree.rels[clause] == "advcl:relcl" or not stray):
            continue
        near = _top(tree, before)
        if near != noun and clause not in tree.ancestors(near) and near < clause and near != clause:
            tree.attach(clause, near, "acl:relcl")
            changed = True
    return changed


def _personal_relatives(tree: Tree) -> bool:
    """Hang ", whose land was taken" on people, not on their place: "shepherds near X, whose"."""
    changed = False
    for clause, opener in _opened(tree, "who", "whose"):
        noun = tree.heads[clause]
        if (
            tree.rels[clause] != "acl:relcl"
            or nouns.is_animate(tree, noun)
            or (tree.lemma(opener) == "whose" and not tree.is_punct(opener - 1))
        ):
            continue
        if tree.lemma(opener) == "whose" and "place" not in nouns.kinds(tree, noun):
            continue
        above = noun
        while tree.base[above] in ("nmod", "appos", "flat") and tree.heads[above] >= 0:
            above = tree.heads[above]
            if nouns.is_animate(tree, above) and above < noun:
                tree.attach(clause, above, "acl:relcl")
                changed = True
                break
    return changed


def _one_of_many(tree: Tree) -> bool:
    """Hang one person's name on the one, not on the many: "the eldest of the men, Jo Ek"."""
    changed = False
    for name in range(2, len(tree)):
        noun = tree.heads[name]
        if tree.base[name] != "appos" or tree.tokens[name].name != "person" or noun < 0 or noun > name:
            continue
        one = tree.heads[noun]
        if tree.xpos(noun) != "NNS" or tree.base[noun] not in ("nmod", "obl") or one < 0 or one > noun:
            continue
        whole = [tree.lemma(k) for k in tree.children(noun, "case")] == ["of"]
        single = tree.xpos(one) in ("JJS", "JJ", "NN", "CD") and tree.lemma(one) not in lemmas_of(
            "number_noun"
        )
        if whole and single and tree.child(name, "conj") is None:
            tree.attach(name, one, "appos")
            changed = True
    return changed


def _group_relatives(tree: Tree) -> bool:
    """Hang ", which gave her an ovation" on the people before it, not on the whole clause."""
    changed = False
    for clause, opener in _opened(tree, "which"):
        if tree.rels[clause] != "advcl:relcl" or tree.base[opener] != "nsubj" or opener < 2:
            continue
        if not tree.is_punct(opener - 1) or tree.upos(opener - 2) not in ("NOUN", "PROPN"):
            continue
        noun = _top(tree, opener - 2)
        group = nouns.is_animate(tree, noun) or "group" in lexicon.noun_classes(tree.lemma(noun))
        if group and clause not in tree.ancestors(noun) and noun < opener:
            tree.attach(clause, noun, "acl:relcl")
            changed = True
    return changed


def _one_title(tree: Tree) -> bool:
    """Make one title of two nouns before a name: "district judge Jo Ek" is no district."""
    changed = False
    for word in range(len(tree) - 2):
        after = word + 1
        both = tree.rels[word] == tree.rels[after] == "nmod:desc" and tree.heads[word] == tree.heads[after]
        plain = "person" not in lexicon.noun_classes(tree.lemma(word)) and tree.tokens[word].name != "person"
        plain = plain and gazetteer.is_title(tree.lemma(after))
        if both and plain and tree.heads[word] > after:
            tree.attach(word, after, "compound")
            changed = True
    return changed
