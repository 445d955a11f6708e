"""What comes with the package as data: cases and treaties, one folder each, and the JSON Schema of case files."""

from __future__ import annotations

from pathlib import Path

CASES = Path(__file__).parent / "cases"
"""Built-in cases: `NAME/case.yaml`, with `sources.csv` and `playthrough.txt` beside it."""
SCHEMA = Path(__file__).parent / "case.schema.json"
"""The JSON Schema of case files, for completion in editors."""
STARTER = Path(__file__).parent / "starter.yaml"
"""The case that `assay new` writes."""
TREATIES = Path(__file__).parent / "treaties"
"""Treaties: `ID/rules.yaml`, with `acts.csv`, `contests.yaml`, `sources.csv` and `vectors.yaml` beside it."""
