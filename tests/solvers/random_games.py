"""Random games for tests: chance, one mover, two or three at once, endings, perceptions, weights, timed numbers."""

from __future__ import annotations

import numpy as np
from handmade import Joint, Pay, Spot, Way, build, chance, choice, close, ending, together

from assay.game.game import Filled


class _Maker:
    def __init__(self, seed: int, draws: int, horizon: int, perception: bool) -> None:
        self.rng = np.random.default_rng(seed)
        self.draws, self.horizon, self.perception = draws, horizon, perception
        self.players = int(self.rng.integers(1, 4))

    def amount(self, scale: float = 2.0) -> np.ndarray:
        shape = (self.horizon, self.draws) if self.rng.random() < 0.2 else (self.draws,)
        return self.rng.normal(0, scale, shape)

    def pays(self, most: int = 2) -> list[Pay]:
        return [self.pay() for _ in range(self.rng.integers(0, most + 1))]

    def pay(self) -> Pay:
        seen = self.amount() if self.perception and self.rng.random() < 0.4 else None
        return Pay(int(self.rng.integers(self.players)), self.amount(), seen, int(self.rng.choice([-1, 1])))

    def ways(self, targets: list[int]) -> list[Way]:
        count = int(self.rng.integers(1, min(3, len(targets)) + 1))
        chosen = self.rng.choice(targets, count, replace=False)
        if count == 1:
            return [Way(int(chosen[0]), pays=self.pays(1))]
        truth = self.rng.dirichlet(np.ones(count), self.draws).T
        ways = [Way(int(target), p, pays=self.pays(1)) for target, p in zip(chosen, truth, strict=True)]
        if self.perception and self.rng.random() < 0.5:
            viewer = int(self.rng.integers(self.players))
            for way, p in zip(ways, self.rng.dirichlet(np.ones(count), self.draws).T, strict=True):
                way.seen = {viewer: p}
        return ways

    def joint(self, targets: list[int]) -> Joint:
        return Joint(self.ways(targets), self.pays())

    def weights(self, count: int) -> list[float | np.ndarray]:
        return [1.0 if self.rng.random() < 0.6 else self.rng.uniform(0.1, 2.0, self.draws) for _ in range(count)]

    def spot(self, i: int, targets: list[int]) -> Spot:
        draw = self.rng.random()
        if draw < 0.25:
            return chance(*self.ways(targets), name=f"s{i}")
        if draw < 0.6 or self.players == 1:
            count = int(self.rng.integers(1, 5))
            joints = [self.joint(targets) for _ in range(count)]
            return choice(int(self.rng.integers(self.players)), *joints, weights=self.weights(count), name=f"s{i}")
        who = self.rng.permutation(self.players)[: self.rng.integers(2, self.players + 1)]
        movers = [(int(player), self.weights(int(self.rng.integers(1, 4)))) for player in who]
        count = int(np.prod([len(weights) for _, weights in movers]))
        return together(movers, [self.joint(targets) for _ in range(count)], name=f"s{i}")


def random_game(
    seed: int, draws: int = 5, sharp: float = 1.0, perception: bool = True, choices: int = 6, buffer: int | None = None
) -> Filled:
    """A random game; `sharp` scales precisions. Small precisions make stages' fixed points unique."""
    rng = np.random.default_rng([seed, 1])
    periods, extra = int(rng.integers(1, 4)), int(rng.integers(0, 3)) if buffer is None else buffer
    make = _Maker(seed, draws, periods + extra, perception)
    terminals = int(rng.integers(1, 3)), int(rng.integers(1, 3))
    total = choices + sum(terminals)
    spots = [make.spot(i, list(range(i + 1, total))) for i in range(choices)]
    spots += [close(int(rng.integers(choices)), make.pays(), make.pays(), name=f"c{i}") for i in range(terminals[0])]
    spots += [ending(*make.pays(3), name=f"e{i}") for i in range(terminals[1])]
    return build(
        spots,
        make.players,
        sharp * rng.uniform(0, 1, (make.players, draws)),
        draws=draws,
        periods=periods,
        buffer=extra,
        discount=rng.uniform(0.5, 1, draws),
        start=int(rng.integers(choices)),
        flow_after_discount=bool(rng.random() < 0.5),
    )
