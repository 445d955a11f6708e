"""Assay puts a strategic argument to trial.

`load` reads a case, `run` solves it over its assumptions and judges its claims, `open_run` opens a stored run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assay.runs.api import load, run
    from assay.runs.store import open_run

__version__ = "0.1.0"
__all__ = ["__version__", "load", "open_run", "run"]

_HOMES = {"load": "assay.runs.api", "run": "assay.runs.api", "open_run": "assay.runs.store"}


def __getattr__(name: str) -> Any:
    """Loads what is asked for when it is asked for, so that commands that solve nothing start at once."""
    if name not in _HOMES:
        raise AttributeError(f"module 'assay' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
