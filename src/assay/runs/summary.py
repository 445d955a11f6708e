"""A run as the one object that `assay run --json` prints, with stable keys."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, cast

import pandas as pd

from assay.case.claims import Claim
from assay.claims.verdict import Rider, Verdict
from assay.runs.fingerprint import native
from assay.runs.run import Run
from assay.runs.uncompared import uncompared


def summary(run: Run) -> dict[str, Any]:
    """The whole run in words and shares; keys as documented in docs/reference/commands.md."""
    plan = run.plan
    verdicts = {(verdict.claim, verdict.perspective): verdict for verdict in run.verdicts}
    found = {
        "case": plan.case.title,
        "draws": plan.draws,
        "seed": plan.seed,
        "selection": plan.selection,
        "audit": _audit(run),
        "perspectives": list(plan.perspectives),
        "claims": [_claim(run, claim, verdicts) for claim in plan.case.claims],
        "consistency": {side: dict(found) for side, found in run.consistency.items()},
        "checks": [dict(check) for check in run.checks],
        "fingerprint": run.fingerprint,
        "tests_fingerprint": run.tests_fingerprint,
        "versions": dict(run.versions),
        "run": str(run.folder) if run.folder else None,
        "seconds": run.seconds,
    }
    return cast(dict[str, Any], native(found))


def _audit(run: Run) -> dict[str, Any]:
    """How much was solved again, and the share of those draws in which several equilibria were found."""
    counted = run.audit.dropna(subset="equilibria")
    sides = counted.groupby("perspective", observed=True)["equilibria"]
    starts = run.plan.starts
    return {
        "draws": run.plan.audit,
        "starts": None if starts is None else len(starts),
        "principal_branch": run.plan.branch,
        "several": {str(side): _several(each) for side, each in sides},
        "not_compared": uncompared(run),
    }


def _several(equilibria: pd.Series[int]) -> float | None:
    """The share of draws with more than one; None where none was found in any, so that nothing is known."""
    return float((equilibria > 1).mean()) if (equilibria > 0).any() else None


def _claim(run: Run, claim: Claim, verdicts: dict[tuple[str, str], Verdict]) -> dict[str, Any]:
    sides = run.plan.perspectives
    return {
        "id": claim.id,
        "by": claim.by,
        "quote": claim.quote,
        "says": claim.says,
        "route": claim.route,
        "why": claim.why,
        "kind": claim.kind,
        "test": run.prose.get(claim.id, ""),
        "verdict": claim.verdict,
        "verdicts": {side: _verdict(verdicts[claim.id, side]) for side in sides if (claim.id, side) in verdicts},
        "hinges": {
            side: [_hinge(hinge) for hinge in run.hinge_table[claim.id, side]]
            for side in sides
            if (claim.id, side) in run.hinge_table
        },
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "word": verdict.word,
        "strict": asdict(verdict.strict),
        "loose": asdict(verdict.loose),
        "mean": verdict.mean,
        "draws": verdict.draws,
        "unresolved": verdict.unresolved,
        "vacuous": verdict.vacuous,
        "riders": _riders(verdict.riders),
    }


def _hinge(hinge: Any) -> dict[str, Any]:
    return {**asdict(hinge), "direction": hinge.direction}


def _riders(riders: Iterable[Rider]) -> dict[str, Any]:
    """By kind; several of one kind (a claim with two premises) share its key, their texts in order."""
    found: dict[str, dict[str, Any]] = {}
    for rider in riders:
        entry = found.setdefault(rider.kind, {"text": "", "data": []})
        entry["text"] = f"{entry['text']} {rider.text}".strip()
        entry["data"].append(dict(rider.data))
    return found
