"""Who and what an article names: name chunks, titles, appositions, abbreviations, and which names are one.

The parser's name labels are the start; rules over chunks, the gazetteer and a vote over the whole article repair
them. A `Referent` is an entity under construction: coreference adds descriptions and pronouns to it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import DamerauLevenshtein

from knowledge.language import gazetteer, lexicon
from knowledge.model import Alias, Article, Entity, EntityKind, Mention, Span
from knowledge.reading.facts.tree import Tree

#: Of equally likely kinds the one with the higher number is taken.
_ORDER: Final = {kind: -number for number, kind in enumerate(EntityKind)}
_KINDS: Final = (EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.PLACE, EntityKind.EVENT, EntityKind.THING)
#: Words inside a name that are no proper nouns themselves.
_LINKS: Final = frozenset({"of", "the", "de", "da", "del", "der", "den", "di", "du", "la", "le", "van", "von", "bin",
                           "al", "el", "ibn", "y", "dos", "das", "do", "&", "-", "for"})  # fmt: skip
_PREMODIFIERS: Final = frozenset({"amod", "compound", "nummod", "nmod:desc", "nmod:unmarked", "flat", "nmod"})
_DEMONYM_TAGS: Final = frozenset({"JJ", "NNP", "NNPS", "NN", "NNS"})
#: Words after a country's or person's name that make the whole an event.
_EVENT_CLASSES: Final = frozenset({"event"})


@dataclass(slots=True)
class Found:
    """A mention with the words that it stands on: sentence number, first, last and head word."""

    span: Span
    kind: str
    confidence: float
    sentence: int
    first: int
    last: int
    head: int


@dataclass(slots=True)
class Referent:
    """An entity under construction; `votes` weighs the kinds that its mentions suggest."""

    name: str
    votes: Counter[EntityKind] = field(default_factory=Counter)
    mentions: list[Found] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)
    plural: bool = False
    country: str = ""
    named: bool = True

    @property
    def kind(self) -> EntityKind:
        """The kind with most votes; of equal ones the first in a fixed order."""
        if len(self.votes) == 1:
            return next(iter(self.votes))
        return max(self.votes, key=lambda kind: (self.votes[kind], _ORDER[kind])) if self.votes else EntityKind.THING

    @property
    def gender(self) -> str:
        """The gender that titles, given names and pronouns agree on; "" where they do not."""
        (best, weight), *rest = [*self.genders.most_common(2), ("", 0)][:2]
        return best if weight and (not rest or rest[0][1] * 2 < weight) else ""


class Trees:
    """An article's sentences as trees, and which word stands where."""

    def __init__(self, article: Article) -> None:
        """Build the trees once for all stages that read them."""
        self.article = article
        self.text = article.text
        self.trees = [Tree(sentence, number) for number, sentence in enumerate(article.sentences)]

    def form(self, sentence: int, word: int) -> str:
        """Return a word as the article writes it."""
        token = self.trees[sentence].tokens[word]
        return self.text[token.start : token.end]

    def words(self, sentence: int, first: int, last: int) -> str:
        """Return the article's words from the first to the last, line breaks as spaces."""
        tokens = self.trees[sentence].tokens
        return " ".join(self.text[tokens[first].start : tokens[last].end].split())

    def found(self, sentence: int, first: int, last: int, kind: str, confidence: float) -> Found:
        """Return a mention that covers the words from the first to the last."""
        tree = self.trees[sentence]
        span = Span(tree.tokens[first].start, tree.tokens[last].end)
        return Found(span, kind, confidence, sentence, first, last, head_of(tree, first, last))


def head_of(tree: Tree, first: int, last: int) -> int:
    """Return the word of a stretch that is governed from outside it, the first such."""
    for word in range(first, last + 1):
        if not first <= tree.heads[word] <= last and not tree.is_punct(word):
            return word
    return first


def find_entities(trees: Trees) -> list[Referent]:
    """Return the named entities of an article with their names, titles, appositions and abbreviations."""
    chunks = [chunk for number in range(len(trees.trees)) for chunk in _chunks(trees, number)]
    _settle_kinds(chunks)
    referents = _clusters(trees, chunks)
    for referent in referents:
        if referent.kind is EntityKind.PERSON:
            for mention in [m for m in referent.mentions if m.kind == "name"]:
                _titles_before(trees, referent, mention)
    _abbreviations(trees, referents)
    _describe(trees, referents)
    _join_short_forms(referents)
    _settle_countries(referents)
    _titles_as_names(referents)
    _drop_names_in_titles(referents)
    return [referent for referent in referents if referent.mentions]


def freeze(referents: Iterable[Referent]) -> tuple[Entity, ...]:
    """Return the entities in the order of their first mention, numbered from 0."""
    ordered = sorted(referents, key=lambda r: min((m.span for m in r.mentions), default=Span(0, 0)))
    return tuple(_entity(number, referent) for number, referent in enumerate(ordered))


def _entity(number: int, referent: Referent) -> Entity:
    """Return one finished entity."""
    mentions: dict[Span, Found] = {}
    for mention in sorted(referent.mentions, key=lambda m: (m.span, -m.confidence)):
        mentions.setdefault(mention.span, mention)
    kind = referent.kind
    return Entity(
        id=number,
        kind=EntityKind.GROUP if kind is EntityKind.PERSON and referent.plural else kind,
        name=referent.name,
        aliases=tuple(Alias(text=text, kind=kind) for text, kind in referent.aliases.items()),
        titles=tuple(dict.fromkeys(referent.titles)),
        mentions=tuple(Mention(span=m.span, kind=m.kind, confidence=m.confidence) for m in mentions.values()),
        gender=referent.gender if kind is EntityKind.PERSON else "",
        plural=referent.plural,
        country=referent.country,
    )


