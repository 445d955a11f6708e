"""What "by then" means, worked out from the case alone: which first passages an event needs, and how they are combined.

An event that is read `by` a period is a truth over **flags** and the ending that was reached:

* a tag (of an ending) is read as it stands at that period: an ending stays;
* a move is a flag, "it has been made by then"; so `not russia.attack` means that it was never made;
* an event on variables is one flag, "it was true at least once": at the start, at a close or on entering an ending;
* an event on variables and moves is one flag, "a move was made when this was true".

An event that speaks of types is read so for each of them, with what they decide decided (`by_type`). `given` is read
likewise, and both together are one truth over their flags. For a truth f over flags K and endings, by
inclusion and exclusion, with Y running over the subsets of K and s over the endings,

    P(f) = sum of c(Y, s) Q(Y, s),   c(Y, s) = sum over X containing Y of (-1)^|X - Y| f(X, s),

where Q(Y, s) is the mass in s of the histories in which no flag outside Y happened: one forward pass that stops there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations

from assay.assumptions.arrays import Bindings, evaluate
from assay.case.model import Case
from assay.claims.by_type import Part, parts
from assay.claims.mentions import mentions, tags_of
from assay.claims.places import ending_tags
from assay.formula.ast import Logic, Name, Node
from assay.formula.text import text
from assay.formula.walk import substitute

MOST_FLAGS = 4
"""Most first passages in one probability; each doubles the number of passes."""
GOING_ON = ""
"""Stands for "the game goes on" where endings are listed by name."""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that has happened or has not: an event, true at some moment so far."""

    event: Node

    @property
    def name(self) -> str:
        """A name for the flag that no case can use."""
        return f"#{text(self.event)}"


@dataclass(frozen=True, slots=True)
class By:
    """A truth over flags and endings."""

    truth: Node
    """The event with its flags as names."""
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A forward pass without its game: the policies that are played and the flags at which it stops."""

    do: tuple[str, ...] = ()
    stops: frozenset[Flag] = frozenset()


@dataclass(frozen=True, slots=True)
class Share:
    """The mass of some endings after a pass that stops at `stops`, times a whole number."""

    stops: frozenset[Flag]
    weight: int
    endings: frozenset[str]
    """Names of endings, `GOING_ON` among them where the game has not ended."""


def by(event: Node, case: Case) -> By:
    """An event as it is read `by` a period."""
    found = mentions(event, case)
    if found.only_tags:
        return By(event, ())
    if found.variables:
        flag = Flag(event)
        return By(Name(flag.name), (flag,))
    flags = tuple(Flag(Name(move)) for move in sorted(found.moves))
    return By(substitute(event, {flag_move(flag): Name(flag.name) for flag in flags}), flags)


def flag_move(flag: Flag) -> str:
    """The move of a flag that is one."""
    assert isinstance(flag.event, Name)
    return flag.event.id


def both(one: By, other: By) -> By:
    """Both of two truths."""
    return By(Logic("and", (one.truth, other.truth)), tuple(dict.fromkeys((*one.flags, *other.flags))))


def simple(event: By) -> bool:
    """Whether the event is that some flag has happened, whatever the ending: it is then counted as it happens."""
    return bool(event.flags) and _is_any(event.truth)


def _is_any(node: Node) -> bool:
    if isinstance(node, Logic):
        return node.operator == "or" and all(_is_any(operand) for operand in node.operands)
    return isinstance(node, Name) and node.id.startswith("#")


def shares(event: By, case: Case) -> tuple[Share, ...]:
    """The masses whose weighted sum is the event's probability. Raises ValueError where there are too many flags."""
    if len(event.flags) > MOST_FLAGS:
        raise ValueError(f"{len(event.flags)} moves or events in one probability; at most {MOST_FLAGS}")
    endings = {name: ending_tags(name, case) for name in case.endings} | {GOING_ON: frozenset()}
    true = {
        happened: frozenset(ending for ending, tags in endings.items() if _holds(event, happened, tags, case))
        for happened in _subsets(event.flags)
    }
    return tuple(_combined(true, event.flags, endings))


def _combined(
    true: Mapping[frozenset[Flag], frozenset[str]], flags: tuple[Flag, ...], endings: Mapping[str, object]
) -> Iterator[Share]:
    for allowed in true:
        weights = {
            ending: sum(
                (-1) ** len(happened - allowed) for happened in true if happened >= allowed and ending in true[happened]
            )
            for ending in endings
        }
        for weight in sorted(set(weights.values()) - {0}):
            members = frozenset(ending for ending, found in weights.items() if found == weight)
            yield Share(frozenset(flags) - allowed, weight, members)


def _subsets(flags: tuple[Flag, ...]) -> Iterator[frozenset[Flag]]:
    sizes = (combinations(flags, size) for size in range(len(flags) + 1))
    return (frozenset(members) for members in chain.from_iterable(sizes))


def _holds(event: By, happened: frozenset[Flag], tags: frozenset[str], case: Case) -> bool:
    known = {tag: tag in tags for tag in tags_of(case)} | {flag.name: flag in happened for flag in event.flags}
    return bool(evaluate(event.truth, Bindings(known)))


def courses(event: Node, given: Node | None, do: tuple[str, ...], case: Case) -> tuple[Course, ...]:
    """The passes that the probability of an event `by` a period needs; one at least."""
    found = (course for part in parts(event, given, case) for course in _courses_of(part, do, case))
    return tuple(dict.fromkeys(found)) or (Course(do),)


def _courses_of(part: Part, do: tuple[str, ...], case: Case) -> tuple[Course, ...]:
    """The passes for some of the types; none where the types decide it all."""
    event, given = part.event, part.given
    if isinstance(event, bool):
        return () if isinstance(given, bool) else _courses(by(given, case), do, case)
    if isinstance(given, bool):
        return _courses(by(event, case), do, case)
    condition = by(given, case)
    return (
        *_courses(both(by(event, case), condition), do, case, counted=False),
        *_courses(condition, do, case),
    )


def _courses(event: By, do: tuple[str, ...], case: Case, counted: bool = True) -> tuple[Course, ...]:
    if counted and simple(event):
        return (Course(do, frozenset(event.flags)),)
    needed = dict.fromkeys(Course(do, share.stops) for share in shares(event, case))
    return tuple(needed) or (Course(do),)  # an event that cannot be is zero in a pass all the same
