"""A framed question against one article: which of the article's words each of its words may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ALIAS_START, ArticleIndex, EntityView
from knowledge.language import gazetteer, lexicon
from knowledge.model import EntityKind

FUZZY_NAME = 84.0
"""Least rapidfuzz ratio at which an unknown word counts as a misspelt name."""
PREFIX = 0.5
"""How well the beginning of a name stands for it ("pak" for a longer name)."""
LIKE = 0.6
"""Least strength of a synonym of a title's head."""
SYNONYM = 0.75
"""How well a synonym of a title's head stands for it."""
ALONE = 0.7
"""How well a verb alone stands for the verb with a particle."""
LONGEST_ALIAS = 7
NAMING = {"name", "title", "job", "position", "role"}

FUNCTION_TAGS = {"PUNCT", "WH", "BE", "DO", "HAVE", "MD", "DET", "ADP", "PART", "CCONJ", "PRON"}


@dataclass(frozen=True, slots=True)
class Term:
    """A content word of the question: its place, its weight, and the article's words that it may mean."""

    at: int
    text: str
    lemma: str
    tag: str
    weight: float
    exact: int
    loose: tuple[tuple[int, float], ...]
    any: int
    name: bool
    number: bool
    opposite: int

    def strength(self, mask: int) -> float:
        """Return how well the word is found within a mask: 1 exactly, less by a synonym, 0 not at all."""
        if self.exact & mask:
            return 1.0
        if not self.any & mask:
            return 0.0
        for loosely, strength in self.loose:  # the strongest first
            if loosely & mask:
                return strength
        return 0.0


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase of the question that names an entity: words start:end, and how sure that is."""

    start: int
    end: int
    entity: int
    strength: float
    named: bool


@dataclass(slots=True)
class Linked:
    """A question's terms and entities in one article."""

    terms: dict[int, Term]
    links: tuple[Link, ...]
    foreign: tuple[int, ...]

    def entities(self, start: int, end: int) -> tuple[Link, ...]:
        """Return the links within words start:end."""
        return tuple(x for x in self.links if start <= x.start and x.end <= end)


def link(frame: QuestionFrame, index: ArticleIndex) -> Linked:
    """Return the question's terms and entity links in one article."""
    links = _links(frame, index)
    others = _others(frame, index, links)
    links = tuple(x for x in links if not others & set(range(x.start, x.end)))
    terms: dict[int, Term] = {}
    foreign: list[int] = []
    wholes = {clause.verb: clause for clause in frame.clauses if clause.particle}
    particles = {_particle(frame, clause) for clause in wholes.values()}
    for i, word in enumerate(frame.words):
        tag = frame.tags[i]
        low = word.lower()
        if low in words.STOP or tag in FUNCTION_TAGS or i in particles:
            continue
        terms[i] = _term(frame, index, i, links)
        if i in wholes:
            terms[i] = _of_several(terms[i], wholes[i], index)
        if i in others:
            terms[i] = replace(terms[i], exact=0, loose=(), any=0, name=True)
        if not terms[i].any and (tag == "PROPN" or not lexicon.is_word(low)):
            foreign.append(i)
    return Linked(terms, links, tuple(foreign))


def _particle(frame: QuestionFrame, clause: Clause) -> int:
    """Return where a clause's particle stands."""
    places = range(clause.verb + 1, len(frame.words))
    return next((i for i in places if frame.words[i].lower() == clause.particle), -1)


def _of_several(term: Term, clause: Clause, index: ArticleIndex) -> Term:
    """Return the term of a verb with a particle, which means something else than the verb alone.

    The verb alone still stands for it, less surely.
    """
    exact, loose = 0, [(term.exact, ALONE)]
    for lemma in clause.lemmas:
        whole = f"{lemma} {clause.particle}"
        exact |= index.keys.get(whole, 0)
        for key, strength in words.related(whole, whole, "VERB").loose:
            loose.append((index.keys.get(key, 0), strength))
    if not words.whole_verb(clause.lemmas[0], clause.particle):
        loose += term.loose
    loose = sorted(((m & ~exact, s) for m, s in loose if m & ~exact), key=lambda row: -row[1])
    everything = exact
    for mask, _ in loose:
        everything |= mask
    return replace(term, exact=exact, loose=tuple(loose), any=everything)


