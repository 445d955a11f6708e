"""What a verdict turns on: an assumption, how strongly, and where."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hinge:
    """An assumption on which the truth of a claim turns, within one perspective."""

    assumption: str
    measure: str
    """Name of the measure behind `value`."""
    value: float
    """How much turns on it, 0 to 1."""
    noise: float
    """The level that the strongest of all assumptions exceeds in 5% of runs when nothing turns on any."""
    turn: float
    """The value of the assumption where holding and failing draws part."""
    low: float
    """Share of the draws below `turn` in which the claim holds."""
    high: float
    """Share of the draws above `turn` in which it holds."""
    category: str = ""
    """For an assumption of named alternatives: the alternative that differs most. Then `turn` is its code, `high` the
    share of its draws in which the claim holds, and `low` the share of all others."""

    @property
    def direction(self) -> str:
        """`low` if the claim holds oftener where the assumption is low, else `high`."""
        return "low" if self.low > self.high else "high"
