"""`world`: values, where they start, and what they turn into."""

from __future__ import annotations

from assay.case.checks.context import Context
from assay.case.world import Variable
from assay.documents.locate import Path


def check_world(context: Context) -> None:
    """Every variable has values, starts at one of them, and turns into them alone."""
    for name, variable in context.case.world.items():
        path: Path = ("world", name)
        if not variable.values:
            context.problem((*path, "values"), f"the variable {name!r} without values", "a list, as `[off, on]`")
            continue
        if variable.start is None:
            expected = f"one of {', '.join(variable.values)}"
            context.problem((*path, "start"), f"the variable {name!r} without a start value", expected)
        else:
            context.known((*path, "start"), variable.start, variable.values, f"a value of {name}")
        _each_period(context, path, name, variable)
    _clock(context)


def _each_period(context: Context, path: Path, name: str, variable: Variable) -> None:
    values = variable.values or ()
    for old, new in variable.each_period.items():
        context.known((*path, "each_period", old), old, values, f"a value of {name}", key=True)
        context.known((*path, "each_period", old), new, values, f"a value of {name}")
    if variable.lives == "period" and variable.each_period:
        found = "`each_period` of a variable that lives for a period"
        context.problem(
            (*path, "each_period"), found, "leave it out; the variable returns to its start value", key=True
        )


def _clock(context: Context) -> None:
    clock = context.case.clock
    if sorted(clock) != ["discount", "each_period", "flows"]:
        context.problem(("clock",), f"the clock [{', '.join(clock)}]", "flows, each_period and discount, each once")
