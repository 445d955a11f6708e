"""Finds every point of a case's game: every stage in every world that can be reached.

Breadth first from the start world, over the closes of a period into the next one, until nothing new is found. A point
is a (stage, world) pair: histories that meet there are merged. Points are counted on the way, and a game that grows too
large is given up before anything is made of it. Pure Python.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assay.case.model import Case
from assay.case.order import Block
from assay.case.payoffs import Regime
from assay.game.items import formulas_of
from assay.game.known import Language, key_of
from assay.game.pattern import Pattern, PatternBranch
from assay.game.patterns import Patterns
from assay.game.rules import alternatives_of, regime_of, rules_of
from assay.game.skeleton import World
from assay.game.steps import CLOSE, Step, steps_of
from assay.game.trouble import Trouble

MOST_POINTS = 200_000
"""Most points of a period; a game with more is refused."""
MOST_BRANCHES = 2_000_000
"""Most branches of a period; a game with more is refused."""

Key: TypeAlias = tuple[int, World]
"""A point while unfolding: a step, `CLOSE`, or `-2 - i` for ending i; and the world."""


@dataclass(slots=True)
class Entry:
    """A point on the way: its pattern and the targets of its branches (for a close: the next period's start)."""

    pattern: Pattern | None
    targets: list[Key]
    came: tuple[Key, int] | None
    """The point from which it was found first, and through which of its branches."""


class Search:
    """One search through a case's worlds. After `run`, `entries` are its points and `troubles` what is wrong."""

    def __init__(
        self, case: Case, regime: str | Regime | None = None, alternatives: Mapping[str, str] | None = None
    ) -> None:
        self.case = case
        self.regime = regime_of(case, regime)
        self.language = Language(case, alternatives_of(case, alternatives))
        self.steps = steps_of(case)
        self.patterns = Patterns(case, self.language, self.steps, rules_of(case, self.regime))
        self.endings = tuple(case.endings)
        self.entries: dict[Key, Entry] = {}
        self.branches = 0
        self.start: Key | None = None
        self._memo: dict[tuple[int, Any], Pattern] = {}
        self._class_of = [self._classes(step) for step in self.steps.steps]
        self._land_memo = [self._condition(step) for step in self.steps.steps]
        self.clock = self._clock_map()

    @property
    def met(self) -> set[str]:
        """Paths of everything that some reachable world meets."""
        return self.patterns.met

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong, in the order in which it was found."""
        return tuple(self.patterns.troubles.values())

    def run(self) -> None:
        """Finds all points. Stops early where the game is too large, which is then among the troubles."""
        world = tuple(
            self.language.value_index[place].get(variable.start or "", 0)
            for place, variable in enumerate(self.case.world.values())
        )
        self.start = self._land(self.steps.first, world)
        self.entries[self.start] = Entry(None, [], None)
        waiting = deque([self.start])
        while waiting:
            key = waiting.popleft()
            entry = self.entries[key]
            self._expand(key, entry)
            self.branches += len(entry.targets)
            for place, target in enumerate(entry.targets):
                if key[0] >= target[0] >= 0:
                    self._back(key, target)
                if target not in self.entries:
                    self.entries[target] = Entry(None, [], (key, place))
                    waiting.append(target)
            if len(self.entries) > MOST_POINTS or self.branches > MOST_BRANCHES:
                self._too_large()
                return
        self._check_mandates()

    def _expand(self, key: Key, entry: Entry) -> None:
        at, world = key
        if at == CLOSE:
            entry.targets = [self._land(self.steps.first, self.clock(world))]
        elif at >= 0:
            pattern = entry.pattern = self._pattern(at, world)
            entry.targets = [self._target(branch, world) for joint in pattern.joints for branch in joint.branches]
        else:
            self.patterns.met.add(f"endings.{self.endings[-2 - at]}")

    def _target(self, branch: PatternBranch, world: World) -> Key:
        if branch.sets:
            changed = list(world)
            for variable, value in branch.sets:
                changed[variable] = value
            world = tuple(changed)
        if branch.ending is not None:
            return -2 - self.endings.index(branch.ending), world
        return self._land(branch.step, world)

    def _land(self, at: int, world: World) -> Key:
        """The first step from `at` on that takes place in `world`: gates that are open for certain lead in."""
        while at != CLOSE:
            answer = self._land_memo[at](world)
            if answer is None:
                return at, world
            at = answer
        return CLOSE, world

    def _condition(self, step: Step) -> Callable[[World], int | None]:
        """Where a step leads without being a point, or None where it is one; remembered by what it depends on."""
        formulas = [each for each in (step.when, step.only_if, step.gate) if each is not None]
        if not formulas and step.kind != "gate":
            return lambda _: None
        key = key_of(self.language.depends_on(formulas))
        memo: dict[Any, int | None] = {}

        def answer(world: World) -> int | None:
            mark = key(world)
            if mark not in memo:
                memo[mark] = self._passes(step, world)
            return memo[mark]

        return answer

    def _passes(self, step: Step, world: World) -> int | None:
        patterns = self.patterns
        exists = patterns.true_in(step.only_if, world, f"{step.path}.only_if")
        if not exists or not patterns.true_in(step.when, world, f"{step.path}.when"):
            return step.after
        if step.kind != "gate":
            return None
        value = 1.0 if step.gate is None else patterns.reading(step.gate).value(world)
        if value == 0:
            return step.after
        if value == 1 and not step.rate:
            patterns.met.add(step.path)
            return step.inside
        return None

    def _classes(self, step: Step) -> Callable[[World], Any]:
        if step.kind == "gate":
            formulas = [step.gate] if step.gate is not None else []
        else:
            assert not isinstance(step.item, Block)
            formulas = list(formulas_of(step.item))
        return key_of(self.language.depends_on(formulas))

    def _pattern(self, at: int, world: World) -> Pattern:
        mark = at, self._class_of[at](world)
        known = self._memo.get(mark)
        if known is None:
            step = self.steps.steps[at]
            make = {"gate": self.patterns.gate, "chance": self.patterns.chance, "choice": self.patterns.choice}
            known = self._memo[mark] = make[step.kind](step, world)
        return known

    def _clock_map(self) -> Callable[[World], World]:
        """What a period's end makes of a world: `each_period` of each variable, scratch variables back to the start."""
        maps: list[list[int]] = []
        for place, variable in enumerate(self.case.world.values()):
            index = self.language.value_index[place]
            names = self.language.values[place]
            if variable.lives == "period":
                maps.append([index.get(variable.start or "", 0)] * len(names))
            else:
                maps.append([index[variable.each_period.get(name, name)] for name in names])
        return lambda world: tuple(after[value] for after, value in zip(maps, world, strict=True))

    def _back(self, key: Key, target: Key) -> None:
        here, there = self.steps.steps[key[0]], self.steps.steps[target[0]]
        self.patterns.trouble(
            here.path,
            f"`go` leads back, from {here.name!r} to {there.name!r}",
            "a stage, chance or block further down: a period that goes back might never end",
        )

    def _too_large(self) -> None:
        variables = sorted(zip(self.language.variables, self.language.values, strict=True), key=lambda v: -len(v[1]))
        product = math.prod(len(names) for _, names in variables)
        largest = ", ".join(f"{name} ({len(names)})" for name, names in variables[:3])
        self.patterns.trouble(
            "world",
            f"the game is too large: over {len(self.entries) - 1:,} points and {self.branches:,} branches in a period, "
            f"from {product:,} combinations of values and {len(self.steps.steps)} steps",
            f"at most {MOST_POINTS:,} points and {MOST_BRANCHES:,} branches: drop values or whole variables, "
            f"the largest first: {largest}",
        )

    def _check_mandates(self) -> None:
        """A mandate of moves that are never legal is trouble, unless the stage does not exist or is never met."""
        legal = set(self._legal_moves())
        for place, moves in self.regime.mandate.items():
            met = any(place == stage for stage, _ in legal)
            if met and not any((place, move) in legal for move in moves):
                self.patterns.trouble(
                    f"{self.patterns.rules.path}.mandate.{place}",
                    f"none of {', '.join(moves)} is ever legal at {place}",
                    "at least one move that is legal in some world that can be reached",
                )

    def _legal_moves(self) -> Iterator[tuple[str, str]]:
        players = tuple(self.case.actors)
        for (at, _), pattern in self._memo.items():
            for mover, options in zip(pattern.movers, pattern.options, strict=True):
                for option in options:
                    yield f"{players[mover]}.{self.steps.steps[at].name}", option.move

    def move_in_words(self, key: Key, branch: int) -> str:
        """A branch of a point, by its number over all joint moves, as text: `build at fencing`."""
        entry, step = self.entries[key], self.steps.steps[key[0]]
        assert entry.pattern is not None
        ways = [(joint, each) for joint in entry.pattern.joints for each in joint.branches]
        joint, way = ways[branch]
        moves = [options[at].move for options, at in zip(entry.pattern.options, joint.options, strict=True)]
        return f"{' and '.join(moves) or way.label} at {step.name!r}" + (
            f" ({way.label})" if moves and way.label else ""
        )
