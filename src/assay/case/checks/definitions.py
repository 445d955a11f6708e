"""`define`: in which order definitions can be read, what they depend on, and how large they become.

A definition stands for its formula wherever it is named, so a short case can describe an enormous formula; depth and
size are computed here, with definitions filled in, before any room reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assay.case.checks.context import Context, Declared
from assay.case.locate import Path
from assay.case.world import Definition
from assay.formula.ast import Formula, Node
from assay.formula.walk import children, names

DEEPEST = 200
"""Most operations one within the other, with definitions filled in."""
LARGEST = 100_000
"""Most operations and names in a formula, with definitions filled in."""
TIME = ("period", "elapsed")


@dataclass(frozen=True, slots=True)
class Uses:
    """What a definition depends on, through other definitions."""

    assumptions: bool = False
    variables: bool = False
    time: bool = False
    depth: int = 1
    size: int = 1


@dataclass(frozen=True, slots=True)
class Sorted:
    """Definitions that can be read, each after those that it uses, with what they depend on."""

    uses: Mapping[str, Uses]
    """By name, in an order in which each comes after those that it uses."""


def sort_definitions(context: Context, declared: Declared) -> Sorted:
    """The definitions in an order in which they can be read. Notes circles and definitions that become too large."""
    values = {**declared.values, **declared.alternatives}
    used = {name: names(formula, values) for name, formula in declared.definitions.items()}
    waiting = {name: [other for other in used[name] if other in used] for name in used}
    done: dict[str, Uses] = {}
    while ready := [name for name, others in waiting.items() if all(other in done for other in others)]:
        for name in ready:
            done[name] = _uses(context, declared, name, used[name], done)
            del waiting[name]
    _circles(context, waiting)
    too_large = {name for name, uses in done.items() if uses.depth > DEEPEST or uses.size > LARGEST}
    for name in too_large:
        if not too_large & set(used[name]):  # those that only use one say nothing new
            _too_large(context, name, done[name])
    return Sorted({name: uses for name, uses in done.items() if name not in too_large})


def place_of(context: Context, name: str) -> Path:
    """Where the formula of a definition stands."""
    full = isinstance(context.case.define[name], Definition)
    return ("define", name, "value") if full else ("define", name)


def _uses(context: Context, declared: Declared, name: str, used: tuple[str, ...], done: Mapping[str, Uses]) -> Uses:
    inner = [done[other] for other in used if other in done]
    assumptions = context.case.assumptions.keys() - declared.alternatives.keys()
    depth, size = _measure(declared.definitions[name], done)
    return Uses(
        any(other in assumptions for other in used) or any(use.assumptions for use in inner),
        any(other in declared.values for other in used) or any(use.variables for use in inner),
        any(other in TIME for other in used) or any(use.time for use in inner),
        depth,
        size,
    )


def _measure(formula: Formula, done: Mapping[str, Uses]) -> tuple[int, int]:
    """Depth and size of a formula with definitions filled in."""

    def of(node: Node) -> tuple[int, int]:
        use = done.get(getattr(node, "id", ""))
        if use is not None:
            return use.depth, use.size
        below = [of(child) for child in children(node)]
        return 1 + max((depth for depth, _ in below), default=0), 1 + sum(size for _, size in below)

    return of(formula.node)


def _too_large(context: Context, name: str, uses: Uses) -> None:
    found = f"a formula of {uses.size:,} parts, {uses.depth:,} one within the other, with definitions filled in"
    context.problem(place_of(context, name), found, f"at most {LARGEST:,} parts, {DEEPEST} one within the other")


def _circles(context: Context, waiting: dict[str, list[str]]) -> None:
    """Notes each circle once. What waits but stands in no circle only uses one."""
    seen: set[str] = set()
    for start in waiting:
        trail: list[str] = []
        name = start
        while name not in seen:
            seen.add(name)
            trail.append(name)
            name = next(other for other in waiting[name] if other in waiting)
        if name in trail:
            circle = trail[trail.index(name) :]
            shown = " -> ".join([*circle, name])
            context.problem(
                place_of(context, circle[0]), f"a definition in a circle: {shown}", "take one of them out of it"
            )
