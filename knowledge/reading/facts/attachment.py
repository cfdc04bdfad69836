"""Mend where phrases and clauses hang: what a parser hangs on the nearest verb may belong to another word.

Each repair works like those of `repairs`: it changes heads and labels and tells whether it did.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.language import gazetteer, lexicon
from knowledge.reading.facts import nouns
from knowledge.reading.facts.events import named_event
from knowledge.reading.facts.tables import lemmas_of, markers
from knowledge.reading.facts.tree import Tree

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
# Prepositions that a noun phrase with a reduced clause may follow: "by all concerned".
PLAIN_CASES = frozenset({"by", "of", "for", "from", "to", "among"})
SEMI_MODALS = frozenset({"need", "dare"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Verbs beside those of "address_verb" and "send_verb" whose object does the infinitive that follows.
CAUSING = frozenset({"force", "compel", "oblige", "require", "lead", "drive", "prompt", "push", "cause",
                     "enable", "allow", "permit", "encourage", "pressure", "press", "spur"})  # fmt: skip
LIKELY_MODALS = frozenset({"must", "should", "shall", "may", "might", "can", "could"})
MONEY_CASES = frozenset({"in"})
EVENTFUL = frozenset({"act", "event", "state", "time", "process"})
YEARLY_CASES = frozenset({"from", "of"})


def reattach(tree: Tree, text: str, speech: frozenset[str]) -> None:
    """Mend the tree in place; `speech` are the verbs of saying."""
    repairs: list[Callable[[], bool]] = [
        lambda: _turn_subordinate_roots(tree),
        lambda: _help_verbs(tree),
        lambda: _name_the_concerned(tree),
        lambda: _head_with_that(tree),
        lambda: _result_adjectives(tree),
        lambda: _set_examples_apart(tree),
        lambda: _unwrap_sayings(tree, speech),
        lambda: _interrupt(tree),
        lambda: _close_relatives(tree),
        lambda: _complete_objects(tree),
        lambda: _raise_participles(tree),
        lambda: _raise_adverbs(tree),
        lambda: _raise_media(tree),
        lambda: _date_nouns(tree),
        lambda: _kind_of_money(tree),
        lambda: _near_names(tree),
        lambda: _comment_clauses(tree),
    ]
    for mend in repairs:
        if mend():
            tree.settle()


def _mark(tree: Tree, word: int) -> str:
    """Return a clause's first marker."""
    return next((tree.lemma(k) for k in tree.children(word, "mark")), "")


def _is_infinitive(tree: Tree, word: int) -> bool:
    return any(tree.xpos(k) == "TO" for k in tree.children(word, "mark"))


def _set_off(tree: Tree, word: int) -> bool:
    """Tell whether a punctuation mark stands before the word's phrase or opens it."""
    first = tree.subtree(word)[0]
    return tree.is_punct(first) or (first > 0 and tree.is_punct(first - 1))


def _turn_subordinate_roots(tree: Tree) -> bool:
    """Make the main clause the root again: "Because it rained, they left" with "left" below "rained"."""
    for first in range(len(tree)):
        if tree.base[first] not in ("root", "ccomp", "parataxis") or tree.upos(first) not in ("VERB", "ADJ"):
            continue
        mark = tree.child(first, "mark")
        if mark is None or tree.lemma(mark) not in markers() or tree.lemma(mark) == "to":
            continue
        if any(not tree.is_punct(w) for w in tree.subtree(first) if w < mark):
            continue
        for main in tree.children(first, "advcl"):
            whole = tree.child(main, "nsubj") is not None and tree.child(main, "mark") is None
            if main > first and whole and tree.xpos(main) in FINITE and _set_off(tree, main):
                tree.attach(main, tree.heads[first], tree.rels[first])
                tree.attach(first, main, "advcl")
                for kid in tree.kids[first]:
                    if kid > main and tree.is_punct(kid):
                        tree.attach(kid, main, "punct")
                return True
    return False


