"""Names, parts and replacements."""

from __future__ import annotations

import pytest

from assay.formula.ast import Call, Comparison, Name
from assay.formula.parse import parse
from assay.formula.text import text
from assay.formula.walk import Equation, calls, children, equation, names, rename, substitute

VALUES = {"fence": ("none", "built"), "wall": ("built", "high")}


def test_names_come_once_in_the_order_of_the_text_without_functions() -> None:
    assert names(parse("b + min(a, b) * (c if d == e else a)")) == ("b", "a", "c", "d", "e")


def test_values_are_no_names_where_the_variables_are_known() -> None:
    formula = parse("fence == built and none != wall and built > 3 and fence == wall")
    assert names(formula, VALUES) == ("fence", "none", "wall", "built")
    assert names(parse("fence == built"), VALUES) == ("fence",)
    assert names(parse("built == fence"), VALUES) == ("fence",)


def test_names_in_named_arguments_count_and_their_keys_do_not() -> None:
    assert names(parse("P(war, by=end, prize=2 * loss)")) == ("war", "end", "loss")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("fence == built", Equation("fence", "built", True, True)),
        ("built != fence", Equation("fence", "built", True, False)),
        ("fence == wall", Equation("fence", "wall", False, True)),
        ("fence == high", None),
        ("fence < built", None),
        ("prize == loss", None),
        ("fence == 1", None),
    ],
)
def test_a_comparison_of_a_variable_is_an_equation(written: str, found: Equation | None) -> None:
    node = parse(written).node
    assert isinstance(node, Comparison)
    assert equation(node, VALUES) == found


def test_children_come_in_the_order_of_the_text() -> None:
    assert [text(part) for part in children(parse("a if b else c").node)] == ["a", "b", "c"]
    assert [text(part) for part in children(parse("P(a, by=b)").node)] == ["a", "b"]


def test_an_outer_call_comes_before_an_inner_one() -> None:
    assert [call.function for call in calls(parse("max(exp(a), 1) + P(b)"))] == ["max", "exp", "P"]


def test_substitution_puts_trees_for_names_all_at_once() -> None:
    mapping = {"a": parse("b + 1").node, "b": Name("a")}
    assert text(substitute(parse("a * b"), mapping)) == "(b + 1) * a"
    assert substitute(parse("P(x, by=a)"), mapping) == Call("P", (Name("x"),), (("by", mapping["a"]),))


def test_substitution_leaves_values_alone_where_the_variables_are_known() -> None:
    mapping = {"built": Name("made")}
    assert text(substitute(parse("fence == built and built > 1"), mapping, VALUES)) == "fence == built and made > 1"
    assert text(substitute(parse("fence == built"), mapping)) == "fence == made"


def test_renaming_reaches_every_name() -> None:
    assert text(rename(parse("P(a, by=a) + b"), {"a": "x.y"})) == "P(x.y, by=x.y) + b"
