"""The whole life of a bond, stage by stage, in made-up acts; and the true stories that the sources tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assay.errors import InputError
from assay.law.book import Book
from assay.law.books import open_book
from assay.law.deadlines import deadlines
from assay.law.standing import Standing, standing
from assay.law.timeline import timeline

from .made_up import act, book


def at(made: Book, day: str, actor: str = "POL", known: str | None = None) -> Standing:
    return standing(made, actor, date.fromisoformat(day), date.fromisoformat(known) if known else None)


def words(made: Book, actor: str = "POL") -> list[tuple[str, str]]:
    return [(str(one.on), one.word) for one in timeline(made, actor)]


def test_signature_consent_entry(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "signature", "2000-06-01"), act("POL", "ratification", "2003-01-15"))
    assert words(made) == [("2000-06-01", "signatory"), ("2003-01-15", "signatory"), ("2003-07-01", "party")]
    given = at(made, "2003-06-30")
    assert given.consenting
    assert given.entry == date(2003, 7, 1)
    assert "takes effect on 1 July 2003 (Article 17)" in " ".join(given.because)
    party = at(made, "2003-07-01")
    assert (party.word, party.consenting, party.since, party.until) == ("party", False, date(2003, 7, 1), None)
    assert party.articles == ("17",)
    assert at(made, "2000-05-31").until == date(2000, 6, 1)


def test_consent_before_the_treaty_itself_is_in_force(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "signature", "2000-06-01"), act("POL", "ratification", "2000-06-02"))
    assert at(made, "2000-12-31").word == "signatory"
    assert at(made, "2001-01-01").word == "party"
    assert "the day of its own entry into force" in at(made, "2001-01-01").because[0]


def test_provisional_application(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "provisional_application", "2003-01-15"),
    )
    between = at(made, "2003-03-01")
    assert (between.word, between.consenting, between.provisional) == ("not a party", True, True)
    assert between.articles == ("16", "18")
    assert not at(made, "2003-07-01").provisional


def test_succession_binds_from_independence(tmp_path: Path) -> None:
    made = book(tmp_path, act("MNE", "succession", "2006-10-23", effect="2006-06-03"))
    assert at(made, "2006-06-02", "MNE").word == "not a party"
    bound = at(made, "2006-06-03", "MNE")
    assert (bound.word, bound.succession, bound.since) == ("party", True, date(2006, 6, 3))
    assert at(made, "2006-08-01", "MNE", known="2006-08-01").word == "not a party"  # it had not been notified
    assert at(made, "2006-08-01", "MNE", known="2006-10-23").word == "party"


def test_notice_and_exit(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01-15"), act("POL", "notice", "2010-08-31"))
    assert words(made)[-2:] == [("2010-08-31", "leaving"), ("2011-02-28", "left")]
    leaving = at(made, "2011-02-27")
    assert leaving.bound
    assert leaving.exit == leaving.until == date(2011, 2, 28)
    left = at(made, "2011-02-28")
    assert left.bound is False
    assert [rest.instrument for rest in left.still_binds] == ["custom"]


def test_a_notice_taken_back(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "notice", "2010-08-15"),
        act("POL", "revocation", "2011-02-14"),
    )
    assert words(made)[-2:] == [("2010-08-15", "leaving"), ("2011-02-14", "party")]
    assert at(made, "2020-01-01").word == "party"
    assert at(made, "2020-01-01", known="2011-01-01").word == "left"  # as far as could be told then
    assert "took its notice of withdrawal back" in at(made, "2020-01-01").because[0]


def test_an_exit_held_back_by_war(tmp_path: Path) -> None:
    start = [act("POL", "accession", "2003-01-15"), act("POL", "conflict_began", "2010-01-01")]
    made = book(tmp_path, *start, act("POL", "notice", "2010-08-15"))
    held = at(made, "2019-01-01")
    assert (held.word, held.exit, held.until) == ("leaving", None, None)
    assert "does not take effect before that conflict ends (Article 20(3))" in held.because[0]
    ended = book(tmp_path, *start, act("POL", "notice", "2010-08-15"), act("POL", "conflict_ended", "2012-05-04"))
    assert words(ended)[-2:] == [("2010-08-15", "leaving"), ("2012-05-04", "left")]
    assert "at the end of the armed conflict" in at(ended, "2012-05-04").because[0]


def test_a_contested_war_leaves_the_exit_open(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "conflict_began", "2010-01-01", contest="war"),
        act("POL", "notice", "2010-08-15"),
    )
    assert at(made, "2011-02-14").possible == ("leaving",)
    torn = at(made, "2011-02-15")
    assert (torn.word, torn.possible, torn.bound) == ("leaving", ("leaving", "left"), None)
    assert {position.by for position in torn.contested} == {"one side", "the other side"}
    assert any("contested fact" in note for note in torn.notes)


def test_return_by_accession(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "notice", "2010-08-15"),
        act("POL", "accession", "2015-09-30"),
    )
    assert words(made)[-3:] == [("2011-02-15", "left"), ("2015-09-30", "left"), ("2016-03-01", "party")]
    assert at(made, "2016-02-29").consenting


def test_a_claimed_suspension_is_shown_as_contested(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "suspension_claimed", "2011-01-01", contest="suspension"),
        act("POL", "suspension_ended", "2012-01-01"),
    )
    during = at(made, "2011-02-01")
    assert (during.word, during.suspended, during.bound) == ("party", True, True)
    assert [position.by for position in during.contested] == ["the suspender", "the others"]
    known = at(made, "2011-02-01", known="2011-03-01")
    assert [position.by for position in known.contested] == ["the suspender"]  # the others objected in June
    after = at(made, "2012-01-01")
    assert (after.suspended, after.contested) == (False, ())


def test_a_month_or_a_year_gives_bounds(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01"), act("EST", "accession", "2003"))
    assert at(made, "2003-01-30").notes[0].startswith("Only partly dated")
    assert at(made, "2003-06-30").possible == ("not a party",)
    assert at(made, "2003-07-01").possible == ("party",)  # whatever the day of the month
    assert at(made, "2003-10-01", "EST").possible == ("not a party", "party")
    assert at(made, "2003-10-01", "EST").bound is None
    assert at(made, "2004-06-01", "EST").possible == ("party",)


def test_an_undated_status_counts_and_says_so(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "consent"))
    assert at(made, "2000-12-31").word == "not a party"
    found = at(made, "2010-01-01")
    assert (found.word, found.since, found.undated, found.bound) == ("party", None, True, True)
    assert "Since when is not on record" in found.notes[0]


def test_before_the_treaty_and_without_acts(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01-15"))
    assert "was opened on 1 January 2000" in at(made, "1999-12-31").because[0]
    assert "No signature or consent of Latvia is on record" in at(made, "2010-01-01", "Latvia").because[0]
    assert "Later: Poland deposited its accession" in at(made, "2002-01-01").because[0]


def test_deadlines_count_from_entry_into_force(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-08-31"),
        act("POL", "notice", "2010-08-15"),
        act("POL", "revocation", "2010-09-01"),
    )
    (due,) = deadlines(made, "POL")
    assert due.due.first == date(2008, 2, 1)
    assert deadlines(made, "LVA") == ()


def test_poland_on_two_days() -> None:
    made = open_book("APMBC")
    running, over = at(made, "2026-02-19"), at(made, "2026-02-20")
    assert (running.word, over.word) == ("leaving", "left")
    assert "20(3)" in running.articles
    assert "20(3)" in over.articles
    assert "on 20 February 2026" in running.because[0]
    assert at(made, "2026-02-20", known="2025-03-18").word == "party"


def test_publication_unknown_is_said() -> None:
    found = at(open_book("APMBC"), "2026-02-20", known="2025-12-01")
    assert found.word == "left"
    assert any("taken as known from the day done" in note and "20 August 2025" in note for note in found.notes)
    assert not any("day done" in note for note in at(open_book("APMBC"), "2026-02-20").notes)


def test_ukraine_remains_bound_and_its_claim_is_shown() -> None:
    made = open_book("APMBC")
    found = at(made, "2026-01-01", "UKR")
    assert (found.word, found.suspended) == ("party", True)
    assert {"Ukraine", "the States Parties, in the final report of their 22nd meeting"} <= {
        p.by for p in found.contested
    }
    early = at(made, "2025-08-01", "UKR", known="2025-08-01")
    assert [position.by for position in early.contested] == ["Ukraine", "the text of the convention"]
    assert at(made, "2025-07-17", "UKR").contested == ()


def test_belarus_is_contested_only_from_2022() -> None:
    made = open_book("APMBC")
    assert at(made, "2021-12-31", "BLR").contested == ()
    assert len(at(made, "2026-01-01", "BLR").contested) == 2


def test_a_treaty_that_ended() -> None:
    made = open_book("INF")
    assert at(made, "2019-08-01", "RUS").word == "party"
    assert at(made, "2019-08-02", "RUS").because == ("The treaty ended on 2 August 2019.",)
    assert at(made, "2019-08-02", "USA").word == "left"
    assert at(made, "2019-09-01", "RUS", known="2019-07-01").word == "party"


def test_states_whose_acts_are_not_on_record_are_not_judged() -> None:
    with pytest.raises(InputError, match="Sweden, whose acts under NPT are not on record here; one of POL"):
        standing(open_book("NPT"), "Sweden", date(2020, 1, 1))