def _others(frame: QuestionFrame, index: ArticleIndex, links: tuple[Link, ...]) -> set[int]:
    """Return the words that name somebody whom the article does not know by another's surname."""
    found: set[int] = set()
    for x in links:
        view = index.entities[x.entity]
        parts = words.fold(view.entity.name).split()
        i = x.start - 1
        if not x.named or view.entity.kind is not EntityKind.PERSON or len(parts) < 2 or i < 0:
            continue
        before = words.fold(frame.words[i])
        if x.end - x.start > 1 or words.fold(frame.words[x.start]) != parts[-1] or before in view.keys:
            continue
        first = gazetteer.given_name_gender(before) is not None and not gazetteer.is_title(before)
        named = (
            frame.tags[i] in {"PROPN", "NOUN"} and first and gazetteer.given_name_gender(parts[0]) is not None
        )
        if named and before[0] != parts[0][0] and before not in index.vocabulary:
            found.update(range(i, x.end))
    return found


def _term(frame: QuestionFrame, index: ArticleIndex, i: int, links: tuple[Link, ...]) -> Term:
    word, lemma = frame.words[i], frame.lemmas[i]
    tag = frame.tags[i]
    upos = "VERB" if tag.startswith("VB") else tag
    rel = words.related(word, lemma, upos)
    exact = index.found(rel.exact)
    loose: list[tuple[int, float]] = []
    keys = index.keys
    for key, strength in rel.loose:
        if key in keys and (mask := keys[key] & ~exact):
            loose.append((mask, strength))
    named = tag == "PROPN"
    for x in links:
        if x.start <= i < x.end:
            mask = index.entities[x.entity].mask
            if x.named:
                named = True
            if x.strength >= 0.9:
                exact |= mask
            else:
                loose.append((mask & ~exact, x.strength))
        elif i == x.start - 1 and x.named and _titles(word, index.entities[x.entity]):
            exact |= index.entities[x.entity].mask
            named = False
    if not exact and not loose and len(word) >= 3:
        loose.extend(_fuzzy(word.lower(), index))
    everything = exact
    for mask, _ in loose:
        everything |= mask
    return Term(
        at=i,
        text=word.lower(),
        lemma=lemma,
        tag=tag,
        weight=words.weight(lemma) * (1.3 if named else 1.0),
        exact=exact,
        loose=tuple(sorted(loose, key=lambda row: -row[1])),
        any=everything,
        name=named,
        number=bool(words.number_of(word.lower())),
        opposite=index.found(rel.opposite),
    )


def _titles(word: str, view: EntityView) -> bool:
    """Tell whether a word before a person's name is a title of theirs, and so said wherever they are."""
    low = words.american(lexicon.lemma(word.lower(), "NOUN"))
    return view.entity.kind is EntityKind.PERSON and (
        gazetteer.is_title(word.lower()) or any(low in title for title in view.titles)
    )


def _fuzzy(word: str, index: ArticleIndex) -> list[tuple[int, float]]:
    """Return article words that are spelt nearly like this one, with half of their likeness as strength."""
    found = [
        (index.keys.get(n, 0), PREFIX) for n in index.names if n.startswith(word) and len(n) > len(word) + 1
    ]
    for other in index.spellings.get(word[0], ()):
        if abs(len(other) - len(word)) <= 2:
            likeness = fuzz.ratio(word, other)
            if likeness >= FUZZY_NAME:
                found.append((index.keys.get(other, 0), likeness / 200))
    return found


def _links(frame: QuestionFrame, index: ArticleIndex) -> tuple[Link, ...]:
    found: list[Link] = []
    n = len(frame.words)
    low = [w.lower() for w in frame.words]
    i = 0
    while i < n:
        matched = False
        start = words.fold(low[i])[:ALIAS_START]
        if start and start not in index.alias_starts and f"{low[i]} " not in words.ARTICLES:
            i += 1
            continue
        for j in range(min(n, i + LONGEST_ALIAS), i, -1):
            if (low[i] in words.STOP and j == i + 1) or not any(c.isalnum() for c in low[j - 1]):
                continue
            phrase = words.fold(
                " ".join(low[i:j]).replace(" 's", "'s").replace(" .", ".").replace(" - ", "-")
            )
            hits = index.aliases.get(phrase, ())
            names = [(e, w) for e, w in hits if phrase in index.entities[e].called]
            if names and (j > i + 1 or low[i] not in words.STOP):
                found.extend(Link(i, j, e, w, True) for e, w in names[:3])
                i = j
                matched = True
                break
        if not matched:
            i += 1
    found.extend(_described(frame, index, found))
    return tuple(found)


