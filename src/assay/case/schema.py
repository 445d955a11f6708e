"""The JSON Schema of case files, for completion and checking in editors.

    python -m assay.case.schema    writes it to assay/library/case.schema.json

An editor with a YAML language server uses it where the first line of a case is
`# yaml-language-server: $schema=case.schema.json`. It knows shapes; `assay check` knows names, units and formulas.
"""

from __future__ import annotations

import json
from typing import Any, get_args

from pydantic import BaseModel

from assay.case.docstrings import field_docs
from assay.case.model import Case
from assay.library import SCHEMA

HINT = f"# yaml-language-server: $schema={SCHEMA.name}"
"""First line of a case that an editor should check."""


def json_schema() -> dict[str, Any]:
    """The schema of a case file, with the docstrings of the models as descriptions."""
    schema = Case.model_json_schema()
    models = {model.__name__: model for model in models_below(Case)}
    _describe(schema, Case)
    for name, section in schema["$defs"].items():
        _describe(section, models[name])
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_tidy(schema)}


def written() -> str:
    """The schema as the text of its file."""
    return json.dumps(json_schema(), indent=1, ensure_ascii=False) + "\n"


def models_below(model: type[BaseModel]) -> list[type[BaseModel]]:
    """The models of a section and of everything in it, in the order in which they are first met."""
    found: list[type[BaseModel]] = []
    waiting: list[Any] = [model]
    while waiting:
        kind = waiting.pop(0)
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            if kind not in found:
                found.append(kind)
                waiting += [field.annotation for field in kind.model_fields.values()]
        else:
            waiting += get_args(kind)
    return found


def _describe(section: dict[str, Any], model: type[BaseModel]) -> None:
    """Puts descriptions in, and takes keys out that are kept for later."""
    docs = field_docs(model)
    for name, field in model.model_fields.items():
        if field.annotation is Any:
            del section["properties"][name]
        else:
            section["properties"][field.alias or name]["description"] = docs[name]


def _tidy(node: Any, names: bool = False) -> Any:
    """Without generated titles and nulls; `anyOf` for `oneOf`, since the word `rest` is text, as formulas are.

    `names` says that the keys of `node` are names of properties or sections, not words of the schema language.
    """
    if isinstance(node, list):
        return [_tidy(item) for item in node]
    if not isinstance(node, dict):
        return node
    if names:
        return {key: _tidy(value) for key, value in node.items()}
    members = node.get("oneOf") or node.get("anyOf") or []
    members = [_tidy(member) for member in members if member != {"type": "null"}]
    kept = {key: value for key, value in node.items() if key not in ("title", "default", "oneOf", "anyOf")}
    tidied = {key: _tidy(value, key in ("properties", "$defs")) for key, value in kept.items()}
    if len(members) > 1:
        return {"anyOf": members, **tidied}
    return {**members[0], **tidied} if members else tidied


def main() -> None:
    """Writes the schema to its place in the library."""
    SCHEMA.write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
