"""Where a claim turns: its draws over the first two hinges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import Markup

from assay.case.assumptions import Distribution
from assay.case.claims import Claim
from assay.report.charts.scale import Scale, fitting
from assay.report.charts.scatter import MOST, Box, Found, Side, scatter
from assay.report.measures import measure
from assay.report.numbers import plain, whole
from assay.report.sections.distribution import value_axis
from assay.report.sections.spans import ends, setting
from assay.report.view import Face, Floats, View
from assay.report.words import mid


@dataclass(frozen=True, slots=True)
class Turning:
    """The scatter and its caption."""

    caption: str
    up: str
    across: str
    chart: Markup
    boxed: bool
    """Whether the perspectives' ranges are drawn."""
    found: str
    """`fails` or `holds` where the box of such draws is drawn; empty where none is."""


def turning(view: View, claim: Claim) -> Turning | None:
    """The scatter of the perspective that shows most (wide ranges, both outcomes); None without any hinge."""
    faces = [face for face, _ in view.verdicts(claim.id) if view.hinges(claim.id, face.key)]
    if not faces:
        return None
    face = max(faces, key=lambda each: _worth(view, claim, each))
    names = [hinge.assumption for hinge in view.hinges(claim.id, face.key)[:2]]
    draws = view.draws(face.key)
    truths = view.truths(claim.id, face.key)
    counts = np.flatnonzero(truths.counts)
    if any(name not in draws for name in names) or counts.size == 0:
        return None
    table = draws.reindex(truths.draw)
    shown = counts[:MOST]
    first = _side(view, names[0])
    second = _side(view, names[1]) if len(names) > 1 else _value_side(view, claim)
    if second is None:
        return None
    x = _numbers(table[names[0]], first)[shown]
    y = _numbers(table[names[1]], second)[shown] if len(names) > 1 else _values(view, claim, face)[shown]
    boxes = _boxes(view, names) if len(names) > 1 else []
    known = np.isfinite(x) & np.isfinite(y)
    true, reading = view.turning(claim.id, face.key)
    holds = true[shown]
    yes, number = int(holds[known].sum()), int(known.sum())
    count = f"{whole(number)} of {whole(counts.size)}" if counts.size > MOST else whole(number)
    desc = (
        f"{count} draws of {face.mid}: of those shown the claim holds in {whole(yes)}, fails in {whole(number - yes)}."
    )
    title = f"{claim.id}: draws of {face.mid} over {mid(first.name)} and {mid(second.name)}"
    found = _found(view, claim, face, names, (first, second))
    chart = scatter(title, desc, first, second, x[known], y[known], holds[known], boxes, found)
    caption = f"{count} draws of {face.mid}, {reading} reading"
    return Turning(caption, second.name, first.name, chart, bool(boxes), found.class_ if found else "")


def _found(view: View, claim: Claim, face: Face, names: list[str], sides: tuple[Side, Side]) -> Found | None:
    """The box where the claim fails, if it limits nothing but the assumptions on the two axes."""
    boxed = view.run.box_table.get((claim.id, face.key))
    if boxed is None or len(names) < 2 or any(side.ticks is not None for side in sides):
        return None
    limits = {limit.assumption: limit for limit in boxed.box.limits}
    if not set(limits) <= set(names):
        return None
    spans = []
    for name, side in zip(names, sides, strict=True):
        limit = limits.get(name)
        low = side.scale.low if limit is None or limit.low is None else limit.low
        high = side.scale.high if limit is None or limit.high is None else limit.high
        spans.append((low, high))
    return Found("fails" if boxed.fails else "holds", spans[0], spans[1])


def _worth(view: View, claim: Claim, face: Face) -> float:
    """How much the scatter of a perspective shows: wide ranges, both outcomes, two hinges."""
    hinges = view.hinges(claim.id, face.key)[:2]
    truths = view.truths(claim.id, face.key)
    true = view.turning(claim.id, face.key)[0][truths.counts]
    both = float(true.mean() * (1 - true.mean())) ** 0.5 if true.size else 0.0
    wide = 1.0
    for hinge in hinges:
        found = [view.draws(each.key).get(hinge.assumption) for each in view.faces]
        spreads = [float(np.ptp(column)) for column in found if column is not None and column.dtype.kind == "f"]
        mine = view.draws(face.key).get(hinge.assumption)
        if spreads and max(spreads) > 0 and mine is not None and mine.dtype.kind == "f":
            wide *= float(np.ptp(mine)) / max(spreads)
    return both * wide * (1.0 if len(hinges) == 2 else 0.1)


def _with_unit(view: View, name: str) -> str:
    unit = view.unit(name)
    return f"{view.meaning(name)} ({unit})" if unit and unit not in ("probability", "share") else view.meaning(name)


def _side(view: View, name: str) -> Side:
    """The axis of an assumption: as wide as all perspectives' draws together."""
    columns = [view.draws(face.key)[name] for face in view.faces if name in view.draws(face.key)]
    pooled = pd.concat(columns)
    found = view.columns.get(name)
    if found is not None and found.alternatives:
        options = list(found.alternatives)
        scale = Scale(-0.5, len(options) - 0.5)
        return Side(
            _with_unit(view, name), scale, lambda value: options[round(value)], tuple(map(float, range(len(options))))
        )
    log = found is not None and found.log_range is not None
    values = pd.to_numeric(pooled, errors="coerce").to_numpy(dtype=np.float64)
    return Side(_with_unit(view, name), fitting(values, log), lambda value: plain(value, 3))


def _numbers(column: pd.Series, side: Side) -> Floats:
    """A column as numbers; named alternatives as their places, moved a little so that draws can be told apart."""
    if side.ticks is None:
        return np.asarray(pd.to_numeric(column, errors="coerce"), dtype=np.float64)
    names = [side.say(tick) for tick in side.ticks]
    places = np.array([names.index(str(v)) if str(v) in names else _place(v) for v in column], dtype=np.float64)
    shifts = (np.arange(len(places)) * 0.618034) % 1.0 - 0.5
    return places + 0.7 * shifts


def _place(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("nan")


def _value_side(view: View, claim: Claim) -> Side | None:
    axis = value_axis(view, claim)
    if axis is None:
        return None
    points = ", in points" if measure(view.case, claim).sort == "difference" else ""
    return Side(f"What is compared{points}", axis.scale, axis.say)


def _values(view: View, claim: Claim, face: Face) -> Floats:
    values = view.quantity(claim.id, face.key, "value")
    assert values is not None
    return values


def _boxes(view: View, names: list[str]) -> list[Box]:
    """The perspectives' ranges on both axes, one box where several agree."""
    boxes: dict[tuple[tuple[float, float], tuple[float, float]], list[str]] = {}
    for face in view.faces:
        spans = [_span(setting(view.case, face.key, name)) for name in names]
        if spans[0] is not None and spans[1] is not None:
            boxes.setdefault((spans[0], spans[1]), []).append(face.short)
    return [Box(", ".join(found), x, y) for (x, y), found in boxes.items()] if len(boxes) > 1 else []


def _span(given: Distribution | None) -> tuple[float, float] | None:
    return None if given is None or given.alternatives else ends(given)
