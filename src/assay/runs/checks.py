"""The tests that travel with a case (`expect`)."""

from __future__ import annotations

from typing import Any

from assay.assumptions.draw import centre
from assay.case.claims import Expectation
from assay.claims.agenda import Agenda
from assay.claims.judge import value_of
from assay.runs.run import Plan, Verdicts
from assay.runs.work import ordinary, solve_block

TIGHT = 1e-9
"""Residual of a solution whose value is compared with a stated one."""


def check_expectations(asked: Agenda, verdicts: Verdicts, plan: Plan) -> tuple[dict[str, Any], ...]:
    """Each expectation as {text, passed, found}; those of perspectives that were not run are left out."""
    expected = [each for each in asked.case.expect if each.perspective in plan.perspectives]
    return tuple(_check(asked, each, verdicts) for each in expected)


def _check(asked: Agenda, expected: Expectation, verdicts: Verdicts) -> dict[str, Any]:
    why = f" ({expected.because})" if expected.because else ""
    side = asked.case.perspectives[expected.perspective].name
    if expected.claim is not None:
        found = next(
            (v.word for v in verdicts if (v.claim, v.perspective) == (expected.claim, expected.perspective)), ""
        )
        text = f"{expected.claim} under {side}: {' or '.join(expected.word)}{why}"
        return {"text": text, "passed": found in expected.word, "found": found}
    assert expected.outcome is not None
    assert expected.value is not None
    value = _at_centre(asked, expected.perspective, expected.outcome)
    text = f"{expected.outcome} with every assumption at its median under {side}: {expected.value:g}{why}"
    return {"text": text, "passed": abs(value - expected.value) <= expected.within, "found": f"{value:.6g}"}


def _at_centre(asked: Agenda, perspective: str, outcome: str) -> float:
    draws = centre(asked.case, perspective)
    block = solve_block(asked, draws, ordinary("warm_start", TIGHT))
    return float(value_of(asked, outcome, draws, block.answers)[0])
