"""Who or what somebody is, what they are called, whose something is, and what an abbreviation stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, EntityView, FactView
from knowledge.asking.phrases import phrase_mask
from knowledge.asking.terms import Link, Linked
from knowledge.model import EntityKind, FactKind, Role, Span

EXPANSION_VERBS = {"stand", "mean", "abbreviate"}
TITLE_NOUNS = {"title", "job", "position", "role", "post", "rank", "occupation", "profession", "office"}
NAME_NOUNS = {"name"}
NAMING_VERBS = {"call", "name"}
BESIDE = {"compound", "flat", "appos", "nmod:desc"}
HOLDING = {"hold", "have", "occupy"}


@dataclass(frozen=True, slots=True)
class Identity:
    """An answer about who or what somebody is: the words, their span, the sentence and a confidence.

    The note "not told" (with confidence 0) says that the article knows nobody of that description.
    """

    text: str
    span: Span
    sentence: int
    confidence: float
    note: str


def identify(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return who or what the question's subject is, or None where it asks for something else."""
    asked = frame.asked
    if not frame.clauses:
        return None
    clause = frame.clauses[asked.clause]
    subject = clause.slot("subject")
    if asked.wh == "what" and set(clause.lemmas) & EXPANSION_VERBS:
        return _expansion(frame, subject, linked, index) if subject is not None else None
    if (
        asked.wh == "which"
        and asked.noun in TITLE_NOUNS
        and subject is not None
        and set(clause.lemmas) & HOLDING
    ):
        named = _named(frame, linked, subject)
        return _description(named, index, titled=True) if named is not None else None
    if asked.wh == "whose":
        return _whose(frame, linked, index)
    called = (
        subject is not None and asked.wh == "what" and clause.passive and set(clause.lemmas) & NAMING_VERBS
    )
    if not called and (asked.wh not in {"who", "what", "which"} or not clause.copular):
        return None
    others = [c for c in frame.clauses if c is not clause]
    if any(c.link not in {"relative", "participle"} for c in others):
        return None
    slot = clause.slot("subject", "complement")
    if slot is None or any(s is not slot and s.kind not in {"adverb"} for s in clause.slots) or frame.loose:
        return None
    if asked.wh == "which" and asked.noun not in {"person", "man", "woman", "official", "politician"}:
        return None
    slot, wanted = _inner(frame, slot)
    if wanted == "other" or asked.gap == "oblique":
        return None
    named = _named(frame, linked, slot)
    if named is not None and wanted != "name" and not others and not called:
        return _description(named, index)
    if asked.wh == "what" and wanted != "name" and not called:
        return None
    found = _described(frame, linked, index, slot, others)
    if found is None and not others and (wanted == "name" or called):
        return _name_beside(linked, index, slot)
    return found


def _name_beside(linked: Linked, index: ArticleIndex, slot: Slot) -> Identity | None:
    """Return the name of a thing that stands beside its noun: "the probe, called X", "the X telescope"."""
    term = linked.terms.get(slot.head)
    if term is None:
        return None
    rest = [t for i, t in linked.terms.items() if slot.start <= i < slot.end and t is not term]
    fitting = [all(t.strength(mask) >= 0.8 for t in rest) for mask in index.sentence_masks]
    for fact in index.facts[: index.told]:
        if not fitting[fact.sentence]:
            continue
        thing = next((a for a in fact.arguments if a.head >= 0 and term.exact >> a.head & 1), None)
        names = (
            a for a in fact.arguments if a.head >= 0 and index.words[a.head].upos == "PROPN" and not a.case
        )
        name = next(names, None)
        if set(fact.lemmas) & NAMING_VERBS and thing is not None and name is not None and thing is not name:
            span = name.argument.span
            return Identity(span.of(index.article.text), span, fact.sentence, 0.8, "name")
    for number in index.numbers(term.exact):
        beside = [
            c for c in index.children[number]
            if index.words[c].upos == "PROPN" and index.words[c].deprel in BESIDE
            and not words.country_key(index.words[c].text)
        ]  # fmt: skip
        if beside and fitting[index.words[number].sentence]:
            span = Span(index.words[beside[0]].start, index.words[beside[-1]].end)
            return Identity(span.of(index.article.text), span, index.words[number].sentence, 0.7, "name")
    return None


def _named(frame: QuestionFrame, linked: Linked, slot: Slot) -> Link | None:
    """Return the link of a phrase that is just a name."""
    covering = [x for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end]
    return next((x for x in covering if x.named and x.strength >= 0.9 and _alone(frame, slot, x)), None)