# --- name chunks ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Chunk:
    """A name as it stands in one place; `kind` None where nothing tells it yet."""

    sentence: int
    first: int
    last: int
    kind: EntityKind | None
    text: str
    weight: float
    title: tuple[int, int] | None = None


def _chunks(trees: Trees, sentence: int) -> Iterator[_Chunk]:
    """Yield the names of one sentence: what the parser labels, widened, and what else is a proper noun."""
    tree = trees.trees[sentence]
    word = 0
    while word < len(tree):
        if not _begins_name(trees, sentence, word):
            word += 1
            continue
        last = _name_end(trees, sentence, word)
        for first, end in _cut(trees, sentence, word, last):
            chunk = _chunk(trees, sentence, first, end)
            if chunk is not None and not _is_demonym(trees, chunk):
                yield chunk
        word = last + 1


def _is_demonym(trees: Trees, chunk: _Chunk) -> bool:
    """Tell whether a chunk only says where something or somebody is from ("Bolivian")."""
    if gazetteer.demonym_of(chunk.text) is None or gazetteer.place(chunk.text) is not None:
        return False
    return trees.trees[chunk.sentence].base[chunk.last] in {"amod", "compound", "nmod"}


def _is_proper(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word is part of a name by its label, tag or capital."""
    tree = trees.trees[sentence]
    token = tree.tokens[word]
    form = trees.form(sentence, word)
    if token.name == EntityKind.TIME or not any(c.isalnum() for c in form):
        return False
    if token.upos == "PROPN":
        return not form.islower() or not form.isascii()
    return token.name != "" and (form[:1].isupper() or token.upos in {"NUM", "X"})


def _begins_name(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a name can begin with a word."""
    form = trees.form(sentence, word)
    if gazetteer.time_word(form) is not None or (form.islower() and form.isascii()):
        return False
    if trees.trees[sentence].tokens[word].upos in {"DET", "ADP", "PUNCT", "CCONJ", "PRON", "NUM"}:
        return False
    return _is_proper(trees, sentence, word) and form.lower() not in {"the", "a", "an"}


def _name_end(trees: Trees, sentence: int, first: int) -> int:
    """Return the last word of the stretch of proper nouns that begins with a word, linking words included."""
    tree = trees.trees[sentence]
    last = first
    word = first + 1
    while word < len(tree):
        form = trees.form(sentence, word)
        if _is_proper(trees, sentence, word) or _is_hyphenated(trees, sentence, word):
            last = word
        elif form.lower() not in _LINKS or word - last > 2 or not _links(trees, sentence, last, word):
            break
        word += 1
    return last


def _is_hyphenated(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word is joined to the word before by a hyphen without space ("Hau Lung-bin")."""
    tree = trees.trees[sentence]
    if word < 2 or trees.form(sentence, word - 1) not in {"-", "‐", "‑"} or tree.upos(word) in {"VERB", "ADJ", "NUM"}:
        return False
    tokens = tree.tokens
    return tokens[word - 2].end == tokens[word - 1].start and tokens[word - 1].end == tokens[word].start


def _links(trees: Trees, sentence: int, last: int, word: int) -> bool:
    """Tell whether a word between proper nouns belongs to one name: labelled so, or of a known kind of name."""
    tree = trees.trees[sentence]
    following = next(
        (w for w in range(word + 1, min(word + 3, len(tree))) if _is_proper(trees, sentence, w)), None
    )
    if following is None:
        return False
    form = trees.form(sentence, word)
    if form == "-":
        return tree.tokens[word].start == tree.tokens[word - 1].end
    labels = {tree.tokens[w].name for w in (last, word, following)}
    if len(labels) == 1 and labels != {""}:
        return True
    if form == "&":
        return True
    head = trees.form(sentence, last)
    if form in {"of", "for"}:
        return gazetteer.organization_word(head) or gazetteer.is_title(head)
    return form.lower() not in {"the", "of", "for", "-"} and tree.base[following] in {"flat", "compound"}


def _cut(trees: Trees, sentence: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the names that stand side by side in a stretch: cut where the parser's kinds or the phrases change."""
    tree = trees.trees[sentence]
    start = first
    country = _country_before_title(trees, sentence, first, last)
    if country:
        yield first, first + country - 1
        start = first + country
    for word in range(start + 1, last + 1):
        before, here = tree.tokens[word - 1].name, tree.tokens[word].name
        if _is_proper(trees, sentence, word) and _is_proper(trees, sentence, word - 1):
            kinds = before != here and here != "" and before != ""
            person = here == EntityKind.PERSON and before != here and not _person_word(trees, sentence, word - 1)
            apart = tree.heads[word] < start and tree.heads[word - 1] > word
            if kinds or person or (apart and before != here):
                yield start, word - 1
                start = word
    yield start, last


def _country_before_title(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return how many words at the beginning name a country or people, where a title follows and something else."""
    for size in (2, 1):
        if first + size < last and gazetteer.country(trees.words(sentence, first, first + size - 1)) is not None:
            title = _title_length(trees, sentence, first + size, last)
            if title and first + size + title <= last:
                return size
    return 0


def _person_word(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether an unlabelled word before a labelled person belongs to the name."""
    form = trees.form(sentence, word)
    return gazetteer.given_name_gender(form) is not None and not gazetteer.is_title(form)


def _chunk(trees: Trees, sentence: int, first: int, last: int) -> _Chunk | None:
    """Return the name that a stretch holds, titles at its beginning set apart; None where nothing is left."""
    tree = trees.trees[sentence]
    while last > first and not any(c.isalnum() for c in trees.form(sentence, last)):
        last -= 1
    labels = Counter(tree.tokens[w].name for w in range(first, last + 1) if tree.tokens[w].name)
    kind = EntityKind(labels.most_common(1)[0][0]) if labels else None
    title = None
    last = _without_title(trees, sentence, first, last)
    text = trees.words(sentence, first, last)
    if kind is not None and gazetteer.country_named(text) is not None:
        kind = EntityKind.PLACE
    length = _title_length(trees, sentence, first, last)
    if length and (kind in {EntityKind.PERSON, None} or not gazetteer.organization_word(trees.form(sentence, last))):
        title = (first, first + length - 1)
        if first + length > last or trees.form(sentence, first + length) in _LINKS:
            return _after_title(trees, sentence, first + length, last)
        if gazetteer.country_named(text) is None:
            first += length
            kind = EntityKind.PERSON if kind in {EntityKind.PERSON, None} else kind
        else:
            title = None
    if first > 0 and trees.form(sentence, first - 1)[:1] == "T" and _has_article(trees, sentence, first, last):
        first -= 1
    text = trees.words(sentence, first, last)
    if kind is EntityKind.PERSON and text.isupper() and all(len(word) < 6 for word in text.split()):
        kind = None
    if kind is None:
        kind = _guess(trees, sentence, first, last)
    if kind is None and first == 0 and first == last and lexicon.tags(text)[:1] not in ((), ("PROPN",)):
        return None
    if kind in {EntityKind.THING, None} and tree.upos(last) == "NUM" and first == 0:
        return None
    return _Chunk(sentence, first, last, kind, text, 1.0 if labels else 0.6, title)


def _has_article(trees: Trees, sentence: int, first: int, last: int) -> bool:
    """Tell whether the article before a place is part of its name ("The Hague")."""
    if trees.form(sentence, first - 1).lower() != "the":
        return False
    known = gazetteer.place(trees.words(sentence, first - 1, last))
    return known is not None and known.name.startswith("The ")


def _after_title(trees: Trees, sentence: int, first: int, last: int) -> _Chunk | None:
    """Return the place or organisation in a title without a name ("Emperor of the United States")."""
    while first <= last and trees.form(sentence, first).lower() in _LINKS:
        first += 1
    if first > last:
        return None
    text = trees.words(sentence, first, last)
    kind = _guess(trees, sentence, first, last)
    return None if kind is None else _Chunk(sentence, first, last, kind, text, 0.6)


def _without_title(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return the last word of a country's name where the stretch is the country and a title ("US President")."""
    for size in (4, 3, 2, 1):
        start = last - size + 1
        if start > first and gazetteer.is_title(trees.words(sentence, start, last)):
            country = gazetteer.country(trees.words(sentence, first, start - 1))
            return start - 1 if country is not None else last
    return last


def _title_length(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return how many words at the beginning of a stretch are titles ("Prime Minister", "Secretary of State")."""
    length = 0
    while first + length <= last:
        for size in (4, 3, 2, 1):
            end = first + length + size - 1
            if end <= last and gazetteer.is_title(trees.words(sentence, first + length, end)):
                length += size
                break
        else:
            break
    return length


def _guess(trees: Trees, sentence: int, first: int, last: int) -> EntityKind | None:
    """Return the kind of a name that the parser did not label, by gazetteer and form."""
    text = trees.words(sentence, first, last)
    forms = text.split()
    if gazetteer.place(text) is not None:
        return EntityKind.PLACE
    if gazetteer.organization_word(forms[-1]) or gazetteer.organization_word(forms[0]):
        return EntityKind.ORGANIZATION
    if len(forms) > 1 and gazetteer.given_name_gender(forms[0]) and forms[-1][:1].isupper():
        return EntityKind.PERSON
    if len(forms) == 1 and 2 <= len(text) <= 6 and text.isupper() and text.isalpha():
        return EntityKind.ORGANIZATION
    return None


def _settle_kinds(chunks: list[_Chunk]) -> None:
    """Give every name the kind that the gazetteer and its other mentions speak for."""
    votes: dict[str, Counter[EntityKind]] = {}
    surnames = {plain(c.text.split()[-1]) for c in chunks if c.kind is EntityKind.PERSON and " " in c.text}
    for chunk in chunks:
        counter = votes.setdefault(plain(chunk.text), Counter())
        if chunk.kind is not None:
            counter[chunk.kind] += 1 if chunk.weight == 1.0 else 0.5
        if chunk.title is not None:
            counter[EntityKind.PERSON] += 2
        _gazetteer_votes(chunk.text, plain(chunk.text) in surnames, counter)
    for chunk in chunks:
        counter = votes[plain(chunk.text)]
        if counter:
            chunk.kind = max(counter, key=lambda kind: (counter[kind], -_KINDS.index(kind)))


def _gazetteer_votes(text: str, is_surname: bool, counter: Counter[EntityKind]) -> None:
    """Add what the tables of places and organisations say of a name."""
    if is_surname and " " not in text:
        counter[EntityKind.PERSON] += 1.5
    known = gazetteer.place(text)
    if known is not None and not is_surname:
        counter[EntityKind.PLACE] += 3 if known.kind in {"country", "continent"} else 0.7
    forms = text.split()
    if len(forms) > 1 and gazetteer.organization_word(forms[-1]):
        counter[EntityKind.ORGANIZATION] += 1.5
    elif len(forms) > 2 and gazetteer.organization_word(forms[0]) and forms[1] in {"of", "for"}:
        counter[EntityKind.ORGANIZATION] += 1.5
    if len(forms) > 1 and "person" in lexicon.noun_classes(forms[-1].lower()) and not is_surname:
        counter[EntityKind.PERSON] -= 0.5
    if len(forms) > 1 and lexicon.noun_classes(forms[-1].lower()) == _EVENT_CLASSES:
        counter[EntityKind.EVENT] += 1


# --- which names are one ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def plain(name: str) -> str:
    """Return a name without case, accents, dots, leading article and kind of apostrophe or hyphen, for comparing."""
    name = name.translate(str.maketrans({"’": "'", "´": "'", "‘": "'", "-": " ", "–": " ", "‑": " "}))
    decomposed = unicodedata.normalize("NFKD", name)
    bare = "".join(c for c in decomposed if not unicodedata.combining(c)).lower().replace(".", "")
    return " ".join(bare.split()).removeprefix("the ")


def _clusters(trees: Trees, chunks: list[_Chunk]) -> list[Referent]:
    """Join the names that stand for the same thing, longer names first."""
    referents: list[Referent] = []
    known: dict[str, list[Referent]] = {}
    order = sorted(range(len(chunks)), key=lambda n: (-len(chunks[n].text.split()), n))
    for number in order:
        chunk = chunks[number]
        keys = _keys(chunk.text)
        near = {id(referent): referent for key in keys for referent in known.get(key, ())}
        referent = _matching(chunk, list(near.values()))
        if referent is None:
            referent = Referent(name=chunk.text)
            referents.append(referent)
        _add_name(trees, referent, chunk)
        for key in keys:
            if all(referent is not other for other in known.setdefault(key, [])):
                known[key].append(referent)
    return referents


@lru_cache(maxsize=4096)
def _keys(name: str) -> tuple[str, ...]:
    """Return what two names that can be one have in common at least one of: a word, its beginning, the initials."""
    words = plain(name).split()
    country = gazetteer.country_named(name)
    initials = words[0] if len(words) == 1 else _initials(name)
    first_letters = {word[:3] for word in words if len(word) > 4}
    return tuple({*words, *first_letters, initials, *([country.name] if country else [])})


def _matching(chunk: _Chunk, referents: list[Referent]) -> Referent | None:
    """Return the referent that a name belongs to, of several the last named before; None for a new one."""
    scored = [(score, referent) for referent in referents if (score := _likeness(chunk, referent)) > 0]
    if not scored:
        return None
    best = max(score for score, _ in scored)
    tied = [referent for score, referent in scored if score == best]
    return max(tied, key=lambda r: max((m.sentence for m in r.mentions if m.sentence <= chunk.sentence), default=-1))


def _likeness(chunk: _Chunk, referent: Referent) -> int:
    """Say how surely a name is the referent's: 4 the same, 3 a part, 2 a short form, 1 a misspelling, 0 not at all."""
    kind = referent.kind
    if chunk.kind is not None and kind is not chunk.kind:
        compatible = {chunk.kind, kind} <= {EntityKind.ORGANIZATION, EntityKind.THING, EntityKind.PLACE}
        return 4 if compatible and plain(chunk.text) == plain(referent.name) else 0
    name, known = plain(chunk.text), plain(referent.name)
    if name == known:
        return 4
    if kind is EntityKind.PLACE:
        here, there = gazetteer.country_named(chunk.text), gazetteer.country_named(referent.name)
        return 4 if here is not None and here == there else 0
    if kind is EntityKind.PERSON:
        return _person_likeness(name.split(), known.split())
    if kind is EntityKind.ORGANIZATION:
        return _organization_likeness(chunk.text, referent.name)
    return 0


def _person_likeness(name: list[str], known: list[str]) -> int:
    """Compare two personal names word by word."""
    if len(name) == 1 and len(known) > 1:
        if name[0] == known[-1]:
            return 3
        if name[0] in known[1:-1] or (name[0] == known[0] and len(name[0]) > 2):
            return 2
        return 1 if _misspelt(name[0], known[-1]) else 0
    if len(name) > 1 and len(known) > len(name):
        if all(any(_same_word(word, other) for other in known) for word in name):
            return 3
    if len(name) == len(known) and len(name) > 1:
        same = [_same_word(a, b) for a, b in zip(name, known, strict=True)]
        if all(same):
            return 3
        if sum(same) == len(same) - 1:
            at = same.index(False)
            return 1 if _misspelt(name[at], known[at]) else 0
    if len(name) == len(known) == 1:
        return 1 if _misspelt(name[0], known[0]) else 0
    return 0


def _same_word(word: str, other: str) -> bool:
    """Tell whether two words of names are the same, an initial standing for the word."""
    return word == other or (1 == min(len(word), len(other)) and word[0] == other[0])


def _misspelt(word: str, other: str) -> bool:
    """Tell whether two long words differ by one letter, as two spellings of one name do."""
    if min(len(word), len(other)) < 6 or word[0] != other[0]:
        return False
    if gazetteer.is_surname(word) and gazetteer.is_surname(other):
        return False
    return DamerauLevenshtein.distance(word, other, score_cutoff=1) <= 1


def _organization_likeness(name: str, known: str) -> int:
    """Compare two names of organisations: legal forms aside, and a distinctive first word for the whole."""
    words, others = _without_legal_form(plain(name).split()), _without_legal_form(plain(known).split())
    if words == others:
        return 4
    if len(words) < len(others) and others[: len(words)] == words:
        distinctive = [w for w in words if not lexicon.is_word(w)]
        return 2 if distinctive and gazetteer.place(name) is None else 0
    if len(words) == 1 and name.isupper() and words[0] == _initials(known):
        return 2
    return 0


def _without_legal_form(words: list[str]) -> list[str]:
    """Drop what only says that a name is a company's, and a state before an institution's name."""
    legal = {"inc", "ltd", "llc", "llp", "plc", "corp", "co", "gmbh", "ag", "sa", "nv", "bv", "limited", "incorporated"}
    while len(words) > 1 and words[-1] in legal:
        words = words[:-1]
    return words


def _initials(name: str) -> str:
    """Return the initials of a name's words, lower case, small words left out."""
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0] for word in words if word.lower() not in _LINKS or word[0].isupper()).lower()


def _add_name(trees: Trees, referent: Referent, chunk: _Chunk) -> None:
    """Add one more mention by name."""
    name = chunk.text
    if _is_fuller(name, referent):
        referent.aliases.setdefault(referent.name, _alias_kind(referent.name, referent))
        referent.name = name
        referent.aliases.pop(name, None)
    referent.mentions.append(trees.found(chunk.sentence, chunk.first, chunk.last, "name", 1.0))
    if chunk.kind is not None:
        referent.votes[chunk.kind] += 1
    referent.plural = referent.plural or _is_plural(trees, chunk)
    if name != referent.name:
        referent.aliases.setdefault(name, _alias_kind(name, referent))
    if chunk.kind is EntityKind.PERSON:
        _name_person(referent, chunk)
    elif chunk.kind is EntityKind.PLACE:
        _name_place(referent, chunk)
    elif chunk.kind is EntityKind.ORGANIZATION and not referent.country:
        referent.country = _country_in(name)
    if chunk.title is not None:
        _add_title(trees, referent, chunk.sentence, *chunk.title)


def _is_fuller(name: str, referent: Referent) -> bool:
    """Tell whether a name is a better one to call the referent by: longer, or the same not in capitals."""
    if plain(name) == plain(referent.name):
        return referent.name.isupper() and not name.isupper() and len(name) > 4
    if len(name.split()) != len(referent.name.split()):
        return len(name.split()) > len(referent.name.split())
    return referent.kind is EntityKind.PLACE and referent.name.isupper() and not name.isupper()


def _is_plural(trees: Trees, chunk: _Chunk) -> bool:
    """Tell whether a name is plural: people of a nation, a family."""
    token = trees.trees[chunk.sentence].tokens[chunk.last]
    return token.xpos in {"NNS", "NNPS"} and chunk.kind is EntityKind.PERSON


def _alias_kind(name: str, referent: Referent) -> str:
    """Say what a shorter or other form of a name is."""
    words, known = plain(name).split(), plain(referent.name).split()
    if referent.kind is EntityKind.PERSON and len(words) == 1 and words[0] == known[-1]:
        return "surname"
    if name.isupper() and " " not in name and len(name) <= 8 and referent.kind is not EntityKind.PERSON:
        return "abbreviation"
    return "name" if set(words) <= set(known) else "variant"


def _name_person(referent: Referent, chunk: _Chunk) -> None:
    """Note a person's surname and the gender of the given name."""
    words = chunk.text.split()
    if len(words) > 1:
        if plain(words[-1]) != plain(referent.name):
            referent.aliases.setdefault(words[-1], "surname")
        gender = gazetteer.given_name_gender(words[0]) or ""
        if gender in {"m", "f"}:
            referent.genders[gender] += 1


def _name_place(referent: Referent, chunk: _Chunk) -> None:
    """Note a place's country, a country's usual name and its people."""
    known = gazetteer.country_named(chunk.text)
    if known is not None:
        referent.country = known.name
        if known.name != referent.name:
            referent.aliases.setdefault(known.name, "name")
        for people in gazetteer.demonyms(known.name)[:2]:
            referent.aliases.setdefault(people[:1].upper() + people[1:], "demonym")
        return
    place = gazetteer.place(chunk.text)
    referent.country = gazetteer.capital_of(chunk.text) or (place.country if place else "")


def _join_short_forms(referents: list[Referent]) -> None:
    """Give a lone first word of an organisation's name to it, whatever kind the parser took it for."""
    for referent in referents:
        word = plain(referent.name)
        if " " in word or not referent.mentions or referent.titles or lexicon.is_word(word):
            continue
        if gazetteer.place(referent.name) is not None or gazetteer.given_name_gender(referent.name) is not None:
            continue
        for other in referents:
            known = plain(other.name).split()
            organization = other.kind in {EntityKind.ORGANIZATION, EntityKind.THING}
            if other is not referent and other.mentions and organization and known[0] == word and len(known) > 1:
                _absorb(other, referent)
                other.aliases.setdefault(referent.name, "name")
                break


def _absorb(referent: Referent, other: Referent) -> None:
    """Move everything known of another referent to this one."""
    referent.mentions += other.mentions
    for text, kind in other.aliases.items():
        referent.aliases.setdefault(text, kind)
    other.mentions = []


def _settle_countries(referents: list[Referent]) -> None:
    """Take a town's country back where nothing else in the article is of that country: towns share names."""
    told = Counter(referent.country for referent in referents if referent.country)
    for referent in referents:
        if referent.kind is EntityKind.PLACE and gazetteer.country_named(referent.name) is None:
            if told[referent.country] < 2 and gazetteer.capital_of(referent.name) is None:
                referent.country = ""


def _country_in(name: str) -> str:
    """Return the country that a name holds as a word or demonym."""
    words = name.split()
    for size in (2, 1):
        for start in range(len(words) - size + 1):
            known = gazetteer.country(" ".join(words[start : start + size]))
            if known is not None and size < len(words) + 1:
                return known.name
    return ""


# --- titles and appositions -------------------------------------------------------------------------------------------


def _add_title(trees: Trees, referent: Referent, sentence: int, first: int, last: int) -> None:
    """Note a title that stands before a name, with the modifiers before it ("former US foreign minister")."""
    start = first
    while start > 0 and _widens_title(trees, sentence, start - 1):
        start -= 1
    words = trees.words(sentence, first, last)
    known = gazetteer.title(words) or gazetteer.title(words.split()[-1])
    if known is not None and known.gender in {"m", "f"}:
        referent.genders[known.gender] += 3
    if known is not None and known.kind == "honorific":
        start = first
    country = _country_among(trees, sentence, start, last) or _possessor_country(trees, sentence, start)
    if country:
        referent.country = referent.country or country
    referent.mentions.append(trees.found(sentence, start, last, "title", 0.9))
    if known is not None and known.kind == "honorific" and start == first:
        return
    whole = trees.words(sentence, start, last)
    referent.titles.append(whole)
    referent.aliases.setdefault(whole, "title")
    if words != whole:
        referent.aliases.setdefault(words, "title")


def _widens_title(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word before a title belongs to it: an adjective, noun or country, no possessor or determiner."""
    tree = trees.trees[sentence]
    token = tree.tokens[word]
    if gazetteer.country(trees.form(sentence, word)) is not None or _ends_country(trees, sentence, word):
        return True
    if token.name == EntityKind.PERSON or token.name == EntityKind.TIME:
        return False
    if token.upos in {"ADJ", "NOUN", "PROPN"}:
        return tree.base[word] in {"amod", "compound", "nmod", "flat", "nsubj", "obl"} and tree.heads[word] > word
    return False


def _ends_country(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word is part of a country's name of two words."""
    tree = trees.trees[sentence]
    pairs = ((word - 1, word), (word, word + 1))
    return any(
        first >= 0 and last < len(tree) and gazetteer.country(trees.words(sentence, first, last)) is not None
        for first, last in pairs
    )


def _country_among(trees: Trees, sentence: int, first: int, last: int) -> str:
    """Return the country that some words name or whose people they mean."""
    for size in (2, 1):
        for start in range(first, last - size + 2):
            known = gazetteer.country(trees.words(sentence, start, start + size - 1))
            if known is not None:
                return known.name
    return ""


def _possessor_country(trees: Trees, sentence: int, first: int) -> str:
    """Return the country that stands as possessor before some words ("Iran's supreme leader")."""
    if first >= 2 and trees.trees[sentence].tokens[first - 1].xpos == "POS":
        known = gazetteer.country(trees.form(sentence, first - 2))
        if known is None and first >= 3:
            known = gazetteer.country(trees.words(sentence, first - 3, first - 2))
        return known.name if known else ""
    return ""


def _describe(trees: Trees, referents: list[Referent]) -> None:
    """Add the appositions beside names and what a copula says that they are."""
    for referent in referents:
        for mention in list(referent.mentions):
            if mention.kind == "name":
                _apposition(trees, referent, mention)
                _predicate_noun(trees, referent, mention)


def _titles_before(trees: Trees, referent: Referent, mention: Found) -> None:
    """Note the titles that stand right before a person's name, brackets between them left out."""
    tree = trees.trees[mention.sentence]
    first = mention.first
    while first > 0:
        last = first - 1
        known = [m for m in referent.mentions if m.sentence == mention.sentence and m.last == last]
        if known:
            first = known[0].first
            continue
        if trees.form(mention.sentence, last) == ")":
            last = _bracket_start(trees, mention.sentence, last) - 1
        start = _role_start(trees, mention.sentence, last)
        if start is None or tree.tokens[last].upos not in {"NOUN", "PROPN"}:
            return
        _add_title(trees, referent, mention.sentence, start, last)
        first = start


def _bracket_start(trees: Trees, sentence: int, end: int) -> int:
    """Return the word with the bracket that opens before the closing one."""
    for word in range(end - 1, max(end - 6, -1), -1):
        if trees.form(sentence, word) == "(":
            return word
    return end


def _role_start(trees: Trees, sentence: int, last: int) -> int | None:
    """Return where the role noun phrase that ends with a word begins, None where it is not one.

    "of" and its noun may stand between the role and the end ("Chief of the Army Staff").
    """
    for size in (5, 4, 3, 2, 1):
        first = last - size + 1
        if first >= 0 and gazetteer.is_title(trees.words(sentence, first, last)):
            return first
    lemma = trees.trees[sentence].tokens[last].lemma.lower()
    if last >= 0 and is_person_noun(lemma):
        return last
    for first in range(last - 2, max(last - 7, -1), -1):
        if trees.form(sentence, first + 1) == "of" and gazetteer.is_title(trees.form(sentence, first)):
            inside = range(first + 2, last + 1)
            if all(trees.trees[sentence].tokens[w].upos in {"NOUN", "PROPN", "DET", "ADJ", "ADP"} for w in inside):
                return first
    return None


def is_person_noun(lemma: str) -> bool:
    """Tell whether a common noun says what a person is (surgeon, spokesman, mother)."""
    if gazetteer.is_title(lemma):
        return True
    return lexicon.supersense(lemma, "NOUN") == "noun.person" and not lexicon.noun_classes(lemma) & {"place", "artifact"}


def noun_kind(lemma: str) -> EntityKind:
    """Return the kind of thing that a common noun names."""
    classes = lexicon.noun_classes(lemma)
    if gazetteer.organization_word(lemma):
        return EntityKind.ORGANIZATION
    if is_person_noun(lemma):
        return EntityKind.PERSON
    if classes & {"act", "state", "communication", "cognition", "attribute", "artifact"} and "place" not in classes:
        return EntityKind.EVENT if "event" in classes else EntityKind.THING
    if "organization" in classes and lemma != "family":
        return EntityKind.ORGANIZATION
    if "group" in classes:
        return EntityKind.GROUP
    if "event" in classes:
        return EntityKind.EVENT
    return EntityKind.PLACE if "place" in classes else EntityKind.THING


def phrase_start(tree: Tree, head: int) -> int:
    """Return the first word of a noun phrase up to its head: determiner, possessor and modifiers."""
    first = head
    for kid in tree.kids[head]:
        if kid < first and tree.base[kid] in {"det", "amod", "compound", "nummod", "nmod", "flat", "advmod"}:
            first = min(first, *[w for w in tree.subtree(kid)])
    return first


def _apposition(trees: Trees, referent: Referent, mention: Found) -> None:
    """Note the description that stands beside a name: "X, the regional governor, ..." and "its director, X"."""
    tree = trees.trees[mention.sentence]
    heads = [kid for kid in tree.children(mention.head, "appos") if kid > mention.last]
    if tree.base[mention.head] == "appos" and tree.heads[mention.head] < mention.first:
        heads.append(tree.heads[mention.head])
    if tree.rels[mention.head] in {"nmod:desc", "flat"} and tree.heads[mention.head] < mention.first:
        heads.append(tree.heads[mention.head])
    heads += [kid for kid in tree.children(mention.head, "nmod:desc") if kid < mention.first]
    if referent.kind is EntityKind.PERSON:
        heads += _role_before_comma(trees, referent, mention)
    for head in heads:
        _add_description(trees, referent, mention, head, 0.9)


def _role_before_comma(trees: Trees, referent: Referent, mention: Found) -> list[int]:
    """Return the head of a definite role phrase right before the comma before a name ("the head of the ward, X,")."""
    tree = trees.trees[mention.sentence]
    first = min([m.first for m in referent.mentions if m.sentence == mention.sentence and m.last == mention.first - 1],
                default=mention.first)  # fmt: skip
    if first < 2 or trees.form(mention.sentence, first - 1) != ",":
        return []
    word = first - 2
    begins = phrase_start(tree, _top_nominal(tree, word)) == 0
    if mention.last + 1 < len(tree) and trees.form(mention.sentence, mention.last + 1) not in {",", ".", ";", "who"}:
        if not begins:
            return []
    while word >= 0 and tree.upos(word) in {"NOUN", "PROPN"}:
        definite = any(tree.lemma(w) in {"the", "a"} or tree.tokens[w].xpos in {"POS", "PRP$"}
                       for w in range(phrase_start(tree, word), word))  # fmt: skip
        if is_person_noun(tree.lemma(word)) and definite:
            return [word]
        if tree.base[word] not in {"nmod", "compound", "conj"} or tree.heads[word] > word:
            return []
        word = tree.heads[word]
    return []


def _top_nominal(tree: Tree, word: int) -> int:
    """Return the head of the noun phrase that ends with a word."""
    while tree.base[word] in {"nmod", "compound", "conj", "flat"} and 0 <= tree.heads[word] < word:
        word = tree.heads[word]
    return word


def _predicate_noun(trees: Trees, referent: Referent, mention: Found) -> None:
    """Note what a copula says that a person is: "X is the head of Y"."""
    tree = trees.trees[mention.sentence]
    head = tree.heads[mention.head]
    if head < 0 or tree.rels[mention.head] != "nsubj" or tree.child(head, "cop") is None:
        return
    negated = any(tree.lemma(kid) in {"not", "never", "no"} for kid in tree.kids[head])
    if tree.upos(head) == "NOUN" and not negated and tree.child(head, "aux") is None:
        _add_description(trees, referent, mention, head, 0.7)


def _add_description(trees: Trees, referent: Referent, mention: Found, head: int, confidence: float) -> None:
    """Add a common noun phrase as description, and as title where it says what a person is."""
    tree = trees.trees[mention.sentence]
    if tree.upos(head) not in {"NOUN", "PROPN"} or mention.first <= head <= mention.last:
        return
    if tree.upos(head) == "PROPN" and not gazetteer.is_title(trees.form(mention.sentence, head)):
        return
    person = is_person_noun(tree.lemma(head))
    if referent.kind is EntityKind.PERSON and not person:
        return
    if referent.kind not in {EntityKind.PERSON, EntityKind.THING} and person:
        return
    first = phrase_start(tree, head)
    if first <= mention.last and mention.first <= head:
        first = head
    while first < head and tree.base[first] in {"det", "punct", "case"}:
        first += 1
    if first <= mention.last < head:
        first = mention.last + 1
    covered = any(m.sentence == mention.sentence and m.first <= head <= m.last for m in referent.mentions)
    start = _after_possessor(tree, first, head)
    last = _title_end(trees, mention, head)
    if not covered:
        referent.mentions.append(trees.found(mention.sentence, start, last, "nominal", confidence))
    words = trees.words(mention.sentence, start, last)
    if referent.kind is EntityKind.THING:
        referent.votes[noun_kind(tree.lemma(head))] += 2
    if referent.kind is EntityKind.PERSON and not covered:
        referent.titles.append(words)
        referent.country = referent.country or _country_among(trees, mention.sentence, first, last)
        known = gazetteer.title(tree.lemma(head))
        if known is not None and known.gender in {"m", "f"}:
            referent.genders[known.gender] += 2
    referent.aliases.setdefault(words, "title" if referent.kind is EntityKind.PERSON else "description")


def _after_possessor(tree: Tree, first: int, head: int) -> int:
    """Return the first word of a phrase after a possessor, if it has one."""
    for word in range(head - 1, first - 1, -1):
        if tree.tokens[word].xpos in {"POS", "PRP$", "WP$"}:
            return word + 1
    return first


def _title_end(trees: Trees, mention: Found, head: int) -> int:
    """Return the last word of a description with its "of" phrase, where that follows at once."""
    tree = trees.trees[mention.sentence]
    for kid in tree.children(head, "nmod"):
        words = tree.subtree(kid)
        if words[0] == head + 1 and trees.form(mention.sentence, words[0]) in {"of", "for", "at", "in"}:
            end = kid
            if not (mention.first <= end <= mention.last) and not (head < mention.first <= end):
                return end
    return head


# --- abbreviations ----------------------------------------------------------------------------------------------------

_ABBREVIATION: Final = re.compile(r"[A-Z][A-Za-z&.-]{0,9}[A-Z][a-z.]?")


def _abbreviations(trees: Trees, referents: list[Referent]) -> None:
    """Join each abbreviation in brackets with the name or title before it."""
    for sentence, tree in enumerate(trees.trees):
        for word in range(1, len(tree) - 2):
            if trees.form(sentence, word) == "(" and trees.form(sentence, word + 2) == ")":
                short = trees.form(sentence, word + 1)
                if _ABBREVIATION.fullmatch(short):
                    _introduce(trees, referents, sentence, word, short)


def _introduce(trees: Trees, referents: list[Referent], sentence: int, bracket: int, short: str) -> None:
    """Note that the abbreviation in a bracket stands for what is before the bracket."""
    owner = _long_form(trees, referents, sentence, bracket, short)
    if owner is None:
        owner = next((r for r in referents for m in r.mentions if m.sentence == sentence and m.last == bracket - 1), None)
    if owner is None or plain(owner.name) == plain(short):
        return
    for other in referents:
        if other is not owner and plain(other.name) == plain(short):
            _absorb(owner, other)
    owner.aliases[short] = "abbreviation"
    if not any(m.sentence == sentence and m.first == bracket + 1 for m in owner.mentions):
        owner.mentions.append(trees.found(sentence, bracket + 1, bracket + 1, "name", 1.0))


def _long_form(
    trees: Trees, referents: list[Referent], sentence: int, bracket: int, short: str
) -> Referent | None:
    """Return the referent of the words before a bracket whose initials the abbreviation is; None for no such words."""
    tree = trees.trees[sentence]
    letters = "".join(c.lower() for c in short if c.isalpha())
    for size in range(max(2, len(letters) - 1), len(letters) + 5):
        first = bracket - size
        if first < 0:
            return None
        words = trees.words(sentence, first, bracket - 1)
        if _initials(words) != letters or tree.upos(first) in {"DET", "ADP", "PUNCT", "CCONJ"}:
            continue
        found = trees.found(sentence, first, bracket - 1, "name", 1.0)
        return _owner_of(trees, referents, found, words)
    return None


def _owner_of(trees: Trees, referents: list[Referent], found: Found, words: str) -> Referent:
    """Return the referent that is mentioned where a long form stands, its name made whole; else a new one."""
    for referent in referents:
        for mention in referent.mentions:
            if mention.sentence == found.sentence and mention.first == found.first:
                if mention.kind == "name" and mention.last < found.last:
                    referent.aliases.setdefault(referent.name, "name")
                    referent.name = words
                    mention.span, mention.last = found.span, found.last
                return referent
    referent = Referent(name=words)
    referent.votes[noun_kind(trees.trees[found.sentence].lemma(found.head))] += 1
    referent.mentions.append(found)
    referents.append(referent)
    return referent


def _titles_as_names(referents: list[Referent]) -> None:
    """Give the mentions of a title's abbreviation to the person who bears the title."""
    for referent in referents:
        if referent.kind is not EntityKind.PERSON:
            continue
        shorts = {_initials(title) for title in referent.titles if len(title.split()) > 2}
        for other in referents:
            if other is not referent and other.mentions and plain(other.name) in shorts and other.name.isupper():
                referent.mentions += other.mentions
                other.mentions = []
                referent.aliases[other.name] = "abbreviation"


def _drop_names_in_titles(referents: list[Referent]) -> None:
    """Take back a name that stands only inside a person's title and is no place ("Army Staff")."""
    titles = [m.span for referent in referents for m in referent.mentions if m.kind == "title"]
    for referent in referents:
        if referent.kind is EntityKind.PLACE or len(referent.mentions) != 1 or referent.aliases:
            continue
        span = referent.mentions[0].span
        if any(title.covers(span) and title != span for title in titles):
            referent.mentions = []

