"""A reading turned into what a question needs: ids, bit masks and interned strings.

A mask is an int whose bit i stands for the article's i-th word, counted over all sentences, so that "do these
words occur in that argument" is one `&`. Built once an article is read; a question only looks things up.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from knowledge.asking import words
from knowledge.asking.converse import receives
from knowledge.asking.retelling import causes, doings, mirrors, spelled
from knowledge.model import (
    Argument,
    Article,
    Entity,
    EntityKind,
    Fact,
    FactKind,
    Modality,
    Reading,
    Role,
    Span,
)

if TYPE_CHECKING:
    from knowledge.asking.identities.offices import Description
    from knowledge.asking.intents import Intent
    from knowledge.asking.polarity import stance
    from knowledge.asking.statements.speech import Utterance


ALIAS_START = 4
"""Characters of a word by which it is told that no alias starts with it."""
UNREAL = {Modality.INTENDED, Modality.REQUESTED, Modality.POSSIBLE, Modality.CONDITIONAL, Modality.ASKED}
"""What these facts tell did not happen, as far as the article says."""
Key = TypeVar("Key")
Value = TypeVar("Value")
GIVEN = 0.9
"""How well a first name that one person of the article has stands for that person."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the article: offsets, lemma, tags, governor (word number, -1 for a root), sentence."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str
    sentence: int
    entity: int = -1


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """An argument as masks: the full phrase, its head word's number, who it is and of what sort.

    `place` is its role and case, `phrase` its mask, head and entity; `timed` tells that it may be a time.
    """

    role: Role
    case: str
    mask: int
    head: int
    lemma: str
    entity: int
    fact: int
    argument: Argument
    sorts: frozenset[str]
    place: tuple[Role, str]
    phrase: tuple[int, int, int]
    timed: bool

    def placed(self, role: Role, case: str) -> ArgumentView:
        """Return the argument in another place."""
        timed = "time" in self.sorts or role is Role.TIME
        return replace(self, role=role, case=case, place=(role, case), timed=timed)


class Filler(NamedTuple):
    """What stands in a place of a fact: the role, the words, who it is, and whether a pronoun says so."""

    role: Role
    mask: int
    entity: int
    pronoun: bool


class Standing(NamedTuple):
    """Whether a fact is negated, asserted, unreal as far as is told, conditional, part of another."""

    negated: bool
    asserted: bool
    unreal: bool
    conditional: bool
    partial: bool


class Whole(NamedTuple):
    """A verb of several words in the article, and the noun that its last word governs, -1 for none."""

    verb: str
    governed: int


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact as masks; `lemmas` are those its predicate may be asked by, with the way each was come by.

    `spelled` are the lemmas in any spelling. Of the arguments, `things` are those headed by a noun or name,
    `parties` those that are a person, an organization or a place, `roles` the roles of all.
    """

    fact: Fact
    lemmas: Mapping[str, str]
    spelled: frozenset[str]
    mask: int
    predicate_mask: int
    arguments: tuple[ArgumentView, ...]
    sentence: int
    speaker: int
    speaker_mask: int
    asserted: bool
    standing: Standing
    roles: frozenset[Role]
    things: tuple[Filler, ...]
    parties: tuple[Filler, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What can be told of a phrase whatever is asked: see `ranking.shapes`.

    Its length in words, whether a pronoun heads it, the masks of its words with the head and of those that
    have content, the labels of its shape.
    """

    length: int
    pronoun: bool
    words: int
    content: int
    shape: frozenset[str]


@dataclass(frozen=True, slots=True)
class EntityView:
    """An entity with the words that describe it and the mask of its mentions.

    `called` are its names, folded; an entity without a proper name has none.
    """

    entity: Entity
    mask: int
    keys: frozenset[str]
    titles: tuple[frozenset[str], ...]
    heads: frozenset[str]
    called: frozenset[str]
    country: str
    sorts: frozenset[str]
    proper: bool


