"""Many draws of one tree: the same game with other payoffs, solved LANES at a time."""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from assay.game.game import LANES
from assay.solvers import kernel_tree_trace, tree_arithmetic, tree_code
from assay.solvers.kernel_cache import cache_folder
from assay.solvers.pool import spread_groups
from assay.solvers.strategies import Result
from assay.solvers.tree_code import Entry, TreePlan, Visit, rows_of
from assay.trees.form import Floats, Form, form
from assay.trees.solve import Outcome, solve_form
from assay.trees.tree import Tree

LARGEST_CODE = 5_000
"""Products that are written out as machine code; larger trees are solved one draw at a time."""
MODULE = '''"""The equations of one tree, for the cache of compiled kernels."""

from assay.solvers.kernel_cache import kernel
from assay.solvers.tree_code import Entry, TreePlan, Visit, newton_of, rows_of
from assay.solvers.kernel_tree_trace import solve_groups

PLAN = {plan!r}
ROWS = rows_of(PLAN)
newton = newton_of(PLAN)


@kernel
def {name}(desk, ends, players, chance, payoffs, precision, target, first, last, probability, residual):
    solve_groups(
        newton, ROWS, desk, ends, players, chance, payoffs, precision, target, first, last, probability, residual
    )
'''


@dataclass(frozen=True, eq=False)
class Many:
    """Logit equilibria of D draws of a tree, each on its principal branch."""

    form: Form
    probability: Floats  # (D, A) of each action, information sets in the tree's order
    residual: Floats  # (D,) largest difference between play and the logit response to it
    result: NDArray[np.int8]  # (D,) a `Result` each: HOMOTOPY where the branch had to be followed by its length


def solve_many(
    tree: Tree,
    payoffs: ArrayLike,
    precision: ArrayLike = 1.0,
    residual: float = 1e-9,
    threads: int | None = None,
) -> Many:
    """The principal branch's equilibrium of every draw, from uniform play.

    `payoffs` (D, Z, P): what each player gets in all at each end, ends in the order of the tree's nodes (`form(tree)`
    has those of the tree itself); `precision`: one, or one for each draw. A draw that the compiled steps cannot follow
    safely is followed along its branch by `assay.trees`, some thousand times more slowly.

    Raises ValueError for payoffs of another shape or that are not finite, and for a negative precision; InputError as
    `form` does.
    """
    arrays = form(tree)
    pay = np.require(payoffs, np.float64, ["C", "W"])
    if pay.ndim != 3 or pay.shape[1:] != arrays.payoff.shape or not np.isfinite(pay).all():
        raise ValueError(f"payoffs must be finite, of shape (draws, {arrays.payoff.shape}), not {pay.shape}")
    sharp = np.array(np.broadcast_to(np.asarray(precision, dtype=np.float64), len(pay)))
    if not (sharp >= 0).all():
        raise ValueError("precision must be 0 or more")
    probability = np.tile(np.exp(arrays.uniform), (len(pay), 1))
    left = np.full(len(pay), np.nan)
    plan = plan_of(arrays)
    if not plan.unknowns:
        left[:] = 0.0
    elif _products(plan) <= LARGEST_CODE:
        _run(plan, pay, sharp, residual, threads, probability, left)
    result = np.full(len(pay), Result.NEWTON, dtype=np.int8)
    for draw in np.flatnonzero(np.isnan(left)):
        found = solve_form(_with_payoffs(arrays, pay[draw]), float(sharp[draw]), residual)
        probability[draw], left[draw] = found.probability, found.residual
        result[draw] = Result.HOMOTOPY if found.result is Outcome.CONVERGED else Result.UNRESOLVED
    return Many(arrays, probability, left, result)


def _with_payoffs(arrays: Form, payoff: Floats) -> Form:
    low, high = payoff.min(axis=0), payoff.max(axis=0)
    scale = float((high - low).max(initial=0.0)) or 1.0
    return replace(arrays, payoff=payoff, middle=(low + high) / 2, scale=scale)


