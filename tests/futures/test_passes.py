"""What passes impose, where they stop, and which are refused."""

import numpy as np
import pytest

from assay.futures.forward import forward
from assay.futures.futures import Pass, Reader
from assay.game.small import chance, choice, close, ending, small_game, to
from assay.solvers.solve import solve
from assay.solvers.strategies import Result, Strategies


def ids(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int32)


def two_periods() -> Strategies:
    """a: stay 1/2, go 1/4, rest 1/4 (weights); going is an ending with probability .2."""
    filled = small_game(
        ["a"],
        {
            "act": choice(
                {"a": ["stay", "go", "rest"]},
                {"stay": to("night", pays={"a": 3.0}), "go": [to("end", 0.2), to("night", 0.8)], "rest": to("night")},
                {("a", "stay"): 2.0},
            ),
            "night": close({"a": 1.0}),
            "end": ending({"a": 10.0}),
        },
        periods=2,
        precision=0.0,
        discount=np.array([0.5, 0.9]),
    )
    return solve(filled)


STAY, GO, REST = 0, 1, 2


def place(solved: Strategies, stage: str) -> int:
    return next(i for i, p in enumerate(solved.filled.game.skeleton.points) if p.stage == stage)


def read(solved: Strategies, reader: Reader, **imposed: np.ndarray) -> np.ndarray:
    (future,) = forward(solved, [Pass({"x": reader}, **imposed)])
    return future.readings["x"]


def test_play_by_base_weights_counted_by_hand() -> None:
    solved = two_periods()
    np.testing.assert_allclose(read(solved, Reader(option=ids(GO))), [[0.25] * 2, [0.95 * 0.25] * 2])
    np.testing.assert_allclose(read(solved, Reader(point=ids(place(solved, "end")))), [[0.05] * 2, [0.0475] * 2])
    both = Reader(option=ids(STAY, GO))
    np.testing.assert_allclose(read(solved, both), [[0.75] * 2, [0.95 * 0.75] * 2])


def test_forced_and_removed_options() -> None:
    solved = two_periods()
    end = Reader(point=ids(place(solved, "end")))
    np.testing.assert_allclose(read(solved, end, forced=ids(GO)), [[0.2] * 2, [0.8 * 0.2] * 2])
    np.testing.assert_allclose(read(solved, end, removed=ids(STAY)), [[0.1] * 2, [0.9 * 0.1] * 2])
    np.testing.assert_array_equal(read(solved, end, removed=ids(GO)), np.zeros((2, 2)))


def test_first_passages_leave_the_game_after_they_were_counted() -> None:
    solved = two_periods()
    first = read(solved, Reader(option=ids(GO)), stop_option=ids(GO))
    np.testing.assert_allclose(first, [[0.25] * 2, [0.75 * 0.25] * 2])
    night = place(solved, "")
    arrived = read(solved, Reader(point=ids(night)), stop_point=ids(night))
    np.testing.assert_allclose(arrived, [[0.95] * 2, [0] * 2])


def test_pays_have_the_value_of_the_start_of_their_period() -> None:
    solved = two_periods()
    pays = Reader(pay=np.arange(solved.filled.game.structure.pay_player.size, dtype=np.int32))
    night = 0.5 * 3 + 0.05 * 10 + 0.95 * 1
    np.testing.assert_allclose(read(solved, pays), [[night] * 2, [0.95 * night] * 2])


def test_passes_with_the_same_dynamics_share_a_course_and_keep_their_readings() -> None:
    solved = two_periods()
    go, rest = Reader(option=ids(GO)), Reader(option=ids(REST))
    together = forward(
        solved, [Pass({"go": go}), Pass({"go": go}, forced=ids(REST)), Pass({"rest": rest, "go": go}), Pass({})]
    )
    np.testing.assert_array_equal(together[0].readings["go"], together[2].readings["go"])
    np.testing.assert_array_equal(together[1].readings["go"], np.zeros((2, 2)))
    np.testing.assert_allclose(together[2].readings["rest"], read(solved, rest))
    assert together[3].readings == {}
    np.testing.assert_allclose(together[3].left, 0.95**2)
    assert forward(solved, []) == ()


def test_a_pass_may_start_elsewhere() -> None:
    solved = two_periods()
    (future,) = forward(solved, [Pass({"x": Reader(option=ids(GO))}, start=place(solved, ""))])
    np.testing.assert_allclose(future.readings["x"], [[0, 0], [0.25, 0.25]])


@pytest.mark.parametrize(
    ("imposed", "message"),
    [
        ({"forced": ids(STAY, GO)}, r"forced at once: a\.act\.stay, a\.act\.go"),
        ({"removed": ids(STAY, GO, REST)}, "every option is removed"),
        ({"forced": ids(GO), "removed": ids(GO)}, r"a\.act\.go is both forced and removed"),
        ({"stop_option": ids(7)}, "stop_option: index 7 to 7; expected 0 to 2"),
        ({"start": 99}, "start: point 99"),
    ],
)
def test_what_cannot_be_played_is_refused(imposed: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        forward(two_periods(), [Pass({}, **imposed)])


def test_what_is_left_is_played_alike_where_it_had_no_probability() -> None:
    filled = small_game(
        ["a"],
        {
            "act": choice({"a": ["best", "bad", "worse"]}, {m: to(m) for m in ("best", "bad", "worse")}),
            **{m: ending({"a": pay}) for m, pay in (("best", 0.0), ("bad", -1e6), ("worse", -2e6))},
        },
        precision=10.0,
    )
    solved = solve(filled)
    np.testing.assert_array_equal(solved.probability[0, 0, :, 0, 0], [1, 0, 0])
    np.testing.assert_array_equal(read(solved, Reader(option=ids(1)), removed=ids(0)), [[0.5]])


def test_a_draw_without_numbers_reads_as_none_and_harms_no_other() -> None:
    filled = small_game(
        ["a"],
        {
            "act": choice({"a": ["in", "out"]}, {"in": to("luck"), "out": to("end")}),
            "luck": chance(to("end", 0.5, {"a": np.array([1.0, np.nan, 2.0])}), to("end", 0.5)),
            "end": ending({"a": 0.0}),
        },
    )
    solved = solve(filled)
    assert [Result(r) for r in solved.result] == [Result.CONVERGED, Result.NOT_A_NUMBER, Result.CONVERGED]
    taken = read(solved, Reader(option=ids(0)))
    assert np.isnan(taken[:, 1]).all()
    assert np.isfinite(taken[:, [0, 2]]).all()


def test_passes_that_read_nothing_still_say_what_is_left() -> None:
    solved = two_periods()
    left = forward(solved, [Pass({"x": Reader()})])[0].left
    (nothing,) = forward(solved, [Pass({})])
    assert dict(nothing.readings) == {}
    np.testing.assert_array_equal(nothing.left, left)
