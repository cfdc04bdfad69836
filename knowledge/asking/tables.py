"""The tables of `data/`: rows of tab-separated columns below a header of lines that start with "#"."""

from __future__ import annotations

import importlib.resources


def rows(name: str) -> list[list[str]]:
    """Return the rows of a table, each as its columns."""
    text = (importlib.resources.files("knowledge.asking") / "data" / name).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
