"""How beliefs move along a told future: who is of which type, and who came nearer to knowing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from assay.case.types import called
from assay.report.charts.course import Path, course, key
from assay.report.numbers import belief
from assay.report.sections.futures import period
from assay.report.tables import Table
from assay.report.view import View
from assay.report.words import initial, listed, mid
from assay.runs.beliefs import ANALYST

LITTLE = 0.01
"""A belief that changes by no more than this is called unmoved."""


@dataclass(frozen=True, slots=True)
class Course:
    """What everybody believes of one actor along a future."""

    about: str
    """What is believed, as a heading: `Russia is revisionist?`"""
    chart: Markup
    observers: list[tuple[Markup, str, str]]
    """A sample of the line, who it is and from where to where it goes."""
    said: list[str]
    table: Table


@dataclass(frozen=True, slots=True)
class _About:
    """An actor's true type in a future, and what is believed of it."""

    actor: str
    name: str
    types: Sequence[str]
    true: int
    courses: Mapping[str, Sequence[tuple[float, Sequence[float]]]]
    """By observer: (place, probabilities by type)."""

    @property
    def shown(self) -> int:
        """The type whose probability is drawn: the last of two, the true one of more."""
        return 1 if len(self.types) == 2 else self.true

    def ends(self, observer: str, of_type: int) -> tuple[float, float]:
        """What an observer believes of a type at first and at the end."""
        course = self.courses[observer]
        return course[0][1][of_type], course[-1][1][of_type]


def types_said(view: View, told: Mapping[str, Any]) -> str:
    """`In this future Russia is secure and the alliance is a hawk.`; empty where nobody has types."""
    types = told.get("types") or {}
    parts = [f"{actor_name(view, actor)} is {called(view.case, actor, own)}" for actor, own in types.items()]
    return f"In this future {listed(parts)}." if parts else ""


def actor_name(view: View, key_: str) -> str:
    """An actor's name inside a sentence."""
    actor = view.case.actors.get(key_)
    return mid(actor.name) if actor else key_.replace("_", " ")


def courses(view: View, told: Mapping[str, Any]) -> list[Course]:
    """A chart for every actor with private types, with sentences; none where nobody has any."""
    return [_course(view, about) for about in _abouts(view, told)]


def travel(told: Mapping[str, Any]) -> float:
    """How much a future has to show of beliefs: the sum of the observers' largest changes."""
    total = 0.0
    for each in told.get("beliefs", ()):
        if each["observer"] != ANALYST:
            shown = [believed[-1] for _, believed in each["course"]]
            total += max(shown) - min(shown)
    return total


def _abouts(view: View, told: Mapping[str, Any]) -> list[_About]:
    types = told.get("types") or {}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for each in told.get("beliefs", ()):
        found.setdefault(each["about"], []).append(each)
    return [_about(view, actor, types[actor], seen) for actor, seen in found.items() if actor in types]


def _about(view: View, actor: str, own: str, seen: Sequence[Mapping[str, Any]]) -> _About:
    names = list(seen[0]["types"])
    courses = {each["observer"]: each["course"] for each in seen}
    return _About(actor, actor_name(view, actor), names, names.index(own), courses)


def _course(view: View, about: _About) -> Course:
    words = [called(view.case, about.actor, each) for each in about.types]
    asked = f"{about.name} is {words[about.shown]}"
    edges = (words[0], words[1]) if len(words) == 2 else ("another type", words[about.true])
    groups = _groups(view, about)
    paths = [_path(about, observers, names, place) for place, (observers, names) in enumerate(groups)]
    calendar = view.case.calendar
    when = [period(calendar, number) for number in range(max(1, round(max(path.places[-1] for path in paths))))]
    said = _said(view, about, asked)
    truth = f"{initial(about.name)} is {words[about.true]}."
    title = f"What is believed along this future: {asked}"
    chart = course(title, paths, edges, words[about.true], when, " ".join([truth, *said]))
    observers = [(key(path.stroke), path.names, _from_to(path.values)) for path in paths]
    return Course(f"{initial(asked)}?", chart, observers, said, _table(asked, paths, when))


