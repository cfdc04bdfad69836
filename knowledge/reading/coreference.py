"""Say whom pronouns and descriptions stand for: by number, gender, role and recency, never across a contradiction.

Scores are additive and compared by a soft maximum; a pronoun whose best antecedent is not clearly best is left
alone. The weights follow the order of the salience factors of Lappin & Leass (1994); their sizes were set on GUM's
train documents.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.language import gazetteer, lexicon
from knowledge.model import Article, Entity, EntityKind, Mention, Quotation, Span
from knowledge.reading.entities import Found, Referent, Trees, is_person_noun, noun_kind, phrase_start
from knowledge.reading.facts.tree import Tree

_HE: Final = frozenset({"he", "him", "his", "himself"})
_SHE: Final = frozenset({"she", "her", "hers", "herself"})
_IT: Final = frozenset({"it", "its", "itself"})
_THEY: Final = frozenset({"they", "them", "their", "theirs", "themselves"})
_REFLEXIVE: Final = frozenset({"himself", "herself", "itself", "themselves"})
FIRST_PERSON: Final = frozenset({"i", "me", "my", "mine", "myself"})
FIRST_PERSONS: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
#: How many sentences back an antecedent may stand.
_REACH: Final = 3
#: How many sentences back any candidate is looked for: quoted sentences do not count as distance.
_WINDOW: Final = 30
#: Below this share of the soft maximum a pronoun is left alone.
_SURE: Final = 0.5
#: How fast a candidate's share falls with its score.
_SHARPNESS: Final = 1.5
#: The same for it and they, which more things can be meant by.
_SURER: Final = 0.6
_ROLES: Final = {"nsubj": 1.2, "nsubj:pass": 1.0, "nsubj:outer": 1.0, "obj": 0.5, "iobj": 0.4, "obl:agent": 0.4}
_NO_ANTECEDENT: Final = frozenset({"time", "quantity", "money"})
#: Nouns that stand for an organisation or a place named before.
_PLACE_NOUNS: Final = {"country": {"country"}, "nation": {"country"}, "state": {"state", "country"},
                       "city": {"city"}, "town": {"city"}, "village": {"city"}, "capital": {"city"},
                       "region": {"region", "state"}, "province": {"region", "state"},
                       "continent": {"continent"}}  # fmt: skip


@dataclass(slots=True)
class _Candidate:
    """A mention that others can refer back to."""

    found: Found
    referent: Referent
    number: str
    kind: EntityKind
    role: str
    lemma: str
    quotation: int | None


class _Resolver:
    """The state of one article's resolution: the candidates so far, in the text's order."""

    def __init__(self, trees: Trees, referents: list[Referent], quotations: Sequence[Quotation]) -> None:
        self.trees = trees
        self.referents = referents
        self.known = {id(referent) for referent in referents}
        self.quotations = quotations
        self.starts = [quotation.inner.start for quotation in quotations]
        self.covered: dict[tuple[int, int], tuple[Found, Referent]] = {}
        for referent in referents:
            for mention in referent.mentions:
                for word in range(mention.first, mention.last + 1):
                    old = self.covered.get((mention.sentence, word))
                    if old is None or old[0].last - old[0].first > mention.last - mention.first:
                        self.covered[mention.sentence, word] = mention, referent
        self.candidates: list[_Candidate] = []
        self.by_lemma: dict[str, list[_Candidate]] = {}
        self.bearers = [r for r in referents if r.kind is EntityKind.PERSON and r.titles]
        self.told: list[int] = []
        for tree in trees.trees:
            here = tree.sentence.span
            number = bisect_right(self.starts, here.start + 1) - 1
            span = quotations[number].span if number >= 0 else Span(0, 0)
            quoted = span.start <= here.start and here.end <= span.end + 1
            self.told.append((self.told[-1] if self.told else 0) + (not quoted))

    def distance(self, sentence: int, other: int, quoted: bool) -> int:
        """Return how many sentences lie between two; for words outside quotations those wholly quoted do not count."""
        return sentence - other if quoted else min(sentence - other, self.told[sentence] - self.told[other])

    def near(self, sentence: int) -> Iterator[_Candidate]:
        """Yield the candidates of this sentence and some before, the most recent first."""
        for candidate in reversed(self.candidates):
            if sentence - candidate.found.sentence > _WINDOW:
                return
            yield candidate

    def covered_in(self, sentence: int) -> Iterator[tuple[Found, Referent]]:
        """Yield the names of a sentence with what they stand for."""
        for word in range(len(self.trees.trees[sentence])):
            if (known := self.covered.get((sentence, word))) is not None:
                yield known

    def quotation_of(self, span: Span) -> int | None:
        """Return the number of the quotation that a span lies in."""
        number = bisect_right(self.starts, span.start) - 1
        return number if number >= 0 and self.quotations[number].inner.covers(span) else None


def resolve(trees: Trees, referents: list[Referent], quotations: Sequence[Quotation]) -> list[Referent]:
    """Return the referents with common noun phrases and third-person pronouns added, new ones at the end."""
    resolver = _Resolver(trees, referents, quotations)
    for sentence in range(len(trees.trees)):
        _resolve_sentence(resolver, sentence)
    return [r for r in resolver.referents if r.mentions and (r.named or _is_wanted(r))]


def _is_wanted(referent: Referent) -> bool:
    """Tell whether a referent without a name is worth keeping: people, groups, and things spoken of again."""
    return len(referent.mentions) > 1 or referent.kind in {
        EntityKind.PERSON, EntityKind.ORGANIZATION, EntityKind.GROUP}  # fmt: skip


def resolve_in_quotations(article: Article, entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """Return the entities with "I" and "we" in a quotation as its speaker's mentions, and no "he" there that is."""
    spoken = [q for q in article.quotations if q.speaker_span is not None]
    added: dict[int, list[Mention]] = {}
    for sentence in article.sentences:
        for token in sentence.tokens:
            span = Span(token.start, token.end)
            lower = span.of(article.text).lower()
            if token.upos != "PRON" or lower not in FIRST_PERSON | FIRST_PERSONS:
                continue
            speaker = next((q.speaker for q in spoken if q.inner.covers(span)), None)
            if speaker is not None:
                single = entities[speaker].kind is EntityKind.PERSON and not entities[speaker].plural
                confidence = 0.6 if lower in FIRST_PERSONS and single else 0.95
                added.setdefault(speaker, []).append(Mention(span=span, kind="pronoun", confidence=confidence))
    return tuple(_with_mentions(article, spoken, entity, added.get(entity.id, [])) for entity in entities)


