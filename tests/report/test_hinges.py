"""Hinges as the ledger and the claim in full tell them: nothing is said of a perspective that is not so for it."""

from __future__ import annotations

from dataclasses import replace

from assay.explore.hinge import Hinge
from assay.report.sections.distribution import compared, compared_unit
from assay.report.sections.hinges import hinges
from assay.report.view import View
from assay.report.wording import hinge_lines

from . import synthetic

BASE = synthetic.make(draws=60)
SIDES = BASE.plan.perspectives
CLAIM = next(claim for claim in BASE.plan.case.claims if claim.id == "C22")
NAMES = list(BASE.plan.case.assumptions)[:3]


def _hinge(name: str, low: float, high: float, category: str = "") -> Hinge:
    return Hinge(name, "total", 0.4, 0.1, 0.5, low, high, category)


def _view(found: dict[str, tuple[Hinge, ...]]) -> View:
    return View(replace(BASE, hinge_table={(CLAIM.id, side): hinges_ for side, hinges_ in found.items()}))


def test_a_second_hinge_is_named_only_where_all_of_a_line_share_it() -> None:
    first, second, other = (_hinge(name, 0.2, 0.8) for name in NAMES)
    same = _view(dict.fromkeys(SIDES, (first, second)))
    (line,) = hinge_lines(same, CLAIM)
    assert line.who == ""
    assert line.then.startswith("Then ")
    unlike = _view({**dict.fromkeys(SIDES, (first, second)), SIDES[0]: (first, other)})
    (line,) = hinge_lines(unlike, CLAIM)
    assert line.then == ""


def test_an_alternative_is_named_and_has_no_value_where_it_turns() -> None:
    view = _view({SIDES[0]: (_hinge(NAMES[0], 0.3, 0.9, "two_towns"),)})
    (line,) = hinge_lines(view, CLAIM)
    assert line.direction == "two towns"
    table = hinges(view, CLAIM)
    assert table is not None
    (cell,) = table.rows[0][1]
    assert (cell.shares, cell.turn) == ("90%, else 30%", "if two towns")


def test_the_table_has_a_cell_for_every_hinge_and_marks_the_first() -> None:
    first, second, other = (_hinge(name, 0.2, 0.8) for name in NAMES)
    view = _view({SIDES[0]: (first, second), SIDES[1]: (other, first)})
    table = hinges(view, CLAIM)
    assert table is not None
    assert table.heads == [view.face(side).short for side in SIDES[:2]]
    assert sorted(bool(cell.shares) for _, cells in table.rows for cell in cells) == [
        False,
        False,
        True,
        True,
        True,
        True,
    ]
    assert sum(cell.first for _, cells in table.rows for cell in cells) == 2
    assert hinges(_view({}), CLAIM) is None


def test_what_is_compared_is_said_in_the_words_of_the_case() -> None:
    view = View(BASE)
    said = {claim.id: compared(view, claim) for claim in view.tests}
    assert all(text.endswith(".") and "‘base’" not in text for text in said.values())
    assert len(set(said.values())) > 1
    assert {compared_unit(view, claim) for claim in view.tests} <= {"", "in utils"}
