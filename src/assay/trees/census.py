"""Every logit equilibrium of a tree at a precision that restarts and branches lead to.

Newton's method holds equilibria that no response dynamics would (mixed ones above all), so it is started from uniform
play, from every pure profile, and from random play, plainly and after a few responses. The branch through each
equilibrium found is then followed both ways, over its folds and onto the branches that cross it: wherever it comes
back to the precision there is another. None of this proves that no further equilibrium exists; how many starts were
made is said with the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from math import prod

import numpy as np

from assay.trees.branch import (
    Point,
    corrected,
    crossing_branch,
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
POINTS = 400
"""Of a branch that is followed away from an equilibrium."""
BEYOND = 8.0
"""Branches are followed to this many times the precision."""
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
    work = _Search(form(tree), precision, tolerance)
    principal = solve_form(work.form, precision, tolerance)
    if principal.result is Outcome.CONVERGED:
        work.add(principal.y, 0)
    count = 0
    if work.form.actions:
        for start, responses in _starts(work.form, starts, seed):
            work.start(start, responses)
            count += 1
        work.follow_all()
    met = principal.crossings
    found = tuple(
        Solution(work.form, precision, y, residual(work.form, y, precision), Outcome.CONVERGED, met if i == 0 else ())
        for i, y in enumerate(work.found)
    )
    return Census(found or (principal,), count, tuple(work.hits) or (0,))


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


class _Search:
    def __init__(self, arrays: Form, precision: float, tolerance: float) -> None:
        self.form = arrays
        self.precision = precision
        self.tolerance = tolerance
        self.found: list[Floats] = []
        self.hits: list[int] = []

    def add(self, y: Floats, hit: int) -> None:
        """Counts an equilibrium, as a new one or one that is known."""
        if residual(self.form, y, self.precision) > self.tolerance:
            return
        played = np.exp(y)
        for number, known in enumerate(self.found):
            if np.abs(np.exp(known) - played).max() < APART:
                self.hits[number] += hit
                return
        self.found.append(y)
        self.hits.append(hit)

    def start(self, y: Floats, responses: int) -> None:
        for _ in range(responses):
            answer = response(self.form, values(self.form, y).q, self.precision)
            y = np.log((np.exp(y) + np.exp(answer)) / 2 + 1e-300)
            y = normalised(self.form, y)
        found = newton_at(self.form, y, self.precision)
        if found is not None:
            self.add(found, 1)

    def follow_all(self) -> None:
        """Follows the branch of every equilibrium, those found on the way too."""
        number = 0
        while number < min(len(self.found), MOST):
            for direction in (1.0, -1.0):
                upward = np.zeros(self.form.actions + 1)
                upward[-1] = direction
                here = point_at(self.form, self.found[number], self.precision, upward)
                if here is not None:
                    self.follow(here, switch=True)
            number += 1

    def follow(self, here: Point, switch: bool) -> None:
        top = BEYOND * self.precision + 10 / self.form.scale
        for after in islice(follow(self.form, here), POINTS):
            for y in crossings(self.form, here, after, self.precision):
                polished = newton_at(self.form, y, self.precision, far=0.1)
                if polished is not None:
                    self.add(polished, 0)
            if switch and after.sign != here.sign:
                for other in _others(self.form, crossing_branch(self.form, here, after)):
                    self.follow(other, switch=False)
            here = after
            if not 0 <= precision_at(self.form, here) <= top:
                return


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
