"""The built-in case `mine-ban-reduced` compiled and filled, against the same model written down as plain equations."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assay.assumptions.table import read_table
from assay.case.model import Case
from assay.case.read import read
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Filled, Floats
from assay.game.skeleton import JointMove, Point
from assay.library import CASES

from . import reduced_by_hand as hand
from .reduced_by_hand import ALLIANCE, FRONTLINE, RUSSIA, World

CASE = CASES / "mine-ban-reduced" / "case.yaml"
PARAMETERS = Path(__file__).parent / "data" / "reduced_parameters.csv"
PLAYERS = (FRONTLINE, ALLIANCE, RUSSIA)
RESORTS = ("alliance_last_resort", "east_last_resort", "home_last_resort")


@cache
def case() -> Case:
    return read(CASE)


@cache
def filled() -> Filled:
    """All 48 draws of the reference tables."""
    game = compile_game(case())
    return fill(game, case(), read_table(case(), PARAMETERS).draws["agnostic"])


@cache
def numbers() -> dict[str, Floats]:
    draws = read_table(case(), PARAMETERS).draws["agnostic"]
    return {name: draws.values[name] for name in case().assumptions}


def row(index: int) -> Floats:
    """A row of the table, over draws."""
    table = filled().table
    return np.asarray(table[:, index].reshape(-1)[: filled().draws])


def points() -> Iterator[tuple[int, Point, World]]:
    skeleton = filled().game.skeleton
    assert skeleton.variables == World._fields
    for index, point in enumerate(skeleton.points):
        named = (names[value] for names, value in zip(skeleton.values, point.world, strict=True))
        yield index, point, World(*named)


def at(stage: str) -> list[tuple[int, Point, World]]:
    found = [each for each in points() if each[1].stage == stage]
    assert found, stage
    return found


@cache
def worlds() -> dict[int, World]:
    return {index: world for index, _, world in points()}


def paid(block: str, owner: int, player: str, kind: str, seen: bool = False) -> Floats:
    """What a player of a type (its place in `hand.TYPES`) is paid at one place of a block of pays."""
    structure, game = filled().game.structure, filled().game
    starts = {
        "joint": structure.joint_pay_start,
        "branch": structure.branch_pay_start,
        "point": structure.point_pay_start,
    }[block]
    total = np.zeros(filled().draws)
    informed = [game.players[each.player] for each in game.informed]
    assert structure.pay_stride is not None
    for pay in range(starts[owner], starts[owner + 1]):
        if game.players[structure.pay_player[pay]] != player:
            continue
        stride = structure.pay_stride[pay]
        own = hand.TYPES[player].index(kind)
        for who, step in zip(informed, stride, strict=True):
            assert step == 0 or who == player, "payoffs are private: they depend on the own type alone"
        first = int((structure.pay_seen if seen else structure.pay_true)[pay])
        step = int(stride[informed.index(player)]) if player in informed else 0
        total = total + structure.pay_sign[pay] * row(first + own * step)
    return total


def slots() -> list[tuple[str, str]]:
    return [(player, kind) for player in PLAYERS for kind in hand.TYPES[player]]


def joints(index: int, point: Point) -> Iterator[tuple[int, JointMove, tuple[str, ...]]]:
    """A point's joint moves: number, the move, and the names of what the movers do."""
    first = int(filled().game.structure.joint_start[index])
    for place, joint in enumerate(point.joints):
        chosen = tuple(options[option].move for options, option in zip(point.options, joint.options, strict=True))
        yield first + place, joint, chosen


def leads_to(joint: int) -> dict[tuple[str, World], tuple[Floats, ...]]:
    """(stage or ending, world) to its probability: in truth, and as each player sees it."""
    structure, game = filled().game.structure, filled().game
    found: dict[tuple[str, World], tuple[Floats, ...]] = {}
    for branch in range(structure.branch_start[joint], structure.branch_start[joint + 1]):
        target = int(structure.branch_target[branch])
        where = (game.skeleton.points[target].stage, worlds()[target])
        seen = tuple(row(int(index)) for index in structure.branch_row[branch])
        before = found.get(where, (np.zeros(filled().draws),) * len(seen))
        found[where] = tuple(one + other for one, other in zip(before, seen, strict=True))
    return found


def weight(index: int, mover: int, option: int) -> Floats:
    structure = filled().game.structure
    entry = int(structure.mover_start[index]) + mover
    return row(int(structure.option_weight[int(structure.option_start[entry]) + option]))


def same(found: Floats, expected: Floats) -> None:
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


def costs(joint: int, expected: dict[str, Floats]) -> None:
    nothing = np.zeros(filled().draws)
    for player, kind in slots():
        same(-paid("joint", joint, player, kind), expected.get(player, nothing))


