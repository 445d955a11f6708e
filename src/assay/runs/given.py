"""Draws of the user's own, tried in the case's games before any is solved: what is wrong is told in their table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel

from assay.assumptions.draw import Draws
from assay.assumptions.table import Table, Unfit, read_table
from assay.case.model import Case
from assay.case.types import column, columns, definitions
from assay.claims.agenda import Agenda, agenda
from assay.formula.ast import Formula
from assay.formula.walk import names
from assay.runs.work import faults

WINDOW = 256
"""Draws that are tried at a time."""
MOST = 50
"""Draws that are each told with their own values; a table's further problems are only counted."""
_STEP = re.compile(r"\w+")


def given_draws(case: Case, path: Path | str) -> Table:
    """The draws of a table (`read_table`), each of which makes a valid game.

    Raises InputError with every problem of the table, those that only the case's formulas tell among them.
    """
    asked = agenda(case)
    return read_table(case, path, lambda draws: _unfit(asked, draws))


def _unfit(asked: Agenda, draws: Draws) -> Iterator[Unfit]:
    """The draws that make no valid game, each with its own values as far as they are shown."""
    told = 0
    for start in range(0, len(draws), WINDOW):
        window = draws.slice(start, start + WINDOW)
        together = faults(asked, window)
        for position in sorted({position for position, _ in together}):
            told += 1
            own = faults(asked, window.take(np.array([position]))) if told <= MOST else together
            texts = dict.fromkeys(text for at, text in own if told <= MOST or at == position)
            for place, _, found in (text.partition(": ") for text in texts):
                yield Unfit(start + position, _behind(asked.case, place, found), _said(place, found))


def _said(place: str, found: str) -> str:
    """What is wrong in a sentence: `discount of the case is not ...` where it is the place itself that is wrong."""
    return f"{place} of the case {found[3:]}" if found.startswith("it ") else f"at {place} of the case {found}"


def _behind(case: Case, place: str, found: str) -> tuple[str, ...]:
    """The columns that what is read at a place of the case depends on, in the case's order.

    Where the words quote no formula, as those on branches that do not sum to one, all formulas beside it count too.
    """
    steps = _STEP.findall(place)
    there = _at(case, steps)
    if isinstance(there, Formula) and "branches" in steps and f"`{there}`" not in found:
        there = _at(case, steps[: steps.index("branches") + 1])
    known = _closure(case, {name for formula in _formulas(there) for name in names(formula)})
    of_types = {column(name, each) for name in known & set(case.assumptions) for each in case.assumptions[name].types}
    return tuple(name for name in columns(case) if name in known | of_types)


def _closure(case: Case, found: set[str]) -> set[str]:
    """Names with those behind them: in definitions, in what actors take them to be and in what regimes set them to."""
    tables: list[Mapping[str, Formula]] = [definitions(case), *case.perceives.values()]
    for regime in case.regimes.values():
        tables += [regime.set, *regime.perceive.values()]
    known, waiting = set[str](), list(found)
    while waiting:
        name = waiting.pop()
        if name not in known:
            known.add(name)
            waiting += [other for table in tables if name in table for other in names(table[name])]
    return known


def _at(value: Any, steps: Sequence[str]) -> Any:
    """The part of the case at a path; None where the path leads nowhere in it."""
    for step in steps:
        if isinstance(value, BaseModel):
            value = getattr(value, step, None)
        elif isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, tuple | list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        else:
            return None
    return value


def _formulas(value: Any) -> Iterator[Formula]:
    """All formulas in a part of the case."""
    if isinstance(value, Formula):
        yield value
        return
    parts: Iterable[Any] = ()
    if isinstance(value, BaseModel):
        parts = (getattr(value, key) for key in type(value).model_fields)
    elif isinstance(value, Mapping):
        parts = value.values()
    elif isinstance(value, tuple | list):
        parts = value
    for part in parts:
        yield from _formulas(part)
