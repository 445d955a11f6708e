"""Whatever a treaty's files hold, the reader answers with a treaty or with problems, never with another exception."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.law.books import open_book
from assay.law.standing import standing
from assay.law.timeline import timeline
from assay.law.vectors import failures
from assay.library import TREATIES

FILES = ("rules.yaml", "acts.csv", "sources.csv", "contests.yaml", "vectors.yaml")
SHORT = {name: (TREATIES / "INF" / name).read_text(encoding="utf-8") for name in FILES}
SOME = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
SCRAPS = st.sampled_from(
    [
        *(
            "",
            "\n",
            ",",
            ": ",
            "[",
            "{",
            "'",
            '"',
            "- ",
            "#",
            "&a",
            "*a",
            "!!x",
            "<<",
            "0",
            "-1",
            "1e9",
            "null",
            "true",
        ),
        *("RUS", "notice", "succession", "9999-12-31", "2019-02-30", "/2020", "2020/", "suspension", "months", "all"),
        *("\t", "\x00", "\ufeff", "é"),
    ]
)


def opens(folder: Path) -> None:
    try:
        book = open_book("INF", folder)
        for actor in book.rules.covers or ("USA",):
            timeline(book, actor)
            standing(book, actor, book.rules.checked, book.rules.checked)
        failures(book)
    except InputError as error:
        problems = error.problems
    else:
        return
    assert problems
    assert all(problem.found and problem.expected for problem in problems)


@SOME
@given(name=st.sampled_from(FILES), place=st.floats(0, 1), length=st.integers(0, 40), scrap=SCRAPS)
def test_a_scrap_in_the_wrong_place(tmp_path: Path, name: str, place: float, length: int, scrap: str) -> None:
    folder = tmp_path / "INF"
    folder.mkdir(exist_ok=True)
    for file, text in SHORT.items():
        start = int(place * len(text))
        changed = text[:start] + scrap + text[start + length :] if file == name else text
        (folder / file).write_text(changed, encoding="utf-8", newline="")
    opens(folder)


@SOME
@given(name=st.sampled_from(FILES), content=st.binary(max_size=200))
def test_any_bytes(tmp_path: Path, name: str, content: bytes) -> None:
    folder = tmp_path / "INF"
    folder.mkdir(exist_ok=True)
    for file, text in SHORT.items():
        (folder / file).write_bytes(content if file == name else text.encode())
    opens(folder)


@SOME
@given(
    kind=st.sampled_from(
        ["opened", "entry", "exit", "bars", "roles", "covers", "sources", "signature", "consent", "also"]
    ),
    value=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["article", "months"])),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(st.sampled_from(["article", "months", "act", "x"]), inner, max_size=3),
        ),
        max_leaves=6,
    ),
)
def test_any_value_of_a_key(tmp_path: Path, kind: str, value: object) -> None:
    folder = tmp_path / "INF"
    folder.mkdir(exist_ok=True)
    for file, text in SHORT.items():
        (folder / file).write_text(text, encoding="utf-8")
    lines = [line for line in SHORT["rules.yaml"].splitlines() if not line.startswith((kind, " "))]
    (folder / "rules.yaml").write_text("\n".join([*lines, f"{kind}: {json.dumps(value)}"]), encoding="utf-8")
    opens(folder)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "INF"
    folder.mkdir()
    for file, text in SHORT.items():
        (folder / file).write_text(text, encoding="utf-8")
    (folder / name).unlink()
    (folder / name).mkdir()
    opens(folder)
