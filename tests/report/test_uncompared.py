"""A way of solving that solved nothing is said to have compared nothing: in the table, the headline, the remarks, and
in what the command prints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from assay.claims.verdict import Rider
from assay.cli.table import print_verdicts
from assay.report.equilibria import on_equilibria
from assay.report.page import page
from assay.report.remarks import in_short
from assay.report.sections.solved import Line, Solved, solved
from assay.report.view import View
from assay.runs.run import Run, Verdicts
from assay.runs.summary import summary
from assay.runs.uncompared import uncompared

from . import doubts

RUN: Run = doubts.make(draws=20)
AUTHOR, OTHER = RUN.plan.perspectives


def only(*riders: Rider, perspective: str | None = None) -> Run:
    """The run with these riders beside every verdict, of one perspective where it is named, and no others."""
    sides = (perspective,) if perspective else RUN.plan.perspectives
    verdicts = (replace(each, riders=riders if each.perspective in sides else ()) for each in RUN.verdicts)
    return replace(RUN, verdicts=Verdicts(verdicts))


def section(run: Run) -> Solved:
    found = solved(View(run))
    assert found is not None
    return found


def line(found: Solved, key: str) -> Line:
    return next(each for each in found.lines if each.key == key)


def selection(draws: int, unsolved: int, **more: Any) -> Rider:
    words = {"selected": "holds", "other": "holds"} if draws else {"selected": None, "other": None}
    data = {"differ": 0.0 if draws else None, "draws": draws, "unsolved": unsolved, **words, **more}
    return Rider("selection", "text", data)


def equilibria(draws: int, unsolved: int) -> Rider:
    words = ["holds"] if draws else []
    numbers = {"depends": 0, "several": 0, "draws": draws, "unsolved": unsolved, "starts": 4, "words": words}
    return Rider("equilibria", "text", numbers)


def without(kind: str) -> Rider:
    nothing = dict.fromkeys(("differ", "with", "without", "word", "other", "largest"))
    return Rider(kind, "text", {"draws": 0, "unsolved": 8, "words": [], **nothing})


GRID = Rider("grid", "text", {"grids": [{"grid": "9 nodes", "draws": 0, "unsolved": 8, "differ": None, "words": []}]})
CURVE = Rider(
    "precision curve",
    "text",
    {"words": {"1.0": "holds"}, "as_solved": {}, "unsolved": {"4.0": 8, "0.25": 8}, "audited": 8, "draws": 8},
)
LOST = (selection(0, 8), equilibria(0, 8), GRID, without("learning"), without("misperception"), CURVE)


@pytest.mark.parametrize("rider", LOST, ids=lambda rider: rider.kind)
def test_a_way_that_solved_nothing_has_a_dash_and_says_in_how_many_draws(rider: Rider) -> None:
    found = section(only(rider, selection(8, 0) if rider.kind != "selection" else equilibria(8, 0)))
    lost = line(found, rider.kind)
    assert lost.cells == ["–", "–"]
    assert lost.missing == "8 of 8"
    assert found.missing
    assert "not compared: " in found.headline
    assert found.headline.endswith("in 16 of 16 audited draws")
    html = page(only(rider))
    assert "Draws not compared" in html
    assert "8 of 8" in html


def test_nothing_is_said_not_to_depend_where_nothing_was_compared() -> None:
    found = section(only(*LOST))
    assert found.headline.startswith("No verdict could be compared with another way of solving: other equilibria in 16")
    assert all(each.cells == ["–", "–"] for each in found.lines)


def test_draws_that_are_left_out_are_counted_beside_those_that_are_compared() -> None:
    found = section(only(selection(5, 3), equilibria(8, 0), perspective=AUTHOR))
    assert line(found, "selection").missing == f"3 of 8 ({View(RUN).face(AUTHOR).short})"
    assert line(found, "equilibria").missing == ""
    assert found.headline == (
        "No verdict’s word depends on the equilibrium; not compared: another selection in 3 of 8 audited draws"
    )
    whole = section(only(equilibria(8, 0)))
    assert not whole.missing
    assert whole.headline == "No verdict’s word depends on the equilibrium"
    assert "Draws not compared" not in page(only(equilibria(8, 0)))


def test_the_remarks_of_the_ledger_say_what_was_not_compared() -> None:
    claim = RUN.plan.case.claims[0]
    said = {remark.kind: remark.text for remark in in_short(View(only(*LOST)), claim)}
    assert said["selection"] == "not compared with another rule of selection"
    assert said["equilibria"] == "not compared with other equilibria"
    assert said["grid"] == "not compared with another grid of beliefs"
    assert said["learning"] == "not compared without learning from moves"
    verdict = only(*LOST).verdicts[0]
    assert on_equilibria(verdict) == "the selected one, compared with no other, from four starts"
    some = replace(verdict, riders=(equilibria(5, 3),))
    assert on_equilibria(some) == "the only one found, from four starts; 3 of 8 draws not compared"


def test_the_lead_counts_equilibria_where_any_were_found() -> None:
    counts = RUN.audit["equilibria"].notna()
    none = replace(only(*LOST), audit=RUN.audit.assign(equilibria=counts.map({True: 0, False: None})))
    found = section(none)
    assert "more than one" not in found.lead
    assert "Draws in which none was found to the residual: 20 of 20" in found.lead
    assert summary(none)["audit"]["several"] == {AUTHOR: None, OTHER: None}


def test_the_summary_says_in_how_many_draws_what_could_not_be_compared() -> None:
    run = only(*LOST, perspective=AUTHOR)
    kinds = ("selection", "equilibria", "grid", "learning", "misperception", "precision curve")
    assert uncompared(run) == {AUTHOR: dict.fromkeys(kinds, 8)}
    assert summary(run)["audit"]["not_compared"] == {AUTHOR: dict.fromkeys(kinds, 8)}
    assert summary(only(equilibria(8, 0)))["audit"]["not_compared"] == {}


def test_the_command_says_what_could_not_be_compared(capsys: pytest.CaptureFixture[str]) -> None:
    print_verdicts(only(selection(5, 3), perspective=AUTHOR))
    said = " ".join(capsys.readouterr().out.split())
    assert f"Audited draws of {AUTHOR} that could not be compared, not solved both ways: selection in 3" in said
    print_verdicts(only(selection(8, 0)))
    assert "could not be compared" not in capsys.readouterr().out
