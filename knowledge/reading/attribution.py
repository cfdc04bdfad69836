"""Say who says so: the speaker of every quotation, and which facts are somebody's words.

Speech comes in four shapes (van der Goot et al.'s and PolNeAR's terms): direct, mixed, indirect, and by
"according to". The tree finds the cue where it connects cue and content; what stands beside the marks finds
it elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from knowledge.model import (
    Argument,
    Article,
    Attribution,
    Entity,
    Fact,
    FactKind,
    Modality,
    Predicate,
    Quotation,
    Role,
    Span,
)
from knowledge.reading.facts.tree import Tree
from knowledge.reading.speakers import find_speakers
from knowledge.reading.speech import (
    Reader,
    Source,
    according_to,
    cue_span,
    first_case,
    is_speech,
    source_of,
    subject_of,
)

#: Facts that are the writer's own, wherever they stand.
_WRITERS_OWN: Final = frozenset(
    {FactKind.TITLE, FactKind.APPOSITION, FactKind.ABBREVIATION, FactKind.QUOTATION}
)
_CLAUSES: Final = frozenset({FactKind.VERB, FactKind.COPULA, FactKind.EXISTENTIAL})
_HEARSAY: Final = frozenset({"reportedly", "allegedly", "apparently", "supposedly", "purportedly"})
_CONTENT: Final = frozenset({"ccomp", "parataxis", "xcomp", "csubj"})


def attribute(
    article: Article, entities: Sequence[Entity], facts: Sequence[Fact]
) -> tuple[Article, tuple[Fact, ...]]:
    """Return the article with its quotations' speakers and the facts with who says so.

    A fact within somebody's words, direct or not, gets an attribution and is REPORTED where it was ASSERTED;
    the facts of titles and appositions stay the writer's. Each whole quotation with a speaker becomes a fact
    of its own at the end, AGENT the speaker and CONTENT the words between the marks.
    """
    article = article.model_copy(update={"quotations": find_speakers(article, entities)})
    reader = Reader(article, entities)
    said = [_with_attribution(reader, fact) for fact in facts]
    for number, quotation in enumerate(article.quotations):
        if quotation.whole and quotation.speaker_span is not None and quotation.cue is not None:
            said.append(_quotation_fact(reader, number, quotation, said))
    return article, tuple(said)


def _with_attribution(reader: Reader, fact: Fact) -> Fact:
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


def _within(reader: Reader, indirect: Attribution, direct: Attribution) -> bool:
    """Tell whether an indirect attribution stands inside the directly quoted words."""
    if direct.quotation is None or indirect.cue is None:
        return False
    return reader.article.quotations[direct.quotation].inner.covers(indirect.cue)


def _direct(reader: Reader, fact: Fact) -> Attribution | None:
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


def _lemma_at(reader: Reader, cue: Span | None) -> str:
    """Return the lemma of the cue's first word, the words of a preposition."""
    if cue is None:
        return ""
    for token in reader.trees[reader.sentence_at(cue.start)].tokens:
        if token.start == cue.start:
            verbal = token.upos in {"VERB", "AUX", "NOUN"} and cue.end == token.end
            return token.lemma.lower() if verbal else cue.of(reader.text).lower()
    return ""


def _indirect(reader: Reader, fact: Fact) -> Attribution | None:
    """Return the attribution of a fact that a verb of saying governs, or "according to" or hearsay
    qualifies.
    """
    tree = reader.trees[fact.sentence]
    word = _word_at(tree, fact.predicate.span)
    if word is None:
        return None
    seen = word
    for above in (word, *tree.ancestors(word)):
        if above != word and tree.base[seen] in _CONTENT and _reports(tree, above, seen):
            source = source_of(reader, fact.sentence, above)
            if seen != source.speaker:
                return None if _only_quoted(reader, tree, seen, word) else _as_attribution(reader, source)
        beside = _beside_clause(reader, tree, above, word)
        if beside is not None:
            return None if _only_quoted(reader, tree, above, word) else _as_attribution(reader, beside)
        seen = above
    return None


def _only_quoted(reader: Reader, tree: Tree, clause: int, word: int) -> bool:
    """Tell whether a clause stands in a quotation and a word below it does not: that word is the writer's."""
    top, own = reader.span(tree.index, clause), reader.span(tree.index, word)
    return any(q.inner.covers(top) and not q.inner.covers(own) for q in reader.article.quotations)


