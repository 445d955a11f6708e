"""What is known beside the draws themselves when a verdict gets its riders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from assay.claims.decide import Bools
from assay.claims.judge import Truths
from assay.claims.premises import Premise
from assay.game.game import Ints

CURVE = (0.0, 0.25, 1.0, 4.0, 16.0)
"""By what precision is multiplied on the audited draws: 0 is the null run, in which nobody pursues an interest."""
_NOBODY = np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class Audit:
    """A sample of a perspective's draws, solved again in other ways. All truths are of the same draws, in one order."""

    selected: Truths
    """With the run's own selection and precision."""
    principal: Truths | None = None
    """Selected otherwise: on the principal branch, or as `other` says."""
    starts: tuple[Truths, ...] = ()
    """From each start of the census."""
    equilibria: Ints | None = None
    """Distinct equilibria found, by draw."""
    curve: Mapping[float, Truths] = field(default_factory=dict)
    """By what precision was multiplied by."""
    other: str = "principal branch"
    """The selection behind `principal`, in words."""
    tight: Truths | None = None
    """With the run's own selection and precision, to the residual of `principal` and `starts`: what differs from those
    is then another equilibrium and no looser solution of the same; None where `selected` is that tight itself."""


@dataclass(frozen=True, eq=False)
class Evidence:
    """All that the riders of one perspective's verdicts are made of; what was not looked at is left out."""

    perspective: str
    lost: Bools = field(default_factory=lambda: _NOBODY)
    """(D,) draws whose solution was not a number, if there are any."""
    audit: Audit | None = None
    hinges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By claim, the assumptions that its truth turns on, strongest first."""
    premises: tuple[Premise, ...] = ()
    elsewhere: Mapping[str, Truths] = field(default_factory=dict)
    """The truths under the other perspectives, by perspective."""
