"""A fingerprinted execution of a case: plan, tables, verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from assay.case.model import Case
from assay.claims.verdict import Verdict
from assay.errors import suggestion
from assay.explore.hinge import Hinge
from assay.runs.boxes import BoxTable
from assay.runs.gather import Stored


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
    """Draws per perspective on which the principal branch, the census and the precision curve are run; a plan whose
    selection is the census runs that one on all draws."""
    given: str = ""
    """Hash of the user's own table of draws, where the draws come from one."""
    name: str = ""
    """The case as the user named it: a built-in name or a path. Nothing depends on it."""
    starts: tuple[int, ...] | None = None
    """From which starts the census begins, as solvers number corners; None for all."""
    branch: bool = True
    """Whether the audit follows the principal branch, too."""


class Verdicts(tuple[Verdict, ...]):
    """The verdicts of a run: a tuple, and a table where one looks at it."""

    __slots__ = ()

    def __new__(cls, verdicts: Iterable[Verdict] = ()) -> Verdicts:
        """A table of the given verdicts."""
        return super().__new__(cls, verdicts)

    @property
    def frame(self) -> pd.DataFrame:
        """One row per claim and perspective."""
        return pd.DataFrame(
            {
                "claim": [v.claim for v in self],
                "perspective": [v.perspective for v in self],
                "verdict": [v.word for v in self],
                "strict": [v.strict.share for v in self],
                "strict_low": [v.strict.low for v in self],
                "strict_high": [v.strict.high for v in self],
                "loose": [v.loose.share for v in self],
                "loose_low": [v.loose.low for v in self],
                "loose_high": [v.loose.high for v in self],
                "mean": [v.mean for v in self],
                "vacuous": [v.vacuous for v in self],
                "unresolved": [v.unresolved for v in self],
            }
        )

    @property
    def words(self) -> pd.DataFrame:
        """Claims by perspectives, each cell a verdict word."""
        table = self.frame.pivot(index="claim", columns="perspective", values="verdict")
        order = list(dict.fromkeys(v.claim for v in self))
        sides = list(dict.fromkeys(v.perspective for v in self))
        return table.loc[order, sides]

    def __repr__(self) -> str:
        return self.words.to_string() if self else "no verdicts"

    def _repr_html_(self) -> str:
        return str(self.words.to_html()) if self else "<p>no verdicts</p>"


class Table:
    """A table of a run: given as it is, or as something that reads it from disk when it is first asked for."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, run: Run | None, owner: type) -> pd.DataFrame:
        """The table itself."""
        if run is None:  # the class has none: so a run is not made without it
            raise AttributeError(self._name)
        held = run.__dict__[self._name]
        if isinstance(held, Stored):
            held = run.__dict__[self._name] = held.read()
        return held

    def __set__(self, run: Run, table: pd.DataFrame | Stored) -> None:
        """What holds it."""
        run.__dict__[self._name] = table


@dataclass(frozen=True, eq=False, kw_only=True)
class Run:
    """What came of a plan.

    Tables are long, with the columns named here; those of a stored run are read when they are asked for. Draws are
    numbered from 0 in each perspective, and draw d of one perspective uses the same underlying random numbers as draw d
    of another.
    """

    plan: Plan
    fingerprint: str
    """Hash of what went in: the case's content, plan and versions."""
    tests_fingerprint: str
    """Hash of the claims' tests and readings, taken before the run."""
    versions: Mapping[str, str]
    seconds: float
    verdicts: Verdicts
    """One per claim with route `model` and perspective, in the case's order."""
    hinge_table: Mapping[tuple[str, str], tuple[Hinge, ...]]
    """(claim, perspective) to hinges, strongest first, above their noise level only."""
    draws: Table = Table()
    """draw, perspective, one column per assumption."""
    outcomes: Table = Table()
    """draw, perspective, intervention (`as played`, a name of the case's `interventions`, or text of do/regime/set),
    outcome, value."""
    claims: Table = Table()
    """draw, perspective, claim, strict, loose, vacuous."""
    quantities: Table = Table()
    """draw, perspective, claim, quantity (`value`, `base`, `other`, `absolute`, `relative`), value."""
    audit: Table = Table()
    """draw, perspective, residual, result, equilibria (distinct ones found; missing where not audited)."""
    series: Table = Table()
    """perspective, series, period (0-based), low (5%), q25, median, q75, high (95%), mean: probabilities over time."""
    consistency: Mapping[str, Mapping[str, Any]]
    """Perspective to {strict, loose, alone{id: share}, without{id: share}}: all its own claims together (strict)."""
    premises: Table = Table()
    """claim, premise, perspective, share_where, share_where_not, draws_where, draws_where_not."""
    tales: Mapping[str, tuple[Mapping[str, Any], ...]]
    """Claim to two contrasting futures: {perspective, draw, holds, probability, types, beliefs, steps, ending}, where a
    step is {when, stage, actor, move, probability, note}, `types` says who is of which type, `beliefs` what is believed
    of that along the way by what moves say (see `assay.runs.beliefs`), and `readings` who read whom how well: {about,
    observer, type, start, lowest, end, misread}, probabilities of the true type."""
    box_table: BoxTable = field(default_factory=dict)
    """(claim, perspective) to the box where it fails, or where it holds if that is rarer; only where one was found."""
    checks: tuple[Mapping[str, Any], ...] = ()
    """Results of the case's own `expect`: {text, passed, found}."""
    labels: tuple[str, ...] = ()
    """Names of the draws, by number, where they came from a table that names them. The stored tables hold the names."""
    prose: Mapping[str, str] = field(default_factory=dict)
    """Claim to its test in words."""
    beside: Mapping[str, Any] = field(default_factory=dict)
    """What is on record beside the case: judged factual claims, standings under treaties (`assay.runs.record`)."""
    folder: Path | None = field(default=None)

    def held(self, name: str) -> Any:
        """A field as it is held; a table on disk is not read by asking."""
        return self.__dict__[name]

    def hinges(self, claim: str, perspective: str | None = None) -> pd.DataFrame:
        """What the verdict on a claim turns on, under one perspective or all, strongest first."""
        known = dict.fromkeys(name for name, _ in self.hinge_table)
        if claim not in known:
            raise KeyError(f"no claim {claim!r} with hinges; {suggestion(claim, known)}")
        rows = [
            {"perspective": side, **asdict(hinge)}
            for (name, side), hinges in self.hinge_table.items()
            if name == claim and perspective in (None, side)
            for hinge in hinges
        ]
        return pd.DataFrame(rows, columns=["perspective", *(entry.name for entry in fields(Hinge))])

    def __repr__(self) -> str:
        plan = self.plan
        sides = ", ".join(plan.perspectives)
        return f"Run of {plan.case.title!r}: {plan.draws} draws of {sides}; seed {plan.seed}\n{self.verdicts!r}"

    def _repr_html_(self) -> str:
        plan = self.plan
        title = escape(f"{plan.case.title}: {plan.draws} draws of {', '.join(plan.perspectives)}, seed {plan.seed}")
        return f"<p>{title}</p>{self.verdicts._repr_html_()}"