def _run(
    plan: TreePlan,
    pay: Floats,
    sharp: Floats,
    target: float,
    threads: int | None,
    probability: Floats,
    left: Floats,
) -> None:
    """Fills in probabilities and residuals; not a number where a draw was given up."""
    run, rows = _kernel_of(plan), rows_of(plan)
    entries = [entry for own in plan.entries for entry in own]
    ends = np.array([entry.end for entry in entries], dtype=np.int32)
    players = np.array([entry.player for entry in entries], dtype=np.int32)
    chance = np.array([entry.chance for entry in entries])

    def work(first: int, last: int) -> None:
        desk = np.zeros((rows.height, LANES))
        run(desk, ends, players, chance, pay, sharp, float(target), first, last, probability, left)

    spread_groups(work, -(-len(pay) // LANES), threads)


@lru_cache(maxsize=64)
def _kernel_of(plan: TreePlan) -> Callable[..., None]:
    """The compiled equations of a plan. They are kept on disk beside other kernels, as a module of their own."""
    sources = [Path(str(module.__file__)).read_bytes() for module in (tree_arithmetic, tree_code, kernel_tree_trace)]
    digest = hashlib.sha256(b"\0".join([repr(plan).encode(), MODULE.encode(), *sources])).hexdigest()[:16]
    name = f"solve_tree_{digest}"
    path = cache_folder() / f"{name}.py"
    text = MODULE.format(plan=plan, name=name)
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        with tempfile.NamedTemporaryFile("w", dir=path.parent, suffix=".part", delete=False, encoding="utf-8") as file:
            file.write(text)
        Path(file.name).replace(path)
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    compiled: Callable[..., None] = getattr(module, name)
    return compiled


def _products(plan: TreePlan) -> int:
    return sum(1 + len(entry.others) for own in plan.entries for entry in own)


def plan_of(arrays: Form) -> TreePlan:
    """What `tree_code` writes out for a tree.

    What all nodes of an information set have in common on the way to them plays no part given that it is reached, and
    is left out.
    """
    paths = _lists(arrays.entry_end, arrays.entry_action, len(arrays.end))
    ways = _lists(arrays.visit_set, np.arange(len(arrays.visit_set)), len(arrays.owner))
    steps = _lists(arrays.step_visit, arrays.step_action, len(arrays.visit_set))
    common = [frozenset[int]().union(*(steps[v] for v in own)).intersection(*(steps[v] for v in own)) for own in ways]
    top = [max(float(arrays.visit_chance[v]) for v in own) for own in ways]
    visits = tuple(
        tuple(Visit(_share(arrays.visit_chance[v] - top[h]), _without(steps[v], common[h])) for v in own)
        for h, own in enumerate(ways)
    )
    ends: list[list[int]] = [[] for _ in range(arrays.actions)]
    for end, path in enumerate(paths):
        for action in path:
            ends[action].append(end)
    entries = []
    for action, own in enumerate(ends):
        h = int(arrays.set_of[action])
        gone = common[h] | {action}
        player = int(arrays.owner[h])
        entries.append(
            tuple(Entry(z, player, _share(arrays.chance[z] - top[h]), _without(paths[z], gone)) for z in own)
        )
    return TreePlan(tuple(int(moves) for moves in np.diff(arrays.first)), visits, tuple(entries))


def _lists(which: NDArray[Any], what: NDArray[Any], count: int) -> list[list[int]]:
    found: list[list[int]] = [[] for _ in range(count)]
    for place, value in zip(which.tolist(), what.tolist(), strict=True):
        found[place].append(value)
    return found


def _without(path: list[int], gone: frozenset[int] | set[int]) -> tuple[int, ...]:
    return tuple(action for action in path if action not in gone)


def _share(log: float) -> float:
    return float(np.exp(log))
