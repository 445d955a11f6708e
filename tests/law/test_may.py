"""Whether a state may do something: yes, no or disputed, for each side, with articles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assay.errors import InputError
from assay.law.books import open_book
from assay.law.may import Answer, acts, barred, may, whole
from assay.law.roll import roll

from .made_up import act, book

LATER = date(2026, 3, 1)


def by_role(answers: tuple[Answer, ...]) -> dict[str, Answer]:
    return {answer.role: answer for answer in answers}


def test_poland_to_ukraine_before_and_after_its_exit() -> None:
    made = open_book("APMBC")
    before = by_role(may(made, "transfer", "POL", date(2026, 2, 19), to="UKR"))
    after = by_role(may(made, "transfer", "POL", date(2026, 2, 20), to="UKR"))
    assert [before[role].answer for role in ("giver", "transit", "receiver")] == ["no", "disputed", "disputed"]
    assert [after[role].answer for role in ("giver", "transit", "receiver")] == ["yes", "disputed", "disputed"]
    assert before["giver"].articles == ("1(1)(b)", "1(1)(c)")
    assert "1(1)(c)" in after["transit"].articles
    assert after["transit"].actor is None
    assert after["receiver"].articles == ("1(1)(b)", "1(1)(c)")
    assert {"Ukraine"} < {position.by for position in after["receiver"].contested}
    assert any("Amended Protocol II" in note for note in after["giver"].notes)
    assert whole(tuple(after.values())) == "disputed"


def test_before_the_claim_nothing_is_disputed() -> None:
    made = open_book("APMBC")
    answers = by_role(may(made, "transfer", "USA", date(2024, 11, 20), to="UKR", through=["POL", "DEU"]))
    assert (answers["giver"].answer, answers["receiver"].answer) == ("yes", "no")
    transits = may(made, "transfer", "USA", date(2024, 11, 20), "UKR", None, ["POL", "DEU"])[1:3]
    assert [(one.actor, one.answer) for one in transits] == [("POL", "disputed"), ("DEU", "disputed")]
    assert transits[0].articles == ("1(1)(c)", "9")


@pytest.mark.parametrize("treaty", ["APMBC", "CCM"])
def test_passage_is_open_and_who_holds_what_is_said(treaty: str) -> None:
    made, day = open_book(treaty), date(2023, 7, 7)
    (german,) = (one for one in may(made, "transfer", "USA", day, "UKR", None, ["DEU"]) if one.role == "transit")
    (anybody,) = (one for one in may(made, "transfer", "USA", day, "UKR") if one.role == "transit")
    for answer in (german, anybody):
        assert answer.answer == "disputed"
        assert answer.articles == ("1(1)(c)", "9")
        assert {one.contest for one in answer.contested} == {"transit"}
        assert {one.counts for one in answer.contested} == {True, False}
        assert any("prohibition to assist" in one.by for one in answer.contested)
        assert any("the sources name nobody" in one.by and "no transfer" in one.by for one in answer.contested)
        assert "contested" in answer.because[0]
    assert any("21(3)" in one.position for one in german.contested) == (treaty == "CCM")
    # Who is not bound may let it pass; what a role's contested point says is of no account then.
    (free,) = (one for one in may(made, "transfer", "USA", day, "UKR", None, ["RUS"]) if one.role == "transit")
    assert (free.answer, free.contested) == ("yes", ())


def test_a_contested_role_is_the_treatys_to_name(tmp_path: Path) -> None:
    from .made_up import RULES

    party, day = act("POL", "accession", "2003-01-15"), date(2011, 7, 1)
    settled = book(tmp_path, party)
    answers = by_role(may(settled, "transfer", "POL", day, to="POL", through=["POL"]))
    assert [answers[role].answer for role in ("giver", "transit", "receiver")] == ["no", "no", "no"]
    rules = RULES.replace("{role: receiver, act: acquire}", "{role: receiver, act: acquire, contest: suspension}")
    (tmp_path / "open").mkdir()
    made = book(tmp_path / "open", party, rules=rules)
    answers = by_role(may(made, "transfer", "POL", day, to="POL", through=["POL"]))
    assert [answers[role].answer for role in ("giver", "transit", "receiver")] == ["no", "no", "disputed"]
    early = by_role(may(made, "transfer", "POL", day, to="POL", as_known=date(2010, 6, 1)))["receiver"]
    assert [one.by for one in early.contested] == ["the suspender"]


def test_the_duty_not_to_assist_binds_belarus_for_russia() -> None:
    made = open_book("APMBC")
    assert may(made, "use", "RUS", LATER)[0].answer == "yes"
    assert may(made, "assist", "BLR", LATER)[0].answer == "no"
    assert may(made, "assist", "BLR", LATER)[0].articles == ("1(1)(c)",)
    answers = by_role(may(made, "transfer", "RUS", LATER, to="BLR"))
    assert (answers["giver"].answer, answers["receiver"].answer) == ("yes", "no")


def test_to_assist_may_name_whom() -> None:
    made = open_book("APMBC")
    (answer,) = may(made, "assist", "BLR", LATER, to="RUS")
    assert (answer.role, answer.actor, answer.answer, answer.articles) == ("actor", "BLR", "no", ("1(1)(c)",))
    assert "The help would be for Russia, whose own standing is: not a party." in answer.because
    assert any("a state that is not a party too" in note for note in answer.notes)
    (other,) = may(made, "assist", "RUS", LATER, to="BLR")
    assert other.answer == "yes"


def test_whom_help_is_barred_to_is_the_treatys_to_say() -> None:
    made = open_book("NPT")  # Article I: states with nuclear weapons may not help those without
    assert may(made, "assist", "RUS", LATER, to="BLR")[0].answer == "no"
    assert may(made, "assist", "RUS", LATER, to="CHN")[0].answer == "yes"


def test_what_is_nothing_between_several_names_the_option() -> None:
    def places(ask: str, **options: object) -> list[str]:
        with pytest.raises(InputError) as caught:
            may(open_book("APMBC"), ask, "POL", LATER, **options)  # type: ignore[arg-type]
        return [problem.file for problem in caught.value.problems]

    assert places("use", to="UKR") == ["--to"]
    assert places("use", through=["UKR"]) == ["--through"]
    assert places("use", to="UKR", through=["DEU"]) == ["--to", "--through"]
    assert places("assist", to="UKR", through=["DEU"]) == ["--through"]


def test_exceptions_are_said() -> None:
    (answer,) = may(open_book("APMBC"), "retain", "DEU", LATER)
    assert answer.answer == "no"
    assert "training in detection" in answer.notes[0]
    assert "(Article 3(1))" in answer.notes[0]


def exceptions(treaty: str, actor: str, to: str, act: str = "transfer") -> list[list[str]]:
    """The articles of the exceptions that each side is told."""
    answers = may(open_book(treaty), act, actor, date(2024, 1, 1), to=to)
    return [
        [note.rsplit("(Article ", 1)[1].removesuffix(").") for note in one.notes if note.startswith("Except")]
        for one in answers
    ]


def test_an_exception_for_an_act_between_several_is_for_every_side_of_it() -> None:
    assert exceptions("APMBC", "DEU", "FRA") == [["3(1)", "3(2)"]] * 3
    assert exceptions("CCM", "DEU", "FRA") == [["3(7)"], ["3(7)"], ["3(6)", "3(7)"]]


def test_an_exception_for_dealings_with_outsiders_is_told_where_there_is_one() -> None:
    assert exceptions("CCM", "USA", "FRA") == [[], ["3(7)", "21(3)"], ["3(6)", "3(7)"]]
    assert exceptions("CCM", "DEU", "USA", "assist") == [["21(3)"]]
    assert exceptions("CCM", "DEU", "FRA", "assist") == [[]]
    assert any("21(3)" in note for note in may(open_book("CCM"), "assist", "DEU", date(2024, 1, 1))[0].notes)


def test_who_is_barred_may_differ() -> None:
    made = open_book("NPT")
    assert barred(made, "transfer", "RUS") == ("I",)
    assert barred(made, "transfer", "POL") == ()
    assert barred(made, "receive", "POL") == ("II",)
    (answer,) = may(made, "transfer", "POL", LATER)
    assert (answer.answer, answer.because) == ("yes", ("The treaty does not bar this to Poland.",))


def test_provisional_application_bars_what_it_covers(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003-01-15"), act("POL", "provisional_application", "2003-01-15"))
    day = date(2003, 3, 1)
    assert may(made, "use", "POL", day)[0].answer == "no"
    assert may(made, "acquire", "POL", day)[0].answer == "yes"  # beyond what is applied provisionally
    assert any("object and purpose" in note for note in may(made, "acquire", "POL", day)[0].notes)


def test_a_partial_date_leaves_it_disputed(tmp_path: Path) -> None:
    made = book(tmp_path, act("POL", "accession", "2003"))
    (answer,) = may(made, "use", "POL", date(2003, 10, 10))
    assert answer.answer == "disputed"
    assert any("Only partly dated" in note for note in answer.notes)


def test_as_known(tmp_path: Path) -> None:
    made = book(
        tmp_path,
        act("POL", "accession", "2003-01-15"),
        act("POL", "suspension_claimed", "2011-01-01", published="2011-05-01", contest="suspension"),
    )
    assert may(made, "use", "POL", date(2011, 2, 1))[0].answer == "disputed"
    assert may(made, "use", "POL", date(2011, 2, 1), as_known=date(2011, 2, 1))[0].answer == "no"


def test_a_suspension_that_the_treaty_allows(tmp_path: Path) -> None:
    from .made_up import RULES

    rules = RULES.replace("suspension: {allowed: false}", "suspension: {allowed: true}")
    made = book(
        tmp_path, act("POL", "accession", "2003-01-15"), act("POL", "suspension_claimed", "2011-01-01"), rules=rules
    )
    assert may(made, "use", "POL", date(2011, 2, 1))[0].answer == "yes"


def test_acts_of_which_the_rules_do_not_speak() -> None:
    made = open_book("APMBC")
    assert "stockpile" in acts(made)
    with pytest.raises(InputError, match="did you mean 'stockpile'"):
        may(made, "stockpiling", "POL", LATER)
    with pytest.raises(InputError, match="nothing between several states"):
        may(made, "use", "POL", LATER, to="UKR")
    with pytest.raises(InputError, match="what its articles bar is not on record"):
        may(open_book("TPNW"), "use", "POL", LATER)
    with pytest.raises(InputError, match="not a state that is known here"):
        may(made, "transfer", "POL", LATER, to="Atlantis")


def test_what_is_said_of_one_act_stands_beside_that_act_alone() -> None:
    made = open_book("APMBC")
    said = made.rules.act_notes["transfer"]
    for side in may(made, "transfer", "LTU", date(2025, 3, 18), to="UKR"):
        assert set(said) <= set(side.notes), side.role
    assert not set(said) & set(may(made, "use", "LTU", date(2025, 3, 18))[0].notes)
    assert not set(said) & set(roll(made, date(2025, 3, 18)).notes)
