"""Facts written as CSV or Parquet and read again are the same facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.errors import InputError
from assay.ledger.exchange import COLUMNS, export, import_facts
from assay.ledger.fact import FLAGS, Fact, read_facts
from assay.ledger.knowledge import Known, derived, stated
from assay.ledger.ledger import open_ledger
from assay.ledger.place import Place
from assay.ledger.source import read_sources
from assay.ledger.when import when

from .support import MINE_BAN, SOURCES, write

names = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,8}", fullmatch=True)
texts = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("Cc", "Zs", "Zl", "Zp")), max_size=12
)
numbers = st.one_of(st.integers(-(10**9), 10**9).map(float), st.floats(-1e12, 1e12))
dates = st.sampled_from(["2020", "2021-02", "2022-12-31", "1999"])
AT = Place("f", 1, 1, "")


@st.composite
def a_fact(draw: st.DrawFn, number: int, sources: dict[str, object]) -> Fact:
    bounds = sorted(draw(st.tuples(numbers, numbers, numbers)))
    low, value, high = (found if draw(st.booleans()) else None for found in bounds)
    if low is None and high is None and value is None:
        value = bounds[1]
    unit = draw(st.sampled_from(["km", "EUR", "million USD", "percent of GDP", "persons"]))
    money = unit in ("EUR", "million USD")
    done = when(draw(dates))
    assert done is not None
    said = draw(st.sampled_from(["", "always", "2020-05"]))
    known: Known = derived([sources["S_PAPER"]], done)  # type: ignore[list-item]
    if said:
        known = stated(None if said == "always" else when(said), draw(texts.filter(bool)) or "so")
    return Fact(
        place=draw(names),
        indicator=f"{draw(names)}{number}",
        date=done,
        value=value,
        low=low,
        high=high,
        unit=unit,
        price_year=2020 if money else None,
        flag=draw(st.sampled_from(FLAGS)),
        sources=("S_PAPER",),
        known=known,
        note=draw(texts),
        at=AT,
    )


@given(st.data())
@settings(max_examples=60)
@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_what_is_written_is_read_again(ending: str, data: st.DataObject) -> None:
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "sources.csv").write_text(SOURCES, encoding="utf-8")
        sources = read_sources(folder, [])
        facts = tuple(
            data.draw(a_fact(number, sources))  # type: ignore[arg-type]
            for number in range(data.draw(st.integers(1, 3)))
        )
        table = export(facts, folder / f"out{ending}")
        import_facts(table, folder)
        problems: list[object] = []
        assert read_facts(folder, sources, problems) == facts  # type: ignore[arg-type]
        assert not problems


@pytest.mark.parametrize("ending", [".csv", ".parquet"])
def test_the_built_in_facts_come_back_as_they_are(tmp_path: Path, ending: str) -> None:
    ledger = open_ledger(MINE_BAN, claims=False)
    (tmp_path / "sources.csv").write_text((MINE_BAN / "sources.csv").read_text(encoding="utf-8"), encoding="utf-8")
    import_facts(export(ledger.facts, tmp_path / f"out{ending}"), tmp_path)
    assert open_ledger(tmp_path).facts == ledger.facts


def test_parquet_keeps_numbers_as_numbers(tmp_path: Path) -> None:
    ledger = open_ledger(write(tmp_path / "study"))
    table = pq.read_table(export(ledger.facts, tmp_path / "out.parquet"))
    assert table.column_names == list(COLUMNS)
    kinds = {name: str(table.schema.field(name).type) for name in ("value", "price_year", "date")}
    assert kinds == {"value": "double", "price_year": "int32", "date": "string"}


@pytest.mark.parametrize("name", ["out.xlsx", "out", "missing/out.csv"])
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match=r"ending|no ending|cannot be written"):
        export((), tmp_path / name)


def test_a_table_with_problems_is_told_by_its_own_name_and_nothing_is_written(tmp_path: Path) -> None:
    folder = write(tmp_path / "study")
    before = (folder / "facts.csv").read_text(encoding="utf-8")
    table = tmp_path / "new.csv"
    table.write_text("place,indicator,date,value,unit,source_id\nAAA,i,2020,x,km,S_NO\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_facts(table, folder)
    assert {(problem.file, problem.line, problem.column) for problem in caught.value.problems} == {
        (str(table), 2, 12),
    }
    assert (folder / "facts.csv").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    ("column", "number", "words"),
    [
        ("low", float("nan"), r"new\.parquet:2:\d+ \(low\): 'nan'; a number"),
        ("value", float("inf"), r"new\.parquet:2:\d+ \(value\): 'inf'; a number"),
        ("high", float("-inf"), r"new\.parquet:2:\d+ \(high\): '-inf'; a number"),
        ("price_year", float("nan"), r"new\.parquet:2:\d+ \(price_year\): 'nan'; a year"),
    ],
)
def test_what_is_no_finite_number_in_a_parquet_table_is_refused(
    tmp_path: Path, column: str, number: float, words: str
) -> None:
    row = {"place": "AAA", "indicator": "i", "date": "2020", "value": 1.5, "low": None, "high": None, "unit": "EUR"}
    row |= {"price_year": 2020.0, "source_id": "S_PAPER", column: number}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "new.parquet")
    with pytest.raises(InputError, match=words):
        import_facts(tmp_path / "new.parquet", write(tmp_path / "study"))


def test_what_is_no_parquet_is_said(tmp_path: Path) -> None:
    folder = write(tmp_path / "study")
    (tmp_path / "new.parquet").write_bytes(b"not a table")
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        import_facts(tmp_path / "new.parquet", folder)
    with pytest.raises(InputError):
        import_facts(tmp_path / "none.parquet", folder)


def test_a_ledger_is_equal_by_content(tmp_path: Path) -> None:
    one, two = open_ledger(write(tmp_path / "one")), open_ledger(write(tmp_path / "two"))
    assert one.facts == two.facts
    assert one.claims == two.claims
    assert one.day == date(2020, 3, 15)
