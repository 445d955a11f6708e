"""What must not matter does not: the scale of utils, names, further assumptions, doing what is done anyway."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.claims.agenda import agenda
from assay.claims.judge import outcomes
from assay.game.compile import compile_game
from assay.runs.work import ordinary, solve_block

TEXT = (Path(__file__).parents[1] / "cases" / "fence.yaml").read_text(encoding="utf-8")
MODEST = settings(max_examples=8, deadline=None)
TIGHT = 1e-10


def case_of(text: str) -> Case:
    return Case.model_validate(YAML(typ="safe", pure=True).load(text))


def values(text: str, perspective: str = "mayor", draws: int = 24) -> dict[tuple[str, str], np.ndarray]:
    case = case_of(text)
    asked = agenda(case)
    drawn = draw(case, perspective, draws, 7)
    return outcomes(asked, drawn, solve_block(asked, drawn, ordinary("warm_start", TIGHT)).answers)


BASE = values(TEXT)
PROBABILITIES = [key for key in BASE if not key[1].startswith("E(")]


def hill_in_other_utils(scale: float) -> str:
    """The hill's payoffs multiplied, and its precision divided, by the same number."""
    changed = TEXT.replace("hill: {prize: prize}", f"hill: {{prize: {scale} * prize}}")
    changed = changed.replace("hill: {loss: -loss}", f"hill: {{loss: -{scale} * loss}}")
    changed = changed.replace("precision: sharp_hill", f"precision: sharp_hill / {scale}")
    assert changed.count(str(scale)) >= 3
    return changed


@MODEST
@given(st.floats(0.05, 40))
def test_the_scale_of_an_actors_utils_does_not_matter_if_its_precision_is_rescaled(scale: float) -> None:
    found = values(hill_in_other_utils(round(scale, 4)))
    for key in PROBABILITIES:
        np.testing.assert_allclose(found[key], BASE[key], atol=1e-7)


def test_the_scale_matters_if_precision_is_not_rescaled() -> None:
    changed = hill_in_other_utils(3.0).replace("sharp_hill / 3.0", "sharp_hill")
    key = ("as played", "raid")
    assert np.abs(values(changed)[key] - BASE[key]).max() > 1e-3


@pytest.mark.parametrize(
    ("old", "new"), [("hill", "zulu"), ("valley", "aardvark"), ("fencing", "zz"), ("quarrel_year", "a")]
)
def test_names_do_not_matter(old: str, new: str) -> None:
    renamed = values(re.sub(rf"\b{old}\b", new, TEXT))
    assert len(renamed) == len(BASE)
    for found, expected in zip(renamed.values(), BASE.values(), strict=True):
        np.testing.assert_allclose(found, expected, atol=1e-12)


def test_a_further_assumption_leaves_all_numbers_as_they_were() -> None:
    extra = (
        "  aaa_extra: {range: [0, 1], unit: share, means: nothing in the game, source: judgement, because: a test}\n"
    )
    changed = TEXT.replace("assumptions:\n", "assumptions:\n" + extra)
    for key, found in values(changed).items():
        np.testing.assert_array_equal(found, BASE[key])


def test_a_move_that_is_not_legal_has_no_probability_at_all() -> None:
    game = compile_game(case_of(TEXT))
    fence = game.skeleton.variables.index("fence")
    built = game.skeleton.values[fence].index("built")
    for option, (_, _, move) in enumerate(game.option_label):
        world = game.skeleton.points[int(game.option_point[option])].world
        assert not (move == "build" and world[fence] == built)


def test_doing_what_is_done_anyway_changes_nothing() -> None:
    forced = TEXT.replace(
        "unfenced: {play: {valley.fencing: [wait]}}", "unfenced: {play: {valley.fencing: [wait, build]}}"
    )
    for key, found in values(forced).items():
        np.testing.assert_allclose(found, BASE[key], atol=1e-12)
