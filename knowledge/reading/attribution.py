"""Say who says so: the speaker of every quotation, and which facts are somebody's words.

Speech comes in four shapes (van der Goot et al.'s and PolNeAR's terms): direct, mixed, indirect, and by "according
to". The tree finds the cue where it connects cue and content; what stands beside the marks finds it elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Final, NamedTuple

from knowledge.language import lexicon
from knowledge.model import (
    Argument,
    Article,
    Attribution,
    Entity,
    EntityKind,
    Fact,
    FactKind,
    Modality,
    Predicate,
    Quotation,
    Role,
    Span,
)
from knowledge.reading.facts.tree import Tree

#: Facts that are the writer's own, wherever they stand.
_WRITERS_OWN: Final = frozenset({FactKind.TITLE, FactKind.APPOSITION, FactKind.ABBREVIATION, FactKind.QUOTATION})
_CLAUSES: Final = frozenset({FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL})
_MEDIUM_CASES: Final = frozenset({"in", "on", "via", "through", "during", "at", "by", "to", "over"})
_HEARSAY: Final = frozenset({"reportedly", "allegedly", "apparently", "supposedly", "purportedly"})
_CONTENT: Final = frozenset({"ccomp", "parataxis", "xcomp", "csubj"})
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
    return lemma in _words("medium")


class _Source(NamedTuple):
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


class _Reader:
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
                self.mentions.setdefault(self.sentence_at(mention.span.start), []).append((mention.span, entity.id))
        for known in self.mentions.values():
            known.sort(key=lambda pair: pair[0].end - pair[0].start)

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds an offset, of the one before where none does."""
        return max(bisect_right(self.starts, offset) - 1, 0)

    def sentences_of(self, span: Span) -> list[int]:
        """Return the numbers of the sentences that share a character with a span."""
        first = self.sentence_at(span.start)
        last = max(bisect_left(self.starts, span.end), first + 1)
        return [n for n in range(first, last) if self.trees[n].sentence.span.overlaps(span)] if self.trees else []

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
            if tree.base[kid] in {"appos", "acl", "parataxis", "dep", "punct", "cc", "conj", "case", "advcl", "cop"}
            and not (tree.base[kid] in {"conj", "cc"} and kid > word)
        ]
        words = tree.kept(word, shed)
        words = _run(words, word)
        span = tree.span(*tree.trim(words, word, self.text))
        here = self.span(sentence, word)
        names = [known for known, _ in self.mentions.get(sentence, ()) if known.covers(here)]
        return Span(min(span.start, names[0].start), max(span.end, names[0].end)) if names else span

    def medium(self, sentence: int, source: _Source) -> Span | None:
        """Return the phrase of the medium."""
        return None if source.medium is None else self.phrase(sentence, source.medium)


def _run(words: list[int], head: int) -> list[int]:
    """Return the words that stand without gap round the head."""
    known = set(words)
    first = last = head
    while first - 1 in known:
        first -= 1
    while last + 1 in known:
        last += 1
    return list(range(first, last + 1))


# --- the speakers of quotations ---------------------------------------------------------------------------------------


def find_speakers(article: Article, entities: Sequence[Entity]) -> tuple[Quotation, ...]:
    """Return the article's quotations with speaker, cue, medium, and which carries on which."""
    reader = _Reader(article, entities)
    done: list[Quotation] = []
    sources: list[_Source | None] = []
    for number, quotation in enumerate(article.quotations):
        words = _inside(reader, quotation)
        whole = _is_whole(reader, quotation, words)
        source = _quoted_source(reader, quotation, words, whole) if words else None
        if source is not None and source.speaker is not None and (source.sentence, source.speaker) in words:
            source = source._replace(speaker=None)
        continues = quotation.continues
        if whole and (source is None or source.speaker is None):
            carried = continues if continues is not None else _carried(reader, article.quotations, number, done)
            if source is None and carried is not None and sources[carried] is not None:
                source, continues = sources[carried], carried
        if whole and source is None:
            source = _neighbour(reader, quotation, words)
        if source is not None and source.speaker is None:
            source = _with_earlier_speaker(reader, source, quotation, done, sources)
        done.append(_filled(reader, quotation, source, whole, continues))
        sources.append(source)
    return tuple(_backwards(done))


