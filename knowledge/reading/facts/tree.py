"""A parsed sentence as a tree: children, subtrees and the spans of phrases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from knowledge.model import Sentence, Span, Token

OPENING = {"“": "”", "‘": "’", "(": ")", "[": "]", "«": "»", "``": "''"}
BRACKETS = {"(": ")", "[": "]"}
CLOSING = {close: opening for opening, close in OPENING.items()}
STRAIGHT = frozenset({'"', "''", "'"})
# Parts that a phrase is told without (checklist point 16 of the design's role list).
SHED = frozenset({"parataxis", "appos", "dep", "discourse", "vocative", "reparandum", "dislocated", "list"})
# Prepositions that open who says so.
SOURCES = ("according to", "in the words of")
# Dependents that may stay in the short form of a noun phrase.
SHORT = frozenset({"det", "amod", "compound", "flat", "nummod", "goeswith", "fixed", "case"})


class Tree:
    """The dependency tree of one sentence; words are named by their index in it.

    A head outside the sentence or a cycle, which only a broken parse has, becomes a root.
    """

    __slots__ = ("base", "heads", "index", "kids", "lemmas", "rels", "sentence", "subtrees", "tags", "tokens")

    def __init__(self, sentence: Sentence, index: int) -> None:
        self.sentence = sentence
        self.index = index
        self.tokens: Sequence[Token] = sentence.tokens
        self.lemmas = [token.lemma.lower() for token in self.tokens]
        self.tags = [token.upos for token in self.tokens]
        self.heads = [token.head for token in self.tokens]
        self.rels = [token.deprel for token in self.tokens]
        self.base = [rel.partition(":")[0] for rel in self.rels]
        self.kids: list[list[int]] = []
        self.subtrees: dict[int, list[int]] = {}
        self.settle()

    def settle(self) -> None:
        """Work out the dependents again after heads have changed."""
        self.heads = _sound_heads(self.heads)
        self.kids = [[] for _ in self.tokens]
        for child, head in enumerate(self.heads):
            if head >= 0:
                self.kids[head].append(child)
        self.subtrees = {}

    def attach(self, word: int, head: int, rel: str) -> None:
        """Hang a word on another; `settle` has to follow before dependents are asked for again."""
        self.heads[word] = head
        self.rels[word] = rel
        self.base[word] = rel.partition(":")[0]

    def __len__(self) -> int:
        return len(self.tokens)

    def lemma(self, word: int) -> str:
        """Return the word's lemma in lower case."""
        return self.lemmas[word]

    def form(self, word: int, text: str) -> str:
        """Return the word as the article writes it."""
        token = self.tokens[word]
        return text[token.start : token.end]

    def upos(self, word: int) -> str:
        """Return the word's universal part of speech."""
        return self.tags[word]

    def xpos(self, word: int) -> str:
        """Return the word's Penn Treebank tag."""
        return self.tokens[word].xpos

    def children(self, word: int, *rels: str) -> list[int]:
        """Return the dependents with one of these labels; one without subtype stands for all its subtypes."""
        return [k for k in self.kids[word] if self.base[k] in rels or self.rels[k] in rels]

    def child(self, word: int, *rels: str) -> int | None:
        """Return the first dependent with one of these labels."""
        for kid in self.kids[word]:
            if self.base[kid] in rels or self.rels[kid] in rels:
                return kid
        return None

    def subtree(self, word: int) -> list[int]:
        """Return the word and everything below it, in order."""
        found = self.subtrees.get(word)
        if found is None:
            found = []
            stack = [word]
            while stack:
                at = stack.pop()
                found.append(at)
                stack.extend(self.kids[at])
            found.sort()
            self.subtrees[word] = found
        return found

    def kept(self, word: int, shed: Iterable[int]) -> list[int]:
        """Return the word's subtree without the subtrees of the words in `shed`, in order."""
        dropped = set(shed)
        found, stack = [], [word]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(k for k in self.kids[at] if k not in dropped)
        return sorted(found)

    def ancestors(self, word: int) -> Iterable[int]:
        """Yield the governors of the word, the nearest first."""
        at = self.heads[word]
        while at >= 0:
            yield at
            at = self.heads[at]

    def is_punct(self, word: int) -> bool:
        """Tell whether the word is a punctuation mark."""
        return self.tags[word] == "PUNCT" or self.base[word] == "punct"

    def is_set_off(self, word: int) -> bool:
        """Tell whether a punctuation mark stands before the word's phrase or opens it."""
        first = self.subtree(word)[0]
        return self.is_punct(first) or (first > 0 and self.is_punct(first - 1))

    def opens_with_of(self, word: int) -> bool:
        """Tell whether the word's preposition is "of"."""
        return any(self.lemmas[kid] == "of" for kid in self.children(word, "case"))

    def trim(self, words: Sequence[int], head: int, text: str) -> tuple[int, int]:
        """Return first and last word of the phrase: no punctuation at the edges but whole pairs of marks.

        `words` are in order and hold `head`. The phrase runs without gap from the first to the last.
        """
        first, last = words[0], words[-1]
        while first < head and self.is_punct(first) and not self._closes_within(first, last, text):
            first += 1
        while last > head and self.is_punct(last) and not self._opens_within(first, last, text):
            last -= 1
        return self._balanced(first, last, text)

    def _closes_within(self, first: int, last: int, text: str) -> bool:
        """Tell whether a bracket that opens the phrase closes before its end."""
        mate = BRACKETS.get(self.form(first, text))
        return mate is not None and any(self.form(w, text) == mate for w in range(first + 1, last))

    def _opens_within(self, first: int, last: int, text: str) -> bool:
        """Tell whether a bracket that closes the phrase opens after its beginning."""
        mate = CLOSING.get(self.form(last, text)) if self.form(last, text) in BRACKETS.values() else None
        return mate is not None and any(self.form(w, text) == mate for w in range(first + 1, last))

    def _balanced(self, first: int, last: int, text: str) -> tuple[int, int]:
        """Widen the phrase by one mark where that closes a pair."""
        marks = [self.form(w, text) for w in range(first, last + 1) if self.is_punct(w)]
        before = self.form(first - 1, text) if first > 0 else ""
        after = self.form(last + 1, text) if last + 1 < len(self) else ""
        for mark in set(marks):
            if mark in STRAIGHT and marks.count(mark) % 2:
                if before == mark:
                    return first - 1, last
                if after == mark:
                    return first, last + 1
                if after in (",", ".") and last + 2 < len(self) and self.form(last + 2, text) == mark:
                    return first, last + 2
            if mark in OPENING and marks.count(mark) > marks.count(OPENING[mark]) and after == OPENING[mark]:
                return first, last + 1
            if mark in CLOSING and marks.count(mark) > marks.count(CLOSING[mark]) and before == CLOSING[mark]:
                return first - 1, last
        return first, last

    def span(self, first: int, last: int) -> Span:
        """Return the characters from the first to the last word."""
        return Span(self.tokens[first].start, self.tokens[last].end)


def _sound_heads(heads: Sequence[int]) -> list[int]:
    """Return the heads with every broken or circular one turned into a root."""
    size = len(heads)
    sound = [h if 0 <= h < size and h != i else -1 for i, h in enumerate(heads)]
    state = [0] * size  # 0 unseen, 1 on the path, 2 done
    for start in range(size):
        path = []
        at = start
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = sound[at]
        if at >= 0 and state[at] == 1:
            sound[at] = -1
        for word in path:
            state[word] = 2
    return sound