def certain(joint: int, stage: str, world: World) -> None:
    (where, shares), *others = leads_to(joint).items()
    assert not others
    assert where == (stage, world)
    assert all((share == 1).all() for share in shares)


# the shape


def test_assumptions_are_those_of_the_reference_tables_in_their_order() -> None:
    header = PARAMETERS.read_text(encoding="utf-8").splitlines()[0].split(",")
    assert ["draw", *case().assumptions] == header


def test_worlds_and_slots() -> None:
    game = filled().game
    assert [(each.nodes, each.span) for each in game.informed] == [(7, 3.0), (7, 3.0)]
    assert [(game.players[player], kind) for player, kind in game.slots] == [
        *((FRONTLINE, 0), (ALLIANCE, 0), (ALLIANCE, 1), (RUSSIA, 0), (RUSSIA, 1))
    ]
    within = {world for _, point, world in points() if point.stage == "settlement"}
    assert len(within) == 112
    assert len({world._replace(presence="low") for world in within}) == 56
    assert worlds()[game.structure.start] == hand.START
    assert (game.periods, game.buffer) == (10, 3)


@pytest.mark.parametrize("about", [ALLIANCE, RUSSIA])
def test_priors_of_everybody(about: str) -> None:
    game, given = filled().game, filled().prior
    assert given is not None
    place = next(index for index, each in enumerate(game.informed) if game.players[each.player] == about)
    other = RUSSIA if about == ALLIANCE else ALLIANCE
    assert game.players[game.informed[place].reference] == other
    for observer in (None, other, FRONTLINE):
        column = 0 if observer is None else 1 + game.players.index(observer)
        shares = given[:, place, column].transpose(0, 2, 1).reshape(-1, given.shape[3])[: filled().draws]
        same(shares[:, 1], hand.prior(numbers(), about, observer))
        same(shares[:, 0], 1 - hand.prior(numbers(), about, observer))


def test_precision_and_discount() -> None:
    for place, name in enumerate(("lamF", "lamA", "lamR")):
        same(filled().precision[:, place].reshape(-1)[: filled().draws], numbers()[name])
    same(filled().discount.reshape(-1)[: filled().draws], numbers()["delta"])


# moves


def test_presence_is_free_and_sets_the_world() -> None:
    for index, point, world in at("presence_year"):
        assert world.presence == "low"
        for joint, _, (move,) in joints(index, point):
            certain(joint, "posture", world._replace(presence=move))
            costs(joint, {})
            same(weight(index, 0, ("low", "high").index(move)), np.ones(filled().draws))


@pytest.mark.parametrize("stage", ["posture", "east_posture"])
def test_postures_are_legal_cost_and_change_as_they_should(stage: str) -> None:
    p = numbers()
    mover, then = (FRONTLINE, "east_posture") if stage == "posture" else (RUSSIA, "settlement")
    for index, point, world in at(stage):
        legal = hand.western_moves(world) if mover == FRONTLINE else hand.eastern_moves(world)
        assert [option.move for option in point.options[0]] == list(legal)
        for joint, (name, (after, cost)) in zip((each[0] for each in joints(index, point)), legal.items(), strict=True):
            certain(joint, then, after)
            costs(joint, {mover: p[cost]} if cost else {})
            expected = np.ones(filled().draws) if name == "hold" else np.exp(-p["ine"])
            same(weight(index, 0, list(legal).index(name)), expected)


def test_settlement_takes_both_and_a_new_war_takes_one() -> None:
    p = numbers()
    for index, point, world in at("settlement"):
        assert [filled().game.players[mover] for mover in point.movers] == [ALLIANCE, RUSSIA]
        for joint, _, moves in joints(index, point):
            pressing = moves.count("press")
            prices = {ALLIANCE: p["kA"], RUSSIA: p["kR"]}
            costs(joint, {who: prices[who] for who, move in zip(prices, moves, strict=True) if move == "press"})
            going_on = leads_to(joint)
            for state in ("on", "off"):
                shares = going_on.get(("crisis", world._replace(proxy_war=state)))
                expected = hand.war_goes_on(p, world, pressing)
                for viewer in range(4):
                    share = np.zeros(filled().draws) if shares is None else shares[viewer]
                    same(share, expected if state == "on" else 1 - expected)
        for mover in (0, 1):
            same(weight(index, mover, 0), np.ones(filled().draws))
            same(weight(index, mover, 1), np.exp(-p["ine"]) if world.proxy_war == "off" else np.ones(filled().draws))


# crises and wars


def test_crises_come_as_often_as_they_should() -> None:
    for index, _, world in at("crisis"):
        rate = numbers()["q1" if world.proxy_war == "on" else "q0"]
        for viewer in range(4):
            same(leads_to(int(filled().game.structure.joint_start[index]))["brink", world][viewer], rate)