def _with_mentions(
    article: Article, spoken: Sequence[Quotation], entity: Entity, added: Sequence[Mention]
) -> Entity:
    """Return an entity with more mentions, third-person pronouns in its own words dropped."""
    own = [q.inner for q in spoken if q.speaker == entity.id and q.whole]
    kept = [m for m in entity.mentions if m.kind != "pronoun" or not any(q.covers(m.span) for q in own)]
    if not added and len(kept) == len(entity.mentions):
        return entity
    return entity.model_copy(update={"mentions": tuple(sorted([*kept, *added], key=lambda m: m.span))})


def _resolve_sentence(resolver: _Resolver, sentence: int) -> None:
    """Walk one sentence's words from left to right; what its fronted clauses refer forward to comes last."""
    tree = resolver.trees.trees[sentence]
    waiting: list[int] = []
    for word in range(len(tree)):
        known = resolver.covered.get((sentence, word))
        if known is not None and known[0].head == word:
            _add(resolver, *known)
            _add_group(resolver, sentence, word)
        elif known is None and _is_pronoun(resolver, sentence, word):
            if _is_fronted(tree, word):
                waiting.append(word)
            else:
                _resolve_pronoun(resolver, sentence, word)
        elif known is None and _is_noun_phrase(tree, word):
            _resolve_noun(resolver, sentence, word)
            _add_group(resolver, sentence, word)
    for word in waiting:
        _resolve_pronoun(resolver, sentence, word, forward=True)


