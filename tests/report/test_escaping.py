"""A case comes from a stranger: whatever its text says, the page shows it and does nothing."""

from __future__ import annotations

from typing import Any

import pytest
from ruamel.yaml import YAML

from assay.case.model import Case
from assay.report.page import page
from assay.report.sections.facts import safe_url

from . import synthetic
from .pages import read_page

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "</style><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;script&gt;",
)
FREE = {"title", "name", "short", "means", "says", "quote", "section", "notes", "why", "summary", "question", "author"}
FREE |= {"publisher", "tier", "because", "note", "test", "date"}


def _poisoned(value: Any, payload: str, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _poisoned(below, payload, name) for name, below in value.items()}
    if isinstance(value, list):
        return [_poisoned(below, payload, "rejected" if key == "rejected" else "") for below in value]
    if isinstance(value, str) and (key in FREE or key == "rejected"):
        return f"{value} {payload}"
    return value


def _case(payload: str) -> Case:
    data = YAML(typ="safe", pure=True).load((synthetic.HERE / "river.yaml").read_text(encoding="utf-8"))
    because = [claim.pop("because", None) for claim in data["claims"]]
    data = _poisoned(data, payload)
    for claim, premises in zip(data["claims"], because, strict=True):
        if premises:
            claim["because"] = premises
    return Case.model_validate(data)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_a_case_is_inert(payload: str) -> None:
    html = page(synthetic.make(_case(payload), draws=30))
    root = read_page(html)
    assert not [element.tag for element in root.walk() if element.tag in ("script", "img", "iframe")]
    assert not [name for element in root.walk() for name in element.attributes if name.startswith("on")]
    assert len(root.find("style")) == 1
    shown = payload.replace('"', "’").replace("'", "’")
    assert payload in root.text or shown in root.text or payload.replace('"', "’") in root.text


def test_ids_of_perspectives_and_assumptions_are_inert_too() -> None:
    case = synthetic.river()
    nasty = 'a"><script>'
    case = case.model_copy(
        update={"perspectives": {nasty: case.perspectives["author"], "union": case.perspectives["union"]}}
    )
    html = page(synthetic.make(case, (nasty, "union"), draws=30))
    assert "<script" not in html


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "file:///etc",
    ],
)
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert safe_url(url) == ""
    case = synthetic.river()
    source = case.sources["S_GAUGE"].model_copy(update={"url": url})
    case = case.model_copy(update={"sources": {**case.sources, "S_GAUGE": source}})
    assert url not in [
        element.attributes.get("href") for element in read_page(page(synthetic.make(case, draws=20))).walk()
    ]


def test_an_address_keeps_its_letters() -> None:
    case = synthetic.river()
    url = "https://example.org/it's?a=1&b=2"
    source = case.sources["S_GAUGE"].model_copy(update={"url": url})
    case = case.model_copy(update={"sources": {**case.sources, "S_GAUGE": source}})
    assert url in [element.attributes.get("href") for element in read_page(page(synthetic.make(case, draws=20))).walk()]
