"""Textbook models with closed-form answers, at great precision. Draws carry the parameter that the answer turns on."""

from itertools import product

import numpy as np
import pytest

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.game import LANES
from assay.game.small import chance, choice, close, ending, normal_form, small_game, to
from assay.solvers.census import census, distinct
from assay.solvers.solve import solve
from assay.solvers.strategies import Result, Strategies

SHARP = 1e6


def play(solved: Strategies, stage: str, period: int = 0) -> dict[str, np.ndarray]:
    """Probability of each move at a stage, by draw."""
    by_draw = solved.probability[:, period, :, 0].transpose(1, 0, 2).reshape(solved.probability.shape[2], -1)
    labels = solved.filled.game.option_label
    return {m: by_draw[o, : solved.filled.draws] for o, (_, at, m) in enumerate(labels) if at == stage}


def probability_of(solved: Strategies, ending_name: str) -> np.ndarray:
    """Probability that the game ends so, by draw."""
    names = [point.stage for point in solved.filled.game.skeleton.points]
    reader = Reader(point=np.array([names.index(ending_name)], np.int32))
    return forward(solved, [Pass({"x": reader})])[0].readings["x"].sum(axis=0)


def test_fearon_1995_ultimatum() -> None:
    """A demands x; B's cost of war is uniform on 0..b and known to B alone, which here is a draw after the demand.

    A asks for p + (b - cA)/2 = .65 and risks war with probability (b - cA)/(2b) = .375. The grid of costs has its
    points between demands, so that nobody is indifferent.
    """
    p, cost_a, b, cells = 0.5, 0.1, 0.4, 80
    demands = [round(0.5 + 0.01 * i, 2) for i in range(41)]
    costs = (np.arange(cells) + 0.5) * b / cells
    points = {"demand": choice({"A": [str(x) for x in demands]}, {str(x): to(f"cost {x}") for x in demands})}
    for x in demands:
        points[f"cost {x}"] = chance(*(to(f"answer {x} {i}", 1 / cells) for i in range(cells)))
        points[f"deal {x}"] = ending({"A": x, "B": 1 - x})
        for i in range(cells):
            points[f"answer {x} {i}"] = choice(
                {"B": ["accept", "fight"]}, {"accept": to(f"deal {x}"), "fight": to(f"war {i}")}
            )
    points |= {f"war {i}": ending({"A": p - cost_a, "B": 1 - p - cost}) for i, cost in enumerate(costs)}
    solved = solve(small_game(["A", "B"], points, precision=SHARP))
    assert play(solved, "demand")["0.65"][0] == pytest.approx(1, abs=1e-9)
    war = sum(probability_of(solved, f"war {i}")[0] for i in range(cells))
    assert war == pytest.approx(0.375, abs=1e-9)


def test_fearon_1995_range() -> None:
    """With cA = .1 and cB = .2 known, both prefer exactly the bargains in .40 .. .70 to war. A draw is a bargain."""
    x = np.array([0.3, 0.39, 0.41, 0.5, 0.69, 0.71, 0.9])
    points = {
        "first": choice({"A": ["deal", "fight"]}, {"deal": to("second"), "fight": to("war")}),
        "second": choice({"B": ["deal", "fight"]}, {"deal": to("peace"), "fight": to("war")}),
        "peace": ending({"A": x, "B": 1 - x}),
        "war": ending({"A": 0.5 - 0.1, "B": 0.5 - 0.2}),
    }
    # A chooses before B, and where B would fight anyway A does not care; play is then even, and war certain.
    solved = solve(small_game(["A", "B"], points, precision=SHARP))
    np.testing.assert_allclose(probability_of(solved, "peace"), (x > 0.4) & (x < 0.7), atol=1e-9)


def test_preventive_war_over_two_periods() -> None:
    """War now, with its costs in both periods, iff power shifts by more than (1 - p1 + cA)/delta = 1/3.

    The rising side offers the declining one a share in each period; the most it can give now is the whole.
    """
    p1, cost, delta = 0.8, 0.1, 0.9
    shift = np.array([0.05, 0.2, 0.32, 0.33, 0.34, 0.36, 0.5])
    p2 = p1 - shift
    offers = [round(0.02 * i, 2) for i in range(51)]
    points = {}
    for when, strength, weight in (("now", p1, 1 + delta), ("later", p2, 1.0)):
        points[f"offer {when}"] = choice(
            {"rising": [str(x) for x in offers]}, {str(x): to(f"answer {when} {x}") for x in offers}
        )
        for x in offers:
            points[f"answer {when} {x}"] = choice(
                {"declining": ["accept", "fight"]},
                {
                    "accept": to(f"close {when}", pays={"declining": x, "rising": 1 - x}),
                    "fight": to(f"war {when}"),
                },
            )
        points[f"close {when}"] = close(next="offer later")
        points[f"war {when}"] = ending(
            {"declining": (strength - cost) * weight, "rising": (1 - strength - cost) * weight}
        )
    filled = small_game(
        ["rising", "declining"], points, "offer now", periods=2, precision=SHARP, discount=np.full(shift.size, delta)
    )
    solved = solve(filled)
    # With war costs on both sides there is always a bargain in the last period.
    np.testing.assert_allclose(probability_of(solved, "war later"), 0, atol=1e-9)
    war = probability_of(solved, "war now")
    np.testing.assert_allclose(war[shift < 1 / 3], 0, atol=1e-9)
    # offers are 0.02 apart, so the declining side may get that much more in the last period than it must
    np.testing.assert_allclose(war[shift > 1 / 3 + 0.02], 1, atol=1e-9)


