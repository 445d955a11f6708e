"""A structure with private types as the tables that kernels read: what depends on beliefs, what on the period, and
where everything is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assay.game.game import CHOICE, CLOSE, ENDING, LANES, Floats, Game, Ints
from assay.game.revealing import revealing
from assay.solvers.kernel_plan import CERTAIN
from assay.solvers.kernel_types_path import VECTORS
from assay.solvers.kernel_types_plan import (
    CELL,
    CHOICES,
    FREE,
    INFORMED,
    LINES,
    OPTIONS,
    TYPES,
    UNKNOWN,
    WAYS,
    WIDE,
    TypesDesk,
    TypesPlan,
)
from assay.solvers.plan import ROW_FIELDS, for_kernel, joined_columns
from assay.solvers.strategies import Cells

Marks = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Layout:
    """A plan, where its solution is kept, and the sizes of a thread's working space."""

    plan: TypesPlan
    cells: Cells
    value_rows: int
    most_unknowns: int
    most_ways: int
    most_play: int
    most_joints: int
    most_movers: int
    most_combinations: int
    grid_rows: int
    belief_rows: int
    kept_cells: int

    @property
    def bytes_per_draw(self) -> int:
        """Memory of one draw's strategies."""
        return 8 * self.cells.count


@lru_cache(maxsize=64)
def layout_of(game: Game) -> Layout:
    """The layout of a game with private types, made once for each game."""
    return _Layout(game).layout()


