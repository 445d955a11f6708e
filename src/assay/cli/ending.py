"""How a command ends before it is done: by an interrupt, or because nobody reads its output any more (`| head`)."""

from __future__ import annotations

import os
import sys
from typing import TextIO

INTERRUPTED = 3
"""Exit code where a command did not come to its end, though its input is not wrong."""


def interrupted() -> int:
    """Says so. The exit code."""
    print("interrupted; the same command goes on from the last finished block", file=sys.stderr)
    return INTERRUPTED


class Output:
    """Standard output as it was when the command began."""

    def __init__(self) -> None:
        self.stream: TextIO | None = sys.stdout
        self.target = self._target()

    def unread(self) -> bool:
        """Whether whoever read it has gone; then the rest of it goes nowhere, without a word.

        Typer puts another stream in its place when it notices, and Rich leads it to nowhere: both then end with the
        code of wrong input.
        """
        if self.stream is None:
            return False
        try:
            self.stream.flush()
            return sys.stdout is not self.stream or self._target() != self.target
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.stream.fileno())
            return True

    def _target(self) -> tuple[int, int] | None:
        """Where it leads: the file or pipe behind it; None where it is none, as in a test."""
        try:
            found = os.fstat(self.stream.fileno()) if self.stream is not None else None
        except (OSError, ValueError):
            found = None
        return None if found is None else (found.st_dev, found.st_ino)
