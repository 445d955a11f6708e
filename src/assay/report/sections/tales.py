"""Two concrete futures of a claim: one in which it holds, one in which it fails."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assay.case.claims import Claim
from assay.report.measures import measure
from assay.report.numbers import plain, probability, whole
from assay.report.sections.courses import Course, courses, types_said
from assay.report.sections.steps import move_words
from assay.report.view import View
from assay.report.words import initial, mid, sentence


@dataclass(frozen=True, slots=True)
class Step:
    """A move, or a turn of chance."""

    who: str
    """Empty for chance."""
    move: str
    probability: str
    note: str


@dataclass(frozen=True, slots=True)
class When:
    """What happened in one period."""

    when: str
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Tale:
    """A concrete future in one draw."""

    holds: bool
    title: str
    lead: str
    periods: list[When]
    ending: str
    courses: list[Course]
    """How beliefs move, for every actor with private types."""


def tale(view: View, claim: Claim, told: Mapping[str, Any]) -> Tale:
    """A told future, its steps gathered by period."""
    face = view.face(str(told["perspective"]))
    holds, draw = bool(told["holds"]), int(told["draw"])
    periods: list[When] = []
    for step in told.get("steps", ()):
        when = str(step.get("when", ""))
        if not periods or periods[-1].when != when:
            periods.append(When(when, []))
        periods[-1].steps.append(_step(view, step))
    title = f"Draw {whole(draw)} of {face.mid}: it {'holds' if holds else 'fails'}"
    ending = told.get("ending")
    said = _ending(view, str(ending)) if ending else ""
    return Tale(holds, title, _lead(view, claim, told, draw), periods, said, courses(view, told))


def _lead(view: View, claim: Claim, told: Mapping[str, Any], draw: int) -> str:
    """The draw by the assumptions on which the claim turns, what is compared in it, and how probable the history is."""
    key = str(told["perspective"])
    draws = view.draws(key)
    parts = []
    for hinge in view.hinges(claim.id, key)[:2]:
        if hinge.assumption in draws and draw in draws.index:
            value = draws.at[draw, hinge.assumption]
            shown = value if isinstance(value, str) else plain(float(value), 2)
            parts.append(f"{mid(view.means(hinge.assumption))} {shown}")
    types = types_said(view, told)
    lines = [types] if types else []
    lines += [f"In this draw: {'; '.join(parts)}."] if parts else []
    if told.get("value") is not None:
        lines.append(f"What is compared is {measure(view.case, claim).say(float(told['value']))}.")
    if told.get("probability") is not None:
        lines.append(f"The history has probability {probability(float(told['probability']))}.")
    return " ".join(lines)


def _step(view: View, step: Mapping[str, Any]) -> Step:
    key = str(step.get("actor") or "")
    actor = view.case.actors.get(key)
    chance = step.get("probability")
    return Step(
        actor.name if actor else initial(key.replace("_", " ")),
        move_words(view.case, key, str(step.get("stage") or ""), str(step.get("move", ""))),
        probability(float(chance)) if chance is not None else "",
        sentence(str(step["note"])) if step.get("note") else "",
    )


def _ending(view: View, ending: str) -> str:
    found = view.case.endings.get(ending)
    return sentence(found.means if found and found.means else f"the game ends: {ending.replace('_', ' ')}")
