"""Many draws at once against the arclength solver of trees, draw by draw."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from assay.solvers.many_trees import Many, plan_of, solve_many
from assay.solvers.strategies import Result
from assay.trees.build import Chance, Choice, End, array_game, grow
from assay.trees.form import form
from assay.trees.read import read_text
from assay.trees.solve import Solution, solve, solve_form
from assay.trees.tree import Tree

SIGNALLING = """EFG 2 R "Signalling" { "Sender" "Receiver" }
c "" 1 "" { "high" 1/3 "low" 2/3 } 0
p "" 1 1 "" { "E" "N" } 0
p "" 2 1 "" { "M" "C" } 0
t "" 1 "" { 6 10 }
t "" 2 "" { 0 4 }
p "" 2 2 "" { "M" "C" } 0
t "" 3 "" { 10 10 }
t "" 4 "" { 4 4 }
p "" 1 2 "" { "E" "N" } 0
p "" 2 1 0
t "" 5 "" { 3 0 }
t "" 6 "" { -3 4 }
p "" 2 2 0
t "" 7 "" { 10 0 }
t "" 8 "" { 4 4 }
"""


def signalling() -> Tree:
    return read_text(SIGNALLING)[0]


def three_moves() -> Tree:
    """Chance, three moves, a set with one, a player who moves twice, sets that chance reaches unequally."""

    def end(*pays: float) -> End:
        return End(pays)

    last = Choice(0, "again", (("x", end(1, 2)), ("y", end(0, 3)), ("z", end(2, 0))))
    answer = [
        Choice(1, "answer", (("l", end(0, i)), ("m", last if i else end(3, 1)), ("r", end(i, i)))) for i in range(3)
    ]
    first = Choice(0, "first", tuple((label, answer[i]) for i, label in enumerate("abc")))
    other = Choice(1, "answer", (("l", end(1, 0)), ("m", end(0, 1)), ("r", Choice(0, "one", (("o", end(4, 4)),)))))
    return grow(("A", "B"), Chance((("u", "3/4", first), ("v", "1/4", other))))


def one_by_one(tree: Tree, pay: np.ndarray, precision: float) -> Solution:
    arrays = form(tree)
    middle, scale = (pay.max(axis=0) + pay.min(axis=0)) / 2, float(np.ptp(pay, axis=0).max())
    return solve_form(replace(arrays, payoff=pay, middle=middle, scale=scale), precision)


def random_payoffs(tree: Tree, draws: int, scale: float) -> np.ndarray:
    arrays = form(tree)
    return scale * np.random.default_rng(5).normal(size=(draws, *arrays.payoff.shape))


@pytest.mark.parametrize("make", [signalling, three_moves])
@pytest.mark.parametrize(("scale", "precision"), [(1.0, 1.0), (3.0, 1.0), (1.0, 8.0)])
def test_every_draw_is_on_its_principal_branch(make, scale: float, precision: float) -> None:
    tree = make()
    pay = random_payoffs(tree, 60, scale)
    found = solve_many(tree, pay, precision)
    assert (found.residual <= 1e-9).all()
    assert np.isin(found.result, [Result.NEWTON, Result.HOMOTOPY]).all()
    assert (found.result == Result.NEWTON).mean() > 0.7
    for draw in range(60):
        own = one_by_one(tree, pay[draw], precision)
        assert found.probability[draw] == pytest.approx(own.probability, abs=1e-8)


def test_the_games_own_payoffs() -> None:
    tree = signalling()
    found = solve_many(tree, np.tile(form(tree).payoff, (3, 1, 1)), [0.0, 1.0, 5.0])
    for draw, precision in enumerate((0.0, 1.0, 5.0)):
        assert found.probability[draw] == pytest.approx(solve(tree, precision).probability, abs=1e-9)


def test_threads_and_neighbours_change_nothing() -> None:
    tree = signalling()
    pay = random_payoffs(tree, 203, 1.0)
    alone = solve_many(tree, pay, threads=1)
    spread = solve_many(tree, pay, threads=3)
    assert (alone.probability == spread.probability).all()
    few = solve_many(tree, pay[16:19])
    assert few.probability == pytest.approx(alone.probability[16:19], abs=1e-9)


def test_draws_that_fold_are_followed_along_their_branch() -> None:
    tree = signalling()
    pay = random_payoffs(tree, 400, 6.0)
    found = solve_many(tree, pay)
    (folded,) = np.nonzero(found.result == Result.HOMOTOPY)
    assert 0 < len(folded) < 40
    for draw in folded[:5]:
        assert found.probability[draw] == pytest.approx(one_by_one(tree, pay[draw], 1.0).probability, abs=1e-9)


def test_nothing_to_choose() -> None:
    tree = grow(("A",), Choice(0, "h", (("only", End((1.0,))),)))
    found = solve_many(tree, [[[1.0]], [[2.0]]])
    assert (found.probability == 1.0).all()
    assert (found.residual == 0.0).all()


def test_trees_too_large_to_write_out_are_solved_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assay.solvers.many_trees.LARGEST_CODE", 3)
    tree = array_game(("A", "B"), (("u", "d"), ("l", "r")), ((1, 0), (0, 1), (0, 1), (3, 0)))
    found = solve_many(tree, np.tile(form(tree).payoff, (2, 1, 1)))
    assert (found.result == Result.HOMOTOPY).all()
    assert found.probability[1] == pytest.approx(solve(tree, 1.0).probability, abs=1e-9)


def test_what_all_nodes_of_a_set_have_in_common_is_left_out() -> None:
    tree = three_moves()
    plan = plan_of(form(tree))
    place = tree.names.index("again")
    first = sum(plan.moves[:place])
    assert all(b not in entry.others for entry in plan.entries[first] for b in range(first, first + 3))
    assert max(visit.chance for visit in plan.visits[tree.names.index("answer")]) == 1.0
    assert plan.unknowns == plan.actions - len(tree.sets)


@pytest.mark.parametrize(
    ("payoffs", "precision", "words"),
    [
        (np.zeros((2, 3, 2)), 1.0, "shape"),
        (np.full((1, 8, 2), np.nan), 1.0, "finite"),
        (np.zeros((1, 8, 2)), -1.0, "0 or more"),
    ],
)
def test_misuse(payoffs: np.ndarray, precision: float, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        solve_many(signalling(), payoffs, precision)


def test_the_comparison_can_fail() -> None:
    tree = signalling()
    pay = random_payoffs(tree, 8, 1.0)
    found: Many = solve_many(tree, pay, 1.02)
    assert np.abs(found.probability[0] - one_by_one(tree, pay[0], 1.0).probability).max() > 1e-4


def test_known_games_are_many_too() -> None:
    data = json.loads((Path(__file__).parents[1] / "oracles" / "data" / "S05.json").read_text())
    check = next(c for c in data["checks"] if c["type"] == "logit_qre" and c["lam"] == 1.0)
    found = solve_many(signalling(), form(signalling()).payoff[None])
    expected = [check["profile"][name][move] for name, move in (("You:1", "E"), ("Firm:1", "M"), ("Firm:2", "M"))]
    assert found.probability[0, [0, 2, 4]] == pytest.approx(expected, abs=1e-9)
