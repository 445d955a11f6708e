"""`order`: movers, moves, effects and where they lead."""

from __future__ import annotations

import re

from assay.case.checks.columns import perceivable
from assay.case.checks.context import Context, Declared, Spot, name_of, tables_of
from assay.case.order import Block, Branch, Effect, Joint, Move, Stage
from assay.documents.locate import Path
from assay.formula.ast import Formula


def check_order(context: Context, declared: Declared) -> None:
    """Everything that the order of play refers to exists, and the period moves forward."""
    for path, item in declared.items:
        if isinstance(item, Stage):
            _stage(context, path, item)
        elif isinstance(item, Block) and item.occurs is not None and item.rate is not None:
            context.problem((*path, "rate"), "`occurs` and `rate` together", "one of them", key=True)
    for spot in declared.spots:
        _effect(context, declared, spot.path, spot.effect, spot.rank)
        if isinstance(spot.effect, Move):
            _move(context, spot, spot.effect)
        elif isinstance(spot.effect, Joint):
            _row(context, declared, spot, spot.effect)
    _payoffs(context, declared)
    for name in context.case.endings.keys() - declared.ends:
        context.warn(("endings", name), f"nothing ends in {name!r}", "an `end` that names it, or take it out", key=True)


def _stage(context: Context, path: Path, stage: Stage) -> None:
    one, several = stage.mover is not None or bool(stage.moves), bool(stage.movers)
    if one and several:
        context.problem((*path, "movers"), "`mover` and `movers` together", "one of them", key=True)
    elif not one and not several:
        context.problem(path, f"nobody moves at {stage.stage!r}", "`mover` and `moves`, or `movers`")
    elif one and (stage.mover is None or not stage.moves):
        missing = "mover" if stage.mover is None else "moves"
        context.problem((*path, missing), f"`{missing}` is missing", "`mover: ACTOR` and `moves: {...}` together")
    if stage.mover is not None:
        context.known((*path, "mover"), stage.mover, context.case.actors, "an actor")
    for actor, moves in stage.movers.items():
        context.known((*path, "movers", actor), actor, context.case.actors, "an actor", key=True)
        if not moves:
            context.problem((*path, "movers", actor), f"{actor!r} has no moves", "at least one move")
    for actor, table in tables_of(stage).items():
        root: Path = (*path, "movers", actor) if actor in stage.movers else (*path, "moves")
        for move, meanings in table.items():
            if isinstance(meanings, tuple) and not meanings:
                context.problem((*root, move), f"the move {move!r} without a meaning", "`{}` or a list of meanings")


def _effect(context: Context, declared: Declared, path: Path, effect: Effect, rank: int) -> None:
    for variable, value in effect.then.items():
        _sets(context, declared, (*path, "then", variable), variable, value)
    for actor in effect.pays:
        context.known((*path, "pays", actor), actor, context.case.actors, "an actor", key=True)
    if effect.go is not None and effect.end is not None:
        context.problem((*path, "end"), "`go` and `end` together", "one of them", key=True)
    if effect.go is not None:
        _go(context, declared, (*path, "go"), effect.go, rank)
    if effect.end is not None:
        context.known((*path, "end"), effect.end, context.case.endings, "an ending")


def _sets(context: Context, declared: Declared, path: Path, variable: str, value: str) -> None:
    if context.known(path, variable, context.case.world, "a variable", key=True) and declared.values[variable]:
        context.known(path, value, declared.values[variable], f"a value of {variable}")


def _go(context: Context, declared: Declared, path: Path, goal: str, rank: int, *, key: bool = False) -> None:
    if not context.known(path, goal, declared.ranks, "a stage, chance or block", key=key):
        return
    if declared.ranks[goal] <= rank:
        here = name_of(declared.items[rank][1])
        found = f"a circle: {here!r} goes on with itself" if goal == here else f"a step back, from {here!r} to {goal!r}"
        expected = "a stage, chance or block further down; a period that goes back would never end"
        context.problem(path, found, expected, key=key)


def _move(context: Context, spot: Spot, move: Move) -> None:
    leads = [key for key in ("chance", "go", "end") if getattr(move, key)]
    if spot.simultaneous and leads:
        expected = "rows of `leads_to`: where several move at once, the joint move decides"
        context.problem((*spot.path, leads[0]), f"`{leads[0]}` of one of several movers", expected, key=True)
    elif "chance" in leads and len(leads) > 1:
        expected = "one of them; each branch of a chance may go on or end by itself"
        context.problem((*spot.path, leads[1]), f"`chance` and `{leads[1]}` together", expected, key=True)


