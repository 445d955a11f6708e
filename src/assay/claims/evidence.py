"""What is known beside the draws themselves when a verdict gets its riders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assay.claims.decide import Bools
from assay.claims.judge import Truths
from assay.claims.premises import Premise

CURVE = (0.0, 0.25, 1.0, 4.0, 16.0)
"""By what precision is multiplied on the audited draws: 0 is the null run, in which nobody pursues an interest."""
_NOBODY = np.zeros(0, dtype=np.bool_)


@dataclass(frozen=True, eq=False)
class Again:
    """The draws of a sample, solved in some way."""

    truths: Truths
    missed: Bools | None = None
    """(D,) where the residual was missed; None where it was not anywhere."""
    how: str = ""
    """The way in words, where the sentence needs them: `13 nodes instead of 7`."""

    def met(self, draws: int) -> Bools:
        """(D,) where the residual was met."""
        return np.ones(draws, dtype=np.bool_) if self.missed is None else ~self.missed


@dataclass(frozen=True, eq=False)
class Audit:
    """A sample of a perspective's draws, solved again in other ways.

    All are the first draws of the perspective, in order; of `selected`, `tight` and `starts` there may be more, where
    equilibria are counted on more.
    """

    selected: Again
    """With the run's own selection and precision."""
    principal: Again | None = None
    """Selected otherwise: on the principal branch, or as `other` says."""
    starts: tuple[Again, ...] = ()
    """From each start of the census."""
    equilibria: NDArray[np.int64] | None = None
    """Distinct equilibria found, by draw."""
    curve: Mapping[float, Again] = field(default_factory=dict)
    """By what precision was multiplied by."""
    other: str = "principal branch"
    """The selection behind `principal`, in words."""
    tight: Again | None = None
    """With the run's own selection and precision, to the residual of `principal` and `starts`: what differs from those
    is then another equilibrium and no looser solution of the same; None where `selected` is that tight itself."""
    grids: tuple[Again, ...] = ()
    """On other grids of beliefs: more nodes, then a wider span."""
    unlearning: Again | None = None
    """If nobody drew conclusions from moves."""
    seeing: Again | None = None
    """If everybody saw the numbers as they are and believed the analyst's shares."""


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
