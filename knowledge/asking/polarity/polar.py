"""A yes/no question made plain: its tags and openers cut, its cleft undone, its alternatives told apart.

Everything here turns words into words, which are then framed again: "is it true that X fell" is "X fell",
"was it X that Y hit" is "Y hit X" with the focus on X, "did it rise or fall" is "did it rise" and "did it
fall". The rewritings are data (`data/polar.tsv`).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from knowledge.asking import tables
from knowledge.asking.frame import QuestionFrame, Slot, frame_question
from knowledge.asking.grammar.sets import AUXILIARY, QUESTION_WORDS, VERBAL
from knowledge.asking.index import ArticleIndex
from knowledge.asking.terms import Linked, link
from knowledge.asking.typed.tagger import Tagger
from knowledge.language import lexicon, quantities

SPOKEN_TO = frozenset({"you", "u", "anyone", "anybody", "someone", "somebody"})
INNER = frozenset({"when", "where", "why", "how"})
"""Words that open a clause within a yes/no question."""
OPENING = frozenset(
    ["do", "does", "did", "is", "are", "was", "were", "am", "has", "have", "had", "will", "would", "can"]
) | frozenset(["could", "shall", "should", "must", "might"])  # fmt: skip
NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "X", "ADJ", "DET"})
DETERMINERS = frozenset({"a", "an", "the", "this", "that"})
PLAIN_TAGS = {"VERB": "VB", "ADJ": "ADJ", "NOUN": "NOUN", "ADV": "ADV"}
CASES = frozenset({"like", "including", "following", "given"})
"""Verbs in the lexicon that in a question are prepositions."""
LOOSE_ENDS = frozenset({"?", ".", "!", ",", ";", ":", "-", "…"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What a question asks to confirm, framed and linked.

    `focus` are the positions of a cleft's words; `bound` tells which side of its number is asked for.
    """

    frame: QuestionFrame
    linked: Linked
    focus: frozenset[int] = frozenset()
    bound: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One of two alternatives: its words as typed, and the question that holds it alone."""

    text: str
    asked: tuple[str, ...]


def asks_polar(frame: QuestionFrame) -> bool:
    """Tell whether a question wants a yes or a no, or one of two alternatives.

    One that opens with an auxiliary does, also where a clause with "when" or "who" follows.
    """
    if frame.asked.wh == "yesno":
        return True
    low = [w.lower() for w in frame.words]
    if len(low) < 3 or low[0] not in OPENING:
        return False
    at = next((i for i, w in enumerate(low) if w in QUESTION_WORDS), None)
    if at is None:
        return frame.asked.wh == "topic"
    inverted = at + 1 < len(low) and low[at + 1] in OPENING
    return at >= 3 and low[1] not in SPOKEN_TO and low[at - 1] not in {",", "or"} and not inverted


def framed(typed: tuple[str, ...], index: ArticleIndex, polar: bool = False) -> QuestionFrame:
    """Return the frame of a question, tagged with what the article knows about its words.

    In a yes/no question ("polar") a later "when" only opens a clause.
    """
    tags = Tagger.load().tag([w.lower() for w in typed], index.tags)
    for i, word in enumerate(typed):
        name = word.lower() in index.names and word.lower() not in index.vocabulary
        if name and (tags[i] == "NOUN" or (tags[i] in VERBAL and (polar or word[:1].isupper()))):
            tags[i] = "PROPN"
        elif word.lower() == "according" and typed[i + 1 : i + 2] == ("to",):
            tags[i] = "ADP"
        elif (
            polar
            and tags[i] == "PROPN"
            and word.islower()
            and word not in index.names
            and lexicon.is_word(word)
        ):
            tags[i] = _common_tag(word, typed[i - 1].lower() if i else "")
            if tags[i] == "VB" and tags[i - 1] == "ADP":
                tags[i - 1] = "PART"
        elif polar and i > 1 and word.lower() in INNER:
            tags[i] = "SCONJ"
    return frame_question(typed, tuple(_retagged(typed, tags)))


def _common_tag(word: str, before: str) -> str:
    """Return the tag of a small word that the tagger took for a name; behind "to" it may be a verb."""
    able = [t for t in lexicon.tags(word) if t != "PROPN"]
    if before == "to" and "VERB" in able and word in lexicon.verb_lemmas(word):
        return "VB"
    return PLAIN_TAGS.get(lexicon.tags(word)[0] if lexicon.tags(word) else "", "PROPN")


def _retagged(typed: tuple[str, ...], tags: list[str]) -> list[str]:
    """Return tags that leave an opening "did" or "will" one verb: the last base form that can be it."""
    low = [w.lower() for w in typed]
    if not low or low[0] not in {"do", "does", "did", "will", "would", "can", "could", "should", "must"}:
        return tags
    tags = [*tags]
    if tags[0] == "PROPN":
        tags[0] = "MD"
    for i in range(1, len(low)):
        odd = tags[i] in {"ADP", "SCONJ", "ADV"} and "ADP" not in lexicon.tags(low[i])
        if odd and lexicon.tags(low[i])[:1] == ("VERB",) and low[i] in lexicon.verb_lemmas(low[i]):
            tags[i] = "VB"
    for i in range(1, len(low)):
        if tags[i] == "VBP" and low[i] in lexicon.verb_lemmas(low[i]):
            tags[i] = "VB"
            break
        if tags[i] in {"SCONJ", "WH", "CCONJ"}:
            break
    stop = next(
        (i for i in range(2, len(low)) if tags[i] in {"SCONJ", "WH", "CCONJ"} or low[i] == "that"), len(low)
    )
    verbs = [i for i in range(1, stop) if tags[i] in {"VB", "VBP", "BE", "HAVE"} and low[i - 1] != "to"]
    if len(verbs) > 1 and tags[verbs[0]] == "VB" and lexicon.tags(low[verbs[0]])[:1] != ("VERB",):
        tags[verbs[0]] = "PROPN" if typed[verbs[0]][:1].isupper() else "NOUN"
        tags[verbs[1]] = "VB" if tags[verbs[1]] == "VBP" else tags[verbs[1]]
    elif not any(tags[i] in VERBAL | {"BE", "HAVE"} for i in range(1, stop)):
        end = next((i for i in range(1, stop) if tags[i] not in NOMINAL | {"PART", "PUNCT"}), stop)
        able = [i for i in range(2, end) if _could_be_verb(low[i]) and tags[i] != "PROPN"]
        able = able or [
            i for i in range(end, stop)
            if _could_be_verb(low[i]) and tags[i] == "NOUN" and tags[i - 1] not in {"DET", "ADP", "ADJ"}
        ]  # fmt: skip
        sure = [i for i in range(2, stop) if _could_be_verb(low[i]) and lexicon.tags(low[i])[:1] == ("VERB",)]
        best = [i for i in sure if i in able or (tags[i] == "ADP" and low[i] not in CASES)][:1] or able[-1:]
        for i in best:
            tags[i] = "VB"
    return tags


def _could_be_verb(word: str) -> bool:
    return word in lexicon.verb_lemmas(word) and "VERB" in lexicon.tags(word)


def claim(typed: tuple[str, ...], index: ArticleIndex) -> Claim:
    """Return what a yes/no question's words ask to confirm."""
    plain, bound = _unbound(_plain(typed))
    focus: frozenset[int] = frozenset()
    undone = _uncleft(plain, index)
    if undone is not None:
        plain, focus = undone
    frame = framed((*plain, "?"), index, polar=True)
    if not frame.clauses:
        frame = framed(_stated(plain, index), index, polar=True)
    linked = link(frame, index)
    return Claim(_parted(frame, linked), linked, focus, bound)