def _is_fronted(tree: Tree, word: int) -> bool:
    """Tell whether a word stands in a subordinate clause or phrase before its main clause's subject."""
    for above in tree.ancestors(word):
        if tree.base[above] in {"advcl", "obl"} and above < tree.heads[above]:
            return True
    return False


# --- candidates -------------------------------------------------------------------------------------------------------


def _add(resolver: _Resolver, found: Found, referent: Referent) -> None:
    """Make a mention a candidate for what follows."""
    tree = resolver.trees.trees[found.sentence]
    candidate = _Candidate(
        found=found,
        referent=referent,
        number=_number(referent),
        kind=referent.kind,
        role=tree.rels[found.head],
        lemma=tree.lemma(found.head),
        quotation=resolver.quotation_of(found.span),
    )
    resolver.candidates.append(candidate)
    resolver.by_lemma.setdefault(candidate.lemma, []).append(candidate)


def _add_group(resolver: _Resolver, sentence: int, word: int) -> None:
    """Make a coordination that ends with a word a candidate for "they", beside its conjuncts."""
    tree = resolver.trees.trees[sentence]
    first = tree.heads[word]
    if tree.base[word] != "conj" or first < 0 or word != max(tree.children(first, "conj")):
        return
    if not any(tree.lemma(kid) in {"and", "or"} for kid in tree.children(word, "cc")):
        return
    start = phrase_start(tree, first)
    found = resolver.trees.found(sentence, start, word, "nominal", 0.9)
    found.head = first
    referent = Referent(name=resolver.trees.words(sentence, start, word), named=False, plural=True)
    referent.votes[EntityKind.GROUP] += 1
    referent.mentions.append(found)
    _add(resolver, found, referent)


def _number(referent: Referent) -> str:
    """Return s, p or "" (either) for a referent's grammatical number."""
    if referent.plural:
        return "p"
    return "" if referent.kind in {EntityKind.ORGANIZATION, EntityKind.GROUP} else "s"


def _is_noun_phrase(tree: Tree, word: int) -> bool:
    """Tell whether a word heads a common noun phrase that can be referred to."""
    if tree.upos(word) not in {"NOUN", "PROPN"} or tree.tokens[word].name == EntityKind.TIME:
        return False
    if tree.base[word] in {"compound", "flat", "fixed", "goeswith", "punct"} or tree.rels[word] == "nmod:desc":
        return False
    return not lexicon.noun_classes(tree.lemma(word)) & _NO_ANTECEDENT


def _resolve_noun(resolver: _Resolver, sentence: int, word: int) -> None:
    """Link a definite description with what it describes; anything else starts a referent of its own."""
    tree = resolver.trees.trees[sentence]
    first = phrase_start(tree, word)
    found = resolver.trees.found(sentence, first, word, "nominal", 0.9)
    found.head = word
    referent, confidence = None, 0.0
    definite = _is_definite(tree, first, word)
    if tree.base[word] not in {"appos"} and tree.child(word, "cop") is None:
        if definite:
            referent, confidence = _described(resolver, found)
        else:
            if tree.child(word, "det") is None:
                referent, confidence = _bearer(resolver, found)
            if referent is None and tree.sentence.paragraph == 0:
                referent, confidence = _same_noun(resolver, found, headline=True)
    if referent is None:
        referent = _new(resolver, found)
    else:
        found.confidence = confidence
        text = _bare_words(resolver.trees, found)
        known = {referent.name.lower(), *(alias.lower() for alias in referent.aliases)}
        if text.lower() not in known:
            referent.aliases.setdefault(text, "description")
    referent.mentions.append(found)
    _add(resolver, found, referent)


