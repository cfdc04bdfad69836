"""How old somebody or something is: the number that is told of it, never another's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.asking.frame import QuestionFrame, Slot
from knowledge.asking.identities.identified import Identity, nobody, quoting
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.ranking.phrases import phrase_mask
from knowledge.asking.terms import Linked, head_term
from knowledge.model import EntityKind, Mention, Role, Span

AFTER = re.compile(
    r"(?:,? ?\(?(?:now |aged |age )?(?P<bare>\d{1,3})\)?(?=[,;.)]|$)"
    r"|, (?:an? |the )?(?:[\w'’-]+ ){0,3}(?P<apposed>\d{1,3})[- ]year[- ]old\b"
    r"|,? (?:who )?(?:is|was|turned|turns|had turned|had just turned) (?:now |aged )?(?P<told>\d{1,3})"
    r"(?= years?\b|[,.;]| and\b| when\b| on\b| at\b))"
)
"""What follows a name: ", 57,", ", now 78,", ", a 33-year-old vessel", " was 41 when"."""
BEFORE = re.compile(r"\b(?P<before>\d{1,3})[- ]year[- ]old(?: (?!of\b|and\b|with\b|to\b)[\w'’-]+){0,4} $")
"""What stands before it: "the 52-year-old baker X"."""
INSIDE = re.compile(r"\b(?P<inside>\d{1,3})[- ]year[- ]old\b|\baged (?P<aged>\d{1,3})\b")
NUMBER = re.compile(r"\b\d{1,3}\b(?![.,]\d)")
REACH = 80
"""Characters around a mention that are looked at."""
OLDEST = 125
LIKELY = 0.85
DESCRIBED = 0.78
"""Confidence where the question only describes whose age it asks for."""
SAME = 0.75
"""Least strength of a word that says what the article's word says."""
AGING = frozenset({"age", "old", "year"})
EXTREMES = frozenset({"youngest", "oldest", "eldest", "young", "old"})
NAMING = frozenset({"call", "name", "nickname", "dub", "know"})
HOLDERS = frozenset({Role.AGENT, Role.PATIENT, Role.POSSESSOR})


@dataclass(frozen=True, slots=True)
class Age:
    """An age that the article tells: its digits, the words of whom or what it is told of, the sentence."""

    span: Span
    holder: int
    heads: int
    sentence: int


