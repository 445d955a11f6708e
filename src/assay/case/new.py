"""A case to start from: a small one with comments, or a copy of another."""

from __future__ import annotations

from pathlib import Path

from assay.case.find import FILE, find
from assay.case.schema import HINT
from assay.case.sources import NAME as SOURCES
from assay.documents.tree import read_bytes
from assay.errors import InputError, Problem
from assay.ledger.fact import NAME as FACTS
from assay.ledger.read_claims import NAME as CLAIMS
from assay.library import SCHEMA, STARTER


def new(name: str, folder: str | Path, from_case: str | Path | None = None) -> Path:
    """Writes a case into `folder`, which must be new or empty, and gives the path of its file.

    Without `from_case` it is a starter that passes the check; `name` becomes its title. With it, the case of that
    built-in name or path is copied, with its sources and ledger. The schema goes beside it, for editors. Raises
    `InputError`.
    """
    target = Path(folder)
    if not name.strip() or any(ord(char) < 32 for char in name):
        raise InputError([Problem(name, None, None, "", "an empty name", "a name for the case")])
    content = _content(name, from_case)
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise InputError([Problem(str(target), None, None, "", "it is there already", "the name of a new folder")])
        target.mkdir(parents=True, exist_ok=True)
        for file, text in content.items():
            with (target / file).open("xb") as out:
                out.write(text)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(
            [Problem(str(target), None, None, "", f"cannot be written ({reason})", "another folder")]
        ) from None
    return target / FILE


def _content(name: str, from_case: str | Path | None) -> dict[str, bytes]:
    """The files of the new case."""
    schema = {SCHEMA.name: SCHEMA.read_bytes()}
    if from_case is None:
        title = name.replace("-", " ").replace("_", " ").strip().capitalize().replace('"', "'").replace("\\", "/")
        text = STARTER.read_text(encoding="utf-8").replace("TITLE", title, 1)
        return {FILE: text.encode(), **schema}
    source = find(from_case)
    text = read_bytes(source, str(source)).decode("utf-8-sig", "replace")
    hint = "" if text.startswith("# yaml-language-server") else f"{HINT}\n"
    files = {FILE: (hint + text).encode(), **schema}
    for beside in (SOURCES, FACTS, CLAIMS):
        if (source.parent / beside).is_file():
            files[beside] = read_bytes(source.parent / beside, str(source.parent / beside))
    return files
