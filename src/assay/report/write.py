"""A run as a file: one page of HTML, and on request a PDF of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from assay.report.page import page
from assay.runs.run import Run

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "chrome-headless-shell")
"""Programs that can print a page, in the order in which they are looked for."""


class PrintError(RuntimeError):
    """The page could not be printed; the message says why and what to do."""


def write(run: Run, path: Path) -> Path:
    """Writes the report of a run to `path`: one file, no script, nothing fetched. Folders are made as needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(run), encoding="utf-8")
    return path


def browser() -> str | None:
    """A Chromium on this computer, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def write_pdf(html: Path, path: Path, seconds: float = 120.0) -> Path | None:
    """Prints a written report to PDF (A4) with a Chromium found on the path; None where there is none.

    Raises `PrintError` where the browser fails.
    """
    program = browser()
    if program is None:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="assay-print-") as folder:
        command = [program, "--headless", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        command += [f"--user-data-dir={folder}", "--no-pdf-header-footer", f"--print-to-pdf={path.resolve()}"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.append("--no-sandbox")
        command.append(html.resolve().as_uri())
        try:
            done = subprocess.run(command, capture_output=True, timeout=seconds, check=False)
        except subprocess.TimeoutExpired:
            raise PrintError(f"{program} did not print the report within {seconds:g} seconds") from None
    if done.returncode != 0 or not path.exists():
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise PrintError(f"{program} did not print the report" + (f": {said[-1]}" if said else ""))
    return path
