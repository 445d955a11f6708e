"""Rows for games made by hand, found by value; stands in for the rows of a case's formulas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from assay.formula.ast import Formula, Name, Number
from assay.game.game import Floats
from assay.game.rows import ONE, TRUTH, ZERO
from assay.game.skeleton import Branch, Use
from assay.game.small_types import Typed, TypedAmount

Key: TypeAlias = tuple[tuple[int, ...], bytes]


class Book:
    """Gives out rows for numbers, by value."""

    def __init__(self, typed: Typed) -> None:
        self.players = len(typed.players)
        self.typed = typed
        self.informed = tuple(each.player for each in typed.informed)
        self.values: list[Floats] = []
        self.uses: list[Use] = []
        self.draws = 1
        self._known: dict[Key, int] = {}
        self._seen: dict[tuple[int, int], Use] = {}
        self._steps: dict[int, tuple[Use, tuple[int, ...]]] = {}

    def use(self, amount: TypedAmount, place: str) -> Use:
        """A number as a use; its row, the first of as many as there are types that it differs by, is found by value."""
        (columns,), steps = self.typed.spread(amount)
        if len(columns) == 1 and columns[0].size == 1 and columns[0][0] in (ZERO, ONE):
            return self._at(int(columns[0][0]), steps, place)
        key = steps, b"|".join(column.tobytes() for column in columns)
        if key not in self._known:
            self._known[key] = 2 + len(self.values)
            for column in columns:
                self.values.append(column)
                self.uses.append(_as_use(column, place))
                self.draws = max(self.draws, column.size)
        return self._at(self._known[key], steps, place)

    def see(self, use: Use, viewer: int, seen: Use) -> None:
        """Takes note that `viewer` sees another number."""
        self._seen[id(use), viewer] = seen

    def row(self, use: Use | None, viewer: int = TRUTH) -> int:
        """The row of a use as `viewer` sees it."""
        if use is None:
            return ONE
        node = self._seen.get((id(use), viewer), use).formula.node
        assert isinstance(node, Number)
        return int(node.value)

    def strides(self, use: Use | None) -> tuple[int, ...]:
        """What one type more of each informed actor adds to the row of a use."""
        return (0,) * len(self.informed) if use is None else self._steps[id(use)][1]

    def branch_rows(self, branches: Sequence[Branch]) -> list[list[int]]:
        """For each branch its row in truth, then as each player sees it."""
        uses = [branch.probability for branch in branches]
        assert "rest" not in uses
        return [[self.row(use, viewer) for viewer in range(TRUTH, self.players)] for use in uses if use != "rest"]

    def _at(self, row: int, steps: tuple[int, ...], place: str) -> Use:
        use = Use(Formula(f"row {row}", Number(float(row))), (), place)
        self._steps[id(use)] = use, steps  # the use is kept, so its id stays its own
        return use


def _as_use(column: Floats, place: str) -> Use:
    if column.size == 1:
        return Use(Formula(repr(float(column[0])), Number(float(column[0]))), (), place)
    return Use(Formula("given", Name("given")), (), place)
