"""A run's folder: Parquet tables, `run.json`, and the blocks of a run that is not finished yet."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pandas as pd

from assay.case.model import Case
from assay.claims.verdict import Rider, Share, Verdict
from assay.errors import InputError, Problem
from assay.explore.box import Box, Limit
from assay.explore.hinge import Hinge
from assay.runs.boxes import Boxed
from assay.runs.fingerprint import native, plain
from assay.runs.gather import PART, Stored, with_names
from assay.runs.run import Plan, Run, Verdicts

TABLES = ("draws", "outcomes", "claims", "quantities", "audit", "series", "premises")
"""Tables of a run, each a Parquet file of that name."""
MARK = "fingerprint"
"""File among the blocks that says to which plan they belong."""
LOCK = ".at-work"
"""File that is locked while a run writes in its folder."""
WRITABLE = "a folder that can be written to"


def save(run: Run, folder: Path) -> Run:
    """Write the tables and `run.json`, and give the stored run. Each file appears whole or not at all."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.json").unlink(missing_ok=True)  # cut off from here on, the folder holds no finished run
    for name in TABLES:
        _place(run.held(name), folder / f"{name}.parquet", run.labels)
    text = json.dumps(_record(run), ensure_ascii=False, indent=1)
    _whole(folder / "run.json", lambda path: path.write_text(text, encoding="utf-8"))
    held = {each.name: run.held(each.name) for each in fields(run)}
    return Run(**{**held, **_stored(folder, run.labels), "folder": folder})


def _place(table: pd.DataFrame | Stored, path: Path, labels: tuple[str, ...]) -> None:
    """Puts a table where it belongs: moves it there where it was gathered beside, copies it from another run's."""
    if isinstance(table, pd.DataFrame):
        named = with_names(table, labels)
        _whole(path, lambda beside: named.to_parquet(beside, index=False))
    elif table.path == path.with_name(path.name + PART):
        table.path.replace(path)
    elif table.path != path:
        _whole(path, lambda beside: copyfile(table.path, beside))


def _stored(folder: Path, labels: tuple[str, ...]) -> dict[str, Stored]:
    return {name: Stored(folder / f"{name}.parquet", labels) for name in TABLES}


def prepare(folder: Path) -> Path:
    """The folder, ready for a run. Raises `InputError` where it holds something else than a run, or cannot be made."""
    if folder.exists() and not folder.is_dir():
        raise _unfit(folder, "a file", "a folder, new or of an earlier run")
    if folder.is_dir() and any(folder.iterdir()) and not _holds_a_run(folder):
        raise _unfit(folder, "a folder with something else in it", "a new folder, or one of an earlier run")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unfit(folder, f"a folder that cannot be made ({error.strerror})", WRITABLE) from None
    return folder


def _holds_a_run(folder: Path) -> bool:
    """Whether a folder is a run's own: what stands in its `blocks` is thrown away, so it must be known to be ours."""
    blocks = folder / "blocks"
    started = blocks.is_dir() and ((blocks / MARK).is_file() or not any(blocks.iterdir()))
    return started or ((folder / "run.json").is_file() and not blocks.exists()) or _only_locked(folder)


def _only_locked(folder: Path) -> bool:
    return [path.name for path in folder.iterdir()] == [LOCK]


