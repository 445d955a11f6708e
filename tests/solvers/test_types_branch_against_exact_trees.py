"""The principal branch on a grid of beliefs against that of the whole tree, which Gambit's own path is held against.

At these precisions branches fold, and on the grid they turn wherever play takes beliefs over a node. The two are the
same but in a game now and then: on the grid precision grows for one stage after the other, in the tree for all at once.
"""

import numpy as np
import pytest
from grid_games import game, in_the_tree, on_the_grid, tree_of
from random_typed import random_typed

from assay.solvers.solve import solve
from assay.solvers.strategies import Result
from assay.trees.form import form
from assay.trees.solve import Outcome, solve_form

DRAWS = 32


@pytest.mark.parametrize("precision", [3.0, 5.0, 10.0])
def test_the_branch_of_signalling_games_is_that_of_their_trees(precision: float) -> None:
    ends, first = [], []
    for draw in range(DRAWS):
        unrolled, tree = tree_of(game("signal", 2, 2, DRAWS, precision, 3, 3.0), draw)
        arrays = form(tree)
        solved = solve_form(arrays, 1.0)
        assert solved.result is Outcome.CONVERGED
        in_the_end, at_the_start = in_the_tree(unrolled, arrays, solved.probability)
        ends.append(in_the_end)
        first.append(at_the_start)
    filled = game("signal", 2, 2, DRAWS, precision, 41, 4.0)
    found = on_the_grid(filled, solver=lambda one: solve(one, "principal_branch", residual=1e-6, threads=1))
    assert found.solved.all()
    away = np.maximum(*(np.abs(a - b).max(axis=1) for a, b in ((found.ends, ends), (found.first, first))))
    assert (away < 0.02).sum() >= DRAWS - 1
    assert np.median(away) < 1e-3


@pytest.mark.parametrize("sharp", [3.0, 6.0, 12.0])
def test_the_branch_is_hardly_ever_lost(sharp: float) -> None:
    """Random games with two types and two options, up to three movers at once."""
    lost = many = 0
    for seed in range(30):
        solved = solve(random_typed(seed, 16, sharp, most_types=2, most_options=2), "principal_branch", residual=1e-6)
        lost, many = lost + int((solved.result == Result.UNRESOLVED).sum()), many + solved.result.size
    assert lost <= 0.005 * many
