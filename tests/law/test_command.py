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
        ("transit", None, "no"),
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
