"""Settings that all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# The gate tries the same examples each time, so that it says the same of the same commit; at a desk they vary.
settings.register_profile("gate", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("gate")
