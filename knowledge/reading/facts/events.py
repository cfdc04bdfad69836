"""Which nouns name events, and the verb that each stands for."""

from __future__ import annotations

from functools import lru_cache

from knowledge.language import lexicon
from knowledge.reading.facts.tables import lemmas_of, word_classes

EVENTS = frozenset({"act", "event", "communication", "process", "feeling"})
MEASURES = frozenset({"attribute", "phenomenon", "quantity", "shape"})
THINGS = frozenset({"place", "artifact", "person", "group", "organization", "body", "object", "plant",
                    "animal", "substance", "food", "shape", "time"})  # fmt: skip
LISTED_EVENTS = frozenset({"from_agent", "on_patient", "undergo_noun"})


@lru_cache(maxsize=8192)
def named_event(noun: str) -> str:
    """Return the verb of the event that a noun names, "" where it is a thing ("building", "school")."""
    verb = lexicon.nominal_verb(noun) or ""
    classes = lexicon.noun_classes(noun)
    if (classes & THINGS and not classes & EVENTS) or (classes and classes <= MEASURES):
        return ""
    if verb == noun and noun in lemmas_of("change_verb"):
        return verb
    if verb == noun and (classes & THINGS or not classes & EVENTS):
        return verb if noun in word_classes() and word_classes()[noun] & LISTED_EVENTS else ""
    return verb
