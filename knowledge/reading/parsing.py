"""Cut an article's text into sentences and parse them, what the parser trips over set apart.

Datelines and brackets are hidden from the parser and hung onto its tree afterwards, so that every word of the
text is a token with its own offsets: a dateline by `dep` on the sentence's root, a bracket's content by
`appos` or `parataxis` on the phrase before it. Quotation marks that do not pair up within the sentence are
hidden too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple, Protocol

from knowledge.language import lexicon
from knowledge.language.tokenizer import split_sentences, tokenize
from knowledge.model import EntityKind, Sentence, Span, Token
from knowledge.reading.facts.repairs import repair
from knowledge.reading.facts.tree import Tree
from knowledge.reading.layout import Layout

#: What the parser calls a name, and what it is called here.
NAME_KINDS: Final = {
    "PER": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "LOC": EntityKind.PLACE,
    "EVENT": EntityKind.EVENT,
    "TIME": EntityKind.TIME,
    "MISC": EntityKind.THING,
}
QUOTATION_MARKS: Final = frozenset({'"', "“", "”", "„", "‟", "«", "»", "``", "''", "‘", "‹", "›", "`", "＂"})
_NOMINAL: Final = frozenset({"NOUN", "PROPN", "NUM", "PRON", "SYM", "X", "ADJ"})
_TYPEWRITER: Final = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "´": "'"}
)
_CLOSING: Final = frozenset({")", "]", "}", "''", ".", ","})
_BRACKETS: Final = {"(": ")", "[": "]", "{": "}"}


class Parsed(Protocol):
    """One sentence's analysis, as `knowledge.reading.parser` gives it."""

    @property
    def upos(self) -> Sequence[str]:
        """Universal part-of-speech tags."""
        ...

    @property
    def xpos(self) -> Sequence[str]:
        """Penn Treebank tags."""
        ...

    @property
    def heads(self) -> Sequence[int]:
        """Governors by index, -1 for the root."""
        ...

    @property
    def deprels(self) -> Sequence[str]:
        """Full Universal Dependencies labels."""
        ...

    @property
    def names(self) -> Sequence[str]:
        """IOB2 labels of names."""
        ...


class SentenceParser(Protocol):
    """What reading needs of a parser: an analysis for each sentence, given as words."""

    def parse(self, sentences: Sequence[Sequence[str]]) -> Sequence[Parsed]:
        """Return an analysis for each sentence."""
        ...


class _Draft(NamedTuple):
    """A sentence before parsing.

    `words` are its tokens' spans; `pieces` lists the words of each part that is parsed by itself, the host
    first; `prefix` counts the dateline's words. `forms` are the words as the parser is to see them.
    """

    paragraph: int
    words: list[Span]
    forms: list[str]
    pieces: list[list[int]]
    prefix: int


def parse_sentences(text: str, layout: Layout, parser: SentenceParser) -> tuple[Sentence, ...]:
    """Return the parsed sentences of headline and paragraphs in the text's order."""
    drafts = list(_drafts(text, layout))
    pieces = [[draft.forms[word] for word in piece] for draft in drafts for piece in draft.pieces]
    parses = iter(parser.parse(pieces))
    sentences = [_sentence(text, draft, [next(parses) for _ in draft.pieces]) for draft in drafts]
    return tuple(_mended(text, sentence, number) for number, sentence in enumerate(sentences))


def _mended(text: str, sentence: Sentence, number: int) -> Sentence:
    """Return the sentence with its tree mended where rules know better than the parser."""
    tree = Tree(sentence, number)
    repair(tree, text, lexicon.SPEECH_VERBS)
    _part_subjects(tree)
    _join_names(tree)
    _join_roots(tree)
    tokens = [
        token._replace(head=head, deprel=deprel)
        for token, head, deprel in zip(sentence.tokens, tree.heads, tree.rels, strict=True)
    ]
    return sentence.model_copy(update={"tokens": tuple(tokens)})


def _join_roots(tree: Tree) -> None:
    """Hang every root but the first on it: mending a broken tree may have cut it in two."""
    roots = [word for word in range(len(tree)) if tree.heads[word] < 0]
    for word in roots[1:]:
        tree.attach(word, roots[0], "parataxis")
    if len(roots) > 1:
        tree.settle()


def _join_names(tree: Tree) -> None:
    """Make one name of two name words side by side in one place: given name and surname, both appositions."""
    for word in range(1, len(tree)):
        first = word - 1
        proper = tree.upos(first) == tree.upos(word) == "PROPN"
        same = tree.heads[first] == tree.heads[word] >= 0 and tree.rels[first] == tree.rels[word]
        if proper and same and tree.base[word] in ONE_EACH:
            tree.attach(word, first, "flat")
            tree.settle()


