"""How states stand under a treaty over time: a bar for each, heavy while it is bound, hatched while a notice runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from assay.report.charts.svg import chart, el, label, number, pc, rule

ROW = 40
BAR = 11
TOP = 20
WORDS = {"party": "bound", "leaving": "notice", "left": "out", "signatory": "out", "not a party": "out"}
"""How a standing is drawn."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A standing from a day to a day."""

    first: date
    last: date
    word: str


@dataclass(frozen=True, slots=True)
class Life:
    """A state with its standings in the years that are shown, in order, without a gap."""

    name: str
    stretches: tuple[Stretch, ...]
    said: str
    """The same in words, for the line above the bar."""


def standings(title: str, lives: Sequence[Life], first: date, last: date, marked: date | None) -> Markup:
    """The chart, from the first day of a year to that of another. `marked`: the text's day, a line through all rows."""
    span = (last - first).days

    def at(day: date) -> float:
        return min(max((day - first).days / span, 0.0), 1.0)

    bottom = TOP + ROW * len(lives)
    parts = [part for year in range(first.year, last.year + 1) for part in _year(year, at, bottom, last.year)]
    for place, life in enumerate(lives):
        parts += _bars(life, TOP + ROW * place, at)
    if marked is not None and first <= marked <= last:
        parts.append(rule(pc(at(marked)), str(TOP - 4), pc(at(marked)), str(bottom), "thr dash"))
        side = "end" if at(marked) > 0.7 else None
        parts.append(label("the text", pc(at(marked)), TOP - 8.0, "t i", side, 0))
    for place, life in enumerate(lives):  # above the lines, which they stay readable on
        parts.append(label(f"{life.name}: {life.said}", "0", TOP + ROW * place + 15.0, "t c over"))
    said = " ".join(f"{life.name}: {life.said}." for life in lives)
    return chart(title, said, bottom + 22, *parts)


def _year(year: int, at: Callable[[date], float], bottom: float, last: int) -> list[Markup]:
    x = at(date(year, 1, 1))
    found = [rule(pc(x), str(TOP), pc(x), number(bottom), "grid")]
    if year < last:
        found.append(label(str(year), pc(x), bottom + 16.0, "t", None, 3))
    return found


def _bars(life: Life, top: float, at: Callable[[date], float]) -> list[Markup]:
    parts = []
    for stretch in life.stretches:
        left, right = at(stretch.first), at(stretch.last)
        parts.append(
            el(
                "rect",
                class_=f"st {WORDS[stretch.word]}",
                x=pc(left),
                y=float(top + 21),
                width=pc(max(right - left, 0.004)),
                height=BAR,
            )
        )
    return parts


def sample(word: str) -> Markup:
    """A sample of a bar, for the key."""
    return el(
        "svg", el("rect", class_=f"st {word}", x=1, y=2, width=26, height=BAR), width=28, height=15, aria_hidden="true"
    )
