"""Log lines for people or programs, without secrets in either."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import sys

_SECRET_PATHS = re.compile(r"((?:interactions|webhooks)/\d+/)[\w.-]+")
HIDDEN = "[hidden]"


class Redacting(logging.Formatter):
    """Formats records as text and hides the bot's token and the tokens of interactions and webhooks."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s: %(message)s")
        self._secrets = tuple(s for s in secrets if s)

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, traceback included, without secrets."""
        return self.hide(super().format(record))

    def hide(self, text: str) -> str:
        """Replace what must not be seen."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        return _SECRET_PATHS.sub(rf"\1{HIDDEN}", text)


class JsonLines(Redacting):
    """Formats each record as one JSON object: time, level, logger, message, and error where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a line of JSON."""
        line = {
            "time": dt.datetime.fromtimestamp(record.created, dt.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self.hide(record.getMessage()),
        }
        if record.exc_info:
            line["error"] = self.hide(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False)


def set_up(level: str, form: str, secrets: tuple[str, ...] = ()) -> None:
    """Send the log to standard error.

    discord.py's own debug lines hold what people write, and are never shown.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((JsonLines if form == "json" else Redacting)(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in ("discord", "aiosqlite", "asyncio", "aiohttp"):
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
