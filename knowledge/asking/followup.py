"""A question that leans on an earlier one → a question that stands alone, or the part of an event asked for.

Pronouns are replaced by who or what the earlier question and its answer were about; a question that is
nothing but a wh-word ("and why?") asks for another part of the same event; "who says so" asks who tells the
answer; "what about X" asks the earlier question of X.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from knowledge.asking.frame import Asked, QuestionFrame, Slot
from knowledge.asking.grammar.sets import BE, QUESTION_WORDS
from knowledge.asking.happenings.aspect import PLAIN_SAYING, REPORTING
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.ranking.moments import moments
from knowledge.asking.ranking.phrases import noun_sorts
from knowledge.asking.terms import Linked
from knowledge.language import gazetteer, lexicon
from knowledge.model import EntityKind, Role

HE = frozenset({"he", "him", "his"})
SHE = frozenset({"she", "her", "hers"})
PERSONAL = HE | SHE
PLURAL = frozenset({"they", "them", "their", "theirs"})
THING = frozenset({"it", "its"})
POINTING = frozenset({"that", "this"})
PLACE = frozenset({"there"})
OWNERS = frozenset({"his", "her", "its", "their"})
COLLECTIVE = frozenset({"people", "police", "men", "women", "children", "staff", "crew", "authorities"})
MOST_TRIED = 4
"""Readings of a question's pronouns that are tried, the likeliest first."""
LONGEST_NAME = 6
"""Words of an answer that a pronoun may stand for."""
ABOUT = re.compile(
    r"^(?:and |but |so )?(?:what|how) about (.+?)\??$"
    r"|^and (?!(?:who|what|when|where|why|how|did|was|is)\b)(.+?)\??$",
    re.IGNORECASE,
)
OPENERS = frozenset(["and", "but", "so", "ok", "okay", "or", "then", "just", "exactly", "?", ".", "!", ","])
PREPOSITIONS = frozenset(
    [
        "for",
        "from",
        "to",
        "with",
        "by",
        "about",
        "of",
        "at",
        "in",
        "on",
        "since",
        "until",
        "against",
        "through",
    ]
)
POINTERS = frozenset(
    ["is", "was", "were", "'s", "did", "does", "do", "will", "would", "has", "have", "had", "that", "this",
     "it", "happen", "happened", "happening", "occur", "occurred", "take", "took", "taken", "place", "be",
     "been", "done", "so", "he", "she", "they"]
)  # fmt: skip
"""What may stand beside the wh-word of a question that only points at the event: "when did that happen"."""
SOURCE = re.compile(
    r"^(?:says who|according to (?:who|whom|what)|who says(?: that| so| this| it)?"
    r"|(?:who|what) (?:is|was|'s) the source(?: (?:of|for) (?:that|this|it))?|source"
    r"|how (?:do|does|did) (?:we|you|they|one) know(?: that| this| it)?)$"
)
TOLD = re.compile(r"^who(?: else| exactly)?(?: has| have| had| was| is)? (\w+) (so|that|this|it)$")
MADE_KNOWN = re.compile(
    r"^(?:how|where) (?:did|has|had|have) (\S+(?: \S+){0,4}?) (?:(\w+) (?:so|that|this|it)"
    r"|(?:let|make|made) (?:that|this|it) (?:be )?(?:known|public|clear))$"
)
UNITS = {
    "time": "when", "day": "when", "date": "when", "year": "when", "month": "when", "week": "when",
    "place": "where", "city": "where", "country": "where", "town": "where", "reason": "why",
}  # fmt: skip
"""Nouns that ask with "which" or "what" for a part of an event, and the wh-word that does the same."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier question came to: its words, frame, links, and its answer's words, entity and fact.

    `fact` is set where the answer was certain enough to be given; `near` is the fact that shares most with
    the question, `before` the question before it.
    """

    words: tuple[str, ...]
    frame: QuestionFrame
    linked: Linked
    answer: str = ""
    entity: int = -1
    fact: FactView | None = None
    near: FactView | None = None
    confidence: float = 0.0
    before: Earlier | None = None


@dataclass(frozen=True, slots=True)
class Referent:
    """Somebody or something that a pronoun may stand for; `place` is its slot in the earlier question."""

    text: str
    place: str
    person: bool
    plural: bool
    gender: str = ""
    spot: bool = False
    group: bool = False
    answer: bool = False


