"""Reading a case file: the case it says, and where its values stand."""

from __future__ import annotations

from pathlib import Path

from assay.case.read import read_located

FENCE = Path(__file__).parent.parent / "cases" / "fence.yaml"


def test_the_fence_is_read_without_a_problem() -> None:
    case, locator = read_located(FENCE)
    assert case.title == "A fence and a raid"
    assert [claim.id for claim in case.claims] == ["T1", "T2", "T3", "T4"]
    assert [warning.path for warning in locator.warnings] == ["regimes.no_fence"]
    problem = locator.problem(("assumptions", "prize", "range", 1), "found", "expected")
    text = FENCE.read_text().splitlines()[problem.line - 1]
    assert text[problem.column - 1 :].startswith("40")
