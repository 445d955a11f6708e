"""What everybody believes of one actor's type along a told future, with the type that it truly is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assay.report.charts.svg import chart, el, label, line, number, pc, rule, stretched
from assay.report.numbers import belief

HEIGHT = 132
TOP = 20
BOTTOM = TOP + HEIGHT
NAMED = 5
"""Periods that are named on the axis at most."""
STROKES = 5
"""Ways of drawing a line; the analyst's has one of its own."""
APART = 12.0
"""Pixels between two numbers at the end of the lines at least."""


@dataclass(frozen=True, slots=True)
class Path:
    """What some observers believe, who believe the same all along: probabilities of what the upper edge stands for."""

    names: str
    places: tuple[float, ...]
    """Periods from the start; a belief holds from its place to the next."""
    values: tuple[float, ...]
    stroke: int
    """Which way of drawing a line; -1 for the analyst alone."""


def course(
    title: str, paths: Sequence[Path], edges: tuple[str, str], true: str, when: Sequence[str], said: str
) -> Markup:
    """The chart. `edges` are what the lower and the upper edge stand for, `true` the one of them that is so; `when`
    names the periods that were played.
    """
    parts = [*_grid(when), *_edge(edges[1], TOP, TOP - 7.0, true), *_edge(edges[0], BOTTOM, BOTTOM + 33.0, true)]
    for path in paths:
        parts.append(stretched(BOTTOM, line(_stairs(path, len(when)), _class(path.stroke))))
    return chart(title, said, BOTTOM + 38, *parts, *_ends(paths))


def _grid(when: Sequence[str]) -> list[Markup]:
    """Quarters, and where periods begin, of which some are named."""
    parts = [rule("0", number(_y(value)), "100%", number(_y(value)), "grid") for value in (0.25, 0.5, 0.75)]
    apart = -(-len(when) // NAMED)
    for place, name in enumerate(when):
        x = pc(place / len(when))
        parts.append(rule(x, str(BOTTOM), x, str(BOTTOM + (5 if place % apart == 0 else 3)), "axisl"))
        if place % apart == 0:
            parts.append(label(name, x, BOTTOM + 16.0))
    return parts


def _edge(name: str, y: int, text: float, true: str) -> list[Markup]:
    """The edge at which a type is certain; a heavy line and a disc where it is the true one."""
    if name != true:
        return [rule("0", str(y), "100%", str(y), "axisl"), label(name, "0", text)]
    mark = el("circle", class_="sure", cx=4, cy=text - 4, r=4)
    return [rule("0", str(y), "100%", str(y), "truth"), mark, label(f"{name}: true", "0", text, "t b", None, 13)]


def key(stroke: int) -> Markup:
    """A sample of a line, for the list of observers beside the chart."""
    return el(
        "svg",
        el("title", "line"),
        el("desc", "How the line is drawn."),
        el("line", class_=_class(stroke), x1=0, y1=6, x2=30, y2=6),
        class_="lk",
        width=30,
        height=12,
        aria_hidden="true",
    )


def _class(stroke: int) -> str:
    return "bl an" if stroke < 0 else f"bl l{stroke % STROKES}"


def _y(value: float) -> float:
    return TOP + HEIGHT * (1 - value)


def _stairs(path: Path, span: float) -> list[tuple[float, float]]:
    spots: list[tuple[float, float]] = []
    for place, value in zip(path.places, path.values, strict=True):
        if spots:
            spots.append((100 * place / span, spots[-1][1]))
        spots.append((100 * place / span, _y(value)))
    return spots


def _ends(paths: Sequence[Path]) -> list[Markup]:
    """The last value of each line, said once where several end alike, moved apart where they would touch."""
    said = {belief(path.values[-1]): _y(path.values[-1]) for path in paths if path.stroke >= 0}
    wanted = sorted((y, text) for text, y in said.items())
    levels = [y for y, _ in wanted]
    for place in range(1, len(levels)):
        levels[place] = max(levels[place], levels[place - 1] + APART)
    limit = BOTTOM + 2.0
    for place in range(len(levels) - 1, -1, -1):
        levels[place] = limit = min(levels[place], limit)
        limit -= APART
    return [label(text, "100%", y + 4, "t b", None, 6) for y, (_, text) in zip(levels, wanted, strict=True)]
