"""Small cases for the tests of this folder."""

from __future__ import annotations

from typing import Any

from assay.case.model import Case

BARE: dict[str, Any] = {
    "assay": "1",
    "title": "Nothing but assumptions",
    "calendar": {"start": "2025-01-01", "step": "1 year", "periods": 1},
    "actors": {"one": {"name": "One", "precision": 1}},
    "perspectives": {"low": {"name": "Low"}, "high": {"name": "High"}},
    "order": [{"stage": "stay", "mover": "one", "moves": {"wait": {}}}],
}


def case_of(
    assumptions: dict[str, dict[str, Any]],
    settings: dict[str, dict[str, dict[str, Any]]] | None = None,
    dependence: list[dict[str, Any]] | None = None,
) -> Case:
    """A case with these assumptions, perspectives' settings and dependence."""
    filled = {
        name: {"unit": "1", "means": "a number", "source": "judgement", "because": "made up", **each}
        for name, each in assumptions.items()
    }
    perspectives = {
        name: {**perspective, "set": (settings or {}).get(name, {})}
        for name, perspective in BARE["perspectives"].items()
    }
    pairs = [{"because": "made up", **pair} for pair in dependence or []]
    return Case.model_validate({**BARE, "assumptions": filled, "perspectives": perspectives, "dependence": pairs})
