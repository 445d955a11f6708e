"""How many draws a wished width of the intervals takes."""

from __future__ import annotations

from math import ceil

from assay.runs.run import Run


def widest(run: Run) -> float:
    """The widest 95% interval of any share of the run's verdicts."""
    shares = [share for verdict in run.verdicts for share in (verdict.strict, verdict.loose) if verdict.draws]
    return max((share.high - share.low for share in shares), default=0.0)


def enough(run: Run, width: float) -> int:
    """Draws per perspective at which the widest interval should be at most `width`: it shrinks with the square root."""
    found = widest(run)
    draws = run.plan.draws
    return draws if found <= width else ceil(draws * (found / width) ** 2 * 1.05)


def more_would_buy(run: Run) -> str:
    """A sentence on what more draws would buy."""
    draws = run.plan.draws
    return (
        f"With {draws:,} draws of each perspective the widest interval of a share is ±{50 * widest(run):.1f} points; "
        f"{4 * draws:,} draws would halve it."
    )
