"""The rows of a game's table: one for each number that differs, shared by everything that needs it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any, Protocol

from assay.formula.ast import Formula, Node
from assay.game.game import Row
from assay.game.known import Language, Leaves
from assay.game.skeleton import Branch, Use

TRUTH = -1
"""The viewer of a row that is read in truth."""
ZERO, ONE = 0, 1
"""Rows of the constants."""


class GivesRows(Protocol):
    """Gives out rows of the table."""

    @property
    def informed(self) -> tuple[int, ...]:
        """Players with private types, in order."""

    def strides(self, use: Use | None) -> tuple[int, ...]:
        """What one type more of each informed actor adds to the row of a use; 0 where it does not depend on it."""

    def row(self, use: Use | None, viewer: int = TRUTH) -> int:
        """The row of a use as `viewer` sees it; the constant one for None."""

    def branch_rows(self, branches: Sequence[Branch]) -> list[list[int]]:
        """For each branch of a joint move the row of its probability: in truth, then as each player sees it."""


@dataclass(slots=True)
class Entry:
    """A row, or as many as there are periods from `row` on."""

    row: int
    meaning: Row
    key: tuple[Any, ...] = ()
    constant: bool = False


@dataclass
class RowBook:
    """Gives out rows. `perceived` lists, by player, the names that the player perceives otherwise than they are."""

    language: Language
    perceived: Mapping[int, frozenset[str]]
    players: int
    periods: int
    """Periods with the buffer: rows of a formula that depends on the period."""
    step_years: float
    informed: tuple[int, ...] = ()
    """Players with private types, in order, as those of the language."""
    entries: list[Entry] = field(default_factory=list)
    size: int = 2
    chances: dict[int, str] = field(default_factory=dict)
    """Rows that are probabilities, with their place in the case."""
    sums: dict[tuple[int, ...], str] = field(default_factory=dict)
    """Rows of branches without a `rest`, which must sum to one, with their place in the case."""
    _timed: set[int] = field(default_factory=set)
    _by_key: dict[tuple[Any, ...], Entry] = field(default_factory=dict)
    _by_use: dict[tuple[int, int], int] = field(default_factory=dict)
    _by_branches: dict[tuple[int, ...], list[list[int]]] = field(default_factory=dict)
    _numbers: dict[Node, int] = field(default_factory=dict)
    _number_of: dict[int, int] = field(default_factory=dict)

    def row(self, use: Use | None, viewer: int = TRUTH) -> int:
        """The row of a use as `viewer` sees it; the constant one for None."""
        if use is None:
            return ONE
        mark = id(use), viewer
        known = self._by_use.get(mark)
        if known is None:
            known = self._by_use[mark] = self._new(use, viewer)
        return known

    def strides(self, use: Use | None) -> tuple[int, ...]:
        """What one type more of each informed actor adds to the row of a use; 0 where it does not depend on it."""
        found = [0] * len(self.informed)
        if use is not None and self.informed:
            step = self.periods if self.language.reading(use.formula).leaves.timed else 1
            for each in sorted(self.language.live_types(use.formula, use.world), reverse=True):
                found[each] = step
                step *= len(self.language.types[each])
        return tuple(found)

    def branch_rows(self, branches: Sequence[Branch]) -> list[list[int]]:
        """For each branch of a joint move the row of its probability: in truth, then as each player sees it."""
        mark = tuple([id(branch.probability) for branch in branches])
        known = self._by_branches.get(mark)
        if known is None:
            views = [self._view(branches, viewer) for viewer in range(TRUTH, self.players)]
            known = self._by_branches[mark] = [list(rows) for rows in zip(*views, strict=True)]
            self._note(branches, views)
        return known

    def viewer(self, leaves: Leaves, viewer: int) -> int:
        """The viewer, or the truth where nothing that the formula depends on is perceived by the viewer."""
        return viewer if viewer != TRUTH and leaves.names & self.perceived.get(viewer, frozenset()) else TRUTH

    def number(self, formula: Formula) -> int:
        """A number for a formula; formulas that say the same have the same."""
        known = self._number_of.get(id(formula))
        if known is None:
            known = self._number_of[id(formula)] = self._numbers.setdefault(formula.node, len(self._numbers))
        return known

    def _note(self, branches: Sequence[Branch], views: list[list[int]]) -> None:
        """Keeps what must be a probability, and what must sum to one."""
        uses = [branch.probability for branch in branches if isinstance(branch.probability, Use)]
        for rows in views:
            for row, branch in zip(rows, branches, strict=True):
                if row not in (ZERO, ONE):
                    use = branch.probability if isinstance(branch.probability, Use) else uses[0]
                    self.chances.setdefault(row, use.place)
            if uses and not any(branch.probability == "rest" for branch in branches):
                self.sums.setdefault(tuple(rows), uses[0].place)

    def _new(self, use: Use, viewer: int) -> int:
        reading = self.language.reading(use.formula)
        value = reading.value(use.world)
        if value is not None:
            return self._constant(use, -math.expm1(-value * self.step_years) if use.gate else float(value))
        seen_by = self.viewer(reading.leaves, viewer)
        key = (self.number(use.formula), reading.key(use.world), seen_by, use.gate)
        if reading.leaves.types:
            return self._by_types(key, use, Row(use, seen_by, reading.leaves.timed))
        return self._entry(key, Row(use, seen_by, reading.leaves.timed))

    def _by_types(self, key: tuple[Any, ...], use: Use, meaning: Row) -> int:
        """Rows for every combination of the types that matter in the use's world, in a block; the first of them."""
        live = self.language.live_types(use.formula, use.world)
        choices = [range(len(names) if at in live else 1) for at, names in enumerate(self.language.types)]
        first = -1
        for types in product(*choices):
            own = Use(use.formula, (*use.world, *types), use.place)
            row = self._entry((*key, types), Row(own, meaning.viewer, meaning.timed))
            first = row if first < 0 else first
        return first

    def _constant(self, use: Use, value: float) -> int:
        if value in (ZERO, ONE):
            return int(value)
        return self._entry(("constant", value), Row(use, TRUTH), constant=True)

    def _view(self, branches: Sequence[Branch], viewer: int) -> list[int]:
        rows = [ZERO if branch.probability == "rest" else self._certain_or(branch, viewer) for branch in branches]
        for place, branch in enumerate(branches):
            if branch.probability == "rest":
                others = sorted(row for at, row in enumerate(rows) if at != place)
                rows[place] = self._rest(branches, others, viewer)
        return rows

    def _certain_or(self, branch: Branch, viewer: int) -> int:
        assert branch.probability != "rest"
        return self.row(branch.probability, viewer)

    def _rest(self, branches: Sequence[Branch], others: list[int], viewer: int) -> int:
        """The row of what others leave. The truth comes first: a viewer has a row of its own where it differs."""
        use = next(branch.probability for branch in branches if isinstance(branch.probability, Use))
        timed = any(row in self._timed for row in others)
        return self._entry(("rest", *others), Row(use, viewer, timed, tuple(others)))

    def _entry(self, key: tuple[Any, ...], meaning: Row, constant: bool = False) -> int:
        known = self._by_key.get(key)
        if known is None:
            known = self._by_key[key] = Entry(self.size, meaning, key, constant)
            self.entries.append(known)
            if meaning.timed:
                self._timed.add(self.size)
            self.size += self.periods if meaning.timed else 1
        return known.row
