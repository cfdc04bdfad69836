"""Who says something in one sentence: the cue, its speaker and its medium, from the tree."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from knowledge.language import lexicon
from knowledge.model import (
    Article,
    Entity,
    EntityKind,
    Span,
)
from knowledge.reading.facts.tree import Tree

_MEDIUM_CASES: Final = frozenset({"in", "on", "via", "through", "during", "at", "by", "to", "over"})
_SUBJECTS: Final = ("nsubj", "nsubj:outer")


@cache
def _words(kind: str) -> frozenset[str]:
    """Load one kind of words from the table of attribution."""
    text = (files("knowledge.reading") / "data" / "attribution.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return frozenset(word for its, word in rows if its == kind)


def is_speech(lemma: str) -> bool:
    """Tell whether a verb reports what it governs as somebody's words."""
    return (lemma in lexicon.SPEECH_VERBS or lemma in {"vow", "promise"}) and lemma not in _words("weak")


def is_cue(lemma: str) -> bool:
    """Tell whether a verb can present words between quotation marks."""
    return lemma in lexicon.SPEECH_VERBS or lemma in _words("cue")


def is_medium(lemma: str) -> bool:
    """Tell whether a noun names what words are put out in."""
    media = _words("medium")
    return lemma in media or (lemma.endswith("ed") and not media.isdisjoint(lexicon.verb_lemmas(lemma)))


class Source(NamedTuple):
    """Who says something: cue, speaker and medium as words of one sentence.

    `speaker_in` is the speaker's sentence where that is another one.
    """

    sentence: int
    cue: int
    speaker: int | None
    medium: int | None = None
    speaker_in: int | None = None

    @property
    def home(self) -> int:
        """The sentence that holds the speaker's words."""
        return self.sentence if self.speaker_in is None else self.speaker_in


class Reader:
    """An article's trees with the lookups that attribution needs."""

    def __init__(self, article: Article, entities: Sequence[Entity]) -> None:
        self.article = article
        self.text = article.text
        self.entities = entities
        self.trees = [Tree(sentence, number) for number, sentence in enumerate(article.sentences)]
        self.starts = [tree.sentence.span.start for tree in self.trees]
        self.mentions: dict[int, list[tuple[Span, int]]] = {}
        for entity in entities:
            for mention in entity.mentions:
                self.mentions.setdefault(self.sentence_at(mention.span.start), []).append(
                    (mention.span, entity.id)
                )
        for known in self.mentions.values():
            known.sort(key=lambda pair: pair[0].end - pair[0].start)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset, of the one before where none does."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def sentences_of(self, span: Span) -> list[int]:
        """Return the numbers of the sentences that share a character with a span."""
        first = self.sentence_at(span.start)
        last = max(bisect_left(self.starts, span.end), first + 1)
        return (
            [n for n in range(first, last) if self.trees[n].sentence.span.overlaps(span)]
            if self.trees
            else []
        )

    def span(self, sentence: int, word: int) -> Span:
        """Return the characters of one word."""
        token = self.trees[sentence].tokens[word]
        return Span(token.start, token.end)

    def entity(self, sentence: int, word: int | None) -> int | None:
        """Return the entity of the shortest mention that holds a word."""
        if word is None:
            return None
        here = self.span(sentence, word)
        return next((number for span, number in self.mentions.get(sentence, ()) if span.covers(here)), None)

    def phrase(self, sentence: int, word: int) -> Span:
        """Return a noun phrase without appositions and clauses."""
        tree = self.trees[sentence]
        shed = [
            kid
            for kid in tree.kids[word]
            if tree.base[kid]
            in {"appos", "acl", "parataxis", "dep", "punct", "cc", "conj", "case", "advcl", "cop"}
            and not (tree.base[kid] in {"conj", "cc"} and kid > word)
        ]
        shed += [
            kid for kid in tree.kids[word] if tree.upos(kid) == "NUM" and kid > word and _is_aside(tree, kid)
        ]
        words = tree.kept(word, shed)
        words = _run(words, word)
        span = tree.span(*tree.trim(words, word, self.text))
        here = self.span(sentence, word)
        names = [known for known, _ in self.mentions.get(sentence, ()) if known.covers(here)]
        return Span(min(span.start, names[0].start), max(span.end, names[0].end)) if names else span

    def medium(self, sentence: int, source: Source) -> Span | None:
        """Return the phrase of the medium."""
        return None if source.medium is None else self.phrase(sentence, source.medium)


