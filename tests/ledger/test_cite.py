"""A number that cites a fact takes its value and range from it, in the unit that is asked for."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from assay.ledger.cite import CiteError, cite, stale
from assay.ledger.ledger import Ledger, open_ledger

from .support import MINE_BAN, write


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return open_ledger(write(tmp_path / "study"))


def test_value_and_range_come_from_the_fact(ledger: Ledger) -> None:
    found = cite(ledger, "AAA", "soldiers", "2020")
    assert (found.value, found.low, found.high, found.unit, found.source) == (100, 90, 120, "persons", ("S_PAPER",))
    assert found.ranged
    assert not cite(ledger, "BBB", "soldiers").ranged


@pytest.mark.parametrize(
    ("indicator", "at", "unit", "value"),
    [
        ("bridge_cost", "", "EUR", 2e6),
        ("bridge_cost", "", "EUR bn", 0.002),
        ("bridge_cost", "", "thousand EUR", 2000),
        ("length", "", "m", 10_000),
        ("length", "", "mile", 10 / 1.609344),
        ("soldiers", "", "thousand persons", 0.1),
        ("joined", "", "event", 1),
    ],
)
def test_it_is_converted_to_the_unit_of_the_case(
    ledger: Ledger, indicator: str, at: str, unit: str, value: float
) -> None:
    assert cite(ledger, "AAA", indicator, at, unit=unit).value == pytest.approx(value)


@pytest.mark.parametrize(
    ("place", "indicator", "at", "unit", "words"),
    [
        ("AAA", "soldirs", "", "", "an unknown indicator 'soldirs'; did you mean 'soldiers'?"),
        ("AAC", "soldiers", "", "", "no 'soldiers' of 'AAC'"),
        ("AAA", "budget", "", "", "2 dates for 'budget' of 'AAA'; a date: 2020, 2021"),
        ("AAA", "at_most", "", "", "an upper bound alone of 'at_most' of 'AAA'; a fact with a value"),
        ("AAA", "dollars", "", "EUR", "USD where EUR is asked for; the fact's own currency, or a fact of your own"),
        ("AAA", "length", "", "persons", "'km' where 'persons' is asked for; a unit of the same kind"),
        ("AAA", "length", "", "furlongz", "'km' into 'furlongz'; units that can be converted"),
    ],
)
def test_what_nothing_answers(ledger: Ledger, place: str, indicator: str, at: str, unit: str, words: str) -> None:
    with pytest.raises(CiteError) as caught:
        cite(ledger, place, indicator, at, unit=unit)
    assert words in str(caught.value)


def test_a_fact_with_both_bounds_alone_has_their_middle(tmp_path: Path) -> None:
    facts = "place,indicator,date,value,low,high,unit,source_id\nAAA,i,2020,,10,30,km,S_PAPER\n"
    claims = "dated: 2020-03-15\n"
    ledger = open_ledger(write(tmp_path / "study", facts=facts, claims=claims))
    found = cite(ledger, "AAA", "i")
    assert (found.value, found.low, found.high) == (20, 10, 30)


def test_a_source_that_is_stale_or_was_never_checked_is_a_warning_with_its_place(tmp_path: Path) -> None:
    facts = "place,indicator,date,value,unit,source_id\nAAA,i,2020,1,km,S_MONTH\nAAA,j,2020,1,km,S_PAPER\n"
    folder = write(tmp_path / "study", facts=facts, claims="stale_after_days: 30\n")
    ledger = open_ledger(folder)
    never = cite(ledger, "AAA", "i", today=date(2026, 1, 2)).warnings
    assert [str(warning) for warning in never] == [
        f"{folder}/sources.csv:3:1 (source_id): warning: S_MONTH was never checked; "
        "the day on which it was last looked at, in `checked`"
    ]
    assert cite(ledger, "AAA", "j", today=date(2026, 1, 31)).warnings == ()
    late = cite(ledger, "AAA", "j", today=date(2026, 2, 1)).warnings
    assert "S_PAPER was last checked on 2026-01-01; a look at it every 30 days" in str(late[0])
    assert (late[0].line, late[0].severity) == (2, "warning")
    assert [warning.line for warning in stale(ledger, None, date(2027, 1, 1))] == [2, 3]


def test_the_built_in_facts_bear_out_what_the_case_assumes() -> None:
    ledger = open_ledger(MINE_BAN, claims=False)
    assert cite(ledger, "EU", "rearm_total_eur", unit="EUR bn").value == 800
    four = ("EST", "LVA", "LTU", "POL")
    loans = sum(cite(ledger, place, "safe_allocation_eur", unit="EUR bn").value for place in four)
    assert loans == pytest.approx(58.4, abs=0.05)
    output = sum(cite(ledger, place, "gdp_current_usd", unit="USD bn").value for place in four)
    assert output == pytest.approx(970, abs=5)
    assert list(stale(ledger, None, date(2026, 12, 1))) == []


def test_no_library_of_units_or_tables_is_loaded_before_one_is_asked_for() -> None:
    code = (
        "import sys\n"
        "from assay.ledger.ledger import open_ledger\n"
        "from assay.ledger.cite import cite\n"
        "from assay.ledger.verdict import judge, reckon\n"
        f"ledger = open_ledger({str(MINE_BAN)!r})\n"
        "judge(ledger), reckon(ledger), cite(ledger, 'EU', 'rearm_total_eur', unit='EUR bn')\n"
        "heavy = {'numpy', 'pandas', 'pyarrow', 'pint', 'scipy', 'numba'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