def _backwards(quotations: list[Quotation]) -> list[Quotation]:
    """Give a quotation without speaker the one of the quotation that continues it."""
    found = list(quotations)
    for number in range(len(found) - 1, -1, -1):
        before = found[number].continues
        if before is not None and found[before].speaker_span is None and found[number].speaker_span is not None:
            after = found[number]
            found[before] = found[before].model_copy(
                update={"speaker": after.speaker, "speaker_span": after.speaker_span, "cue": after.cue,
                        "medium": found[before].medium or after.medium}
            )  # fmt: skip
    return found


def _filled(
    reader: _Reader, quotation: Quotation, source: _Source | None, whole: bool, continues: int | None
) -> Quotation:
    """Return the quotation with what was found."""
    update: dict[str, object] = {"whole": whole, "continues": continues}
    if source is not None:
        at = source.sentence
        update["cue"] = _cue_span(reader, source)
        update["medium"] = reader.medium(at, source)
        if source.speaker is not None:
            update["speaker"] = reader.entity(source.home, source.speaker)
            update["speaker_span"] = reader.phrase(source.home, source.speaker)
    return quotation.model_copy(update=update)


def _cue_span(reader: _Reader, source: _Source) -> Span:
    """Return the cue's words: the verb, or "according to"."""
    tree = reader.trees[source.sentence]
    words = [source.cue, *tree.children(source.cue, "fixed", "compound:prt")]
    words = [w for w in words if w == source.cue or abs(w - source.cue) == 1]
    return tree.span(min(words), max(words))


def _inside(reader: _Reader, quotation: Quotation) -> list[tuple[int, int]]:
    """Return sentence and number of each word between the marks."""
    found = []
    for number in reader.sentences_of(quotation.inner):
        for word, token in enumerate(reader.trees[number].tokens):
            if quotation.inner.start <= token.start and token.end <= quotation.inner.end:
                found.append((number, word))
    return found


def _tops(reader: _Reader, words: Sequence[tuple[int, int]], sentence: int) -> list[int]:
    """Return the words of a quotation in one sentence that are governed from outside it."""
    own = {word for number, word in words if number == sentence}
    tree = reader.trees[sentence]
    return [word for word in sorted(own) if tree.heads[word] not in own and not tree.is_punct(word)]


