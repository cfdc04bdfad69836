"""Who and what things are: appositions, titles, ages, abbreviations and possessors (checklist points 13 and
14).
"""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.language import gazetteer, lexicon
from knowledge.model import FactKind, Role
from knowledge.reading.facts import nouns
from knowledge.reading.facts.clauses import Clauses
from knowledge.reading.facts.draft import Draft, Slot
from knowledge.reading.facts.inside import is_age
from knowledge.reading.facts.tree import Tree

# Kinds of place whose name follows "of": the city of X is called X.
NAMED_WITH_OF = frozenset({"city", "town", "village", "district", "province", "state", "region", "island",
                           "county", "republic", "kingdom", "port", "municipality", "capital", "month",
                           "suburb", "department", "borough", "parish", "peninsula", "commune", "hamlet",
                           "settlement", "name"})  # fmt: skip
LONGEST_ABBREVIATION = 8
# Labels under which a parser puts the bare number of years after a name: "Mary Major, 61, ...".
AGE_LABELS = frozenset({"appos", "amod", "nmod", "nummod", "list", "parataxis", "dep", "conj"})
OLDEST = 120


def identities(clauses: Clauses) -> Iterator[Draft]:
    """Yield what the sentence says of who and what things are, outside of its clauses."""
    tree = clauses.tree
    abbreviations = list(_abbreviations(clauses))
    yield from abbreviations
    short_forms = {draft.head for draft in abbreviations}
    for word in range(len(tree)):
        rel = tree.rels[word]
        head = tree.heads[word]
        if head < 0:
            continue
        after = tree.is_punct(max(0, tree.subtree(word)[0] - 1)) or tree.is_punct(tree.subtree(word)[0])
        aged = tree.upos(word) == "NUM" and word > head and after and tree.base[word] in AGE_LABELS
        if aged or (tree.base[word] == "appos" and word not in short_forms):
            yield from _apposition(clauses, head, word)
            yield from _named_further_on(clauses, head, word)
        elif (rel == "nmod:desc" and not _is_titling(tree, head)) or _is_title(clauses, head, word):
            yield _described(tree, FactKind.TITLE, head, word, "title")
        elif (
            rel == "nmod:poss"
            and tree.upos(head) in ("NOUN", "PROPN")
            and "time" not in nouns.kinds(tree, word)
        ):
            yield _possession(clauses, head, word)
        elif tree.base[word] == "nmod" and _names_with_of(clauses, head, word):
            yield _described(tree, FactKind.APPOSITION, word, head, "name")
        if is_age(tree, word):
            yield from _age(clauses, word)


def _joined(tree: Tree, word: int) -> list[int]:
    """Return what is joined to the word by "and"; a name of several words may hold such."""
    if tree.tokens[word].name == "organization":
        return []
    joined = tree.children(word, "conj")
    if any(tree.lemma(c) == "&" for k in joined for c in tree.children(k, "cc")):
        return []
    return [k for k in tree.kids[word] if tree.base[k] in ("conj", "cc")]


def _described(
    tree: Tree, kind: FactKind, bearer: int, description: int, rel: str, lemma: str = "be"
) -> Draft:
    """Return "the bearer is the description"; each phrase goes without the other."""
    bearing = Slot(Role.AGENT, bearer, rel, shed=(description, *_joined(tree, bearer)))
    described = Slot(Role.ATTRIBUTE, description, rel, shed=(bearer, *_joined(tree, description)))
    return Draft(kind, description, lemma, [description], [bearing, described])