def _bare_words(trees: Trees, found: Found) -> str:
    """Return a description's words without determiner and possessor."""
    tree = trees.trees[found.sentence]
    first = found.first
    for word in range(found.head - 1, found.first - 1, -1):
        if tree.tokens[word].xpos in {"POS", "PRP$", "WP$", "DT"}:
            first = word + 1
            break
    return trees.words(found.sentence, min(first, found.head), found.head)


def _new(resolver: _Resolver, found: Found) -> Referent:
    """Return a new referent for a common noun phrase."""
    tree = resolver.trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    referent = Referent(name=_bare_words(resolver.trees, found), named=False)
    referent.plural = tree.tokens[found.head].xpos in {"NNS", "NNPS"} or tree.child(found.head, "conj") is not None
    referent.votes[EntityKind.PLACE if lemma in _PLACE_NOUNS else noun_kind(lemma)] += 1
    known = gazetteer.title(lemma)
    if known is not None and known.gender in {"m", "f"}:
        referent.genders[known.gender] += 3
    gender = _GENDERED.get(lemma)
    if gender:
        referent.genders[gender] += 3
    resolver.known.add(id(referent))
    resolver.referents.append(referent)
    return referent


_GENDERED: Final = dict.fromkeys(
    ["man", "boy", "father", "husband", "son", "brother", "uncle", "grandfather", "gentleman", "guy", "nephew",
     "boyfriend", "fisherman", "policeman", "fireman", "salesman", "king", "prince", "widower", "grandson"], "m"
) | dict.fromkeys(
    ["woman", "girl", "mother", "wife", "daughter", "sister", "aunt", "grandmother", "lady", "niece", "girlfriend",
     "policewoman", "queen", "princess", "widow", "actress", "granddaughter", "waitress", "nun"], "f"
)  # fmt: skip


# --- descriptions -----------------------------------------------------------------------------------------------------


def _is_definite(tree: Tree, first: int, head: int) -> bool:
    """Tell whether a noun phrase has a definite determiner or a possessor."""
    for word in range(first, head):
        token = tree.tokens[word]
        if tree.heads[word] == head and tree.base[word] == "det":
            return tree.lemma(word) in {"the", "this", "that", "these", "those", "both"}
        if token.xpos in {"POS", "PRP$"}:
            return True
    return False


def _described(resolver: _Resolver, found: Found) -> tuple[Referent | None, float]:
    """Return whom or what a definite description stands for, and how surely."""
    bearer, confidence = _bearer(resolver, found)
    if bearer is not None:
        return bearer, confidence
    same, confidence = _same_noun(resolver, found)
    if same is not None:
        return same, confidence
    return _by_class(resolver, found)


def _modifiers(trees: Trees, sentence: int, head: int) -> set[str]:
    """Return the content words that modify a noun from before or with "of", lower case."""
    tree = trees.trees[sentence]
    found: set[str] = set()
    for kid in tree.kids[head]:
        if tree.base[kid] in {"amod", "compound", "nummod", "flat"} or tree.rels[kid] in {"nmod:poss", "nmod"}:
            found.update(tree.lemma(word) for word in tree.subtree(kid) if tree.upos(word) in
                         {"NOUN", "PROPN", "ADJ", "NUM"} and word != head)  # fmt: skip
    return found


def _country_of(trees: Trees, found: Found) -> str:
    """Return the country that a description's modifiers or possessor name."""
    for word in range(found.first, found.last):
        for size in (2, 1):
            if word + size <= found.last:
                known = gazetteer.country(trees.words(found.sentence, word, word + size - 1))
                if known is not None:
                    return known.name
    return ""