# -- which questions lean on others ----------------------------------------------------------------------


def stands_alone(frame: QuestionFrame, linked: Linked) -> bool:
    """Tell whether a question can be understood without the earlier ones."""
    low = [w.lower() for w in frame.words]
    if not linked.terms or elliptic(frame.words) is not None or asks_teller(frame.words) is not None:
        return False
    return not any(_pronoun(low, i) for i in range(len(low)))


def _pronoun(low: Sequence[str], i: int) -> str:
    """Return the sort of pronoun at a place of the question: person, plural, thing, place, time, or ""."""
    word, last = low[i], all(w in {"?", ".", "!"} for w in low[i + 1 :])
    if word in PERSONAL:
        return "person"
    if word in PLURAL:
        return "plural"
    if word in THING:
        return "" if _dummy(low, i) else "thing"
    if word in POINTING and i > 0 and (last or low[i + 1] in PREPOSITIONS | {"too", "as"}):
        return "thing"
    if word in PLACE:
        existential = (i > 0 and low[i - 1] in BE and not last) or (i + 1 < len(low) and low[i + 1] in BE)
        return "" if existential else "place"
    if word == "then" and i > 1 and last:
        return "time"
    return ""


def _dummy(low: Sequence[str], at: int) -> bool:
    """Tell whether "it" stands for nothing: "what does it cost to", "is it true that", "was it X who"."""
    rest = low[at + 1 :]
    return low[at] == "it" and (
        ("to" in rest and "cost" in low)
        or "that" in rest[:-1]
        or (low[at - 1] in {"was", "is"} and bool({"who", "which"} & set(rest)))
    )


def elliptic(words: Sequence[str]) -> Asked | None:
    """Return what is asked by a question that names nothing: "and why?", "from whom?", "when was that?"."""
    low = [w.lower() for w in words]
    while low and low[0] in OPENERS | {"together"}:
        low.pop(0)
    low = [w for w in low if w not in {"?", ".", "!", "exactly", "else", "together"}]
    case = low.pop(0) if low and low[0] in PREPOSITIONS else ""
    if not low or low[0] not in QUESTION_WORDS - {"whose"}:
        return None
    wh, rest = low[0], low[1:]
    wh, noun = "who" if wh == "whom" else wh, ""
    if wh == "how" and rest and rest[0] in {"long", "many", "much", "often", "far"}:
        wh, rest = f"how_{rest[0]}", rest[1:]
        if wh in {"how_many", "how_much"} and rest and rest[0] not in POINTERS | PREPOSITIONS:
            noun, rest = lexicon.lemma(rest[0], "NOUN"), rest[1:]
    elif wh == "how" and rest[:1] == ["come"]:
        wh, rest = "why", rest[1:]
    elif wh in {"what", "which"} and rest and rest[0] in UNITS:
        wh, rest = UNITS[rest[0]], rest[1:]
    if rest and rest[-1] in PREPOSITIONS and not case:
        case, rest = rest[-1], rest[:-1]
    if any(w not in POINTERS for w in rest) or (wh in {"what", "which"} and not case):
        return None
    if wh == "what" and case == "for":
        wh, case = "why", ""
    pointed = {"that", "it", "this"} & set(rest)
    if (wh == "who" or wh in {"how_many", "how_much"}) and rest and not pointed:
        return None
    if wh.startswith("how_") and "it" in rest and not {"happen", "take"} & set(rest):
        return None
    return Asked(wh, gap="adverb", case="" if wh in {"how_long", "why"} else case, noun=noun)


def asks_teller(words: Sequence[str]) -> tuple[str, str] | None:
    """Read "who says so" and "how did she make that known": what is asked, and by which verb."""
    low = [w.lower() for w in words]
    while low and low[0] in OPENERS:
        low.pop(0)
    text = " ".join(w for w in low if w not in {"?", ".", "!"})
    if SOURCE.match(text):
        return "who", "say"
    told = TOLD.match(text)
    if told is not None:
        verb = _verb_of_telling(told[1])
        return ("who", verb) if verb and (told[2] != "it" or verb in PLAIN_SAYING) else None
    made = MADE_KNOWN.match(text)
    verb = _verb_of_telling(made[2] or "announced") if made is not None else ""
    return ("how", verb) if verb else None


