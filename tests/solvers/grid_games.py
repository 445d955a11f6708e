"""Small games of one period with private types, drawn at random, and their exact answers from the whole tree.

In `signal` `a` has two types and moves first; `b` has none, has seen the move and answers. In `both` each has two
types, they move at once, and then at once again, having learnt of each other. Every history of play is an ending of its
own, with standard normal payoffs for everybody and every combination of types. Observers believe the true shares.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Literal

import numpy as np

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.game import Filled, Floats
from assay.game.small import By, Made, by, choice, ending, small_game, to
from assay.game.unroll import Unrolled, unroll
from assay.solvers.definition_cells import options_of
from assay.solvers.solve import solve
from assay.solvers.strategies import Result, Strategies
from assay.trees.build import Branch, Chance, Choice, End, grow
from assay.trees.form import Form
from assay.trees.tree import Tree

Family = Literal["signal", "both"]
TYPES = ("x", "y")


def game(
    family: Family, moves: int, replies: int, draws: int, precision: float, nodes: int, span: float, seed: int = 1
) -> Filled:
    """Draws of one family. The numbers depend on the seed, not on the grid: the same games on every one."""
    rng = np.random.default_rng([seed, moves, replies, len(family)])
    informed = ["a"] if family == "signal" else ["a", "b"]
    types = {actor: dict(zip(TYPES, _shares(rng, draws), strict=True)) for actor in informed}
    said, answers = [f"m{i}" for i in range(moves)], [f"r{i}" for i in range(replies)]
    points: dict[str, Made] = {}
    if family == "signal":
        points["first"] = choice({"a": said}, {m: to(f"after {m}") for m in said})
        for m in said:
            points[f"after {m}"] = choice({"b": answers}, {r: to(f"end {m} {r}") for r in answers})
            points |= {f"end {m} {r}": _end(rng, informed, draws) for r in answers}
    else:
        first, second = list(product(said, said)), list(product(answers, answers))
        points["first"] = choice({"a": said, "b": said}, {one: to(f"after {' '.join(one)}") for one in first})
        for one in first:
            name = " ".join(one)
            ways = {two: to(f"end {name} {' '.join(two)}") for two in second}
            points[f"after {name}"] = choice({"a": answers, "b": answers}, ways)
            points |= {f"end {name} {' '.join(two)}": _end(rng, informed, draws) for two in second}
    return small_game(["a", "b"], points, precision=precision, types=types, nodes=nodes, span=span)


def _shares(rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    second = rng.uniform(0.1, 0.9, draws)
    return 1 - second, second


def _end(rng: np.random.Generator, informed: list[str], draws: int) -> Made:
    return ending({player: _amount(rng, informed, draws) for player in "ab"})


def _amount(rng: np.random.Generator, informed: list[str], draws: int) -> Floats | By:
    if not informed:
        return rng.normal(size=draws)
    return by(informed[0], **{name: _amount(rng, informed[1:], draws) for name in TYPES})


@dataclass(frozen=True, eq=False)
class Play:
    """What a game comes to: shapes D draws, E endings, F options of the first stage by mover and own type."""

    ends: Floats  # (D, E) probability of every ending
    first: Floats  # (D, F) probability of every move at the start, for each own type
    solved: np.ndarray  # (D,) whether the residual was met


def from_warm(filled: Filled) -> Strategies:
    """As runs solve, but to a tighter residual."""
    return solve(filled, "warm_start", 1e-6, threads=1)


def on_the_grid(filled: Filled, solver: Callable[[Filled], Strategies] = from_warm) -> Play:
    """What the game on its grid of beliefs comes to."""
    found = solver(filled)
    points, s = filled.game.skeleton.points, filled.game.structure
    readers = {
        each.stage: Reader(point=np.array([at], dtype=np.int32))
        for at, each in enumerate(points)
        if each.kind == "ending"
    }
    (futures,) = forward(found, [Pass(readers)], threads=1)
    ends = np.stack([futures.readings[name].sum(axis=0) for name in sorted(readers)], axis=1)
    assert found.cells is not None
    shape = tuple(each.size for each in filled.game.informed)
    start = int(np.ravel_multi_index([size // 2 for size in shape], shape))
    cells = []
    for m, options in enumerate(options_of(filled.game, s.start)):
        player = int(s.mover_player[s.mover_start[s.start] + m])
        for own in range(sum(who == player for who, _ in filled.game.slots)):
            at = [found.cells.first[o] + own * found.cells.by_type[o] + start * found.cells.by_node[o] for o in options]
            cells += at
    first = found.probability[:, cells].transpose(0, 2, 1).reshape(-1, len(cells))[: filled.draws]
    return Play(ends, first, np.asarray(found.result <= Result.HOMOTOPY))


def tree_of(filled: Filled, draw: int) -> tuple[Unrolled, Tree]:
    """The whole tree of one draw, payoffs times each player's precision: it is to be solved at precision 1."""
    unrolled = unroll(filled, draw)
    return unrolled, grow(unrolled.players, _branch(unrolled, 0))


def _branch(unrolled: Unrolled, at: int) -> Branch:
    node = unrolled.nodes[at]
    if node.kind == "end":
        pays = zip(node.payoffs, unrolled.precision, strict=True)
        return End(tuple(float(pay * precise) for pay, precise in pays), f"{at}")
    below = [_branch(unrolled, child) for child in node.children]
    if node.kind == "chance":
        return Chance(tuple(zip(node.moves, _exactly(node.probabilities), below, strict=True)))
    label = unrolled.sets[node.place].label
    return Choice(unrolled.sets[node.place].player, label, tuple(zip(node.moves, below, strict=True)))


def _exactly(shares: tuple[float, ...]) -> list[Fraction]:
    found = [Fraction(share) for share in shares[:-1]]
    return [*found, 1 - sum(found)]


def in_the_tree(unrolled: Unrolled, arrays: Form, probability: Floats) -> tuple[Floats, Floats]:
    """(E,) probability of every ending, and (F,) play at the start, of an equilibrium of the tree."""
    mass = np.exp(arrays.chance)
    np.multiply.at(mass, arrays.entry_end, probability[arrays.entry_action])
    names = [node.label for node in unrolled.nodes if node.kind == "end"]
    kinds = sorted(set(names))
    ends = np.array([mass[[n for n, name in enumerate(names) if name == kind]].sum() for kind in kinds])
    start = unrolled.sets[0].point
    labels = {each.label: n for n, each in enumerate(arrays.tree.sets)}
    first = sorted(
        (each for each in unrolled.sets if each.point == start), key=lambda each: (each.player, each.own_type)
    )
    sets = [labels[each.label] for each in first]
    return ends, np.concatenate([probability[arrays.first[n] : arrays.first[n + 1]] for n in sets])
