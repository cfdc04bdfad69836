"""What a question asks, as a frame of clauses with slots and a gap.

Made by a hand-written question grammar over tagged words (no parser): in the manner of QA-SRL's templates
(wh, auxiliary, subject, verb, object, preposition, rest), with passives, stranded and fronted prepositions,
clefts, embedded questions ("who said that ..."), control ("vowed to take ..."), relative clauses, and
questions in place ("she spoke to who"). Positions are word indices into `QuestionFrame.words`, half-open.
"""

from __future__ import annotations

from knowledge.asking.grammar.nouns import Asked, Clause, QuestionFrame, Slot
from knowledge.asking.grammar.question import frame_question

__all__ = ["Asked", "Clause", "QuestionFrame", "Slot", "frame_question"]
