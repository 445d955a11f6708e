"""Corners, and equilibria that only the less obvious ones lead to: coordination has one for every option."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from handmade import Joint, Pay, Spot, Way, build, close, ending, together
from hypothesis import given
from hypothesis import strategies as st
from random_games import random_game
from random_typed import random_typed

from assay.game.game import Filled
from assay.solvers.census import census, corners, distinct
from assay.solvers.corners import BITS, MOST, PLACES, few_corners


def digits(corner: int, many: int) -> tuple[int, ...]:
    return tuple((corner >> (BITS * place)) & ((1 << BITS) - 1) for place in range(many))


def coordination(options: int, movers: int = 2, types: tuple[int, ...] = (1, 1), sharp: float = 8.0) -> Filled:
    """Everybody gets one and a little for the option where all choose alike; types have equal shares."""
    named = {f"p{n}": tuple(f"t{k}" for k in range(many)) for n, many in enumerate(types) if many > 1}
    joints = [
        Joint([Way(2, pays=[])], [Pay(n, (1 + 0.05 * chosen[0]) * (len(set(chosen)) == 1)) for n in range(movers)])
        for chosen in product(range(options), repeat=movers)
    ]
    spots: list[Spot] = [together([(n, [1.0] * options) for n in range(movers)], joints), close(0), ending()]
    shares = {actor: dict.fromkeys(names, np.full(1, 1 / len(names))) for actor, names in named.items()}
    return build(spots, movers, sharp, periods=1, buffer=0, discount=1.0, types=shares, nodes=5, span=2.0)


def test_every_combination_is_tried_where_they_are_few() -> None:
    assert sorted(digits(corner, 2) for corner in corners(coordination(3))) == sorted(product(range(3), repeat=2))


@given(st.integers(0, 200))
def test_corners_are_different_and_never_too_many(seed: int) -> None:
    for filled in (random_game(seed, 2), random_typed(seed, 2)):
        found, few = corners(filled), few_corners(filled.game)
        assert len(set(found)) == len(found) <= MOST
        assert set(few) <= set(found)
        assert all(0 <= corner < 1 << (BITS * PLACES) for corner in found)


@pytest.mark.parametrize("options", [2, 3, 4, 5])
def test_agreement_on_every_option_is_found(options: int) -> None:
    assert distinct(census(coordination(options), residual=1e-9))[0] >= options


@pytest.mark.parametrize(("options", "types"), [(2, (3, 2)), (3, (2, 2)), (2, (3, 3)), (4, (2, 2))])
def test_agreement_of_types_on_every_option_is_found(options: int, types: tuple[int, int]) -> None:
    # Five and more (mover, type) have more corners than are tried; everybody leaning alike is among those that are.
    filled = coordination(options, types=types)
    assert distinct(census(filled, residual=1e-9))[0] >= options
