"""Variables bound to treaties, held against what the rules say by hand: values, waits, acts, breaches, clocks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from assay.case.model import Case
from assay.case.order import Block, Chance, Move, Stage
from assay.case.read import read, read_located
from assay.errors import InputError
from assay.game.unfold import unfold
from assay.runs.fingerprint import plain

TEXT = """
assay: "1"
title: A line and a treaty
calendar: {start: 2025-01-01, step: 1 year, periods: 2}
actors:
  west: {name: West, precision: sharp, members: [EST, LVA, LTU, POL]}
  east: {name: East, precision: sharp, members: [RUS, BLR]}
assumptions:
  sharp: {log_range: [0.1, 1], unit: 1/util, means: how sharply all choose, source: judgement, because: made up}
  engaged: {discrete: {0: 0.5, 1: 0.5}, unit: "1", means: whether the east is engaged, source: judgement, because: -}
perspectives:
  writer: {name: The writer}
world:
  war: {values: [off, on], start: on}
  line: {values: [none, mines], start: none}
  ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}
define:
  at_war: war == on
order:
  - stage: choice
    mover: west
    moves:
      wait: {}
      leave: {act: notify_withdrawal, of: ban, cost: 1}
      mine: {act: stockpile, of: ban, when: line == none, then: {line: mines}}
outcomes:
  out: P(ban == left and war == on, at=end)
"""


def written(folder: Path, *changes: tuple[str, str]) -> Path:
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = folder / "case.yaml"
    path.write_text(text)
    return path


def case_with(folder: Path, *changes: tuple[str, str]) -> Case:
    return read(written(folder, *changes))


def move(case: Case, name: str) -> Move:
    stage = case.order[0]
    assert isinstance(stage, Stage)
    found = stage.moves[name]
    assert isinstance(found, Move)
    return found


@pytest.mark.parametrize(
    ("step", "periods"), [("1 year", 1), ("6 months", 1), ("5 months", 2), ("3 months", 2), ("1 month", 6)]
)
def test_six_months_are_so_many_periods(tmp_path: Path, step: str, periods: int) -> None:
    case = case_with(tmp_path, ("step: 1 year, periods: 2", f"step: {step}, periods: 12"))
    assert case.world["ban"].start == "party"
    assert move(case, "leave").then == {"ban": f"leaving_{periods}"}
    assert _periods_until_out(case) == periods


def _periods_until_out(case: Case) -> int:
    """How many closes lie between a notice and a period that starts out of the treaty."""
    skeleton = unfold(case)
    ban, left = skeleton.variables.index("ban"), skeleton.values[skeleton.variables.index("ban")].index("left")
    first = skeleton.points[skeleton.start]
    names = [option.move for option in first.options[0]]
    at, closes = first.joints[names.index("leave")].branches[0].target, 0
    while closes < 20:
        point = skeleton.points[at]
        if point.kind == "close":
            closes, at = closes + 1, point.next
            if skeleton.points[at].world[ban] == left:
                return closes
        elif point.kind == "choice":
            waits = [option.move for option in point.options[0]].index("wait")
            at = point.joints[waits].branches[0].target
        else:
            at = point.joints[0].branches[0].target
    raise AssertionError("never out")


def test_a_wait_that_ends_within_a_period_binds_its_decisions(tmp_path: Path) -> None:
    """Six months from the first of January end in July: mines are open from the next year's decisions on."""
    skeleton = unfold(case_with(tmp_path))
    for point in skeleton.points:
        if point.kind == "choice":
            ban = skeleton.values[skeleton.variables.index("ban")][point.world[skeleton.variables.index("ban")]]
            moves = {option.move for option in point.options[0]}
            assert ("leave" in moves) == (ban == "party")
            assert ("mine" in moves) <= (ban == "left")
            assert ban in ("party", "left")  # nobody decides in between


@pytest.mark.parametrize(
    ("day", "binds", "start"),
    [
        # The Baltic states were out on 27 December 2025, Poland on 20 February 2026.
        ("2025-01-01", "any", "party"),
        ("2025-01-01", "all", "party"),
        ("2025-12-01", "any", "leaving_3"),
        ("2025-12-01", "all", "leaving_1"),
        ("2026-01-01", "any", "leaving_2"),
        ("2026-01-01", "all", "left"),
        ("2026-01-01", "POL", "leaving_2"),
        ("2026-01-01", "EST", "left"),
        ("2026-03-01", "any", "left"),
    ],
)
def test_whose_membership_binds_a_coalition(tmp_path: Path, day: str, binds: str, start: str) -> None:
    changes = [("2025-01-01, step: 1 year", f"{day}, step: 1 month"), ("binds: any", f"binds: {binds}")]
    assert case_with(tmp_path, *changes).world["ban"].start == start


