"""Say whom or what a description stands for: the bearer of a title, the same noun, a word for the class."""

from __future__ import annotations

from functools import cache

from knowledge.language import gazetteer, lexicon
from knowledge.model import EntityKind
from knowledge.reading.candidates import Resolver
from knowledge.reading.facts.tree import Tree
from knowledge.reading.pronouns import REACH
from knowledge.reading.referents import Found, Referent, Trees, described_nouns, is_person_noun


def gender_of(lemma: str) -> str:
    """Return the gender that a noun marks: m, f or ""."""
    return next((gender for gender in ("m", "f") if lemma in described_nouns(gender)), "")


@cache
def place_nouns() -> dict[str, frozenset[str]]:
    """Return the nouns that stand for named places, with the gazetteer's classes of such places."""
    return {noun: frozenset(classes.split("|")) for noun, classes in described_nouns("place").items()}


def is_definite(tree: Tree, first: int, head: int) -> bool:
    """Tell whether a noun phrase has a definite determiner or a possessor."""
    for word in range(first, head):
        token = tree.tokens[word]
        if tree.heads[word] == head and tree.base[word] == "det":
            return tree.lemma(word) in {"the", "this", "that", "these", "those", "both"}
        if token.xpos in {"POS", "PRP$"}:
            return True
    return False


def described(resolver: Resolver, found: Found) -> tuple[Referent | None, float]:
    """Return whom or what a definite description stands for, and how surely."""
    bearer, confidence = bearer_of(resolver, found)
    if bearer is not None:
        return bearer, confidence
    same, confidence = same_noun(resolver, found)
    if same is not None:
        return same, confidence
    return _by_class(resolver, found)


def _modifiers(trees: Trees, sentence: int, head: int) -> set[str]:
    """Return the content words that modify a noun from before or with "of", lower case."""
    tree = trees.trees[sentence]
    found: set[str] = set()
    for kid in tree.kids[head]:
        if tree.base[kid] in {"amod", "compound", "nummod", "flat"} or tree.rels[kid] in {
            "nmod:poss",
            "nmod",
        }:
            found.update(
                tree.lemma(word)
                for word in tree.subtree(kid)
                if tree.upos(word) in {"NOUN", "PROPN", "ADJ", "NUM"} and word != head
            )
    return found


def country_of(trees: Trees, found: Found) -> str:
    """Return the country that a description's modifiers or possessor name."""
    for word in range(found.first, found.last):
        for size in (2, 1):
            if word + size <= found.last:
                known = gazetteer.country(trees.words(found.sentence, word, word + size - 1))
                if known is not None:
                    return known.name
    return ""


def bearer_of(resolver: Resolver, found: Found) -> tuple[Referent | None, float]:
    """Return the person whose title a description repeats or paraphrases ("the army chief"), and how
    surely.
    """
    trees = resolver.trees
    tree = trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    plural = tree.tokens[found.head].xpos in {"NNS", "NNPS"}
    if plural or not is_person_noun(lemma):
        return None, 0.0
    country = country_of(trees, found)
    words = _modifiers(trees, found.sentence, found.head)
    words = {word for word in words if gazetteer.country(word) is None and lexicon.is_word(word)}
    best: tuple[float, Referent] | None = None
    for referent in resolver.bearers:
        if country and referent.country and country != referent.country:
            continue
        score = max(_title_overlap(title, lemma, words) for title in referent.titles)
        if country and country == referent.country:
            score += 0.15
        if score >= 0.6 and (best is None or score > best[0] + 0.01):
            best = score, referent
    if best is None:
        return None, 0.0
    if tree.child(found.head, "det") is None and not country and best[0] < 1:
        return None, 0.0
    return best[1], min(0.9, best[0])


def _title_overlap(title: str, lemma: str, words: set[str]) -> float:
    """Say how well a description's head and modifiers fit a title: 1 for the same, 0 for another head."""
    in_title = [lexicon.lemma(word.lower(), "NOUN") for word in title.replace("-", " ").split()]
    own = {
        word
        for word in in_title
        if lexicon.is_word(word) and word not in {"of", "the", "for", "a", "in", "at"}
    }
    if lemma in own:
        head = 1.0
    elif any(_is_near(lemma, word) for word in own):
        head = 0.75
    else:
        return 0.0
    if not words:
        return head * 0.85
    shared = len(words & own) / len(words)
    return head * (0.4 + 0.6 * shared)


def _is_near(lemma: str, word: str) -> bool:
    """Tell whether one of two nouns for people is a kind of the other, or they name the same rank or
    office.
    """
    if lemma in lexicon.hypernyms(word) or word in lexicon.hypernyms(lemma):
        return lemma not in {"person", "individual"} and word not in {"person", "individual"}
    one, other = gazetteer.title(lemma), gazetteer.title(word)
    return one is not None and other is not None and one.kind == other.kind == "rank"


