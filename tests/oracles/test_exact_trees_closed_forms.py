"""Games of the literature whose solutions have closed forms, over the whole tree.

Zagare and Kilgour 2000 (unilateral deterrence), Kydd 2005 (trust), stripped-down poker (Reiley and others 2008),
chicken, matching pennies; and a stochastic game of two periods against backward induction.
"""

from itertools import pairwise, product

import numpy as np
import pytest
from exact_trees import GAMES

from assay.trees.build import Branch, Chance, Choice, End, array_game, grow, shares
from assay.trees.census import census
from assay.trees.profile import profile_of
from assay.trees.solve import Outcome, path, solve
from assay.trees.tree import Tree
from assay.trees.verify import nash_regret


def deterrence(hard_challenger: float, hard_defender: float) -> Tree:
    """Challenge or not; concede or resist; back down or fight. Who is hard prefers conflict to giving in."""

    def play(challenger: str, defender: str) -> Branch:
        conflict = End((0.3 if challenger == "hard" else 0.0, 0.5 if defender == "hard" else 0.0))
        last = Choice(0, f"Challenger {challenger}, resisted", (("back down", End((0.1, 0.8))), ("fight", conflict)))
        answer = Choice(1, f"Defender {defender}", (("concede", End((1, 0.3))), ("resist", last)))
        return Choice(0, f"Challenger {challenger}", (("keep", End((0.6, 1))), ("challenge", answer)))

    types = product((("hard", hard_challenger), ("soft", 1 - hard_challenger)), ("hard", "soft"))
    rows = []
    for (challenger, p), defender in types:
        q = hard_defender if defender == "hard" else 1 - hard_defender
        rows.append((f"{challenger} {defender}", f"{p * q:.2f}", play(challenger, defender)))
    return grow(("Challenger", "Defender"), Chance(tuple(rows)))


def test_the_principal_branch_ends_in_bluff() -> None:
    """x_S = p_Ch (1 - d_t) / ((1 - p_Ch) d_t) and z_S = (c_s - p_Def) / (1 - p_Def), with d_t = 5/8 and c_s = 4/9."""
    solution = solve(deterrence(0.3, 0.2), np.inf)
    played = solution.strategies
    assert solution.result is Outcome.LIMIT
    assert played["Challenger hard"]["challenge"] == pytest.approx(1, abs=1e-4)
    assert played["Defender hard"]["resist"] == pytest.approx(1, abs=1e-4)
    assert played["Challenger soft"]["challenge"] == pytest.approx(0.3 * 0.375 / (0.7 * 0.625), abs=1e-4)
    assert played["Defender soft"]["resist"] == pytest.approx((4 / 9 - 0.2) / 0.8, abs=1e-4)


@pytest.mark.parametrize(("challenger", "defender", "challenges"), [(0.9, 0.2, (1, 1)), (0.5, 0.9, (0, 0))])
def test_regions_of_attack_and_of_deterrence(challenger: float, defender: float, challenges: tuple) -> None:
    played = solve(deterrence(challenger, defender), np.inf).strategies
    found = tuple(played[f"Challenger {kind}"]["challenge"] for kind in ("hard", "soft"))
    assert found == pytest.approx(challenges, abs=1e-3)


def trust(share: float, punishment: float = 1.0) -> Tree:
    """Both at once cooperate or defect; who is not trustworthy gains by defecting on a cooperator."""

    def pay(kind: str, own: str, other: str) -> float:
        tempted = 2.0 if kind == "trustworthy" else 4.0
        return {"CC": 3.0, "CD": 0.0, "DC": tempted, "DD": punishment}[own + other]

    def second(first: str, other: str, own: str) -> Choice:
        ends = tuple((move, End((pay(first, own, move), pay(other, move, own)))) for move in "CD")
        return Choice(1, f"B {other}", ends)

    def play(first: str, other: str) -> Branch:
        return Choice(0, f"A {first}", tuple((own, second(first, other, own)) for own in "CD"))

    kinds = (("trustworthy", share), ("expansionist", 1 - share))
    rows = tuple((f"{a} {b}", f"{p * q:.4f}", play(a, b)) for (a, p), (b, q) in product(kinds, kinds))
    return grow(("A", "B"), Chance(rows))


@pytest.mark.parametrize("share", [0.55, 0.7, 0.9])
def test_the_census_finds_the_cooperation_that_the_principal_branch_never_takes(share: float) -> None:
    found = census(trust(share), 200.0)
    cooperation = [solution.strategies["A trustworthy"]["C"] for solution in found.equilibria]
    assert cooperation[0] < 0.05
    assert max(cooperation) > 0.95
    assert all(solution.strategies["A expansionist"]["C"] < 1e-3 for solution in found.equilibria)


def test_cooperation_is_no_equilibrium_where_trust_is_rare() -> None:
    """It asks for a share of at least (P - S) / ((R - T) + (P - S)) = 1/2."""
    for share, holds in ((0.45, False), (0.55, True)):
        tree = trust(share)
        honest = {
            name: {"C": float(name.endswith("trustworthy")), "D": float(not name.endswith("trustworthy"))}
            for name in tree.names
        }
        assert bool(nash_regret(tree, profile_of(tree, honest)).max() < 1e-12) is holds
    found = census(trust(0.45), 20.0)
    assert max(solution.strategies["A trustworthy"]["C"] for solution in found.equilibria) < 0.05


