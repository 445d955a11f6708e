"""What only unfolding can tell of a case: where nobody can move, what is never met, what must not come about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, product

from assay.case.model import Case
from assay.case.payoffs import Regime
from assay.errors import Problem
from assay.game.grid import Grid, grid_trouble
from assay.game.paths import all_paths, outermost
from assay.game.pooled import pooled_troubles
from assay.game.search import Key, Search
from assay.game.trouble import Locator, Trouble
from assay.game.unfold import finished

WHOLE = re.compile(r"(order\[\d+\]|\.stages\[\d+\]|\.moves\.\w+|\.movers\.\w+\.\w+)$")
"""Paths of whole stages and moves. One that is never met is an error: its author believes that it can be. A meaning of
a move, a row, a branch or an ending that is never met may be there for completeness, and is a warning."""
MOST_COMBINATIONS = 64
"""Most combinations of structural alternatives that are unfolded; of more, the first are, and a warning says so."""


def check_structure(case: Case, locator: Locator) -> list[Problem]:
    """Every problem of a case's structure, errors before warnings.

    Errors: a stage where somebody has no legal move, a world that `never` rules out, a condition that takes a draw to
    tell, a constant that is no probability, a regime that leaves no move, a game that is too large (with its belief
    grid), a stage that is said to reveal no type and can, a stage or a move that no world ever meets under any
    structural alternative. Warnings: meanings of a move, rows, branches and endings that none ever meets.
    """
    searches: list[Search] = []
    troubles: list[Trouble] = []
    for chosen in islice(_combinations(case), MOST_COMBINATIONS):
        searches.append(_searched(case, None, chosen))
        troubles += [*searches[-1].troubles, *_never(searches[-1])]
        troubles += [] if troubles else _of_types(searches[-1])
        if troubles:
            break  # the other alternatives would mostly say the same again
    if not troubles:
        for regime, search in product(_changing_moves(case), searches):
            troubles += _searched(case, regime, search.language.alternatives).troubles
    if troubles:
        return [locator.problem(each.path, each.found, each.expected) for each in dict.fromkeys(troubles)]
    count = sum(1 for _ in islice(_combinations(case), MOST_COMBINATIONS + 1))
    return [_too_many(locator)] if count > MOST_COMBINATIONS else _unmet(case, searches, locator)


def _combinations(case: Case) -> Iterator[dict[str, str]]:
    named = {name: tuple(each.alternatives) for name, each in case.assumptions.items() if each.alternatives}
    return (dict(zip(named, chosen, strict=True)) for chosen in product(*named.values()))


def _too_many(locator: Locator) -> Problem:
    found = f"more than {MOST_COMBINATIONS} combinations of structural alternatives; {MOST_COMBINATIONS} were unfolded"
    expected = "fewer alternatives, if what no world ever meets is to be found"
    return locator.problem("assumptions", found, expected, severity="warning")


def _searched(case: Case, regime: Regime | None, chosen: Mapping[str, str]) -> Search:
    search = Search(case, regime, chosen)
    search.run()
    return search


def _changing_moves(case: Case) -> Iterator[Regime]:
    return (regime for regime in case.regimes.values() if regime.ban or regime.mandate)


def _of_types(search: Search) -> Iterator[Trouble]:
    """A belief grid that is too large; stages that are said to reveal no type, and can."""
    if search.language.informed:
        skeleton = finished(search)
        trouble = grid_trouble(Grid.of(search.case), skeleton.points)
        yield from [trouble] if trouble is not None else []
        yield from pooled_troubles(search.case, skeleton, search.language)


def _never(search: Search) -> Iterator[Trouble]:
    """Worlds that `never` rules out and that come about: the first one found for each formula, and how."""
    patterns = search.patterns
    for place, formula in enumerate(search.case.never):
        path = f"never[{place}]"
        reading = patterns.reading(formula)
        if reading.leaves.names or reading.leaves.timed:
            found = f"`{formula}` depends on more than the world"
            yield Trouble(path, found, "a condition on variables and definitions of variables alone")
            continue
        hit = next((key for key in search.entries if reading.value(key[1])), None)
        if hit is not None:
            found = f"`{formula}` comes about where {patterns.in_words(hit[1])}, {_how(search, hit)}"
            yield Trouble(path, found, "a world that no move can bring about; give the move a `when`")


def _how(search: Search, key: Key) -> str:
    """How a world first came about: the move, chance or clock that changed the world before."""
    came = search.entries[key].came
    while came is not None and came[0][1] == key[1]:
        key, came = came[0], search.entries[came[0]].came
    if came is None:
        return "at the start"
    (at, world), branch = came
    before = f"where {search.patterns.in_words(world)}"
    if at < 0:
        return f"by the end of a period {before}"
    return f"by {search.move_in_words(came[0], branch)} {before}"


def _unmet(case: Case, searches: Sequence[Search], locator: Locator) -> list[Problem]:
    met = set().union(*(each.met for each in searches))
    paths = dict.fromkeys(path for each in searches for path in all_paths(case, each.language))
    return [
        locator.problem(
            path,
            "no world that can be reached ever meets this",
            "a `when` that some reached world meets, an earlier row that leaves something over, or take it out",
            severity="error" if WHOLE.search(path) else "warning",
        )
        for path in outermost(paths, met)
    ]
