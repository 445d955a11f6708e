"""Stochastic games over a finite horizon: values and strategies of every stage (backward induction, arclength at each
stage).
"""

import numpy as np
import pytest
from known_games import checks, load

from assay.game.game import Filled
from assay.game.small import choice, close, small_game, to
from assay.solvers.solve import solve


def stochastic_game(game: dict, precision: float, discount: float, periods: int, start: int) -> Filled:
    """States as points that a period starts from; where the next one starts is drawn at the end of the period."""
    pay, move_on = np.array(game["payoffs"]), np.array(game["transitions"])
    states, _, rows, columns = pay.shape
    points = {}
    for state in range(states):
        moves = {"a": [str(a) for a in range(rows)], "b": [str(b) for b in range(columns)]}
        leads = {}
        for a in range(rows):
            for b in range(columns):
                ways = [(n, p) for n, p in enumerate(move_on[state, a, b]) if p > 0]
                leads[str(a), str(b)] = [
                    to(f"end {n}", p, {"a": pay[state, 0, a, b], "b": pay[state, 1, a, b]}) for n, p in ways
                ]
        points[f"state {state}"] = choice(moves, leads)
        points[f"end {state}"] = close(next=f"state {state}")
    return small_game(["a", "b"], points, f"state {start}", periods=periods, precision=precision, discount=discount)


@pytest.mark.parametrize("name", ["M01", "M02"])
@pytest.mark.parametrize("selection", ["warm_start", "principal_branch"])
def test_values_and_strategies_at_every_stage(name: str, selection: str) -> None:
    known = load(name)
    listed = checks(known, "finite_horizon_qre")
    assert len(listed) == 2
    for check in listed:
        for state in range(len(known["game"]["payoffs"])):
            filled = stochastic_game(known["game"], check["lam"], check["delta"], check["T"], state)
            solved = solve(filled, selection, residual=1e-11)
            assert solved.value[0, :, 0] == pytest.approx(check["stages"][-1]["values"][state], abs=check["tol"])
            for stage in check["stages"]:
                period = check["T"] - stage["stages_to_go"]
                for i, strategies in enumerate(stage["strategies"]):
                    own = play(filled, solved.probability[0, period, :, 0, 0], f"state {i}")
                    assert own == pytest.approx(np.concatenate(strategies), abs=check["tol"])


def play(filled: Filled, probability: np.ndarray, stage: str) -> list[float]:
    labels = filled.game.option_label
    return [p for (_, at, _), p in zip(labels, probability, strict=True) if at == stage]


def test_shorter_horizons_are_the_later_stages_of_longer_ones() -> None:
    known = load("M02")
    check = checks(known, "finite_horizon_qre")[0]
    for stage in check["stages"]:
        filled = stochastic_game(known["game"], check["lam"], check["delta"], stage["stages_to_go"], 1)
        solved = solve(filled, residual=1e-11)
        assert solved.value[0, :, 0] == pytest.approx(stage["values"][1], abs=check["tol"])
