"""Where play leads: order, `go`, `end`, blocks, gates, `when`, meanings, scratch variables, the end of a period."""

from __future__ import annotations

from typing import Any

import pytest

from assay.game.skeleton import Point, Skeleton
from assay.game.trouble import StructureError
from assay.game.unfold import unfold

from .cases import JUDGED, case

LAMP = {"lamp": {"values": ["off", "on"], "start": "off"}}
STAY: dict[str, Any] = {"stay": {}}


def stage(name: str, moves: dict[str, Any] | None = None, **keys: Any) -> dict[str, Any]:
    return {"stage": name, "mover": "a", "moves": moves or STAY, **keys}


def at(skeleton: Skeleton, name: str) -> list[Point]:
    return [point for point in skeleton.points if point.stage == name]


def follows(skeleton: Skeleton, name: str) -> list[str]:
    """What follows the only point of a stage, by joint move and branch; `close` for a close."""
    (point,) = at(skeleton, name)
    ways = [branch.target for joint in point.joints for branch in joint.branches]
    return [skeleton.points[target].stage or skeleton.points[target].kind for target in ways]


def test_stages_follow_each_other_in_order() -> None:
    skeleton = unfold(case(order=[stage("one"), stage("two"), stage("three")]))
    assert [follows(skeleton, name) for name in ("one", "two", "three")] == [["two"], ["three"], ["close"]]


def test_a_stage_that_go_names_is_reached_by_go_only() -> None:
    order = [stage("one", {"stay": {}, "jump": {"go": "three"}}), stage("two"), stage("three"), stage("four")]
    skeleton = unfold(case(order=order))
    assert follows(skeleton, "one") == ["two", "three"]
    assert follows(skeleton, "two") == ["four"]
    assert follows(skeleton, "three") == ["four"]


def test_after_the_last_stage_of_a_block_comes_what_follows_the_block() -> None:
    inner = [stage("in1", {"stay": {}, "jump": {"go": "in3"}}), stage("in2"), stage("in3")]
    skeleton = unfold(case(order=[{"block": "crisis", "occurs": "p", "stages": inner}, stage("after")]))
    assert follows(skeleton, "crisis") == ["in1", "after"]
    assert follows(skeleton, "in1") == ["in2", "in3"]
    assert follows(skeleton, "in2") == ["after"]
    assert follows(skeleton, "in3") == ["after"]


def test_a_block_without_a_gate_is_entered_always_and_go_into_it_passes_the_gate() -> None:
    order = [
        stage("one", {"stay": {}, "jump": {"go": "hidden"}}),
        {"block": "always", "stages": [stage("first")]},
        {"block": "seldom", "occurs": "p", "stages": [stage("open"), stage("hidden")]},
    ]
    skeleton = unfold(case(order=order))
    assert follows(skeleton, "one") == ["first", "hidden"]
    assert follows(skeleton, "first") == ["seldom"]
    assert at(skeleton, "always") == []


def test_a_stage_is_passed_over_where_its_when_is_false() -> None:
    order = [stage("switch", {"stay": {}, "light": {"then": {"lamp": "on"}}}), stage("read", when="lamp == on")]
    skeleton = unfold(case(world=LAMP, order=order))
    assert [point.world for point in at(skeleton, "read")] == [(1,)]


def test_a_gate_that_cannot_open_somewhere_is_no_point_there() -> None:
    order = [
        stage("switch", {"stay": {}, "light": {"then": {"lamp": "on"}}}),
        {"block": "fire", "occurs": "p * (1 if lamp == on else 0)", "stages": [stage("flee")]},
    ]
    skeleton = unfold(case(world=LAMP, order=order))
    assert [point.world for point in at(skeleton, "fire")] == [(1,)]


def test_a_stage_with_a_rate_stands_behind_a_gate_of_its_name() -> None:
    skeleton = unfold(case(order=[stage("one", opportunities={"rate": "p"}), stage("two")]))
    gate, choice = at(skeleton, "one")
    assert (gate.kind, choice.kind) == ("chance", "choice")
    opens, passes = gate.joints[0].branches
    assert skeleton.points[opens.target] is choice
    assert skeleton.points[passes.target].stage == "two"
    assert opens.probability.gate  # type: ignore[union-attr]