def test_each_member_may_have_a_variable_of_its_own(tmp_path: Path) -> None:
    changes = [
        ("2025-01-01, step: 1 year", "2026-01-01, step: 1 month"),
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}",
         "ban: {treaty: APMBC, for: POL, in_conflict: no}\n  ban_est: {treaty: APMBC, for: EST, in_conflict: no}"),
        ("act: notify_withdrawal, of: ban, cost: 1", "act: accede, of: [ban, ban_est]"),
        ("act: stockpile, of: ban", "act: stockpile, of: [ban, ban_est]"),
        ("ban == left and", "ban == left and ban_est == left and"),
    ]  # fmt: skip
    case = case_with(tmp_path, *changes)
    assert (case.world["ban"].start, case.world["ban_est"].start) == ("leaving_2", "left")
    found = move(case, "leave")
    assert found.then == {"ban": "entering_6", "ban_est": "entering_6"}
    assert found.when is not None
    assert found.when.text.count("left") == 2


@pytest.mark.parametrize(
    ("given", "waits"),
    [
        ("war == on", False),
        ("at_war", False),
        ("engaged if war == on else 0", True),
        ("war == on and engaged == 1", True),
    ],
)
def test_an_exit_waits_for_the_end_of_a_conflict(tmp_path: Path, given: str, waits: bool) -> None:
    """A condition on the world closes the way; a number of the draw makes it a chance."""
    case = case_with(tmp_path, ("in_conflict: no", f"in_conflict: {given}"))
    clock = case.order[-1]
    assert isinstance(clock, Chance)
    assert set(clock.branches) == ({"runs_out", "held_up"} if waits else {"runs_out"})
    skeleton = unfold(case)
    names = {skeleton.values[2][point.world[2]] for point in skeleton.points if point.kind == "close"}
    assert ("left" in names) == waits  # the war never ends here, so without a draw that denies it nobody gets out


def test_a_treaty_without_an_armed_conflict_clause_asks_for_none(tmp_path: Path) -> None:
    """Three months' notice under the NPT (Article X) wait for no conflict to end."""
    changes = (("treaty: APMBC", "treaty: NPT"), (", in_conflict: no", ""), ("act: stockpile, of: ban, ", ""))
    assert move(case_with(tmp_path, *changes), "leave").then == {"ban": "leaving_1"}


def test_a_breach_is_there_only_while_the_treaty_binds_and_has_its_price(tmp_path: Path) -> None:
    breach = "- {act: stockpile, of: ban, when: line == none, then: {line: mines}}\n        - {act: stockpile, breaks: ban, when: line == none, cost: {standing: 5}, then: {line: mines}}"  # noqa: E501
    case = case_with(
        tmp_path,
        ("mine: {act: stockpile, of: ban, when: line == none, then: {line: mines}}", f"mine:\n        {breach}"),
    )
    skeleton = unfold(case)
    ban, line = skeleton.variables.index("ban"), skeleton.variables.index("line")
    for point in skeleton.points:
        if point.kind != "choice" or skeleton.values[line][point.world[line]] != "none":
            continue
        names = [option.move for option in point.options[0]]
        (mine,) = [joint for joint in point.joints if names[joint.options[0]] == "mine"]
        breaks = skeleton.values[ban][point.world[ban]] == "party"
        assert [pay.part for pay in mine.pays] == (["standing"] if breaks else [])


def test_a_clock_stands_where_the_case_puts_it(tmp_path: Path) -> None:
    """Placed before a second stage, an exit of half a year is felt there in the same year."""
    later = "  - {chance: half_year, clock: ban}\n  - stage: autumn\n    mover: west\n    moves: {wait: {}, mine: {act: stockpile, of: ban, then: {line: mines}}}\noutcomes:\n"  # noqa: E501
    skeleton = unfold(case_with(tmp_path, ("outcomes:\n", later)))
    first = skeleton.points[skeleton.start]
    leave = [option.move for option in first.options[0]].index("leave")
    half_year = skeleton.points[first.joints[leave].branches[0].target]
    assert half_year.stage == "half_year"
    autumn = skeleton.points[half_year.joints[0].branches[0].target]
    assert [option.move for option in autumn.options[0]] == ["wait", "mine"]


