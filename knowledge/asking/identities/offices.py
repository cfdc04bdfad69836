"""Who holds a post or leads, owns or stands for something, from what is said beside people's names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from knowledge.asking import words
from knowledge.asking.frame import QuestionFrame, Slot
from knowledge.asking.index import ArticleIndex, FactView
from knowledge.asking.ranking.phrases import phrase_mask
from knowledge.asking.terms import Link, Linked, Term
from knowledge.asking.wordsets import wordset
from knowledge.language import lexicon
from knowledge.model import EntityKind, FactKind, Role

LEADING = wordset("leading_verb")
LEADERS = wordset("leader_noun")
OWNERS = wordset("owner_noun")
PAST = wordset("past_modifier")
LIMITING = wordset("post_modifier") | PAST
"""Words that make a post another one: the deputy governor is not the governor."""
OWNING = frozenset({"own", "possess"})
AT_THE_HEAD = frozenset({"charge", "helm", "head", "command", "control"})
WITHIN = frozenset({"of", "for", "at", "in", "with", "on", ""})
REFERENCE = 0.95
"""How sure it is that a describing phrase means the one that it is taken for."""
DESCRIBING = {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA}


@dataclass(frozen=True, slots=True)
class Description:
    """What the article calls an entity in one place: the noun's word number and all words of its phrase.

    `sure` is less than 1 where only the resolution of references says whom the phrase means.
    """

    entity: int
    head: int
    mask: int
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Post:
    """A post asked for: the nouns and verbs that say it, its own term, and the terms that it is told by.

    `kind` are those of the terms that say what sort of post it is ("deputy"), not of what; `proper` those
    that are part of a name. `past` says that somebody may be meant who held it once.
    """

    nouns: frozenset[str]
    term: Term | None
    terms: tuple[Term, ...]
    verbs: frozenset[str]
    verb: str = ""
    kind: tuple[Term, ...] = ()
    proper: frozenset[int] = frozenset()
    past: bool = False

    def asks_for_a_name(self) -> bool:
        """Tell whether the question names of what the post is."""
        return any(t.at in self.proper for t in self.terms)


def descriptions(index: ArticleIndex) -> tuple[Description, ...]:
    """Return what the article calls its named entities: titles, appositions, predicates and "as" phrases."""
    if index.descriptions is None:
        index.descriptions = tuple(_descriptions(index))
    return index.descriptions


def _descriptions(index: ArticleIndex) -> Iterator[Description]:
    for view in index.facts[: index.told]:
        if view.fact.kind in DESCRIBING and not view.fact.negated:
            yield from _from_fact(view, index)
    for named in index.entities:
        for mention in named.entity.mentions if named.proper else ():
            mask = index.mask_of(mention.span)
            if mask and mention.kind in {"title", "nominal"} and mention.confidence >= 0.6:
                head = _top(mask, index)
                sure = 1.0 if mention.kind == "title" else REFERENCE
                yield Description(named.entity.id, head, mask | phrase_mask(index, head), sure)
            elif mask and mention.kind == "name":
                yield from _as_something(named.entity.id, mask, index)


def _from_fact(view: FactView, index: ArticleIndex) -> Iterator[Description]:
    attribute = next((a for a in view.arguments if a.role is Role.ATTRIBUTE and a.head >= 0), None)
    if attribute is None or index.words[attribute.head].upos not in {"NOUN", "PROPN"}:
        return
    doer = next((a.entity for a in view.arguments if a is not attribute and a.entity >= 0), -1)
    entity = doer if doer >= 0 else attribute.entity
    if entity < 0 or not index.entities[entity].proper:
        return
    person = index.entities[entity].entity.kind is EntityKind.PERSON
    head = whole_title(attribute.head, index) if person else attribute.head
    mask = attribute.mask | phrase_mask(index, head)
    if view.fact.kind is FactKind.TITLE or index.words[max(0, head - 1)].text in {"-", "–"}:
        mask |= _before(head, index)
    yield Description(entity, head, mask)


def whole_title(head: int, index: ArticleIndex) -> int:
    """Return the noun of a person's title where only its "of" phrase stands by the name."""
    while not _is_person(head, index) and _of_what(head, index) >= 0:
        head = _of_what(head, index)
    return head


