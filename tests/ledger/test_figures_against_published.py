"""What the ledger computes against figures that were published ready-made."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from assay.ledger import check as c
from assay.ledger.compute import compute
from assay.ledger.ledger import Ledger, open_ledger
from assay.ledger.place import Place
from assay.ledger.when import when

from .support import MINE_BAN

AT = Place("", 1, 1, "")
FOUR = ("EST", "LVA", "LTU", "POL")


def _value(question: c.Question, nominal: bool = False) -> float:
    ledger = open_ledger(MINE_BAN, claims=False)
    amount = compute(c.Check(question, None, nominal, AT), ledger.fact, ledger.say).amount
    assert amount is not None
    return amount.low


def _parties(treaty: str, day: str) -> float:
    on = when(day)
    assert on is not None
    return _value(c.Parties(treaty, on))


def _border() -> float:
    russia = c.FactRef("land_border_km_with_RUS", ("FIN", *FOUR), "2026")
    belarus = c.FactRef("land_border_km_with_BLR", ("LVA", "LTU", "POL"), "2026")
    return _value(c.Value(c.Sum((russia, belarus))))


COMPUTED: dict[str, Callable[[], float]] = {
    "east_shield_share_of_the_plan_percent": lambda: (
        100
        * _value(
            c.Ratio(
                c.FactRef("east_shield_budget_usd", ("POL",), ""), c.FactRef("rearm_total_usd", ("EU",), ""), "share"
            ),
            nominal=True,
        )
    ),
    "four_battlegroups": lambda: _value(c.Value(c.Sum((c.FactRef("nato_battlegroup_troops", FOUR, "2022-06-28"),)))),
    "five_states_border_km": _border,
    "apmbc_parties_2019-12-31": lambda: _parties("APMBC", "2019-12-31"),
    "apmbc_parties_2026-02-20": lambda: _parties("APMBC", "2026-02-20"),
    "ccm_parties_2025-03-06": lambda: _parties("CCM", "2025-03-06"),
    "loans_of_the_four_and_finland_eur_bn": lambda: (
        _value(c.Value(c.Sum((c.FactRef("safe_allocation_eur", (*FOUR, "FIN"), ""),)))) / 1e9
    ),
}


def _rows() -> list[dict[str, str]]:
    with (Path(__file__).parent / "data" / "published_figures.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row["what"])
def test_the_figure_is_the_published_one(row: dict[str, str]) -> None:
    assert COMPUTED[row["what"]]() == pytest.approx(float(row["value"]), abs=float(row["within"]) + 1e-9)


def test_every_published_figure_is_computed_and_none_twice() -> None:
    assert [row["what"] for row in _rows()] == list(COMPUTED)


def test_shares_of_the_plan_add_up() -> None:
    ledger: Ledger = open_ledger(MINE_BAN)
    shares = {}
    for figure in ledger.figures:
        if figure.check is not None and figure.id in ("plan-national", "plan-loans"):
            amount = compute(figure.check, ledger.fact, ledger.say).amount
            assert amount is not None
            shares[figure.id] = amount.value
    assert shares == {"plan-national": 0.8125, "plan-loans": 0.1875}


def test_what_no_source_has_is_said_to_be_unknown() -> None:
    ledger = open_ledger(MINE_BAN)
    unknown = {figure.id for figure in ledger.figures if figure.unknown}
    assert unknown == {"works-missing", "social-spending"}
