"""Games in which all move at once, on the principal branch: known answers, and pygambit now."""

import numpy as np
import pygambit
import pytest
from known_games import array_game, checks, largest_gap, load, number, precisions_of, probabilities

from assay.solvers.census import census, distinct
from assay.solvers.solve import solve
from assay.solvers.strategies import Result

ARRAYS = ("N01", "N02", "N03", "N05", "N06")


def as_text(profile: dict) -> dict:
    return {place: {move: str(p) for move, p in mix.items()} for place, mix in profile.items()}


@pytest.mark.parametrize("name", ARRAYS)
def test_principal_branch_at_the_listed_precisions(name: str) -> None:
    known = load(name)
    listed = checks(known, "logit_qre")
    assert len(listed) >= 3
    solved = solve(array_game(known["game"], precisions_of(listed)), "principal_branch", residual=1e-11)
    assert (solved.result <= Result.HOMOTOPY).all()
    for draw, check in enumerate(listed):
        assert largest_gap(solved, draw, as_text(check["profile"])) < check["tol"]


@pytest.mark.parametrize("name", ARRAYS)
def test_the_same_from_pygambit_itself(name: str) -> None:
    known = load(name)
    precisions = sorted({check["lam"] for check in checks(known, "logit_qre") if check["tol"] <= 1e-6})
    pay = [np.vectorize(number)(np.array(p, dtype=object)) for p in known["game"]["payoffs"]]
    answers = pygambit.qre.logit_solve_lambda(pygambit.Game.from_arrays(*pay), precisions)
    solved = solve(array_game(known["game"], precisions), "principal_branch", residual=1e-11)
    for draw, answer in enumerate(answers):
        own = list(probabilities(solved, draw).values())
        assert own == pytest.approx([answer[i] for i in range(len(own))], abs=1e-6)


@pytest.mark.parametrize("name", ["N01", "N02", "N03"])
def test_the_branch_ends_where_it_is_known_to(name: str) -> None:
    known = load(name)
    (check,) = checks(known, "logit_limit")
    solved = solve(array_game(known["game"], [2000.0]), "principal_branch", residual=1e-9)
    assert solved.result[0] <= Result.HOMOTOPY
    assert largest_gap(solved, 0, as_text(check["profile"])) < check["tol"]


def test_a_mixed_equilibrium_of_six_by_six_is_reached() -> None:
    known = load("N06")
    (check,) = checks(known, "nash")
    solved = solve(array_game(known["game"], [1000.0]), "principal_branch", residual=1e-9)
    assert solved.result[0] == Result.HOMOTOPY
    assert largest_gap(solved, 0, as_text(check["profiles"][0])) < 2e-3


def test_the_census_finds_every_stable_root_of_the_stag_hunt() -> None:
    known = load("N03")
    listed = checks(known, "all_logit_qre")
    found = census(array_game(known["game"], precisions_of(listed)), residual=1e-10)
    counts = distinct(found)
    for draw, check in enumerate(listed):
        # every solution found is one of the roots; sweeps cannot hold the middle root of three
        for solved in found:
            assert min(largest_gap(solved, draw, as_text(root)) for root in check["profiles"]) < 1e-6
        assert counts[draw] == (1 if len(check["profiles"]) == 1 else 2)


def test_sweeps_fail_on_cycles_and_are_rescued() -> None:
    # Matching pennies at great precision: plain best responses turn in a circle.
    known = load("N01")
    solved = solve(array_game(known["game"], [50.0, 1.0]), "warm_start", residual=1e-9)
    branch = solve(array_game(known["game"], [50.0, 1.0]), "principal_branch", residual=1e-9)
    assert (solved.residual <= 1e-9).all()
    np.testing.assert_allclose(solved.probability, branch.probability, atol=1e-7)


def test_derivative_by_precision() -> None:
    known = load("N01")
    check = next(c for c in checks(known, "gradient") if c["wrt"] == "lambda")
    step = 1e-5
    solved = solve(array_game(known["game"], [check["lam"] - step, check["lam"] + step]), residual=1e-12)
    below, above = probabilities(solved, 0), probabilities(solved, 1)
    for key, p in above.items():
        assert (p - below[key]) / (2 * step) == pytest.approx(check["d"][key[0]][key[2]], abs=check["tol"])
