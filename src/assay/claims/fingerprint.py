"""A hash of what is on trial, taken before a run: nobody can move a threshold after seeing the draws unnoticed."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import BaseModel

from assay.case.model import Case
from assay.formula.ast import Formula
from assay.formula.text import text

_OF_A_CLAIM = (
    "id",
    "by",
    "route",
    "kind",
    "holds_if",
    "matters_if",
    "because",
    "joint",
    "relative",
    "joint",
    "rejected",
)
_SECTIONS = ("readings", "outcomes", "define", "policies", "regimes")


def fingerprint_tests(case: Case) -> str:
    """SHA-256, in hexadecimal, of the claims' tests and of all that they are made of.

    That is readings, outcomes, definitions, policies and regimes, and the tags of endings. Words that only explain do
    not count, nor does how a formula is spaced.
    """
    claims = [{key: _plain(getattr(claim, key)) for key in _OF_A_CLAIM} for claim in case.claims]
    sections = {name: _plain(getattr(case, name)) for name in _SECTIONS}
    tags = {name: sorted(ending.tags) for name, ending in case.endings.items()}
    written = json.dumps([claims, sections, tags], sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


_EXPLAINS = frozenset({"means", "source", "unit", "over_time", "name"})


def _plain(value: Any) -> Any:
    """As JSON values: formulas in one way of writing, without what only explains."""
    if isinstance(value, Formula):
        return text(value)
    if isinstance(value, BaseModel):
        return {key: _plain(getattr(value, key)) for key in type(value).model_fields if key not in _EXPLAINS}
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value
