"""What the parser refuses and what it says; that nothing hostile gets through and nothing reaches Python."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.formula.ast import Arithmetic, Call, Choice, Logic, Name, Negative, Not, Number
from assay.formula.parse import LONGEST, FormulaError, parse


def test_numbers_are_read_as_they_are_written() -> None:
    assert [parse(written).node for written in ("3", "0.5", ".5", "3.", "1e-3", "2E+2")] == [
        Number(value) for value in (3.0, 0.5, 0.5, 3.0, 0.001, 200.0)
    ]


def test_names_have_parts_and_keywords_are_none() -> None:
    assert parse("take.revisionist").node == Name("take.revisionist")
    assert parse("iffy or android").node == Logic("or", (Name("iffy"), Name("android")))
    assert parse("not nothing").node == Not(Name("nothing"))


def test_a_long_and_is_one_node() -> None:
    assert parse("a and b and c or d").node == Logic("or", (Logic("and", (Name("a"), Name("b"), Name("c"))), Name("d")))


def test_a_plus_sign_in_front_means_nothing() -> None:
    assert parse("+a").node == Name("a")
    assert parse("-+a").node == Negative(Name("a"))


def test_a_power_binds_tighter_than_a_sign_and_to_the_right() -> None:
    assert parse("-a ** b").node == Negative(Arithmetic("**", Name("a"), Name("b")))
    assert parse("a ** b ** c").node == Arithmetic("**", Name("a"), Arithmetic("**", Name("b"), Name("c")))
    assert parse("a ** -b").node == Arithmetic("**", Name("a"), Negative(Name("b")))


def test_choices_chain_to_the_right() -> None:
    inner = Choice(Name("d"), Name("c"), Name("e"))
    assert parse("a if b else c if d else e").node == Choice(Name("b"), Name("a"), inner)


def test_named_arguments_may_be_called_as_words_of_other_languages() -> None:
    found = parse("P(war, by=end, in=2026, do=x + y, take.east=2)").node
    assert isinstance(found, Call)
    assert [key for key, _ in found.named] == ["by", "in", "do", "take.east"]


def test_spans_include_the_brackets_of_operands_and_not_the_node_s_own() -> None:
    node = parse("  (a + b) * c").node
    assert node.span == (2, 13)
    assert isinstance(node, Arithmetic)
    assert node.left.span == (3, 8)


@pytest.mark.parametrize(
    ("written", "offset", "found", "expected"),
    [
        ("", 0, "an empty formula", "a number, a name"),
        ("a +", 3, "ends too early", "a number, a name"),
        ("(a", 2, "ends too early", "a closing bracket"),
        ("a)", 1, "unexpected ')'", "the end of the formula"),
        ("a b", 2, "unexpected 'b'", "an operator before it"),
        ("a < b < c", 6, "a second comparison, '<'", "join comparisons with 'and'"),
        ("1 if a", 6, "ends too early", "an 'if' needs an 'else'"),
        ("x = 3", 2, "unexpected '='", "'==' compares"),
        ("f(a=1, 2)", 7, "a plain argument after a named one", "name it too"),
        ("5%", 1, "unexpected '%'", "0.05 for 5%"),
        ("1,000", 1, "unexpected ','", "a decimal point is a full stop"),
        ("a ^ b", 2, "unexpected '^'", "** for a power"),
        ("a & b", 2, "unexpected '&'", "write 'and'"),
        ("!a", 0, "unexpected '!'", "write 'not'"),
        ("'built'", 0, 'unexpected "\'"', "without quotation marks"),
        ("f(a,)", 4, "unexpected ')'", "a number, a name"),
        ("1e999", 0, "the number 1e999", "below 1e308"),
        ("a" * (LONGEST + 1), LONGEST, "4001 characters", "name parts of it"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(written: str, offset: int, found: str, expected: str) -> None:
    with pytest.raises(FormulaError) as caught:
        parse(written)
    assert caught.value.offset == offset
    assert found in caught.value.found
    assert expected in caught.value.expected


@pytest.mark.parametrize(
    "written",
    [
        "__class__",
        "a.__class__",
        "a.b.__init__",
        "().__class__",
        "a[0]",
        "lambda x: x",
        "[x for x in y]",
        "'a'.join",
        "f'{a}'",
        "a := 3",
        "import os",
        "a; b",
        "a\n\x00b",
        "٣",
        "ａ",
        "_private",
    ],
)
def test_nothing_of_python_s_reach_is_a_formula(written: str) -> None:
    with pytest.raises(FormulaError):
        parse(written)


@pytest.mark.parametrize(
    "written",
    [
        "-" * 10_000 + "a",
        "-" * 3_900 + "a",
        "not " * 2_500 + "a",
        "not " * 900 + "a",
        "a" + " + a" * 900,
        "a" + "**a" * 1_300,
        "a" + "/a" * 1_900,
        "1 if a else " * 300 + "1",
        "f(" * 1_500 + "a" + ")" * 1_500,
        "(" * 3_000,
        "(1 if " * 500,
        "f(" * 1_900,
    ],
    ids=lambda written: written[:12],
)
def test_hostile_nesting_is_refused_in_words(written: str) -> None:
    with pytest.raises(FormulaError):
        parse(written)


def test_brackets_alone_are_harmless() -> None:
    assert parse("(" * 1_900 + "a" + ")" * 1_900).node == Name("a")


def test_a_long_list_of_alternatives_is_not_deep() -> None:
    node = parse(" or ".join(["x == y"] * 400)).node
    assert isinstance(node, Logic)
    assert len(node.operands) == 400


_PIECES = [
    "a",
    "b.c",
    "1",
    ".5",
    "(",
    ")",
    ",",
    "=",
    "==",
    "<",
    "+",
    "-",
    "**",
    "/",
    " if ",
    " else ",
    " and ",
    " or ",
    "not ",
    "P(",
    "min(",
    "by=",
    "$",
    "'",
    "_",
    "\n",
    "e9",
    ".",
]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(_PIECES), max_size=25).map("".join)))
def test_any_text_is_a_formula_or_a_formula_error(written: str) -> None:
    error = None
    try:
        parse(written)
    except FormulaError as refused:
        error = refused
    if error is not None:
        assert 0 <= error.offset <= len(written)
        assert error.found
        assert error.expected