def _bearer(resolver: _Resolver, found: Found) -> tuple[Referent | None, float]:
    """Return the person whose title a description repeats or paraphrases ("the army chief"), and how surely."""
    trees = resolver.trees
    tree = trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    plural = tree.tokens[found.head].xpos in {"NNS", "NNPS"}
    if plural or not is_person_noun(lemma):
        return None, 0.0
    country = _country_of(trees, found)
    words = _modifiers(trees, found.sentence, found.head)
    words = {word for word in words if gazetteer.country(word) is None and lexicon.is_word(word)}
    best: tuple[float, Referent] | None = None
    for referent in resolver.bearers:
        if country and referent.country and country != referent.country:
            continue
        score = max(_title_overlap(title, lemma, words) for title in referent.titles)
        if country and country == referent.country:
            score += 0.15
        if score >= 0.6 and (best is None or score > best[0] + 0.01):
            best = score, referent
    if best is None:
        return None, 0.0
    if tree.child(found.head, "det") is None and not country and best[0] < 1:
        return None, 0.0
    return best[1], min(0.9, best[0])


def _title_overlap(title: str, lemma: str, words: set[str]) -> float:
    """Say how well a description's head and modifiers fit a title: 1 for the same, 0 for another head."""
    in_title = [lexicon.lemma(word.lower(), "NOUN") for word in title.replace("-", " ").split()]
    own = {word for word in in_title if lexicon.is_word(word) and word not in {"of", "the", "for", "a", "in", "at"}}
    if lemma in own:
        head = 1.0
    elif any(_is_near(lemma, word) for word in own):
        head = 0.75
    else:
        return 0.0
    if not words:
        return head * 0.85
    shared = len(words & own) / len(words)
    return head * (0.4 + 0.6 * shared)


def _is_near(lemma: str, word: str) -> bool:
    """Tell whether one of two nouns for people is a kind of the other, or they name the same rank or office."""
    if lemma in lexicon.hypernyms(word) or word in lexicon.hypernyms(lemma):
        return lemma not in {"person", "individual"} and word not in {"person", "individual"}
    one, other = gazetteer.title(lemma), gazetteer.title(word)
    return one is not None and other is not None and one.kind == other.kind == "rank"


def _same_noun(resolver: _Resolver, found: Found, *, headline: bool = False) -> tuple[Referent | None, float]:
    """Return what was called by the same noun before, with no modifier that contradicts; `headline`: only there."""
    trees = resolver.trees
    tree = trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    plural = tree.tokens[found.head].xpos in {"NNS", "NNPS"}
    mine = _modifiers(trees, found.sentence, found.head)
    for candidate in reversed(resolver.by_lemma.get(lemma, ())):
        other = candidate.found
        if other.kind != "nominal" or trees.trees[other.sentence].lemma(other.head) != lemma:
            continue
        if (trees.trees[other.sentence].tokens[other.head].xpos in {"NNS", "NNPS"}) != plural:
            continue
        if headline and trees.trees[other.sentence].sentence.paragraph >= 0:
            continue
        theirs = _modifiers(trees, other.sentence, other.head)
        if mine and theirs and not (mine <= theirs or theirs <= mine):
            continue
        if mine and not theirs and not mine <= _all_modifiers(trees, candidate.referent):
            continue
        distance = found.sentence - other.sentence
        return candidate.referent, max(0.6, 0.9 - 0.02 * distance)
    return None, 0.0


def _all_modifiers(trees: Trees, referent: Referent) -> set[str]:
    """Return the modifiers of all of a referent's descriptions."""
    found: set[str] = set()
    for mention in referent.mentions:
        if mention.kind == "nominal":
            found |= _modifiers(trees, mention.sentence, mention.head)
    return found


