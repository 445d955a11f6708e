"""What every section of a case is made of: frozen models and formula fields."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, WithJsonSchema

from assay.formula.ast import Formula, Negative, Number
from assay.formula.parse import parse


class Section(BaseModel):
    """A section of a case: frozen, equal by content, and closed to unknown keys.

    The docstrings under the fields become the descriptions of the JSON Schema (`assay.case.schema`); they are not
    read here, because reading source code would make every start slow. Validators are built when first used.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", arbitrary_types_allowed=True, allow_inf_nan=False, defer_build=True
    )


def read_formula(value: Any) -> Any:
    """Text or a number as a `Formula`. Raises `ValueError` (`FormulaError` with the place in the text)."""
    if isinstance(value, Formula):
        return value
    if isinstance(value, str):
        return parse(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return _literal(value)
    raise ValueError("a formula: text or a number")


def _literal(value: float) -> Formula:
    text = repr(value)
    if value < 0:
        return Formula(text, Negative(Number(float(-value), (1, len(text))), (0, len(text))))
    return Formula(text, Number(float(value), (0, len(text))))


Expression: TypeAlias = Annotated[
    Formula,
    BeforeValidator(read_formula),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""A formula as it stands in a case file."""

YesNo: TypeAlias = Annotated[bool, WithJsonSchema({"anyOf": [{"type": "boolean"}, {"enum": ["yes", "no"]}]})]
"""`yes` or `no`, which YAML 1.2 reads as text, or `true` or `false`."""

TAG = "~"
"""First character of the tags below, by which the reader of pydantic's errors tells them from keys of the file."""


def by_shape(mapping: str = "", listed: str = "", other: str = "", word: str = "", is_word: str = "") -> Discriminator:
    """Chooses the member of a union by the shape of the value: a mistake gets one message, not one for each member.

    Each argument names the tag for a mapping (or a model already built), a list, the word `is_word`, anything else.
    """
    return Discriminator(_chooser(mapping, listed, other, word, is_word))


def _chooser(mapping: str, listed: str, other: str, word: str, is_word: str) -> Callable[[Any], str]:
    def choose(value: Any) -> str:
        if word and value == is_word:
            return word
        if listed and isinstance(value, list | tuple):
            return listed
        if mapping and isinstance(value, dict | BaseModel):
            return mapping
        return other

    return choose
