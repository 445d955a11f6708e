"""Reading, checking and saying formulas loads no numerical library."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import sys, pkgutil, importlib
import assay.formula
for module in pkgutil.iter_modules(assay.formula.__path__):
    importlib.import_module(f"assay.formula.{module.name}")
from assay.formula.parse import parse
from assay.formula.prose import prose
prose(parse("a + b < 1"), {})
heavy = {"numpy", "scipy", "pandas", "pyarrow", "numba", "pydantic", "ruamel"} & sys.modules.keys()
print(sorted(heavy))
"""


def test_the_formula_room_stays_light() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
