"""Every logit equilibrium of a tree at a precision that restarts and branches lead to.

Newton's method holds equilibria that no response dynamics would (mixed ones above all), so it is started from uniform
play, from every pure profile, and from random play, plainly and after a few responses. The branch through each
equilibrium found is then followed both ways, over its folds and onto the branches that cross it: wherever it comes
back to the precision there is another. As precision grows fewer starts find anything but pure equilibria, so lower
precisions are searched too, and what is found there is followed up. None of this proves that no further equilibrium
exists; how many starts were made is said with the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from math import prod

import numpy as np

from assay.trees.branch import (
    Point,
    corrected,
    crossings,
    follow,
    newton_at,
    point_at,
    precision_at,
    system,
)
from assay.trees.form import Floats, Form, form
from assay.trees.response import normalised, residual, response, values
from assay.trees.solve import RESIDUAL, Outcome, Solution, solve_form
from assay.trees.tree import Tree

CORNERS = 256
"""Pure profiles that are started from; a sample where there are more."""
RANDOM = 200
"""Random starts."""
RESPONSES = 4
"""Damped responses before Newton's method in every second random start."""
APART = 1e-6
"""Smallest difference of some probability between equilibria that count as two."""
CORNER = 1e-4
"""Probability of the actions that a pure profile leaves out."""
POINTS = 600
"""Of a branch that is followed away from an equilibrium."""
SAME_CROSSING = 1e-3
"""In probabilities: crossings of branches nearer to each other are one."""
BEYOND = 8.0
"""Branches are followed to this many times the precision."""
LEVEL = 16.0
"""Each lower precision that is searched is so many times lower than the one before."""
LOWEST_LEVEL = 4.0
"""Precision times the range of payoffs below which no lower one is searched."""
MOST = 200
"""Equilibria whose branches are followed."""


@dataclass(frozen=True, eq=False)
class Census:
    """What was found at a precision."""

    equilibria: tuple[Solution, ...]
    """The principal branch's first, where it reached the precision."""
    starts: int
    """How many starts were made, besides branches."""
    hits: tuple[int, ...]
    """How many of the starts led to each equilibrium; 0 where only a branch did."""


