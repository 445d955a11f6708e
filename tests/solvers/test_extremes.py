"""Precision at its extremes, weights of nothing, draws without numbers, residuals out of reach, and what is refused."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from handmade import Joint, Pay, Way, build, close, together
from random_games import random_game

from assay.game.game import LANES
from assay.game.small import choice, ending, normal_form, small_game, to
from assay.game.small import close as close_of
from assay.solvers.census import census, corners, distinct, within_reach
from assay.solvers.definition import solve_by_definition
from assay.solvers.solve import solve
from assay.solvers.strategies import Result

STAG_HUNT = [[[10, 1], [8, 5]], [[10, 8], [1, 5]]]


def one_choice(pays: list[float], weights: list[float], precision: float):
    moves = [f"m{i}" for i in range(len(pays))]
    points = {
        "act": choice(
            {"a": moves}, {m: to(m) for m in moves}, {("a", m): w for m, w in zip(moves, weights, strict=True)}
        )
    }
    points |= {m: ending({"a": pay}) for m, pay in zip(moves, pays, strict=True)}
    return small_game(["a"], points, precision=precision)


def test_precision_nought_plays_base_weights_to_the_last_bit() -> None:
    weights = [0.3, 1.0, 2.5]
    solved = solve(one_choice([5, -80, 1e6], weights, 0.0))
    np.testing.assert_array_equal(solved.probability[0, 0, :, 0, 0], np.array(weights) / np.sum(weights))
    filled = random_game(13, 4, sharp=0.0)
    s = filled.game.structure
    play = solve(filled).probability
    for m in range(s.mover_player.size):
        own = slice(s.option_start[m], s.option_start[m + 1])
        rows = s.option_weight[own]
        weight = filled.table[:, rows][:, None] if not filled.game.row_stride[rows].any() else None
        if weight is not None:
            np.testing.assert_array_equal(
                play[:, :, own, 0],
                np.broadcast_to(weight / weight.sum(axis=2, keepdims=True), play[:, :, own, 0].shape),
            )


@pytest.mark.parametrize("precision", [700.0, 1e5, 1e12, 1e300])
def test_great_precision_neither_overflows_nor_loses_numbers(precision: float) -> None:
    solved = solve(one_choice([1.0, 0.0, -1e5], [1.0, 1.0, 1.0], precision))
    np.testing.assert_allclose(solved.probability[0, 0, :, 0, 0], [1, 0, 0], atol=1e-300)
    assert solved.value[0, 0, 0] == 1.0
    filled = random_game(17, 8, sharp=min(precision, 1e9), choices=8)
    for selection in ("warm_start", "principal_branch"):
        solved = solve(filled, selection)
        assert np.isfinite(solved.probability).all()
        assert np.isfinite(solved.value).all()
        assert (solved.result <= Result.UNRESOLVED).all()


def test_an_option_of_weight_nought_is_never_played() -> None:
    solved = solve(one_choice([1e9, 0.0, 0.0], [0.0, 1.0, 3.0], 50.0))
    np.testing.assert_array_equal(solved.probability[0, 0, :, 0, 0], [0, 0.25, 0.75])
    stage = together(
        [(0, [0.0, 1.0]), (1, [1.0, 1.0])], [Joint([Way(1)], [Pay(0, a), Pay(1, -a)]) for a in (9, 8, 1, 2)]
    )
    solved = solve(build([stage, close()], 2, 3.0), residual=1e-10)
    assert solved.probability[0, 0, 0, 0, 0] == 0.0
    assert solved.result[0] == Result.CONVERGED
    np.testing.assert_allclose(solved.probability, solve_by_definition(solved.filled).probability, atol=1e-10)


def test_a_residual_out_of_reach_is_flagged_and_the_best_answer_kept() -> None:
    # a residual of nothing is met only where rounding happens to agree
    filled = random_game(8, 64, sharp=3.0)
    strict, plain = solve(filled, residual=0.0), solve(filled, residual=1e-11)
    flagged = strict.result == Result.UNRESOLVED
    assert flagged.any()
    assert (strict.residual[flagged] > 0).all()
    assert (strict.residual[flagged] < 1e-9).all()
    assert (plain.result < Result.UNRESOLVED).all()


def test_a_draw_that_is_not_a_number_is_flagged_alone() -> None:
    filled = random_game(29, LANES + 2, sharp=1.0)
    broken = replace(filled, table=filled.table.copy())
    broken.table[0, 2:, 3] = np.nan
    for selection in ("warm_start", "principal_branch"):
        solved, sound = solve(broken, selection), solve(filled, selection)
        assert [i for i, r in enumerate(solved.result) if r == Result.NOT_A_NUMBER] == [3]
        others = np.arange(LANES) != 3
        np.testing.assert_array_equal(solved.value[0][:, others], sound.value[0][:, others])


def test_a_draw_does_not_depend_on_its_neighbours() -> None:
    filled = random_game(31, 2 * LANES, sharp=4.0)
    moved = replace(
        filled,
        table=filled.table[::-1].copy(),
        precision=filled.precision[::-1].copy(),
        discount=filled.discount[::-1].copy(),
    )
    turned = replace(
        filled,
        table=filled.table[:, :, ::-1].copy(),
        precision=filled.precision[:, :, ::-1].copy(),
        discount=filled.discount[:, ::-1].copy(),
    )
    whole = solve(filled).probability
    np.testing.assert_array_equal(solve(moved).probability[::-1], whole)
    np.testing.assert_array_equal(solve(turned).probability[..., ::-1], whole)


def test_threads_change_nothing() -> None:
    filled = random_game(33, 10 * LANES + 1, sharp=4.0)
    alone, together_ = solve(filled, threads=1, payoffs=True), solve(filled, threads=3, payoffs=True)
    for field in ("probability", "payoff", "value", "residual", "result"):
        np.testing.assert_array_equal(getattr(alone, field), getattr(together_, field))


def test_clock_orders_and_final_payoffs_by_hand() -> None:
    for after, expected in ((False, [3 + 0.5 * (3 + 0.5 * 8)]), (True, [0.5 * (3 + 0.5 * (3 + 8))])):
        spots = [close(0, [Pay(0, 3.0)], [Pay(0, 8.0)])]
        filled = build(spots, 1, 1.0, periods=1, buffer=1, discount=0.5, flow_after_discount=after)
        assert solve(filled).value[0, :, 0].tolist() == expected
        assert solve_by_definition(filled).value[0, :, 0].tolist() == expected


def test_numbers_that_change_with_the_period() -> None:
    pays = np.array([[1.0], [10.0], [100.0]])
    filled = build([close(0, [Pay(0, pays)])], 1, 1.0, periods=2, buffer=1, discount=0.1)
    assert solve(filled).value[0, 0, 0] == pytest.approx(1 + 1 + 1)


def test_the_census_counts_solutions_below_the_residual_only() -> None:
    filled = normal_form(STAG_HUNT, np.array([0.5, 2.0]))
    assert len(corners(filled)) == 4
    found = census(filled, residual=1e-9)
    assert [solved.selection for solved in found] == [f"start {i}" for i in range(5)]
    np.testing.assert_array_equal(distinct(found), [1, 2])
    np.testing.assert_array_equal(distinct(found, tolerance=1.0), [1, 1])
    unresolved = tuple(replace(solved, result=np.full(2, Result.UNRESOLVED, dtype=np.int8)) for solved in found)
    np.testing.assert_array_equal(distinct(unresolved), [0, 0])


def test_the_census_looks_where_play_can_lead() -> None:
    # The hunt is met from the second period on, and not at all where there is one period.
    hunt = dict(
        zip(product(("stag", "hare"), repeat=2), zip(*(np.ravel(pay) for pay in STAG_HUNT), strict=True), strict=True)
    )
    points = {
        "first": close_of(next="hunt"),
        "hunt": choice(
            {"a": ["stag", "hare"], "b": ["stag", "hare"]},
            {moves: to("over", pays={"a": pay[0], "b": pay[1]}) for moves, pay in hunt.items()},
        ),
        "over": ending(),
    }
    for periods, many in ((1, 1), (2, 2)):
        filled = small_game(["a", "b"], points, "first", periods=periods, buffer=1, precision=2.0)
        np.testing.assert_array_equal(distinct(census(filled)), [many])
        hunt_at = [point.stage for point in filled.game.skeleton.points].index("hunt")
        np.testing.assert_array_equal(within_reach(filled.game)[:, hunt_at], [False, True][:periods])


def test_arrays_of_any_layout_are_taken() -> None:
    filled = random_game(37, LANES + 1, sharp=1.0)
    frozen = replace(filled, table=np.asfortranarray(filled.table), discount=filled.discount.copy())
    frozen.discount.flags.writeable = False
    np.testing.assert_array_equal(solve(frozen).probability, solve(filled).probability)


def test_a_game_without_simultaneous_moves_has_one_solution() -> None:
    filled = one_choice([1.0, 2.0], [1.0, 1.0], 1.0)
    assert corners(filled) == ()
    assert len(census(filled)) == 1


def test_what_cannot_be_solved_is_refused() -> None:
    filled = normal_form(STAG_HUNT, 1.0)
    with pytest.raises(ValueError, match="expected one of warm_start, principal_branch"):
        solve(filled, "census")  # type: ignore[arg-type]
