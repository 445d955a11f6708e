"""Section: what becomes of the verdicts when the same draws are solved in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assay.report.equilibria import starts
from assay.report.numbers import counted, share, whole
from assay.report.view import Face, View
from assay.report.words import listed, many, verb

Data: TypeAlias = Mapping[str, Any]
"""The numbers behind a rider."""
AUDITED = ("equilibria", "grid", "learning", "misperception", "precision curve", "selection")
"""Riders that say that a claim was solved again."""
NAMED = {"equilibria": "the equilibrium", "grid": "the grid of beliefs", "learning": "learning"}
"""Ways of which the headline speaks."""
PRECISIONS = {4.0: "Everybody four times as precise", 0.25: "Everybody a quarter as precise"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a way of solving does to one verdict."""

    other: bool
    """Whether the word would be another."""
    turned: float | None
    """The share of the audited draws in which the claim comes out otherwise; None where it is not known."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way of solving, a cell for each perspective."""

    key: str
    name: str
    cells: list[str]
    claims: list[str]
    """Claims with another word, with the perspectives where it is not all."""
    others: int
    verdicts: int


@dataclass(frozen=True, slots=True)
class Solved:
    """The section."""

    headline: str
    lead: str
    heads: list[str]
    lines: list[Line]


def solved(view: View) -> Solved | None:
    """The section; None where nothing was solved again."""
    lines = [line for key, name, read in _ways(view) if (line := _line(view, key, name, read)).verdicts]
    if not lines:
        return None
    return Solved(_headline(lines), _lead(view), [face.short for face in view.faces], lines)


Read: TypeAlias = Callable[[Mapping[str, Data]], Change | None]
"""What a way does to a verdict, from its riders' numbers by kind; None where it was not tried."""


def _ways(view: View) -> Iterator[tuple[str, str, Read]]:
    found = [rider for verdict in view.run.verdicts for rider in verdict.riders]
    most = max((int(r.data["starts"]) for r in found if r.kind == "equilibria" and r.data.get("starts")), default=0)
    yield "equilibria", f"Other equilibria, {starts({'starts': most})}" if most else "Other equilibria", _equilibria
    plan = view.run.plan
    if plan.selection == "principal_branch":
        yield "selection", "Selected by warm start", _selection
    elif plan.branch:
        yield "selection", "Selected along the principal branch", _selection
    for grid in dict.fromkeys(each["grid"] for r in found if r.kind == "grid" for each in r.data.get("grids", ())):
        yield "grid", f"Beliefs on {grid}", _grid(grid)
    yield "learning", "Nobody learns from moves", _without("learning")
    yield "misperception", "Nobody misperceives", _without("misperception")
    for scale, name in PRECISIONS.items():
        yield "precision curve", name, _precision(scale)


def _equilibria(data: Mapping[str, Data]) -> Change | None:
    own = data.get("equilibria")
    if not own or not own.get("draws"):
        return None
    return Change(len(own["words"]) > 1, own["depends"] / own["draws"])


def _selection(data: Mapping[str, Data]) -> Change | None:
    """No rider means that nothing differs."""
    own = data.get("selection")
    return Change(False, 0.0) if not own else Change(own["selected"] != own["other"], own["differ"])


def _grid(name: str) -> Read:
    def read(data: Mapping[str, Data]) -> Change | None:
        grids = data.get("grid", {}).get("grids", ())
        own = next((each for each in grids if each["grid"] == name and each["draws"]), None)
        return None if own is None else Change(len(set(own.get("words", ()))) > 1, own["differ"])

    return read


def _without(kind: str) -> Read:
    def read(data: Mapping[str, Data]) -> Change | None:
        own = data.get(kind)
        return None if not own else Change(own["word"] != own["other"], own["differ"])

    return read


def _precision(scale: float) -> Read:
    def read(data: Mapping[str, Data]) -> Change | None:
        words = {float(key): word for key, word in data.get("precision curve", {}).get("words", {}).items()}
        return Change(words[scale] != words[1.0], None) if {scale, 1.0} <= set(words) else None

    return read


def _line(view: View, key: str, name: str, read: Read) -> Line:
    cells, others, verdicts = [], 0, 0
    moved: dict[str, list[Face]] = {}
    for face in view.faces:
        found = dict(_changes(view, face, read))
        changed = [claim for claim, change in found.items() if change.other]
        for claim in changed:
            moved.setdefault(claim, []).append(face)
        turned = [change.turned for change in found.values() if change.turned is not None]
        cells.append(_cell(len(changed), len(found), turned))
        others, verdicts = others + len(changed), verdicts + len(found)
    order = {claim.id: place for place, claim in enumerate(view.tests)}
    claims = [_who(view, claim, moved[claim]) for claim in sorted(moved, key=lambda each: order[each])]
    return Line(key, name, cells, claims, others, verdicts)


def _changes(view: View, face: Face, read: Read) -> Iterator[tuple[str, Change]]:
    for claim in view.tests:
        verdict = view.verdict(claim.id, face.key)
        data = {rider.kind: rider.data for rider in verdict.riders if rider.data} if verdict else {}
        if any(kind in data for kind in AUDITED):
            change = read(data)
            if change is not None:
                yield claim.id, change


def _cell(others: int, verdicts: int, turned: list[float]) -> str:
    if not verdicts:
        return "–"
    text = f"{whole(others)} of {whole(verdicts)}"
    return f"{text} ({share(sum(turned) / len(turned))})" if turned else text


def _who(view: View, claim: str, faces: list[Face]) -> str:
    return claim if len(faces) == len(view.faces) else f"{claim} ({', '.join(face.short for face in faces)})"


def _headline(lines: list[Line]) -> str:
    """How many verdicts get another word on another equilibrium, on another grid and without learning."""
    tried = [
        (max(found, key=lambda line: line.others), name) for key, name in NAMED.items() if (found := _of(lines, key))
    ]
    if not tried:
        most = max(lines, key=lambda line: line.others)
        return f"{most.name}: {_another(most)}"
    if not any(line.others for line, _ in tried):
        return f"No verdict’s word depends on {listed([name for _, name in tried], 'or')}"
    (first, name), *others = tried
    depend = f"{_count(first.others)} {verb(first.others, 'depends', 'depend')} on {name}"
    head = f"Of {many(first.verdicts, 'verdict')} {depend}"
    return ", ".join([head, *(f"{_count(line.others)} on {name}" for line, name in others)])


def _of(lines: list[Line], key: str) -> list[Line]:
    return [line for line in lines if line.key == key]


def _count(number: int) -> str:
    return counted(number) if number else "none"


def _another(line: Line) -> str:
    return f"{counted(line.others)} of {many(line.verdicts, 'verdict')} {verb(line.others, 'gets', 'get')} another word"


def _lead(view: View) -> str:
    table = view.run.audit
    known = table[table["equilibria"].notna()] if len(table) else table
    parts = []
    for face in view.faces:
        found = known[known["perspective"] == face.key]["equilibria"] if len(known) else known
        if len(found):
            parts.append(f"{whole(int((found > 1).sum()))} of {whole(len(found))} for {face.mid}")
    several = f" Draws in which more than one equilibrium was found: {listed(parts)}." if parts else ""
    size = view.run.plan.audit
    sample = f"A sample of the draws, {whole(size)} for each perspective," if size else "A sample of the draws"
    return f"{sample} was solved again in other ways.{several}"
