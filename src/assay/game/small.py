"""Small games made by hand, with their numbers and without a case: published games, and tests of solvers.

    filled = small_game(
        players=("entrant", "incumbent"),
        points={
            "entry": choice({"entrant": ["in", "out"]}, {"in": to("answer"), "out": to("calm")}),
            "answer": choice({"incumbent": ["fight", "share"]}, {"fight": to("war"), "share": to("peace")}),
            "calm": ending({"entrant": 0, "incumbent": 2}),
            "war": ending({"entrant": -1, "incumbent": -1}),
            "peace": ending({"entrant": 1, "incumbent": 1}),
        },
        precision=2.0,
    )

Every number may be one for all draws or an array of shape (D,). The game that results differs in nothing from a
compiled one, save that it has no recipe: it cannot be filled again.

Actors may have private types. `types` gives the analyst's shares, `believed` what observers believe at the start where
that differs (the first observer's prior centres the grid of beliefs), and `by` a number for each type, which may stand
among payoffs, and among base weights of the actor's own moves:

    small_game(
        players=("sender", "receiver"),
        points={
            "signal": choice({"sender": ["speak", "wait"]}, {"speak": to("heard"), "wait": to("silence")}),
            ...
            "war": ending({"sender": by("sender", weak=-10, strong=2), "receiver": -5}),
        },
        types={"sender": {"weak": 0.7, "strong": 0.3}},
        believed={"sender": {"receiver": {"strong": 0.5}}},
    )
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Literal, TypeAlias

import numpy as np

from assay.game.compile import Layout
from assay.game.game import Filled, Game, Row
from assay.game.rows import TRUTH
from assay.game.skeleton import Branch, JointMove, Option, Pay, Point, Skeleton, Use
from assay.game.slots import slots_of
from assay.game.small_rows import Book
from assay.game.small_types import (
    Amount,
    By,
    Shares,
    Typed,
    TypedAmount,
    by,
    in_lanes,
    informed_of,
    prior_columns,
    prior_in_lanes,
)

__all__ = ["Made", "To", "by", "chance", "choice", "close", "ending", "normal_form", "small_game", "to"]

Pays: TypeAlias = Mapping[str, TypedAmount | Mapping[str, TypedAmount]]
"""Payoffs by player, in one sum (part `payoff`) or by part."""


@dataclass(frozen=True, eq=False)
class To:
    """A way on: to a point, with a probability, and payoffs on the way."""

    target: str
    p: Amount = 1.0
    pays: Pays = field(default_factory=dict)
    seen: Mapping[str, Amount] = field(default_factory=dict)
    """The probability as some players see it, where that differs."""


def to(target: str, p: Amount = 1.0, pays: Pays | None = None, seen: Mapping[str, Amount] | None = None) -> To:
    """A way on to the point `target`; see `To`."""
    return To(target, p, pays or {}, seen or {})


Ways: TypeAlias = To | Sequence[To]


@dataclass(frozen=True, eq=False)
class Made:
    """A point made by hand; use `choice`, `chance`, `close` and `ending`."""

    kind: Literal["choice", "chance", "close", "ending"]
    movers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    leads: Mapping[tuple[str, ...], Ways] = field(default_factory=dict)
    weights: Mapping[tuple[str, str], TypedAmount] = field(default_factory=dict)
    pays: Pays = field(default_factory=dict)
    next: str = ""
    final: Pays = field(default_factory=dict)


def choice(
    movers: Mapping[str, Sequence[str]],
    leads: Mapping[str, Ways] | Mapping[tuple[str, ...], Ways],
    weights: Mapping[tuple[str, str], TypedAmount] | None = None,
) -> Made:
    """A stage: moves by mover, where joint moves lead (a single mover's by its name), base weights by (mover, move)."""
    joint = {(key,) if isinstance(key, str) else tuple(key): way for key, way in leads.items()}
    return Made("choice", movers, joint, weights or {})


def chance(*ways: To) -> Made:
    """A point where nature moves."""
    return Made("chance", leads={(): ways})


def close(pays: Pays | None = None, next: str = "", final: Pays | None = None) -> Made:
    """The end of a period: flows, the next period's first point (the start without it), what the very last one pays."""
    return Made("close", pays=pays or {}, next=next, final=final or {})


def ending(pays: Pays | None = None) -> Made:
    """An absorbing end."""
    return Made("ending", pays=pays or {})


def small_game(
    players: Sequence[str],
    points: Mapping[str, Made],
    start: str | None = None,
    *,
    periods: int = 1,
    buffer: int = 0,
    precision: Amount | Mapping[str, Amount] = 1.0,
    discount: Amount = 1.0,
    flow_after_discount: bool = False,
    types: Mapping[str, Shares] | None = None,
    believed: Mapping[str, Mapping[str, Shares]] | None = None,
    nodes: int = 7,
    span: float = 3.0,
) -> Filled:
    """A filled game from points by name; the first is the start unless `start` says otherwise.

    `types` are the analyst's shares by actor and type, `believed` the shares by actor, observer and type (one may be
    left out and gets the rest), `nodes` and `span` those of `Informed`.

    Raises ValueError for a circle, a joint move without a way, branches or shares that do not sum to one and a number
    that differs by a type where it may not; KeyError for a target that is no point.
    """
    shares, beliefs = types or {}, believed or {}
    typed = Typed(tuple(players), informed_of(players, shares, beliefs, nodes, span))
    priors = prior_columns(players, typed.informed, shares, beliefs)
    book = Book(typed)
    first = start if start is not None else next(iter(points))
    skeleton = _Maker(tuple(players), points, book).skeleton(first)
    layout = Layout(skeleton, book)
    given = precision if isinstance(precision, Mapping) else dict.fromkeys(players, precision)
    precise = [np.asarray(given[name], dtype=np.float64) for name in players]
    shrink = np.asarray(discount, dtype=np.float64)
    believing = [column for views in priors for view in views for column in view]
    draws = max([book.draws, *(each.size for each in (*precise, shrink, *believing))])
    game = Game(
        skeleton=skeleton,
        structure=layout.structure(flow_after_discount),
        players=tuple(players),
        slots=slots_of(len(players), typed.informed),
        periods=periods,
        buffer=buffer,
        rows=tuple(Row(use, TRUTH) for use in book.uses),
        row_stride=np.zeros(2 + len(book.uses), dtype=np.int32),
        alternatives={},
        pay_part=tuple(layout.pay_part()),
        option_label=tuple(layout.option_label),
        option_point=np.array(layout.option_point, dtype=np.int32),
        informed=typed.informed,
    )
    table = in_lanes([np.zeros(1), np.ones(1), *book.values], draws)
    discounts = in_lanes([shrink], draws)[:, 0].copy()
    return Filled(game, draws, table, in_lanes(precise, draws), discounts, prior_in_lanes(priors, draws))


def normal_form(payoffs: Amount | Sequence[object], precision: Amount | Mapping[str, Amount] = 1.0) -> Filled:
    """A game in which all players move once and at once. `payoffs` has shape (players, moves of 1, moves of 2, ...).

    Players are named `1`, `2`, ... and so are their moves.
    """
    table = np.asarray(payoffs, dtype=np.float64)
    players = [str(player + 1) for player in range(len(table))]
    sizes = zip(players, table.shape[1:], strict=True)
    movers = {name: [str(move + 1) for move in range(size)] for name, size in sizes}
    cells = list(np.ndindex(*table.shape[1:]))
    leads = {tuple(str(move + 1) for move in cell): to("end " + str(cell)) for cell in cells}
    ends = {
        "end " + str(cell): ending({name: float(table[(player, *cell)]) for player, name in enumerate(players)})
        for cell in cells
    }
    return small_game(players, {"game": choice(movers, leads), **ends}, precision=precision)


class _Maker:
    """Makes the skeleton of points made by hand."""

    def __init__(self, players: tuple[str, ...], points: Mapping[str, Made], book: Book) -> None:
        self.players = players
        self.points = points
        self.book = book
        self.order = _ordered(points)
        self.index = {name: place for place, name in enumerate(self.order)}

    def skeleton(self, start: str) -> Skeleton:
        """All points in topological order."""
        points = tuple(self._point(name, self.points[name], start) for name in self.order)
        return Skeleton(self.players, (), (), points, self.index[start])

    def _point(self, name: str, made: Made, start: str) -> Point:
        if made.kind in ("close", "ending"):
            after = self.index[made.next or start] if made.kind == "close" else -1
            pays, final = self._pays(made.pays, name), self._pays(made.final, name)
            return Point(made.kind, name if made.kind == "ending" else "", (), pays=pays, next=after, final=final)
        options = tuple(
            tuple(Option(move, self._weight(made, mover, move, name)) for move in moves)
            for mover, moves in made.movers.items()
        )
        joints = tuple(
            self._joint(name, made, tuple(move for _, move in chosen), tuple(index for index, _ in chosen))
            for chosen in product(*(list(enumerate(moves)) for moves in made.movers.values()))
        )
        movers = tuple(self.players.index(mover) for mover in made.movers)
        return Point(made.kind, name, (), movers, options, joints)

    def _weight(self, made: Made, mover: str, move: str, name: str) -> Use | None:
        weight = made.weights.get((mover, move))
        return None if weight is None else self.book.use(weight, f"{name}.{mover}.{move}.weight")

    def _joint(self, name: str, made: Made, moves: tuple[str, ...], options: tuple[int, ...]) -> JointMove:
        if moves not in made.leads:
            raise ValueError(f"{name}: the joint move {', '.join(moves)} leads nowhere")
        given = made.leads[moves]
        ways = [given] if isinstance(given, To) else list(given)
        if any(isinstance(p, By) for way in ways for p in (way.p, *way.seen.values())):
            raise ValueError(f"{name}: a probability differs by type; let a stage choose instead")
        for viewer in (None, *self.players):
            total = sum(np.asarray(way.seen.get(viewer or "", way.p), dtype=np.float64) for way in ways)
            if np.abs(np.asarray(total) - 1).max() > 1e-9:
                raise ValueError(f"{name}: the branches of {', '.join(moves) or 'chance'} do not sum to one")
        return JointMove(options, (), tuple(self._branch(name, way) for way in ways))

    def _branch(self, name: str, way: To) -> Branch:
        place = f"{name} to {way.target}"
        use = self.book.use(way.p, place)
        for viewer, seen in way.seen.items():
            self.book.see(use, self.players.index(viewer), self.book.use(seen, place))
        return Branch(self.index[way.target], use, self._pays(way.pays, place), way.target)

    def _pays(self, pays: Pays, place: str) -> tuple[Pay, ...]:
        found = []
        for player, amounts in pays.items():
            parts = amounts if isinstance(amounts, Mapping) else {"payoff": amounts}
            for part, amount in parts.items():
                found.append(Pay(self.players.index(player), part, self.book.use(amount, f"{place}.{player}.{part}")))
        return tuple(found)


def _ordered(points: Mapping[str, Made]) -> list[str]:
    """Names in topological order: a point before those that it leads to."""
    done: list[str] = []
    under_way: set[str] = set()

    def visit(name: str) -> None:
        if name in under_way:
            raise ValueError(f"the points lead in a circle through {name!r}")
        if name in done:
            return
        under_way.add(name)
        for ways in points[name].leads.values():
            for way in [ways] if isinstance(ways, To) else ways:
                visit(way.target)
        under_way.discard(name)
        done.append(name)

    for name in reversed(list(points)):
        visit(name)
    return done[::-1]
