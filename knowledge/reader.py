"""The other end of the reading process: started when needed, timed, recycled, replaced when it dies."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import datetime as dt
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from knowledge.errors import BadArticle, ReadingFailed
from knowledge.notes import Notes
from knowledge.store.rows import EntityRow, FactRow, IntentRow, PreparedArticle

log = logging.getLogger(__name__)

NO_NOTES = Notes()
#: Articles after which the process is replaced, so that memory lost in libraries comes back.
ARTICLES_A_PROCESS = 500
#: Seconds without work after which the process ends: the loaded parser holds some hundred megabytes.
IDLE_SECONDS = 60.0
#: The longest line of a reply, in bytes: an article's text of the largest size allowed, escaped.
LINE_LIMIT = 1 << 28
#: Rows taken from a reply between two turns of the event loop.
ROWS_A_TURN = 64


class Reader:
    """Reads one article at a time in a process of its own."""

    def __init__(self, timeout: float) -> None:
        """Prepare; nothing is started. `timeout` is the longest time for one article, in seconds."""
        self._timeout = timeout
        self._process: asyncio.subprocess.Process | None = None
        self._left = 0
        self._lock = asyncio.Lock()
        self._idle: asyncio.TimerHandle | None = None

    async def read(self, data: bytes, *, name: str, key: str, notes: Notes = NO_NOTES) -> PreparedArticle:
        """Read a file's bytes; the ending of its name tells the format.

        Raises BadArticle for what cannot be an article, ReadingFailed where the process crashes or takes too
        long.
        """
        async with self._lock:
            if self._idle:
                self._idle.cancel()
            try:
                async with asyncio.timeout(self._timeout):
                    return await self._exchange(data, name=name, key=key, notes=notes)
            except TimeoutError as error:
                await self._kill()
                raise ReadingFailed(
                    f"{name}: reading took longer than {self._timeout:.0f} seconds and was given up."
                ) from error
            except (BrokenPipeError, ConnectionResetError, asyncio.IncompleteReadError) as error:
                status = await self._kill()
                raise ReadingFailed(f"{name}: the reading process died (status {status}).") from error
            except (BadArticle, ReadingFailed):
                raise
            except BaseException:
                # The reply is half taken; the next article needs a fresh process.
                await self._kill()
                raise
            finally:
                self._idle = asyncio.get_running_loop().call_later(IDLE_SECONDS, self._retire)

    async def close(self) -> None:
        """End the process; a later `read` starts a new one."""
        async with self._lock:
            if self._idle:
                self._idle.cancel()
            await self._kill()

    async def _exchange(self, data: bytes, *, name: str, key: str, notes: Notes) -> PreparedArticle:
        process = await self._running()
        assert process.stdin is not None and process.stdout is not None
        request = {"name": name, "key": key, "notes": notes.model_dump(mode="json"), "size": len(data)}
        process.stdin.write(json.dumps(request).encode() + b"\n" + data)
        await process.stdin.drain()
        self._left -= 1
        head: list[Any] = []
        entities: list[EntityRow] = []
        facts: list[FactRow] = []
        intents: list[IntentRow] = []
        taken = 0
        while True:
            line = await process.stdout.readuntil(b"\n")
            what, *values = json.loads(line)
            match what:
                case "fact":
                    facts.append(FactRow(*values))
                case "entity":
                    entities.append(EntityRow(*values))
                case "intent":
                    intents.append(IntentRow(*values))
                case "article":
                    head = values
                case "done":
                    break
                case "refused":
                    raise _refusal(name, *values)
                case _:
                    raise ReadingFailed(
                        f"{name}: the reader failed ({values[0]}). The article was left as it was."
                    )
            taken += 1
            if taken % ROWS_A_TURN == 0:
                await asyncio.sleep(0)
        reader, title, source, url, published, words, text, terms, layout = head
        return PreparedArticle(
            reader=reader,
            title=title,
            source=source,
            url=url,
            published=dt.date.fromisoformat(published) if published else None,
            words=words,
            text=text,
            terms=terms,
            layout=base64.b64decode(layout),
            entities=tuple(entities),
            facts=tuple(facts),
            intents=tuple(intents),
        )

    async def _running(self) -> asyncio.subprocess.Process:
        if self._process is not None and (self._process.returncode is not None or self._left <= 0):
            await self._kill()
        if self._process is None:
            above = str(Path(__file__).resolve().parent.parent)
            paths = [above, *filter(None, [os.environ.get("PYTHONPATH")])]
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "knowledge.worker",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=None if log.isEnabledFor(logging.DEBUG) else asyncio.subprocess.DEVNULL,
                limit=LINE_LIMIT,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
                # Ctrl-C in a terminal is for the program that asked; the end of input tells this one.
                start_new_session=True,
            )
            self._left = ARTICLES_A_PROCESS
            log.debug("reading process %s started", self._process.pid)
        return self._process

    def _retire(self) -> None:
        if self._process is not None and not self._lock.locked() and self._process.stdin is not None:
            # It ends by itself once its input does.
            self._process.stdin.close()
            self._left = 0

    async def _kill(self) -> int | None:
        process, self._process = self._process, None
        if process is None:
            return None
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        status = await process.wait()
        if process.stdin is not None:
            process.stdin.close()
        return status


def _refusal(name: str, reason: str, where: str) -> BadArticle:
    """Return the error for a refused article; `where` may end in "line 3"."""
    _, _, line = where.partition(", line ")
    return BadArticle(reason, file=name, line=int(line) if line.isdigit() else 0)
