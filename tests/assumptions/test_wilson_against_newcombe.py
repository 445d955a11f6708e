"""The Wilson interval, against the score equation that defines it and a published example."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.assumptions.intervals import Z95, wilson


def test_the_published_example() -> None:
    # Newcombe (1998), table I, score method without continuity correction: 81 of 263.
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson(15, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson(0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson(1, 29) == pytest.approx((0.0061, 0.1718), abs=5e-5)


@given(st.integers(1, 10**6).flatmap(lambda draws: st.tuples(st.integers(0, draws), st.just(draws))))
def test_the_ends_solve_the_score_equation(pair: tuple[int, int]) -> None:
    count, draws = pair
    low, high = wilson(count, draws)
    assert 0 <= low <= count / draws <= high <= 1
    for end in (low, high):
        if 0 < end < 1:
            assert (count / draws - end) ** 2 == pytest.approx(Z95**2 * end * (1 - end) / draws, rel=1e-6)


def test_nothing_is_known_without_draws_and_no_share_exceeds_one() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="is no share"):
        wilson(3, 2)
