"""Keys that the language keeps for what it cannot do yet: refused by name, never ignored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assay.documents.locate import Path

RESERVED: tuple[tuple[tuple[str, ...], tuple[str, ...], str], ...] = (
    (("assumptions", "*"), ("experts",), "several experts' ranges are not in the language yet; give one distribution"),
    ((), ("observed",), "moves on record are not in the language yet"),
    ((), ("tables",), "tables beside the case are not in the language yet"),
)
"""Sections (`*` for any name), the keys reserved in them, and what to say."""


def reserved(data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Paths of the reserved keys that a document uses, each with what to say of it."""
    for section, keys, expected in RESERVED:
        for path, values in _sections(data, section):
            for key in keys:
                if key in values:
                    yield (*path, key), expected


def _sections(data: Any, section: tuple[str, ...]) -> Iterator[tuple[Path, dict[str, Any]]]:
    if not isinstance(data, dict):
        return
    if not section:
        yield (), data
        return
    names = list(data) if section[0] == "*" else [section[0]]
    for name in names:
        for path, values in _sections(data.get(name), section[1:]):
            yield (name, *path), values