def test_brinkmanship() -> None:
    """Dixit and Skeath's Cuban missile crisis: a threat with risk q works iff q > .6, and is worth making iff moreover
    q < .375 (1 - p)/p, p the probability that the other side is hard and defies in any case. Draws are pairs (p, q).
    """
    p, q = (
        np.array(v) for v in zip(*product([0.1, 0.2, 0.26, 0.28, 0.35, 0.45], [0.3, 0.58, 0.62, 0.8, 1.0]), strict=True)
    )
    points = {
        "threat": choice({"US": ["threaten", "not"]}, {"threaten": to("nature"), "not": to("stays")}),
        "nature": chance(to("hard", p), to("soft", 1 - p)),
        "soft": choice({"USSR": ["withdraw", "defy"]}, {"withdraw": to("withdrawn"), "defy": to("hard")}),
        "hard": chance(to("war", q), to("stands", 1 - q)),
        "stays": ending({"US": -2, "USSR": 2}),
        "withdrawn": ending({"US": 1, "USSR": -4}),
        "war": ending({"US": -10, "USSR": -8}),
        "stands": ending({"US": -2, "USSR": 2}),
    }
    solved = solve(small_game(["US", "USSR"], points, precision=SHARP))
    np.testing.assert_allclose(play(solved, "soft")["withdraw"], q > 0.6, atol=1e-9)
    worth = (q > 0.6) & (q < 0.375 * (1 - p) / p)
    np.testing.assert_allclose(play(solved, "threat")["threaten"], worth, atol=1e-9)
    certain = q == 1.0
    np.testing.assert_array_equal(worth[certain], p[certain] < 3 / 11)
    assert not worth[p > 0.3846].any()


CHICKEN = [[[3, 2], [4, 1]], [[3, 4], [2, 1]]]
"""Ordinal payoffs 1..4: both swerve 3, 3; one drives on 4, 2; both 1, 1."""


def test_chicken_stays_symmetric_on_its_branch_at_every_precision() -> None:
    precisions = np.array([0.0, 0.5, 1.9, 2.1, 5.0, 20.0, 100.0, 1000.0])
    for selection in ("warm_start", "principal_branch"):
        solved = solve(normal_form(CHICKEN, precisions), selection, residual=1e-9)
        assert (solved.result <= Result.HOMOTOPY).all()
        np.testing.assert_allclose(solved.probability[:, 0, :, 0], 0.5, atol=1e-9)
        np.testing.assert_allclose(solved.value[0, :, :LANES], 2.5, atol=1e-8)


def test_chicken_has_asymmetric_branches_from_precision_two_on() -> None:
    """The symmetric branch has slope -precision/2 in the best response, so it forks where that passes -1."""
    precisions = np.array([0.5, 1.9, 2.1, 5.0, 20.0])
    found = census(normal_form(CHICKEN, precisions), residual=1e-10)
    np.testing.assert_array_equal(distinct(found), [1, 1, 3, 3, 3])
    drives_on = {round(float(solved.probability[0, 0, 1, 0, 4]), 6) for solved in found}
    assert drives_on == {0.0, 0.5, 1.0}
    for solved in found:  # every solution is a logit equilibrium: p = 1 / (1 + exp(-precision * (1 - 2 q)))
        p, q = solved.probability[0, 0, 1, 0, :5], solved.probability[0, 0, 3, 0, :5]
        np.testing.assert_allclose(p, 1 / (1 + np.exp(-precisions * (1 - 2 * q))), atol=1e-8)


@pytest.mark.parametrize("m", [0.5, 1.0])
def test_tullock_contest(m: float) -> None:
    """Two sides spend e to win 1 with probability e**m / (e**m + f**m): each spends m/4 (Tullock 1980).

    Efforts lie on a grid that has m/4 on it; between grid points payoffs differ by about 1e-3, so precision is great.
    """
    efforts = np.round(0.025 * np.arange(1, 21), 3)
    win = efforts[:, None] ** m / (efforts[:, None] ** m + efforts[None, :] ** m)
    pay = np.array([win - efforts[:, None], 1 - win - efforts[None, :]])
    solved = solve(normal_form(pay, np.array([0.0, 1e4])), "principal_branch", residual=1e-9)
    assert solved.result[1] == Result.HOMOTOPY
    chosen = solved.probability[0, 0, :, 0, 1].reshape(2, 20)
    np.testing.assert_array_equal(efforts[chosen.argmax(axis=1)], m / 4)
    assert chosen.max(axis=1) == pytest.approx(1, abs=0.05)
    np.testing.assert_array_equal(solved.probability[0, 0, :, 0, 0], 1 / 20)
