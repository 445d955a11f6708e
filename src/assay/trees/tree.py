"""A game in extensive form: who moves where, what they know, what chance does, what everybody gets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from assay.trees.number import Exact


class Kind(Enum):
    """What happens at a node."""

    CHOICE = "p"
    CHANCE = "c"
    END = "t"


@dataclass(frozen=True, slots=True)
class InformationSet:
    """Nodes that a player cannot tell apart."""

    player: int
    """Index into `Tree.players`."""
    number: int
    """From 1 for each player, in the order in which a walk that goes down first comes to them (as Gambit counts)."""
    label: str
    moves: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChanceSet:
    """Moves of chance with their probabilities; several nodes may share one."""

    number: int
    label: str
    moves: tuple[str, ...]
    probabilities: tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the players get where the outcome stands; payoffs along a path add up."""

    number: int
    label: str
    payoffs: tuple[Exact, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """One point of the tree."""

    kind: Kind
    place: int
    """Index into `Tree.sets` or `Tree.chances`; -1 at an end."""
    outcome: int
    """Index into `Tree.outcomes`; -1 where nothing is paid."""
    children: tuple[int, ...]
    """Indices into `Tree.nodes`, one for each move."""
    label: str = ""


@dataclass(frozen=True)
class Tree:
    """A finite game with information sets.

    Nodes are in the order of a file: each before its children, the first move's child first.
    """

    players: tuple[str, ...]
    sets: tuple[InformationSet, ...]
    chances: tuple[ChanceSet, ...]
    outcomes: tuple[Outcome, ...]
    nodes: tuple[Node, ...]
    title: str = ""
    comment: str = ""
    file: str = field(default="", compare=False, repr=False)
    places: tuple[tuple[int, int], ...] = field(default=(), compare=False, repr=False)
    """Line and column of each node in the file, where it was read from one."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """A name for each information set: its label, else `Player:number`; unique."""
        shared = Counter(entry.label for entry in self.sets)
        taken = {label for label, times in shared.items() if label and times == 1}
        names = []
        for entry in self.sets:
            name = entry.label
            if not name or shared[name] > 1:
                name = unused(f"{self.players[entry.player]}:{entry.number}", taken)
                taken.add(name)
            names.append(name)
        return tuple(names)

    @cached_property
    def parents(self) -> tuple[tuple[int, int], ...]:
        """(parent, which of its moves leads here) for each node; (-1, -1) for the root."""
        above = [(-1, -1)] * len(self.nodes)
        for at, node in enumerate(self.nodes):
            for move, child in enumerate(node.children):
                above[child] = (at, move)
        return tuple(above)

    def path(self, node: int) -> Iterator[tuple[int, int]]:
        """(node, move) from the given node's parent up to the root."""
        at, move = self.parents[node]
        while at >= 0:
            yield at, move
            at, move = self.parents[at]


def unused(name: str, taken: Iterable[str]) -> str:
    """The name, with `_2`, `_3`, ... where it is taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name}_{number}" in taken:
        number += 1
    return f"{name}_{number}"


def distinct(labels: Sequence[str]) -> tuple[str, ...]:
    """Labels made different as Gambit does: those that are empty or repeated get `_1`, `_2`, ... appended."""
    times = Counter(labels)
    taken = set(labels)
    visited: Counter[str] = Counter()
    made = []
    for label in labels:
        if times[label] == 1 and label:
            made.append(label)
            continue
        candidate = label
        while candidate in taken:
            visited[label] += 1
            candidate = f"{label}_{visited[label]}"
        taken.add(candidate)
        made.append(candidate)
    return tuple(made)


def absent_minded(tree: Tree) -> tuple[int, ...]:
    """Nodes at which a path comes to an information set again: the player forgets having moved there.

    One node for each such set.
    """
    found: dict[int, int] = {}
    seen: list[frozenset[int]] = [frozenset()] * len(tree.nodes)
    for at, node in enumerate(tree.nodes):
        here = seen[at]
        if node.kind is Kind.CHOICE:
            if node.place in here:
                found.setdefault(node.place, at)
            here = here | {node.place}
        for child in node.children:
            seen[child] = here
    return tuple(sorted(found.values()))


def imperfect_recall(tree: Tree) -> tuple[int, ...]:
    """Information sets whose nodes differ in what their player did or knew before (Kuhn 1953)."""
    past: dict[int, set[tuple[tuple[int, int], ...]]] = {}
    empty: tuple[tuple[int, int], ...] = ()
    own = [dict.fromkeys(range(len(tree.players)), empty) for _ in tree.nodes[:1]] + [{} for _ in tree.nodes[1:]]
    for at, node in enumerate(tree.nodes):
        if node.kind is Kind.CHOICE:
            player = tree.sets[node.place].player
            past.setdefault(node.place, set()).add(own[at][player])
        for move, child in enumerate(node.children):
            own[child] = own[at]
            if node.kind is Kind.CHOICE:
                own[child] = {**own[at], player: (*own[at][player], (node.place, move))}
    return tuple(sorted(place for place, histories in past.items() if len(histories) > 1))
