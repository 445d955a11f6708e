"""The variants of `mine-ban` with more types differ from it only where they say, check, and solve."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from ruamel.yaml import YAML

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.order import Move, Stage
from assay.case.read import read_located
from assay.claims.agenda import agenda
from assay.claims.judge import value_of
from assay.game.game import Floats
from assay.runs.work import ordinary, solve_block
from assay.solvers.strategies import Result

from . import mine_ban_variants

FOLDER = mine_ban_variants.FOLDER
SAME = ("text", "calendar", "discount", "world", "never", "order", "payoffs", "endings", "clock")
"""What a variant with other types does not touch, beside policies, regimes and readings: the whole of the play."""
MIRROR = ("text", "calendar", "discount", "never", "payoffs", "endings", "clock", "regimes", "readings")
"""What the variant with other eastern moves does not touch."""
ASKED = {
    "two-wishes.yaml": ("west_war", "west_war_if_hawk", "west_war_if_dove"),
    "mirror.yaml": ("mirrored", "own_stretch_alone", "broken", "lawful_at_once", "unlawful_at_once"),
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
    kept = YAML(typ="safe", pure=True).load((FOLDER / name).read_text(encoding="utf-8"))
    assert kept == mine_ban_variants.VARIANTS[name](mine_ban_variants.main_case())
    main = mine_ban_variants.main_case()
    for key in MIRROR if name == "mirror.yaml" else (*SAME, "policies", "regimes", "readings"):
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


def test_belarus_mirrors_by_the_rules_of_the_convention() -> None:
    """Notice by itself; mines when it is out, or in breach while it is bound; Russia's own stretch at any time."""
    stage = next(item for item in case("mirror.yaml").order if isinstance(item, Stage) and item.stage == "east_posture")
    conditions = {name: str(move.when) for name, move in stage.moves.items() if isinstance(move, Move)}
    built = "(line_east == works or line_east == own_stretch_mined)"
    assert conditions["notify"] == "treaty_belarus == party"
    assert conditions["mine"] == f"{built} and treaty_belarus != party and treaty_belarus != leaving_1"
    assert conditions["mine_in_breach"] == f"{built} and (treaty_belarus == party or treaty_belarus == leaving_1)"
    assert conditions["mine_own_stretch"] == "line_east == works"
    breach = stage.moves["mine_in_breach"]
    assert isinstance(breach, Move)
    assert isinstance(breach.cost, dict)
    assert "breach" in breach.cost


def test_who_waits_for_the_law_mirrors_no_sooner_than_who_breaks_it() -> None:
    found = seen("mirror.yaml")
    assert np.all(found["lawful_at_once"] <= found["unlawful_at_once"] + 1e-9)
    assert np.all(found["broken"] > 0)


def test_an_opportunist_stands_between_the_other_russias() -> None:
    found = seen("three-russias.yaml")
    assert np.all(found["east_war_if_opportunist"] >= found["east_war_if_secure"] - 1e-3)
