"""Sampled histories: one after the other with all their steps, conditioned on an event, or many at once as counts.

A conditioned history is drawn exactly, without rejection: each step is reweighted by the probability of still getting
there (Doob's h-transform).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assay.futures.walk import NO_OPTIONS, Chain, chain_of
from assay.game.game import ENDING, Floats, Game, Ints
from assay.solvers.strategies import Strategies


@dataclass(frozen=True, slots=True)
class Chosen:
    """What one mover did."""

    option: int
    actor: str
    move: str
    probability: float
    """Of the move at its point, as it is played there (under the intervention, not under the condition)."""


@dataclass(frozen=True, slots=True)
class Step:
    """One point of a history: what was chosen there, and where it led."""

    period: int
    point: int
    stage: str
    chosen: tuple[Chosen, ...]
    """Empty at a chance, a close or an ending."""
    branch: int
    """-1 at a close or an ending."""
    label: str
    """The branch's, where it has one."""
    chance: float
    """Probability of the branch, in truth."""
    pays: tuple[tuple[str, str, float], ...]
    """(actor, part, amount), undiscounted, in truth."""


@dataclass(frozen=True, eq=False)
class History:
    """One history of one draw, from the start to an ending or to the close of the last reported period."""

    game: Game
    draw: int
    steps: tuple[Step, ...]

    @property
    def ending(self) -> str | None:
        """The ending that was reached, or None."""
        last = self.steps[-1]
        return last.stage if self.game.structure.kind[last.point] == ENDING else None

    @property
    def points(self) -> tuple[int, ...]:
        """The points that were visited."""
        return tuple(step.point for step in self.steps)


@dataclass(frozen=True, eq=False)
class Counts:
    """How many of a number of histories came to each point and took each option; undiscounted sums of pays."""

    histories: int
    points: NDArray[np.int64]  # (periods, N)
    options: NDArray[np.int64]  # (periods, O)
    pays: NDArray[np.int64]  # (periods, P) how often each pay was paid
    left: int
    """Histories still going on after the last reported period."""


Pick = Callable[[Floats], int]
"""Picks an index by weights."""


def sample(
    strategies: Strategies,
    draw: int,
    seed: int,
    count: int = 1,
    forced: Ints = NO_OPTIONS,
    removed: Ints = NO_OPTIONS,
) -> tuple[History, ...]:
    """`count` histories of one draw, under an intervention with the rules of `Pass`."""
    chain = chain_of(strategies, draw, forced, removed)
    pick = _picker(np.random.default_rng(seed))
    start = int(chain.game.structure.start)
    return tuple(_walk(chain, start, pick, None, frozenset(), frozenset()) for _ in range(count))


def sample_given(
    strategies: Strategies,
    draw: int,
    seed: int,
    points: Iterable[int] = (),
    options: Iterable[int] = (),
    never: bool = False,
    count: int = 1,
    forced: Ints = NO_OPTIONS,
    removed: Ints = NO_OPTIONS,
) -> tuple[History, ...]:
    """`count` histories of one draw that come to one of `points` or take one of `options` (or, with `never`, do not).

    Exact: the histories have the law of `sample` given the event. Raises `ValueError` where the event has probability
    zero.
    """
    chain = chain_of(strategies, draw, forced, removed)
    wanted, through = frozenset(int(p) for p in points), frozenset(int(o) for o in options)
    goal = chain.reach(wanted, through, never)
    start = int(chain.game.structure.start)
    if not goal[0, start] > 0.0:
        raise ValueError(f"no history of draw {draw} {'avoids' if never else 'meets'} what is asked for")
    pick = _picker(np.random.default_rng(seed))
    return tuple(_walk(chain, start, pick, goal, wanted, through, never) for _ in range(count))


def _picker(rng: np.random.Generator) -> Pick:
    def pick(weights: Floats) -> int:
        total = np.cumsum(weights)
        return min(int(np.searchsorted(total, rng.random() * total[-1], side="right")), weights.size - 1)

    return pick


def _walk(
    chain: Chain,
    start: int,
    pick: Pick,
    goal: Floats | None,
    wanted: frozenset[int],
    through: frozenset[int],
    never: bool = False,
) -> History:
    """Walks a chain; while `goal` (periods, points) is not met yet, steps are weighted by it."""
    s, steps = chain.game.structure, []
    period, point = 0, start
    while True:
        if goal is not None and not never and point in wanted:
            goal = None
        if chain.is_terminal(point):
            steps.append(_last_step(chain, period, point))
            if s.kind[point] == ENDING or period + 1 == chain.game.periods:
                return History(chain.game, chain.draw, tuple(steps))
            period, point = period + 1, int(s.next_point[point])
            continue
        ways = [(j, b) for j in chain.joints(point) for b in chain.branches(j)]
        weights = np.array([_weight(chain, point, j, b, period, goal, through, never) for j, b in ways])
        joint, branch = ways[pick(weights)]
        if goal is not None and not never and through.intersection(chain.options(joint)):
            goal = None
        steps.append(_step(chain, period, point, joint, branch))
        point = int(s.branch_target[branch])


