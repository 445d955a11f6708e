"""Section: how everybody stands under the treaties to which a case binds variables, and what is contested."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from assay.report.charts.standings import Life, Stretch, sample, standings
from assay.report.numbers import counted, written_day
from assay.report.tables import Table
from assay.report.view import View
from assay.report.words import initial, listed, many, verb

SAMPLES = {"bound": "bound", "notice": "bound, a notice of withdrawal runs", "out": "not bound"}
KINDS = {
    "standing": "changes the standing",
    "barred while bound": "open only while the treaty does not bind",
    "breach": "breaks the treaty",
}
ACTS = {
    "notify_withdrawal": "notice of withdrawal",
    "revoke_notice": "notice taken back",
    "accede": "accession",
    "ratify": "ratification",
}


@dataclass(frozen=True, slots=True)
class Contest:
    """A contested point with who holds what."""

    question: str
    positions: list[tuple[str, str, str]]
    """Who, what, and the sources."""


@dataclass(frozen=True, slots=True)
class Treaty:
    """One treaty."""

    name: str
    chart: Markup
    table: Table
    contested: list[Contest]
    acts: Table


@dataclass(frozen=True, slots=True)
class Standings:
    """The section."""

    headline: str
    key: list[tuple[Markup, str]]
    treaties: list[Treaty]


def standing(view: View) -> Standings | None:
    """The section; None where the case binds nothing to a treaty."""
    found: Sequence[Mapping[str, Any]] = view.run.beside.get("treaties", ())
    if not found:
        return None
    key = [(sample(word), said) for word, said in SAMPLES.items()]
    return Standings(_headline(found), key, [_treaty(view, each) for each in found])


def _headline(found: Sequence[Mapping[str, Any]]) -> str:
    states = found[0]["states"]
    left = [state["name"] for state in states if _now(state) == "left"]
    bound = [state["name"] for state in states if _now(state) in ("party", "leaving")]
    name = found[0]["name"]
    if not left:
        of = f"{initial(counted(len(bound)))} of {many(len(states), 'state')}"
        return f"{of} {verb(len(bound), 'is', 'are')} bound by the {name}"
    still = f"; {listed(bound)} {verb(len(bound), 'is', 'are')} still bound" if bound else ""
    return f"{listed(left)} {verb(len(left), 'has', 'have')} left the {name}{still}"


def _now(state: Mapping[str, Any]) -> str:
    return str(state["standings"][-1]["word"]) if state["standings"] else "not a party"


def _treaty(view: View, found: Mapping[str, Any]) -> Treaty:
    first, last = _years(view, found)
    lives = [_life(state, first, last) for state in found["states"]]
    title = f"Standing under the {found['name']}"
    rows = [
        [state["name"], written_day(each["on"]), each["word"], " ".join(each["because"])]
        for state in found["states"]
        for each in state["standings"] or [{"on": "", "word": "not a party", "because": ["No act is on record."]}]
    ]
    return Treaty(
        found["name"],
        standings(title, lives, first, last, view.case.text.dated),
        Table(f"{title}: every change", ["State", "From", "Standing", "Why"], rows),
        [_contest(each) for each in found["contested"]],
        _acts(view, found),
    )


def _years(view: View, found: Mapping[str, Any]) -> tuple[date, date]:
    """From the year before the game or the text, whichever is earlier, to the year after the last change."""
    dated, start = view.case.text.dated, view.case.calendar.start
    begin = min(start, dated) if dated else start
    days = [date.fromisoformat(each["on"]) for state in found["states"] for each in state["standings"]]
    end = max([*days, dated or start, start])
    return date(begin.year - 1, 1, 1), date(end.year + 1, 1, 1)


def _life(state: Mapping[str, Any], first: date, last: date) -> Life:
    steps = [
        (date.min, "not a party"),
        *((date.fromisoformat(each["on"]), each["word"]) for each in state["standings"]),
    ]
    ends = [*(after for (after, _) in steps[1:]), last]
    stretches = tuple(
        Stretch(max(day, first), min(end, last), word)
        for (day, word), end in zip(steps, ends, strict=True)
        if end > first and day < last
    )
    return Life(state["name"], stretches, _said(steps))


def _said(steps: Sequence[tuple[date, str]]) -> str:
    """The latest standing, and what led to it, short enough for one line."""
    day, word = steps[-1]
    if word == "left":
        notice = next((on for on, each in reversed(steps) if each == "leaving"), None)
        before = f"notice {_short(notice)}, " if notice else ""
        return f"{before}out {_short(day)}"
    return word if day == date.min else f"{word} since {_short(day)}"


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _contest(found: Mapping[str, Any]) -> Contest:
    held = [(initial(each["by"]), each["position"], "; ".join(each["source"])) for each in found["positions"]]
    return Contest(found["question"], held)


def _acts(view: View, found: Mapping[str, Any]) -> Table:
    rows = []
    for each in found["acts"]:
        actor = view.case.actors[each["mover"]].name if each["mover"] in view.case.actors else each["mover"] or ""
        act = ACTS.get(each["act"], each["act"].replace("_", " "))
        articles = ", ".join(each["articles"])
        rows.append([initial(each["means"] or each["move"]), actor, act, KINDS[each["kind"]], articles])
    return Table(
        "What moves of the game are in law", ["Move", "Who", "Act", "What the rules make of it", "Article"], rows
    )
