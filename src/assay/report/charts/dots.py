"""A distribution as dots: each dot is two percent of the draws, coloured by what the claim is in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from assay.report.charts.scale import Say, Scale, edges
from assay.report.charts.svg import chart, discs, el, label, pc, rule, stretched
from assay.report.view import Floats

DOTS = 50
STEP = 6
TALLEST = 17
"""Rows of dots before a column is split in two or three."""
BINS = 20


@dataclass(frozen=True, slots=True)
class Axis:
    """The common axis of the strips that are compared with each other."""

    scale: Scale
    say: Say
    """A tick's value in few letters."""
    thresholds: tuple[tuple[str, float], ...] = ()
    cut_low: bool = False
    """Whether values below the lower end are gathered there."""
    cut_high: bool = False


def dots(title: str, desc: str, axis: Axis, values: Floats, classes: Sequence[str], names: Sequence[str]) -> Markup:
    """The strip of one perspective. `classes` are colour classes by draw; `names` their order from the bottom up."""
    bounds = edges(axis.scale, BINS, [value for _, value in axis.thresholds])
    stacks = _stacks(axis.scale, bounds, values, classes, names)
    tallest = max((sum(stack.values()) for stack in stacks), default=0)
    rows = min(max(tallest, 5), TALLEST)
    base = rows * STEP + (24 if any(name for name, _ in axis.thresholds) else 8)
    drawn: dict[tuple[str, int], list[tuple[float, float]]] = {}
    for place, stack in enumerate(stacks):
        x = 50 * (bounds[place] + bounds[place + 1])
        _pile(drawn, stack, x, base, rows)
    layers = [
        el("g", stretched(base, discs(places, f"d {name}")), transform=f"translate({shift},0)")
        for (name, shift), places in drawn.items()
    ]
    return chart(title, desc, base + 20, *_furniture(axis, base), *layers)


def _stacks(
    scale: Scale, bounds: Sequence[float], values: Floats, classes: Sequence[str], names: Sequence[str]
) -> list[dict[str, int]]:
    known = np.isfinite(values)
    places = np.array([scale(float(value)) for value in values[known]])
    bins = np.clip(np.searchsorted(np.asarray(bounds), places, side="right") - 1, 0, len(bounds) - 2)
    kinds = np.asarray(classes)[known]
    counts = {
        (place, name): int(np.sum((bins == place) & (kinds == name)))
        for place in range(len(bounds) - 1)
        for name in names
    }
    shared = _apportion(counts, min(DOTS, int(known.sum())))
    return [{name: shared[(place, name)] for name in names} for place in range(len(bounds) - 1)]


def _apportion(counts: dict[tuple[int, str], int], seats: int) -> dict[tuple[int, str], int]:
    """Whole dots in proportion to the counts, by largest remainders, so that they always add up."""
    total = sum(counts.values())
    if total == 0:
        return dict.fromkeys(counts, 0)
    exact = {key: seats * count / total for key, count in counts.items()}
    given = {key: int(value) for key, value in exact.items()}
    rest = sorted(exact, key=lambda key: (given[key] - exact[key], key))
    for key in rest[: seats - sum(given.values())]:
        given[key] += 1
    return given


def _pile(
    drawn: dict[tuple[str, int], list[tuple[float, float]]], stack: dict[str, int], x: float, base: float, rows: int
) -> None:
    order = [name for name, count in stack.items() for _ in range(count)]
    columns = -(-len(order) // rows) or 1
    for place, name in enumerate(order):
        row, column = divmod(place, columns)
        shift = round((column - (columns - 1) / 2) * STEP)
        drawn.setdefault((name, shift), []).append((x, base - 5 - STEP * row))


def _furniture(axis: Axis, base: float) -> list[Markup]:
    parts = [rule("0", str(base), "100%", str(base), "axisl")]
    for x, text in _ticks(axis):
        anchor = None if x < 0.04 else "end" if x > 0.96 else "middle"
        parts.append(rule(pc(x), str(base), pc(x), str(base + 4), "axisl"))
        parts.append(label(text, pc(x), base + 17, "t", anchor))
    for place, (name, value) in enumerate(sorted(axis.thresholds, key=lambda each: each[1])):
        x = axis.scale(value)
        parts.append(rule(pc(x), "0", pc(x), str(base), "thr" if name != "loose" else "thr dash"))
        if name:
            last = place == len(axis.thresholds) - 1
            leftward = x > 0.9 or (not last and x > 0.1)
            parts.append(
                label(name, pc(x), 9.0 + 11 * place, "t s", "end" if leftward else None, -4 if leftward else 4)
            )
    return parts


def _ticks(axis: Axis) -> list[tuple[float, str]]:
    """Where values are written; an end at which values beyond it are gathered says so."""
    ticks = [(axis.scale(value), axis.say(value)) for value in axis.scale.ticks(5)]
    if axis.cut_low:
        ticks = [(0.0, "≤" + axis.say(axis.scale.low)), *((x, text) for x, text in ticks if x > 0.22)]
    if axis.cut_high:
        ticks = [*((x, text) for x, text in ticks if x < 0.8), (1.0, "≥" + axis.say(axis.scale.high))]
    return ticks
