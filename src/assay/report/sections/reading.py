"""What the distributions behind a claim say, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

import numpy as np

from assay.case.claims import Claim
from assay.report.measures import Measure
from assay.report.numbers import probability, share
from assay.report.view import Face, Floats, View
from assay.report.words import grouped, listed

Says = Callable[[float], str]


def reading(view: View, claim: Claim, kind: Measure) -> list[str]:
    """Sentences on the median draw of each perspective; none where the run has no quantities."""
    return _contrast(view, claim, kind) if claim.kind == "contrast" else _level(view, claim, kind)


def for_each(view: View, pairs: Sequence[tuple[Face, str]]) -> str:
    """`24% for every perspective`, or `24% for X and Y and 30% for Z`."""
    groups = grouped((text, face.mid) for face, text in pairs)
    if len(groups) == 1 and len(pairs) == len(view.faces):
        text = next(iter(groups))
        return (
            f"{text} for {'both perspectives' if len(pairs) == 2 else 'every perspective'}" if len(pairs) > 1 else text
        )
    return listed(f"{text} for {listed(names)}" for text, names in groups.items())


def in_draws(view: View, shares: Sequence[tuple[Face, float]]) -> str:
    """`in every draw`, or `in 95% of the draws of X, every draw of Y and 3% of Z`."""
    if shares and len(shares) == len(view.faces) and len({value for _, value in shares}) == 1:
        return f"in {_of(shares[0][1])}"
    groups = grouped((_of(value), face.mid) for face, value in shares)
    return "in " + listed(
        f"{text} {'for' if 'draws' not in text else 'of'} {listed(names)}" for text, names in groups.items()
    )


def _of(value: float) -> str:
    return "every draw" if value == 1 else "no draw" if value == 0 else f"{share(value)} of the draws"


def _medians(view: View, claim: Claim, name: str, say: Says) -> list[tuple[Face, str]]:
    found = []
    for face, _ in view.verdicts(claim.id):
        values = view.quantity(claim.id, face.key, name)
        if values is not None:
            median = float(np.nanmedian(values))
            if isfinite(median):
                found.append((face, say(median)))
    return found


def _level(view: View, claim: Claim, kind: Measure) -> list[str]:
    """The means, where they are not what the medians are."""
    medians = _medians(view, claim, "value", kind.say)
    means = [(face, kind.say(verdict.mean)) for face, verdict in view.verdicts(claim.id) if verdict.mean is not None]
    if not means or means == medians:
        return []
    return [f"The mean of what is compared is {for_each(view, means)}."]


def _contrast(view: View, claim: Claim, kind: Measure) -> list[str]:
    return [*_out_of_reach(view, claim, kind), *_direction(view, claim)]


def _out_of_reach(view: View, claim: Claim, kind: Measure) -> list[str]:
    """Where the base rate lies below the threshold, so that a fall cannot reach it."""
    if kind.below is not True or kind.strict is None or kind.sort != "difference":
        return []
    shares = []
    for face, _ in view.verdicts(claim.id):
        values = view.quantity(claim.id, face.key, "base")
        if values is not None:
            shares.append((face, _mean(values < kind.strict, values)))
    if not shares or max(value for _, value in shares) < 0.05:
        return []
    below = probability(kind.strict)
    return [f"The base rate itself is below {below}, so that no fall could count, {in_draws(view, shares)}."]


def _direction(view: View, claim: Claim) -> list[str]:
    falls = []
    for face, _ in view.verdicts(claim.id):
        base, other = view.quantity(claim.id, face.key, "base"), view.quantity(claim.id, face.key, "other")
        if base is not None and other is not None:
            falls.append((face, _mean(other < base, base)))
    return [f"The change is a fall {in_draws(view, falls)}."] if falls else []


def _mean(true: np.ndarray[tuple[int], np.dtype[np.bool_]], values: Floats) -> float:
    known = np.isfinite(values)
    return float(true[known].mean()) if known.any() else 0.0
