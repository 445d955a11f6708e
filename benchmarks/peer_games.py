"""Games with drawn payoffs, each once for us and once for every peer that can read it.

A tree is made of `End`, `Move` and `Chance`; every number in it is one for all draws or an array of shape (D,). Payoffs
are rounded to thousandths, so that all solvers read the very same numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from assay.game.game import Filled, Floats
from assay.game.small import Made, by, chance, choice, close, ending, small_game, to

PRECISION = 1.0
Place: TypeAlias = tuple[str, str]
"""An information set by player and name."""
Key: TypeAlias = tuple[str, str, str]
"""A move by player, information set and name."""


@dataclass(frozen=True, eq=False)
class End:
    """Payoffs by player."""

    pays: tuple[Floats, ...]


@dataclass(frozen=True, eq=False)
class Move:
    """A player moves; nodes of one information set bear one name."""

    player: int
    place: str
    moves: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, eq=False)
class Chance:
    """Nature moves; probabilities in thousandths."""

    ways: tuple[tuple[str, Any, Node], ...]


Node: TypeAlias = End | Move | Chance


@dataclass(frozen=True, eq=False)
class Tree:
    """A game in extensive form over D draws."""

    players: tuple[str, ...]
    root: Node
    draws: int

    @property
    def nodes(self) -> int:
        """How many nodes it has, ends and chance counted."""
        return sum(1 for _ in walk(self.root))

    def places(self) -> dict[Place, list[str]]:
        """Information sets with their moves, by player and then as the tree first comes to them: Gambit's order."""
        found: dict[tuple[int, str], list[str]] = {}
        for node in walk(self.root):
            if isinstance(node, Move):
                found.setdefault((node.player, node.place), [move for move, _ in node.moves])
        return {(self.players[i], place): found[i, place] for i, place in sorted(found, key=lambda at: at[0])}

    def entries(self) -> list[Key]:
        """Every move, in Gambit's order."""
        return [(*place, move) for place, moves in self.places().items() for move in moves]

    def efg(self, draw: int) -> str:
        """One draw in Gambit's format."""
        numbers: dict[int, dict[str, int]] = {i: {} for i in range(len(self.players))}
        for player, place in self.places():
            own = numbers[self.players.index(player)]
            own[place] = len(own) + 1
        lines = [f'EFG 2 R "" {{ {" ".join(map(quoted, self.players))} }}']
        counts = {Chance: 0, End: 0}
        for node in walk(self.root):
            if type(node) in counts:
                counts[type(node)] += 1
            lines.append(_line(node, draw, counts.get(type(node), 0), numbers))
        return "\n".join(lines) + "\n"


def _line(node: Node, draw: int, count: int, numbers: dict[int, dict[str, int]]) -> str:
    if isinstance(node, End):
        return f't "" {count} "" {{ {", ".join(decimal(pay, draw) for pay in node.pays)} }}'
    if isinstance(node, Chance):
        ways = " ".join(f"{quoted(name)} {decimal(p, draw)}" for name, p, _ in node.ways)
        return f'c "" {count} "" {{ {ways} }} 0'
    moves = " ".join(quoted(move) for move, _ in node.moves)
    number = numbers[node.player][node.place]
    return f'p "" {node.player + 1} {number} {quoted(node.place)} {{ {moves} }} 0'


def walk(node: Node) -> Iterator[Node]:
    """All nodes, depth first."""
    yield node
    below = [
        way[-1] for way in (node.ways if isinstance(node, Chance) else node.moves if isinstance(node, Move) else ())
    ]
    for child in below:
        yield from walk(child)


def quoted(text: str) -> str:
    """A name as Gambit reads it; ours need no escapes."""
    return f'"{text}"'


def decimal(number: Any, draw: int) -> str:
    """A number of one draw, in as many digits as it has."""
    return format(float(np.asarray(number) if np.ndim(number) == 0 else number[draw]), ".12g")


