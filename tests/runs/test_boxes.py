"""Boxes of a run: what they say of the draws inside is so, and they are stored as they are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from assay.explore.box import Limit
from assay.explore.hinges import hinges
from assay.explore.ranks import rank_table
from assay.runs import api, boxes
from assay.runs.boxes import boxed
from assay.runs.run import Run
from assay.runs.store import open_run

FENCE = Path(__file__).parents[1] / "cases" / "fence.yaml"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Run:
    return api.run(api.load(FENCE), draws=600, seed=3, folder=tmp_path_factory.mktemp("runs") / "fence", audit=0)


def _inside(draws: pd.DataFrame, limit: Limit) -> np.ndarray:
    column = draws[limit.assumption]
    if limit.names:
        return column.astype(str).isin(limit.names).to_numpy()
    low = -np.inf if limit.low is None else limit.low
    high = np.inf if limit.high is None else limit.high
    return column.between(low, high).to_numpy()


def test_a_box_has_the_draws_that_it_says(done: Run) -> None:
    assert done.box_table
    for (claim, side), found in done.box_table.items():
        drawn = done.draws[done.draws["perspective"] == side].set_index("draw")
        rows = done.claims[(done.claims["claim"] == claim) & (done.claims["perspective"] == side)].set_index("draw")
        rows = rows[~rows["vacuous"]]
        every = np.logical_and.reduce([_inside(drawn.loc[rows.index], limit) for limit in found.box.limits])
        assert int(every.sum()) == found.box.draws
        hits = {int((rows[name][every] != found.fails).sum()) for name in ("strict", "loose")}
        assert found.box.hits in hits
        assert found.box.density == pytest.approx(found.box.hits / found.box.draws)
        assert found.box.base <= 0.5


def test_boxes_are_stored_as_they_are(done: Run) -> None:
    assert done.folder is not None
    assert open_run(done.folder).box_table == done.box_table


def test_a_box_is_sought_on_hinges_among_the_draws_that_count(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    inputs = {name: rng.uniform(size=900) for name in ("one", "two", "three")}
    fails = (inputs["one"] > 0.7) & (inputs["two"] > 0.3)
    ranks, everything = rank_table(inputs), np.ones(900, dtype=np.bool_)
    found = boxed(ranks, hinges(ranks, fails), ~fails, everything)
    assert found is not None
    assert found.fails
    assert {limit.assumption for limit in found.box.limits} == {"one", "two"}
    turned = boxed(ranks, hinges(ranks, fails), fails, everything)
    assert turned is not None
    assert not turned.fails
    assert turned.box == found.box
    assert boxed(ranks, (), ~fails, everything) is None
    monkeypatch.setattr(boxes, "MOST", 300)
    few = boxed(ranks, hinges(ranks, fails), ~fails, everything)
    assert few is not None
    assert few.box.draws <= 300
