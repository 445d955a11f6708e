"""Sampled histories of games with private types against exact masses; beliefs on the way against Bayes' rule."""

import numpy as np
import pytest
from random_games import random_game
from typed_by_hand import random_typed_by_hand, with_types

from assay.futures.reach_types import Goal, reach_typed
from assay.futures.sample import count, sample, sample_given
from assay.futures.walk_types import typed_chain_of
from assay.game.game import ENDING, Filled, Ints
from assay.solvers.definition_forward import Imposed, Measure, forward_by_definition
from assay.solvers.definition_types import solve_types_by_definition
from assay.solvers.strategies import Strategies

MANY = 200_000
NONE = np.zeros(0, np.int32)


def solved_game(seed: int, kinds: dict[int, int] | None = None, **more: object) -> Strategies:
    return solve_types_by_definition(random_typed_by_hand(seed, kinds, draws=1, sharp=0.8, choices=5, **more), 1e-6)


def wide_movers(filled: Filled) -> Ints:
    return np.flatnonzero(np.diff(filled.game.structure.option_start) > 1)


def probable(measure: Measure, masses: np.ndarray) -> np.ndarray:
    """Over profiles, by the analyst's shares: (periods, ..)."""
    return np.tensordot(measure.share[0], masses[0], axes=(0, 1))


@pytest.mark.parametrize("signals", [False, True])
@pytest.mark.parametrize("seed", [3, 6, 7])
def test_counts_of_many_histories(seed: int, signals: bool) -> None:
    solved = solved_game(seed)
    s, wide = solved.filled.game.structure, wide_movers(solved.filled)
    imposed = Imposed(s.option_start[wide[:1]].astype(np.int32), s.option_start[wide[1:2]].astype(np.int32), signals)
    exact = forward_by_definition(solved, imposed=imposed)
    counted = count(solved, 0, seed, MANY, imposed.forced, imposed.removed, signals)
    for masses, counts in ((exact.points.sum(axis=4), counted.points), (exact.options, counted.options)):
        p = probable(exact, masses)
        assert (np.abs(counts - MANY * p) <= 6 * np.sqrt(MANY * np.clip(p * (1 - p), 1e-9, 1)) + 1).all()
    assert counted.left + counted.points[:, s.kind == ENDING].sum() == MANY


@pytest.mark.parametrize("kinds", [{0: 2}, {0: 3}, {0: 2, 1: 2}])
@pytest.mark.parametrize("seed", [21, 24, 30])
def test_the_chance_of_getting_somewhere(seed: int, kinds: dict[int, int]) -> None:
    solved = solved_game(seed, kinds)
    s, wide = solved.filled.game.structure, wide_movers(solved.filled)
    ends = frozenset(np.flatnonzero(s.kind == ENDING).tolist())
    for forced, removed, signals in (
        (NONE, NONE, False),
        (s.option_start[wide[:1]].astype(np.int32), s.option_start[wide[1:2]].astype(np.int32), False),
        (s.option_start[wide[1:2]].astype(np.int32), s.option_start[wide[:1]].astype(np.int32), True),
    ):
        exact = forward_by_definition(solved, imposed=Imposed(forced, removed, signals)).points[0]
        arrives = exact[:, :, sorted(ends)].sum(axis=(0, 2, 3))
        chain = typed_chain_of(solved, 0, forced, removed, signals)
        for never in (False, True):
            reach = reach_typed(chain, Goal(ends, frozenset(), never))
            np.testing.assert_allclose(reach[0, s.start, :, chain.start], 1 - arrives if never else arrives, atol=1e-10)


def test_histories_are_told_with_types_and_beliefs() -> None:
    solved = solved_game(7)
    game = solved.filled.game
    names = {game.players[each.player]: each.types for each in game.informed}
    for history in sample(solved, 0, seed=1, count=30):
        assert set(history.types) == set(names)
        for step, following in zip(history.steps, history.steps[1:], strict=False):
            assert len(step.beliefs) == len(names) * len(game.players)
            for belief, later in zip(step.beliefs, following.beliefs, strict=True):
                assert (belief.about, belief.observer) == (later.about, later.observer)
                assert belief.observer != belief.about
                assert belief.after == later.before
                assert sum(belief.before) == pytest.approx(1)
            for chosen in step.chosen:
                assert chosen.type == history.types.get(chosen.actor, "")
                if chosen.type:
                    assert dict(chosen.by_type)[chosen.type] == chosen.probability
                    assert tuple(name for name, _ in chosen.by_type) == names[chosen.actor]
                else:
                    assert chosen.by_type == ()
            moved = {belief.about for belief in step.beliefs if belief.after != belief.before}
            assert moved <= {chosen.actor for chosen in step.chosen}


