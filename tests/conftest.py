"""Settings that all tests share."""

from __future__ import annotations

import os

from hypothesis import settings

# The gate tries the same examples each time, so that it says the same of the same commit; at a desk they vary.
# Time is no criterion: machines differ, and kernels compile on first use.
settings.register_profile("gate", derandomize=True, deadline=None)
settings.register_profile("desk", deadline=None)
settings.load_profile("gate" if os.environ.get("CI") else "desk")