def _described(
    frame: QuestionFrame, linked: Linked, index: ArticleIndex, slot: Slot, others: list[Clause]
) -> Identity | None:
    """Return the name of the one whom a description fits; "not told" where it fits nobody of that sort."""
    owner = _owner(frame, slot)
    covering = [
        x for x in linked.entities(slot.start, slot.end) if x.start <= slot.head < x.end and not x.named
    ]
    fitting = {x.entity: x.strength for x in covering if x.end - x.start >= slot.end - slot.start - 1}
    noun = owner[0] if owner is not None else slot
    if owner is not None:
        alike = [v.entity.id for v in index.entities if _is_a(frame, linked, noun, v, index)]
        for number in alike:
            if _belongs(linked, owner[1], index.entities[number], index):
                fitting.setdefault(number, 0.8)
        proper = any(x.named for x in linked.entities(owner[1].start, owner[1].end))
        if not fitting:
            unknown = noun.head in linked.terms and not linked.terms[noun.head].any
            return _nobody(index) if (alike or unknown) and proper else None
    elif not fitting:
        fitting = {v.entity.id: 0.8 for v in index.entities if _is_a(frame, linked, noun, v, index)}
    for clause in others:
        fitting = {e: s for e, s in fitting.items() if _did(clause, linked, index.entities[e], index)}
    best = max(fitting.values(), default=0.0)
    chosen = [e for e, s in fitting.items() if s >= best]
    return _name(chosen[0], index, best) if len(chosen) == 1 else None


