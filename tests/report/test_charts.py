"""Charts show what they are given: whole dots that add up, scales that keep order, a text beside every picture."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.report.charts.dots import DOTS, Axis, _apportion, dots
from assay.report.charts.fan import Bands, fan
from assay.report.charts.ranges import Range, ranges
from assay.report.charts.scale import Scale, edges, fitting, proportions
from assay.report.charts.scatter import Box, Side, scatter
from assay.report.charts.staircase import step

from .pages import read_page

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.tuples(st.integers(0, 20), st.sampled_from("ab")), st.integers(0, 900), min_size=1),
    st.integers(0, DOTS),
)
def test_dots_add_up_and_are_within_one_of_their_share(counts: dict[tuple[int, str], int], seats: int) -> None:
    total = sum(counts.values())
    given_ = _apportion(counts, min(seats, total))
    assert sum(given_.values()) == min(seats, total)
    for key, count in counts.items():
        exact = min(seats, total) * count / total if total else 0
        assert abs(given_[key] - exact) < 1


@settings(max_examples=100, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=30))
def test_scales_keep_order_and_stay_inside(values: list[float]) -> None:
    scale = fitting(np.array(values))
    places = [scale(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(0 <= place <= 1 for place in places)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.floats(0, 1, allow_nan=False), min_size=1, max_size=30), st.floats(1e-4, 1))
def test_a_threshold_is_inside_the_scale_of_proportions(values: list[float], mark: float) -> None:
    scale = proportions(np.array([*values, 0.5]), np.array([mark]))
    assert scale.log
    assert scale.low <= mark <= scale.high * (1 + 1e-9) or mark < scale.high * 1e-5 * (1 + 1e-9)


@settings(max_examples=100, deadline=None)
@given(numbers, st.floats(1e-3, 1e6), st.booleans())
def test_ticks_are_on_the_axis_in_order_and_few(low: float, width: float, log: bool) -> None:
    scale = Scale(abs(low) + 1e-3, abs(low) + 1e-3 + width, log=True) if log else Scale(low, low + width)
    ticks = scale.ticks(6)
    assert ticks == sorted(ticks)
    assert 1 <= len(ticks) <= 12
    slack = 1e-3 * width
    assert all(scale.low - slack <= tick <= scale.high + slack for tick in ticks)


def test_a_threshold_lies_on_an_edge_of_a_bin() -> None:
    scale = Scale(0.0, 1.0)
    bounds = edges(scale, 20, [0.013, 0.66])
    assert bounds[0] == 0
    assert bounds[-1] == 1
    assert bounds == sorted(bounds)
    assert min(abs(bound - 0.013) for bound in bounds) < 1e-12
    assert min(abs(bound - 0.66) for bound in bounds) < 1e-12


def _circles(markup: str) -> int:
    return markup.count("h0")


@pytest.mark.parametrize(("draws", "expected"), [(3, 3), (50, 50), (2000, 50)])
def test_a_dot_is_two_percent_or_a_draw(draws: int, expected: int) -> None:
    values = np.linspace(0, 1, draws)
    classes = ["holds" if value < 0.5 else "fails" for value in values]
    made = dots("t", "d", Axis(Scale(0, 1), str), values, classes, ("holds", "fails", "mid"))
    assert _circles(made) == expected


def test_missing_values_draw_no_dots() -> None:
    made = dots("t", "d", Axis(Scale(0, 1), str), np.array([np.nan, 0.5]), ["mid", "mid"], ("holds", "fails", "mid"))
    assert _circles(made) == 1


def test_a_scatter_has_a_disc_or_a_triangle_for_every_draw() -> None:
    x = np.array([0.1, 0.5, 0.9])
    side = Side("x", Scale(0, 1), str)
    boxes = [Box("A", (0, 1), (0, 1)), Box("B", (0, 0.2), (0, 0.2)), Box("C", (0, 0.2), (0, 0.3))]
    made = scatter("t", "d", side, side, x, x, np.array([True, False, False]), boxes)
    assert _circles(made) == 1
    assert made.count("#tri") == 2
    assert made.count('class="rng"') == 3


def test_every_chart_has_a_title_and_a_description_and_escapes_what_it_is_told() -> None:
    nasty = "<b>&\"'"
    flat = np.array([0.1])
    bands = Bands(flat, flat, flat, flat, flat)
    charts = [
        fan(nasty, bands, [nasty], Scale(0, 1), True),
        ranges(nasty, [Range(nasty, 1, 1, 1, nasty), Range("b", 1, 3, None, "1 to 3")], True),
        step(nasty, 1, 0.4),
        dots(nasty, nasty, Axis(Scale(0, 1), lambda _: nasty, ((nasty, 0.5),)), flat, ["mid"], ("mid",)),
    ]
    for made in charts:
        page = read_page(str(made))
        svg = page.children[0]
        assert svg.tag == "svg"
        assert [child.tag for child in svg.children[:2]] == ["title", "desc"]
        assert all(child.text.strip() for child in svg.children[:2])
        assert not page.find("b")
        assert "viewbox" not in svg.attributes
