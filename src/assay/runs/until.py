"""How many draws a wished width of the intervals takes."""

from __future__ import annotations

from math import ceil

from assay.runs.run import Run


def widest(run: Run) -> float:
    """The widest 95% interval of any share of the run's verdicts; a vacuous verdict's is left out."""
    said = [verdict for verdict in run.verdicts if verdict.word != "vacuous"]
    shares = [share for verdict in said for share in (verdict.strict, verdict.loose)]
    return max((share.high - share.low for share in shares), default=0.0)


def enough(run: Run, width: float) -> int:
    """Draws per perspective at which the widest interval should be at most `width`: it shrinks with the square root."""
    found = widest(run)
    draws = run.plan.draws
    return draws if found <= width else ceil(draws * (found / width) ** 2 * 1.05)


def more_would_buy(run: Run) -> str:
    """A sentence on what more draws would buy."""
    draws, number = run.plan.draws, 50 * widest(run)
    if number == 0:
        return "More draws would narrow nothing: no share of draws was found."
    return (
        f"With {draws:,} draws of each perspective the widest interval of a share is ±{number:.1f} points; "
        f"{4 * draws:,} draws would halve it."
    )
