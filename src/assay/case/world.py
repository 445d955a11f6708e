"""`world`, `never` and `define`: what can be the case, and names for formulas over it."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, Tag, model_validator

from assay.case.base import Expression, Section, by_shape, read_formula
from assay.case.typed import by_type
from assay.formula.ast import Formula, Number
from assay.formula.parse import FormulaError

_NOTHING = Formula("0", Number(0.0))


InConflict: TypeAlias = Annotated[
    Annotated[Expression, Tag("~formula")] | Annotated[Literal["no"], Tag("~no")],
    by_shape(other="~formula", word="~no", is_word="no"),
]
"""A condition, a share from 0 to 1, or the word `no`."""


class Variable(Section):
    """One variable of the world, with finitely many values; or the standing of somebody under a treaty.

    With `treaty` the rules of that treaty say which values there are, which one the game starts with, which acts
    change it (`act` of a move) and how long each takes; `values`, `start` and `each_period` are not given then.
    """

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
    treaty: str | None = None
    """A treaty of which the variable is somebody's standing: `APMBC`; `assay law` lists those that there are."""
    for_: str | None = Field(default=None, alias="for")
    """With `treaty`: whose standing it is, an actor with `members`, or one state by its three letters."""
    binds: str | None = None
    """With `for` several states, whose membership binds: `any` (bound while one of them is), `all` (bound only while
    all are), or one of them by its three letters."""
    in_conflict: InConflict | None = None
    """With a treaty whose exits wait for the end of an armed conflict: where the state is in one when its waiting
    period ends. A condition, a share from 0 to 1 (an assumption that is 0 or 1, for a disputed point), or `no`."""


class Definition(Section):
    """A named formula with a meaning; or a formula for each type of an actor.

    With `by` and `types` the name stands for the formula of the type that the actor is. `value` is then the formula
    that says so, `A if ACTOR == TYPE else B`, for whoever reads the case.
    """

    value: Expression = Field(default_factory=lambda: _NOTHING)
    """The formula."""
    by: str | None = None
    """The actor on whose type it depends."""
    types: dict[str, Expression] = {}
    """With `by`, in place of `value`: a formula for each type of that actor."""
    means: str = ""
    """What it stands for, in words for the report."""
    unit: str = ""
    """Its unit, where one wants it checked."""

    @model_validator(mode="before")
    @classmethod
    def _value_by_type(cls, data: Any) -> Any:
        """Puts the formula that chooses by type where the value is."""
        if not isinstance(data, dict) or not (data.get("by") or data.get("types")):
            if isinstance(data, dict) and "value" not in data:
                raise ValueError("no formula; `value`, or `by: ACTOR` and `types: {...}`")
            return data
        if not (data.get("by") and data.get("types")):
            have, lack = ("by", "types") if data.get("by") else ("types", "by")
            raise ValueError(
                f"`{have}` without `{lack}`; a formula for each type says `by: ACTOR` and `types: {{...}}`"
            )
        chosen = _chosen(data["by"], data["types"])
        if chosen is None:  # the field says what is wrong
            return {key: value for key, value in data.items() if key != "value"}
        if data.get("value", chosen) != chosen:
            raise ValueError("`types` and `value` together; one of them")
        return {**data, "value": chosen}


def _chosen(actor: Any, types: Any) -> Formula | None:
    """The formula that chooses by type; None where the formulas cannot be read."""
    if not isinstance(actor, str) or not isinstance(types, dict):
        return None
    try:
        return by_type(actor, {str(name): read_formula(formula).node for name, formula in types.items()})
    except (FormulaError, ValueError):
        return None
