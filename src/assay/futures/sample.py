"""Sampled histories: one after the other with all their steps, conditioned on an event, or many at once as counts.

A conditioned history is drawn exactly, without rejection: each step is reweighted by the probability of still getting
there (Doob's h-transform).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from assay.futures.history import Belief, Chosen, Counts, History, Step, label_of, stage_of
from assay.futures.pick import Pick, pick_many, picker
from assay.futures.reach_types import Goal, reach_typed
from assay.futures.sample_types import count_typed, sample_typed
from assay.futures.walk import NO_OPTIONS, Chain, chain_of
from assay.futures.walk_types import typed_chain_of
from assay.game.game import ENDING, Floats, Ints
from assay.solvers.strategies import Strategies

__all__ = ["Belief", "Chosen", "Counts", "History", "Step", "count", "sample", "sample_given"]


def sample(
    strategies: Strategies,
    draw: int,
    seed: int,
    count: int = 1,
    forced: Ints = NO_OPTIONS,
    removed: Ints = NO_OPTIONS,
    signals: bool = False,
    profiles: Iterable[int] | None = None,
) -> tuple[History, ...]:
    """`count` histories of one draw, under an intervention with the rules of `Pass`.

    In a game with private types the analyst's shares say who is of which type; `profiles` are those that may be dealt,
    numbered as in `Reader.profiles`. Beliefs move on the grid, as in the game that was solved.
    """
    if strategies.filled.game.informed:
        return _sample_typed(strategies, draw, seed, None, count, forced, removed, signals, profiles)
    chain = chain_of(strategies, draw, forced, removed)
    pick = picker(np.random.default_rng(seed))
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
    signals: bool = False,
    profiles: Iterable[int] | None = None,
) -> tuple[History, ...]:
    """`count` histories of one draw that come to one of `points` or take one of `options` (or, with `never`, do not).

    Exact: the histories have the law of `sample` given the event; types are then dealt by what the event says of them.
    Raises `ValueError` where the event has probability zero.
    """
    wanted, through = frozenset(int(p) for p in points), frozenset(int(o) for o in options)
    if strategies.filled.game.informed:
        goal = Goal(wanted, through, never)
        return _sample_typed(strategies, draw, seed, goal, count, forced, removed, signals, profiles)
    chain = chain_of(strategies, draw, forced, removed)
    reach = chain.reach(wanted, through, never)
    start = int(chain.game.structure.start)
    if not reach[0, start] > 0.0:
        raise _impossible(draw, never)
    pick = picker(np.random.default_rng(seed))
    return tuple(_walk(chain, start, pick, reach, wanted, through, never) for _ in range(count))


def _sample_typed(
    strategies: Strategies,
    draw: int,
    seed: int,
    goal: Goal | None,
    count: int,
    forced: Ints,
    removed: Ints,
    signals: bool,
    profiles: Iterable[int] | None,
) -> tuple[History, ...]:
    """`sample`, and with a goal `sample_given`, in a game with private types."""
    chain = typed_chain_of(strategies, draw, forced, removed, signals)
    shares = chain.shares()
    if profiles is not None:
        shares = shares * np.isin(np.arange(shares.size), list(profiles))
    reach = None if goal is None else reach_typed(chain, goal)
    likely = shares if reach is None else shares * reach[0, chain.game.structure.start, :, chain.start]
    if not likely.sum() > 0.0:
        raise _impossible(draw, goal is not None and goal.never)
    pick = picker(np.random.default_rng(seed))
    nowhere = Goal(frozenset(), frozenset())
    return tuple(sample_typed(chain, pick, shares, goal or nowhere, reach) for _ in range(count))


def _impossible(draw: int, never: bool) -> ValueError:
    return ValueError(f"no history of draw {draw} {'avoids' if never else 'meets'} what is asked for")


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
    pays = _pays(chain, s.joint_pay_start, joint, period) + _pays(chain, s.branch_pay_start, branch, period)
    label, chance = label_of(game, point, joint, branch), chain.branch_probability(branch, period)
    return Step(period, point, stage_of(game, point), chosen, branch, label, chance, pays)


def _last_step(chain: Chain, period: int, point: int) -> Step:
    game, s = chain.game, chain.game.structure
    pays = _pays(chain, s.point_pay_start, point, period)
    if s.kind[point] != ENDING and period + 1 == game.periods + game.buffer:
        pays += _pays(chain, s.final_pay_start, point, period)
    return Step(period, point, stage_of(game, point), (), -1, "", 1.0, pays)


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
    signals: bool = False,
) -> Counts:
    """How often each point, option and pay occurs among a number of sampled histories of one draw."""
    if strategies.filled.game.informed:
        typed = typed_chain_of(strategies, draw, forced, removed, signals)
        return count_typed(typed, np.random.default_rng(seed), histories)
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
        taken = pick_many(rng, chain.play[period, first:last], many)
        counts.options[period, first:last] += np.bincount(taken, minlength=last - first)
        stride //= last - first
        joint += taken * stride
    for j in chain.joints(point):
        here = int(np.sum(joint == j))
        if here:
            _count_pays(counts, s.joint_pay_start, j, period, here)
            likely = np.array([chain.branch_probability(b, period) for b in chain.branches(j)])
            for b, go in zip(
                chain.branches(j), np.bincount(pick_many(rng, likely, here), minlength=likely.size), strict=True
            ):
                _count_pays(counts, s.branch_pay_start, b, period, int(go))
                at[s.branch_target[b]] += go
