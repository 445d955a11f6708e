"""Identity is content: hashes of what goes into a run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from pydantic import BaseModel

from assay import __version__
from assay.case.model import Case
from assay.case.world import Definition
from assay.formula.ast import Formula

LIBRARIES = ("numpy", "scipy", "numba", "pandas", "pyarrow", "pydantic", "lark", "ruamel.yaml")
"""Libraries whose versions are recorded with a run."""


def plain(value: Any) -> Any:
    """A case, or a part of one, as plain JSON values; formulas as their text. `Case.model_validate` reads it back."""
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, BaseModel):
        follows = {"value"} if isinstance(value, Definition) and value.by is not None else set()  # from `types`
        fields = type(value).model_fields
        keys = [key for key in fields if key in value.model_fields_set - follows]
        return {fields[key].alias or key: plain(getattr(value, key)) for key in keys}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    return value


def native(value: Any) -> Any:
    """NumPy scalars and tuples as JSON knows them."""
    if isinstance(value, Mapping):
        return {str(key): native(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [native(item) for item in value]
    if isinstance(value, np.generic):
        return value.item()
    return value


def digest(*values: Any) -> str:
    """SHA-256 over plain JSON values, in hexadecimal."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def case_digest(case: Case) -> str:
    """Hash of a case's content; comments, order of keys and layout of the file do not count."""
    return digest(plain(case))


def versions() -> dict[str, str]:
    """Versions of Assay and of the libraries that numbers depend on."""
    found = {"assay": __version__}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found