def _help_verbs(tree: Tree) -> bool:
    """Read "need not be done" as a verb with a modal."""
    changed = False
    for helper in range(len(tree) - 2):
        if tree.lemma(helper) not in SEMI_MODALS or tree.upos(helper) != "VERB":
            continue
        if tree.lemma(helper + 1) not in ("not", "n't"):
            continue
        verb = next((w for w in range(helper + 2, len(tree)) if tree.upos(w) != "AUX"), None)
        if (
            verb is None
            or tree.upos(verb) not in ("VERB", "ADJ", "NOUN")
            or tree.xpos(helper + 2)
            not in (
                "VB",
                "VBN",
            )
        ):
            continue
        if tree.heads[verb] == helper:
            tree.attach(verb, tree.heads[helper], tree.rels[helper])
        for kid in tree.kids[helper]:
            if kid != verb:
                tree.attach(kid, verb, tree.rels[kid])
        tree.attach(helper, verb, "aux")
        tree.tags[helper] = "AUX"
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


def _result_adjectives(tree: Tree) -> bool:
    """Give the verb the object after its adjective: "cut short a visit", "set free two men"."""
    changed = False
    for word in range(1, len(tree)):
        verb = tree.heads[word]
        if verb != word - 1 or tree.xpos(word) != "JJ" or tree.upos(verb) != "VERB":
            continue
        if tree.rels[word] == "advmod" and any(k > word for k in tree.children(verb, "obj")):
            tree.attach(word, verb, "xcomp")
            changed = True
        elif (
            tree.rels[word] == "xcomp" and tree.child(verb, "obj") is None and tree.child(word, "cop") is None
        ):
            for thing in tree.children(word, "obj"):
                tree.attach(thing, verb, "obj")
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


def _unwrap_sayings(tree: Tree, speech: frozenset[str]) -> bool:
    """Free a clause from the words that say who says so: "because, they said, it rained"."""
    changed = False
    for verb in range(len(tree)):
        mark, content = tree.child(verb, "mark"), tree.child(verb, "ccomp")
        if tree.base[verb] not in ("advcl", "ccomp") or tree.lemma(verb) not in speech:
            continue
        if mark is None or content is None or not mark + 1 < verb < content or not tree.is_punct(mark + 1):
            continue
        if tree.child(content, "mark") is not None or not _set_off(tree, content):
            continue
        tree.attach(content, tree.heads[verb], tree.rels[verb])
        tree.attach(mark, content, "mark")
        tree.attach(verb, content, "parataxis")
        changed = True
    return changed


def _interrupt(tree: Tree) -> bool:
    """Hang "according to X" on the clause that it interrupts: "a delay that, according to X, cost lives"."""
    changed = False
    for word in range(len(tree)):
        cue = next((k for k in tree.children(word, "case") if tree.lemma(k) in ("accord", "according")), None)
        if cue is None or cue < 2 or tree.heads[word] < 0 or not tree.is_punct(cue - 1):
            continue
        opener = cue - 2
        clause = tree.heads[opener]
        if tree.base[opener] not in ("nsubj", "mark", "obj") or clause <= word or clause == tree.heads[word]:
            continue
        if tree.xpos(opener) in ("WDT", "WP", "IN") and clause not in tree.subtree(word):
            tree.attach(word, clause, "obl")
            changed = True
    return changed


def _close_relatives(tree: Tree) -> bool:
    """Hang on a relative clause what stands before the main verb without comma: "men ill since May left"."""
    changed = False
    for word in range(len(tree)):
        verb = tree.heads[word]
        if verb <= word or tree.base[word] != "obl" or tree.upos(verb) != "VERB":
            continue
        for subject in tree.children(verb, "nsubj"):
            clause = tree.child(subject, "acl:relcl", "acl")
            if clause is None or not subject < clause < word:
                continue
            first = tree.subtree(word)[0]
            end = tree.subtree(clause)[-1]
            if end == first - 1 and not tree.is_punct(end):
                tree.attach(word, clause, tree.rels[word])
                changed = True
    return changed


