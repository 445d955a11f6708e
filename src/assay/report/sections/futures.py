"""Section: model probabilities over time."""

from __future__ import annotations

from calendar import month_abbr
from dataclasses import dataclass

import numpy as np
import pandas as pd
from markupsafe import Markup

from assay.case.actors import Calendar
from assay.case.claims import Outcome
from assay.report.charts.fan import Bands, fan
from assay.report.charts.scale import Scale
from assay.report.numbers import counted, probability
from assay.report.tables import Table
from assay.report.view import Face, View
from assay.report.words import initial, listed, mid

FAR = 0.1
"""End values that differ by more than this are called apart."""
FACTOR = 3.0
"""So are those that differ by this factor, where the larger is above one percent."""


@dataclass(frozen=True, slots=True)
class Line:
    """One series, a chart for each perspective."""

    name: str
    means: str
    charts: list[tuple[str, Markup]]
    table: Table


def futures(view: View) -> list[Line]:
    """Every series of the run."""
    return [line for name in view.series_names if (line := _line(view, name)).charts]


def means(view: View, name: str) -> str:
    """What a series is, in the case's words."""
    found = view.case.outcomes.get(name)
    text = found.means if isinstance(found, Outcome) else ""
    return (text or name.replace("_", " ")).strip().rstrip(".")


def _line(view: View, name: str) -> Line:
    tables = [(face, found) for face in view.faces if (found := view.series(name, face.key)) is not None]
    top = max((float(found["high"].max()) for _, found in tables), default=1.0)
    scale = Scale(0.0, _round_up(top))
    charts, rows = [], []
    widest = max(tables, key=lambda pair: float((pair[1]["high"] - pair[1]["low"]).iloc[-1]), default=None)
    for face, found in tables:
        when = [period(view.case.calendar, int(number)) for number in found["period"]]
        title = f"{initial(means(view, name))}: {face.short}"
        charts.append(
            (face.short, fan(title, _bands(found), when, scale, named=widest is not None and face is widest[0]))
        )
        rows += _rows(face, when, found)
    head = ["Perspective", "End of", "5%", "25%", "Median", "75%", "95%", "Mean"]
    return Line(name, initial(means(view, name)), charts, Table(initial(means(view, name)), head, rows))


def _bands(found: pd.DataFrame) -> Bands:
    return Bands(*(found[key].to_numpy(dtype=np.float64) for key in ("low", "q25", "median", "q75", "high")))


def _rows(face: Face, when: list[str], found: pd.DataFrame) -> list[list[str]]:
    keys = ("low", "q25", "median", "q75", "high", "mean")
    values = [[probability(float(row[key])) for key in keys] for row in found.to_dict("records")]
    return [[face.short, label, *cells] for label, cells in zip(when, values, strict=True)]


def period(calendar: Calendar, number: int) -> str:
    """The name of a period (counted from 0): the year in which it ends, with the month where it is no calendar year."""
    last = calendar.start.year * 12 + calendar.start.month - 1 + (number + 1) * calendar.step_months - 1
    year, month = divmod(last, 12)
    whole_years = calendar.step_months % 12 == 0 and calendar.start.month == 1
    return str(year) if whole_years else f"{month_abbr[month + 1]} {year}"


def _round_up(value: float) -> float:
    """The next round number, at most 1."""
    if not value > 0:
        return 0.01
    size = 10.0 ** np.floor(np.log10(value))
    return min(1.0, float(next(unit * size for unit in (1, 1.5, 2, 3, 4, 5, 6, 8, 10) if unit * size >= value * 0.999)))


def apart(ends: list[float]) -> bool:
    """Whether end values are called apart."""
    low, high = min(ends), max(ends)
    return high - low > FAR or (high > 0.01 and high >= FACTOR * low)


def headline(view: View) -> str:
    """Over what the perspectives part, or where the median draw ends."""
    ends = {name: _ends(view, name) for name in view.series_names}
    ends = {name: found for name, found in ends.items() if found}
    if not ends:
        return "Nothing was followed over time"
    if len(view.faces) == 1:
        name, found = next(iter(ends.items()))
        return f"{initial(means(view, name))}: {probability(found[0])} in the median draw by {_last(view, name)}"
    parted = [name for name, found in ends.items() if apart(found)]
    alike = [name for name in ends if name not in parted]
    if not parted:
        return "Over time the perspectives stay close"
    if max(len(parted), len(alike)) > 2:
        most = max(parted, key=lambda name: max(ends[name]) - min(ends[name]))
        head = f"The perspectives part over {counted(len(parted))} of {counted(len(ends))} futures"
        return f"{head}, most over {_named(view, most)}"
    if not alike:
        return f"The perspectives part over {_few(view, parted)}"
    return f"The perspectives are close on {_few(view, alike)}; they part over {_few(view, parted)}"


def _named(view: View, name: str) -> str:
    return mid(means(view, name))


def _few(view: View, names: list[str]) -> str:
    return listed(_named(view, name) for name in names)


def _last(view: View, name: str) -> str:
    found = view.series(name, view.faces[0].key)
    assert found is not None
    return period(view.case.calendar, int(found["period"].iloc[-1]))


def _ends(view: View, name: str) -> list[float]:
    tables = [view.series(name, face.key) for face in view.faces]
    return [float(found["median"].iloc[-1]) for found in tables if found is not None]