def _is_whole(reader: _Reader, quotation: Quotation, words: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a quotation holds at least a clause: a predicate with its subject, an order, or sentences."""
    if not words:
        return False
    numbers = sorted({number for number, _ in words})
    if len(numbers) > 1:
        return True
    own = {word for _, word in words}
    tree = reader.trees[numbers[0]]
    for word in own:
        finite = tree.upos(word) in {"VERB", "AUX"} or tree.child(word, "cop") is not None
        subject = tree.child(word, "nsubj", "csubj", "expl")
        if finite and subject in own and tree.base[word] not in {"acl", "advcl"}:
            return True
    inner = quotation.inner.of(reader.text)
    starts = inner[:1].isupper() and quotation.inner.start > 0
    if not starts or len(own) < 3:
        return False
    covers = quotation.span.covers(Span(tree.tokens[0].start, tree.tokens[-1].end))
    return covers or any(tree.upos(word) == "VERB" and tree.xpos(word) == "VB" for word in own) or inner[-1] in ".!?,"


def _quoted_source(
    reader: _Reader, quotation: Quotation, words: Sequence[tuple[int, int]], whole: bool
) -> _Source | None:
    """Return cue and speaker from the sentences that the quotation stands in, the last one first."""
    numbers = sorted({number for number, _ in words})
    outer = [n for n in numbers[::-1] if _has_outside(reader, quotation, n)]
    for number in dict.fromkeys(outer):
        source = _by_tree(reader, quotation, words, number, whole) or _by_place(reader, quotation, number, whole)
        if source is not None:
            return source
    return None


def _has_outside(reader: _Reader, quotation: Quotation, sentence: int) -> bool:
    """Tell whether a sentence has words outside the quotation."""
    return any(not reader.trees[sentence].is_punct(w) for w in _outside(reader, quotation, sentence))


def _outside(reader: _Reader, quotation: Quotation, sentence: int) -> list[int]:
    """Return a sentence's words that stand in no quotation that is not part of a larger phrase."""
    tree = reader.trees[sentence]
    others = [q.inner for q in reader.article.quotations if q.inner.overlaps(tree.sentence.span)]
    return [
        word
        for word, token in enumerate(tree.tokens)
        if not any(inner.start <= token.start < inner.end for inner in others)
    ]


def _by_tree(
    reader: _Reader, quotation: Quotation, words: Sequence[tuple[int, int]], sentence: int, whole: bool
) -> _Source | None:
    """Return the cue that governs the quotation, or that hangs on it as parataxis."""
    tree = reader.trees[sentence]
    outside = set(_outside(reader, quotation, sentence))
    weaker: int | None = None
    for top in _tops(reader, words, sentence):
        for below in tree.children(top, "parataxis", "ccomp", "conj", "advcl"):
            if below in outside and is_cue(tree.lemma(below)) and _subject(tree, below) is not None:
                return _source(reader, sentence, below)
        for above in tree.ancestors(top):
            if above not in outside:
                continue
            according = _according(reader, tree, above)
            if according is not None and according in outside:
                return _Source(sentence, _case(tree, according), according)
            for side in tree.children(above, "parataxis"):
                if side in outside and is_cue(tree.lemma(side)) and _subject(tree, side) is not None:
                    return _source(reader, sentence, side)
            if is_cue(tree.lemma(above)) and tree.upos(above) == "VERB" and (whole or _governs_words(tree, above, top)):
                if whole or is_speech(tree.lemma(above)):
                    return _source(reader, sentence, above)
                weaker = above if weaker is None else weaker
            if is_medium(tree.lemma(above)) and tree.base[top] in {"appos", "acl", "parataxis", "nmod"}:
                speaker = _owner(reader, tree, above)
                return _Source(sentence, above, speaker, above)
    return None if weaker is None else _source(reader, sentence, weaker)


def _governs_words(tree: Tree, cue: int, top: int) -> bool:
    """Tell whether a cue presents partly quoted words: they are not its own subject."""
    for kid in tree.children(cue, "nsubj"):
        if top in tree.subtree(kid):
            return False
    return True


def _by_place(reader: _Reader, quotation: Quotation, sentence: int, whole: bool) -> _Source | None:
    """Return the cue that stands right beside the marks: "...", said X; X said: "..."."""
    if not whole:
        return None
    tree = reader.trees[sentence]
    outside = _outside(reader, quotation, sentence)
    after = [w for w in outside if tree.tokens[w].start >= quotation.inner.end and not tree.is_punct(w)]
    before = [w for w in outside if tree.tokens[w].end <= quotation.inner.start and not tree.is_punct(w)]
    for words in (after[:8], before[::-1][:8]):
        cues = [w for w in words if tree.upos(w) == "VERB" and is_cue(tree.lemma(w))]
        if cues:
            source = _source(reader, sentence, cues[0])
            return source if source.speaker is not None else source._replace(speaker=_beside(tree, words, cues[0]))
    return None


def _beside(tree: Tree, words: Sequence[int], cue: int) -> int | None:
    """Return the noun or pronoun next to a cue, where the tree gives it no subject."""
    near = sorted((w for w in words if tree.upos(w) in {"PROPN", "PRON", "NOUN"}), key=lambda w: abs(w - cue))
    if not near:
        return None
    word = near[0]
    while tree.base[word] in {"flat", "compound"} and tree.heads[word] >= 0:
        word = tree.heads[word]
    return word


def _source(reader: _Reader, sentence: int, cue: int) -> _Source:
    """Return a cue with its speaker and medium."""
    tree = reader.trees[sentence]
    subject = _able_subject(reader, tree, cue)
    medium = _medium(reader, tree, cue)
    if subject is not None and is_medium(tree.lemma(subject)):
        return _Source(sentence, cue, _owner(reader, tree, subject) or subject, subject)
    if medium is not None and subject is None:
        return _Source(sentence, cue, _owner(reader, tree, medium), medium)
    return _Source(sentence, cue, subject, medium)


def _able_subject(reader: _Reader, tree: Tree, cue: int) -> int | None:
    """Return a cue's subject; of one that nobody could say a word with, that of the cue above instead."""
    subject = _subject(tree, cue)
    if subject is None or is_medium(tree.lemma(subject)) or _can_speak(reader, tree.index, subject):
        return subject
    for above in tree.ancestors(cue):
        if tree.upos(above) == "VERB" and is_cue(tree.lemma(above)):
            other = _subject(tree, above)
            if other is not None and (is_medium(tree.lemma(other)) or _can_speak(reader, tree.index, other)):
                return other
    named = any(tree.upos(word) == "PROPN" for word in [subject, *tree.children(subject, "compound", "appos", "nmod")])
    return subject if named or lexicon.supersense(tree.lemma(subject), "NOUN") not in _MUTE else None


#: Senses of nouns that no speaker has.
_MUTE: Final = frozenset({"noun.artifact", "noun.event", "noun.state", "noun.body", "noun.shape", "noun.object",
                          "noun.food", "noun.plant", "noun.animal"})  # fmt: skip


def _subject(tree: Tree, verb: int) -> int | None:
    """Return who does a verb: its subject, its agent in the passive, or the subject of the verb above."""
    seen = 0
    passive = tree.child(verb, "aux:pass", "nsubj:pass") is not None
    while seen < len(tree):
        if passive:
            if tree.lemma(verb) in {"quote", "cite"} and (quoted := tree.child(verb, "nsubj:pass")) is not None:
                return quoted
            agent = tree.child(verb, "obl:agent")
            if agent is not None:
                return agent
            if tree.child(verb, "nsubj:pass") is not None and seen == 0:
                return None
        subject = next((kid for kid in tree.kids[verb] if tree.rels[kid] in _SUBJECTS), None)
        if subject is not None and not _is_relative(tree, subject):
            return subject
        if seen and (late := tree.child(verb, "nsubj:pass")) is not None and not _is_relative(tree, late):
            return late
        head = tree.heads[verb]
        if head < 0:
            return None
        if tree.base[verb] == "acl" or (subject is not None and _is_relative(tree, subject)):
            return head
        if tree.base[verb] not in {"xcomp", "conj", "advcl", "parataxis"}:
            return None
        if tree.base[verb] == "xcomp" and (shared := tree.child(head, "obj")) is not None and passive is False:
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
    return tree.tokens[word].xpos in {"WDT", "WP"} or (tree.lemma(word) == "that" and tree.upos(word) == "PRON")


def _owner(reader: _Reader, tree: Tree, noun: int) -> int | None:
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


def _medium(reader: _Reader, tree: Tree, cue: int) -> int | None:
    """Return the noun of what a cue's words were put out in: "in a tweet", "on state radio"."""
    for kid in tree.children(cue, "obl"):
        cases = {tree.lemma(case) for case in tree.children(kid, "case")}
        if cases & _MEDIUM_CASES and is_medium(tree.lemma(kid)):
            return kid
    return None


def _case(tree: Tree, noun: int) -> int:
    """Return the first word of a noun's preposition."""
    return min(tree.children(noun, "case", "mark"), default=noun)


def _according(reader: _Reader, tree: Tree, head: int) -> int | None:
    """Return the noun after "according to" below a word."""
    for kid in tree.children(head, "obl", "nmod", "advcl", "parataxis"):
        if any(tree.lemma(case) in {"accord", "according"} for case in tree.children(kid, "case", "mark")):
            return kid
        if tree.lemma(kid) in {"accord", "according"} and (noun := tree.child(kid, "obl", "nmod")) is not None:
            return noun
    return None


def _carried(
    reader: _Reader, quotations: Sequence[Quotation], number: int, done: Sequence[Quotation]
) -> int | None:
    """Return the quotation before, where only its own cue stands between the two in one paragraph."""
    if number == 0 or done[number - 1].speaker_span is None:
        return None
    before, here = quotations[number - 1], quotations[number]
    if _paragraph(reader, before.span) != _paragraph(reader, here.span):
        return None
    between = range(reader.sentence_at(before.span.end), reader.sentence_at(here.span.start) + 1)
    spans = [reader.trees[n].sentence.span for n in between]
    whole = any(before.span.end <= span.start and span.end <= here.span.start for span in spans)
    return None if whole else number - 1


def _paragraph(reader: _Reader, span: Span) -> int:
    """Return the paragraph of the sentence that holds a span's beginning."""
    return reader.trees[reader.sentence_at(span.start)].sentence.paragraph


def _neighbour(reader: _Reader, quotation: Quotation, words: Sequence[tuple[int, int]]) -> _Source | None:
    """Return the speaker of the sentence before or after in the same paragraph, for a quotation that stands alone."""
    if not words:
        return None
    first, last = words[0][0], words[-1][0]
    for number in (first - 1, last + 1):
        if not 0 <= number < len(reader.trees):
            continue
        tree = reader.trees[number]
        if tree.sentence.paragraph != reader.trees[first].sentence.paragraph:
            continue
        outside = set(_outside(reader, quotation, number))
        cues = [
            word
            for word in range(len(tree))
            if word in outside and tree.upos(word) == "VERB" and is_cue(tree.lemma(word)) and tree.base[word] in
            {"root", "conj", "parataxis", "advcl"}
        ]  # fmt: skip
        for cue in cues:
            source = _source(reader, number, cue)
            if source.speaker is not None and _can_speak(reader, number, source.speaker):
                return source
    return _colon_before(reader, first)


def _colon_before(reader: _Reader, first: int) -> _Source | None:
    """Return the subject of the sentence before that ends with a colon."""
    if first < 1:
        return None
    tree = reader.trees[first - 1]
    if not tree.sentence.span.of(reader.text).endswith(":"):
        return None
    root = next((w for w in range(len(tree)) if tree.heads[w] < 0), None)
    subject = None if root is None else _subject(tree, root)
    return None if root is None or subject is None else _Source(first - 1, root, subject, None)


def _can_speak(reader: _Reader, sentence: int, word: int) -> bool:
    """Tell whether a word names somebody who can say something."""
    entity = reader.entity(sentence, word)
    if entity is not None and reader.entities[entity].kind is not EntityKind.THING:
        return reader.entities[entity].kind is not EntityKind.EVENT
    tree = reader.trees[sentence]
    return tree.upos(word) in {"PROPN", "PRON"} or lexicon.supersense(tree.lemma(word), "NOUN") in _SPEAKERS


_SPEAKERS: Final = frozenset({"noun.person", "noun.group"})


def _with_earlier_speaker(
    reader: _Reader,
    source: _Source,
    quotation: Quotation,
    done: Sequence[Quotation],
    sources: Sequence[_Source | None],
) -> _Source:
    """Fill the speaker of a cue without one from the quotation that this one continues or follows."""
    before = quotation.continues if quotation.continues is not None else len(done) - 1
    if before < 0:
        return source
    number = _paragraph(reader, quotation.span)
    seen = 0
    while before is not None and before >= 0 and seen < 4:
        old = sources[before]
        near = number - _paragraph(reader, done[before].span) <= 2
        if old is not None and old.speaker is not None and near:
            return source._replace(speaker=old.speaker, speaker_in=old.home)
        before, seen = before - 1, seen + 1
    return source


# --- whose words a fact is --------------------------------------------------------------------------------------------


def attribute(
    article: Article, entities: Sequence[Entity], facts: Sequence[Fact]
) -> tuple[Article, tuple[Fact, ...]]:
    """Return the article with its quotations' speakers and the facts with who says so.

    A fact within somebody's words, direct or not, gets an attribution and is REPORTED where it was ASSERTED; the
    facts of titles and appositions stay the writer's. Each whole quotation with a speaker becomes a fact of its own
    at the end, AGENT the speaker and CONTENT the words between the marks.
    """
    article = article.model_copy(update={"quotations": find_speakers(article, entities)})
    reader = _Reader(article, entities)
    said = [_with_attribution(reader, fact) for fact in facts]
    for number, quotation in enumerate(article.quotations):
        if quotation.whole and quotation.speaker_span is not None and quotation.cue is not None:
            said.append(_quotation_fact(reader, number, quotation, said))
    return article, tuple(said)


def _with_attribution(reader: _Reader, fact: Fact) -> Fact:
    """Return a fact with its attribution, if it is somebody's words."""
    if fact.kind in _WRITERS_OWN:
        return fact
    direct = _direct(reader, fact)
    indirect = _indirect(reader, fact)
    found = direct
    if indirect is not None and (direct is None or _within(reader, indirect, direct)):
        found = indirect
    if found is None:
        return fact
    modality = Modality.REPORTED if fact.modality is Modality.ASSERTED else fact.modality
    return fact.model_copy(update={"attribution": found, "modality": modality})


def _within(reader: _Reader, indirect: Attribution, direct: Attribution) -> bool:
    """Tell whether an indirect attribution stands inside the directly quoted words."""
    if direct.quotation is None or indirect.cue is None:
        return False
    return reader.article.quotations[direct.quotation].inner.covers(indirect.cue)


def _direct(reader: _Reader, fact: Fact) -> Attribution | None:
    """Return the attribution of a fact whose predicate stands in a quotation with a known speaker."""
    for number, quotation in enumerate(reader.article.quotations):
        if quotation.speaker_span is not None and quotation.inner.covers(fact.predicate.span):
            return Attribution(
                speaker=quotation.speaker_span,
                entity=quotation.speaker,
                cue=quotation.cue,
                cue_lemma=_lemma_at(reader, quotation.cue),
                medium=quotation.medium,
                direct=True,
                quotation=number,
            )
    return None


def _lemma_at(reader: _Reader, cue: Span | None) -> str:
    """Return the lemma of the cue's first word, the words of a preposition."""
    if cue is None:
        return ""
    for token in reader.trees[reader.sentence_at(cue.start)].tokens:
        if token.start == cue.start:
            return token.lemma.lower() if token.upos in {"VERB", "AUX", "NOUN"} else cue.of(reader.text).lower()
    return ""


def _indirect(reader: _Reader, fact: Fact) -> Attribution | None:
    """Return the attribution of a fact that a verb of saying governs, or "according to" or hearsay qualifies."""
    tree = reader.trees[fact.sentence]
    word = _word_at(tree, fact.predicate.span)
    if word is None:
        return None
    seen = word
    for above in (word, *tree.ancestors(word)):
        if above != word and tree.base[seen] in _CONTENT and _reports(tree, above, seen):
            source = _source(reader, fact.sentence, above)
            if seen != source.speaker:
                return None if _only_quoted(reader, tree, seen, word) else _as_attribution(reader, source)
        beside = _beside_clause(reader, tree, above, word)
        if beside is not None:
            return None if _only_quoted(reader, tree, above, word) else _as_attribution(reader, beside)
        seen = above
    return None


def _only_quoted(reader: _Reader, tree: Tree, clause: int, word: int) -> bool:
    """Tell whether a clause stands in a quotation and a word below it does not: that word is the writer's."""
    top, own = reader.span(tree.index, clause), reader.span(tree.index, word)
    return any(q.inner.covers(top) and not q.inner.covers(own) for q in reader.article.quotations)


def _reports(tree: Tree, above: int, below: int) -> bool:
    """Tell whether one word's clause is what a verb or noun of saying above it reports."""
    if tree.upos(above) == "VERB":
        if not is_speech(tree.lemma(above)):
            return False
        if tree.base[below] == "parataxis":
            return _subject(tree, above) is not None and tree.child(above, "ccomp") is None
        return tree.base[below] != "xcomp" or tree.lemma(above) in {"vow", "promise", "claim", "pledge", "threaten"}
    return False


def _beside_clause(reader: _Reader, tree: Tree, clause: int, word: int) -> _Source | None:
    """Return who says a clause by words that hang on it: "..., officials said", "according to X", "reportedly"."""
    according = _according(reader, tree, clause)
    if according is not None and word not in tree.subtree(according):
        return _Source(tree.index, _case(tree, according), according)
    for side in tree.children(clause, "parataxis"):
        speech = tree.upos(side) == "VERB" and is_speech(tree.lemma(side))
        if speech and tree.child(side, "ccomp") is None and _subject(tree, side) not in {None, clause}:
            if word not in tree.subtree(side):
                return _source(reader, tree.index, side)
    for adverb in tree.children(clause, "advmod"):
        if tree.lemma(adverb) in _HEARSAY and word in tree.subtree(clause):
            return _Source(tree.index, adverb, None)
    return None


def _word_at(tree: Tree, span: Span) -> int | None:
    """Return the highest word of the tree within a span."""
    words = [w for w, token in enumerate(tree.tokens) if span.start <= token.start and token.end <= span.end]
    own = set(words)
    return next((w for w in words if tree.heads[w] not in own and not tree.is_punct(w)), words[0] if words else None)


def _as_attribution(reader: _Reader, source: _Source) -> Attribution:
    """Return a source as an attribution of indirect speech."""
    tree = reader.trees[source.sentence]
    cue = _cue_span(reader, source)
    speaker = None if source.speaker is None else reader.phrase(source.home, source.speaker)
    verb = tree.upos(source.cue) in {"VERB", "NOUN", "AUX"}
    according = cue.of(reader.text).lower() if verb is False else ""
    return Attribution(
        speaker=speaker,
        entity=None if source.speaker is None else reader.entity(source.home, source.speaker),
        cue=cue,
        cue_lemma=according or tree.lemma(source.cue),
        medium=reader.medium(source.sentence, source),
    )


# --- a fact for each quotation ----------------------------------------------------------------------------------------


def _quotation_fact(reader: _Reader, number: int, quotation: Quotation, facts: Sequence[Fact]) -> Fact:
    """Return the fact that somebody said a whole quotation."""
    assert quotation.cue is not None and quotation.speaker_span is not None
    cue_sentence = reader.sentence_at(quotation.cue.start)
    arguments = [_argument(reader, Role.AGENT, quotation.speaker_span, quotation.speaker)]
    content = _argument(reader, Role.CONTENT, quotation.inner, None)
    first = next(
        (f.id for f in facts if f.kind in _CLAUSES and quotation.inner.covers(f.predicate.span) and f.part_of is None),
        None,
    )
    arguments.append(content.model_copy(update={"fact": first}))
    if quotation.medium is not None and not quotation.medium.overlaps(quotation.speaker_span):
        arguments.append(_argument(reader, Role.MEDIUM, quotation.medium, None))
    return Fact(
        id=len(facts),
        kind=FactKind.QUOTATION,
        predicate=Predicate(
            lemma=_lemma_at(reader, quotation.cue), text=quotation.cue.of(reader.text), span=quotation.cue
        ),
        arguments=tuple(arguments),
        sentence=cue_sentence,
        evidence=_evidence(reader, cue_sentence, [a.span for a in arguments]),
        attribution=Attribution(
            speaker=quotation.speaker_span,
            entity=quotation.speaker,
            cue=quotation.cue,
            cue_lemma=_lemma_at(reader, quotation.cue),
            medium=quotation.medium,
            direct=True,
            quotation=number,
        ),
        confidence=0.9,
    )


def _evidence(reader: _Reader, own: int, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the passages that hold the spans, the predicate's own sentence first."""
    found = [reader.trees[own].sentence.span]
    for span in spans:
        inside = [reader.trees[n].sentence.span for n in reader.sentences_of(span)]
        passage = Span(min(span.start, inside[0].start), max(span.end, inside[-1].end))
        if not any(known.covers(passage) for known in found):
            found = [known for known in found if known == found[0] or not passage.covers(known)]
            found.append(passage)
    return tuple(found)


def _argument(reader: _Reader, role: Role, span: Span, entity: int | None) -> Argument:
    """Return an argument of a quotation's fact."""
    tree = reader.trees[reader.sentence_at(span.start)]
    inside = Span(span.start, min(span.end, tree.sentence.span.end))
    word = _word_at(tree, inside)
    if word is None:
        return Argument(role=role, span=span, short=span, head=span, lemma="", entity=entity)
    return Argument(
        role=role,
        span=span,
        short=span,
        head=reader.span(tree.index, word),
        lemma=tree.tokens[word].lemma,
        entity=entity,
    )