def census(tree: Tree, precision: float, tolerance: float = RESIDUAL, starts: int = RANDOM, seed: int = 1) -> Census:
    """Every logit equilibrium that is found at a precision, from `starts` random starts and the fixed ones."""
    if not (0 <= precision < np.inf):
        raise ValueError(f"a census is taken at a precision from 0 up, not at {precision}")
    arrays = form(tree)
    principal = solve_form(arrays, precision, tolerance)
    levels = [_Level(precision)]
    while levels[-1].precision * arrays.scale > LEVEL * LOWEST_LEVEL:
        levels.append(_Level(levels[-1].precision / LEVEL))
    work = _Search(arrays, levels, tolerance)
    if principal.result is Outcome.CONVERGED:
        work.add(levels[0], principal.y, hit=0, followed=False)
    count = 0
    for number, level in enumerate(levels if arrays.actions else []):
        count += work.start_all(level, starts if number == 0 else starts // 4, seed)
        work.follow_all(level)
    met = principal.crossings
    found = tuple(
        Solution(arrays, precision, root.y, residual(arrays, root.y, precision), Outcome.CONVERGED, () if i else met)
        for i, root in enumerate(levels[0].roots)
    )
    return Census(found or (principal,), count, tuple(root.hits for root in levels[0].roots) or (0,))


def _starts(arrays: Form, random: int, seed: int) -> Iterator[tuple[Floats, int]]:
    """(log-probabilities, number of responses) to start from."""
    yield arrays.uniform, 0
    generator = np.random.default_rng(seed)
    sizes = np.diff(arrays.first)
    if prod(int(size) for size in sizes) <= CORNERS:
        corners: Iterator[tuple[int, ...]] = product(*(range(size) for size in sizes))
    else:
        corners = (tuple(generator.integers(sizes)) for _ in range(CORNERS))
    for corner in corners:
        chosen = np.full(arrays.actions, np.log(CORNER))
        chosen[arrays.first[:-1] + np.array(corner)] = 0.0
        yield normalised(arrays, chosen), 0
    for number in range(random):
        spread = (0.5, 1.0, 3.0)[number % 3]
        yield normalised(arrays, spread * np.log(generator.exponential(size=arrays.actions))), number % 2 * RESPONSES


@dataclass(slots=True)
class _Root:
    y: Floats
    hits: int
    followed: bool
    """Whether the branch through it has been followed."""


@dataclass(slots=True)
class _Level:
    """A precision at which equilibria are sought."""

    precision: float
    roots: list[_Root] = field(default_factory=list)


class _Search:
    def __init__(self, arrays: Form, levels: list[_Level], tolerance: float) -> None:
        self.form = arrays
        self.levels = levels
        self.tolerance = tolerance
        self.top = BEYOND * levels[0].precision + 10 / arrays.scale
        self.crossed: list[Floats] = []
        """Points at which branches cross."""

    def add(self, level: _Level, y: Floats, hit: int, followed: bool) -> None:
        """Counts an equilibrium, as a new one or one that is known."""
        if residual(self.form, y, level.precision) > self.tolerance:
            return
        played = np.exp(y)
        for known in level.roots:
            if np.abs(np.exp(known.y) - played).max() < APART:
                known.hits += hit
                known.followed = known.followed or followed
                return
        level.roots.append(_Root(y, hit, followed))

    def start_all(self, level: _Level, random: int, seed: int) -> int:
        """Makes every start; their number."""
        count = 0
        for y, responses in _starts(self.form, random, seed):
            self.start(level, y, responses)
            count += 1
        return count

    def start(self, level: _Level, y: Floats, responses: int) -> None:
        for _ in range(responses):
            answer = response(self.form, values(self.form, y).q, level.precision)
            y = np.log((np.exp(y) + np.exp(answer)) / 2 + 1e-300)
            y = normalised(self.form, y)
        found = newton_at(self.form, y, level.precision)
        if found is not None:
            self.add(level, found, hit=1, followed=False)

    def follow_all(self, level: _Level) -> None:
        """Follows the branch of every equilibrium that lies on none followed before."""
        for root in level.roots[:MOST]:
            if root.followed:
                continue
            root.followed = True
            for direction in (1.0, -1.0):
                upward = np.zeros(self.form.actions + 1)
                upward[-1] = direction
                here = point_at(self.form, root.y, level.precision, upward)
                if here is not None:
                    self.follow(here)

    def follow(self, start: Point) -> None:
        """Follows a branch, and those that cross it, to where they leave what is of interest."""
        waiting = [start]
        while waiting:
            here = waiting.pop()
            for after in islice(follow(self.form, here), POINTS):
                self.note(here, after)
                if after.crossed is not None:
                    waiting += self.turn_off(after.crossed)
                here = after
                if not 0 <= precision_at(self.form, here) <= self.top:
                    break

    def note(self, here: Point, after: Point) -> None:
        """Notes the equilibria between two points of a branch."""
        for level in self.levels:
            for y in crossings(self.form, here, after, level.precision):
                polished = newton_at(self.form, y, level.precision, far=0.1)
                if polished is not None:
                    self.add(level, polished, hit=0, followed=True)

    def turn_off(self, at: Point) -> list[Point]:
        """Points of the branch that crosses another at a point, unless that crossing has been taken before."""
        place = np.append(np.exp(at.y), at.x[-1] / (1 + abs(at.x[-1])))
        if any(np.abs(place - known).max() < SAME_CROSSING for known in self.crossed):
            return []
        self.crossed.append(place)
        return list(_others(self.form, at))


def _others(arrays: Form, at: Point) -> Iterator[Point]:
    """Points of the branch that crosses another at a point, on both sides of it."""
    _, jacobian = system(arrays, at.x)
    right = np.linalg.svd(jacobian)[2]
    plane = right[-2:]
    along = plane @ at.tangent
    across = plane[0] * along[1] - plane[1] * along[0]
    across = across / np.linalg.norm(across)
    for side in (1.0, -1.0):
        for far in (0.02, 0.1, 0.3):
            x = corrected(arrays, at.x + side * far * across, across)
            if x is not None:
                start = point_at(arrays, x[:-1], float(x[-1]) / arrays.scale, side * across)
                if start is not None:
                    yield start
                break
