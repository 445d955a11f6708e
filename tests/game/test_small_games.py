"""Games made by hand have the arrays that they say."""

from __future__ import annotations

import numpy as np
import pytest

from assay.game.game import CHANCE, CHOICE, CLOSE, ENDING, Filled
from assay.game.small import chance, choice, close, ending, normal_form, small_game, to


def entry(**changes: object) -> Filled:
    points = {
        "entry": choice({"entrant": ["in", "out"]}, {"in": to("answer"), "out": to("calm")}),
        "answer": choice({"incumbent": ["fight", "share"]}, {"fight": to("war"), "share": to("peace")}),
        "calm": ending({"entrant": 0, "incumbent": 2}),
        "war": ending({"entrant": -1, "incumbent": -1}),
        "peace": ending({"entrant": 1, "incumbent": 1}),
    }
    return small_game(("entrant", "incumbent"), points, **{"precision": 2.0, **changes})  # type: ignore[arg-type]


def test_points_and_payoffs_are_where_they_were_put() -> None:
    filled = entry()
    game, structure = filled.game, filled.game.structure
    assert structure.kind.tolist() == [CHOICE, CHOICE, ENDING, ENDING, ENDING]
    assert game.option_label == (
        ("entrant", "entry", "in"),
        ("entrant", "entry", "out"),
        ("incumbent", "answer", "fight"),
        ("incumbent", "answer", "share"),
    )
    stages = [point.stage for point in game.skeleton.points]
    paid = {
        stages[point]: {
            game.players[structure.pay_player[pay]]: structure.pay_sign[pay]
            * filled.table[0, structure.pay_true[pay], 0]
            for pay in range(structure.point_pay_start[point], structure.point_pay_start[point + 1])
        }
        for point in range(5)
        if structure.kind[point] == ENDING
    }
    # a payoff of zero for certain takes no place
    assert paid == {
        "calm": {"incumbent": 2.0},
        "war": {"entrant": -1.0, "incumbent": -1.0},
        "peace": {"entrant": 1.0, "incumbent": 1.0},
    }


def test_numbers_may_differ_by_draw_and_padding_repeats_the_last() -> None:
    filled = entry(precision={"entrant": np.arange(1.0, 11.0), "incumbent": 3.0})
    assert filled.draws == 10
    assert filled.precision.shape == (2, 2, 8)
    assert filled.precision[:, 0].ravel().tolist() == [*range(1, 11), *[10] * 6]
    assert (filled.precision[:, 1] == 3).all()


def test_a_player_may_see_another_probability() -> None:
    points = {
        "toss": chance(to("won", 0.5, seen={"b": 0.9}), to("lost", 0.5, seen={"b": 0.1})),
        "won": ending({"a": 1, "b": 1}),
        "lost": close(next="toss"),
    }
    filled = small_game(("a", "b"), points)
    structure = filled.game.structure
    assert structure.kind[structure.start] == CHANCE
    assert filled.table[0, structure.branch_row, 0].tolist() == [[0.5, 0.5, 0.9], [0.5, 0.5, 0.1]]
    assert structure.next_point[structure.kind == CLOSE].tolist() == [structure.start]


def test_a_normal_form_has_a_cell_for_each_joint_move() -> None:
    payoffs = np.arange(2 * 2 * 3, dtype=float).reshape(2, 2, 3) + 1
    filled = normal_form(payoffs)
    structure = filled.game.structure
    assert structure.joint_option.tolist() == [[a, 2 + b] for a in range(2) for b in range(3)]
    ends = structure.branch_target
    starts = structure.point_pay_start
    found = [[filled.table[0, structure.pay_true[starts[end] + player], 0] for end in ends] for player in range(2)]
    assert found == payoffs.reshape(2, 6).tolist()


def test_what_leads_in_a_circle_or_nowhere_is_refused() -> None:
    circle = {"a": chance(to("b")), "b": chance(to("a"))}
    with pytest.raises(ValueError, match="circle"):
        small_game(("x",), circle)
    with pytest.raises(ValueError, match="leads nowhere"):
        small_game(("x",), {"a": choice({"x": ["go", "stay"]}, {"go": to("end")}), "end": ending()})
    with pytest.raises(ValueError, match="do not sum to one"):
        small_game(("x",), {"a": chance(to("end", 0.4)), "end": ending()})