def test_beliefs_go_to_a_node_beside_the_posterior() -> None:
    solved = solved_game(28, {0: 2}, nodes=9)
    seen = 0
    for history in sample(solved, 0, seed=3, count=40):
        for step in history.steps:
            for belief in step.beliefs:
                told = [chosen for chosen in step.chosen if chosen.actor == belief.about]
                if not told:
                    assert belief.learnt == belief.after == belief.before
                    continue
                joint = np.array(belief.before) * [p for _, p in told[0].by_type]
                posterior = joint[1] / joint.sum()
                assert belief.learnt[1] == pytest.approx(posterior, abs=1e-12)
                # the nodes beside it, for this observer
                place = belief_nodes(solved, belief.observer)
                low = max(node for node in place if node <= posterior + 1e-12)
                high = min(node for node in place if node >= posterior - 1e-12)
                assert min(abs(belief.after[1] - low), abs(belief.after[1] - high)) < 1e-9
                seen += 1
    assert seen > 50


def belief_nodes(solved: Strategies, observer: str) -> np.ndarray:
    chain = typed_chain_of(solved, 0, NONE, NONE, False)
    column = 1 + solved.filled.game.players.index(observer) if observer else 0
    return chain.typed.grids[0].believed[column][:, 1]


def test_the_analyst_is_right_on_average() -> None:
    """Types are dealt by the analyst's shares, so what the analyst believes in the end is right as often as it says."""
    solved = solved_game(28, {0: 2}, nodes=9)
    histories = sample(solved, 0, seed=5, count=2000)
    share = solved.filled.prior[0, 0, 0, 1, 0]
    own = np.array([history.types["p0"] == "t1" for history in histories])
    ends = [next(b for b in history.steps[-1].beliefs if b.observer == "").after[1] for history in histories]
    assert abs(own.mean() - share) < 5 * np.sqrt(share * (1 - share) / own.size)
    assert len(set(ends)) > 2
    for believed in set(ends):
        here = own[np.array(ends) == believed]
        assert abs(here.mean() - believed) <= 5 * np.sqrt(believed * (1 - believed) / here.size) + 1e-9


@pytest.mark.parametrize("never", [False, True])
def test_a_condition_is_met_with_the_right_law(never: bool) -> None:
    solved = solved_game(24, {0: 2, 1: 2})
    exact = probable(forward := forward_by_definition(solved), forward.points.sum(axis=4)).sum(axis=0)
    s = solved.filled.game.structure
    point = next(i for i, mass in enumerate(exact) if 0.1 < mass < 0.7 and i != s.start)
    plain = sample(solved, 0, seed=1, count=3000)
    kept = [(h.points, tuple(h.types.values())) for h in plain if (point in h.points) != never]
    asked = sample_given(solved, 0, seed=2, points=[point], never=never, count=1500)
    drawn = [(h.points, tuple(h.types.values())) for h in asked]
    assert all((point in points) != never for points, _ in drawn)
    for one in {*kept, *drawn}:
        a, b = kept.count(one) / len(kept), drawn.count(one) / len(drawn)
        spread = np.sqrt((a * (1 - a) + 1e-3) / len(kept) + (b * (1 - b) + 1e-3) / len(drawn))
        assert abs(a - b) < 5 * spread


def test_an_option_may_be_asked_for_and_types_may_be_given() -> None:
    solved = solved_game(7)
    forward = forward_by_definition(solved)
    masses = probable(forward, forward.options).sum(axis=0)
    option = next(o for o, mass in enumerate(masses) if 0.02 < mass < 0.6)
    for never in (False, True):
        for history in sample_given(solved, 0, seed=3, options=[option], never=never, count=20):
            assert any(chosen.option == option for step in history.steps for chosen in step.chosen) != never
    for history in sample(solved, 0, seed=4, count=20, profiles=[1]):
        assert list(history.types.values()) == ["t0", "t1"]
    with pytest.raises(ValueError, match="no history"):
        sample_given(solved, 0, seed=4, points=[0], profiles=[], count=2)


def test_imposed_moves_say_nothing_unless_they_are_to() -> None:
    solved = solved_game(7)
    s, game = solved.filled.game.structure, solved.filled.game
    informed = {each.player for each in game.informed}
    own = [m for m in wide_movers(solved.filled) if s.mover_player[m] in informed]
    forced = s.option_start[own].astype(np.int32)
    silent = sample(solved, 0, seed=1, count=20, forced=forced)
    telling = sample(solved, 0, seed=1, count=20, forced=forced, signals=True)
    beliefs = [belief for history in silent for step in history.steps for belief in step.beliefs]
    assert all(belief.before == belief.learnt == belief.after for belief in beliefs)
    beliefs = [belief for history in telling for step in history.steps for belief in step.beliefs]
    assert any(belief.change > 0 and belief.after != belief.before for belief in beliefs)


def test_types_that_differ_in_nothing_leave_no_trace() -> None:
    filled = random_game(5, 1, 0.8, choices=5)
    solved = solve_types_by_definition(with_types(filled, {0: 2}, dependent=0.0, weights=False), 1e-9)
    for history in sample(solved, 0, seed=1, count=20):
        for step in history.steps:
            assert all(belief.change < 1e-6 and belief.after == belief.before for belief in step.beliefs)


def test_no_such_draw() -> None:
    solved = solved_game(7)
    with pytest.raises(ValueError, match="expected 0 to 0"):
        sample(solved, 1, seed=1)