def _by_class(resolver: _Resolver, found: Found) -> tuple[Referent | None, float]:
    """Return the recent name or narrower noun that a description's noun is a word for ("the company", "the ship")."""
    trees = resolver.trees
    tree = trees.trees[found.sentence]
    lemma = tree.lemma(found.head)
    if tree.tokens[found.head].xpos in {"NNS", "NNPS"} or found.last - found.first > 1:
        return None, 0.0
    if tree.child(found.head, "nmod", "acl") is not None:
        return None, 0.0
    if lemma in _PLACE_NOUNS:
        return _place_by_class(resolver, found, _PLACE_NOUNS[lemma])
    gender = _GENDERED.get(lemma, "")
    for candidate in resolver.near(found.sentence):
        other = candidate.referent
        if found.sentence - candidate.found.sentence > _REACH:
            break
        if candidate.number == "p":
            continue
        if candidate.found.sentence == found.sentence and _governs(tree, candidate.found.head, found.head):
            continue
        theirs = trees.trees[candidate.found.sentence].lemma(candidate.found.head)
        if not other.named:
            narrower = candidate.found.kind == "nominal" and theirs != lemma and lemma in lexicon.hypernyms(theirs)
            if narrower and lemma not in _VAGUE:
                return other, 0.6
        elif other.kind is EntityKind.ORGANIZATION and _is_word_for(lemma, other):
            return other, 0.65
        elif gender and other.kind is EntityKind.PERSON and other.gender == gender:
            return other, 0.6
    return None, 0.0


#: Nouns so general that a narrower one before is rarely meant.
_VAGUE: Final = frozenset({"thing", "area", "group", "part", "way", "unit", "person", "place", "body", "matter", "form",
                           "point", "world", "structure", "state", "event", "act", "action", "activity"})  # fmt: skip
#: Nouns that can stand for any organisation.
_ANY_ORGANIZATION: Final = frozenset({"company", "firm", "organization", "organisation", "group", "agency", "business",
                                      "corporation", "institution"})  # fmt: skip


def _is_word_for(lemma: str, organization: Referent) -> bool:
    """Tell whether a noun can stand for an organisation: a word of its name or descriptions, or a general one."""
    own = {lexicon.lemma(w.lower(), "NOUN") for text in (organization.name, *organization.aliases) for w in text.split()}
    return lemma in own or (lemma in _ANY_ORGANIZATION and not own & _OTHER_BODIES)


_OTHER_BODIES: Final = frozenset({"university", "court", "army", "navy", "ministry", "police", "party", "parliament",
                                  "congress", "senate", "school", "hospital", "church", "government"})  # fmt: skip


def _place_by_class(resolver: _Resolver, found: Found, kinds: set[str]) -> tuple[Referent | None, float]:
    """Return the only named place of a class that the sentence, or else one of the sentences before, speaks of."""
    for sentence in range(found.sentence, max(found.sentence - _REACH, -1) - 1, -1):
        named = (r for m, r in resolver.covered_in(sentence) if m.kind == "name")
        places = {id(r): r for r in named if r.kind is EntityKind.PLACE and _place_kind(r) in kinds}
        if len(places) == 1:
            return next(iter(places.values())), 0.65 if sentence == found.sentence else 0.6
        if places:
            return None, 0.0
    return None, 0.0


def _place_kind(referent: Referent) -> str:
    """Return the gazetteer's class of a place, city where it has none."""
    known = gazetteer.place(referent.name)
    return known.kind if known else "city"


def _governs(tree: Tree, one: int, other: int) -> bool:
    """Tell whether one word is above the other in the tree."""
    return one in set(tree.ancestors(other)) or other in set(tree.ancestors(one))


# --- pronouns ---------------------------------------------------------------------------------------------------------


def _is_pronoun(resolver: _Resolver, sentence: int, word: int) -> bool:
    """Tell whether a word is a third-person pronoun that refers to something."""
    tree = resolver.trees.trees[sentence]
    lower = resolver.trees.form(sentence, word).lower()
    if lower not in _HE | _SHE | _IT | _THEY or tree.base[word] == "expl" or tree.upos(word) != "PRON":
        return False
    return not (lower == "it" and _is_empty(tree, word))


