"""The table: rows shared, rests, views, gates in closed form, periods, changed parameters, faults."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from assay.game.compile import compile_game
from assay.game.fill import fill
from assay.game.game import Filled, Game

from .cases import JUDGED, Given, case, number
from .test_order_of_play import LAMP, stage


def values_of(filled: Filled, row: int) -> NDArray[np.float64]:
    """A row's value in each draw."""
    values: NDArray[np.float64] = filled.table[:, row].reshape(-1)[: filled.draws]
    return values


def chances(game: Game, name: str, column: int = 0) -> dict[str, int]:
    """Branch label to the row of its probability, at the first chance point of a name."""
    structure = game.structure
    place = next(i for i, point in enumerate(game.skeleton.points) if point.stage == name and point.kind == "chance")
    joint = structure.joint_start[place]
    labels = [branch.label for branch in game.skeleton.points[place].joints[0].branches]
    rows = structure.branch_row[structure.branch_start[joint] : structure.branch_start[joint + 1], column]
    return dict(zip(labels, rows.tolist(), strict=True))


def coin(**branches: Any) -> dict[str, Any]:
    return {"chance": "coin", "branches": {name: {"p": p} for name, p in branches.items()}}


def test_a_formula_has_one_row_for_all_worlds_in_which_it_is_the_same() -> None:
    world = {**LAMP, "door": {"values": ["shut", "open"], "start": "shut"}}
    moves = {"stay": {}, "both": {"then": {"lamp": "on", "door": "open"}}, "lamp": {"then": {"lamp": "on"}}}
    payoffs = {"a": {"each_period": {"light": "p if lamp == on else q"}}, "b": {"each_period": {"light": "p*1"}}}
    game = compile_game(case(world=world, order=[stage("s", moves)], payoffs=payoffs))
    read = [(str(row.use.formula), row.use.world[0]) for row in game.rows]
    assert sorted(read) == [("p if lamp == on else q", 0), ("p if lamp == on else q", 1), ("p*1", 0)]


def test_the_same_formula_written_twice_has_one_row() -> None:
    payoffs = {"a": {"each_period": {"x": "p + q"}}, "b": {"each_period": {"y": "p+q"}}}
    game = compile_game(case(order=[stage("s")], payoffs=payoffs))
    assert len(game.rows) == 1
    assert game.pay_part == ((0, "x"), (1, "y"))


def test_what_is_zero_for_certain_is_not_paid() -> None:
    payoffs = {"a": {"each_period": {"x": "p * (1 if lamp == on else 0)"}}}
    game = compile_game(
        case(world=LAMP, order=[stage("s", {"stay": {}, "l": {"then": {"lamp": "on"}}})], payoffs=payoffs)
    )
    assert len(game.structure.pay_player) == 1


def test_a_rest_is_what_the_others_leave() -> None:
    game = compile_game(made := case(order=[coin(x="p", y="q", z="rest")]))
    filled = fill(game, made, Given(p=[0.1, 0.2], q=[0.3, 0.8], r=0))
    rows = chances(game, "coin")
    assert values_of(filled, rows["z"]).tolist() == pytest.approx([0.6, 0.0])
    assert filled.faults == ()


def test_definitions_in_definitions_reach_the_table() -> None:
    define = {"half": "p / 2", "lit": "half if lamp == on else half + q", "shown": {"value": "lit * 2", "means": "x"}}
    order = [stage("s", {"stay": {}, "l": {"then": {"lamp": "on"}}})]
    made = case(world=LAMP, define=define, order=order, payoffs={"a": {"each_period": {"x": "shown + half"}}})
    game = compile_game(made)
    filled = fill(game, made, Given(p=[0.2, 0.4], q=[1.0, 3.0], r=0))
    found = {row.use.world: values_of(filled, place + 2).tolist() for place, row in enumerate(game.rows)}
    assert found == {(0,): pytest.approx([2.3, 6.6]), (1,): pytest.approx([0.3, 0.6])}


def test_a_perceived_assumption_gives_its_viewer_rows_of_its_own() -> None:
    define = {"risk": "p / 2"}
    sections = {"define": define, "perceives": {"b": {"p": "p * 3"}}}
    order = [coin(war="risk", peace="rest")]
    payoffs = {name: {"each_period": {"fear": "-risk", "calm": "q"}} for name in "ab"}
    made = case(**sections, order=order, payoffs=payoffs)
    game = compile_game(made)
    filled = fill(game, made, Given(p=[0.2], q=[0.3], r=0))
    seen = [{k: values_of(filled, row)[0] for k, row in chances(game, "coin", column).items()} for column in range(3)]
    assert seen[0] == seen[1] == {"war": pytest.approx(0.1), "peace": pytest.approx(0.9)}
    assert seen[2] == {"war": pytest.approx(0.3), "peace": pytest.approx(0.7)}
    structure = game.structure
    pays = {
        (game.players[player], part): (values_of(filled, true)[0], values_of(filled, eye)[0])
        for (player, part), true, eye in zip(game.pay_part, structure.pay_true, structure.pay_seen, strict=True)
    }
    assert pays == {
        ("a", "fear"): pytest.approx((-0.1, -0.1)),
        ("b", "fear"): pytest.approx((-0.1, -0.3)),
        ("a", "calm"): pytest.approx((0.3, 0.3)),
        ("b", "calm"): pytest.approx((0.3, 0.3)),
    }


