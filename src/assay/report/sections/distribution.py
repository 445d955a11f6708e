"""The distribution of what a claim compares: for a contrast the base rate, the points and the proportion."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from assay.case.claims import Claim
from assay.claims.describe import words_of
from assay.claims.trial import trial
from assay.formula.ast import Arithmetic, Call, Name
from assay.formula.prose import prose
from assay.report.charts.dots import Axis, dots
from assay.report.charts.scale import Scale, fitting, proportions
from assay.report.measures import Measure, measure
from assay.report.numbers import minus, plain, probability, proportion, share, whole
from assay.report.tables import Table
from assay.report.view import Face, Floats, View
from assay.report.wording import unit_words
from assay.report.words import sentence

FENCE = 4.0
"""An axis ends so many times the middle half's width beyond it at most."""
NAMED = 160
"""Letters of what is compared at most, where it heads a chart."""

Classes = Callable[[Face, Floats], list[str]]


@dataclass(frozen=True, slots=True)
class Strip:
    """The distribution of one perspective."""

    name: str
    says: str
    chart: Markup


@dataclass(frozen=True, slots=True)
class Column:
    """One quantity, a strip for each perspective."""

    title: str
    caption: str
    strips: list[Strip]


def value_axis(view: View, claim: Claim) -> Axis | None:
    """The axis of what a claim compares, common to all perspectives."""
    values = _gather(view, claim, "value")
    kind = measure(view.case, claim)
    return _axis(values, kind.sort != "other", (), kind.sort == "difference") if values else None


def columns(view: View, claim: Claim, kind: Measure) -> list[Column]:
    """The columns of a claim; none where the run has no quantities for it."""
    found = _contrast(view, claim, kind) if claim.kind == "contrast" else []
    if not found:
        found = [_value(view, claim, kind)]
    return [column for column in found if column is not None and column.strips]


def compared(view: View, claim: Claim) -> str:
    """What the test compares, in the words of the case."""
    node = trial(claim, view.case).value
    return sentence(prose(node, words_of(view.case)))


def compared_unit(view: View, claim: Claim) -> str:
    """`in utils` where the test compares expected payoffs or their difference, else an assumption's unit."""
    node = trial(claim, view.case).value
    parts = (node.left, node.right) if isinstance(node, Arithmetic) and node.operator == "-" else (node,)
    if all(isinstance(part, Call) and part.function in ("E", "EV") for part in parts):
        return "in utils"
    unit = unit_words(view.unit(node.id)) if isinstance(node, Name) else ""
    return f"in {unit}" if unit and not unit.startswith(("per ", "a ")) else ""


def _gather(view: View, claim: Claim, name: str, sized: bool = False) -> dict[str, Floats]:
    found = {face.key: view.quantity(claim.id, face.key, name) for face in view.faces}
    return {key: np.abs(values) if sized else values for key, values in found.items() if values is not None}


def _value(view: View, claim: Claim, kind: Measure) -> Column | None:
    values = _gather(view, claim, "value")
    if not values:
        return None
    axis = _axis(values, kind.sort != "other", kind.thresholds, kind.sort == "difference")
    says = {key: f"median {kind.say(float(np.nanmedian(found)))}" for key, found in values.items()}
    unit = {"probability": "%", "difference": "in points"}.get(kind.sort, compared_unit(view, claim))
    caption = f"Over the draws{', ' + unit if unit else ''}{_log(axis)}."
    if not kind.operator:
        caption += " The first of several comparisons: the colours are those of the whole test."
    if kind.thresholds and kind.below is not None:
        side = "left" if kind.below else "right"
        caption += f" {side.capitalize()} of the line the claim holds."
    title = compared(view, claim)
    return Column(
        title if len(title) <= NAMED else "What is compared.",
        caption,
        _strips(view, claim, values, axis, says, _truth(view, claim)),
    )


def _contrast(view: View, claim: Claim, kind: Measure) -> list[Column | None]:
    base, change = _gather(view, claim, "base"), _gather(view, claim, "absolute", sized=True)
    part = _gather(view, claim, "relative", sized=True)
    small = kind.sort in ("probability", "difference")
    out: list[Column | None] = []
    if base:
        axis = _axis(base, small, (), False)
        say = probability if small else plain
        says = {key: f"median {say(float(np.nanmedian(found)))}" for key, found in base.items()}
        caption = f"What the change is measured against{', %' if small else ''}{_log(axis)}."
        out.append(Column("Base rate.", caption, _strips(view, claim, base, axis, says, _neutral)))
    if change:
        limits = [(name, abs(value)) for name, value in kind.thresholds]
        axis = _axis(change, small, limits, True)
        says = {key: f"median {kind.say(float(np.nanmedian(found)))}" for key, found in change.items()}
        caption = f"The size of the change{_log(axis)}." + _side(kind, bool(limits))
        out.append(
            Column(
                "In points." if small else "In size.",
                caption,
                _strips(view, claim, change, axis, says, _truth(view, claim)),
            )
        )
    if part:
        out.append(_proportion(view, claim, kind, part))
    return out


def _log(axis: Axis) -> str:
    return ", log scale" if axis.scale.log else ""


def _side(kind: Measure, line: bool) -> str:
    if not line or kind.below is None:
        return ""
    return f" {'Left' if kind.below else 'Right'} of the line it holds."


