"""Places: every value of a document is found again where it stands."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.documents.locate import Locator, spell
from assay.documents.tree import compose, resolve

TEXT = """\
plain: a + b
quoted: "a + b"
single: 'a + b'
escaped: "a \\t+ b"
folded: a +
  b
deep: {list: [x, {go fight: 0.5, "a.b[0]": 2}]}
empty:
"""


@pytest.fixture
def locator() -> Locator:
    return compose(TEXT, "t.yaml")[1]


@pytest.mark.parametrize(
    ("path", "offset", "line", "column"),
    [
        (("plain",), None, 1, 8),
        (("plain",), 4, 1, 12),
        (("quoted",), None, 2, 9),
        (("quoted",), 4, 2, 14),
        (("single",), 4, 3, 14),
        (("escaped",), 4, 4, 10),  # not as written, so only its start is sure
        (("folded",), 4, 5, 9),
        (("deep", "list", 1, "go fight"), None, 7, 29),
        (("deep", "list", 1, "a.b[0]"), None, 7, 44),
        (("deep", "list", 5), None, 7, 8),
        (("deep", "nothing"), None, 7, 1),
    ],
)
def test_a_problem_stands_where_its_value_stands(
    locator: Locator, path: tuple[str | int, ...], offset: int | None, line: int, column: int
) -> None:
    problem = locator.problem(path, "found", "expected", offset)
    assert (problem.line, problem.column) == (line, column)
    assert locator.problem(spell(path), "found", "expected", offset) == problem


def _leaves(data: Any, path: tuple[str | int, ...] = ()) -> Any:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _leaves(value, (*path, index))
    else:
        yield path, data


def test_every_leaf_of_a_case_is_found_at_its_line_and_column() -> None:
    text = (Path(__file__).parent / "everything.yaml").read_text(encoding="utf-8")
    data, locator = compose(text, "everything.yaml")
    lines = text.splitlines()
    count = 0
    for path, value in _leaves(data):
        problem = locator.problem(path, "", "")
        assert locator.path(problem.path) == path
        there = lines[problem.line - 1][problem.column - 1 :].lstrip("\"'")
        if isinstance(value, str):
            assert there.startswith(value), (path, there)
        elif isinstance(value, int | float) and not isinstance(value, bool):
            assert float(there.split(",")[0].split("}")[0].split("]")[0]) == value, (path, there)
        count += 1
    assert count > 250


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("off", "off"),
        ("no", "no"),
        ("Yes", "Yes"),
        ("in", "in"),
        ("true", True),
        ("null", None),
        ("~", None),
        ("1e-3", 0.001),
        (".5", 0.5),
        ("-2.", -2.0),
        ("007", 7),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2025-01-01", "2025-01-01"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("1e999", "1e999"),
        ("9" * 400, "9" * 400),
        ("-", "-"),
    ],
)
def test_scalars_are_read_as_yaml_1_2_reads_them(text: str, value: object) -> None:
    read = resolve(text)
    assert read == value
    assert type(read) is type(value)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text("abc .[]", min_size=1, max_size=5).map(str.strip).filter(bool), st.integers(0, 9)))
def test_a_path_as_text_leads_back_to_its_key(table: dict[str, int]) -> None:
    text = "{" + ", ".join(f'"{key}": {value}' for key, value in table.items()) + "}"
    data, locator = compose(text, "t.yaml")
    assert data == table
    for key in table:
        place = locator.problem((key,), "", "")
        assert locator.path(spell((key,))) == (key,)
        assert text[place.column - 1] == str(table[key])


def test_reading_a_case_loads_no_numerical_library() -> None:
    code = (
        "import sys; from assay.case.read import read; read(sys.argv[1]); "
        "print([name for name in ('numpy', 'scipy', 'pandas', 'pyarrow', 'numba') if name in sys.modules])"
    )
    case = Path(__file__).parent / "everything.yaml"
    done = subprocess.run([sys.executable, "-c", code, str(case)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
