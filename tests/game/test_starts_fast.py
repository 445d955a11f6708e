"""Unfolding, checking and describing a case pulls in no numerical library."""

from __future__ import annotations

import subprocess
import sys


def test_the_check_of_a_structure_imports_no_numerical_library() -> None:
    code = (
        "import sys, assay.game.check, assay.game.describe, assay.game.unfold;"
        "print(sorted({'numpy', 'scipy', 'pandas', 'numba', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
