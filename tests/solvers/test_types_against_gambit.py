"""Random signalling games of one period against pygambit on the tree unrolled, where beliefs need no grid."""

from itertools import product

import numpy as np
import pytest
from unrolled import Unrolled

from assay.game.game import Filled
from assay.game.small import By, Made, by, choice, ending, small_game, to
from assay.solvers.definition_cells import cells_at, options_of
from assay.solvers.definition_types import excess, solve_types_by_definition

NAMES = ("x", "y", "z")


class _Maker:
    """`a` moves first, alone or with `b`; `b` answers, `a` has the last word; payoffs go by everybody's type."""

    def __init__(self, seed: int, types: dict[str, int]) -> None:
        self.rng, self.types = np.random.default_rng([seed, 11]), types

    def amount(self, actors: tuple[str, ...]) -> float | By:
        if not actors:
            return float(self.rng.normal(0, 1.5))
        first, *others = actors
        return by(first, **{name: self.amount(tuple(others)) for name in NAMES[: self.types[first]]})

    def pays(self) -> dict[str, float | By]:
        return {player: self.amount(tuple(self.types)) for player in "ab"}

    def points(self, together: bool) -> dict[str, Made]:
        said = list(product("pq", "st")) if together else [(m,) for m in "pqr"]
        movers = {"a": ["p", "q"], "b": ["s", "t"]} if together else {"a": ["p", "q", "r"]}
        found = {"first": choice(movers, {key: to("answer", pays=self.pays()) for key in said})}
        found["answer"] = choice({"b": ["m", "n"]}, {"m": to("last"), "n": to("gone")})
        likely = float(self.rng.uniform(0.2, 0.8))
        ways = {"u": to("won"), "v": [to("won", likely, pays=self.pays()), to("lost", 1 - likely)]}
        found["last"] = choice({"a": ["u", "v"]}, ways)
        return found | {name: ending(self.pays()) for name in ("gone", "won", "lost")}


def signalling(seed: int, types: dict[str, int], nodes: int, together: bool = False, span: float = 2.0) -> Filled:
    """A game in which what is believed after the first move matters to the answer, and so to the move."""
    make = _Maker(seed, types)
    points = make.points(together)
    shares = {
        actor: dict(zip(NAMES, make.rng.dirichlet(np.full(count, 4.0)), strict=False)) for actor, count in types.items()
    }
    precision = {"a": float(make.rng.uniform(0.5, 1)), "b": float(make.rng.uniform(0.5, 1))}
    return small_game(["a", "b"], points, precision=precision, types=shares, nodes=nodes, span=span)


def first_play(filled: Filled, learning: bool = True) -> np.ndarray:
    """What is played at the first point, at the prior, (types, options) of its movers side by side."""
    solved = solve_types_by_definition(filled, 1e-9, learning=learning)
    assert excess(solved, learning).max() < 1e-8
    game, s = filled.game, filled.game.structure
    shape, found = tuple(each.size for each in game.informed), []
    start = int(np.ravel_multi_index([size // 2 for size in shape], shape))
    for m, options in enumerate(options_of(game, s.start)):
        player = int(s.mover_player[s.mover_start[s.start] + m])
        kinds = sum(who == player for who, _ in game.slots)
        cells = cells_at(solved.cells, options, 0, kinds, start)
        found.append(solved.probability[0, cells, 0].ravel())
    return np.concatenate(found)


def off(filled: Filled, learning: bool = True) -> float:
    """Largest difference of first play from Gambit's."""
    tree = Unrolled(filled)
    return float(np.abs(first_play(filled, learning) - tree.first(tree.solved())).max())


@pytest.mark.parametrize("seed", range(6))
def test_one_informed_player(seed: int) -> None:
    assert off(signalling(seed, {"a": 2}, 61, span=4.0)) < 5e-4


@pytest.mark.parametrize("seed", range(3))
def test_three_types(seed: int) -> None:
    assert off(signalling(seed, {"a": 3}, 11)) < 3e-3


@pytest.mark.parametrize("seed", range(3))
def test_two_informed_players(seed: int) -> None:
    assert off(signalling(seed, {"a": 2, "b": 2}, 13)) < 2e-3


@pytest.mark.parametrize("seed", range(3))
def test_two_who_move_at_once(seed: int) -> None:
    assert off(signalling(seed, {"a": 2, "b": 2}, 13, together=True)) < 2e-3


def test_the_comparison_can_fail() -> None:
    """Where nothing is learnt, or on few nodes, play differs by far more than is allowed above."""
    games = [signalling(seed, {"a": 2}, 21, span=4.0) for seed in range(6)]
    assert sum(off(each, learning=False) > 2e-3 for each in games) >= 4
    assert min(off(signalling(seed, {"a": 2}, 5, span=4.0)) for seed in range(6)) > 5e-4
