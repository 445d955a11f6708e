"""Every formula of the game: names, kinds, dimensions, and probabilities that sum to one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assay.case.assumptions import Assumption
from assay.case.checks.assumptions import ends_of
from assay.case.checks.context import Context, Declared, Spot
from assay.case.checks.definitions import Uses
from assay.case.checks.scopes import Scopes, run
from assay.case.checks.types import check_shares, check_sum
from assay.case.order import Block, Branch, Chance, Joint, Move, Opportunity, Parts, Stage
from assay.documents.locate import Path
from assay.formula.ast import Formula, Name, Node
from assay.formula.check import PLAIN_NUMBER, PROBABILITY, TRUTH, UNKNOWN, Meaning, check, number
from assay.formula.dimension import NONE, UnitError, parse_unit, util_of
from assay.formula.scope import describe, measured
from assay.formula.truth import decide
from assay.formula.walk import names, substitute

PER_YEAR = number(parse_unit("1/year").dimension)


def check_formulas(context: Context, declared: Declared, scopes: Scopes) -> None:
    """Every formula of actors, perceptions, world, order and payoffs."""
    case = context.case
    for name, actor in case.actors.items():
        _precision(context, declared, scopes, name, actor.precision)
        check_shares(context, scopes, name, actor)
    run(context, ("discount",), case.discount, scopes.draw, PROBABILITY)
    for name, perceived in case.perceives.items():
        _assumptions_set(context, declared, scopes, ("perceives", name), perceived)
    for name, regime in case.regimes.items():
        _assumptions_set(context, declared, scopes, ("regimes", name, "set"), regime.set)
        for actor_name, seen in regime.perceive.items():
            _assumptions_set(context, declared, scopes, ("regimes", name, "perceive", actor_name), seen)
    _never(context, declared, scopes)
    for path, item in declared.items:
        _gates(context, declared, scopes, path, item)
        if isinstance(item, Chance):
            _chances(context, scopes, (*path, "branches"), item.branches)
    for spot in declared.spots:
        _spot(context, scopes, spot)
    for name, variable in case.world.items():
        if isinstance(variable.in_conflict, Formula):
            _engaged(context, scopes, ("world", name, "in_conflict"), variable.in_conflict)
    for name, payoffs in case.payoffs.items():
        for when in ("each_period", "final"):
            _parts(context, scopes, ("payoffs", name, when), name, getattr(payoffs, when))
    for name, ending in case.endings.items():
        _pays(context, scopes, ("endings", name, "pays"), ending.pays)


def meaning_of(context: Context, assumption: Assumption) -> Meaning:
    """What an assumption's number is, as an expectation."""
    try:
        return measured(parse_unit(assumption.unit, tuple(context.case.actors)))
    except UnitError:
        return UNKNOWN


def _engaged(context: Context, scopes: Scopes, path: Path, formula: Formula) -> None:
    """When a state is in an armed conflict: a condition, or a share."""
    kind = check(formula, scopes.world)[0].kind
    run(context, path, formula, scopes.world, TRUTH if kind == "truth" else PROBABILITY)


def _precision(context: Context, declared: Declared, scopes: Scopes, actor: str, formula: Formula) -> None:
    path: Path = ("actors", actor, "precision")
    found = run(context, path, formula, scopes.draw, number())
    allowed = (None, parse_unit("1/util").dimension, NONE / util_of(actor))
    if found.kind == "number" and found.dimension not in allowed:
        context.problem(path, f"{describe(found)} as a precision", f"1/util or 1/util/{actor}")
    value = decide(formula, {})
    if value is not None and not value >= 0:
        context.problem(path, f"the precision {value:g}", "0 or more")
    if isinstance(formula.node, Name):
        _not_negative(context, declared, path, formula.node.id, "a precision")


def _not_negative(context: Context, declared: Declared, path: Path, name: str, what: str) -> None:
    """Refuses an assumption used as such a number where some draw of it would be negative."""
    assumption = declared.columns.get(name)
    settings = [perspective.set.get(name) for perspective in context.case.perspectives.values()]
    for given in (assumption, *settings):
        if given is not None and given.alternatives is None and min(ends_of(given), default=0.0) < 0:
            context.problem(path, f"{name!r}, which can be negative, as {what}", "a distribution of numbers from 0 up")
            return


def _assumptions_set(
    context: Context, declared: Declared, scopes: Scopes, path: Path, table: Mapping[str, Formula]
) -> None:
    """Formulas that stand for an assumption have its dimension."""
    for name, formula in table.items():
        assumption = declared.columns.get(name)
        if assumption is not None and assumption.alternatives is not None:
            expected = "an assumption that is a number; alternatives are chosen by draw"
            context.problem((*path, name), f"{name!r} has alternatives", expected, key=True)
        elif assumption is not None:
            run(context, (*path, name), formula, scopes.draw, meaning_of(context, assumption))


