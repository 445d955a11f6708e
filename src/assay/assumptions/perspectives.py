"""Which distribution an assumption has for whom."""

from __future__ import annotations

from collections.abc import Mapping

from assay.assumptions.distributions import ends
from assay.case.assumptions import Distribution
from assay.case.model import Case
from assay.case.types import columns
from assay.errors import suggestion


def distribution_of(case: Case, perspective: str, name: str) -> Distribution:
    """The distribution of an assumption as a perspective reads it: its own setting, else the case's.

    A number for each type has one for each, by the name of its column (`take.revisionist`).

    Alternatives come in the case's order, with weight 0 where the perspective leaves one out, so that a code means
    the same to every perspective. Raises KeyError, in words, for an unknown perspective or assumption.
    """
    _known(perspective, case.perspectives, "perspective")
    known = columns(case)
    _known(name, known, "assumption")
    return _read(known[name], case.perspectives[perspective].set.get(name))


def _read(own: Distribution, setting: Distribution | None) -> Distribution:
    if setting is None:
        return own
    if own.alternatives is None or setting.alternatives is None:
        return setting
    return Distribution(alternatives={each: setting.alternatives.get(each, 0.0) for each in own.alternatives})


def reading(case: Case, perspective: str) -> dict[str, Distribution]:
    """The distribution of every column of the draws as a perspective reads it, in the case's order."""
    _known(perspective, case.perspectives, "perspective")
    settings = case.perspectives[perspective].set
    return {name: _read(own, settings.get(name)) for name, own in columns(case).items()}


def alternatives_of(case: Case) -> dict[str, tuple[str, ...]]:
    """The assumptions that are structural alternatives, with the alternatives in the order of their codes."""
    return {
        name: tuple(assumption.alternatives)
        for name, assumption in case.assumptions.items()
        if assumption.alternatives is not None
    }


def scale(case: Case, name: str) -> tuple[float, float]:
    """The joint range of an assumption over all perspectives (finite), for charts and for distances."""
    ranges = [ends(distribution_of(case, perspective, name)) for perspective in case.perspectives]
    return min(low for low, _ in ranges), max(high for _, high in ranges)


def _known(name: str, known: Mapping[str, object], what: str) -> None:
    if name not in known:
        raise KeyError(f"no {what} is called {name!r}; {suggestion(name, known)}")
