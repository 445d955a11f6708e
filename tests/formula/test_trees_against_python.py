"""Trees that hypothesis makes: written and read back, grouped as Python groups them, said, folded, decided.

The oracle for precedence is Python's own parser (`ast`), whose grammar of expressions ours is a part of.
"""

from __future__ import annotations

import ast as python
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.assumptions.arrays import Bindings, evaluate
from assay.formula.ast import (
    Arithmetic,
    Call,
    Choice,
    Comparison,
    Formula,
    Logic,
    Name,
    Negative,
    Node,
    Not,
    Number,
)
from assay.formula.latex import latex
from assay.formula.parse import parse
from assay.formula.prose import prose
from assay.formula.text import text
from assay.formula.truth import decide
from assay.formula.walk import calls, children, descend, fold, names, rebuild, rename, substitute

MODEST = settings(max_examples=150, deadline=None)
NUMBERS = st.floats(0, 1e12, allow_nan=False).map(lambda value: Number(abs(value)))
NAMES = st.sampled_from(["a", "war_cost", "take.revisionist", "notice", "iffy", "order", "x1"]).map(Name)


def _grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(inner, min_size=2, max_size=4).map(tuple)
    named = st.lists(inner, max_size=2).map(lambda values: tuple(zip(("in", "given"), values, strict=False)))
    return st.one_of(
        st.builds(Call, st.sampled_from(["min", "P", "exp"]), st.lists(inner, max_size=3).map(tuple), named),
        st.builds(Negative, inner),
        st.builds(Not, inner),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "/", "**"]), inner, inner),
        st.builds(Comparison, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), inner, inner),
        st.builds(Logic, st.sampled_from(["and", "or"]), several),
        st.builds(Choice, inner, inner, inner),
    )


TREES = st.recursive(NUMBERS | NAMES, _grown, max_leaves=12)


@MODEST
@given(TREES)
def test_a_tree_that_is_written_is_read_back_the_same(tree: Node) -> None:
    assert parse(text(tree)).node == tree


@MODEST
@given(TREES)
def test_every_span_is_the_text_of_its_node(tree: Node) -> None:
    formula = parse(text(tree))
    for node in descend(formula):
        assert parse(formula.text[slice(*node.span)]).node == node


_PYTHON: dict[type[Any], str] = {
    python.Add: "+",
    python.Sub: "-",
    python.Mult: "*",
    python.Div: "/",
    python.Pow: "**",
    python.Lt: "<",
    python.LtE: "<=",
    python.Gt: ">",
    python.GtE: ">=",
    python.Eq: "==",
    python.NotEq: "!=",
    python.And: "and",
    python.Or: "or",
}


def _as_python_reads(node: python.expr) -> Node:
    match node:
        case python.Constant(int() | float() as value):
            return Number(float(value))
        case python.Name(name):
            return Name(name)
        case python.Attribute(python.Name(owner), part):
            return Name(f"{owner}.{part}")
        case python.UnaryOp(python.USub(), operand):
            return Negative(_as_python_reads(operand))
        case python.UnaryOp(_, operand):
            return Not(_as_python_reads(operand))
        case python.BinOp(left, operator, right):
            return Arithmetic(_PYTHON[type(operator)], _as_python_reads(left), _as_python_reads(right))
        case python.Compare(left, [operator], [right]):
            return Comparison(_PYTHON[type(operator)], _as_python_reads(left), _as_python_reads(right))
        case python.BoolOp(operator, values):
            return Logic(_PYTHON[type(operator)], tuple(map(_as_python_reads, values)))
        case python.IfExp(test, body, orelse):
            return Choice(*map(_as_python_reads, (test, body, orelse)))
        case python.Call(python.Name(function), args, keywords):
            named = tuple((str(keyword.arg), _as_python_reads(keyword.value)) for keyword in keywords)
            return Call(function, tuple(map(_as_python_reads, args)), named)
    raise AssertionError(python.dump(node))


@MODEST
@given(TREES)
def test_operations_are_grouped_as_python_groups_them(tree: Node) -> None:
    written = text(tree).replace("in=", "inside=")  # a keyword of Python, not of ours
    assert parse(written).node == _as_python_reads(python.parse(written, mode="eval").body)


@MODEST
@given(TREES)
def test_every_tree_can_be_said_and_typeset(tree: Node) -> None:
    said = prose(tree, {})
    assert said
    assert "  " not in said
    assert said.count("(") == said.count(")")
    set_in_type = latex(tree)
    assert set_in_type.count("{") == set_in_type.count("}")
    assert set_in_type.count(r"\left") == set_in_type.count(r"\right")


@MODEST
@given(TREES)
def test_walks_agree_with_each_other(tree: Node) -> None:
    nodes = list(descend(tree))
    assert fold(tree, lambda _, below: 1 + sum(below)) == len(nodes)
    assert set(names(tree)) == {node.id for node in nodes if isinstance(node, Name)}
    assert calls(tree) == tuple(node for node in nodes if isinstance(node, Call))
    assert all(rebuild(node, children(node)) == node for node in nodes)


@MODEST
@given(TREES)
def test_renaming_there_and_back_changes_nothing(tree: Node) -> None:
    there = {name: f"new.{name}" for name in names(tree)}
    back = {new: old for old, new in there.items()}
    renamed = rename(tree, there)
    assert set(names(renamed)) == set(there.values())
    assert rename(renamed, back) == tree
    assert substitute(tree, {old: Name(new) for old, new in there.items()}) == renamed


_ARITHMETIC = st.sampled_from(["+", "-", "*", "/", "**"])
_ORDER = st.sampled_from(["<", "<=", ">", ">="])
_CONSTANTS = st.sampled_from([0.0, 0.5, 1.0, 2.0, 700.0, 1e200]).map(Number)
_WORLD = {"fence": "built", "line": "none"}
_DOMAIN = {"fence": ("none", "built"), "line": ("none", "works", "built")}
_TESTS = st.sampled_from(["fence == built", "line != built", "fence == line", "none == line", "fence != line"])


def _numeric(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    truths = st.one_of(
        _TESTS.map(lambda test: parse(test).node),
        st.builds(Comparison, _ORDER, inner, inner),
    )
    joined = truths | st.builds(Logic, st.sampled_from(["and", "or"]), st.tuples(truths, truths)) | truths.map(Not)
    functions = st.sampled_from(["exp", "log", "logit", "expit", "abs", "sqrt"])
    return st.one_of(
        st.builds(Arithmetic, _ARITHMETIC, inner, inner),
        st.builds(Negative, inner),
        st.builds(Choice, joined, inner, inner),
        st.builds(Call, functions, st.tuples(inner)),
        st.builds(Call, st.sampled_from(["min", "max"]), st.tuples(inner, inner)),
        st.builds(Call, st.just("clip"), st.tuples(inner, inner, inner)),
    )


@MODEST
@given(st.recursive(_CONSTANTS, _numeric, max_leaves=10))
def test_a_world_is_decided_as_arrays_decide_it(tree: Node) -> None:
    codes = {name: float(values.index(_WORLD[name])) for name, values in _DOMAIN.items()}
    expected = np.float64(evaluate(tree, Bindings(values=codes, named=_DOMAIN)))
    found = decide(tree, _WORLD, _DOMAIN)
    assert found is not None
    np.testing.assert_allclose(float(found), expected, rtol=1e-9)


def test_two_formulas_that_say_the_same_are_equal() -> None:
    assert parse("a+ b") == parse("a  +b")
    assert parse("a+b") != parse("b+a")
    assert isinstance(parse("a"), Formula)