def _described(frame: QuestionFrame, index: ArticleIndex, named: list[Link]) -> list[Link]:
    """Link descriptions ("the US secretary of state") to entities by their titles."""
    out: list[Link] = []
    for start, end, head in _phrases(frame):
        if any(x.start <= head < x.end and x.named for x in named):
            continue
        keys = set(words.title_keys(" ".join(frame.words[start:end]).replace(" 's", "'s")))
        lemma = words.american(frame.lemmas[head])
        if not keys:
            continue
        like = [k for k, strength in words.related(lemma, lemma, "NOUN").loose if strength >= LIKE]
        fitting = {number for head in (lemma, *like) for number in index.titled.get(head, ())}
        for number in sorted(fitting):
            strength = _describes(keys, lemma, like, index.entities[number], index)
            if strength:
                out.append(Link(start, end, number, strength, False))
    return out


def _phrases(frame: QuestionFrame) -> list[tuple[int, int, int]]:
    rows = [(s.start, s.end, s.head) for c in frame.clauses for s in c.slots] + [
        (s.start, s.end, s.head) for s in (*frame.loose, *frame.choices)
    ]
    if frame.asked.noun_end > frame.asked.noun_start:
        rows.append((frame.asked.noun_start, frame.asked.noun_end, frame.asked.noun_end - 1))
    for start, end, _ in list(rows):
        low = [w.lower() for w in frame.words[start:end]]
        if "of" in low[:-1]:
            rows.append((start + low.index("of") + 1, end, end - 1))
        if frame.lemmas[end - 1] in NAMING and end - start > 2:
            inner = end - 2 if low[-2] == "'s" else end - 1
            rows.append((start, inner, inner - 1))
    return [(a, b, h) for a, b, h in rows if b > a and frame.tags[h] in {"NOUN", "PROPN", "X", "VB", "ADJ"}]


def _describes(
    keys: set[str], head: str, like: Sequence[str], view: EntityView, index: ArticleIndex
) -> float:
    """Return how well a description with this head fits an entity: by its titles and what they are of.

    `like` are the heads that mean nearly the same.
    """
    factor = 1.0
    if head not in view.heads and not any(head in t for t in view.titles):
        other = next((k for k in like if k in view.heads), "")
        if not other:
            return 0.0
        keys, head, factor = {*(keys - {head}), other}, other, SYNONYM
    country = {f"@{view.country}"} if view.country else set()
    best = 0.0
    for title in view.titles:
        if head not in title and not head.startswith("@"):
            continue
        extra = keys - title - view.keys - country
        if extra and not (view.proper and extra <= _owners(view, index)):
            continue
        best = max(best, 0.9 if len(keys) > 1 else 0.8)
    return best * factor


def _owners(view: EntityView, index: ArticleIndex) -> set[str]:
    """Return the keys of what stands beside an entity's name as its place or body: "Ann Lee of Utopia"."""
    found: set[str] = set()
    for mention in view.entity.mentions:
        inside = list(index.numbers(index.mask_of(mention.span)))
        if mention.kind != "name" or not inside:
            continue
        after, before = inside[-1] + 1, inside[0] - 1
        if after + 1 < len(index.words) and index.words[after].text.lower() == "of":
            found.update(_name_keys(index, after + 1, 1))
        for _ in range(3):
            if before > 0 and index.words[before].text in {"'s", "’s"}:
                found.update(_name_keys(index, before - 1, -1))
                break
            before -= 1
    return found


def _name_keys(index: ArticleIndex, at: int, step: int) -> set[str]:
    """Return the keys of the name that goes on from a word in one direction."""
    found: set[str] = set()
    while 0 <= at < len(index.words) and index.words[at].upos in {"PROPN", "DET"}:
        if index.words[at].upos == "PROPN":
            found.update(words.title_keys(index.words[at].text))
        at += step
    return found


def head_term(linked: Linked, slot: Slot) -> Term | None:
    """Return the term at a slot's head, or its last term."""
    if slot.head in linked.terms:
        return linked.terms[slot.head]
    inside = [t for i, t in linked.terms.items() if slot.start <= i < slot.end]
    return inside[-1] if inside else None
