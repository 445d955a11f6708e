"""Numbers as a reader meets them: no share rounded to a false nought or hundred, and a minus sign for a minus."""

from __future__ import annotations

import math
from datetime import date

FLOOR = 1e-9
"""Below this a model probability is numerical noise, and is said to be below the floor."""

_WORDS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def share(value: float | None) -> str:
    """A share of draws in percent: `0%` and `100%` only where they are exact."""
    return "–" if value is None or math.isnan(value) else f"{_percent(value)}%"


def band(strict: float, loose: float) -> str:
    """Two shares as a band: `2–23%`, or one of them where they read the same."""
    low, high = sorted((strict, loose))
    if math.isnan(low) or math.isnan(high):
        return "–"
    first, second = _percent(low), _percent(high)
    return f"{first}%" if first == second else f"{first}–{second}%"


def _percent(value: float) -> str:
    points = 100 * value
    if points in (0.0, 100.0):
        return f"{points:.0f}"
    if points < 0.1:
        return "<0.1"
    if points > 99.9:
        return ">99.9"
    if points < 0.95 or points > 99.05:
        return f"{points:.1f}"
    return f"{points:.0f}"


def probability(value: float | None) -> str:
    """A probability of the model in percent, to two figures below one percent."""
    if value is None or math.isnan(value):
        return "–"
    if 0 < abs(value) < FLOOR:
        return "below the floor"
    points = 100 * value
    if points in (0.0, 100.0):
        return f"{points:.0f}%"
    if points > 99.95:
        return ">99.9%"
    if points > 99:
        return f"{points:.1f}%"
    if abs(points) < 0.001:
        return "<0.001%" if points > 0 else ">−0.001%"
    return f"{minus(_figures(points, 2))}%"


def belief(value: float) -> str:
    """What somebody believes, in whole percent; certainty is kept for what is certain."""
    said = f"{100 * value:.0f}%"
    return said if value in (0.0, 1.0) else {"0%": "<1%", "100%": ">99%"}.get(said, said)


def proportion(value: float | None) -> str:
    """A change as a share of its base rate, in percent: it may be negative, and larger than the base rate."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return plain(value)
    size = abs(value)
    if size == 0:
        return "0%"
    sign = "−" if value < 0 else ""
    if size < 0.001:
        return ">−0.1%" if sign else "<0.1%"
    return f"{sign}{_figures(100 * size, 2 if size < 10 else 3)}%"


def points(value: float | None) -> str:
    """A difference of two probabilities, in percentage points."""
    if value is None or math.isnan(value):
        return "–"
    if 0 < abs(100 * value) < 0.001:
        return "less than 0.001 points"
    text = minus(_figures(100 * value, 2))
    return f"{text} point" if text in ("1", "−1") else f"{text} points"


def plain(value: float | None, figures: int = 3) -> str:
    """Any other number, to three figures."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    return minus(_figures(value, figures))


def whole(count: int) -> str:
    """A count with thousands apart: `20,000`."""
    return f"{count:,}"


def counted(count: int) -> str:
    """A count in words up to twelve."""
    return _WORDS[count] if 0 <= count < len(_WORDS) else whole(count)


def day(value: date) -> str:
    """A day in words: `18 March 2025`."""
    return f"{value.day} {value:%B %Y}"


def written_day(iso: str) -> str:
    """A day, month or year written in ISO 8601, in words; anything else as it stands."""
    parts = iso.split("-")
    try:
        if len(parts) == 3:
            return day(date.fromisoformat(iso))
        if len(parts) == 2:
            return f"{date(int(parts[0]), int(parts[1]), 1):%B %Y}"
    except ValueError:
        return iso
    return iso


def minus(text: str) -> str:
    """With a minus sign instead of a hyphen."""
    return text.replace("-", "−")


def _figures(value: float, figures: int) -> str:
    if value == 0:
        return "0"
    size = math.floor(math.log10(abs(value)))
    if size >= 6 or size < -4:
        mantissa, power = f"{value:.{figures - 1}e}".split("e")
        return (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + f" × 10{_raised(int(power))}"
    places = max(figures - 1 - size, 0)
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
