"""A run indexed for reading: verdicts, truths, quantities and hinges by claim and perspective."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from assay.case.assumptions import Assumption
from assay.case.claims import Claim
from assay.case.model import Case, Source
from assay.case.types import columns, types_of
from assay.claims.verdict import Verdict
from assay.explore.hinge import Hinge
from assay.report.words import initial, mid
from assay.runs.beliefs import Opinions, first_opinions
from assay.runs.run import Run

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]


FEWEST = 20
"""Draws on the rarer side of a truth from which hinges are looked for."""


@dataclass(frozen=True, slots=True)
class Face:
    """A perspective as a reader meets it."""

    key: str
    name: str
    """As it stands in the case: `The essay's author`."""
    short: str
    """One word or so for charts."""

    @property
    def mid(self) -> str:
        """The name inside a sentence: up to its first comma."""
        return mid(self.name.split(",")[0])


@dataclass(frozen=True, eq=False)
class Truths:
    """A claim in the draws of one perspective, in the order of the draws. Shapes: (draws,)."""

    draw: NDArray[np.int64]
    strict: Bools
    loose: Bools
    vacuous: Bools

    @property
    def counts(self) -> Bools:
        """Where the draw says something of the claim."""
        return ~self.vacuous


def _truths(table: pd.DataFrame) -> Truths:
    columns = (table[name].to_numpy(dtype=np.bool_) for name in ("strict", "loose", "vacuous"))
    return Truths(table["draw"].to_numpy(dtype=np.int64), *columns)


_NO_TRUTHS = Truths(np.zeros(0, dtype=np.int64), *(np.zeros(0, dtype=np.bool_) for _ in range(3)))


class View:
    """Read-only access to a run by claim and perspective. Tables are split once, on first use."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.case: Case = run.plan.case
        self.columns: dict[str, Assumption] = columns(self.case)
        """The numbers that a draw consists of: a number for each type is one for each, `take.secure`."""
        self.faces: tuple[Face, ...] = tuple(self._face(key) for key in run.plan.perspectives)
        self._verdicts = {(verdict.claim, verdict.perspective): verdict for verdict in run.verdicts}
        judged = {verdict.claim for verdict in run.verdicts}
        self.tests: tuple[Claim, ...] = tuple(claim for claim in self.case.claims if claim.id in judged)
        """The claims that the model judged, in the case's order."""
        self._read_quantities: dict[tuple[str, str, str], Floats | None] = {}
        self._opinions: dict[str, Opinions] = {}
        self.informed = types_of(self.case)
        """The actors with private types, with the types' names."""
        self.by_id = {claim.id: claim for claim in self.case.claims}

    def _face(self, key: str) -> Face:
        found = self.case.perspectives.get(key)
        name = found.name if found else key
        return Face(key, name, (found.short if found else "") or name)

    def face(self, key: str) -> Face:
        """The perspective of that key, whether or not it was run."""
        return next((face for face in self.faces if face.key == key), self._face(key))

    def verdict(self, claim: str, perspective: str) -> Verdict | None:
        """The verdict, where there is one."""
        return self._verdicts.get((claim, perspective))

    def verdicts(self, claim: str) -> list[tuple[Face, Verdict]]:
        """The verdicts on a claim in the perspectives' order."""
        pairs = ((face, self.verdict(claim, face.key)) for face in self.faces)
        return [(face, verdict) for face, verdict in pairs if verdict is not None]

    def hinges(self, claim: str, perspective: str) -> tuple[Hinge, ...]:
        """The hinges, strongest first; empty where there are none."""
        return tuple(self.run.hinge_table.get((claim, perspective), ()))

    def own(self, perspective: str) -> list[Claim]:
        """The tested claims that are a perspective's own."""
        return [claim for claim in self.tests if claim.by == perspective]

    @cached_property
    def authors(self) -> list[Face]:
        """The perspectives that were run and have tested claims of their own."""
        return [face for face in self.faces if self.own(face.key)]

    @cached_property
    def _quantities(self) -> dict[tuple[str, str, str], pd.DataFrame]:
        return _split(self.run.quantities, ["claim", "perspective", "quantity"])

    @cached_property
    def _draws(self) -> dict[tuple[str], pd.DataFrame]:
        return {key: table.set_index("draw") for key, table in _split(self.run.draws, ["perspective"]).items()}

    @cached_property
    def _series(self) -> dict[tuple[str, str], pd.DataFrame]:
        return _split(self.run.series, ["series", "perspective"], order="period")

    def truths(self, claim: str, perspective: str) -> Truths:
        """The claim in each draw; of no draws where the table has none."""
        return self._read_truths.get((claim, perspective), _NO_TRUTHS)

    @cached_property
    def _read_truths(self) -> dict[tuple[str, str], Truths]:
        return {key: _truths(table) for key, table in _split(self.run.claims, ["claim", "perspective"]).items()}

    def turning(self, claim: str, perspective: str) -> tuple[Bools, str]:
        """The truth whose hinges were looked for, and its reading: the loose one where the strict hardly ever turns."""
        truths = self.truths(claim, perspective)
        strict = truths.strict[truths.counts]
        rarer = min(int(strict.sum()), int((~strict).sum()))
        return (truths.strict, "strict") if rarer >= FEWEST else (truths.loose, "loose")

    def quantity(self, claim: str, perspective: str, name: str) -> Floats | None:
        """A quantity behind a claim in the draws of `truths`, NaN where missing; None where there is none at all."""
        key = (claim, perspective, name)
        if key not in self._read_quantities:
            table = self._quantities.get(key)
            self._read_quantities[key] = None if table is None else self._aligned(table, claim, perspective)
        return self._read_quantities[key]

    def _aligned(self, table: pd.DataFrame, claim: str, perspective: str) -> Floats | None:
        values = pd.Series(table["value"].to_numpy(dtype=np.float64), index=table["draw"].to_numpy())
        values = values[~values.index.duplicated()].reindex(self.truths(claim, perspective).draw)
        return None if values.isna().all() else values.to_numpy(dtype=np.float64)

    def draws(self, perspective: str) -> pd.DataFrame:
        """The perspective's draws, indexed by number."""
        return self._draws.get((perspective,), pd.DataFrame())

    def opinions(self, perspective: str) -> Opinions:
        """What is believed of everybody's type at the start, in the perspective's draws; empty without draws."""
        if perspective not in self._opinions:
            draws = self.draws(perspective)
            self._opinions[perspective] = first_opinions(self.case, draws) if len(draws) else {}
        return self._opinions[perspective]

    def series(self, name: str, perspective: str) -> pd.DataFrame | None:
        """Bands over time, in order of the periods."""
        return self._series.get((name, perspective))

    @cached_property
    def series_names(self) -> list[str]:
        """What is drawn over time, in the case's order."""
        found = list(dict.fromkeys(self.run.series["series"])) if len(self.run.series) else []
        order = {name: place for place, name in enumerate(self.case.outcomes)}
        return sorted(found, key=lambda name: order.get(name, len(order)))

    def test(self, claim: Claim) -> str:
        """The test of a claim in words, as the run has it; a claim without one has at most its author's."""
        return self.run.prose.get(claim.id, claim.test)

    def means(self, assumption: str) -> str:
        """An assumption in the case's words, as they stand there; its name where it has none."""
        found = self.columns.get(assumption)
        return found.means.strip().rstrip(".") if found else assumption

    def meaning(self, assumption: str) -> str:
        """An assumption in the case's words, to begin a sentence."""
        return initial(self.means(assumption))

    def unit(self, assumption: str) -> str:
        """An assumption's unit in words; empty for a pure number."""
        found = self.columns.get(assumption)
        return "" if found is None else unit_said(found.unit)

    def source(self, key: str) -> Source | None:
        """The source of that id."""
        return self.case.sources.get(key)

    @property
    def draws_each(self) -> int:
        """Draws per perspective."""
        return self.run.plan.draws


def unit_said(unit: str) -> str:
    """A unit as a reader meets it: `utils` for `util/hill`, `per util` for `1/util`, `a year` for `1/year`."""
    parts = unit.replace(" ", "").split("/")
    if parts[0] == "util":
        return "utils a year" if "year" in parts else "utils"
    return {"1": "", "1/util": "per util", "1/year": "a year", "year": "years"}.get(unit, unit)


def _split(table: pd.DataFrame, keys: list[str], order: str = "draw") -> dict[Any, pd.DataFrame]:
    if table.empty:
        return {}
    pieces = table.sort_values(order, kind="stable").groupby(keys, sort=False, observed=True)
    return {tuple(str(part) for part in key): piece for key, piece in pieces}
