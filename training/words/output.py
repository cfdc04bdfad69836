"""Write tables with their header."""

import gzip
from collections.abc import Iterable

from training.words.sources import DATA


def write(name: str, header: str, body: Iterable[str]) -> None:
    """Write data/NAME, gzipped without a timestamp if it ends in .gz, so that equal input gives equal bytes."""
    heading = [f"# {line}".rstrip() for line in header.strip().splitlines()]
    payload = ("\n".join([*heading, *body]) + "\n").encode()
    if name.endswith(".gz"):
        payload = gzip.compress(payload, compresslevel=9, mtime=0)
    (DATA / name).write_bytes(payload)
    print(f"{name}: {len(payload):,} bytes")


def write_columns(name: str, header: str, columns: dict[str, Iterable[str]]) -> None:
    """Write a table by column: each line a column's name, a tab and its values separated by spaces."""
    write(name, header, (f"{key}\t{' '.join(values)}" for key, values in columns.items()))
