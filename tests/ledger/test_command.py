"""`assay facts` as a user calls it: what it prints, JSON keys, exit codes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .support import write


def assay(*args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "assay.cli", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, cwd=cwd, timeout=120, check=False)


def test_the_verdicts_stand_side_by_side_with_their_evidence() -> None:
    done = assay("facts", "mine-ban")
    assert done.returncode == 0, done.stderr
    assert "as known on 18 March 2025 and with everything known" in done.stdout
    assert "on 18 March 2025: unresolved   now: imprecise" in done.stdout
    assert "known only later" in done.stdout
    assert "The verdict was another on that day: C17." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 110


def test_json_has_the_documented_keys() -> None:
    done = assay("facts", "mine-ban", "--as-known", "2025-03-18", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert {"case", "as_known", "dated", "claims", "figures", "elsewhere", "warnings"} == set(found)
    assert (found["case"], found["as_known"]) == ("mine-ban", "2025-03-18")
    claims = {claim["id"]: claim for claim in found["claims"]}
    assert {"id", "verdict", "then", "now", "for", "against", "computed", "relevance"} <= set(claims["C17"])
    assert [claims["C17"][key] for key in ("verdict", "then", "now")] == ["unresolved", "unresolved", "imprecise"]
    assert claims["C09"]["computed"][1]["amount"]["value"] == 6
    item = claims["C13"]["for"][0]
    assert (item["known_from"], item["basis"], item["source"]["id"]) == ("2025-03-04", "stated", "S_STRATCULT")
    assert claims["C30"]["computed"][0]["known_from"] is None
    assert {claim["verdict"] for claim in found["claims"]} <= {"supported", "contradicted", "imprecise", "unresolved"}


def test_a_folder_of_ones_own_works_the_same(tmp_path: Path) -> None:
    write(tmp_path / "study")
    done = assay("facts", "study", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "on 15 March 2020: supported   now: imprecise" in done.stdout
    assert "study/sources.csv:3:1 (sources): warning: S_MONTH" not in done.stderr, "nothing uses it"


def test_facts_go_out_and_come_in(tmp_path: Path) -> None:
    write(tmp_path / "study")
    assert "wrote 11 facts to out.parquet" in assay("facts", "study", "--to", "out.parquet", cwd=tmp_path).stdout
    done = assay("facts", "study", "--from", "out.parquet", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert assay("facts", "study", "--json", cwd=tmp_path).returncode == 0


def test_a_case_without_claims_says_so() -> None:
    done = assay("facts", "mine-ban-reduced")
    assert done.returncode == 0
    assert "no factual claims" in done.stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["facts", "mine-bann"], 1, "did you mean 'mine-ban'?"),
        (["facts", "mine-ban", "--as-known", "March"], 1, "--as-known: 'March'; a day, as 2025-03-18"),
        (["facts", "mine-ban", "--from", "x.csv"], 1, "a built-in case, which is not written to"),
        (["facts", "mine-ban", "--to", "x.doc"], 1, "the ending '.doc'; FILE.csv or FILE.parquet"),
        (["facts", "mine-ban", "--to", "x.csv", "--from", "y.csv"], 2, "give one of --to and --from"),
        (["facts", "."], 1, "a folder without a ledger"),
    ],
)
def test_wrong_use_is_told(tmp_path: Path, args: list[str], code: int, words: str) -> None:
    done = assay(*args, cwd=tmp_path)
    assert done.returncode == code
    assert words in done.stderr


def test_problems_come_as_json_too(tmp_path: Path) -> None:
    write(tmp_path / "study", claims="dated: soon\n")
    done = assay("facts", "study", "--json", cwd=tmp_path)
    assert done.returncode == 1
    error = json.loads(done.stdout)["errors"][0]
    assert (error["file"], error["line"], error["column"], error["path"]) == ("study/facts.yaml", 1, 8, "dated")
