"""The draws over a claim's first two hinges: a disc where it holds, a triangle where it fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assay.report.charts.scale import Say, Scale
from assay.report.charts.svg import chart, discs, el, label, number, pc, rule, stretched
from assay.report.view import Bools, Floats

HEIGHT = 290
MOST = 200
"""Draws shown at most; a chart that shows fewer than there are says so."""
LETTER = 0.022
"""Width of a letter of a box's name, as a fraction of a narrow chart: enough to keep names apart."""


@dataclass(frozen=True, slots=True)
class Side:
    """One axis of the scatter."""

    name: str
    scale: Scale
    say: Say
    ticks: tuple[float, ...] | None = None
    """Set where the axis is a list of named alternatives."""

    def marks(self, most: int) -> Sequence[float]:
        """Where to write values."""
        return self.ticks if self.ticks is not None else self.scale.ticks(most)


@dataclass(frozen=True, slots=True)
class Box:
    """A perspective's ranges on both axes."""

    name: str
    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Found:
    """The box in which a claim fails, or holds."""

    class_: str
    """`fails` or `holds`."""
    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Corners:
    """A box on the chart: fractions across, pixels down."""

    name: str
    left: float
    right: float
    top: float
    bottom: float


def scatter(
    title: str,
    desc: str,
    across: Side,
    up: Side,
    x: Floats,
    y: Floats,
    holds: Bools,
    boxes: Sequence[Box] = (),
    found: Found | None = None,
) -> Markup:
    """The chart; `x`, `y` and `holds` are the draws that are shown. Shapes: (draws,)."""
    corners = [_corners(box, across, up) for box in boxes]
    parts = [*_grid(across, up), *(_outline(box) for box in corners)]
    if found is not None:
        place = _corners(Box("", found.x, found.y), across, up)
        parts.append(el("g", _outline(place, "found"), class_=found.class_))
    yes: list[tuple[float, float]] = []
    no: list[tuple[float, float]] = []
    for right, above, true in zip(x, y, holds, strict=True):
        spot = (across.scale(float(right)), HEIGHT * (1 - up.scale(float(above))))
        (yes if true else no).append(spot)
    triangles = [el("use", href="#tri", x=pc(place), y=level) for place, level in no]
    parts.append(el("g", *triangles, class_="fails"))
    parts.append(stretched(HEIGHT, discs(((100 * place, level) for place, level in yes), "d holds")))
    parts += _names(corners)
    return chart(title, desc, HEIGHT + 22, *parts)


def _grid(across: Side, up: Side) -> list[Markup]:
    parts = []
    for value in across.marks(6):
        place = across.scale(value)
        parts.append(rule(pc(place), "0", pc(place), str(HEIGHT), "grid"))
        anchor = "middle" if 0.05 < place < 0.95 else None if place <= 0.05 else "end"
        parts.append(label(across.say(value), pc(place), HEIGHT + 17, "t", anchor))
    for value in up.marks(6):
        level = HEIGHT * (1 - up.scale(value))
        parts.append(rule("0", number(level), "100%", number(level), "grid"))
        parts.append(label(up.say(value), "-8", level + 4, "t", "end"))
    return parts


def _corners(box: Box, across: Side, up: Side) -> _Corners:
    left, right = across.scale(box.x[0]), across.scale(box.x[1])
    return _Corners(box.name, left, right, HEIGHT * (1 - up.scale(box.y[1])), HEIGHT * (1 - up.scale(box.y[0])))


def _outline(box: _Corners, class_: str = "rng") -> Markup:
    width, height = max(box.right - box.left, 0.004), max(box.bottom - box.top, 1.5)
    return el("rect", class_=class_, x=pc(box.left), y=box.top, width=pc(width), height=height)


def _names(boxes: Sequence[_Corners]) -> list[Markup]:
    """The boxes' names at corners where they do not meet, the smallest box first."""
    taken: list[tuple[float, float, float]] = []
    parts = []
    for box in sorted(boxes, key=lambda each: (each.right - each.left) * (each.bottom - each.top)):
        width = LETTER * len(box.name) + 0.01
        places = _places(box, width)
        free = [place for place in places if not any(_meet(place, width, other) for other in taken)]
        x, y = (free or places)[0]
        taken.append((x, y, width))
        parts.append(label(box.name, pc(x), y, "t i halo", None, 4))
    return parts


def _places(box: _Corners, width: float) -> list[tuple[float, float]]:
    """Where a box's name may begin: inside its corners, then above and below it."""
    left = min(box.left, 1 - width)
    right = max(box.right - width, 0.0)
    inside = [(left, box.top + 14), (right, box.bottom - 6), (right, box.top + 14), (left, box.bottom - 6)]
    outside = [(left, box.top - 5), (left, box.bottom + 14)]
    fits = box.right - box.left >= width and box.bottom - box.top >= 18
    ordered = inside + outside if fits else outside + inside
    return [(x, y) for x, y in ordered if 8 < y < HEIGHT] or [(left, box.top + 14)]


def _meet(place: tuple[float, float], width: float, other: tuple[float, float, float]) -> bool:
    return place[0] < other[0] + other[2] and other[0] < place[0] + width and abs(place[1] - other[1]) < 15
