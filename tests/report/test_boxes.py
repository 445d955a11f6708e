"""The box where a claim fails is told and drawn as it was found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assay.explore.box import Box, Limit
from assay.report.page import page
from assay.report.sections.boxes import boxes, limit_said
from assay.report.sections.turning import turning
from assay.report.view import View
from assay.runs.boxes import Boxed

from . import synthetic
from .pages import read_page

RUN = synthetic.make(draws=200)
VIEW = View(RUN)
CLAIM = VIEW.by_id["C18"]


def _with(*limits: Limit, fails: bool = True, between: tuple[float, float] = (0.68, 0.82)) -> View:
    box = Box(limits, 136, 102, 0.31, 0.42, 0.75, (0.3, 0.5), between)
    return View(replace(RUN, box_table={("C18", face.key): Boxed(fails, box) for face in VIEW.faces}))


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (Limit("prize", 38.21, None), "what the eastern towns would gain from the upper weir is at least 38 utils"),
        (
            Limit("greed", None, 0.6),
            "the chance that the eastern towns want more water than the treaty grants is at most 0.6",
        ),
        (Limit("misread", 0.1, 0.35), "how fully the League perceives the danger of a flood is between 0.1 and 0.35"),
        (Limit("council", None, None, ("one",)), "whether the towns decide in one council or two is one"),
    ],
)
def test_a_limit_in_words(limit: Limit, said: str) -> None:
    assert limit_said(VIEW, limit) == said


def test_a_box_in_words_says_how_much_it_holds_and_how_sure_that_is() -> None:
    sure = _with(Limit("prize", 38, None, kept=1.0))
    who, text = boxes(sure, CLAIM)[0]
    assert who == "Author"
    assert "in 75% of 136 draws (68% to 82% when tried on halves), of all draws in 31%." in text
    assert text.endswith("The box holds 42% of the draws in which it fails.")
    assert boxes(_with(Limit("prize", 38, None, kept=0.2)), CLAIM)[0][1].endswith(
        "Not seen in most halves: the limit on what the eastern towns would gain from the upper weir."
    )
    assert "promises little" in boxes(_with(Limit("prize", 38, None), between=(0.0, 1.0)), CLAIM)[0][1]
    assert "it holds in" in boxes(_with(Limit("prize", 38, None), fails=False), CLAIM)[0][1].replace(
        " (read loosely)", ""
    )
    assert boxes(View(replace(RUN, box_table={})), CLAIM) == []


def test_a_box_is_drawn_only_where_the_axes_tell_all_of_it() -> None:
    hinges = {key: found for key, found in RUN.hinge_table.items() if key[0] == "C18" and len(found) > 1}
    assert hinges
    shown = turning(VIEW, CLAIM)
    assert shown is not None
    first, second = next(
        [hinge.assumption for hinge in found[:2]]
        for found in hinges.values()
        if VIEW.meaning(found[0].assumption) in shown.across
    )
    drawn = turning(_with(Limit(first, 0.001, None), Limit(second, None, 1e6)), CLAIM)
    assert drawn is not None
    assert drawn.found == "fails"
    assert 'class="found"' in drawn.chart
    for view in (_with(Limit(first, 0.1, None), Limit("upkeep", 0.5, None)), View(replace(RUN, box_table={}))):
        other = turning(view, CLAIM)
        assert other is not None
        assert other.found == ""
        assert 'class="found"' not in other.chart


def test_a_page_with_boxes_is_whole() -> None:
    assert RUN.box_table
    text = read_page(page(RUN)).find("body")[0].text
    assert "The box, in words" in text
