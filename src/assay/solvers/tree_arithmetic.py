# mypy: disable-error-code="no-untyped-call"
"""Lanewise arithmetic that is written down as machine code, and folded where it is known beforehand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from llvmlite import ir

from assay.solvers.kernel_lanes import BITS, DOUBLES, LANES_TYPE, exp

_, _exp_code = exp._defn(None, LANES_TYPE)
Term = Any
"""Lanes of the code being written, or a float where the value is known now."""


class Code:
    """Lanewise arithmetic that is written down, and folded where it is known now."""

    def __init__(self, builder: Any, base: Any) -> None:
        self.builder = builder
        self.base = base

    def constant(self, value: float) -> Any:
        """The same number in every lane."""
        return ir.Constant(DOUBLES, [float(value)] * DOUBLES.count)

    def lanes(self, term: Term) -> Any:
        """A term as lanes."""
        return self.constant(term) if isinstance(term, float) else term

    def _row(self, row: int) -> Any:
        place = self.builder.gep(self.base, [ir.Constant(ir.IntType(64), row * DOUBLES.count)])
        return self.builder.bitcast(place, DOUBLES.as_pointer())

    def load(self, row: int) -> Term:
        """The lanes of a row."""
        return self.builder.load(self._row(row), align=8)

    def store(self, row: int, term: Term) -> None:
        """Writes lanes to a row."""
        self.builder.store(self.lanes(term), self._row(row), align=8)

    def add(self, a: Term, b: Term) -> Term:
        """a + b."""
        if isinstance(a, float) and isinstance(b, float):
            return a + b
        if _is(a, 0.0):
            return b
        if _is(b, 0.0):
            return a
        return self.builder.fadd(self.lanes(a), self.lanes(b))

    def sub(self, a: Term, b: Term) -> Term:
        """a - b."""
        if isinstance(a, float) and isinstance(b, float):
            return a - b
        if _is(b, 0.0):
            return a
        return self.builder.fsub(self.lanes(a), self.lanes(b))

    def mul(self, a: Term, b: Term) -> Term:
        """a * b."""
        if isinstance(a, float) and isinstance(b, float):
            return a * b
        for known, other in ((a, b), (b, a)):
            if isinstance(known, float) and known in (0.0, 1.0):
                return other if known else 0.0
        return self.builder.fmul(self.lanes(a), self.lanes(b))

    def div(self, a: Term, b: Term) -> Term:
        """a / b."""
        if isinstance(a, float) and (isinstance(b, float) or a == 0.0):
            return a / b if isinstance(b, float) else 0.0
        if isinstance(b, float):
            return self.mul(a, 1.0 / b)
        return self.builder.fdiv(self.lanes(a), b)

    def less(self, a: Term, b: Term) -> Any:
        """Whether a < b, by lanes."""
        return self.builder.fcmp_ordered("<", self.lanes(a), self.lanes(b))

    def larger(self, a: Term, b: Term) -> Term:
        """Lanewise maximum."""
        return self.builder.select(self.less(b, a), self.lanes(a), self.lanes(b))

    def magnitude(self, a: Term) -> Term:
        """Lanewise absolute value."""
        mask = ir.Constant(BITS, [(1 << 63) - 1] * DOUBLES.count)
        bits = self.builder.bitcast(self.lanes(a), BITS)
        return self.builder.bitcast(self.builder.and_(bits, mask), DOUBLES)

    def held(self, a: Term, far: float) -> Term:
        """a, but no farther from 0 than `far`, which stands for what is not a number too."""
        below = self.builder.select(self.less(a, far), self.lanes(a), self.constant(far))
        return self.larger(below, -far)

    def exp(self, a: Term) -> Term:
        """e**a."""
        return _exp_code(None, self.builder, None, (self.lanes(a),))

    def total(self, terms: Sequence[Term]) -> Term:
        """The sum of terms."""
        result: Term = 0.0
        for term in terms:
            result = self.add(result, term)
        return result


def solved(code: Code, matrix: list[list[Term]], right: list[Term]) -> tuple[list[Term], Term]:
    """`right` divided by a matrix, and the determinant's sign as a product of pivots; rows with the fewest entries
    first.
    """
    count = len(right)
    matrix, right = [list(row) for row in matrix], list(right)
    determinant: Term = 1.0
    waiting, order = set(range(count)), []
    while waiting:
        k = min(waiting, key=lambda i: (_fill(matrix, waiting, i), i))
        waiting.remove(k)
        order.append(k)
        determinant = code.mul(determinant, matrix[k][k])
        inverse = code.div(1.0, matrix[k][k])
        matrix[k][k] = inverse
        for i in sorted(waiting):
            if _is(matrix[i][k], 0.0):
                continue
            factor = code.mul(matrix[i][k], inverse)
            for j in waiting:
                matrix[i][j] = code.sub(matrix[i][j], code.mul(factor, matrix[k][j]))
            right[i] = code.sub(right[i], code.mul(factor, right[k]))
    for k in reversed(order):
        later = order[order.index(k) + 1 :]
        for j in later:
            right[k] = code.sub(right[k], code.mul(matrix[k][j], right[j]))
        right[k] = code.mul(right[k], matrix[k][k])
    return right, determinant


def _fill(matrix: list[list[Term]], waiting: set[int], k: int) -> int:
    """How many products eliminating k asks for, with a preference for pivots that are known to be 1."""
    rows = sum(not _is(matrix[i][k], 0.0) for i in waiting if i != k)
    columns = sum(not _is(matrix[k][j], 0.0) for j in waiting if j != k)
    return rows * columns + (not _is(matrix[k][k], 1.0))


def _is(term: Term, value: float) -> bool:
    return isinstance(term, float) and term == value
