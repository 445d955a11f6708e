"""Section: what becomes of the verdicts when the same draws are solved in another way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pandas as pd

from assay.report.numbers import counted, share, whole
from assay.report.view import Face, View
from assay.report.ways import Change, Read, ways
from assay.report.words import listed, many, verb

AUDITED = ("equilibria", "grid", "learning", "misperception", "precision curve", "selection")
"""Riders that say that a claim was solved again."""
NAMED = {"equilibria": "the equilibrium", "grid": "the grid of beliefs", "learning": "learning"}
"""Ways of which the headline speaks."""
TRIED = {
    "equilibria": "other equilibria",
    "selection": "another selection",
    "grid": "other grids of beliefs",
    "learning": "play without learning",
    "misperception": "play without misperception",
    "precision curve": "other precisions",
}
"""All ways, where the headline says what could not be compared."""


@dataclass(frozen=True, slots=True)
class Line:
    """One way of solving, a cell for each perspective."""

    key: str
    name: str
    cells: list[str]
    """How many verdicts get another word; a dash where none could be compared."""
    claims: list[str]
    """Claims with another word, with the perspectives where it is not all."""
    others: int
    verdicts: int
    """Verdicts that could be compared, in one draw at least."""
    unsolved: int
    """Audited draws of all perspectives that could not be compared."""
    audited: int
    missing: str
    """In how many draws of which perspective it could not be compared; empty where it could in all."""

    @property
    def tried(self) -> bool:
        """Whether anything was solved in this way, or was to be."""
        return bool(self.verdicts or self.unsolved)


@dataclass(frozen=True, slots=True)
class Solved:
    """The section."""

    headline: str
    lead: str
    heads: list[str]
    lines: list[Line]

    @property
    def missing(self) -> bool:
        """Whether a way could not be compared in some draw."""
        return any(line.missing for line in self.lines)


def solved(view: View) -> Solved | None:
    """The section; None where nothing was solved again."""
    lines = [line for key, name, read in ways(view) if (line := _line(view, key, name, read)).tried]
    if not lines:
        return None
    return Solved(_headline(lines), _lead(view), [face.short for face in view.faces], lines)


def _line(view: View, key: str, name: str, read: Read) -> Line:
    every = {face: dict(_changes(view, face, read)) for face in view.faces}
    compared = {face: {claim: each for claim, each in found.items() if each.compared} for face, found in every.items()}
    moved: dict[str, list[Face]] = {}
    for face, found in compared.items():
        for claim in (claim for claim, each in found.items() if each.other):
            moved.setdefault(claim, []).append(face)
    order = {claim.id: place for place, claim in enumerate(view.tests)}
    claims = [_who(view, claim, moved[claim]) for claim in sorted(moved, key=lambda each: order[each])]
    size = view.run.plan.audit
    left = {face: _left_out(found.values(), size) for face, found in every.items()}
    return Line(
        key,
        name,
        [_cell(list(found.values())) for found in compared.values()],
        claims,
        sum(map(len, moved.values())),
        sum(map(len, compared.values())),
        sum(unsolved for unsolved, _ in left.values()),
        sum(audited for _, audited in left.values()),
        _missing(left),
    )


def _changes(view: View, face: Face, read: Read) -> Iterator[tuple[str, Change]]:
    for claim in view.tests:
        verdict = view.verdict(claim.id, face.key)
        data = {rider.kind: rider.data for rider in verdict.riders if rider.data} if verdict else {}
        if any(kind in data for kind in AUDITED):
            change = read(data)
            if change is not None:
                yield claim.id, change


def _left_out(changes: Iterable[Change], size: int) -> tuple[int, int]:
    """Audited draws that could not be compared, of how many (of `size` where the riders do not say): those of the claim
    of which most are left out."""
    return max(((each.unsolved, each.audited or size) for each in changes), default=(0, 0))


def _missing(left: dict[Face, tuple[int, int]]) -> str:
    """`8 of 8`, or by perspective where it is not the same for all; nothing where every draw could be compared."""
    said = {face: f"{whole(unsolved)} of {whole(audited)}" for face, (unsolved, audited) in left.items() if unsolved}
    if len(said) == len(left) and len(set(said.values())) == 1:
        return next(iter(said.values()))
    return ", ".join(f"{text} ({face.short})" for face, text in said.items())


def _cell(compared: list[Change]) -> str:
    if not compared:
        return "–"
    text = f"{whole(sum(each.other for each in compared))} of {whole(len(compared))}"
    turned = [each.turned for each in compared if each.turned is not None]
    return f"{text} ({share(sum(turned) / len(turned))})" if turned else text


def _who(view: View, claim: str, faces: list[Face]) -> str:
    return claim if len(faces) == len(view.faces) else f"{claim} ({', '.join(face.short for face in faces)})"


def _headline(lines: list[Line]) -> str:
    """How many verdicts get another word, and which ways could not be compared in how many of the audited draws."""
    left = _not_compared(lines)
    compared = [line for line in lines if line.verdicts]
    if not compared:
        return f"No verdict could be compared with another way of solving: {left}"
    return f"{_depending(compared)}; not compared: {left}" if left else _depending(compared)


def _not_compared(lines: list[Line]) -> str:
    """`another selection in 8 of 8 audited draws, other precisions in 3`, the worst of each kind of way."""
    worst = {key: max(_of(lines, key), key=lambda line: line.unsolved, default=None) for key in TRIED}
    parts = [
        f"{TRIED[key]} in {whole(line.unsolved)} of {whole(line.audited)} audited draws"
        for key, line in worst.items()
        if line is not None and line.unsolved
    ]
    return listed(parts)


def _depending(lines: list[Line]) -> str:
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
    size = view.run.plan.audit
    sample = f"A sample of the draws, {whole(size)} for each perspective," if size else "A sample of the draws"
    return f"{sample} was solved again in other ways.{_several(view)}{_none_found(view)}"


def _several(view: View) -> str:
    """In how many draws, of those in which any equilibrium was found, there was more than one."""
    found = {face: counts[counts > 0] for face, counts in _counts(view)}
    parts = [
        f"{whole(int((counts > 1).sum()))} of {whole(len(counts))} for {face.mid}"
        for face, counts in found.items()
        if len(counts)
    ]
    return f" Draws in which more than one equilibrium was found: {listed(parts)}." if parts else ""


def _none_found(view: View) -> str:
    """In how many draws no solution met the residual, so that nothing is known of their equilibria."""
    parts = [
        f"{whole(int((counts == 0).sum()))} of {whole(len(counts))} for {face.mid}"
        for face, counts in _counts(view)
        if (counts == 0).any()
    ]
    return f" Draws in which none was found to the residual: {listed(parts)}." if parts else ""


def _counts(view: View) -> Iterator[tuple[Face, pd.Series[int]]]:
    """The number of equilibria found in each draw in which they were looked for, by perspective."""
    table = view.run.audit
    known = table[table["equilibria"].notna()] if len(table) else table
    for face in view.faces if len(known) else ():
        yield face, known[known["perspective"] == face.key]["equilibria"]