def _apposition(clauses: Clauses, head: int, word: int) -> Iterator[Draft]:
    """Read "X, Y": an age, a description of a name, or a name of a description."""
    tree = clauses.tree
    if tree.upos(word) == "NUM":
        if nouns.is_animate(tree, head) and _is_age_number(tree, word):
            slots = [Slot(Role.AGENT, head, "appos", shed=(word,)), Slot(Role.QUANTITY, word, "age")]
            yield Draft(FactKind.APPOSITION, word, "age", [word], slots)
        return
    nominal = tree.upos(head) in ("NOUN", "PROPN") or tree.xpos(head) == "JJS"
    if tree.upos(word) not in ("NOUN", "PROPN") or not nominal or _within_name(tree, head, word):
        return
    if not _alike(clauses, head, word):
        return
    if tree.tokens[word].name == tree.tokens[head].name == "place" and tree.upos(word) == tree.upos(head):
        return  # "Edwards, Mississippi": a place in a place
    named = tree.upos(word) == "PROPN" and tree.upos(head) != "PROPN"
    lemma = tree.lemma(head)
    titled = gazetteer.is_title(lemma) or "person" in lexicon.noun_classes(lemma)
    if tree.tokens[word].name == "person":
        named = named or titled or tree.tokens[head].name != "person"
    bearer, description = (word, head) if named else (head, word)
    yield _described(tree, FactKind.APPOSITION, bearer, description, "appos")


def _within_name(tree: Tree, head: int, word: int) -> bool:
    """Tell whether two neighbours are parts of one name: "Kestrel Haulage"."""
    same = tree.tokens[head].name and tree.tokens[head].name == tree.tokens[word].name
    proper = tree.upos(head) == tree.upos(word) == "PROPN"
    return bool(same) and proper and not any(tree.is_punct(w) for w in range(head + 1, word))


def _named_further_on(clauses: Clauses, head: int, word: int) -> Iterator[Draft]:
    """Read "a bank, the lender Acme" as saying of Acme that it is a bank."""
    tree = clauses.tree
    if tree.upos(word) != "NOUN" or tree.upos(head) != "NOUN":
        return
    name = tree.child(word, "appos")
    if name is not None and tree.upos(name) == "PROPN" and not tree.is_set_off(name):
        bearing = Slot(Role.AGENT, name, "appos")
        described = Slot(Role.ATTRIBUTE, head, "appos", shed=(word, *_joined(tree, head)))
        yield Draft(FactKind.APPOSITION, head, "be", [head], [bearing, described])


def _alike(clauses: Clauses, one: int, other: int) -> bool:
    """Tell whether two neighbours can name one thing: two persons, two common nouns of one class."""
    tree = clauses.tree
    people = [
        "person" in nouns.kinds(tree, word)
        or gazetteer.is_title(tree.lemma(word))
        or tree.xpos(word) == "JJS"
        for word in (one, other)
    ]
    names = [bool(tree.tokens[word].name) or tree.upos(word) == "PROPN" for word in (one, other)]
    if any(tree.tokens[word].name == "person" for word in (one, other)):
        plural = any(tree.xpos(word) in ("NNS", "NNPS") for word in (one, other))
        return plural or all(people) or all(names)
    if any(names):
        return True
    first, second = (lexicon.noun_classes(tree.lemma(word)) for word in (one, other))
    return not first or not second or bool(first & second)


def _is_titling(tree: Tree, word: int) -> bool:
    """Tell whether the word is itself part of a title before a name: the minister in "water minister X"."""
    return tree.rels[word] == "nmod:desc" and gazetteer.is_title(tree.lemma(word))


def _is_age_number(tree: Tree, word: int) -> bool:
    """Tell whether a number alone can be years of age."""
    lemma = tree.lemma(word)
    return lemma.isdecimal() and 0 < int(lemma) <= OLDEST and all(tree.is_punct(k) for k in tree.kids[word])


def _is_title(clauses: Clauses, head: int, word: int) -> bool:
    """Tell a common noun for a person right before a person's name, whatever label the parser gave it."""
    tree = clauses.tree
    return (
        tree.base[word] == "compound"
        and tree.upos(word) == "NOUN"
        and tree.upos(head) == "PROPN"
        and "person" in nouns.kinds(tree, head)
        and "person" in nouns.kinds(tree, word)
    )


