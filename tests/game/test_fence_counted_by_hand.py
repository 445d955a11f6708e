"""The fence, unfolded by hand: two worlds, fourteen points, eleven options, fifteen joint moves."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from ruamel.yaml import YAML

from assay.case.model import Case
from assay.game.compile import compile_game
from assay.game.unfold import unfold

FENCE = Path(__file__).parent.parent / "cases" / "fence.yaml"


@pytest.fixture(scope="module")
def fence() -> Case:
    return Case.model_validate(YAML(typ="safe", pure=True).load(FENCE.read_text(encoding="utf-8")))


def test_every_stage_is_a_point_in_each_of_the_two_worlds(fence: Case) -> None:
    points = unfold(fence).points
    counted = [(point.kind, point.stage, point.world) for point in points]
    stages = [("choice", "fencing"), ("chance", "quarrel_year"), ("choice", "raid"), ("chance", "fight")]
    ends = [("close", ""), ("ending", "sacked"), ("ending", "failed")]
    assert counted == [(kind, stage, (fence,)) for kind, stage in stages + ends for fence in (0, 1)]


def test_nothing_in_the_fence_is_out_of_reach(fence: Case) -> None:
    assert unfold(fence).unmet == ()


def test_a_fence_is_built_once(fence: Case) -> None:
    points = unfold(fence).points
    legal = {point.world: [option.move for option in point.options[0]] for point in points if point.stage == "fencing"}
    assert legal == {(0,): ["wait", "build"], (1,): ["wait"]}


def test_building_leads_to_the_world_with_a_fence_and_is_paid_for(fence: Case) -> None:
    points = unfold(fence).points
    wait, build = points[0].joints
    assert [points[joint.branches[0].target].world for joint in (wait, build)] == [(0,), (1,)]
    assert [(pay.part, pay.sign, str(pay.amount.formula)) for pay in build.pays] == [("cost", -1, "fence_cost")]
    assert wait.pays == ()


def test_joint_moves_take_the_first_row_that_matches(fence: Case) -> None:
    points = unfold(fence).points
    raid = next(point for point in points if point.stage == "raid")
    led = {
        joint.options: [points[branch.target].stage or "close" for branch in joint.branches] for joint in raid.joints
    }
    assert led == {(0, 0): ["close"], (0, 1): ["fight"], (1, 0): ["close"], (1, 1): ["fight", "failed"]}


def test_arrays_have_the_counted_lengths(fence: Case) -> None:
    structure = compile_game(fence).structure
    assert len(structure.kind) == 14
    assert len(structure.option_weight) == 2 + 1 + 2 * (2 + 2)
    assert len(structure.joint_option) == 2 + 1 + 2 * 1 + 2 * 4 + 2 * 1
    assert len(structure.branch_target) == 3 + 2 * 2 + 2 * 5 + 2 * 2
    # build's cost; watch's effort in two joint moves of two worlds; a fence's comfort; two endings' two payoffs, twice
    assert len(structure.pay_player) == 1 + 4 + 1 + 8


def test_a_ban_takes_the_fence_out_of_the_game(fence: Case) -> None:
    skeleton = unfold(fence, regime="no_fence")
    assert {point.world for point in skeleton.points} == {(0,)}
    assert "order[0].moves.build" in skeleton.unmet


def test_next_periods_begin_where_the_close_leads(fence: Case) -> None:
    game = compile_game(fence)
    closes = np.flatnonzero(game.structure.kind == 2)
    assert [int(game.structure.next_point[close]) for close in closes] == [0, 1]