def _is_empty(tree: Tree, word: int) -> bool:
    """Tell whether "it" only holds the place of a clause or stands for weather and time."""
    head = tree.heads[word]
    if head < 0 or tree.base[word] != "nsubj":
        return False
    if tree.child(head, "csubj") is not None:
        return True
    clause = tree.child(head, "ccomp", "advcl", "xcomp", "acl")
    copular = tree.child(head, "cop") is not None
    if copular and tree.upos(head) == "ADJ" and clause is not None and clause > head:
        return True
    if copular and gazetteer.time_word(tree.lemma(head)) is not None:
        return True
    passive = tree.child(head, "aux:pass") is not None
    return (passive or tree.lemma(head) in {"seem", "appear", "emerge", "transpire", "rain", "snow"}) and (
        tree.child(head, "ccomp") is not None or tree.lemma(head) in {"rain", "snow"}
    )


def _resolve_pronoun(resolver: _Resolver, sentence: int, word: int, *, forward: bool = False) -> None:
    """Add a pronoun to its antecedent's mentions, if one is clearly best; `forward`: what follows may be it too."""
    tree = resolver.trees.trees[sentence]
    mention = resolver.trees.found(sentence, word, word, "pronoun", 1.0)
    lower = resolver.trees.form(sentence, word).lower()
    quotation = resolver.quotation_of(mention.span)
    scores: dict[int, tuple[float, Referent]] = {}
    for candidate in resolver.near(sentence):
        distance = resolver.distance(sentence, candidate.found.sentence, quotation is not None)
        if not 0 <= distance <= _REACH or not _fits(lower, candidate):
            continue
        if candidate.found.span > mention.span and not (forward and candidate.role.startswith("nsubj")):
            continue
        same = candidate.found.sentence == sentence
        if same and _is_barred(tree, word, candidate.found, lower):
            continue
        score = _score(resolver, tree, word, lower, candidate, distance, quotation)
        old = scores.get(id(candidate.referent))
        if old is None or score > old[0]:
            scores[id(candidate.referent)] = score, candidate.referent
    if not scores:
        return
    ranked = sorted(scores.values(), key=lambda pair: -pair[0])
    best, referent = ranked[0]
    share = 1 / sum(math.exp(_SHARPNESS * (score - best)) for score, _ in ranked)
    if share < (_SURE if lower in _HE | _SHE else _SURER) or best < -2.5:
        return
    if id(referent) not in resolver.known:
        resolver.known.add(id(referent))
        resolver.referents.append(referent)
    mention.confidence = round(min(0.95, share), 3)
    referent.mentions.append(mention)
    _learn(referent, lower, share)
    _add(resolver, mention, referent)


def _learn(referent: Referent, lower: str, share: float) -> None:
    """Take a person's gender from a pronoun that surely means them."""
    if referent.kind is EntityKind.PERSON and share > 0.7 and not referent.gender:
        if lower in _HE:
            referent.genders["m"] += 1
        elif lower in _SHE:
            referent.genders["f"] += 1


def _fits(lower: str, candidate: _Candidate) -> bool:
    """Tell whether number, gender and kind of a candidate allow the pronoun."""
    person = candidate.kind is EntityKind.PERSON
    unknown = candidate.kind is EntityKind.THING and candidate.referent.named
    if lower in _HE | _SHE:
        gender = candidate.referent.gender
        wanted = "m" if lower in _HE else "f"
        return (person or unknown) and candidate.number != "p" and gender in {"", wanted}
    if lower in _IT:
        return not person and candidate.number != "p"
    return candidate.number in {"p", ""}