def _names_with_of(clauses: Clauses, head: int, word: int) -> bool:
    tree = clauses.tree
    return tree.upos(word) == "PROPN" and tree.lemma(head) in NAMED_WITH_OF and clauses.case(word) == "of"


def _possession(clauses: Clauses, head: int, word: int) -> Draft:
    """Return whose a thing is; "whose" stands for the antecedent."""
    owner = clauses.antecedent(word)
    possessor = Slot(Role.POSSESSOR, owner, "nmod:poss", implied=owner != word)
    tree = clauses.tree
    predicated = tree.child(head, "cop", "nsubj") is not None
    thing = Slot(Role.PATIENT, head, "cop" if predicated else "possessed")
    return Draft(FactKind.POSSESSIVE, head, tree.lemma(head), [head], [possessor, thing])


def _age(clauses: Clauses, word: int) -> Iterator[Draft]:
    """Read "a 52-year-old baker" and "is 52 years old"."""
    tree = clauses.tree
    first, last = tree.subtree(word)[0], word
    if not any(tree.upos(w) == "NUM" or tree.lemma(w)[:1].isdigit() for w in range(first, last + 1)):
        return
    bearer = tree.heads[word]
    if tree.base[word] not in ("amod", "compound"):
        found = clauses.subject(word) if word in clauses.predicates else None
        bearer = found[0] if found else -1
    if bearer >= 0:
        while tree.upos(first) != "NUM" and not tree.lemma(first)[:1].isdigit() and first < last:
            first += 1
        age = Slot(Role.QUANTITY, word, "age", only=(first, last))
        yield Draft(FactKind.NOUN, word, "age", [word], [Slot(Role.PATIENT, bearer, "age"), age])


def _abbreviations(clauses: Clauses) -> Iterator[Draft]:
    """Read "Long Form (LF)": capitals in brackets that are initials of the words before."""
    tree, text = clauses.tree, clauses.text
    for at in range(1, len(tree) - 2):
        if tree.form(at, text) != "(" or tree.form(at + 2, text) != ")":
            continue
        letters = tree.form(at + 1, text)
        if not (1 < len(letters) <= LONGEST_ABBREVIATION and letters.isupper() and letters.isalpha()):
            continue
        first = _long_form(clauses, at, letters)
        first = first if first is not None else _shuffled_form(clauses, at, letters)
        if first is not None:
            head = _phrase_head(clauses, first, at - 1)
            long = Slot(Role.ATTRIBUTE, head, "abbreviation", only=(first, at - 1))
            short = Slot(Role.AGENT, at + 1, "abbreviation", only=(at + 1, at + 1))
            yield Draft(FactKind.ABBREVIATION, at + 1, "stand for", [at + 1], [short, long])


def _long_form(clauses: Clauses, end: int, letters: str) -> int | None:
    """Return the first word of the run before `end` whose capitals spell the letters."""
    left = len(letters) - 1
    at = end - 1
    while at >= 0 and left >= 0:
        form = clauses.tree.form(at, clauses.text)
        if form[:1].upper() == letters[left]:
            if left == 0:
                return at
            left -= 1
        elif form[:1].isupper() or clauses.tree.is_punct(at):
            return None
        at -= 1
    return None


def _shuffled_form(clauses: Clauses, end: int, letters: str) -> int | None:
    """Return the first of the capitalised words before `end` whose initials are the letters in another order.

    Abbreviations of translated names follow the original's word order.
    """
    tree, text = clauses.tree, clauses.text
    initials: list[str] = []
    for at in range(end - 1, -1, -1):
        form = tree.form(at, text)
        if form[:1].isupper():
            initials.append(form[0])
            if sorted(initials) == sorted(letters):
                return at
        elif tree.upos(at) not in ("ADP", "DET", "CCONJ") or len(initials) >= len(letters):
            return None
    return None


def _phrase_head(clauses: Clauses, first: int, last: int) -> int:
    """Return the word of the run whose governor lies outside of it."""
    return next((w for w in range(first, last + 1) if not first <= clauses.tree.heads[w] <= last), last)