@dataclass(slots=True)
class ArticleIndex:
    """Everything about one article that asking looks at.

    `starts` and `ends` are the words' offsets, `heads` their governors, `depths` the arcs from their roots to
    them.
    `tagged` are the masks of the words of each tag (UPOS), `keys` those of the words that a key finds (see
    `words`), `countries` the part of them that name a country.
    `spellings` are the words of `vocabulary` and `names` by their first letter, `titled` the entities by the
    words of their titles and by the heads of their descriptions.
    `aliases` are the names and descriptions that an entity goes by, `alias_starts` the letters that one
    starts with, as many as there are up to `ALIAS_START`.
    `facts` holds the article's own facts first, `told` of them, then those told in other words
    (`retelling`).
    `news` tells from 0 to 1 how much of the article is told by people, as reports are.
    `wholes` are the verbs of several words, by the word number of the first: "turned (it) down".
    `purposes` are the ids of facts that another fact was done for. `intents` are made when somebody first
    wants suggestions, `tried` says which of their wordings were answered when asked back, `phrases` are what
    of a sentence may answer, `looks` what phrases are like, `arcs` how far words are from those of their
    sentence, `utterances` and `descriptions` who said what and who is called what, `stances` and `predicated`
    whether facts (by id) are so and what facts (by number) may be asked by: all found when first asked.
    """

    article: Article
    words: tuple[Word, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    heads: tuple[int, ...]
    depths: tuple[int, ...]
    children: tuple[tuple[int, ...], ...]
    sentence_masks: tuple[int, ...]
    tagged: Mapping[str, int]
    keys: Mapping[str, int]
    countries: Mapping[str, int]
    facts: tuple[FactView, ...]
    entities: tuple[EntityView, ...]
    aliases: Mapping[str, tuple[tuple[int, float], ...]]
    alias_starts: frozenset[str]
    predicates: Mapping[str, tuple[int, ...]]
    vocabulary: frozenset[str]
    names: frozenset[str]
    spellings: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, Mapping[str, float]]
    facts_of_sentence: Mapping[int, tuple[int, ...]]
    titled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    purposes: frozenset[int] = frozenset()
    told: int = 0
    intents: tuple[Intent, ...] | None = None
    tried: dict[str, bool] = field(default_factory=dict)
    news: float = 0.0
    wholes: Mapping[int, tuple[Whole, ...]] = field(default_factory=dict)
    looks: dict[tuple[int, int], Look] = field(default_factory=dict)
    arcs: dict[int, array[int]] = field(default_factory=dict)
    utterances: tuple[Utterance, ...] | None = None
    descriptions: tuple[Description, ...] | None = None
    stances: dict[int, stance.Standing] = field(default_factory=dict)
    predicated: dict[int, tuple[tuple[str, float], ...]] = field(default_factory=dict)
    phrases: dict[int, tuple[tuple[int, int, frozenset[str]], ...]] = field(default_factory=dict)

    def holding(self, view: FactView, arguments: tuple[ArgumentView, ...]) -> FactView:
        """Return a fact with other arguments."""
        mask = view.mask
        for argument in arguments:
            mask |= argument.mask
        return replace(
            view,
            mask=mask,
            arguments=arguments,
            roles=frozenset(a.role for a in arguments),
            things=_things(self, arguments),
            parties=_parties(self, arguments),
        )

    def wholes_in(self, predicate: int) -> Iterator[Whole]:
        """Yield the verbs of several words that start within a predicate."""
        if self.wholes:
            for i in self.numbers(predicate):
                yield from self.wholes.get(i, ())

    def subtree(self, number: int) -> int:
        """Return the mask of a word and everything that it governs."""
        mask = 1 << number
        for child in self.children[number]:
            mask |= self.subtree(child)
        return mask

    def numbers(self, mask: int) -> Iterator[int]:
        """Yield the word numbers of a mask, in order."""
        while mask:
            low = mask & -mask
            yield low.bit_length() - 1
            mask ^= low

    def found(self, keys: Iterable[str]) -> int:
        """Return the mask of the words that any of some keys finds."""
        mask, known = 0, self.keys
        for key in keys:
            if key in known:
                mask |= known[key]
        return mask

    def tags_mask(self, tags: Iterable[str]) -> int:
        """Return the mask of the words that have one of some tags (UPOS)."""
        mask = 0
        for tag in tags:
            mask |= self.tagged.get(tag, 0)
        return mask

    def mask_of(self, span: Span) -> int:
        """Return the mask of the words that lie within a span."""
        first, last = bisect_left(self.starts, span.start), bisect_right(self.ends, span.end)
        return (1 << last) - (1 << first) if first < last else 0


