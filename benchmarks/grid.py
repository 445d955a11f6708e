"""What keeping beliefs on a grid costs: errors against exact answers as the grid grows, nodes and span varied in turn.

    python benchmarks/grid.py [--draws 80] [--both 16] [--perspective agnostic ...] [--case-draws 8] [--reference 25]

First random games of one period with private types (`tests/solvers/grid_games.py`), whose whole tree gives every
equilibrium that restarts find, without a grid. Draws with one equilibrium make the tables; those with several are
counted, and held against the nearest equilibrium apart. Draws that miss the residual on a grid are counted and left out
there. Then the case `mine-ban-reduced`, which no tree can hold: coarser grids against a fine one of the same span, and
other spans against the case's own, both with several equilibria in it, too. Times are the processor's.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

import numpy as np

from assay.assumptions.draw import draw
from assay.case.model import Case
from assay.case.read import read
from assay.claims.agenda import agenda
from assay.claims.judge import value_of
from assay.game import grid as grid_sizes
from assay.game.game import Floats
from assay.library import CASES
from assay.runs.work import Made, ordinary, ready, solve_ready
from assay.solvers.census import expected, met, tell_apart
from assay.solvers.corners import UNIFORM, corners_of
from assay.solvers.solve import restart
from assay.solvers.strategies import Result
from assay.trees.census import census
from assay.trees.form import form

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "solvers"))

import grid_games

NODES = (3, 5, 7, 9, 13, 17, 25, 33)
SPANS = (2.0, 3.0, 4.0, 6.0)
SPAN, MIDDLE = 3.0, 13
"""The span while nodes are varied, and the nodes while the span is."""
GRIDS = [(nodes, SPAN) for nodes in NODES] + [(MIDDLE, span) for span in SPANS]
PRECISIONS = (1.0, 3.0)
FAMILIES = (("signal", 2, 2), ("signal", 3, 2), ("signal", 3, 3), ("both", 2, 2))
STARTS = 40
"""Random starts of the census of a tree, besides uniform play and pure profiles."""
OUTCOMES = ("P_RF", "P_war", "Ffort", "pres")
CASE_NODES = (5, 7, 9, 13, 17)
CASE_SPANS = (2.5, 3.0, 4.0)
RESIDUAL = 1e-3
"""Of the case: what runs ask for. Tighter ones are missed by half of its draws on fine grids, the hardest ones."""


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=80, help="games of each kind with one informed player")
    parser.add_argument("--both", type=int, default=16, help="games of each kind with two")
    parser.add_argument("--case-draws", type=int, default=8, help="draws of each perspective of the case")
    parser.add_argument("--perspective", action="append", help="of the case; the one with the widest ranges by default")
    parser.add_argument(
        "--reference", type=int, default=25, help="nodes that the case's coarser grids are held against"
    )
    parser.add_argument("--census", action="store_true", help="say which draws of the case have several equilibria")
    parser.add_argument("--skip-games", action="store_true")
    parser.add_argument("--skip-case", action="store_true")
    asked = parser.parse_args()
    if not asked.skip_games:
        for family, moves, replies in FAMILIES:
            draws = asked.both if family == "both" else asked.draws
            for precision in PRECISIONS:
                _games(family, moves, replies, draws, precision)
    if not asked.skip_case:
        _the_case(asked.perspective or ["agnostic"], asked.case_draws, asked.reference, asked.census)


@dataclass(frozen=True)
class Exact:
    """The equilibria of one tree: probabilities of endings and play at the start, a row for each."""

    ends: Floats
    first: Floats


def _games(family: grid_games.Family, moves: int, replies: int, draws: int, precision: float) -> None:
    """The tables of one kind of game at one precision."""
    began = time.process_time()
    base = grid_games.game(family, moves, replies, draws, precision, 3, SPAN)
    exact = [_exact(base, number) for number in range(draws)]
    several = np.array([len(each.ends) > 1 for each in exact])
    who = "two informed players" if family == "both" else "one informed player"
    print(f"\n{who}, {moves} moves, {replies} replies, precision {precision:g}: {draws} draws", end="")
    print(f", {several.sum()} with several equilibria, left out of the table")
    print("              error of an ending's probability    of play at the start")
    print("  nodes span    median      90%    worst     median      90%    worst   not solved")
    for nodes, span in GRIDS:
        found = grid_games.on_the_grid(grid_games.game(family, moves, replies, draws, precision, nodes, span))
        ends, first = np.array([_off(each, found, number) for number, each in enumerate(exact)]).T
        one, more = found.solved & ~several, found.solved & several
        line = f"  {nodes:5d} {span:4g}  {_spread(ends[one])}  {_spread(first[one])}  {(~found.solved).sum():5d}"
        if more.any():
            line += f"   several: median {np.median(ends[more]):.1e}, worst {ends[more].max():.1e} from the nearest"
        print(line, flush=True)
    print(f"  {time.process_time() - began:.0f} s")


def _exact(filled: grid_games.Filled, number: int) -> Exact:
    unrolled, tree = grid_games.tree_of(filled, number)
    arrays = form(tree)
    found = census(tree, 1.0, starts=STARTS)
    rows = [grid_games.in_the_tree(unrolled, arrays, each.probability) for each in found.equilibria]
    return Exact(np.array([ends for ends, _ in rows]), np.array([first for _, first in rows]))


def _off(exact: Exact, found: grid_games.Play, number: int) -> tuple[float, float]:
    """Largest errors of an ending's probability and of a move's at the start, from the nearest equilibrium."""
    ends = np.abs(exact.ends - found.ends[number]).max(axis=1)
    near = int(ends.argmin())
    return float(ends[near]), float(np.abs(exact.first[near] - found.first[number]).max())


def _spread(errors: Floats) -> str:
    if not errors.size:
        return " ".join(["       -"] * 3)
    return " ".join(f"{each:8.1e}" for each in (np.median(errors), np.quantile(errors, 0.9), errors.max()))


def _the_case(perspectives: Sequence[str], draws: int, reference: int, counted: bool) -> None:
    """The tables of the built-in case."""
    whole = read(CASES / "mine-ban-reduced" / "case.yaml")
    wanted = {name: whole.outcomes[name] for name in OUTCOMES}
    case = whole.model_copy(update={"claims": (), "expect": (), "interventions": {}, "outcomes": wanted})
    began = time.process_time()
    print(f"\nmine-ban-reduced: {draws} draws of each of {', '.join(perspectives)}")
    with patch.object(grid_sizes, "MOST_CELLS", 40_000_000):  # finer than runs allow, for a few draws
        nodes = [each for each in CASE_NODES if each < reference]
        grids = dict.fromkeys([(each, SPAN) for each in [*nodes, reference]] + [(MIDDLE, each) for each in CASE_SPANS])
        found = {each: _solved(case, perspectives, draws, *each) for each in grids}
    several = _several(case, perspectives, draws) if counted else None
    print(f"nodes against {reference}, span {SPAN:g}")
    for each in nodes:
        _differences(f"{each} nodes", found[each, SPAN], found[reference, SPAN], several)
    for span in CASE_SPANS:
        if span != SPAN:
            print(f"span {span:g} against {SPAN:g}, {MIDDLE} nodes")
            _differences(f"span {span:g}", found[MIDDLE, span], found[MIDDLE, SPAN], several)
    print(f"  {time.process_time() - began:.0f} s")


@dataclass(frozen=True)
class Answers:
    """Outcomes of all draws on a grid."""

    values: Floats  # (D, outcomes)
    met: np.ndarray  # (D,)


def _solved(case: Case, perspectives: Sequence[str], draws: int, nodes: int, span: float) -> Answers:
    """The case's outcomes, the perspectives one behind the other, as a run finds them."""
    began, asked, values, solved = time.process_time(), agenda(case), [], []
    for perspective in perspectives:
        drawn = draw(case, perspective, draws, 1)
        block = solve_ready(asked, draws, ready(asked, drawn, Made(nodes, span)), ordinary("warm_start", RESIDUAL))
        values.append(np.stack([value_of(asked, name, drawn, block.answers) for name in OUTCOMES], axis=1))
        solved.append(block.result <= Result.HOMOTOPY)
    print(f"  {nodes} nodes, span {span:g}: {time.process_time() - began:.0f} s", file=sys.stderr, flush=True)
    return Answers(np.concatenate(values), np.concatenate(solved))