def _row(context: Context, declared: Declared, spot: Spot, row: Joint) -> None:
    _row_moves(context, spot, row)
    path = spot.path
    if row.chance is not None and (row.go is not None or row.end is not None):
        leads = "go" if row.go is not None else "end"
        context.problem((*path, leads), f"`chance` and `{leads}` together", "one of them", key=True)
    if row.to is not None and row.chance is not None:
        context.problem((*path, "to"), "`to` and `chance` together", "one of them", key=True)
    if row.sets is None:
        if row.to is not None:
            context.problem((*path, "to"), "`to` without `sets`", "`sets`: the variable that takes the value", key=True)
    elif context.known((*path, "sets"), row.sets, context.case.world, "a variable"):
        if row.to is not None:
            context.known((*path, "to"), row.to, declared.values[row.sets], f"a value of {row.sets}")
        elif row.chance is None:
            context.problem(
                (*path, "sets"), "`sets` without `to` or `chance`", "the value, or values with probabilities"
            )
    for key, branch in (row.chance or {}).items():
        _row_branch(context, declared, spot, row, key, branch)


def _row_branch(context: Context, declared: Declared, spot: Spot, row: Joint, key: str, branch: object) -> None:
    path: Path = (*spot.path, "chance", key)
    word, _, goal = key.partition(" ")
    goal = goal.strip()
    leads = word in ("go", "end") and bool(goal)
    if leads and isinstance(branch, Branch) and (branch.go is not None or branch.end is not None):
        context.problem(path, f"`{key}` with a `go` or `end` of its own", "one of them", key=True)
    if word == "go" and goal:
        _go(context, declared, path, goal, spot.rank, key=True)
    elif word == "end" and goal:
        context.known(path, goal, context.case.endings, "an ending", key=True)
    elif row.sets is not None:
        context.known(path, key, declared.values.get(row.sets, (key,)), f"a value of {row.sets}", key=True)
    elif isinstance(branch, Formula | str):
        expected = "`go STAGE` or `end ENDING`, a value with `sets`, or a full branch `{p: ..., then: ...}`"
        context.problem(path, f"{key!r} with a probability alone leads nowhere", expected, key=True)


def _row_moves(context: Context, spot: Spot, row: Joint) -> None:
    assert isinstance(spot.item, Stage)
    tables = tables_of(spot.item)
    path: Path = (*spot.path, "moves")
    counted = re.fullmatch(r"(one|all|no) +(\S+)", row.moves[0].strip()) if len(row.moves) == 1 else None
    if counted:
        every = {move for moves in tables.values() for move in moves}
        context.known((*path, 0), counted[2], every, f"a move at {spot.item.stage}")
        return
    if len(row.moves) != len(tables):
        expected = f"one for each mover ({', '.join(tables)}), or a single `one MOVE`, `all MOVE` or `no MOVE`"
        context.problem(path, f"entries for {len(row.moves)} of {len(tables)} movers", expected)
        return
    for index, (entry, (actor, moves)) in enumerate(zip(row.moves, tables.items(), strict=True)):
        for name in [] if entry.strip() == "any" else entry.split("|"):
            context.known((*path, index), name.strip(), moves, f"a move of {actor} at {spot.item.stage}")


def _payoffs(context: Context, declared: Declared) -> None:
    actors = context.case.actors
    for actor in context.case.payoffs:
        context.known(("payoffs", actor), actor, actors, "an actor", key=True)
    for name, ending in context.case.endings.items():
        for actor in ending.pays:
            context.known(("endings", name, "pays", actor), actor, actors, "an actor", key=True)
    for name, actor_ in actors.items():
        for index, member in enumerate(actor_.members):
            if not re.fullmatch(r"[A-Z]{3}", member):
                context.problem(
                    ("actors", name, "members", index), f"the member {member!r}", "a code of three capitals, as POL"
                )
    for actor, perceived in context.case.perceives.items():
        if context.known(("perceives", actor), actor, actors, "an actor", key=True):
            for assumption in perceived:
                perceivable(context, declared, ("perceives", actor, assumption), assumption)