def _groups(view: View, about: _About) -> list[tuple[list[str], str]]:
    """Observers who believe the same all along together, the analyst last unless somebody believes just that."""
    groups: dict[str, list[str]] = {}
    for observer, found in about.courses.items():
        groups.setdefault(repr([(place, list(believed)) for place, believed in found]), []).append(observer)
    ordered = sorted(groups.values(), key=lambda observers: observers == [ANALYST])
    return [(each, initial(listed(_names(view, each)))) for each in ordered]


def _names(view: View, observers: Sequence[str]) -> list[str]:
    players = [actor_name(view, each) for each in observers if each != ANALYST]
    return [*players, "the perspective’s own shares, revised likewise"] if ANALYST in observers else players


def _path(about: _About, observers: Sequence[str], names: str, place: int) -> Path:
    found = about.courses[observers[0]]
    values = tuple(float(believed[about.shown]) for _, believed in found)
    stroke = -1 if list(observers) == [ANALYST] else place
    return Path(names, tuple(float(at) for at, _ in found), values, stroke)


def _from_to(values: Sequence[float]) -> str:
    first, last = belief(values[0]), belief(values[-1])
    return first if first == last else f"{first} → {last}"


def _said(view: View, about: _About, asked: str) -> list[str]:
    players = [each for each in about.courses if each != ANALYST]
    if not players:
        return []
    parts = []
    for number, each in enumerate(players):
        first, last = (_worded(value) for value in about.ends(each, about.shown))
        what = f"with {first} throughout" if first == last else f"with {first} at first and {last} at the end"
        parts.append(f"{actor_name(view, each)}{' believed' if number == 0 else ''} {what}")
    return [
        f"That {asked}, {listed(parts)}.",
        *_nearer(view, about, players),
        _misread(view, about, players),
    ]


def _worded(value: float) -> str:
    return belief(value).replace("<", "below ").replace(">", "above ")


def _nearer(view: View, about: _About, players: Sequence[str]) -> list[str]:
    """Who came nearer to the truth, and who moved away from it."""
    gains = {each: last - first for each in players for first, last in [about.ends(each, about.true)]}
    near = [actor_name(view, each) for each, gain in gains.items() if gain > LITTLE]
    away = [actor_name(view, each) for each, gain in gains.items() if gain < -LITTLE]
    parts = [f"{listed(near)} came nearer to the truth"] if near else []
    parts += [f"{listed(away)} moved away from {'it' if near else 'the truth'}"] if away else []
    return [initial(f"{', '.join(parts)}.")] if parts else []


def _misread(view: View, about: _About, players: Sequence[str]) -> str:
    """For whom a wrong type was the likelier one at the end."""
    wrong = [each for each in players if _holds_wrong(about.courses[each][-1][1], about.true)]
    if not wrong:
        return f"Nobody misread {about.name} at the end."
    who = "Everybody" if len(wrong) == len(players) > 2 else listed(actor_name(view, each) for each in wrong)
    return initial(f"{who} misread {about.name} at the end: a wrong type was thought the likeliest.")


def _holds_wrong(believed: Sequence[float], true: int) -> bool:
    return max(believed) > believed[true]


def _table(asked: str, paths: Sequence[Path], when: Sequence[str]) -> Table:
    """The beliefs at the start and at the end of every period."""
    rows = [["start", *(belief(path.values[0]) for path in paths)]]
    for number, name in enumerate(when):
        rows.append([f"end of {name}", *(belief(_at(path, number + 1.0)) for path in paths)])
    return Table(f"{initial(asked)}: believed", ["When", *(path.names for path in paths)], rows)


def _at(path: Path, place: float) -> float:
    return [value for at, value in zip(path.places, path.values, strict=True) if at <= place + 1e-9][-1]
