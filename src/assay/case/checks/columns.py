"""What names a number of the draw: an assumption, or the number of one type of an actor (`take.revisionist`)."""

from __future__ import annotations

from assay.case.checks.context import Context, Declared
from assay.case.types import column
from assay.documents.locate import Path


def drawn(context: Context, declared: Declared, path: Path, name: str, *, key: bool = False) -> bool:
    """Whether `name` is a number that each draw has; notes a problem where it is not."""
    if name in declared.typed:
        expected = " or ".join(column(name, each) for each in context.case.assumptions[name].types)
        context.problem(path, f"{name!r}, a number for each type of {declared.typed[name]}", expected, key=key)
        return False
    return name not in declared.lacking and context.known(path, name, declared.columns, "an assumption", key=key)


def perceivable(context: Context, declared: Declared, path: Path, name: str) -> bool:
    """Whether an actor can perceive `name` as something else; notes a problem where it cannot."""
    owner = name.partition(".")[0]
    if owner in declared.typed and (owner == name or name in declared.columns):
        found = f"a perception of {name!r}, a number for each type of {declared.typed[owner]}"
        expected = "a perception of an assumption that it is made of, or another belief about the type (`believed`)"
        context.problem(path, found, expected, key=True)
        return False
    return context.known(path, name, context.case.assumptions, "an assumption", key=True)
