"""A progress bar on standard error: only on a terminal, only for work of more than a second."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Self

from knowledge.records import Step

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Seconds of work before the bar appears.
PATIENCE = 1.0


class Bar:
    """Call it with steps; it takes itself away at the end."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._started = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, step: Step) -> None:
        """Show how far the work has come."""
        if not sys.stderr.isatty() or step.total == 0:
            return
        if self._bar is None:
            if not self._due(step):
                return
            self._start()
        assert self._bar is not None and self._task is not None
        self._bar.update(self._task, total=step.total, completed=step.done, what=step.what)

    def _due(self, step: Step) -> bool:
        # Reading starts with loading the parser, which takes a second by itself.
        return step.done < step.total and (step.done == 0 or time.monotonic() - self._started > PATIENCE)

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        self._bar = Progress(
            TextColumn(self._label),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[what]}", style="dim"),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(self._label, total=None, what="")
        self._bar.start()