class _Layout:
    """Works the layout of a game out."""

    def __init__(self, game: Game) -> None:
        s = game.structure
        assert s.pay_stride is not None
        assert s.option_stride is not None
        self.game, self.s, self.many = game, s, len(game.informed)
        self.pay_stride: Ints = s.pay_stride
        self.option_stride: Ints = s.option_stride
        self.informed_of = np.full(len(game.players), -1, dtype=np.int32)
        for i, each in enumerate(game.informed):
            self.informed_of[each.player] = i
        self.kinds = [len(each.types) for each in game.informed]
        self.types_of = np.array([self.kinds[i] if i >= 0 else 1 for i in self.informed_of])
        self.pooled = _pooled(game, self.informed_of)
        self.coupled = _coupled(self.pay_stride, s.pay_player, self.informed_of)
        self.needs, self.play = self._dependence()
        self.static = self._static()

    def layout(self) -> Layout:
        """Everything."""
        game, s = self.game, self.s
        rows, place, fixed = self._rows()
        movers, lines, ways, play, unknowns = self._movers()
        spreads = np.array([1 if needs.any() else 0 for needs in self.needs], dtype=np.int32)
        nodes = game.belief_nodes
        width = np.where(spreads == 1, nodes, 1)
        value = np.concatenate([[0], np.cumsum(width)])
        free = np.array([0 if mask else 1 for mask in self.play], dtype=np.int32)
        cell, moving, kept = self._cells_of_points(lines, np.where(free == 1, 1, nodes))
        ahead, ahead_rows = self._ahead(width)
        points = joined_columns(
            s.kind,
            s.mover_start,
            s.joint_start,
            s.point_pay_start,
            s.final_pay_start,
            s.next_point,
            value[:-1],
            spreads,
            ahead,
            cell,
            lines,
            free,
            self.static.astype(np.int32),
            self._fast(movers),
        )
        informed, node, digits, offsets, grid_rows, belief_rows = self._informed()
        sure = np.all(s.branch_row == CERTAIN, axis=1)
        most_joints = int(np.diff(s.joint_start).max(initial=1))
        plan = TypesPlan(
            points=points,
            movers=movers,
            weights=_table(place[s.option_weight], _distances(place, s.option_weight, self.option_stride)),
            joints=joined_columns(s.branch_start, s.joint_pay_start, *s.joint_option.T),
            branches=joined_columns(s.branch_target, s.branch_pay_start, sure, *place[s.branch_row].T),
            pays=_table(
                s.pay_player,
                place[s.pay_true],
                place[s.pay_seen],
                np.any(self.coupled, axis=1).astype(np.int32),
                *(_distances(place, s.pay_seen, stride) for stride in self.pay_stride.T),
                *(_distances(place, s.pay_true, stride) for stride in self.pay_stride.T),
            ),
            signs=for_kernel(s.pay_sign),
            informed=informed,
            informed_of=self.informed_of,
            slots=np.array(game.slots, dtype=np.int32),
            first_slot=np.concatenate([[0], np.cumsum(self.types_of)]).astype(np.int32),
            node=node,
            digits=digits,
            offsets=offsets,
            rows=rows,
            fixed_rows=fixed,
            start=int(s.start),
            flow_after_discount=bool(s.flow_after_discount),
            players=len(game.players),
            periods=int(game.periods),
            horizon=int(game.periods + game.buffer),
            moving=moving,
            most_types=max(self.kinds),
            scratch=int(value[-1]),
            const=int(value[-1]) + most_joints * nodes,
            ahead=ahead_rows,
        )
        return Layout(
            plan=plan,
            cells=self._cells(points, movers, moving, kept),
            value_rows=int(value[-1]) + most_joints * (nodes + 1),
            most_unknowns=unknowns,
            most_ways=ways,
            most_play=play,
            most_joints=most_joints,
            most_movers=int(np.diff(s.mover_start).max(initial=1)),
            most_combinations=self._most_combinations(movers),
            grid_rows=grid_rows,
            belief_rows=belief_rows,
            kept_cells=kept,
        )

    def _dependence(self) -> tuple[NDArray[np.int64], list[int]]:
        """By point and player the informed actors that values depend on beliefs about, as bits; by point those that
        play does.
        """
        s, every = self.s, 2**self.many - 1
        needs = np.zeros((s.kind.size, len(self.game.players)), dtype=np.int64)
        play = [0] * s.kind.size
        for point in reversed(range(s.kind.size)):
            if s.kind[point] == CLOSE:
                needs[point] = every
                continue
            self._add_pays(needs[point], s.point_pay_start, point)
            if s.kind[point] == ENDING:
                continue
            for j in range(s.joint_start[point], s.joint_start[point + 1]):
                self._add_pays(needs[point], s.joint_pay_start, j)
                for b in range(s.branch_start[j], s.branch_start[j + 1]):
                    self._add_pays(needs[point], s.branch_pay_start, b)
                    needs[point] |= needs[s.branch_target[b]]
            if s.kind[point] == CHOICE:
                play[point] = self._choice(needs[point], point)
        return needs, play

    def _add_pays(self, needs: NDArray[np.int64], starts: Ints, i: int) -> None:
        for n in range(starts[i], starts[i + 1]):
            needs[self.s.pay_player[n]] |= sum(1 << int(k) for k in np.flatnonzero(self.coupled[n]))

    def _choice(self, needs: NDArray[np.int64], point: int) -> int:
        """Adds what play depends on to everybody's needs; what it depends on itself."""
        movers = self.s.mover_player[self.s.mover_start[point] : self.s.mover_start[point + 1]]
        informed = {int(p): 1 << int(self.informed_of[p]) for p in movers if self.informed_of[p] >= 0}
        informed = {} if point in self.pooled else informed
        depends = 0
        for p in movers:
            depends |= int(needs[p])
        if len(movers) > 1:
            depends |= sum(informed.values())
        for player in range(needs.size):
            needs[player] |= depends
            for mover, bit in informed.items():
                if mover != player:
                    needs[player] |= bit
        return depends

    def _static(self) -> Marks:
        """Points whose play and values are the same in every period."""
        s, timed = self.s, np.asarray(self.game.row_stride) != 0
        pay_timed = timed[s.pay_true] | timed[s.pay_seen]
        static = np.zeros(s.kind.size, dtype=np.bool_)
        for point in reversed(range(s.kind.size)):
            if s.kind[point] == CLOSE:
                continue
            moves = slice(s.mover_start[point], s.mover_start[point + 1] + 1)
            options = s.option_start[moves]
            joints = range(s.joint_start[point], s.joint_start[point + 1])
            branches = slice(s.branch_start[joints.start], s.branch_start[joints.stop]) if len(joints) else slice(0, 0)
            static[point] = not (
                _any(pay_timed, s.point_pay_start, point, point + 1)
                or (len(options) > 1 and timed[s.option_weight[options[0] : options[-1]]].any())
                or _any(pay_timed, s.joint_pay_start, joints.start, joints.stop)
                or _any(pay_timed, s.branch_pay_start, branches.start, branches.stop)
                or timed[s.branch_row[branches]].any()
                or not static[s.branch_target[branches]].all()
            )
        return static

    def _rows(self) -> tuple[Ints, Ints, int]:
        """The table rows that are read (every combination of types), fixed ones first; where each is found; how many
        are fixed. Rows keep their distances, so that one type more is as far on.
        """
        s, size = self.s, self.game.row_stride.size
        used = np.zeros(size, dtype=np.bool_)
        for name in ROW_FIELDS:
            used[np.asarray(getattr(s, name)).ravel()] = True
        for column in (s.pay_true, s.pay_seen):
            for row in _with_types(column, self.pay_stride, self.kinds):
                used[row] = True
        mover = np.repeat(np.arange(s.mover_player.size), np.diff(s.option_start))
        own = self.types_of[s.mover_player[mover]] if mover.size else mover
        for option in np.flatnonzero(self.option_stride):
            steps = np.arange(own[option]) * self.option_stride[option]
            used[s.option_weight[option] + steps] = True
        timed = np.asarray(self.game.row_stride) != 0
        order = np.concatenate([np.flatnonzero(used & ~timed), np.flatnonzero(used & timed)]).astype(np.int32)
        place = np.zeros(size, dtype=np.int32)
        place[order] = np.arange(order.size, dtype=np.int32)
        return order, place, int(np.sum(used & ~timed))

    def _movers(self) -> tuple[Ints, Ints, int, int, int]:
        """The movers' table; cells of a node by point; the most ways, rows of play and unknowns of a stage."""
        s = self.s
        rows, lines = [], np.zeros(s.kind.size, dtype=np.int32)
        first_slot = np.concatenate([[0], np.cumsum(self.types_of)])
        most_ways, most_play = 1, 1
        for point in range(s.kind.size):
            unknown = split = play = 0
            for m in range(s.mover_start[point], s.mover_start[point + 1]):
                player, choices = int(s.mover_player[m]), int(s.option_start[m + 1] - s.option_start[m])
                types = 1 if point in self.pooled else int(self.types_of[player])
                ways = 2 ** (types - 1)
                options = int(s.option_start[m])
                informed = -1 if point in self.pooled else int(self.informed_of[player])
                slot = int(first_slot[player])
                rows.append((player, options, informed, types, choices, unknown, split, ways, slot, play))
                unknown, split, play = unknown + types * choices, split + choices * ways, play + max(choices, types)
            lines[point] = unknown
            most_ways, most_play = max(most_ways, split), max(most_play, play)
        end = (-1, int(s.option_start[-1]), *[-1] * 8)
        return np.array([*rows, end], dtype=np.int32), lines, most_ways, most_play, int(lines.max(initial=1))

    def _fast(self, movers: Ints) -> Ints:
        """How responses are found, by point: quickly for one or two movers of two types, if joint moves are in order of
        the product.
        """
        s, fast = self.s, np.zeros(self.s.kind.size, dtype=np.int32)
        for point in np.flatnonzero(s.kind == CHOICE):
            own = movers[s.mover_start[point] : s.mover_start[point + 1]]
            moves = s.joint_option[s.joint_start[point] : s.joint_start[point + 1], : len(own)]
            product = np.stack(np.meshgrid(*(range(n) for n in own[:, CHOICES]), indexing="ij"), axis=-1)
            in_order = np.array_equal(moves, own[:, OPTIONS] + product.reshape(-1, len(own)))
            if len(own) <= 2 and (own[:, INFORMED] >= 0).all() and (own[:, TYPES] == 2).all() and in_order:
                fast[point] = len(own) if (own[:, CHOICES] == 2).all() else WIDE
        return fast

    def _most_combinations(self, movers: Ints) -> int:
        """The most ways that a stage's joint moves can take beliefs."""
        s, most = self.s, 1
        for point in np.flatnonzero(s.kind == CHOICE):
            ways = np.prod(movers[s.mover_start[point] : s.mover_start[point + 1], WAYS], dtype=np.int64)
            most = max(most, int(ways) * int(s.joint_start[point + 1] - s.joint_start[point]))
        return most

    def _cells_of_points(self, lines: Ints, nodes: Ints) -> tuple[Ints, int, int]:
        """First cell of every point, those that change with the period before the others; how many those are; all."""
        size = lines * nodes
        cell = np.zeros(lines.size, dtype=np.int32)
        at = 0
        for static in (False, True):
            for point in np.flatnonzero(self.static == static):
                cell[point] = at
                at += int(size[point])
            if not static:
                moving = at
        return cell, moving, at

    def _ahead(self, width: Ints) -> tuple[Ints, int]:
        """Rows of points at which periods begin."""
        s = self.s
        begins = np.unique(np.concatenate([[s.start], s.next_point[s.kind == CLOSE]]))
        ahead, at = np.full(s.kind.size, -1, dtype=np.int32), 0
        for point in begins.tolist():
            ahead[point] = at
            at += int(width[point])
        return ahead, at

    def _informed(self) -> tuple[Ints, Ints, Ints, Floats, int, int]:
        game = self.game
        sizes = [each.size for each in game.informed]
        most = max(len(each.types) - 1 for each in game.informed)
        rows: list[tuple[int, ...]] = []
        digits: list[list[int]] = []
        offsets: list[Floats] = []
        grid = belief = 0
        for i, each in enumerate(game.informed):
            step = int(np.prod(sizes[i + 1 :], dtype=np.int64))
            kinds = len(each.types)
            start = int(sum(own.size for own in offsets))
            sizes_of = (each.player, kinds, each.nodes, each.size, step)
            rows.append((*sizes_of, grid, belief, len(digits), 1 + each.reference, start))
            for node in range(each.size):
                own = [int(node // each.nodes ** (kinds - 2 - c) % each.nodes) for c in range(kinds - 1)]
                digits.append([*own, *[0] * (most - len(own))])
            offsets.append(np.exp(np.linspace(-each.span, each.span, each.nodes - 2)) if each.nodes > 3 else np.ones(1))
            grid += (kinds - 1) * each.nodes
            belief += (len(game.players) + 1) * each.size * kinds
        nodes = np.arange(game.belief_nodes)
        node_of = np.stack([nodes // each[4] % each[3] for each in rows], axis=1).astype(np.int32)
        table: Ints = np.array(rows, dtype=np.int32)
        return table, node_of, np.array(digits, dtype=np.int32), for_kernel(np.concatenate(offsets)), grid, belief

    def _cells(self, points: Ints, movers: Ints, moving: int, kept: int) -> Cells:
        s, many = self.s, self.s.option_weight.size
        first, by_type = np.zeros(many, np.int32), np.zeros(many, np.int32)
        by_node, by_period = np.zeros(many, np.int32), np.zeros(many, np.int32)
        shift = moving * (self.game.periods - 1)
        for point in np.flatnonzero(s.kind == CHOICE):
            for m in range(s.mover_start[point], s.mover_start[point + 1]):
                options = np.arange(s.option_start[m], s.option_start[m + 1])
                cell, lines, free = points[point, [CELL, LINES, FREE]]
                first[options] = cell + movers[m, UNKNOWN] + np.arange(options.size)
                by_type[options] = options.size if movers[m, INFORMED] >= 0 else 0
                by_node[options] = 0 if free else lines
                by_period[options] = 0 if self.static[point] else moving
                if self.static[point]:
                    first[options] += shift
        return Cells(first, by_period, by_type, by_node, moving * self.game.periods + kept - moving)


def _table(*columns: Ints) -> Ints:
    return np.ascontiguousarray(np.column_stack(columns), dtype=np.int32)


def _pooled(game: Game, informed_of: Ints) -> frozenset[int]:
    """Stages of one informed mover whose choice cannot depend on its type: all types play alike, and beliefs stay."""
    s, telling = game.structure, revealing(game)
    alone = np.flatnonzero((s.kind == CHOICE) & (np.diff(s.mover_start) == 1))
    movers = s.mover_start[alone]
    return frozenset(
        int(point)
        for point, m in zip(alone, movers, strict=True)
        if informed_of[s.mover_player[m]] >= 0 and int(m) not in telling
    )


def _coupled(stride: Ints, player: Ints, informed_of: Ints) -> Marks:
    """(P, I) whether a pay depends on the type of an informed actor other than the paid one."""
    coupled: Marks = np.asarray(stride) != 0
    own = informed_of[player]
    paid = np.flatnonzero(own >= 0)
    coupled[paid, own[paid]] = False
    return coupled


def _any(marks: Marks, starts: Ints, first: int, last: int) -> bool:
    return bool(marks[starts[first] : starts[last]].any())


def _with_types(column: Ints, stride: Ints, kinds: list[int]) -> list[int]:
    """Rows of every combination of types."""
    rows = np.unique(np.column_stack([column, stride]), axis=0)
    found: list[int] = []
    for row, *steps in rows.tolist():
        reach = [row]
        for step, many in zip(steps, kinds, strict=True):
            reach = [at + k * step for at in reach for k in range(many if step else 1)]
        found.extend(reach)
    return found


def _distances(place: Ints, column: Ints, stride: Ints) -> Ints:
    """What one type more adds to rows once they are renumbered: rows of one pay or weight follow each other evenly."""
    return np.where(stride != 0, place[column + stride] - place[column], 0).astype(np.int32)


def desk_of(layout: Layout, slots: int) -> TypesDesk:
    """Working space for one thread; unknowns are 0, which is play by base weights."""
    plan, most = layout.plan, layout.most_unknowns
    every_way = layout.most_ways + layout.most_play
    sizes = {
        "grid": layout.grid_rows,
        "belief": layout.belief_rows,
        **dict.fromkeys(("y", "shift", "sigma", "q", "g", "other", "step", "before"), most),
        "total": layout.most_play,
        "held": 5 * most,
        "slope": most * most,
        "target": layout.most_ways,
        "weight": every_way * plan.most_types,
        "seen": every_way * plan.players,
        "mass": plan.most_types,
        **dict.fromkeys(("residual", "bad", "code", "missed"), 1),
    }
    starts = dict(zip(sizes, np.cumsum([0, *sizes.values()]).tolist(), strict=False))
    w = np.zeros((sum(sizes.values()), LANES))
    # An option as a whole is a way that is taken for certain once the option is.
    w[starts["weight"] + layout.most_ways * plan.most_types : starts["weight"] + every_way * plan.most_types] = 1.0
    return TypesDesk(
        now=np.zeros((plan.rows.size, LANES)),
        values=np.zeros((layout.value_rows, slots, LANES)),
        ahead=np.zeros((plan.ahead, slots, LANES)),
        kept=np.zeros((layout.kept_cells, LANES)),
        w=w,
        pick=np.zeros((layout.most_joints, 2), dtype=np.int32),
        ways=np.zeros((layout.most_combinations + 1, 3 + 2 * layout.most_movers), dtype=np.int32),
        small=np.zeros((most + 2 + VECTORS, most + 2)),
        whole=layout.most_ways,
        **starts,
    )
