"""Whether a move can reach what is counted: small games decided by hand, and random ones against the forward pass."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Game, Ints
from assay.game.influence import influences, reaches
from assay.solvers.solve import solve

from .cases import case
from .made_up import sections
from .test_made_up_cases import DRAWS
from .test_order_of_play import LAMP, stage

NONE = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Counts:
    """What is counted, for tests."""

    point: Ints = field(default_factory=lambda: NONE)
    option: Ints = field(default_factory=lambda: NONE)
    joint: Ints = field(default_factory=lambda: NONE)
    pay: Ints = field(default_factory=lambda: NONE)
    payoff: bool = False
    worth: Ints = field(default_factory=lambda: NONE)


def options(game: Game, *moves: str) -> list[int]:
    """The options of moves `stage.move`, in every world."""
    return [place for place, (_, stage, move) in enumerate(game.option_label) if f"{stage}.{move}" in moves]


def ends(game: Game, name: str) -> Counts:
    found = [place for place, point in enumerate(game.skeleton.points) if point.stage == name]
    return Counts(point=np.array(found, dtype=np.int32))


def parts(game: Game, actor: str, part: str) -> Counts:
    wanted = (game.players.index(actor), part)
    return Counts(pay=np.array([i for i, each in enumerate(game.pay_part) if each == wanted], dtype=np.int32))


LIGHT: dict[str, Any] = {"stay": {}, "light": {"when": "lamp == off", "then": {"lamp": "on"}, "cost": "p"}}


def lamp_and_war(chance: str, **sections: Any) -> Game:
    """`a` may light a lamp; then `b` may go to war, which succeeds with the given probability."""
    order = [
        stage("lamp", LIGHT),
        {"stage": "war", "mover": "b", "moves": {"peace": {}, "war": {"go": "battle"}}},
        {"chance": "battle", "branches": {"won": {"p": chance, "end": "won"}, "lost": {"p": "rest", "end": "lost"}}},
    ]
    endings = {"won": {"tags": ["war"], "pays": {"b": {"prize": "5"}}}, "lost": {"tags": ["war"]}}
    return compile_game(case(**{"world": LAMP, "order": order, "endings": endings, **sections}))


def test_a_lamp_that_enters_nothing_can_change_nothing_but_its_own_cost() -> None:
    game = lamp_and_war("q")
    light = options(game, "lamp.light")
    assert not influences(game, light, [ends(game, "won"), ends(game, "lost")])
    assert influences(game, light, [parts(game, "a", "cost")])


def test_a_lamp_that_changes_the_odds_can_change_the_end() -> None:
    game = lamp_and_war("q if lamp == on else r")
    assert influences(game, options(game, "lamp.light"), [ends(game, "won")])


def test_a_lamp_that_enters_the_payoff_of_who_decides_can_change_the_end() -> None:
    game = lamp_and_war("q", payoffs={"b": {"each_period": {"fear": "-p if lamp == on else 0"}}})
    assert influences(game, options(game, "lamp.light"), [ends(game, "won")])


def test_a_lamp_that_enters_the_payoff_of_who_decides_nothing_cannot() -> None:
    game = lamp_and_war("q", payoffs={"a": {"each_period": {"comfort": "p if lamp == on else 0"}}})
    light = options(game, "lamp.light")
    assert not influences(game, light, [ends(game, "won"), ends(game, "lost")])
    assert influences(game, light, [parts(game, "a", "comfort")])


def test_a_move_can_reach_through_another_period() -> None:
    world = {"lamp": {"values": ["off", "lit", "on"], "start": "off", "each_period": {"lit": "on"}}}
    order = [
        stage("lamp", {"stay": {}, "light": {"when": "lamp == off", "then": {"lamp": "lit"}}}),
        {"block": "fire", "occurs": "p", "stages": [{"chance": "burn", "branches": {"all": {"p": 1, "end": "ash"}}}]},
    ]
    order[1]["when"] = "lamp != on"
    game = compile_game(case(world=world, order=order, endings={"ash": {}}))
    assert influences(game, options(game, "lamp.light"), [ends(game, "ash")])
    assert set(ends(game, "ash").point.tolist()) & reaches(game, options(game, "lamp.light"))


def test_a_joint_move_is_told_apart_though_its_options_are_not() -> None:
    movers = {"a": {"x": {}, "y": {}}, "b": {"x": {}, "y": {}}}
    game = compile_game(case(order=[{"stage": "s", "movers": movers}]))
    chosen = [0, 1]  # both options of a
    assert not influences(game, chosen, [Counts(option=np.array([2, 3], dtype=np.int32))])
    differ = Counts(joint=np.array([1, 2], dtype=np.int32))  # (x, y) and (y, x)
    assert influences(game, chosen, [differ])
    assert not influences(game, chosen, [Counts(joint=np.array([0, 1, 2, 3], dtype=np.int32))])


def test_reaching_follows_the_chosen_option_only() -> None:
    order = [stage("one", {"left": {"end": "hell"}, "right": {"go": "two"}}), stage("two")]
    game = compile_game(case(order=order, endings={"hell": {}}))
    names = [game.skeleton.points[place].stage for place in sorted(reaches(game, options(game, "one.left")))]
    assert names == ["hell"]
    names = [game.skeleton.points[place].stage for place in sorted(reaches(game, options(game, "one.right")))]
    assert names == ["one", "two", "", "hell"]


@settings(max_examples=60, deadline=None)
@given(sections(), st.data())
def test_what_cannot_be_reached_does_not_move_when_options_are_forced(
    made: dict[str, Any], data: st.DataObject
) -> None:
    whole = case(**made)
    game = compile_game(whole)
    if not game.option_label:
        return
    strategies = solve(fill(game, whole, DRAWS), residual=1e-9)
    played = sorted(set(game.option_label))
    actor, at, move = data.draw(st.sampled_from(played))
    forced = np.array([i for i, each in enumerate(game.option_label) if each == (actor, at, move)], dtype=np.int32)
    reads = {
        **{name: Reader(point=ends(game, name).point) for name in ("ruin", "peace")},
        "closes": Reader(point=np.flatnonzero(game.structure.kind == 2).astype(np.int32)),
        "gain": Reader(pay=parts(game, "a", "gain").pay),
        "flow": Reader(pay=parts(game, "b", "flow").pay),
        "other": Reader(option=np.array(options(game, "s1.act"), dtype=np.int32)),
    }
    as_played, changed = forward(strategies, [Pass(reads), Pass(reads, forced=forced)])
    for name, reader in reads.items():
        if not influences(game, forced.tolist(), [reader]):
            assert np.abs(as_played.readings[name] - changed.readings[name]).max() < 1e-9
