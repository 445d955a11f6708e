"""Random games with private types for tests: few points, every construct that types and beliefs touch.

One to three informed players of two or three types; stages of one mover and of several at once, with two or three
moves; chances that players see differently; payoffs by own and by others' types at moves, branches, flows, ends of the
horizon and endings, perhaps timed, perhaps perceived; base weights by own type; beliefs at the start that differ by
observer and from the analyst's; several periods and a buffer. All choices are seeded.
"""

from __future__ import annotations

import numpy as np
from handmade import Joint, Pay, Spot, Way, build, chance, choice, close, ending, together

from assay.game.game import Filled
from assay.game.small_types import By

NAMES = ("x", "y", "z")


class _Maker:
    def __init__(
        self, seed: int, draws: int, horizon: int, most_types: int, most_options: int, perception: bool
    ) -> None:
        self.rng = np.random.default_rng([seed, 77])
        self.draws, self.horizon, self.perception, self.most_options = draws, horizon, perception, most_options
        self.players = int(self.rng.integers(2, 4))
        count = int(self.rng.integers(1, self.players + 1))
        who = sorted(self.rng.permutation(self.players)[:count].tolist())
        self.types = {f"p{player}": NAMES[: int(self.rng.integers(2, most_types + 1))] for player in who}
        self.believed = self._beliefs()

    def _shares(self, actor: str) -> dict[str, np.ndarray]:
        shares = self.rng.dirichlet(np.full(len(self.types[actor]), 2.0), self.draws).T
        return dict(zip(self.types[actor], shares, strict=True))

    def _beliefs(self) -> dict[str, dict[str, dict[str, np.ndarray]]]:
        """What some observers believe; the first one listed is the reference, which need not be the first player."""
        found = {}
        for actor in self.types:
            others = [f"p{player}" for player in self.rng.permutation(self.players) if f"p{player}" != actor]
            found[actor] = {name: self._shares(actor) for name in others if self.rng.random() < 0.6}
        return found

    def plain(self, scale: float, timed: bool) -> np.ndarray:
        return self.rng.normal(0, scale, (self.horizon, self.draws) if timed else self.draws)

    def pay(self, scale: float = 2.0) -> Pay:
        """A payoff by own type often, by another's sometimes, by two types now and then, or by none."""
        player = int(self.rng.integers(self.players))
        actors = [actor for actor in self.types if self.rng.random() < (0.6 if actor == f"p{player}" else 0.25)]
        self.rng.shuffle(actors)
        timed = bool(self.rng.random() < 0.15)
        seen = self.by(actors, scale, timed) if self.perception and self.rng.random() < 0.3 else None
        return Pay(player, self.by(actors, scale, timed), seen, int(self.rng.choice([-1, 1])))

    def by(self, actors: list[str], scale: float, timed: bool = False) -> np.ndarray | By:
        if not actors:
            return self.plain(scale, timed)
        first, *others = actors
        return By(first, {name: self.by(others, scale, timed) for name in self.types[first]})

    def pays(self, most: int = 2) -> list[Pay]:
        return [self.pay() for _ in range(self.rng.integers(0, most + 1))]

    def ways(self, targets: list[int]) -> list[Way]:
        count = int(self.rng.integers(1, min(2, len(targets)) + 1))
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

    def weights(self, player: int, count: int) -> list[float | np.ndarray | By]:
        return [self.weight(player) for _ in range(count)]

    def weight(self, player: int) -> float | np.ndarray | By:
        kind = self.rng.random()
        own = self.types.get(f"p{player}", ())
        if kind < 0.2 and own:
            return By(f"p{player}", {name: self.rng.uniform(0.2, 2.0, self.draws) for name in own})
        return 1.0 if kind < 0.7 else self.rng.uniform(0.1, 2.0, self.draws)

    def spot(self, i: int, targets: list[int]) -> Spot:
        kind = self.rng.random()
        if kind < 0.15:
            return chance(*self.ways(targets), name=f"s{i}")
        if kind < 0.65:
            count, player = int(self.rng.integers(2, self.most_options + 1)), self.mover()
            joints = [self.joint(targets) for _ in range(count)]
            return choice(player, *joints, weights=self.weights(player, count), name=f"s{i}")
        who = self.rng.permutation(self.players)[: int(self.rng.integers(2, self.players + 1))]
        most = self.most_options if len(who) == 2 else 2
        movers = [(int(player), self.weights(int(player), int(self.rng.integers(2, most + 1)))) for player in who]
        count = int(np.prod([len(weights) for _, weights in movers]))
        return together(movers, [self.joint(targets) for _ in range(count)], name=f"s{i}")

    def mover(self) -> int:
        """Somebody informed more often than not."""
        informed = [int(name[1:]) for name in self.types]
        return int(self.rng.choice(informed if self.rng.random() < 0.7 else self.players))


def random_typed(
    seed: int,
    draws: int = 3,
    sharp: float = 0.3,
    *,
    most_types: int = 3,
    most_options: int = 3,
    nodes: int = 5,
    span: float = 2.5,
    choices: int = 3,
    buffer: int | None = None,
    perception: bool = True,
) -> Filled:
    """A random game with types; `sharp` scales precisions. Small precisions make stages' fixed points unique."""
    rng = np.random.default_rng([seed, 78])
    periods, extra = int(rng.integers(1, 3)), int(rng.integers(0, 2)) if buffer is None else buffer
    make = _Maker(seed, draws, periods + extra, most_types, most_options, perception)
    total = choices + 2
    spots = [make.spot(i, list(range(i + 1, total))) for i in range(choices)]
    spots.append(close(int(rng.integers(choices)), make.pays(3), make.pays(), name="close"))
    spots.append(ending(*make.pays(3), name="end"))
    types = {actor: make._shares(actor) for actor in make.types}
    return build(
        spots,
        make.players,
        sharp * rng.uniform(0.2, 1, (make.players, draws)),
        draws=draws,
        periods=periods,
        buffer=extra,
        discount=rng.uniform(0.5, 1, draws),
        start=0,
        flow_after_discount=bool(rng.random() < 0.5),
        types=types,
        believed=make.believed,
        nodes=nodes,
        span=span,
    )
