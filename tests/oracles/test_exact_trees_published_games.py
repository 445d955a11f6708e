"""Published games and their known answers, solved and verified over the whole tree (sources: data/README.md)."""

import numpy as np
import pytest
from exact_trees import GAMES, as_profile, cases, end_at, gap, named, tree_of
from scipy.optimize import brentq

from assay.trees.census import census
from assay.trees.form import form
from assay.trees.profile import Profile, profile_of
from assay.trees.response import normalised, residual, response, values
from assay.trees.slope import by_payoff, by_precision
from assay.trees.solve import Outcome, solve
from assay.trees.verify import (
    agent_regret,
    completions,
    nash_regret,
    payoffs,
    perfect,
    sequentially_rational,
    subgame_regret,
    zero_sum_value,
)


def of_kind(kind: str) -> pytest.MarkDecorator:
    found = cases(kind)
    assert found, f"no check of kind {kind}"
    return pytest.mark.parametrize(("name", "check"), found, ids=named(found))


@of_kind("logit_qre")
def test_logit_equilibria_of_the_principal_branch(name: str, check: dict) -> None:
    solution = solve(tree_of(name), check["lam"])
    assert solution.result is Outcome.CONVERGED
    assert gap(solution.strategies, check["profile"]) < check["tol"]
    assert solution.residual < 1e-11


@of_kind("all_logit_qre")
def test_every_logit_equilibrium_is_found(name: str, check: dict) -> None:
    found = census(tree_of(name), check["lam"])
    assert len(found.equilibria) == len(check["profiles"])
    for profile in check["profiles"]:
        assert min(gap(solution.strategies, profile) for solution in found.equilibria) < check["tol"]


@of_kind("logit_limit")
def test_where_the_principal_branch_ends(name: str, check: dict) -> None:
    solution = solve(tree_of(name), np.inf)
    assert solution.result is Outcome.LIMIT
    assert gap(solution.strategies, check["profile"]) < check["tol"]


@of_kind("gradient")
def test_derivatives(name: str, check: dict) -> None:
    tree = tree_of(name)
    solution = solve(tree, check["lam"])
    by_lambda = check["wrt"] == "lambda"
    slope = by_precision(solution) if by_lambda else by_payoff(solution, *end_at(tree, check["path"]))
    assert gap(as_profile(solution.form, slope), check["d"]) < check["tol"]


@of_kind("nash")
def test_nash_equilibria(name: str, check: dict) -> None:
    tree = tree_of(name)
    for given in check["profiles"]:
        profile = profile_of(tree, given)
        assert nash_regret(tree, profile).max() <= check["tol"]
        assert (subgame_regret(tree, profile) <= check["tol"]) or not check.get("subgame_perfect")


@pytest.mark.parametrize("name", [name for name, check in cases("nash") if check["complete"]])
def test_branches_end_at_every_sequential_equilibrium(name: str) -> None:
    tree = tree_of(name)
    (listed,) = [check["profiles"] for check in GAMES[name]["checks"] if check["type"] == "nash"]
    found = census(tree, 20_000 / form(tree).scale)
    # Limits of logit equilibria are sequential equilibria (McKelvey and Palfrey 1998): best everywhere after trembles.
    sequential = [profile for profile in listed if agent_regret(tree, shaken(profile_of(tree, profile))).max() < 1e-4]
    assert len(found.equilibria) >= len(sequential) >= 1
    for profile in sequential:
        assert min(gap(solution.strategies, profile) for solution in found.equilibria) < 0.05


def shaken(profile: Profile) -> Profile:
    return tuple(tuple((share + 1e-9) / (1 + 1e-9 * len(own)) for share in own) for own in profile)


@of_kind("spe")
def test_subgame_perfect_equilibria(name: str, check: dict) -> None:
    tree = tree_of(name)
    profile = profile_of(tree, check["profile"])
    assert subgame_regret(tree, profile) <= check["tol"]
    assert payoffs(tree, profile) == pytest.approx(check["values"], abs=check["tol"])
    assert gap(solve(tree, np.inf).strategies, check["profile"]) < 1e-6


