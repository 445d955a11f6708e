"""Sources that are missing: a warning each at the first place that cites it; the facts and the evidence stay."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assay.cli.main import app
from assay.law.books import open_book, treaties
from assay.ledger.cite import cite
from assay.ledger.ledger import open_ledger
from assay.ledger.verdict import judge
from assay.library import CASES

from .support import CLAIMS, FACTS, SOURCES, write

DOUBTS = Path(__file__).parent / "doubts"
FOLDERS = sorted(folder for folder in DOUBTS.iterdir() if folder.is_dir())
GONE = "\n".join(line for line in SOURCES.splitlines() if not line.startswith("S_PAPER")) + "\n"


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_each_is_told_once_with_its_place(folder: Path, tmp_path: Path) -> None:
    study = write(tmp_path / "study")
    for file in folder.iterdir():
        if file.name != "expect.txt":
            (study / file.name).write_bytes(file.read_bytes())
    told = [str(doubt).replace(f"{study}/", "") for doubt in open_ledger(study).doubts]
    assert told == (folder / "expect.txt").read_text(encoding="utf-8").splitlines()


def test_the_sound_one_has_none(tmp_path: Path) -> None:
    assert open_ledger(write(tmp_path / "study")).doubts == ()


def test_a_fact_keeps_its_value_and_its_own_day_dates_it(tmp_path: Path) -> None:
    ledger = open_ledger(write(tmp_path / "study", sources=GONE))
    fact = ledger.fact("AAA", "soldiers")
    assert cite(ledger, "AAA", "soldiers").value == 100
    assert (str(fact.known), fact.known.basis) == ("2020", "done")


def test_evidence_that_reports_no_day_counts_with_everything_known_alone(tmp_path: Path) -> None:
    ledger = open_ledger(write(tmp_path / "study", sources=GONE))
    item = ledger.claims[0].points[0].items[0]
    assert (item.known.since, item.known.basis) == (None, "unknown")
    found = judge(ledger, date(2020, 12, 1))[0]
    assert [shown.counts for shown in found.evidence] == [None, False]
    done = CLAIMS.replace("note: says so}", "note: says so, done: 2020-03-01}")
    dated = open_ledger(write(tmp_path / "dated", sources=GONE, claims=done)).claims[0].points[0].items[0]
    assert (str(dated.known), dated.known.basis) == ("2020-03-01", "done")


def test_of_several_sources_the_others_date_a_fact(tmp_path: Path) -> None:
    facts = FACTS.replace("persons,,,S_PAPER,,,\nBBB", "persons,,,S_PAPER;S_LATE,,,\nBBB")
    ledger = open_ledger(write(tmp_path / "study", sources=GONE, facts=facts))
    assert str(ledger.fact("AAA", "soldiers").known) == "2021-06-01"


def test_the_command_shows_them_and_ends_well(tmp_path: Path) -> None:
    study = write(tmp_path / "study", sources=GONE)
    done = CliRunner().invoke(app, ["facts", str(study)])
    assert done.exit_code == 0
    assert "says so (S_PAPER, which sources.csv does not have)" in " ".join(done.stdout.split())
    assert done.stderr.count("an unknown source 'S_PAPER', cited in 8 places") == 1
    found = json.loads(CliRunner().invoke(app, ["facts", str(study), "--json"]).stdout)
    assert found["claims"][0]["for"][0]["source"]["id"] == "S_PAPER"
    assert found["warnings"][0]["line"] == 2


def test_a_table_with_one_is_taken_with_a_warning(tmp_path: Path) -> None:
    study = write(tmp_path / "study")
    table = tmp_path / "table.csv"
    table.write_text("place,indicator,date,value,unit,source_id\nAAA,i,2020,1,km,S_NO\nAAA,j,2020,1,km,\n")
    done = CliRunner().invoke(app, ["facts", str(study), "--from", str(table)])
    assert done.exit_code == 0
    assert f"{table}:2:17 (source_id): warning: an unknown source 'S_NO'" in done.stderr
    assert f"{table}:3:17 (source_id): warning: no source" in done.stderr
    assert len(open_ledger(study, claims=False).facts) == 2


@pytest.mark.parametrize("folder", sorted(CASES.iterdir()), ids=lambda folder: folder.name)
def test_no_shipped_ledger_has_any(folder: Path) -> None:
    assert open_ledger(folder).doubts == ()


@pytest.mark.parametrize("treaty", treaties())
def test_no_shipped_treaty_has_any(treaty: str) -> None:
    book = open_book(treaty)
    cited = {source for act in book.acts for source in act.source}
    cited |= {source for contest in book.contests.values() for one in contest.positions for source in one.source}
    assert cited <= book.sources.keys()
