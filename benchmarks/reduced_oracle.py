"""The case `mine-ban-reduced` against its reference tables, all of them: which rows are reproduced, which are another
equilibrium, and how far off what is neither.

    python benchmarks/reduced_oracle.py [--nodes 7] [--nodes 13] [--draw essay-00 ...] [--quick | --branch]

For draws of which the reference found one equilibrium, its rows must come out to 1e-6 from warm starts at residual
1e-9. For the others the same is asked of any equilibrium that is found: from warm starts, from uniform play and every
corner (`--quick` leaves these out), on the branch (`--branch`). Ends with 1 where a row that must come out does not.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from assay.runs.work import compiled
from assay.solvers.corners import corners_of
from assay.solvers.strategies import Result

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "library"))

import reduced_tables as tables

BLOCK = 16
"""Draws that are solved and played at once: enough for the lanes and threads, few enough for memory."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, action="append", choices=sorted(tables.SPANS))
    parser.add_argument("--draw", action="append", help="only these draws")
    parser.add_argument("--quick", action="store_true", help="warm starts only, and no quantities")
    parser.add_argument("--branch", action="store_true", help="the branch from uniform play too, which takes an hour")
    chosen = parser.parse_args()
    failed = False
    for nodes in chosen.nodes or sorted(tables.SPANS):
        names = chosen.draw or list(tables.all_draws().labels)
        failed |= _table(nodes, names, chosen.quick, chosen.branch)
        if nodes == 7 and not chosen.quick:
            failed |= _quantities(names)
    return int(failed)


def _table(nodes: int, names: Sequence[str], quick: bool, branch: bool) -> bool:
    """The table of outcomes on one grid; whether a row that must come out does not."""
    print(f"\n{nodes} nodes, span {tables.SPANS[nodes]:g}: {len(names)} draws, {6 * len(names)} rows")
    warm = _away(nodes, names, "warm", tables.from_warm())
    table = tables.reference(nodes).loc[list(names)]
    unique = table["restarts_agree_to"] <= tables.UNIQUE
    must = pd.concat([warm, table[["restarts_agree_to", "unconverged_nodes"]]], axis=1)[unique]
    wrong = must[must["away"] > tables.UNIQUE]
    print(f"  one equilibrium in the reference: {len(must)} rows, {len(must) - len(wrong)} reproduced to 1e-6")
    print(f"    largest difference {must['away'].max():.1e}")
    _show(wrong)
    several = _by_draw(warm[~unique])
    print(f"  several in the reference: {len(several)} draws; warm starts meet {_met(several)} of them in every row")
    for start, solver in [] if quick else _others(branch):
        left = list(several.index[several["away"] > tables.UNIQUE])
        if left:
            again = _by_draw(_away(nodes, left, start, solver))
            nearer = again[again["away"] < several.loc[again.index, "away"]]
            several.loc[nearer.index] = nearer
            print(f"    and with {start}: {_met(several)}", flush=True)
    about = table.groupby(level="draw")[["restarts_agree_to", "unconverged_nodes"]].max()
    unmet = several[several["away"] > tables.UNIQUE].join(about)
    converged = int((unmet["unconverged_nodes"] == 0).sum())
    print(f"  not met: {len(unmet)} draws, {converged} of which the reference solved everywhere; the nearest found:")
    _show(unmet)
    return len(wrong) > 0


def _by_draw(rows: pd.DataFrame) -> pd.DataFrame:
    """One equilibrium has to meet all of a draw's rows: its worst one counts."""
    return rows.sort_values("away").groupby(level="draw").last()


def _met(draws: pd.DataFrame) -> int:
    return int((draws["away"] <= tables.UNIQUE).sum())


def _others(branch: bool) -> Iterator[tuple[str, tables.Solver]]:
    yield "uniform play", tables.from_corner(-1)
    for number, corner in enumerate(corners_of(compiled(tables.whole_case(), None, ()))):
        yield f"corner {number}", tables.from_corner(corner)
    if branch:
        yield "the branch", tables.on_the_branch()


def _away(nodes: int, names: Sequence[str], start: str, solver: tables.Solver) -> pd.DataFrame:
    """The largest difference of each row, from which start it was solved, and how."""
    parts = []
    began = time.perf_counter()
    for first in range(0, len(names), BLOCK):
        some = list(names[first : first + BLOCK])
        found = tables.solved(tables.outcomes_only(nodes), tables.draws_of(some), solver)
        away = tables.differences(found, some, nodes).to_frame("away")
        how = dict(zip(some, (Result(code).name.lower() for code in found.block.result), strict=True))
        parts.append(away.assign(start=start, result=[how[draw] for draw, _ in away.index]))
    print(f"    {start}: {len(names)} draws in {time.perf_counter() - began:.0f} s", file=sys.stderr)
    return pd.concat(parts)


def _quantities(names: Sequence[str]) -> bool:
    """The further quantities of draws with one equilibrium; those of the others are shown."""
    expected = tables.reference_quantities()
    unique = tables.one_equilibrium(7)
    worst = {}
    for first in range(0, len(names), BLOCK):
        some = list(names[first : first + BLOCK])
        found = tables.solved(tables.whole_case(), tables.draws_of(some), tables.from_warm())
        for (_, outcome), values in found.values.items():
            if outcome in expected.columns:
                away = np.abs(values - expected.loc[some, outcome].to_numpy(float))
                worst |= {(draw, outcome): float(each) for draw, each in zip(some, away, strict=True)}
    table = pd.Series(worst).unstack()
    print("\nquantities, 7 nodes: largest difference over draws with one equilibrium, and over the others")
    must, others = table.loc[table.index.isin(unique)], table.loc[~table.index.isin(unique)]
    print(pd.DataFrame({"one": must.max(), "several": others.max()}).to_string(float_format="%.1e"))
    wrong = must.stack()
    wrong = wrong[wrong > tables.UNIQUE]
    if len(wrong):
        print(wrong.to_string(float_format="%.1e"))
    return len(wrong) > 0


def _show(rows: pd.DataFrame) -> None:
    if len(rows):
        print(rows.to_string(float_format="%.1e"))


if __name__ == "__main__":
    sys.exit(main())
