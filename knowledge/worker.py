"""The process that reads articles: ``python -m knowledge.worker``, spoken to over its standard streams.

A request is a line of JSON (`Request`) and then that many bytes of the file. The reply is lines of JSON
arrays: first ``["article", ...]``, then one ``["entity", ...]``, ``["fact", ...]`` or ``["intent", ...]`` a
row, last ``["done"]``; or one ``["refused", reason, where]`` for an article that cannot be read,
``["crashed", what]`` for a fault of the reader. Small lines let the other side take a long reply without
holding its event loop.
"""

from __future__ import annotations

import base64
import json
import os
import sys
import traceback
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from knowledge.model import Frozen
from knowledge.notes import Notes
from knowledge.store import rows

if TYPE_CHECKING:
    from knowledge.reading.parser import Parser


class Request(Frozen):
    """A file to read: `name` with its ending, the key that the article is to have, the length in bytes."""

    name: str
    key: str
    notes: Notes
    size: int


def main() -> None:
    """Serve requests until the input ends."""
    replies = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # Whatever a library prints must not end up among the replies.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve(sys.stdin.buffer, replies)


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer each request in turn; the parser is loaded at the first."""
    parser: Parser | None = None
    while line := requests.readline():
        request = Request.model_validate_json(line)
        data = requests.read(request.size)
        try:
            if parser is None:
                from knowledge.reading.parser import Parser

                parser = Parser.load()
            for reply in reply_lines(request, data, parser):
                replies.write(reply)
        except Exception as error:
            traceback.print_exc()
            replies.write(_line("crashed", f"{type(error).__name__}: {error}"))
        replies.flush()


def reply_lines(request: Request, data: bytes, parser: Parser) -> Iterator[bytes]:
    """Yield the reply to one request."""
    from knowledge import asking, reading

    try:
        source = request.notes.over(reading.parse_source(data, request.name))
        found = reading.read(source, request.key, parser)
    except reading.ReadingError as error:
        yield _line("refused", f"{error.what} {error.what_to_do}".strip(), error.where)
        return
    intents = (
        rows.IntentRow(intent.fact, intent.role, intent.predicate, intent.answer_type)
        for intent in asking.intents(found)
    )
    prepared = rows.to_rows(found, intents)
    yield _line(
        "article", prepared.reader, prepared.title, prepared.source, prepared.url,
        prepared.published.isoformat() if prepared.published else None, prepared.words, prepared.text,
        prepared.terms, base64.b64encode(prepared.layout).decode(),
    )  # fmt: skip
    for entity in prepared.entities:
        yield _line("entity", *entity)
    for fact in prepared.facts:
        yield _line("fact", *fact)
    for row in prepared.intents:
        yield _line("intent", *row)
    yield _line("done")


def _line(*values: object) -> bytes:
    return json.dumps(values, separators=(",", ":")).encode() + b"\n"


if __name__ == "__main__":
    main()