def _unfit(folder: Path, found: str, expected: str) -> InputError:
    return InputError([Problem(str(folder), None, None, "--out", found, expected)])


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps other processes' runs out of a folder. The system lets go of the lock when the process ends, even killed.

    Raises `InputError` where another run is at work there, or where nothing can be written. Without `fcntl` (Windows)
    nothing is locked.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    path = folder / LOCK
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = path.open("a")
    except OSError as error:
        raise _unfit(folder, f"a folder that cannot be written to ({error.strerror})", WRITABLE) from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.fstat(file.fileno()).st_nlink == 0:  # the run before has just taken the file away
                raise BlockingIOError
        except OSError:
            found = "a folder in which another run is at work"
            raise _unfit(folder, found, "wait until it is done, or give another folder") from None
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def open_run(folder: Path) -> Run:
    """A stored run. Raises `InputError` where the folder does not hold one."""
    record_file = folder / "run.json"
    missing = [name for name in ("run.json", *(f"{t}.parquet" for t in TABLES)) if not (folder / name).is_file()]
    if missing:
        found = f"no {', no '.join(missing)}" if folder.is_dir() else "no such folder"
        raise InputError([Problem(str(folder), None, None, "", found, "the folder of a finished run")])
    try:
        record = json.loads(record_file.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        problem = Problem(
            str(record_file), error.lineno, error.colno, "", error.msg, "a `run.json` as `assay run` writes"
        )
        raise InputError([problem]) from None
    labels = tuple(record.get("labels", ()))
    return _restore(record, _stored(folder, labels), folder)


def _record(run: Run) -> dict[str, Any]:
    plan = run.plan
    return {
        "plan": {
            "perspectives": list(plan.perspectives),
            "draws": plan.draws,
            "seed": plan.seed,
            "selection": plan.selection,
            "residual": plan.residual,
            "audit": plan.audit,
            "given": plan.given,
            "name": plan.name,
            "starts": None if plan.starts is None else list(plan.starts),
            "branch": plan.branch,
        },
        "case": plain(plan.case),
        "fingerprint": run.fingerprint,
        "tests_fingerprint": run.tests_fingerprint,
        "versions": dict(run.versions),
        "seconds": run.seconds,
        "verdicts": [native(asdict(verdict)) for verdict in run.verdicts],
        "hinges": [
            {"claim": claim, "perspective": perspective, "hinges": [asdict(hinge) for hinge in hinges]}
            for (claim, perspective), hinges in run.hinge_table.items()
        ],
        "boxes": [
            {"claim": claim, "perspective": perspective, **native(asdict(boxed))}
            for (claim, perspective), boxed in run.box_table.items()
        ],
        "consistency": native(run.consistency),
        "tales": native(run.tales),
        "checks": native(run.checks),
        "labels": list(run.labels),
        "prose": dict(run.prose),
        "beside": native(run.beside),
    }


def _restore(record: Mapping[str, Any], tables: Mapping[str, Any], folder: Path) -> Run:
    wished = dict(record["plan"])
    wished["perspectives"] = tuple(wished["perspectives"])
    if wished.get("starts") is not None:
        wished["starts"] = tuple(wished["starts"])
    plan = Plan(case=Case.model_validate(record["case"]), **wished)
    return Run(
        plan=plan,
        fingerprint=record["fingerprint"],
        tests_fingerprint=record["tests_fingerprint"],
        versions=record["versions"],
        seconds=record["seconds"],
        verdicts=Verdicts(_verdict(item) for item in record["verdicts"]),
        hinge_table={
            (item["claim"], item["perspective"]): tuple(Hinge(**hinge) for hinge in item["hinges"])
            for item in record["hinges"]
        },
        box_table={(item["claim"], item["perspective"]): _boxed(item) for item in record.get("boxes", ())},
        consistency=record["consistency"],
        tales={claim: tuple(tales) for claim, tales in record["tales"].items()},
        checks=tuple(record["checks"]),
        labels=tuple(record.get("labels", ())),
        prose=record["prose"],
        beside=record.get("beside", {}),
        folder=folder,
        **tables,
    )


def _verdict(item: Mapping[str, Any]) -> Verdict:
    fields = dict(item)
    fields["strict"] = Share(**item["strict"])
    fields["loose"] = Share(**item["loose"])
    fields["riders"] = tuple(Rider(**rider) for rider in item["riders"])
    return Verdict(**fields)


def _boxed(item: Mapping[str, Any]) -> Boxed:
    fields = dict(item["box"])
    fields["limits"] = tuple(Limit(**{**limit, "names": tuple(limit["names"])}) for limit in fields["limits"])
    for name in ("coverage_between", "density_between"):
        fields[name] = tuple(fields[name])
    return Boxed(item["fails"], Box(**fields))


def _whole(path: Path, write: Any) -> None:
    """Write through a temporary neighbour, so that a killed process leaves no half file."""
    temporary = path.with_name(path.name + PART)
    write(temporary)
    temporary.replace(path)


class Blocks:
    """Finished blocks of a run, one file each, so that a killed run goes on where it was."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self.folder = folder / "blocks"
        mark = self.folder / MARK
        if self.folder.is_dir() and (not mark.is_file() or mark.read_text() != fingerprint):
            self.clear()
        self.folder.mkdir(parents=True, exist_ok=True)
        mark.write_text(fingerprint)

    def read(self, name: str) -> dict[str, np.ndarray[Any, Any]] | None:
        """The arrays of a finished block, or None."""
        path = self.folder / f"{name}.npz"
        if not path.is_file():
            return None
        with np.load(path, allow_pickle=False) as arrays:
            return {key: arrays[key] for key in arrays.files}

    def write(self, name: str, arrays: Mapping[str, np.ndarray[Any, Any]]) -> None:
        """Store a finished block."""

        def put(path: Path) -> None:
            with path.open("wb") as file:
                np.savez(file, allow_pickle=False, **dict(arrays))

        _whole(self.folder / f"{name}.npz", put)

    def clear(self) -> None:
        """Remove the blocks, once the run's tables stand or belong to another plan."""
        clear_blocks(self.folder.parent)


def clear_blocks(folder: Path) -> None:
    """Remove the blocks of a run's folder, the mark that tells them as a run's last."""
    blocks = folder / "blocks"
    for path in sorted(blocks.iterdir(), key=lambda path: path.name == MARK):
        path.unlink()
    blocks.rmdir()
