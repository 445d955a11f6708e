"""The long tables of a run, from judged draws."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.assumptions.draw import Draws
from assay.case.model import Case
from assay.claims.judge import Truths
from assay.claims.premises import premises
from assay.claims.verdict import QUANTITIES
from assay.game.game import Floats
from assay.runs.judged import Judged
from assay.solvers.strategies import Result

QUANTILES = {"low": 0.05, "q25": 0.25, "median": 0.5, "q75": 0.75, "high": 0.95}
"""Columns of the table `series`, as quantiles over draws."""


LARGE = {
    "draws": ("draw", "perspective"),
    "outcomes": ("draw", "perspective", "intervention", "outcome", "value"),
    "claims": ("draw", "perspective", "claim", "strict", "loose", "vacuous"),
    "quantities": ("draw", "perspective", "claim", "quantity", "value"),
    "audit": ("draw", "perspective", "residual", "result", "equilibria"),
}
"""Tables with rows for every draw, and their first columns. They are made block by block."""
Outcomes = Mapping[tuple[str, str], Floats]
"""(intervention, outcome) to values in each draw."""


@dataclass(frozen=True, slots=True)
class Names:
    """What the columns of names can hold; the same in every piece of a table."""

    perspectives: tuple[str, ...]
    claims: tuple[str, ...]


def empty(name: str) -> pd.DataFrame:
    """A table without rows."""
    return pd.DataFrame(columns=list(LARGE[name]))


def draws_table(draws: Draws, names: Names) -> pd.DataFrame:
    """draw, perspective, one column per assumption."""
    frame = draws.frame()
    frame["perspective"] = frame["perspective"].cat.set_categories(names.perspectives)
    return frame


def outcomes_table(draws: Draws, names: Names, found: Outcomes) -> pd.DataFrame:
    """draw, perspective, intervention, outcome, value."""
    parts = [
        ({"intervention": intervention, "outcome": outcome}, {"value": values})
        for (intervention, outcome), values in found.items()
    ]
    kinds = {
        "intervention": list(dict.fromkeys(key[0] for key in found)),
        "outcome": list(dict.fromkeys(key[1] for key in found)),
    }
    return _long(draws, names, kinds, parts)


def claims_table(draws: Draws, names: Names, truths: Truths) -> pd.DataFrame:
    """draw, perspective, claim, strict, loose, vacuous."""
    parts = [
        ({"claim": claim}, {"strict": truth.strict, "loose": truth.loose, "vacuous": truth.vacuous})
        for claim, truth in truths.items()
    ]
    return _long(draws, names, {"claim": list(names.claims)}, parts)


def quantities_table(draws: Draws, names: Names, truths: Truths) -> pd.DataFrame:
    """draw, perspective, claim, quantity, value."""
    parts = [
        ({"claim": claim, "quantity": quantity}, {"value": values})
        for claim, truth in truths.items()
        for quantity, values in truth.quantities.items()
    ]
    return _long(draws, names, {"claim": list(names.claims), "quantity": list(QUANTITIES)}, parts)


def audit_table(judged: Judged, names: Names, equilibria: NDArray[np.int64] | None) -> pd.DataFrame:
    """draw, perspective, residual, result, equilibria (missing where a draw was not audited)."""
    counted = pd.array([pd.NA] * len(judged.draws), dtype="Int64")
    if equilibria is not None:
        counted[: len(equilibria)] = equilibria
    frame = _long(judged.draws, names, {}, [({}, {"residual": judged.residual})])
    return frame.assign(result=_names(judged.result), equilibria=counted)


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


def _long(
    draws: Draws,
    names: Names,
    kinds: Mapping[str, Sequence[str]],
    parts: Sequence[tuple[Mapping[str, str], Mapping[str, NDArray[Any]]]],
) -> pd.DataFrame:
    """Parts below each other: draw, perspective, constant columns (as categories), columns of values."""
    if not parts:
        return pd.DataFrame()
    size = len(draws)
    frame: dict[str, object] = {
        "draw": np.tile(draws.index, len(parts)),
        "perspective": _same(draws.perspective, names.perspectives, size * len(parts)),
    }
    for label, every in kinds.items():
        place = {name: code for code, name in enumerate(every)}
        codes = np.array([place[constants[label]] for constants, _ in parts], dtype=np.int16)
        frame[label] = pd.Categorical.from_codes(np.repeat(codes, size), list(every))
    for column in parts[0][1]:
        frame[column] = np.concatenate([values[column] for _, values in parts])
    return pd.DataFrame(frame)


def _same(value: str, categories: Sequence[str], size: int) -> pd.Categorical:
    codes = np.full(size, list(categories).index(value), dtype=np.int16)
    return pd.Categorical.from_codes(codes, list(categories))
