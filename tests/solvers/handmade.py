"""Games made by hand for tests: points as short Python values, numbers per draw, and the arrays solvers read.

Players are `p0`, `p1`, ...; numbers that differ by type are `By` of these names.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np

from assay.game.game import CHANCE, CHOICE, CLOSE, ENDING, LANES, Filled, Game, Structure
from assay.game.skeleton import Skeleton
from assay.game.slots import slots_of
from assay.game.small_types import By, Shares, Typed, informed_of, prior_columns, prior_in_lanes

# a number for all draws, one per draw (D,), or one per period and draw (periods, D); perhaps by type
Number = float | np.ndarray | By


@dataclass
class Pay:
    player: int
    amount: Number
    seen: Number | None = None
    sign: int = 1


@dataclass
class Way:
    """A branch: target (an index or a name), probability in truth, and as players see it."""

    target: int | str
    p: Number = 1.0
    seen: dict[int, Number] = field(default_factory=dict)
    pays: Sequence[Pay] = ()


@dataclass
class Joint:
    ways: Sequence[Way]
    pays: Sequence[Pay] = ()


@dataclass
class Spot:
    """A point. `movers`: (player, base weights of its options)."""

    kind: int
    movers: Sequence[tuple[int, Sequence[Number]]] = ()
    joints: Sequence[Joint] = ()
    pays: Sequence[Pay] = ()
    final: Sequence[Pay] = ()
    next: int = -1
    name: str = ""


def chance(*ways: Way, name: str = "") -> Spot:
    return Spot(CHANCE, joints=[Joint(ways)], name=name)


def choice(player: int, *joints: Joint, weights: Sequence[Number] | None = None, name: str = "") -> Spot:
    return Spot(CHOICE, [(player, list(weights or [1.0] * len(joints)))], joints, name=name)


def together(movers: Sequence[tuple[int, Sequence[Number]]], joints: Sequence[Joint], name: str = "") -> Spot:
    return Spot(CHOICE, movers, joints, name=name)


def close(next: int = 0, pays: Sequence[Pay] = (), final: Sequence[Pay] = (), name: str = "") -> Spot:
    return Spot(CLOSE, pays=pays, final=final, next=next, name=name)


def ending(*pays: Pay, name: str = "") -> Spot:
    return Spot(ENDING, pays=pays, name=name)


class _Rows:
    def __init__(self, draws: int, horizon: int, typed: Typed) -> None:
        self.draws, self.horizon, self.typed = draws, horizon, typed
        self.values = [np.zeros(draws), np.ones(draws)]
        self.stride = [0, 0]

    def block(self, *numbers: Number) -> tuple[list[int], tuple[int, ...]]:
        """The first row of each number, laid out alike, and what one type more of each informed actor adds."""
        columns, steps = self.typed.spread(*numbers)
        if not any(steps):
            return [self.row(number) for number in numbers], steps
        timed = any(column.ndim == 2 for each in columns for column in each)
        first = []
        for each in columns:
            first.append(len(self.values))
            for column in each:
                shape = (self.horizon if timed else 1, self.draws)
                self.values.extend(np.broadcast_to(column, shape))
                self.stride.extend([int(timed)] * shape[0])
        return first, tuple(step * (self.horizon if timed else 1) for step in steps)

    def row(self, number: Number) -> int:
        assert not isinstance(number, By)
        if np.ndim(number) == 0 and number in (0.0, 1.0):
            return int(number)
        value = np.asarray(number, dtype=float)
        if value.ndim == 2:
            first = len(self.values)
            self.values.extend(np.broadcast_to(value, (self.horizon, self.draws)))
            self.stride.extend([1] * self.horizon)
            return first
        self.values.append(np.broadcast_to(value, (self.draws,)))
        self.stride.append(0)
        return len(self.values) - 1


def lanes_of(values: np.ndarray) -> np.ndarray:
    """(rows, draws) to (G, rows, LANES), the last draw repeated."""
    rows, draws = values.shape
    groups = -(-draws // LANES)
    index = np.minimum(np.arange(groups * LANES), draws - 1)
    return np.ascontiguousarray(values[:, index].reshape(rows, groups, LANES).transpose(1, 0, 2))


def build(
    spots: Sequence[Spot],
    players: int,
    precision: Number,
    *,
    draws: int = 1,
    periods: int = 1,
    buffer: int = 0,
    discount: Number = 1.0,
    start: int = 0,
    flow_after_discount: bool = False,
    types: Mapping[str, Shares] | None = None,
    believed: Mapping[str, Mapping[str, Shares]] | None = None,
    nodes: int = 7,
    span: float = 3.0,
) -> Filled:
    """The filled game. `precision` is one number, (players,) or (players, draws)."""
    horizon = periods + buffer
    names = tuple(f"p{i}" for i in range(players))
    typed = Typed(names, informed_of(names, types or {}, believed or {}, nodes, span))
    priors = prior_columns(names, typed.informed, types or {}, believed or {})
    rows = _Rows(draws, horizon, typed)
    place = {spot.name: i for i, spot in enumerate(spots) if spot.name}
    a: dict[str, list] = {name: [] for name in Structure.__dataclass_fields__}
    pays: dict[str, list] = {"joint": [], "branch": [], "point": [], "final": []}
    starts: dict[str, list[int]] = {block: [0] for block in pays}
    a["mover_start"], a["option_start"], a["joint_start"], a["branch_start"] = [0], [0], [0], [0]
    option_point, labels = [], []

    def add(block: str, own: Sequence[Pay]) -> None:
        for pay in own:
            (true, *seen), strides = rows.block(pay.amount, *([] if pay.seen is None else [pay.seen]))
            pays[block].append((pay.player, true, seen[0] if seen else true, pay.sign, strides))
        starts[block].append(len(pays[block]))

    for i, spot in enumerate(spots):
        a["kind"].append(spot.kind)
        a["next_point"].append(spot.next if spot.kind == CLOSE else -1)
        ranges = []
        for player, weights in spot.movers:
            first = len(a["option_weight"])
            a["mover_player"].append(player)
            for weight in weights:
                (row,), strides = rows.block(weight)
                own = [stride for each, stride in zip(typed.informed, strides, strict=True) if each.player == player]
                assert sum(own) == sum(strides), "a weight differs by another's type"
                a["option_weight"].append(row)
                a["option_stride"].append(sum(own))
            a["option_start"].append(len(a["option_weight"]))
            ranges.append(range(first, first + len(weights)))
            option_point.extend([i] * len(weights))
            labels.extend((f"p{player}", spot.name or f"s{i}", f"m{o}") for o in range(len(weights)))
        a["mover_start"].append(len(a["mover_player"]))
        combos = list(product(*ranges)) if spot.joints else []
        assert len(combos) == len(spot.joints), (
            f"point {i} has {len(spot.joints)} joint moves for {len(combos)} combinations"
        )
        for combo, joint in zip(combos, spot.joints, strict=True):
            a["joint_option"].append(combo)
            add("joint", joint.pays)
            for way in joint.ways:
                target = place[way.target] if isinstance(way.target, str) else way.target
                assert target > i, f"point {i} leads back to {target}"
                a["branch_target"].append(target)
                truth = rows.row(way.p)
                a["branch_row"].append(
                    [truth] + [rows.row(way.seen[k]) if k in way.seen else truth for k in range(players)]
                )
                add("branch", way.pays)
            a["branch_start"].append(len(a["branch_target"]))
        a["joint_start"].append(len(a["joint_option"]))
        add("point", spot.pays)
        add("final", spot.final)
    widest = max([len(c) for c in a["joint_option"]] + [1])
    a["joint_option"] = [list(c) + [-1] * (widest - len(c)) for c in a["joint_option"]]
    everything = [pay for block in pays.values() for pay in block]
    offset = 0
    for block, own in starts.items():
        a[f"{block}_pay_start"] = [offset + s for s in own]
        offset += len(pays[block])
    a["pay_player"], a["pay_true"], a["pay_seen"] = ([pay[k] for pay in everything] for k in range(3))
    a["pay_stride"] = [pay[4] for pay in everything]
    ints = {
        k: np.array(v, dtype=np.int32) for k, v in a.items() if k not in ("start", "flow_after_discount", "pay_sign")
    }
    ints["joint_option"] = ints["joint_option"].reshape(-1, widest)
    ints["branch_row"] = ints["branch_row"].reshape(-1, 1 + players)
    ints["pay_stride"] = ints["pay_stride"].reshape(len(everything), len(typed.informed))
    if not typed.informed:
        del ints["pay_stride"], ints["option_stride"]
    structure = Structure(
        **ints,
        pay_sign=np.array([pay[3] for pay in everything], dtype=float),
        start=start,
        flow_after_discount=flow_after_discount,
    )
    game = Game(
        skeleton=Skeleton(names, (), (), (), start),
        structure=structure,
        players=names,
        slots=slots_of(players, typed.informed),
        periods=periods,
        buffer=buffer,
        rows=(),
        row_stride=np.array(rows.stride, dtype=np.int32),
        alternatives={},
        pay_part=tuple((pay[0], "part") for pay in everything),
        option_label=tuple(labels),
        option_point=np.array(option_point, dtype=np.int32),
        informed=typed.informed,
    )
    sharp = np.asarray(precision, dtype=float)
    sharp = np.broadcast_to(sharp[:, None] if sharp.ndim == 1 else sharp, (players, draws))
    table = lanes_of(np.array(rows.values))
    deltas = lanes_of(np.broadcast_to(np.asarray(discount, dtype=float), (1, draws)))[:, 0]
    prior = prior_in_lanes(priors, draws)
    return Filled(game, draws, table, lanes_of(sharp), np.ascontiguousarray(deltas), prior)
