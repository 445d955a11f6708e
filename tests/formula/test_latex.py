"""Formulas as LaTeX."""

from __future__ import annotations

import pytest

from assay.formula.latex import latex
from assay.formula.parse import parse

EXAMPLES = {
    "a * b + c": r"a \cdot b + c",
    "(a + b) / (a * c)": r"\frac{a + b}{a \cdot c}",
    "(a / b) ** 2": r"\left(\frac{a}{b}\right)^{2}",
    "a - (b - c)": r"a - \left(b - c\right)",
    "-(a + b)": r"-\left(a + b\right)",
    "exp(-a)": "e^{-a}",
    "abs(a - b) <= 1e-9": r"\left|a - b\right| \le 10^{-9}",
    "2.5e-9 * a": r"\left(2.5 \cdot 10^{-9}\right) \cdot a",
    "not a and b != c": r"\lnot a \land b \ne c",
    "(a or b) and c": r"\left(a \lor b\right) \land c",
    "a if b else c": r"\begin{cases} a & \text{if } b \\ c & \text{otherwise} \end{cases}",
    "war_cost": r"\mathrm{war\_cost}",
    "P(war, given=a, do=b, by=c)": (r"\Pr\left(\mathrm{war} \mid a; \mathrm{do}\left(b\right), \mathrm{by} = c\right)"),
    "max(a, b)": r"\max\left(a, b\right)",
}


@pytest.mark.parametrize(("written", "typeset"), EXAMPLES.items())
def test_a_formula_is_typeset_so(written: str, typeset: str) -> None:
    assert latex(parse(written), {name: name for name in "abc"}) == typeset


def test_a_name_may_have_a_symbol() -> None:
    assert latex(parse("discount ** 2"), {"discount": r"\delta"}) == r"\delta^{2}"
