"""What shape a phrase of an article has: a name, a bare adjective, a span of time, a reason, a part.

Independent of any question, so that it is worked out once for each phrase. A feature "WH:SHAPE" tells that a
phrase of that shape answers such a question; its weight is learned.
"""

from __future__ import annotations

import re

from knowledge.asking.index import ArticleIndex, Look
from knowledge.language import quantities

CONTENT = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"}
REASON_MARKS = frozenset({"because", "since", "due", "owing", "thanks", "amid", "over", "so"})
TIME_MARKS = frozenset({"after", "before", "when", "while", "until", "once", "during", "since"})
MEANS_MARKS = frozenset({"by", "through", "via", "with"})
GIVING_REASONS = frozenset({"cite", "blame", "fear", "say", "argue", "complain", "claim", "hope", "accuse"})
"""Verbs whose participle gives the doer's reason: "refused, saying that ..."."""
MOMENT = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|today|yesterday|tomorrow|tonight|noon|midnight|dawn|"
    r"dusk|morning|afternoon|evening|night|january|february|march|april|june|july|august|september|october|"
    r"november|december|(?:last|this|next|previous|same) "
    r"(?:week|month|year|decade|century|summer|winter|spring|autumn)|"
    r"earlier|later|ago|now|currently|recently|soon|(?:1[5-9]|20)\d\d|\d{1,2}[:.]\d\d ?[ap]?\.?m?\.?|"
    r"\d{1,2} ?[ap]\.?m\b\.?|in (?:1[5-9]|20)\d\ds?|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\. \d)",
    re.IGNORECASE,
)
DURATION = re.compile(
    r"(?:\b(?:\d[\d.,]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|sixty|ninety|hundred|several|few|many|half|couple of|dozens? of)[ -](?:more |and a half )?"
    r"(?:second|minute|hour|day|night|week|month|year|decade|centur)(?:s|ies|y)?\b|\b(?:hours|days|weeks|months|"
    r"years|decades|centuries) of\b)(?!-old| old| ago)",
    re.IGNORECASE,
)
AGE = re.compile(
    r"^\d{1,3}$|-year-old|\byears? old\b|\baged? \d|\b(?:now|was|is|turned|turns) \d\d?\b", re.IGNORECASE
)
MONEY = re.compile(r"[$€£¥₹]|\b(?:Rs|cents?)\b")
PERCENT = re.compile(r"%|\bper ?cent\b|\bpercentage points?\b", re.IGNORECASE)
INNER = frozenset({"amod", "compound", "flat", "nummod", "fixed", "advmod", "det", "case"})
Shape = frozenset[str]


def shape_of(index: ArticleIndex, mask: int, head: int) -> Shape:
    """Return the labels that fit a phrase."""
    return look_of(index, mask, head).shape


def look_of(index: ArticleIndex, mask: int, head: int) -> Look:
    """Return what can be told of a phrase whatever is asked, worked out once."""
    found = index.looks.get((mask, head))
    if found is None:
        found = index.looks[mask, head] = Look(
            length=mask.bit_count(),
            pronoun=head >= 0 and index.words[head].upos == "PRON",
            words=mask | 1 << head if head >= 0 else mask,
            content=mask & index.tags_mask(CONTENT),
            shape=frozenset(_labels(index, mask, head)) if head >= 0 and mask else frozenset(),
        )
    return found


def _labels(index: ArticleIndex, mask: int, head: int) -> set[str]:
    word = index.words[head]
    relation = word.deprel.split(":")[0]
    content = mask & index.tags_mask(CONTENT)
    found = {_kind(word.upos, word.xpos)}
    if relation in INNER:
        found.add("inner")
    if content.bit_count() == 1:
        found.add("single")
    if mask & index.tags_mask(frozenset({"PROPN"})):
        found.add("named")
    if word.entity >= 0 and index.entities[word.entity].proper and word.upos != "PROPN":
        found.add("described")
    found |= _measures(index, mask, word.upos)
    if word.upos == "NUM" and relation == "nummod" and index.words[word.head].lemma not in {"year", "month"}:
        found.discard("age")
    found |= _marks(index, mask, head, relation)
    return found


def _kind(upos: str, xpos: str) -> str:
    """Return what sort of word heads the phrase."""
    if upos == "PROPN":
        return "name"
    if upos in {"NOUN", "SYM"}:
        return "noun"
    if upos in {"VERB", "AUX"}:
        return "participle" if xpos in {"VBG", "VBN"} else "verb"
    if upos in {"NUM", "ADJ", "ADV", "PRON"}:
        return {"NUM": "number", "ADJ": "adjective", "ADV": "adverb", "PRON": "pronoun_head"}[upos]
    return "function"


def _measures(index: ArticleIndex, mask: int, upos: str) -> set[str]:
    """Tell whether the phrase is, or is about, a time, an age, a price, a share, a measure."""
    numbers = list(index.numbers(mask))
    text = index.article.text[index.words[numbers[0]].start : index.words[numbers[-1]].end]
    found = set()
    for label, pattern in (
        ("moment", MOMENT), ("duration", DURATION), ("age", AGE), ("money", MONEY), ("percent", PERCENT)
    ):  # fmt: skip
        if pattern.search(text):
            found.add(label)
    if mask & index.tags_mask(frozenset({"NUM"})):
        found.add("counted")
        units = [unit for i in numbers if (unit := quantities.unit(index.words[i].text)) is not None]
        if any(unit.dimension == "money" for unit in units):
            found.add("money")
        elif units and not found & {"percent", "duration", "moment"}:
            found.add("measure")
    return found


def _marks(index: ArticleIndex, mask: int, head: int, relation: str) -> set[str]:
    """Tell by its markers whether a phrase gives a reason, a purpose, a means or a time."""
    marks = {
        index.words[c].text.lower() for c in index.children[head]
        if index.words[c].deprel.split(":")[0] in {"mark", "case", "advmod"} and c < head
    }  # fmt: skip
    word = index.words[head]
    found = set()
    if marks & REASON_MARKS or (word.xpos == "VBG" and word.lemma in GIVING_REASONS):
        found.add("reason")
    if relation in {"advcl", "acl", "xcomp"} and "to" in marks:
        found.add("aim")
    if "for" in marks:
        found.add("for")
    if marks & TIME_MARKS:
        found.add("then")
    if marks & MEANS_MARKS:
        found.add("means")
    if relation in {"ccomp", "csubj"}:
        found.add("content")
    return found
