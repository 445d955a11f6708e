"""Boxes against the ethanol case (Bryant and Lempert 2010) as the EMA Workbench peels it, and against a known box."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.explore.functions import box

from assay.explore.box import find_box
from assay.explore.peel import Step, peel
from assay.explore.ranks import rank_table

ETHANOL = pd.read_csv(Path(__file__).parent / "data" / "ethanol.csv")
INPUTS = ETHANOL.loc[:, "Cellulosic cost":"Biomass backstop price"]
INTEREST = ETHANOL["Greater than 90%"].to_numpy() > 0


def steps(alpha: float) -> list[Step]:
    return list(peel(rank_table(INPUTS).columns, INTEREST, alpha, int(0.05 * len(INTEREST))))


def test_box_21_is_the_published_one() -> None:
    path = steps(0.1)[:21]
    names = list(INPUTS.columns)
    ends = {(names[step.cut.column], step.cut.side): step.cut.at for step in path}
    assert (len(INTEREST), INTEREST.sum()) == (882, 89)
    assert (path[-1].draws, path[-1].hits) == (87, 67)
    assert path[-1].hits / 89 == pytest.approx(0.752809, abs=1e-6)
    assert path[-1].hits / path[-1].draws == pytest.approx(0.770115, abs=1e-6)
    assert ends == pytest.approx(
        {
            ("Total biomass", "high"): 755.8,
            ("Demand elasticity", "low"): -0.422,
            ("Biomass backstop price", "low"): 150.05,
            ("Cellulosic cost", "low"): 72.65,
        },
        abs=1e-3,
    )


def test_the_limit_that_is_not_significant_is_dropped() -> None:
    found = find_box(INPUTS, INTEREST, limits=9, alpha=0.1)
    assert found is not None
    assert {limit.assumption for limit in found.limits} == {
        "Demand elasticity",
        "Biomass backstop price",
        "Total biomass",
    }
    assert [limit.kept for limit in found.limits] == [1.0, 1.0, 1.0]
    # The three published limits hold 95 cases, 68 of interest; a box chosen for agreement is no worse.
    assert found.coverage >= 0.74
    assert found.density >= 0.715789
    low, high = found.density_between
    assert 0.5 < low < found.density < high < 1.0


def test_a_true_box_is_found() -> None:
    u = np.random.Generator(np.random.Philox(key=3)).random((10_000, 8))
    interest = box(u) > 0.5
    found = find_box({f"x{number}": column for number, column in enumerate(u.T)}, interest)
    assert found is not None
    limits = {limit.assumption: limit for limit in found.limits}
    assert set(limits) == {"x0", "x1", "x2"}
    assert limits["x0"].low == pytest.approx(0.6, abs=0.03)
    assert limits["x0"].high is None
    assert limits["x1"].high == pytest.approx(0.5, abs=0.03)
    assert limits["x2"].low == pytest.approx(0.2, abs=0.04)
    assert limits["x2"].high == pytest.approx(0.9, abs=0.04)
    assert found.coverage > 0.9
    assert found.density > 0.9
    assert found.coverage_between[0] > 0.8
    assert found.base == pytest.approx(0.14, abs=0.02)


def test_the_numbers_of_a_box_are_those_of_the_draws_inside() -> None:
    u = np.random.Generator(np.random.Philox(key=4)).random((3_000, 3))
    interest = (u[:, 0] + u[:, 1] > 1.5) | (u[:, 2] < 0.05)
    counted = u[:, 2] < 0.8
    found = find_box({"a": u[:, 0], "b": u[:, 1], "c": u[:, 2]}, interest, counted=counted)
    assert found is not None
    inside = counted.copy()
    for limit in found.limits:
        column = u[:, "abc".index(limit.assumption)]
        inside &= column >= (-np.inf if limit.low is None else limit.low)
        inside &= column <= (np.inf if limit.high is None else limit.high)
    assert (found.draws, found.hits) == (inside.sum(), (inside & interest).sum())
    assert found.coverage == found.hits / (interest & counted).sum()
    assert found.density == found.hits / found.draws
    assert found.base == pytest.approx(interest[counted].mean())


def test_at_most_the_limits_asked_for() -> None:
    u = np.random.Generator(np.random.Philox(key=5)).random((6_000, 4))
    interest = np.all(u > 0.3, axis=1)
    table = rank_table({f"x{number}": column for number, column in enumerate(u.T)})
    for most in (1, 2, 3, 4):
        found = find_box(table, interest, limits=most)
        assert found is not None
        assert len(found.limits) == most


def test_a_rare_box_is_found_too() -> None:
    u = np.random.Generator(np.random.Philox(key=9)).random((20_000, 3))
    found = find_box({"a": u[:, 0], "b": u[:, 1], "c": u[:, 2]}, (u[:, 0] > 0.9) & (u[:, 1] < 0.1))
    assert found is not None
    assert {limit.assumption for limit in found.limits} == {"a", "b"}
    assert found.base < 0.012
    assert found.density > 0.85
    assert found.coverage > 0.85


def test_named_alternatives_can_be_limits() -> None:
    random = np.random.Generator(np.random.Philox(key=6))
    which = np.array(["joint", "apart", "none"], dtype=object)[random.integers(0, 3, 4_000)]
    x = random.random(4_000)
    found = find_box({"coalition": which, "x": x}, (which != "joint") & (x > 0.5))
    assert found is not None
    limits = {limit.assumption: limit for limit in found.limits}
    assert limits["coalition"].names == ("apart", "none")
    assert limits["x"].low == pytest.approx(0.5, abs=0.03)


def test_chance_makes_no_box() -> None:
    random = np.random.Generator(np.random.Philox(key=8))
    assert find_box({f"x{number}": random.random(2_000) for number in range(6)}, random.random(2_000) < 0.2) is None
    assert find_box({"x": random.random(100)}, np.zeros(100, dtype=bool)) is None


def test_the_same_seed_gives_the_same_box() -> None:
    assert find_box(INPUTS, INTEREST, seed=3) == find_box(INPUTS, INTEREST, seed=3)
    assert find_box(INPUTS, INTEREST, seed=3) != find_box(INPUTS, INTEREST, seed=4)
