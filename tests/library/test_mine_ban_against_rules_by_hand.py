"""The case `mine-ban`, whose standings follow from the convention's rules, is the game that has them written out."""

from __future__ import annotations

import re
from typing import Any

import pytest
from ruamel.yaml import YAML

from assay.case.model import Case
from assay.case.read import read
from assay.game.skeleton import Skeleton
from assay.game.unfold import unfold

from . import mine_ban_variants

BY_HAND = """
world:
  treaty_west: {values: [not_party, entering_1, party, leaving_1, left], start: party}
  treaty_belarus: {values: [not_party, entering_1, party, leaving_1, left], start: party}
notify: {when: treaty_west == party, then: {treaty_west: leaving_1}}
lay: {when: treaty_west == left and line_west == works, then: {line_west: mines}}
mine: {when: line_east == works, then: {line_east: mines, treaty_belarus: leaving_1}}
half_year_west: {when: treaty_west == leaving_1, branches: {out: {p: 1, then: {treaty_west: left}}}}
half_year_belarus:
  when: treaty_belarus == leaving_1
  branches:
    out: {p: 1 - (belarus_engaged if proxy_war == active else 0), then: {treaty_belarus: left}}
    held_up: {p: rest}
"""


def by_hand() -> Case:
    """The case with values, acts and waiting periods written out as an author without treaties would."""
    data: dict[str, Any] = mine_ban_variants.main_case()
    hand = YAML(typ="safe", pure=True).load(BY_HAND)
    data["world"] |= hand["world"]
    data["assumptions"]["rearm_plan"] |= {"fixed": 800.0, "source": ["S_STRATCULT", "S_GOVCON"]}
    del data["assumptions"]["rearm_plan"]["fact"]
    for item in data["order"]:
        moves = item.get("moves", {})
        for name in moves.keys() & hand.keys():
            moves[name] = {key: each for key, each in moves[name].items() if key not in ("act", "of")} | hand[name]
        if item.get("chance") in hand:
            item |= hand[item["chance"]]
            del item["clock"]
    return Case.model_validate(data)


def told(skeleton: Skeleton) -> list[str]:
    """Points, moves, ways, payoffs and formulas; not where they stand in the file."""
    found = []
    for point in skeleton.points:
        options = [
            [(each.move, each.weight and str(each.weight.formula.node)) for each in some] for some in point.options
        ]
        joints = [
            (
                joint.options,
                [(pay.player, pay.part, str(pay.amount.formula.node), pay.sign) for pay in joint.pays],
                [
                    (way.target, getattr(getattr(way.probability, "formula", None), "node", None))
                    for way in joint.branches
                ],
            )
            for joint in point.joints
        ]
        text = repr((point.kind, point.stage, point.world, point.movers, options, joints, point.next))
        found.append(re.sub(r"span=\(\d+, \d+\)", "", text))
    return found


@pytest.mark.parametrize("timing", ["ally_last", "ally_first"])
def test_the_rules_make_the_game_that_was_written_by_hand(timing: str) -> None:
    case, hand = read(mine_ban_variants.FOLDER / "case.yaml"), by_hand()
    own, other = (told(unfold(each, alternatives={"timing": timing})) for each in (case, hand))
    assert own == other


def test_the_cited_sum_is_the_one_that_was_written_by_hand() -> None:
    case, hand = read(mine_ban_variants.FOLDER / "case.yaml"), by_hand()
    assert case.assumptions["rearm_plan"].fixed == hand.assumptions["rearm_plan"].fixed == 800.0
    assert case.assumptions["rearm_plan"].source == hand.assumptions["rearm_plan"].source
