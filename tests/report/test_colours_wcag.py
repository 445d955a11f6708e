"""Colours against the contrast ratio of WCAG 2.1 (W3C 2018): 4.5 to 1, in light, in dark and on paper."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = files("assay.report").joinpath("templates", "style.css").read_text(encoding="utf-8")


def _tokens(block: str) -> dict[str, str]:
    found = dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))
    return {
        name: "#" + "".join(2 * letter for letter in code[1:]) if len(code) == 4 else code
        for name, code in found.items()
    }


def _themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    light, dark, paper = (_tokens(block) for block in blocks)
    return {"light": light, "dark": {**light, **dark}, "paper": {**light, **paper}}


def _luminance(code: str) -> float:
    parts = [int(code[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _ratio(one: str, two: str) -> float:
    low, high = sorted((_luminance(one), _luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_itself() -> None:
    assert _ratio("#000000", "#ffffff") == pytest.approx(21)
    assert _ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
@pytest.mark.parametrize("text", ["ink", "ink2", "holds", "fails", "mid"])
@pytest.mark.parametrize("ground", ["paper", "faint"])
def test_text_can_be_read(theme: str, text: str, ground: str) -> None:
    tokens = _themes()[theme]
    assert _ratio(tokens[text], tokens[ground]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark", "paper"])
@pytest.mark.parametrize("ground", ["b50", "b90"])
def test_names_written_into_bands_can_be_read(theme: str, ground: str) -> None:
    tokens = _themes()[theme]
    assert _ratio(tokens["ink"], tokens[ground]) >= 4.5


def test_holding_and_failing_do_not_differ_by_colour_alone() -> None:
    from assay.report.charts.marks import key

    assert len({key(word) for word in ("holds", "mostly holds", "contested", "mostly fails", "fails", "vacuous")}) == 6