def _before(number: int, index: ArticleIndex) -> int:
    """Return the words before a title's noun that belong to it: "vice-" and "transport, seas and"."""
    mask, i = 0, number - 1
    while i > 0 and index.words[i].sentence == index.words[number].sentence:
        word, after = index.words[i], index.words[i + 1]
        hyphen = word.text in {"-", "–"} or (after.text in {"-", "–"} and i + 1 < number)
        listed = word.upos in {"NOUN", "ADJ"} or (
            word.text in {",", "and"} and index.words[i - 1].upos == "NOUN"
        )
        if not hyphen and not listed:
            break
        mask |= 1 << i
        i -= 1
    return mask


def _is_person(number: int, index: ArticleIndex) -> bool:
    lemma = index.words[number].lemma
    return lemma in LEADERS or "person" in lexicon.noun_classes(lemma)


def _of_what(number: int, index: ArticleIndex) -> int:
    """Return the noun whose "of" phrase a noun heads, or -1."""
    upper = index.words[number].head
    of = any(index.words[c].text.lower() == "of" for c in index.children[number])
    return upper if of and upper >= 0 and index.words[upper].upos in {"NOUN", "PROPN"} else -1


def _top(mask: int, index: ArticleIndex) -> int:
    """Return the word of a phrase that hangs on none of the others."""
    return next(
        (i for i in index.numbers(mask) if index.words[i].head < 0 or not mask >> index.words[i].head & 1), 0
    )


def _as_something(entity: int, mask: int, index: ArticleIndex) -> Iterator[Description]:
    """Yield what a name is followed by with "as": "X as the minister for Y"."""
    for child in index.children[_top(mask, index)]:
        if any(index.words[c].text.lower() == "as" for c in index.children[child]):
            yield Description(entity, child, phrase_mask(index, child))


# -- what is asked ---------------------------------------------------------------------------------------


def post_asked(frame: QuestionFrame, linked: Linked, slot: Slot | None, index: ArticleIndex) -> Post | None:
    """Return the post whose holder is asked for, by noun ("the head of X") or by verb ("who heads X")."""
    post = _by_noun(frame, linked, slot)
    return _with_names(post, frame, linked, index) if post is not None else None


def _with_names(post: Post, frame: QuestionFrame, linked: Linked, index: ArticleIndex) -> Post:
    """Return the post with what of its terms are names, and whether the past is asked for."""
    names = [x for x in linked.links if x.named and not index.entities[x.entity].entity.name[:1].islower()]
    proper = {i for x in names if not _is_common(frame, x) for i in range(x.start, x.end)}
    proper |= {t.at for t in post.terms if _is_proper(t)}
    past = bool({"was", "were", "used"} & {w.lower() for w in frame.words})
    return replace(post, proper=frozenset(proper), past=past)


def _is_common(frame: QuestionFrame, found: Link) -> bool:
    """Tell whether what could be a name is one common word, with or without "the", typed in lower case."""
    said = [w for w in frame.words[found.start : found.end] if w.lower() != "the"]
    return len(said) == 1 and said[0].islower() and lexicon.is_word(said[0])


def post_of(frame: QuestionFrame, linked: Linked, slot: Slot, index: ArticleIndex) -> Post | None:
    """Return the post that a phrase of any question names."""
    post = _titled(frame, linked, slot, slot.end)
    return _with_names(post, frame, linked, index) if post is not None else None


