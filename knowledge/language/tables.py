"""Read the word tables in data/.

Every table is UTF-8 text, gzipped if its name ends in .gz. Lines that start with "#" are the header: what the
table is, its source and licence, the command that made it.
"""

import gzip
from collections.abc import Iterator
from importlib import resources


def lines(name: str) -> list[str]:
    """Return the lines of the table data/NAME without its header.

    Raises FileNotFoundError if there is no such table.
    """
    payload = resources.files(__package__).joinpath("data", name).read_bytes()
    if name.endswith(".gz"):
        payload = gzip.decompress(payload)
    return [line for line in payload.decode().splitlines() if line and not line.startswith("#")]


def rows(name: str) -> Iterator[list[str]]:
    """Yield the tab-separated fields of every line of the table data/NAME."""
    for line in lines(name):
        yield line.split("\t")


def entries(name: str) -> dict[str, str]:
    """Return the table data/NAME as a mapping from each line's first field to the rest of the line."""
    table: dict[str, str] = {}
    for line in lines(name):
        key, _, value = line.partition("\t")
        table[key] = value
    return table


def columns(name: str) -> dict[str, list[str]]:
    """Return a table stored by column: a line is the column's name, a tab, its values separated by spaces."""
    return {key: values.split(" ") for key, values in entries(name).items()}
