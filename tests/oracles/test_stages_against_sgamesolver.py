"""Finite-horizon stage games against sgamesolver, which follows the path of the whole game at once.

Its answers are stored in `data/sgamesolver/`, beside the script that made them.
"""

import json
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.game.game import Filled
from assay.game.small import choice, close, ending, small_game, to
from assay.solvers.solve import solve
from assay.solvers.strategies import Strategies

FILES = sorted((Path(__file__).parent / "data" / "sgamesolver").glob("*.json"))
TOLERANCE = 1e-10


def load(path: Path) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The game in numbers, and sgamesolver's answers at some precisions."""
    whole = json.loads(path.read_text())
    return whole["game"], whole["answers"]


def stage_game(game: dict[str, Any], precisions: list[float], start: int = 0) -> Filled:
    """States as points that a period starts from; the game goes on to one of them, or ends, after each period."""
    players = [f"player {i}" for i in range(len(game["moves"][0]))]
    points = {}
    for state, sizes in enumerate(game["moves"]):
        pay, move_on = np.array(game["payoffs"][state]), np.array(game["transitions"][state])
        leads = {}
        for cell in product(*map(range, sizes)):
            paid = {name: pay[i][cell] for i, name in enumerate(players)}
            ways = [
                to("end" if n == len(game["moves"]) else f"close {n}", p, paid) for n, p in enumerate(move_on[cell])
            ]
            leads[tuple(str(move) for move in cell)] = [way for way in ways if way.p]
        movers = {name: [str(move) for move in range(size)] for name, size in zip(players, sizes, strict=True)}
        points[f"state {state}"] = choice(movers, leads)
        points[f"close {state}"] = close(next=f"state {state}")
    points["end"] = ending()
    numbers = {"precision": np.array(precisions), "discount": game["discount"]}
    return small_game(players, points, f"state {start}", periods=game["periods"], **numbers)


def play(solved: Strategies, draw: int, period: int) -> dict[tuple[str, str], list[float]]:
    """What is played in a period, by (stage, player)."""
    found: dict[tuple[str, str], list[float]] = {}
    lanes = solved.probability.shape[-1]
    own = solved.probability[draw // lanes, period, :, 0, draw % lanes]
    for (player, stage, _), p in zip(solved.filled.game.option_label, own, strict=True):
        found.setdefault((stage, player), []).append(p)
    return found


def largest_gap(solved: Strategies, draw: int, answer: dict[str, Any]) -> float:
    """Largest difference of a probability, over all periods, states and players."""
    gaps = []
    for period, states in enumerate(answer["strategies"]):
        own = play(solved, draw, period)
        for state, profile in enumerate(states):
            for player, mix in enumerate(profile):
                gaps.extend(np.subtract(own[f"state {state}", f"player {player}"], mix))
    return float(np.abs(gaps).max())


def test_games_of_several_sizes_are_stored() -> None:
    sizes = {(len(game["moves"][0]), len(game["moves"])) for game, _ in map(load, FILES)}
    assert {(2, 2), (2, 3), (3, 2), (3, 3)} <= sizes


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("selection", ["warm_start", "principal_branch"])
def test_every_probability_in_every_period(path: Path, selection: str) -> None:
    game, answers = load(path)
    assert len(answers) >= 4
    solved = solve(stage_game(game, [answer["precision"] for answer in answers]), selection, residual=1e-12)
    gaps = [largest_gap(solved, draw, answer) for draw, answer in enumerate(answers)]
    assert max(gaps) < TOLERANCE, gaps


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_values_from_every_start(path: Path) -> None:
    game, answers = load(path)
    for start in range(len(game["moves"])):
        solved = solve(stage_game(game, [answer["precision"] for answer in answers], start), residual=1e-12)
        for draw, answer in enumerate(answers):
            assert solved.value[0, :, draw] == pytest.approx(answer["values"][0][start], abs=TOLERANCE)


def test_the_comparison_can_fail() -> None:
    game, answers = load(FILES[0])
    solved = solve(stage_game(game, [answers[1]["precision"] + 1e-4]), residual=1e-12)
    assert largest_gap(solved, 0, answers[1]) > 1e-6
