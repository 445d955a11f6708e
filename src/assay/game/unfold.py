"""From a case to the points of its game: every stage in every world that can be reached, and where joint moves lead.

From the start world, over the closes of a period into the next one, until nothing new is found. A point is a (stage,
world) pair: histories that meet there are merged. The number of points is counted while unfolding and a game that
grows too large is refused before arrays are made of it. Pure Python.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assay.case.model import Case
from assay.case.payoffs import Regime
from assay.formula.ast import Formula
from assay.game.known import Language, key_of
from assay.game.paths import all_paths, outermost
from assay.game.patterns import Pattern, PatternBranch, PatternJoint, Patterns, formulas_of
from assay.game.rules import alternatives_of, regime_of, rules_of
from assay.game.skeleton import Branch, JointMove, Pay, Point, Skeleton, World
from assay.game.steps import CLOSE, Step, steps_of
from assay.game.trouble import StructureError, Trouble

MOST_POINTS = 200_000
"""Most points of a period; a game with more is refused."""
MOST_BRANCHES = 2_000_000
"""Most branches of a period; a game with more is refused."""

Key: TypeAlias = tuple[int, World]
"""A point while unfolding: a step, `CLOSE`, or `-2 - i` for ending i; and the world."""


@dataclass(slots=True)
class _Entry:
    """A point on the way: its pattern and the targets of its branches (for a close: the next period's start)."""

    pattern: Pattern | None
    targets: list[Key]
    came: tuple[Key, int] | None
    """The point from which it was found first, and through which of its branches."""


def unfold(case: Case, regime: str | Regime | None = None, alternatives: Mapping[str, str] | None = None) -> Skeleton:
    """The skeleton of a case's period under a regime's bans and mandates and the given structural alternatives.

    Structural alternatives that are not given are the first ones. Formulas of the result stand for whole classes
    of worlds: `Use.world` is a world that agrees with the point's in every variable that the formula depends on.

    Raises `StructureError` with every problem found: a stage where nobody can move, a condition that takes a draw to
    tell, a circle of `go`, a mandate that is never possible, a game that is too large.
    """
    return Unfolding(case, regime, alternatives).skeleton()


class Unfolding:
    """One unfolding of a case. `run` finds the points; `skeleton` makes the result of them."""

    def __init__(
        self, case: Case, regime: str | Regime | None = None, alternatives: Mapping[str, str] | None = None
    ) -> None:
        self.case = case
        self.regime = regime_of(case, regime)
        self.language = Language(case, alternatives_of(case, alternatives))
        self.steps = steps_of(case)
        self.patterns = Patterns(case, self.language, self.steps, rules_of(self.regime))
        self.endings = tuple(case.endings)
        self.entries: dict[Key, _Entry] = {}
        self.branches = 0
        self._start: Key | None = None
        self._memo: dict[tuple[int, Any], Pattern] = {}
        self._class_of = [self._classes(step) for step in self.steps.steps]
        self._land_memo = [self._condition(step) for step in self.steps.steps]
        self._clock = self._clock_map()

    @property
    def met(self) -> set[str]:
        """Paths of everything that some reachable world meets."""
        return self.patterns.met

    @property
    def troubles(self) -> tuple[Trouble, ...]:
        """What is wrong, in the order in which it was found."""
        return tuple(self.patterns.troubles.values())

    # ---------------------------------------------------------------- finding points

    def run(self) -> None:
        """Finds all points. Stops early where the game is too large, which is then among the troubles."""
        world = tuple(
            self.language.value_index[place].get(variable.start or "", 0)
            for place, variable in enumerate(self.case.world.values())
        )
        self._start = self._land(self.steps.first, world)
        self.entries[self._start] = _Entry(None, [], None)
        waiting = [self._start]
        while waiting:
            key = waiting.pop()
            entry = self.entries[key]
            self._expand(key, entry)
            self.branches += len(entry.targets)
            for place, target in enumerate(entry.targets):
                if target not in self.entries:
                    self.entries[target] = _Entry(None, [], (key, place))
                    waiting.append(target)
            if len(self.entries) > MOST_POINTS or self.branches > MOST_BRANCHES:
                self._too_large()
                return

    def _expand(self, key: Key, entry: _Entry) -> None:
        at, world = key
        if at == CLOSE:
            entry.targets = [self._land(self.steps.first, self._clock(world))]
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
        key = _key_of(self.language, formulas)
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
            return _key_of(self.language, [step.gate] if step.gate is not None else [])
        assert not hasattr(step.item, "stages")
        return _key_of(self.language, formulas_of(step.item))

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

    # ---------------------------------------------------------------- the result

    def skeleton(self) -> Skeleton:
        """The skeleton. Raises `StructureError`."""
        if self._start is None:
            self.run()
        self._check_mandates()
        if self.troubles:
            raise StructureError(self.case, self.troubles)
        order = self._ordered()
        if self.troubles:
            raise StructureError(self.case, self.troubles)
        index = {key: place for place, key in enumerate(order)}
        assert self._start is not None
        return Skeleton(
            players=tuple(self.case.actors),
            variables=self.language.variables,
            values=self.language.values,
            points=tuple(self._points(order, index)),
            start=index[self._start],
            unmet=outermost(all_paths(self.case, self.language), self.met),
        )

    def _check_mandates(self) -> None:
        name = next((name for name, each in self.case.regimes.items() if each is self.regime), "")
        stages = {(point, move) for point, move in self._legal_moves()}
        for place, moves in self.regime.mandate.items():
            if not any((place, move) in stages for move in moves):
                self.patterns.trouble(
                    f"regimes.{name}.mandate.{place}",
                    f"none of {', '.join(moves)} is ever legal at {place}",
                    "at least one move that is legal in some world that can be reached",
                )

    def _legal_moves(self) -> Iterator[tuple[str, str]]:
        players = tuple(self.case.actors)
        for (at, _), pattern in self._memo.items():
            for mover, options in zip(pattern.movers, pattern.options, strict=True):
                for option in options:
                    yield f"{players[mover]}.{self.steps.steps[at].name}", option.move

    def _ordered(self) -> list[Key]:
        """Points in topological order: by step where `go` leads forward only, else sorted for it."""
        last = len(self.steps.steps)

        def place(key: Key) -> tuple[int, World]:
            return (key[0] if key[0] >= 0 else last - key[0]), key[1]

        keys = sorted(self.entries, key=place)
        backward = any(
            key[0] >= target[0] >= 0 for key, entry in self.entries.items() if key[0] >= 0 for target in entry.targets
        )
        return self._sorted_for_targets(keys) if backward else keys

    def _sorted_for_targets(self, keys: list[Key]) -> list[Key]:
        """Kahn's algorithm (1962), taking the first point in order of steps whenever several are free."""
        rank = {key: place for place, key in enumerate(keys)}
        blocked = dict.fromkeys(keys, 0)
        for key in keys:
            for target in self._ways(key):
                blocked[target] += 1
        free = [rank[key] for key in keys if not blocked[key]]
        heapq.heapify(free)
        done: list[Key] = []
        while free:
            key = keys[heapq.heappop(free)]
            done.append(key)
            for target in self._ways(key):
                blocked[target] -= 1
                if not blocked[target]:
                    heapq.heappush(free, rank[target])
        if len(done) < len(keys):
            left = {key for key in keys if blocked[key]}
            self._circle(next(key for key in keys if key in left), left)
        return done

    def _ways(self, key: Key) -> list[Key]:
        return self.entries[key].targets if key[0] >= 0 else []

    def _circle(self, key: Key, left: set[Key]) -> None:
        backward: dict[Key, Key] = {}
        for source in left:  # every point that is left has a source that is left, so going back must meet itself
            for target in self._ways(source):
                backward.setdefault(target, source)
        seen: list[Key] = []
        while key not in seen:
            seen.append(key)
            key = backward[key]
        names = [self.steps.steps[each[0]].name for each in [key, *reversed(seen[seen.index(key) :])]]
        self.patterns.trouble(
            self.steps.steps[key[0]].path,
            f"`go` leads in a circle: {' -> '.join(names)} where {self.patterns.in_words(key[1])}",
            "a way that ends: go to later stages only",
        )

    def _points(self, order: list[Key], index: dict[Key, int]) -> Iterator[Point]:
        flows_first = self.case.clock.index("flows") < self.case.clock.index("each_period")
        flow = self._parts({name: each.each_period for name, each in self.case.payoffs.items()}, "each_period")
        final = self._parts({name: each.final for name, each in self.case.payoffs.items()}, "final")
        paid = [self._parts(ending.pays, f"endings.{name}.pays") for name, ending in self.case.endings.items()]
        for key in order:
            at, world = key
            entry = self.entries[key]
            if at >= 0:
                yield self._play(at, world, entry, index)
            elif at == CLOSE:
                after = self._clock(world)
                flows = flow(world if flows_first else after)
                yield Point("close", "", world, pays=flows, next=index[entry.targets[0]], final=final(after))
            else:
                yield Point("ending", self.endings[-2 - at], world, pays=paid[-2 - at](world))

    def _play(self, at: int, world: World, entry: _Entry, index: dict[Key, int]) -> Point:
        pattern, step = entry.pattern, self.steps.steps[at]
        assert pattern is not None
        targets = iter([index[target] for target in entry.targets])
        joints = tuple([_joint(joint, targets) for joint in pattern.joints])
        if step.kind == "choice":
            return Point("choice", step.name, world, pattern.movers, pattern.options, joints)
        return Point("chance", step.name, world, joints=joints)

    def _parts(self, table: Mapping[str, Mapping[str, Formula]], path: str) -> Callable[[World], tuple[Pay, ...]]:
        """Payoffs by actor and part, as a function of the world; remembered by what they depend on."""
        key = _key_of(self.language, [amount for parts in table.values() for amount in parts.values()])
        known: dict[Any, tuple[Pay, ...]] = {}
        is_flow = path in ("each_period", "final")

        def pays(world: World) -> tuple[Pay, ...]:
            mark = key(world)
            if mark not in known:
                known[mark] = tuple(
                    Pay(
                        self.patterns.players[actor],
                        part,
                        self.patterns.use(
                            amount,
                            world,
                            f"payoffs.{actor}.{path}.{part}" if is_flow else f"{path}.{actor}.{part}",
                        ),
                    )
                    for actor, parts in table.items()
                    for part, amount in parts.items()
                )
            return known[mark]

        return pays


def _joint(joint: PatternJoint, targets: Iterator[int]) -> JointMove:
    branches = tuple([Branch(next(targets), each.probability, each.pays, each.label) for each in joint.branches])
    return JointMove(joint.options, joint.pays, branches)


def _key_of(language: Language, formulas: Any) -> Callable[[World], Any]:
    return key_of(language.depends_on(formulas))
