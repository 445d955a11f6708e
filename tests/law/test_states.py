"""Finding states by code and name."""

from __future__ import annotations

import pytest

from assay.errors import InputError
from assay.law.states import find, name, states


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("POL", "POL"),
        ("pol", "POL"),
        ("PL", "POL"),
        ("poland", "POL"),
        (" Poland ", "POL"),
        ("Turkey", "TUR"),
        ("Türkiye", "TUR"),
        ("the Russian Federation", "RUS"),
        ("United States of America", "USA"),
        ("Holy See", "VAT"),
    ],
)
def test_found(text: str, iso: str) -> None:
    assert find(text) == iso


@pytest.mark.parametrize(
    ("text", "words"),
    [("Polnd", "did you mean Poland (POL)"), ("Latvja", "Latvia (LVA)"), ("Atlantis", "a code such as POL")],
)
def test_near_misses(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        find(text)
    (problem,) = caught.value.problems
    assert problem.file == text
    assert words in problem.expected


def test_no_name_stands_for_two_states() -> None:
    names = [one.casefold() for state in states().values() for one in {state.iso3, state.iso2, state.name, *state.also}]
    assert len(names) == len(set(names))
    assert len(states()) == 197


def test_articles() -> None:
    assert [name(iso) for iso in ("USA", "POL", "NLD")] == ["the United States", "Poland", "the Netherlands"]
