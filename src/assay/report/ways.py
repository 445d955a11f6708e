"""The ways in which draws were solved again, and what each does to a verdict, read from its riders' numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from assay.report.equilibria import starts
from assay.report.view import View

Data: TypeAlias = Mapping[str, Any]
"""The numbers behind a rider."""
PRECISIONS = {4.0: "Everybody four times as precise", 0.25: "Everybody a quarter as precise"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a way of solving does to one verdict, in the audited draws in which it could be compared."""

    other: bool = False
    """Whether the word would be another."""
    turned: float | None = None
    """The share of those draws in which the claim comes out otherwise; None where it is not known."""
    unsolved: int = 0
    """Audited draws that could not be compared, because they were not solved both ways."""
    audited: int = 0
    """Audited draws; 0 where it is not known, which is only where all could be compared."""
    compared: bool = True
    """Whether any draw could be."""


Read: TypeAlias = Callable[[Mapping[str, Data]], Change | None]
"""What a way does to a verdict, from its riders' numbers by kind; None where it was not tried."""


def ways(view: View) -> Iterator[tuple[str, str, Read]]:
    """The kind of rider, the name and the reader of every way that the run may have taken."""
    found = [rider for verdict in view.run.verdicts for rider in verdict.riders]
    most = max((int(r.data["starts"]) for r in found if r.kind == "equilibria" and r.data.get("starts")), default=0)
    yield "equilibria", f"Other equilibria, {starts({'starts': most})}" if most else "Other equilibria", _equilibria
    plan = view.run.plan
    if plan.selection == "principal_branch":
        yield "selection", "Selected by warm start", _selection
    elif plan.branch:
        yield "selection", "Selected along the principal branch", _selection
    for grid in dict.fromkeys(each["grid"] for r in found if r.kind == "grid" for each in r.data.get("grids", ())):
        yield "grid", f"Beliefs on {grid}", _grid(grid)
    yield "learning", "Nobody learns from moves", _without("learning")
    yield "misperception", "Nobody misperceives", _without("misperception")
    for scale, name in PRECISIONS.items():
        yield "precision curve", name, _precision(scale)


def _change(own: Data | None, words: tuple[Any, Any] | None, turned: float | None) -> Change | None:
    """A rider's numbers as a change of its two words; without words only what could not be compared is told.

    None where neither is known. `draws` are those compared, `unsolved` the others of the sample.
    """
    unsolved = int(own.get("unsolved", 0)) if own else 0
    if own is None or (words is None and not unsolved):
        return None
    audited = int(own.get("draws", 0)) + unsolved
    if words is None:
        return Change(unsolved=unsolved, audited=audited, compared=False)
    return Change(words[0] != words[1], turned, unsolved, audited)


def _equilibria(data: Mapping[str, Data]) -> Change | None:
    own = data.get("equilibria")
    if not own or not own.get("draws"):
        return _change(own, None, None)
    words = own["words"]
    return _change(own, (words[0], words[-1]), own["depends"] / own["draws"])


def _selection(data: Mapping[str, Data]) -> Change | None:
    """No rider means that nothing differs, in draws that were all solved both ways."""
    own = data.get("selection")
    return Change(turned=0.0) if not own else _change(own, _two(own["selected"], own["other"]), own["differ"])


def _grid(name: str) -> Read:
    def read(data: Mapping[str, Data]) -> Change | None:
        grids = data.get("grid", {}).get("grids", ())
        own = next((each for each in grids if each["grid"] == name), None)
        if own is None or not own["draws"]:
            return _change(own, None, None)
        words = own.get("words") or [None]
        return _change(own, (words[0], words[-1]), own["differ"])

    return read


def _without(kind: str) -> Read:
    def read(data: Mapping[str, Data]) -> Change | None:
        own = data.get(kind)
        return None if not own else _change(own, _two(own["word"], own["other"]), own["differ"])

    return read


def _precision(scale: float) -> Read:
    def read(data: Mapping[str, Data]) -> Change | None:
        own = data.get("precision curve", {})
        words, before = _by_scale(own, "words"), _by_scale(own, "as_solved")
        unsolved = _by_scale(own, "unsolved").get(scale, 0)
        two = _two(before.get(scale, words.get(1.0)), words.get(scale))
        return _change({"unsolved": unsolved, "draws": own.get("audited", 0) - unsolved}, two, None)

    return read


def _two(one: Any, other: Any) -> tuple[Any, Any] | None:
    """Two words; None where one of them is not known, since no draw could be compared."""
    return None if one is None or other is None else (one, other)


def _by_scale(own: Data, key: str) -> dict[float, Any]:
    """Numbers of the precision curve by what precision is multiplied by; in a stored run keys are text."""
    found = own.get(key)
    return {float(scale): value for scale, value in found.items()} if found else {}
