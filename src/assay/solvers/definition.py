"""What a solution is: the recursion in plain NumPy, one draw at a time. The compiled kernels are tested against it.

Backward induction over periods (the buffer included) and points. Every player's value of a point is the expected
payoff of what is played, without a bonus for the noise, under that player's own view of branch probabilities and
pays. One mover plays `weight * exp(precision * payoff)` in proportion (McKelvey and Palfrey 1998); several movers at
once play a joint fixed point of that. See `stage_response` and `fixed_point`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assay.game.game import CHANCE, CLOSE, ENDING, LANES, Filled, Floats, Ints, Structure
from assay.solvers.strategies import Result, Strategies

SWEEPS = 100
PATIENCE = 40
NEWTON_STEPS = 40
PATH_STEPS = 400


@dataclass(frozen=True, eq=False)
class Draw:
    """One draw of a filled game."""

    structure: Structure
    table: Floats  # (R,)
    stride: Floats  # (R,)
    precision: Floats  # (players,)
    discount: float

    def number(self, row: int, period: int) -> float:
        """The number that a row has in a period."""
        return float(self.table[row + period * int(self.stride[row])])


@dataclass(frozen=True, eq=False)
class Stage:
    """A stage of several movers: `pay[m]` is what each joint move is worth to mover m, an axis for each mover's
    options.
    """

    pay: Sequence[Floats]
    weight: Sequence[Floats]
    precision: Sequence[float]


Profile = list[Floats]
"""For every mover a number for each option."""


def solve_by_definition(filled: Filled, residual: float = 1e-12, selection: str = "warm_start") -> Strategies:
    """The strategies of every draw. Slow: for tests and for reading. Payoffs are kept.

    `principal_branch` goes from uniform play in small steps of precision; unlike the kernel it cannot pass a fold.
    """
    game, s = filled.game, filled.game.structure
    groups, options, players = filled.table.shape[0], s.option_weight.size, len(game.players)
    probability = np.zeros((groups, game.periods, options, 1, LANES))
    payoff, value = np.zeros_like(probability), np.zeros((groups, players, LANES))
    worst, code = np.zeros(groups * LANES), np.zeros(groups * LANES, dtype=np.int8)
    for index in range(groups * LANES):
        g, lane = divmod(index, LANES)
        draw = Draw(
            s,
            filled.table[g, :, lane],
            np.asarray(game.row_stride, dtype=float),
            filled.precision[g, :, lane],
            float(filled.discount[g, lane]),
        )
        solved = _Solved(draw, options, residual, selection)
        after = np.zeros((s.kind.size, players))
        for period in reversed(range(game.periods + game.buffer)):
            after = solved.period(period, after, last=period == game.periods + game.buffer - 1)
            if period < game.periods:
                probability[g, period, :, 0, lane] = solved.sigma
                payoff[g, period, :, 0, lane] = solved.payoff
        value[g, :, lane] = after[s.start]
        worst[index] = solved.residual
        code[index] = solved.code if np.isfinite(after).all() else Result.NOT_A_NUMBER
    n = filled.draws
    return Strategies(filled, probability, payoff, value, worst[:n], code[:n], selection)


class _Solved:
    """The recursion for one draw: what is played in the period at hand, and the worst residual so far."""

    def __init__(self, draw: Draw, options: int, tolerance: float, selection: str) -> None:
        self.draw, self.tolerance, self.selection = draw, tolerance, selection
        self.sigma, self.payoff, self.y = np.zeros(options), np.zeros(options), np.zeros(options)
        self.residual, self.code = 0.0, int(Result.CONVERGED)

    def period(self, t: int, after: Floats, last: bool) -> Floats:
        """Values (points, players) of a period from those of the next one."""
        s = self.draw.structure
        value = np.zeros_like(after)
        for point in reversed(range(s.kind.size)):
            if s.kind[point] == ENDING:
                value[point] = self.pays(s.point_pay_start, point, t)
            elif s.kind[point] == CLOSE:
                value[point] = self.close(point, t, after, last)
            elif s.kind[point] == CHANCE:
                value[point] = self.joint_value(int(s.joint_start[point]), t, value)
            else:
                value[point] = self.choose(point, t, value)
        return value

    def pays(self, starts: Ints, i: int, t: int) -> Floats:
        """What entry i of a block of pays gives each player, as that player sees it."""
        s = self.draw.structure
        total = np.zeros(len(self.draw.precision))
        for n in range(starts[i], starts[i + 1]):
            total[s.pay_player[n]] += s.pay_sign[n] * self.draw.number(s.pay_seen[n], t)
        return total

    def close(self, point: int, t: int, after: Floats, last: bool) -> Floats:
        """Flows and, discounted, what follows: the next period, or the final payoffs after the last one."""
        s, delta = self.draw.structure, self.draw.discount
        ahead = self.pays(s.final_pay_start, point, t) if last else after[s.next_point[point]]
        flows = self.pays(s.point_pay_start, point, t)
        return np.asarray(delta * (flows + ahead) if s.flow_after_discount else flows + delta * ahead)

    def joint_value(self, j: int, t: int, value: Floats) -> Floats:
        """What joint move j is worth to each player."""
        s = self.draw.structure
        total = self.pays(s.joint_pay_start, j, t)
        for b in range(s.branch_start[j], s.branch_start[j + 1]):
            seen = np.array([self.draw.number(row, t) for row in s.branch_row[b, 1:]])
            total = total + seen * (self.pays(s.branch_pay_start, b, t) + value[s.branch_target[b]])
        return total

    def choose(self, point: int, t: int, value: Floats) -> Floats:
        """What is played at a choice, and what it is worth to each player."""
        s = self.draw.structure
        movers = range(s.mover_start[point], s.mover_start[point + 1])
        ranges = [range(s.option_start[m], s.option_start[m + 1]) for m in movers]
        sizes = [len(r) for r in ranges]
        joints = range(s.joint_start[point], s.joint_start[point + 1])
        worth = np.array([self.joint_value(j, t, value) for j in joints]).reshape(*sizes, -1)
        players = [int(s.mover_player[m]) for m in movers]
        stage = Stage(
            [worth[..., player] for player in players],
            [np.array([self.draw.number(s.option_weight[o], t) for o in r]) for r in ranges],
            [float(self.draw.precision[player]) for player in players],
        )
        if len(ranges) == 1:
            best = worth[stage.weight[0] > 0, players[0]].max()
            y = [stage.precision[0] * np.minimum(worth[:, players[0]] - best, 0)]
        else:
            y = self.together(stage, [self.y[r] for r in ranges])
        sigma = mix(stage, y)
        for m, r in enumerate(ranges):
            self.y[r], self.sigma[r], self.payoff[r] = y[m], sigma[m], expected(stage.pay[m], sigma, m)
        likely = sigma[0]
        for own in sigma[1:]:
            likely = likely[..., None] * own
        return np.asarray((likely[..., None] * worth).reshape(-1, worth.shape[-1]).sum(axis=0))

    def together(self, stage: Stage, start: Profile) -> Profile:
        """The fixed point of a stage of several movers, with its residual and how it was found."""
        if self.selection == "principal_branch":
            y, reached, code = principal(stage, self.tolerance)
        else:
            y, reached, code = fixed_point(stage, start, self.tolerance)
        self.residual, self.code = max(self.residual, reached), max(self.code, int(code))
        return y


def mix(stage: Stage, y: Profile) -> Profile:
    """Probabilities: weight * exp(y) in proportion."""
    shares = []
    for weight, own in zip(stage.weight, y, strict=True):
        e = np.where(weight > 0, weight * np.exp(np.where(weight > 0, own - own[weight > 0].max(), 0.0)), 0.0)
        shares.append(e / e.sum())
    return shares


def expected(pay: Floats, sigma: Profile, *keep: int) -> Floats:
    """Expected payoff against what is played, the axes of the movers in `keep` left standing."""
    for m in reversed(range(len(sigma))):
        if m not in keep:
            pay = np.tensordot(pay, sigma[m], axes=(m, 0))
    return np.asarray(pay)


def stage_response(stage: Stage, y: Profile) -> Profile:
    """G(y): precision times expected payoff of each option less that of the mover's first, if others play y."""
    sigma = mix(stage, y)
    payoffs = [expected(pay, sigma, m) for m, pay in enumerate(stage.pay)]
    return [sharp * (own - own[0]) for sharp, own in zip(stage.precision, payoffs, strict=True)]


