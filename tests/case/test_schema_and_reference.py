"""The shipped schema and the reference page are what the models say now; cases fit the schema."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from assay.case.docstrings import field_docs
from assay.case.model import Case
from assay.case.reference import PAGE, page
from assay.case.schema import HINT, json_schema, models_below, written
from assay.documents.tree import compose
from assay.library import CASES, SCHEMA, STARTER

FENCE = Path(__file__).parent.parent / "cases" / "fence.yaml"


def test_the_shipped_schema_is_what_the_models_say() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == written(), "run python -m assay.case.schema"


def test_the_reference_page_is_what_the_docstrings_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run python -m assay.case.reference"


@pytest.mark.parametrize("model", models_below(Case), ids=lambda model: model.__name__)
def test_every_key_has_a_docstring(model: type[BaseModel]) -> None:
    docs = field_docs(model)
    assert [name for name in model.model_fields if not docs.get(name)] == []
    assert model.__doc__


def test_the_page_lists_every_key_once_in_its_section() -> None:
    text = page()
    for model in models_below(Case):
        assert text.count(f"### {model.__name__}\n") == (model is not Case)
    assert "joined by `\\|`" in text, "a bar would end the cell of the table"


CASE_FILES = [FENCE, STARTER, *sorted(CASES.glob("*/case.yaml"))]


@pytest.mark.parametrize("path", CASE_FILES, ids=lambda path: path.parent.name + "-" + path.stem)
def test_a_case_fits_the_schema(path: Path) -> None:
    data, _ = compose(path.read_text(encoding="utf-8"), path.name)
    schema = json_schema()
    assert list(_misfits(data, schema, schema["$defs"], "")) == []


def test_the_schema_refuses_what_the_models_refuse() -> None:
    data, _ = compose(FENCE.read_text(encoding="utf-8"), "fence.yaml")
    data["calendar"]["periods"] = "three"
    data["order"][0]["moves"]["build"]["cosst"] = 1
    del data["title"]
    schema = json_schema()
    found = list(_misfits(data, schema, schema["$defs"], ""))
    assert any("title" in misfit for misfit in found)
    assert any("periods" in misfit for misfit in found)
    assert any("order[0]" in misfit for misfit in found)


def test_the_starter_asks_editors_for_the_schema() -> None:
    assert STARTER.read_text(encoding="utf-8").startswith(HINT + "\n")


_TYPES: dict[str, Any] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "object": dict,
    "array": list,
}


def _misfits(value: Any, schema: Any, defs: dict[str, Any], where: str) -> Any:
    """The parts of JSON Schema that the shipped one uses, checked by hand; anything else in it is an error here."""
    known = {
        *("$schema", "$defs", "$ref", "anyOf", "type", "properties", "required", "additionalProperties", "items"),
        *("prefixItems", "minItems", "maxItems", "minLength", "pattern", "enum", "const", "description", "format"),
        *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "minProperties"),
    }
    assert set(schema) <= known, set(schema) - known
    if "$ref" in schema:
        yield from _misfits(value, defs[schema["$ref"].rsplit("/", 1)[1]], defs, where)
    if "anyOf" in schema and all(list(_misfits(value, member, defs, where)) for member in schema["anyOf"]):
        yield f"{where} fits no form"
    if "const" in schema and value != schema["const"]:
        yield f"{where} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is not among {schema['enum']}"
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if types and not any(isinstance(value, _TYPES[kind]) for kind in types):
        yield f"{where} is no {types}"
        return
    if isinstance(value, dict):
        yield from _misfits_of_mapping(value, schema, defs, where)
    if isinstance(value, list):
        members = schema.get("prefixItems") or [schema.get("items", {})] * len(value)
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            yield f"{where} has {len(value)} entries"
        for index, (item, member) in enumerate(zip(value, members, strict=False)):
            yield from _misfits(item, member, defs, f"{where}[{index}]")
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where} does not match {schema['pattern']}"


def _misfits_of_mapping(value: dict[str, Any], schema: Any, defs: dict[str, Any], where: str) -> Any:
    for name in schema.get("required", []):
        if name not in value:
            yield f"{where}.{name} is missing"
    for name, item in value.items():
        below = schema.get("properties", {}).get(name, schema.get("additionalProperties", True))
        if below is False:
            yield f"{where}.{name} is unknown"
        elif below is not True:
            yield from _misfits(item, below, defs, f"{where}.{name}")


def test_the_schema_is_json_that_reads_back() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()