@pytest.mark.parametrize("months", [12, 6, 1])
def test_a_rate_opens_its_gate_by_the_exponential_law_whatever_the_step(months: int) -> None:
    calendar = {"start": "2025-01-01", "step": f"{months} months", "periods": 12 // months}
    order = [stage("s", opportunities={"rate": "r"}), {"block": "b", "rate": "r", "stages": [stage("in")]}]
    made = case(calendar=calendar, order=order)
    game = compile_game(made)
    rates = np.array([0.01, 0.7, 5.0])
    filled = fill(game, made, Given(p=0, q=0, r=rates))
    for name in "sb":
        opens = values_of(filled, chances(game, name)["occurs"])
        assert opens == pytest.approx(1 - np.exp(-rates * months / 12), rel=1e-12)
        within_a_year = 1 - (1 - opens) ** (12 // months)
        assert within_a_year == pytest.approx(1 - np.exp(-rates), rel=1e-9)


def test_a_constant_rate_is_a_gate_too() -> None:
    made = case(order=[{"block": "b", "rate": 2, "stages": [stage("in")]}])
    filled = fill(game := compile_game(made), made, Given(p=0, q=0, r=0))
    assert values_of(filled, chances(game, "b")["occurs"])[0] == pytest.approx(1 - np.exp(-2))


def test_a_formula_of_time_has_a_row_for_each_period_with_the_buffer() -> None:
    calendar = {"start": "2025-01-01", "step": "6 months", "periods": 2, "buffer": 1}
    define = {"drift": "p + 0.1 * elapsed"}
    order = [coin(x="drift / period", y="rest")]
    made = case(calendar=calendar, define=define, order=order)
    filled = fill(game := compile_game(made), made, Given(p=[0.2, 0.4], q=0, r=0))
    rows = chances(game, "coin")
    for name, row in rows.items():
        assert game.row_stride[row] == 1
        expected = np.array([[0.2, 0.4], [0.125, 0.225], [0.1, 0.5 / 3]])
        found = [values_of(filled, row + period) for period in range(3)]
        assert np.array(found) == pytest.approx(expected if name == "x" else 1 - expected)
    assert len(game.row_stride) == len(game.rows) + 2 == 2 + 3 + 3


def test_alternatives_are_compared_by_name_in_any_formula() -> None:
    named = {"who": {"alternatives": {"us": 0.5, "them": 0.5}, "unit": "1", "means": "who it is"}}
    who = {"who": {**named["who"], "source": "judgement", "because": "made up"}}
    made = case(assumptions={**who}, order=[stage("s")], payoffs={"a": {"each_period": {"x": "3 if who == us else 5"}}})
    found = [
        values_of(fill(game, made, Given()), int(game.structure.pay_true[0]))[0]
        for game in (compile_game(made, alternatives={"who": name}) for name in ("us", "them"))
    ]
    assert found == [3, 5]


def test_sets_regimes_and_perceptions_change_the_truth_in_that_order() -> None:
    regimes = {"calm": {"set": {"p": "p / 2", "q": "p"}}, "fear": {"perceive": {"b": {"p": "p + 1"}}}}
    payoffs = {"a": {"each_period": {"x": "p"}}, "b": {"each_period": {"x": "p", "y": "q"}}}
    made = case(order=[stage("s")], payoffs=payoffs, regimes=regimes, perceives={"b": {"p": "p * 10"}})
    draws = Given(p=[1.0, 2.0], q=[5.0, 5.0], r=0)
    game = compile_game(made)

    def seen(filled: Filled) -> dict[str, list[float]]:
        structure = filled.game.structure
        names = [f"{filled.game.players[player]}.{part}" for player, part in filled.game.pay_part]
        return {name: values_of(filled, row).tolist() for name, row in zip(names, structure.pay_seen, strict=True)}

    assert seen(fill(game, made, draws)) == {"a.x": [1, 2], "b.x": [10, 20], "b.y": [5, 5]}
    # the regime reads the draws as they were: q becomes the old p
    assert seen(fill(game, made, draws, "calm")) == {"a.x": [0.5, 1], "b.x": [5, 10], "b.y": [1, 2]}
    changed = fill(game, made, draws, "calm", sets={"q": np.array([7.0, 8.0])})
    assert seen(changed)["b.y"] == [7, 8]
    fear = compile_game(made, "fear")
    assert seen(fill(fear, made, draws)) == {"a.x": [1, 2], "b.x": [2, 3], "b.y": [5, 5]}


def test_a_regime_that_changes_moves_is_not_filled_into_another_game() -> None:
    regimes = {"dark": {"ban": ["a.s.l"]}}
    made = case(world=LAMP, order=[stage("s", {"stay": {}, "l": {"then": {"lamp": "on"}}})], regimes=regimes)
    with pytest.raises(ValueError, match="compile the game under it"):
        fill(compile_game(made), made, Given(p=0, q=0, r=0), "dark")
    assert fill(compile_game(made, "dark"), made, Given(p=0, q=0, r=0), "dark").faults == ()


def test_only_assumptions_that_are_numbers_can_be_set() -> None:
    who = {"who": {"alternatives": {"us": 0.5, "them": 0.5}, **JUDGED}, "p": number(0, 1)}
    made = case(assumptions=who, define={"half": "p / 2"}, order=[stage("s")])
    game = compile_game(made)
    with pytest.raises(KeyError, match="'half' is no assumption"):
        fill(game, made, Given(p=0.5), sets={"half": 0.1})
    with pytest.raises(ValueError, match="'who' selects a structure"):
        fill(game, made, Given(p=0.5), sets={"who": 1.0})


def test_precision_and_discount_are_read_per_draw_and_padded() -> None:
    actors = {"a": {"name": "A", "precision": "p * 2"}, "b": {"name": "B", "precision": 3}}
    made = case(actors=actors, discount="1 - q", order=[stage("s")])
    filled = fill(compile_game(made), made, Given(p=np.arange(10.0), q=0.25, r=0), precision_scale=0.5)
    assert filled.precision.shape == (2, 2, 8)
    assert filled.precision[:, 0].ravel().tolist() == [*range(10), *[9] * 6]
    assert (filled.precision[:, 1] == 1.5).all()
    assert filled.discount.shape == (2, 8)
    assert (filled.discount == 0.75).all()


def test_draws_of_another_alternative_are_not_filled_into_a_game() -> None:
    who = {"who": {"alternatives": {"us": 0.5, "them": 0.5}, **JUDGED}}
    made = case(assumptions=who, order=[stage("s")])
    draws = Given()
    draws.alternatives = {"who": (("us", "them"), np.array([1]))}
    with pytest.raises(ValueError, match="not of the game's alternative who == us"):
        fill(compile_game(made), made, draws)
    assert fill(compile_game(made, alternatives={"who": "them"}), made, draws).faults == ()


def test_faults_name_the_draws_the_place_and_the_values() -> None:
    order = [
        stage("s", {"x": {"weight": "q"}, "y": {"cost": "log(p)"}}),
        coin(heads="p", tails="rest"),
    ]
    made = case(order=order, discount="2 * r")
    draws = Given(p=[0.5, 0.0, 1.5, -0.1], q=[0.5, 1.0, -0.5, 1.1], r=[0.5, 0.5, 0.5, 0.6])
    faults = fill(compile_game(made), made, draws).faults
    assert faults == (
        (1, "order[0].moves.y.cost: `log(p)` is not a finite number, in 2 of 4 draws (nan)"),
        (2, "order[0].moves.x.weight: `q` is not above zero, as a base weight must be, in 1 of 4 draws (-0.5)"),
        (2, "order[1].branches.heads.p: `p` is not a probability, in 2 of 4 draws (-0.1 to 1.5)"),
        (3, "discount: it is not between 0 and 1, in 1 of 4 draws (1.2)"),
        (3, "order[0].moves.y.cost: `log(p)` is not a finite number, in 2 of 4 draws (nan)"),
        (3, "order[1].branches.heads.p: `p` is not a probability, in 2 of 4 draws (-0.1 to 1.5)"),
    )


def test_branches_that_do_not_sum_to_one_are_faults_in_their_draws() -> None:
    made = case(order=[coin(heads="p", tails="q")])
    faults = fill(compile_game(made), made, Given(p=[0.5, 0.5], q=[0.5, 0.4], r=0)).faults
    assert [draw for draw, _ in faults] == [1]
    assert "do not sum to 1, in 1 of 2 draws (0.9)" in faults[0][1]
    assert faults[0][1].startswith("order[0].branches.heads.p")


def test_a_rest_below_nothing_is_a_fault() -> None:
    made = case(order=[coin(heads="p", tails="q", edge="rest")])
    faults = fill(compile_game(made), made, Given(p=[0.6, 0.6], q=[0.4, 0.5], r=0)).faults
    assert [(draw, "leave to `rest` is not a probability, in 1 of 2" in text) for draw, text in faults] == [(1, True)]


def test_a_place_that_is_wrong_in_many_worlds_is_named_once() -> None:
    order = [
        stage("s", {"stay": {}, "l": {"then": {"lamp": "on"}}}),
        coin(heads="p if lamp == on else 2 * p", tails="rest"),
    ]
    made = case(world=LAMP, order=order)
    faults = fill(compile_game(made), made, Given(p=[0.4, 1.25, 2.0], q=0, r=0)).faults
    assert len({text for _, text in faults}) == 1
    assert [draw for draw, _ in faults] == [1, 2]
    assert "in 2 of 3 draws, there and in 1 more world or period (1.25 to 4)" in faults[0][1]


def test_rounding_is_no_fault() -> None:
    made = case(order=[coin(x="p", y="q", z="r")])
    assert fill(compile_game(made), made, Given(p=0.1, q=0.2, r=0.7 + 1e-13)).faults == ()
