"""As known on a day: what was perhaps known, what nobody can have known, and what was written down later."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assay.law.books import open_book
from assay.law.outlook import Outlook, outlook
from assay.law.roll import roll
from assay.law.standing import Standing, standing

from .made_up import RULES, act, book


def as_known(treaty: str, actor: str, on: str, known: str) -> Standing:
    return standing(open_book(treaty), actor, date.fromisoformat(on), date.fromisoformat(known))


def test_an_act_of_some_day_of_a_year_was_perhaps_known_within_it(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01-15", published="2003"))

    def at(on: str, known: str) -> Standing:
        return standing(made, "POL", date.fromisoformat(on), date.fromisoformat(known))

    assert at("2005-01-01", "2002-12-31").possible == ("not a party",)
    unsure = at("2005-01-01", "2003-06-01")
    assert (unsure.word, unsure.possible, unsure.bound) == ("not a party", ("not a party", "party"), None)
    assert "is not certain: see the notes" in unsure.because[0]
    assert any("Perhaps known only later, so read both ways: accession in 2003" in note for note in unsure.notes)
    assert at("2005-01-01", "2003-12-31").possible == ("party",)
    early = at("2002-01-01", "2003-06-01")  # before the act itself nothing turns on when it was known
    assert early.possible == ("not a party",)
    assert "not certain" not in early.because[0]
    assert not any("Perhaps" in note for note in early.notes)
    assert roll(made, date(2005, 1, 1), date(2003, 6, 1)).undecided == ("POL",)


@pytest.mark.parametrize(("treaty", "actor", "known"), [("NATO", "SWE", "2024-06-01"), ("APMBC", "LBN", "2026-05-01")])
def test_shipped_acts_of_some_day(treaty: str, actor: str, known: str) -> None:
    found = as_known(treaty, actor, "2030-01-01", known)
    assert found.bound is None
    assert any("Perhaps known only later" in note for note in found.notes)


@pytest.mark.parametrize(
    ("treaty", "actor", "known"), [("NPT", "LTU", "1960-01-01"), ("OPEN_SKIES", "FRA", "1990-01-01")]
)
def test_nothing_was_known_before_the_treaty_was_opened(treaty: str, actor: str, known: str) -> None:
    assert as_known(treaty, actor, "2010-01-01", known).word == "not a party"
    assert roll(open_book(treaty), date(2010, 1, 1), date.fromisoformat(known)).parties == ()


def test_a_status_without_a_day_was_perhaps_known_until_the_day_on_which_a_source_had_it(tmp_path: Path) -> None:
    unsure = as_known("OPEN_SKIES", "FRA", "2022-01-01", "2010-01-01")
    assert (unsure.possible, unsure.bound) == (("not a party", "party"), None)
    assert any("read both ways: consent" in note for note in unsure.notes)
    assert as_known("OPEN_SKIES", "FRA", "2022-01-01", "2020-11-22").possible == ("party",)
    made = book(tmp_path, act("POL", "consent"), act("POL", "notice", "2015-01-01"))
    known = [standing(made, "POL", date(2015, 3, 1), date(year, 3, 1)).possible for year in (1999, 2014, 2015)]
    assert known == [("not a party",), ("not a party", "party"), ("leaving",)]


def test_notes_on_acts_use_what_was_known_when_they_were_written() -> None:
    assert not any("2015" in note for note in as_known("CFE", "RUS", "2008-06-01", "2008-06-01").notes)
    later = standing(open_book("CFE"), "RUS", date(2008, 6, 1))
    assert any("Left the consultative group in 2015" in note for note in later.notes)


def test_a_law_of_july_is_not_told_in_march() -> None:
    def told(known: str) -> str:
        found = as_known("INF", "RUS", "2019-03-10", known)
        return " ".join([*found.notes, *(f"{one.by} {one.position}" for one in found.contested)])

    assert "law" not in told("2019-03-10")
    assert "by law" in told("2019-07-31")


def test_a_status_without_a_day_is_open_until_an_act_that_only_parties_can_do(tmp_path: Path) -> None:
    rows = [
        act("POL", "consent"),
        act("POL", "suspension_claimed", "2010-05-01", effect="2010-06-01", contest="suspension"),
    ]
    made = book(tmp_path, *rows)
    assert standing(made, "POL", date(2010, 4, 30)).possible == ("not a party", "party")
    for day in (date(2010, 5, 1), date(2010, 5, 31), date(2010, 6, 1), date(2020, 1, 1)):
        assert standing(made, "POL", day).possible == ("party",)


def test_standing_of_undated_parties_to_cfe() -> None:
    made = open_book("CFE")
    assert standing(made, "USA", date(2023, 11, 10)).possible == standing(made, "USA", date(2023, 12, 10)).possible
    assert standing(made, "RUS", date(2000, 1, 1)).possible == ("party",)
    assert standing(made, "RUS", date(1992, 11, 8)).bound is False


def test_both_readings_are_told(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "conflict_began", "2010-01-01", contest="war"),
        act("POL", "notice", "2010-08-15"),
    )
    torn = standing(made, "POL", date(2011, 3, 1))
    assert torn.because[-1].startswith("On another reading: The withdrawal of Poland took effect on 15 February 2011")
    assert "while it is engaged in an armed conflict" in torn.because[0]
    assert len(standing(made, "POL", date(2011, 2, 14)).because) == 1


def test_what_has_no_first_day_was_perhaps_known_from_the_opening_of_the_treaty_on(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01-15"), act("POL", "notice", "/2010-01-15"))
    assert standing(made, "POL", date(2030, 1, 1), date(1999, 12, 31)).possible == ("not a party",)
    assert "left" in standing(made, "POL", date(2030, 1, 1), date(2005, 1, 1)).possible


def test_an_act_without_a_day_may_have_been_known_in_the_year_of_opening(tmp_path: Path) -> None:
    opened = RULES.replace("opened: 2000-01-01", "opened: 2000").replace("in_force: 2001-01-01\n", "")
    made = book(tmp_path, act("POL", "consent"), rules=opened.replace("closes: in_force", "closes: 2001-01-01"))
    found = standing(made, "POL", date(2030, 1, 1), date(2000, 6, 1))
    assert found.possible == ("not a party", "party")
    assert any("consent on a day that is not on record" in note for note in found.notes)


def ahead(actor: str, notice: str, known: str) -> Outlook:
    return outlook(open_book("APMBC"), actor, date.fromisoformat(notice), date.fromisoformat(known))


@pytest.mark.parametrize(
    ("actor", "notice", "known"), [("UKR", "2022-06-01", "2022-06-15"), ("BLR", "2022-03-01", "2022-06-01")]
)
def test_a_war_that_was_perhaps_known_perhaps_holds_a_notice(actor: str, notice: str, known: str) -> None:
    found = ahead(actor, notice, known)
    assert (found.word, found.contested) == ("perhaps held", ())
    assert "or not before the end of an armed conflict that the state may be in by then" in found.because[0]
    assert any(
        "Perhaps known only later, so read both ways: beginning of an armed conflict" in one for one in found.notes
    )
    assert not any("Armed conflicts are on record here for" in one for one in found.notes)


def test_a_war_that_nobody_can_have_known_does_not_and_one_that_was_known_does() -> None:
    assert ahead("UKR", "2022-07-01", "2021-12-31").word == "2023-01-01"
    assert ahead("UKR", "2022-07-01", "2022-06-15").word == "perhaps held"
    assert ahead("UKR", "2022-07-01", "2022-12-31").word == "held"
    assert ahead("BLR", "2022-07-01", "2022-12-31").word == "disputed"


def test_an_exit_that_a_war_perhaps_known_may_hold_back_has_no_day(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "notice", "2010-02-01"),
        act("POL", "conflict_began", "2010-03-01", published="2010"),
    )
    before = standing(made, "POL", date(2010, 5, 1), date(2010, 2, 28))
    assert before.word == "leaving"
    assert (before.exit, before.until) == (None, None)
    assert standing(made, "POL", date(2010, 5, 1), date(2009, 12, 31)).word == "party"
