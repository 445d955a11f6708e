"""Games made by hand with private types: rows by type, slots, the grid's reference and priors."""

from __future__ import annotations

import numpy as np
import pytest

from assay.game.game import Filled
from assay.game.small import by, chance, choice, close, ending, small_game, to

SOFT = np.array([0.5, 0.25])


def signal(**changes: object) -> Filled:
    points = {
        "signal": choice(
            {"sender": ["speak", "wait"]},
            {"speak": to("answer", pays={"sender": by("sender", weak=-1.0, strong=-0.5)}), "wait": to("calm")},
            weights={("sender", "speak"): by("sender", weak=0.25, strong=0.5)},
        ),
        "answer": choice({"receiver": ["fight", "yield"]}, {"fight": to("war"), "yield": to("peace")}),
        "war": ending(
            {
                "receiver": by("sender", weak=3.0, strong=by("receiver", soft=-4.0, hard=-2.0)),
                "sender": by("receiver", soft=1.5, hard=1.5),
            }
        ),
        "calm": close({"receiver": by("receiver", soft=2.0, hard=5.0)}, next="signal"),
        "peace": ending({"sender": 2.0}),
    }
    given = {
        "types": {"sender": {"weak": 0.7, "strong": 0.3}, "receiver": {"soft": SOFT, "hard": 1 - SOFT}},
        "believed": {"sender": {"receiver": {"strong": 0.5}}},
        "nodes": 5,
        "span": 2.0,
        **changes,
    }
    return small_game(("sender", "host", "receiver"), points, **given)  # type: ignore[arg-type]


def pays_of(filled: Filled, point: str) -> dict[tuple[str, tuple[int, ...]], float]:
    """Amounts paid at an ending or close, by player and types."""
    game, structure = filled.game, filled.game.structure
    assert structure.pay_stride is not None
    place = [each.stage for each in game.skeleton.points].index(point)
    found = {}
    for pay in range(structure.point_pay_start[place], structure.point_pay_start[place + 1]):
        for types in np.ndindex(2, 2):
            row = structure.pay_true[pay] + structure.pay_stride[pay] @ np.array(types)
            found[game.players[structure.pay_player[pay]], types] = float(filled.table[0, row, 0])
    return found


def test_slots_are_one_for_each_type_players_in_order() -> None:
    assert signal().game.slots == ((0, 0), (0, 1), (1, 0), (2, 0), (2, 1))


def test_the_first_observer_centres_the_grid_else_the_analyst_does() -> None:
    game = signal().game
    assert [(each.player, each.types, each.reference) for each in game.informed] == [
        (0, ("weak", "strong"), 2),
        (2, ("soft", "hard"), -1),
    ]
    assert [(each.nodes, each.span, each.size) for each in game.informed] == [(5, 2.0, 5), (5, 2.0, 5)]
    assert game.belief_nodes == 25


def test_a_number_by_type_has_a_row_for_each_combination() -> None:
    war = pays_of(signal(), "war")
    assert [war["receiver", types] for types in np.ndindex(2, 2)] == [3.0, 3.0, -4.0, -2.0]
    assert {war["sender", types] for types in np.ndindex(2, 2)} == {1.5}


def test_strides_are_zero_where_a_number_does_not_differ() -> None:
    structure = signal().game.structure
    assert structure.pay_stride is not None
    strides = {tuple(each) for each in structure.pay_stride.tolist()}
    assert strides == {(1, 0), (2, 1), (0, 1), (0, 0)}


def test_a_base_weight_by_own_type_has_a_stride() -> None:
    filled = signal()
    structure = filled.game.structure
    assert structure.option_stride is not None
    assert structure.option_stride.tolist() == [1, 0, 0, 0]
    rows = structure.option_weight[0] + np.arange(2) * structure.option_stride[0]
    assert filled.table[0, rows, 0].tolist() == [0.25, 0.5]


def test_priors_are_the_analysts_unless_an_observer_believes_otherwise() -> None:
    filled = signal()
    assert filled.prior is not None
    assert filled.prior.shape == (1, 2, 4, 2, 8)
    assert filled.prior[0, 0, :, 1, 0].tolist() == [0.3, 0.3, 0.3, 0.5]
    assert filled.prior[0, 1, :, 0, :2].tolist() == [[0.5, 0.25]] * 4
    assert filled.prior[0].sum(axis=2) == pytest.approx(1)


def test_a_game_without_types_says_nothing_of_them() -> None:
    filled = small_game(("a",), {"end": ending({"a": 1.0})})
    structure = filled.game.structure
    assert (structure.pay_stride, structure.option_stride, filled.prior, filled.game.informed) == (None,) * 3 + ((),)
    assert filled.game.belief_nodes == 1


def test_shares_beyond_the_last_type_are_zero() -> None:
    types = {"a": {"x": 0.2, "y": 0.3, "z": 0.5}, "b": {"x": 0.5, "y": 0.5}}
    filled = small_game(("a", "b"), {"end": ending({"a": by("a", x=1.0, y=2.0, z=3.0)})}, types=types)
    assert filled.prior is not None
    assert filled.prior[0, 1, :, 2, :].tolist() == [[0.0] * 8] * 3
    assert filled.game.belief_nodes == 49 * 7


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"nodes": 4}, "odd number"),
        ({"span": 0.0}, "span"),
        ({"types": {"sender": {"weak": 1.0}}}, "fewer than two"),
        ({"types": {"sender": {"weak": 0.5, "strong": 0.6}}}, "sum to more than 1"),
        ({"believed": {"sender": {"nobody": {"weak": 0.5}}}}, "no player 'nobody'"),
        ({"believed": {"sender": {"host": {"meek": 0.5}}}}, "its types are weak, strong"),
    ],
)
def test_what_is_no_belief_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        signal(**changes)


def test_numbers_may_not_differ_by_type_where_nothing_is_paid_or_chosen_by_it() -> None:
    types = {"a": {"x": 0.5, "y": 0.5}}
    ends = {"end": ending(), "other": ending()}
    with pytest.raises(ValueError, match="probability differs by type"):
        small_game(("a",), {"toss": chance(to("end", by("a", x=0.1, y=0.2)), to("other", 0.9)), **ends}, types=types)  # type: ignore[arg-type]
    points = {
        "move": choice(
            {"b": ["go", "stay"]}, {"go": to("end"), "stay": to("other")}, {("b", "go"): by("a", x=1.0, y=2.0)}
        ),
        **ends,
    }
    with pytest.raises(ValueError, match="differs by the type of a"):
        small_game(("a", "b"), points, types=types)
    with pytest.raises(ValueError, match="'b' has no types"):
        small_game(("a", "b"), {"end": ending({"a": by("b", x=1.0)})}, types=types)
    with pytest.raises(ValueError, match="no number is given for the type 'y'"):
        small_game(("a", "b"), {"end": ending({"a": by("a", x=1.0)})}, types=types)
