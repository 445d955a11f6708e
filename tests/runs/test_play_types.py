"""A history of a game with private types is told with who believed what, and with who misread whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.read import read
from assay.futures.sample import History, sample
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.runs import api
from assay.runs.beliefs import readings
from assay.runs.fingerprint import plain
from assay.runs.play import narrate
from assay.solvers.solve import solve

BLUFF = Path(__file__).parents[1] / "cases" / "bluff.yaml"


@pytest.fixture(scope="module")
def histories() -> tuple[History, ...]:
    case = read(BLUFF)
    solved = solve(fill(compile_game(case), case, draw(case, next(iter(case.perspectives)), 1, seed=5)))
    return sample(solved, 0, seed=2, count=30)


def test_readings_say_how_far_everybody_was_from_the_truth(histories: tuple[History, ...]) -> None:
    wrong = right = 0
    for history in histories:
        types = {history.game.players[each.player]: each.types for each in history.game.informed}
        for each in readings(history):
            place = types[each.about].index(history.types[each.about])
            own = [
                belief
                for step in history.steps
                for belief in step.beliefs
                if (belief.about, belief.observer) == (each.about, each.observer)
            ]
            assert each.type == history.types[each.about]
            assert each.start == own[0].before[place]
            assert each.end == own[-1].after[place]
            assert each.lowest == min([each.start, *(belief.after[place] for belief in own)])
            assert each.misread == (max(own[-1].after) > each.end)
            wrong, right = wrong + each.misread, right + (not each.misread)
    assert wrong
    assert right


def test_a_history_is_told_with_types_beliefs_and_who_misread_whom() -> None:
    case = read(BLUFF)
    told = [list(narrate(case, seed)) for seed in range(1, 6)]
    for lines in told:
        assert sum(line.endswith(" knows") for line in lines) == len(case.actors) - 1
        assert any(" at the start: " in line for line in lines)
        assert any("misread by " in line for line in lines[-8:])
    said = [line.strip() for lines in told for line in lines]
    assert any("now thinks that" in line for line in said), "some move tells somebody something"
    assert any(" if " in line.rpartition("(")[2] for line in said), "what the other type would have done is said"


def test_a_game_without_types_is_told_without_beliefs() -> None:
    lines = list(narrate(read(BLUFF.parent / "fence.yaml"), 1))
    assert not any("misread" in line or "thinks" in line or "knows" in line for line in lines)


def test_the_tale_of_a_claim_about_a_type_is_of_that_type() -> None:
    case = read(BLUFF)
    actor = next(name for name, each in case.actors.items() if each.types)
    for of_type in case.actors[actor].types:
        claim = {
            "id": "T",
            "by": next(iter(case.perspectives)),
            "says": "Something.",
            "holds_if": f"P({next(iter(case.endings))}, given={actor} == {of_type}) > 2",
        }
        kept = {key: value for key, value in plain(case).items() if key not in ("claims", "outcomes", "expect")}
        changed = Case.model_validate({**kept, "claims": [claim]})
        run = api.run(changed, draws=8, audit=0)
        (tale,) = run.tales["T"]
        assert tale["types"][actor] == of_type
        assert {each["about"] for each in tale["readings"]} == set(tale["types"])


def test_a_case_with_types_comes_back_from_its_plain_values() -> None:
    case = read(BLUFF)
    assert Case.model_validate(plain(case)) == case
