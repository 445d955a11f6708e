"""What is said of exits that a war holds back, of wars whose days are partly known, and of published days."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from assay.law.book import Book
from assay.law.books import open_book
from assay.law.calendar import variable
from assay.law.clock import conflicts_of, exit_between
from assay.law.days import on
from assay.law.outlook import outlook
from assay.law.standing import Standing, standing
from assay.law.timeline import timeline

from .made_up import RULES, act, book

TWO_ARTICLES = RULES.replace('exit:\n  article: "20(3)"', 'exit:\n  article: "20(2)"')


def at(made: Book, day: str) -> Standing:
    return standing(made, "POL", date.fromisoformat(day))


def war(folder: Path, *, notice: str, began: str, ended: str = "", effect: str = "") -> Book:
    rows = [act("POL", "accession", "2003-01-15"), act("POL", "notice", notice, effect=effect)]
    rows += [act("POL", "conflict_began", began)] if began else []
    rows += [act("POL", "conflict_ended", ended)] if ended else []
    return book(folder, *rows, rules=TWO_ARTICLES)


def test_a_war_that_ended_in_some_year_leaves_the_exit_open_all_that_year(tmp_path: Path) -> None:
    made = war(tmp_path, notice="2009-01-15", began="2008-01-01", ended="2010")
    assert at(made, "2009-12-31").possible == ("leaving",)
    within = at(made, "2010-06-01")
    assert (within.word, within.possible, within.bound) == ("leaving", ("leaving", "left"), None)
    assert at(made, "2010-12-31").possible == ("left",)


def test_a_war_that_began_in_some_year_may_hold_an_exit_of_that_year(tmp_path: Path) -> None:
    made = war(tmp_path, notice="2010-01-15", began="2010")
    assert at(made, "2010-07-14").possible == ("leaving",)
    for day in ("2010-07-15", "2030-01-01"):
        found = at(made, day)
        assert (found.word, found.possible, found.bound) == ("leaving", ("leaving", "left"), None)
        assert (found.exit, found.until) == (None, None)
        assert "20(3)" in found.articles
        assert any("may have begun by then" in note for note in found.notes)
    assert [(str(one.on), one.possible) for one in timeline(made, "POL")][-1] == ("2010-07-15", ("leaving", "left"))


def test_a_war_of_2022_may_hold_a_notice_of_july_2021() -> None:
    made = open_book("APMBC")
    conflicts = conflicts_of(made.acts_of("UKR"), {})
    unsure = exit_between(made, on(date(2021, 7, 15)), conflicts)
    assert unsure is not None
    assert (unsure.first, unsure.open) == (date(2022, 1, 15), True)
    assert exit_between(made, on(date(2021, 6, 30)), conflicts) == on(date(2021, 12, 30))
    assert exit_between(made, on(date(2022, 7, 15)), conflicts) is None


def test_return_and_revocation_are_judged_by_the_bounds_of_the_exit(tmp_path: Path) -> None:
    rows = [
        act("POL", "accession", "2003-01-15"),
        act("POL", "conflict_began", "2008-01-01"),
        act("POL", "notice", "2009-01-15"),
        act("POL", "conflict_ended", "2010"),
    ]
    for kind in ("accession", "revocation"):  # on 1 June the exit may have taken effect, and may not
        assert book(tmp_path, *rows, act("POL", kind, "2010-06-01")).acts


def test_an_exit_at_the_end_of_a_war_is_said_to_be_that(tmp_path: Path) -> None:
    made = war(tmp_path, notice="2011-08-31", began="2012-02-01", ended="2014-05-05")
    waiting = at(made, "2013-01-01")
    assert "at the end of the armed conflict" in waiting.because[0]
    assert "on 5 May 2014 (Article 20(3))" in waiting.because[0]
    assert "six months after" not in waiting.because[0]
    assert "20(3)" in waiting.articles
    assert "20(3)" in at(made, "2014-05-05").articles


def test_an_exit_by_the_clock_does_not_cite_the_war(tmp_path: Path) -> None:
    made = war(tmp_path, notice="2011-08-31", began="2012-03-01")
    assert "six months after receipt by the depositary, on 29 February 2012" in at(made, "2012-01-01").because[0]
    gone = at(made, "2012-02-29")
    assert "conflict" not in gone.because[0]
    assert gone.articles == ("20(2)",)


def test_a_published_day_that_is_not_the_clocks_is_said_to_be_published(tmp_path: Path) -> None:
    made = war(tmp_path, notice="2010-08-31", began="", effect="2010-12-01")
    for day in ("2010-11-01", "2010-12-01"):
        (told,) = at(made, day).because
        assert "on 1 December 2010, as published; six months after" in told
        assert "would be 28 February 2011 (Article 20(2))" in told


def test_a_published_day_of_exit_is_not_counted_from_a_notice_of_some_day() -> None:
    for treaty, day, notice in (
        ("OPEN_SKIES", date(2021, 12, 18), "between 15 January 2021 and 18 June 2021"),
        ("CFE", date(2023, 11, 7), "between 29 May 2023 and 10 June 2023"),
    ):
        (told,) = standing(open_book(treaty), "RUS", day).because
        assert f"notice was given {notice}" in told
        assert "after the notice" not in told


def test_a_published_day_of_entry_that_is_not_the_clocks_is_said_to_be_published(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-03-01", effect="2003-04-01"))
    for day in ("2003-03-15", "2003-04-01"):
        (told,) = at(made, day).because
        assert "on 1 April 2003, as published; the first day of the sixth month after its deposit" in told
        assert "would be 1 September 2003 (Article 17)" in told
    made = book(tmp_path, act("POL", "accession", "2003-03-01", effect="2003-09-01"))
    assert "would be" not in at(made, "2003-09-01").because[0]


def test_what_is_applied_provisionally_ends_with_entry_into_force(tmp_path: Path) -> None:
    rows = [act("POL", "accession", "2003-01-15"), act("POL", "provisional_application", "2003")]
    made = book(tmp_path, *rows, act("POL", "notice", "2010-01-15"))
    assert not any(at(made, day).provisional for day in ("2004-06-01", "2010-02-01", "2012-01-01"))


def test_a_notice_taken_back_in_some_year_has_led_to_no_exit(tmp_path: Path) -> None:
    rows = [act("POL", "accession", "2003-01-15"), act("POL", "notice", "2010-08-15")]
    made = book(tmp_path, *rows, act("POL", "revocation", "2011"))
    for day in ("2011-02-14", "2011-02-15", "2011-06-01"):
        assert at(made, day).possible == ("party", "leaving")
        assert at(made, day).bound
    assert at(made, "2011-12-31").possible == ("party",)


def test_a_notice_that_runs_out_in_the_year_in_which_a_war_began_may_be_held() -> None:
    treaty = open_book("APMBC")
    perhaps = outlook(treaty, "UKR", date(2021, 7, 15))
    assert perhaps.word == "perhaps held"
    assert str(perhaps.ways[0].exit) == "2022-01-15/"
    assert "15 January 2022" in perhaps.because[0]
    assert "may be in by then" in perhaps.because[0]
    assert outlook(treaty, "UKR", date(2021, 6, 30)).word == "2021-12-30"
    assert outlook(treaty, "UKR", date(2022, 7, 1)).word == "held"
    assert outlook(treaty, "BLR", date(2021, 8, 31)).word == "disputed"


def test_a_held_notice_has_run_as_long_as_it_has_when_a_game_starts(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "conflict_began", "2010-01-01"),
        act("POL", "notice", "2011-11-20"),
    )
    assert variable(made, "POL", date(2012, 1, 1), months=1).start == "leaving_5"
    assert variable(made, "POL", date(2012, 8, 1), months=1).start == "leaving_1"
