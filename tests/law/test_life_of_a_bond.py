"""The whole life of a bond, stage by stage, in made-up acts; and the true stories that the sources tell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assay.errors import InputError
from assay.law.book import Book
from assay.law.books import open_book
from assay.law.calendar import variable
from assay.law.coalition import coalition
from assay.law.deadlines import deadlines
from assay.law.may import may
from assay.law.roll import roll
from assay.law.standing import Standing, standing
from assay.law.timeline import timeline

from .made_up import RULES, act, book


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


def test_nobody_is_bound_before_the_treaty_itself_is_in_force(tmp_path: Path) -> None:
    made = book(tmp_path, act("MNE", "succession", "2003-02-01", effect="2000-06-01"))
    assert at(made, "2000-12-31", "MNE").possible == ("not a party",)
    bound = at(made, "2001-01-01", "MNE")
    assert (bound.word, bound.succession, bound.since) == ("party", True, date(2001, 1, 1))
    assert "from 1 January 2001, the day of the treaty's own entry into force" in bound.because[0]
    assert "the day of succession, 1 June 2000, came before" in bound.because[0]
    partly = book(tmp_path, act("POL", "accession", "2000-06-01", effect="2000-12/2001-02"))
    assert at(partly, "2000-12-31").possible == ("not a party",)
    assert at(partly, "2001-01-15").possible == ("not a party", "party")


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


def test_a_status_without_a_day_is_sure_from_the_day_on_which_somebody_looked(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "consent"))
    assert at(made, "2000-12-31").possible == ("not a party",)
    unsure = at(made, "2010-01-01")
    assert (unsure.word, unsure.possible, unsure.bound) == ("not a party", ("not a party", "party"), None)
    assert "Since when is not on record, some time between 1 January 2001 and 1 January 2030" in unsure.notes[0]
    found = at(made, "2030-01-01")
    assert (found.word, found.since, found.undated, found.bound) == ("party", None, True, True)
    assert "Since when is not on record" in found.notes[0]
    assert words(made) == [("2001-01-01", "not a party"), ("2030-01-01", "party")]


def test_a_status_by_the_day_of_a_list_is_sure_from_that_day(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "consent", effect="/2015-06-01"), act("EST", "signature", "/2015-06-01"))
    assert at(made, "2000-12-31").possible == ("not a party",)
    assert at(made, "2015-05-31").possible == ("not a party", "party")
    found = at(made, "2015-06-01")
    assert (found.possible, found.since, found.undated) == (("party",), None, True)
    assert at(made, "2015-05-31", "EST").possible == ("not a party", "signatory")
    assert at(made, "2015-06-01", "EST").possible == ("signatory",)


def test_all_answers_to_an_undated_status_agree(tmp_path: Path) -> None:
    made, day = book(tmp_path, act("POL", "consent", effect="/2015-06-01")), date(2010, 1, 1)
    assert [one.answer for one in may(made, "transfer", "POL", day, to="POL", through=["POL"])] == ["disputed"] * 3
    whom = may(made, "assist", "POL", day, to="POL")[0]
    assert whom.answer == "disputed"
    assert "whose own standing is: not a party or party" in whom.because[1]
    counted = roll(made, day)
    assert (counted.parties, counted.undecided) == ((), ("POL",))
    assert coalition(made, ["POL"], day).undecided == ("POL",)
    with pytest.raises(InputError, match="it is not settled on 2010-01-01 whether LIFE binds it"):
        variable(made, "POL", day, 12)
    after = date(2015, 6, 1)
    assert [one.answer for one in may(made, "transfer", "POL", after, to="POL", through=["POL"])] == ["no"] * 3
    assert variable(made, "POL", after, 12).start == "party"


def test_a_status_without_a_day_ends_with_its_treaty(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "consent"), rules=RULES.replace("covers: all", "covers: all\nended: 2012-01-01"))
    unsure = at(made, "2010-01-01")
    assert unsure.possible == ("not a party", "party")
    assert "between 1 January 2001 and 1 January 2012" in unsure.notes[0]
    assert at(made, "2012-01-01").possible == ("not a party",)


def test_a_return_without_a_day_leaves_the_first_life_as_it_was(tmp_path: Path) -> None:
    first = [act("POL", "accession", "2003-03-01"), act("POL", "notice", "2015-01-01")]
    made = book(tmp_path, *first, act("POL", "accession"))
    assert at(made, "2013-01-01").possible == ("party",)
    assert at(made, "2015-03-01").possible == ("leaving",)
    assert roll(made, date(2015, 3, 1)).leaving == ("POL",)
    for day in ("2015-07-01", "2020-01-01"):
        back = at(made, day)
        assert (back.word, back.possible, back.bound) == ("left", ("party", "left"), None)
    assert "between 1 July 2015 and 1 January 2030" in at(made, "2020-01-01").notes[0]
    assert at(made, "2030-01-01").possible == ("party",)


def test_two_lives_without_a_first_day_are_told_in_order(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "consent"), act("POL", "notice", "2015-01-01"), act("POL", "accession"))
    assert at(made, "2013-01-01").possible == ("not a party", "party")
    assert at(made, "2015-03-01").possible == ("leaving",)
    assert words(made) == [
        ("2001-01-01", "not a party"),
        ("2015-01-01", "leaving"),
        ("2015-07-01", "left"),
        ("2030-01-01", "party"),
    ]


def test_a_notice_taken_back_on_a_day_that_is_not_on_record(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-03-01"),
        act("POL", "notice", "2015-01-01"),
        act("POL", "revocation"),
    )
    assert at(made, "2014-12-31").possible == ("party",)
    assert at(made, "2015-03-01").possible == ("party", "leaving")
    assert at(made, "2030-01-01").possible == ("party",)


def test_a_step_that_may_have_happened_comes_after_the_one_before_it(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01-15", effect="2003-07-10"), act("POL", "notice", "2003-07"))
    assert at(made, "2003-07-05").possible == ("not a party",)
    assert at(made, "2003-07-10").possible == ("party", "leaving")


def test_who_comes_back_is_no_successor(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("LVA", "succession", "2013-02-01", effect="2012-06-01"),
        act("LVA", "notice", "2013-03-31"),
        act("LVA", "accession", "2014-02-28"),
    )
    assert at(made, "2013-03-01", "LVA").succession
    assert at(made, "2013-04-01", "LVA").succession
    back = at(made, "2014-08-28", "LVA")
    assert (back.word, back.succession) == ("party", False)


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
