"""Which cases come with the package, and where a case is that somebody names."""

from __future__ import annotations

from pathlib import Path

from assay.documents.tree import compose
from assay.errors import InputError, Problem, suggestion
from assay.library import CASES

FILE = "case.yaml"
"""The name of the file in a case's folder."""


def built_in() -> list[tuple[str, str]]:
    """Names and titles of the built-in cases, by name."""
    return [(folder.name, _title(folder / FILE)) for folder in _folders()]


def find(name_or_path: str | Path) -> Path:
    """The case file that a built-in name, a file or a folder with a `case.yaml` stands for.

    A built-in name goes first; write `./NAME` for a folder of that name. Raises `InputError`.
    """
    text = str(name_or_path)
    names = [folder.name for folder in _folders()]
    if text in names:
        return CASES / text / FILE
    path = Path(text)
    try:
        if path.is_file():
            return path
        if path.is_dir():
            return _in_folder(path, text)
        exists = path.exists()
    except (OSError, ValueError):
        exists = False
    if exists or path.suffix in (".yaml", ".yml") or len(path.parts) > 1:
        found = "not an ordinary file" if exists else "no such file"
        raise InputError([Problem(text, None, None, "", found, "the path of a case file, or a built-in name")])
    known = suggestion(text, names) or "a path"
    raise InputError([Problem(text, None, None, "", "neither a built-in case nor a file", known)])


def _in_folder(path: Path, text: str) -> Path:
    if (path / FILE).is_file():
        return path / FILE
    raise InputError([Problem(text, None, None, "", f"a folder without a {FILE}", "the path of a case file")])


def _folders() -> list[Path]:
    if not CASES.is_dir():
        return []
    return sorted(folder for folder in CASES.iterdir() if (folder / FILE).is_file())


def _title(path: Path) -> str:
    """The title of a case, from its own line: reading whole cases to list them would be slow."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.startswith("title:"):
                data, _ = compose(line, path.name)
                return str(data["title"])
    return path.parent.name
