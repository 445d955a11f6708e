"""What formulas may speak of, by where they stand.

`draw`: numbers of a draw alone (precision, perceptions, shares of types, values that a regime sets). `world`: these and
the variables and the time (probabilities). `payoff`: these and what depends on somebody's type (payoffs, costs).
`weight(actor)`: the same, of that actor's own type alone. `condition`: variables alone (`when`, `never`). `option`:
structural alternatives alone (`only_if`).
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from assay.case.checks.context import Context, Declared
from assay.case.checks.definitions import Uses, place_of, sort_definitions, types_in
from assay.case.types import column
from assay.case.world import Definition
from assay.documents.locate import Path
from assay.formula.ast import Formula
from assay.formula.check import PLAIN_NUMBER, UNKNOWN, Meaning, Scope, Symbol, check
from assay.formula.dimension import UnitError, parse_unit
from assay.formula.rules import Wrong, alike
from assay.formula.scope import describe, measured
from assay.formula.unknown import VARIABLES

TIME = {"period": Symbol("number", PLAIN_NUMBER.dimension), "elapsed": Symbol("number", parse_unit("year").dimension)}
"""The number of the period, from 1, and the years since the start."""
UNREADABLE = Symbol("unknown")
NOTHING = Uses()

_ONLY_DRAW = "here only numbers that are the same in every world and period count"
_SAME = "here a number is the same for every type"
_CHANCE = "chance does not know it; let a stage of {actor} choose, or put it into payoffs"
_PUBLIC = "a world is the same for every type; let a stage of {actor} choose, or put it into payoffs"
_WEIGHT = "{mover} does not know it; put it into payoffs, or into weights of {actor}'s own moves"
_ONLY_WORLD = "a condition speaks of variables, of definitions over variables alone, and of structural alternatives"
_ONLY_OPTION = "`only_if` speaks of structural alternatives only: assumptions with `alternatives`"


@dataclass(frozen=True, slots=True)
class Scopes:
    """The scopes of a case, and what its definitions depend on."""

    draw: Scope
    world: Scope
    payoff: Scope
    condition: Scope
    option: Scope
    uses: Mapping[str, Uses]
    typed: Mapping[str, frozenset[str]]
    """Names that depend on somebody's type, with whose."""
    own_weight: Mapping[str, Scope]
    """What a base weight of an actor with types may speak of."""

    def weight(self, actor: str) -> Scope:
        """What a base weight of an actor's move may speak of."""
        return self.own_weight.get(actor, self.world)


def scopes(context: Context, declared: Declared) -> Scopes:
    """The scopes of a case. Notes what is wrong with its definitions on the way."""
    uses = sort_definitions(context, declared)
    numbers, alternatives = _assumptions(context, declared), _alternatives(declared)
    typed_numbers = {name: numbers.pop(name) for name in declared.typed}
    variables = {
        name: Symbol("variable", values=values) if values else UNREADABLE for name, values in declared.values.items()
    }
    actors = {name: Symbol("actor", values=types) for name, types in declared.types.items()}
    groups = (numbers, typed_numbers, alternatives, actors, variables)
    defined = _define(
        context, declared, uses, {name: each for group in (*groups, TIME) for name, each in group.items()}
    )
    for name in _clashing(context, declared):
        for symbols in (*groups, defined):
            symbols.update(dict.fromkeys(symbols.keys() & {name}, UNREADABLE))
    everything = {**numbers, **typed_numbers, **alternatives, **actors, **variables, **defined, **TIME}
    typed = {name: types_in(declared, (name,), uses) for name in everything}
    typed = {name: whose for name, whose in typed.items() if whose}
    world = {name: symbol for name, symbol in everything.items() if name not in typed}
    timeless = {name: defined[name] for name in defined.keys() & world.keys() if not uses.get(name, NOTHING).time}
    quiet = {name: symbol for name, symbol in timeless.items() if not uses.get(name, NOTHING).variables}
    fixed = {name: symbol for name, symbol in timeless.items() if not uses.get(name, NOTHING).assumptions}
    draw = {**numbers, **alternatives, **quiet}
    condition = {**variables, **alternatives, **fixed}
    option = {**alternatives, **{name: fixed[name] for name in fixed.keys() & quiet.keys()}}
    return Scopes(
        draw=Scope(draw, elsewhere=_reasons(everything, draw, _ONLY_DRAW) | _hidden(declared, typed, _SAME)),
        world=Scope(world, elsewhere=_hidden(declared, typed, _CHANCE)),
        payoff=Scope(everything, elsewhere=_hidden(declared, {}, "")),
        condition=Scope(
            condition, elsewhere=_reasons(everything, condition, _ONLY_WORLD) | _hidden(declared, typed, _PUBLIC)
        ),
        option=Scope(option, elsewhere=_reasons(everything, option, _ONLY_OPTION)),
        uses=uses,
        typed=typed,
        own_weight={actor: _weight(declared, everything, typed, actor) for actor in context.case.actors if typed},
    )


