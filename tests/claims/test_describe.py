"""Tests in words, from the words of the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assay.case.model import Case
from assay.claims.describe import describe_test

DESCRIBED = {
    "war < unlikely": "It holds where the probability of a war is below 5% (strict) or 30% (loose).",
    "P(lost, do=walls) < 0.1": ("It holds where the probability of ‘lost’ if the town plans walls is below 10%."),
    "walled_at_end > likely": (
        "It holds where the probability of a wall given peace is above 66% (strict) or 55% (loose)."
    ),
}


def claim(harbour: Callable[..., Case], **parts: Any) -> tuple[Any, Case]:
    policies = {"walls": {"play": {"town.works": ["plan"]}, "means": "The town plans walls."}}
    case = harbour(claims=[{"id": "T", "by": "author", "says": "Something.", **parts}], policies=policies)
    return case.claims[0], case


@pytest.mark.parametrize("test", DESCRIBED)
def test_a_test_is_said_in_the_words_of_the_case(harbour: Callable[..., Case], test: str) -> None:
    assert describe_test(*claim(harbour, holds_if=test)) == DESCRIBED[test]


def test_the_authors_words_come_first_and_what_matters_last(harbour: Callable[..., Case]) -> None:
    described = describe_test(
        *claim(
            harbour,
            test="walls keep the peace",
            holds_if={"strict": "P(war) < 0.1", "loose": "P(war) < 0.2"},
            matters_if="P(war) > 0.001",
        )
    )
    assert described == (
        "Walls keep the peace. Read strictly it holds where the probability of a war is below 10%; read loosely, where "
        "the probability of a war is below 20%. A draw counts only where the probability of a war is above 0.1%."
    )


def test_a_claim_without_a_test_is_not_described(harbour: Callable[..., Case]) -> None:
    with pytest.raises(ValueError, match="claim T has no test"):
        describe_test(*claim(harbour, route="text", why="a matter of reading"))


def test_periods_that_are_calendar_years_are_named_so(harbour: Callable[..., Case]) -> None:
    parts = {"id": "T", "by": "author", "says": "Something.", "holds_if": "P(lost, by=2) < 0.1 and P(lost) < 0.2"}
    case = harbour(claims=[parts], calendar={"start": "2025-01-01", "step": "1 year", "periods": 3})
    assert describe_test(case.claims[0], case) == (
        "It holds where the probability of ‘lost’ by the end of 2026 is below 10%, and the probability of ‘lost’ by "
        "the end of 2027 is below 20%."
    )
    assert "by the end is below" in describe_test(*claim(harbour, holds_if="P(lost, by=end) < 0.2"))
