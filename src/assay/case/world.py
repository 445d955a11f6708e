"""`world`, `never` and `define`: what can be the case, and names for formulas over it."""

from __future__ import annotations

from typing import Any, Literal

from assay.case.base import Expression, Section


class Variable(Section):
    """One variable of the world, with finitely many values."""

    name: str = ""
    """How it is called in a report."""
    values: tuple[str, ...] | None = None
    """Its values by name, in order."""
    start: str | None = None
    """Its value when the game starts."""
    each_period: dict[str, str] = {}
    """What its values turn into when a period ends, as `{notice: out}`."""
    lives: Literal["game", "period"] = "game"
    """`period` for a scratch variable: back to its start value when the period ends."""
    means: str = ""
    """What it stands for."""
    treaty: Any = None
    """Reserved: a treaty whose rules give the values and the clock. Not yet."""
    # `for` is a word of Python; the key of the file is reserved through its alias in the reader.


class Definition(Section):
    """A named formula with a meaning."""

    value: Expression
    """The formula."""
    means: str = ""
    """What it stands for, in words for the report."""
    unit: str = ""
    """Its unit, where one wants it checked."""
