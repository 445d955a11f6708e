"""Profiles that others claim: probabilities of moves, zeros included, and what follows from them node by node."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from assay.trees.tree import Kind, Tree

Floats = NDArray[np.float64]
Share = str | int | float | Fraction
Profile = tuple[tuple[float, ...], ...]
"""Probabilities of the moves of every information set, in the tree's order."""


def profile_of(tree: Tree, given: Mapping[str, Mapping[str, Share]]) -> Profile:
    """The profile that `{information set: {move: probability}}` describes; every set must be there.

    Raises ValueError for a set or move that the tree does not have, one that is missing, or shares that do not sum to
    one to 1e-6.
    """
    unknown = set(given) - set(tree.names)
    missing = [name for name in tree.names if name not in given]
    if unknown or missing:
        raise ValueError(f"no information set {sorted(unknown)}" if unknown else f"nothing is said of {missing}")
    return tuple(_shares(name, entry.moves, given[name]) for name, entry in zip(tree.names, tree.sets, strict=True))


def _shares(name: str, moves: Sequence[str], given: Mapping[str, Share]) -> tuple[float, ...]:
    if set(given) - set(moves):
        raise ValueError(f"{name} has no move {sorted(set(given) - set(moves))}")
    shares = tuple(float(Fraction(given.get(move, 0))) for move in moves)
    if abs(sum(shares) - 1) > 1e-6:
        raise ValueError(f"the probabilities at {name} sum to {sum(shares)}")
    return tuple(share / sum(shares) for share in shares)


def chances(tree: Tree) -> list[tuple[float, ...]]:
    """Probabilities of the moves of every set of chance."""
    return [tuple(float(share) for share in entry.probabilities) for entry in tree.chances]


def reach(tree: Tree, profile: Profile, root: int = 0, without: int = -1) -> Floats:
    """Probability of every node from a root on, leaving out one player's own choices. Nodes elsewhere get 0."""
    found = np.zeros(len(tree.nodes))
    found[root] = 1.0
    luck = chances(tree)
    for at, node in enumerate(tree.nodes):
        if not found[at]:
            continue
        for move, child in enumerate(node.children):
            share = 1.0
            if node.kind is Kind.CHANCE:
                share = luck[node.place][move]
            elif tree.sets[node.place].player != without:
                share = profile[node.place][move]
            found[child] = found[at] * share
    return found


def paid(tree: Tree) -> Floats:
    """What is paid at every node itself, (N, P)."""
    amounts = [[float(pay) for pay in outcome.payoffs] for outcome in tree.outcomes]
    amounts.append([0.0] * len(tree.players))
    return np.array([amounts[node.outcome] for node in tree.nodes]).reshape(len(tree.nodes), len(tree.players))


def worth(tree: Tree, profile: Profile) -> Floats:
    """Expected payoff of every player from every node on, (N, P)."""
    found = paid(tree)
    luck = chances(tree)
    for at in range(len(tree.nodes) - 1, -1, -1):
        node = tree.nodes[at]
        if node.children:
            shares = luck[node.place] if node.kind is Kind.CHANCE else profile[node.place]
            found[at] += np.asarray(shares) @ found[list(node.children)]
    return found


def nodes_of(tree: Tree) -> list[list[int]]:
    """The nodes of every information set."""
    found: list[list[int]] = [[] for _ in tree.sets]
    for at, node in enumerate(tree.nodes):
        if node.kind is Kind.CHOICE:
            found[node.place].append(at)
    return found


def inside(tree: Tree, root: int) -> list[bool]:
    """Which nodes follow a root, itself included."""
    found = [False] * len(tree.nodes)
    found[root] = True
    for at, node in enumerate(tree.nodes):
        for child in node.children:
            found[child] = found[child] or found[at]
    return found
