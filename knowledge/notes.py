"""The companion of an article's file: ``storm.toml`` beside ``storm.txt`` says what the text itself does not.

title = "..."
source = "..."
url = "https://..."
published = 2024-05-17

and what people add or set right, see knowledge.corrections.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

from pydantic import Field, ValidationError

from knowledge.corrections import Alias, Correction, Drop, TaughtAnswer, TaughtFact
from knowledge.errors import BadArticle
from knowledge.model import Frozen


class Described(Protocol):
    """A source with its metadata, as the reader takes it."""

    def model_copy(self, *, update: dict[str, Any]) -> Described:
        """Return a copy with some fields changed."""


#: What a companion file says of the article as a whole.
METADATA = ("title", "source", "url", "published")

Source = TypeVar("Source", bound=Described)


class Notes(Frozen):
    """What a companion file says; what it leaves out is taken from the article's own file."""

    title: str = Field(default="", max_length=300)
    source: str = Field(default="", max_length=300)
    url: str = Field(default="", max_length=2_000, pattern=r"^(https?://\S+)?$")
    published: dt.date | None = None
    alias: tuple[Alias, ...] = ()
    answer: tuple[TaughtAnswer, ...] = ()
    fact: tuple[TaughtFact, ...] = ()
    drop: tuple[Drop, ...] = ()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """Return the corrections, in the order in which they are kept."""
        return (*self.alias, *self.answer, *self.fact, *self.drop)

    def with_corrections(self, more: Iterable[Correction]) -> Notes:
        """Return these notes with further corrections."""
        kinds: dict[str, list[Correction]] = {"alias": [], "answer": [], "fact": [], "drop": []}
        for correction in (*self.corrections, *more):
            kinds[correction.kind].append(correction)
        return self.model_copy(update={kind: tuple(found) for kind, found in kinds.items()})

    def over(self, source: Source) -> Source:
        """Return the source with what these notes say in place of what it says itself."""
        said = {name: value for name in METADATA if (value := getattr(self, name))}
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


def lines_of_corrections(data: bytes) -> list[tuple[int, str]]:
    """Return the line and kind of each correction of a companion file, in the order of Notes.corrections."""
    order = ("alias", "answer", "fact", "drop")
    found = [
        (number, match[1])
        for number, line in enumerate(data.decode("utf-8-sig").splitlines(), start=1)
        if (match := re.match(r"\s*\[\[\s*(alias|answer|fact|drop)\s*\]\]", line))
    ]
    return sorted(found, key=lambda pair: (order.index(pair[1]), pair[0]))


def dump(notes: Notes) -> bytes:
    """Return notes as a companion file, b"" where they say nothing."""
    lines = []
    for name in ("title", "source", "url"):
        if value := getattr(notes, name):
            lines.append(f"{name} = {_basic_string(value)}\n")
    if notes.published:
        lines.append(f"published = {notes.published.isoformat()}\n")
    for correction in notes.corrections:
        lines.append(f"\n[[{correction.kind}]]\n")
        fields = correction.model_dump(mode="json", exclude={"kind"}, exclude_defaults=True)
        lines += [f"{name} = {_value(value)}\n" for name, value in fields.items()]
    return "".join(lines).encode()


def _value(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return _basic_string(value)
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case dict():
            return f"{{ {', '.join(f'{name} = {_value(item)}' for name, item in value.items())} }}"
    raise TypeError(f"no TOML for {type(value).__name__}")


def _basic_string(value: str) -> str:
    """Return a TOML basic string (https://toml.io/en/v1.0.0#string)."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub(r"[\x00-\x1f\x7f]", lambda m: f"\\u{ord(m[0]):04x}", escaped) + '"'