def _by_noun(frame: QuestionFrame, linked: Linked, slot: Slot | None) -> Post | None:
    asked = frame.asked
    clause = frame.clauses[asked.clause] if frame.clauses else None
    if clause is not None and not clause.copular:
        return _by_verb(frame, linked)
    low = [w.lower() for w in frame.words]
    inside = next((s for s in clause.slots if s.case in {"in", "at"}), None) if clause is not None else None
    if slot is None and inside is not None and _heads_up(inside, low):
        terms = tuple(t for i, t in linked.terms.items() if i >= inside.start and t.text not in AT_THE_HEAD)
        return Post(LEADERS, None, terms, LEADING)
    if slot is None or (clause is not None and any(s.case not in WITHIN for s in clause.slots)):
        return None
    last = max((s.end for s in clause.slots), default=slot.end) if clause is not None else slot.end
    return _titled(frame, linked, slot, last)


def _titled(frame: QuestionFrame, linked: Linked, slot: Slot, last: int) -> Post | None:
    """Read "the deputy head of X" and "X's deputy head" in a slot, with what follows up to `last`."""
    low = [w.lower() for w in frame.words]
    head = next((i for i in range(slot.start + 1, slot.end) if low[i] in {"of", "for", "at"}), slot.end) - 1
    start = next((i + 1 for i in range(head, slot.start, -1) if low[i] == "'s"), slot.start)
    noun = linked.terms.get(head)
    if (
        noun is None
        or head < start
        or not ({words.american(noun.lemma)} & LEADERS or "person" in lexicon.noun_classes(noun.lemma))
    ):
        return None
    terms = tuple(t for i, t in linked.terms.items() if slot.start <= i < last and i != head)
    loosely = noun.lemma in {"head", "boss", "leader", "chief"} and bool(terms)
    owner = noun.lemma in OWNERS
    nouns = LEADERS if loosely else OWNERS if owner else frozenset({words.american(noun.lemma)})
    verbs = LEADING if loosely else OWNING if owner else frozenset()
    return Post(nouns, noun, terms, verbs, kind=tuple(t for t in terms if start <= t.at < head))


def _heads_up(slot: Slot, low: list[str]) -> bool:
    first = slot.start + (low[slot.start] == "the")
    return low[first] in AT_THE_HEAD and first + 1 < slot.end and low[first + 1] == "of"


def _by_verb(frame: QuestionFrame, linked: Linked) -> Post | None:
    """Read "who heads X" and "who is X run by"."""
    asked = frame.asked
    clause = frame.clauses[asked.clause]
    verb = next(
        (x for x in clause.lemmas if x in LEADING | OWNING), clause.lemmas[0] if clause.lemmas else ""
    )
    active = asked.gap == "subject" and not clause.passive
    passive = clause.passive and asked.gap == "oblique" and asked.case == "by"
    thing = clause.slot("object") if active else clause.slot("subject") if passive else None
    if asked.wh != "who" or thing is None or clause.modal or clause.negated or clause.particle:
        return None
    if len(frame.clauses) > 1 or any(s is not thing and s.kind != "adverb" for s in clause.slots):
        return None
    nouns = LEADERS if verb in LEADING else OWNERS if verb in OWNING else frozenset()
    terms = tuple(t for i, t in linked.terms.items() if thing.start <= i < thing.end)
    family = LEADING if verb in LEADING else OWNING if verb in OWNING else frozenset()
    return Post(nouns, None, terms, family, verb) if terms else None


# -- who holds it ----------------------------------------------------------------------------------------


def holders(post: Post, linked: Linked, index: ArticleIndex) -> dict[int, float]:
    """Return the entities that hold a post with how well each fits."""
    found: dict[int, float] = {}
    for told in descriptions(index):
        strength = _fits(post, told, index) * told.sure
        if strength > found.get(told.entity, 0.0):
            found[told.entity] = strength
    for view in index.facts[: index.told]:
        strength = _does(post, view, index)
        doer = next((a.entity for a in view.arguments if a.role is Role.AGENT and a.entity >= 0), -1)
        if doer >= 0 and index.entities[doer].proper and strength > found.get(doer, 0.0):
            found[doer] = strength
    return found