def same_noun(resolver: Resolver, found: Found, *, headline: bool = False) -> tuple[Referent | None, float]:
    """Return what was called by the same noun before, with no modifier that contradicts; `headline`: only
    there.
    """
    trees = resolver.trees
    tree = trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    plural = tree.tokens[found.head].xpos in {"NNS", "NNPS"}
    mine = _modifiers(trees, found.sentence, found.head)
    for candidate in reversed(resolver.by_lemma.get(lemma, ())):
        other = candidate.found
        if other.kind != "nominal" or trees.trees[other.sentence].lemma(other.head) != lemma:
            continue
        if (trees.trees[other.sentence].tokens[other.head].xpos in {"NNS", "NNPS"}) != plural:
            continue
        if headline and trees.trees[other.sentence].sentence.paragraph >= 0:
            continue
        if _owner_pronouns(trees, found) != _owner_pronouns(trees, other):
            continue
        theirs = _modifiers(trees, other.sentence, other.head)
        if mine and theirs and not (mine <= theirs or theirs <= mine):
            continue
        if mine and not theirs and not mine <= _all_modifiers(trees, candidate.referent):
            continue
        distance = found.sentence - other.sentence
        return candidate.referent, max(0.6, 0.9 - 0.02 * distance)
    return None, 0.0


def _owner_pronouns(trees: Trees, found: Found) -> set[str]:
    """Return the possessive pronouns before a noun: "his country" is not "the country"."""
    tree = trees.trees[found.sentence]
    return {tree.lemma(word) for word in range(found.first, found.head) if tree.tokens[word].xpos == "PRP$"}


def _all_modifiers(trees: Trees, referent: Referent) -> set[str]:
    """Return the modifiers of all of a referent's descriptions."""
    found: set[str] = set()
    for mention in referent.mentions:
        if mention.kind == "nominal":
            found |= _modifiers(trees, mention.sentence, mention.head)
    return found


def _by_class(resolver: Resolver, found: Found) -> tuple[Referent | None, float]:
    """Return the recent name or narrower noun that a description's noun is a word for ("the company", "the
    ship").
    """
    trees = resolver.trees
    tree = trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    if tree.tokens[found.head].xpos in {"NNS", "NNPS"} or found.last - found.first > 1:
        return None, 0.0
    owned = any(tree.tokens[word].xpos in {"PRP$", "POS"} for word in range(found.first, found.head))
    if owned or tree.child(found.head, "nmod", "acl") is not None:
        return None, 0.0
    quoted = resolver.quotation_of(found.span) is not None
    if lemma in place_nouns():
        return _place_by_class(resolver, found, place_nouns()[lemma])
    gender = gender_of(lemma)
    for candidate in resolver.near(found.sentence):
        other = candidate.referent
        if found.sentence - candidate.found.sentence > REACH:
            break
        if candidate.number == "p":
            continue
        if candidate.found.sentence == found.sentence and _governs(tree, candidate.found.head, found.head):
            continue
        theirs = trees.trees[candidate.found.sentence].lemma(candidate.found.head)
        if not other.named:
            narrower = (
                candidate.found.kind == "nominal" and theirs != lemma and lemma in lexicon.hypernyms(theirs)
            )
            if narrower and lemma not in described_nouns("vague"):
                return other, 0.6
        elif other.kind is EntityKind.ORGANIZATION and _is_word_for(lemma, other):
            return other, 0.65
        elif gender and not quoted and other.kind is EntityKind.PERSON and other.gender == gender:
            return other, 0.6
    return None, 0.0


def _is_word_for(lemma: str, organization: Referent) -> bool:
    """Tell whether a noun can stand for an organisation: a word of its name or descriptions, or a general
    one.
    """
    own = {
        lexicon.lemma(w.lower(), "NOUN")
        for text in (organization.name, *organization.aliases)
        for w in text.split()
    }
    return lemma in own or (
        lemma in described_nouns("organization") and not own & described_nouns("body").keys()
    )


def _place_by_class(resolver: Resolver, found: Found, kinds: frozenset[str]) -> tuple[Referent | None, float]:
    """Return the only named place of a class that the sentence, or else one of the sentences before, speaks
    of.
    """
    for sentence in range(found.sentence, max(found.sentence - REACH, -1) - 1, -1):
        named = (r for m, r in resolver.covered_in(sentence) if m.kind == "name")
        places = {id(r): r for r in named if r.kind is EntityKind.PLACE and _place_kind(r) in kinds}
        if len(places) == 1:
            return next(iter(places.values())), 0.65 if sentence == found.sentence else 0.6
        if places:
            return None, 0.0
    return None, 0.0


def _place_kind(referent: Referent) -> str:
    """Return the gazetteer's class of a place, city where it has none."""
    known = gazetteer.place(referent.name)
    return known.kind if known else "city"


def _governs(tree: Tree, one: int, other: int) -> bool:
    """Tell whether one word is above the other in the tree."""
    return one in set(tree.ancestors(other)) or other in set(tree.ancestors(one))
