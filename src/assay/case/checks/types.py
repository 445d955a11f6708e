"""Private types: who has which, how often, who believes what of them, and where they stand in the order of play."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from assay.case.actors import Actor
from assay.case.checks.context import Context, Declared, tables_of
from assay.case.checks.scopes import Scopes, run
from assay.case.order import Stage
from assay.case.types import REST
from assay.case.world import Definition
from assay.documents.locate import Path
from assay.formula.ast import Formula
from assay.formula.check import PROBABILITY
from assay.formula.truth import decide

_NEARLY = 1e-9


def check_types(context: Context, declared: Declared) -> None:
    """Types are at least two, shares and beliefs are about types, and a number for each type has one for each."""
    for name, actor in context.case.actors.items():
        _types(context, name, actor)
        _observers(context, name, actor)
    for name, assumption in context.case.assumptions.items():
        if assumption.by is not None:
            _by(context, declared, ("assumptions", name), assumption.by, assumption.types, "number")
            for each, number in assumption.types.items():
                if number.alternatives is not None:
                    found = "alternatives for one type"
                    expected = "a distribution of numbers; alternatives are structural, the same for everybody"
                    context.problem(("assumptions", name, "types", each, "alternatives"), found, expected, key=True)
    for name, defined in context.case.define.items():
        if isinstance(defined, Definition) and defined.by is not None:
            _by(context, declared, ("define", name), defined.by, defined.types, "formula")
    for path, item in declared.items:
        if isinstance(item, Stage) and not item.typed:
            _pooled(context, declared, path, item)


def check_shares(context: Context, scopes: Scopes, name: str, actor: Actor) -> None:
    """The analyst's shares of an actor's types, and what each observer believes, are probabilities that sum to one."""
    path: Path = ("actors", name)
    if isinstance(actor.types, dict):
        _shares(context, scopes, (*path, "types"), actor, actor.types)
        if actor.share:
            context.problem((*path, "share"), "shares in `types` and in `share`", "one of them", key=True)
    elif len(actor.types) > 1 and not actor.share:
        found = f"{name!r} has types without shares"
        context.problem(
            (*path, "types"), found, f"`share: {{{actor.types[-1]}: ...}}`, how often it is which", key=True
        )
    elif actor.types:
        _shares(context, scopes, (*path, "share"), actor, actor.share)
    for observer, shares in actor.believed.items():
        if actor.types:
            _shares(context, scopes, (*path, "believed", observer), actor, shares)


def check_sum(
    context: Context, path: Path, constants: Iterable[float | bool | None], rest: bool, what: str, *, key: bool = False
) -> None:
    """Constants must leave room for what takes a draw to tell, and sum to one where nothing else is left."""
    given = list(constants)
    known = [float(value) for value in given if value is not None]
    if any(not 0 <= value <= 1 for value in known):
        return
    total, complete = math.fsum(known), len(known) == len(given)
    if complete and not rest and abs(total - 1) > _NEARLY:
        context.problem(path, f"the {what} sum to {total:g}", f"{what} that sum to 1, or one `rest`", key=key)
    elif total > 1 + _NEARLY:
        context.problem(path, f"the {what} sum to {total:g} or more", f"{what} that sum to 1", key=key)


def _types(context: Context, name: str, actor: Actor) -> None:
    path: Path = ("actors", name, "types")
    if len(actor.types) == 1:
        context.problem(path, f"one type alone, {next(iter(actor.types))!r}", "two or more, or no `types`")
    for index, each in enumerate(actor.types):
        if not isinstance(actor.types, dict) and each in actor.types[:index]:
            context.problem((*path, index), f"the type {each!r} again", "each type once")
    if not actor.types:
        for key in ("share", "believed", "called"):
            if getattr(actor, key):
                what = {"share": "shares of types", "believed": "a belief about the type", "called": "words for types"}
                found = f"{what[key]} of {name!r}, which has no types"
                context.problem(("actors", name, key), found, "`types: [...]`, or take it out", key=True)
    for each in actor.called:
        if actor.types:
            context.known(("actors", name, "called", each), each, actor.types, f"a type of {name}", key=True)


def _observers(context: Context, name: str, actor: Actor) -> None:
    for observer in actor.believed:
        path: Path = ("actors", name, "believed", observer)
        if observer == name:
            context.problem(
                path, f"{name!r} as an observer of itself", "another actor; it knows its own type", key=True
            )
        else:
            context.known(path, observer, context.case.actors, "an actor", key=True)


def _shares(context: Context, scopes: Scopes, path: Path, actor: Actor, shares: Mapping[str, Formula | str]) -> None:
    for each, share in shares.items():
        context.known((*path, each), each, actor.types, "a type of this actor", key=True)
        if isinstance(share, Formula):
            run(context, (*path, each), share, scopes.draw, PROBABILITY)
    rests = [each for each in dict.fromkeys(actor.types) if shares.get(each, REST) == REST]
    if len(rests) > 1 and shares.keys() <= set(actor.types):  # else a name is misspelt, which is said already
        found = f"no share for {', '.join(rests)}"
        context.problem(path, found, "a share for all types but one, which takes the rest", key=True)
    constants = [
        decide(share, {}) for each, share in shares.items() if isinstance(share, Formula) and each in actor.types
    ]
    check_sum(context, path, constants, bool(rests), "shares", key=True)


def _by(context: Context, declared: Declared, path: Path, actor: str, given: Mapping[str, object], what: str) -> None:
    """There is one number or formula for each type of the actor, and none for another."""
    if not context.known((*path, "by"), actor, context.case.actors, "an actor"):
        return
    types = declared.types.get(actor)
    if types is None:
        context.problem((*path, "by"), f"{actor!r}, which has no types", "an actor with `types`")
        return
    for each in given:
        context.known((*path, "types", each), each, types, f"a type of {actor}", key=True)
    missing = [each for each in types if each not in given]
    if missing and len(missing) + len(given) <= len(types):  # else a name is misspelt, which is said already
        context.problem((*path, "types"), f"no {what} for {', '.join(missing)}", "one for each type", key=True)


def _pooled(context: Context, declared: Declared, path: Path, stage: Stage) -> None:
    movers = [actor for actor in tables_of(stage) if actor in context.case.actors]
    if movers and not any(actor in declared.types for actor in movers):
        who = movers[0] if len(movers) == 1 else "none of the movers"
        found = (
            f"`typed` at a stage of {who!r}, which has no types"
            if len(movers) == 1
            else "`typed` where nobody has types"
        )
        context.problem((*path, "typed"), found, "leave it out; there is no type to reveal", key=True)
