"""`assay law` as a user meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from typing import Any

import pytest
from typer.testing import CliRunner

from assay.cli.main import app
from assay.errors import InputError


def ask(*arguments: str) -> str:
    done = CliRunner().invoke(app, ["law", *arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


def data(*arguments: str) -> dict[str, Any]:
    return json.loads(ask(*arguments, "--json"))


def test_poland_on_two_days() -> None:
    eve, day = ask("APMBC", "POL", "--on", "2026-02-19"), ask("APMBC", "POL", "--on", "2026-02-20")
    assert "19 February 2026: leaving" in eve
    assert "20 February 2026: left" in day
    for text in (eve, day):
        assert "Article 20(3)" in " ".join(text.split())


def test_keys_of_a_standing() -> None:
    found = data("APMBC", "poland", "--on", "2026-02-20", "--as-known", "2025-03-18")
    keys = {"treaty", "actor", "on", "as_known", "standing", "since", "until", "articles", "contested"}
    assert keys <= found.keys()
    assert found["standing"] == "party"
    assert (found["treaty"], found["actor"], found["on"], found["as_known"]) == (
        "APMBC", "POL", "2026-02-20", "2025-03-18",
    )  # fmt: skip
    assert data("APMBC", "UKR", "--on", "2026-01-01")["contested"][0].keys() >= {"by", "position", "source"}


def test_permissions() -> None:
    found = data("APMBC", "POL", "--on", "2026-03-01", "--may", "transfer", "--to", "UKR")["may"]["transfer"]
    assert found["answer"] == "yes"
    assert [(side["role"], side["actor"], side["answer"]) for side in found["sides"]] == [
        ("giver", "POL", "yes"),
        ("transit", None, "disputed"),
        ("receiver", "UKR", "disputed"),
    ]
    own = data("APMBC", "BLR", "--on", "2026-03-01", "--may", "use")["may"]["use"]
    assert (own["answer"], own["article"]) == ("no", "1(1)(a)")
    text = ask("APMBC", "POL", "--on", "2026-03-01", "--may", "transfer", "--to", "UKR")
    assert "transfer, Ukraine as receiver: disputed, 1(1)(b), 1(1)(c)" in text
    assert "contested: May a party suspend" in text


def test_a_notice_that_was_not_given() -> None:
    found = data("APMBC", "BLR", "--on", "2026-03-01", "--notice", "2026-03-01")["notice"]
    assert found["exit"] == "disputed"
    assert {way["exit"] for way in found["ways"]} == {None, "2026-09-01"}
    assert len(found["contested"]) == 2
    assert data("APMBC", "UKR", "--notice", "2026-03-01")["notice"]["exit"] == "held"
    before = data("APMBC", "UKR", "--notice", "2026-03-01", "--as-known", "2021-12-31")["notice"]
    assert before["exit"] == "2026-09-01"
    text = " ".join(ask("APMBC", "UKR", "--notice", "2026-03-01").split())
    assert "would not take effect before the end of the armed conflict that the state is in (Article 20(3))" in text


@pytest.mark.parametrize(
    ("treaty", "actor", "notes"),
    [
        ("APMBC", "YEM", ["on record here only for Belarus and Ukraine", "assumed, not found"]),
        ("APMBC", "UKR", ["began in 2022", "earlier fighting is not on record here", "hold the exit back too"]),
        ("TPNW", "POL", ["on record here for no state", "there is nothing to withdraw from"]),
    ],
)
def test_what_a_notice_that_was_not_given_rests_on(treaty: str, actor: str, notes: list[str]) -> None:
    found = data(treaty, actor, "--notice", "2015-01-01", "--on", "2015-01-01")["notice"]
    text = " ".join(ask(treaty, actor, "--notice", "2015-01-01", "--on", "2015-01-01").split())
    for words in notes:
        assert words in " ".join(found["notes"])
        assert words in text


@pytest.mark.parametrize(
    ("actor", "day", "bound", "words"),
    [
        ("POL", "2026-06-01", False, "does not bind Poland on 1 June 2026 (left): there is nothing to withdraw from"),
        ("POL", "2025-09-01", True, "On 1 September 2025 Poland has given notice already"),
        ("LBN", "2026-10-01", None, "is not settled: not a party or party"),
        ("DEU", "2026-06-01", True, ""),
    ],
)
def test_a_notice_of_whom_the_treaty_does_not_bind(actor: str, day: str, bound: bool | None, words: str) -> None:
    found = data("APMBC", actor, "--notice", day, "--on", day)["notice"]
    assert found["bound"] is bound
    assert words in " ".join(found["notes"])
    assert words in " ".join(ask("APMBC", actor, "--notice", day, "--on", day).split())
    assert ("clock alone" in " ".join(found["notes"])) == bool(words)


def test_a_note_of_later_is_not_told_of_an_earlier_day() -> None:
    found = data("APMBC", "UKR", "--notice", "2023-01-01", "--as-known", "2023-01-01")["notice"]
    assert "began in 2022" in " ".join(found["notes"])
    assert "2025" not in " ".join(found["notes"])


@pytest.mark.parametrize(
    ("treaty", "actor", "words"),
    [
        ("UNION_STATE", "BLR", "Belarus's ratification, the entry into force and the way out were not found."),
        ("UNION_STATE", "RUS", "Belarus's ratification, the entry into force and the way out were not found."),
        ("TPNW", "POL", "a later count of 73 parties and 94 signatories came without a full list."),
        ("CFE", "POL", "What its limits bar is not on record here."),
    ],
)
def test_a_treatys_own_notes_are_told_of_every_state(treaty: str, actor: str, words: str) -> None:
    on = ("--on", "2026-03-18")
    for more in ((), ("--history",)):
        assert words in " ".join(ask(treaty, actor, *on, *more).split())
        assert words in " ".join(data(treaty, actor, *on, *more)["treaty_notes"])
    assert words in " ".join(ask(treaty, f"{actor},RUS", *on).split())
    assert words in " ".join(data(treaty, f"{actor},RUS", *on)["treaty_notes"])


def test_a_consent_that_may_have_taken_effect_is_not_said_to_wait() -> None:
    text = " ".join(ask("UNION_STATE", "--on", "2026-03-18").split())
    assert "not yet in force" not in text
    assert "the consent of these has taken effect is not on record: RUS." in text
    assert "taken effect is not on record" not in ask("APMBC", "--on", "2025-04-01")  # MHL waits for a known day


def test_deadlines_and_duties_are_in_the_object_too() -> None:
    found = data("APMBC", "TON", "--on", "2026-01-01")
    assert {due["duty"]: (due["due"], due["article"]) for due in found["deadlines"]} == {
        "destroy stockpiled mines": ("2029-12-01", "4"),
        "clear mined areas": ("2035-12-01", "5"),
        "first transparency report": ("2026-05-30", "7"),
    }
    assert [duty["article"] for duty in found["duties"]] == ["1(2)", "9"]
    text = " ".join(ask("APMBC", "TON", "--on", "2026-01-01").split())
    assert "Destroy stockpiled mines by 1 December 2029 (Article 4)" in text
    after = data("APMBC", "POL", "--on", "2026-03-01")
    assert (after["deadlines"], after["duties"]) == ([], [])
    soon = data("APMBC", "MHL", "--on", "2025-04-01")
    assert ["object and purpose" in duty["text"] for duty in soon["duties"]] == [True]


def test_the_roll() -> None:
    found = data("APMBC", "--on", "2026-02-20")
    assert found["counts"]["parties"] == len(found["parties"]) == 161
    assert found["left"] == ["EST", "FIN", "LTU", "LVA", "POL"]
    text = ask("APMBC", "--on", "2026-02-19")
    assert "162 parties" in text
    assert "1 leaving, still bound" in text


def test_history_and_several_states() -> None:
    history = data("APMBC", "POL", "--history", "--on", "2026-03-01")["history"]
    assert [one["standing"] for one in history] == ["signatory", "signatory", "party", "leaving", "left"]
    found = data("APMBC", "EST,LVA,LTU,POL", "--on", "2026-01-15")
    assert (found["bound"], found["free"]) == (["POL"], ["EST", "LVA", "LTU"])
    assert "1 of 4 bound" in ask("APMBC", "EST,LVA,LTU,POL", "--on", "2026-01-15")
    assert "20 February 2026: left" in ask("APMBC", "POL", "--history", "--on", "2026-03-01")


def test_the_list() -> None:
    assert {"treaty": "APMBC", "name": "Anti-Personnel Mine Ban Convention"} in data()["treaties"]
    assert "Open Skies" in ask()


def test_without_a_day_it_is_today() -> None:
    assert data("APMBC", "POL")["on"] == date.today().isoformat()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["APMBC", "Polnd"], "did you mean Poland"),
        (["APMBC", "POL", "--on", "2026-02-30"], "a day that no calendar has"),
        (["APMBC", "POL", "--on", "2026"], "not one day"),
        (["OTTOWA"], "not a treaty that is known here"),
        (["NPT", "SWE"], "not on record here"),
        (["APMBC", "POL,"], "ACTOR: no state where one should stand"),
        (["APMBC", "POL", "--may", "transfer", "--to", ""], "--to: no state where one should stand"),
    ],
)
def test_wrong_input(arguments: list[str], words: str) -> None:
    with pytest.raises(InputError, match=words):
        ask(*arguments)


@pytest.mark.parametrize(
    "arguments", [["APMBC", "--may", "use"], ["APMBC", "POL", "--to", "UKR"], ["APMBC", "POL,EST", "--may", "use"]]
)
def test_misuse(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, ["law", *arguments]).exit_code == 2


def test_a_state_that_is_named_twice_counts_once() -> None:
    assert "0 of 1 bound" in ask("APMBC", "POL,Poland", "--on", "2026-03-01")
    found = CliRunner().invoke(app, ["law", "APMBC", "EST,LVA", "--may", "use"])
    assert "'EST,LVA' names several" in " ".join(found.output.replace("│", " ").split())


def loads(code: str, *refused: str) -> None:
    check = f"import sys\n{code}\nheavy = {set(refused)!r} & set(sys.modules)\nassert not heavy, heavy\n"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_command_loads_no_numerical_library() -> None:
    call = ["assay", "law", "APMBC", "POL", "--on", "2026-02-19", "--may", "transfer", "--to", "UKR"]
    run = f"sys.argv = {call!r}\nfrom assay.cli.main import main\ntry: main()\nexcept SystemExit: pass"
    loads(run, "numpy", "scipy", "pandas", "pyarrow", "numba", "lark", "assay.case", "assay.game")


def test_the_room_reads_treaties_without_pydantic() -> None:
    loads("from assay.law.books import open_book\nopen_book('APMBC')", "numpy", "pydantic", "lark", "assay.case")


def test_all_that_is_not_known_of_a_question_is_told_at_once() -> None:
    days = ("--on", "2026-02-30", "--as-known", "soon")
    with pytest.raises(InputError) as caught:
        ask("APMBC", "Ruritania", *days, "--may", "stockpiling", "--to", "QQQ")
    told = [str(problem) for problem in caught.value.problems]
    assert [one.split(":")[0] for one in told] == ["Ruritania", "QQQ", "--on", "--as-known", "stockpiling"]
    with pytest.raises(InputError, match="not a treaty that is known here"):
        ask("XYZ", "POL,Ruritania", *days)


def test_a_roll_of_a_partial_list_tells_its_counts() -> None:
    text = " ".join(ask("TPNW", "--on", "2026-11-22").split())
    assert "0 parties" in text
    assert "14 neither signed nor bound Belarus, China" in text
    assert "the counts are of those" in text
    assert "neither signed nor bound Afghanistan" not in " ".join(ask("APMBC", "--on", "2026-11-22").split())


def test_what_came_later_is_in_no_answer_as_known() -> None:
    known = ("TPNW", "POL", "--on", "2018-01-01", "--as-known", "2018-01-01")
    assert "73 parties" not in " ".join(ask(*known).split())
    assert not any("73 parties" in note for note in data(*known)["treaty_notes"])
    assert any("73 parties" in note for note in data("TPNW", "POL")["treaty_notes"])


def test_several_states_are_told_with_their_doubts() -> None:
    text = ask("OPEN_SKIES", "FRA,USA", "--on", "2010-01-01")
    assert "1 of 2 bound" in text
    assert "France: not a party (or party)" in text
