"""What is true of probabilities whatever the event, on the harbour solved for a few draws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as some

from assay.case.model import Case
from assay.claims.agenda import courses_of
from assay.claims.binder import bind
from assay.claims.quantity import Quantity, read_quantity
from assay.claims.readers import answer
from assay.formula.ast import Call
from assay.formula.parse import parse
from assay.formula.walk import names
from assay.futures.forward import forward
from assay.game.game import Game
from assay.solvers.strategies import Strategies

PERIODS = 3


class Asker:
    """Answers quantities of one solved game. No dataclass: a failing example would print the whole game."""

    def __init__(self, case: Case, strategies: Strategies) -> None:
        self.case, self.strategies = case, strategies
        self.game: Game = strategies.filled.game

    def __call__(self, *written: str) -> list[Any]:
        quantities = [self.read(each) for each in written]
        courses = [course for quantity in quantities for course in courses_of(quantity, self.case)]
        bound = bind(quantities, courses, self.case, self.game)
        futures = dict(zip(bound.courses, forward(self.strategies, bound.passes), strict=True))
        return [answer(bound.recipes[q], q.time.period or PERIODS, futures, self.worth) for q in quantities]

    def read(self, written: str) -> Quantity:
        call = parse(written).node
        assert isinstance(call, Call)
        return read_quantity(call, self.case)

    def worth(self, option: int) -> Any:
        assert self.strategies.payoff is not None
        return self.strategies.payoff[:, :, option, 0, :].transpose(1, 0, 2).reshape(PERIODS, -1)[:, :3]


@pytest.fixture(scope="module")
def ask(harbour: Callable[..., Case], solved: Callable[..., Any]) -> Asker:
    asked = solved(harbour())
    strategies = asked.strategies()
    return Asker(asked.case, strategies)


def events(atoms: Sequence[str]) -> some.SearchStrategy[str]:
    """Atoms joined by and, or, not."""
    return some.recursive(
        some.sampled_from(atoms),
        lambda inner: some.one_of(
            inner.map(lambda one: f"not ({one})"),
            some.tuples(inner, some.sampled_from(["and", "or"]), inner).map(
                lambda three: "({}) {} ({})".format(*three)
            ),
        ),
        max_leaves=4,
    )


TAGS = ["war", "lost", "at_sea", "taken"]
WORLDS = ["wall == built", "walled", "flag == up", "sea == rough"]
MOVES = ["fleet.attack", "town.sail", "town.plan", "fleet.siege.lift"]
TIMES = some.integers(1, PERIODS)
quick = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(event=events(TAGS + WORLDS), period=TIMES)
def test_an_event_and_its_opposite_share_out_one_at_a_time(ask: Asker, event: str, period: int) -> None:
    one, other = ask(f"P({event}, at={period})", f"P(not ({event}), at={period})")
    np.testing.assert_allclose(one + other, 1, atol=1e-12)
    assert ((one >= -1e-12) & (one <= 1 + 1e-12)).all()


@quick
@given(
    event=some.one_of(events(TAGS + WORLDS), some.sampled_from(MOVES), some.sampled_from(["fleet.attack or town.sail"]))
)
def test_what_has_happened_once_has_happened_ever_after(ask: Asker, event: str) -> None:
    about_endings = set(names(parse(event))) <= set(TAGS)
    assume(not (about_endings and "not" in event))  # read as it stands: "no war yet" may pass
    values = np.array(ask(*(f"P({event}, by={period})" for period in range(1, PERIODS + 1))))
    assert (np.diff(values, axis=0) >= -1e-12).all()
    assert ((values >= -1e-12) & (values <= 1 + 1e-12)).all()


@quick
@given(one=events(MOVES[:3]), other=events(TAGS[:2]), period=TIMES)
def test_histories_split_by_what_was_done_and_how_it_ended(ask: Asker, one: str, other: str, period: int) -> None:
    """P(A) = P(A and B) + P(A and not B), for events that need several first passages."""
    whole, both, rest = ask(
        f"P({one}, by={period})",
        f"P(({one}) and ({other}), by={period})",
        f"P(({one}) and not ({other}), by={period})",
    )
    np.testing.assert_allclose(whole, both + rest, atol=1e-12)


@quick
@given(event=events(TAGS + WORLDS), condition=events(TAGS + WORLDS), period=TIMES)
def test_a_conditional_is_a_share_of_its_condition(ask: Asker, event: str, condition: str, period: int) -> None:
    both, given_, found = ask(
        f"P(({event}) and ({condition}), at={period})",
        f"P({condition}, at={period})",
        f"P({event}, at={period}, given={condition})",
    )
    np.testing.assert_array_equal(np.isnan(found), given_ < 1e-9)
    defined = ~np.isnan(found)
    np.testing.assert_allclose(found[defined] * given_[defined], both[defined], atol=1e-12)


@quick
@given(event=events(MOVES[:2] + WORLDS[:2]), period=some.one_of(some.none(), TIMES))
def test_visits_to_a_stage_share_out_one(ask: Asker, event: str, period: int | None) -> None:
    when = "" if period is None else f", in={period}"
    one, other = ask(f"P({event}, at=strait{when})", f"P(not ({event}), at=strait{when})")
    np.testing.assert_allclose(one + other, 1, atol=1e-12)


@quick
@given(event=events(TAGS), period=TIMES)
def test_an_event_on_endings_alone_is_the_same_by_and_at(ask: Asker, event: str, period: int) -> None:
    by, at = ask(f"P({event}, by={period})", f"P({event}, at={period})")
    np.testing.assert_allclose(by, at, atol=1e-12)


@quick
@given(event=events(TAGS + WORLDS), policy=some.sampled_from(["walls", "no_walls", "attack"]), period=TIMES)
def test_a_contrast_turns_round_and_a_policy_equals_itself(ask: Asker, event: str, policy: str, period: int) -> None:
    played, done, again = ask(
        f"P({event}, at={period})",
        f"P({event}, at={period}, do={policy})",
        f"P({event}, at={period}, do={policy} + {policy})",
    )
    np.testing.assert_array_equal(done, again)
    np.testing.assert_array_equal(done - played, -(played - done))


@quick
@given(period=TIMES, do=some.sampled_from(["", ", do=walls", ", do=attack"]))
def test_parts_of_a_payoff_add_up_to_the_whole(ask: Asker, period: int, do: str) -> None:
    parts = ["cost", "coal", "calm", "pride", "loss"]
    whole, *each = ask(f"E(town, by={period}{do})", *(f"E(town.{part}, by={period}{do})" for part in parts))
    np.testing.assert_allclose(whole, np.sum(each, axis=0), atol=1e-12)


@quick
@given(period=TIMES)
def test_a_move_is_expected_as_often_as_it_is_made_period_by_period(ask: Asker, period: int) -> None:
    (count,) = ask(f"N(fleet.attack, by={period})")
    each = ask(*(f"P(fleet.attack, at={each})" for each in range(1, period + 1)))
    np.testing.assert_allclose(count, np.sum(each, axis=0), atol=1e-12)


def test_what_cannot_be_is_zero_and_what_must_be_is_one(ask: Asker) -> None:
    never, always = ask(
        "P(fleet.attack and not fleet.attack, by=end)", "P(fleet.attack or not fleet.attack, by=end, do=walls)"
    )
    assert (never == 0).all()
    np.testing.assert_allclose(always, 1, atol=1e-12)


def test_what_a_value_is_worth_is_what_is_expected(ask: Asker) -> None:
    """Forward equals backward: the expected payoff of a game without misperception is its value at the start."""
    strategies = ask.strategies
    values = strategies.value.transpose(1, 0, 2).reshape(2, -1)[:, :3]
    np.testing.assert_allclose(ask("E(town)", "E(fleet)"), values, atol=1e-10)
