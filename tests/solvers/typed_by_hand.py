"""Random games of `random_games` with private types put on: pays and base weights that differ by type, and priors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product

import numpy as np
from random_games import random_game

from assay.game.game import Filled, Informed


class _Table:
    """Adds rows to a table."""

    def __init__(self, filled: Filled, rng: np.random.Generator) -> None:
        self.filled, self.rng = filled, rng
        self.columns = list(filled.table.transpose(1, 0, 2))
        self.strides = list(filled.game.row_stride)

    def spread(self, row: int, combos: int, change: list[Callable[[np.ndarray], np.ndarray]]) -> int:
        """New rows for a row, one for each combination, changed by what `change` says."""
        horizon = self.filled.game.periods + self.filled.game.buffer
        timed, first = int(self.strides[row]), len(self.columns)
        for combo in range(combos):
            for t in range(horizon if timed else 1):
                self.columns.append(change[combo](self.columns[row + t]))
                self.strides.append(timed)
        return first

    def span(self, row: int) -> int:
        """Rows that one combination takes."""
        return self.filled.game.periods + self.filled.game.buffer if self.strides[row] else 1


def with_types(
    filled: Filled,
    kinds: Mapping[int, int],
    seed: int = 0,
    nodes: int = 5,
    span: float = 2.0,
    scale: float = 2.0,
    dependent: float = 0.6,
    weights: bool = True,
    own_only: bool = False,
) -> Filled:
    """`kinds`: player to number of types. A pay depends on each informed actor's type with probability `dependent`."""
    rng, game = np.random.default_rng([seed, 7]), filled.game
    s, players = game.structure, sorted(kinds)
    table = _Table(filled, rng)
    informed = tuple(
        Informed(p, tuple(f"t{k}" for k in range(kinds[p])), _reference(rng, p, len(game.players)), nodes, span)
        for p in players
    )
    pay_true, pay_seen = s.pay_true.copy(), s.pay_seen.copy()
    pay_stride = np.zeros((pay_true.size, len(players)), dtype=np.int32)
    for n in range(pay_true.size):
        on = [kinds[p] if rng.random() < dependent and (not own_only or p == s.pay_player[n]) else 1 for p in players]
        if table.span(pay_true[n]) != table.span(pay_seen[n]) or max(on) == 1:
            continue
        combos = int(np.prod(on))
        shifts = rng.normal(0, scale, combos)
        step = table.span(pay_true[n])
        change = [_shifted(shift) for shift in shifts]
        same = pay_true[n] == pay_seen[n]
        pay_true[n] = table.spread(int(pay_true[n]), combos, change)
        wrong = [_shifted(shift + rng.normal()) for shift in shifts]
        pay_seen[n] = pay_true[n] if same else table.spread(int(pay_seen[n]), combos, wrong)
        for i in reversed(range(len(players))):
            pay_stride[n, i] = step if on[i] > 1 else 0
            step *= on[i]
    option_weight, option_stride = s.option_weight.copy(), np.zeros_like(s.option_weight)
    mover_of = np.repeat(s.mover_player, np.diff(s.option_start))
    for o, player in enumerate(mover_of):
        if weights and player in kinds and rng.random() < 0.2:
            factors = rng.uniform(0.3, 2, kinds[player])
            change = [lambda x, factor=factor: x * factor for factor in factors]
            option_weight[o] = table.spread(int(option_weight[o]), kinds[player], change)
            option_stride[o] = 1
    structure = replace(
        s,
        pay_true=pay_true.astype(np.int32),
        pay_seen=pay_seen.astype(np.int32),
        pay_stride=pay_stride,
        option_weight=option_weight.astype(np.int32),
        option_stride=option_stride.astype(np.int32),
    )
    slots = tuple((p, k) for p in range(len(game.players)) for k in range(kinds.get(p, 1)))
    typed = replace(
        game,
        structure=structure,
        slots=slots,
        informed=informed,
        row_stride=np.array(table.strides, dtype=np.int32),
    )
    columns = np.ascontiguousarray(np.stack(table.columns, axis=1))
    return replace(filled, game=typed, table=columns, prior=_priors(rng, filled, informed))


def _shifted(shift: float) -> Callable[[np.ndarray], np.ndarray]:
    return lambda x: x + shift


def _reference(rng: np.random.Generator, player: int, players: int) -> int:
    return int(rng.choice([p for p in range(-1, players) if p != player]))


def _priors(rng: np.random.Generator, filled: Filled, informed: tuple[Informed, ...]) -> np.ndarray:
    groups, _, lanes = filled.table.shape
    most, players = max(len(each.types) for each in informed), len(filled.game.players)
    prior = np.zeros((groups, len(informed), 1 + players, most, lanes))
    for i, each in enumerate(informed):
        k = len(each.types)
        for column, g, lane in product(range(1 + players), range(groups), range(lanes)):
            if g * lanes + lane < filled.draws:
                prior[g, i, column, :k, lane] = rng.dirichlet(np.full(k, 2.0))
            else:
                prior[g, i, column, :k, lane] = prior[g, i, column, :k, lane - 1]
        prior[:, i, 1 + each.player] = prior[:, i, 0]
    return prior


def random_typed_by_hand(
    seed: int,
    kinds: Mapping[int, int] | None = None,
    draws: int = 2,
    sharp: float = 0.5,
    choices: int = 4,
    buffer: int = 0,
    **more: object,
) -> Filled:
    """A random game with private types; by default of one or two players, with two or three types each."""
    filled = random_game(seed, draws, sharp, choices=choices, buffer=buffer)
    players = len(filled.game.players)
    if kinds is None:
        rng = np.random.default_rng([seed, 3])
        chosen = rng.permutation(players)[: min(players, int(rng.integers(1, 3)))]
        kinds = {int(p): int(rng.integers(2, 4)) if len(chosen) == 1 else 2 for p in chosen}
    return with_types(filled, {p: k for p, k in kinds.items() if p < players}, seed, **more)