ONE_EACH = frozenset({"appos", "conj", "nsubj", "obj"})
"""Relations in which no two words stand side by side without a comma or a conjunction."""


def _part_subjects(tree: Tree) -> None:
    """Give the first of a verb's two subjects to its clause without one: "The bridge, she said, is safe."."""
    for verb in range(len(tree)):
        subjects = tree.children(verb, "nsubj")
        if len(subjects) < 2 or (clause := tree.child(verb, "ccomp")) is None:
            continue
        if subjects[0] < subjects[1] < clause and tree.child(clause, "nsubj", "nsubj:pass") is None:
            passive = tree.child(clause, "aux:pass") is not None
            tree.attach(subjects[0], clause, "nsubj:pass" if passive else "nsubj")
            tree.settle()


# --- cutting ------------------------------------------------------------------------------------------------


def _drafts(text: str, layout: Layout) -> Iterator[_Draft]:
    """Yield the sentences of headline and paragraphs."""
    blocks = [(-1, layout.headline)] if layout.headline else []
    blocks += enumerate(layout.paragraphs)
    dateline = layout.dateline
    bodies = (
        Counter(re.findall(r"\w+", text[layout.paragraphs[0].start :])) if layout.paragraphs else Counter()
    )
    for number, block in blocks:
        start = block.start
        prefix: list[Span] = []
        if dateline and number >= 0 and block.start < dateline.body <= block.end:
            prefix = _words(text, Span(block.start, dateline.body))
            start = dateline.body
        for words in _sentences(text, Span(start, block.end)):
            forms = [word.of(text).translate(_TYPEWRITER) for word in prefix + words]
            if number < 0:
                forms = _headline_forms(forms, bodies)
            spans = prefix + words
            yield _Draft(number, spans, forms, _pieces(text, spans, len(prefix)), len(prefix))
            prefix = []


def _words(text: str, block: Span) -> list[Span]:
    """Return the tokens of a stretch of text."""
    return [Span(block.start + start, block.start + end) for start, end in tokenize(block.of(text))]


def _sentences(text: str, block: Span) -> Iterator[list[Span]]:
    """Yield the tokens of each sentence of a stretch of text."""
    bare = block.of(text)
    local = tokenize(bare)
    words = [Span(block.start + start, block.start + end) for start, end in local]
    for first, last in split_sentences(bare, local):
        if first < last:
            yield words[first:last]


def _headline_forms(forms: list[str], body: Counter[str]) -> list[str]:
    """Return a headline's words with the case of running text, where it is set in capitals or in
    title case.
    """
    longer = [form for form in forms[1:] if form.isalpha() and len(form) > 3]
    if not longer or sum(form[0].isupper() for form in longer) < 0.8 * len(longer):
        return forms
    return [forms[0], *(_running(form, body) for form in forms[1:])]


def _running(form: str, body: Counter[str]) -> str:
    """Return a word of a title as the body writes it; lower case where the body lacks it and a dictionary has
    it.
    """
    if not form[:1].isupper():
        return form
    lower, title = form.lower(), form.capitalize()
    writings = sorted((form, title, lower), key=lambda writing: -body[writing])
    if body[writings[0]]:
        return writings[0]
    known = lexicon.tags(lower)
    if known and known[0] != "PROPN":
        return lower
    return title if form.isupper() and len(form) > 5 else form


def _pieces(text: str, words: list[Span], prefix: int) -> list[list[int]]:
    """Return the words of the host sentence and of each bracket, hidden marks left out."""
    hidden = set(range(prefix)) | _lone_marks(text, words)
    host: list[int] = []
    brackets: list[list[int]] = []
    number = prefix
    while number < len(words):
        form = words[number].of(text)
        end = _bracket_end(text, words, number) if form in _BRACKETS else None
        if end is None:
            if number not in hidden:
                host.append(number)
            number += 1
            continue
        inner = [word for word in range(number + 1, end) if word not in hidden]
        editorial = form == "[" and any(c.isalnum() for word in inner for c in words[word].of(text))
        if editorial:
            host += inner
        elif inner and host and form != "[":
            brackets.append(inner)
        elif not host and form != "[":
            host += range(number, end + 1)
        number = end + 1
    return [
        host or [word for word in range(len(words)) if word not in hidden] or list(range(len(words))),
        *brackets,
    ]


