"""A history told as plain steps, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from assay.case.actors import Calendar
from assay.futures.sample import History, Step

NATURE = "chance"


class Told(TypedDict):
    """One step: who did what when, how probable it was, and what there is to remark."""

    when: str
    stage: str
    actor: str
    move: str
    probability: float
    note: str


@dataclass(frozen=True, slots=True)
class Tale:
    """The steps of a history, and its end in one line."""

    steps: tuple[Told, ...]
    ending: str


def tell(history: History, calendar: Calendar | None = None, names: Mapping[str, str] | None = None) -> Tale:
    """A history as steps, movers and chances alike; a close has none.

    `calendar` gives dates to periods (they are numbered without it), `names` the names of actors in place of their
    keys. `note` says where a move had no alternative, and where a joint move was left to chance.
    """
    steps: list[Told] = []
    for step in history.steps:
        steps.extend(_told(history, step, when_of(step.period, calendar), names or {}))
    last = history.steps[-1]
    when = when_of(last.period, calendar)
    if history.ending is not None:
        return Tale(tuple(steps), f"{when}: the game ends in {said(history.ending)}.")
    return Tale(tuple(steps), f"{when}: the last period closes, and the game has not ended.")


def when_of(period: int, calendar: Calendar | None) -> str:
    """A period as a year, or as a year and month where periods are no whole years; a number without a calendar."""
    if calendar is None:
        return f"period {period + 1}"
    months = calendar.start.month - 1 + period * calendar.step_months
    first = date(calendar.start.year + months // 12, months % 12 + 1, 1)
    return str(first.year) if calendar.step_months % 12 == 0 else f"{first.year}-{first.month:02d}"


def said(name: str) -> str:
    """A key as words."""
    return name.replace("_", " ")


def _told(history: History, step: Step, when: str, names: Mapping[str, str]) -> list[Told]:
    left = f"then chance: {said(step.label)} ({step.chance:.0%})" if step.chosen and step.label else ""
    told = [
        Told(
            when=when,
            stage=said(step.stage),
            actor=names.get(chosen.actor, chosen.actor),
            move=said(chosen.move),
            probability=chosen.probability,
            note=_joined("no other move" if _alone(history, chosen.option) else "", left),
        )
        for chosen in step.chosen
    ]
    if not step.chosen and step.branch >= 0:
        move = said(step.label) or "goes on"
        told.append(Told(when=when, stage=said(step.stage), actor=NATURE, move=move, probability=step.chance, note=""))
    return told


def _joined(*remarks: str) -> str:
    return "; ".join(remark for remark in remarks if remark)


def _alone(history: History, option: int) -> bool:
    """Whether the mover had this option alone."""
    starts = history.game.structure.option_start
    mover = int((starts <= option).sum()) - 1
    return bool(starts[mover + 1] - starts[mover] == 1)
