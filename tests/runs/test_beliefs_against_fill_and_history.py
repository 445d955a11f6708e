"""What a report says of beliefs at the start is what games are filled with; along a future, what was sampled."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from ruamel.yaml import YAML

from assay.assumptions.draw import draw
from assay.case.find import find
from assay.case.model import Case
from assay.case.read import read
from assay.case.types import types_of
from assay.futures.sample import History, sample
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.runs.beliefs import ANALYST, by_moves, course, first_opinions
from assay.solvers.solve import solve

BLUFF = Path(__file__).parents[1] / "cases" / "bluff.yaml"
DRAWS = 11


def _misread() -> Case:
    """A watcher who reads the analyst's number otherwise believes otherwise, without being listed."""
    text = YAML(typ="safe", pure=True).load(BLUFF.read_text(encoding="utf-8"))
    text["perceives"] = {"watcher": {"p_brave": "0.5 * p_brave"}}
    return Case.model_validate(text)


CASES = {"bluff": read(BLUFF), "misread": _misread(), "reduced": read(find("mine-ban-reduced"))}


@pytest.mark.parametrize("name", CASES)
def test_opinions_at_the_start_are_those_that_a_game_is_filled_with(name: str) -> None:
    case = CASES[name]
    draws = draw(case, next(iter(case.perspectives)), DRAWS, seed=3)
    game = compile_game(case)
    prior = fill(game, case, draws).prior
    assert prior is not None
    found = first_opinions(case, pd.DataFrame(dict(draws.values)))
    assert list(found) == list(types_of(case))
    for at, each in enumerate(game.informed):
        about, many = game.players[each.player], len(each.types)
        assert set(found[about]) == {ANALYST, *game.players} - {about}
        for observer, believed in found[about].items():
            column = 0 if observer == ANALYST else 1 + game.players.index(observer)
            wanted = prior[:, at, column, :many].transpose(1, 0, 2).reshape(many, -1)[:, :DRAWS]
            np.testing.assert_allclose(believed, wanted, atol=1e-12)
    watched = found["valley"] if name == "misread" else None
    if watched is not None:
        np.testing.assert_allclose(watched["watcher"][1], 0.5 * watched[ANALYST][1])


@lru_cache(maxsize=1)
def _histories() -> tuple[History, ...]:
    case = CASES["bluff"]
    solved = solve(fill(compile_game(case), case, draw(case, "writer", 1, seed=5)))
    return sample(solved, 0, seed=2, count=12)


def test_a_course_begins_and_ends_with_the_history_and_moves_where_beliefs_do() -> None:
    moved = 0
    for history in _histories():
        told = course(history)
        pairs = {(belief.about, belief.observer) for belief in history.steps[0].beliefs}
        assert {(each["about"], each["observer"]) for each in told} == pairs
        for each in told:
            own = [
                belief
                for step in history.steps
                for belief in step.beliefs
                if (belief.about, belief.observer) == (each["about"], each["observer"])
            ]
            path = [own[0].before] + [belief.after for belief in own if belief.after != belief.before] + [own[-1].after]
            assert [tuple(believed) for _, believed in each["course"]] == path
            places = [place for place, _ in each["course"]]
            assert places[0] == 0
            assert places == sorted(places)
            assert places[-1] == history.steps[-1].period + 1
            moved += len(path) > 2
    assert moved


def test_beliefs_by_moves_are_the_prior_times_what_the_moves_say() -> None:
    moved = 0
    for sampled in _histories():
        history = by_moves(sampled)
        assert history.types == sampled.types
        assert [replace(step, beliefs=()) for step in history.steps] == [
            replace(step, beliefs=()) for step in sampled.steps
        ]
        for number, first in enumerate(sampled.steps[0].beliefs):
            weight = np.array(first.before)
            for step, told in zip(sampled.steps, history.steps, strict=True):
                for chosen in step.chosen:
                    if chosen.actor == first.about:
                        weight = weight * [likely for _, likely in chosen.by_type]
                belief = told.beliefs[number]
                assert (belief.about, belief.observer) == (first.about, first.observer)
                np.testing.assert_allclose(belief.after, weight / weight.sum(), atol=1e-9)
                assert belief.learnt == belief.after
                moved += belief.change > 0
    assert moved


def test_until_the_grid_decides_moves_say_what_the_history_says() -> None:
    """The first move of all is weighed at the prior, which is a node."""
    for sampled in _histories():
        first = next(number for number, step in enumerate(sampled.steps) if step.chosen)
        for ours, theirs in zip(by_moves(sampled).steps[first].beliefs, sampled.steps[first].beliefs, strict=True):
            np.testing.assert_allclose(ours.learnt, theirs.learnt, atol=1e-9)


def test_a_game_without_types_has_no_beliefs_to_tell() -> None:
    case = read(Path(__file__).parents[1] / "cases" / "fence.yaml")
    assert first_opinions(case, pd.DataFrame()) == {}
