"""Whether a claim's premises do any work: does it hold oftener where they hold?

The difference of two shares has Newcombe's interval from two Wilson intervals (1998, method 10). The two groups of
draws are disjoint, so they are independent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from assay.case.model import Case
from assay.claims.verdict import Share, Truth
from assay.claims.verdicts import share

FEWEST = 20
"""Fewest draws on either side from which something is said."""


@dataclass(frozen=True, slots=True)
class Premise:
    """A claim's share where a premise holds and where it does not, both in the strict reading."""

    claim: str
    premise: str
    where: Share
    where_not: Share
    draws_where: int
    draws_where_not: int

    @property
    def difference(self) -> tuple[float, float, float]:
        """How much oftener the claim holds where the premise does, with its 95% interval."""
        here, there = self.where, self.where_not
        change = here.share - there.share
        below = sqrt((here.share - here.low) ** 2 + (there.high - there.share) ** 2)
        above = sqrt((here.high - here.share) ** 2 + (there.share - there.low) ** 2)
        return change, change - below, change + above

    @property
    def works(self) -> bool | None:
        """Whether the claim holds oftener where the premise does; None where too few draws lie on one side to say."""
        if min(self.draws_where, self.draws_where_not) < FEWEST:
            return None
        return self.difference[1] > 0


def premises(case: Case, truths: Mapping[str, Truth]) -> tuple[Premise, ...]:
    """Every claim with each of its premises, over the draws of one perspective that are vacuous for neither.

    A premise that has no truth in the draws (its route is not `model`) is left out.
    """
    pairs = [(claim.id, premise) for claim in case.claims if claim.id in truths for premise in claim.because]
    return tuple(_premise(truths[claim], truths[premise]) for claim, premise in pairs if premise in truths)


def _premise(claim: Truth, premise: Truth) -> Premise:
    matters = ~(claim.vacuous | premise.vacuous)
    where, where_not = claim.strict[matters & premise.strict], claim.strict[matters & ~premise.strict]
    return Premise(claim.claim, premise.claim, share(where), share(where_not), where.size, where_not.size)
