"""Find the speaker, cue and medium of every quotation, and which quotation carries on which."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.model import (
    Article,
    Entity,
    Quotation,
    Span,
)
from knowledge.reading.facts.tree import Tree
from knowledge.reading.speech import (
    Reader,
    Source,
    according_to,
    can_speak,
    cue_span,
    first_case,
    is_cue,
    is_medium,
    is_speech,
    owner_of,
    source_of,
    subject_of,
)


def find_speakers(article: Article, entities: Sequence[Entity]) -> tuple[Quotation, ...]:
    """Return the article's quotations with speaker, cue, medium, and which carries on which."""
    reader = Reader(article, entities)
    done: list[Quotation] = []
    sources: list[Source | None] = []
    for number, quotation in enumerate(article.quotations):
        words = _inside(reader, quotation)
        whole = _is_whole(reader, quotation, words)
        source = _quoted_source(reader, quotation, words, whole) if words else None
        if source is not None and source.speaker is not None and (source.sentence, source.speaker) in words:
            source = source._replace(speaker=None)
        continues = quotation.continues
        if whole and (source is None or source.speaker is None):
            carried = (
                continues if continues is not None else _carried(reader, article.quotations, number, done)
            )
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
        if (
            before is not None
            and found[before].speaker_span is None
            and found[number].speaker_span is not None
        ):
            after = found[number]
            found[before] = found[before].model_copy(
                update={
                    "speaker": after.speaker,
                    "speaker_span": after.speaker_span,
                    "cue": after.cue,
                    "medium": found[before].medium or after.medium,
                }
            )
    return found


def _filled(
    reader: Reader, quotation: Quotation, source: Source | None, whole: bool, continues: int | None
) -> Quotation:
    """Return the quotation with what was found."""
    update: dict[str, object] = {"whole": whole, "continues": continues}
    if source is not None:
        at = source.sentence
        update["cue"] = cue_span(reader, source)
        update["medium"] = reader.medium(at, source)
        if source.speaker is not None:
            update["speaker"] = reader.entity(source.home, source.speaker)
            update["speaker_span"] = reader.phrase(source.home, source.speaker)
    return quotation.model_copy(update=update)


def _inside(reader: Reader, quotation: Quotation) -> list[tuple[int, int]]:
    """Return sentence and number of each word between the marks."""
    found = []
    for number in reader.sentences_of(quotation.inner):
        for word, token in enumerate(reader.trees[number].tokens):
            if quotation.inner.start <= token.start and token.end <= quotation.inner.end:
                found.append((number, word))
    return found


def _tops(reader: Reader, words: Sequence[tuple[int, int]], sentence: int) -> list[int]:
    """Return the words of a quotation in one sentence that are governed from outside it."""
    own = {word for number, word in words if number == sentence}
    tree = reader.trees[sentence]
    return [word for word in sorted(own) if tree.heads[word] not in own and not tree.is_punct(word)]


