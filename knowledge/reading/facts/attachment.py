"""Mend where clauses hang: what a parser hangs on the nearest verb may belong to another word.

Each repair works like those of `repairs`: it changes heads and labels and tells whether it did.
"""

from __future__ import annotations

from collections.abc import Callable

from knowledge.language import lexicon
from knowledge.reading.facts import nouns
from knowledge.reading.facts.events import named_event
from knowledge.reading.facts.tables import lemmas_of, markers, transitivity
from knowledge.reading.facts.tree import Tree

SEMI_MODALS = frozenset({"need", "dare"})
FINITE = frozenset({"VBD", "VBZ", "VBP"})
# Verbs beside those of "address_verb" and "send_verb" whose object does the infinitive that follows.
CAUSING = frozenset({"force", "compel", "oblige", "require", "lead", "drive", "prompt", "push", "cause",
                     "enable", "allow", "permit", "encourage", "pressure", "press", "spur"})  # fmt: skip
# Prepositions of times and causes that close a sentence.
CLOSING_CASES = frozenset({"following", "follow", "after", "amid", "despite", "ahead"})
# Participles by which a speaker says on what he leans.
CITING = frozenset({"cite", "quote", "add", "note", "refer", "blame", "point"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "yesterday",
                  "today", "tomorrow", "tonight"})  # fmt: skip
# Share of clauses with an object from which a verb is taken to need one.
NEEDS_OBJECT = 0.7
LIKELY_MODALS = frozenset({"must", "should", "shall", "may", "might", "can", "could"})
EVENTFUL = frozenset({"act", "event", "state", "time", "process"})


