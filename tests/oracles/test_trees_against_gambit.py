"""Trees against the known answers (principal branch; compared with Gambit when they were made) and against pygambit
now.
"""

import numpy as np
import pygambit
import pytest
from known_games import checks, largest_gap, load, number, precisions_of, probabilities, tree_game

from assay.solvers.solve import solve

TREES = ("P01", "P02", "P03", "P05")


@pytest.mark.parametrize("name", TREES)
@pytest.mark.parametrize("selection", ["warm_start", "principal_branch"])
def test_logit_equilibria_at_the_listed_precisions(name: str, selection: str) -> None:
    known = load(name)
    listed = checks(known, "logit_qre")
    assert len(listed) >= 6
    solved = solve(tree_game(known["game"], precisions_of(listed)), selection, residual=1e-10)
    for draw, check in enumerate(listed):
        assert largest_gap(solved, draw, check["profile"]) < check["tol"] == 1e-6


@pytest.mark.parametrize("name", TREES)
def test_the_same_from_pygambit_itself(name: str) -> None:
    known = load(name)
    precisions = precisions_of(checks(known, "logit_qre"))
    game, labels = gambit_tree(known["game"])
    # pygambit 16.7 gives a profile whose entries are read one by one, in the order of players, sets, actions.
    answers = pygambit.qre.logit_solve_lambda(game, precisions)
    solved = solve(tree_game(known["game"], precisions), residual=1e-10)
    for draw, answer in enumerate(answers):
        profile: dict[str, dict[str, float]] = {}
        for i, (place, move) in enumerate(labels):
            profile.setdefault(place, {})[move] = answer[i]
        # Gambit stops its path within about 1e-8 of the precision that was asked for
        assert largest_gap(solved, draw, {k: {m: str(p) for m, p in v.items()} for k, v in profile.items()}) < 1e-6


@pytest.mark.parametrize("name", TREES)
def test_great_precision_is_backward_induction(name: str) -> None:
    known = load(name)
    solved = solve(tree_game(known["game"], [700.0, 1e6]), residual=1e-6)
    for check in checks(known, "spe"):
        for draw in (0, 1):
            assert (
                largest_gap(solved, draw, {k: {m: str(p) for m, p in v.items()} for k, v in check["profile"].items()})
                < 1e-9
            )
            assert solved.value[0, :, draw] == pytest.approx(check["values"], abs=1e-9)
    for check in checks(known, "logit_limit"):
        assert (
            largest_gap(solved, 1, {k: {m: str(p) for m, p in v.items()} for k, v in check["profile"].items()})
            < check["tol"]
        )


@pytest.mark.parametrize("name", TREES)
def test_precision_nought_is_uniform_play(name: str) -> None:
    solved = solve(tree_game(load(name)["game"], [0.0]), residual=1e-10)
    labels = solved.filled.game.option_label
    for (player, stage, _), p in probabilities(solved, 0).items():
        among = sum((player, stage) == label[:2] for label in labels)
        assert p == 1 / among


def test_derivative_by_precision() -> None:
    known = load("P05")
    check = next(c for c in checks(known, "gradient") if c["wrt"] == "lambda")
    step = 1e-5
    solved = solve(tree_game(known["game"], [check["lam"] - step, check["lam"] + step]), residual=1e-12)
    below, above = probabilities(solved, 0), probabilities(solved, 1)
    for (_, stage, move), p in above.items():
        slope = (p - below[next(key for key in below if key[1:] == (stage, move))]) / (2 * step)
        assert slope == pytest.approx(check["d"][stage][move], abs=check["tol"])


def gambit_tree(game: dict) -> tuple[pygambit.Game, list[tuple[str, str]]]:
    """The tree in Gambit, and (information set, move) in the order of its profiles' entries."""
    tree = pygambit.Game.new_tree(players=game["players"])
    labels: dict[int, dict[str, list[str]]] = {i: {} for i in range(len(game["players"]))}

    def grow(nodes: list, at: list[dict]) -> None:
        first = at[0]
        if "payoffs" in first:
            for node, data in zip(nodes, at, strict=True):
                outcome = tree.add_outcome(f"o{len(list(tree.outcomes))}")
                for player, pay in zip(tree.players, data["payoffs"], strict=True):
                    outcome[player] = number(pay)
                tree.set_outcome(node, outcome)
            return
        moves = [move for move, _ in first["moves"]]
        tree.append_move(nodes, game["players"][first["player"]], moves)
        labels[first["player"]][first["infoset"]] = moves
        below = [
            (node.children[move], dict(data["moves"])[move])
            for node, data in zip(nodes, at, strict=True)
            for move in moves
        ]
        sets: dict[object, list] = {}
        for node, data in below:
            sets.setdefault(data.get("infoset", id(data)), []).append((node, data))
        for members in sets.values():
            grow([node for node, _ in members], [data for _, data in members])

    grow([tree.root], [game["root"]])
    order = [(place, move) for own in labels.values() for place, moves in own.items() for move in moves]
    assert len(order) == sum(len(list(infoset.actions)) for infoset in tree.infosets)
    return tree, order


def test_the_comparison_can_fail() -> None:
    known = load("P05")
    check = checks(known, "logit_qre")[3]
    solved = solve(tree_game(known["game"], [check["lam"] + 0.01]), residual=1e-10)
    assert largest_gap(solved, 0, check["profile"]) > 1e-5
    assert np.isfinite(solved.probability).all()
