"""The reference page of the case language, made from the docstrings of the models.

python -m assay.case.reference    writes docs/reference/case-language.md
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from assay.case.docstrings import field_docs
from assay.case.model import Case
from assay.case.reserved import RESERVED
from assay.case.schema import models_below
from assay.documents.tree import DEEPEST, FULLEST, LARGEST
from assay.formula.ast import Formula
from assay.formula.check import FUNCTIONS
from assay.formula.dimension import KNOWN_UNITS

PAGE = Path(__file__).parents[3] / "docs" / "reference" / "case-language.md"
"""Where the page stands in the source tree."""

_HEAD = f"""# The case language

<!-- Made by `python -m assay.case.reference` from the docstrings in src/assay/case; edit those. -->

A case is one file in YAML 1.2, `case.yaml`, with its sources in `sources.csv` beside it if there are many. This page
lists every key. `assay check CASE` says what is wrong with a case, each problem with line and column; `assay new NAME`
writes one to start from, with a schema for completion in an editor.

Anchors, aliases, merge keys, tags, several documents in a file and repeated keys are refused; so is a file of more than
{LARGEST // 1024**2} MB, {FULLEST:,} values or {DEEPEST} levels. `on`, `off`, `yes` and `no` are text. Text that
contains `: `, or a comma inside brackets, needs quotes.
"""

_FORMULAS = """## Formulas

A formula is text or a number. It has numbers, names, `+ - * / **`, comparisons `< <= > >= == !=`, `and or not`,
`A if CONDITION else B`, brackets, and the functions {functions}.
Nothing else can be called.

- **Names** are assumptions, definitions, variables, `period` (the number of the period, from 1) and `elapsed` (years
  since the start). A variable stands only in comparisons: `fence == built`. A bare name opposite a variable is one of
  its values. An assumption with `alternatives` is compared in the same way.
- **Conditions** (`when`, `never`) speak of variables, and of definitions over variables alone. `only_if` speaks of
  alternatives alone. `precision`, `discount`, perceptions and values that a regime sets are the same in every world
  and period.
- **Types**: an actor's type is compared as a variable is, `russia == revisionist`. A number for each type, `take`,
  stands for that of the type that the actor is; `take.revisionist` is that of one type, a plain number. What depends on
  a type may stand in payoffs and costs of anybody (an actor who does not know the type weighs it by its belief) and in
  base weights of that actor's own moves. Nowhere else: not in probabilities of chance, `occurs`, rates, conditions,
  precision, discount, shares, beliefs and perceptions, which nobody's hidden type can decide; let a stage choose.
- **Units** are checked. Payoffs of an actor are in that actor's utils, `util/ACTOR`; a literal number takes the unit of
  what it meets. Units are joined with `*`, `/` and `**`. Known:
  {units}.

### Quantities, in outcomes and claims

| quantity | what it is |
|---|---|
| `P(event, by=T)` | probability that the event has happened at least once by T |
| `P(event, at=T)` | probability that it is so at the close of T; what ended keeps its tags and its last world |
| `P(event, at=STAGE, in=T)` | share of visits to a stage, in T or all periods, at which it is so (a move: is chosen) |
| `E(ACTOR)`, `E(ACTOR.PART)` | expected discounted payoff, or one part of it |
| `EV(ACTOR.MOVE, at=STAGE, in=T)` | the mover's own expected payoff of choosing the move, averaged over visits |
| `N(ACTOR.MOVE, by=T)` | expected number of times that the move is made |

T is `end`, a period, or a year. An event joins tags of endings, names of endings, comparisons of variables, and moves
(`ACTOR.MOVE` or `ACTOR.STAGE.MOVE`) with `and`, `or`, `not`. An event of tags alone needs no time.

`ACTOR == TYPE` is an event too, which needs no time: P of it is the analyst's share, and `given=` it conditions on the
type, in `E` and `N` as well.

Each takes `given=EVENT` (`P` and `EV`: conditions, read at the same time), `do=POLICY` (intervenes; several are joined
with `+`), `regime=REGIME` and `ASSUMPTION=FORMULA` (solved again; for one type `take.revisionist=FORMULA`).

Tests may name outcomes, readings, assumptions, and definitions that are the same in every world. The name of a reading
stands for its strict or its loose threshold.
"""


def page() -> str:
    """The text of the page."""
    functions = ", ".join(f"`{shape}`" for shape in FUNCTIONS.values())
    units = ", ".join(f"`{unit}`" for unit in KNOWN_UNITS)
    parts = [_HEAD, "## The case\n", *_section(Case)]
    for model in models_below(Case)[1:]:
        parts += [f"### {model.__name__}\n", *_section(model)]
    parts.append(_FORMULAS.format(functions=functions, units=units))
    parts.append("## Keys kept for later\n\nRefused by name until the language has them.\n")
    parts.append("\n".join(_later()) + "\n")
    return "\n".join(parts)


def _section(model: type[BaseModel]) -> Iterator[str]:
    docs = field_docs(model)
    yield " ".join((model.__doc__ or "").split()) + "\n"
    yield "| key | what it is | form |"
    yield "|---|---|---|"
    for name, field in model.model_fields.items():
        if field.annotation is not Any:
            star = " (required)" if field.is_required() else ""
            said = docs[name].replace("|", "\\|")
            yield f"| `{field.alias or name}`{star} | {said} | {_form(field.annotation)}{_default(field)} |"
    yield ""


def _default(field: FieldInfo) -> str:
    shown = isinstance(field.default, str | int | float) and field.default not in ("", False)
    value = "yes" if field.default is True else field.default
    return f"; `{value}` if left out" if shown else ""


def _form(kind: Any) -> str:
    """The form of a value in words, with links to sections."""
    while get_origin(kind) is Annotated:
        kind = get_args(kind)[0]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return " or ".join(dict.fromkeys(_form(member) for member in arguments if member is not NoneType))
    if origin is Literal:
        return ", ".join(f"`{word}`" for word in arguments)
    if origin is dict:
        return f"by name: {_form(arguments[1])}" if arguments[0] is str else f"by value: {_form(arguments[1])}"
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return f"list of {_form(arguments[0])}"
        return f"list of {len(arguments)}: {_form(arguments[0])}"
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return f"[{kind.__name__}](#{kind.__name__.lower()})"
    return _PLAIN[kind]


_PLAIN: dict[Any, str] = {
    str: "text",
    int: "whole number",
    float: "number",
    bool: "`yes` or `no`",
    date: "date",
    Formula: "formula",
}


def _later() -> Iterator[str]:
    for section, keys, why in RESERVED:
        where = ".".join(section).replace("*", "NAME") or "the case"
        yield f"- {', '.join(f'`{key}`' for key in keys)} in `{where}`: {why}".replace("`the case`", "the case itself")


def main() -> None:
    """Writes the page to its place."""
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
