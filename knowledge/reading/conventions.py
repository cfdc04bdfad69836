"""Clause labels as the annotation guidelines have them, whichever way the parser leant.

Treebanks differ in how they label a few clauses, so that a parser trained on several is in two minds. What
the guidelines of Universal Dependencies 2 say of the clause's own words decides: see `ccomp`, `csubj` and
`parataxis` (reported speech) at universaldependencies.org/u/dep.
"""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.language import lexicon

_SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl"})


def conform(
    words: Sequence[str],
    upos: Sequence[str],
    xpos: Sequence[str],
    heads: list[int],
    deprels: list[str],
) -> None:
    """Mend heads (0-based, -1 for the root) and labels in place."""
    clauses = [word for word, deprel in enumerate(deprels) if deprel == "ccomp"]
    for clause in clauses:
        verb = heads[clause]
        own = {deprels[word] for word, head in enumerate(heads) if head == clause}
        if not own & _SUBJECTS and _is_infinitive(clause, xpos, heads, deprels):
            deprels[clause] = "xcomp"
        elif _is_extraposed(verb, words, heads, deprels):
            deprels[clause] = "csubj"
        elif clause < verb and _interrupts(verb, clause, words, upos, heads, deprels):
            heads[clause], deprels[clause] = heads[verb], deprels[verb]
            heads[verb], deprels[verb] = clause, "parataxis"


def _is_infinitive(clause: int, xpos: Sequence[str], heads: list[int], deprels: list[str]) -> bool:
    """Tell whether "to" marks the clause."""
    return any(
        xpos[word] == "TO" and deprels[word] == "mark" and heads[word] == clause
        for word in range(max(0, clause - 8), clause)
    )


def _is_extraposed(verb: int, words: Sequence[str], heads: list[int], deprels: list[str]) -> bool:
    """Tell whether an "it" without meaning stands for the clause: "it is clear that they left"."""
    kids = [word for word, head in enumerate(heads) if head == verb]
    dummy = any(deprels[word] == "expl" and words[word].lower() == "it" for word in kids)
    return dummy and not any(deprels[word].startswith("nsubj") for word in kids)


def _interrupts(
    verb: int,
    clause: int,
    words: Sequence[str],
    upos: Sequence[str],
    heads: list[int],
    deprels: list[str],
) -> bool:
    """Tell whether a verb of saying stands with its subject amid what is said: "Mules, he said, bite."."""
    subject = any(
        head == verb and deprels[word].startswith("nsubj") for word, head in enumerate(heads) if word != verb
    )
    if not subject or upos[verb] != "VERB" or lexicon.lemma(words[verb], "VERB") not in lexicon.SPEECH_VERBS:
        return False
    return any(
        upos[word] != "PUNCT" and _is_below(word, clause, heads) for word in range(verb + 1, len(words))
    )


def _is_below(word: int, ancestor: int, heads: list[int]) -> bool:
    """Tell whether a word belongs to another's phrase."""
    while word >= 0 and word != ancestor:
        word = heads[word]
    return word == ancestor
