"""Mend what belongs together in noun phrases: names, titles, amounts, dates and examples.

Each repair works like those of `repairs`: it changes heads and labels and tells whether it did.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.language import gazetteer, lexicon
from knowledge.reading.facts import nouns
from knowledge.reading.facts.events import named_event
from knowledge.reading.facts.tree import Tree

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Prepositions that a noun phrase with a reduced clause may follow: "by all concerned".
PLAIN_CASES = frozenset({"by", "of", "for", "from", "to", "among"})
MONEY_CASES = frozenset({"in"})
YEARLY_CASES = frozenset({"from", "of"})


def regroup(tree: Tree, text: str) -> None:
    """Mend the tree in place."""
    repairs: list[Callable[[], bool]] = [
        lambda: _tie_hyphens(tree, text),
        lambda: _name_beside_noun(tree),
        lambda: _name_the_concerned(tree),
        lambda: _head_with_that(tree),
        lambda: _set_examples_apart(tree),
        lambda: _date_nouns(tree),
        lambda: _rate_amounts(tree),
        lambda: _kind_of_money(tree),
        lambda: _near_names(tree),
    ]
    for mend in repairs:
        if mend():
            tree.settle()


def _tie_hyphens(tree: Tree, text: str) -> bool:
    """Make one name of two that a hyphen ties: "Mary Major-Holt"."""
    changed = False
    for word in range(len(tree) - 2):
        last = word + 2
        if (
            tree.form(word + 1, text) not in ("-", "–")
            or tree.upos(word) != "PROPN"
            or tree.upos(last) != "PROPN"
        ):
            continue
        tied = tree.tokens[word].end == tree.tokens[word + 1].start
        if not tied or tree.tokens[word + 1].end != tree.tokens[last].start:
            continue
        top = word
        while tree.base[top] in ("flat", "compound") and 0 <= tree.heads[top] < word:
            top = tree.heads[top]
        while tree.base[last] in ("flat", "compound") and tree.heads[last] > last:
            last = tree.heads[last]
        if tree.heads[last] == top and tree.base[last] == "appos":
            tree.attach(last, top, "flat")
            changed = True
    return changed


def _name_beside_noun(tree: Tree) -> bool:
    """Take a name right after a noun in the same place as the noun's name: "by the bank Acme Credit"."""
    changed = False
    for name in range(1, len(tree)):
        noun = name - 1
        if tree.upos(name) != "PROPN" or tree.upos(noun) != "NOUN" or tree.heads[name] < 0:
            continue
        twins = tree.heads[name] == tree.heads[noun] and tree.rels[name] == tree.rels[noun]
        bare = tree.child(name, "case", "cc", "det") is None and tree.child(noun, "det") is not None
        timed = "time" in nouns.kinds(tree, noun) | nouns.kinds(tree, name)
        if twins and bare and not timed and tree.base[name] in ("obl", "nmod"):
            tree.attach(name, noun, "appos")
            changed = True
    return changed


def _rate_amounts(tree: Tree) -> bool:
    """Hang on an amount what it is paid for each: "offered 27 euros a share"."""
    changed = False
    for word in range(2, len(tree)):
        amount = word - 2
        article = tree.child(word, "det")
        if article != word - 1 or tree.lemma(article) != "a" or tree.base[word] not in ("obj", "obl", "nmod"):
            continue
        if tree.child(word, "case") is not None or tree.child(amount, "nummod") is None:
            continue
        if tree.heads[word] == tree.heads[amount] and "unit" in nouns.kinds(tree, amount):
            time = "time" in nouns.kinds(tree, word)
            if not time:
                for kid in tree.kids[word]:
                    if kid > word:
                        tree.attach(
                            kid, tree.heads[word], "obl" if tree.base[kid] == "nmod" else tree.rels[kid]
                        )
                tree.attach(word, amount, "nmod:unmarked")
                changed = True
    return changed


def _name_the_concerned(tree: Tree) -> bool:
    """Read "restraint by all concerned" as a noun phrase with its modifier, not as a clause."""
    changed = False
    for word in range(2, len(tree)):
        subject = tree.child(word, "nsubj")
        case = tree.child(word, "mark")
        if tree.base[word] not in ("acl", "advcl") or tree.upos(word) != "ADJ" or subject != word - 1:
            continue
        if (
            case != word - 2
            or tree.lemma(case) not in PLAIN_CASES
            or tree.child(word, "cop", "aux") is not None
        ):
            continue
        noun = case - 1
        if tree.upos(noun) != "NOUN":
            continue
        tree.attach(subject, noun, "nmod")
        tree.attach(case, subject, "case")
        tree.attach(word, subject, "amod")
        for kid in tree.kids[word]:
            if kid > word and not tree.is_punct(kid):
                tree.attach(kid, noun, "acl" if tree.base[kid] == "advcl" else "nmod")
        changed = True
    return changed


