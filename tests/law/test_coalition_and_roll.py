"""Several states at once, and all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assay.law.books import open_book
from assay.law.coalition import coalition
from assay.law.may import may
from assay.law.roll import roll

from .made_up import RULES, act, book

FOUR = ("EST", "LVA", "LTU", "Poland")


def test_the_four_leave_in_two_steps() -> None:
    made = open_book("APMBC")
    between = coalition(made, FOUR, date(2026, 1, 15))
    assert between.bound == ("POL",)
    assert between.free == ("EST", "LVA", "LTU")
    assert between.any_bound
    assert not between.all_bound
    exits = [(str(turn.on), turn.actor) for turn in between.changes if turn.word == "left"]
    assert exits == [("2025-12-27", "EST"), ("2025-12-27", "LTU"), ("2025-12-27", "LVA"), ("2026-02-20", "POL")]
    assert coalition(made, FOUR, date(2025, 3, 18)).all_bound
    assert not coalition(made, FOUR, date(2026, 2, 20)).any_bound


def test_what_could_be_known_on_the_day_of_the_statement() -> None:
    known = coalition(open_book("APMBC"), FOUR, date(2026, 3, 1), as_known=date(2025, 3, 18))
    assert known.all_bound
    assert not any(turn.word in ("leaving", "left") for turn in known.changes)


def test_the_roll_on_the_eve_and_on_the_day() -> None:
    made = open_book("APMBC")
    eve, day = roll(made, date(2026, 2, 19)), roll(made, date(2026, 2, 20))
    assert eve.leaving == ("POL",)
    assert "POL" in eve.parties
    assert day.leaving == ()
    assert day.left == ("EST", "FIN", "LTU", "LVA", "POL")
    assert eve.counts["parties"] == day.counts["parties"] + 1
    assert eve.counts["signed"] == 133


def test_a_partial_list_says_so() -> None:
    found = roll(open_book("NPT"), date(2026, 1, 1))
    assert not found.complete
    assert "Only the acts of 14 states are on record" in found.notes[0]
    assert any(
        "Since when is not on record for 33" in note for note in roll(open_book("OPEN_SKIES"), date(2022, 1, 1)).notes
    )


def test_a_claimed_suspension_is_counted_as_bound_and_noted() -> None:
    found = roll(open_book("APMBC"), date(2026, 1, 1))
    assert "UKR" in found.parties
    assert any("UKR; counted as bound" in note for note in found.notes)


def test_before_entry_into_force_there_are_only_signatories() -> None:
    found = roll(open_book("APMBC"), date(1999, 2, 28))
    assert found.parties == ()
    assert found.counts["consenting"] == 3 + 55 + 32 - 23  # by year, and 23 later in 1999 (Landmine Monitor 2006)
    assert set(found.consenting) - set(found.signatories) == {"GNQ", "MKD"}  # the two that acceded


@pytest.mark.parametrize(
    ("treaty", "day"), [("OPEN_SKIES", date(2021, 6, 1)), ("INF", date(2000, 1, 1)), ("NATO", date(2000, 1, 1))]
)
def test_signatures_are_not_counted_where_they_are_not_all_on_record(treaty: str, day: date) -> None:
    found = roll(open_book(treaty), day)
    assert found.signed is None
    assert found.counts["signed"] is None
    assert "How many had signed is not on record." in found.notes
    assert roll(open_book("CCM"), date(2026, 11, 22)).signed == 108


@pytest.mark.parametrize(
    ("allowed", "contest", "told"),
    [
        ("true", "", "The treaty is suspended, as it allows, by POL; counted as parties, which they remain."),
        ("true", "suspension", "A suspension is claimed, and contested, by POL; counted as bound."),
        ("false", "suspension", "A suspension is claimed, and contested, by POL; counted as bound."),
    ],
)
def test_a_suspension_is_called_contested_where_somebody_contests_it(
    tmp_path: Path, allowed: str, contest: str, told: str
) -> None:
    rules = RULES.replace("suspension: {allowed: false}", f"suspension: {{allowed: {allowed}}}")
    claim = act("POL", "suspension_claimed", "2012-01-01", contest=contest)
    made = book(tmp_path, act("POL", "accession", "2003-01-15"), claim, rules=rules)
    found = roll(made, date(2013, 1, 1))
    assert found.parties == ("POL",)
    assert [note for note in found.notes if "suspen" in note] == [told]
    (answer,) = may(made, "use", "POL", date(2013, 1, 1))
    assert answer.answer == ("disputed" if contest else "yes")


def test_a_treatys_notes_use_what_was_known_on_the_day() -> None:
    made = open_book("TPNW")
    early, now = roll(made, date(2018, 1, 1), date(2018, 1, 1)), roll(made, date(2018, 1, 1))
    assert not any("parties" in note and "73" in note for note in early.notes)
    assert any("73 parties" in note for note in now.notes)
    assert any("What its articles bar is not on record" in note for note in early.notes)