def test_where_punishment_is_milder_the_branch_cooperates() -> None:
    assert solve(trust(0.7, punishment=0.5), 20.0).strategies["A trustworthy"]["C"] > 0.95


def test_chicken_stays_symmetric_and_the_census_finds_the_rest() -> None:
    tree = array_game(("A", "B"), (("swerve", "dare"), ("swerve", "dare")), ((3, 3), (2, 4), (4, 2), (1, 1)))
    for precision in (0.5, 2.0, 10.0, 1e3, 1e6):
        solution = solve(tree, precision)
        assert solution.result is Outcome.CONVERGED
        assert solution.probability == pytest.approx([0.5] * 4, abs=1e-9)
    # Each answers the other's share q by logistic(precision (1 - 2 q)): the slope at 1/2 is one at precision 2.
    assert solution.crossings == pytest.approx((2.0,), abs=1e-3)
    found = census(tree, 10.0)
    asked = sorted(tuple(np.round(s.probability[[0, 2]], 2)) for s in found.equilibria)
    assert asked == [(0.0, 1.0), (0.5, 0.5), (1.0, 0.0)]


def test_stripped_down_poker() -> None:
    from exact_trees import tree_of

    poker = tree_of("S02")
    played = solve(poker, 1.0).probability[[0, 4, 2]]
    assert played == pytest.approx([0.66181, 0.49645, 0.67139], abs=1e-5)
    assert solve(poker, np.inf).probability[[0, 4, 2]] == pytest.approx([1, 1 / 3, 2 / 3], abs=1e-6)


@pytest.mark.parametrize("precision", [1.0, 1e3, 1e6])
def test_matching_pennies(precision: float) -> None:
    """The row player's stake of 4 on one side moves the column player alone: to 1/5 in the limit."""
    tree = array_game(("A", "B"), (("u", "d"), ("l", "r")), ((4, 0), (0, 1), (0, 1), (1, 0)))
    solution = solve(tree, precision)
    up, left = solution.probability[0], solution.probability[2]
    assert np.log(up / (1 - up)) == pytest.approx(precision * (5 * left - 1), rel=1e-6, abs=1e-6)
    assert np.log(left / (1 - left)) == pytest.approx(precision * (1 - 2 * up), rel=1e-6, abs=1e-6)
    if precision == 1e6:
        assert (up, left) == pytest.approx((0.5, 0.2), abs=1e-4)


def test_the_path_is_a_branch_from_uniform_play() -> None:
    tree = trust(0.7)
    points = list(path(tree, 5.0))
    assert points[0].precision == 0.0
    assert points[0].probability == pytest.approx([0.5] * 8)
    assert points[-1].precision == 5.0
    assert all(point.residual < 1e-9 for point in points)
    steps = [np.abs(b.probability - a.probability).max() for a, b in pairwise(points)]
    assert max(steps) < 0.2


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("start", [0, 1])
def test_two_periods_of_a_stochastic_game(number: int, start: int) -> None:
    """Over a tree of histories the agents' equilibrium is that of backward induction, period by period.

    Discounting is a chance that the game stops, so that precision applies to what is still to come as it is.
    """
    game = GAMES["M02"]["game"]
    check = [c for c in GAMES["M02"]["checks"] if c["type"] == "finite_horizon_qre"][number]
    pay, move_on = np.array(game["payoffs"]), np.array(game["transitions"])

    def period(state: int, left: int, before: tuple, history: str) -> Branch:
        if not left:
            return End(before)

        def after(a: int, b: int) -> Branch:
            paid = tuple(float(x + y) for x, y in zip(before, pay[state, :, a, b], strict=True))
            if left == 1:
                return End(paid)
            *ways, stops = shares([*(check["delta"] * move_on[state, a, b]), 1 - check["delta"]])
            goes_on = [(str(n), p, period(n, left - 1, paid, f"{history}{a}{b}{n}")) for n, p in enumerate(ways)]
            return Chance((*goes_on, ("stops", stops, End(paid))))

        moves = range(pay.shape[2])
        second = {a: Choice(1, f"b {history}", tuple((str(b), after(a, b)) for b in moves)) for a in moves}
        return Choice(0, f"a {history}", tuple((str(a), second[a]) for a in moves))

    tree = grow(("a", "b"), period(start, 2, (0.0, 0.0), f"{start}"))
    solution = solve(tree, check["lam"])
    stage = next(s for s in check["stages"] if s["stages_to_go"] == 2)
    assert solution.payoffs == pytest.approx(stage["values"][start], abs=check["tol"])
    first = [list(solution.strategies[f"{who} {start}"].values()) for who in "ab"]
    assert np.concatenate(first) == pytest.approx(np.concatenate(stage["strategies"][start]), abs=check["tol"])