def _complete_objects(tree: Tree) -> bool:
    """Give a verb of causing its infinitive: "it rose, forcing many families, also mine, to move"."""
    changed = False
    causing = CAUSING | lemmas_of("address_verb")
    for word in range(len(tree)):
        above = tree.heads[word]
        if above < 0 or tree.rels[word] != "advcl" or not _is_infinitive(tree, word):
            continue
        for verb in tree.children(above, "advcl"):
            if not above < verb < word or tree.xpos(verb) != "VBG" or tree.lemma(verb) not in causing:
                continue
            if tree.child(verb, "obj") is not None and tree.child(verb, "xcomp", "ccomp", "advcl") is None:
                tree.attach(word, verb, "xcomp")
                changed = True
    return changed


def _raise_participles(tree: Tree) -> bool:
    """Hang a closing ", doing ..." above a defining relative clause and what only has to be done.

    "ruled that the firm must pay those whose homes were lost, overturning the verdict" overturns by ruling.
    """
    changed = False
    for word in range(len(tree)):
        clause = tree.heads[word]
        if clause < 0 or tree.rels[word] != "advcl" or tree.xpos(word) != "VBG" or word < clause:
            continue
        if tree.rels[clause] != "acl:relcl" or _set_off(tree, clause) or not _set_off(tree, word):
            continue
        if tree.child(word, "mark", "nsubj") is not None:
            continue
        above = next((w for w in tree.ancestors(clause) if _is_clause(tree, w)), None)
        while above is not None and tree.base[above] == "ccomp" and _is_modal(tree, above):
            above = tree.heads[above] if tree.heads[above] >= 0 else None
        if above is not None and above < word and tree.upos(above) == "VERB":
            tree.attach(word, above, "advcl")
            changed = True
    return changed


def _is_clause(tree: Tree, word: int) -> bool:
    return tree.upos(word) == "VERB" and tree.base[word] in ("root", "ccomp", "conj", "parataxis", "advcl")


def _is_modal(tree: Tree, word: int) -> bool:
    return any(tree.lemma(k) in LIKELY_MODALS for k in tree.children(word, "aux"))


def _raise_adverbs(tree: Tree) -> bool:
    """Hang an adverb before "to" on the verb that it follows: "talk frankly to settle it"."""
    changed = False
    for word in range(1, len(tree)):
        below = tree.heads[word]
        if tree.base[word] != "advmod" or below < word or not tree.lemma(word).endswith("ly"):
            continue
        if not _is_infinitive(tree, below) or tree.xpos(word + 1) != "TO" or tree.kids[word]:
            continue
        verb = tree.heads[below]
        if verb == word - 1 and tree.upos(verb) == "VERB" and tree.base[below] in ("advcl", "xcomp"):
            tree.attach(word, verb, "advmod")
            changed = True
    return changed


def _raise_media(tree: Tree) -> bool:
    """Hang on the verb where something was broadcast: "welcomed the ruling on state radio"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        verb = tree.heads[noun] if noun >= 0 else -1
        if verb < 0 or tree.base[word] != "nmod" or tree.base[noun] != "obj" or word < noun:
            continue
        if tree.lemma(word) not in lemmas_of("broadcast_noun") or tree.child(word, "det") is not None:
            continue
        if any(tree.lemma(k) in ("on", "via", "over") for k in tree.children(word, "case")):
            tree.attach(word, verb, "obl")
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


def _comment_clauses(tree: Tree) -> bool:
    """Hang ", a delay that cost lives" on the clause that it comments on, not on the thing before it."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        if tree.base[word] != "appos" or tree.upos(word) != "NOUN" or tree.child(word, "acl:relcl") is None:
            continue
        verb = next((w for w in tree.ancestors(noun) if tree.upos(w) == "VERB"), None)
        if verb is None or verb > noun or tree.upos(noun) != "NOUN" or not _set_off(tree, word):
            continue
        own, other = (lexicon.noun_classes(tree.lemma(w)) for w in (word, noun))
        if own & EVENTFUL and other and not own & other and tree.child(word, "det") is not None:
            tree.attach(word, verb, "parataxis")
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
