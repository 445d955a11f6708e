"""The forward pass compiled beside the solver."""

import subprocess
import sys

import pytest

from assay.futures import prepare
from assay.solvers import kernel_cache


def test_what_was_prepared_is_not_cold() -> None:
    prepare.prepare()
    assert not kernel_cache.is_cold(prepare.KERNEL, types=True)
    prepare.prepare_elsewhere()
    assert prepare.KERNEL not in kernel_cache._elsewhere


def test_a_kernel_that_is_being_compiled_is_not_cold_and_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(kernel_cache.subprocess, "Popen", lambda words, **_: started.append(words) or Process())
    kernel_cache.start_elsewhere("doubled", "assay.futures.prepare")
    assert started == [[sys.executable, "-m", "assay.futures.prepare"]]
    assert not kernel_cache.is_cold("doubled")
    said: list[str] = []
    kernel_cache.announce_with(said.append)
    try:
        assert kernel_cache.kernel(doubled)(2.0) == 4.0
    finally:
        kernel_cache.announce_with(kernel_cache.to_standard_error)
    assert "waiting for doubled" in said[0]
    assert "doubled" not in kernel_cache._elsewhere


def doubled(x: float) -> float:
    return 2.0 * x


class Process:
    """A process that ends when it is waited for."""

    def __init__(self) -> None:
        self.ended = False

    def poll(self) -> int | None:
        return 0 if self.ended else None

    def wait(self) -> int:
        self.ended = True
        return 0

    def terminate(self) -> None:
        raise subprocess.SubprocessError("it should have ended")