def _is_aside(tree: Tree, word: int) -> bool:
    """Tell whether a comma sets the word off, as it does an age."""
    first = tree.subtree(word)[0]
    return tree.is_punct(first) or tree.is_punct(first - 1)


def _run(words: list[int], head: int) -> list[int]:
    """Return the words that stand without gap round the head."""
    known = set(words)
    first = last = head
    while first - 1 in known:
        first -= 1
    while last + 1 in known:
        last += 1
    return list(range(first, last + 1))


def cue_span(reader: Reader, source: Source) -> Span:
    """Return the cue's words: the verb, or "according to"."""
    tree = reader.trees[source.sentence]
    words = [source.cue, *tree.children(source.cue, "fixed", "compound:prt")]
    words = [w for w in words if w == source.cue or abs(w - source.cue) == 1]
    return tree.span(min(words), max(words))


def source_of(reader: Reader, sentence: int, cue: int) -> Source:
    """Return a cue with its speaker and medium."""
    tree = reader.trees[sentence]
    subject = _able_subject(reader, tree, cue)
    medium = _medium(reader, tree, cue)
    if subject is not None and is_medium(tree.lemma(subject)):
        owner = owner_of(reader, tree, subject)
        told = owner is None and _is_definite(tree, subject)
        return Source(sentence, cue, None if told else subject if owner is None else owner, subject)
    if medium is not None and subject is None:
        return Source(sentence, cue, owner_of(reader, tree, medium), medium)
    return Source(sentence, cue, subject, medium)


def _is_definite(tree: Tree, noun: int) -> bool:
    """Tell whether a noun has "the", so that its owner was told before."""
    return any(tree.lemma(kid) == "the" for kid in tree.children(noun, "det"))


def _able_subject(reader: Reader, tree: Tree, cue: int) -> int | None:
    """Return a cue's subject; of one that nobody could say a word with, that of the cue above instead."""
    subject = subject_of(tree, cue)
    if subject is None or is_medium(tree.lemma(subject)) or can_speak(reader, tree.index, subject):
        return subject
    for above in tree.ancestors(cue):
        if tree.upos(above) == "VERB" and is_cue(tree.lemma(above)):
            other = subject_of(tree, above)
            if other is not None and (is_medium(tree.lemma(other)) or can_speak(reader, tree.index, other)):
                return other
    named = any(
        tree.upos(word) == "PROPN" for word in [subject, *tree.children(subject, "compound", "appos", "nmod")]
    )
    return subject if named or lexicon.supersense(tree.lemma(subject), "NOUN") not in _MUTE else None


#: Senses of nouns that no speaker has.
_MUTE: Final = frozenset({"noun.artifact", "noun.event", "noun.state", "noun.body",
                          "noun.shape", "noun.object", "noun.food", "noun.plant",
                          "noun.animal"})  # fmt: skip


def subject_of(tree: Tree, verb: int) -> int | None:
    """Return who does a verb: its subject, its agent in the passive, or the subject of the verb above."""
    seen = 0
    passive = tree.child(verb, "aux:pass", "nsubj:pass") is not None
    while seen < len(tree):
        if passive:
            if (
                tree.lemma(verb) in {"quote", "cite"}
                and (quoted := tree.child(verb, "nsubj:pass")) is not None
            ):
                return quoted
            agent = tree.child(verb, "obl:agent")
            if agent is not None:
                return agent
            if tree.child(verb, "nsubj:pass") is not None and seen == 0:
                return None
        subjects = [kid for kid in tree.kids[verb] if tree.rels[kid] in _SUBJECTS]
        subject = min(subjects, key=lambda kid: abs(kid - verb), default=None)
        if subject is not None and not _is_relative(tree, subject):
            return subject
        if seen and (late := tree.child(verb, "nsubj:pass")) is not None and not _is_relative(tree, late):
            return late
        head = tree.heads[verb]
        if head < 0:
            return None
        if subject is not None and _is_relative(tree, subject):
            return head
        if tree.base[verb] == "acl":
            return tree.child(verb, "obl:agent") if tree.xpos(verb) == "VBN" else head
        if tree.base[verb] not in {"xcomp", "conj", "advcl", "parataxis"}:
            return None
        if (
            tree.base[verb] == "xcomp"
            and (shared := tree.child(head, "obj")) is not None
            and passive is False
        ):
            return None if is_cue(tree.lemma(head)) and shared > verb else _controller(tree, head, shared)
        verb, seen = head, seen + 1
        passive = False
    return None