def _unbound(plain: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """Return the words without "more than" before a number, and which side of it is asked for.

    "No more than" turns the side round and is left as it stands.
    """
    low = [w.lower() for w in plain]
    for (first, second), bound in BOUNDS.items():
        for i in range(1, len(low) - 2):
            if (
                low[i - 1] not in {"no", "not"}
                and low[i : i + 2] == [first, second]
                and quantities.parse_number(low[i + 2]) is not None
            ):
                return (*plain[:i], *plain[i + 2 :]), bound
    return plain, ""


BOUNDS = {
    ("more", "than"): "more",
    ("fewer", "than"): "fewer",
    ("less", "than"): "fewer",
    ("at", "least"): "least",
    ("at", "most"): "most",
    ("up", "to"): "most",
}


def _parted(frame: QuestionFrame, linked: Linked) -> QuestionFrame:
    """Return the frame with "is Ann Lee Norway's envoy" parted behind the name that it opens with."""
    clause = frame.clauses[0] if len(frame.clauses) == 1 else None
    if clause is None or not clause.copular or len(clause.slots) != 1 or clause.slots[0].kind != "subject":
        return frame
    whole = clause.slots[0]
    opening = [x for x in linked.entities(whole.start, whole.end) if x.named and x.start == whole.start]
    at = max((x.end for x in opening), default=whole.end)
    if at >= whole.end or frame.words[at].lower() in {"'s", "of", "and", "or"}:
        return frame
    name = replace(whole, end=at, head=at - 1)
    rest = Slot("complement", "", at, whole.end, whole.end - 1)
    return replace(frame, clauses=(replace(clause, slots=[name, rest]),))


@functools.lru_cache(maxsize=1 << 8)
def _plain(typed: tuple[str, ...]) -> tuple[str, ...]:
    while typed and typed[-1] in LOOSE_ENDS:
        typed = typed[:-1]
    text = " ".join(typed)
    for kind, pattern, other in _rules():
        if kind == "opener":
            match = pattern.match(text)
            text = text[match.end() :].strip(" ,:") if match and match.end() < len(text) else text
        elif kind == "tag":
            text = pattern.sub("", text)
        elif kind == "plain":
            text = pattern.sub(other, text, count=1)
    found = text.split()
    while found and found[-1] in LOOSE_ENDS:
        found.pop()
    return tuple(found)


def _uncleft(plain: tuple[str, ...], index: ArticleIndex) -> tuple[tuple[str, ...], frozenset[int]] | None:
    """Turn "was it X that Y hit" into "Y hit X", "was it X who fell" into "X fell"; return X's positions."""
    low = [w.lower() for w in plain]
    if low[:1] == ["it"] and low[1:2] and low[1] in {"is", "was", "'s"}:
        low, plain = [low[1], low[0], *low[2:]], (plain[1], plain[0], *plain[2:])
    if len(low) < 5 or low[0] not in {"is", "was", "were"}:
        return None
    start = 2 + (low[1] in {"n't", "not"})
    if "it" not in low[1:start]:
        return None
    that = next(
        (i for i in range(start + 1, len(low) - 1) if low[i] in {"that", "who", "which", "whom"}), None
    )
    if that is None:
        return None
    what, rest = plain[start:that], plain[that + 1 :]
    tags = framed(("the", "man", *rest), index).tags[2:]
    if tags[0] in VERBAL | AUXILIARY or lexicon.tags(rest[0])[:1] == ("VERB",):
        return (*what, *rest), frozenset(range(len(what)))
    return (*rest, *what), frozenset(range(len(rest), len(rest) + len(what)))


def _stated(plain: tuple[str, ...], index: ArticleIndex) -> tuple[str, ...]:
    """Return a statement as a question with "did": its first past or present verb becomes the base form."""
    for i in range(1, len(plain)):
        found = lexicon.verb_lemmas(plain[i].lower())
        if found and lexicon.tags(plain[i])[:1] == ("VERB",) and plain[i].lower() not in index.names:
            return ("did", *plain[:i], found[0], *plain[i + 1 :], "?")
    return (*plain, "?")


def options(typed: tuple[str, ...], index: ArticleIndex) -> tuple[Option, Option] | None:
    """Return the two alternatives of "X or Y", each with the question that is left without the other."""
    turned = _turned(typed, index)
    if turned is not None:
        return turned
    plain = _plain(typed)
    low = [w.lower() for w in plain]
    at = next((i for i in range(1, len(low) - 1) if low[i] == "or"), None)
    if at is None or low[at + 1] in {"not", "what", "something", "anything"}:
        return None
    spans = _sides(plain, low, at, index)
    if spans is None:
        return None
    (a, b), (c, d) = spans
    if {low[c:d] == [w] for w in DETERMINERS} != {False} or {low[a:b] == [w] for w in DETERMINERS} != {False}:
        return None
    first = Option(" ".join(plain[a:b]), (*plain[:b], *plain[d:]))
    return first, Option(" ".join(plain[c:d]), (*plain[:a], *plain[c:]))


def _sides(
    plain: tuple[str, ...], low: list[str], at: int, index: ArticleIndex
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return the words before and after "or" that are alike: two phrases, verbs, adverbs or numbers."""
    frame = framed((*plain, "?"), index)
    tags = list(frame.tags)
    right = at + 1
    if tags[right] in {"ADP", "SCONJ"} and right + 1 < len(low) and tags[right + 1] not in {"PUNCT"}:
        if low[right] in low[1:at]:
            return (at - 1 - low[:at][::-1].index(low[right]), at), (right, _phrase_end(tags, low, right + 1))
        before = next((i for i in range(at - 1, 0, -1) if tags[i] in {"ADP", "SCONJ"}), None)
        if tags[at - 1] not in {"ADP", "SCONJ", "ADV"} and before is not None:
            return (before, at), (right, _phrase_end(tags, low, right + 1))
        return (at - 1, at), (right, right + 1)
    if low[right] == "all" and low[right + 1 : right + 2] in (["over"], ["across"], ["around"], ["through"]):
        before = next((i for i in range(at - 1, 0, -1) if tags[i] in {"ADP", "SCONJ"}), at - 1)
        return (before, at), (right, _phrase_end(tags, low, right + 2))
    single = tags[at - 1] not in NOMINAL or _verb_pair(low, at, tags)
    nouns = tags[at - 1] in NOMINAL and tags[right + 1 : right + 2] in (["NOUN"], ["PROPN"])
    if single or (tags[right] in VERBAL | {"ADV"} and not nouns):
        end = right + 1
        while end < len(low) and tags[end] in {"ADV", "ADJ"} and tags[right] in VERBAL:
            end += 1
        return (at - 1, at), (right, end)
    end = _phrase_end(tags, low, right)
    return (_phrase_start(tags, low, at, right, end), at), (right, end)


def _verb_pair(low: list[str], at: int, tags: list[str]) -> bool:
    """Tell whether two words that the tagger took for nouns are the verbs of "did it rise or fall"."""
    both = all(
        w in lexicon.verb_lemmas(w) and "VERB" in lexicon.tags(w)[:2] for w in (low[at - 1], low[at + 1])
    )
    inside = (
        at > 2
        and tags[at + 2 : at + 3] not in (["NOUN"], ["PROPN"])
        and tags[at - 2] in {"NOUN", "PROPN", "PRON", "PART", "ADV"}
        and low[0] in OPENING
    )
    return both and inside


def _phrase_end(tags: list[str], low: list[str], start: int) -> int:
    """Return the end of the noun phrase that starts here, with an "of" phrase."""
    end, noun = start, False
    while end < len(low):
        if (tags[end] in {"DET", "ADJ", "NUM", "VBN"} and not noun) or (end == start and tags[end] in VERBAL):
            pass
        elif tags[end] in {"NOUN", "PROPN", "NUM", "X"}:
            noun = True
        elif low[end] in {"'s", "of", "-"} and noun:
            noun = low[end] == "-"
        else:
            break
        end += 1
    return max(end, start + 1)


def _phrase_start(tags: list[str], low: list[str], at: int, right: int, end: int) -> int:
    """Return where the first alternative starts: at the sort of word that the second one starts with."""
    kind = tags[right]
    opened = {"DET", "NUM", "PRON"} if kind in {"DET", "NUM"} else {kind}
    back = at - 1
    if kind in {"DET", "NUM"} and end - right > 1:
        start = back
        while start > 1 and (tags[start] in NOMINAL or low[start] in {"of", "'s", "-"}):
            if tags[start] in opened and (start == 1 or low[start - 1] != "of"):
                return start
            start -= 1
        while tags[back - 1] in {"NOUN", "PROPN", "ADJ"} and back > 1:
            back -= 1
        return back
    size = end - right
    if low[at - 1] == low[end - 1] or "-" in (low[at - 2], low[end - 2]):
        return max(1, at - size)
    if size == 1 and tags[at - 1] in {"NUM", "ADJ"}:
        return back
    while back > 1 and tags[back - 1] in {"PROPN", "NUM"} and (kind == "PROPN" or tags[back - 1] == "NUM"):
        back -= 1
    while back > 1 and size > 1 and tags[back - 1] in {"NOUN", "ADJ"} and at - back < size:
        back -= 1
    return max(1, back)


def _turned(typed: tuple[str, ...], index: ArticleIndex) -> tuple[Option, Option] | None:
    """Return the two ways round of "did X ring Y, or the other way round"; each is called by its doer."""
    text = " ".join(typed)
    for kind, pattern, _ in _rules():
        found = pattern.search(text) if kind == "turned" else None
        if found is None:
            continue
        plain = _plain(tuple(text[: found.start()].split()))
        frame = framed((*plain, "?"), index)
        subject = frame.clauses[0].slot("subject") if frame.clauses else None
        other = frame.clauses[0].slot("object", "oblique") if frame.clauses else None
        if subject is None or other is None or subject.end > other.start:
            return None
        one, two = plain[subject.start : subject.end], plain[other.start : other.end]
        swapped = (
            *plain[: subject.start],
            *two,
            *plain[subject.end : other.start],
            *one,
            *plain[other.end :],
        )
        return Option(" ".join(one), plain), Option(f"the other way round, {' '.join(two)}", swapped)
    return None


@functools.cache
def _rules() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    ends = {"tag": "(?:{})[ ?.!]*$", "turned": "(?:{})[ ?.!]*$"}
    return tuple(
        (kind, re.compile(ends.get(kind, "{}").format(pattern), re.IGNORECASE), other)
        for kind, pattern, other in tables.rows("polar.tsv")
    )


def quantified(frame: QuestionFrame, start: int, end: int) -> str:
    """Return the word by which a phrase says how many of its sort are meant: only, all, any, no, or ""."""
    low = [w.lower() for w in frame.words]
    around = [*low[max(0, start - 1) : start], *low[start:end]]
    for word, kind in QUANTIFIERS.items():
        if word in around:
            return kind
    return ""


QUANTIFIERS = {
    "only": "only", "just": "only", "alone": "only", "solely": "only", "all": "all", "every": "all",
    "everyone": "all",
    "everybody": "all", "both": "all", "any": "any", "anyone": "any", "anybody": "any", "someone": "any",
    "somebody": "any", "anything": "any", "no": "no", "nobody": "no",
}  # fmt: skip
