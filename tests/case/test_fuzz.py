"""Whatever bytes a case file holds, the reader answers with a case or with problems, never with another exception."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.case.model import Case
from assay.case.read import read
from assay.errors import InputError, Problem

CASES = Path(__file__).parent.parent / "cases"
FENCE, BLUFF = ((CASES / name).read_bytes() for name in ("fence.yaml", "bluff.yaml"))
"""A case without types, and one with."""


@st.composite
def mutations(draw: st.DrawFn) -> bytes:
    """A case with a few slices replaced by other bytes, other words of the file, or nothing."""
    content = draw(st.sampled_from([FENCE, BLUFF]))
    words = content.split()
    for _ in range(draw(st.integers(1, 3))):
        start = draw(st.integers(0, len(content) - 1))
        length = draw(st.integers(0, 12))
        piece = draw(
            st.one_of(
                st.binary(max_size=4),
                st.sampled_from(words),
                st.sampled_from(
                    [b"[", b"]", b"{", b"}", b": ", b"\n", b"- ", b'"', b"&a", b"*a", b"1e999", b"null", b"-1"]
                ),
            )
        )
        content = content[:start] + piece + content[start + length :]
    return content


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=mutations())
def test_a_mutated_case_is_a_case_or_an_input_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mutated.yaml"
    path.write_bytes(content)
    lines = content.count(b"\n") + content.count(b"\r") + 1
    try:
        assert isinstance(read(path), Case)
        problems: tuple[Problem, ...] = ()
    except InputError as error:
        problems = error.problems
    for problem in problems:
        assert problem.found
        assert problem.expected
        assert problem.line is None or 1 <= problem.line <= lines + 1