def _controller(tree: Tree, verb: int, shared: int) -> int | None:
    """Return who does the infinitive below a verb with an object: the object, but for verbs like promise."""
    if tree.lemma(verb) in {"promise", "vow", "threaten", "use", "take"}:
        return tree.child(verb, "nsubj")
    return shared


def _is_relative(tree: Tree, word: int) -> bool:
    """Tell whether a word is a relative pronoun."""
    return tree.tokens[word].xpos in {"WDT", "WP"} or (
        tree.lemma(word) == "that" and tree.upos(word) == "PRON"
    )


def owner_of(reader: Reader, tree: Tree, noun: int) -> int | None:
    """Return whose statement it is: possessor, or the noun after from, by, of or in a compound name."""
    for kid in tree.kids[noun]:
        if tree.rels[kid] == "nmod:poss" and not (
            tree.tokens[kid].xpos == "PRP$" and tree.lemma(kid) in {"i", "we", "you", "my", "our", "your"}
        ):
            return kid
    for kid in tree.children(noun, "nmod"):
        if any(tree.lemma(case) in {"from", "by", "of"} for case in tree.children(kid, "case")):
            return kid
    if noun + 1 < len(tree) and tree.lemma(noun + 1) in {"from", "by"} and tree.base[noun + 1] == "case":
        return tree.heads[noun + 1]
    for kid in tree.children(noun, "acl"):
        agent = tree.child(kid, "obl:agent")
        if agent is not None:
            return agent
    for kid in tree.children(noun, "compound"):
        if tree.upos(kid) == "PROPN" and reader.entity(tree.index, kid) is not None:
            return kid
    return None


def _medium(reader: Reader, tree: Tree, cue: int) -> int | None:
    """Return the noun of what a cue's words were put out in: "in a tweet", "on state radio"."""
    for kid in tree.children(cue, "obl"):
        cases = {tree.lemma(case) for case in tree.children(kid, "case")}
        if cases & _MEDIUM_CASES and is_medium(tree.lemma(kid)):
            return kid
    return None


def first_case(tree: Tree, noun: int) -> int:
    """Return the first word of a noun's preposition."""
    return min(tree.children(noun, "case", "mark"), default=noun)


def according_to(reader: Reader, tree: Tree, head: int) -> int | None:
    """Return the noun after "according to" below a word."""
    for kid in tree.children(head, "obl", "nmod", "advcl", "parataxis"):
        if any(_names_source(tree, case) for case in tree.children(kid, "case", "mark")):
            return kid
        if (
            tree.lemma(kid) in {"accord", "according"}
            and (noun := tree.child(kid, "obl", "nmod")) is not None
        ):
            return noun
    return None


def _names_source(tree: Tree, case: int) -> bool:
    """Tell whether a preposition is "according to" or "in the words of"."""
    quoting = tree.lemma(case) == "in" and any(tree.lemma(k) == "word" for k in tree.children(case, "fixed"))
    return quoting or tree.lemma(case) in {"accord", "according"}


def can_speak(reader: Reader, sentence: int, word: int) -> bool:
    """Tell whether a word names somebody who can say something."""
    entity = reader.entity(sentence, word)
    if entity is not None and reader.entities[entity].kind is not EntityKind.THING:
        return reader.entities[entity].kind is not EntityKind.EVENT
    tree = reader.trees[sentence]
    return tree.upos(word) in {"PROPN", "PRON"} or lexicon.supersense(tree.lemma(word), "NOUN") in _SPEAKERS


_SPEAKERS: Final = frozenset({"noun.person", "noun.group"})
