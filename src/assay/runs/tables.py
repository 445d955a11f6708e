"""The long tables of a run, from judged draws."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.case.model import Case
from assay.claims.premises import premises
from assay.game.game import Ints
from assay.runs.blocks import Judged
from assay.solvers.strategies import Result

QUANTILES = {"low": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "high": 0.95}
"""Columns of the table `series`, as quantiles over draws."""


def draws_table(judged: Sequence[Judged]) -> pd.DataFrame:
    """draw, perspective, one column per assumption."""
    sides = [each.perspective for each in judged]
    frames = [each.draws.frame() for each in judged]
    for frame in frames:
        frame["perspective"] = frame["perspective"].cat.set_categories(sides)
    return pd.concat(frames, ignore_index=True)


def outcomes_table(judged: Sequence[Judged]) -> pd.DataFrame:
    """draw, perspective, intervention, outcome, value."""
    return _long(
        judged,
        [
            (each, {"intervention": intervention, "outcome": outcome}, {"value": values})
            for each in judged
            for (intervention, outcome), values in each.outcomes.items()
        ],
    )


def claims_table(judged: Sequence[Judged]) -> pd.DataFrame:
    """draw, perspective, claim, strict, loose, vacuous."""
    return _long(
        judged,
        [
            (each, {"claim": claim}, {"strict": truth.strict, "loose": truth.loose, "vacuous": truth.vacuous})
            for each in judged
            for claim, truth in each.truths.items()
        ],
    )


def quantities_table(judged: Sequence[Judged]) -> pd.DataFrame:
    """draw, perspective, claim, quantity, value."""
    return _long(
        judged,
        [
            (each, {"claim": claim, "quantity": quantity}, {"value": values})
            for each in judged
            for claim, truth in each.truths.items()
            for quantity, values in truth.quantities.items()
        ],
    )


def audit_table(judged: Sequence[Judged], equilibria: dict[str, Ints]) -> pd.DataFrame:
    """draw, perspective, residual, result, equilibria (missing where a draw was not audited)."""
    parts: list[tuple[Judged, dict[str, str], dict[str, object]]] = []
    for each in judged:
        counted = pd.array([pd.NA] * len(each.draws), dtype="Int64")
        found = equilibria.get(each.perspective)
        if found is not None:
            counted[: len(found)] = found
        parts.append((each, {}, {"residual": each.residual, "result": _names(each.result), "equilibria": counted}))
    return _long(judged, parts)


def series_table(judged: Sequence[Judged]) -> pd.DataFrame:
    """perspective, series, period (0-based), quantiles over draws and mean. Draws without a value do not count."""
    rows = []
    for each in judged:
        for name, values in each.series.items():
            for period, row in enumerate(values):
                finite = row[np.isfinite(row)]
                spread = np.quantile(finite, list(QUANTILES.values())) if finite.size else [np.nan] * len(QUANTILES)
                rows.append(
                    {
                        "perspective": each.perspective,
                        "series": name,
                        "period": period,
                        **dict(zip(QUANTILES, spread, strict=True)),
                        "mean": float(finite.mean()) if finite.size else np.nan,
                    }
                )
    columns = ["perspective", "series", "period", *QUANTILES, "mean"]
    return pd.DataFrame(rows, columns=columns)


def premises_table(case: Case, judged: Sequence[Judged]) -> pd.DataFrame:
    """claim, premise, perspective, share_where, share_where_not, draws_where, draws_where_not."""
    rows = [
        {
            "claim": premise.claim,
            "premise": premise.premise,
            "perspective": each.perspective,
            "share_where": premise.where.share,
            "share_where_not": premise.where_not.share,
            "draws_where": premise.draws_where,
            "draws_where_not": premise.draws_where_not,
        }
        for each in judged
        for premise in premises(case, each.truths)
    ]
    columns = ["claim", "premise", "perspective", "share_where", "share_where_not", "draws_where", "draws_where_not"]
    return pd.DataFrame(rows, columns=columns)


def _names(result: NDArray[np.int8]) -> pd.Categorical:
    return pd.Categorical.from_codes(result, [code.name.lower().replace("_", " ") for code in Result])


def _long(judged: Sequence[Judged], parts: Sequence[tuple[Judged, dict[str, str], dict[str, object]]]) -> pd.DataFrame:
    """Parts below each other: draw, perspective, constant columns (as categories), columns of values."""
    if not parts:
        return pd.DataFrame({"draw": [], "perspective": []})
    sides = [each.perspective for each in judged]
    labels = list(parts[0][1])
    kinds = {label: list(dict.fromkeys(part[1][label] for part in parts)) for label in labels}
    frames = []
    for each, constants, values in parts:
        size = len(each.draws)
        frame: dict[str, object] = {
            "draw": each.draws.index,
            "perspective": _same(each.perspective, sides, size),
        }
        frame |= {label: _same(constants[label], kinds[label], size) for label in labels}
        frames.append(pd.DataFrame({**frame, **values}))
    return pd.concat(frames, ignore_index=True)


def _same(value: str, categories: Sequence[str], size: int) -> pd.Categorical:
    codes = np.full(size, list(categories).index(value), dtype=np.int16)
    return pd.Categorical.from_codes(codes, list(categories))
