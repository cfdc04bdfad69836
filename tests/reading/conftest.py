"""What the reading tests share: the trained parser, loaded once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from knowledge.model import Reading
from knowledge.reading import read
from knowledge.reading.parser import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """Return the shipped parser."""
    return Parser.load()


@pytest.fixture(scope="session")
def reading(parser: Parser) -> Callable[[str], Reading]:
    """Return a function that reads a text."""

    def read_text(text: str) -> Reading:
        return read(text, "article", parser)

    return read_text
