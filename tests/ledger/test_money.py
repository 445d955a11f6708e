"""Money in any spelling and place of a unit needs a price year, keeps its currency, and is scaled, never exchanged."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.errors import InputError
from assay.ledger.ledger import open_ledger
from assay.ledger.units import UnitError, convert, holds_money, split

from .support import FACTS, write

MONEY = [
    ("EUR", 1.0, "EUR"),
    ("million EUR", 1e6, "EUR"),
    ("million eur", 1e6, "EUR"),
    ("EURbn", 1e9, "EUR"),
    ("€", 1.0, "EUR"),
    ("€bn", 1e9, "EUR"),
    ("euros", 1.0, "EUR"),
    ("$ m", 1e6, "$"),
    ("EUR per km", 1.0, "EUR per km"),
    ("EUR/km", 1.0, "EUR per km"),
    ("EUR per m", 1.0, "EUR per m"),
    ("million EUR per year", 1e6, "EUR per year"),
    ("EUR per thousand persons", 1e-3, "EUR per persons"),
    ("persons per million USD", 1e-6, "persons per USD"),
    ("constant 2024 USD", 1.0, "constant 2024 USD"),
]
OTHER = [
    "km",
    "m",
    "persons",
    "percent of GDP",
    "percent of EUR debt",
    "USD per EUR",
    "GDP",
    "UAV",
    "towers",
    "all",
    "1",
]


@pytest.mark.parametrize(("unit", "scale", "plain"), MONEY)
def test_money_is_found_and_its_scale_multiplied_out(unit: str, scale: float, plain: str) -> None:
    assert holds_money(unit)
    assert split(unit) == (pytest.approx(scale), plain)


@pytest.mark.parametrize("unit", OTHER)
def test_a_rate_of_exchange_a_percentage_and_other_things_are_no_money(unit: str) -> None:
    assert not holds_money(unit)


def _ledger(folder: Path, unit: str, year: str) -> None:
    open_ledger(write(folder, facts=FACTS + f"AAA,new,2020,5,,,{unit},{year},,S_PAPER,,,\n"))


@pytest.mark.parametrize("unit", [unit for unit, _, _ in MONEY])
def test_a_fact_in_money_needs_a_price_year(tmp_path: Path, unit: str) -> None:
    _ledger(tmp_path, unit, "2020")
    with pytest.raises(InputError, match=r"facts\.csv:13.*without the year of its prices"):
        _ledger(tmp_path, unit, "")


@pytest.mark.parametrize("unit", OTHER)
def test_a_fact_in_anything_else_has_none(tmp_path: Path, unit: str) -> None:
    _ledger(tmp_path, unit, "")
    with pytest.raises(InputError, match=r"facts\.csv:13.*it is not money"):
        _ledger(tmp_path, unit, "2020")


@pytest.mark.parametrize(
    ("unit", "to", "factor"),
    [
        ("million eur", "EUR bn", 1e-3),
        ("EUR per km", "EUR/m", 1e-3),
        ("million EUR per km", "EUR bn/km", 1e-3),
        ("EUR/year", "EUR/month", 1 / 12),
        ("persons per EUR", "persons per thousand EUR", 1e3),
    ],
)
def test_it_is_scaled(unit: str, to: str, factor: float) -> None:
    assert convert(1.0, unit, to) == pytest.approx(factor)


@pytest.mark.parametrize(
    ("unit", "to", "words"),
    [
        ("EUR per km", "USD per km", "state the rate"),
        ("million eur", "USD", "state the rate"),
        ("$", "USD", "state the rate"),
        ("EUR per km", "EUR", "a unit of the same kind"),
        ("EUR persons", "persons per EUR", "a unit of the same kind"),
        ("USD per EUR", "EUR per USD", "a unit of the same kind"),
        ("constant 2024 USD", "USD", "units that can be converted"),
    ],
)
def test_and_never_exchanged(unit: str, to: str, words: str) -> None:
    with pytest.raises(UnitError, match=words):
        convert(1.0, unit, to)
