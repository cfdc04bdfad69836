"""A candidate → the words a person would say, and the passages that prove them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from knowledge.asking import words
from knowledge.asking.frame import QuestionFrame
from knowledge.asking.index import ArticleIndex
from knowledge.asking.ranking.candidate import Candidate
from knowledge.asking.ranking.phrases import phrase_mask
from knowledge.model import Article, EntityKind, FactKind, Passage, Role, Span

LONGEST_EVIDENCE = 590
MARKERS = ("after", "before", "until", "since", "during", "while", "when", "following", "by")
LONG_ANSWER = 12
"""Words from which on a thing is given in its short form."""
SHORT_FROM = {"who": 4, "which": 6, "where": 8, "how_many": 6, "how_much": 6, "when": 8, "whose": 4}
"""The same for questions that expect a name, a number, a place or a time."""
LOOSE = frozenset({"advcl", "acl", "nmod", "obl", "conj", "parataxis", "appos", "advmod"})
"""Relations of phrases that a clause can do without."""
EDGES = " \t\n,;:-–—"
NUMERIC = {"how_many", "how_much", "how_old", "how_far", "how_adjective"}
PAIRS = {'"': '"', "“": "”", "'": "'", "‘": "’", "(": ")", "[": "]"}


def span_of(index: ArticleIndex, mask: int) -> Span:
    """Return the offsets from the first to the last word of a mask."""
    first = (mask & -mask).bit_length() - 1
    last = mask.bit_length() - 1
    return Span(index.words[first].start, index.words[last].end)


def shortened(index: ArticleIndex, mask: int, most: int) -> Span:
    """Return the span of a mask, of at most so many words: without the loose phrases at its end."""
    text, span = index.article.text, span_of(index, mask)
    if len(span.of(text).split()) <= most:
        return span
    first, last = (mask & -mask).bit_length() - 1, mask.bit_length() - 1
    for start in range(last, first, -1):
        ends = (i for i in range(start, last + 1) if index.words[i].deprel.split(":")[0] in LOOSE)
        if any(_covers(index.subtree(i), start, last) for i in ends):
            short = Span(span.start, index.words[start - 1].end)
            if len(short.of(text).split()) <= most:
                return short
    words_said = span.of(text).split(" ")
    return Span(span.start, span.start + len(" ".join(words_said[:most])))


def _covers(subtree: int, start: int, last: int) -> bool:
    """Tell whether a subtree starts at one word and reaches another."""
    return (subtree & -subtree).bit_length() - 1 == start and subtree.bit_length() - 1 >= last


def tidy(text: str, span: Span) -> Span:
    """Return the span without unbalanced quotation marks, brackets and punctuation at its edges."""
    start, end = span
    changed = True
    while changed and start < end:
        changed = False
        piece = text[start:end]
        close = piece.find(")")
        if 0 <= close < len(piece) - 1 and piece[:close].replace(" ", "").isalnum():
            start, changed = start + close + 1, True
        elif piece[0] in EDGES or piece[0] in ".!?":
            start, changed = start + 1, True
        elif (
            piece[-1] in EDGES
            or (piece[-1] in "!?" and len(piece) > 1)
            or (piece[-1] == "." and not re.search(r"(?:\b\w\.|\b(?:[A-Z][a-z]{0,3}|[ap]\.m)\.)$", piece))
        ):
            end, changed = end - 1, True
        elif (
            piece[0] in PAIRS
            and len(piece) > 1
            and piece[-1] == PAIRS[piece[0]]
            and piece[0] not in piece[1:-1]
        ):
            start, end, changed = start + 1, end - 1, True
        elif piece[0] in PAIRS and piece.count(PAIRS[piece[0]]) < (2 if piece[0] == PAIRS[piece[0]] else 1):
            start, changed = start + 1, True
        elif piece[-1] in PAIRS.values():
            opener = next(o for o, c in PAIRS.items() if c == piece[-1])
            if piece.count(opener) < (2 if opener == piece[-1] else 1) and not piece.endswith("s'"):
                end, changed = end - 1, True
    return Span(start, end) if start < end else span


def passage(article: Article, span: Span, bold: Span | None = None) -> Passage:
    """Return a passage of the article with its paragraph, counted from 1 (0: the headline)."""
    number = next((i + 1 for i, p in enumerate(article.paragraphs) if p.span.overlaps(span)), 0)
    inside = bold if bold is not None and span.covers(bold) else None
    return Passage(
        article=article.key,
        span=span,
        text=article.text[span.start : span.end],
        paragraph=number,
        bold=inside,
    )


def sentence_passage(index: ArticleIndex, sentence: int, bold: Span | None = None) -> Passage:
    """Return a sentence as evidence, cut at a word when it is longer than people want to read."""
    span = index.article.sentences[sentence].span
    if span.end - span.start > LONGEST_EVIDENCE:
        centre = bold.start if bold is not None and span.covers(bold) else span.start
        start = max(span.start, centre - LONGEST_EVIDENCE // 2)
        end = min(span.end, start + LONGEST_EVIDENCE)
        text = index.article.text
        while start > span.start and not text[start - 1].isspace():
            start += 1
        while end < span.end and not text[end].isspace():
            end -= 1
        span = Span(start, end)
    return passage(index.article, span, bold)


def passages(index: ArticleIndex, sentences: Sequence[int], bold: Span) -> tuple[Passage, ...]:
    """Return sentences as evidence; those that one quotation runs over are shown in one piece."""
    found: list[Passage] = []
    shown: set[int] = set()
    for number in sentences:
        if number in shown:
            continue
        first = last = number
        while first - 1 in sentences and _one_quotation(index, first - 1):
            first -= 1
        while last + 1 in sentences and _one_quotation(index, last):
            last += 1
        whole = Span(index.article.sentences[first].span.start, index.article.sentences[last].span.end)
        if first == last or whole.end - whole.start > LONGEST_EVIDENCE:
            found.append(sentence_passage(index, number, bold))
        else:
            found.append(passage(index.article, whole, bold))
            shown.update(range(first, last + 1))
    return tuple(found)


def _one_quotation(index: ArticleIndex, sentence: int) -> bool:
    """Tell whether a quotation runs over a sentence and the next."""
    one, two = (index.article.sentences[n].span for n in (sentence, sentence + 1))
    return any(q.inner.overlaps(one) and q.inner.overlaps(two) for q in index.article.quotations)


def answer_words(index: ArticleIndex, candidate: Candidate, frame: QuestionFrame) -> tuple[str, Span]:
    """Return the short answer and the span that the article gives for it.

    Names and things are said in their short form; where that differs from the full phrase, the span is the
    other.
    """
    text = index.article.text
    wh = frame.asked.wh
    full = tidy(text, span_of(index, candidate.mask))
    short = _short(index, candidate)
    named = _proper(index, candidate, frame)
    if named is not None:
        return named.of(text), full
    if candidate.get("noun_bare"):
        whole = tidy(text, span_of(index, index.subtree(candidate.head) | _content(index, candidate.head)))
        if whole.end - whole.start > full.end - full.start and len(whole.of(text).split()) <= 25:
            return re.sub(r"\s+", " ", whole.of(text)), full
    if frame.asked.kind_of or wh in NUMERIC:
        part = _modifiers(index, candidate) if frame.asked.kind_of else _number(index, candidate)
        if part is not None:
            return re.sub(
                r"\s+", " ", (short if len(full.of(text).split()) > SHORT_FROM.get(wh, 6) else full).of(text)
            ), part
    limit = SHORT_FROM.get(wh, LONG_ANSWER)
    count = len(full.of(text).split())
    said, other = full, short
    if count > limit and wh not in {"why", "how"}:
        brief = wh in SHORT_FROM and not (wh == "which" and _repeats_noun(index, candidate, frame))
        said, other = (short if brief else _middle(index, candidate, short)), full
    if wh == "when":
        said = _with_marker(index, candidate, said)
    name = name_for(index, candidate, said, frame)
    words_said = name or said.of(text)
    return re.sub(r"\s+", " ", words_said).strip(), other


def _with_marker(index: ArticleIndex, candidate: Candidate, said: Span) -> Span:
    """Return a time with the word that says how it lies: "after ...", "before ...", "until ..."."""
    text = index.article.text
    before = text[: said.start].rstrip()
    marker = next((m for m in MARKERS if before.lower().endswith(f" {m}")), "")
    return Span(len(before) - len(marker), said.end) if marker else said


def _content(index: ArticleIndex, head: int) -> int:
    """Return the words of the clause that tells what a noun ("the suggestion", "the claim") holds."""
    for view in index.facts[: index.told]:
        if view.predicate_mask >> head & 1:
            for argument in view.arguments:
                if argument.role is Role.CONTENT:
                    return argument.mask
    return 0


def _middle(index: ArticleIndex, candidate: Candidate, short: Span) -> Span:
    """Return the longest form of a phrase that is short enough: the head with the phrases that fit."""
    if candidate.head < 0 or index.words[candidate.head].upos not in {"NOUN", "PROPN"}:
        return (
            short
            if len(short.of(index.article.text).split()) > 3
            else tidy(index.article.text, span_of(index, candidate.mask))
        )
    mask = phrase_mask(index, candidate.head, short=True) & candidate.mask or candidate.mask
    for child in sorted(c for c in index.children[candidate.head] if c > candidate.head):
        if index.words[child].deprel.split(":")[0] not in {"nmod", "acl", "conj", "obl"}:
            continue
        grown = mask | (phrase_mask(index, child) | _marker(index, child)) & candidate.mask
        if len(span_of(index, grown).of(index.article.text).split()) > LONG_ANSWER:
            break
        mask = grown
    return tidy(index.article.text, span_of(index, mask))


def _marker(index: ArticleIndex, number: int) -> int:
    mask = 0
    for child in index.children[number]:
        if index.words[child].deprel.split(":")[0] in {"case", "mark", "cc"}:
            mask |= 1 << child
    return mask


def _modifiers(index: ArticleIndex, candidate: Candidate) -> Span | None:
    """Return the nearest modifiers of a phrase's head: what kind of thing it is."""
    kept = [
        c
        for c in index.children[candidate.head]
        if c < candidate.head
        and candidate.mask >> c & 1
        and index.words[c].deprel.split(":")[0] in {"amod", "compound"}
    ][-2:]
    mask = 0
    for child in kept:
        mask |= index.subtree(child)
    return tidy(index.article.text, span_of(index, mask)) if mask else None


