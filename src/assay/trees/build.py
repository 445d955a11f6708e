"""Trees from nested Python values, and from tables of payoffs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from assay.errors import InputError, Problem
from assay.trees.number import Exact
from assay.trees.tree import ChanceSet, InformationSet, Kind, Node, Outcome, Tree, distinct

Number = str | int | float | Fraction
LARGEST_TABLE = 2_000_000
"""Nodes; more would not fit what `trees` is for."""


@dataclass(frozen=True, slots=True)
class End:
    """An end with a payoff for each player."""

    payoffs: tuple[Number, ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A player's choice. Nodes with the same `at` are one information set."""

    player: int
    at: str
    moves: tuple[tuple[str, Branch], ...]


@dataclass(frozen=True, slots=True)
class Chance:
    """A move of chance: (label, probability, what follows)."""

    moves: tuple[tuple[str, Number, Branch], ...]


Branch = End | Choice | Chance


def grow(players: Sequence[str], root: Branch, title: str = "", comment: str = "") -> Tree:
    """The tree that nested branches describe.

    Raises InputError with every information set that differs between its nodes in moves or player, with probabilities
    that do not sum to one, and with payoffs that are too many or too few.
    """
    work = _Growing(tuple(players), title)
    work.add_all(root)
    if work.problems:
        raise InputError(work.problems)
    return Tree(
        tuple(players),
        tuple(work.sets.values()),
        tuple(work.chances),
        tuple(work.outcomes),
        tuple(
            Node(kind, place, outcome, tuple(children))
            for (kind, place, outcome), children in zip(work.nodes, work.children, strict=True)
        ),
        title,
        comment,
    )


class _Growing:
    def __init__(self, players: tuple[str, ...], title: str) -> None:
        self.players = players
        self.title = title
        self.sets: dict[str, InformationSet] = {}
        self.order: dict[str, int] = {}
        self.chances: list[ChanceSet] = []
        self.outcomes: list[Outcome] = []
        self.nodes: list[tuple[Kind, int, int]] = []
        self.children: list[list[int]] = []
        self.problems: list[Problem] = []

    def add_all(self, root: Branch) -> None:
        waiting: list[tuple[Branch, int, str]] = [(root, -1, "root")]
        while waiting:
            branch, above, path = waiting.pop()
            if above >= 0:
                self.children[above].append(len(self.nodes))
            at = len(self.nodes)
            self.nodes.append(self.add(branch, path))
            self.children.append([])
            if not isinstance(branch, End) and not branch.moves:
                self.wrong(path, "a point without moves", "at least one move, or an end with payoffs")
            if not isinstance(branch, End):
                below = [(move[-1], at, f"{path}.{move[0]}") for move in branch.moves]
                waiting.extend(reversed(below))

    def add(self, branch: Branch, path: str) -> tuple[Kind, int, int]:
        if isinstance(branch, End):
            return Kind.END, -1, self.end(branch, path)
        if isinstance(branch, Chance):
            return Kind.CHANCE, self.chance(branch, path), -1
        return Kind.CHOICE, self.choice(branch, path), -1

    def wrong(self, path: str, found: str, expected: str) -> None:
        self.problems.append(Problem(self.title or "tree", None, None, path, found, expected))

    def end(self, branch: End, path: str) -> int:
        if len(branch.payoffs) != len(self.players):
            self.wrong(path, f"{len(branch.payoffs)} payoffs", f"one for each of the {len(self.players)} players")
        pays = tuple(Exact.of(pay) for pay in branch.payoffs)
        self.outcomes.append(Outcome(len(self.outcomes) + 1, branch.label or f"_{len(self.outcomes) + 1}", pays))
        return len(self.outcomes) - 1

    def chance(self, branch: Chance, path: str) -> int:
        shares = tuple(Exact.of(share) for _, share, _ in branch.moves)
        total = sum(share.value for share in shares)
        if total != 1:
            self.wrong(path, f"probabilities that sum to {float(total):.9g}", "they must sum to one exactly")
        labels = distinct([label for label, _, _ in branch.moves])
        self.chances.append(ChanceSet(len(self.chances) + 1, "", labels, shares))
        return len(self.chances) - 1

    def choice(self, branch: Choice, path: str) -> int:
        moves = distinct([label for label, _ in branch.moves])
        known = self.sets.get(branch.at)
        if known is None:
            number = 1 + sum(entry.player == branch.player for entry in self.sets.values())
            self.sets[branch.at] = InformationSet(branch.player, number, branch.at, moves)
            self.order[branch.at] = len(self.order)
        elif known.player != branch.player:
            owner = self.players[known.player]
            self.wrong(path, f"information set {branch.at!r} belongs to {owner!r} elsewhere", "one player for each set")
        elif known.moves != moves:
            self.wrong(
                path,
                f"information set {branch.at!r} has moves {', '.join(moves)} here",
                f"the moves it has elsewhere: {', '.join(known.moves)}",
            )
        return self.order[branch.at]


