# mypy: disable-error-code="no-untyped-call,untyped-decorator,attr-defined"
# ruff: noqa: ARG001  (Numba fixes the arguments of typing and lowering)
"""`Lanes`: LANES draws as one machine vector, inside compiled kernels.

A loop over eight lanes of NumPy arrays is left scalar by LLVM wherever two arrays might overlap, which is everywhere
in a table-driven kernel. A Numba type of its own, lowered to an LLVM vector, is vectorised by construction and keeps
its sums in registers. It has the operators + - * /, and the functions of this file. `exp` is a polynomial, accurate
to two units in the last place, because libm's takes one number at a time.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, ClassVar, TypeAlias

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.core.typing import signature
from numba.core.typing.templates import ConcreteTemplate, infer_global
from numba.extending import intrinsic, lower_builtin, models, register_model

from assay.game.game import LANES

Lanes: TypeAlias = Any
"""What annotations of kernels call a value of `LanesType`."""
_lanewise: Any = intrinsic
DOUBLES = ir.VectorType(ir.DoubleType(), LANES)
BITS = ir.VectorType(ir.IntType(64), LANES)
INTS = ir.VectorType(ir.IntType(32), LANES)


class LanesType(types.Type):
    """The Numba type of LANES float64 that are treated at once."""

    def __init__(self) -> None:
        super().__init__(name=f"Lanes{LANES}")


LANES_TYPE = LanesType()


@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, dmm: Any, fe_type: Any) -> None:
        super().__init__(dmm, fe_type, DOUBLES)


def _constant(value: float) -> ir.Constant:
    return ir.Constant(DOUBLES, [value] * LANES)


def _fma(builder: Any, a: Any, b: Any, c: Any) -> Any:
    kind = ir.FunctionType(DOUBLES, [DOUBLES] * 3)
    return builder.call(cgutils.get_or_insert_function(builder.module, kind, f"llvm.fma.v{LANES}f64"), [a, b, c])


def _binary(build: Callable[[Any, Any, Any], Any]) -> Any:
    @_lanewise
    def operation(typingctx: Any, a: Any, b: Any) -> Any:
        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            return build(builder, args[0], args[1])

        return LANES_TYPE(LANES_TYPE, LANES_TYPE), codegen

    return operation


def _operator(symbol: Any, build: Callable[[Any, Any, Any], Any]) -> None:
    @infer_global(symbol)
    class _Typing(ConcreteTemplate):
        cases: ClassVar[list[Any]] = [signature(LANES_TYPE, LANES_TYPE, LANES_TYPE)]

    @lower_builtin(symbol, LANES_TYPE, LANES_TYPE)
    def lowered(context: Any, builder: Any, sig: Any, args: Any) -> Any:
        return build(builder, args[0], args[1])


_operator(operator.add, lambda builder, a, b: builder.fadd(a, b))
_operator(operator.sub, lambda builder, a, b: builder.fsub(a, b))
_operator(operator.mul, lambda builder, a, b: builder.fmul(a, b))
_operator(operator.truediv, lambda builder, a, b: builder.fdiv(a, b))

larger = _binary(lambda builder, a, b: builder.select(builder.fcmp_ordered(">", a, b), a, b))
"""Lanewise maximum; the second argument where one of them is not a number."""
smaller = _binary(lambda builder, a, b: builder.select(builder.fcmp_ordered("<", a, b), a, b))
"""Lanewise minimum; the second argument where one of them is not a number."""


def _address(context: Any, builder: Any, array_type: Any, array: Any, index_types: Any, indices: Any) -> Any:
    structure = context.make_array(array_type)(context, builder, array)
    whole = [context.cast(builder, i, t, types.intp) for i, t in zip(indices, index_types, strict=True)]
    whole.append(context.get_constant(types.intp, 0))
    return cgutils.get_item_pointer(context, builder, array_type, structure, whole, wraparound=False)


def _load(builder: Any, pointer: Any) -> Any:
    return builder.load(builder.bitcast(pointer, DOUBLES.as_pointer()), align=8)


def _store(builder: Any, value: Any, pointer: Any) -> None:
    builder.store(value, builder.bitcast(pointer, DOUBLES.as_pointer()), align=8)


@_lanewise
def load(typingctx: Any, array: Any, i: Any) -> Any:
    """The lanes of row `i` of an array of shape (rows, LANES)."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _load(builder, _address(context, builder, array, args[0], (i,), args[1:]))

    return LANES_TYPE(array, i), codegen


@_lanewise
def load2(typingctx: Any, array: Any, i: Any, j: Any) -> Any:
    """The lanes at `i, j` of an array of shape (rows, columns, LANES)."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _load(builder, _address(context, builder, array, args[0], (i, j), args[1:]))

    return LANES_TYPE(array, i, j), codegen


@_lanewise
def store(typingctx: Any, array: Any, i: Any, value: Any) -> Any:
    """Writes lanes to row `i` of an array of shape (rows, LANES)."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        _store(builder, args[2], _address(context, builder, array, args[0], (i,), args[1:2]))
        return context.get_dummy_value()

    return types.void(array, i, LANES_TYPE), codegen


