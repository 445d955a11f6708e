"""From what the models refuse to problems a person can act on: one for each mistake, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError

from assay.case.base import TAG
from assay.documents.locate import Locator, Path
from assay.documents.tree import describe
from assay.errors import Problem, suggestion
from assay.formula.parse import FormulaError

_EXPECTED = {
    "string_type": "text (in quotes where it would read as a number)",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "`yes` or `no`",
    "bool_parsing": "`yes` or `no`",
    "tuple_type": "a list, as `[a, b]`",
    "list_type": "a list, as `[a, b]`",
    "dict_type": "a mapping, as `{name: value}`",
    "date_type": "a date, as 2025-01-01",
    "date_parsing": "a date, as 2025-01-01",
    "date_from_datetime_parsing": "a date, as 2025-01-01",
    "date_from_datetime_inexact": "a date without a time, as 2025-01-01",
}
_COMMA = "put a formula with a comma in quotes: inside braces a comma starts the next key"
_WORDS = {
    "'1'": '"1", in quotes: the version of the case language',
    "'judgement'": "a list of source ids, or the word judgement",
    "'each period'": "`each period`, or `{rate: ...}`",
}
"""What to say of a word that is the only one allowed."""


def problems_of(
    error: ValidationError, model: type[BaseModel], data: Any, locator: Locator
) -> Iterator[tuple[Path, Problem]]:
    """What pydantic found, by path and in words; its own noise (sizes of lists whose items failed) is left out."""
    for fault in error.errors(include_url=False):
        if fault["type"] in ("too_short", "too_long") and _length_is_fine(fault):
            continue
        yield path_of(fault["loc"]), _problem(fault, model, data, locator)


def path_of(loc: tuple[int | str, ...]) -> Path:
    """The path in the document: the location without the tags of unions and pydantic's own marks."""
    return tuple(step for step in loc if not (isinstance(step, str) and (step.startswith(TAG) or step == "[key]")))


def model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """The model that reads the section at a location with tags; None where no model does."""
    here: Any = model
    for step in loc:
        here = _descend(here, step)
        if here is None:
            return None
    here = _bare(here)
    return here if isinstance(here, type) and issubclass(here, BaseModel) else None


def _problem(fault: Mapping[str, Any], model: type[BaseModel], data: Any, locator: Locator) -> Problem:
    loc, kind = fault["loc"], fault["type"]
    path = path_of(loc)
    if kind == "missing":
        return _missing(loc, path, model, locator)
    if kind == "extra_forbidden":
        return _unknown(loc, path, model, data, locator)
    if kind == "value_error":
        return _refused(fault, path, locator)
    found = f"the key {describe(path[-1])}" if loc[-1] == "[key]" else describe(fault["input"])
    return locator.problem(path, found, _expected(fault, model), key=loc[-1] == "[key]")


def _missing(loc: Path, path: Path, model: type[BaseModel], locator: Locator) -> Problem:
    name = path[-1]
    if isinstance(name, int):
        return locator.problem(path[:-1], f"too short a list: entry {name + 1} is missing", "give all of its entries")
    known = model_at(model, loc[:-1])
    required = [key for key, field in known.model_fields.items() if field.is_required()] if known else []
    expected = "required here: " + ", ".join(required) if required else "it is required"
    return locator.problem(path, f"the key {name!r} is missing", expected)


def _unknown(loc: Path, path: Path, model: type[BaseModel], data: Any, locator: Locator) -> Problem:
    section = model_at(model, loc[:-1])
    known = _keys(section) if section else []
    given = value_at(data, path[:-1])
    free = [key for key in known if not isinstance(given, dict) or key not in given]
    if set(str(path[-1])) & set("()<>=*/+"):
        return locator.problem(path, f"{path[-1]!r} where a key should be", _COMMA, key=True)
    hint = suggestion(str(path[-1]), free)
    if not hint.startswith("did you mean"):
        hint = "allowed here: " + ", ".join(known)
    return locator.problem(path, f"an unknown key {path[-1]!r}", hint, key=True)


def _refused(fault: Mapping[str, Any], path: Path, locator: Locator) -> Problem:
    error = fault["ctx"]["error"]
    if isinstance(error, FormulaError):
        return locator.problem(path, error.found, error.expected, error.offset)
    found, _, expected = str(error).partition("; ")
    if not expected:
        return locator.problem(path, describe(fault["input"]), str(error))
    return locator.problem(path, found, expected)


def _expected(fault: Mapping[str, Any], model: type[BaseModel]) -> str:
    kind, given = fault["type"], fault.get("ctx", {})
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    if kind == "model_type":
        section = model_at(model, fault["loc"])
        return "a mapping with keys of: " + ", ".join(_keys(section)) if section else "a mapping"
    if kind == "literal_error":
        return _WORDS.get(given["expected"]) or f"one of {given['expected']}"
    if kind == "string_pattern_mismatch":
        return "a number of months or years, as `1 year` or `6 months`"
    if kind in ("too_short", "string_too_short"):
        what = "entries" if kind == "too_short" else "characters"
        return f"at least {given['min_length']} {what}"
    if kind == "too_long":
        return f"at most {given['max_length']} entries"
    signs = {"gt": "greater than", "ge": "at least", "lt": "less than", "le": "at most"}
    bounds = [f"{word} {given[sign]:g}" for sign, word in signs.items() if sign in given]
    return "a number " + " and ".join(bounds) if bounds else str(fault["msg"])


def _keys(section: type[BaseModel]) -> list[str]:
    """The keys that a section can have now; those that are kept for later are typed `Any`."""
    return [field.alias or key for key, field in section.model_fields.items() if field.annotation is not Any]


def _length_is_fine(fault: Mapping[str, Any]) -> bool:
    size, given = len(fault["input"]), fault["ctx"]
    return bool(given.get("min_length", 0) <= size <= (given.get("max_length") or size))


def value_at(data: Any, path: Path) -> Any:
    """The value at a path of plain data; None where there is none."""
    for step in path:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _descend(kind: Any, step: int | str) -> Any:
    if isinstance(step, str) and step.startswith(TAG):
        return _tagged(kind, step)
    kind = _bare(kind)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = kind.model_fields
        field = fields.get(str(step)) or next((each for each in fields.values() if each.alias == step), None)
        return field.annotation if field else None
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is dict:
        return kind if step == "[key]" else arguments[1]
    if origin is tuple and arguments:
        return arguments[0] if arguments[-1] is Ellipsis else None
    return None


def _tagged(kind: Any, tag: str) -> Any:
    for member in _members(kind):
        if any(isinstance(note, Tag) and note.tag == tag for note in getattr(member, "__metadata__", ())):
            return member
    return None


def _members(kind: Any) -> Iterator[Any]:
    """The members of a union, through the annotations around it and the unions in it."""
    if get_origin(kind) is Annotated and not any(isinstance(note, Tag) for note in kind.__metadata__):
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        for member in get_args(kind):
            yield from _members(member)
    else:
        yield kind


def _bare(kind: Any) -> Any:
    """A type without annotations and without `None`."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    if get_origin(kind) in (Union, UnionType):
        rest = [member for member in get_args(kind) if member is not type(None)]
        return _bare(rest[0]) if len(rest) == 1 else kind
    return kind