def _bracket_end(text: str, words: list[Span], start: int) -> int | None:
    """Return the word that closes the bracket, None where nothing does."""
    opening = words[start].of(text)
    depth = 0
    for number in range(start, len(words)):
        form = words[number].of(text)
        depth += (form == opening) - (form == _BRACKETS[opening])
        if depth == 0:
            return number
    return None


def _lone_marks(text: str, words: list[Span]) -> set[int]:
    """Return the quotation marks of a sentence that holds an odd number of them."""
    marks = [n for n, word in enumerate(words) if word.of(text) in QUOTATION_MARKS]
    return set(marks) if len(marks) % 2 else set()


# --- putting together ---------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """What the tree says of one word."""

    upos: str
    xpos: str
    head: int
    deprel: str
    name: str


_HIDDEN: Final = _Row("PUNCT", ".", -1, "punct", "")


def _sentence(text: str, draft: _Draft, parses: list[Parsed]) -> Sentence:
    """Return the sentence with the pieces' trees joined and everything hidden hung onto them."""
    rows: list[_Row | None] = [None] * len(draft.words)
    for piece, parse in zip(draft.pieces, parses, strict=True):
        for at, word in enumerate(piece):
            head = parse.heads[at]
            name = parse.names[at]
            kind = NAME_KINDS.get(name[2:], "")
            rows[word] = _Row(
                parse.upos[at], parse.xpos[at], piece[head] if head >= 0 else -1, parse.deprels[at], str(kind)
            )
    root = next((word for word in draft.pieces[0] if (row := rows[word]) and row.head < 0), 0)
    for piece in draft.pieces[1:]:
        _hang_bracket(rows, draft.pieces[0], piece, root)
    _hang_dateline(rows, draft, root)
    for word in range(len(rows)):
        if rows[word] is None:
            rows[word] = _HIDDEN._replace(head=_host(rows, word, root, draft.forms[word] in _CLOSING))
    tokens = tuple(
        Token(span.start, span.end, _lemma(form, row), row.upos, row.xpos, row.head, row.deprel, row.name)
        for span, form, row in zip(draft.words, draft.forms, rows, strict=True)
        if row is not None
    )
    return Sentence(
        span=Span(draft.words[0].start, draft.words[-1].end), paragraph=draft.paragraph, tokens=tokens
    )


def _lemma(form: str, row: _Row) -> str:
    """Return the word's lemma; punctuation and symbols are their own."""
    return form if row.upos in {"PUNCT", "SYM", "X"} else lexicon.lemma(form, row.upos) or form


def _hang_bracket(rows: list[_Row | None], host: list[int], piece: list[int], root: int) -> None:
    """Hang a bracket's content onto the widest phrase that ends right before it."""
    before = max((word for word in host if word < piece[0]), default=root)
    reach = {word: word for word in host}
    for word in host:
        at, seen = word, 0
        while (row := rows[at]) is not None and row.head >= 0 and seen < len(rows):
            at, seen = row.head, seen + 1
            reach[at] = max(reach.get(at, at), word)
    governor = before
    while (row := rows[governor]) is not None and row.head >= 0:
        above = rows[row.head]
        nominal = above is not None and above.upos in _NOMINAL
        if reach.get(row.head, row.head) > before and rows[row.head] is not None:
            break
        if not nominal:
            break
        governor = row.head
    top = next(word for word in piece if (row := rows[word]) and row.head < 0)
    row, above = rows[top], rows[governor]
    if row is not None and above is not None:
        beside = row.upos in _NOMINAL and above.upos in _NOMINAL
        rows[top] = row._replace(head=governor, deprel="appos" if beside else "parataxis")


def _hang_dateline(rows: list[_Row | None], draft: _Draft, root: int) -> None:
    """Hang the dateline's words onto the root, as a place that the story does not name."""
    first: int | None = None
    for word in range(draft.prefix):
        form = draft.forms[word]
        if rows[word] is not None:
            continue
        if not any(c.isalnum() for c in form):
            rows[word] = _HIDDEN._replace(head=root if first is None else first)
        elif first is None:
            first = word
            rows[word] = _Row("PROPN", "NNP", root, "dep", "")
        else:
            rows[word] = _Row("PROPN", "NNP", first, "flat", "")


def _host(rows: list[_Row | None], word: int, root: int, closing: bool) -> int:
    """Return the word that a hidden mark hangs on: the one that it closes or opens, else the root."""
    for near in (word - 1, word + 1) if closing else (word + 1, word - 1):
        if 0 <= near < len(rows) and (row := rows[near]) is not None and row.upos != "PUNCT":
            return near
    return root if root != word else -1