def _whose(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return the owner of the thing asked for, from the possessive that stands with most of the words."""
    asked = frame.asked
    thing = linked.terms.get(asked.noun_end - 1)
    if thing is None or asked.case:
        return None
    others = [t for t in linked.terms.values() if t is not thing]
    total = sum(t.weight for t in others) or 1.0
    best: tuple[float, FactView] | None = None
    for fact in index.facts[: index.told]:
        patient = next((a for a in fact.arguments if a.role is Role.PATIENT and a.head >= 0), None)
        if (
            fact.fact.kind is not FactKind.POSSESSIVE
            or patient is None
            or thing.strength(1 << patient.head) < 0.6
        ):
            continue
        around = index.sentence_masks[fact.sentence]
        held = sum(t.weight * t.strength(around) for t in others) / total
        if any(t.name and not t.any & around for t in others):
            continue
        value = held + thing.strength(1 << patient.head)
        if held >= 0.75 and (best is None or value > best[0]):
            best = (value, fact)
    if best is None:
        return None
    owner = next((a for a in best[1].arguments if a.role is Role.POSSESSOR), None)
    if owner is None or (owner.entity < 0 and index.words[owner.head].upos == "PRON"):
        return None
    span = owner.argument.span
    said = index.entities[owner.entity].entity.name if owner.entity >= 0 else span.of(index.article.text)
    return Identity(said, span, best[1].sentence, 0.8, "owner")


def _nobody(index: ArticleIndex) -> Identity:
    return Identity("", index.article.sentences[0].span, 0, 0.0, "not told")


def _owner(frame: QuestionFrame, slot: Slot) -> tuple[Slot, Slot] | None:
    """Split "X's lawyer" and "the lawyer of X" into the noun and whose it is."""
    low = [w.lower() for w in frame.words]
    for i in range(slot.end - 2, slot.start, -1):
        if low[i] == "'s":
            return Slot("noun", "", i + 1, slot.end, slot.end - 1), Slot("owner", "", slot.start, i, i - 1)
    for i in range(slot.start + 1, slot.end - 1):
        if low[i] == "of":
            return Slot("noun", "", slot.start, i, i - 1), Slot("owner", "of", i + 1, slot.end, slot.end - 1)
    return None


def _is_a(frame: QuestionFrame, linked: Linked, noun: Slot, view: EntityView, index: ArticleIndex) -> bool:
    """Tell whether a named entity is called by the noun, with all of its modifiers."""
    head = words.american(frame.lemmas[noun.head])
    if not any(m.kind == "name" for m in view.entity.mentions):
        return False
    keys = {
        words.american(frame.lemmas[t.at]) for t in linked.terms.values() if noun.start <= t.at < noun.end
    }
    return any(head in title and keys <= title | view.keys for title in view.titles) and head not in view.keys


def _belongs(linked: Linked, owner: Slot, view: EntityView, index: ArticleIndex) -> bool:
    """Tell whether an entity is told to be the owner's: possessive, "of" beside the name, or country."""
    owners = {x.entity for x in linked.entities(owner.start, owner.end)}
    terms = [t for i, t in linked.terms.items() if owner.start <= i < owner.end]
    if view.country and any(words.country_key(t.text.title()) == view.country for t in terms):
        return True
    for fact in index.facts[: index.told]:
        held = [a for a in fact.arguments if a.role is Role.POSSESSOR]
        mine = any(a.entity == view.entity.id for a in fact.arguments if a.role is not Role.POSSESSOR)
        if mine and any(
            (a.entity in owners and a.entity >= 0) or all(t.any & a.mask for t in terms) for a in held
        ):
            return True
    return any(terms and all(t.exact & mask for t in terms) for mask in _phrases_of(view, index))


def _phrases_of(view: EntityView, index: ArticleIndex) -> Iterator[int]:
    """Yield the words that hang on each naming or describing mention of an entity."""
    for mention in view.entity.mentions:
        mask = index.mask_of(mention.span)
        if mask and mention.kind in {"name", "title", "nominal"}:
            heads = [
                i
                for i in index.numbers(mask)
                if not mask >> index.words[i].head & 1 or index.words[i].head < 0
            ]
            for head in heads:
                yield phrase_mask(index, head)


def _did(clause: Clause, linked: Linked, view: EntityView, index: ArticleIndex) -> bool:
    """Tell whether sentences on the entity hold most of a relative clause's words."""
    terms = [linked.terms[clause.verb]] if clause.verb in linked.terms else []
    terms += [t for s in clause.slots for i, t in linked.terms.items() if s.start <= i < s.end]
    about = 0
    for mask in index.sentence_masks:
        about |= mask if mask & view.mask else 0
    total = sum(t.weight for t in terms)
    return not total or sum(t.weight * t.strength(about) for t in terms) / total >= 0.45


def _inner(frame: QuestionFrame, slot: Slot) -> tuple[Slot, str]:
    """Return the phrase inside "the name of X", "X's title" and which of the two is wanted.

    A name of some kind ("first name", "English name") is "other".
    """
    low = [w.lower() for w in frame.words]
    for position in range(slot.start, slot.end):
        lemma = frame.lemmas[position]
        if lemma not in TITLE_NOUNS | NAME_NOUNS:
            continue
        wanted = "name" if lemma in NAME_NOUNS else "title"
        if position + 1 < slot.end and low[position + 1] == "of":
            plain = all(frame.tags[i] == "DET" or low[i] == "full" for i in range(slot.start, position))
            inner = Slot("subject", "", position + 2, slot.end, slot.end - 1)
            return inner, wanted if plain or wanted == "title" else "other"
        if position == slot.end - 1 and position > slot.start + 1:
            before = position - 1 if low[position - 1] == "full" else position
            if frame.tags[before - 1] in {"ADJ", "NUM"}:
                return slot, "other" if wanted == "name" else ""
            end = before - 1 if low[before - 1] == "'s" else before
            return Slot("subject", "", slot.start, end, end - 1), wanted
    return slot, ""


def _alone(frame: QuestionFrame, slot: Slot, found: Link) -> bool:
    """Tell whether the phrase is just the name, perhaps with determiners or a title."""
    outside = [i for i in range(slot.start, slot.end) if not found.start <= i < found.end]
    return all(
        frame.words[i].lower() in words.STOP or frame.tags[i] in {"DET", "PUNCT", "PROPN"}
        or frame.words[i].lower() in {"guy", "dude", "man", "woman", "person", "lady", "bloke", "fella"}
        for i in outside
    )  # fmt: skip


def _description(found: Link, index: ArticleIndex, titled: bool = False) -> Identity | None:
    """Return what the article calls a named entity: the fullest description, or the title if asked."""
    view = index.entities[found.entity]
    best: tuple[float, Span, int] | None = None
    for fact in index.facts:
        for span, value in _told(fact, view, index):
            value += 2.0 if titled and fact.fact.kind is FactKind.TITLE else 0.0
            if best is None or value > best[0]:
                best = (value, span, fact.sentence)
    if best is not None:
        return Identity(best[1].of(index.article.text), best[1], best[2], 0.9, "description")
    return _before_name(view, index)


def _before_name(view: EntityView, index: ArticleIndex) -> Identity | None:
    """Return the nouns that stand before a name and say what it is: "the dwarf planet Ceres"."""
    for mention in view.entity.mentions:
        mask = index.mask_of(mention.span) if mention.kind == "name" else 0
        if not mask:
            continue
        first = start = (mask & -mask).bit_length() - 1
        while (
            start
            and index.words[start - 1].upos not in {"PUNCT", "ADP", "PRON"}
            and _same_phrase(start - 1, mask, index)
        ):
            start -= 1
            mask |= 1 << start
        if (
            any(index.words[i].upos == "NOUN" for i in range(start, first))
            and index.words[first - 1].upos == "NOUN"
        ):
            span = Span(index.words[start].start, index.words[first - 1].end)
            return Identity(
                span.of(index.article.text), span, index.words[first].sentence, 0.75, "description"
            )
    return None


def _same_phrase(number: int, group: int, index: ArticleIndex) -> bool:
    """Tell whether a word governs a group of words, hangs on one of them or beside them on the same noun."""
    word = index.words[number]
    heads = {index.words[i].head for i in index.numbers(group)}
    outer = {h for h in heads if h >= 0 and not group >> h & 1}
    return (
        (word.head >= 0 and bool(group >> word.head & 1))
        or number in outer
        or (word.head in outer and index.words[word.head].upos in {"NOUN", "PROPN"})
    )


def _told(fact: FactView, view: EntityView, index: ArticleIndex) -> list[tuple[Span, float]]:
    if fact.fact.kind not in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA} or fact.fact.negated:
        return []
    mine = [a for a in fact.arguments if a.entity == view.entity.id and a.role is not Role.ATTRIBUTE]
    if not mine:
        return []
    weight = {FactKind.TITLE: 1.0, FactKind.APPOSITION: 1.2, FactKind.COPULA: 1.1}[fact.fact.kind]
    out = []
    for a in fact.arguments:
        if a.role is Role.ATTRIBUTE and index.words[a.head].upos in {"NOUN", "PROPN"}:
            size = min(8, a.mask.bit_count())
            noun = "person" in a.sorts or view.entity.kind is not EntityKind.PERSON
            out.append((a.argument.span, weight + 0.15 * size + (0.5 if noun else 0.0)))
    return out


