"""The variants of `mine-ban` with more types differ from it only where they say, check, and solve."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from ruamel.yaml import YAML

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.read import read_located
from assay.claims.agenda import agenda
from assay.claims.judge import value_of
from assay.game.game import Floats
from assay.runs.work import ordinary, solve_block
from assay.solvers.strategies import Result

from . import mine_ban_variants

FOLDER = mine_ban_variants.FOLDER
SAME = ("text", "calendar", "discount", "world", "never", "order", "payoffs", "endings", "clock")
"""What no variant touches, beside policies, regimes and readings: the whole of the play."""
ASKED = {
    "two-wishes.yaml": ("west_war", "west_war_if_hawk", "west_war_if_dove"),
    "three-russias.yaml": ("east_war_if_secure", "east_war_if_opportunist", "east_war_if_revisionist", "probing"),
}
DRAWS = 2


@cache
def case(name: str) -> Case:
    located = read_located(FOLDER / name)
    assert [str(warning) for warning in located.locator.warnings] == []
    return located.case


@cache
def seen(name: str) -> dict[str, Floats]:
    """Some outcomes of a few draws, and the worst result among them under `result`."""
    few = case(name).model_copy(
        update={"claims": (), "outcomes": {each: case(name).outcomes[each] for each in ASKED[name]}}
    )
    asked, draws = agenda(few), draw(few, "union", DRAWS, seed=3)
    block = solve_block(asked, draws, ordinary("warm_start", 1e-3))
    values = {each: value_of(asked, each, draws, block.answers) for each in ASKED[name]}
    return values | {"result": block.result.astype(float)}


@pytest.mark.parametrize("name", mine_ban_variants.VARIANTS)
def test_a_variant_is_the_case_with_its_changes_and_nothing_else(name: str) -> None:
    kept = YAML(typ="safe").load((FOLDER / name).read_text(encoding="utf-8"))
    assert kept == mine_ban_variants.VARIANTS[name](mine_ban_variants.main_case())
    main = mine_ban_variants.main_case()
    for key in (*SAME, "policies", "regimes", "readings"):
        assert kept[key] == main[key], key
    judged = [claim["id"] for claim in main["claims"] if claim.get("route", "model") == "model"]
    assert [claim["id"] for claim in kept["claims"]] == judged


def test_the_types_are_as_the_variants_say() -> None:
    assert tuple(case("two-wishes.yaml").actors["alliance"].types) == ("dove", "guardian", "opportunist", "hawk")
    assert tuple(case("three-russias.yaml").actors["russia"].types) == ("secure", "opportunist", "revisionist")


@pytest.mark.parametrize("name", mine_ban_variants.VARIANTS)
def test_a_variant_solves(name: str) -> None:
    found = seen(name)
    assert np.all(found["result"] < Result.UNRESOLVED)
    for outcome in ASKED[name]:
        assert np.all((found[outcome] >= 0) & (found[outcome] <= 1)), outcome


def test_an_opportunist_stands_between_the_other_russias() -> None:
    found = seen("three-russias.yaml")
    assert np.all(found["east_war_if_opportunist"] >= found["east_war_if_secure"] - 1e-3)