def stage_jacobian(stage: Stage, y: Profile) -> Floats:
    """dG/dy, the movers' options side by side."""
    sigma = mix(stage, y)
    first = np.concatenate([[0], np.cumsum([len(own) for own in y])])
    slope = np.zeros((first[-1], first[-1]))
    for m, pay in enumerate(stage.pay):
        for n in range(len(y)):
            if n != m:
                pair = expected(pay, sigma, m, n)
                pair = pair if m < n else pair.T
                change = (pair - (pair @ sigma[n])[:, None]) * sigma[n]
                slope[first[m] : first[m + 1], first[n] : first[n + 1]] = stage.precision[m] * (change - change[0])
    return slope


def residual_of(stage: Stage, y: Profile, g: Profile) -> float:
    """max(|sigma(g) - sigma(y)|, 0.01 min(|g - y|, 1)) over options with a base weight."""
    apart = [np.abs(a - b).max() for a, b in zip(mix(stage, g), mix(stage, y), strict=True)]
    moves = [(w > 0) * np.minimum(np.abs(a - b), 1.0) for w, a, b in zip(stage.weight, g, y, strict=True)]
    return float(max(*apart, *(0.01 * move.max() for move in moves)))


def fixed_point(stage: Stage, start: Profile, tolerance: float) -> tuple[Profile, float, Result]:
    """Damped sweeps from `start`, the factor halved where the step reverses; then Newton; then the principal branch.

    Where two move and one of them has two options, `pair_point` takes the place of the sweeps.
    """
    if len(start) == 2 and 2 in map(len, start):
        y, reached = pair_point(stage, start, tolerance)
        return (y, reached, Result.CONVERGED) if reached <= tolerance else hard(stage, y, tolerance)
    y, pace = [own.copy() for own in start], 1.0
    before = [np.zeros_like(own) for own in y]
    for _ in range(SWEEPS + 1):
        g = stage_response(stage, y)
        reached = residual_of(stage, y, g)
        if reached <= tolerance:
            return y, reached, Result.CONVERGED
        step = [a - b for a, b in zip(g, y, strict=True)]
        turn = sum(float(a @ b) for a, b in zip(step, before, strict=True))
        pace = 0.5 * pace if turn < 0 else min(1.3 * pace, 1.0)
        before = step
        y = [own + pace * change for own, change in zip(y, step, strict=True)]
    return hard(stage, y, tolerance)


