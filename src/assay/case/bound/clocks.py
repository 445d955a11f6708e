"""Waiting periods: chances that move a bound variable on, where the case places them or at the end of the period."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from assay.case.bound.acts import either
from assay.case.bound.standing import Bound
from assay.case.model import Case
from assay.case.order import Block, Branch, Chance
from assay.case.world import Definition, Variable
from assay.formula.ast import Arithmetic, Choice, Comparison, Formula, Logic, Name, Node, Not, Number
from assay.formula.text import text
from assay.formula.walk import names
from assay.law.calendar import LegalMove, Step


def reached(bound: Bound, acts: Iterable[str]) -> set[str]:
    """The values that the variable can take, given the acts of which the case has moves."""
    moves = [move for move in bound.moves if move.act in set(acts)]
    found, before = {bound.start}, 0
    while len(found) > before:
        before = len(found)
        found |= {step.after for step in bound.steps if step.before in found}
        found |= {move.after for move in moves if set(move.before) & found}
    return found


def running(bound: Bound, acts: Iterable[str]) -> list[Step]:
    """The steps that can come about, in an order in which none leads on to another in the same period."""
    can = reached(bound, acts)
    return [step for step in reversed(bound.steps) if step.before in can]


def made(case: Case, bound: Bound, variable: Variable, steps: Sequence[Step], name: str, means: str) -> Chance | Block:
    """The chance of that name in which one step runs, or a block with one for each."""
    if len(steps) == 1:
        return _chance(case, bound, variable, steps[0], name, means)
    inner = tuple(_chance(case, bound, variable, step, f"{name}_{step.before}", means) for step in steps)
    return Block(block=name, means=means, stages=inner)


def _chance(case: Case, bound: Bound, variable: Variable, step: Step, name: str, means: str) -> Chance:
    here = either(bound.name, [step.before])
    moved = {"then": {bound.name: step.after}, "means": _words(bound, step)}
    given = variable.in_conflict
    if not step.held or not isinstance(given, Formula):
        branches = {"runs_out": Branch(p=_formula(Number(1.0)), **moved)}
    elif _is_truth(given.node, case) and not _drawn(given, case):
        branches = {"runs_out": Branch(p=_formula(Number(1.0)), **moved)}
        here = Logic("and", (here, Not(given.node)))
    else:
        engaged = Choice(given.node, Number(1.0), Number(0.0)) if _is_truth(given.node, case) else given.node
        free = Arithmetic("-", Number(1.0), engaged)
        held = f"{bound.book.treaty} holds it up while an armed conflict goes on (Article {step.article})"
        branches = {"runs_out": Branch(p=_formula(free), **moved), "held_up": Branch(p="rest", means=held)}
    said = means or f"A waiting period of {bound.book.treaty} runs on."
    return Chance(chance=name, means=said, when=_formula(here), branches=branches, clock=bound.name)


def _words(bound: Bound, step: Step) -> str:
    if step.after == "left":
        return f"the exit from {bound.book.treaty} takes effect"
    if step.after == "party":
        return f"{bound.book.treaty} enters into force"
    return f"the waiting period of {bound.book.treaty} goes on"


def _formula(node: Node) -> Formula:
    return Formula(text(node), node)


def _is_truth(node: Node, case: Case, depth: int = 0) -> bool:
    """Whether a formula is a condition, seen through definitions."""
    match node:
        case Comparison() | Logic() | Not():
            return True
        case Choice(_, then, _):
            return _is_truth(then, case, depth)
        case Name(name) if name in case.define and depth < len(case.define):
            return _is_truth(_defined(case.define[name]), case, depth + 1)
        case _:
            return False


def _drawn(formula: Formula, case: Case) -> bool:
    """Whether a condition needs a number of the draw, or the time: then it cannot be told from the world alone."""
    values = {name: each.values or () for name, each in case.world.items()}
    waiting, seen = list(names(formula, values)), set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        if name in case.define:
            waiting += names(_defined(case.define[name]), values)
        elif name not in case.world:
            return True
    return False


def _defined(given: Definition | Formula) -> Node:
    return given.value.node if isinstance(given, Definition) else given.node


def acts_on(moves: Iterable[tuple[str, Sequence[str]]]) -> Mapping[str, set[str]]:
    """The acts of which the case has moves, by variable."""
    found: dict[str, set[str]] = {}
    for act, names_ in moves:
        for name in names_:
            found.setdefault(name, set()).add(act)
    return found


def exits(bound: Bound, acts: Iterable[str]) -> LegalMove | Step | None:
    """What in the case can lead to an exit that a conflict may hold up; None where nothing does."""
    return next((step for step in running(bound, acts) if step.held), None)
