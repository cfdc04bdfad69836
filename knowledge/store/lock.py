"""The lock that keeps a second bot off the same data; the system lets go of it however the holder ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from knowledge.errors import AlreadyRunning, StoreFailed

FILE_NAME = "bot.lock"


class BotLock:
    """The held lock on a data directory."""

    def __init__(self, data_dir: Path) -> None:
        """Take the lock. Raises AlreadyRunning with the holder's pid, StoreFailed where it cannot be made."""
        path = data_dir / FILE_NAME
        try:
            self._file = open(path, "a+", encoding="ascii")  # noqa: SIM115 -- held for the life of the bot
        except OSError as error:
            raise StoreFailed(f"{path} cannot be written ({error.strerror}).") from error
        if not _try_lock(self._file.fileno()):
            self._file.seek(0)
            words = self._file.read(32).split()
            self._file.close()
            pid = int(words[0]) if words and words[0].isdigit() else 0
            holder = f"process {pid}" if pid else "another process"
            raise AlreadyRunning(
                f"A bot is already running on {data_dir} ({holder}). Stop it, or set DATELINE_DATA_DIR.",
                pid=pid,
            )
        self._file.seek(0)
        self._file.truncate()
        self._file.write(f"{os.getpid()}\n")
        self._file.flush()

    def release(self) -> None:
        """Let go; may be called twice."""
        if not self._file.closed:
            self._file.truncate(0)
            self._file.close()


if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> bool:
        try:
            # Far behind the pid: Windows keeps others from reading what is locked.
            os.lseek(descriptor, 1 << 20, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