def pair_point(stage: Stage, start: Profile, tolerance: float) -> tuple[Profile, float]:
    """The fixed point of two movers, one of whom has two options, as one equation u = T(u) from `start`.

    u is what the two-option mover's y is for her second option, and T(u) what it should be once the other has answered
    it. Steps go towards T(u), divided by 1 - T'(u) where that is positive, and stay between what is known to be too
    little and too much; after forty of them intervals are halved.
    """
    own = 0 if len(start[0]) == 2 else 1
    pays = stage.pay[own] if own == 0 else stage.pay[own].T
    gain = stage.precision[own] * (pays[1] - pays[0])
    low = gain.min() - 1 - 1e-6 * abs(gain.min())
    high = gain.max() + 1 + 1e-6 * abs(gain.max())
    u = min(max(float(start[own][1]), low), high)
    for count in range(SWEEPS + 1):
        y, target, slope = answered(stage, own, u, gain)
        reached = residual_of(stage, y, stage_response(stage, y))
        if reached <= tolerance or count == SWEEPS:
            break
        low, high = (u, high) if target > u else (low, u)
        moved = u + (target - u) / (max(1 - slope, 0.1) if slope < 1 else 1)
        tries = [moved, target] if count < PATIENCE else []
        u = next((x for x in tries if low < x < high), 0.5 * (low + high))
    return y, reached


def answered(stage: Stage, own: int, u: float, gain: Floats) -> tuple[Profile, float, float]:
    """Where mover `own` plays u and the other answers it: the profile, T(u) and T'(u)."""
    other = 1 - own
    y = [np.zeros(2), np.zeros(len(gain))] if own == 0 else [np.zeros(len(gain)), np.zeros(2)]
    y[own][1] = u
    y[other] = stage_response(stage, y)[other]
    sigma = mix(stage, y)
    target = float(sigma[other] @ gain)
    pays = stage.pay[other].T if other == 1 else stage.pay[other]
    tilt = stage.precision[other] * (pays[:, 1] - pays[:, 0])
    p = sigma[own][1]
    slope = p * (1 - p) * float(sigma[other] @ (gain * tilt) - target * (sigma[other] @ tilt))
    return y, target, slope


def hard(stage: Stage, y: Profile, tolerance: float) -> tuple[Profile, float, Result]:
    """Newton from y, and the principal branch if that fails; y itself if both do."""
    found, reached = newton(stage, y, tolerance)
    if reached <= tolerance:
        return found, reached, Result.NEWTON
    found, followed, code = principal(stage, tolerance)
    if followed <= tolerance:
        return found, followed, code
    return y, residual_of(stage, y, stage_response(stage, y)), Result.UNRESOLVED


def newton(stage: Stage, y: Profile, tolerance: float, k: float = 1.0) -> tuple[Profile, float]:
    """Newton's method on y = k G(y), halving steps that do not help; where it stopped, with the residual there."""
    scaled = Stage(stage.pay, stage.weight, [k * sharp for sharp in stage.precision])
    cuts = np.cumsum([len(own) for own in y])[:-1]
    x = np.concatenate(y)

    def off(x: Floats) -> Floats:
        return np.concatenate(stage_response(scaled, np.split(x, cuts))) - x

    for _ in range(NEWTON_STEPS):
        profile = np.split(x, cuts)
        reached = residual_of(scaled, profile, stage_response(scaled, profile))
        if reached <= tolerance:
            return profile, reached
        gap = off(x)
        try:
            step = np.linalg.solve(np.eye(x.size) - stage_jacobian(scaled, profile), gap)
        except np.linalg.LinAlgError:
            break
        scales = 0.5 ** np.arange(20)
        helps = (s for s in scales if np.abs(off(x + s * step)).max() < (1 - 0.1 * s) * np.abs(gap).max())
        x = x + next(helps, scales[-1]) * step
    return np.split(x, cuts), float("inf")


def principal(stage: Stage, tolerance: float) -> tuple[Profile, float, Result]:
    """The branch from uniform play, in small steps of precision with Newton's method at each."""
    y = [np.zeros(len(weight)) for weight in stage.weight]
    reached = float("inf")
    for k in np.linspace(0, 1, PATH_STEPS + 1)[1:]:
        y, reached = newton(stage, y, tolerance, float(k))
        if not reached <= tolerance:
            return y, reached, Result.UNRESOLVED
    return y, reached, Result.HOMOTOPY