class Drawn:
    """Gives out drawn numbers, in thousandths."""

    def __init__(self, draws: int, seed: int, players: int = 2) -> None:
        self.draws, self.players = draws, players
        self._rng = np.random.default_rng(seed)

    def end(self) -> End:
        """An end with drawn payoffs, standard normal."""
        return End(tuple(np.round(self._rng.normal(size=(self.players, self.draws)), 3)))

    def share(self) -> Floats:
        """A probability, the same in all draws, which then are one tree with other payoffs."""
        return np.full(self.draws, np.round(self._rng.uniform(0.1, 0.9), 3))


def deterrence(draws: int) -> Tree:
    """Challenge, resist, fight: three moves in a row that everybody sees."""
    drawn = Drawn(draws, 1)
    last = Move(0, "last", (("back down", drawn.end()), ("fight", drawn.end())))
    answer = Move(1, "answer", (("concede", drawn.end()), ("resist", last)))
    return Tree(("challenger", "defender"), Move(0, "first", (("hold", drawn.end()), ("challenge", answer))), draws)


def signalling(draws: int, periods: int = 1) -> Tree:
    """A sender of two types and a receiver, two moves each, `periods` times over; everybody sees what was done."""
    drawn = Drawn(draws, 2)
    first = drawn.share()

    def play(kind: str, period: int, past: str) -> Node:
        if period == periods:
            return drawn.end()
        sent = tuple((m, reply(kind, period, past + m)) for m in ("l", "r"))
        return Move(0, f"sender {kind}{past}", sent)

    def reply(kind: str, period: int, past: str) -> Node:
        return Move(1, f"receiver {past}", tuple((m, play(kind, period + 1, past + m)) for m in ("u", "d")))

    types = (("a", first, play("a", 0, "")), ("b", np.round(1 - first, 3), play("b", 0, "")))
    return Tree(("sender", "receiver"), Chance(types), draws)


def crisis(draws: int, periods: int) -> Tree:
    """A challenger of two types who may challenge, back down or fight; only a fight ends it before the last period."""
    drawn = Drawn(draws, 3)
    first = drawn.share()

    def play(kind: str, period: int, past: str) -> Node:
        if period == periods:
            return drawn.end()

        def later(move: str) -> Node:
            return play(kind, period + 1, past + move)

        last = Move(0, f"{kind} resisted{past}", (("back down", later("b")), ("fight", drawn.end())))
        answer = Move(1, f"defender{past}", (("concede", later("c")), ("resist", last)))
        return Move(0, f"{kind}{past}", (("hold", later("h")), ("challenge", answer)))

    types = (("resolved", first, play("resolved", 0, "")), ("bluffer", np.round(1 - first, 3), play("bluffer", 0, "")))
    return Tree(("challenger", "defender"), Chance(types), draws)


def haggle(draws: int) -> Tree:
    """Two actors of two types each; an offer, an answer and a last word, three moves each."""
    drawn = Drawn(draws, 4)
    one, other = drawn.share(), drawn.share()

    def play(types: str, past: str) -> Node:
        if len(past) == 3:
            return drawn.end()
        return Move(len(past) % 2, types[len(past) % 2] + past, tuple((m, play(types, past + m)) for m in "xyz"))

    shares = product(zip("ab", (one, 1 - one), strict=True), zip("cd", (other, 1 - other), strict=True))
    # products of thousandths are whole millionths and sum to one exactly, as Gambit wants it
    types = tuple((a + b, np.round(p * q, 6), play(a + b, "")) for (a, p), (b, q) in shares)
    return Tree(("first", "second"), Chance(types), draws)


def arrays(draws: int, sizes: Sequence[int], seed: int) -> Floats:
    """Payoffs of games in which all move at once, of shape (players, *sizes, D)."""
    return np.round(np.random.default_rng(seed).normal(size=(len(sizes), *sizes, draws)), 3)


