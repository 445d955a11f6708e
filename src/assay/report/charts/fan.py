"""A model probability over time: the median draw, the middle half and nine in ten, with the end value written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assay.report.charts.scale import Scale
from assay.report.charts.svg import chart, el, label, line, number, rule, stretched
from assay.report.numbers import probability
from assay.report.view import Floats

HEIGHT = 112


@dataclass(frozen=True, slots=True)
class Bands:
    """Quantiles of one series over the draws of one perspective. Shapes: (periods,)."""

    low: Floats
    q25: Floats
    median: Floats
    q75: Floats
    high: Floats


def fan(title: str, bands: Bands, when: Sequence[str], scale: Scale, named: bool) -> Markup:
    """The chart of one perspective; `named` writes what the bands are into it."""
    last = len(when) - 1
    parts: list[Markup] = []
    for value in scale.ticks(4):
        y = HEIGHT * (1 - scale(value))
        parts.append(rule("0", number(y), "100%", number(y), "grid"))
        parts.append(label(_tick(value, scale), "-6", y + 4, "t", "end"))
    xs = [100 * place / max(last, 1) for place in range(last + 1)]
    parts.append(stretched(HEIGHT, *_shapes(bands, xs, scale)))
    end = float(bands.median[-1])
    y = HEIGHT * (1 - scale(end))
    parts.append(el("text", _end(end), class_="t b", x="100%", dx=5, y=min(y + 4, HEIGHT - 1.0)))
    parts.append(rule("0", str(HEIGHT), "100%", str(HEIGHT), "axisl"))
    parts.append(label(when[0], "0", HEIGHT + 16.0))
    if last > 0:
        parts.append(label(when[-1], "100%", HEIGHT + 16.0, "t", "end"))
    if named and last > 1:
        parts += _band_names(bands, scale)
    said = f"Median draw {probability(float(bands.median[0]))} in {when[0]} and {probability(end)} in {when[-1]}"
    ends = (
        f"nine in ten draws in {when[-1]}: {probability(float(bands.low[-1]))} to {probability(float(bands.high[-1]))}."
    )
    return chart(title, f"{said}; {ends}", HEIGHT + 20, *parts)


def _shapes(bands: Bands, xs: list[float], scale: Scale) -> list[Markup]:
    if len(xs) == 1:
        xs = [0.0, 100.0]

    def at(values: Floats) -> list[tuple[float, float]]:
        ys = [HEIGHT * (1 - scale(float(value))) for value in values]
        return list(zip(xs, ys * 2 if len(ys) == 1 else ys, strict=True))

    wide = at(bands.high) + at(bands.low)[::-1]
    half = at(bands.q75) + at(bands.q25)[::-1]
    return [line(wide, "b90", closed=True), line(half, "b50", closed=True), line(at(bands.median), "md")]


def _band_names(bands: Bands, scale: Scale) -> list[Markup]:
    """The names of the bands, where they are wide enough to be written into."""
    place = max(len(bands.median) - 2, 0)
    at = [
        HEIGHT * (1 - scale(float(side[place]))) for side in (bands.high, bands.q75, bands.median, bands.q25, bands.low)
    ]
    named: list[tuple[str, Markup]] = []
    gaps = [("nine in ten", at[0], at[1], "halo1"), ("middle half", at[1], at[2], "halo2")]
    gaps += [("middle half", at[2], at[3], "halo2"), ("nine in ten", at[3], at[4], "halo1")]
    for name, top, bottom, halo in gaps:
        if bottom - top >= 15 and name not in [text for text, _ in named]:
            named.append((name, label(name, "97%", (top + bottom) / 2 + 4, f"t s {halo}", "end")))
    return [shown for _, shown in named]


def _tick(value: float, scale: Scale) -> str:
    text = f"{100 * value:.4g}"
    return f"{text}%" if value >= max(scale.ticks(4)) else text


def _end(value: float) -> str:
    """The end value, short enough to stand between two charts; the table has more figures."""
    return "<0.1%" if 0 < value < 0.001 else probability(value)
