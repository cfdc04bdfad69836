"""From a parsed article to its facts: read every sentence, then settle ids, spans, entities and links."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.language import lexicon
from knowledge.model import (
    Argument,
    Article,
    Entity,
    Fact,
    FactKind,
    Link,
    Predicate,
    Relation,
    Role,
    Sentence,
)
from knowledge.reading.facts.clauses import Clauses
from knowledge.reading.facts.coordination import conjunct_facts
from knowledge.reading.facts.draft import Draft, Slot
from knowledge.reading.facts.factuality import Factuality
from knowledge.reading.facts.identities import identities
from knowledge.reading.facts.inside import noun_facts
from knowledge.reading.facts.nominals import light, nominal
from knowledge.reading.facts.phrases import members, phrase, short
from knowledge.reading.facts.tree import SOURCES, Tree

CLAUSES = frozenset({FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL})
# Kinds whose predicate is no part of its arguments' phrases.
HOSTS = CLAUSES | {FactKind.NOMINAL, FactKind.QUOTATION}


def extract(article: Article, entities: Sequence[Entity]) -> tuple[Fact, ...]:
    """Return the facts of a parsed article.

    Ids count from 0 in the order of the sentences. Every argument lies within its fact's sentence, which is
    the
    evidence. Speakers are not settled here: `attribution` is left empty.
    """
    referents = _referents(entities)
    facts: list[Fact] = []
    for index, sentence in enumerate(article.sentences):
        if not sentence.tokens:
            continue
        clauses = _clauses(article.text, sentence, index)
        drafts = _read(clauses, sentence)
        facts.extend(_finish(clauses, drafts, len(facts), referents))
    return tuple(facts)


def _clauses(text: str, sentence: Sentence, index: int) -> Clauses:
    return Clauses(Tree(sentence, index), text, lexicon.SPEECH_VERBS, headline=sentence.paragraph < 0)


def _read(clauses: Clauses, sentence: Sentence) -> list[Draft]:
    """Return everything that one sentence tells, clauses first."""
    question = sentence.span.of(clauses.text).rstrip("\"'”’ ").endswith("?")
    factuality = Factuality(clauses, question)
    drafts = []
    hosts: dict[int, Draft] = {}
    for word in clauses.predicates:
        draft = clauses.draft(word)
        light(clauses, draft)
        draft.negated, draft.modality = factuality.of(word)
        drafts.append(draft)
        for slot in draft.slots:
            if slot.rel in ("obj", "nsubj:pass") and not slot.implied:
                hosts.setdefault(slot.head, draft)
    drafts.extend(_according_to(clauses))
    drafts.extend(_including(clauses))
    for word in range(len(clauses.tree)):
        event = nominal(clauses, word, hosts.get(word))
        if event is not None:
            event.negated, event.modality = factuality.of_event(word, hosts.get(word))
            drafts.append(event)
    drafts.extend(identities(clauses))
    drafts.extend(noun_facts(clauses))
    drafts = [d for d in drafts if d.slots]
    return drafts + [part for draft in drafts for part in conjunct_facts(clauses, draft)]


def _according_to(clauses: Clauses) -> Iterable[Draft]:
    """Yield who is named by "according to", with the clause as what is said (checklist point 18c)."""
    tree = clauses.tree
    for word in range(len(tree)):
        head = tree.heads[word]
        if head < 0 or not clauses.case(word).startswith(SOURCES):
            continue
        cue = [w for kid in tree.children(word, "case", "mark") for w in tree.subtree(kid)]
        draft = Draft(FactKind.QUOTATION, word, "according to", sorted(cue))
        draft.slots.append(Slot(Role.AGENT, word, "according to", case="according to"))
        host = next((w for w in (head, *tree.ancestors(head)) if w in clauses.predicates), None)
        host = clauses.whole_of(host, word) if host is not None else None
        if host is not None:
            draft.slots.append(Slot(Role.CONTENT, host, "parataxis", clause=True, shed=(word,)))
        yield draft


def _including(clauses: Clauses) -> Iterable[Draft]:
    """Yield what a whole is said to include: "several targets including the station"."""
    tree = clauses.tree
    for word in range(len(tree)):
        head = tree.heads[word]
        cue = next(
            (k for k in tree.children(word, "case", "mark") if tree.form(k, clauses.text) == "including"),
            None,
        )
        if cue is None or head < 0 or tree.upos(head) not in ("NOUN", "PROPN", "PRON", "NUM"):
            continue
        whole = Slot(Role.AGENT, head, "including", shed=(word,))
        draft = Draft(FactKind.VERB, cue, "include", [cue], [whole, Slot(Role.PATIENT, word, "including")])
        yield draft


# --- from drafts to facts -----------------------------------------------------------------------------------


def _referents(entities: Sequence[Entity]) -> list[tuple[int, int, int]]:
    """Return start, end and entity of every mention, the shortest first."""
    found = [(m.span.start, m.span.end, entity.id) for entity in entities for m in entity.mentions]
    return sorted(found, key=lambda mention: mention[1] - mention[0])


def _referent(referents: Sequence[tuple[int, int, int]], tree: Tree, word: int) -> int | None:
    """Return the entity of the shortest mention that this word heads: its governor lies outside of it."""
    token = tree.tokens[word]
    governor = tree.heads[word]
    outside = tree.tokens[governor].start if governor >= 0 else -1
    for start, end, entity in referents:
        if start <= token.start and token.end <= end and not start <= outside < end:
            return entity
    return None


def _finish(
    clauses: Clauses, drafts: list[Draft], first: int, referents: Sequence[tuple[int, int, int]]
) -> Iterable[Fact]:
    """Number one sentence's drafts and build their facts."""
    tree = clauses.tree
    here = tree.sentence.span
    inside = [r for r in referents if here.start < r[1] and r[0] < here.end]
    numbers = {id(draft): first + at for at, draft in enumerate(drafts)}
    clause_facts: dict[int, int] = {}
    for draft in drafts:
        if draft.kind in CLAUSES and draft.part_of is None:
            clause_facts.setdefault(draft.head, numbers[id(draft)])
    for word in clauses.predicates:
        carried = clauses.carried(word)
        if carried in clause_facts:
            clause_facts[word] = clause_facts[carried]
    for draft in drafts:
        number = numbers[id(draft)]
        arguments = tuple(
            _argument(clauses, draft, slot, clause_facts, number, inside) for slot in draft.slots
        )
        yield Fact(
            id=number,
            kind=draft.kind,
            predicate=_predicate(clauses, draft),
            arguments=_distinct(arguments),
            sentence=tree.index,
            evidence=(here,),
            negated=draft.negated,
            modality=draft.modality,
            links=_links(clauses, draft, clause_facts, number),
            part_of=numbers.get(id(draft.part_of)) if draft.part_of is not None else None,
            derived=draft.derived,
            confidence=draft.confidence,
        )


