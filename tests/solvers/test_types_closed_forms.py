"""Published games with private types, on a fine grid of beliefs, through the definition of a solution."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import fsolve
from unrolled import Unrolled

from assay.game.game import LANES, Filled, Informed
from assay.game.small import by, choice, ending, small_game, to
from assay.solvers.beliefs import grid_of
from assay.solvers.definition_cells import cells_at, options_of, plain_cells
from assay.solvers.definition_types import excess, solve_types_by_definition
from assay.solvers.strategies import Result, Strategies


def poker(nodes: int, span: float) -> Filled:
    """Ante 1, raise 1: a king wins, a queen loses, unless the other side passes."""
    points = {
        "card": choice({"one": ["raise", "check"]}, {"raise": to("answer"), "check": to("shown for one")}),
        "answer": choice({"two": ["meet", "pass"]}, {"meet": to("shown for two"), "pass": to("won")}),
        "shown for one": ending({"one": by("one", king=1, queen=-1), "two": by("one", king=-1, queen=1)}),
        "won": ending({"one": 1, "two": -1}),
        "shown for two": ending({"one": by("one", king=2, queen=-2), "two": by("one", king=-2, queen=2)}),
    }
    types = {"one": {"king": 0.5, "queen": 0.5}}
    return small_game(["one", "two"], points, types=types, nodes=nodes, span=span)


def at(solved: Strategies, stage: str, place: int, move: str, draw: int = 0) -> np.ndarray:
    """How likely each own type makes a move at a belief node."""
    game = solved.filled.game
    option = next(o for o, (_, s, m) in enumerate(game.option_label) if (s, m) == (stage, move))
    player = game.players.index(game.option_label[option][0])
    kinds = next((len(each.types) for each in game.informed if each.player == player), 1)
    cells = cells_at(solved.cells, range(option, option + 1), 0, kinds, place)[:, 0]
    return solved.probability[draw // LANES, cells, draw % LANES]


def test_stripped_down_poker_against_gambit_and_the_published_answer() -> None:
    fine = solve_types_by_definition(poker(401, 1.0), 1e-12)
    raised = at(fine, "card", 200, "raise")
    answer = Unrolled(poker(3, 1.0)).solved()
    exact = np.array([answer["/0|0|0"], answer["/0|1|0"]])
    np.testing.assert_allclose(raised, exact, atol=1e-6)
    np.testing.assert_allclose(exact, [0.66181, 0.49645], atol=1e-5)
    met = next(p for label, p in answer.items() if label.endswith("|2"))
    assert met == pytest.approx(0.67139, abs=5e-6)
    # the second side moves at every belief: at the posterior she meets as often
    posterior = raised[0] / raised.sum()
    grid = grid_of(fine.filled.game.informed[0], fine.filled.prior[0, 0, :, :2, 0])
    meets = [at(fine, "answer", node, "meet")[0] for node in range(401)]
    assert np.interp(posterior, grid.reference[:, 0][::-1], meets[::-1]) == pytest.approx(met, abs=1e-6)


def test_a_finer_grid_comes_closer() -> None:
    exact = np.array([0.66181, 0.49645])
    off = [
        np.abs(at(solve_types_by_definition(poker(n, 3.0), 1e-12), "card", n // 2, "raise") - exact).max()
        for n in (5, 9, 17, 33)
    ]
    assert off[0] > off[1] > off[2] > off[3]
    assert off[3] < 1e-3


def deterrence(p_challenger: float, p_defender: float, precision: float, nodes: int = 9, span: float = 3.0) -> Filled:
    """Unilateral deterrence (Zagare and Kilgour 2000): the shares are of hard types, who would rather fight."""
    points = {
        "demand": choice({"challenger": ["hold", "demand"]}, {"hold": to("quo"), "demand": to("reply")}),
        "reply": choice({"defender": ["concede", "deny"]}, {"concede": to("conceded"), "deny": to("last")}),
        "last": choice({"challenger": ["back", "press"]}, {"back": to("backed"), "press": to("conflict")}),
        "quo": ending({"challenger": 0.6, "defender": 1.0}),
        "conceded": ending({"challenger": 1.0, "defender": 0.3}),
        "backed": ending({"challenger": 0.1, "defender": 0.8}),
        "conflict": ending(
            {"challenger": by("challenger", hard=0.3, soft=0.0), "defender": by("defender", hard=0.5, soft=0.0)}
        ),
    }
    shares = {
        "challenger": {"soft": 1 - p_challenger, "hard": p_challenger},
        "defender": {"soft": 1 - p_defender, "hard": p_defender},
    }
    return small_game(["challenger", "defender"], points, precision=precision, types=shares, nodes=nodes, span=span)


# thresholds c_s = .4444, c_t = .5714 for the defender's share, d_t = .625 for the challenger's
REGIONS = {
    "deterrence": (0.3, 0.8, (0, 0), None),
    "separating": (0.5, 0.5, (1, 0), (1, 0)),
    "attack": (0.9, 0.2, (1, 1), (1, 0)),
}


@pytest.mark.parametrize("region", REGIONS)
def test_pure_equilibria_of_unilateral_deterrence(region: str) -> None:
    """Play is (hard, soft): who demands, and who denies then; where nobody demands the reply is off the path."""
    p_challenger, p_defender, demands, denies = REGIONS[region]
    filled = deterrence(p_challenger, p_defender, 400.0)
    solved = solve_types_by_definition(filled, 1e-8)
    assert (solved.result <= Result.HOMOTOPY).all()
    assert excess(solved).max() < 1e-8
    start = 9 * 4 + 4
    np.testing.assert_allclose(at(solved, "demand", start, "demand")[::-1], demands, atol=1e-3)
    if denies == (1, 0):
        # after a demand from hard challengers alone, or from all
        node = 9 * (8 if region == "separating" else 4) + 4
        np.testing.assert_allclose(at(solved, "reply", node, "deny")[::-1], denies, atol=1e-3)


def known_only_at_the_reply(filled: Filled) -> Filled:
    """With few beliefs about the defender: her type matters at her reply, after which nothing hangs on it."""
    challenger, defender = filled.game.informed
    return replace(filled, game=replace(filled.game, informed=(challenger, replace(defender, nodes=3))))


def test_bluffing_in_unilateral_deterrence() -> None:
    """Soft challengers demand so often that soft defenders do not care, and the other way round; damped sweeps leave
    this equilibrium, Newton's method holds it.
    """
    nodes = 61
    filled = known_only_at_the_reply(deterrence(0.3, 0.2, 1000.0, nodes, 2.0))
    solved = solve_types_by_definition(filled, 1e-9)
    assert solved.result == Result.NEWTON
    assert excess(solved).max() < 1e-9
    soft, hard = at(solved, "demand", nodes // 2 * 3 + 1, "demand")
    assert hard == pytest.approx(1, abs=1e-6)
    assert soft == pytest.approx(0.3 * (1 - 0.625) / ((1 - 0.3) * 0.625), abs=2e-3)
    grid = grid_of(filled.game.informed[0], filled.prior[0, 0, :, :2, 0])
    denials = np.array([at(solved, "reply", node * 3 + 1, "deny") for node in range(nodes)])
    posterior = 0.3 * hard / (0.3 * hard + 0.7 * soft)
    denied = [np.interp(posterior, grid.reference[:, 1], denials[:, own]) for own in (0, 1)]
    assert denied[1] == pytest.approx(1, abs=1e-6)
    assert denied[0] == pytest.approx((4 / 9 - 0.2) / (1 - 0.2), abs=1e-2)


@pytest.mark.parametrize("precision", [1.0, 3.0, 6.0])
def test_unilateral_deterrence_against_gambit(precision: float) -> None:
    nodes = 201
    filled = known_only_at_the_reply(deterrence(0.3, 0.2, precision, nodes, 2.0))
    solved = solve_types_by_definition(filled, 1e-10)
    tree = Unrolled(filled)
    answer = tree.solved()
    start = nodes // 2 * 3 + 1
    cells = cells_at(solved.cells, options_of(filled.game, 0)[0], 0, 2, start)
    np.testing.assert_allclose(solved.probability[0, cells.ravel(), 0], tree.first(answer), atol=3e-5)


def trust(t: float, precision: float) -> Filled:
    """Kydd's trust game with T = 2 (4 to an expansionist), R = 3, P = 1, S = 0; `t` the share that can be trusted."""
    pay = {("c", "c"): (3, 3), ("c", "d"): (0, 0), ("d", "d"): (1, 1)}
    points = {
        "play": choice({"one": ["c", "d"], "two": ["c", "d"]}, {(a, b): to(a + b) for a in "cd" for b in "cd"}),
        "cc": ending({"one": pay["c", "c"][0], "two": pay["c", "c"][1]}),
        "cd": ending({"one": 0, "two": by("two", trusty=2, grasping=4)}),
        "dc": ending({"one": by("one", trusty=2, grasping=4), "two": 0}),
        "dd": ending({"one": 1, "two": 1}),
    }
    shares = {"trusty": t, "grasping": 1 - t}
    return small_game(
        ["one", "two"], points, precision=precision, types={"one": shares, "two": shares}, nodes=3, span=1.0
    )