def _is_barred(tree: Tree, word: int, other: Found, lower: str) -> bool:
    """Tell whether grammar forbids that a pronoun and a mention in the same sentence mean the same."""
    head, theirs = tree.heads[word], tree.heads[other.head]
    if word in tree.subtree(other.head) and not any(
        tree.base[above] in {"conj", "appos", "acl", "parataxis"} or above == other.head
        for above in _path(tree, word, other.head)
    ):
        return True
    if tree.rels[word] == "nmod:poss":
        return head == other.head or (head >= 0 and other.head in tree.children(head, "nmod") and other.head > head)
    if lower in _REFLEXIVE:
        return head != theirs and theirs not in _clause_chain(tree, head)
    return head == theirs and head >= 0 and tree.base[other.head] in {"nsubj", "obj", "iobj", "obl"}


def _clause_chain(tree: Tree, verb: int) -> set[int]:
    """Return the verbs whose subject a verb without one takes."""
    found: set[int] = set()
    while verb >= 0 and verb not in found and tree.child(verb, "nsubj") is None:
        if tree.base[verb] not in {"xcomp", "advcl", "acl", "ccomp", "conj"}:
            break
        verb = tree.heads[verb]
        found.add(verb)
    return found


def _path(tree: Tree, word: int, top: int) -> Iterator[int]:
    """Yield the words between a word and one above it."""
    for above in tree.ancestors(word):
        if above == top:
            return
        yield above


def _score(
    resolver: _Resolver, tree: Tree, word: int, lower: str, candidate: _Candidate, distance: int, quotation: int | None
) -> float:
    """Weigh a candidate antecedent."""
    found = candidate.found
    score = (0.0, -0.9, -2.0, -3.0)[distance]
    their_tree = resolver.trees.trees[found.sentence]
    score += _ROLES.get(candidate.role, 0.2 if candidate.role == "nmod:poss" else 0.0)
    if candidate.role in {"compound", "amod", "flat"}:
        score -= 1.5
    if candidate.referent.named:
        score += 0.3
    if found.kind == "pronoun":
        score += 0.5
    score += 0.15 * min(len(candidate.referent.mentions), 6)
    if candidate.role.startswith("nsubj") and tree.rels[word].startswith("nsubj"):
        score += 0.3
    if found.sentence == tree.index and candidate.role.startswith("nsubj"):
        score += _subject_bonus(tree, word, found.head)
    if candidate.quotation is not None and candidate.quotation != quotation:
        score -= 1.0
    if their_tree.sentence.paragraph != tree.sentence.paragraph:
        score -= 0.5
    score += _kind_score(lower, candidate)
    return score


def _subject_bonus(tree: Tree, word: int, subject: int) -> float:
    """Favour the subject of the clause above: of its verb for a possessive, of the speech verb for a speaker."""
    verb = tree.heads[subject]
    if verb < 0:
        return 0.0
    if subject > word:
        return 0.6
    if verb in set(tree.ancestors(word)):
        return 0.8 if tree.rels[word] == "nmod:poss" or tree.base[tree.heads[word]] in {"ccomp", "advcl", "xcomp"} else 0.5
    return 0.0


#: Senses of nouns that a pronoun seldom stands for.
_ABSTRACT: Final = frozenset({"noun.attribute", "noun.feeling", "noun.state", "noun.cognition", "noun.act",
                              "noun.communication", "noun.relation", "noun.motive"})  # fmt: skip


def _kind_score(lower: str, candidate: _Candidate) -> float:
    """Weigh how well a kind of thing goes with a pronoun."""
    kind = candidate.kind
    if lower in _HE | _SHE:
        return (0.5 if candidate.referent.gender else 0.0) - (1.0 if kind is EntityKind.THING else 0.0)
    vague = kind is EntityKind.THING and not candidate.referent.named and lexicon.supersense(candidate.lemma, "NOUN") in _ABSTRACT
    if lower in _IT:
        if vague:
            return -0.4
        if kind is EntityKind.ORGANIZATION:
            return 0.4
        return -0.5 if kind is EntityKind.PLACE and candidate.referent.named else 0.0
    if kind in {EntityKind.PERSON, EntityKind.GROUP} and candidate.number == "p":
        return 0.6
    return 0.0 if candidate.number == "p" else -0.6

