"""Dates with less than a day stay spans."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.ledger.knowledge import Known, derived
from assay.ledger.place import Place
from assay.ledger.source import Source
from assay.ledger.when import EVER, DateError, When, on, when


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("2025-03-18", date(2025, 3, 18), date(2025, 3, 18), "day"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025-12", date(2025, 12, 1), date(2025, 12, 31), "month"),
        ("1999", date(1999, 1, 1), date(1999, 12, 31), "year"),
    ],
)
def test_a_date_is_the_span_it_covers(text: str, first: date, last: date, precision: str) -> None:
    found = when(text)
    assert found == When(first, last)
    assert found is not None
    assert (found.precision, str(found)) == (precision, text)


@pytest.mark.parametrize("text", ["", "n.d.", "n.d. (after 2023)", "undated"])
def test_a_source_may_have_no_date(text: str) -> None:
    assert when(text) is None


@pytest.mark.parametrize("text", ["18 March", "2025-3-18", "2025-13", "2025-02-30", "0000", "2025-03-18T10:00", "25"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        when(text)


@given(st.dates(), st.integers(-400, 400))
def test_a_day_has_come_from_its_last_day_on(day: date, shift: int) -> None:
    other = min(max(day.toordinal() + shift, 1), date.max.toordinal())
    asked = date.fromordinal(other)
    month = When(day, min(date.max - timedelta(31), day) + timedelta(30)) if day < date.max - timedelta(31) else on(day)
    found = month.by(asked)
    assert found is (True if asked >= month.last else False if asked < month.first else None)


def _source(text: str) -> Source:
    return Source("S", "T", "", when(text), text, "", "", "", None, Place("f", 1, 1, ""))


@pytest.mark.parametrize(
    ("published", "done", "known", "basis"),
    [
        (["2025-03-20"], "2025-03", "2025-03-20", "published"),
        (["2025-03"], "2025-03-12", "2025-03-12 to 2025-03-31", "published"),
        (["2025-04"], "2025-03", "2025-04", "published"),
        (["2026", "2025-05-01"], "2024", "2025-05-01", "published"),
        (["n.d."], "2004-03-01", "2004-03-01", "done"),
        (["n.d.", "2025-05-01"], "2004-03-01", "2025-05-01", "published"),
        (["n.d."], "", "unknown", "unknown"),
        (["2024-03-08"], "2024", "2024-03-08", "published"),
        (["2024-03-08"], "2025", "2024-03-08", "published"),
    ],
)
def test_since_when_something_is_known(published: list[str], done: str, known: str, basis: str) -> None:
    found = derived([_source(text) for text in published], when(done))
    assert (str(found), found.basis) == (known, basis)


def test_a_source_may_say_since_when_what_it_says_could_be_known() -> None:
    copy = replace(_source("2017-05-10"), public=when("1997-09-18"), because="adopted on that day")
    assert derived([copy], None) == Known(on(date(1997, 9, 18)), "source", "adopted on that day")
    assert derived([copy, _source("1990")], None).basis == "published"
    assert derived([replace(_source("n.d."), public=when("1997-12"))], when("1997-12-03")).basis == "source"
    assert str(derived([replace(_source("2017"), public=EVER)], None)) == "always"
