"""What the command line prints besides tables: problems and JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from typing import Any

from assay.errors import Problem


def print_json(value: Any) -> None:
    """One JSON object on standard output. NaN has no place in JSON and becomes null."""
    json.dump(_plain(value), sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value


def print_problems(problems: Iterable[Problem], *, as_json: bool) -> None:
    """Every problem on its own line: on standard error, or as one JSON object on standard output."""
    found = list(problems)
    if as_json:
        print_json({"errors": [problem.as_json() for problem in found]})
        return
    for problem in found:
        print(problem, file=sys.stderr)
    errors = sum(problem.severity == "error" for problem in found)
    if errors > 1:
        print(f"{errors} problems", file=sys.stderr)
