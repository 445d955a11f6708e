"""Section: the assumptions, with the ranges of every perspective on the scale of them all."""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup

from assay.case.assumptions import Assumption, Distribution, Setting
from assay.report.charts.ranges import Range, ranges
from assay.report.numbers import whole
from assay.report.sections.spans import ends, mode, said, setting
from assay.report.tables import Table
from assay.report.view import View
from assay.report.words import many, sentence


@dataclass(frozen=True, slots=True)
class Line:
    """One assumption on which the perspectives differ."""

    name: str
    means: str
    unit: str
    rows: list[Range]
    chart: Markup | None
    basis: list[str]
    because: list[tuple[str, str]]
    turns: list[str]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The section."""

    headline: str
    differ: list[Line]
    agree: Table | None


def assume(view: View) -> Assumptions:
    """The assumptions on which the perspectives differ drawn, the others in a table."""
    case = view.case
    turns = _turns(view)
    differ, same = [], []
    for name, assumption in view.columns.items():
        settings = [setting(case, face.key, name) or assumption for face in view.faces]
        if len({_shape(given) for given in settings}) > 1 or len(view.faces) == 1:
            differ.append(_line(view, name, assumption, settings, turns.get(name, [])))
        else:
            same.append((name, assumption, settings[0]))
    rows = [
        [
            view.meaning(name),
            view.unit(name),
            said(given),
            ", ".join(_basis(view, given, assumption)),
            ", ".join(turns.get(name, [])),
        ]
        for name, assumption, given in same
    ]
    head = ["Assumption", "Unit", "Range", "Basis", "First or second hinge of"]
    agree = Table("The same for every perspective", head, rows) if rows else None
    return Assumptions(_headline(view, len(differ)), differ, agree)


def _headline(view: View, count: int) -> str:
    total = len(view.columns)
    if len(view.faces) == 1:
        return f"{many(total, 'assumption').capitalize()}, each a range"
    if count == 0:
        return f"The perspectives agree on all {many(total, 'assumption')}"
    return f"The perspectives part over {whole(count)} of {many(total, 'assumption')}"


def _shape(given: Distribution) -> str:
    values = {key: getattr(given, key) for key in Distribution.model_fields}
    return repr(values)


def _line(view: View, name: str, assumption: Assumption, settings: list[Distribution], turns: list[str]) -> Line:
    rows = []
    for face, given in zip(view.faces, settings, strict=True):
        low, high = ends(given)
        rows.append(Range(face.short, low, high, mode(given), said(given)))
    drawn = not any(math.isnan(row.low) for row in rows) and not any(given.discrete for given in settings)
    log = all(given.log_range is not None for given in settings)
    chart = ranges(f"{view.meaning(name)}: ranges", rows, log) if drawn else None
    basis = list(dict.fromkeys(text for given in settings for text in _basis(view, given, assumption)))
    because = [
        (face.short, sentence(why))
        for face, given in zip(view.faces, settings, strict=True)
        if (why := _because(given))
    ]
    joined: dict[str, list[str]] = {}
    for who, why in because:
        joined.setdefault(why, []).append(who)
    reasons = [(", ".join(who) if len(who) < len(view.faces) else "", why) for why, who in joined.items()]
    return Line(name, view.meaning(name), view.unit(name), rows, chart, basis, reasons, turns)


def _because(given: Distribution) -> str:
    return given.because if isinstance(given, Assumption | Setting) else ""


def _basis(view: View, given: Distribution, assumption: Assumption) -> list[str]:
    source = given.source if isinstance(given, Assumption | Setting) else None
    source = assumption.source if source is None else source
    if source == "judgement":
        return ["judgement"]
    names = []
    for key in source:
        found = view.source(key)
        names.append(found.publisher or found.title if found else key)
    return names


def _turns(view: View) -> dict[str, list[str]]:
    """The claims of which an assumption is the first or second hinge for some perspective."""
    out: dict[str, list[str]] = {}
    for claim in view.tests:
        for face in view.faces:
            for hinge in view.hinges(claim.id, face.key)[:2]:
                found = out.setdefault(hinge.assumption, [])
                if claim.id not in found:
                    found.append(claim.id)
    return out


def judged(view: View) -> tuple[int, int]:
    """How many assumptions rest on judgement in the case, and how many there are."""
    assumptions = view.columns.values()
    return sum(assumption.source == "judgement" for assumption in assumptions), len(view.columns)
