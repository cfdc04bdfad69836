"""Say what named people and things are: titles before names, appositions, copulas."""

from __future__ import annotations

from knowledge.language import gazetteer
from knowledge.model import EntityKind
from knowledge.reading.definites import gender_of
from knowledge.reading.facts.tree import Tree
from knowledge.reading.referents import (
    Found,
    Referent,
    Trees,
    is_firm_noun,
    is_person_noun,
    noun_kind,
    phrase_start,
)


def add_title(trees: Trees, referent: Referent, sentence: int, first: int, last: int) -> None:
    """Note a title that stands before a name, with the modifiers before it ("former US foreign minister")."""
    start = first
    while start > 0 and _widens_title(trees, sentence, start - 1):
        start -= 1
    words = trees.words(sentence, first, last)
    known = gazetteer.title(words) or gazetteer.title(words.split()[-1])
    if known is not None and known.gender in {"m", "f"}:
        referent.genders[known.gender] += 3
    if known is not None and known.kind == "honorific":
        start = first
    country = _country_among(trees, sentence, start, last) or _possessor_country(trees, sentence, start)
    if country:
        referent.country = referent.country or country
    referent.mentions.append(trees.found(sentence, start, last, "title", 0.9))
    if known is not None and known.kind == "honorific" and start == first:
        return
    whole = trees.words(sentence, start, last)
    referent.titles.append(whole)
    referent.aliases.setdefault(whole, "title")
    if words != whole:
        referent.aliases.setdefault(words, "title")


