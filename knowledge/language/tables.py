"""Read the word tables in data/.

Every table is UTF-8 text, gzipped if its name ends in .gz. Lines that start with "#" are the header: what the
table is, its source and licence, the command that made it.
"""

import gzip
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from importlib import resources
from itertools import accumulate


def payload(name: str) -> bytes:
    """Return the table data/NAME without its header and its last line's end.

    Raises FileNotFoundError if there is no such table.
    """
    content = resources.files(__package__).joinpath("data", name).read_bytes()
    if name.endswith(".gz"):
        content = gzip.decompress(content)
    start = 0
    while content.startswith(b"#", start):
        start = content.index(b"\n", start) + 1
    return content[start:].rstrip(b"\n")


def lines(name: str) -> list[str]:
    """Return the lines of the table data/NAME without its header."""
    return payload(name).decode().split("\n")


def rows(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated fields of every line of the table data/NAME."""
    for line in lines(name):
        yield line.split("\t")


#: Lines of a table between two keys that are kept as objects of their own.
STRIDE = 32


class Table:
    """A table sorted by its first field, kept as bytes and searched in two steps.

    Bisection over the keys of every `STRIDE`th line finds the block that a key is in, a search for its bytes
    the line; both run in C. Memory stays near that of the bytes: see the figures in training/words/README.md.
    """

    __slots__ = ("_content", "_heads", "_length", "_starts")

    def __init__(self, name: str) -> None:
        """Load the table data/NAME, whose lines are sorted by their first field in code point order."""
        content = payload(name)
        rows = content.split(b"\n")
        self._length = len(rows)
        self._heads = [row[: row.index(b"\t")] for row in rows[::STRIDE]]
        ends = list(accumulate(map(len, rows), initial=0))
        self._starts = array("I", (ends[n] + n for n in (*range(0, len(rows), STRIDE), len(rows))))
        self._content = b"\n%b\n" % content

    def __len__(self) -> int:
        """Return the number of lines."""
        return self._length

    def get(self, key: str) -> str | None:
        """Return the fields after the first one of the line with that first field, None if there is none."""
        wanted = key.encode()
        block = bisect_right(self._heads, wanted) - 1
        if block < 0:
            return None
        before = b"\n" + wanted + b"\t"
        found = self._content.find(before, self._starts[block], self._starts[block + 1] + 1)
        if found < 0:
            return None
        start = found + len(before)
        return self._content[start : self._content.index(b"\n", start)].decode()

    def fields(self, pattern: re.Pattern[bytes]) -> Iterator[tuple[str, ...]]:
        """Yield the groups of a pattern wherever it matches; every line lies behind a line's end.

        Over a large table this takes a fifth of the time of splitting its lines.
        """
        for found in pattern.findall(self._content):
            yield tuple(field.decode() for field in found)

    def keys(self) -> Iterator[str]:
        """Yield the first fields in order."""
        for line in self._content[1:-1].split(b"\n"):
            yield line[: line.index(b"\t")].decode()
