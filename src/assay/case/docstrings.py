"""The docstrings under the fields of the case's models, read from their source code when they are asked for.

pydantic can do this whenever a model is made, but reading source code is slow, and `assay check` needs no descriptions.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType

from pydantic import BaseModel


def field_docs(model: type[BaseModel]) -> dict[str, str]:
    """What the docstring under each field of a model says, those of its parents included."""
    found: dict[str, str] = {}
    for parent in reversed(model.__mro__):
        if issubclass(parent, BaseModel) and parent is not BaseModel:
            module = inspect.getmodule(parent)
            assert module is not None
            found |= _classes(module).get(parent.__name__, {})
    return {name: text for name, text in found.items() if name in model.model_fields}


@lru_cache(maxsize=32)
def _classes(module: ModuleType) -> Mapping[str, dict[str, str]]:
    tree = ast.parse(inspect.getsource(module))
    return {node.name: _fields(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _fields(body: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for statement, after in zip(body.body, body.body[1:], strict=False):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            said = after.value if isinstance(after, ast.Expr) else None
            if isinstance(said, ast.Constant) and isinstance(said.value, str):
                found[statement.target.id] = " ".join(said.value.split())
    return found