def build(reading: Reading) -> ArticleIndex:
    """Return the index of a reading."""
    article = reading.article
    table = _words(article, reading.entities)
    children: list[list[int]] = [[] for _ in table]
    masks = [0] * len(article.sentences)
    tagged: dict[str, int] = defaultdict(int)
    for i, word in enumerate(table):
        if word.head >= 0:
            children[word.head].append(i)
        masks[word.sentence] |= 1 << i
        tagged[word.upos] |= 1 << i
    index = ArticleIndex(
        article=article,
        words=table,
        starts=tuple(w.start for w in table),
        ends=tuple(w.end for w in table),
        heads=tuple(w.head for w in table),
        depths=_depths(table),
        children=tuple(map(tuple, children)),
        sentence_masks=tuple(masks),
        tagged=dict(tagged),
        keys={},
        countries={},
        facts=(),
        entities=(),
        aliases={},
        alias_starts=frozenset(),
        predicates={},
        vocabulary=frozenset(w.text.lower() for w in table if w.text.isalpha() and w.upos != "PROPN"),
        names=frozenset(
            w.text.lower() for w in table if w.upos == "PROPN" and any(c.isalpha() for c in w.text)
        ),
        spellings={},
        tags=_tags(table),
        facts_of_sentence={},
    )
    index.spellings = _grouped((w[0], w) for w in sorted(index.vocabulary | index.names))
    told = _descriptions(reading.facts)
    index.entities = tuple(_entity(index, e, told.get(e.id, ())) for e in reading.entities)
    index.titled = _grouped(
        (key, e.entity.id) for e in index.entities for key in sorted(e.heads.union(*e.titles))
    )
    index.wholes = _wholes(index)
    index.keys = _keys(index)
    index.countries = {key: mask for key, mask in index.keys.items() if key.startswith("@")}
    index.aliases = _aliases(index)
    index.alias_starts = frozenset(a[:n] for a in index.aliases for n in range(1, ALIAS_START + 1))
    index.purposes = frozenset(
        a.fact for f in reading.facts for a in f.arguments if a.role is Role.PURPOSE and a.fact is not None
    )
    index.facts = tuple(_fact(index, f) for f in reading.facts)
    index.told = len(index.facts)
    index.news = _news(index)
    index.facts += (*mirrors(index), *causes(index))
    index.facts_of_sentence = _grouped((view.sentence, n) for n, view in enumerate(index.facts))
    # A doing is looked at only where its verb is asked for.
    index.facts += tuple(doings(index))
    index.predicates = _grouped((lemma, n) for n, view in enumerate(index.facts) for lemma in view.lemmas)
    return index


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    """Return the values of each key, in order."""
    found: dict[Key, list[Value]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return {key: tuple(values) for key, values in found.items()}


def _news(index: ArticleIndex) -> float:
    """Return how much of an article is somebody's word: 1 from every third sentence on."""
    told = {view.sentence for view in index.facts if view.fact.attribution is not None}
    return min(1.0, 3 * len(told) / max(1, len(index.sentence_masks)))


def _words(article: Article, entities: Sequence[Entity]) -> tuple[Word, ...]:
    owner = _owners(entities)
    out: list[Word] = []
    for number, sentence in enumerate(article.sentences):
        base = len(out)
        for token in sentence.tokens:
            out.append(
                Word(
                    token.start,
                    token.end,
                    article.text[token.start : token.end],
                    token.lemma.lower(),
                    token.upos,
                    token.xpos,
                    base + token.head if token.head >= 0 else -1,
                    token.deprel,
                    number,
                    owner.get(token.start, -1),
                )
            )
    return tuple(out)


def _depths(table: Sequence[Word]) -> tuple[int, ...]:
    """Return each word's number of arcs from its root."""
    known: dict[int, int] = {-1: -1}
    for number in range(len(table)):
        path = []
        while number not in known:
            path.append(number)
            number = table[number].head
        for below in reversed(path):
            known[below] = known[table[below].head] + 1
    return tuple(known[number] for number in range(len(table)))


def _owners(entities: Sequence[Entity]) -> dict[int, int]:
    """Return the entity of each character that starts a mention's word; the tightest mention wins."""
    spans = sorted(
        ((m.span, e.id, m) for e in entities for m in e.mentions if m.confidence >= 0.4),
        key=lambda row: -(row[0].end - row[0].start),
    )
    owner: dict[int, int] = {}
    for span, number, _ in spans:
        for position in range(span.start, span.end):
            owner[position] = number
    return owner


def _tags(table: Sequence[Word]) -> dict[str, dict[str, float]]:
    counts: dict[str, dict[str, float]] = {}
    for word in table:
        tag = word.xpos if word.upos == "VERB" and word.xpos.startswith("VB") else word.upos
        if tag in {"AUX", "PUNCT"}:
            continue
        bag = counts.setdefault(word.text.lower(), {})
        bag[tag] = bag.get(tag, 0.0) + 3.0
        if word.upos == "VERB" and word.lemma != word.text.lower():
            base = counts.setdefault(word.lemma, {})
            base["VB"] = base.get("VB", 0.0) + 2.0
    return counts


def _keys(index: ArticleIndex) -> dict[str, int]:
    """Return the mask of every key: lemmas, lower-cased forms, countries ("@...") and entities ("#...")."""
    keys: dict[str, int] = defaultdict(int)
    for i, word in enumerate(index.words):
        if word.upos == "PUNCT":
            continue
        for key in words.article_keys(word.text, word.lemma, word.upos):
            keys[key] |= 1 << i
    for span, country in words.countries(index.article.text):
        keys[f"@{country}"] |= index.mask_of(span)
    for i, word in enumerate(index.words):
        if word.upos == "PROPN" and (capital := words.capital_key(word.text)):
            keys[f"~{capital}"] |= 1 << i
    for i, wholes in index.wholes.items():
        for whole in wholes:
            keys[whole.verb] |= 1 << i
    for i in range(1, len(index.words) - 1):
        before, hyphen, word = index.words[i - 1 : i + 2]
        if hyphen.text == "-" and before.end == hyphen.start and hyphen.end == word.start:
            keys[f"{before.text.lower()}-{word.lemma}"] |= 1 << i + 1
    for view in index.entities:
        keys[f"#{view.entity.id}"] |= view.mask
    return dict(keys)


def _wholes(index: ArticleIndex) -> dict[int, tuple[Whole, ...]]:
    """Return the verbs of several words by the number of their first word, however they were parsed."""
    found: dict[int, tuple[Whole, ...]] = {}
    for i, word in enumerate(index.words):
        if word.upos not in {"ADP", "ADV"} or word.head < 0:
            continue
        verb, noun = word.head, -1
        if word.deprel == "case" and i and index.words[verb].deprel.startswith("obl"):
            verb, noun = index.words[verb].head, verb
            if verb != i - 1:
                continue
        elif word.deprel not in {"compound:prt", "advmod"} or verb > i:
            continue
        if verb < 0 or index.words[verb].upos != "VERB":
            continue
        lemma, particle = index.words[verb].lemma, word.text.lower()
        whole = f"{lemma} {particle}" if word.deprel == "compound:prt" else words.whole_verb(lemma, particle)
        if whole:
            found[verb] = (*found.get(verb, ()), Whole(whole, noun))
    return found


def _descriptions(facts: Sequence[Fact]) -> dict[int, list[Argument]]:
    """Return for each entity what titles, appositions and "is" say that it is, in the facts' order."""
    found: dict[int, list[Argument]] = defaultdict(list)
    for fact in facts:
        if fact.negated or fact.kind not in {FactKind.TITLE, FactKind.APPOSITION, FactKind.COPULA}:
            continue
        attributes = [a for a in fact.arguments if a.role is Role.ATTRIBUTE]
        first: dict[int, Role] = {}
        for argument in fact.arguments:
            if argument.entity is not None:
                first.setdefault(argument.entity, argument.role)
        for entity, role in first.items():
            if role is not Role.ATTRIBUTE:
                found[entity] += attributes
    return found


def _entity(index: ArticleIndex, entity: Entity, told: Sequence[Argument]) -> EntityView:
    mask = 0
    for mention in entity.mentions:
        if mention.confidence >= 0.4:
            mask |= index.mask_of(mention.span)
    phrases = [*entity.titles, *(a.text for a in entity.aliases if a.kind in {"title", "description"})]
    phrases += [
        m.span.of(index.article.text)
        for m in entity.mentions
        if m.kind in {"title", "nominal"} and m.confidence >= 0.6
    ]
    titles = [frozenset(words.title_keys(t)) for t in dict.fromkeys(phrases)]
    heads = {h for t in phrases if (h := words.title_head(t))}
    for attribute in told:
        titles.append(frozenset(words.title_keys(attribute.span.of(index.article.text))))
        heads.add(attribute.lemma.lower())
    keys = set(words.title_keys(entity.name))
    name = words.fold(entity.name)
    called = {name, *name.split()[:1]} if entity.kind is EntityKind.PERSON else {name}
    for alias in entity.aliases:
        if alias.kind in {"name", "surname", "abbreviation", "variant"}:
            keys.update(words.title_keys(alias.text))
            called.add(words.fold(alias.text))
    proper = any(index.words[i].upos == "PROPN" for i in index.numbers(mask))
    return EntityView(
        entity=entity,
        mask=mask,
        keys=frozenset(keys),
        titles=tuple(t for t in titles if t),
        heads=frozenset(heads),
        called=frozenset(called) if proper else frozenset(),
        country=words.country_key(entity.country) if entity.country else "",
        sorts=frozenset({entity.kind.value}),
        proper=proper,
    )


def _aliases(index: ArticleIndex) -> dict[str, tuple[tuple[int, float], ...]]:
    """Return entities by lower-cased alias; a full name weighs 1, a surname .95, a description .8."""
    weight = {
        "name": 1.0,
        "abbreviation": 1.0,
        "surname": 0.95,
        "variant": 0.95,
        "title": 0.85,
        "demonym": 0.6,
    }
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for view in index.entities:
        forms = [(view.entity.name, "name"), *((a.text, a.kind) for a in view.entity.aliases)]
        forms += [(t, "title") for t in view.entity.titles]
        for text, kind in forms:
            key = words.fold(text)
            if key:
                value = weight.get(kind, 0.8)
                found[key][view.entity.id] = max(value, found[key].get(view.entity.id, 0.0))
    given: dict[str, set[int]] = defaultdict(set)
    for view in index.entities:
        parts = words.fold(view.entity.name).split()
        if view.entity.kind is EntityKind.PERSON and len(parts) > 1:
            given[parts[0]].add(view.entity.id)
    for name, bearers in given.items():
        if len(bearers) == 1 and name not in found and len(name) > 2:
            found[name] = dict.fromkeys(bearers, GIVEN)
    return {k: tuple(sorted(v.items(), key=lambda row: -row[1])) for k, v in found.items()}


def _fact(index: ArticleIndex, fact: Fact) -> FactView:
    arguments = tuple(_argument(index, a) for a in fact.arguments)
    predicate = index.mask_of(fact.predicate.span)
    mask = predicate
    for view in arguments:
        mask |= view.mask
    speaker = fact.attribution.entity if fact.attribution and fact.attribution.entity is not None else -1
    speaker_mask = 0
    if fact.attribution:
        for span in (fact.attribution.speaker, fact.attribution.medium):
            if span is not None:
                speaker_mask |= index.mask_of(span)
    lemmas = _fact_lemmas(fact)
    asserted = fact.modality in {Modality.ASSERTED, Modality.REPORTED}
    if fact.kind is FactKind.VERB:
        for whole in index.wholes_in(predicate):
            if whole.governed < 0:
                lemmas.setdefault(whole.verb, "exact")
    return FactView(
        fact=fact,
        lemmas=lemmas,
        spelled=spelled(lemmas),
        mask=mask,
        predicate_mask=predicate,
        arguments=arguments,
        sentence=fact.sentence,
        speaker=speaker,
        speaker_mask=speaker_mask,
        asserted=asserted,
        standing=Standing(
            negated=fact.negated,
            asserted=asserted,
            unreal=not asserted and fact.modality in UNREAL and fact.id not in index.purposes,
            conditional=fact.modality is Modality.CONDITIONAL,
            partial=fact.part_of is not None,
        ),
        roles=frozenset(a.role for a in arguments),
        things=_things(index, arguments),
        parties=_parties(index, arguments),
    )


def _things(index: ArticleIndex, arguments: Iterable[ArgumentView]) -> tuple[Filler, ...]:
    return tuple(
        Filler(a.role, a.mask, a.entity, pronoun=False)
        for a in arguments
        if a.head >= 0 and index.words[a.head].upos in {"NOUN", "PROPN"}
    )


def _parties(index: ArticleIndex, arguments: Iterable[ArgumentView]) -> tuple[Filler, ...]:
    return tuple(
        Filler(a.role, a.mask, a.entity, a.head >= 0 and index.words[a.head].upos == "PRON")
        for a in arguments
        if a.entity >= 0 and index.entities[a.entity].entity.kind in {"person", "organization", "place"}
    )


def _fact_lemmas(fact: Fact) -> dict[str, str]:
    """Return the lemmas that the predicate may be asked by and how: exact, derived, light."""
    predicate = fact.predicate
    lemmas = {predicate.lemma.lower(): "exact"}
    if predicate.derived_verb and not (predicate.light_noun and receives(predicate.lemma.lower())):
        lemmas.setdefault(predicate.derived_verb.lower(), "derived")
    if predicate.light_noun:
        if not receives(predicate.lemma.lower()):
            lemmas.setdefault(predicate.light_noun.lower(), "light")
        lemmas.setdefault(f"{predicate.lemma} {predicate.light_noun}".lower(), "exact")
    if " " in predicate.lemma:
        lemmas.setdefault(predicate.lemma.split()[0].lower(), "part")
    return lemmas


def _argument(index: ArticleIndex, argument: Argument) -> ArgumentView:
    mask = index.mask_of(argument.span)
    head_mask = index.mask_of(argument.head)
    head = head_mask.bit_length() - 1 if head_mask else (mask.bit_length() - 1 if mask else -1)
    entity = argument.entity if argument.entity is not None else -1
    sorts = sorts_of(index, head, entity, mask) if head >= 0 else frozenset()
    return ArgumentView(
        role=argument.role,
        case=argument.case,
        mask=mask,
        head=head,
        lemma=argument.lemma.lower(),
        entity=entity,
        fact=argument.fact if argument.fact is not None else -1,
        argument=argument,
        sorts=sorts,
        place=(argument.role, argument.case),
        phrase=(mask, head, entity),
        timed="time" in sorts or argument.role is Role.TIME,
    )


def sorts_of(index: ArticleIndex, head: int, entity: int, mask: int) -> frozenset[str]:
    """Return what sorts of thing a phrase with this head can be: person, organization, place, time, ..."""
    word = index.words[head]
    found: set[str] = set()
    if entity >= 0:
        found.add(index.entities[entity].entity.kind.value)
    found |= words.sorts(word.text, word.lemma, word.upos)
    if any(index.words[c].upos == "NUM" for c in index.children[head]) or word.upos == "NUM":
        found.add("number")
    if EntityKind.TIME.value in found and mask:
        found.add("time")
    return frozenset(found)
