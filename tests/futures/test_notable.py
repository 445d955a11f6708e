"""The steps that are told: changes that last, endings, and what was improbable; not what passes with the period."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.assumptions.draw import draw
from assay.futures.notable import RARE, notable
from assay.futures.sample import History, sample
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.runs.api import load
from assay.solvers.solve import solve

FENCE = Path(__file__).parents[1] / "cases" / "fence.yaml"


@pytest.fixture(scope="module")
def histories() -> tuple[History, ...]:
    case = load(FENCE)
    strategies = solve(fill(compile_game(case), case, draw(case, "mayor", 1, 1)))
    return sample(strategies, 0, 1, count=200)


def test_a_fence_that_is_built_is_told_once(histories: tuple[History, ...]) -> None:
    built = [history for history in histories if "build" in [step.move for step in notable(history)]]
    assert built
    for history in built:
        assert [step.move for step in notable(history)].count("build") == 1


def test_waiting_is_told_only_where_it_was_improbable(histories: tuple[History, ...]) -> None:
    for history in histories:
        assert all(step.probability < RARE for step in notable(history) if step.move == "wait")


def test_an_ending_is_told_with_what_led_to_it(histories: tuple[History, ...]) -> None:
    ended = [history for history in histories if history.ending]
    assert ended
    for history in ended:
        assert list(notable(history))[-1].period == history.steps[-1].period


def test_a_passing_variable_is_not_worth_telling(histories: tuple[History, ...]) -> None:
    for history in histories:
        told = [step for step in notable(history, passing=["fence"]) if step.probability >= RARE]
        assert "build" not in [step.move for step in told]
