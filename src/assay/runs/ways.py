"""The ways in which a sample of draws is solved again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assay.case.model import Case
from assay.claims.evidence import CURVE
from assay.game.compile import compile_game
from assay.game.game import Filled, Game
from assay.game.trouble import StructureError
from assay.runs.run import Plan
from assay.runs.starts import starts_of
from assay.runs.work import AS_SAID, Made, Selection, Solver, ordinary
from assay.solvers.solve import restart, solve
from assay.solvers.strategies import Strategies

TIGHT = 1e-6
"""Residual of the census and of the other selection: looser solutions of one equilibrium could count as two."""
WIDER = 1.0
"""By how much the nodes of a belief grid reach further, in log-odds, where the span is varied."""
LARGEST = 4.0
"""Up to how many times as many nodes a finer belief grid has."""


@dataclass(frozen=True, eq=False)
class Way:
    """How the draws of a sample are made into games and solved."""

    solver: Solver
    scale: float = 1.0
    """By what every precision is multiplied."""
    made: Made = AS_SAID
    counted: bool = False
    """Whether its solutions are counted among the equilibria; a census goes these ways on all draws."""
    how: str = ""
    """In words, for the rider."""


def ways_of(case: Case, games: Sequence[Game], plan: Plan, selection: Selection) -> dict[str, Way]:
    """Every way by name, in the order in which they are begun: the longest first.

    `games` are the case's own, one for each of its structural alternatives that occur. The names: `other` (unless the
    plan leaves the principal branch out), `tight` (unless the run itself is), `start N`, `precision S`; with private
    types `nodes`, `span` and `unlearning`; where somebody misperceives, `seeing`. `selected` is the run's own way.
    """
    other: Selection = "warm_start" if selection == "principal_branch" else "principal_branch"
    loose = plan.residual > TIGHT
    ways: dict[str, Way] = {}
    if plan.branch or other == "warm_start":
        ways["other"] = Way(ordinary(other, min(plan.residual, TIGHT)), how=other.replace("_", " "))
    starts = starts_of(games) if plan.starts is None else plan.starts
    ways |= {f"start {number}": Way(_from(corner), counted=True) for number, corner in enumerate(starts)}
    ways |= dict(_of_beliefs(case, games, plan, selection))
    ways |= {"tight": Way(ordinary(selection, TIGHT), counted=True)} if loose else {}
    ways["selected"] = Way(ordinary(selection, plan.residual), counted=not loose)
    ways |= {f"precision {scale:g}": Way(ways["selected"].solver, scale) for scale in CURVE if scale != 1}
    return ways


def _from(corner: int) -> Solver:
    return lambda filled, payoffs: restart(filled, corner, TIGHT, payoffs, threads=1)


def _of_beliefs(case: Case, games: Sequence[Game], plan: Plan, selection: Selection) -> Iterator[tuple[str, Way]]:
    solver = ordinary(selection, plan.residual)

    def unlearning(filled: Filled, payoffs: bool) -> Strategies:
        return solve(filled, selection, plan.residual, payoffs, threads=1, learning=False)

    informed = [each for game in games for each in game.informed]
    if informed:
        nodes, span = informed[0].nodes, informed[0].span
        more = next((each for each in finer(games) if _fits(case, games, each)), None)
        if more is not None:
            yield "nodes", Way(solver, made=Made(belief_nodes=more), how=f"{more} nodes instead of {nodes}")
        wide = span + WIDER
        how = f"nodes up to {wide:g} log-odds around the prior instead of {span:g}"
        yield "span", Way(solver, made=Made(belief_span=wide), how=how)
        yield "unlearning", Way(unlearning)
    mistaken = misperceptions(case)
    if mistaken:
        yield "seeing", Way(solver, made=Made(perceive=False), how=mistaken)


def finer(games: Sequence[Game]) -> list[int]:
    """Finer numbers of nodes to try, the finest first: of those that leave a game at most `LARGEST` times as large."""
    nodes = max(each.nodes for game in games for each in game.informed)
    coordinates = max(sum(len(each.types) - 1 for each in game.informed) for game in games)
    tried = dict.fromkeys([2 * nodes - 1, nodes + 4, nodes + 2])
    return [each for each in tried if (each / nodes) ** coordinates <= LARGEST or each == nodes + 2]


def _fits(case: Case, games: Sequence[Game], nodes: int) -> bool:
    """Whether all games fit with so many nodes; what would be too large is refused before memory is asked for."""
    try:
        for game in games:
            compile_game(case, None, game.alternatives, belief_nodes=nodes)
    except StructureError:
        return False
    return True


def misperceptions(case: Case) -> str:
    """What would be otherwise if nobody were mistaken, in words: `saw things as they are`; empty where nobody is."""
    perceives = any(case.perceives.values())
    believes = any(actor.believed for actor in case.actors.values())
    said = ["saw the numbers as they are"] if perceives else []
    said += ["believed the analyst's shares of types"] if believes else []
    return " and ".join(said)