def _verb_of_telling(word: str) -> str:
    return next((v for v in lexicon.verb_lemmas(word) if v in REPORTING), "")


# -- what about X ----------------------------------------------------------------------------------------


def about(text: str) -> str:
    """Return the phrase that "what about X" asks of, or ""."""
    match = ABOUT.match(text.strip())
    return (match.group(1) or match.group(2) or "").strip(" ?") if match else ""


def with_other(phrase: str, kind: EntityKind | None, earlier: Earlier, index: ArticleIndex) -> str:
    """Return the earlier question with the phrase of the same sort in it replaced by another, or ""."""
    words = list(earlier.words)
    case, _, bare = phrase.partition(" ")
    slots = [*_slots(earlier.frame), *earlier.frame.loose]
    if case.lower() in PREPOSITIONS and bare:
        same = next((s for s in slots if s.case == case.lower()), None)
        if same is not None:
            return joined([*words[: same.start], bare, *words[same.end :]])
        return joined([*(w for w in words if w not in {"?", "."}), phrase])
    for link in earlier.linked.links:
        if kind is not None and index.entities[link.entity].entity.kind is kind:
            return joined([*words[: link.start], phrase, *words[link.end :]])
    timed = any(moments(phrase))
    sorts = noun_sorts(lexicon.lemma(phrase.split()[-1].lower(), "NOUN"))
    for slot in slots:
        text = earlier.frame.text(slot)
        alike = noun_sorts(earlier.frame.lemmas[slot.head]) & sorts
        if any(moments(text)) if timed else (alike or (kind is None and slot.kind == "object")):
            return joined([*words[: slot.start], phrase, *words[slot.end :]])
    return ""


# -- pronouns --------------------------------------------------------------------------------------------


def rewritings(frame: QuestionFrame, earlier: Earlier, index: ArticleIndex) -> list[str]:
    """Return the question with its pronouns filled in from what went before, the likeliest reading first."""
    low = [w.lower() for w in frame.words]
    sorts = {i: sort for i in range(len(low)) if (sort := _pronoun(low, i))}
    groups: dict[str, list[Referent]] = {}
    for i, sort in sorts.items():
        name = _group(low[i], sort)
        if name not in groups:
            groups[name] = _fitting(name, _place_of(frame, i), earlier, index)
    if "person" in {n.split()[0] for n, found in groups.items() if not found}:
        return []
    filled: dict[str, list[Referent | None]] = {name: [*found] for name, found in groups.items() if found}
    if not filled:
        return []
    if "plural" in filled and not any(r is not None and r.plural for r in filled["plural"]):
        filled["plural"].append(None)
    if "thing" in filled and len(filled) > 1:
        filled["thing"].append(None)
    out = []
    for chosen in itertools.islice(itertools.product(*filled.values()), 4 * MOST_TRIED):
        texts = [c.text for c in chosen if c is not None]
        if len(set(texts)) < len(texts):
            continue
        by_group = dict(zip(filled, chosen, strict=True))
        out.append(_filled(frame.words, {i: by_group.get(_group(low[i], s)) for i, s in sorts.items()}))
    return list(dict.fromkeys(out))[:MOST_TRIED]


def _group(word: str, sort: str) -> str:
    return f"person {'m' if word in HE else 'f'}" if sort == "person" else sort


def _filled(words: Sequence[str], referents: dict[int, Referent | None]) -> str:
    out: list[str] = []
    for i, word in enumerate(words):
        low, referent = word.lower(), referents.get(i)
        if referent is None:
            out.append(word)
            continue
        ends = (
            i + 1 >= len(words) or words[i + 1] in {"?", ".", "too"} or words[i + 1].lower() in PREPOSITIONS
        )
        owner = low in OWNERS and not (low == "her" and ends)
        if low == "then" and out and out[-1].lower() == "back":
            out.pop()
        out.append(f"{referent.text} 's" if owner else referent.text)
    return joined(out)


def _place_of(frame: QuestionFrame, at: int) -> str:
    """Return the kind of slot that a word of the question stands in."""
    for clause in frame.clauses:
        for slot in clause.slots:
            if slot.start <= at < slot.end:
                return slot.kind
    return ""


