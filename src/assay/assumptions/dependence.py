"""Assumptions that move together: a Gaussian copula with given rank correlations.

Each assumption keeps its own distribution exactly; only the uniform numbers behind connected assumptions are tied. A
rank correlation r between two assumptions is the normal correlation 2 sin(pi r / 6) (Pearson 1907; Kruskal 1958),
exactly so for continuous distributions; values with ties (discrete ones) come out less correlated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import pi, sin

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from assay.case.assumptions import Dependence

Floats = NDArray[np.float64]

INSIDE = 2.0**-53
"""Distance that a uniform number keeps from 0 and 1, so that no quantile is infinite."""


class DependenceError(ValueError):
    """Rank correlations that no numbers can have together."""


@dataclass(frozen=True, eq=False)
class Group:
    """Connected assumptions, in the case's order, and the lower Cholesky factor of their normal correlations."""

    names: tuple[str, ...]
    factor: Floats  # (names, names)


def groups(names: Sequence[str], pairs: Sequence[Dependence]) -> tuple[Group, ...]:
    """The connected groups among `names` (in their order). Pairs without a stated correlation in a group have none.

    Raises DependenceError, in words, where a group's correlations contradict each other.
    """
    return tuple(_group(members, pairs) for members in _connected(names, pairs))


def correlate(uniforms: Mapping[str, Floats], tied: Sequence[Group]) -> dict[str, Floats]:
    """Uniform numbers, tied within each group; an assumption outside any group keeps its numbers bit for bit.

    The first assumption of a group keeps its numbers too, and each later one depends only on those before it.
    """
    result = dict(uniforms)
    for group in tied:
        normal = [ndtri(uniforms[name]) for name in group.names]
        for row, name in enumerate(group.names[1:], start=1):
            # Added up term by term: a library's matrix product rounds differently for blocks of different sizes.
            tied_to = sum(group.factor[row, column] * normal[column] for column in range(row + 1))
            result[name] = np.clip(ndtr(tied_to), INSIDE, 1 - INSIDE)
    return result


def _connected(names: Sequence[str], pairs: Sequence[Dependence]) -> list[list[str]]:
    group_of = {name: {name} for name in names}
    for pair in pairs:
        joined = group_of[pair.between[0]] | group_of[pair.between[1]]
        for name in joined:
            group_of[name] = joined
    seen: set[str] = set()
    found: list[list[str]] = []
    for name in names:
        if name not in seen and len(group_of[name]) > 1:
            found.append([each for each in names if each in group_of[name]])
        seen |= group_of[name]
    return found


def _group(members: list[str], pairs: Sequence[Dependence]) -> Group:
    matrix = np.eye(len(members))
    for pair in pairs:
        if pair.between[0] in members:
            first, second = (members.index(name) for name in pair.between)
            matrix[first, second] = matrix[second, first] = 2 * sin(pi * pair.rank_correlation / 6)
    try:
        return Group(tuple(members), np.linalg.cholesky(matrix).astype(np.float64))
    except np.linalg.LinAlgError:
        raise DependenceError(
            f"the rank correlations between {', '.join(members)} contradict each other: no numbers can have them all; "
            "bring them nearer to zero, or state those that are missing (a pair without one counts as uncorrelated)"
        ) from None
