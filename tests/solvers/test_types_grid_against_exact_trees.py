"""Play on a grid of beliefs against the whole tree, solved without a grid: it comes closer as nodes are added."""

import numpy as np
import pytest
from grid_games import Family, Play, game, in_the_tree, on_the_grid, tree_of

from assay.game.game import Floats
from assay.solvers.solve import solve
from assay.trees.census import census
from assay.trees.form import form
from assay.trees.solve import Outcome, solve_form

DRAWS = 8


def exact(family: Family, moves: int, replies: int, precision: float) -> tuple[Floats, Floats]:
    """(D, E) probabilities of endings and (D, F) play at the start, on the principal branch of each draw's tree."""
    rows = []
    for draw in range(DRAWS):
        unrolled, tree = tree_of(game(family, moves, replies, DRAWS, precision, 3, 3.0), draw)
        arrays = form(tree)
        solved = solve_form(arrays, 1.0)
        assert solved.result is Outcome.CONVERGED
        rows.append(in_the_tree(unrolled, arrays, solved.probability))
    return np.array([ends for ends, _ in rows]), np.array([first for _, first in rows])


def errors(play: Play, answer: tuple[Floats, Floats]) -> Floats:
    """(D,) largest error of a probability."""
    assert play.solved.all()
    off = [np.abs(found - true).max(axis=1) for found, true in zip((play.ends, play.first), answer, strict=True)]
    return np.maximum(*off)


@pytest.mark.parametrize(("moves", "replies"), [(2, 2), (3, 3)])
def test_the_error_falls_as_nodes_are_added(moves: int, replies: int) -> None:
    """From 5 to 25 nodes every draw comes several times closer, and the worst to a few in a thousand."""
    answer = exact("signal", moves, replies, 1.0)
    five, nine, many = (
        errors(on_the_grid(game("signal", moves, replies, DRAWS, 1.0, nodes, 3.0)), answer) for nodes in (5, 9, 25)
    )
    assert five.max() > 0.01
    assert np.median(nine) < np.median(five) / 2
    assert np.median(many) < np.median(five) / 20
    assert (many < five).all()
    assert many.max() < 3e-3


def test_two_who_learn_of_each_other_at_once() -> None:
    answer = exact("both", 2, 2, 1.0)
    five, nine = (errors(on_the_grid(game("both", 2, 2, DRAWS, 1.0, nodes, 3.0)), answer) for nodes in (5, 9))
    assert np.median(nine) < np.median(five) / 1.5
    assert nine.max() < 1e-2


def test_one_equilibrium_of_each_tree() -> None:
    """What is compared above is the only thing there is to compare with."""
    for draw in range(DRAWS):
        _, tree = tree_of(game("signal", 2, 2, DRAWS, 1.0, 3, 3.0), draw)
        assert len(census(tree, 1.0, starts=10).equilibria) == 1


def test_not_learning_is_told_apart() -> None:
    """The comparison can fail: where nobody learns, errors do not fall with nodes."""
    answer = exact("signal", 2, 2, 1.0)
    filled = game("signal", 2, 2, DRAWS, 1.0, 25, 3.0)
    found = on_the_grid(filled, solver=lambda one: solve(one, residual=1e-6, threads=1, learning=False))
    assert np.median(errors(found, answer)) > 0.01
