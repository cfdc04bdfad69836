"""Find the names in a sentence: what the parser labels, widened and cut by rules over chunks."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from knowledge.language import gazetteer, lexicon
from knowledge.model import EntityKind
from knowledge.reading.referents import Trees, is_firm_noun, noun_kind, plain

_KINDS: Final = (
    EntityKind.PERSON,
    EntityKind.ORGANIZATION,
    EntityKind.PLACE,
    EntityKind.EVENT,
    EntityKind.THING,
)
#: Zipf frequency from which a word that is also a place's name is rather the word.
_COMMON: Final = 5.3
#: Zipf frequency below which a word is no everyday word.
_RARE: Final = 3.5
#: Inhabitants from which a town is taken for what an unlabelled name means.
_WELL_KNOWN: Final = 100_000
#: Words inside a name that are no proper nouns themselves.
_LINKS: Final = frozenset(
    {
        "of",
        "the",
        "de",
        "da",
        "del",
        "der",
        "den",
        "di",
        "du",
        "la",
        "le",
        "van",
        "von",
        "bin",
        "al",
        "el",
        "ibn",
        "y",
        "dos",
        "das",
        "do",
        "&",
        "-",
        "for",
    }
)
#: Words that may stand inside a name where its kind allows.
_INSIDE: Final = _LINKS | {"and", "'s", "’s", "´s", "'", "’"}
#: Words after a country's or person's name that make the whole an event.
_EVENT_CLASSES: Final = frozenset({"event"})


@dataclass(slots=True)
class Chunk:
    """A name as it stands in one place; `kind` None where nothing tells it yet."""

    sentence: int
    first: int
    last: int
    kind: EntityKind | None
    text: str
    weight: float
    title: tuple[int, int] | None = None


def name_chunks(trees: Trees, sentence: int) -> Iterator[Chunk]:
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


def _is_demonym(trees: Trees, chunk: Chunk) -> bool:
    """Tell whether a chunk only says where something or somebody is from ("Bolivian")."""
    if gazetteer.demonym_of(chunk.text) is None or gazetteer.place(chunk.text) is not None:
        return False
    return trees.trees[chunk.sentence].tokens[chunk.last].xpos not in {"NNS", "NNPS"}


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
        if (
            _is_proper(trees, sentence, word)
            or _is_hyphenated(trees, sentence, word)
            or (word == last + 1 and form[:1].isupper() and gazetteer.organization_word(form))
        ):
            last = word
        elif form.lower() not in _INSIDE or word - last > 2 or not _links(trees, sentence, last, word):
            break
        word += 1
    return last


def _is_hyphenated(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether a word is joined to the word before by a hyphen without space ("Hau Lung-bin")."""
    tree = trees.trees[sentence]
    if (
        word < 2
        or trees.form(sentence, word - 1) not in {"-", "‐", "‑"}
        or tree.upos(word) in {"VERB", "ADJ", "NUM"}
    ):
        return False
    tokens = tree.tokens
    return tokens[word - 2].end == tokens[word - 1].start and tokens[word - 1].end == tokens[word].start


def _links(trees: Trees, sentence: int, last: int, word: int) -> bool:
    """Tell whether a word between proper nouns belongs to one name: labelled so, or of a known kind
    of name.
    """
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
    head = trees.form(sentence, last)
    body = gazetteer.organization_word(head) and tree.tokens[last].name != EntityKind.PERSON
    if form in {"of", "for"} and (body or gazetteer.is_title(head)):
        return True
    if form in {"of", "for"} and (EntityKind.PERSON in labels or _ends_person(trees, sentence, last)):
        return False
    if form.lower() in {"and", "'s", "’s", "´s", "'", "’"}:
        ends = {tree.tokens[last].name, tree.tokens[following].name}
        return ends <= {EntityKind.ORGANIZATION, EntityKind.PLACE, ""} and _ends_body(
            trees, sentence, last, following
        )
    if len(labels) == 1 and labels != {""}:
        return True
    if {tree.tokens[w].name for w in (last, following)} == {EntityKind.ORGANIZATION.value}:
        return True
    if form == "&":
        return True
    if form in {"of", "for"}:
        return gazetteer.organization_word(head)
    return form.lower() not in {"the", "of", "for", "-"} and tree.base[following] in {"flat", "compound"}


