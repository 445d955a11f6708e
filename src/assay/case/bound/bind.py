"""Makes a case's bound variables, acts and clocks into ordinary ones, and notes every problem with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from assay.case.beside import OWN
from assay.case.bound.acts import acting, changed_otherwise
from assay.case.bound.clocks import acts_on, exits, made, running
from assay.case.bound.standing import BindError, Bound, bound, known_book
from assay.case.checks.context import Declared, Spot
from assay.case.model import Case
from assay.case.order import Block, Chance, Move
from assay.documents.locate import Locator, Path
from assay.errors import InputError, Problem, suggestion
from assay.law.book import Book
from assay.law.calendar import MOVES

LONGEST = 24
"""Periods of waiting that are taken for possible where a treaty's rules could not be asked."""
GIVEN = ("values", "start", "each_period")
"""What a treaty's rules say of a variable."""


def bind(case: Case, locator: Locator, problems: list[Problem]) -> tuple[Case, list[Path]]:
    """The case with everything bound made ordinary, and the paths of what is not the author's own, or not sound."""
    return _Binder(case, locator, problems).bind()


def _acts(case: Case) -> Iterator[Spot]:
    for spot in Declared(case).spots:
        if isinstance(spot.effect, Move) and spot.effect.model_fields_set & {"act", "of", "breaks"}:
            yield spot


