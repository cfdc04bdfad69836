"""Say whom a third-person pronoun stands for, by number, gender, role and recency; or leave it alone."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Final

from knowledge.language import gazetteer, lexicon
from knowledge.model import EntityKind
from knowledge.reading.candidates import Candidate, Resolver, add_candidate
from knowledge.reading.facts.tree import Tree
from knowledge.reading.referents import Found, Referent

_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_IT: Final = frozenset({"it", "its", "itself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves"})
#: How many sentences back an antecedent may stand.
REACH: Final = 3
#: Below this share of the soft maximum a pronoun is left alone.
_SURE: Final = 0.5
#: How fast a candidate's share falls with its score.
_SHARPNESS: Final = 1.5
#: The same for it and they, which more things can be meant by.
_SURER: Final = 0.6
_ROLES: Final = {
    "nsubj": 1.2,
    "nsubj:pass": 1.0,
    "nsubj:outer": 1.0,
    "obj": 0.5,
    "iobj": 0.4,
    "obl:agent": 0.4,
}


def is_pronoun(resolver: Resolver, sentence: int, word: int) -> bool:
    """Tell whether a word is a third-person pronoun that refers to something."""
    tree = resolver.trees.trees[sentence]
    lower = resolver.trees.form(sentence, word).lower()
    if lower not in _HE | _SHE | _IT | _THEY or tree.base[word] == "expl" or tree.upos(word) != "PRON":
        return False
    return not (lower == "it" and _is_empty(tree, word))


def _is_empty(tree: Tree, word: int) -> bool:
    """Tell whether "it" only holds the place of a clause or stands for weather and time."""
    head = tree.heads[word]
    if head < 0 or tree.base[word] != "nsubj":
        return False
    if tree.child(head, "csubj") is not None:
        return True
    clause = tree.child(head, "ccomp", "advcl", "xcomp", "acl")
    copular = tree.child(head, "cop") is not None
    if copular and tree.upos(head) == "ADJ" and clause is not None and clause > head:
        return True
    if copular and gazetteer.time_word(tree.lemma(head)) is not None:
        return True
    passive = tree.child(head, "aux:pass") is not None
    return (passive or tree.lemma(head) in {"seem", "appear", "emerge", "transpire", "rain", "snow"}) and (
        tree.child(head, "ccomp") is not None or tree.lemma(head) in {"rain", "snow"}
    )


def resolve_pronoun(resolver: Resolver, sentence: int, word: int, *, forward: bool = False) -> None:
    """Add a pronoun to its antecedent's mentions, if one is clearly best; `forward`: what follows may be it
    too.
    """
    tree = resolver.trees.trees[sentence]
    mention = resolver.trees.found(sentence, word, word, "pronoun", 1.0)
    lower = resolver.trees.form(sentence, word).lower()
    quotation = resolver.quotation_of(mention.span)
    scores: dict[int, tuple[float, Referent]] = {}
    barred = {
        id(candidate.referent)
        for candidate in resolver.near(sentence)
        if candidate.found.sentence == sentence and _is_coargument(tree, word, candidate.found, lower)
    }
    for candidate in resolver.near(sentence):
        distance = resolver.distance(sentence, candidate.found.sentence, quotation is not None)
        if not 0 <= distance <= REACH or not _fits(lower, candidate):
            continue
        if candidate.found.span > mention.span and not (forward and candidate.role.startswith("nsubj")):
            continue
        same = candidate.found.sentence == sentence
        if id(candidate.referent) in barred or (same and _is_barred(tree, word, candidate.found, lower)):
            continue
        score = _score(resolver, tree, word, lower, candidate, distance, quotation)
        old = scores.get(id(candidate.referent))
        if old is None or score > old[0]:
            scores[id(candidate.referent)] = score, candidate.referent
    if not scores:
        return
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    best, referent = ranked[0]
    share = 1 / sum(math.exp(_SHARPNESS * (score - best)) for score, _ in ranked)
    if share < (_SURE if lower in _HE | _SHE else _SURER) or best < -2.5:
        return
    if id(referent) not in resolver.known:
        resolver.known.add(id(referent))
        resolver.referents.append(referent)
    mention.confidence = round(min(0.95, share), 3)
    referent.mentions.append(mention)
    _learn(referent, lower, share)
    add_candidate(resolver, mention, referent)


def _learn(referent: Referent, lower: str, share: float) -> None:
    """Take a person's gender from a pronoun that surely means them."""
    if referent.kind is EntityKind.PERSON and share > 0.7 and not referent.gender:
        if lower in _HE:
            referent.genders["m"] += 1
        elif lower in _SHE:
            referent.genders["f"] += 1


def _fits(lower: str, candidate: Candidate) -> bool:
    """Tell whether number, gender and kind of a candidate allow the pronoun."""
    person = candidate.kind is EntityKind.PERSON
    unknown = candidate.kind is EntityKind.THING and candidate.referent.named
    if lower in _HE | _SHE:
        gender = candidate.referent.gender
        wanted = "m" if lower in _HE else "f"
        return (person or unknown) and candidate.number != "p" and gender in {"", wanted}
    if lower in _IT:
        return not person and candidate.number != "p"
    return candidate.number in {"p", ""}