def _distinct(arguments: tuple[Argument, ...]) -> tuple[Argument, ...]:
    """Drop a second argument with the same role and words."""
    return tuple({(a.role, a.span): a for a in reversed(arguments)}.values())[::-1]


def _argument(
    clauses: Clauses,
    draft: Draft,
    slot: Slot,
    clause_facts: dict[int, int],
    number: int,
    referents: Sequence[tuple[int, int, int]],
) -> Argument:
    tree, text = clauses.tree, clauses.text
    owner = draft.head if draft.kind in HOSTS and draft.head not in slot.shed else -1
    full = phrase(tree, slot, owner, text)
    brief = short(tree, slot, full, text)
    head = tree.span(slot.head, slot.head)
    listed = [] if slot.only else members(tree, slot, owner, text)
    target = clause_facts.get(slot.head) if slot.clause else None
    return Argument(
        role=slot.role,
        span=tree.span(*full),
        short=tree.span(*brief),
        head=head,
        lemma=_lemma(tree, slot.head),
        case=""
        if slot.case == "to" and slot.clause
        else slot.case.removesuffix(" to")
        if slot.clause
        else slot.case,
        entity=None if slot.clause or listed else _referent(referents, tree, slot.head),
        fact=target if target != number else None,
        members=tuple(tree.span(*words) for _, words in listed),
        confidence=slot.confidence,
    )


def _wording(tree: Tree, words: list[int], text: str) -> str:
    """Return the words with blanks between them, but as written where no other word stands between."""
    if words[-1] - words[0] + 1 == len(words):
        return tree.span(words[0], words[-1]).of(text)
    return " ".join(tree.form(w, text) for w in words)


def _lemma(tree: Tree, word: int) -> str:
    """Return the word's lemma, with its capitals where the parser left it as it is."""
    lemma = tree.tokens[word].lemma
    return lemma if lemma.lower() == tree.lemma(word) else tree.lemma(word)


def _predicate(clauses: Clauses, draft: Draft) -> Predicate:
    """Return the predicate; its span is the run of its words round the head, its text all of them."""
    tree = clauses.tree
    words = draft.words
    at = words.index(draft.head) if draft.head in words else 0
    first = last = at
    while first > 0 and words[first - 1] == words[first] - 1:
        first -= 1
    while last + 1 < len(words) and words[last + 1] == words[last] + 1:
        last += 1
    return Predicate(
        lemma=draft.lemma,
        text=_wording(tree, words, clauses.text),
        span=tree.span(words[first], words[last]),
        passive=draft.passive,
        derived_verb=draft.derived_verb,
        light_noun=draft.light_noun,
    )


def _links(clauses: Clauses, draft: Draft, clause_facts: dict[int, int], number: int) -> tuple[Link, ...]:
    """Return the relations to other clauses, with the content clauses and their conjuncts."""
    wanted = list(draft.links)
    for slot in draft.slots:
        if slot.role is Role.CONTENT and slot.clause:
            same = [k for k in clauses.tree.children(slot.head, "conj") if k != draft.head]
            wanted.extend((Relation.CONTENT, head) for head in (slot.head, *same))
    found = [Link(relation=r, fact=clause_facts[head]) for r, head in wanted if head in clause_facts]
    return tuple(dict.fromkeys(link for link in found if link.fact != number))
