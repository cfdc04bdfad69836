"""The question grammar: what is asked, of which predicate, in which voice, with which fillers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking.frame import Clause, QuestionFrame, frame_question
from knowledge.asking.typed.normalise import read_question
from knowledge.asking.typed.tagger import Tagger


def frame(question: str) -> QuestionFrame:
    words = read_question(question).words
    return frame_question(words, tuple(Tagger.load().tag([w.lower() for w in words])))


def asked_clause(found: QuestionFrame) -> Clause:
    return found.clauses[found.asked.clause]


# question, wh, gap, case, predicate, passive
GAPS = [
    ("Who closed something?", "who", "subject", "", "close", False),
    ("What closed?", "what", "subject", "", "close", False),
    ("What did someone close?", "what", "object", "", "close", False),
    ("What did the mayor close?", "what", "object", "", "close", False),
    ("When will the talks start?", "when", "adverb", "", "start", False),
    ("Has the mayor resigned?", "yesno", "", "", "resign", False),
    ("What was closed?", "what", "subject", "", "close", True),
    ("What was being closed?", "what", "subject", "", "close", True),
    ("What has been closed?", "what", "subject", "", "close", True),
    ("Who was something closed by?", "who", "oblique", "by", "close", True),
    ("By whom was something closed?", "who", "oblique", "by", "close", True),
    ("When did someone close something?", "when", "adverb", "", "close", False),
    ("When was something closed?", "when", "adverb", "", "close", True),
    ("Where did someone put something?", "where", "adverb", "", "put", False),
    ("Where does someone come from?", "where", "adverb", "from", "come", False),
    ("Why did someone do something?", "why", "adverb", "", "do", False),
    ("How come something was closed?", "why", "adverb", "", "close", True),
    ("How did someone open something?", "how", "adverb", "", "open", False),
    ("Who did someone give something to?", "who", "oblique", "to", "give", False),
    ("To whom did someone give something?", "who", "oblique", "to", "give", False),
    ("What did someone give to someone?", "what", "object", "", "give", False),
    ("What did someone give someone?", "what", "second", "", "give", False),
    ("Who gave something to someone?", "who", "subject", "", "give", False),
    ("Who was something given to?", "who", "oblique", "to", "give", True),
    ("What was given to someone?", "what", "subject", "", "give", True),
    ("From whom did someone receive something?", "who", "oblique", "from", "receive", False),
    ("What is someone talking about?", "what", "oblique", "about", "talk", False),
    ("What has someone been talking about?", "what", "oblique", "about", "talk", False),
    ("Who has been talking about something?", "who", "subject", "", "talk", False),
    ("What does someone want to buy?", "what", "object", "", "buy", False),
    ("What did someone try to do?", "what", "object", "", "do", False),
    ("Who tried to do something?", "who", "subject", "", "try", False),
    ("What was someone asked to do?", "what", "object", "", "do", False),
    ("Who was asked to do something?", "who", "subject", "", "ask", True),
    ("Who did someone urge to resign?", "who", "object", "", "urge", False),
    ("What is something made of?", "what", "oblique", "of", "make", True),
    ("What was something closed for?", "what", "oblique", "for", "close", True),
    ("What led to something?", "what", "subject", "", "lead", False),
    ("What did something lead to?", "what", "oblique", "to", "lead", False),
    ("When should something start?", "when", "adverb", "", "start", False),
    ("What might someone have sold?", "what", "object", "", "sell", False),
    ("What had not been sold?", "what", "subject", "", "sell", True),
    ("How long did something last?", "how_long", "adverb", "", "last", False),
    ("How often does someone visit someone?", "how_often", "adverb", "", "visit", False),
    ("How much did something cost?", "how_much", "object", "", "cost", False),
    ("How many people attended something?", "how_many", "subject", "", "attend", False),
    ("How many people did someone invite?", "how_many", "object", "", "invite", False),
    ("Which country did the minister visit?", "which", "object", "", "visit", False),
    ("Which minister visited the country?", "which", "subject", "", "visit", False),
    ("Which of the ministers resigned?", "which", "subject", "", "resign", False),
    ("What kind of boat did the navy seize?", "which", "object", "", "seize", False),
    ("Whose car did someone steal?", "whose", "object", "", "steal", False),
    ("Whose car was stolen?", "whose", "subject", "", "steal", True),
    ("Who is the minister?", "who", "complement", "", "be", False),
    ("What is the name of the minister?", "what", "complement", "", "be", False),
    ("How old is the mayor?", "how_old", "complement", "", "be", False),
    ("How strong was the wind?", "how_adjective", "complement", "", "be", False),
    ("What are people afraid of?", "what", "oblique", "of", "be", False),
    ("Who said that the mayor resigned?", "who", "subject", "", "say", False),
    ("What did the mayor say about the bridge?", "what", "object", "", "say", False),
    ("What did the mayor say was closed?", "what", "subject", "", "close", True),
    ("Who did the mayor say closed the bridge?", "who", "subject", "", "close", False),
    ("Who was it that closed the bridge?", "who", "subject", "", "close", False),
    ("The mayor spoke to who?", "who", "oblique", "to", "speak", False),
    ("Did the mayor close the bridge?", "yesno", "", "", "close", False),
    ("Was the bridge closed by the mayor?", "yesno", "", "", "close", True),
    ("Is the mayor a doctor?", "yesno", "", "", "be", False),
    ("any idea why the bridge was closed", "why", "adverb", "", "close", True),
    ("please tell me who closed the bridge", "who", "subject", "", "close", False),
    ("By which tanker were three of the crew saved?", "which", "oblique", "by", "save", True),
    ("In response to what did the mayor resign?", "what", "oblique", "in response to", "resign", False),
    ("For what purpose did the mayor close the bridge?", "why", "adverb", "", "close", False),
    ("On what grounds was he acquitted?", "why", "adverb", "", "acquit", True),
    ("By what means did the crew escape?", "how", "adverb", "", "escape", False),
    ("What year did the storm hit the coast?", "which", "adverb", "", "hit", False),
    ("What exactly did the finance minister say about the deal?", "what", "object", "", "say", False),
    ("What did the coast guard do on Monday?", "what", "object", "", "do", False),
    ("How long did the 1989 strike last?", "how_long", "adverb", "", "last", False),
    ("How many people work at the plant?", "how_many", "subject", "", "work", False),
    ("How much of the money did the rebels keep?", "how_much", "object", "", "keep", False),
    ("How hard did the storm hit the town?", "how_adjective", "adverb", "", "hit", False),
    ("How big a fine did the firm get?", "how_adjective", "object", "", "get", False),
    ("Why does the minister have to approve it?", "why", "adverb", "", "approve", False),
    ("When is the bridge due to open?", "when", "adverb", "", "open", False),
    ("Which company is being taken over by the bank?", "which", "subject", "", "take", True),
    ("What do the men that don't join the army get?", "what", "object", "", "get", False),
    ("How old was the mayor when she died?", "how_old", "complement", "", "be", False),
    ("What was the name of the man killed?", "what", "complement", "", "be", False),
    ("Who is the man Ann spoke to on Friday?", "who", "oblique", "to", "speak", False),
    ("Name the two steps the mayor took after the storm.", "which", "object", "", "take", False),
    ("list everything that the mayor promised", "what", "object", "", "promise", False),
    ("Did the mayor mention the bridge when she spoke?", "yesno", "", "", "mention", False),
    ("Is it true that the mayor resigned?", "yesno", "", "", "resign", False),
    ("With whom and when did the mayor speak?", "who", "oblique", "with", "speak", False),
    ("What was stolen and by whom?", "what", "subject", "", "steal", True),
    ("Who besides the mayor resigned?", "who", "subject", "", "resign", False),
    ("Who is believed to have taken the money?", "who", "subject", "", "take", False),
    ("The bank had to pay how many pounds?", "how_many", "object", "", "pay", False),
    ("The region was named after whom?", "who", "oblique", "after", "name", True),
    ("When the storm came, what did the mayor do?", "what", "object", "", "do", False),
    ("who did the mayor thank", "who", "object", "", "thank", False),
    ("I'd like to know what the mayor closed", "what", "object", "", "close", False),
]
FILLERS = [
    ("Who did the mayor of the city speak to about the bridge?", {"the mayor of the city", "the bridge"}),
    ("When was the old bridge closed by the mayor?", {"the old bridge", "the mayor"}),
    ("Which bridge did the mayor close on Monday?", {"the mayor", "Monday"}),
    ("What did the mayor give the workers?", {"the mayor", "the workers"}),
]
COUNTED = [
    ("How many people attended?", "people"),
    ("Which country did she visit?", "country"),
    ("What kind of boat sank?", "boat"),
    ("Whose sister left?", "sister"),
    ("In which month did it start?", "month"),
    ("How many of the sailors died?", "sailor"),
    ("Which of the two bridges did she close?", "bridge"),
    ("Whose son-in-law was arrested?", "son"),
    ("What share of the vote did she get?", "share"),
    ("Which sports team got stuck?", "team"),
]


@pytest.mark.parametrize(("question", "wh", "gap", "case", "predicate", "passive"), GAPS)
def test_what_a_question_asks(
    question: str, wh: str, gap: str, case: str, predicate: str, passive: bool
) -> None:
    found = frame(question)
    clause = asked_clause(found)
    assert (found.asked.wh, found.asked.gap, found.asked.case) == (wh, gap, case)
    assert predicate in clause.lemmas
    assert clause.passive is passive


@pytest.mark.parametrize(("question", "fillers"), FILLERS)
def test_one_filler_a_slot(question: str, fillers: set[str]) -> None:
    found = frame(question)
    assert {found.text(s) for c in found.clauses for s in c.slots} == fillers


@pytest.mark.parametrize(("question", "noun"), COUNTED)
def test_the_noun_asked_for(question: str, noun: str) -> None:
    assert frame(question).asked.noun == noun


@pytest.mark.parametrize(
    "question",
    [
        "Why didn't the mayor resign?",
        "Who did not resign?",
        "Did the mayor not resign?",
        "Who has never resigned?",
    ],
)
def test_a_negated_question_is_known_as_one(question: str) -> None:
    assert frame(question).negated


@pytest.mark.parametrize("question", ["Who resigned?", "Did the mayor resign?", "What was the note about?"])
def test_a_plain_question_is_not_negated(question: str) -> None:
    assert not frame(question).negated


def test_alternatives_are_kept_apart() -> None:
    found = frame("Did the mayor close the bridge or the tunnel?")
    assert [found.text(s) for s in found.choices] == ["the bridge", "the tunnel"]


@pytest.mark.parametrize(
    ("question", "choices"),
    [
        ("Do they meet on Monday or on Wednesday?", ["Monday", "Wednesday"]),
        ("did the shares go up or down", ["up", "down"]),
        ("is it 3 days of mourning or a week", ["3 days of mourning", "a week"]),
    ],
)
def test_alternatives_may_be_phrases_or_adverbs(question: str, choices: list[str]) -> None:
    found = frame(question)
    assert [found.text(s) for s in found.choices] == choices


def test_a_cleft_alternative_is_the_object_where_the_clause_has_a_subject() -> None:
    clause = asked_clause(frame("was it the bridge or the tunnel that the mayor closed"))
    slots = {s.kind for s in clause.slots}
    assert {"subject", "object"} <= slots


@pytest.mark.parametrize("words", ["bridge closed monday", "bridge repairs", "the mayor's tunnel"])
def test_bare_keywords_ask_no_role(words: str) -> None:
    assert frame(words).asked.wh == "topic"


SUBJECTS = st.sampled_from(["the mayor", "two old ministers", "Anna Berg", "the city council", "she"])
VERBS = st.sampled_from(
    [
        ("burn", "burned", "burned"),
        ("sell", "sold", "sold"),
        ("write", "wrote", "written"),
        ("see", "saw", "seen"),
    ]
)
OBJECTS = st.sampled_from(
    ["the bridge", "a long letter", "Tom", "three red boats", "the tunnel under the river"]
)
TIMES = st.sampled_from(["", " on Monday", " in May", " last year", " after the storm"])


@given(SUBJECTS, VERBS, OBJECTS, TIMES)
def test_templates_ask_for_the_slot_that_they_leave_open(
    subject: str, verb: tuple[str, str, str], object_: str, when: str
) -> None:
    base, past, participle = verb
    be = "were" if object_.startswith("three") else "was"
    templates = {
        f"who {past} {object_}{when}?": ("subject", False),
        f"what did {subject} {base}{when}?": ("object", False),
        f"why did {subject} {base} {object_}{when}?": ("adverb", False),
        f"who {be} {object_} {participle} by?": ("oblique", True),
        f"when {be} {object_} {participle}?": ("adverb", True),
        f"what has been {participle}{when}?": ("subject", True),
    }
    for question, (gap, passive) in templates.items():
        found = frame(question)
        assert (found.asked.gap, asked_clause(found).passive) == (gap, passive), question
        assert base in asked_clause(found).lemmas, question


GRAMMAR = [
    "who",
    "what",
    "which",
    "how",
    "many",
    "did",
    "was",
    "the",
    "a",
    "bridge",
    "mayor",
    "close",
    "closed",
    "to",
]
GRAMMAR += ["by", "of", "that", "and", "or", "not", "'s", "?", ","]


@given(st.lists(st.sampled_from(GRAMMAR), max_size=14))
def test_any_words_give_a_frame_whose_slots_lie_inside(words: list[str]) -> None:
    found = frame_question(tuple(words), tuple(Tagger.load().tag(words)))
    for slot in [s for c in found.clauses for s in c.slots] + [*found.loose, *found.choices]:
        assert 0 <= slot.start <= slot.head < max(slot.end, slot.start + 1) <= len(words)
    assert not found.clauses or 0 <= found.asked.clause < len(found.clauses)