def _several(case: Case, perspectives: Sequence[str], draws: int) -> np.ndarray:
    """(D,) whether starts from corners find several equilibria on the case's own grid."""
    asked, several = agenda(case), []
    for perspective in perspectives:
        for one in ready(asked, draw(case, perspective, draws, 1)):
            starts = [restart(one.filled, corner, 1e-6) for corner in (UNIFORM, *corners_of(one.filled.game))]
            several.append(tell_apart([expected(each) for each in starts], [met(each) for each in starts]) > 1)
    return np.concatenate(several)


def _differences(name: str, one: Answers, other: Answers, several: np.ndarray | None) -> None:
    both = one.met & other.met
    print(f"  {name}: all {both.size} draws (median, 90%, worst)")
    _lines(one, other, np.ones(both.size, dtype=np.bool_))
    print(f"    the {both.sum()} that met a residual of {RESIDUAL:g} on both grids")
    _lines(one, other, both)
    if several is not None:
        print(f"    {(both & ~several).sum()} of which no corner leads to another equilibrium")
        _lines(one, other, both & ~several)


def _lines(one: Answers, other: Answers, draws: np.ndarray) -> None:
    away: Sequence[Floats] = np.abs(one.values - other.values)[draws].T
    for outcome, errors in zip(OUTCOMES, away, strict=True):
        print(f"    {outcome:8}{_spread(errors)}", flush=True)


if __name__ == "__main__":
    main()