def told_age(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return the age of whom the question names or describes; "not told" where a name's is not given.

    None where the question asks for no age, or fits several.
    """
    asks = frame.asked.wh == "how_old" or (
        "age" in frame.lemmas
        and not frame.negated
        and frame.asked.wh in {"what", "which", "topic", "how_old"}
    )
    slot = _asked_of(frame, linked) if asks else None
    if slot is None:
        return None
    names = [x for x in linked.entities(slot.start, slot.end) if x.named and x.strength >= SAME]
    named = {x.entity for x in names if x.start <= slot.head < x.end}
    if len(named) > 1 or (named and {x.entity for x in names} - named):
        return None
    event = [t for i, t in linked.terms.items() if not slot.start <= i < slot.end and t.lemma not in AGING]
    for entity in named:
        found = _of_one(entity, index)
        if found is not None:
            return quoting(index, found, LIKELY, "age")
    told = [
        a
        for a in _ages(index)
        if all(t.strength(index.sentence_masks[a.sentence]) for t in event) and _fits(a, slot, linked, index)
    ]
    if len({a.span.of(index.article.text) for a in told}) == 1:
        return quoting(index, told[0].span, LIKELY if named else DESCRIBED, "age")
    person = any(index.entities[e].entity.kind is EntityKind.PERSON for e in named)
    owned = "'s" in frame.words[slot.start : slot.end]  # another's age stands nearest to "X's brother"
    return nobody(index) if (person or owned) and not told else None


def _asked_of(frame: QuestionFrame, linked: Linked) -> Slot | None:
    """Return the phrase that names whose age is asked for."""
    slots = [s for c in frame.clauses[frame.asked.clause : frame.asked.clause + 1] for s in c.slots]
    for slot in (*slots, *frame.loose):
        inner = _owner(frame, slot)
        if inner is not None and slot.kind != "adverb" and head_term(linked, inner) is not None:
            return inner
    return None


def _owner(frame: QuestionFrame, slot: Slot) -> Slot | None:
    """Return a phrase, or whose age it is where it is one: "the age of X", "X's age"."""
    if frame.lemmas[slot.head] not in AGING:
        return slot
    low = [w.lower() for w in frame.words[slot.start : slot.end]]
    if "of" in low[:-1]:
        return replace(slot, start=slot.start + low.index("of") + 1, head=slot.end - 1)
    if "'s" in low:
        end = slot.start + low.index("'s")
        return replace(slot, end=end, head=end - 1) if end > slot.start else None
    return None


def _fits(age: Age, slot: Slot, linked: Linked, index: ArticleIndex) -> bool:
    """Tell whether an age is told of what a phrase names or describes."""
    head = head_term(linked, slot)
    rest = [t for i, t in linked.terms.items() if slot.start <= i < slot.end and t is not head]
    if head is None or head.strength(age.heads) < SAME:
        return False
    if head.lemma in EXTREMES:  # "the youngest of the crew": it goes without saying of whom
        return not any(t.name and not t.any for t in rest)
    near = age.holder | index.sentence_masks[age.sentence]
    return all(t.any & (age.holder if t.name else near) for t in rest)


def _ages(index: ArticleIndex) -> Iterator[Age]:
    """Yield the ages that the article's own facts tell."""
    for number in index.predicates.get("age", ()):
        view = index.facts[number]
        told = next((a for a in view.arguments if a.role is Role.QUANTITY), None)
        if number >= index.told or told is None:
            continue
        inside = told.argument.span
        digits = NUMBER.search(inside.of(index.article.text))
        holder, heads = _holder(view, index)
        sane = digits is not None and (int(digits[0]) <= OLDEST or view.fact.predicate.text == "old")
        if digits is not None and sane and holder:
            span = Span(inside.start + digits.start(), inside.start + digits.end())
            yield Age(span, holder, heads, view.sentence)


def _holder(view: FactView, index: ArticleIndex) -> tuple[int, int]:
    """Return the words of whom a fact tells the age of, with what stands beside them, and their heads."""
    holders = [a for a in view.arguments if a.role in HOLDERS and a.head >= 0 and a.lemma != "age"]
    heads = words = 0
    near = [a.head for a in holders]
    while near:
        head = near.pop()
        if heads >> head & 1:
            continue
        heads |= 1 << head
        words |= phrase_mask(index, head, short=True)
        if index.words[head].deprel == "appos":
            near.append(index.words[head].head)
        for child in index.children[head]:
            if index.words[child].deprel == "appos" and index.words[child].upos != "NUM":
                near.append(child)
            elif index.words[child].deprel in {"flat", "compound"}:
                heads |= 1 << child  # "the pharmacist Ann Lee" is a pharmacist
            elif index.words[child].deprel == "acl" and index.words[child].lemma in NAMING:
                near += [c for c in index.children[child] if index.words[c].upos == "PROPN"]
    for a in holders:
        if a.entity >= 0:
            heads |= index.entities[a.entity].mask
            words |= index.entities[a.entity].mask
    return words, heads


def _of_one(entity: int, index: ArticleIndex) -> Span | None:
    """Return where the age of an entity stands beside one of its mentions."""
    for mention in index.entities[entity].entity.mentions:
        found = _beside(mention, index)
        if found is not None:
            return found
    return None


def _beside(mention: Mention, index: ArticleIndex) -> Span | None:
    """Return where the age stands in or beside a mention, within its sentence."""
    if mention.kind == "pronoun" or mention.confidence < 0.5:
        return None
    text, (start, end) = index.article.text, mention.span
    whole = next((s.span for s in index.article.sentences if s.span.covers(mention.span)), mention.span)
    behind = AFTER.match(text[end : min(whole.end, end + REACH)])
    if behind is not None:
        return _number(behind, end)
    inside = INSIDE.search(text[start:end])
    if inside is not None:
        return _number(inside, start)
    begin = max(whole.start, start - REACH)
    ahead = BEFORE.search(text[begin:start])
    return _number(ahead, begin) if ahead is not None else None


def _number(match: re.Match[str], offset: int) -> Span | None:
    """Return the offsets of the number that a pattern found, None where nobody is so old."""
    group = next(name for name, value in match.groupdict().items() if value)
    if int(match[group]) > OLDEST:
        return None
    return Span(offset + match.start(group), offset + match.end(group))