def _is_barred(tree: Tree, word: int, other: Found, lower: str) -> bool:
    """Tell whether grammar forbids that a pronoun and a mention in the same sentence mean the same."""
    head, theirs = tree.heads[word], tree.heads[other.head]
    if word in tree.subtree(other.head) and not any(
        tree.base[above] in {"conj", "appos", "acl", "parataxis"} or above == other.head
        for above in _path(tree, word, other.head)
    ):
        return True
    if tree.rels[word] == "nmod:poss":
        return head == other.head or (
            head >= 0 and other.head in tree.children(head, "nmod") and other.head > head
        )
    if lower in _REFLEXIVE:
        return head != theirs and theirs not in _clause_chain(tree, head)
    return _is_coargument(tree, word, other, lower)


def _is_coargument(tree: Tree, word: int, other: Found, lower: str) -> bool:
    """Tell whether a pronoun that is not reflexive and a mention are arguments of one verb."""
    head = tree.heads[word]
    if lower in _REFLEXIVE or tree.rels[word] == "nmod:poss" or head < 0 or head != tree.heads[other.head]:
        return False
    return tree.base[other.head] in {"nsubj", "obj", "iobj", "obl"}


def _clause_chain(tree: Tree, verb: int) -> set[int]:
    """Return the verbs whose subject a verb without one takes."""
    found: set[int] = set()
    while verb >= 0 and verb not in found and tree.child(verb, "nsubj") is None:
        if tree.base[verb] not in {"xcomp", "advcl", "acl", "ccomp", "conj"}:
            break
        verb = tree.heads[verb]
        found.add(verb)
    return found


def _path(tree: Tree, word: int, top: int) -> Iterator[int]:
    """Yield the words between a word and one above it."""
    for above in tree.ancestors(word):
        if above == top:
            return
        yield above


def _score(
    resolver: Resolver,
    tree: Tree,
    word: int,
    lower: str,
    candidate: Candidate,
    distance: int,
    quotation: int | None,
) -> float:
    """Weigh a candidate antecedent."""
    found = candidate.found
    score = (0.0, -0.9, -2.0, -3.0)[distance]
    their_tree = resolver.trees.trees[found.sentence]
    score += _ROLES.get(candidate.role, 0.2 if candidate.role == "nmod:poss" else 0.0)
    if candidate.role in {"compound", "amod", "flat"}:
        score -= 1.5
    if candidate.referent.named:
        score += 0.3
    if found.kind == "pronoun":
        score += 0.5
    score += 0.15 * min(len(candidate.referent.mentions), 6)
    if candidate.role.startswith("nsubj") and tree.rels[word].startswith("nsubj"):
        score += 0.3
    if found.sentence == tree.index and candidate.role.startswith("nsubj"):
        score += _subject_bonus(tree, word, found.head)
    if found.sentence == tree.index and _is_parallel(tree, word, found.head):
        score += 1.2
    if candidate.quotation is not None and candidate.quotation != quotation:
        score -= 1.0
    if their_tree.sentence.paragraph != tree.sentence.paragraph:
        score -= 0.5
    score += _kind_score(lower, candidate)
    return score


def _is_parallel(tree: Tree, word: int, other: int) -> bool:
    """Tell whether two are objects of joined verbs: "copied the lists and sold them"."""
    verb = tree.heads[word]
    objects = tree.rels[word] == tree.rels[other] == "obj"
    return objects and verb >= 0 and tree.base[verb] == "conj" and tree.heads[verb] == tree.heads[other]


def _subject_bonus(tree: Tree, word: int, subject: int) -> float:
    """Favour the subject of the clause above: of its verb for a possessive, of the speech verb for a
    speaker.
    """
    verb = tree.heads[subject]
    if verb < 0:
        return 0.0
    if subject > word:
        return 0.6
    if verb in set(tree.ancestors(word)):
        return (
            0.8
            if tree.rels[word] == "nmod:poss" or tree.base[tree.heads[word]] in {"ccomp", "advcl", "xcomp"}
            else 0.5
        )
    return 0.0


#: Senses of nouns that a pronoun seldom stands for.
_ABSTRACT: Final = frozenset({"noun.attribute", "noun.feeling", "noun.state",
                              "noun.cognition", "noun.act", "noun.communication",
                              "noun.relation", "noun.motive"})  # fmt: skip


def _kind_score(lower: str, candidate: Candidate) -> float:
    """Weigh how well a kind of thing goes with a pronoun."""
    kind = candidate.kind
    if lower in _HE | _SHE:
        return (0.5 if candidate.referent.gender else 0.0) - (1.0 if kind is EntityKind.THING else 0.0)
    vague = (
        kind is EntityKind.THING
        and not candidate.referent.named
        and lexicon.supersense(candidate.lemma, "NOUN") in _ABSTRACT
    )
    if lower in _IT:
        if vague:
            return -0.4
        if kind is EntityKind.ORGANIZATION:
            return 0.4
        return -0.5 if kind is EntityKind.PLACE and candidate.referent.named else 0.0
    if kind in {EntityKind.PERSON, EntityKind.GROUP} and candidate.number == "p":
        return 0.6
    return 0.0 if candidate.number == "p" else -0.6