def _fits(post: Post, told: Description, index: ArticleIndex) -> float:
    """Return how well a description names the post: 0.95 in full, 0.8 where it leaves out of what."""
    word = index.words[told.head]
    lemma = words.american(word.lemma)
    # an agent noun names who does what its verb says: the editor of a paper edits it
    agent = bool(post.verb) and lexicon.agent_noun_verb(lemma) == post.verb
    if (lemma not in post.nouns and not agent) or lemma in index.entities[told.entity].keys:
        return 0.0
    if _is_other(post, told, index):
        return 0.0
    view = index.entities[told.entity]
    around = told.mask & ~(1 << told.head)
    missing = [t for t in post.terms if t.strength(around) < 0.6 and not _of_country(t, view.country)]
    if not missing:
        return 0.95 if post.terms else 0.85
    rest = around
    for mention in view.entity.mentions:
        rest &= ~index.mask_of(mention.span) if mention.kind == "name" else rest
    for term in post.terms:
        rest &= ~term.any
    left = [index.words[i] for i in index.numbers(rest)]
    left = [w for w in left if w.upos not in {"DET", "PUNCT", "ADP", "PART"}]
    bare = not left
    same = post.term is not None and lemma == words.american(post.term.lemma)
    known = all(t.exact and t.at not in post.proper and t not in post.kind for t in missing)
    if not bare and same and all(w.deprel == "nmod:poss" and _is_place(w.lemma) for w in left):
        sentence = index.words[told.head].sentence
        near = sum(index.sentence_masks[max(0, sentence - 2) : sentence + 1])
        return 0.8 if all(t.exact & near and t.at in post.proper for t in missing) else 0.0
    return 0.8 if bare and known and (same or len(missing) < len(post.terms)) else 0.0


def _is_place(lemma: str) -> bool:
    """Tell whether a noun stands for a place just named: "the town's mayor"."""
    return bool({"place", "location"} & lexicon.noun_classes(lemma))


def _is_proper(term: Term) -> bool:
    """Tell whether a question's word can only be a name."""
    country = len(term.text) > 2 and words.country_key(term.text.title())
    return bool(country) or (term.tag == "PROPN" and not lexicon.is_word(term.text))


def _is_other(post: Post, told: Description, index: ArticleIndex) -> bool:
    """Tell whether a description says a word of the post that makes it another one: "deputy", "former"."""
    phrase = {index.words[i].text.lower() for i in index.numbers(told.mask)}
    return bool((phrase & LIMITING) - {t.text for t in post.terms} - (PAST if post.past else set()))


def held_another(post: Post, entity: int, index: ArticleIndex) -> bool:
    """Tell whether the article calls an entity by the post's noun only with a word that makes it another."""
    told = [d for d in so_called(post, index) if d.entity == entity]
    return bool(told) and all(_is_other(post, d, index) for d in told)


def others_only(post: Post, index: ArticleIndex) -> bool:
    """Tell whether the article knows the post's noun only of those who hold another such post."""
    told = so_called(post, index)
    return bool(told) and (post.asks_for_a_name() or all(_is_other(post, d, index) for d in told))


def so_called(post: Post, index: ArticleIndex) -> list[Description]:
    """Return the descriptions whose noun is the post's."""
    return [d for d in descriptions(index) if words.american(index.words[d.head].lemma) in post.nouns]


def _of_country(term: Term, country: str) -> bool:
    return bool(country) and words.country_key(term.text.title()) == country


def _does(post: Post, view: FactView, index: ArticleIndex) -> float:
    """Return how well a deed amounts to holding the post: "who is leading the operation"."""
    if not post.verbs or view.fact.kind is not FactKind.VERB or view.fact.negated or not view.asserted:
        return 0.0
    patient = next((a for a in view.arguments if a.role is Role.PATIENT and a.head >= 0), None)
    if not set(view.lemmas) & post.verbs or patient is None:
        return 0.0
    head = [t for t in post.terms if t.exact >> patient.head & 1]
    around = index.sentence_masks[view.sentence]
    if not head or any(t.strength(patient.mask if t.name else around) < 0.6 for t in post.terms):
        return 0.0
    return 0.9
