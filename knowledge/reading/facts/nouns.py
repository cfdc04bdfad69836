"""What sort of thing a head word names, as far as roles depend on it."""

from __future__ import annotations

import re
from functools import lru_cache

from knowledge.language import lexicon
from knowledge.language.quantities import time_word
from knowledge.reading.facts.tables import word_classes
from knowledge.reading.facts.tree import Tree

YEAR = re.compile(r"(1[0-9]|20)\d\d(s|-\d\d(\d\d)?|–\d\d(\d\d)?)?|'\d\ds?")
CLOCK = re.compile(r"\d{1,2}([:.]\d\d)?\s?([ap]\.?m\.?)?", re.IGNORECASE)
CLOCK_MARKS = frozenset({"a.m.", "p.m.", "am", "pm", "gmt", "utc", "o'clock", "est", "cet"})
PERSONAL = frozenset({"i", "we", "you", "he", "she", "they", "who", "whom", "someone", "somebody", "everyone",
                      "everybody", "anyone", "anybody", "nobody", "me", "us", "him", "her", "them", "myself",
                      "ourselves", "yourself", "himself", "herself", "themselves"})  # fmt: skip
# The article's kinds of name (knowledge.model.EntityKind), and WordNet's classes of nouns, as kinds of this
# module.
NAMES = {"person": "person", "organization": "person", "place": "place", "time": "time", "event": "event",
         "group": "person"}  # fmt: skip
WORDNET = {"person": "person", "organization": "person", "place": "place", "time": "time", "event": "event"}
LISTED = {"time_noun": "time", "unit_noun": "unit", "number_noun": "number", "person_noun": "person",
          "event_noun": "event", "medium_noun": "medium", "text_noun": "text", "comment_noun": "comment",
          "instrument_noun": "instrument", "vehicle_noun": "vehicle", "aim_noun": "aim",
          "occasion_noun": "occasion", "harm_noun": "harm", "ground_noun": "ground", "idle_noun": "idle",
          "state_noun": "state", "keeping_noun": "keeping", "dimension_noun": "dimension",
          "broadcast_noun": "broadcast"}  # fmt: skip


SOLID = frozenset({"artifact", "object", "body", "group", "organization", "plant", "substance", "place",
                   "event", "time", "communication"})  # fmt: skip
# Classes of what nothing can be in, but in a manner of speaking.
ABSTRACT = frozenset(
    {"possession", "money", "attribute", "feeling", "cognition", "motive", "relation", "quantity"}
)
# Kinds that do not say what sort of thing the noun is otherwise.
OVERLAYS = frozenset(
    {"harm", "aim", "ground", "dimension", "occasion", "idle", "comment", "state", "keeping"}
)


@lru_cache(maxsize=8192)
def lemma_kinds(lemma: str) -> frozenset[str]:
    """Return the kinds that a common noun can name: time, unit, number, person, place, event, medium, ..."""
    found = {LISTED[name] for name in word_classes().get(lemma, ()) if name in LISTED}
    if not found - OVERLAYS:
        classes = lexicon.noun_classes(lemma)
        found |= {WORDNET[name] for name in classes if name in WORDNET}
        if classes & {"artifact", "act"}:
            found.discard("time")  # a watch to be worn is no watch to be kept
        if classes and classes <= ABSTRACT:
            found.add("abstract")
    return frozenset(found)


def kinds(tree: Tree, word: int, case: str = "") -> frozenset[str]:
    """Return the kinds that the phrase with this head names; the case helps to tell a year from a number."""
    token = tree.tokens[word]
    lemma = token.lemma.lower()
    calendar = token.upos == "PROPN" and "time_noun" in word_classes().get(lemma, ())
    titled = token.name in ("organization", "thing") and time_word(lemma) is None
    if calendar and token.name != "person" and not titled:
        return frozenset({"time"})
    if case == "at" and lemma in ("first", "last", "once", "present"):
        return frozenset({"time"})
    if token.name:
        named = NAMES.get(token.name, "")
        if named:
            listed = frozenset(LISTED[n] for n in word_classes().get(lemma, ()) if n in LISTED)
            return frozenset({named}) | (listed & {"medium", "occasion"})
    if token.upos == "PRON":
        return frozenset({"person"}) if lemma in PERSONAL else frozenset()
    if token.upos == "SYM" or lemma.endswith(("$", "£", "€", "¥")):
        return frozenset({"unit", "number"})
    if token.upos == "NUM" or lemma[:1].isdigit() or lemma[:1] == "'":
        return _number_kinds(tree, word, lemma, case)
    if token.upos in ("NOUN", "PROPN", "ADJ", "ADV", "SYM"):
        found = lemma_kinds(lemma)
        if lemma == "fall" and not {tree.lemma(k) for k in tree.kids[word]} & {"last", "next", "this"}:
            found = found - {"time"}
        if "partitive_noun" in word_classes().get(lemma, ()):
            whole = next((k for k in tree.children(word, "nmod") if tree.opens_with_of(k)), None)
            return found if whole is None else kinds(tree, whole, case)
        if _is_bare(tree, word) and ("comment" in found or not lexicon.noun_classes(lemma) & SOLID):
            found = found | {"abstract"}
        counted = "event" in found and any(tree.base[kid] == "nummod" for kid in tree.kids[word])
        return found | {"counted"} if counted else found
    return frozenset()


def is_site(tree: Tree, word: int) -> bool:
    """Tell whether a common noun names a body that has a building: "in the school"."""
    classes = lexicon.noun_classes(tree.lemma(word))
    definite = any(tree.lemma(k) in ("the", "a", "an") for k in tree.children(word, "det"))
    return tree.upos(word) == "NOUN" and definite and "organization" in classes and "person" not in classes


def _is_bare(tree: Tree, word: int) -> bool:
    """Tell whether a singular common noun stands without article, owner and modifier."""
    return tree.xpos(word) == "NN" and all(tree.base[k] in ("case", "nmod", "punct") for k in tree.kids[word])


def _number_kinds(tree: Tree, word: int, lemma: str, case: str) -> frozenset[str]:
    """Tell a year or a time of day from a number."""
    if YEAR.fullmatch(lemma) and not tree.children(word, "nmod"):
        return frozenset({"time"})
    whole = next((k for k in tree.children(word, "nmod") if tree.opens_with_of(k)), None)
    if whole is not None:
        return kinds(tree, whole, case)
    beside = {tree.lemma(kid) for kid in tree.kids[word]}
    if (
        beside & CLOCK_MARKS
        or (":" in lemma and CLOCK.fullmatch(lemma))
        or lemma.endswith(("am", "pm", ".m."))
    ):
        return frozenset({"time"})
    if "%" in beside or lemma.endswith("%"):
        return frozenset({"unit", "number"})
    return frozenset({"number"})


def is_animate(tree: Tree, word: int) -> bool:
    """Tell whether the head names a person or an organisation."""
    return "person" in kinds(tree, word)
