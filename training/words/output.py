"""Write tables with their header."""

import gzip
from collections.abc import Iterable

from training.words.sources import DATA


def write(name: str, header: str, body: Iterable[str]) -> None:
    """Write data/NAME, gzipped without a timestamp if it ends in .gz: equal input gives equal bytes."""
    heading = [f"# {line}".rstrip() for line in header.strip().splitlines()]
    payload = ("\n".join([*heading, *body]) + "\n").encode()
    if name.endswith(".gz"):
        payload = gzip.compress(payload, compresslevel=9, mtime=0)
    (DATA / name).write_bytes(payload)
    print(f"{name}: {len(payload):,} bytes")


def write_sorted(name: str, header: str, body: Iterable[str]) -> None:
    """Write a table that tables.Table searches: sorted by first field, each of which occurs once."""
    lines = sorted(body, key=lambda line: line.partition("\t")[0])
    keys = [line.partition("\t")[0] for line in lines]
    if len(set(keys)) < len(keys):
        raise ValueError(f"{name}: a first field occurs twice")
    write(name, header, lines)
