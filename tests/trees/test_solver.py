"""What must hold of every solution, by itself: residuals, derivatives, limits of size, special games."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.trees.branch import crossings, follow, precision_at, uniform_start
from assay.trees.build import Chance, Choice, End, array_game, grow, shares
from assay.trees.census import census
from assay.trees.form import form
from assay.trees.profile import profile_of
from assay.trees.response import equations, expected_payoffs, normalised, payoff_slope, regrets, residual
from assay.trees.slope import by_payoff, by_precision
from assay.trees.solve import Outcome, path, solve
from assay.trees.tree import Tree
from assay.trees.verify import agent_regret, nash_regret, payoffs, perfect, subgame_regret, subgames, zero_sum_value


def signalling(pays: list[float]) -> Tree:
    ends = iter(pays)

    def end() -> End:
        return End((next(ends), next(ends)))

    def play(kind: str) -> Choice:
        replies = [(m, Choice(1, f"heard {m}", (("yes", end()), ("no", end()), ("?", end())))) for m in "ab"]
        return Choice(0, kind, tuple(replies))

    return grow(("S", "R"), Chance((("x", "1/4", play("x")), ("y", "3/4", play("y")))))


NUMBERS = st.lists(st.integers(-40, 40).map(lambda n: n / 8), min_size=24, max_size=24)


@settings(max_examples=25)
@given(NUMBERS, st.sampled_from([0.2, 1.0, 4.0]))
def test_jacobians_are_differences(pays: list[float], precision: float) -> None:
    arrays = form(signalling(pays))
    y = np.random.default_rng(3).normal(size=arrays.actions)
    _, jacobian, slope = equations(arrays, y, precision)
    step = 1e-6

    def gap(move: np.ndarray, more: float = 0.0) -> np.ndarray:
        return equations(arrays, y + move, precision + more)[0]

    found = np.array([(gap(step * e) - gap(-step * e)) / (2 * step) for e in np.eye(arrays.actions)]).T
    zero = np.zeros(arrays.actions)
    assert jacobian == pytest.approx(found, abs=1e-6)
    assert slope == pytest.approx((gap(zero, step) - gap(zero, -step)) / (2 * step), abs=1e-6)


TIED = [0.0] * 24
TIED[4], TIED[6], TIED[7], TIED[11], TIED[16], TIED[17] = 4.125, 0.125, -0.125, 4.625, 2.5, 0.125
TIED[18], TIED[19] = -2.375, 4.625


@settings(max_examples=15)
@given(NUMBERS)
@example(TIED)
def test_solutions_solve(pays: list[float]) -> None:
    tree = signalling(pays)
    for precision in (0.0, 0.7, 30.0, 2000.0, 1e5):
        solution = solve(tree, precision)
        assert solution.precision == precision
        left = residual(solution.form, solution.y, precision)
        rounding = float(np.finfo(solution.y.dtype).eps) * (precision * solution.form.scale) ** 2
        assert left <= max(
            1e-9, rounding
        )  # at 1e5 extended precision itself leaves up to 5e-8 where a type is indifferent
        assert (solution.result is Outcome.CONVERGED) == (left <= 1e-9)
        for own in solution.strategies.values():
            assert sum(own.values()) == pytest.approx(1, abs=1e-12)
        assert solution.payoffs == pytest.approx(payoffs(tree, profile_of(tree, solution.strategies)), abs=1e-9)


@settings(max_examples=10)
@given(NUMBERS)
def test_slopes_are_differences(pays: list[float]) -> None:
    tree = signalling(pays)
    solution = solve(tree, 0.5)
    step = 1e-5
    near = [solve(tree, 0.5 + way * step).probability for way in (1, -1)]
    assert by_precision(solution) == pytest.approx((near[0] - near[1]) / (2 * step), abs=1e-5)
    node = int(solution.form.end[4])
    changed = [solve(signalling([*pays[:8], pays[8] + way * step, *pays[9:]]), 0.5).probability for way in (1, -1)]
    assert by_payoff(solution, node, 0) == pytest.approx((changed[0] - changed[1]) / (2 * step), abs=1e-5)


def test_payoff_slopes_touch_their_owner_alone() -> None:
    arrays = form(signalling([float(n % 7) for n in range(24)]))
    slope = payoff_slope(arrays, arrays.uniform, 1.0, 0, 1)
    assert (slope[arrays.owner[arrays.set_of] == 0] == 0).all()
    assert np.abs(slope).max() > 0


def test_constants_in_payoffs_change_nothing() -> None:
    pays = [float(n * n % 11) for n in range(24)]
    moved = [pay + (1000.0 if i % 2 == 0 else -500.0) for i, pay in enumerate(pays)]
    assert solve(signalling(moved), 3.0).probability == pytest.approx(
        solve(signalling(pays), 3.0).probability, abs=1e-9
    )


def test_a_set_that_chance_never_reaches_is_played_as_after_a_tremble() -> None:
    def play(name: str) -> Choice:
        return Choice(0, name, (("good", End((2.0,))), ("bad", End((1.0,)))))

    tree = grow(("A",), Chance((("always", 1, play("on")), ("never", 0, play("off")))))
    played = solve(tree, 3.0).strategies
    assert played["off"]["good"] == pytest.approx(1 / (1 + np.exp(-3)), abs=1e-12)
    assert played["off"] == pytest.approx(played["on"])


def test_a_fold_is_followed_and_first_passage_taken() -> None:
    """A coordination game with a strong pull to the other side: the branch turns back in precision, then on."""
    tree = array_game(("A", "B"), (("u", "d"), ("l", "r")), ((10, 10), (1, 8), (8, 1), (5, 5)))
    arrays = form(tree)
    here, turned, levels = uniform_start(arrays), 0, []
    assert here is not None
    for number, after in enumerate(follow(arrays, here)):
        turned += here.tangent[-1] * after.tangent[-1] < 0
        levels += [precision_at(arrays, after)] * len(crossings(arrays, here, after, 0.8))
        here = after
        if number > 60 or precision_at(arrays, here) > 5:
            break
    assert len(levels) == 1
    assert turned in (0, 2)


def test_a_branch_that_passes_near_is_not_taken() -> None:
    """Two branches come within .05 of each other near precision .13; the one from uniform play ends at pure play."""
    pays = [(6.087, 1.136, 7.827), (-1.748, -11.966, -8.002), (14.607, -6.711, -4.968), (4.593, 6.862, -0.621)]
    pays += [(9.638, 16.876, 19.325), (2.516, -15.699, -12.295), (-12.266, 3.715, 14.486), (5.695, 10.784, 35.811)]
    solution = solve(array_game(("A", "B", "C"), (("a", "b"),) * 3, pays), 10.0)
    assert solution.crossings == ()
    assert solution.probability == pytest.approx([0, 1, 0, 1, 0, 1], abs=1e-4)


def test_nobody_moves() -> None:
    games = (grow((), End(())), grow(("A",), End((1.0,))), grow(("A",), Chance((("c", 1, End((2,))),))))
    for tree, pays in zip(games, ([], [1.0], [2.0]), strict=True):
        solution = solve(tree, 2.0)
        assert solution.residual == 0.0
        assert solution.strategies == {}
        assert expected_payoffs(solution.form, solution.y) == pytest.approx(pays)
        assert list(path(tree))[-1].result is Outcome.LIMIT
        assert len(census(tree, 2.0).equilibria) == 1


def test_one_move_is_made() -> None:
    tree = grow(("A",), Choice(0, "h", (("only", End((1.0,))),)))
    assert solve(tree, 5.0).strategies == {"h": {"only": 1.0}}
    assert solve(tree, np.inf).result is Outcome.LIMIT


def test_no_precision_is_uniform_and_bounds_are_kept() -> None:
    tree = signalling([float(n) for n in range(24)])
    assert solve(tree, 0.0).probability == pytest.approx(np.exp(form(tree).uniform))
    assert [point.precision for point in path(tree, 0.0)] == [0.0]
    assert len(census(tree, 0.0).equilibria) == 1
    for bad in (-1.0, float("nan")):
        with pytest.raises(ValueError, match="0 or more"):
            solve(tree, bad)
    with pytest.raises(ValueError, match="from 0 up"):
        census(tree, float("inf"))


def test_the_limit_is_an_equilibrium() -> None:
    tree = signalling([3, 1, 0, 4, 2, 2, 1, 0, 5, 1, -1, 3, 2, 0, 1, 1, 4, 2, 0, 3, 1, 5, 2, 2])
    limit = solve(tree, np.inf)
    assert limit.result is Outcome.LIMIT
    # Beliefs after a message that nobody sends rest on play as rare as e**-8e6: doubles alone lose them on the way.
    extended = np.finfo(np.longdouble).eps < 1e-18
    assert regrets(limit.form, limit.y).max() <= (1e-8 if extended else 1e-4) * limit.form.scale
    assert limit.residual < (1e-6 if extended else 1e-2)
    profile = profile_of(tree, limit.strategies)
    assert nash_regret(tree, profile).max() < 1e-6
    assert agent_regret(tree, profile).max() < 1e-6


def test_the_limit_is_sharp_where_rounding_allows() -> None:
    tree = array_game(("A", "B"), (("u", "d"), ("l", "r")), ((3, -3), (-1, 1), (-1, 1), (1, -1)))
    limit = solve(tree, np.inf)
    assert limit.result is Outcome.LIMIT
    assert regrets(limit.form, limit.y).max() <= 1e-8 * limit.form.scale
    assert limit.probability == pytest.approx([1 / 3, 2 / 3] * 2, abs=1e-6)


def test_too_large_a_tree_is_refused_in_words() -> None:
    wide = Choice(0, "h", tuple((str(n), End((n,))) for n in range(2500)))
    with pytest.raises(InputError, match="2,500 moves"):
        solve(grow(("A",), wide, "wide"), 1.0)


def test_normalised_play_sums_to_one_from_anywhere() -> None:
    arrays = form(signalling([0.0] * 24))
    y = normalised(arrays, np.linspace(-2000, 2000, arrays.actions))
    assert np.add.reduceat(np.exp(y), arrays.first[:-1]) == pytest.approx(1)


def test_shares_of_chance_are_made_exact() -> None:
    computed = [0.1] * 10
    assert sum(shares(computed)) == 1
    assert [float(p) for p in shares([1 / 3, 1 / 3, 1 / 3])] == pytest.approx([1 / 3] * 3)
    with pytest.raises(ValueError, match="no shares of one"):
        shares([0.5, 0.4])
    with pytest.raises(ValueError, match="no shares of one"):
        shares([1.5, -0.5])


def test_what_is_wrong_with_a_nested_game_is_told_with_its_place() -> None:
    same = Choice(1, "h", (("l", End((0, 0))), ("r", End((0, 0)))))
    other = Choice(0, "h", (("l", End((0, 0))), ("r", End((0, 0)))))
    third = Choice(1, "h", (("l", End((0, 0))), ("q", End((0,)))))
    luck = Chance((("c", 0.5, End((0, 0))), ("d", 0.4, Choice(0, "none", ()))))
    root = Choice(0, "root", (("a", same), ("b", other), ("c", third), ("d", luck)))
    with pytest.raises(InputError) as error:
        grow(("A", "B"), root, "game")
    assert [str(problem).split(":")[0] for problem in error.value.problems] == [
        "game (root.b)",
        "game (root.c)",
        "game (root.c.q)",
        "game (root.d)",
        "game (root.d.d)",
    ]


def test_subgames_and_regret_in_them() -> None:
    threat = Choice(1, "after b", (("fight", End((-1, -1))), ("yield", End((2, 1)))))
    tree = grow(("A", "B"), Choice(0, "start", (("a", End((0, 2))), ("b", threat))))
    profile = profile_of(tree, {"start": {"a": 1}, "after b": {"fight": 1}})
    assert subgames(tree) == [0, 2]
    assert nash_regret(tree, profile).max() == 0
    assert subgame_regret(tree, profile) == 2
    assert perfect(tree, profile) is False
    assert perfect(tree, profile_of(tree, {"start": {"b": 1}, "after b": {"yield": 1}})) is True


def test_a_player_who_forgets_is_searched_move_by_move() -> None:
    def second(pays: tuple[float, float]) -> Choice:
        return Choice(0, "later", (("x", End((pays[0],))), ("y", End((pays[1],)))))

    tree = grow(("A",), Choice(0, "first", (("l", second((3, 0))), ("r", second((0, 2))))))
    best = profile_of(tree, {"first": {"r": 1}, "later": {"y": 1}})
    assert agent_regret(tree, best).max() == 0
    assert nash_regret(tree, best) == pytest.approx([1.0])


@pytest.mark.parametrize(("pays", "words"), [(((1, 1), (0, 2), (0, 2), (1, 3)), "constant sum")])
def test_games_without_a_value(pays: tuple, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        zero_sum_value(array_game(("A", "B"), (("u", "d"), ("l", "r")), pays))


def test_the_value_of_matching_pennies_with_an_edge() -> None:
    tree = array_game(("A", "B"), (("u", "d"), ("l", "r")), ((3, -3), (-1, 1), (-1, 1), (1, -1)))
    assert zero_sum_value(tree) == pytest.approx(1 / 3, abs=1e-9)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"start": {"a": 1}}, "nothing is said"),
        ({"start": {"a": 1}, "x": {"y": 1}}, "no information set"),
        ({"start": {"a": 1}, "after b": {"run": 1}}, "no move"),
        ({"start": {"a": 0.5}, "after b": {"fight": 1}}, "sum to 0.5"),
    ],
)
def test_profiles_that_do_not_fit(given: dict, words: str) -> None:
    threat = Choice(1, "after b", (("fight", End((-1, -1))), ("yield", End((2, 1)))))
    tree = grow(("A", "B"), Choice(0, "start", (("a", End((0, 2))), ("b", threat))))
    with pytest.raises(ValueError, match=words):
        profile_of(tree, given)