def reattach(tree: Tree, text: str, speech: frozenset[str]) -> None:
    """Mend the tree in place; `speech` are the verbs of saying."""
    repairs: list[Callable[[], bool]] = [
        lambda: _turn_subordinate_roots(tree),
        lambda: _plan_headlines(tree),
        lambda: _verb_infinitives(tree),
        lambda: _raise_subjects(tree),
        lambda: _number_subjects(tree),
        lambda: _noun_subjects(tree),
        lambda: _say_actively(tree),
        lambda: _resume_past(tree, speech),
        lambda: _whose_clauses(tree),
        lambda: _near_relatives(tree),
        lambda: _free_gerunds(tree),
        lambda: _blame_for(tree),
        lambda: _date_clauses(tree),
        lambda: _follow(tree),
        lambda: _raise_times(tree),
        lambda: _raise_sources(tree, speech),
        lambda: _raise_agents(tree),
        lambda: _face_amounts(tree),
        lambda: _owe(tree),
        lambda: _give_recipients(tree),
        lambda: _help_verbs(tree),
        lambda: _result_adjectives(tree),
        lambda: _unwrap_sayings(tree, speech),
        lambda: _interrupt(tree),
        lambda: _close_relatives(tree),
        lambda: _complete_objects(tree),
        lambda: _skip_relatives(tree),
        lambda: _raise_participles(tree),
        lambda: _raise_adverbs(tree),
        lambda: _raise_media(tree),
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


def _raise_subjects(tree: Tree) -> bool:
    """Give the governor the subject that stands before it: "The men are due to appear"."""
    changed = False
    for word in range(len(tree)):
        below = tree.heads[word]
        above = tree.heads[below] if below >= 0 else -1
        if tree.base[word] != "nsubj" or not word < above < below or not _is_infinitive(tree, below):
            continue
        if tree.rels[below] not in ("xcomp", "advcl") or tree.child(above, "nsubj", "csubj") is not None:
            continue
        if tree.child(above, "cop") is not None or tree.xpos(above) in FINITE:
            tree.attach(word, above, "nsubj")
            changed = True
    return changed


def _say_actively(tree: Tree) -> bool:
    """Read a closing ", an official said" as somebody saying what stands before."""
    changed = False
    for word in range(len(tree)):
        subject = tree.child(word, "nsubj:pass")
        if tree.lemma(word) != "say" or subject is None or tree.child(word, "aux", "aux:pass") is not None:
            continue
        tree.attach(subject, word, "nsubj")
        if tree.rels[word] == "advcl" and tree.heads[word] < subject and _set_off(tree, word):
            tree.attach(word, tree.heads[word], "parataxis")
        changed = True
    return changed


def _blame_for(tree: Tree) -> bool:
    """Hang on a verb of blaming what its object is blamed for: "convicted a man of watering drinks"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        verb = tree.heads[noun] if noun >= 0 else -1
        if verb < 0 or tree.base[word] not in ("acl", "advcl") or tree.xpos(word) != "VBG":
            continue
        if tree.base[noun] != "obj" or tree.lemma(verb) not in lemmas_of("prevent_verb"):
            continue
        if _mark(tree, word) in ("of", "from", "for") and verb < noun < word:
            tree.attach(word, verb, "advcl")
            changed = True
    return changed


def _free_gerunds(tree: Tree) -> bool:
    """Read a participle after "of" as what somebody is blamed for: "accused of stealing sheep"."""
    changed = False
    for word in range(1, len(tree) - 1):
        noun = tree.heads[word]
        if tree.base[word] != "amod" or tree.xpos(word) != "VBG" or noun < word or tree.upos(noun) != "NOUN":
            continue
        opener = word - 1
        if tree.lemma(opener) not in ("of", "from") or tree.heads[opener] not in (word, noun):
            continue
        blamed = [w for w in tree.ancestors(word) if tree.lemma(w) in lemmas_of("prevent_verb")]
        if not blamed or blamed[0] > word or any(tree.upos(w) == "VERB" for w in range(blamed[0] + 1, word)):
            continue
        outer = tree.heads[noun]
        tree.attach(word, blamed[0], "advcl")
        tree.attach(opener, word, "mark")
        tree.attach(noun, word, "obj")
        if outer > noun and tree.rels[outer] == "acl" and outer not in tree.ancestors(blamed[0]):
            tree.attach(outer, noun, "acl")
        changed = True
    return changed


def _date_clauses(tree: Tree) -> bool:
    """Hang on the verb a day between it and its subject: "A jury on Friday convicted the man"."""
    changed = False
    for word in range(1, len(tree)):
        subject = tree.heads[word]
        verb = tree.heads[subject] if subject >= 0 else -1
        if tree.base[word] != "nmod" or tree.base[subject] != "nsubj" or not subject < word < verb:
            continue
        if tree.upos(verb) != "VERB" or tree.subtree(subject)[-1] != tree.subtree(word)[-1]:
            continue
        if any(tree.is_punct(w) for w in range(subject, tree.subtree(word)[-1] + 2)):
            continue
        day = tree.lemma(word) in DAYS and tree.child(word, "nmod") is None
        eventful = named_event(tree.lemma(subject)) or "event" in lexicon.noun_classes(tree.lemma(subject))
        if day and not eventful and all(tree.lemma(k) == "on" for k in tree.children(word, "case")):
            tree.attach(word, verb, "obl")
            changed = True
    return changed


def _near_relatives(tree: Tree) -> bool:
    """Hang ", who argued" after the main verb on the noun right before it, not on the subject."""
    changed = False
    for clause in range(len(tree)):
        noun = tree.heads[clause]
        verb = tree.heads[noun] if noun >= 0 else -1
        if tree.rels[clause] != "acl:relcl" or not noun < verb < clause or tree.base[noun] != "nsubj":
            continue
        first = tree.subtree(clause)[0]
        opener = first + 1 if tree.is_punct(first) else first
        if opener == len(tree) or tree.lemma(opener) != "who" or opener < 2 or not tree.is_punct(opener - 1):
            continue
        at = opener - 2
        while tree.base[at] in ("flat", "compound") and verb < tree.heads[at] < opener:
            at = tree.heads[at]
        if tree.upos(at) in ("NOUN", "PROPN") and at > verb and nouns.is_animate(tree, at):
            tree.attach(clause, at, "acl:relcl")
            changed = True
    return changed


def _whose_clauses(tree: Tree) -> bool:
    """Read "X, whose husband died" as a clause about X, not as X being the husband."""
    changed = False
    for noun in range(len(tree)):
        holder = tree.heads[noun]
        if tree.base[noun] != "appos" or holder < 0:
            continue
        first = next((w for w in tree.subtree(noun) if not tree.is_punct(w)), noun)
        verb = next((k for k in tree.children(noun, "acl", "parataxis") if k > noun), None)
        if tree.lemma(first) != "whose" or verb is None or tree.xpos(verb) not in FINITE:
            continue
        tree.attach(verb, holder, "acl:relcl")
        tree.attach(noun, verb, "nsubj")
        changed = True
    return changed


def _number_subjects(tree: Tree) -> bool:
    """Take a number before a verb as its subject: "17 people drowned and 45 have been hurt"."""
    changed = False
    for word in range(2, len(tree) - 1):
        noun = tree.heads[word]
        if (
            tree.upos(word) != "NUM"
            or tree.base[word] not in ("nummod", "conj", "nmod")
            or not 0 <= noun < word
        ):
            continue
        after = word + 1
        verb = tree.heads[after] if tree.upos(after) == "AUX" else after
        if verb < after or tree.upos(verb) != "VERB" or tree.rels[verb] != "conj" or tree.heads[verb] >= word:
            continue
        joined = tree.child(verb, "cc")
        if joined is None or not noun < joined < word or tree.child(verb, "nsubj") is not None:
            continue
        passive = tree.child(verb, "aux:pass") is not None
        tree.attach(word, verb, "nsubj:pass" if passive else "nsubj")
        changed = True
    return changed


def _noun_subjects(tree: Tree) -> bool:
    """Give a clause the noun after its "and" as subject: "Jo left, and friends of hers stayed"."""
    changed = False
    for noun in range(1, len(tree)):
        first = tree.heads[noun]
        if tree.rels[noun] != "conj" or tree.upos(noun) not in ("NOUN", "PROPN") or first < 0:
            continue
        if tree.upos(first) != "VERB" or tree.child(noun, "cc", "cop", "nsubj") is not None:
            continue
        for verb in tree.children(first, "conj"):
            joined = tree.child(verb, "cc")
            if verb < noun or joined is None or not first < joined < noun or tree.xpos(verb) not in FINITE:
                continue
            if tree.child(verb, "nsubj") is None:
                tree.attach(noun, verb, "nsubj")
                changed = True
                break
    return changed


def _raise_times(tree: Tree) -> bool:
    """Hang a closing ", following an inquiry" on the finite verb, not on an infinitive below it."""
    changed = False
    for word in range(len(tree)):
        below = tree.heads[word]
        if below < 0 or tree.base[word] != "obl" or word < below or not _set_off(tree, word):
            continue
        case = next((tree.lemma(k) for k in tree.children(word, "case")), "")
        if case not in CLOSING_CASES or tree.rels[below] != "xcomp":
            continue
        above = below
        while tree.rels[above] == "xcomp" and tree.heads[above] >= 0:
            above = tree.heads[above]
        if tree.upos(above) == "VERB" and tree.subtree(word)[-1] >= tree.subtree(above)[-1] - 1:
            tree.attach(word, above, "obl")
            changed = True
    return changed


def _noun_after(tree: Tree, word: int) -> int | None:
    """Return the head of the noun phrase that starts right after a word."""
    own = tree.child(word, "obj")
    if own is not None:
        return own
    opened = (w for w in range(word + 1, len(tree)) if tree.upos(w) == "NOUN")
    noun = next(opened, None)
    return noun if noun is not None and tree.subtree(noun)[0] == word + 1 else None


def _follow(tree: Tree) -> bool:
    """Read ", following an inquiry" as a preposition with its noun."""
    changed = False
    for word in range(1, len(tree)):
        if tree.lemma(word) != "follow" or tree.xpos(word) != "VBG" or tree.rels[word] != "advcl":
            continue
        verb, noun = tree.heads[word], _noun_after(tree, word)
        if noun is None:
            continue
        if tree.child(word, "mark", "aux", "nsubj", "advmod") is not None or noun < word or verb < 0:
            continue
        lemma = tree.lemma(noun)
        told = lexicon.noun_classes(lemma) & {"event", "communication", "act", "process"}
        if named_event(lemma) or (told and "artifact" not in lexicon.noun_classes(lemma)):
            tree.attach(noun, verb, "obl")
            tree.attach(word, noun, "case")
            tree.tags[word] = "ADP"
            for kid in tree.kids[word]:
                if kid != noun:
                    tree.attach(kid, noun, "nmod" if tree.base[kid] == "obl" else tree.rels[kid])
            changed = True
    return changed


def _raise_sources(tree: Tree, speech: frozenset[str]) -> bool:
    """Hang ", citing the price" on the verb of saying, not on what is said."""
    changed = False
    for word in range(len(tree)):
        content = tree.heads[word]
        verb = tree.heads[content] if content >= 0 else -1
        if (
            verb < 0
            or tree.rels[word] != "advcl"
            or tree.xpos(word) != "VBG"
            or tree.lemma(word) not in CITING
        ):
            continue
        said = tree.rels[content] == "ccomp" and verb < content < word and tree.lemma(verb) in speech
        if said and _set_off(tree, word) and tree.child(word, "mark") is None:
            tree.attach(word, verb, "advcl")
            changed = True
    return changed


def _raise_agents(tree: Tree) -> bool:
    """Hang "by X" on the passive verb, not on what it says of its subject: "described as high by critics"."""
    changed = False
    for word in range(len(tree)):
        noun = tree.heads[word]
        verb = tree.heads[noun] if noun >= 0 else -1
        if verb < 0 or tree.base[word] not in ("nmod", "obl") or tree.upos(noun) != "ADJ" or noun < verb:
            continue
        if [tree.lemma(k) for k in tree.children(word, "case")] != ["by"] or not nouns.is_animate(tree, word):
            continue
        passive = tree.child(verb, "aux:pass", "nsubj:pass") is not None
        if passive and not tree.children(verb, "obl:agent"):
            tree.attach(word, verb, "obl:agent")
            changed = True
    return changed


def _plan_headlines(tree: Tree) -> bool:
    """Give the infinitive of a headline its subject: "Acme to buy rival"."""
    if tree.sentence.paragraph >= 0:
        return False
    for word in range(1, len(tree)):
        noun = tree.heads[word]
        if tree.rels[word] not in ("acl", "advcl", "xcomp") or not _is_infinitive(tree, word) or noun < 0:
            continue
        if tree.heads[noun] >= 0 or noun > word or tree.upos(noun) not in ("NOUN", "PROPN"):
            continue
        if tree.child(noun, "nsubj", "cop") is None and tree.child(word, "nsubj") is None:
            tree.attach(word, -1, "root")
            tree.attach(noun, word, "nsubj:pass" if tree.child(word, "aux:pass") is not None else "nsubj")
            return True
    return False


def _resume_past(tree: Tree, speech: frozenset[str]) -> bool:
    """Join a past tense to the finite verb above: "denied that boats had strayed and blamed a fault"."""
    changed = False
    for word in range(len(tree)):
        first = tree.heads[word]
        if tree.rels[word] != "conj" or first < 0 or tree.xpos(word) != "VBD" or tree.xpos(first) != "VBN":
            continue
        if (
            tree.child(word, "nsubj", "aux", "aux:pass", "cop", "mark") is not None
            or tree.rels[first] != "ccomp"
        ):
            continue
        above = tree.heads[first]
        perfect = any(tree.lemma(k) == "have" for k in tree.children(first, "aux"))
        near = word - first <= 3 and any(tree.lemma(k) == "and" for k in tree.children(word, "cc"))
        bare = tree.child(first, "obj", "obl", "ccomp") is None
        told = tree.lemma(word) in speech and tree.child(first, "aux:pass") is not None
        parted = (perfect and near and bare) or (told and tree.child(word, "ccomp") is not None)
        if parted and tree.xpos(above) == "VBD" and above < first:
            tree.attach(word, above, "conj")
            changed = True
    return changed


def _verb_infinitives(tree: Tree) -> bool:
    """Read "to" with a bare verb tagged as a noun's modifier as an infinitive: "offered to host talks"."""
    changed = False
    for word in range(1, len(tree) - 1):
        noun = tree.heads[word]
        if tree.rels[word] == "xcomp" and tree.xpos(word) == "VB" and tree.child(word, "obj") is not None:
            tree.tags[word] = "VERB"
        if tree.base[word] != "compound" or tree.xpos(word) != "VB" or noun < word:
            continue
        verb = tree.heads[noun]
        if not _is_infinitive(tree, word) or verb < 0 or verb > word or tree.upos(verb) != "VERB":
            continue
        tree.attach(word, verb, "xcomp")
        tree.attach(noun, word, "obj")
        tree.tags[word] = "VERB"
        changed = True
    return changed


def _owe(tree: Tree) -> bool:
    """Read "owing to a frost" as a preposition with its noun."""
    changed = False
    for word in range(len(tree) - 1):
        verb, noun = tree.heads[word], tree.child(word, "obl")
        if tree.lemma(word) != "owe" or tree.xpos(word) != "VBG" or noun is None or verb < 0:
            continue
        if tree.lemma(word + 1) == "to" and tree.heads[word + 1] == noun:
            tree.attach(noun, verb, "obl")
            tree.attach(word, noun, "case")
            tree.attach(word + 1, word, "fixed")
            changed = True
    return changed


def _give_recipients(tree: Tree) -> bool:
    """Hang on a verb of giving what a parser hung on its doer: "sold by the council to a bank"."""
    changed = False
    for word in range(len(tree)):
        agent = tree.heads[word]
        verb = tree.heads[agent] if agent >= 0 else -1
        if verb < 0 or tree.base[word] != "nmod" or tree.rels[agent] != "obl:agent" or word < agent:
            continue
        to = [tree.lemma(k) for k in tree.children(word, "case")] == ["to"]
        if to and tree.lemma(verb) in lemmas_of("give_verb") and nouns.is_animate(tree, word):
            tree.attach(word, verb, "obl")
            changed = True
    return changed


def _face_amounts(tree: Tree) -> bool:
    """Take an amount after "up to" as the object of a verb that needs one: "faces up to 30 years"."""
    changed = False
    for word in range(2, len(tree)):
        verb = tree.heads[word]
        if (
            tree.base[word] != "obl"
            or not 0 <= verb < word
            or tree.child(verb, "obj", "xcomp", "ccomp") is not None
        ):
            continue
        first = tree.subtree(word)[0]
        if verb != first - 1 or tree.lemma(first) != "up" or tree.lemma(first + 1) != "to":
            continue
        if tree.child(word, "nummod") is not None and transitivity(tree.lemma(verb)) >= NEEDS_OBJECT:
            tree.attach(word, verb, "obj")
            for kid in tree.children(word, "case"):
                tree.attach(kid, word, "advmod")
            changed = True
    return changed


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
    """Hang "according to X" on the clause that it interrupts: "a gap that, according to X, let rain in"."""
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


def _skip_relatives(tree: Tree) -> bool:
    """Give a verb its infinitive back from its object's clause: "allowed men who had left to join"."""
    changed = False
    causing = CAUSING | lemmas_of("address_verb")
    for word in range(len(tree)):
        clause = tree.heads[word]
        if clause < 0 or tree.rels[word] != "advcl" or not _is_infinitive(tree, word):
            continue
        noun = tree.heads[clause]
        verb = tree.heads[noun] if noun >= 0 else -1
        if tree.rels[clause] != "acl:relcl" or verb < 0 or tree.base[noun] != "obj" or word < clause:
            continue
        if tree.lemma(verb) in causing and tree.child(verb, "xcomp", "ccomp") is None and verb < noun:
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


def _comment_clauses(tree: Tree) -> bool:
    """Hang ", a gap that let rain in" on the clause that it comments on, not on the thing before it."""
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
