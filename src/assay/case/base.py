"""What every section of a case is made of: frozen models and formula fields."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from assay.formula.ast import Formula
from assay.formula.parse import parse


class Section(BaseModel):
    """A section of a case: frozen, equal by content, and closed to unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, arbitrary_types_allowed=True)


def read_formula(value: Any) -> Any:
    """Text or a number as a `Formula`; anything else is left for pydantic to refuse."""
    if isinstance(value, Formula):
        return value
    if isinstance(value, bool):
        raise ValueError("a formula is text or a number, not true or false")
    if isinstance(value, int | float):
        return parse(repr(value))
    if isinstance(value, str):
        return parse(value)
    raise ValueError("a formula is text or a number")


Expression: TypeAlias = Annotated[
    Formula,
    BeforeValidator(read_formula),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "number"}]}),
]
"""A formula as it stands in a case file."""

Identifier: TypeAlias = Annotated[str, WithJsonSchema({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]*$"})]
"""A name that formulas can use: a letter, then letters, digits and underscores."""
