"""Private types in cases: rows for each type, what everybody believes, stages that reveal nothing, grids that fit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from assay.case.model import Case
from assay.game.check import check_structure
from assay.game.compile import compile_game
from assay.game.describe import describe, describe_game, size
from assay.game.fill import fill
from assay.game.game import Filled, Game
from assay.game.trouble import StructureError
from assay.game.unfold import unfold

from .cases import JUDGED, Given, case, number
from .test_structure_problems import Places

TAKE = {"by": "a", "types": {"low": {"range": [0, 1]}, "high": {"range": [2, 3]}}, **JUDGED}
LAST = {"stage": "last", "mover": "a", "moves": {"stop": {}, "go on": {}}}
VALUES = {"p": [0.1, 0.2], "q": 0.3, "r": 0.4, "take.low": [1.0, 1.5], "take.high": [5.0, 7.0]}
VALUES |= {"hope.mild": 10.0, "hope.wild": 20.0}


def typed(**sections: Any) -> Case:
    """`a` is low or high, `b` mild or wild, `c` has no types."""
    base: dict[str, Any] = {
        "actors": {
            "a": {
                "name": "A",
                "precision": 1,
                "types": ["low", "high"],
                "share": {"high": "p"},
                "believed": {"c": {"high": "q"}},
            },
            "b": {"name": "B", "precision": 1, "types": {"mild": "1 - r", "wild": "r"}},
            "c": {"name": "C", "precision": 1},
        },
        "assumptions": {
            **{name: number(0.1, 0.4) for name in "pqr"},
            "take": TAKE,
            "hope": {**TAKE, "by": "b", "types": {"mild": {"fixed": 10}, "wild": {"fixed": 20}}},
        },
        "world": {"fence": {"values": ["none", "built"], "start": "none"}},
        "order": [
            {"stage": "move", "mover": "a", "moves": {"stay": {}, "build": {"then": {"fence": "built"}}}},
            {"stage": "reply", "mover": "c", "moves": {"yield": {}, "fight": {"end": "war"}}},
        ],
        "endings": {"war": {"tags": ["war"], "pays": {"a": {"gain": "take"}}}},
    }
    return case(**{**base, **sections})


def filled_of(given: Case, **values: Any) -> Filled:
    return fill(compile_game(given), given, Given(**{**VALUES, **values}))


def amounts(filled: Filled, part: str, seen: bool = False, period: int = 0) -> list[dict[tuple[int, ...], list[float]]]:
    """What every pay of a part is, by types (those of a first), one number for each draw; each block once."""
    game, structure = filled.game, filled.game.structure
    assert structure.pay_stride is not None
    sizes = [len(each.types) for each in game.informed]
    found = {}
    for pay in [at for at, (_, name) in enumerate(game.pay_part) if name == part]:
        first = int((structure.pay_seen if seen else structure.pay_true)[pay])
        rows = {types: first + int(structure.pay_stride[pay] @ np.array(types)) for types in np.ndindex(*sizes)}
        rows = {types: row + period * int(game.row_stride[row]) for types, row in rows.items()}
        found[first] = {types: filled.table[0, row, : filled.draws].tolist() for types, row in rows.items()}
    return list(found.values())


def pays(**parts: Any) -> dict[str, Any]:
    """An ending that pays actors so."""
    return {"war": {"tags": ["war"], "pays": parts}}


def strides_of(game: Game) -> set[tuple[int, ...]]:
    assert game.structure.pay_stride is not None
    return {tuple(each) for each in game.structure.pay_stride.tolist()}


def test_worlds_do_not_multiply_by_types() -> None:
    plain = typed(
        actors={name: {"name": name, "precision": 1} for name in "abc"},
        assumptions={name: number(0.1, 0.4) for name in "pqr"},
        endings=pays(a={"gain": "p"}),
    )
    assert len(unfold(typed()).points) == len(unfold(plain).points)


def test_a_number_for_each_type_has_a_row_for_each() -> None:
    filled = filled_of(typed())
    assert amounts(filled, "gain") == [{(0, 0): [1, 1.5], (0, 1): [1, 1.5], (1, 0): [5, 7], (1, 1): [5, 7]}]
    assert filled.game.slots == ((0, 0), (0, 1), (1, 0), (1, 1), (2, 0))


def test_a_formula_of_two_types_has_a_row_for_each_combination_the_last_actor_fastest() -> None:
    given = typed(
        define={"both": "take + hope", "double": "2 * both if a == high else both"},
        endings=pays(c={"gain": "double - p"}),
    )
    filled = filled_of(given)
    expected = {
        (0, 0): [1 + 10 - 0.1, 1.5 + 10 - 0.2],
        (0, 1): [1 + 20 - 0.1, 1.5 + 20 - 0.2],
        (1, 0): [2 * (5 + 10) - 0.1, 2 * (7 + 10) - 0.2],
        (1, 1): [2 * (5 + 20) - 0.1, 2 * (7 + 20) - 0.2],
    }
    (found,) = amounts(filled, "gain")
    assert found.keys() == expected.keys()
    for types, values in expected.items():
        assert found[types] == pytest.approx(values)
    assert strides_of(filled.game) == {(2, 1)}


def test_a_definition_for_each_type_may_compare_types_too() -> None:
    given = typed(
        define={"mood": {"by": "b", "types": {"mild": "p", "wild": "p + 1"}}},
        endings=pays(c={"gain": "mood * (1 if b != mild and a == low else 3)"}),
    )
    (found,) = amounts(filled_of(given, p=0.5), "gain")
    assert found == {(0, 0): [1.5] * 2, (0, 1): [1.5] * 2, (1, 0): [1.5] * 2, (1, 1): [4.5] * 2}


def test_types_times_periods_lie_period_by_period() -> None:
    given = typed(endings=pays(c={"gain": "take * period"}))
    filled = filled_of(given)
    assert strides_of(filled.game) == {(2, 0)}  # two periods for each type
    assert amounts(filled, "gain", period=1)[0][1, 0] == [10, 14]
    assert amounts(filled, "gain", period=0)[0][1, 0] == [5, 7]


def test_what_is_perceived_is_laid_out_as_the_truth_is() -> None:
    given = typed(perceives={"c": {"q": "q * 2"}}, endings=pays(c={"gain": "take * q"}, a={"gain": "take * q"}))
    filled = filled_of(given)
    structure = filled.game.structure
    assert (structure.pay_true != structure.pay_seen).tolist() == [player == 2 for player in structure.pay_player]
    true, seen = amounts(filled, "gain"), amounts(filled, "gain", seen=True)
    assert true[0][1, 0] == pytest.approx([1.5, 2.1])
    assert {tuple(each[1, 0]) for each in seen} == {(1.5, 2.1), (3.0, 4.2)}
    clear = fill(filled.game, given, Given(**VALUES), perceive=False)
    assert {tuple(each[1, 0]) for each in amounts(clear, "gain", seen=True)} == {(1.5, 2.1)}


def test_where_the_type_makes_no_difference_in_a_world_there_is_one_row() -> None:
    given = typed(endings=pays(a={"gain": "take * (1 if fence == none else 0) + q * (1 if fence == built else 2)"}))
    filled = filled_of(given)
    found = amounts(filled, "gain")
    assert sorted(len({tuple(values) for values in each.values()}) for each in found) == [1, 2]
    assert strides_of(filled.game) == {(0, 0), (1, 0)}


def test_a_constant_that_differs_by_type_has_rows_too() -> None:
    (found,) = amounts(filled_of(typed(endings=pays(a={"gain": "0 if a == low else 1"}))), "gain")
    assert found == {(0, 0): [0, 0], (0, 1): [0, 0], (1, 0): [1, 1], (1, 1): [1, 1]}


def test_base_weights_may_differ_by_own_type() -> None:
    moves = {"stay": {"weight": "exp(take)"}, "build": {"then": {"fence": "built"}}}
    given = typed(order=[{"stage": "move", "mover": "a", "moves": moves}], endings={})
    filled = filled_of(given)
    structure = filled.game.structure
    assert structure.option_stride is not None
    assert structure.option_stride.tolist() == [1, 0] * (len(structure.option_stride) // 2)
    rows = structure.option_weight[0] + np.arange(2)
    assert filled.table[0, rows, 1] == pytest.approx(np.exp([1.5, 7]))
    wrong = fill(
        filled.game,
        typed(order=[{"stage": "move", "mover": "a", "moves": moves}], endings={}),
        Given(**{**VALUES, "take.high": -np.inf}),
    )
    assert [(draw, "a = high" in text) for draw, text in wrong.faults] == [(0, True), (1, True)]


def test_a_base_weight_of_anothers_type_and_a_typed_probability_are_refused() -> None:
    moves = {"stay": {"weight": "exp(hope)"}, "build": {}}
    with pytest.raises(StructureError, match=r"weight.*depends on the type of b, which a does not know"):
        unfold(typed(order=[{"stage": "move", "mover": "a", "moves": moves}]))
    toss = {"chance": "toss", "branches": {"good": {"p": "take / 10"}, "bad": {"p": "rest"}}}
    with pytest.raises(StructureError, match=r"depends on the type of a.*let a stage choose"):
        unfold(typed(order=[toss]))


# what everybody believes


def test_priors_are_shares_unless_an_observer_believes_otherwise() -> None:
    filled = filled_of(typed())
    assert filled.prior is not None
    assert filled.prior.shape == (1, 2, 4, 2, 8)
    of_a = filled.prior[0, 0, :, 1, :2]
    assert of_a == pytest.approx(np.array([[0.1, 0.2], [0.1, 0.2], [0.1, 0.2], [0.3, 0.3]]))
    assert filled.prior[0, 1, :, :, 0] == pytest.approx(np.array([[0.6, 0.4]] * 4))
    assert filled.prior.sum(axis=3) == pytest.approx(1)
    assert (filled.prior[..., 2:] == filled.prior[..., 1:2]).all()  # padding repeats the last draw
    assert [(each.reference, each.nodes, each.span) for each in filled.game.informed] == [(2, 7, 3.0), (-1, 7, 3.0)]


def test_without_perception_everybody_believes_the_analysts_shares() -> None:
    given = typed()
    filled = fill(compile_game(given), given, Given(**VALUES), perceive=False)
    assert filled.prior is not None
    assert (filled.prior == filled.prior[:, :, :1]).all()


def test_beliefs_follow_what_is_set_and_what_the_observer_perceives() -> None:
    given = typed(perceives={"b": {"p": "p / 2"}})
    filled = fill(compile_game(given), given, Given(**VALUES), sets={"p": 0.5, "q": 0.7})
    assert filled.prior is not None
    assert filled.prior[0, 0, :, 1, 0].tolist() == pytest.approx([0.5, 0.5, 0.25, 0.7])


def test_the_rest_goes_to_the_type_that_is_left_out_wherever_it_stands() -> None:
    actors = {
        "a": {"name": "A", "precision": 1, "types": ["x", "y", "z"], "share": {"x": "p", "z": "q"}},
        "c": {"name": "C", "precision": 1},
    }
    given = typed(actors=actors, assumptions={n: number(0, 1) for n in "pq"}, endings=pays(c={"gain": "1"}))
    filled = fill(compile_game(given), given, Given(p=[0.1, 0.5], q=[0.3, 0.5]))
    assert filled.prior is not None
    assert pytest.approx(np.array([[0.1, 0.6, 0.3], [0.5, 0.0, 0.5]])) == filled.prior[0, 0, 0, :, :2].T
    assert filled.faults == ()
    assert filled.game.belief_nodes == 49


def test_shares_that_are_none_are_faults_of_their_draws() -> None:
    filled = filled_of(typed(), p=[1.2, 0.5], q=[0.3, -0.1], r=[0.2, np.nan])
    found = {(draw, text.partition(":")[0]) for draw, text in filled.faults}
    assert found == {
        (0, "actors.a.share.high"),
        (1, "actors.a.believed.c.high"),
        (1, "actors.b.types.mild"),
        (1, "actors.b.types.wild"),
    }
    assert len(filled.faults) == 4


def test_shares_that_sum_to_more_or_less_than_one_are_faults() -> None:
    actors = {
        "a": {"name": "A", "precision": 1, "types": {"x": "p", "y": "q"}},
        "b": {"name": "B", "precision": 1, "types": ["x", "y", "z"], "share": {"x": "p", "y": "q"}},
    }
    given = typed(
        actors=actors,
        assumptions={n: number(0, 1) for n in "pq"},
        endings=pays(b={"gain": "1"}),
        order=[{"stage": "move", "mover": "a", "moves": {"on": {}, "war": {"end": "war"}}}],
    )
    filled = fill(compile_game(given), given, Given(p=[0.3, 0.6, 0.4], q=[0.7, 0.6, 0.1]))
    assert [text.partition(" (")[0] for _, text in filled.faults] == [
        "actors.a.types: the shares together do not sum to 1, in 2 of 3 draws",
        "actors.b.share: the shares together are more than 1, in 1 of 3 draws",
        "actors.a.types: the shares together do not sum to 1, in 2 of 3 draws",
    ]


def test_numbers_of_one_type_can_be_set_and_only_these() -> None:
    given = typed()
    filled = fill(compile_game(given), given, Given(**VALUES), sets={"take.high": 9.0})
    assert amounts(filled, "gain")[0][1, 0] == [9, 9]
    with pytest.raises(KeyError, match=r"set take.low or take.high"):
        fill(compile_game(given), given, Given(**VALUES), sets={"take": 9.0})


# the grid


def test_the_grid_may_be_finer_than_the_case_says() -> None:
    game = compile_game(typed(solution={"belief_nodes": 5, "belief_span": 2}))
    assert [(each.nodes, each.span) for each in game.informed] == [(5, 2.0)] * 2
    assert game.belief_nodes == 25
    finer = compile_game(typed(), belief_nodes=9, belief_span=4.0)
    assert [(each.nodes, each.span) for each in finer.informed] == [(9, 4.0)] * 2
    with pytest.raises(ValueError, match="odd number"):
        compile_game(typed(), belief_nodes=8)


def test_a_grid_that_would_not_fit_is_refused_in_words() -> None:
    actors = {
        name: {"name": name, "precision": 1, "types": dict.fromkeys(("s", "t", "u", "v", "w"), "1 / 5")}
        for name in "ab"
    }
    given = typed(actors={**actors, "c": {"name": "C", "precision": 1}}, endings=pays(c={"gain": "1"}), assumptions={})
    with pytest.raises(StructureError) as refused:
        compile_game(given)
    (trouble,) = refused.value.troubles
    assert trouble.path == "solution.belief_nodes"
    assert "7 nodes for each of 8 coordinates, of a (5 types) and b (5 types), are 5,764,801 belief nodes" in (
        trouble.found
    )
    assert "3 would do" in trouble.expected
    assert compile_game(given, belief_nodes=3).belief_nodes == 3**8
    assert [problem.path for problem in check_structure(given, Places())] == ["solution.belief_nodes"]


def test_types_and_beliefs_are_described() -> None:
    given = typed(solution={"belief_nodes": 5, "belief_span": 2.5})
    lines = describe(given)
    assert "2 actors with private types (a: low, high; b: mild, wild)" in lines
    assert (
        "25 belief nodes, 5 for each of 2 coordinates: certainty both ways, and nodes up to 2.5 in log-odds around "
        "what c believes of a and the analyst's shares of b, at the start"
    ) in lines
    found = size(given)
    assert (found.belief_nodes, found.work) == (25, found.cells * found.periods * 25)
    assert describe_game(compile_game(given))[-1] == (
        "a (2 types), b (2 types): 25 belief nodes, 5 slots of player and own type"
    )
    assert not any("belief" in line or "types" in line for line in describe(case(order=[LAST])))


# stages that reveal nothing


def stages(war: dict[str, Any], **more: Any) -> dict[str, Any]:
    """`a` may start a war; then `a` chooses once more, and that is said to reveal nothing."""
    last = {"stage": "last", "mover": "a", "typed": False, "moves": {"stop": {"end": "war"}, "go on": {"end": "war"}}}
    first = {"stage": "first", "mover": "a", "moves": {"stay": {}, "build": {"cost": "take", "go": "last"}}}
    return {"order": [first, {**last, **more}], "endings": pays(**war)}


def test_a_stage_may_reveal_nothing_where_nothing_after_it_differs_by_the_movers_type() -> None:
    given = typed(**stages({"a": {"gain": "hope"}, "c": {"gain": "take"}}))
    assert compile_game(given).option_label
    assert check_structure(given, Places()) == []


def test_a_stage_that_can_reveal_a_type_is_an_error_at_its_place() -> None:
    given = typed(**stages({"a": {"gain": "take"}}))
    (problem,) = check_structure(given, Places())
    assert problem.path == "order[1].typed"
    assert problem.found == "the choice of a can depend on its type, as does its payoff 'gain' at 'war', `take`"
    with pytest.raises(StructureError, match="the choice of a can depend on its type"):
        compile_game(given)


def test_flows_of_later_periods_and_own_weights_reveal_a_type_too() -> None:
    moves = {"stop": {}, "go on": {"weight": "exp(take)"}}
    (problem,) = check_structure(typed(**stages({}, moves=moves)), Places())
    assert "the base weight of 'go on' at 'last', `exp(take)`" in problem.found
    payoffs = {"a": {"each_period": {"flow": "take"}}}
    (problem,) = check_structure(
        typed(**stages({}, moves={"stop": {}, "on": {"end": "war"}}), payoffs=payoffs), Places()
    )
    assert "its payoff 'flow' at the end of a period, `take`" in problem.found


def test_a_payoff_that_does_not_differ_in_the_worlds_that_follow_reveals_nothing() -> None:
    war = {"a": {"gain": "take * (1 if fence == none else 0)"}}
    moves = {"stop": {"then": {"fence": "built"}, "end": "war"}, "on": {"then": {"fence": "built"}, "end": "war"}}
    assert check_structure(typed(**stages(war, moves=moves)), Places()) == []
