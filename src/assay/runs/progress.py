"""Who is told how far a run is."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Something that can show progress: a terminal, a notebook, nothing."""

    def say(self, text: str) -> None:
        """Announce what comes next."""

    def start(self, text: str, total: int) -> None:
        """Begin a piece of work of `total` units."""

    def advance(self, units: int) -> None:
        """Some units are done."""


class Silent:
    """Tells nobody."""

    def say(self, text: str) -> None:
        """Nothing."""

    def start(self, text: str, total: int) -> None:
        """Nothing."""

    def advance(self, units: int) -> None:
        """Nothing."""
