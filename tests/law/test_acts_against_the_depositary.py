"""Every entry, exit and status that the acts and clocks come to, against a table compiled from the depositary's."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest

from assay.law.books import open_book
from assay.law.roll import roll
from assay.law.standing import standing
from assay.law.states import states

ROWS = list(csv.DictReader((Path(__file__).parent / "data" / "status.csv").read_text(encoding="utf-8").splitlines()))
FOLDERS = {"OPENSKIES": "OPEN_SKIES"}
CHECKED = date(2026, 11, 22)
WORDS = {"party": "party", "signatory": "signatory", "withdrawn": "left", "not_party": "not a party"}
TREATIES = sorted({row["treaty_id"] for row in ROWS})


def rows(treaty: str) -> list[dict[str, str]]:
    return [row for row in ROWS if row["treaty_id"] == treaty]


def before(day: date) -> date:
    return day - timedelta(days=1)


@pytest.mark.parametrize("treaty", TREATIES)
def test_every_status_on_the_day_of_the_table(treaty: str) -> None:
    book = open_book(FOLDERS.get(treaty, treaty))
    for row in rows(treaty):
        found = standing(book, row["iso3"], CHECKED)
        if treaty == "INF" and row["status"] == "party":  # the table says party, with the note that the treaty lapsed
            assert found.word == "not a party"
        elif (treaty, row["iso3"]) == ("APMBC", "LBN"):  # the table gives the year of deposit, and no entry into force
            assert found.possible == ("not a party", "party")
        else:
            assert found.word == WORDS[row["status"]], row


@pytest.mark.parametrize("treaty", ["APMBC", "CCM"])
def test_every_entry_into_force_to_the_day(treaty: str) -> None:
    book, entries = open_book(treaty), 0
    for row in rows(treaty):
        if not row["entry_into_force"]:
            continue
        day = date.fromisoformat(row["entry_into_force"])
        assert standing(book, row["iso3"], day).word == "party", row
        assert standing(book, row["iso3"], before(day)).word in ("signatory", "not a party"), row
        assert standing(book, row["iso3"], day).since == day
        entries += 1
    assert entries == {"APMBC": 166, "CCM": 101}[treaty]


def test_every_exit_to_the_day() -> None:
    exits = 0
    for row in ROWS:
        if not row["withdrawal_effective_date"]:
            continue
        book, day = (
            open_book(FOLDERS.get(row["treaty_id"], row["treaty_id"])),
            date.fromisoformat(row["withdrawal_effective_date"]),
        )
        assert standing(book, row["iso3"], day).word == "left"
        running = standing(book, row["iso3"], before(day))
        assert (running.word, running.exit) == ("leaving", day)
        if row["withdrawal_notice_date"]:
            notice = date.fromisoformat(row["withdrawal_notice_date"])
            assert standing(book, row["iso3"], notice).word == "leaving"
            assert standing(book, row["iso3"], before(notice)).word == "party"
        exits += 1
    assert exits == 10


@pytest.mark.parametrize("treaty", ["APMBC", "CCM"])
def test_every_signature_to_the_day(treaty: str) -> None:
    book = open_book(treaty)
    for row in rows(treaty):
        if row["signature_date"]:
            day = date.fromisoformat(row["signature_date"])
            assert standing(book, row["iso3"], day).word == "signatory"
            assert standing(book, row["iso3"], before(day)).word == "not a party"


@pytest.mark.parametrize("treaty", ["APMBC", "CCM"])
def test_the_list_of_states_is_the_tables(treaty: str) -> None:
    assert {row["iso3"]: (row["iso_num"], row["state_name"]) for row in rows(treaty)} == {
        iso: (state.number, state.name) for iso, state in states().items()
    }


def test_partial_dates_stay_partial() -> None:
    book = open_book("CCM")
    for row in rows("CCM"):
        if row["consent_date_precision"] != "year" or row["iso3"] == "NAM":  # Namibia's entry into force is reported
            continue
        year = int(row["consent_date"])
        inside = standing(book, row["iso3"], date(year, 10, 10))
        assert inside.bound is None
        assert "party" in inside.possible
        assert inside.notes
        assert standing(book, row["iso3"], date(year, 6, 30)).bound is False
        assert standing(book, row["iso3"], date(year + 1, 6, 1)).bound is True


def test_the_treaty_enters_into_force_by_its_own_threshold() -> None:
    for treaty, instruments in (("APMBC", 40), ("CCM", 30)):
        book = open_book(treaty)
        deposits = sorted(
            act.done.last
            for act in book.acts
            if act.kind in ("ratification", "acceptance", "approval", "accession") and act.done
        )
        last = deposits[instruments - 1]
        month = last.month - 1 + 6
        assert date(last.year + month // 12, month % 12 + 1, 1) == book.rules.in_force


def test_the_roll_of_today() -> None:
    found = roll(open_book("APMBC"), CHECKED)
    by_status = {status: sum(row["status"] == status for row in rows("APMBC")) for status in WORDS}
    assert len(found.parties) + len(found.undecided) == by_status["party"] == 162
    assert len(found.left) == by_status["withdrawn"] == 5
    assert len(found.outside) == by_status["not_party"]
    assert found.undecided == ("LBN",)


def test_a_copy_of_the_list_of_the_middle_of_2026_bounds_what_it_lists() -> None:
    made = open_book("APMBC")
    assert standing(made, "LBN", date(2027, 1, 31)).possible == ("not a party", "party")
    assert standing(made, "LBN", date(2027, 2, 1)).possible == ("party",)  # first of the sixth month after August