def _fitting(group: str, place: str, earlier: Earlier, index: ArticleIndex) -> list[Referent]:
    """Return whom or what a pronoun may stand for, the likeliest first; older questions only if none fits."""
    if group == "time":
        return _times(earlier, index)
    found = [r for r in _referents(earlier, index) if _agrees(group, r)]
    if group == "place":
        found.sort(key=lambda r: not r.answer)
        found = [replace(r, text=r.text if " " in r.place else f"in {r.text}") for r in found]
    elif group.startswith("person"):
        asked_who = earlier.frame.asked.wh in {"who", "whose"}
        found.sort(key=lambda r: (r.answer != asked_who, RANK.get(r.place, 3)))
    elif group == "plural":
        found.sort(key=lambda r: (r.group, r.place != "object", RANK.get(r.place, 3)))
        found = (
            [r for r in found if r.plural] + _together(earlier, index) + [r for r in found if not r.plural]
        )
    else:
        same = place or "object"
        found.sort(key=lambda r: (r.person, r.place != same, r.place != "object", RANK.get(r.place, 3)))
    if not found and earlier.before is not None:
        return _fitting(group, place, earlier.before, index)
    unique: dict[str, Referent] = {}
    for r in found:
        unique.setdefault(r.text, r)
    return list(unique.values())[:MOST_TRIED]


def _together(earlier: Earlier, index: ArticleIndex) -> list[Referent]:
    """Return the two whom the earlier question and its answer bring together: "who did X call?", "they"."""
    people = [r.text for r in _referents(earlier, index) if r.person and not r.plural and r.place != "told"]
    both = list(dict.fromkeys(people))
    return [Referent(" and ".join(both), "told", True, True)] if len(both) == 2 else []


RANK = {"subject": 0, "object": 1, "second": 2, "complement": 2, "oblique": 2, "told": 4}


def _agrees(group: str, found: Referent) -> bool:
    if group == "place":
        return found.spot
    if group == "plural":
        return found.plural or found.group
    if group == "thing":
        # a name alone, of neither sex, may be a company's
        return not found.plural and (not found.person or (" " not in found.text and not found.gender))
    return found.person and not found.plural and found.gender in {"", group[-1]}


def _referents(earlier: Earlier, index: ArticleIndex) -> Iterator[Referent]:
    """Yield what the earlier question and its answer were about."""
    frame = earlier.frame
    for slot in [*_slots(frame), *frame.loose]:
        links = [x for x in earlier.linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end]
        sorts = noun_sorts(frame.lemmas[slot.head])
        named = [
            x.entity
            for x in links
            if x.named
            or (index.entities[x.entity].proper and ("person" in sorts) == _is_person(x.entity, index))
        ]
        sure = named[0] if named and (len(named) == 1 or any(x.named for x in links)) else -1
        yield from _of_slot(frame, slot, sure, index)
        for x in earlier.linked.entities(slot.start, slot.end):
            if x not in links and x.named:
                yield _named(x.entity, "oblique", index)
    if frame.asked.noun_end > frame.asked.noun_start and not earlier.answer:
        slot = Slot(
            frame.asked.gap, "", frame.asked.noun_start, frame.asked.noun_end, frame.asked.noun_end - 1
        )
        yield from _of_slot(frame, slot, -1, index)
    if earlier.entity >= 0:
        yield replace(_named(earlier.entity, frame.asked.gap, index), answer=True)
    elif earlier.answer and len(earlier.answer.split()) <= LONGEST_NAME and frame.asked.wh != "yesno":
        last = earlier.answer.split()[-1].lower()
        sorts = noun_sorts(lexicon.lemma(last, "NOUN"))
        many = " and " in earlier.answer or (lexicon.is_word(last) and lexicon.lemma(last, "NOUN") != last)
        yield Referent(
            earlier.answer, frame.asked.gap, "person" in sorts, many, answer=True,
            spot=frame.asked.wh == "where",
        )  # fmt: skip
    fact = earlier.fact or earlier.near
    if fact is not None:
        yield from _of_fact(fact, index)


def _is_person(entity: int, index: ArticleIndex) -> bool:
    return index.entities[entity].entity.kind is EntityKind.PERSON