def _weight(
    chain: Chain,
    point: int,
    joint: int,
    branch: int,
    period: int,
    goal: Floats | None,
    through: frozenset[int],
    never: bool,
) -> float:
    likely = chain.joint_probability(point, joint, period) * chain.branch_probability(branch, period)
    if goal is None:
        return likely
    if through.intersection(chain.options(joint)):
        return 0.0 if never else likely
    return likely * float(goal[period, chain.game.structure.branch_target[branch]])


def _step(chain: Chain, period: int, point: int, joint: int, branch: int) -> Step:
    game, s = chain.game, chain.game.structure
    chosen = tuple(
        Chosen(o, game.option_label[o][0], game.option_label[o][2], float(chain.play[period, o]))
        for o in (chain.options(joint) if chain.is_choice(point) else ())
    )
    own = game.skeleton.points[point] if game.skeleton.points else None
    joint_at, branch_at = joint - int(s.joint_start[point]), branch - int(s.branch_start[joint])
    label = own.joints[joint_at].branches[branch_at].label if own else ""
    pays = _pays(chain, s.joint_pay_start, joint, period) + _pays(chain, s.branch_pay_start, branch, period)
    stage = own.stage if own else f"point {point}"
    return Step(period, point, stage, chosen, branch, label, chain.branch_probability(branch, period), pays)


def _last_step(chain: Chain, period: int, point: int) -> Step:
    game, s = chain.game, chain.game.structure
    stage = game.skeleton.points[point].stage if game.skeleton.points else f"point {point}"
    pays = _pays(chain, s.point_pay_start, point, period)
    if s.kind[point] != ENDING and period + 1 == game.periods + game.buffer:
        pays += _pays(chain, s.final_pay_start, point, period)
    return Step(period, point, stage, (), -1, "", 1.0, pays)


def _pays(chain: Chain, starts: Ints, i: int, period: int) -> tuple[tuple[str, str, float], ...]:
    game, s = chain.game, chain.game.structure
    return tuple(
        (game.players[game.pay_part[n][0]], game.pay_part[n][1], float(s.pay_sign[n]) * amount)
        for n in range(starts[i], starts[i + 1])
        if (amount := chain.number(int(s.pay_true[n]), period)) != 0.0
    )


def count(
    strategies: Strategies,
    draw: int,
    seed: int,
    histories: int,
    forced: Ints = NO_OPTIONS,
    removed: Ints = NO_OPTIONS,
) -> Counts:
    """How often each point, option and pay occurs among a number of sampled histories of one draw."""
    chain, rng = chain_of(strategies, draw, forced, removed), np.random.default_rng(seed)
    s, periods = chain.game.structure, chain.game.periods
    at = np.zeros(s.kind.size, dtype=np.int64)
    at[s.start] = histories
    counts = Counts(
        histories,
        np.zeros((periods, s.kind.size), np.int64),
        np.zeros((periods, s.option_weight.size), np.int64),
        np.zeros((periods, s.pay_player.size), np.int64),
        0,
    )
    for period in range(periods):
        after = np.zeros_like(at)
        for point in range(s.kind.size):
            many = int(at[point])
            counts.points[period, point] = many
            if many and chain.is_terminal(point):
                _count_pays(counts, s.point_pay_start, point, period, many)
                if s.kind[point] != ENDING:
                    after[s.next_point[point]] += many
                    if period + 1 == periods + chain.game.buffer:
                        _count_pays(counts, s.final_pay_start, point, period, many)
            elif many:
                _send(chain, period, point, many, rng, at, counts)
        at = after
    return Counts(histories, counts.points, counts.options, counts.pays, int(at.sum()))


def _count_pays(counts: Counts, starts: Ints, i: int, period: int, many: int) -> None:
    counts.pays[period, starts[i] : starts[i + 1]] += many


def _send(
    chain: Chain, period: int, point: int, many: int, rng: np.random.Generator, at: NDArray[np.int64], counts: Counts
) -> None:
    """Lets every history at a point choose and go on, each with random numbers of its own."""
    s = chain.game.structure
    joint = np.full(many, s.joint_start[point], dtype=np.int64)
    stride = len(chain.joints(point))
    for m in range(s.mover_start[point], s.mover_start[point + 1]):
        first, last = int(s.option_start[m]), int(s.option_start[m + 1])
        taken = _pick_many(rng, chain.play[period, first:last], many)
        counts.options[period, first:last] += np.bincount(taken, minlength=last - first)
        stride //= last - first
        joint += taken * stride
    for j in chain.joints(point):
        here = int(np.sum(joint == j))
        if here:
            _count_pays(counts, s.joint_pay_start, j, period, here)
            likely = np.array([chain.branch_probability(b, period) for b in chain.branches(j)])
            for b, go in zip(
                chain.branches(j), np.bincount(_pick_many(rng, likely, here), minlength=likely.size), strict=True
            ):
                _count_pays(counts, s.branch_pay_start, b, period, int(go))
                at[s.branch_target[b]] += go


def _pick_many(rng: np.random.Generator, weights: Floats, many: int) -> NDArray[np.int64]:
    total = np.cumsum(weights)
    taken: NDArray[np.int64] = np.searchsorted(total, rng.random(many) * total[-1], side="right")
    return np.minimum(taken, weights.size - 1)
