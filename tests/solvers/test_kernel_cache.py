"""Where compiled kernels are kept: under a key of all kernel sources, and where they cannot be written elsewhere."""

import ast
from pathlib import Path

import numba
import numpy as np
import pytest

from assay.solvers import kernel_cache, kernel_lanes


@pytest.fixture(autouse=True)
def forget() -> None:
    kernel_cache.cache_key.cache_clear()
    kernel_cache.cache_folder.cache_clear()
    yield
    kernel_cache.cache_key.cache_clear()
    kernel_cache.cache_folder.cache_clear()


def imported(path: Path) -> set[str]:
    """What a file imports from the kernel cache."""
    nodes = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.ImportFrom)]
    return {each.name for node in nodes if node.module == "assay.solvers.kernel_cache" for each in node.names}


def test_every_kernel_file_is_in_the_key() -> None:
    package = Path(kernel_cache.__file__).parents[1]
    jitted = {path for path in package.rglob("*.py") if imported(path) & {"kernel", "part", "step"}}
    assert jitted <= set(kernel_cache.kernel_sources(types=True))
    assert Path(kernel_lanes.__file__) in kernel_cache.kernel_sources()


@pytest.mark.parametrize("types", [False, True])
def test_what_kernels_import_is_in_their_key(types: bool) -> None:
    package, sources = Path(kernel_cache.__file__).parents[1], set(kernel_cache.kernel_sources(types))
    for path in (path for path in sources if path.stem.startswith("kernel_")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("assay."):
                found = package.joinpath(*str(node.module).split(".")[1:]).with_suffix(".py")
                # Equations of trees have a key of their own, with the file that writes them in it: see `many_trees`.
                assert found in sources or found.stem == "tree_code", f"{path.name} imports {found.name}"


def test_the_key_changes_with_any_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    a, b = tmp_path / "kernel_a.py", tmp_path / "kernel_b.py"
    a.write_text("x = 1")
    b.write_text("y = 1")
    monkeypatch.setattr(kernel_cache, "kernel_sources", lambda *_: (a, b))
    before = kernel_cache.cache_key()
    b.write_text("y = 2")
    kernel_cache.cache_key.cache_clear()
    assert kernel_cache.cache_key() != before


def test_a_folder_that_cannot_be_written_is_replaced_by_a_temporary_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setattr(kernel_cache.platformdirs, "user_cache_dir", lambda _: str(blocked))
    folder = kernel_cache.cache_folder()
    assert folder.is_dir()
    assert blocked not in folder.parents


def double(x: float) -> float:
    return 2.0 * x


def test_cold_compilation_is_announced_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kernel_cache.platformdirs, "user_cache_dir", lambda _: str(tmp_path))
    said: list[str] = []
    kernel_cache.announce_with(said.append)
    try:
        assert kernel_cache.kernel(double)(2.0) == 4.0
        assert len(said) == 2
        assert said[0].startswith("compiling double")
        assert list(tmp_path.rglob("*.nbi"))
        assert kernel_cache.kernel(double)(3.0) == 6.0
        assert len(said) == 2
    finally:
        kernel_cache.announce_with(kernel_cache.to_standard_error)


def test_exp_is_accurate_to_the_last_places() -> None:
    @numba.njit(**kernel_cache.OPTIONS)
    def exponentials(x: np.ndarray, into: np.ndarray) -> None:
        for i in range(x.shape[0]):
            kernel_lanes.store(into, i, kernel_lanes.exp(kernel_lanes.load(x, i)))

    x = np.random.default_rng(1).uniform(-700, 700, (20000, 8))
    x[:5000] = np.random.default_rng(2).uniform(-3, 0, (5000, 8))
    into = np.zeros_like(x)
    exponentials(x, into)
    assert np.abs(into / np.exp(x) - 1).max() < 5e-16
    edge = np.array([[0.0, -0.0, -708.5, -np.inf, np.nan, 709.0, 1e9, -1e300]])
    found = np.zeros_like(edge)
    exponentials(edge, found)
    np.testing.assert_array_equal(found[0, :4], [1, 1, 0, 0])
    assert np.isnan(found[0, 4])
    assert np.isfinite(found[0, 5:]).all()