def _proportion(view: View, claim: Claim, kind: Measure, part: dict[str, Floats]) -> Column:
    edge = claim.relative
    axis = Axis(Scale(0.0, max(1.0, 2 * edge)), _in_percent, (("", edge),), cut_high=True)
    says = {}
    for key, found in part.items():
        within = share(float(np.mean(found[np.isfinite(found)] < edge)))
        median = proportion(float(np.nanmedian(found)))
        says[key] = f"median {median}; within {share(edge)} in {within} of the draws"
    below = kind.below

    def classes(_: Face, values: Floats) -> list[str]:
        if below is None or (not below and kind.signed):
            return ["mid"] * len(values)
        return ["holds" if (value < edge) == below else "fails" for value in values]

    caption = "The same change as a share of the base rate." + _side(kind, True).replace(
        " it holds", " it holds, so read"
    )
    return Column("In proportion.", caption, _strips(view, claim, part, axis, says, classes))


def _strips(
    view: View, claim: Claim, values: dict[str, Floats], axis: Axis, says: dict[str, str], classes: Classes
) -> list[Strip]:
    strips = []
    for face in view.faces:
        if face.key in values:
            found = values[face.key]
            title = f"{claim.id}, {face.short}"
            desc = f"{says[face.key]}; {whole(int(np.isfinite(found).sum()))} draws."
            chart = dots(title, desc, axis, found, classes(face, found), ("holds", "fails", "mid"))
            strips.append(Strip(face.short, says[face.key], chart))
    return strips


def _neutral(_: Face, values: Floats) -> list[str]:
    return ["mid"] * len(values)


def _truth(view: View, claim: Claim) -> Classes:
    def classes(face: Face, values: Floats) -> list[str]:
        truths = view.truths(claim.id, face.key)
        if len(truths.strict) != len(values):
            return ["mid"] * len(values)
        named = np.where(truths.vacuous, "mid", np.where(truths.strict, "holds", "fails"))
        return [str(name) for name in named]

    return classes


def _axis(values: dict[str, Floats], small: bool, limits: Sequence[tuple[str, float]], points: bool) -> Axis:
    pooled = np.concatenate([found[np.isfinite(found)] for found in values.values()])
    marks = np.array([value for _, value in limits])
    if small and (pooled >= 0).all() and _spread(pooled, marks):
        scale = proportions(pooled, marks)
    else:
        scale = fitting(np.concatenate([_core(pooled), marks]), log=False if small else None)
    say = _in_points if small and points else _in_percent if small else _short
    slack = 1e-9 * abs(scale.low if scale.log else scale.high - scale.low)
    low, high = bool((pooled < scale.low - slack).any()), bool((pooled > scale.high + slack).any())
    return Axis(scale, say, tuple(limits), cut_low=low, cut_high=high)


def _core(values: Floats) -> Floats:
    """The values without far outliers, where a few would press all others into a corner."""
    if values.size == 0:
        return values
    low, first, third, high = (float(end) for end in np.quantile(values, (0.02, 0.25, 0.75, 0.98)))
    low, high = max(low, first - FENCE * (third - first)), min(high, third + FENCE * (third - first))
    if float(np.ptp(values)) <= 1.5 * (high - low) or high == low:
        return values
    return np.clip(values, _rounded(low, high - low), _rounded(high, high - low))


def _rounded(value: float, span: float) -> float:
    """A value rounded to a hundredth of a span, for the end of an axis."""
    places = -int(np.floor(np.log10(span))) + 1
    return float(round(value, places))


def _spread(values: Floats, marks: Floats) -> bool:
    """Whether values are spread so far towards nought that a linear scale would hide them."""
    known = values[values > 0]
    if known.size == 0:
        return False
    lowest = min([float(np.quantile(known, 0.05)), *marks[marks > 0]])
    return bool(lowest < float(known.max()) / 30)


def _in_points(value: float) -> str:
    return plain(100 * value, 3)


def _in_percent(value: float) -> str:
    return f"{minus(f'{100 * value:.3g}')}%" if abs(value) >= 1e-6 or value == 0 else f"{plain(100 * value, 1)}%"


def _short(value: float) -> str:
    return plain(value, 3)


def table(view: View, claim: Claim, kind: Measure) -> Table | None:
    """Quantiles of everything that is compared: the text alternative of the charts."""
    small = kind.sort in ("probability", "difference")
    names: tuple[tuple[str, str, Callable[[float], str]], ...] = (
        ("base", "Base rate", probability if small else plain),
        ("other", "After the change", probability if small else plain),
        ("absolute", "Change", kind.say),
        ("relative", "Change, share of base rate", proportion),
    )
    if claim.kind != "contrast" or not _gather(view, claim, "base"):
        names = (("value", "What is compared", kind.say),)
    rows = []
    for face in view.faces:
        cells = [_quantiles(view.quantity(claim.id, face.key, name), say) for name, _, say in names]
        if any(cells):
            rows.append([face.short, *cells, whole(len(view.truths(claim.id, face.key).draw))])
    if not rows:
        return None
    head = ["Perspective", *(title for _, title, _ in names), "Draws"]
    return Table(f"{claim.id}: quantiles of 5, 50 and 95% over the draws", head, rows)


def _quantiles(values: Floats | None, say: Callable[[float], str]) -> str:
    if values is None:
        return ""
    return " · ".join(say(float(value)) for value in np.nanquantile(values, (0.05, 0.5, 0.95)))