@of_kind("agent_nash_not_nash")
def test_an_equilibrium_of_agents_that_is_none_of_players(name: str, check: dict) -> None:
    tree = tree_of(name)
    profile = profile_of(tree, check["profile"])
    assert agent_regret(tree, profile).max() <= 1e-9
    assert nash_regret(tree, profile).max() > 0.1


@of_kind("refinement")
def test_perfection(name: str, check: dict) -> None:
    tree = tree_of(name)
    for partly in check["perfect"]:
        answers = [perfect(tree, profile_of(tree, whole)) for whole in completions(tree, partly)]
        assert True in answers
        assert gap(solve(tree, np.inf).strategies, partly) < 2e-3
    for given in check["not_perfect"]:
        profile = profile_of(tree, given)
        assert perfect(tree, profile) is False
        assert not sequentially_rational(tree, profile)


@of_kind("value")
def test_values_of_constant_sum_games(name: str, check: dict) -> None:
    tree = tree_of(name)
    assert tree.players.index(check["player"]) == 0
    expected = float(eval_fraction(check["value"]))
    assert zero_sum_value(tree) == pytest.approx(expected, abs=check["tol"])
    assert solve(tree, np.inf).payoffs[0] == pytest.approx(expected, abs=1e-5)


def eval_fraction(text: str) -> float:
    above, below = (float(part) for part in text.split("/"))
    return above / below


@of_kind("bifurcation")
def test_where_another_branch_crosses(name: str, check: dict) -> None:
    solution = solve(tree_of(name), 2 * check["lam"])
    assert solution.result is Outcome.CONVERGED
    assert len(solution.crossings) == 1
    assert solution.crossings[0] == pytest.approx(check["lam"], abs=check["tol"])
    before = solve(tree_of(name), check["lam"] - check["tol"])
    assert before.crossings == ()
    assert len(census(tree_of(name), 2 * check["lam"]).equilibria) > 1


@of_kind("qre_mle")
def test_the_precision_that_fits_counts_best(name: str, check: dict) -> None:
    tree = tree_of(name)
    solution = solve(tree, check["lam"])
    counts = np.array([check["counts"][place][move] for place, own in solution.strategies.items() for move in own])
    assert gap(solution.strategies, check["profile"]) < check["tol"]
    assert counts @ solution.y == pytest.approx(check["loglik"], abs=check["tol"])

    def score(precision: float) -> float:
        fitted = solve(tree, precision)
        return float(counts / fitted.probability @ by_precision(fitted))

    assert brentq(score, check["lam"] / 2, check["lam"] * 1.5, xtol=1e-8) == pytest.approx(check["lam"], abs=1e-3)


@of_kind("empirical_payoff_mle")
def test_the_precision_that_fits_replies_to_what_was_played(name: str, check: dict) -> None:
    arrays = form(tree_of(name))
    fitted = next(c for c in GAMES[name]["checks"] if c["type"] == "qre_mle")
    counts = np.array([count for own in fitted["counts"].values() for count in own.values()])
    worth = values(arrays, normalised(arrays, np.log(counts))).q
    likely = [counts @ response(arrays, worth, lam) for lam in np.linspace(0, 3, 3001)]
    assert np.argmax(likely) / 1000 == pytest.approx(check["lam"], abs=2e-3)
    assert max(likely) == pytest.approx(check["loglik"], abs=1e-4)


def test_the_checks_can_fail() -> None:
    name, check = next((n, c) for n, c in cases("logit_qre") if n == "S01" and c["lam"] == 2.0)
    tree = tree_of(name)
    assert gap(solve(tree, 2.01).strategies, check["profile"]) > 1e-4
    wrong = {**GAMES["S02"]["checks"][0]["profiles"][0], "Alice:1": {"Meet": 0.6, "Pass": 0.4}}
    poker = tree_of("S02")
    assert nash_regret(poker, profile_of(poker, wrong)).max() > 0.05
    half = solve(tree, 1.0)
    assert residual(half.form, half.y, 1.1) > 1e-3
