"""Units: what they multiply to, that they are read back as they are written, and what a wrong one is told."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.formula.dimension import NONE, Dimension, UnitError, in_words, parse_unit, util_of

ACTORS = ("russia", "frontline")


def dimension(text: str) -> Dimension:
    return parse_unit(text, ACTORS).dimension


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("EUR/year", "EUR * 1/year"),
        ("1/util/russia", "util/russia**-1"),
        ("util/russia/year", "util/russia / year"),
        ("km**2", "km*km"),
        ("km2", "km**2"),
        ("years", "year"),
        ("EUR bn", "bn EUR"),
        ("EUR billion", "EUR bn"),
        ("1/year", "year**-1"),
        ("share", "1"),
        ("month*year/month", "year"),
    ],
)
def test_two_ways_of_writing_one_unit(written: str, same: str) -> None:
    assert dimension(written) == dimension(same)


def test_what_two_actors_value_has_nothing_in_common() -> None:
    assert dimension("util/russia") == util_of("russia")
    assert len({dimension("util/russia"), dimension("util/frontline"), dimension("util")}) == 3


def test_a_unit_of_an_actor_divides_as_a_whole() -> None:
    assert dimension("1/util/russia") * util_of("russia") == NONE


def test_scales_are_kept_exactly() -> None:
    assert dimension("month") != dimension("year")
    assert dimension("month").powers == dimension("year").powers
    assert dimension("month").factor == pytest.approx(1 / 12)
    assert dimension("EUR bn").factor == pytest.approx(1e9)
    assert dimension("day").factor == pytest.approx(1 / 365.25)
    assert (dimension("month") ** Fraction(1, 2)) ** 2 == dimension("month")


def test_probabilities_and_shares_are_bounded_and_have_no_dimension() -> None:
    assert [parse_unit(text).bounded for text in ("probability", "share", "log-odds", "1")] == [
        True,
        True,
        False,
        False,
    ]
    assert not any(parse_unit(text).dimension for text in ("probability", "share", "log-odds", "1"))


@pytest.mark.parametrize(
    ("written", "found", "expected"),
    [
        ("util/russa", "unknown actor 'russa'", "did you mean 'russia'?"),
        ("util/moon", "unknown actor 'moon'", "known here: frontline, russia"),
        ("EURO", "unknown unit 'EURO'", "did you mean 'EUR'?"),
        ("utils/rusia", "unknown actor 'rusia'", "did you mean 'russia'?"),
        ("EUR//year", "'/' in the unit", "EUR/year"),
        ("EUR/", "ends too early", "EUR/year"),
        ("EUR year", "'year' in the unit", "join units with *"),
        ("(EUR)", "'(' in the unit", "without brackets"),
        ("EUR**99", "'99' as a power", "a whole number up to 9"),
        ("5", "unknown unit '5'", "known here"),
        ("12", "unknown unit '12'", "did you mean '1'?"),
        ("", "an empty unit", "write 1 for a plain number"),
        ("EUR$", "'$' in the unit", "join units with *"),
    ],
)
def test_a_wrong_unit_is_named_with_what_is_known(written: str, found: str, expected: str) -> None:
    with pytest.raises(UnitError) as caught:
        parse_unit(written, ACTORS)
    assert found in caught.value.found
    assert expected in caught.value.expected


WORDS = st.sampled_from(["util/russia", "util/frontline", "util", "year", "EUR", "km", "person", "stake"])
PRODUCTS = st.lists(st.tuples(WORDS, st.integers(-3, 3)), min_size=1, max_size=4, unique_by=lambda factor: factor[0])


@given(PRODUCTS)
def test_a_dimension_is_read_back_as_it_is_written(factors: list[tuple[str, int]]) -> None:
    made = NONE
    for word, power in factors:
        made = made * dimension(word) ** power
    assert dimension(str(made)) == made


@given(PRODUCTS, PRODUCTS)
def test_dimensions_are_a_group(first: list[tuple[str, int]], second: list[tuple[str, int]]) -> None:
    left, right = NONE, NONE
    for word, power in first:
        left = left * dimension(word) ** power
    for word, power in second:
        right = right * dimension(word) ** power
    assert left * right == right * left
    assert left / right * right == left
    assert (left * right) ** 2 == left**2 * right**2


@pytest.mark.parametrize(
    "written", ["month", "1/month", "EUR bn", "EUR bn/year", "1/day", "util/russia/month", "percent"]
)
def test_a_scaled_unit_is_said_by_its_own_name(written: str) -> None:
    assert str(dimension(written)) == written


def test_a_plain_number_is_said_in_words() -> None:
    assert in_words(NONE) == "a plain number"
    assert in_words(dimension("1/year")) == "1/year"
