"""The page is one well-formed file that fetches nothing, whatever the run holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay.case.model import Case
from assay.report.page import page
from assay.report.write import write
from assay.runs.run import Run

from . import synthetic
from .pages import Element, read_page

COMMAND = re.compile(r"url\(|@import", re.IGNORECASE)


@lru_cache(maxsize=1)
def _usual() -> str:
    return page(synthetic.make(draws=200))


def _claims(case: Case, keep: Callable[[object], bool]) -> Case:
    return case.model_copy(update={"claims": tuple(claim for claim in case.claims if keep(claim))})


def _one() -> Run:
    return synthetic.make(perspectives=("author",), draws=120)


def _four() -> Run:
    return synthetic.make(perspectives=("author", "towns", "union", "bank"), draws=120)


def _five() -> Run:
    case = synthetic.river()
    more = {
        **case.perspectives,
        "fifth": case.perspectives["union"].model_copy(update={"name": "A fifth", "short": ""}),
    }
    return synthetic.make(case.model_copy(update={"perspectives": more}), tuple(more), draws=60)


def _without_contrasts() -> Run:
    return synthetic.make(_claims(synthetic.river(), lambda claim: claim.kind != "contrast"), draws=80)  # type: ignore[attr-defined]


def _without_quotes() -> Run:
    case = synthetic.river()
    bare = tuple(claim.model_copy(update={"quote": "", "section": "", "because": ()}) for claim in case.claims)
    return synthetic.make(case.model_copy(update={"claims": bare}), draws=80)


def _bare() -> Run:
    """A run with verdicts and nothing else."""
    run = synthetic.make(draws=80)
    empty = {name: getattr(run, name).iloc[:0] for name in ("outcomes", "quantities", "series", "premises", "audit")}
    return replace(run, hinge_table={}, tales={}, consistency={}, checks=(), **empty)


def _few_draws() -> Run:
    return synthetic.make(draws=3)


def _no_claims() -> Run:
    return synthetic.make(_claims(synthetic.river(), lambda _: False), draws=20)


def _only_facts() -> Run:
    return synthetic.make(_claims(synthetic.river(), lambda claim: claim.route != "model"), draws=20)  # type: ignore[attr-defined]


def _not_numbers() -> Run:
    run = synthetic.make(draws=60)
    values = run.quantities.copy()
    values["value"] = np.nan
    return replace(run, quantities=values)


def _some_not_numbers() -> Run:
    run = synthetic.make(draws=60)
    values = run.quantities.copy()
    values.loc[values["draw"] % 3 == 0, "value"] = np.nan
    values.loc[values["draw"] % 7 == 1, "value"] = 0.0
    return replace(run, quantities=values)


def _no_assumptions() -> Run:
    case = synthetic.river().model_copy(update={"assumptions": {}, "sources": {}, "outcomes": {}, "readings": {}})
    bare = {key: face.model_copy(update={"set": {}}) for key, face in case.perspectives.items()}
    return synthetic.make(case.model_copy(update={"perspectives": bare}), draws=30)


def _alternatives_lead() -> Run:
    """A claim that turns on a named alternative first."""
    run = synthetic.make(draws=80)
    hinge = next(iter(hinges for hinges in run.hinge_table.values() if hinges))[0]
    named = (replace(hinge, assumption="council", turn=0.5), hinge)
    return replace(run, hinge_table=dict.fromkeys(run.hinge_table, named))


RUNS = [
    _one,
    _four,
    _five,
    _without_contrasts,
    _without_quotes,
    _bare,
    _few_draws,
    _no_claims,
    _only_facts,
    _not_numbers,
    _some_not_numbers,
    _no_assumptions,
    _alternatives_lead,
]


def _check(html: str) -> Element:
    root = read_page(html)
    ids = [element.attributes["id"] for element in root.walk() if "id" in element.attributes]
    assert len(set(ids)) == len(ids), [name for name in ids if ids.count(name) > 1]
    links = [element.attributes["href"] for element in root.walk() if "href" in element.attributes]
    for link in links:
        if link.startswith("#"):
            assert link[1:] in ids, link
        else:
            assert link.startswith(("http://", "https://"))
    return root


@pytest.mark.parametrize("make", RUNS, ids=lambda make: make.__name__.strip("_"))
def test_any_run_makes_a_whole_page(make: Callable[[], Run]) -> None:
    html = page(make())
    root = _check(html)
    assert len(root.find("h1")) == 1
    text = root.find("body")[0].text
    for wrong in ("nan", "None", "NaN", "undefined", "inf", "{{", "}}"):
        assert not re.search(rf"(?<![\w]){re.escape(wrong)}(?![\w])", text), wrong
    assert "  ." not in text


def test_the_usual_page_is_whole() -> None:
    root = _check(_usual())
    sections = [element.attributes["id"] for element in root.find("section")]
    assert sections == ["s-ledger", "s-full", "s-futures", "s-assume", "s-facts", "s-together", "s-method"]


def test_nothing_is_fetched_and_nothing_runs() -> None:
    root = read_page(_usual())
    assert not [
        element.tag for element in root.walk() if element.tag in ("script", "link", "img", "iframe", "object", "embed")
    ]
    for element in root.walk():
        assert not [name for name in element.attributes if name.startswith("on") or name in ("src", "srcset", "action")]
        if element.attributes.get("href", "").startswith("http"):
            assert element.tag == "a"
            assert element.attributes["rel"] == "noreferrer noopener"
    (style,) = root.find("style")
    assert not COMMAND.search(style.text)
    policy = [element for element in root.find("meta") if "http-equiv" in element.attributes]
    assert policy[0].attributes["content"].startswith("default-src 'none'")


def test_every_drawing_has_its_title_and_description() -> None:
    drawings = [element for element in read_page(_usual()).find("svg") if not element.inside("svg")]
    assert len(drawings) > 100
    for drawing in drawings:
        assert [child.tag for child in drawing.children[:2]] == ["title", "desc"]
        assert all(child.text.strip() for child in drawing.children[:2])
        assert drawing.attributes.get("role") in ("img", "group") or drawing.attributes.get("aria-hidden") == "true"


def test_charts_stretch_and_their_letters_do_not() -> None:
    for drawing in read_page(_usual()).find("svg"):
        if drawing.attributes.get("role"):
            assert "viewbox" not in drawing.attributes
        if "viewbox" in drawing.attributes and drawing.inside("svg"):
            assert not drawing.find("text")


def test_charts_have_their_numbers_as_tables() -> None:
    root = read_page(_usual())
    for figure in root.find("figure"):
        series = "series" in figure.attributes.get("class", "") or "glance" in figure.attributes.get("class", "")
        assert not series or figure.find("table")
    entries = [element for element in root.find("article") if element.attributes.get("class") == "entry"]
    for entry in entries:
        if entry.find("svg") and "Test and table" in entry.text:
            assert len(entry.find("tbody")[0].find("tr")) == 3


def test_the_ledger_has_every_proposition_in_the_texts_order() -> None:
    run = synthetic.make(draws=60)
    root = read_page(page(run))
    entries = [element for element in root.find("article") if element.attributes["class"] == "entry"]
    found = [entry.attributes["id"] for entry in entries]
    assert found == [f"c-{claim.id}" for claim in run.plan.case.claims]


def test_a_share_of_draws_is_never_called_a_probability() -> None:
    text = re.sub(r"\s+", " ", read_page(_usual()).find("body")[0].text)
    for sentence in re.split(r"(?<=[.;:])\s", text):
        if "of the draws" in sentence and "robabilit" in sentence:
            assert re.search(r"probability of|base rate|is not a probability", sentence), sentence
    for wrong in ("probability that the claim", "probability that it holds", "likely to hold", "chance that it holds"):
        assert wrong not in text


def test_the_same_run_makes_the_same_bytes(tmp_path: Path) -> None:
    first = write(synthetic.make(draws=60), tmp_path / "a" / "one.html").read_bytes()
    second = write(synthetic.make(draws=60), tmp_path / "two.html").read_bytes()
    assert first == second


def test_a_large_run_stays_small() -> None:
    run = synthetic.make(perspectives=("author", "towns", "union", "bank"), draws=2000)
    tests = len({verdict.claim for verdict in run.verdicts})
    assert len(page(run).encode()) * 25 / tests < 1_500_000


def test_a_scatter_that_leaves_draws_out_says_so() -> None:
    html = page(synthetic.make(draws=700))
    assert re.search(r"200 of \d+ draws of", html)


def test_tables_of_other_column_types_are_read() -> None:
    run = synthetic.make(draws=30)
    claims = run.claims.copy()
    claims["claim"] = pd.Categorical(claims["claim"])
    claims["perspective"] = pd.Categorical(claims["perspective"])
    assert page(replace(run, claims=claims)) == page(run)


def test_headings_go_down_one_level_at_a_time_and_the_page_says_its_language() -> None:
    root = read_page(_usual())
    levels = [int(element.tag[1]) for element in root.walk() if re.fullmatch(r"h[1-6]", element.tag)]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert root.find("html")[0].attributes["lang"] == "en"


def test_what_scrolls_can_be_reached_by_the_keyboard() -> None:
    scrolling = [each for each in read_page(_usual()).walk() if "scroll" in each.attributes.get("class", "").split()]
    assert scrolling
    assert all(each.attributes.get("tabindex") == "0" for each in scrolling)
