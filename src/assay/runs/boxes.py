"""Where each claim fails, as a box: a few limits on a few assumptions within which most of the failing draws lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assay.claims.decide import Bools
from assay.explore.box import Box, find_box
from assay.explore.hinge import Hinge
from assay.explore.ranks import RankTable

CANDIDATES = 12
"""Hinges at most among which limits are sought."""
HALVES = 6
"""Halves of the draws on which a box is tried."""
MOST = 10_000
"""Draws at most in which a box is sought: the first ones."""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A box of one claim under one perspective."""

    fails: bool
    """Whether it is where the claim fails; where that is the commoner case it is where the claim holds."""
    box: Box


BoxTable = Mapping[tuple[str, str], Boxed]
"""(claim, perspective) to the box, where one was found that is better than chance."""


def boxed(ranks: RankTable, hinges: Sequence[Hinge], holds: Bools, counted: Bools) -> Boxed | None:
    """The box of the rarer side of a truth, on its strongest hinges; None where no limit is better than chance.

    `holds` and `counted` have shape (D,): where the claim is true, and which draws say something of it.
    """
    names = {hinge.assumption for hinge in hinges[:CANDIDATES]}
    if not names:
        return None
    among = counted & (np.arange(counted.size) < MOST)
    fails = 2 * int(holds[among].sum()) >= int(among.sum())
    columns = tuple(column for column in ranks.columns if column.name in names)
    found = find_box(RankTable(columns, ranks.draws), ~holds if fails else holds, counted=among, halves=HALVES)
    return None if found is None else Boxed(fails, found)