def _name(entity: int, index: ArticleIndex, strength: float) -> Identity | None:
    """Return an entity's name, with a passage that shows both the name and what it is."""
    view = index.entities[entity]
    best: tuple[float, Span, int] | None = None
    for mention in view.entity.mentions:
        mask = index.mask_of(mention.span) if mention.kind in {"name", "title"} else 0
        if not mask:
            continue
        sentence = index.words[mask.bit_length() - 1].sentence
        value = _shows(sentence, view, index) + 0.1 * min(4, len(mention.span.of(index.article.text).split()))
        if best is None or value > best[0]:
            best = (value, mention.span, sentence)
    if best is None or not any(m.kind == "name" for m in view.entity.mentions):
        return None
    return Identity(view.entity.name, best[1], best[2], 0.9 if strength >= 0.9 else 0.8, "name")


def _shows(sentence: int, view: EntityView, index: ArticleIndex) -> float:
    """Return how well a sentence shows what an entity is."""
    told = any(
        f.sentence == sentence
        and f.fact.kind in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA}
        and any(a.entity == view.entity.id for a in f.arguments)
        for f in index.facts
    )
    near = index.sentence_masks[sentence]
    titled = any(all(index.keys.get(k, 0) & near for k in t) for t in view.titles)
    return (1.0 if told else 0.0) + (0.3 if titled else 0.0)


def _expansion(frame: QuestionFrame, slot: Slot, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return what an abbreviation stands for."""
    for found in linked.entities(slot.start, slot.end):
        for fact in index.facts:
            if fact.fact.kind is FactKind.ABBREVIATION and any(
                a.entity == found.entity for a in fact.arguments
            ):
                long = max(fact.arguments, key=lambda a: a.mask.bit_count())
                span = long.argument.span
                return Identity(span.of(index.article.text), span, fact.sentence, 0.95, "expansion")
    short = frame.words[slot.head]
    return _bracketed(short, index) if 2 <= len(short) <= 8 else None


def _bracketed(short: str, index: ArticleIndex) -> Identity | None:
    """Return the name whose initials spell an abbreviation beside it: "Long Form (LF)", "LF (Long Form)"."""
    text = index.article.text
    before = re.search(rf"((?:[\w'’&.-]+ ){{2,10}})\({re.escape(short)}\)", text, re.IGNORECASE)
    after = re.search(rf"\b{re.escape(short)} \(([^()]{{4,90}})\)", text, re.IGNORECASE)
    for found in (before, after):
        span = _spelt(short, Span(found.start(1), found.end(1)), text) if found else None
        if span is not None:
            sentence = next((n for n, s in enumerate(index.article.sentences) if s.span.overlaps(span)), 0)
            return Identity(span.of(text), span, sentence, 0.9, "expansion")
    return None


def _spelt(short: str, span: Span, text: str) -> Span | None:
    """Return the shortest tail of the span whose capital initials spell the abbreviation."""
    parts = [m for m in re.finditer(r"[\w'’&.]+", span.of(text))]
    for k in range(len(parts) - 1, -1, -1):
        tail = [m.group() for m in parts[k:]]
        capitals = "".join(w[0] for w in tail if w[0].isupper())
        every = "".join(w[0] for w in tail).upper()
        if short.upper() in {capitals, every} and tail[0][0].isupper():
            return Span(span.start + parts[k].start(), span.start + parts[-1].end())
    return None