def test_a_move_means_what_the_first_true_when_says() -> None:
    moves = {
        "stay": {},
        "press": [
            {"when": "lamp == off", "then": {"lamp": "on"}},
            {"when": "lamp == on", "end": "burnt"},
        ],
    }
    skeleton = unfold(case(world=LAMP, order=[stage("switch", moves)], endings={"burnt": {"tags": ["fire"]}}))
    off, on = at(skeleton, "switch")
    assert [option.move for option in off.options[0]] == [option.move for option in on.options[0]] == ["stay", "press"]
    assert skeleton.points[off.joints[1].branches[0].target].world == (1,)
    assert skeleton.points[on.joints[1].branches[0].target].stage == "burnt"


def test_scratch_variables_are_back_at_their_start_when_the_period_ends() -> None:
    world = {**LAMP, "mood": {"values": ["calm", "angry"], "start": "calm", "lives": "period"}}
    order = [stage("one", {"stay": {}, "shout": {"then": {"mood": "angry", "lamp": "on"}}})]
    skeleton = unfold(case(world=world, order=order))
    closes = {point.world: skeleton.points[point.next].world for point in skeleton.points if point.kind == "close"}
    assert closes == {(0, 0): (0, 0), (1, 1): (1, 0), (1, 0): (1, 0)}


def test_each_period_maps_all_values_at_the_same_time() -> None:
    values = ["in", "notice", "out"]
    world = {name: {"values": values, "start": "in", "each_period": {"in": "notice", "notice": "out"}} for name in "xy"}
    skeleton = unfold(case(world=world, order=[stage("one")]))
    closes = {point.world: skeleton.points[point.next].world for point in skeleton.points if point.kind == "close"}
    assert closes == {(0, 0): (1, 1), (1, 1): (2, 2), (2, 2): (2, 2)}


@pytest.mark.parametrize(("clock", "world"), [(["flows", "each_period"], (0,)), (["each_period", "flows"], (1,))])
def test_flows_are_read_before_or_after_the_clock_as_the_case_says(clock: list[str], world: tuple[int]) -> None:
    ticking = {"t": {"values": ["young", "old"], "start": "young", "each_period": {"young": "old"}}}
    payoffs = {"a": {"each_period": {"x": "p if t == young else q"}}}
    skeleton = unfold(case(world=ticking, order=[stage("one")], payoffs=payoffs, clock=[*clock, "discount"]))
    close = next(point for point in skeleton.points if point.kind == "close" and point.world == (0,))
    assert close.pays[0].amount.world == world


def test_what_is_paid_at_the_very_end_is_read_after_the_clock() -> None:
    world = {"mood": {"values": ["calm", "angry"], "start": "calm", "lives": "period"}, **LAMP}
    world["lamp"] = {**LAMP["lamp"], "each_period": {"off": "on"}}
    payoffs = {"a": {"final": {"x": "p if lamp == on and mood == calm else q"}}}
    skeleton = unfold(case(world=world, order=[stage("one", {"shout": {"then": {"mood": "angry"}}})], payoffs=payoffs))
    assert {point.final[0].amount.world for point in skeleton.points if point.kind == "close"} == {(0, 1)}


def test_costs_are_read_before_the_move_and_branches_after_it() -> None:
    light = {
        "cost": "p if lamp == off else q",
        "then": {"lamp": "on"},
        "chance": {"good": {"p": "p if lamp == off else q"}, "bad": {"p": "rest", "then": {"lamp": "off"}}},
    }
    skeleton = unfold(case(world=LAMP, order=[stage("switch", {"light": {"when": "lamp == off", **light}, **STAY})]))
    joint = at(skeleton, "switch")[0].joints[0]
    assert joint.pays[0].amount.world == (0,)
    assert joint.branches[0].probability.world == (1,)  # type: ignore[union-attr]
    assert [skeleton.points[branch.target].world for branch in joint.branches] == [(1,), (0,)]


MOVERS = {"a": {"x": {}, "y": {}}, "b": {"x": {}, "y": {}, "z": {}}}


@pytest.mark.parametrize(
    ("moves", "matched"),
    [
        (["any", "any"], ["xx", "xy", "xz", "yx", "yy", "yz"]),
        (["x", "y | z"], ["xy", "xz"]),
        (["one x"], ["xy", "xz", "yx"]),
        (["all x"], ["xx"]),
        (["no x"], ["yy", "yz"]),
    ],
)
def test_rows_match_joint_moves(moves: list[str], matched: list[str]) -> None:
    order = [{"stage": "both", "movers": MOVERS, "leads_to": [{"moves": moves, "end": "hit"}]}]
    skeleton = unfold(case(order=order, endings={"hit": {}}))
    (point,) = at(skeleton, "both")
    hit = [joint.options for joint in point.joints if skeleton.points[joint.branches[0].target].stage == "hit"]
    names = ["".join(point.options[who][index].move for who, index in enumerate(options)) for options in hit]
    assert names == matched


