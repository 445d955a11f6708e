"""Progress on standard error: what is being done and how far it is."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn


class Terminal:
    """A bar on a terminal, plain lines elsewhere. Nothing goes to standard output."""

    def __init__(self, *, quiet: bool = False) -> None:
        console = Console(stderr=True)
        self._lines = not console.is_terminal
        self._quiet = quiet
        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            console=console,
            transient=True,
            disable=self._lines,
        )
        self._task: TaskID | None = None
        self._total = 0
        self._done = 0
        self._told = 0

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def say(self, text: str) -> None:
        """Announce what comes next."""
        if self._lines:
            if not self._quiet:
                print(text, file=sys.stderr, flush=True)
        else:
            self._bar.console.print(text)

    def start(self, text: str, total: int) -> None:
        """Begin a piece of work of `total` units."""
        self._total, self._done, self._told = total, 0, 0
        if self._task is not None:
            self._bar.remove_task(self._task)
        self._task = self._bar.add_task(text, total=total)
        if self._lines:
            self.say(text)

    def advance(self, units: int) -> None:
        """Some units are done."""
        self._done += units
        if self._task is not None:
            self._bar.advance(self._task, units)
        quarter = 4 * self._done // max(self._total, 1)
        if self._lines and quarter > self._told:
            self._told = quarter
            self.say(f"  {self._done} of {self._total}")