def _number(index: ArticleIndex, candidate: Candidate) -> Span | None:
    """Return the number inside a counted phrase, with the words that qualify it."""
    for i in index.numbers(candidate.mask):
        if index.words[i].upos == "NUM":
            return tidy(index.article.text, span_of(index, index.subtree(i) & candidate.mask))
    return None


def _short(index: ArticleIndex, candidate: Candidate) -> Span:
    text = index.article.text
    entity = index.words[candidate.head].entity if candidate.head >= 0 else -1
    person = entity >= 0 and index.entities[entity].entity.kind is EntityKind.PERSON
    if candidate.argument is not None and not person:
        return tidy(text, candidate.argument.argument.short)
    return tidy(
        text,
        span_of(index, phrase_mask(index, candidate.head, short=True) & candidate.mask or candidate.mask),
    )


def _repeats_noun(index: ArticleIndex, candidate: Candidate, frame: QuestionFrame) -> bool:
    """Tell whether an answer's head is the noun asked for, so that the news is in what belongs to it."""
    if candidate.head < 0:
        return False
    return words.american(index.words[candidate.head].lemma) == words.american(frame.asked.noun)


def _proper(index: ArticleIndex, candidate: Candidate, frame: QuestionFrame) -> Span | None:
    """Return the name inside a phrase whose head only repeats the noun asked for: "the town of X"."""
    if frame.asked.wh != "which" or not _repeats_noun(index, candidate, frame):
        return None
    for child in index.children[candidate.head]:
        word = index.words[child]
        cases = {
            index.words[c].text.lower() for c in index.children[child] if index.words[c].deprel == "case"
        }
        if (
            word.upos == "PROPN"
            and word.deprel.split(":")[0] in {"nmod", "appos", "flat"}
            and cases <= {"of", "'s", "’s"}
            and candidate.mask >> child & 1
        ):
            return tidy(index.article.text, span_of(index, phrase_mask(index, child)))
    return None


