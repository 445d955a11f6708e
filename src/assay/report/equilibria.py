"""On which equilibrium a verdict stands: the selected one, every one found, or that it depends on which."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assay.claims.verdict import Verdict
from assay.report.numbers import whole
from assay.report.words import listed, many


def standing(data: Mapping[str, Any]) -> tuple[str, str]:
    """What becomes of a verdict on other equilibria, to stand around a name; nothing where only one was found."""
    if nothing_compared(data):
        return "not compared with other equilibria", ""
    words = data.get("words", ())
    if len(words) > 1:
        return "depends on which equilibrium", f": {listed(words, 'or')}"
    if data.get("depends"):
        return "the same word on every equilibrium found", f" ({starts(data)}), though some draws turn"
    return ("the same on every equilibrium found", f" ({starts(data)})") if data.get("several") else ("", "")


def on_equilibria(verdict: Verdict) -> str:
    """On which equilibrium a verdict stands: the selected one, every one found, or that it depends on which."""
    kinds = {rider.kind: rider.data for rider in verdict.riders}
    if "assumed" in kinds:
        return "not a matter of the solution"
    if not (data := kinds.get("equilibria")):
        return "the selected one"
    if nothing_compared(data):
        return f"the selected one, compared with no other, {starts(data)}"
    words = data.get("words", ())
    if len(words) > 1:
        said = f"depends on which: {listed(words, 'or')}"
    elif data.get("depends"):
        said = f"the same word on every one found, {whole(data['depends'])} of {whole(data['draws'])} draws turn"
    else:
        said = "every one found" if data.get("several") else "the only one found"
    said = f"{said}, {starts(data)}" if starts(data) else said
    left = data.get("unsolved")
    return f"{said}; {whole(left)} of {whole(data['draws'] + left)} draws not compared" if left else said


def nothing_compared(data: Mapping[str, Any]) -> bool:
    """Whether an audit compared no draw at all, since none was solved both ways."""
    return bool(data.get("unsolved")) and not data.get("draws")


def starts(data: Mapping[str, Any]) -> str:
    """`from 6 starts`: how widely equilibria were looked for."""
    return f"from {many(int(data['starts']), 'start')}" if data.get("starts") else ""
