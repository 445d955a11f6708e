"""What a page says of beliefs is so: at the start, along a future, and for cases in which nobody has private types."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.case.assumptions import Setting
from assay.case.types import columns
from assay.claims.verdict import Rider
from assay.report.charts.course import APART, Path, _ends, course
from assay.report.charts.opinions import Opinion, opinions
from assay.report.numbers import belief
from assay.report.page import page
from assay.report.sections import assume, beliefs, method, solved
from assay.report.sections.courses import LITTLE, courses, travel, types_said
from assay.report.sections.spans import setting
from assay.report.view import View
from assay.runs.run import Run, Verdicts

from . import doubts, synthetic
from .pages import read_page

RUN = doubts.make(draws=40)
VIEW = View(RUN)
MANY = View(doubts.make(doubts.three_types(), draws=40))

share = st.floats(0, 1, allow_nan=False)


@lru_cache(maxsize=2)
def _html(many: bool = False) -> str:
    return page((MANY if many else VIEW).run)


@pytest.mark.parametrize("many", [False, True])
def test_a_page_with_types_is_whole_and_every_picture_has_its_text(many: bool) -> None:
    root = read_page(_html(many))
    sections = [element.attributes["id"] for element in root.find("section")]
    assert sections == ["s-ledger", "s-full", "s-beliefs", "s-assume", "s-together", "s-solved", "s-method"]
    ids = {element.attributes["id"] for element in root.walk() if "id" in element.attributes}
    for link in (element.attributes["href"] for element in root.walk() if "href" in element.attributes):
        assert not link.startswith("#") or link[1:] in ids, link
    for drawing in root.find("svg"):
        if not drawing.inside("svg"):
            assert [child.tag for child in drawing.children[:2]] == ["title", "desc"]
            assert all(child.text.strip() for child in drawing.children[:2])
    (section,) = (each for each in root.find("section") if each.attributes["id"] == "s-beliefs")
    assert all(figure.find("table") for figure in section.find("figure"))
    text = root.find("body")[0].text
    assert not re.search(r"(?<!\w)(nan|None|\{\{|\}\})(?!\w)", text)


def test_a_case_without_types_says_nothing_of_beliefs() -> None:
    run = synthetic.make(draws=40)
    assert beliefs.beliefs(View(run)) is None
    html = page(run)
    assert 's-beliefs"' not in html
    assert "Every actor has one known character" in html
    assert "grid of" not in html


@pytest.mark.parametrize(("view", "said"), [(VIEW, "Two types per actor"), (MANY, "At most three types per actor")])
def test_limits_say_how_many_types_an_actor_has(view: View, said: str) -> None:
    limits = " ".join(method.method(view).limits)
    assert said in limits
    assert "selection rule" in limits
    assert "grid" in limits
    assert "one known character" in limits


def test_a_number_for_each_type_is_an_assumption_of_its_own() -> None:
    case = RUN.plan.case
    found = assume.assume(VIEW)
    names = [line.means for line in found.differ] + [row[0] for row in (found.agree.rows if found.agree else [])]
    assert len(names) == len(columns(case)) == len(case.assumptions) + 1
    assert "What a raid is worth to the hill (if the hill is greedy)" in names
    written = setting(case, "writer", "prize.greedy")
    assert isinstance(written, Setting)
    assert written.range == (5, 8)
    assert VIEW.unit("prize.calm") == "utils"


@settings(max_examples=60, deadline=None)
@given(st.lists(share, min_size=2, max_size=5), st.lists(share, min_size=2, max_size=5), st.booleans())
def test_sentences_on_a_future_are_true_of_its_beliefs(one: list[float], two: list[float], greedy: bool) -> None:
    told = _told({"valley": one, "watcher": two}, "greedy" if greedy else "calm")
    (found,) = courses(VIEW, told)
    said = " ".join(found.said)
    ends = {"the valley": one, "the watcher": two}
    for name, path in ends.items():
        gain = (path[-1] - path[0]) * (1 if greedy else -1)
        nearer = re.search(rf"{name}[^.]* came nearer", said, re.IGNORECASE) or re.search(
            rf"came nearer[^.]*{name}(?![^.]*moved)", said
        )
        if gain < -LITTLE:
            assert re.search(rf"{name}[^.,]* moved away", said, re.IGNORECASE)
        elif gain > LITTLE:
            assert nearer
        wrong = (path[-1] < 0.5) if greedy else (path[-1] > 0.5)
        assert bool(re.search(rf"{name}[^.]* misread", said, re.IGNORECASE)) == wrong
        shown = belief(path[-1]).replace("<", "below ").replace(">", "above ")
        assert f"{shown} at the end" in said or f"{shown} throughout" in said
    assert types_said(VIEW, told) == f"In this future the hill is {'greedy' if greedy else 'calm'}."


def _told(paths: dict[str, list[float]], true: str) -> dict[str, Any]:
    return {
        "types": {"hill": true},
        "beliefs": [
            {
                "about": "hill",
                "observer": observer,
                "types": ["calm", "greedy"],
                "course": [[2 * place / (len(path) - 1), [1 - value, value]] for place, value in enumerate(path)],
            }
            for observer, path in paths.items()
        ],
    }


def test_observers_who_believe_the_same_share_a_line() -> None:
    (found,) = courses(VIEW, _told({"": [0.1, 0.2], "valley": [0.1, 0.2], "watcher": [0.1, 0.3]}, "calm"))
    assert [name for _, name, _ in found.observers] == [
        "The valley and the perspective’s own shares, revised likewise",
        "The watcher",
    ]
    assert [values for _, _, values in found.observers] == ["10% → 20%", "10% → 30%"]


def test_of_three_types_what_is_drawn_is_the_true_one() -> None:
    for tales in MANY.run.tales.values():
        for told in tales:
            own = {each["about"]: each for each in told["beliefs"] if each["observer"] == "watcher"}
            hill = next(found for found in courses(MANY, told) if found.about.startswith("The hill"))
            believed = own["hill"]["course"][0][1][own["hill"]["types"].index(told["types"]["hill"])]
            (shown,) = [values for _, name, values in hill.observers if name == "The watcher"]
            assert shown.startswith(belief(believed))
    assert travel({}) == 0


@settings(max_examples=60, deadline=None)
@given(st.lists(share, min_size=1, max_size=6))
def test_numbers_at_the_ends_of_lines_do_not_touch(values: list[float]) -> None:
    paths = [Path(f"who {n}", (0.0, 1.0), (0.5, value), n) for n, value in enumerate(values)]
    places = sorted(float(re.findall(r' y="(-?[\d.]+)"', text)[0]) for text in _ends(paths))
    assert all(below - above >= APART - 0.02 for above, below in pairwise(places))
    drawn = read_page(str(course("t", paths, ("a", "b"), "b", ["2025"], "said")))
    assert "b: true" in drawn.text
    assert len(drawn.find("path")) == len(paths)


def test_opinions_are_drawn_within_the_chart_and_told() -> None:
    rows = [Opinion("one", 0, 0, 0, 0, 0), Opinion("two", 0.2, 0.4, 0.5, 0.6, 0.9), Opinion("three", 1, 1, 1, 1, 1)]
    drawn = read_page(str(opinions("title", rows[0], rows[1:])))
    assert "two 50% in the median draw, nine in ten draws 20% to 90%" in drawn.find("desc")[0].text
    for bar in drawn.find("rect"):
        assert 0 <= float(bar.attributes["x"].rstrip("%")) <= 100


def test_who_misreads_whom_at_the_start_is_counted_in_the_draws() -> None:
    found = beliefs.beliefs(VIEW)
    assert found is not None
    hill = next(about for about in found.abouts if about.question == "The hill is greedy")
    for face, (name, _, said) in zip(VIEW.faces, hill.charts, strict=True):
        drawn = VIEW.draws(face.key)
        gap = drawn["fear"] - drawn["p_greedy"]
        often = float((gap > 0).mean())
        text = " ".join(said)
        assert name == face.short
        assert ("to the valley in every draw" in text) == (often == 1)
        assert often == 1 or f"to the valley in {100 * often:.0f}% of the draws" in text
    valley = next(about for about in found.abouts if about.question.startswith("The valley"))
    assert all(said == ["As the share says: to the hill and to the watcher."] for _, _, said in valley.charts)
    gaps = {(face.key, who): _gap(face.key, who) for face in VIEW.faces for who in ("valley", "watcher")}
    (face_key, who), _ = max(gaps.items(), key=lambda pair: pair[1])
    assert found.headline == f"Most mistaken at the start, for {VIEW.face(face_key).mid}: the {who} about the hill"


def _gap(perspective: str, who: str) -> float:
    drawn = VIEW.draws(perspective)
    believed = drawn["fear"] if who == "valley" else 0.5
    return float(abs(np.median(believed - drawn["p_greedy"])))


def test_the_future_that_is_followed_is_one_of_those_told_and_moves_most() -> None:
    found = beliefs.beliefs(VIEW)
    assert found is not None
    assert found.followed is not None
    most = max(travel(told) for tales in RUN.tales.values() for told in tales)
    assert any(travel(told) == most for told in RUN.tales[found.followed.claim.id])
    quiet = beliefs.beliefs(View(replace(RUN, tales={})))
    assert quiet is not None
    assert quiet.followed is None


def _with(riders: dict[str, tuple[Rider, ...]]) -> View:
    verdicts = (replace(verdict, riders=riders.get(verdict.claim, ())) for verdict in RUN.verdicts)
    return View(replace(RUN, verdicts=Verdicts(verdicts)))


def _equilibria(words: list[str], depends: int = 0) -> Rider:
    data = {"depends": depends, "several": 3, "draws": 10, "starts": 4, "words": words}
    return Rider("equilibria", "text", data)


def test_other_ways_of_solving_are_counted_by_verdict() -> None:
    view = _with({"T1": (_equilibria(["fails", "holds"], 5),), "T2": (_equilibria(["holds"]),)})
    found = solved.solved(view)
    assert found is not None
    first = found.lines[0]
    assert first.name == "Other equilibria, from four starts"
    assert first.cells == ["1 of 2 (25%)"] * 2
    assert first.claims == ["T1"]
    assert found.headline == "Of four verdicts two depend on the equilibrium"
    none = solved.solved(_with({"T1": (_equilibria(["holds"]),)}))
    assert none is not None
    assert none.headline == "No verdict’s word depends on the equilibrium"
    assert solved.solved(_with({})) is None


def test_a_stored_precision_curve_is_read_by_number() -> None:
    data = {"words": {"0.25": "fails", "1.0": "holds", "4.0": "holds"}, "strict": {}}
    found = solved.solved(_with({"T3": (Rider("precision curve", "text", data),)}))
    assert found is not None
    lines = {line.name: line for line in found.lines}
    assert lines["Everybody a quarter as precise"].claims == ["T3"]
    assert lines["Everybody four times as precise"].claims == []
    assert lines["Everybody four times as precise"].cells == ["0 of 1", "0 of 1"]


def test_every_report_on_types_shows_the_check_of_the_grid() -> None:
    text = read_page(_html()).find("body")[0].text
    assert "Beliefs on 9 nodes instead of 5" in text
    assert "Beliefs on a span of 3.5 instead of 2.5" in text


def test_draws_and_perspectives_may_be_missing() -> None:
    empty = replace(RUN, draws=RUN.draws.iloc[:0], hinge_table={})
    html = page(empty)
    assert "s-beliefs" in html
    only: Run = doubts.make(draws=10)
    assert page(replace(only, tales={}, audit=only.audit.iloc[:0]))


def test_what_a_stranger_calls_types_stays_text() -> None:
    case = doubts.bluff()
    hill = case.actors["hill"].model_copy(update={"called": {"greedy": "<b>x</b>"}, "name": "<i>hill</i>"})
    run = doubts.make(case.model_copy(update={"actors": {**case.actors, "hill": hill}}), draws=10)
    html = page(run)
    assert "<i>hill" not in html
    assert "<b>x" not in html
    assert "&lt;i&gt;hill&lt;/i&gt; is &lt;b&gt;x&lt;/b&gt;" in html


def test_a_selection_that_was_left_out_is_not_said_to_change_nothing() -> None:
    plan = replace(RUN.plan, branch=False)
    view = View(replace(RUN, plan=plan))
    for each, there in ((VIEW, True), (view, False)):
        found = solved.solved(each)
        assert found is not None
        assert any("principal branch" in line.name for line in found.lines) == there
        assert ("along the principal branch" in " ".join(method.method(each).paragraphs)) == there
    assert "was not followed" in " ".join(method.method(view).paragraphs)