def _head_with_that(tree: Tree) -> bool:
    """Make "that" the head of "that of the baker"."""
    changed = False
    for word in range(len(tree) - 2):
        owner = tree.heads[word]
        if tree.lemma(word) not in ("that", "those") or owner <= word or tree.lemma(word + 1) != "of":
            continue
        if tree.heads[word + 1] != owner or tree.upos(owner) not in NOMINAL or tree.base[word] == "mark":
            continue
        tree.attach(word, tree.heads[owner], tree.rels[owner])
        tree.attach(owner, word, "nmod")
        for kid in tree.kids[owner]:
            if kid < word:
                tree.attach(kid, word, tree.rels[kid])
        changed = True
    return changed


def _set_examples_apart(tree: Tree) -> bool:
    """Hang ", among them the baker," loosely on what it gives examples of."""
    changed = False
    for word in range(2, len(tree)):
        example = tree.heads[word]
        if tree.lemma(word) not in ("they", "whom", "which") or tree.lemma(word - 1) not in (
            "among",
            "include",
        ):
            continue
        if tree.heads[word - 1] != word or not tree.is_punct(word - 2) or example <= word:
            continue
        if tree.base[word] not in ("nmod", "obl") or tree.heads[example] < 0:
            continue
        if tree.upos(example) in NOMINAL and tree.base[example] in ("nmod", "appos", "conj", "dep"):
            tree.attach(example, tree.heads[example], "parataxis")
            changed = True
    return changed


def _date_nouns(tree: Tree) -> bool:
    """Hang a bare year on the noun right before it: "overturned a decision from 2022"."""
    changed = False
    for word in range(2, len(tree)):
        noun = word - 2
        if (
            tree.base[word] != "obl"
            or not nouns.YEAR.fullmatch(tree.lemma(word))
            or tree.upos(noun) != "NOUN"
        ):
            continue
        if tree.lemma(word - 1) not in YEARLY_CASES or tree.base[noun] != "obj":
            continue
        if tree.heads[word] == tree.heads[noun] and not tree.children(tree.heads[word], "obl:agent"):
            following = tree.subtree(word)[-1] + 1
            if following >= len(tree) or tree.lemma(following) not in ("to", "until", "till", "through"):
                tree.attach(word, noun, "nmod")
                changed = True
    return changed


def _kind_of_money(tree: Tree) -> bool:
    """Hang on an amount what it is paid as: "offered $2 million in aid"."""
    changed = False
    for word in range(2, len(tree)):
        verb = tree.heads[word]
        if verb < 0 or tree.base[word] != "obl" or tree.xpos(word) not in ("NN", "NNS"):
            continue
        cases = tree.children(word, "case")
        if len(cases) != 1 or tree.lemma(cases[0]) not in MONEY_CASES:
            continue
        if tree.child(word, "det", "nmod:poss") is not None or "time" in nouns.kinds(tree, word, "in"):
            continue
        amount = next(
            (k for k in tree.children(verb, "obj") if tree.subtree(k)[-1] == tree.subtree(word)[0] - 1), None
        )
        if (
            amount is not None
            and "unit" in nouns.kinds(tree, amount)
            and tree.child(amount, "nummod") is not None
        ):
            tree.attach(word, amount, "nmod")
            changed = True
    return changed


def _near_names(tree: Tree) -> bool:
    """Hang a person's name on the description right before its comma: "the head of the ward, Jo Ek"."""
    changed = False
    for name in range(2, len(tree)):
        if tree.base[name] != "appos" or tree.tokens[name].name != "person":
            continue
        comma = tree.subtree(name)[0]
        comma = comma if tree.is_punct(comma) else comma - 1
        at = comma - 1
        if at < 1 or not tree.is_punct(comma) or _describes_person(tree, tree.heads[name]):
            continue
        chain = [at]
        while tree.base[chain[-1]] in ("nmod", "flat", "compound") and tree.heads[chain[-1]] < chain[0]:
            chain.append(tree.heads[chain[-1]])
        described = [w for w in chain if w < name and _describes_person(tree, w)]
        if described and described[-1] != tree.heads[name] and name not in tree.ancestors(described[-1]):
            tree.attach(name, described[-1], "appos")
            changed = True
    return changed


def _describes_person(tree: Tree, word: int) -> bool:
    """Tell whether the word is a person's name or a common noun for a person."""
    if word < 0:
        return False
    lemma = tree.lemma(word)
    titled = gazetteer.is_title(lemma) or "person" in lexicon.noun_classes(lemma)
    return tree.tokens[word].name == "person" or (
        tree.upos(word) == "NOUN" and titled and not named_event(lemma)
    )
