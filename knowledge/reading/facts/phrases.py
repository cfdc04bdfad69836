"""The words of an argument: full phrase, short form and the conjuncts of a list (checklist point 16)."""

from __future__ import annotations

from knowledge.reading.facts.draft import Slot
from knowledge.reading.facts.tables import word_classes
from knowledge.reading.facts.tree import SHED, SHORT, Tree

# A defining relative clause stays in the phrase up to this many words.
LONGEST_RELATIVE = 9
# A short form holds a content clause of up to this many words.
LONGEST_CLAUSE = 12
# Examples after "including" stay up to this many words.
LONGEST_EXAMPLES = 6
# What belongs to the clause, not to the complement, below the head of a copular clause.
CLAUSE_PARTS = frozenset(
    {"nsubj", "csubj", "ccomp", "cop", "aux", "mark", "advcl", "expl", "cc", "discourse", "vocative"}
)
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X", "DET"})
# Tags of words that can close no noun phrase.
LOOSE = frozenset({"WDT", "IN", "TO", "CC"})
LEADING = frozenset({"case", "cc", "mark"})


def phrase(tree: Tree, slot: Slot, owner: int, text: str) -> tuple[int, int]:
    """Return first and last word of the argument's full phrase, without its preposition or marker.

    `owner` is the head of the fact's predicate, -1 where that is part of the phrase; nothing that holds it
    belongs to the phrase unless it is the head.
    """
    if slot.only is not None:
        return slot.only
    shed = set(slot.shed)
    at = owner
    while at >= 0 and at != slot.head:
        shed.add(at)
        at = tree.heads[at]
    shed.discard(slot.head)
    clause = slot.clause
    for part in _list(tree, slot.head):
        shed.update(_shed(tree, part, clause))
        if not clause:
            shed.update(_trailing(tree, part))
    if slot.rel == "cop" or (not clause and tree.child(slot.head, "cop") is not None):
        shed.update(_clause_parts(tree, slot.head))
    words = tree.kept(slot.head, shed)
    words = _without_leading(tree, slot, words)
    if not clause:
        words = _without_loose_end(tree, slot.head, words)
    return tree.trim(_within_marks(tree, words, slot.head), slot.head, text)


def _without_loose_end(tree: Tree, head: int, words: list[int]) -> list[int]:
    """Drop function words that a broken parse left at the end."""
    end = len(words)
    while end > 1 and words[end - 1] > head and tree.xpos(words[end - 1]) in LOOSE:
        end -= 1
    return words[:end]


def _within_marks(tree: Tree, words: list[int], head: int) -> list[int]:
    """Keep the unbroken run of words round the head, and a conjunct that follows a gap."""
    at = words.index(head)
    first = last = at
    while first > 0 and words[first - 1] == words[first] - 1:
        first -= 1
    while last + 1 < len(words) and words[last + 1] == words[last] + 1:
        last += 1
    rest = words[last + 1 :]
    if any(tree.heads[w] == head and tree.base[w] == "conj" for w in rest):
        last = len(words) - 1
    return words[first : last + 1]


def _list(tree: Tree, head: int) -> list[int]:
    """Return the head and its conjuncts."""
    return [head, *tree.children(head, "conj")]


def _shed(tree: Tree, part: int, clause: bool) -> list[int]:
    """Return what one conjunct is told without."""
    found = []
    for kid in tree.kids[part]:
        base = tree.base[kid]
        if tree.upos(kid) == "NUM" and tree.upos(part) == "PROPN" and kid > part and tree.is_set_off(kid):
            loose = not clause
        elif base in ("appos", "acl"):
            long = tree.rels[kid] == "acl:relcl" and len(tree.subtree(kid)) > LONGEST_RELATIVE
            loose = not clause and (long or tree.is_set_off(kid))
        elif base == "nmod":
            examples = len(tree.subtree(kid)) > LONGEST_EXAMPLES and _gives_examples(tree, kid)
            timed = tree.tokens[part].name == "time" or "time_noun" in word_classes().get(
                tree.lemma(part), ()
            )
            dated = tree.tokens[kid].name == "time" and kid > part and not timed and tree.is_set_off(kid)
            loose = not clause and (examples or dated)
        elif base == "parataxis":
            loose = kid > part or not clause or _opens(tree, kid, part)
        else:
            loose = base in SHED and not (clause and base == "list")
        if loose:
            found.append(kid)
    return found


def _opens(tree: Tree, kid: int, part: int) -> bool:
    """Tell whether loosely joined words open a clause: ", they said, it rained"."""
    before = [w for k in tree.kids[part] if k < kid and tree.base[k] != "mark" for w in tree.subtree(k)]
    return all(tree.is_punct(w) for w in before)


def _gives_examples(tree: Tree, word: int) -> bool:
    """Tell whether the modifier lists examples: "several tools, including a saw"."""
    return any(tree.lemma(kid) in ("including", "include") for kid in tree.children(word, "case", "mark"))


def _trailing(tree: Tree, part: int) -> list[int]:
    """Return what is set off at the end of the phrase, below its prepositional modifiers."""
    found = []
    stack = [k for k in tree.children(part, "nmod") if k > part]
    while stack:
        word = stack.pop()
        stack.extend(k for k in tree.children(word, "nmod") if k > word)
        for kid in tree.kids[word]:
            if tree.rels[kid] in ("acl:relcl", "appos") and kid > word and tree.is_set_off(kid):
                found.append(kid)
    return found


