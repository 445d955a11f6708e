"""From a skeleton to arrays: the structure that solvers walk, and the meaning of each row of the table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assay.case.model import Case
from assay.case.payoffs import Regime
from assay.case.types import reference_of, types_of
from assay.game.game import CHANCE, CHOICE, CLOSE, ENDING, Game, Informed, Ints, Row, Structure
from assay.game.grid import Grid, grid_trouble
from assay.game.known import Language
from assay.game.recipe import recipe_of
from assay.game.rows import ONE, TRUTH, ZERO, GivesRows, RowBook
from assay.game.rules import alternatives_of, regime_of
from assay.game.skeleton import Option, Pay, Point, Skeleton
from assay.game.slots import slots_of
from assay.game.trouble import StructureError
from assay.game.unfold import unfold

KINDS = {"chance": CHANCE, "choice": CHOICE, "close": CLOSE, "ending": ENDING}


def compile_game(
    case: Case,
    regime: str | Regime | None = None,
    alternatives: Mapping[str, str] | None = None,
    belief_nodes: int | None = None,
    belief_span: float | None = None,
) -> Game:
    """The game of a case under a regime and the given structural alternatives (the first ones where not given).

    Payoffs that are zero for certain take no place in the arrays. `belief_nodes` and `belief_span` take the place of
    what the case's `solution` says. Raises `StructureError` where the case cannot be unfolded, or with its belief grid
    would be too large; ValueError for a number of nodes that is no odd number of at least 3, and a span of 0 or less.
    """
    chosen = alternatives_of(case, alternatives)
    in_force = regime_of(case, regime)
    informed = informed_actors(case, belief_nodes, belief_span)
    skeleton = unfold(case, in_force, chosen)
    trouble = grid_trouble(Grid.of(case, belief_nodes), skeleton.points)
    if trouble is not None:
        raise StructureError(case, (trouble,))
    language = Language(case, chosen)
    book = RowBook(
        language=language,
        perceived=_perceived(case, in_force),
        players=len(case.actors),
        periods=case.calendar.periods + case.calendar.buffer,
        step_years=case.calendar.step_years,
        informed=tuple(each.player for each in informed),
    )
    layout = Layout(skeleton, book)
    clock = case.clock
    structure = layout.structure(flow_after_discount=clock.index("discount") < clock.index("flows"))
    return Game(
        skeleton=skeleton,
        structure=structure,
        players=tuple(case.actors),
        slots=slots_of(len(case.actors), informed),
        periods=case.calendar.periods,
        buffer=case.calendar.buffer,
        rows=_meanings(book),
        row_stride=_strides(book),
        alternatives=chosen,
        pay_part=tuple(layout.pay_part()),
        option_label=tuple(layout.option_label),
        option_point=_ints(layout.option_point),
        regime=in_force,
        recipe=recipe_of(book, _weights(layout, informed)),
        informed=informed,
    )


def informed_actors(case: Case, nodes: int | None = None, span: float | None = None) -> tuple[Informed, ...]:
    """The actors of a case with private types, and the grid of beliefs about each."""
    count = case.solution.belief_nodes if nodes is None else nodes
    width = case.solution.belief_span if span is None else span
    if count < 3 or count % 2 == 0 or not width > 0:
        raise ValueError(f"{count} belief nodes over {width}; an odd number of at least 3, over more than 0")
    players = {name: place for place, name in enumerate(case.actors)}
    references = {name: reference_of(case, name) for name in types_of(case)}
    return tuple(
        Informed(players[name], types, players.get(references[name] or "", -1), count, width)
        for name, types in types_of(case).items()
    )


def _weights(layout: Layout, informed: Sequence[Informed]) -> dict[int, str]:
    """Rows that are base weights, those of every type, with their place in the case."""
    types = {each.player: len(each.types) for each in informed}
    found = dict(layout.weights)
    players = np.repeat(layout.mover_player, np.diff(layout.option_start)).tolist()
    for row, stride, player in zip(layout.option_weight, layout.option_stride, players, strict=True):
        if stride:
            found.update((row + own * stride, layout.weights[row]) for own in range(types[player]))
    return found


def _perceived(case: Case, regime: Regime) -> dict[int, frozenset[str]]:
    """By player, the assumptions that the player perceives otherwise than they are."""
    return {
        player: frozenset(case.perceives.get(name, {})) | frozenset(regime.perceive.get(name, {}))
        for player, name in enumerate(case.actors)
    }


def _meanings(book: RowBook) -> tuple[Row, ...]:
    rows: list[Row] = []
    for entry in book.entries:
        rows.extend([entry.meaning] * (book.periods if entry.meaning.timed else 1))
    return tuple(rows)


def _strides(book: RowBook) -> Ints:
    strides = np.zeros(book.size, dtype=np.int32)
    for entry in book.entries:
        if entry.meaning.timed:
            strides[entry.row : entry.row + book.periods] = 1
    return strides


class _Paid(NamedTuple):
    player: int
    true: int
    seen: int
    sign: int
    part: str
    strides: tuple[int, ...]


class Layout:
    """Lays the points of a skeleton out in arrays."""

    def __init__(self, skeleton: Skeleton, book: GivesRows) -> None:
        self.skeleton = skeleton
        self.book = book
        self.mover_start: list[int] = [0]
        self.mover_player: list[int] = []
        self.option_start: list[int] = [0]
        self.option_weight: list[int] = []
        self.option_label: list[tuple[str, str, str]] = []
        self.option_point: list[int] = []
        self.joint_start: list[int] = [0]
        self.joint_option: list[tuple[int, ...]] = []
        self.branch_start: list[int] = [0]
        self.branch_target: list[int] = []
        self.branch_row: list[list[int]] = []
        self.pays: dict[str, list[_Paid]] = {"joint": [], "branch": [], "point": [], "final": []}
        self.starts: dict[str, list[int]] = {block: [0] for block in self.pays}
        self._paid: dict[int, list[_Paid]] = {}
        self.weights: dict[int, str] = {}
        self._weights: dict[int, tuple[int, int]] = {}
        self.option_stride: list[int] = []
        for place, point in enumerate(skeleton.points):
            self._point(place, point)

    def structure(self, flow_after_discount: bool) -> Structure:
        """The arrays."""
        points = self.skeleton.points
        widest = max((len(options) for options in self.joint_option), default=1) or 1
        joint_option = [(*options, *[-1] * (widest - len(options))) for options in self.joint_option]
        pays = [pay for block in self.pays.values() for pay in block]
        starts = self._pay_starts()
        informed = len(self.book.informed)
        return Structure(
            kind=_ints([KINDS[point.kind] for point in points]),
            mover_start=_ints(self.mover_start),
            mover_player=_ints(self.mover_player),
            option_start=_ints(self.option_start),
            option_weight=_ints(self.option_weight),
            joint_start=_ints(self.joint_start),
            joint_option=_ints(joint_option).reshape(-1, widest),
            joint_pay_start=starts["joint"],
            branch_start=_ints(self.branch_start),
            branch_target=_ints(self.branch_target),
            branch_row=_ints(self.branch_row).reshape(-1, 1 + len(self.skeleton.players)),
            branch_pay_start=starts["branch"],
            point_pay_start=starts["point"],
            final_pay_start=starts["final"],
            pay_player=_ints([pay.player for pay in pays]),
            pay_true=_ints([pay.true for pay in pays]),
            pay_seen=_ints([pay.seen for pay in pays]),
            pay_sign=np.array([pay.sign for pay in pays], dtype=np.float64),
            next_point=_ints([point.next for point in points]),
            start=self.skeleton.start,
            flow_after_discount=flow_after_discount,
            pay_stride=_ints([pay.strides for pay in pays]).reshape(len(pays), informed) if informed else None,
            option_stride=_ints(self.option_stride) if informed else None,
        )

    def pay_part(self) -> list[tuple[int, str]]:
        """(player, part) of every pay, in the order of the arrays."""
        return [(pay.player, pay.part) for block in self.pays.values() for pay in block]

    def _pay_starts(self) -> dict[str, Ints]:
        """Starts of each block as indices into all pays: the blocks follow each other."""
        offset, starts = 0, {}
        for block, own in self.starts.items():
            starts[block] = _ints([offset + start for start in own])
            offset += len(self.pays[block])
        return starts

    def _point(self, place: int, point: Point) -> None:
        first_option = [self._mover(place, point, mover) for mover in range(len(point.movers))]
        self.mover_start.append(len(self.mover_player))
        for joint in point.joints:
            self.joint_option.append(
                tuple([first + own for first, own in zip(first_option, joint.options, strict=True)])
            )
            self._pay("joint", joint.pays)
            for branch, rows in zip(joint.branches, self.book.branch_rows(joint.branches), strict=True):
                self.branch_target.append(branch.target)
                self.branch_row.append(rows)
                self._pay("branch", branch.pays)
            self.branch_start.append(len(self.branch_target))
        self.joint_start.append(len(self.joint_option))
        self._pay("point", point.pays)
        self._pay("final", point.final)

    def _mover(self, place: int, point: Point, mover: int) -> int:
        """Lays out one mover's options; the index of the first."""
        first = len(self.option_weight)
        player = point.movers[mover]
        self.mover_player.append(player)
        for option in point.options[mover]:
            row, stride = self._weight(option, player)
            self.option_weight.append(row)
            self.option_stride.append(stride)
            self.option_label.append((self.skeleton.players[player], point.stage, option.move))
            self.option_point.append(place)
        self.option_start.append(len(self.option_weight))
        return first

    def _weight(self, option: Option, player: int) -> tuple[int, int]:
        """The row of a base weight, and what one own type of the mover more adds to it."""
        known = self._weights.get(id(option))
        if known is None:
            row = self.book.row(option.weight)
            known = self._weights[id(option)] = row, self._own_stride(option, player)
            if option.weight is not None and row != ONE:
                self.weights.setdefault(row, option.weight.place)
        return known

    def _own_stride(self, option: Option, player: int) -> int:
        own = 0
        for actor, stride in zip(self.book.informed, self.book.strides(option.weight), strict=True):
            if actor == player:
                own = stride
            elif stride:
                name, other = self.skeleton.players[player], self.skeleton.players[actor]
                raise ValueError(f"the base weight of {name}'s {option.move!r} differs by the type of {other}")
        return own

    def _pay(self, block: str, pays: Sequence[Pay]) -> None:
        if pays:
            known = self._paid.get(id(pays))
            if known is None:
                known = self._paid[id(pays)] = [paid for pay in pays if (paid := self._one(pay)) is not None]
            self.pays[block].extend(known)
        self.starts[block].append(len(self.pays[block]))

    def _one(self, pay: Pay) -> _Paid | None:
        true, seen = self.book.row(pay.amount, TRUTH), self.book.row(pay.amount, pay.player)
        nothing = true == ZERO and seen == ZERO
        return None if nothing else _Paid(pay.player, true, seen, pay.sign, pay.part, self.book.strides(pay.amount))


def _ints(values: object) -> Ints:
    return np.array(values, dtype=np.int32)