def _ends_body(trees: Trees, sentence: int, last: int, following: int) -> bool:
    """Tell whether "and" or a possessive stands inside an organisation's name ("Food and Drug Agency")."""
    end = following
    while end + 1 < len(trees.trees[sentence]) and _is_proper(trees, sentence, end + 1):
        end += 1
    before = trees.form(sentence, last)
    apart = gazetteer.organization_word(before) or gazetteer.place(before) is not None
    return not apart and lexicon.is_word(before) and gazetteer.organization_word(trees.form(sentence, end))


def _ends_person(trees: Trees, sentence: int, last: int) -> bool:
    """Tell whether a word and the one before look like given name and surname."""
    if last < 1 or gazetteer.organization_word(trees.form(sentence, last)):
        return False
    given = trees.form(sentence, last - 1)
    return given[:1].isupper() and gazetteer.given_name_gender(given) is not None


def _cut(trees: Trees, sentence: int, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the names that stand side by side in a stretch: cut where the parser's kinds or the phrases
    change.
    """
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
            person = (
                here == EntityKind.PERSON and before != here and not _person_word(trees, sentence, word - 1)
            )
            apart = tree.heads[word] < start and tree.heads[word - 1] > word
            if kinds or person or (apart and before != here):
                yield start, word - 1
                start = word
    yield start, last


def _country_before_title(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return how many words at the beginning name a country, people or body, where a title follows and
    something
    else ("US President X", "NASA Administrator X").
    """
    for size in (2, 1):
        if first + size >= last:
            continue
        words = trees.words(sentence, first, first + size - 1)
        acronym = size == 1 and words.isupper() and len(words) > 2 and not gazetteer.is_title(words)
        if acronym or gazetteer.country(words) is not None:
            title = _title_length(trees, sentence, first + size, last)
            if title and first + size + title <= last:
                return size
    return 0


def _person_word(trees: Trees, sentence: int, word: int) -> bool:
    """Tell whether an unlabelled word before a labelled person belongs to the name."""
    form = trees.form(sentence, word)
    return gazetteer.given_name_gender(form) is not None and not gazetteer.is_title(form)


def _chunk(trees: Trees, sentence: int, first: int, last: int) -> Chunk | None:
    """Return the name that a stretch holds, titles at its beginning set apart; None where nothing is left."""
    tree = trees.trees[sentence]
    while last > first and not any(c.isalnum() for c in trees.form(sentence, last)):
        last -= 1
    labels = Counter(tree.tokens[w].name for w in range(first, last + 1) if tree.tokens[w].name)
    kind = EntityKind(labels.most_common(1)[0][0]) if labels else None
    title = None
    last = _without_title(trees, sentence, first, last)
    if (
        first + 2 <= last
        and trees.form(sentence, first + 1) == "of"
        and _is_settlement(trees, sentence, first, last)
    ):
        first += 2
    text = trees.words(sentence, first, last)
    if kind is not None and gazetteer.country_named(text) is not None:
        kind = EntityKind.PLACE
    length = _title_length(trees, sentence, first, last)
    if length and (
        kind in {EntityKind.PERSON, None} or not gazetteer.organization_word(trees.form(sentence, last))
    ):
        title = (first, first + length - 1)
        if first + length > last or trees.form(sentence, first + length) in _LINKS:
            return _after_title(trees, sentence, first + length, last)
        if gazetteer.place(text) is None:
            first += length
            kind = EntityKind.PERSON if kind in {EntityKind.PERSON, None} else kind
        else:
            title = None
    if (
        first > 0
        and trees.form(sentence, first - 1)[:1] == "T"
        and _has_article(trees, sentence, first, last)
    ):
        first -= 1
    if _has_demonym(trees, sentence, first, last):
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
    return Chunk(sentence, first, last, kind, text, 1.0 if labels else 0.6, title)


def _has_article(trees: Trees, sentence: int, first: int, last: int) -> bool:
    """Tell whether the article before a place is part of its name ("The Hague")."""
    if trees.form(sentence, first - 1).lower() != "the":
        return False
    known = gazetteer.place(trees.words(sentence, first - 1, last))
    return known is not None and known.name.startswith("The ")


def _has_demonym(trees: Trees, sentence: int, first: int, last: int) -> bool:
    """Tell whether the word before a body's name is a people that belongs to it ("Norwegian Coast Guard")."""
    if first < 1 or first == last or not gazetteer.organization_word(trees.form(sentence, last)):
        return False
    before = trees.form(sentence, first - 1)
    return before[:1].isupper() and gazetteer.demonym_of(before) is not None


def _after_title(trees: Trees, sentence: int, first: int, last: int) -> Chunk | None:
    """Return the place or organisation in a title without a name ("Emperor of the United States")."""
    while first <= last and trees.form(sentence, first).lower() in _LINKS:
        first += 1
    if first > last:
        return None
    text = trees.words(sentence, first, last)
    kind = _guess(trees, sentence, first, last)
    return None if kind is None else Chunk(sentence, first, last, kind, text, 0.6)


def _without_title(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return the last word of a country's or body's name where a title follows and no name ("US
    President").
    """
    for size in (4, 3, 2, 1):
        start = last - size + 1
        if start > first and gazetteer.is_title(trees.words(sentence, start, last)):
            before = trees.words(sentence, first, start - 1)
            acronym = before.isupper() and before.isalpha() and not gazetteer.is_title(before)
            return start - 1 if acronym or gazetteer.country(before) is not None else last
    return last


def _title_length(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return how many words at the beginning of a stretch are titles ("Prime Minister", "Secretary of
    State").
    """
    length = 0
    while first + length <= last:
        for size in (4, 3, 2, 1):
            end = first + length + size - 1
            if end <= last and gazetteer.is_title(trees.words(sentence, first + length, end)):
                length += size
                break
        else:
            break
    return max(length, _title_before_given_name(trees, sentence, first, last))


def _title_before_given_name(trees: Trees, sentence: int, first: int, last: int) -> int:
    """Return how many words stand before a given name, where a title is among them ("Shadow Home Secretary",
    "Minister of Education"); 0 where the stretch begins with a given name or holds none.
    """
    for word in range(first, last):
        form = trees.form(sentence, word)
        town = gazetteer.place(form)
        known = town is not None and (town.kind != "city" or town.population >= _WELL_KNOWN)
        given = gazetteer.given_name_gender(form) is not None and not known
        if (
            not given
            or gazetteer.is_title(form)
            or (word > first and trees.form(sentence, word - 1) in _LINKS)
        ):
            continue
        held = any(gazetteer.is_title(trees.form(sentence, w)) for w in range(first, word))
        if not held and lexicon.tags(form)[:1] not in ((), ("PROPN",)):
            continue
        return word - first if held and not gazetteer.organization_word(trees.form(sentence, last)) else 0
    return 0


def _guess(trees: Trees, sentence: int, first: int, last: int) -> EntityKind | None:
    """Return the kind of a name that the parser did not label, by gazetteer and form."""
    text = trees.words(sentence, first, last)
    forms = text.split()
    known = gazetteer.place(text)
    if known is not None and (known.kind != "city" or known.population >= _WELL_KNOWN):
        return EntityKind.PLACE
    if gazetteer.organization_word(forms[-1]) or gazetteer.organization_word(forms[0]):
        return EntityKind.ORGANIZATION
    if len(forms) > 1 and gazetteer.given_name_gender(forms[0]) and forms[-1][:1].isupper():
        return EntityKind.PERSON
    if len(forms) == 1 and 2 <= len(text) <= 6 and text.isupper() and text.isalpha():
        return EntityKind.ORGANIZATION
    return None


def settle_kinds(trees: Trees, chunks: list[Chunk]) -> None:
    """Give every name the kind that the gazetteer and its other mentions speak for."""
    votes: dict[str, dict[EntityKind, float]] = {}
    people = [plain(c.text).split() for c in chunks if c.kind is EntityKind.PERSON and " " in c.text]
    surnames = {" ".join(words[start:]) for words in people for start in range(1, len(words))}
    for chunk in chunks:
        counter = votes.setdefault(plain(chunk.text), defaultdict(float))
        if chunk.kind is not None:
            counter[chunk.kind] += 1 if chunk.weight == 1.0 else 0.5
        if chunk.title is not None:
            counter[EntityKind.PERSON] += 2
        beside = _noun_beside(trees, chunk)
        if beside is not None:
            counter[beside] += 1.5
        _gazetteer_votes(chunk.text, plain(chunk.text) in surnames, counter)
    _shorten_organizations(chunks, people, votes)
    for chunk in chunks:
        counter = votes[plain(chunk.text)]
        if counter:
            chunk.kind = max(counter, key=lambda kind: (counter[kind], -_KINDS.index(kind)))


def _shorten_organizations(
    chunks: list[Chunk], people: list[list[str]], votes: dict[str, dict[EntityKind, float]]
) -> None:
    """Take a rare word of an organisation's name alone for the organisation, unless a person is named so."""
    borne = {word for words in people for word in words}
    whole = [plain(c.text).split() for c in chunks if c.kind is EntityKind.ORGANIZATION and " " in c.text]
    titled = {plain(chunk.text) for chunk in chunks if chunk.title is not None}
    parts = {word for words in whole for word in (words[0], words[-1])} - borne - titled
    for name, counter in votes.items():
        if name in parts and lexicon.frequency(name) < _RARE:
            counter[EntityKind.ORGANIZATION] += counter[EntityKind.PERSON] + 1


def _is_full_name(forms: list[str]) -> bool:
    """Tell whether words begin with a given name and end with no dictionary word."""
    given = gazetteer.given_name_gender(forms[0]) is not None
    return given and not lexicon.is_word(forms[-1]) and not gazetteer.organization_word(forms[-1])


def _is_settlement(trees: Trees, sentence: int, first: int, last: int) -> bool:
    """Tell whether a stretch is a place's name after its class ("State of Texas")."""
    if trees.form(sentence, first).lower() not in _SETTLEMENTS:
        return False
    whole, name = (gazetteer.place(trees.words(sentence, start, last)) for start in (first, first + 2))
    return whole is None and name is not None


def _noun_beside(trees: Trees, chunk: Chunk) -> EntityKind | None:
    """Return what the noun before a name says that it is ("terrorist group X", "the town of X"); None
    if nothing.
    """
    tree = trees.trees[chunk.sentence]
    word = chunk.first - 1
    if word >= 1 and trees.form(chunk.sentence, word) == "of":
        kind = noun_kind(tree.lemma(word - 1)) if tree.lemma(word - 1) in _SETTLEMENTS else None
        return EntityKind.PLACE if kind is not None else None
    if word < 0 or tree.upos(word) != "NOUN" or tree.tokens[word].xpos == "NNS":
        return None
    kind = None if is_firm_noun(tree.lemma(word)) else noun_kind(tree.lemma(word))
    return EntityKind.ORGANIZATION if kind in {EntityKind.ORGANIZATION, EntityKind.GROUP} else None


#: Nouns whose "of" introduces a place's name.
_SETTLEMENTS: Final = frozenset(
    {
        "city",
        "town",
        "village",
        "district",
        "province",
        "island",
        "state",
        "port",
        "suburb",
        "region",
        "county",
        "municipality",
    }
)


def _gazetteer_votes(text: str, is_surname: bool, counter: dict[EntityKind, float]) -> None:
    """Add what the tables of places and organisations say of a name."""
    if is_surname:
        counter[EntityKind.PERSON] += 1.5
    known = gazetteer.place(text)
    common = lexicon.frequency(text) >= _COMMON and lexicon.tags(text)[:1] != ("PROPN",)
    if known is not None and not is_surname and (known.kind == "country" or not common):
        counter[EntityKind.PLACE] += 3 if known.kind in {"country", "continent"} else 0.7
        likely = counter[EntityKind.PERSON] > 0 and known.population >= _WELL_KNOWN
        if likely or gazetteer.capital_of(text) is not None:
            counter[EntityKind.PLACE] += 0.5
    forms = text.split()
    if counter[EntityKind.THING] > 0 and len(forms) in {2, 3} and _is_full_name(forms):
        counter[EntityKind.PERSON] += 1.1
    if len(forms) == 2 and known is None and gazetteer.country_named(forms[1]) is not None:
        counter[EntityKind.ORGANIZATION] += 0.8
    if (len(forms) > 1 and gazetteer.organization_word(forms[-1])) or (
        len(forms) > 2 and gazetteer.organization_word(forms[0]) and forms[1] in {"of", "for"}
    ):
        counter[EntityKind.ORGANIZATION] += 1.5
    if len(forms) > 1 and "person" in lexicon.noun_classes(forms[-1].lower()) and not is_surname:
        counter[EntityKind.PERSON] -= 0.5
    if len(forms) > 1 and lexicon.noun_classes(forms[-1].lower()) == _EVENT_CLASSES:
        counter[EntityKind.EVENT] += 1


def initials(name: str) -> str:
    """Return the initials of a name's words, lower case, small words left out."""
    words = re.findall(r"[^\W\d_]+", name)
    return "".join(word[0] for word in words if word.lower() not in _LINKS or word[0].isupper()).lower()