def _reports(tree: Tree, above: int, below: int) -> bool:
    """Tell whether one word's clause is what a verb or noun of saying above it reports."""
    if tree.upos(above) == "VERB":
        if not is_speech(tree.lemma(above)):
            return False
        if tree.base[below] == "parataxis":
            return subject_of(tree, above) is not None and tree.child(above, "ccomp") is None
        return tree.base[below] != "xcomp" or tree.lemma(above) in {
            "vow",
            "promise",
            "claim",
            "pledge",
            "threaten",
        }
    return False


def _closing_source(reader: Reader, tree: Tree, clause: int) -> int | None:
    """Return whom "according to" names after the last of several clauses with one subject and a comma."""
    joined = [k for k in tree.children(clause, "conj") if tree.child(k, "nsubj", "nsubj:pass") is None]
    if not joined or (found := according_to(reader, tree, joined[-1])) is None:
        return None
    first = tree.subtree(found)[0]
    return found if found > joined[-1] and (tree.is_punct(first) or tree.is_punct(first - 1)) else None


def _beside_clause(reader: Reader, tree: Tree, clause: int, word: int) -> Source | None:
    """Return who says a clause by words that hang on it: "..., officials said", "according to X",
    "reportedly".
    """
    according = according_to(reader, tree, clause)
    if according is None:
        according = _closing_source(reader, tree, clause)
    if according is not None and word not in tree.subtree(according):
        return Source(tree.index, first_case(tree, according), according)
    for side in tree.children(clause, "parataxis"):
        speech = tree.upos(side) == "VERB" and is_speech(tree.lemma(side)) and word not in tree.subtree(side)
        if speech and tree.child(side, "ccomp") is None and subject_of(tree, side) not in {None, clause}:
            return source_of(reader, tree.index, side)
    for adverb in tree.children(clause, "advmod"):
        if tree.lemma(adverb) in _HEARSAY and word in tree.subtree(clause):
            return Source(tree.index, adverb, None)
    return None


def _word_at(tree: Tree, span: Span) -> int | None:
    """Return the highest word of the tree within a span."""
    words = [w for w, token in enumerate(tree.tokens) if span.start <= token.start and token.end <= span.end]
    own = set(words)
    return next(
        (w for w in words if tree.heads[w] not in own and not tree.is_punct(w)), words[0] if words else None
    )


def _as_attribution(reader: Reader, source: Source) -> Attribution:
    """Return a source as an attribution of indirect speech."""
    cue = cue_span(reader, source)
    if source.speaker is None:
        source = source._replace(speaker=source.medium)
    speaker = None if source.speaker is None else reader.phrase(source.home, source.speaker)
    return Attribution(
        speaker=speaker,
        entity=None if source.speaker is None else reader.entity(source.home, source.speaker),
        cue=cue,
        cue_lemma=_lemma_at(reader, cue),
        medium=reader.medium(source.sentence, source),
    )


def _quotation_fact(reader: Reader, number: int, quotation: Quotation, facts: Sequence[Fact]) -> Fact:
    """Return the fact that somebody said a whole quotation."""
    assert quotation.cue is not None and quotation.speaker_span is not None
    cue_sentence = reader.sentence_at(quotation.cue.start)
    arguments = [_argument(reader, Role.AGENT, quotation.speaker_span, quotation.speaker)]
    content = _argument(reader, Role.CONTENT, quotation.inner, None)
    first = next(
        (
            f.id
            for f in facts
            if f.kind in _CLAUSES and quotation.inner.covers(f.predicate.span) and f.part_of is None
        ),
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
        derived="quotation",
        confidence=0.9,
    )


def _evidence(reader: Reader, own: int, spans: Sequence[Span]) -> tuple[Span, ...]:
    """Return the passages that hold the spans, the predicate's own sentence first."""
    found = [reader.trees[own].sentence.span]
    for span in spans:
        inside = [reader.trees[n].sentence.span for n in reader.sentences_of(span)]
        passage = Span(min(span.start, inside[0].start), max(span.end, inside[-1].end))
        if not any(known.covers(passage) for known in found):
            found = [known for known in found if known == found[0] or not passage.covers(known)]
            found.append(passage)
    return tuple(found)


def _argument(reader: Reader, role: Role, span: Span, entity: int | None) -> Argument:
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