def shares(probabilities: Sequence[float]) -> tuple[Fraction, ...]:
    """Computed probabilities as fractions that sum to one exactly: each as its shortest text, the largest adjusted.

    Raises ValueError where they miss one by more than 1e-9, or one is negative.
    """
    exact = [Exact.of(float(share)).value for share in probabilities]
    rest = 1 - sum(exact, Fraction(0))
    if abs(float(rest)) > 1e-9 or any(share.numerator < 0 for share in exact):
        raise ValueError(f"probabilities {list(probabilities)} are no shares of one")
    exact[exact.index(max(exact))] += rest
    return tuple(exact)


def table(
    players: Sequence[str],
    moves: Sequence[Sequence[str]],
    outcomes: Sequence[Outcome],
    results: Sequence[int],
    title: str = "",
    comment: str = "",
) -> Tree:
    """The game in which everybody moves once, knowing of no other's move.

    `results` has an index into `outcomes` (or -1) for each combination of moves, the last player's changing fastest.
    An information set is labelled with its player's name.
    """
    sets = tuple(InformationSet(i, 1, players[i], tuple(own)) for i, own in enumerate(moves))
    sizes = [len(own) for own in moves]
    nodes: list[Node] = []
    below = list(_subtree_sizes(sizes))
    end = 0
    for path in _walk(sizes):
        depth, at = len(path), len(nodes)
        if depth == len(sizes):
            nodes.append(Node(Kind.END, -1, results[end], ()))
            end += 1
        else:
            children = tuple(at + 1 + move * below[depth + 1] for move in range(sizes[depth]))
            nodes.append(Node(Kind.CHOICE, depth, -1, children))
    return Tree(tuple(players), sets, (), tuple(outcomes), tuple(nodes), title, comment)


def array_game(
    players: Sequence[str], moves: Sequence[Sequence[str]], payoffs: Sequence[Sequence[Number]], title: str = ""
) -> Tree:
    """`table` from payoffs[combination][player], combinations with the last player's move changing fastest."""
    outcomes = [
        Outcome(number + 1, " ".join(cell), tuple(Exact.of(pay) for pay in payoffs[number]))
        for number, cell in enumerate(product(*moves))
    ]
    return table(players, moves, outcomes, range(len(outcomes)), title)


def table_nodes(sizes: Sequence[int]) -> int:
    """Nodes of the tree of a table."""
    return _subtree_sizes(sizes)[0]


def _subtree_sizes(sizes: Sequence[int]) -> list[int]:
    below = [1]
    for size in reversed(sizes):
        below.append(1 + size * below[-1])
    return below[::-1]


def _walk(sizes: Sequence[int]) -> list[tuple[int, ...]]:
    """Every path of moves, each before its continuations."""
    paths: list[tuple[int, ...]] = []
    waiting: list[tuple[int, ...]] = [()]
    while waiting:
        path = waiting.pop()
        paths.append(path)
        if len(path) < len(sizes):
            waiting.extend((*path, move) for move in reversed(range(sizes[len(path)])))
    return paths
