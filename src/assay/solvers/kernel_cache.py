# mypy: disable-error-code="no-untyped-call,attr-defined"
"""Where compiled kernels are kept, and under which key.

Numba's own key notices a changed function but not a changed callee in another file, and its default folder is the
package's, which may be read-only. Here the folder's name is a hash of the source of every kernel file and of the
versions that compile it, below the user's cache folder, or below a temporary one where that cannot be written. Kernels
for games with private types (`kernel_types_*.py`) are a family of their own, so that a change there leaves the others.
"""

from __future__ import annotations

import atexit
import gc
import hashlib
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
import platformdirs
from llvmlite.binding import get_host_cpu_features, get_host_cpu_name
from numba.core import config
from numba.extending import register_jitable

OPTIONS: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
"""How kernels are compiled. Without Numba's run time they cannot make arrays and count no references: counting took
half of the time. What they work on is made beforehand (`desk`)."""
Log = Callable[[str], None]
_first_call = threading.Lock()


def to_standard_error(message: str) -> None:
    """Where announcements go unless the caller says otherwise."""
    print(message, file=sys.stderr)


_log: Log = to_standard_error


def announce_with(log: Log) -> None:
    """Sends announcements ("compiling ...") to `log` instead of standard error."""
    global _log
    _log = log


def kernel_sources(types: bool = False) -> tuple[Path, ...]:
    """Every file whose change must make kernels compile anew; those of games with private types on request."""
    package = Path(__file__).parents[1]
    every = sorted(package.glob("*/kernel_*.py"))
    constants = package / "game" / "game.py", package / "solvers" / "corners.py"
    return (*(path for path in every if types or not _of_types(path.stem)), *constants)


def _of_types(name: str) -> bool:
    return name.rpartition(".")[2].startswith("kernel_types")


@cache
def cache_key(types: bool = False) -> str:
    """Hash over the kernel sources, the versions of what compiles them, and the processor."""
    digest = hashlib.sha256()
    versions = (platform.python_version(), np.__version__, numba.__version__, llvmlite.__version__)
    processor = (get_host_cpu_name(), get_host_cpu_features().flatten())
    digest.update(repr((versions, processor)).encode())
    for path in kernel_sources(types):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


@cache
def cache_folder(types: bool = False) -> Path:
    """The folder of this key; a temporary one where the user's cache cannot be written."""
    wanted = Path(platformdirs.user_cache_dir("assay")) / f"kernels-{cache_key(types)}"
    try:
        wanted.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=wanted):
            return wanted
    except OSError:
        return Path(tempfile.mkdtemp(prefix="assay-kernels-"))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Holds back the garbage collector, which takes a sixth of the time that compiling does and finds little."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


_elsewhere: dict[str, subprocess.Popen[bytes]] = {}
"""Kernels that other processes compile at this moment."""


def is_cold(name: str, types: bool = False) -> bool:
    """Whether a kernel has not been compiled for this machine yet, nor is being so."""
    return name not in _elsewhere and not any(cache_folder(types).rglob(f"*.{name}-*.nbi"))


def start_elsewhere(name: str, module: str) -> None:
    """Has a kernel compiled by another process, which runs `module`; the kernel's first call waits for it. Where that
    process fails, the kernel is compiled here.
    """
    _elsewhere[name] = subprocess.Popen(
        [sys.executable, "-m", module], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    atexit.register(_stop, _elsewhere[name])


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Leaves no process behind."""
    if process.poll() is None:
        process.terminate()
        process.wait()


def part(function: Callable[..., Any]) -> Any:
    """A piece of a kernel: compiled into the kernels that call it. It cannot make arrays (see `OPTIONS`).

    For Python it stays the function that it is: ways to call the compiled piece from outside, which Numba adds to
    whatever `njit` decorates, would take a third of the time that compiling does.
    """
    return register_jitable(no_cfunc_wrapper=True, **OPTIONS)(function)


def step(function: Callable[..., Any]) -> Any:
    """A piece that is called in one place: inlined before it is typed, since Numba optimises every function of its own
    with all that it calls, over again at each level of calls.
    """
    return numba.njit(inline="always", **OPTIONS)(function)


class Kernel:
    """An entry point: compiled once, kept on disk, released from the interpreter's lock, announced when it compiles
    cold.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.__doc__ = function.__doc__
        self.name = function.__name__
        self._function = function
        self._types = _of_types(function.__module__)
        self._compiled: Any = None

    def __call__(self, *arguments: Any) -> Any:
        """Runs the kernel; the first call of a process loads or compiles it, one thread at a time."""
        if self._compiled is None:
            with _first_call:
                if self._compiled is None:
                    self._compiled = self._load(arguments)
        return self._compiled(*arguments)

    def _load(self, arguments: tuple[Any, ...]) -> Any:
        other = _elsewhere.pop(self.name, None)
        if other is not None and other.poll() is None:
            _log(f"waiting for {self.name.replace('_', ' ')}, which is being compiled (once; some seconds)")
            other.wait()
        before, folder = config.CACHE_DIR, cache_folder(self._types)
        config.CACHE_DIR = str(folder)
        try:
            compiled = numba.njit(cache=True, **OPTIONS)(self._function)
        finally:
            config.CACHE_DIR = before
        cold = not any(folder.rglob(f"*.{self.name}-*.nbi"))
        if cold:
            _log(f"compiling {self.name.replace('_', ' ')} for this machine (once; some seconds)")
        started = time.perf_counter()
        with _without_collection():
            compiled.compile(tuple(numba.typeof(argument) for argument in arguments))
        compiled.disable_compile()
        if cold:
            _log(f"compiled {self.name.replace('_', ' ')} in {time.perf_counter() - started:.0f} s")
        return compiled


def kernel(function: Callable[..., Any]) -> Kernel:
    """Decorator for entry points. Their arguments have the same types in every call; others raise `TypeError`."""
    return Kernel(function)