def nfg(payoffs: Floats, draw: int) -> str:
    """One draw of an array in Gambit's format: cells with the first player's moves running fastest."""
    sizes = payoffs.shape[1:-1]
    names = " ".join(quoted(str(i)) for i in range(len(sizes)))
    cells = (cell[::-1] for cell in np.ndindex(*sizes[::-1]))
    numbers = " ".join(decimal(pays, draw) for cell in cells for pays in payoffs[(slice(None), *cell)])
    return f'NFG 1 R "" {{ {names} }} {{ {" ".join(map(str, sizes))} }}\n\n{numbers}\n'


def array_game(payoffs: Floats) -> Filled:
    """The same for us."""
    players = [str(i) for i in range(len(payoffs))]
    sizes = payoffs.shape[1:-1]
    movers = {name: [str(m) for m in range(size)] for name, size in zip(players, sizes, strict=True)}
    cells = {
        tuple(map(str, cell)): dict(zip(players, payoffs[(slice(None), *cell)], strict=True))
        for cell in np.ndindex(*sizes)
    }
    points = {"all": choice(movers, {cell: to(" ".join(cell)) for cell in cells})}
    points |= {" ".join(cell): ending(pays) for cell, pays in cells.items()}
    return small_game(players, points, precision=PRECISION)


def perfect_game(tree: Tree) -> Filled:
    """A tree for us in which every information set is one node."""
    points: dict[str, Made] = {}

    def name(node: Node) -> str:
        if isinstance(node, Move):
            label = node.place
            points[label] = Made("choice")  # keeps the order of a tree: what leads before what follows
            leads = {move: to(name(child)) for move, child in node.moves}
            points[label] = choice({tree.players[node.player]: list(leads)}, leads)
            return label
        label = f"point {len(points)}"
        points[label] = Made("chance")
        if isinstance(node, End):
            points[label] = ending(dict(zip(tree.players, node.pays, strict=True)))
        else:
            points[label] = chance(*(to(name(child), p) for _, p, child in node.ways))
        return label

    return small_game(tree.players, points, name(tree.root), precision=PRECISION)


def typed_game(tree: Tree, nodes: int) -> Filled:
    """Signalling of one period for us, beliefs on a grid."""
    assert isinstance(tree.root, Chance)
    first = tree.root.ways[0][1]
    points: dict[str, Made] = {"signal": choice({"sender": ["l", "r"]}, {m: to(m) for m in "lr"})}
    ends: dict[str, list[End]] = {}
    for _, _, sender in tree.root.ways:
        for m, receiver in sender.moves:
            for answer, end in receiver.moves:
                ends.setdefault(m + answer, []).append(end)
    for m in "lr":
        points[m] = choice({"receiver": ["u", "d"]}, {answer: to(m + answer) for answer in "ud"})
    for name, (a, b) in ends.items():
        points[name] = ending({player: by("sender", a=a.pays[i], b=b.pays[i]) for i, player in enumerate(tree.players)})
    types = {"sender": {"a": first, "b": 1 - first}}
    return small_game(tree.players, points, precision=PRECISION, types=types, nodes=nodes)


