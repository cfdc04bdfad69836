"""Facts from parsed sentences: clauses and their roles, events named by nouns, who and what things are.

How roles are given where the model leaves it open: the subject of an active verb or of a copula is the
AGENT, also where it only undergoes something ("the house collapsed"); the subject of a passive is the
PATIENT, or the RECIPIENT of a verb of giving or telling. In appositions, titles, ages and abbreviations the
bearer is the AGENT and the description the ATTRIBUTE. In noun and possessive facts the thing itself is the
PATIENT; what has a measured dimension is the POSSESSOR. An infinitive's span keeps its "to"; `case` is
never part of a span.
"""

from knowledge.reading.facts.extraction import extract

__all__ = ["extract"]