def _clause_parts(tree: Tree, head: int) -> list[int]:
    """Return the dependents of a copular clause's head that belong to the clause."""
    found = []
    verbal = tree.upos(head) in ("ADJ", "VERB", "ADV")
    for kid in tree.kids[head]:
        base = tree.base[kid]
        if (
            base in CLAUSE_PARTS
            or base == "parataxis"
            or (
                base == "conj"
                and (tree.child(kid, "nsubj", "cop", "aux") is not None or tree.upos(kid) == "VERB")
            )
            or (base == "obl" and (kid < head or not verbal or tree.tokens[kid].name == "time"))
            or (
                base == "advmod"
                and (kid > head or tree.lemma(kid) in ("not", "n't", "never", "also", "still", "then", "now"))
            )
        ):
            found.append(kid)
    return found


def _without_leading(tree: Tree, slot: Slot, words: list[int]) -> list[int]:
    """Drop the prepositions, markers and conjunctions that open the phrase; an infinitive keeps its "to"."""
    openers = set()
    for kid in tree.kids[slot.head]:
        adverb = (
            slot.clause and tree.xpos(kid) == "WRB" and tree.base[kid] == "advmod" and slot.rel == "advcl"
        )
        if slot.case.startswith("even ") and tree.lemma(kid) == "even":
            openers.add(kid)
        if (tree.base[kid] in LEADING and tree.xpos(kid) not in ("TO", "POS")) or adverb:
            openers.update(tree.subtree(kid))
        if tree.base[kid] == "case" and tree.xpos(kid) == "TO" and not slot.clause:
            openers.add(kid)
        if tree.base[kid] == "case" and tree.xpos(kid) == "POS":
            openers.add(kid)
    start, end = 0, len(words)
    while (
        start < end and words[start] < slot.head and (words[start] in openers or tree.is_punct(words[start]))
    ):
        if tree.is_punct(words[start]) and not any(
            w in openers for w in words[start : words.index(slot.head)]
        ):
            break
        start += 1
    while end > start + 1 and words[end - 1] in openers and words[end - 1] > slot.head:
        end -= 1
    return words[start:end]


def short(tree: Tree, slot: Slot, full: tuple[int, int], text: str) -> tuple[int, int]:
    """Return first and last word of the short form: head, its modifiers and name, a short "of" phrase."""
    if slot.clause or slot.only is not None:
        return full
    first, last = full
    keep = _short_words(tree, slot.head, 0)
    inside = sorted(w for w in keep if first <= w <= last)
    start = end = inside.index(slot.head) if slot.head in inside else 0
    if slot.head not in inside:
        return full
    while start > 0 and inside[start - 1] == inside[start] - 1:
        start -= 1
    while end + 1 < len(inside) and inside[end + 1] == inside[end] + 1:
        end += 1
    return tree.trim(inside[start : end + 1], slot.head, text)


def _short_words(tree: Tree, head: int, depth: int) -> list[int]:
    words = [head]
    for kid in tree.kids[head]:
        if _is_modifier(tree, kid, head) or (depth == 0 and _completes(tree, kid)):
            words.extend(tree.subtree(kid))
        elif tree.base[kid] == "nmod" and depth < 2 and tree.opens_with_of(kid):
            words.extend(_short_words(tree, kid, depth + 1))
    return words


def _is_modifier(tree: Tree, kid: int, head: int) -> bool:
    """Tell whether a dependent belongs to the short form as it stands."""
    base, rel = tree.base[kid], tree.rels[kid]
    if base in SHORT or rel in ("nmod:poss", "nmod:desc"):
        return True
    if rel == "nmod:unmarked" and tree.upos(head) == "NUM":
        return True
    if base in ("advmod", "nmod") and kid < head:
        return True
    return tree.is_punct(kid) and abs(kid - head) < 3


def _completes(tree: Tree, word: int) -> bool:
    """Tell whether a clause says what its noun is of: "the claim that he stole", "a plan to build"."""
    marks = tree.children(word, "mark")
    told = any(tree.lemma(k) == "that" or tree.xpos(k) == "TO" for k in marks)
    return tree.rels[word] == "acl" and told and len(tree.subtree(word)) <= LONGEST_CLAUSE


def members(tree: Tree, slot: Slot, owner: int, text: str) -> list[tuple[int, tuple[int, int]]]:
    """Return the conjuncts of a list with first and last word of each; none where there is no list."""
    conjuncts = [k for k in tree.children(slot.head, "conj") if k != owner and owner not in tree.subtree(k)]
    if (
        slot.clause
        or not conjuncts
        or any(tree.upos(k) == "VERB" or tree.child(k, "nsubj", "cop") for k in conjuncts)
    ):
        return []
    found = []
    for head in [slot.head, *conjuncts]:
        others = tuple(k for k in tree.kids[head] if tree.base[k] in ("conj", "cc"))
        part = Slot(slot.role, head, slot.rel if head == slot.head else "conj", shed=(*slot.shed, *others))
        found.append((head, phrase(tree, part, owner, text)))
    return found
