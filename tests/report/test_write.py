"""Writing a report and printing it."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.report import write as writing

from . import synthetic


def test_folders_are_made(tmp_path: Path) -> None:
    made = writing.write(synthetic.make(draws=20), tmp_path / "new" / "report.html")
    assert made.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_without_a_browser_nothing_is_printed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert writing.write_pdf(tmp_path / "report.html", tmp_path / "report.pdf") is None
    assert not (tmp_path / "report.pdf").exists()


def test_a_browser_that_fails_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "chromium"
    broken.write_text("#!/bin/sh\necho cannot open display >&2\nexit 3\n")
    broken.chmod(0o755)
    monkeypatch.setattr(writing, "browser", lambda: str(broken))
    with pytest.raises(writing.PrintError, match="cannot open display"):
        writing.write_pdf(tmp_path / "report.html", tmp_path / "report.pdf")


@pytest.mark.skipif(writing.browser() is None, reason="no Chromium on this computer")
def test_a_browser_prints_the_page(tmp_path: Path) -> None:
    case = synthetic.river()
    run = synthetic.make(case.model_copy(update={"claims": case.claims[:9]}), draws=20)
    printed = writing.write_pdf(writing.write(run, tmp_path / "report.html"), tmp_path / "report.pdf")
    assert printed is not None
    assert printed.read_bytes().startswith(b"%PDF")
