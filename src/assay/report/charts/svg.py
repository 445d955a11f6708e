"""The few parts that every chart is made of. Everything that is not already markup is escaped."""

from __future__ import annotations

import math
from collections.abc import Iterable

from markupsafe import Markup, escape

from assay.report.words import typeset


def el(tag: str, *content: str, **attributes: object) -> Markup:
    """An SVG element. `_` in a name stands for `-`, a trailing one (`class_`) for nothing; None leaves it out."""
    shown = []
    for key, value in attributes.items():
        if value is None:
            continue
        name = key.rstrip("_").replace("_", "-")
        shown.append(f' {name}="{escape(number(value) if isinstance(value, float) else value)}"')
    inner = "".join(part if isinstance(part, Markup) else escape(typeset(part)) for part in content)
    if not inner:
        return Markup(f"<{tag}{''.join(shown)}/>")
    return Markup(f"<{tag}{''.join(shown)}>{inner}</{tag}>")


def number(value: float) -> str:
    """A coordinate, to two places."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def pc(fraction: float) -> str:
    """A fraction of the width, in percent."""
    return f"{number(100 * fraction)}%"


def chart(title: str, desc: str, height: float, *content: str, role: str = "img") -> Markup:
    """A whole chart: as wide as its place, `height` pixels high, with its title and its text alternative."""
    return el(
        "svg",
        el("title", title),
        el("desc", desc),
        *content,
        role=role,
        width="100%",
        height=number(height),
    )


def label(text: str, x: str, y: float, class_: str = "t", anchor: str | None = None, dx: float | None = None) -> Markup:
    """Text at a place; `anchor` is `middle` or `end`."""
    return el("text", text, class_=class_, x=x, y=float(y), text_anchor=anchor, dx=dx)


def rule(x1: str, y1: str, x2: str, y2: str, class_: str) -> Markup:
    """A straight line."""
    return el("line", class_=class_, x1=x1, y1=y1, x2=x2, y2=y2)


def stretched(height: float, *content: str) -> Markup:
    """A nested drawing, 100 units wide and `height` pixels high, that stretches sideways with its chart: paths only."""
    return el(
        "svg",
        *content,
        width="100%",
        height=number(height),
        viewBox=f"0 0 100 {number(height)}",
        preserveAspectRatio="none",
        overflow="visible",
    )


def discs(places: Iterable[tuple[float, float]], class_: str) -> Markup:
    """Discs at (percent, pixels) as one path of points with round caps: they stay round while the drawing stretches."""
    path, before = "", (math.nan, math.nan)
    for x, y in ((round(x, 2), round(y, 2)) for x, y in places):
        # Most discs stand on another: a step from it takes half the letters of a place.
        path += f"m0,{number(y - before[1])}h0" if x == before[0] else f"M{number(x)},{number(y)}h0"
        before = x, y
    return el("path", class_=class_, d=path, vector_effect="non-scaling-stroke") if path else Markup()


def line(places: Iterable[tuple[float, float]], class_: str, closed: bool = False) -> Markup:
    """A line through (percent, pixels), or the area it encloses."""
    path = "M" + "L".join(f"{number(x)},{number(y)}" for x, y in places) + ("Z" if closed else "")
    return el("path", class_=class_, d=path, vector_effect="non-scaling-stroke")