def _is_whole(reader: Reader, quotation: Quotation, words: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a quotation holds at least a clause: a predicate with its subject, an order, or
    sentences.
    """
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
    alone = quotation.span.covers(Span(tree.tokens[0].start, tree.tokens[-1].end))
    verbs = {tree.xpos(word) for word in own if tree.upos(word) in {"VERB", "AUX"}}
    return alone or "VB" in verbs or (bool(verbs) and inner[-1] in ".!?,")


def _quoted_source(
    reader: Reader, quotation: Quotation, words: Sequence[tuple[int, int]], whole: bool
) -> Source | None:
    """Return cue and speaker from the sentences that the quotation stands in, the last one first."""
    numbers = sorted({number for number, _ in words})
    outer = [n for n in numbers[::-1] if _has_outside(reader, quotation, n)]
    for number in dict.fromkeys(outer):
        announced = _announced(reader, quotation, number) if whole else None
        if announced is not None:
            return announced
        source = _by_tree(reader, quotation, words, number, whole) or _by_place(
            reader, quotation, number, whole
        )
        if source is not None:
            return source
    return None


def _announced(reader: Reader, quotation: Quotation, sentence: int) -> Source | None:
    """Return who says a quotation after a colon: the subject of the main verb, if that is a cue."""
    tree = reader.trees[sentence]
    if not reader.text[: quotation.span.start].rstrip().endswith(":"):
        return None
    root = next((word for word in range(len(tree)) if tree.heads[word] < 0), 0)
    if tree.tokens[root].start > quotation.span.start or not is_cue(tree.lemma(root)):
        return None
    source = source_of(reader, sentence, root)
    return source if source.speaker is not None else None


def _has_outside(reader: Reader, quotation: Quotation, sentence: int) -> bool:
    """Tell whether a sentence has words outside the quotation."""
    return any(not reader.trees[sentence].is_punct(w) for w in _outside(reader, quotation, sentence))


def _outside(reader: Reader, quotation: Quotation, sentence: int) -> list[int]:
    """Return a sentence's words that stand in no quotation that is not part of a larger phrase."""
    tree = reader.trees[sentence]
    others = [q.inner for q in reader.article.quotations if q.inner.overlaps(tree.sentence.span)]
    return [
        word
        for word, token in enumerate(tree.tokens)
        if not any(inner.start <= token.start < inner.end for inner in others)
    ]


def _by_tree(
    reader: Reader, quotation: Quotation, words: Sequence[tuple[int, int]], sentence: int, whole: bool
) -> Source | None:
    """Return the cue that governs the quotation, or that hangs on it as parataxis."""
    tree = reader.trees[sentence]
    outside = set(_outside(reader, quotation, sentence))
    weaker: int | None = None
    for top in _tops(reader, words, sentence):
        for below in tree.children(top, "parataxis", "ccomp", "conj", "advcl"):
            if below in outside and is_cue(tree.lemma(below)) and subject_of(tree, below) is not None:
                return source_of(reader, sentence, below)
        for above in (top, *tree.ancestors(top)):
            source = _beside_word(reader, tree, above, outside)
            if source is not None:
                return source
            if above == top or above not in outside:
                continue
            if (
                is_cue(tree.lemma(above))
                and tree.upos(above) == "VERB"
                and (whole or _governs_words(tree, above, top))
            ):
                if whole or is_speech(tree.lemma(above)):
                    return source_of(reader, sentence, above)
                weaker = above if weaker is None else weaker
            if is_medium(tree.lemma(above)) and _names_content(tree, above, top, whole):
                speaker = owner_of(reader, tree, above)
                return Source(sentence, above, speaker, above)
    return None if weaker is None else source_of(reader, sentence, weaker)


def _names_content(tree: Tree, noun: int, top: int, whole: bool) -> bool:
    """Tell whether quoted words are what a noun like statement holds, and no verb of saying is above it."""
    verb = tree.heads[noun]
    if verb >= 0 and is_cue(tree.lemma(verb)) and tree.upos(verb) == "VERB":
        return False
    return tree.base[top] in ({"appos", "acl", "parataxis", "nmod"} if whole else {"acl", "parataxis"})


def _beside_word(reader: Reader, tree: Tree, word: int, outside: set[int]) -> Source | None:
    """Return who speaks by what hangs on a word: "according to X" or a clause of saying beside it."""
    according = according_to(reader, tree, word)
    if according is not None and according in outside:
        return Source(tree.index, first_case(tree, according), according)
    for side in tree.children(word, "parataxis"):
        if side in outside and is_cue(tree.lemma(side)) and subject_of(tree, side) is not None:
            return source_of(reader, tree.index, side)
    return None


def _governs_words(tree: Tree, cue: int, top: int) -> bool:
    """Tell whether a cue presents partly quoted words: they are not its own subject."""
    return all(top not in tree.subtree(kid) for kid in tree.children(cue, "nsubj"))


def _by_place(reader: Reader, quotation: Quotation, sentence: int, whole: bool) -> Source | None:
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
            source = source_of(reader, sentence, cues[0])
            return (
                source
                if source.speaker is not None
                else source._replace(speaker=_beside(tree, words, cues[0]))
            )
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


def _carried(
    reader: Reader, quotations: Sequence[Quotation], number: int, done: Sequence[Quotation]
) -> int | None:
    """Return the quotation before, where only its own cue stands between the two.

    The second may also begin the next paragraph.
    """
    if number == 0 or done[number - 1].speaker_span is None:
        return None
    before, here = quotations[number - 1], quotations[number]
    step = _paragraph(reader, here.span) - _paragraph(reader, before.span)
    begins = reader.trees[reader.sentence_at(here.span.start)].sentence.span.start == here.span.start
    if step > 1 or (step == 1 and not (begins and done[number - 1].whole)):
        return None
    between = range(reader.sentence_at(before.span.end), reader.sentence_at(here.span.start) + 1)
    spans = [reader.trees[n].sentence.span for n in between]
    whole = any(before.span.end <= span.start and span.end <= here.span.start for span in spans)
    return None if whole else number - 1


def _paragraph(reader: Reader, span: Span) -> int:
    """Return the paragraph of the sentence that holds a span's beginning."""
    return reader.trees[reader.sentence_at(span.start)].sentence.paragraph


def _neighbour(reader: Reader, quotation: Quotation, words: Sequence[tuple[int, int]]) -> Source | None:
    """Return the speaker of the sentence before or after in the same paragraph, for a quotation that stands
    alone.
    """
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
            if word in outside
            and tree.upos(word) == "VERB"
            and is_cue(tree.lemma(word))
            and tree.base[word] in {"root", "conj", "parataxis", "advcl"}
        ]
        for cue in cues:
            source = source_of(reader, number, cue)
            if source.speaker is not None and can_speak(reader, number, source.speaker):
                return source
    return _colon_before(reader, first)


def _colon_before(reader: Reader, first: int) -> Source | None:
    """Return the subject of the sentence before that ends with a colon."""
    if first < 1:
        return None
    tree = reader.trees[first - 1]
    if not tree.sentence.span.of(reader.text).endswith(":"):
        return None
    root = next((w for w in range(len(tree)) if tree.heads[w] < 0), None)
    subject = None if root is None else subject_of(tree, root)
    return None if root is None or subject is None else Source(first - 1, root, subject, None)


def _with_earlier_speaker(
    reader: Reader,
    source: Source,
    quotation: Quotation,
    done: Sequence[Quotation],
    sources: Sequence[Source | None],
) -> Source:
    """Fill the speaker of a cue without one from the quotation that this one continues or follows."""
    before = quotation.continues if quotation.continues is not None else len(done) - 1
    if before < 0:
        return source._replace(speaker=source.medium)
    number = _paragraph(reader, quotation.span)
    seen = 0
    while before is not None and before >= 0 and seen < 4:
        old = sources[before]
        near = number - _paragraph(reader, done[before].span) <= 2
        if old is not None and old.speaker is not None and near:
            return source._replace(speaker=old.speaker, speaker_in=old.home)
        before, seen = before - 1, seen + 1
    return source._replace(speaker=source.medium)
