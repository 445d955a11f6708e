"""`policies`, `regimes`, `readings` and `outcomes`, and the formulas of claims: what is asked of the futures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assay.case.checks.columns import drawn, perceivable
from assay.case.checks.context import Context, Declared, in_order_of_use
from assay.case.checks.definitions import Extent, extent, first_too_large
from assay.case.checks.hedges import check_hedges
from assay.case.checks.quantities import SHAPES, Quantities
from assay.case.checks.scopes import Scopes, run
from assay.case.claims import BothReadings, Outcome
from assay.documents.locate import Path
from assay.formula.ast import Call, Formula, Name, Node
from assay.formula.check import ANY_NUMBER, TRUTH, UNKNOWN, Meaning, Scope, Symbol
from assay.formula.walk import children


def check_asked(context: Context, declared: Declared, scopes: Scopes) -> None:
    """Policies and regimes name what is there; readings, outcomes and tests are formulas that can be answered."""
    _policies(context, declared)
    _regimes(context, declared)
    quantities = Quantities(context, declared, scopes)
    readings = _readings(context, scopes)
    outcomes = _outcomes(context, quantities)
    asked = {**outcomes, **readings}
    scope = quantities.scope(asked, asked)
    for path, formula in tests(context):
        run(context, path, formula, scope, TRUTH)
        quantities.check_calls(path, formula)
        check_hedges(context, path, formula)


def tests(context: Context) -> Iterator[tuple[Path, Formula]]:
    """The formulas of the claims, each with its place."""
    for index, claim in enumerate(context.case.claims):
        path: Path = ("claims", index)
        if isinstance(claim.holds_if, BothReadings):
            yield (*path, "holds_if", "strict"), claim.holds_if.strict
            yield (*path, "holds_if", "loose"), claim.holds_if.loose
        elif claim.holds_if is not None:
            yield (*path, "holds_if"), claim.holds_if
        if claim.matters_if is not None:
            yield (*path, "matters_if"), claim.matters_if


def _policies(context: Context, declared: Declared) -> None:
    for name, policy in context.case.policies.items():
        if not policy.play:
            context.problem(("policies", name, "play"), "a policy that changes nothing", "`ACTOR.STAGE` and moves")
        for rule, moves in policy.play.items():
            path: Path = ("policies", name, "play", rule)
            known = _moves_at(context, declared, path, rule, key=True)
            if known is None:
                continue
            if isinstance(moves, tuple):
                _moves(context, path, moves, known, rule)
            else:
                _without(context, path, moves, known, rule)


def _without(context: Context, path: Path, text: str, known: tuple[str, ...], rule: str) -> None:
    word, _, move = text.partition(" ")
    if word != "without" or not move.strip():
        context.problem(path, f"{text!r}", "a list of moves, as `[hold]`, or `without MOVE`")
    elif context.known(path, move.strip(), known, f"a move at {rule}") and len(known) == 1:
        context.problem(path, f"no move is left at {rule}", "another move than the only one there is")


def _moves(context: Context, path: Path, moves: tuple[str, ...], known: tuple[str, ...], rule: str) -> None:
    if not moves:
        context.problem(path, "an empty list of moves", "at least one move; the first legal one is played")
    for index, move in enumerate(moves):
        context.known((*path, index), move, known, f"a move at {rule}")


def _moves_at(
    context: Context, declared: Declared, path: Path, rule: str, *, key: bool = False
) -> tuple[str, ...] | None:
    """The moves of `ACTOR.STAGE`; None, with a problem noted, where there is no such thing."""
    actor, _, stage = rule.partition(".")
    moves = declared.moves.get(actor, {}).get(stage)
    if moves is None:
        known = [f"{one}.{where}" for one, stages in declared.moves.items() for where in stages]
        context.known(path, rule, known, "an actor's stage, as ACTOR.STAGE", key=key)
    return moves


def _regimes(context: Context, declared: Declared) -> None:
    for name, regime in context.case.regimes.items():
        path: Path = ("regimes", name)
        if not (regime.ban or regime.mandate or regime.set or regime.perceive):
            context.problem(path, "a regime that changes nothing", "`ban`, `mandate`, `set` or `perceive`")
        for index, banned in enumerate(regime.ban):
            _banned(context, declared, (*path, "ban", index), banned)
        for rule, moves in regime.mandate.items():
            known = _moves_at(context, declared, (*path, "mandate", rule), rule, key=True)
            if known is not None:
                _moves(context, (*path, "mandate", rule), moves, known, rule)
        for assumption in regime.set:
            drawn(context, declared, (*path, "set", assumption), assumption, key=True)
        for actor, seen in regime.perceive.items():
            at: Path = (*path, "perceive", actor)
            context.known(at, actor, context.case.actors, "an actor", key=True)
            for assumption in seen:
                perceivable(context, declared, (*at, assumption), assumption)


def _banned(context: Context, declared: Declared, path: Path, banned: str) -> None:
    full = [name for name in declared.move_names if name.count(".") == 2]
    context.known(path, banned, full, "a move, as ACTOR.STAGE.MOVE")


def _readings(context: Context, scopes: Scopes) -> dict[str, Symbol]:
    level = {**scopes.draw.names, "level": Symbol("number")}
    scope = Scope(level, elsewhere={**scopes.draw.elsewhere})
    found: dict[str, Symbol] = {}
    for name, reading in context.case.readings.items():
        strict = run(context, ("readings", name, "strict"), reading.strict, scope, ANY_NUMBER)
        loose = run(context, ("readings", name, "loose"), reading.loose, scope, strict if _is_number(strict) else None)
        settled = loose if strict.dimension is None else strict
        found[name] = Symbol("number", settled.dimension) if _is_number(settled) else Symbol("unknown")
    return found


def _is_number(meaning: Meaning) -> bool:
    return meaning is not UNKNOWN and meaning.kind == "number"


def _outcomes(context: Context, quantities: Quantities) -> dict[str, Symbol]:
    """A symbol for each outcome, checked after those that it names; a circle is noted at each of its outcomes."""
    formulas = {
        name: (
            (("outcomes", name, "value"), asked.value) if isinstance(asked, Outcome) else (("outcomes", name), asked)
        )
        for name, asked in context.case.outcomes.items()
    }
    used = {
        name: [other for other in _outside_quantities(formula.node) if other in formulas]
        for name, (_, formula) in formulas.items()
    }
    done: dict[str, Symbol] = {}
    extents: dict[str, Extent] = {}
    order, circular = in_order_of_use(used)
    scope = quantities.scope(done, formulas)
    for name in order:
        path, formula = formulas[name]
        meaning = run(context, path, formula, scope, ANY_NUMBER)
        quantities.check_calls(path, formula)
        extents[name] = extent(formula.node, extents)
        known = meaning.kind == "number"
        done[name] = Symbol("number", meaning.dimension, meaning.bounded) if known else Symbol("unknown")
    for name, others in circular.items():
        found = f"{name!r} names {', '.join(others)}: outcomes in a circle, or built on one"
        context.problem(formulas[name][0], found, "outcomes that end in `P`, `E`, `EV`, `N` or numbers")
    for name in first_too_large(extents, used):
        extents[name].refuse(context, formulas[name][0])
    _over_time(context, formulas)
    return {**dict.fromkeys(circular, Symbol("unknown")), **done}


def _outside_quantities(node: Node) -> Iterator[str]:
    """Names in a formula, those inside `P`, `E`, `EV` and `N` left out: there they are tags, moves and parts."""
    if isinstance(node, Name):
        yield node.id
    elif not (isinstance(node, Call) and node.function in SHAPES):
        for child in children(node):
            yield from _outside_quantities(child)


def _over_time(context: Context, formulas: Mapping[str, tuple[Path, Formula]]) -> None:
    for name, asked in context.case.outcomes.items():
        if isinstance(asked, Outcome) and asked.over_time:
            node = formulas[name][1].node
            if not (isinstance(node, Call) and node.function == "P"):
                path: Path = ("outcomes", name, "over_time")
                context.problem(path, "`over_time` of something else than one `P(...)`", "leave it out, or ask one P")
