"""From judged draws to what is said of them: hinges, verdicts with their riders, tests in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assay.case.model import Case
from assay.claims.agenda import Agenda
from assay.claims.decide import Bools
from assay.claims.describe import describe_test
from assay.claims.evidence import Evidence
from assay.claims.premises import premises
from assay.claims.riders import riders
from assay.claims.verdict import Truth, Verdict
from assay.claims.verdicts import missed, verdict, with_riders
from assay.explore.hinge import Hinge
from assay.explore.hinges import hinges
from assay.explore.ranks import rank_table
from assay.runs.audit import Audited
from assay.runs.boxes import Boxed, BoxTable, boxed
from assay.runs.judged import Judged
from assay.runs.run import Verdicts
from assay.solvers.strategies import Result

FEWEST = 20
"""Draws on the rarer side of a truth from which hinges are looked for."""

HingeTable = Mapping[tuple[str, str], tuple[Hinge, ...]]


def hinge_table(judged: Sequence[Judged]) -> HingeTable:
    """(claim, perspective) to its hinges: strict reading, or the loose one where the strict hardly ever turns."""
    found: dict[tuple[str, str], tuple[Hinge, ...]] = {}
    for each in judged:
        ranks = rank_table(each.draws.inputs())
        for claim, truth in each.truths.items():
            found[claim, each.perspective] = hinges(ranks, _turning(truth), FEWEST, counted=~truth.vacuous)
    return found


def box_table(judged: Sequence[Judged], hinges: HingeTable) -> BoxTable:
    """(claim, perspective) to the box where it fails, of the truth whose hinges were looked for."""
    found: dict[tuple[str, str], Boxed] = {}
    for each in judged:
        ranks = rank_table(each.draws.inputs())
        for claim, truth in each.truths.items():
            box = boxed(ranks, hinges.get((claim, each.perspective), ()), _turning(truth), ~truth.vacuous)
            if box is not None:
                found[claim, each.perspective] = box
    return found


def _turning(truth: Truth) -> Bools:
    matters = ~truth.vacuous
    strict = int(truth.strict[matters].sum())
    rarer = min(strict, int(matters.sum()) - strict)
    return truth.strict if rarer >= FEWEST else truth.loose


def verdicts(
    asked: Agenda, judged: Sequence[Judged], audits: Mapping[str, Audited], hinge_table: HingeTable
) -> Verdicts:
    """A verdict with its riders for every claim with route `model` and every perspective, in the case's order."""
    evidence = {each.perspective: _evidence(asked.case, each, judged, audits, hinge_table) for each in judged}
    return Verdicts(
        _verdict(asked, each, trial.claim.id, evidence[each.perspective]) for trial in asked.trials for each in judged
    )


def _verdict(asked: Agenda, each: Judged, claim: str, evidence: Evidence) -> Verdict:
    truth = each.truths[claim]
    found = verdict(truth, each.perspective, missed(each.result))
    return with_riders(found, riders(asked, found, truth, evidence))


def _evidence(
    case: Case, each: Judged, judged: Sequence[Judged], audits: Mapping[str, Audited], hinge_table: HingeTable
) -> Evidence:
    audited = audits.get(each.perspective)
    return Evidence(
        perspective=each.perspective,
        lost=each.result == Result.NOT_A_NUMBER,
        audit=audited.audit if audited else None,
        hinges={
            claim: tuple(hinge.assumption for hinge in found)
            for (claim, side), found in hinge_table.items()
            if side == each.perspective
        },
        premises=premises(case, each.truths),
        elsewhere={other.perspective: other.truths for other in judged if other is not each},
    )


def prose(case: Case) -> dict[str, str]:
    """Claim to its test in words, for the claims that have one."""
    return {claim.id: describe_test(claim, case) for claim in case.claims if claim.holds_if is not None}
