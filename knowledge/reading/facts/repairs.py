"""Mend what a parser often gets wrong, by rules that only a whole clause or a name can see.

Each repair changes heads and labels of a tree before clauses are read from it; none adds or drops a word.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.reading.facts.tables import lemmas_of
from knowledge.reading.facts.tree import Tree

NOMINAL = frozenset({"NOUN", "PROPN"})
ARGUMENTS = frozenset({"nsubj", "obj", "obl", "nmod", "iobj", "conj", "appos"})


APPROXIMATORS = frozenset({("at", "least"), ("at", "most"), ("more", "than"), ("less", "than"), ("fewer", "than"),
                           ("up", "to"), ("as", "many"), ("as", "much"), ("no", "fewer")})  # fmt: skip


def repair(tree: Tree, text: str, speech: frozenset[str]) -> None:
    """Mend the tree in place; `speech` are the verbs of saying."""
    repairs: list[Callable[[], bool]] = [
        lambda: _join_names(tree),
        lambda: _bind_numbers(tree, text),
        lambda: _bind_dimensions(tree, lemmas_of("dimension_noun")),
        lambda: _turn_inversions(tree),
        lambda: _move_bare_infinitives(tree),
        lambda: _take_orders(tree, lemmas_of("address_verb")),
        lambda: _free_reported_clauses(tree, speech),
    ]
    for mend in repairs:
        if mend():
            tree.settle()


def _join_names(tree: Tree) -> bool:
    """Make one phrase of two neighbours of one name that both hang on the same word in the same way."""
    changed = False
    for word in range(1, len(tree)):
        before = word - 1
        same = tree.tokens[word].name and tree.tokens[word].name == tree.tokens[before].name
        twins = tree.heads[word] == tree.heads[before] and tree.rels[word] == tree.rels[before]
        if same and twins and tree.heads[word] >= 0 and tree.base[word] in ARGUMENTS and tree.upos(before) == "PROPN":
            if any(tree.base[k] in ("case", "cc") and k < word for k in tree.kids[word]):
                continue
            tree.attach(word, before, "flat")
            changed = True
    return changed


def _move_bare_infinitives(tree: Tree) -> bool:
    """Join a bare infinitive to the infinitive before it, not to the finite verb above: "are urged to stop, talk"."""
    changed = False
    for word in range(len(tree)):
        head = tree.heads[word]
        if tree.rels[word] != "conj" or tree.xpos(word) != "VB" or head < 0 or tree.xpos(head) in ("VB", ""):
            continue
        if tree.child(word, "nsubj", "aux", "mark", "cop") is not None or tree.child(head, "aux") is not None:
            if not tree.children(head, "aux:pass") or tree.child(word, "nsubj", "aux", "mark", "cop") is not None:
                continue
        below = [k for k in tree.children(head, "xcomp", "advcl") if k < word and tree.xpos(k) == "VB"]
        if below:
            tree.attach(word, below[-1], "conj")
            changed = True
    return changed


def _free_reported_clauses(tree: Tree, speech: frozenset[str]) -> bool:
    """Give a verb of saying its that-clause back: "said in a tweet that he had left"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        verb = tree.heads[noun] if noun >= 0 else -1
        if verb < 0 or tree.rels[word] not in ("acl:relcl", "acl") or tree.base[noun] not in ("obl", "nmod"):
            continue
        if tree.lemma(verb) not in speech or tree.child(verb, "ccomp") is not None or verb > noun:
            continue
        opener = tree.subtree(word)[0]
        whole = tree.child(word, "nsubj") not in (None, opener)
        if tree.lemma(opener) == "that" and whole:
            tree.attach(word, verb, "ccomp")
            if tree.heads[opener] == word:
                tree.attach(opener, word, "mark")
            changed = True
    return changed


def _bind_numbers(tree: Tree, text: str) -> bool:
    """Hang "at least", "up to" and the like on the number that follows."""
    changed = False
    for word in range(2, len(tree)):
        if tree.upos(word) != "NUM":
            continue
        pair = (tree.form(word - 2, text).lower(), tree.form(word - 1, text).lower())
        if pair in APPROXIMATORS and tree.heads[word - 1] != word and tree.heads[word] not in (word - 1, word - 2):
            tree.attach(word - 1, word, "advmod")
            tree.attach(word - 2, word - 1, "case")
            changed = True
    return changed


def _bind_dimensions(tree: Tree, dimensions: frozenset[str]) -> bool:
    """Read "magnitude 6.8 quake" as one noun phrase headed by its last noun."""
    changed = False
    for word in range(len(tree) - 2):
        noun = word + 2
        if tree.lemma(word) not in dimensions or tree.upos(word + 1) != "NUM" or tree.upos(noun) not in NOMINAL:
            continue
        if tree.heads[noun] == word:
            tree.attach(noun, tree.heads[word], tree.rels[word])
        elif tree.heads[noun] < 0 or tree.rels[noun] in ("compound", "nummod"):
            continue
        for kid in range(word):
            if tree.heads[kid] == word and tree.base[kid] in ("det", "case", "amod", "nmod"):
                tree.attach(kid, noun, tree.rels[kid])
        tree.attach(word, noun, "compound")
        tree.attach(word + 1, word, "nummod")
        changed = True
    return changed


def _turn_inversions(tree: Tree) -> bool:
    """Read "Among the dead were nine patients" with the patients as subject."""
    changed = False
    for word in range(len(tree)):
        subject = tree.heads[word]
        if subject <= word or tree.base[word] not in ("nmod", "obl", "amod", "nsubj"):
            continue
        copula = tree.child(word, "cop")
        if copula is None or not word < copula < subject or tree.child(word, "case") is None:
            continue
        if tree.upos(subject) in ("NOUN", "PROPN", "PRON", "NUM") and tree.child(subject, "nsubj", "cop") is None:
            tree.attach(word, tree.heads[subject], tree.rels[subject])
            tree.attach(subject, word, "nsubj")
            for kid in tree.kids[subject]:
                if tree.is_punct(kid) and tree.heads[kid] == subject and kid > tree.subtree(word)[-1]:
                    tree.attach(kid, word, "punct")
            changed = True
    return changed


def _take_orders(tree: Tree, addressing: frozenset[str]) -> bool:
    """Read the infinitive after a verb of telling as what is told: "were told not to return"."""
    changed = False
    for word in range(len(tree)):
        verb = tree.heads[word]
        if verb < 0 or tree.rels[word] != "advcl" or word < verb or tree.lemma(verb) not in addressing:
            continue
        infinitive = any(tree.xpos(k) == "TO" for k in tree.children(word, "mark"))
        bare = len(tree.children(word, "mark")) == 1 and tree.child(verb, "xcomp", "ccomp") is None
        if infinitive and bare and tree.child(verb, "obj", "nsubj:pass", "iobj") is not None:
            tree.attach(word, verb, "xcomp")
            changed = True
    return changed
