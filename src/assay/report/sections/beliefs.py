"""Section: what everybody believes of everybody's type at the start, and how beliefs move along one future."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from assay.case.claims import Claim
from assay.case.types import called
from assay.report.charts.opinions import Opinion, opinions
from assay.report.numbers import belief, points, share
from assay.report.sections.courses import Course, actor_name, courses, travel
from assay.report.sections.tales import Tale, tale
from assay.report.tables import Table
from assay.report.view import Face, Floats, View
from assay.report.words import initial, listed
from assay.runs.beliefs import ANALYST

SAME = 1e-9
"""Probabilities that differ by less are the same."""


@dataclass(frozen=True, slots=True)
class About:
    """What is believed at the start of one type of one actor."""

    question: str
    charts: list[tuple[str, Markup, list[str]]]
    """Perspective, chart, and what it says of who misreads the actor."""
    table: Table


@dataclass(frozen=True, slots=True)
class Followed:
    """One told future, for its beliefs."""

    claim: Claim
    tale: Tale
    courses: list[Course]


@dataclass(frozen=True, slots=True)
class Beliefs:
    """The section."""

    headline: str
    lead: str
    abouts: list[About]
    followed: Followed | None


def beliefs(view: View) -> Beliefs | None:
    """The section; None where nobody has private types."""
    abouts = [
        _about(view, actor, each) for actor, types in view.informed.items() for each in types[1:] if _any(view, actor)
    ]
    followed = _followed(view)
    if not abouts and followed is None:
        return None
    return Beliefs(_headline(view), _lead(view), abouts, followed)


def _any(view: View, actor: str) -> bool:
    return any(actor in view.opinions(face.key) for face in view.faces)


def _lead(view: View) -> str:
    parts = [
        f"{actor_name(view, actor)} is {listed((called(view.case, actor, each) for each in types), 'or')}"
        for actor, types in view.informed.items()
    ]
    return f"{initial('; '.join(parts))}: which of them, only the actor itself knows."


def _about(view: View, actor: str, of_type: str) -> About:
    asked = f"{actor_name(view, actor)} is {called(view.case, actor, of_type)}"
    at = view.informed[actor].index(of_type)
    charts, rows = [], []
    for face in view.faces:
        found = view.opinions(face.key).get(actor)
        if not found:
            continue
        own, *others = ((observer, _opinion(view, observer, believed[at])) for observer, believed in found.items())
        drawn = opinions(f"{initial(asked)}: {face.short}", own[1], [each for _, each in others])
        gaps = {observer: found[observer][at] - found[ANALYST][at] for observer, _ in others}
        charts.append((face.short, drawn, _misreading(view, gaps)))
        rows += [_row(face, each, gaps.get(observer)) for observer, each in (own, *others)]
    head = [
        "Perspective",
        "Who",
        "5%",
        "25%",
        "Median",
        "75%",
        "95%",
        "Median gap",
        "Draws above the share",
        "below it",
    ]
    return About(f"{initial(asked)}", charts, Table(f"{initial(asked)}: believed at the start", head, rows))


def _opinion(view: View, observer: str, believed: Floats) -> Opinion:
    name = "The share itself" if observer == ANALYST else initial(actor_name(view, observer))
    return Opinion(name, *(float(value) for value in np.quantile(believed, (0.05, 0.25, 0.5, 0.75, 0.95))))


def _row(face: Face, each: Opinion, gap: Floats | None) -> list[str]:
    spread = [belief(value) for value in (each.low, each.q25, each.median, each.q75, each.high)]
    if gap is None:
        return [face.short, each.name, *spread, "–", "–", "–"]
    above, below = float((gap > SAME).mean()), float((gap < -SAME).mean())
    return [face.short, each.name, *spread, points(float(np.median(gap))), share(above), share(below)]


def _misreading(view: View, gaps: Mapping[str, Floats]) -> list[str]:
    """`Likelier than the share says: to the alliance in 93% of the draws`, and the like."""
    likelier, rarer, even, same = [], [], [], []
    for observer, gap in gaps.items():
        name, above, below = actor_name(view, observer), float((gap > SAME).mean()), float((gap < -SAME).mean())
        if above == below == 0:
            same.append(f"to {name}")
        elif above == below:
            even.append(f"to {name}")
        elif above > below:
            likelier.append(f"to {name} in {_of(above)}")
        else:
            rarer.append(f"to {name} in {_of(below)}")
    parts = [("Likelier than the share says", likelier), ("Less likely than the share says", rarer)]
    parts += [("As often likelier as less likely", even), ("As the share says", same)]
    return [f"{head}: {listed(names)}." for head, names in parts if names]


def _of(value: float) -> str:
    return "every draw" if value == 1 else f"{share(value)} of the draws"


def _followed(view: View) -> Followed | None:
    """The told future along which beliefs move most."""
    told = [(claim, each) for claim in view.tests for each in view.run.tales.get(claim.id, ()) if each.get("beliefs")]
    if not told:
        return None
    claim, best = max(told, key=lambda pair: travel(pair[1]))
    return Followed(claim, tale(view, claim, best), courses(view, best))


def _headline(view: View) -> str:
    """Who misreads whom most at the start, by the gap in the median draw."""
    worst: tuple[float, Face, str, str] | None = None
    for face in view.faces:
        for actor, found in view.opinions(face.key).items():
            for observer, believed in found.items():
                gap = float(np.abs(np.median(believed - found[ANALYST], axis=1)).max())
                if worst is None or gap > worst[0]:
                    worst = (gap, face, actor, observer)
    if worst is None:
        return "How beliefs move"
    gap, face, actor, observer = worst
    if gap < 0.005:
        return "At the start everybody believes what the shares say"
    where = f", for {face.mid}" if len(view.faces) > 1 else ""
    return f"Most mistaken at the start{where}: {actor_name(view, observer)} about {actor_name(view, actor)}"
