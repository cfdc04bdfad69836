"""Who or what somebody is, what they are called, and who fits a description."""

from __future__ import annotations

from collections.abc import Iterator

from knowledge.asking import words
from knowledge.asking.frame import Clause, QuestionFrame, Slot
from knowledge.asking.identities.abbreviations import abbreviation
from knowledge.asking.identities.identified import Identity, nobody, quoting
from knowledge.asking.identities.offices import (
    descriptions,
    held_another,
    holders,
    others_only,
    post_asked,
    whole_title,
)
from knowledge.asking.identities.owners import whose
from knowledge.asking.index import ArticleIndex, EntityView, FactView
from knowledge.asking.ranking.phrases import phrase_mask
from knowledge.asking.terms import Link, Linked
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import EntityKind, FactKind, Role, Span

TITLE_NOUNS = {"title", "job", "position", "role", "post", "rank", "occupation", "profession", "office"}
NAME_NOUNS = {"name", "surname"}
NATIONALITY = {"nationality", "citizenship"}
RANKS = wordset("rank_noun")
HONORIFICS = wordset("honorific")
NAMING_VERBS = {"call", "name"}
BESIDE = {"compound", "flat", "appos", "nmod:desc"}
OWNERS = {"his", "her", "its", "their"}
HOLDING = {"hold", "have", "occupy"}
PERSON_NOUNS = {"person", "man", "woman", "official", "politician"}
PRONOUNS = {"he", "she", "it", "they", "him", "his", "her", "its", "their"}
POINTING = PRONOUNS | {"who", "what", "that", "this", "be", "is", "'s", "was"}
PARTS_OF_NAMES = {"first": 0, "given": 0, "christian": 0, "last": -1, "family": -1, "second": -1}