def _never(context: Context, declared: Declared, scopes: Scopes) -> None:
    starts = {name: variable.start or "" for name, variable in context.case.world.items()}
    for index, condition in enumerate(context.case.never):
        path: Path = ("never", index)
        found = run(context, path, condition, scopes.condition, TRUTH)
        if (
            found.kind == "truth"
            and decide(expanded(condition, declared, scopes.uses), starts, declared.values) is True
        ):
            context.problem(
                path, "the game starts in a world that must never be", "another start, or another condition"
            )


def expanded(formula: Formula, declared: Declared, uses: Mapping[str, Uses]) -> Node:
    """The formula with the definitions that can be read replaced by what they stand for."""
    node = formula.node
    while used := [name for name in names(node, declared.domain) if name in uses]:
        node = substitute(node, {name: declared.definitions[name].node for name in used}, declared.domain)
    return node


def _gates(context: Context, declared: Declared, scopes: Scopes, path: Path, item: Stage | Chance | Block) -> None:
    if item.when is not None:
        run(context, (*path, "when"), item.when, scopes.condition, TRUTH)
    if item.only_if is not None:
        run(context, (*path, "only_if"), item.only_if, scopes.option, TRUTH)
    if isinstance(item, Block):
        if item.occurs is not None:
            run(context, (*path, "occurs"), item.occurs, scopes.world, PROBABILITY)
        if item.rate is not None:
            _rate(context, declared, scopes, (*path, "rate"), item.rate)
    elif isinstance(item, Stage) and isinstance(item.opportunities, Opportunity):
        _rate(context, declared, scopes, (*path, "opportunities", "rate"), item.opportunities.rate)


def _rate(context: Context, declared: Declared, scopes: Scopes, path: Path, formula: Formula) -> None:
    run(context, path, formula, scopes.world, PER_YEAR)
    value = decide(formula, {})
    if value is not None and not value >= 0:
        context.problem(path, f"the rate {value:g} per year", "0 or more")
    if isinstance(formula.node, Name):
        _not_negative(context, declared, path, formula.node.id, "a rate")


def _spot(context: Context, scopes: Scopes, spot: Spot) -> None:
    effect, path = spot.effect, spot.path
    _pays(context, scopes, (*path, "pays"), effect.pays)
    if isinstance(effect, Move):
        _move(context, scopes, spot, effect)
    elif isinstance(effect, Joint):
        if effect.when is not None:
            run(context, (*path, "when"), effect.when, scopes.condition, TRUTH)
        if effect.chance is not None:
            _chances(context, scopes, (*path, "chance"), effect.chance)


def _move(context: Context, scopes: Scopes, spot: Spot, move: Move) -> None:
    path = spot.path
    if move.when is not None:
        run(context, (*path, "when"), move.when, scopes.condition, TRUTH)
    if move.only_if is not None:
        run(context, (*path, "only_if"), move.only_if, scopes.option, TRUTH)
    if move.weight is not None:
        run(context, (*path, "weight"), move.weight, scopes.weight(spot.mover or ""), PLAIN_NUMBER)
        value = decide(move.weight, {})
        if value is not None and not value > 0:
            expected = "a number greater than 0; use `when` or `only_if` for a move that is not there"
            context.problem((*path, "weight"), f"the weight {value:g}", expected)
    if move.cost is not None and spot.mover in context.case.actors:
        assert spot.mover is not None
        parts = {"": move.cost} if isinstance(move.cost, Formula) else move.cost
        _parts(context, scopes, (*path, "cost"), spot.mover, parts)
    if move.chance is not None:
        _chances(context, scopes, (*path, "chance"), move.chance)


def _pays(context: Context, scopes: Scopes, path: Path, pays: Mapping[str, Parts]) -> None:
    for actor, parts in pays.items():
        _parts(context, scopes, (*path, actor), actor, parts)


def _parts(context: Context, scopes: Scopes, path: Path, actor: str, parts: Mapping[str, Formula]) -> None:
    """Payoffs of an actor are in that actor's utils; what an unknown actor gets is not looked at."""
    if actor in context.case.actors:
        for part, formula in parts.items():
            run(context, (*path, part) if part else path, formula, scopes.payoff, number(util_of(actor)))


def _chances(context: Context, scopes: Scopes, path: Path, table: Mapping[str, Branch | Formula | str]) -> None:
    """The probabilities of one chance: numbers from 0 to 1, at most one rest, constants that sum to one."""
    places = dict(_probabilities(path, table))
    for place, probability in places.items():
        if isinstance(probability, Formula):
            run(context, place, probability, scopes.world, PROBABILITY)
    rests = [place for place, probability in places.items() if not isinstance(probability, Formula)]
    for place in rests[1:]:
        context.problem(place, "a second `rest`", "one branch that takes what the others leave")
    if not table:
        context.problem(path, "a chance without branches", "at least one branch")
        return
    constants = [decide(given, {}) for given in places.values() if isinstance(given, Formula)]
    check_sum(context, path, constants, bool(rests), "probabilities")


def _probabilities(path: Path, table: Mapping[str, Branch | Formula | str]) -> Iterator[tuple[Path, Formula | str]]:
    for name, branch in table.items():
        yield ((*path, name, "p"), branch.p) if isinstance(branch, Branch) else ((*path, name), branch)