def _weight(
    declared: Declared, everything: Mapping[str, Symbol], typed: Mapping[str, frozenset[str]], actor: str
) -> Scope:
    own = {name: symbol for name, symbol in everything.items() if typed.get(name, frozenset()) <= {actor}}
    others = {name: whose - {actor} for name, whose in typed.items() if name not in own}
    return Scope(own, elsewhere=_hidden(declared, others, _WEIGHT.replace("{mover}", actor)))


def _hidden(declared: Declared, typed: Mapping[str, frozenset[str]], why: str) -> dict[str, str]:
    """Why names that depend on a type cannot stand at a place; and actors without types anywhere."""
    found = dict.fromkeys(
        declared.case.actors.keys() - declared.types.keys(), "the actor has no types to compare it with"
    )
    for name, whose in typed.items():
        actor = min(whose)
        depends = f"it depends on the type of {actor}, and {why.format(actor=actor)}"
        if name in declared.typed:
            each = " or ".join(column(name, one) for one in declared.case.assumptions[name].types)
            depends = f"it is a number for each type; write {each}" if why == _SAME else depends
        found[name] = depends
    return found


def _clashing(context: Context, declared: Declared) -> set[str]:
    """Names that mean two things; they are noted elsewhere, and what they mean in a formula is left open."""
    kinds = (context.case.assumptions, declared.values, declared.definitions, declared.types)
    return {name for one, other in combinations(kinds, 2) for name in one.keys() & other.keys()}


def _reasons(everything: Iterable[str], allowed: Mapping[str, Symbol], reason: str) -> dict[str, str]:
    return {name: reason for name in everything if name not in allowed}


def _assumptions(context: Context, declared: Declared) -> dict[str, Symbol]:
    """A symbol for each number of a draw, and for each number that depends on a type."""
    found: dict[str, Symbol] = {}
    for name, assumption in {**context.case.assumptions, **declared.columns}.items():
        if assumption.alternatives is None:
            try:
                unit = parse_unit(assumption.unit, tuple(context.case.actors))
            except UnitError:
                found[name] = UNREADABLE
            else:
                found[name] = Symbol("number", unit.dimension, unit.bounded)
    return found | dict.fromkeys(declared.lacking, UNREADABLE)


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
    found = _found(context, name, defined, scope, expected)
    if found.kind in VARIABLES:
        context.problem(place_of(context, name), "a name that stands alone", "compare it with one of its values")
        return UNREADABLE
    meaning = (expected or found).settled()
    return UNREADABLE if found is UNKNOWN else Symbol(meaning.kind, meaning.dimension, meaning.bounded)


def _found(
    context: Context, name: str, defined: Formula | Definition, scope: Scope, expected: Meaning | None
) -> Meaning:
    """What the formula of a definition is, or what those of all types are in common."""
    place = place_of(context, name)
    if isinstance(defined, Formula) or defined.by is None:
        formula = defined if isinstance(defined, Formula) else defined.value
        return run(context, place, formula, scope, expected)
    common: Meaning | None = None
    for each, formula in defined.types.items():
        found = run(context, (*place, each), formula, scope, expected)
        if UNKNOWN in (found, common):
            common = UNKNOWN
        elif common is None or found.kind == common.kind == "truth":
            common = found
        elif found.kind != common.kind:
            context.problem((*place, each), f"{describe(found)} beside {describe(common)}", "numbers for all types")
            common = UNKNOWN
        else:
            both = alike(common, "for one type beside", found)
            if isinstance(both, Wrong):
                context.problem((*place, each), both.found, both.expected)
            common = UNKNOWN if isinstance(both, Wrong) else both
    return common or UNKNOWN


def run(context: Context, path: Path, formula: Formula, scope: Scope, expected: Meaning | None) -> Meaning:
    """What a formula is; everything that is wrong with it is noted at its own place in the text."""
    meaning, findings = check(formula, scope, expected)
    for finding in findings:
        context.problem(path, finding.found, finding.expected, finding.span[0])
    return meaning