def test_several_steps_run_one_a_period(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("1 year, periods: 2", "3 months, periods: 8"))
    clock = case.order[-1]
    assert isinstance(clock, Block)
    assert [str(item.when) for item in clock.stages] == ["ban == leaving_1", "ban == leaving_2"]


def test_a_notice_can_be_taken_back_before_it_takes_effect(tmp_path: Path) -> None:
    changes = [("1 year, periods: 2", "3 months, periods: 8"),
               ("      wait: {}\n", "      wait: {}\n      stay: {act: revoke_notice, of: ban}\n")]  # fmt: skip
    found = move(case_with(tmp_path, *changes), "stay")
    assert str(found.when) == "ban == leaving_2 or ban == leaving_1"
    assert found.then == {"ban": "party"}


def test_what_the_author_wrote_keeps_its_place_in_messages(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read(written(tmp_path, ("when: line == none", "when: line == nowhere")))
    (problem,) = caught.value.problems
    line = next(number for number, text in enumerate(TEXT.splitlines(), 1) if "when: line" in text)
    column = TEXT.splitlines()[line - 1].index("line == none") + len("line == ") + 1
    assert (problem.line, problem.column, problem.path) == (line, column, "order[0].moves.mine.when")


def test_a_bound_case_is_stored_and_read_back_as_it_is(tmp_path: Path) -> None:
    case = case_with(tmp_path)
    kept = plain(case)
    assert kept["world"]["ban"]["for"] == "west"
    assert Case.model_validate(kept) == case


def test_what_the_rules_put_in_is_no_mistake_of_the_author(tmp_path: Path) -> None:
    located = read_located(written(tmp_path))
    assert [str(warning) for warning in located.locator.warnings if "ban" in str(warning)] == []


def test_belarus_would_mirror_mines_by_the_same_rules(tmp_path: Path) -> None:
    """Barred while it is a party, open after six months of notice; Russia's own part is bound by nothing."""
    mirror: list[tuple[str, str]] = [
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}",
         "ban: {treaty: APMBC, for: east, binds: BLR, in_conflict: engaged if war == on else 0}"),
        ("    mover: west", "    mover: east"),
    ]  # fmt: skip
    case = case_with(tmp_path, *mirror)
    assert case.world["ban"].start == "party"
    assert move(case, "leave").then == {"ban": "leaving_1"}
    assert str(move(case, "mine").when) == "line == none and ban != party and ban != leaving_1"
    with pytest.raises(InputError, match="APMBC, which never bound RUS"):
        read(written(tmp_path, (mirror[0][0], mirror[0][1].replace("for: east, binds: BLR", "for: RUS")),
                     mirror[1], ("act: notify_withdrawal, of: ban, cost: 1", "")))  # fmt: skip


def test_an_accession_before_the_treaty_is_in_force_has_no_one_wait(tmp_path: Path) -> None:
    changes = [
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}", "ban: {treaty: TPNW, for: POL}"),
        ("act: notify_withdrawal, of: ban, cost: 1", "act: accede, of: ban"),
        ("act: stockpile, of: ban, ", ""),
    ]
    later, early = "2022-01-01, step: 1 month", "2020-01-01, step: 1 month"
    case = case_with(tmp_path, *changes, ("2025-01-01, step: 1 year", later))
    assert move(case, "leave").then == {"ban": "entering_4"}
    with pytest.raises(InputError, match="'accede' in a case that starts before TPNW is in force") as caught:
        read(written(tmp_path, *changes, ("2025-01-01, step: 1 year", early)))
    assert [str(problem).split("; ")[1] for problem in caught.value.problems] == [
        "a first day from 2021-01-22 on, or a variable of your own"
    ]


@pytest.mark.parametrize("treaty", ["CFE", "OPEN_SKIES", "NATO"])
def test_a_treaty_without_a_rule_of_entry_or_exit_can_be_bound_to(tmp_path: Path, treaty: str) -> None:
    plainly = [
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}", f"ban: {{treaty: {treaty}, for: POL}}"),
        ("act: notify_withdrawal, of: ban, cost: 1", "cost: 1"),
        ("act: stockpile, of: ban, ", ""),
    ]
    assert case_with(tmp_path, *plainly).world["ban"].start == "party"
    with pytest.raises(InputError, match=f"'accede', which the rules of {treaty} do not know for POL"):
        read(written(tmp_path, plainly[0], ("act: notify_withdrawal, of: ban", "act: accede, of: ban"), plainly[2]))


