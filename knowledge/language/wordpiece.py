"""Words to word pieces, as BERT's uncased tokenizer cuts them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

UNKNOWN = "[UNK]"
LONGEST_WORD = 100
CACHED_WORDS = 50_000

# The blocks that BERT's BasicTokenizer treats as Chinese characters (google-research/bert, tokenization.py).
CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


class WordPiece:
    """Cut words greedily into the longest pieces that a vocabulary holds.

    Lower-cases, strips accents and splits at punctuation first, like `BertTokenizer(do_lower_case=True)`; a
    test compares the two. `vocabulary` lists the pieces in the order of their ids.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._ids[UNKNOWN]
        self._cache: dict[str, tuple[int, ...]] = {}

    def pieces(self, word: str) -> tuple[int, ...]:
        """Return the ids of a word's pieces: at least one, `[UNK]` where nothing is left of the word."""
        found = self._cache.get(word)
        if found is None:
            found = tuple(number for part in _parts(word) for number in self._cut(part)) or (self._unknown,)
            if len(self._cache) >= CACHED_WORDS:
                self._cache.clear()
            self._cache[word] = found
        return found

    def id(self, piece: str) -> int:
        """Return the id of a piece of the vocabulary, such as `[CLS]`; raises KeyError for any other."""
        return self._ids[piece]

    def _cut(self, part: str) -> list[int]:
        if len(part) > LONGEST_WORD:
            return [self._unknown]
        numbers: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            for end in range(len(part), start, -1):
                number = self._ids.get(prefix + part[start:end])
                if number is not None:
                    numbers.append(number)
                    start = end
                    break
            else:
                return [self._unknown]
        return numbers


def _parts(word: str) -> list[str]:
    kept = "".join(map(_cleaned, word))
    plain = "".join(char for char in unicodedata.normalize("NFD", kept) if unicodedata.category(char) != "Mn")
    return "".join(f" {char} " if _is_punctuation(char) else char for char in plain.lower()).split()


def _cleaned(char: str) -> str:
    code = ord(char)
    if char.isspace():
        return " "
    if code == 0xFFFD or unicodedata.category(char).startswith("C"):
        return ""
    if any(first <= code <= last for first, last in CHINESE):
        return f" {char} "
    return char


def _is_punctuation(char: str) -> bool:
    # BERT counts every ASCII symbol as punctuation, "$" and "^" too, which Unicode files under S.
    return (char.isascii() and char.isprintable() and not char.isalnum() and char != " ") or (
        unicodedata.category(char).startswith("P")
    )


def shape(word: str) -> int:
    """Return a word's case pattern, which the uncased pieces lose, as a number below `SHAPES`.

    0 no letter or digit, 1 lower case, 2 Capitalised, 3 ALL CAPITALS, 4 a single capital, 5 miXed, 6 digits
    (whatever stands beside them).
    """
    letters = [char for char in word if char.isalpha()]
    if any(char.isdigit() for char in word):
        return 6
    if not letters:
        return 0
    capitals = sum(char.isupper() for char in letters)
    if not capitals:
        return 1
    if capitals == len(letters):
        return 3 if len(letters) > 1 else 4
    return 2 if capitals == 1 and letters[0].isupper() else 5


SHAPES = 7
