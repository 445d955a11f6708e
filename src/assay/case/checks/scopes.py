"""What formulas may speak of, by where they stand.

`draw`: numbers of a draw alone (precision, perceptions, values that a regime sets). `world`: these and the variables
and the time (payoffs, probabilities, weights). `condition`: variables alone (`when`, `never`). `option`: structural
alternatives alone (`only_if`).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assay.case.checks.context import Context, Declared
from assay.case.checks.definitions import Uses, place_of, sort_definitions
from assay.case.locate import Path
from assay.case.world import Definition
from assay.formula.ast import Formula
from assay.formula.check import PLAIN_NUMBER, UNKNOWN, Meaning, Scope, Symbol, check
from assay.formula.dimension import UnitError, parse_unit
from assay.formula.scope import measured

TIME = {"period": Symbol("number", PLAIN_NUMBER.dimension), "elapsed": Symbol("number", parse_unit("year").dimension)}
"""The number of the period, from 1, and the years since the start."""
UNREADABLE = Symbol("unknown")
NOTHING = Uses()

_ONLY_DRAW = "here only numbers that are the same in every world and period count"
_ONLY_WORLD = "a condition speaks of variables, of definitions over variables alone, and of structural alternatives"
_ONLY_OPTION = "`only_if` speaks of structural alternatives only: assumptions with `alternatives`"


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes of a case, and what its definitions depend on."""

    draw: Scope
    world: Scope
    condition: Scope
    option: Scope
    uses: Mapping[str, Uses]


def scopes(context: Context, declared: Declared) -> Scopes:
    """The scopes of a case. Notes what is wrong with its definitions on the way."""
    uses = sort_definitions(context, declared)
    assumptions, alternatives = _assumptions(context), _alternatives(declared)
    variables = {
        name: Symbol("variable", values=values) if values else UNREADABLE for name, values in declared.values.items()
    }
    defined = _define(context, declared, uses, {**assumptions, **alternatives, **variables, **TIME})
    for name in _clashing(context, declared):
        for symbols in (assumptions, alternatives, variables, defined):
            symbols.update(dict.fromkeys(symbols.keys() & {name}, UNREADABLE))
    timeless = {name: symbol for name, symbol in defined.items() if not uses.get(name, NOTHING).time}
    quiet = {name: symbol for name, symbol in timeless.items() if not uses.get(name, NOTHING).variables}
    fixed = {name: symbol for name, symbol in timeless.items() if not uses.get(name, NOTHING).assumptions}
    everything = {**assumptions, **alternatives, **variables, **defined, **TIME}
    draw = {**assumptions, **alternatives, **quiet}
    condition = {**variables, **alternatives, **fixed}
    option = {**alternatives, **{name: fixed[name] for name in fixed.keys() & quiet.keys()}}
    return Scopes(
        draw=Scope(draw, elsewhere=_reasons(everything, draw, _ONLY_DRAW)),
        world=Scope(everything),
        condition=Scope(condition, elsewhere=_reasons(everything, condition, _ONLY_WORLD)),
        option=Scope(option, elsewhere=_reasons(everything, option, _ONLY_OPTION)),
        uses=uses,
    )


def _clashing(context: Context, declared: Declared) -> set[str]:
    """Names that mean two things; they are noted elsewhere, and what they mean in a formula is left open."""
    assumptions, variables, definitions = set(context.case.assumptions), set(declared.values), set(declared.definitions)
    return (assumptions & variables) | (assumptions & definitions) | (variables & definitions)


def _reasons(everything: Iterable[str], allowed: Mapping[str, Symbol], reason: str) -> dict[str, str]:
    return {name: reason for name in everything if name not in allowed}


def _assumptions(context: Context) -> dict[str, Symbol]:
    found: dict[str, Symbol] = {}
    for name, assumption in context.case.assumptions.items():
        if assumption.alternatives is None:
            try:
                unit = parse_unit(assumption.unit, tuple(context.case.actors))
            except UnitError:
                found[name] = UNREADABLE
            else:
                found[name] = Symbol("number", unit.dimension, unit.bounded)
    return found


def _alternatives(declared: Declared) -> dict[str, Symbol]:
    return {name: Symbol("alternatives", values=values) for name, values in declared.alternatives.items()}


def _define(context: Context, declared: Declared, order: Iterable[str], known: dict[str, Symbol]) -> dict[str, Symbol]:
    """A symbol for each definition, checked after those that it uses; one that cannot be read fits everywhere."""
    done = dict.fromkeys(declared.definitions, UNREADABLE)
    scope = Scope(ChainMap(done, known))
    for name in order:
        done[name] = _defined(context, name, scope)
    return done


def _defined(context: Context, name: str, scope: Scope) -> Symbol:
    """The symbol of one definition; notes what is wrong with its formula or unit."""
    defined = context.case.define[name]
    expected = None
    if isinstance(defined, Definition) and defined.unit:
        try:
            expected = measured(parse_unit(defined.unit, tuple(context.case.actors)))
        except UnitError as error:
            context.problem(("define", name, "unit"), error.found, error.expected)
    formula = defined.value if isinstance(defined, Definition) else defined
    found = run(context, place_of(context, name), formula, scope, expected)
    if found.kind in ("variable", "alternatives"):
        context.problem(place_of(context, name), f"{formula} stands alone", "compare it with one of its values")
        return UNREADABLE
    meaning = (expected or found).settled()
    return UNREADABLE if found is UNKNOWN else Symbol(meaning.kind, meaning.dimension, meaning.bounded)


def run(context: Context, path: Path, formula: Formula, scope: Scope, expected: Meaning | None) -> Meaning:
    """What a formula is; everything that is wrong with it is noted at its own place in the text."""
    meaning, findings = check(formula, scope, expected)
    for finding in findings:
        context.problem(path, finding.found, finding.expected, finding.span[0])
    return meaning