def _named(entity: int, place: str, index: ArticleIndex) -> Referent:
    found = index.entities[entity].entity
    gender = found.gender or gazetteer.given_name_gender(found.name.split()[0]) or ""
    return Referent(
        found.name, place, found.kind is EntityKind.PERSON, found.plural, gender.replace("u", ""),
        spot=found.kind is EntityKind.PLACE,
        group=found.kind in {EntityKind.ORGANIZATION, EntityKind.GROUP, EntityKind.PLACE},
    )  # fmt: skip


def _of_slot(frame: QuestionFrame, slot: Slot, entity: int, index: ArticleIndex) -> Iterator[Referent]:
    text, head = frame.text(slot), frame.words[slot.head].lower()
    joined = any(frame.words[i].lower() == "and" for i in range(slot.start, slot.end))
    if frame.tags[slot.head] not in {"NOUN", "PROPN", "X"}:
        return
    if joined:
        yield Referent(text, slot.kind, False, True)
    elif entity >= 0:
        found = _named(entity, slot.kind, index)
        yield replace(found, text=found.text if found.person else text)
    else:
        many = head in COLLECTIVE or (frame.tags[slot.head] == "NOUN" and head != frame.lemmas[slot.head])
        sorts = noun_sorts(frame.lemmas[slot.head])
        if "time" not in sorts:
            group = bool(sorts & {"organization", "group"})
            yield Referent(text, slot.kind, "person" in sorts and not group, many, group=group)


def _of_fact(view: FactView, index: ArticleIndex) -> Iterator[Referent]:
    """Yield the participants of the fact that answered, as the article names them."""
    for argument in view.arguments:
        if argument.head < 0 or index.words[argument.head].upos not in {"NOUN", "PROPN", "PRON", "NUM"}:
            continue
        text = " ".join(argument.argument.short.of(index.article.text).split())
        if argument.entity >= 0 and (
            index.words[argument.head].upos == "PRON" or index.entities[argument.entity].proper
        ):
            yield _named(argument.entity, "told", index)
        elif argument.role in {Role.AGENT, Role.PATIENT, Role.RECIPIENT}:
            whole = " ".join(argument.argument.span.of(index.article.text).split())
            text = whole if len(whole.split()) <= LONGEST_NAME else text
            many = any(
                index.words[i].xpos in {"NNS", "NNPS"} for i in (argument.head, *index.numbers(argument.mask))
            )
            yield Referent(text, "told", "person" in argument.sorts, many)
        elif argument.role is Role.PLACE and argument.case:
            yield Referent(f"{argument.case} {text}", "told place", False, False, spot=True)


def _times(earlier: Earlier, index: ArticleIndex) -> list[Referent]:
    """Return the time that "then" points to: the answer of "when", or when the event took place."""
    for argument in earlier.fact.arguments if earlier.fact is not None else ():
        text = " ".join(argument.argument.span.of(index.article.text).split())
        if argument.role is Role.TIME and argument.argument.fact is None and any(moments(text)):
            return [Referent(f"{argument.case or 'in'} {text}", "time", False, False)]
    if earlier.frame.asked.wh == "when" and any(moments(earlier.answer)):
        bare = re.sub(r"^(?:in|on|at|since|until) ", "", earlier.answer)
        return [Referent(f"in {bare}", "time", False, False)]
    return []


def same_event(asked: Asked, earlier: Earlier) -> QuestionFrame:
    """Return a frame that asks another role of the earlier question's event ("and why?")."""
    frame = earlier.frame
    return replace(
        frame, asked=replace(asked, gap="oblique" if asked.wh in {"who", "what"} else "adverb",
                             clause=frame.asked.clause, noun="", noun_start=0, noun_end=0),
    )  # fmt: skip


def _slots(frame: QuestionFrame) -> list[Slot]:
    order = {"subject": 0, "object": 1, "second": 2, "oblique": 3, "complement": 4, "subject_oblique": 5}
    return sorted((s for c in frame.clauses for s in c.slots if s.kind in order), key=lambda s: order[s.kind])


def joined(words: Sequence[str]) -> str:
    """Return words as text, without spaces before clitics and marks."""
    text = " ".join(words)
    return re.sub(r" (?=['’](?:s|re|ve|ll|d|m)\b|n't\b|[?.!,])", "", text)
