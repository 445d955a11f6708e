"""`define`: in which order definitions can be read, what they depend on, and how large they become.

A definition stands for its formula wherever it is named, so a short case can describe an enormous formula; depth and
size are computed here, with definitions filled in, before any room reads them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from typing import NamedTuple

from assay.case.checks.context import Context, Declared, in_order_of_use
from assay.case.world import Definition
from assay.documents.locate import Path
from assay.formula.ast import Name, Node
from assay.formula.walk import children, names

DEEPEST = 200
"""Most operations one within the other, with definitions filled in."""
LARGEST = 100_000
"""Most operations and names in a formula, with definitions filled in."""
TIME = ("period", "elapsed")


class Extent(NamedTuple):
    """How large a formula is with the formulas that it names filled in."""

    depth: int = 1
    size: int = 1

    @property
    def too_large(self) -> bool:
        """Whether it is more than other rooms can be asked to read."""
        return self.depth > DEEPEST or self.size > LARGEST

    def refuse(self, context: Context, path: Path) -> None:
        """Notes that the formula at `path` is too large."""
        found = (
            f"a formula of {self.size:,} parts, {self.depth:,} one within the other, once what it names is filled in"
        )
        context.problem(path, found, f"at most {LARGEST:,} parts, {DEEPEST} one within the other")


NOTHING_MORE = Extent()


@dataclass(frozen=True, slots=True)
class Uses:
    """What a definition depends on, through other definitions."""

    assumptions: bool = False
    variables: bool = False
    time: bool = False
    types: frozenset[str] = frozenset()
    """Actors on whose types it depends."""
    extent: Extent = NOTHING_MORE


def sort_definitions(context: Context, declared: Declared) -> dict[str, Uses]:
    """The definitions that can be read, each after those that it uses, and what they depend on.

    Notes circles, and definitions that become too large.
    """
    used = {name: names(formula, declared.domain) for name, formula in declared.definitions.items()}
    order, circular = in_order_of_use(used)
    assumptions = (declared.columns.keys() | declared.typed.keys()) - declared.alternatives.keys()
    done: dict[str, Uses] = {}
    extents: dict[str, Extent] = {}
    for name in order:
        extents[name] = extent(declared.definitions[name].node, extents)
        done[name] = _uses(declared, assumptions, used[name], done, extents[name])
    _circles(context, circular)
    for name in first_too_large(extents, used):
        extents[name].refuse(context, place_of(context, name))
    return {name: uses for name, uses in done.items() if not uses.extent.too_large}


def first_too_large(extents: Mapping[str, Extent], used: Mapping[str, Iterable[str]]) -> list[str]:
    """The names of what is too large by itself; what only uses such says nothing new."""
    too_large = {name for name, each in extents.items() if each.too_large}
    return [name for name in extents if name in too_large and not too_large & set(used[name])]


def place_of(context: Context, name: str) -> Path:
    """Where the formula of a definition stands."""
    defined = context.case.define[name]
    if isinstance(defined, Definition):
        return ("define", name, "value" if defined.by is None else "types")
    return ("define", name)


def _uses(
    declared: Declared, assumptions: Set[str], used: tuple[str, ...], done: Mapping[str, Uses], extent: Extent
) -> Uses:
    inner = [done[other] for other in used if other in done]
    return Uses(
        any(other in assumptions for other in used) or any(use.assumptions for use in inner),
        any(other in declared.values for other in used) or any(use.variables for use in inner),
        any(other in TIME for other in used) or any(use.time for use in inner),
        types_in(declared, used, done),
        extent,
    )


def types_in(declared: Declared, used: Iterable[str], uses: Mapping[str, Uses]) -> frozenset[str]:
    """The actors on whose types what uses these names depends."""
    found: set[str] = set()
    for name in used:
        if name in declared.types:
            found.add(name)
        elif name in declared.typed:
            found.add(declared.typed[name])
        elif name in uses:
            found |= uses[name].types
    return frozenset(found)


def extent(node: Node, known: Mapping[str, Extent]) -> Extent:
    """Depth and size of a formula with what it names filled in."""
    if isinstance(node, Name):
        return known.get(node.id, Extent())
    below = [extent(child, known) for child in children(node)]
    return Extent(1 + max((each.depth for each in below), default=0), 1 + sum(each.size for each in below))


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
