"""A treaty that comes with the package has sources and test vectors, and the vectors come out."""

from __future__ import annotations

from pathlib import Path

import pytest

from assay.errors import InputError
from assay.law.books import open_book, treaties
from assay.law.vectors import failures, read_vectors
from assay.library import TREATIES

from . import made_up

KNOWN = ("APMBC", "CCM", "CFE", "INF", "NATO", "NPT", "OPEN_SKIES", "TPNW", "UNION_STATE")


def test_the_treaties_are_there() -> None:
    assert set(KNOWN) <= set(treaties())


def test_every_folder_is_a_treaty() -> None:
    assert {folder.name for folder in TREATIES.iterdir() if folder.is_dir()} == set(treaties())


@pytest.mark.parametrize("treaty", treaties())
def test_every_treaty_has_sources_and_each_is_used(treaty: str) -> None:
    book = open_book(treaty)
    assert book.rules.sources
    assert all(act.source for act in book.acts)
    folder = TREATIES / treaty
    texts = [file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name != "sources.csv"]
    unused = [source for source in book.sources if not any(source in text for text in texts)]
    assert unused == []


@pytest.mark.parametrize("treaty", treaties())
def test_every_vector_comes_out(treaty: str) -> None:
    book = open_book(treaty)
    vectors = read_vectors(book)
    assert len(vectors) >= 3
    assert failures(book) == []
    asked = {key for vector in vectors for key in vector.says}
    assert not book.rules.exit or "notice" in asked or "standing" in asked
    assert not book.rules.bars or "may" in asked


def test_wrong_vectors_are_told(tmp_path: Path) -> None:
    book = made_up.book(tmp_path, made_up.act("POL", "ratification", "2003-01-15"))
    vectors = """\
vectors:
  - {notice: 2003-08-31, in_effect: 2004-03-01}
  - {actor: POL, deposit: 2003-01-15, in_effect: 2003-07-02}
  - {actor: POL, on: 2003-06-30, standing: party}
  - {actor: POL, on: 2005-01-01, may: use, actor_answer: "yes"}
  - {on: 2005-01-01, parties: 2}
"""
    (tmp_path / "LIFE" / "vectors.yaml").write_text(vectors, encoding="utf-8")
    assert failures(book) == [
        "line 2: in_effect is '2004-02-29', expected '2004-03-01'",
        "line 3: in_effect is '2003-07-01', expected '2003-07-02'",
        "line 3: standing the day before 2003-07-02 is 'party', expected 'anything but party'",
        "line 4: standing is 'not a party', expected 'party'",
        "line 5: actor_answer is 'no', expected 'yes'",
        "line 6: parties is 1, expected 2",
    ]


def test_a_treaty_without_vectors_is_told(tmp_path: Path) -> None:
    book = made_up.book(tmp_path)
    with pytest.raises(InputError, match=r"vectors\.yaml: no such file"):
        read_vectors(book)
    (tmp_path / "LIFE" / "vectors.yaml").write_text("vectors: []\n", encoding="utf-8")
    with pytest.raises(InputError, match="no vectors; at least one"):
        failures(book)
