"""A fingerprinted execution of a case: plan, tables, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from assay.case.model import Case
from assay.claims.verdict import Verdict
from assay.explore.hinge import Hinge


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: everything that the results depend on."""

    case: Case
    perspectives: tuple[str, ...]
    draws: int
    seed: int
    selection: str
    residual: float
    audit: int
    """Draws per perspective on which the principal branch, the census and the precision curve are run."""


@dataclass(frozen=True, eq=False)
class Run:
    """What came of a plan.

    Tables are long, with the columns named here; draws are numbered from 0 in each perspective, and draw d of one
    perspective uses the same underlying random numbers as draw d of another.
    """

    plan: Plan
    fingerprint: str
    """Hash of what went in: the case's content, plan and versions."""
    tests_fingerprint: str
    """Hash of the claims' tests and readings, taken before the run."""
    versions: Mapping[str, str]
    seconds: float
    verdicts: tuple[Verdict, ...]
    """One per claim with route `model` and perspective, in the case's order."""
    hinge_table: Mapping[tuple[str, str], tuple[Hinge, ...]]
    """(claim, perspective) to hinges, strongest first, above their noise level only."""
    draws: pd.DataFrame
    """draw, perspective, one column per assumption."""
    outcomes: pd.DataFrame
    """draw, perspective, intervention (`as played` or text of do/regime/set), outcome, value."""
    claims: pd.DataFrame
    """draw, perspective, claim, strict, loose, vacuous."""
    quantities: pd.DataFrame
    """draw, perspective, claim, quantity (`value`, `base`, `other`, `absolute`, `relative`), value."""
    audit: pd.DataFrame
    """draw, perspective, residual, result, equilibria (distinct ones found; missing where not audited)."""
    series: pd.DataFrame
    """perspective, series, period (0-based), low (5%), q25, median, q75, high (95%), mean: probabilities over time."""
    consistency: Mapping[str, Mapping[str, Any]]
    """Perspective to {strict, loose, alone{id: share}, without{id: share}}: all its own claims together (strict)."""
    premises: pd.DataFrame
    """claim, premise, perspective, share_where, share_where_not, draws_where, draws_where_not."""
    tales: Mapping[str, tuple[Mapping[str, Any], ...]]
    """Claim to two contrasting futures: {perspective, draw, holds, probability, steps, ending}, where a step is
    {when, stage, actor, move, probability, note}."""
    checks: tuple[Mapping[str, Any], ...] = ()
    """Results of the case's own `expect`: {text, passed, found}."""
    folder: Path | None = field(default=None)