def _apposed(index: ArticleIndex, candidate: Candidate) -> str:
    """Return the name that stands beside a description: "a passing tanker, the Vitas Pride"."""
    for number in index.facts_of_sentence.get(candidate.sentence, ()):
        view = index.facts[number]
        if view.fact.kind is not FactKind.APPOSITION or view.fact.negated:
            continue
        described = any(a.role is Role.ATTRIBUTE and a.head == candidate.head for a in view.arguments)
        for a in view.arguments if described else ():
            if a.role is Role.AGENT and a.head >= 0 and index.words[a.head].upos == "PROPN":
                return a.argument.short.of(index.article.text)
    return ""


def name_for(
    index: ArticleIndex, candidate: Candidate, span: Span, frame: QuestionFrame | None = None
) -> str:
    """Return the name to say instead of a pronoun or a bare description, or ""."""
    word = index.words[candidate.head] if candidate.head >= 0 else None
    if word is not None and word.upos == "NOUN" and frame is not None and frame.asked.wh in {"who", "which"}:
        apposed = _apposed(index, candidate)
        if apposed:
            return apposed
    entity = (
        candidate.argument.entity
        if candidate.argument is not None
        else (word.entity if word is not None else -1)
    )
    if word is None or entity < 0:
        return ""
    view = index.entities[entity]
    surname = view.entity.name.split()[-1].lower()
    said = span.of(index.article.text).lower()
    if view.entity.kind is EntityKind.PERSON and word.upos == "PROPN" and surname not in said:
        return with_title(index, entity)
    named = frame is not None and frame.asked.wh in {"who", "which"} and word.upos == "NOUN"
    if named and view.proper and view.entity.kind is EntityKind.ORGANIZATION:
        return view.entity.name
    if word.upos == "PRON" or (view.entity.kind is EntityKind.PERSON and word.upos == "NOUN"):
        if word.upos == "NOUN" and span.end - span.start > 60:
            return ""
        return with_title(index, entity)
    return ""


def introduction(index: ArticleIndex, candidate: Candidate, said: str) -> int | None:
    """Return the sentence that names whom a pronoun, title or abbreviation in the proof stands for."""
    entity = candidate.argument.entity if candidate.argument is not None else -1
    if entity < 0:
        return None
    view = index.entities[entity]
    here = index.article.sentences[candidate.sentence].span.of(index.article.text)
    if view.entity.name in here or view.entity.name not in said:
        return None
    named = next((m for m in view.entity.mentions if m.span.of(index.article.text) == view.entity.name), None)
    mask = index.mask_of(named.span) if named is not None else 0
    return index.words[mask.bit_length() - 1].sentence if mask else None


def with_title(index: ArticleIndex, entity: int) -> str:
    """Return an entity's name, with its best title in front or behind where it has one."""
    found = index.entities[entity].entity
    if not found.titles or found.kind is not EntityKind.PERSON:
        return found.name
    title = found.titles[0]
    if title.lower() in found.name.lower():
        return found.name
    if len(title.split()) <= 5 and title[:1].isupper():
        return f"{title} {found.name}"
    return f"{found.name} ({title})" if len(title.split()) <= 6 else found.name
