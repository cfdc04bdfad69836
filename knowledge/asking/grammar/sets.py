"""Closed sets of words and tags that the question grammar goes by."""

from __future__ import annotations

from knowledge.asking.wordsets import wordset

BE = {"be", "is", "are", "was", "were", "been", "being", "am", "'s", "'re", "'m", "get", "gets", "got"}
GET = {"get", "gets", "got", "getting"}
DO = {"do", "does", "did"}
HAVE = {"have", "has", "had", "'ve", "having"}
MODAL = {"will", "would", "can", "could", "shall", "should", "may", "might", "must", "ca", "wo", "'ll", "'d"}
NEGATIONS = {"not", "n't", "never", "no", "nobody", "nothing", "none", "neither", "nor", "without"}
QUESTION_WORDS = {"who", "whom", "whose", "what", "which", "when", "where", "why", "how"}
NOUN = {"NOUN", "PROPN", "X"}
NOMINAL = {"NOUN", "PROPN", "NUM", "PRON", "X"}
MODIFIER = {"DET", "ADJ", "NUM", "NOUN", "PROPN", "X", "VBN", "VBG", "PRON"}
VERBAL = {"VB", "VBD", "VBG", "VBN", "VBP", "VBZ"}
FINITE = {"VBD", "VBZ", "VBP", "BE", "HAVE", "MD", "DO"}
AUXILIARY = {"BE", "DO", "HAVE", "MD"}
PREPOSITIONS = {"ADP", "SCONJ"}
SUBJECT_PRONOUNS = {"i", "he", "she", "we", "they", "it", "you"}
OWNERS = {"his", "her", "its", "their", "my", "our", "your"}
RELATIVE = {"that", "who", "which", "whom", "whose"}
DEGREES = wordset("degree")
STRANDABLE = wordset("strandable")
COMPOUND_CASES = wordset("compound_case")
NOUN_CASES = wordset("noun_case")
PARTICLES = wordset("particle")
KIND_NOUNS = wordset("kind_noun")
SUBORDINATORS = wordset("subordinator")
REPORTING = wordset("reporting_verb")
CAUSATIVE = wordset("causative_verb")
"""Verbs whose object does what the bare infinitive behind it says: "made them leave"."""
EMBEDDING = wordset("opening_verb")
"""Verbs that a question hangs on: "tell me who"."""
SEMI_MODAL = wordset("semi_modal")
"""What behaves like a modal verb before "to": "have to", "manage to"."""
FOCUS = wordset("focus_adverb")
"""Words that may stand behind a wh-phrase: "what exactly did"."""
TIME_NOUNS = wordset("time_noun")
PLACE_NOUNS = wordset("place_noun")
REASON_NOUNS = wordset("reason_noun")
WAY_NOUNS = wordset("way_noun")
LISTING = wordset("listing_verb")
"""Imperatives that ask for what follows: "name the two steps she took"."""
SECOND_OBJECT = wordset("second_object_verb")
"""Verbs whose passive keeps an object: "what was he given", "what is it called"."""
CONTROLLED = wordset("controlled_verb")
"""Verbs that tell somebody to do something: "who did she urge to resign"."""