@_lanewise
def store2(typingctx: Any, array: Any, i: Any, j: Any, value: Any) -> Any:
    """Writes lanes at `i, j` of an array of shape (rows, columns, LANES)."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        _store(builder, args[3], _address(context, builder, array, args[0], (i, j), args[1:3]))
        return context.get_dummy_value()

    return types.void(array, i, j, LANES_TYPE), codegen


@_lanewise
def gather(typingctx: Any, array: Any, i: Any, j: Any, index: Any) -> Any:
    """From an array of shape (rows, columns, LANES) each lane's number at `i + index, j`, the index a whole number."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        structure = context.make_array(array)(context, builder, args[0])
        width = builder.trunc(builder.extract_value(structure.shape, 1), ir.IntType(32))
        whole = builder.fptosi(args[3], INTS)
        factor = builder.insert_element(ir.Constant(INTS, ir.Undefined), width, ir.Constant(ir.IntType(32), 0))
        zeros = ir.Constant(INTS, [0] * LANES)
        factor = builder.shuffle_vector(factor, ir.Constant(INTS, ir.Undefined), zeros)
        rows = builder.mul(builder.mul(whole, factor), ir.Constant(INTS, [LANES] * LANES))
        offsets = builder.add(rows, ir.Constant(INTS, list(range(LANES))))
        base = _address(context, builder, array, args[0], (i, j), args[1:3])
        result = ir.Constant(DOUBLES, ir.Undefined)
        for lane in range(LANES):
            place = ir.Constant(ir.IntType(32), lane)
            offset = builder.sext(builder.extract_element(offsets, place), ir.IntType(64))
            result = builder.insert_element(result, builder.load(builder.gep(base, [offset])), place)
        return result

    return LANES_TYPE(array, i, j, LANES_TYPE), codegen


@_lanewise
def spread(typingctx: Any, value: Any) -> Any:
    """The same number in every lane."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        number = context.cast(builder, args[0], value, types.float64)
        single = builder.insert_element(ir.Constant(DOUBLES, ir.Undefined), number, ir.Constant(ir.IntType(32), 0))
        zeros = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return builder.shuffle_vector(single, ir.Constant(DOUBLES, ir.Undefined), zeros)

    return LANES_TYPE(value), codegen


@_lanewise
def fma(typingctx: Any, a: Any, b: Any, c: Any) -> Any:
    """a * b + c, rounded once."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return _fma(builder, *args)

    return LANES_TYPE(LANES_TYPE, LANES_TYPE, LANES_TYPE), codegen


@_lanewise
def where_less(typingctx: Any, a: Any, b: Any, yes: Any, no: Any) -> Any:
    """Lanewise `yes if a < b else no`."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        return builder.select(builder.fcmp_ordered("<", args[0], args[1]), args[2], args[3])

    return LANES_TYPE(*([LANES_TYPE] * 4)), codegen


@_lanewise
def any_less(typingctx: Any, a: Any, b: Any) -> Any:
    """Whether a < b in some lane."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        bits = builder.bitcast(builder.fcmp_ordered("<", args[0], args[1]), ir.IntType(LANES))
        return builder.icmp_unsigned("!=", bits, ir.Constant(ir.IntType(LANES), 0))

    return types.boolean(LANES_TYPE, LANES_TYPE), codegen


@_lanewise
def magnitude(typingctx: Any, a: Any) -> Any:
    """Lanewise absolute value."""

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        mask = ir.Constant(BITS, [(1 << 63) - 1] * LANES)
        return builder.bitcast(builder.and_(builder.bitcast(args[0], BITS), mask), DOUBLES)

    return LANES_TYPE(LANES_TYPE), codegen


_LOG2_E = 1.4426950408889634
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_SHIFTER = 6755399441055744.0  # 1.5 * 2**52: adding it leaves the nearest whole number in the low bits
_LOWEST = -708.0
_HIGHEST = 709.0
_TAYLOR = (
    1.0,
    1.0,
    1 / 2,
    1 / 6,
    1 / 24,
    1 / 120,
    1 / 720,
    1 / 5040,
    1 / 40320,
    1 / 362880,
    1 / 3628800,
    1 / 39916800,
    1 / 479001600,
)


@_lanewise
def exp(typingctx: Any, x: Any) -> Any:
    """e**x lanewise: Cody-Waite reduction by ln 2, a polynomial of degree 12, and the exponent put in by its bits.

    0 below -708, held at e**709 above 709; not a number stays so.
    """

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        (x,) = args
        low = builder.fcmp_ordered("<", x, _constant(_LOWEST))
        held = builder.select(builder.fcmp_ordered(">", x, _constant(_HIGHEST)), _constant(_HIGHEST), x)
        held = builder.select(low, _constant(_LOWEST), held)
        shifted = _fma(builder, held, _constant(_LOG2_E), _constant(_SHIFTER))
        whole = builder.fsub(shifted, _constant(_SHIFTER))
        rest = _fma(builder, whole, _constant(-_LN2_HIGH), held)
        rest = _fma(builder, whole, _constant(-_LN2_LOW), rest)
        result = _constant(_TAYLOR[-1])
        for coefficient in reversed(_TAYLOR[:-1]):
            result = _fma(builder, result, rest, _constant(coefficient))
        exponent = builder.add(builder.bitcast(shifted, BITS), ir.Constant(BITS, [1023] * LANES))
        power = builder.bitcast(builder.shl(exponent, ir.Constant(BITS, [52] * LANES)), DOUBLES)
        return builder.select(low, _constant(0.0), builder.fmul(result, power))

    return LANES_TYPE(LANES_TYPE), codegen
