"""Collects what is wrong with what is asked, and raises it all at once with its places."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType

from assay.errors import InputError, Problem


class Problems:
    """`with Problems("case") as problems:` and inside it `with problems.at("claims[2].holds_if"):`.

    What is inside the second may raise a ValueError whose text reads `what was found; what to try`.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def __enter__(self) -> Problems:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.found and kind is None:
            raise InputError(self.found)

    @contextmanager
    def at(self, path: str) -> Iterator[None]:
        """Notes a ValueError with the path it stands at, and goes on."""
        try:
            yield
        except ValueError as error:
            found, _, expected = str(error).partition("; ")
            self.found.append(Problem(self.file, None, None, path, found, expected or "something that can be asked"))
