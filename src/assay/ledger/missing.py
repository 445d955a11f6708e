"""Sources that are cited and that `sources.csv` does not have, and rows and evidence that name none.

A source may be lost, or not found yet; what it was cited for is there all the same. So each is a warning, told once at
the first place that cites it. What rests on it alone is dated as where publication is not dated
(`assay.ledger.knowledge`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from assay.errors import Problem, suggestion
from assay.ledger.source import Source

Told = Callable[[str, str], Problem]
"""Makes the warning at a place that cites: what was found, what is expected."""


@dataclass(slots=True)
class Missing:
    """Gathers ids that are cited and are not among the sources."""

    sources: Mapping[str, Source]
    first: dict[str, Told] = field(default_factory=dict)
    """By id, what makes a warning at the first place that cites it; empty for places that name no source."""
    count: dict[str, int] = field(default_factory=dict)
    """How many places cite it."""

    def cited(self, ids: Collection[str], told: Told) -> None:
        """One place that cites ids, or none; `told` makes the warning there."""
        for name in ids or ("",):
            if name not in self.sources:
                self.first.setdefault(name, told)
                self.count[name] = self.count.get(name, 0) + 1

    def warnings(self) -> tuple[Problem, ...]:
        """A warning for each id, in the order in which they were met."""
        return tuple(told(*_words(name, self.count[name], self.sources)) for name, told in self.first.items())


def _words(name: str, count: int, sources: Mapping[str, Source]) -> tuple[str, str]:
    dated = "without it the day of what is reported stands in for that of publication"
    if not name:
        times = f" in {count} places" if count > 1 else ""
        return f"no source{times}", f"the id of a row of sources.csv; {dated}"
    times = f", cited in {count} places" if count > 1 else ""
    near = suggestion(name, sources)
    hint = f"{near} or " if near.startswith("did you mean") else ""
    return f"an unknown source {name!r}{times}", f"{hint}a row of sources.csv; {dated}"
