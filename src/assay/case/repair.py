"""Puts mistakes aside that do not touch the rest, so that the rest is checked in the same pass."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from assay.case.faults import model_at, path_of, value_at
from assay.case.model import Case
from assay.documents.locate import Path
from assay.formula.parse import FormulaError


def repair(data: dict[str, Any], error: ValidationError) -> tuple[Case | None, list[Path]]:
    """The case with unreadable formulas as 0 and stray keys taken out, and the paths of both.

    None where something else is wrong: then the rest cannot be judged without guessing. A key that looks like a
    misspelling of one that is not given counts as something else.
    """
    mended = deepcopy(data)
    broken: list[Path] = []
    for fault in error.errors(include_url=False):
        path = path_of(fault["loc"])
        if not _mend(mended, path, fault):
            return None, []
        broken.append(path)
    try:
        return Case.model_validate(mended), broken
    except ValidationError:
        return None, []


def _mend(data: dict[str, Any], path: Path, fault: Mapping[str, Any]) -> bool:
    section = value_at(data, path[:-1])
    if fault["type"] == "value_error" and isinstance(fault["ctx"]["error"], FormulaError):
        section[path[-1]] = 0
        return True
    if fault["type"] == "extra_forbidden" and isinstance(section, dict):
        known = model_at(Case, fault["loc"][:-1])
        missing = [key for key in known.model_fields if key not in section] if known else []
        if not get_close_matches(str(path[-1]), missing, n=1, cutoff=0.6):
            del section[path[-1]]
            return True
    return False
