"""The peer for speed: the same recursion in plain NumPy, all draws at once along the last axis.

What one would write without a compiler: a loop over periods and points in Python, arrays over draws inside, damped
sweeps for several movers until every draw has converged. It returns the values at the start, to be compared with the
kernels'.
"""

from __future__ import annotations

import itertools

import numpy as np

from assay.game.game import CHANCE, CLOSE, ENDING, Filled, Floats, Ints

SWEEPS = 100


class Peer:
    """The recursion for one filled game. Shapes: (players, draws) for values, (draws,) for numbers."""

    def __init__(self, filled: Filled, residual: float) -> None:
        self.game, self.s, self.residual = filled.game, filled.game.structure, residual
        self.table = filled.table.transpose(1, 0, 2).reshape(filled.table.shape[1], -1)
        self.precision = filled.precision.transpose(1, 0, 2).reshape(filled.precision.shape[1], -1)
        self.discount = filled.discount.reshape(-1)
        self.start: dict[int, list[Floats]] = {}

    def solve(self) -> Floats:
        """(players, draws): each player's expected payoff at the start, as the player sees it."""
        last = self.game.periods + self.game.buffer - 1
        after: list[Floats] = []
        for t in range(last, -1, -1):
            value: list[Floats] = [np.zeros(0)] * self.s.kind.size
            for point in range(self.s.kind.size - 1, -1, -1):
                value[point] = self.point(point, t, value, after, t == last)
            after = value
        return after[self.s.start]

    def number(self, row: int, t: int) -> Floats:
        return self.table[row + t * int(self.game.row_stride[row])]

    def pays(self, starts: Ints, i: int, t: int) -> Floats:
        total = np.zeros_like(self.precision)
        for n in range(starts[i], starts[i + 1]):
            total[self.s.pay_player[n]] += self.s.pay_sign[n] * self.number(int(self.s.pay_seen[n]), t)
        return total

    def point(self, point: int, t: int, value: list[Floats], after: list[Floats], last: bool) -> Floats:
        kind = self.s.kind[point]
        if kind == ENDING:
            return self.pays(self.s.point_pay_start, point, t)
        if kind == CLOSE:
            ahead = self.pays(self.s.final_pay_start, point, t) if last else after[self.s.next_point[point]]
            return self.pays(self.s.point_pay_start, point, t) + self.discount * ahead
        joints = [self.joint(j, t, value) for j in range(self.s.joint_start[point], self.s.joint_start[point + 1])]
        return joints[0] if kind == CHANCE else self.choice(point, t, np.array(joints))

    def joint(self, j: int, t: int, value: list[Floats]) -> Floats:
        total = self.pays(self.s.joint_pay_start, j, t)
        for b in range(self.s.branch_start[j], self.s.branch_start[j + 1]):
            seen = np.stack([self.number(int(row), t) for row in self.s.branch_row[b, 1:]])
            total = total + seen * (self.pays(self.s.branch_pay_start, b, t) + value[self.s.branch_target[b]])
        return total

    def choice(self, point: int, t: int, joints: Floats) -> Floats:
        """`joints` is (joint moves, players, draws)."""
        movers = range(self.s.mover_start[point], self.s.mover_start[point + 1])
        ranges = [range(self.s.option_start[m], self.s.option_start[m + 1]) for m in movers]
        players = [int(self.s.mover_player[m]) for m in movers]
        weights = [np.stack([self.number(int(self.s.option_weight[o]), t) for o in r]) for r in ranges]
        shape = tuple(len(r) for r in ranges)
        worth = joints.reshape(*shape, *joints.shape[1:])
        start = [np.zeros_like(weight) for weight in weights]
        x = self.start.get(point, start) if len(shape) > 1 else start
        step, before = 1.0, [np.zeros_like(weight) for weight in weights]
        for _ in range(SWEEPS if len(shape) > 1 else 1):
            mixed = [_mixed(part, weight) for part, weight in zip(x, weights, strict=True)]
            found = [self.gain(m, players[m], mixed, worth, shape) for m in range(len(shape))]
            change = [new - old for new, old in zip(found, x, strict=True)]
            gap = max(
                float(np.abs(_mixed(new, weight) - part).max())
                for new, weight, part in zip(found, weights, mixed, strict=True)
            )
            if len(shape) == 1 or gap < self.residual:
                x = found
                break
            turned = sum(float((a * b).sum()) for a, b in zip(change, before, strict=True)) < 0
            step = 0.5 * step if turned else min(1.3 * step, 1.0)
            x, before = [old + step * move for old, move in zip(x, change, strict=True)], change
        self.start[point] = x
        mixed = [_mixed(part, weight) for part, weight in zip(x, weights, strict=True)]
        total = np.zeros(joints.shape[1:])
        for place in itertools.product(*(range(size) for size in shape)):
            likely = np.prod([mixed[m][option] for m, option in enumerate(place)], axis=0)
            total += likely * worth[place]
        return total

    def gain(self, m: int, player: int, mixed: list[Floats], worth: Floats, shape: tuple[int, ...]) -> Floats:
        """(options, draws): precision times what each option of mover m is worth against the others' mix."""
        total = np.zeros((shape[m], worth.shape[-1]))
        for place in itertools.product(*(range(size) for size in shape)):
            others = [mixed[k][option] for k, option in enumerate(place) if k != m]
            total[place[m]] += (np.prod(others, axis=0) if others else 1.0) * worth[place][player]
        return self.precision[player] * total


def _mixed(x: Floats, weight: Floats) -> Floats:
    raised = weight * np.exp(x - x.max(axis=0))
    mixed: Floats = raised / raised.sum(axis=0)
    return mixed
