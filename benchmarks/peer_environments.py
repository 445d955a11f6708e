"""Environments of their own for the solvers that we are measured against, made on first use under the user's cache.

    python benchmarks/peer_environments.py sgamesolver-1.0.2

prints the path of an interpreter that has sgamesolver. Two versions of Gambit cannot be installed side by side, and no
peer should decide which NumPy this project runs on.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
from pathlib import Path

from platformdirs import user_cache_path

ENVIRONMENTS: dict[str, tuple[tuple[str, ...], ...]] = {
    "gambit-16.7.0": (("pygambit==16.7.0",),),
    "gambit-17.0.0b2": (("pygambit==17.0.0b2",),),
    "sgamesolver-1.0.2": (
        ("numpy", "scipy", "pandas", "matplotlib", "cython", "setuptools", "wheel"),
        # It is built against the NumPy that it finds: not in isolation, where it finds none, nor from the cache, where
        # pip may have kept what was built against another one.
        ("--no-build-isolation", "--no-cache-dir", "--no-deps", "sgamesolver==1.0.2"),
    ),
}
"""What pip is asked for, call by call."""


def python_of(name: str) -> Path:
    """The interpreter of an environment, which is made where it is missing or was made from another list.

    Raises `KeyError` for an unknown name and `RuntimeError` with pip's own words where it cannot be made.
    """
    wanted = ENVIRONMENTS[name]
    folder = user_cache_path("assay") / "peers" / f"{name}-{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    done = folder / "installed"
    if not (done.exists() and done.read_text() == repr(wanted)):
        print(f"making an environment for {name} in {folder} (once)", file=sys.stderr)
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        for call in wanted:
            _pip(python, call)
        done.write_text(repr(wanted))
    return python


def _pip(python: Path, call: tuple[str, ...]) -> None:
    command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *call]
    ended = subprocess.run(command, capture_output=True, text=True)
    if ended.returncode:
        raise RuntimeError(f"pip install {' '.join(call)} failed:\n{ended.stderr}")


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in ENVIRONMENTS:
        sys.exit(f"name one of {', '.join(ENVIRONMENTS)}")
    print(python_of(sys.argv[1]))