@dataclass(frozen=True, eq=False)
class Stages:
    """Finite-horizon stage games over D draws: everybody moves at once in a state, which leads to the next one."""

    periods: int
    discount: float
    payoffs: tuple[Floats, ...]  # by state: (players, *moves, D)
    transitions: tuple[Floats, ...]  # by state: (*moves, states, D), in 1/64

    @property
    def players(self) -> list[str]:
        """Their names."""
        return [f"player {i}" for i in range(len(self.payoffs[0]))]

    @property
    def draws(self) -> int:
        """D."""
        return self.payoffs[0].shape[-1]

    def filled(self) -> Filled:
        """The games for us."""
        points: dict[str, Made] = {}
        for state, (pay, leads) in enumerate(zip(self.payoffs, self.transitions, strict=True)):
            sizes = pay.shape[1:-1]
            ways = {}
            for cell in np.ndindex(*sizes):
                paid = dict(zip(self.players, pay[(slice(None), *cell)], strict=True))
                ways[tuple(map(str, cell))] = [to(f"close {n}", p, paid) for n, p in enumerate(leads[cell])]
            movers = {name: [str(m) for m in range(size)] for name, size in zip(self.players, sizes, strict=True)}
            points[f"state {state}"] = choice(movers, ways)
            points[f"close {state}"] = close(next=f"state {state}")
        numbers = {"precision": PRECISION, "discount": self.discount}
        return small_game(self.players, points, "state 0", periods=self.periods, **numbers)

    def numbers(self, draw: int) -> dict[str, Any]:
        """One draw as sgamesolver's worker reads it."""
        ends = [np.zeros((*leads.shape[:-2], 1)) for leads in self.transitions]
        return {
            "periods": self.periods,
            "moves": [list(pay.shape[1:-1]) for pay in self.payoffs],
            "discount": self.discount,
            "payoffs": [pay[..., draw].tolist() for pay in self.payoffs],
            "transitions": [
                np.concatenate([leads[..., draw], end], axis=-1).tolist()
                for leads, end in zip(self.transitions, ends, strict=True)
            ],
        }

    def tree(self) -> Tree:
        """The games as trees, which grow by the number of joint moves and states with every period.

        Only without discounting: a tree weighs all payoffs from its root, a stage from its own period, which is what
        precision then multiplies.
        """
        assert self.discount == 1

        def at(period: int, state: int, past: str, paid: tuple[Floats, ...]) -> Node:
            pay, leads = self.payoffs[state], self.transitions[state]

            def mover(cell: tuple[int, ...]) -> Node:
                if len(cell) < pay.ndim - 2:
                    moves = tuple((str(m), mover((*cell, m))) for m in range(pay.shape[1 + len(cell)]))
                    return Move(len(cell), f"{period}|state {state}|{past}", moves)
                total = tuple(np.round(a + b, 3) for a, b in zip(paid, pay[(slice(None), *cell)], strict=True))
                if period + 1 == self.periods:
                    return End(total)
                here = f"{past}{''.join(map(str, cell))}"
                below = (at(period + 1, n, f"{here}>{n}", total) for n in range(len(self.payoffs)))
                return Chance(
                    tuple((str(n), p, node) for n, (p, node) in enumerate(zip(leads[cell], below, strict=True)))
                )

            return mover(())

        nothing = tuple(np.zeros(self.draws) for _ in self.players)
        return Tree(tuple(self.players), at(0, 0, "", nothing), self.draws)


def stages(draws: int, states: int, sizes: Sequence[int], periods: int, discount: float, seed: int) -> Stages:
    """Drawn stage games of one size."""
    rng = np.random.default_rng(seed)
    payoffs = [arrays(draws, sizes, seed + 1 + state) for state in range(states)]
    shares = rng.dirichlet(np.full(states, 2.0), size=(states, *sizes, draws))
    # Gambit refuses ways of chance that nothing goes
    counted = np.maximum(np.floor(shares * (64 - states)), 0) + 1
    counted[..., 0] += 64 - counted.sum(axis=-1)
    leads = [np.moveaxis(counted[state] / 64, -1, -2) for state in range(states)]
    return Stages(periods, discount, tuple(payoffs), tuple(leads))


def stage_keys(game: Stages) -> list[tuple[int, str, str, str]]:
    """Period, state, player and move of every probability, in the order of sgamesolver's worker."""
    return [
        (period, f"state {state}", player, str(move))
        for period, state in product(range(game.periods), range(len(game.payoffs)))
        for player, size in zip(game.players, game.payoffs[state].shape[1:-1], strict=True)
        for move in range(size)
    ]
