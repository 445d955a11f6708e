"""A tree as arrays: what the solver of logit equilibria reads.

Every end is a product of choice probabilities and of chance along its path. Whatever the solver needs (what an action
is worth given that its information set is reached, and how that moves with every probability) is a sum over ends, or
over the nodes of an information set, of such products.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from assay.errors import InputError, Problem
from assay.trees.tree import Kind, Tree, absent_minded

Floats = NDArray[np.float64]
Ints = NDArray[np.intp]
NEVER = -1e6
"""Log-probability of a chance move of probability zero: what follows it is seen as after the smallest tremble."""
LARGEST_WORK = 10_000_000
"""Pairs of actions on common paths; the Jacobian is summed over them."""
LARGEST_ACTIONS = 2_000
"""The Jacobian has a row and a column for each."""


@dataclass(frozen=True, eq=False)
class Form:
    """Shapes: H information sets, A actions (those of a set side by side), Z ends, P players.

    `entry_*` runs over all (end, action on its path); `pair_*` over all (entry, other action on the path); `visit_*`
    over the nodes of information sets; `step_*` over all (node of an information set, action on its path).
    """

    tree: Tree
    first: Ints  # (H + 1,) the first action of each set
    set_of: Ints  # (A,)
    owner: Ints  # (H,) player
    payoff: Floats  # (Z, P)
    end: Ints  # (Z,) node of the tree
    chance: Floats  # (Z,) log-probability of chance along the path
    entry_end: Ints
    entry_action: Ints
    pair_entry: Ints
    pair_action: Ints
    visit_set: Ints
    visit_chance: Floats  # log-probability of chance on the way to the node
    visit_node: Ints  # node of the tree
    step_visit: Ints
    step_action: Ints
    middle: Floats  # (P,) midrange of payoffs, which plays no part in choices
    scale: float
    """The largest range of any player's payoffs; 1 where all are equal."""

    @property
    def actions(self) -> int:
        """The number of actions, A."""
        return len(self.set_of)

    @property
    def uniform(self) -> Floats:
        """Log-probabilities of uniform play, (A,)."""
        sizes = np.diff(self.first)
        return -np.log(sizes[self.set_of].astype(np.float64))


def form(tree: Tree) -> Form:
    """The arrays of a tree.

    Raises InputError for a player who forgets having moved (absent-mindedness), and for trees too large to solve so.
    """
    _refuse_absent_minded(tree)
    first = np.concatenate([[0], np.cumsum([len(entry.moves) for entry in tree.sets])]).astype(np.intp)
    paths, chances, pays = _walk(tree, first)
    ends = [at for at, node in enumerate(tree.nodes) if node.kind is Kind.END]
    visits = [at for at, node in enumerate(tree.nodes) if node.kind is Kind.CHOICE]
    _refuse_large(tree, int(first[-1]), sum(len(paths[at]) ** 2 for at in ends))
    payoff = np.array([pays[at] for at in ends], dtype=np.float64).reshape(len(ends), len(tree.players))
    entry_end, entry_action = _flat([paths[at] for at in ends])
    pairs = [(entry, paths[ends[z]]) for entry, z in enumerate(entry_end)]
    pair_entry, pair_action = _flat([path for _, path in pairs])
    other = pair_action != entry_action[pair_entry]
    step_visit, step_action = _flat([paths[at] for at in visits])
    low, high = payoff.min(axis=0, initial=np.inf), payoff.max(axis=0, initial=-np.inf)
    return Form(
        tree=tree,
        first=first,
        set_of=np.repeat(np.arange(len(tree.sets)), np.diff(first)),
        owner=np.array([entry.player for entry in tree.sets], dtype=np.intp),
        payoff=payoff,
        end=np.array(ends, dtype=np.intp),
        chance=np.array([chances[at] for at in ends]),
        entry_end=entry_end,
        entry_action=entry_action,
        pair_entry=pair_entry[other],
        pair_action=pair_action[other],
        visit_set=np.array([tree.nodes[at].place for at in visits], dtype=np.intp),
        visit_chance=np.array([chances[at] for at in visits]),
        visit_node=np.array(visits, dtype=np.intp),
        step_visit=step_visit,
        step_action=step_action,
        middle=(low + high) / 2,
        scale=float(max((high - low).max(initial=0.0), 0.0)) or 1.0,
    )


def _walk(tree: Tree, first: Ints) -> tuple[list[tuple[int, ...]], list[float], list[list[float]]]:
    """For each node: the actions on its path, the log-probability of chance, and payoffs up to and at it."""
    paths: list[tuple[int, ...]] = [()] * len(tree.nodes)
    chances = [0.0] * len(tree.nodes)
    pays = [[0.0] * len(tree.players)] * len(tree.nodes)
    amounts = [[float(pay) for pay in outcome.payoffs] for outcome in tree.outcomes]
    shares = [[float(share) for share in entry.probabilities] for entry in tree.chances]
    for at, node in enumerate(tree.nodes):
        if node.outcome >= 0:
            pays[at] = [a + b for a, b in zip(pays[at], amounts[node.outcome], strict=True)]
        for move, child in enumerate(node.children):
            paths[child], chances[child], pays[child] = paths[at], chances[at], pays[at]
            if node.kind is Kind.CHOICE:
                paths[child] = (*paths[at], int(first[node.place]) + move)
            else:
                share = shares[node.place][move]
                chances[child] += float(np.log(share)) if share > 0 else NEVER
    return paths, chances, pays


def _flat(lists: list[tuple[int, ...]]) -> tuple[Ints, Ints]:
    """(which list, element) over all elements of all lists."""
    which = np.repeat(np.arange(len(lists)), [len(own) for own in lists])
    return which.astype(np.intp), np.fromiter(chain.from_iterable(lists), dtype=np.intp, count=len(which))


def _refuse_absent_minded(tree: Tree) -> None:
    problems = []
    for node in absent_minded(tree):
        found = f"a path that comes to the information set {tree.names[tree.nodes[node].place]} a second time"
        expected = (
            "a player who forgets having moved (absent-mindedness) is not solved, because what a choice there is worth "
            "has no agreed meaning: give the second visit an information set of its own"
        )
        line, column = tree.places[node] if tree.places else (None, None)
        problems.append(Problem(tree.file or tree.title or "the game", line, column, "", found, expected))
    if problems:
        raise InputError(problems)


def _refuse_large(tree: Tree, actions: int, work: int) -> None:
    if work > LARGEST_WORK or actions > LARGEST_ACTIONS:
        found = f"a tree with {len(tree.nodes):,} nodes and {actions:,} moves at its information sets"
        expected = f"at most {LARGEST_ACTIONS:,} moves, and paths that are not too long: solve a smaller game"
        raise InputError([Problem(tree.file or tree.title or "the game", None, None, "", found, expected)])