@pytest.mark.parametrize(
    ("start", "periods", "words"),
    [
        ("2018-01-01", 1, None),
        ("2018-01-01", 2, None),  # the second period decides on 1 January 2019
        ("2018-01-01", 3, "ended on 2019-08-02, before the last period of the case begins .2020-01-01"),
        ("2025-01-01", 1, "ended on 2019-08-02; no variable"),
    ],
)
def test_a_treaty_that_ends_within_the_game_is_refused(
    tmp_path: Path, start: str, periods: int, words: str | None
) -> None:
    changes = [
        ("2025-01-01, step: 1 year, periods: 2", f"{start}, step: 1 year, periods: {periods}"),
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}", "ban: {treaty: INF, for: UKR}"),
        ("act: notify_withdrawal, of: ban, cost: 1", "cost: 1"),
        ("act: stockpile, of: ban, ", ""),
    ]
    if words is None:
        assert case_with(tmp_path, *changes).world["ban"].start == "party"
    else:
        with pytest.raises(InputError, match=words):
            case_with(tmp_path, *changes)


def test_assistance_is_barred_too(tmp_path: Path) -> None:
    case = case_with(tmp_path, ("act: stockpile", "act: assist"))
    assert str(move(case, "mine").when) == "line == none and ban != party and ban != leaving_1"


def test_a_case_without_treaties_loads_no_law(tmp_path: Path) -> None:
    import subprocess
    import sys

    data: dict[str, Any] = YAML(typ="safe", pure=True).load(TEXT)
    assert data["world"].pop("ban")
    path = tmp_path / "case.yaml"
    text = TEXT.replace("  ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}\n", "")
    text = text.replace("act: notify_withdrawal, of: ban, ", "").replace("act: stockpile, of: ban, ", "")
    path.write_text(text.replace("ban == left and ", ""))
    code = "import sys; from assay.case.read import read; read(sys.argv[1]); assert 'assay.law' not in sys.modules"
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)


def test_a_treaty_that_does_not_bind_all_says_whom(tmp_path: Path) -> None:
    of_east = "ban: {treaty: APMBC, for: east, binds: all, in_conflict: no}"
    changes = (
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}", of_east),
        ("mover: west", "mover: east"),
        ("leave: {act: notify_withdrawal, of: ban, cost: 1}", "leave: {cost: 1}"),
    )
    with pytest.raises(InputError) as caught:
        read(written(tmp_path, *changes))
    (problem,) = caught.value.problems
    assert problem.path == "world.ban.binds"
    assert problem.found == "`all` of RUS, BLR, of whom APMBC does not bind RUS on 2025-01-01"
    assert problem.expected.startswith("`any`, or one whom it binds (BLR)")
    never = (*changes[1:], (changes[0][0], of_east.replace("binds: all", "binds: RUS")))
    with pytest.raises(InputError, match="APMBC, which never bound RUS by 2025-01-01"):
        read(written(tmp_path, *never))


@pytest.mark.parametrize(
    ("bound", "start", "words"),
    [
        ("{treaty: APMBC, for: UKR, in_conflict: no}", "2026-01-01", "May a party suspend the operation"),
        ("{treaty: APMBC, for: UKR, in_conflict: no}", "2025-01-01", None),
        ("{treaty: CFE, for: POL}", "2025-01-01", "Does a suspension, which the text does not provide for"),
    ],
)
def test_a_contested_suspension_is_a_warning_at_its_place(
    tmp_path: Path, bound: str, start: str, words: str | None
) -> None:
    changes = [
        ("start: 2025-01-01", f"start: {start}"),
        ("ban: {treaty: APMBC, for: west, binds: any, in_conflict: no}", f"ban: {bound}"),
        ("act: notify_withdrawal, of: ban, cost: 1", "cost: 1"),
        ("act: stockpile, of: ban, ", ""),
    ]
    case, locator = read_located(written(tmp_path, *changes))
    assert case.world["ban"].start == "party"
    told = [warning for warning in locator.warnings if warning.path == "world.ban.for"]
    assert [warning.severity for warning in told] == ["warning"] * (words is not None)
    for warning in told:
        assert "which claims to have suspended" in warning.found
        assert words is None or words in warning.found
        assert "the treaty is taken to bind it all the same" in warning.expected
        assert warning.line is not None