def test_the_brink_leads_to_wars() -> None:
    half = np.full(filled().draws, 0.5)
    for index, point, world in at("brink"):
        assert [filled().game.players[mover] for mover in point.movers] == [ALLIANCE, RUSSIA]
        for joint, _, moves in joints(index, point):
            costs(joint, {})
            match moves:
                case ("stand", "stand"):
                    certain(joint, "", world)
                case ("stand", "attack"):
                    certain(joint, "guarantee", world)
                case ("attack", "stand"):
                    certain(joint, "war_from_west", world)
                case _:
                    shares = leads_to(joint)
                    same(shares["war_from_east", world][0], half)
                    same(shares["war_from_west", world][0], half)
        for mover in (0, 1):
            same(weight(index, mover, 1), np.exp(-numbers()["inw"]))


def worth(index: int, player: str, kind: str) -> Floats:
    """What a point from `guarantee` on is worth to a player as it sees it, the last resorts solved on the way."""
    point = filled().game.skeleton.points[index]
    if point.kind == "ending":
        return paid("point", index, player, kind, seen=True)
    column = 1 + filled().game.players.index(player)
    structure = filled().game.structure
    total = np.zeros(filled().draws)
    for joint, _, moves in joints(index, point):
        chosen = np.ones(filled().draws)
        if moves:
            used = hand.first_use(numbers(), point.stage)
            chosen = used if moves == ("first_use",) else 1 - used
        for branch in range(structure.branch_start[joint], structure.branch_start[joint + 1]):
            share = row(int(structure.branch_row[branch, column]))
            total = total + chosen * share * worth(int(structure.branch_target[branch]), player, kind)
    return total


@pytest.mark.parametrize("war", ["war_from_east", "war_from_west"])
def test_wars_are_worth_to_everybody_what_they_should(war: str) -> None:
    expected = hand.war_from_east if war == "war_from_east" else hand.war_from_west
    for index, _, world in at(war):
        for player, kind in slots():
            np.testing.assert_allclose(
                worth(index, player, kind), expected(numbers(), world, player, kind), rtol=1e-11, atol=1e-9
            )


def test_abandoning_is_worth_to_everybody_what_it_should() -> None:
    for index, point, world in at("guarantee"):
        for joint, _, (move,) in joints(index, point):
            if move == "defend":
                certain(joint, "war_from_east", world)
                continue
            structure = filled().game.structure
            for player, kind in slots():
                total = np.zeros(filled().draws)
                for branch in range(structure.branch_start[joint], structure.branch_start[joint + 1]):
                    share = row(int(structure.branch_row[branch, 0]))
                    total = total + share * paid("point", int(structure.branch_target[branch]), player, kind)
                same(total, hand.abandoned(numbers(), world, player, kind))


@pytest.mark.parametrize("stage", RESORTS)
def test_what_a_loser_weighs_does_not_depend_on_its_type(stage: str) -> None:
    structure = filled().game.structure
    player = ALLIANCE if stage.startswith("alliance") else RUSSIA
    precision = filled().precision[:, PLAYERS.index(player)].reshape(-1)[: filled().draws]
    for index, point, _ in at(stage):
        for kind in hand.TYPES[player]:
            value = {}
            for joint, _, (move,) in joints(index, point):
                branches = range(structure.branch_start[joint], structure.branch_start[joint + 1])
                value[move] = sum(
                    row(int(structure.branch_row[branch, 0]))
                    * paid("point", int(structure.branch_target[branch]), player, kind)
                    for branch in branches
                )
            gain = precision * (value["first_use"] - value["accept"])
            np.testing.assert_allclose(hand.expit(gain), hand.first_use(numbers(), stage), rtol=1e-10)


@pytest.mark.parametrize("viewer", [None, *PLAYERS])
def test_escalation_is_read_by_each_in_its_own_way(viewer: str | None) -> None:
    column = 0 if viewer is None else 1 + PLAYERS.index(viewer)
    for war, end in (("war_from_east", "exchange_from_east"), ("war_from_west", "exchange_from_west")):
        for index, _, world in at(war)[:8]:
            shares = leads_to(int(filled().game.structure.joint_start[index]))
            same(shares[end, world][column], hand.escalation(numbers(), viewer))


# the year's end


def test_years_without_war_pay_and_pass_on_to_the_next() -> None:
    game = filled().game
    for index, point, world in points():
        if point.kind != "close":
            continue
        for player, kind in slots():
            same(paid("point", index, player, kind), hand.flow(numbers(), world, player, kind))
        assert worlds()[int(game.structure.next_point[index])] == hand.next_year(world)
    assert not game.structure.flow_after_discount


def test_endings_pay_what_they_should() -> None:
    for index, point, _ in points():
        if point.kind == "ending":
            for player, kind in slots():
                same(paid("point", index, player, kind), hand.ending(numbers(), point.stage, player, kind))
