"""The companion of an article's file: ``storm.toml`` beside ``storm.txt`` says what the text itself does not.

title = "..."
source = "..."
url = "https://..."
published = 2024-05-17
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any, Protocol, TypeVar

from pydantic import Field, ValidationError

from knowledge.errors import BadArticle
from knowledge.model import Frozen


class Described(Protocol):
    """A source with its metadata, as the reader takes it."""

    def model_copy(self, *, update: dict[str, Any]) -> Described:
        """Return a copy with some fields changed."""


Source = TypeVar("Source", bound=Described)


class Notes(Frozen):
    """What a companion file says; what it leaves out is taken from the article's own file."""

    title: str = Field(default="", max_length=300)
    source: str = Field(default="", max_length=300)
    url: str = Field(default="", max_length=2_000, pattern=r"^(https?://\S+)?$")
    published: dt.date | None = None

    def over(self, source: Source) -> Source:
        """Return the source with what these notes say in place of what it says itself."""
        said = {name: value for name in Notes.model_fields if (value := getattr(self, name))}
        return source.model_copy(update=said) if said else source  # type: ignore[return-value]


def parse(data: bytes, file: str) -> Notes:
    """Read a companion file; raise BadArticle with file, line, key and reason."""
    try:
        text = data.decode("utf-8-sig")
        return Notes.model_validate(tomllib.loads(text))
    except UnicodeDecodeError as error:
        raise BadArticle("not UTF-8 text", file=file, line=data[: error.start].count(b"\n") + 1) from error
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        raise BadArticle(
            str(error), file=file, line=int(place[1]) if place else text.count("\n") + 1
        ) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = str(first["loc"][0]) if first["loc"] else ""
        raise BadArticle(first["msg"], file=file, line=_line_of(text, key), key=key) from error


def _line_of(text: str, key: str) -> int:
    for number, line in enumerate(text.splitlines(), start=1):
        if key and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=|\s*\[+\s*{re.escape(key)}\s*\]+", line):
            return number
    return 0


def dump(notes: Notes) -> bytes:
    """Return notes as a companion file, b"" where they say nothing."""
    lines = []
    for name in ("title", "source", "url"):
        if value := getattr(notes, name):
            lines.append(f"{name} = {_basic_string(value)}\n")
    if notes.published:
        lines.append(f"published = {notes.published.isoformat()}\n")
    return "".join(lines).encode()


def _basic_string(value: str) -> str:
    """Return a TOML basic string (https://toml.io/en/v1.0.0#string)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
