"""Numbers in the sentences of riders."""

from __future__ import annotations

from collections.abc import Sequence


def percent(share: float) -> str:
    """A share in percent, never rounded to a false 0 or 100: `21%`, `0.4%`, `99.6%`, `less than 0.1%`."""
    value = 100 * share
    if value in (0, 100) or 1 <= value <= 99:
        return f"{value:.0f}%"
    shown = f"{value:.1f}%"
    return {"0.0%": "less than 0.1%", "100.0%": "more than 99.9%"}.get(shown, shown)


def probability(value: float) -> str:
    """A model probability in percent, to two digits: `0.023%`, `15%`, `below one in a billion`."""
    return "below one in a billion" if abs(value) < 1e-9 else f"{100 * value:.2g}%" if value < 0.995 else percent(value)


def of(count: int, draws: int) -> str:
    """`3 of 200 draws`, `1 of 1 draw`."""
    return f"{count:,} of {draws:,} draw{'' if draws == 1 else 's'}"


def each_of(draws: int) -> str:
    """`in each of 200 draws`, `in the one draw`."""
    return f"in each of {draws:,} draws" if draws != 1 else "in the one draw"


def times(scale: float) -> str:
    """By what precision is multiplied: `a quarter of`, `four times`."""
    return {0.25: "a quarter of", 4.0: "four times", 16.0: "sixteen times"}.get(scale, f"{scale:g} times")


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
