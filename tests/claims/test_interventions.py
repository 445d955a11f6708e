"""Every outcome under every named intervention, without a claim that asks for it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assay.case.read import read
from assay.claims.agenda import agenda
from assay.claims.judge import outcomes
from assay.errors import InputError

OUTCOMES = {
    "war": "P(war)",
    "walled": "P(walled, at=end, given=not war)",
    "town": "E(town) - E(town.cost)",
    "held": "P(war, do=no_walls)",
    "size": "prize",
}
INTERVENTIONS = {"as_solved": [], "do_walls": ["walls"], "do_both": ["attack", "walls"]}


@pytest.fixture(scope="module")
def rows(harbour: Any, solved: Any) -> dict[tuple[str, str], np.ndarray]:
    case = harbour(outcomes=OUTCOMES, interventions=INTERVENTIONS)
    return rows_of(solved(case, "author", 3))


def rows_of(asked: Any) -> dict[tuple[str, str], np.ndarray]:
    found = agenda(asked.case)
    return outcomes(found, asked.draws, asked.answers(found))


def test_every_outcome_is_there_under_every_intervention(rows: dict[tuple[str, str], Any]) -> None:
    named = {(name, outcome) for name in INTERVENTIONS for outcome in ("war", "walled", "town")}
    assert named <= set(rows)


def test_what_says_itself_what_is_done_or_is_a_number_of_the_draw_is_reported_once(rows: Any) -> None:
    assert [key for key in rows if key[1] == "held"] == [("do no_walls", "held")]
    assert [key for key in rows if key[1] == "size"] == [("as_solved", "size")]


def test_values_are_those_that_a_do_in_the_outcome_gives(rows: Any, harbour: Any, solved: Any) -> None:
    written = {
        "war": "P(war, do=walls + attack)",
        "walled": "P(walled, at=end, given=not war, do=walls + attack)",
        "town": "E(town, do=walls + attack) - E(town.cost, do=walls + attack)",
    }
    by_hand = rows_of(solved(harbour(outcomes=written), "author", 3))
    for name in ("war", "walled"):
        np.testing.assert_array_equal(rows["do_both", name], by_hand["do attack + walls", name])
    np.testing.assert_array_equal(rows["do_both", "town"], by_hand["as played", "town"])
    assert np.abs(rows["do_both", "war"] - rows["as_solved", "war"]).min() > 1e-6


def test_a_claims_quantities_go_by_the_name_of_the_intervention(harbour: Any, solved: Any) -> None:
    claim = {"id": "T", "by": "author", "says": "Something.", "holds_if": "abs(P(war, do=walls) - P(war)) < not_much"}
    case = harbour(outcomes={"war": "P(war)"}, interventions={"do_walls": ["walls"]}, claims=[claim])
    assert set(rows_of(solved(case, "author", 2))) == {("as played", "war"), ("do_walls", "war")}


def test_without_interventions_nothing_is_added(harbour: Any) -> None:
    found = agenda(harbour(outcomes=OUTCOMES))
    assert not found.imposed
    assert len(found.quantities) == 5


HARBOUR = (Path(__file__).parent / "harbour.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("line", "found", "expected"),
    [
        ("{do_walls: [wals]}", "'wals' is not a policy", "walls"),
        ("{do_x: [walls, no_walls]}", "'no_walls' rules town.works otherwise than 'walls'", "one of the two"),
        ("{a: [walls, attack], b: [attack, walls]}", "the same policies as 'a'", "one name"),
    ],
)
def test_an_intervention_that_makes_no_sense_is_refused_with_its_place(
    tmp_path: Path, line: str, found: str, expected: str
) -> None:
    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR.replace("regimes:\n", f"interventions: {line}\nregimes:\n"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read(path)
    (problem,) = caught.value.problems
    assert (problem.path or "").startswith("interventions.")
    assert "interventions:" in path.read_text().splitlines()[(problem.line or 0) - 1]
    assert found in problem.found
    assert expected in problem.expected


def test_a_policy_that_only_an_intervention_plays_is_used(tmp_path: Path) -> None:
    from assay.case.read import read_located

    path = tmp_path / "harbour.yaml"
    path.write_text(HARBOUR.replace("regimes:\n", "interventions: {w: [walls]}\nregimes:\n"), encoding="utf-8")
    _, locator = read_located(path)
    unused = [problem.path for problem in locator.warnings if "policy" in problem.found]
    assert "policies.walls" not in unused
    assert "policies.attack" in unused