def symmetric(t: float, precision: float, start: float) -> tuple[float, float, float]:
    """How often each type cooperates in a symmetric logit equilibrium, from the equations of the game itself."""

    def off(x: np.ndarray) -> np.ndarray:
        p, q = 1 / (1 + np.exp(-x))
        kind = t * p + (1 - t) * q
        return x - precision * np.array([kind * (3 - 2) - (1 - kind), kind * (3 - 4) - (1 - kind)])

    x, _, found, _ = fsolve(off, [start, -20.0], full_output=True)
    assert found == 1
    p, q = 1 / (1 + np.exp(-x))
    return float(p), float(q), float(np.abs(off(x)).max())


def given(filled: Filled, p: float, q: float) -> Strategies:
    """Play of the trust game at all beliefs alike."""
    cells = plain_cells(filled.game)
    probability = np.zeros((1, cells.count, LANES))
    for options in options_of(filled.game, 0):
        for node in range(filled.game.belief_nodes):
            probability[0, cells_at(cells, options, 0, 2, node), :] = np.array([[p, 1 - p], [q, 1 - q]])[:, :, None]
    return Strategies(
        filled, probability, None, np.zeros((1, 4, LANES)), np.zeros(1), np.zeros(1, np.int8), "given", cells
    )


@pytest.mark.parametrize("t", [0.6, 0.9])
def test_trust_can_be_an_equilibrium_that_the_branch_does_not_take(t: float) -> None:
    """From t = (P - S)/((R - T) + (P - S)) = .5 on."""
    p, q, off = symmetric(t, 60.0, 30.0)
    assert off < 1e-9
    assert p > 0.99
    assert q < 0.01
    filled = trust(t, 60.0)
    cooperation = excess(given(filled, p, q), floor=0.0)
    assert cooperation.max() < 1e-12
    assert excess(given(filled, p - 0.1, q)).min() > 1e-2
    for selection in ("warm_start", "principal_branch"):
        solved = solve_types_by_definition(filled, 1e-9, selection)
        assert (solved.result <= Result.HOMOTOPY).all()
        assert at(solved, "play", 4, "c").max() < 1e-3


def test_nobody_trusts_where_too_few_can_be_trusted() -> None:
    p, q, off = symmetric(0.4, 60.0, 30.0)
    assert off > 1e-6 or max(p, q) < 1e-3


def test_arming_is_read_as_in_the_spiral_model() -> None:
    """Kydd 1997: a share .3 are expansionist, fearful seekers of security arm with probability one half."""
    share = np.array([0.7, 0.3])
    grid = grid_of(Informed(0, ("seeker", "expansionist"), -1, 7, 3.0), np.array([share, share]))
    later, here = grid.posterior(np.asarray(grid.start), np.log([0.5, 1.0]))
    assert later[0] == pytest.approx(0.461538, abs=1e-6)
    assert here[0] == pytest.approx(1 - 0.461538, abs=1e-6)