def test_a_row_reads_the_world_before_the_moves_and_comes_after_their_own_effects() -> None:
    movers = {"a": {"light": {"then": {"lamp": "on"}, "cost": "p"}}, "b": {"look": {}}}
    rows = [{"moves": ["any", "any"], "when": "lamp == on", "end": "hit"}, {"moves": ["light", "look"], "go": "next"}]
    order = [{"stage": "both", "movers": movers, "leads_to": rows}, stage("skipped"), stage("next")]
    skeleton = unfold(case(world=LAMP, order=order, endings={"hit": {}}))
    first = at(skeleton, "both")[0]
    target = skeleton.points[first.joints[0].branches[0].target]
    assert (target.stage, target.world) == ("next", (1,))


def test_the_keys_of_a_row_that_sets_a_variable_are_its_values() -> None:
    row = {"moves": ["any", "any"], "sets": "lamp", "chance": {"on": "p", "go last": "q", "off": "rest"}}
    order = [{"stage": "both", "movers": MOVERS, "leads_to": [row]}, stage("last")]
    skeleton = unfold(case(world=LAMP, order=order))
    first = at(skeleton, "both")[0].joints[0]
    reached = [skeleton.points[branch.target] for branch in first.branches]
    assert [(point.stage or point.kind, point.world) for point in reached] == [
        ("close", (1,)),
        ("last", (0,)),
        ("close", (0,)),
    ]
    assert [branch.label for branch in first.branches] == ["on", "go last", "off"]


def test_a_structural_alternative_selects_what_exists() -> None:
    alternatives = {"first": {"alternatives": {"us": 0.5, "them": 0.5}, "unit": "1", "means": "who is first"}}
    assumed = {"assumptions": {"first": {**alternatives["first"], "source": "judgement", "because": "made up"}}}
    order = [stage("ours", only_if="first == us"), stage("theirs", only_if="first == them")]
    one, other = (unfold(case(**assumed, order=order), alternatives={"first": name}) for name in ("us", "them"))
    assert (len(at(one, "ours")), len(at(one, "theirs"))) == (1, 0)
    assert (len(at(other, "ours")), len(at(other, "theirs"))) == (0, 1)
    assert unfold(case(**assumed, order=order)) == one
    assert one.unmet == other.unmet == ()


def test_a_rest_that_is_nothing_is_no_branch() -> None:
    order = [{"chance": "coin", "branches": {"heads": {"p": 0.5}, "tails": {"p": 0.5}, "edge": {"p": "rest"}}}]
    (coin,) = at(unfold(case(order=order)), "coin")
    assert [branch.label for branch in coin.joints[0].branches] == ["heads", "tails"]


def test_what_is_never_met_is_named_once_at_the_outermost_place() -> None:
    moves = {"stay": {}, "burn": {"when": "lamp == on", "chance": {"more": {"p": 0.5}, "less": {"p": "rest"}}}}
    order = [stage("switch", moves), stage("never", moves, when="lamp == on")]
    assert unfold(case(world=LAMP, order=order)).unmet == ("order[0].moves.burn", "order[1]")


def test_a_mandate_binds_where_a_move_of_it_is_legal() -> None:
    moves = {"stay": {}, "light": {"when": "lamp == off", "then": {"lamp": "on"}}}
    sections = {"world": LAMP, "order": [stage("switch", moves)]}
    regimes = {"lit": {"mandate": {"a.switch": ["light"]}}, "odd": {"mandate": {"a.switch": ["dance"]}}}
    points = at(unfold(case(**sections, regimes=regimes), "lit"), "switch")
    assert [[option.move for option in point.options[0]] for point in points] == [["light"], ["stay"]]
    with pytest.raises(StructureError, match=r"regimes\.odd\.mandate\.a\.switch.*dance is ever legal"):
        unfold(case(**sections, regimes=regimes), "odd")


def test_a_mandate_for_a_stage_that_an_alternative_rules_out_is_no_trouble() -> None:
    who = {"who": {"alternatives": {"us": 0.5, "them": 0.5}, **JUDGED}}
    order = [stage("ours", {"stay": {}, "go": {}}, only_if="who == us"), stage("last")]
    made = case(assumptions=who, order=order, regimes={"out": {"mandate": {"a.ours": ["go"]}}})
    assert at(unfold(made, "out", {"who": "them"}), "ours") == []
    (point,) = at(unfold(made, "out", {"who": "us"}), "ours")
    assert [option.move for option in point.options[0]] == ["go"]