class _Binder:
    """One case while it is being bound."""

    def __init__(self, case: Case, locator: Locator, problems: list[Problem]) -> None:
        self.case, self.made = case, case
        self.locator, self.problems = locator, problems
        self.aside: list[Path] = []
        self.bounds: dict[str, Bound] = {}
        self.unsure: dict[str, Book | None] = {}

    def bind(self) -> tuple[Case, list[Path]]:
        for name, variable in self.case.world.items():
            if variable.treaty is not None:
                self._variable(name)
            else:
                for key in [each.rstrip("_") for each in OWN if each in variable.model_fields_set]:
                    self._note(("world", name, key), f"`{key}` without `treaty`", "a treaty, as APMBC", key=True)
        before = len(self.problems)
        for spot in _acts(self.case):
            self._act(spot)
        for path, name in changed_otherwise(Declared(self.case).spots, {*self.bounds, *self.unsure}):
            found = f"{name!r}, which is bound to {self.case.world[name].treaty}, is set"
            self._note(path, found, f"a move with `act: ...` and `of: {name}`; its clock runs by itself", key=True)
        if len(self.problems) == before:
            self._clocks()
        else:
            self.aside += [(*path, "branches") for path, item in Declared(self.case).items if isinstance(item, Chance)]
        return self.made, self.aside

    # -- variables

    def _variable(self, name: str) -> None:
        variable, path = self.case.world[name], ("world", name)
        for key in GIVEN:
            if key in variable.model_fields_set:
                found = f"`{key}` of a variable bound to a treaty"
                self._note((*path, key), found, "leave it out: the treaty's rules say it", key=True)
        if variable.lives == "period":
            self._note((*path, "lives"), "a standing that lives for a period", "leave `lives` out", key=True)
        try:
            each = bound(self.case, name, variable)
        except BindError as error:
            self._note((*path, error.key), error.found, error.expected)
            self._unsure(name)
            return
        except InputError as error:
            self.problems += error.problems
            self._unsure(name)
            return
        self.bounds[name] = each
        for found in each.suspended:
            expected = "the treaty is taken to bind it all the same; a variable of your own, where it should not"
            self._note((*path, "for"), found, expected, severity="warning")
        self._put(path, variable.model_copy(update={"values": each.values, "start": each.start}))

    def _unsure(self, name: str) -> None:
        """A variable that cannot be bound: what else speaks of it is not held against the author."""
        waiting = range(1, LONGEST + 1)
        values = ("not_party", *(f"entering_{n}" for n in waiting), "party", *(f"leaving_{n}" for n in waiting), "left")
        self._put(("world", name), self.case.world[name].model_copy(update={"values": values, "start": "party"}))
        self.aside.append(("world", name))
        self.unsure[name] = known_book(self.case.world[name].treaty)

    # -- moves

    def _act(self, spot: Spot) -> None:
        move = spot.effect
        assert isinstance(move, Move)
        done = acting(spot, move, self.bounds, self.unsure, self._note)
        if done is not None:
            self._put(spot.path, done)

    def _of(self) -> Iterator[tuple[str, tuple[str, ...], Spot]]:
        """Acts that change standings, with their variables."""
        for spot in _acts(self.case):
            move = spot.effect
            if isinstance(move, Move) and move.act in MOVES and move.of is not None:
                yield move.act, (move.of,) if isinstance(move.of, str) else move.of, spot

    # -- clocks

    def _clocks(self) -> None:
        acts = acts_on((act, names) for act, names, _ in self._of())
        placed = dict(self._placed())
        for name, each in self.bounds.items():
            steps = running(each, acts.get(name, ()))
            self._alive(name, each, acts.get(name, set()))
            self._conflict(name, each, acts.get(name, set()))
            if name in placed:
                self._place(name, placed[name], each)
            elif steps:
                self._append(name, each)

    def _alive(self, name: str, each: Bound, acts: set[str]) -> None:
        """A treaty that binds nobody, and cannot come to, is none of the case's."""
        if each.start in each.binding or each.start.startswith("entering") or acts & {"accede", "ratify"}:
            return
        if each.start == "left":
            return
        day, moves = self.case.calendar.start.isoformat(), f"a move with `act: accede`, `of: {name}`"
        if set(each.apart) == set(each.states):
            found = f"{each.book.treaty}, which never bound {', '.join(each.states)} by {day}"
            self._note(("world", name, "treaty"), found, f"{moves}, or no such variable")
            return
        free, bound_by = ", ".join(each.apart), ", ".join(one for one in each.states if one not in each.apart)
        found = f"`all` of {', '.join(each.states)}, of whom {each.book.treaty} does not bind {free} on {day}"
        expected = f"`any`, or one whom it binds ({bound_by}); {moves}; or no such variable"
        self._note(("world", name, "binds"), found, expected)

    def _conflict(self, name: str, each: Bound, acts: set[str]) -> None:
        step = exits(each, acts)
        if step is not None and self.case.world[name].in_conflict is None:
            rule = f"Article {step.article} of {each.book.treaty} holds an exit up in an armed conflict"
            expected = "`in_conflict`: a condition, a share, or `no`"
            self._note(("world", name), f"{name!r} does not say when that is: {rule}", expected, key=True)

    def _placed(self) -> Iterator[tuple[str, tuple[Path, Chance]]]:
        seen: dict[str, Path] = {}
        for path, item in Declared(self.case).items:
            if not isinstance(item, Chance) or item.clock is None:
                continue
            at: Path = (*path, "clock")
            if item.branches or item.when is not None or item.only_if is not None:
                key = "branches" if item.branches else "when" if item.when is not None else "only_if"
                self._note((*path, key), f"`{key}` of a clock", "leave it out: the rules say when it runs", key=True)
            elif item.clock in self.unsure:
                pass
            elif item.clock not in self.bounds:
                expected = suggestion(item.clock, self.bounds) or "a variable with `treaty`"
                self._note(at, f"{item.clock!r} is not a variable bound to a treaty", expected)
            elif item.clock in seen:
                self._note(at, f"a second clock of {item.clock!r}", "one place where its waiting periods run")
            else:
                seen[item.clock] = path
                yield item.clock, (path, item)
            self.aside += [(*path, "branches"), (*path, "when")]

    def _place(self, name: str, placed: tuple[Path, Chance], each: Bound) -> None:
        path, item = placed
        steps = running(each, acts_on((act, names) for act, names, _ in self._of()).get(name, ()))
        if not steps:
            self._note((*path, "clock"), f"a clock of {name!r} that never runs", "an act that starts it, or no clock")
            return
        if len(steps) > 1 and len(path) > 2:
            found = f"a clock of {len(steps)} steps inside a block"
            self._note((*path, "clock"), found, "a place in `order` itself, which every period comes by")
            return
        rank = next(rank for rank, (at, _) in enumerate(Declared(self.case).items) if at == path)
        for act, names, spot in self._of():
            if name in names and spot.rank > rank:
                found = f"{act!r} after the clock of {name!r}, which would run a period late"
                self._note((*spot.path, "act"), found, f"the clock {item.chance!r} further down")
        self._put(path, made(self.case, each, self.case.world[name], steps, item.chance, item.means))

    def _append(self, name: str, each: Bound) -> None:
        """The clock of a case that does not place it: at the end of the period, behind everything."""
        steps = running(each, acts_on((act, names) for act, names, _ in self._of()).get(name, ()))
        item: Chance | Block = made(self.case, each, self.case.world[name], steps, f"{name}_clock", "")
        self.aside.append(("order", len(self.made.order)))
        self.made = self.made.model_copy(update={"order": (*self.made.order, item)})

    # -- helpers

    def _note(self, path: Path, found: str, expected: str, *, key: bool = False, severity: str = "error") -> None:
        problem = self.locator.problem(path, found, expected, key=key)
        self.problems.append(replace(problem, severity=severity))

    def _put(self, path: Path, new: Any) -> None:
        self.made = _put(self.made, path, new)


def _put(value: Any, path: Path, new: Any) -> Any:
    """A frozen value with something else at a path."""
    if not path:
        return new
    step, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {**value, step: _put(value[step], rest, new)}
    if isinstance(value, tuple):
        assert isinstance(step, int)
        return (*value[:step], _put(value[step], rest, new), *value[step + 1 :])
    return value.model_copy(update={str(step): _put(getattr(value, str(step)), rest, new)})
