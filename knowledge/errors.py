"""What can go wrong, in words for the person who sees it: ``str(error)`` is the message to show."""

from __future__ import annotations


class KnowledgeError(Exception):
    """Base of every error whose text is written for people."""


class InputError(KnowledgeError):
    """What was asked for cannot be done as asked; nothing was changed."""


class BadQuestion(InputError):
    """The question is empty or too long."""


class BadArticle(InputError):
    """A file or text cannot be an article here.

    `file` is the name of the file, `line` counts from 1 (0 where no line is to blame), `key` names the entry.
    """

    def __init__(self, reason: str, *, file: str = "", line: int = 0, key: str = "") -> None:
        self.reason, self.file, self.line, self.key = reason, file, line, key
        where = f"{file}, line {line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{key + ': ' if key else ''}{reason}")


class UnknownArticle(InputError):
    """No article of that key can be seen from there."""


class DuplicateArticle(InputError):
    """The same text is already known; `key` is the article that holds it."""

    def __init__(self, message: str, *, key: str) -> None:
        self.key = key
        super().__init__(message)


class LimitReached(InputError):
    """A limit of the installation stands in the way."""


class BadSettings(InputError):
    """The settings cannot be used; the text lists every fault, one a line."""


class Failure(KnowledgeError):
    """Something outside the request failed; nothing was changed."""


class ReadingFailed(Failure):
    """The reader crashed or took too long on one article."""


class StoreFailed(Failure):
    """The database cannot be used: locked, damaged, read-only, too new, or the disk is full."""


class AlreadyRunning(Failure):
    """Another bot works on the same database; `pid` is its process, 0 where that is unknown."""

    def __init__(self, message: str, *, pid: int = 0) -> None:
        self.pid = pid
        super().__init__(message)
