"""Read the word tables in data/.

Every table is UTF-8 text, gzipped if its name ends in .gz. Lines that start with "#" are the header: what the
table is, its source and licence, the command that made it.
"""

import gzip
from array import array
from bisect import bisect_left
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


class Table:
    """A table sorted by its first field, kept as bytes and searched by bisection.

    Look-ups are slower than a dict's, memory a third of it: see the figures in training/words/README.md.
    """

    __slots__ = ("_content", "_starts")

    def __init__(self, name: str) -> None:
        """Load the table data/NAME, whose lines are sorted by their first field in code point order."""
        self._content = payload(name)
        lengths = (len(line) + 1 for line in self._content.split(b"\n"))
        self._starts = array("I", accumulate(lengths, initial=0))

    def __len__(self) -> int:
        """Return the number of lines."""
        return len(self._starts) - 1

    def _key(self, line: int) -> bytes:
        """Return a line's first field."""
        start = self._starts[line]
        return self._content[start : self._content.index(b"\t", start)]

    def get(self, key: str) -> str | None:
        """Return the fields after the first one of the line with that first field, None if there is none."""
        wanted = key.encode()
        line = bisect_left(range(len(self)), wanted, key=self._key)
        if line == len(self) or self._key(line) != wanted:
            return None
        start = self._starts[line] + len(wanted) + 1
        return self._content[start : self._starts[line + 1] - 1].decode()

    def keys(self) -> Iterator[str]:
        """Yield the first fields in order."""
        for line in range(len(self)):
            yield self._key(line).decode()