def _widens_title(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word before a title belongs to it: an adjective, noun or country, no possessor or
    determiner.
    """
    tree = trees.trees[sentence]
    token = tree.tokens[word]
    if gazetteer.country(trees.form(sentence, word)) is not None or _ends_country(trees, sentence, word):
        return True
    if token.name == EntityKind.PERSON or token.name == EntityKind.TIME:
        return False
    if token.upos in {"ADJ", "NOUN", "PROPN"}:
        return (
            tree.base[word] in {"amod", "compound", "nmod", "flat", "nsubj", "obl"}
            and tree.heads[word] > word
        )
    return False


def _ends_country(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word is part of a country's name of two words."""
    tree = trees.trees[sentence]
    pairs = [(first, first + 1) for first in (word - 1, word) if first >= 0 and tree.upos(first) != "DET"]
    return any(
        first >= 0 and last < len(tree) and gazetteer.country(trees.words(sentence, first, last)) is not None
        for first, last in pairs
    )


def _country_among(trees: Trees, sentence: int, first: int, last: int) -> str:
    """Return the country that some words name or whose people they mean."""
    for size in (2, 1):
        for start in range(first, last - size + 2):
            known = gazetteer.country(trees.words(sentence, start, start + size - 1))
            if known is not None:
                return known.name
    return ""


def _possessor_country(trees: Trees, sentence: int, first: int) -> str:
    """Return the country that stands as possessor before some words ("the bank's chief economist")."""
    if first >= 2 and trees.trees[sentence].tokens[first - 1].xpos == "POS":
        known = gazetteer.country(trees.form(sentence, first - 2))
        if known is None and first >= 3:
            known = gazetteer.country(trees.words(sentence, first - 3, first - 2))
        return known.name if known else ""
    return ""


def describe(trees: Trees, referents: list[Referent]) -> None:
    """Add the appositions beside names and what a copula says that they are."""
    for referent in referents:
        for mention in list(referent.mentions):
            if mention.kind == "name":
                _apposition(trees, referent, mention)
                _predicate_noun(trees, referent, mention)


def titles_before(trees: Trees, referent: Referent, mention: Found) -> None:
    """Note the titles that stand right before a person's name, brackets between them left out."""
    tree = trees.trees[mention.sentence]
    first = mention.first
    while first > 0:
        last = first - 1
        known = [m for m in referent.mentions if m.sentence == mention.sentence and m.last == last]
        if known:
            first = known[0].first
            continue
        if trees.form(mention.sentence, last) == ")":
            last = _bracket_start(trees, mention.sentence, last) - 1
        start = _role_start(trees, mention.sentence, last)
        if start is None or (
            tree.upos(last) not in {"NOUN", "PROPN"} and not gazetteer.is_title(tree.lemma(last))
        ):
            return
        if tree.tokens[last].xpos in {"NNS", "NNPS"} and not referent.plural:
            return
        add_title(trees, referent, mention.sentence, start, last)
        first = min(m.first for m in referent.mentions if m.sentence == mention.sentence and m.last == last)


def _bracket_start(trees: Trees, sentence: int, end: int) -> int:
    """Return the word with the bracket that opens before the closing one."""
    for word in range(end - 1, max(end - 6, -1), -1):
        if trees.form(sentence, word) == "(":
            return word
    return end


def _role_start(trees: Trees, sentence: int, last: int) -> int | None:
    """Return where the role noun phrase that ends with a word begins, None where it is not one.

    "of" and its noun may stand between the role and the end ("Chief of the Army Staff").
    """
    for size in (5, 4, 3, 2, 1):
        first = last - size + 1
        if first >= 0 and gazetteer.is_title(trees.words(sentence, first, last)):
            return first
    lemma = trees.trees[sentence].tokens[last].lemma.lower()
    if last >= 0 and is_person_noun(lemma):
        return last
    for first in range(last - 2, max(last - 7, -1), -1):
        if trees.form(sentence, first + 1) == "of" and gazetteer.is_title(trees.form(sentence, first)):
            inside = range(first + 2, last + 1)
            if all(
                trees.trees[sentence].tokens[w].upos in {"NOUN", "PROPN", "DET", "ADJ", "ADP"} for w in inside
            ):
                return first
    return None


def _apposition(trees: Trees, referent: Referent, mention: Found) -> None:
    """Note the description that stands beside a name: "X, the regional governor, ..." and "its
    director, X".
    """
    tree = trees.trees[mention.sentence]
    heads = [kid for kid in tree.children(mention.head, "appos") if kid > mention.last]
    if tree.base[mention.head] == "appos" and tree.heads[mention.head] < mention.first:
        heads.append(tree.heads[mention.head])
    if tree.rels[mention.head] in {"nmod:desc", "flat"} and tree.heads[mention.head] < mention.first:
        heads.append(tree.heads[mention.head])
    heads += [kid for kid in tree.children(mention.head, "nmod:desc") if kid < mention.first]
    if referent.kind is EntityKind.PERSON:
        heads += _role_before_comma(trees, referent, mention)
    for head in heads:
        _add_description(trees, referent, mention, head, 0.9)


def _role_before_comma(trees: Trees, referent: Referent, mention: Found) -> list[int]:
    """Return the head of a definite role phrase right before the comma before a name ("the head of the ward,
    X,").
    """
    tree = trees.trees[mention.sentence]
    first = min(
        [
            m.first
            for m in referent.mentions
            if m.sentence == mention.sentence and m.last == mention.first - 1
        ],
        default=mention.first,
    )
    if first < 2 or trees.form(mention.sentence, first - 1) != ",":
        return []
    word = first - 2
    begins = phrase_start(tree, _top_nominal(tree, word)) == 0
    after = trees.form(mention.sentence, mention.last + 1) if mention.last + 1 < len(tree) else "."
    if not begins and after not in {",", ".", ";", "who"}:
        return []
    while word >= 0 and tree.upos(word) in {"NOUN", "PROPN"}:
        definite = any(
            tree.lemma(w) in {"the", "a"} or tree.tokens[w].xpos in {"POS", "PRP$"}
            for w in range(phrase_start(tree, word), word)
        )
        if is_person_noun(tree.lemma(word)) and definite:
            return [word]
        if tree.base[word] not in {"nmod", "compound", "conj"} or tree.heads[word] > word:
            return []
        word = tree.heads[word]
    return []


def _top_nominal(tree: Tree, word: int) -> int:
    """Return the head of the noun phrase that ends with a word."""
    while tree.base[word] in {"nmod", "compound", "conj", "flat"} and 0 <= tree.heads[word] < word:
        word = tree.heads[word]
    return word


def _predicate_noun(trees: Trees, referent: Referent, mention: Found) -> None:
    """Note what a copula says that a person is: "X is the head of Y"."""
    tree = trees.trees[mention.sentence]
    head = tree.heads[mention.head]
    if head < 0 or tree.rels[mention.head] != "nsubj" or tree.child(head, "cop") is None:
        return
    negated = any(tree.lemma(kid) in {"not", "never", "no"} for kid in tree.kids[head])
    if tree.upos(head) == "NOUN" and not negated and tree.child(head, "aux") is None:
        _add_description(trees, referent, mention, head, 0.7)


def _add_description(trees: Trees, referent: Referent, mention: Found, head: int, confidence: float) -> None:
    """Add a common noun phrase as description, and as title where it says what a person is."""
    tree = trees.trees[mention.sentence]
    if tree.upos(head) not in {"NOUN", "PROPN"} or mention.first <= head <= mention.last:
        return
    if tree.upos(head) == "PROPN" and not gazetteer.is_title(trees.form(mention.sentence, head)):
        return
    firm = is_firm_noun(tree.lemma(head))
    person = is_person_noun(tree.lemma(head))
    if referent.kind is EntityKind.PERSON and not (person or firm):
        return
    if referent.kind not in {EntityKind.PERSON, EntityKind.THING} and person and not firm:
        return
    if referent.kind is EntityKind.PLACE and noun_kind(tree.lemma(head)) is not EntityKind.PLACE:
        return
    if referent.kind is EntityKind.PERSON and tree.tokens[head].xpos == "NNS" and not referent.plural:
        return
    first = phrase_start(tree, head)
    if first <= mention.last and mention.first <= head:
        first = head
    while first < head and tree.base[first] in {"det", "punct", "case"}:
        first += 1
    if first <= mention.last < head:
        first = mention.last + 1
    covered = any(m.sentence == mention.sentence and m.first <= head <= m.last for m in referent.mentions)
    start = _after_possessor(tree, first, head)
    last = _title_end(trees, mention, head)
    if not covered:
        referent.mentions.append(trees.found(mention.sentence, start, last, "nominal", confidence))
    words = trees.words(mention.sentence, start, last)
    if referent.kind is EntityKind.THING:
        referent.votes[noun_kind(tree.lemma(head))] += 2
    if referent.kind is EntityKind.PERSON and not covered:
        referent.titles.append(words)
        referent.country = referent.country or _country_among(trees, mention.sentence, first, last)
        known = gazetteer.title(tree.lemma(head))
        gender = gender_of(tree.lemma(head)) or (known.gender if known is not None else "")
        if gender in {"m", "f"}:
            referent.genders[gender] += 3
    referent.aliases.setdefault(words, "title" if referent.kind is EntityKind.PERSON else "description")


def _after_possessor(tree: Tree, first: int, head: int) -> int:
    """Return the first word of a phrase after a possessor, if it has one."""
    for word in range(head - 1, first - 1, -1):
        if tree.tokens[word].xpos in {"POS", "PRP$", "WP$"}:
            return word + 1
    return first


def _title_end(trees: Trees, mention: Found, head: int) -> int:
    """Return the last word of a description with its "of" phrase, where that follows at once."""
    tree = trees.trees[mention.sentence]
    for kid in tree.children(head, "nmod"):
        words = tree.subtree(kid)
        if words[0] == head + 1 and trees.form(mention.sentence, words[0]) in {"of", "for", "at", "in"}:
            end = kid
            if not (mention.first <= end <= mention.last) and not (head < mention.first <= end):
                return end
    return head