def identify(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Return who or what the question's subject is, or None where it asks for something else."""
    asked = frame.asked
    short = abbreviation(frame, linked, index)
    if short is not None:
        return short
    if asked.wh == "whose":
        return whose(frame, linked, index)
    if not frame.clauses or asked.wh == "topic":
        return _verbless(frame, linked, index)
    clause = frame.clauses[asked.clause]
    subject = clause.slot("subject")
    if asked.wh == "which" and subject is not None and set(clause.lemmas) & HOLDING:
        named = _named(frame, linked, subject) if asked.noun in TITLE_NOUNS else None
        return _titled(named, asked.noun, index) if named is not None else None
    if asked.wh == "who" and not clause.copular:
        return _holder(frame, linked, index, None)
    called = (
        subject is not None and asked.wh == "what" and clause.passive and set(clause.lemmas) & NAMING_VERBS
    )
    if not called and (asked.wh not in {"who", "what", "which"} or not clause.copular):
        return None
    return _copular(frame, linked, index, clause, bool(called))


def _copular(
    frame: QuestionFrame, linked: Linked, index: ArticleIndex, clause: Clause, called: bool
) -> Identity | None:
    """Answer "who or what is X" and "what is X called"."""
    asked = frame.asked
    others = [c for c in frame.clauses if c is not clause]
    if any(c.link not in {"relative", "participle"} for c in others):
        return None
    slot = clause.slot("subject", "complement")
    further = [s for s in clause.slots if s is not slot and s.kind != "adverb"]
    if (slot is None or further) and asked.wh == "who" and not others and not frame.loose:
        return _holder(frame, linked, index, slot)
    if slot is None or further or asked.gap == "oblique":
        return None
    if asked.wh == "which" and asked.noun not in PERSON_NOUNS:
        return None
    fronted = _fronted(frame, linked, slot)
    if frame.loose and fronted is None:
        return None
    slot, wanted = fronted if fronted is not None else _inner(frame, slot)
    return _answered(frame, linked, index, slot, wanted, others, called)


def _answered(
    frame: QuestionFrame,
    linked: Linked,
    index: ArticleIndex,
    slot: Slot,
    wanted: str,
    others: list[Clause],
    called: bool,
) -> Identity | None:
    """Return what is wanted of the phrase in the slot: who it is, its name, title, nationality, ..."""
    named = _named(frame, linked, slot)
    if wanted in PARTS_OF_NAMES:
        return _part_of_name(linked, index, slot, PARTS_OF_NAMES[wanted])
    if wanted in NATIONALITY:
        return _nationality(named, linked, index, slot)
    if wanted == "other":
        return None
    if named is not None and not others and not called:
        return _full_name(frame, named, index) if wanted == "name" else _titled(named, wanted, index)
    if frame.asked.wh == "what" and wanted != "name" and not called:
        return None
    if not others and not called:
        held = _holder(frame, linked, index, slot, least=0.9)
        if held is not None and held.note != "not told":
            return held
    found = _described(frame, linked, index, slot, others)
    if found is None and not others and not called:
        found = _holder(frame, linked, index, slot)
    if found is None and not others and (wanted == "name" or called):
        return _name_beside(linked, index, slot)
    return found


def _verbless(frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Identity | None:
    """Answer "name of the X" and "X who is that", which hold no verb."""
    if frame.clauses:
        return None
    rest = [s for s in frame.loose if not {w.lower() for w in frame.words[s.start : s.end]} <= POINTING]
    if len(rest) != 1:
        return None
    slot, wanted = _inner(frame, rest[0])
    asks_who = len(rest) < len(frame.loose) and "who" in {w.lower() for w in frame.words}
    if wanted == "" and not (asks_who and _named(frame, linked, slot)):
        return None
    return _answered(frame, linked, index, slot, wanted, [], False)


def _fronted(frame: QuestionFrame, linked: Linked, slot: Slot) -> tuple[Slot, str] | None:
    """Return the name in front and what is wanted of it: "X, what is her job", "X, who is he"."""
    low = [w.lower() for w in frame.words]
    if len(frame.loose) != 1 or low[slot.start] not in PRONOUNS or frame.loose[0].end > slot.start:
        return None
    front = frame.loose[0]
    if front.case or _named(frame, linked, front) is None:
        return None
    last = frame.lemmas[slot.end - 1]
    wanted = "name" if last in NAME_NOUNS else last if last in TITLE_NOUNS | NATIONALITY else "other"
    return front, "" if slot.end - slot.start == 1 else wanted


def _holder(
    frame: QuestionFrame, linked: Linked, index: ArticleIndex, slot: Slot | None, least: float = 0.8
) -> Identity | None:
    """Return who holds the post asked for; "not told" where only others hold such a post."""
    post = post_asked(frame, linked, slot, index)
    if post is None:
        return None
    fitting = {e: s for e, s in holders(post, linked, index).items() if s >= least}
    best = max(fitting.values(), default=0.0)
    chosen = [e for e, s in fitting.items() if s >= best]
    if len(chosen) == 1:
        return _name(chosen[0], index, best)
    return nobody(index) if not chosen and post.term is not None and others_only(post, index) else None


def _full_name(frame: QuestionFrame, named: Link, index: ArticleIndex) -> Identity | None:
    """Return the full name of one who is named; "not told" where the article has nothing to add."""
    said = {words.fold(w) for w in frame.words[named.start : named.end]}
    told = set(words.fold(index.entities[named.entity].entity.name).split())
    return _name(named.entity, index, 1.0) if told - said else nobody(index)


def _part_of_name(linked: Linked, index: ArticleIndex, slot: Slot, part: int) -> Identity | None:
    """Return the first or last name of the one person whom a phrase names."""
    terms = [t for i, t in linked.terms.items() if slot.start <= i < slot.end and t.any]
    found: dict[str, Span] = {}
    for view in index.entities:
        for mention in view.entity.mentions if view.entity.kind is EntityKind.PERSON else ():
            mask = index.mask_of(mention.span)
            parts = [i for i in index.numbers(mask) if index.words[i].upos == "PROPN"]
            if mention.kind == "name" and len(parts) > 1 and all(t.exact & view.mask for t in terms):
                word = index.words[parts[part]]
                found.setdefault(word.text, Span(word.start, word.end))
    return quoting(index, next(iter(found.values())), 0.85, "name") if terms and len(found) == 1 else None


def _nationality(named: Link | None, linked: Linked, index: ArticleIndex, slot: Slot) -> Identity | None:
    """Return the adjective of a country that stands with somebody's name or with a noun."""
    if named is not None:
        heads = [d.head for d in descriptions(index) if d.entity == named.entity]
    else:
        heads = list(index.numbers(linked.terms[slot.head].exact)) if slot.head in linked.terms else []
    for head in heads:
        for i in index.numbers(phrase_mask(index, head, short=True)):
            word = index.words[i]
            if word.deprel.split(":")[0] in {"amod", "compound"} and words.country_key(word.text):
                return quoting(index, Span(word.start, word.end), 0.85, "nationality")
    return nobody(index)


def _titled(named: Link, noun: str, index: ArticleIndex) -> Identity | None:
    """Return what a named one is; where a rank is asked for, only that."""
    if noun != "rank":
        return _description(named, index, titled=noun in {"title", "office"})
    for told in descriptions(index):
        if told.entity == named.entity:
            ranks = [i for i in index.numbers(told.mask) if index.words[i].lemma.lower() in RANKS]
            if ranks and index.words[told.head].lemma.lower() in RANKS:
                span = Span(index.words[ranks[0]].start, index.words[ranks[-1]].end)
                return quoting(index, span, 0.9, "rank")
    return nobody(index)


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
    names = (x for x in covering if x.named and x.strength >= 0.9 and not _is_noun(frame, slot, x))
    return next((x for x in names if _alone(frame, slot, x)), None)


def _is_noun(frame: QuestionFrame, slot: Slot, found: Link) -> bool:
    """Tell whether a name is one word that says what somebody is: "the minister", "minister of X"."""
    start = found.start + (frame.words[found.start].lower() == "the")
    word = frame.words[min(start, found.end - 1)].lower()
    after = frame.words[found.end].lower() if found.end < slot.end else ""
    used = after in {"of", "for"} or frame.tags[slot.start] == "DET" or frame.words[found.end - 1].islower()
    person = lexicon.is_word(word) and "person" in lexicon.noun_classes(lexicon.lemma(word, "NOUN"))
    return found.end - start == 1 and used and person


def _described(
    frame: QuestionFrame, linked: Linked, index: ArticleIndex, slot: Slot, others: list[Clause]
) -> Identity | None:
    """Return the name of the one whom a description fits; "not told" where it fits nobody of that sort."""
    owner, post = _owner(frame, slot), post_asked(frame, linked, slot, index)
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
        named = any(x.named for x in linked.entities(owner[1].start, owner[1].end))
        proper = post.asks_for_a_name() if post is not None else named
        if not fitting:
            unknown = noun.head in linked.terms and not linked.terms[noun.head].any
            return nobody(index) if (alike or unknown) and proper else None
    elif not fitting:
        fitting = {v.entity.id: 0.8 for v in index.entities if _is_a(frame, linked, noun, v, index)}
    for clause in others:
        fitting = {e: s for e, s in fitting.items() if _did(clause, linked, index.entities[e], index)}
    best = max(fitting.values(), default=0.0)
    chosen = [e for e, s in fitting.items() if s >= best]
    if len(chosen) == 1 and post is not None and held_another(post, chosen[0], index):
        return nobody(index)
    return _name(chosen[0], index, best) if len(chosen) == 1 else None


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
    """Return the phrase inside "the name of X", "X's title" and what of it is wanted.

    That is "name", "first" or another part of a name, a noun such as "title" or "nationality", "" for the
    phrase itself, and "other" for a name of some kind ("English name").
    """
    low = [w.lower() for w in frame.words]
    for position in range(slot.start, slot.end):
        lemma = frame.lemmas[position]
        if lemma not in TITLE_NOUNS | NAME_NOUNS | NATIONALITY:
            continue
        before = low[position - 1] if position > slot.start else ""
        kind = before if lemma in NAME_NOUNS and before in PARTS_OF_NAMES else ""
        wanted = "last" if lemma == "surname" else kind or ("name" if lemma in NAME_NOUNS else lemma)
        start = position - 1 if kind or before in {"full", "official", "exact", "real"} else position
        if position + 1 < slot.end and low[position + 1] == "of":
            plain = all(frame.tags[i] == "DET" for i in range(slot.start, start))
            inner = Slot("subject", "", position + 2, slot.end, slot.end - 1)
            return inner, wanted if plain or wanted != "name" else "other"
        if position == slot.end - 1 and start > slot.start:
            if frame.tags[start - 1] in {"ADJ", "NUM"}:
                return slot, "other" if wanted == "name" else ""
            end = start - 1 if low[start - 1] == "'s" else start
            return (Slot("subject", "", slot.start, end, end - 1), wanted) if end > slot.start else (slot, "")
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
        return Identity(_with_owner(index, best[1]), best[1], best[2], 0.9, "description")
    return _before_name(view, index)


def _with_owner(index: ArticleIndex, span: Span) -> str:
    """Return a description with the name for the pronoun that it may begin with: "Ann Bell's sister"."""
    text = span.of(index.article.text)
    mask = index.mask_of(span)
    word = index.words[(mask & -mask).bit_length() - 1] if mask else None
    if word is None or word.entity < 0 or word.upos != "PRON" or word.text.lower() not in OWNERS:
        return text
    owner = index.entities[word.entity]
    return f"{owner.entity.name}'s{text[word.end - span.start :]}" if owner.proper else text


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
            if index.words[a.head].text.lower().strip(".") in HONORIFICS and fact.fact.kind is FactKind.TITLE:
                weight -= 1.0
            size = min(8, a.mask.bit_count())
            person = view.entity.kind is EntityKind.PERSON
            whole = whole_title(a.head, index) if person else a.head
            span = a.argument.span if whole == a.head else _phrase(whole, a.argument.span.end, index)
            noun = "person" in a.sorts or not person or whole != a.head
            out.append((span, weight + 0.15 * size + (0.5 if noun else 0.0)))
    return out


def _phrase(head: int, end: int, index: ArticleIndex) -> Span:
    """Return the words from the beginning of a noun's phrase up to an offset."""
    first = min(index.numbers(phrase_mask(index, head)))
    return Span(index.words[first].start, end)


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
