"""Opens treaties: from a folder to a `Book`, or to every problem in its files.

    book = open_book("APMBC")

A folder holds `rules.yaml`, `acts.csv` and `sources.csv`, and may hold `contests.yaml` (points that are contested) and
`vectors.yaml` (what is known to be right, for tests).
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from assay.documents.locate import Locator
from assay.documents.table import Row, read_table
from assay.documents.tree import compose, decode, read_bytes
from assay.errors import InputError, Problem, suggestion
from assay.law.acts import NEEDED, OPTIONAL, read_act
from assay.law.book import Act, Book, Contest, Rules
from assay.law.contests import read_contests
from assay.law.fields import Notes, Section
from assay.law.order import clashes
from assay.law.rules import read_rules
from assay.library import TREATIES

RULES = "rules.yaml"
SOURCES = ("source_id", "title")
SOURCE_MORE = ("publisher", "date", "url", "used_for", "tier", "checked")


def treaties() -> tuple[str, ...]:
    """The ids of the treaties that come with the package, by name."""
    return tuple(sorted(folder.name for folder in TREATIES.iterdir() if (folder / RULES).is_file()))


def summaries() -> tuple[tuple[str, str], ...]:
    """Ids and names of the treaties that come with the package; their files are not read for it."""
    return tuple((name, _other_names(TREATIES / name / RULES)[0]) for name in treaties())


def open_book(treaty: str, folder: Path | str | None = None) -> Book:
    """The treaty of an id (or another name by which it is known), or the one in a folder of your own.

    Raises `InputError` with every problem in its files; nothing is half-loaded.
    """
    at = Path(folder) if folder is not None else find(treaty)
    stamps = tuple((at / name).stat().st_mtime_ns if (at / name).is_file() else 0 for name in _FILES)
    return _open(at, stamps)


def open_shipped(treaty: str) -> Book:
    """The treaty of an id or another of its names, of those that come with the package; never a folder.

    For whatever names treaties in a file of its own (cases, ledgers): it means the same wherever that file lies.
    Raises `InputError` as `open_book` does.
    """
    return open_book(treaty, _shipped(treaty))


_FILES = (RULES, "acts.csv", "contests.yaml", "sources.csv")


@lru_cache(maxsize=32)
def _open(folder: Path, stamps: tuple[int, ...]) -> Book:  # noqa: ARG001 - a changed file is read anew
    return _Reader(folder).book()


def find(treaty: str) -> Path:
    """The folder of a treaty: by its id in any case or another of its names, or by the path of a folder of your own.

    A path has a separator in it, or is `.` or `..`: a bare name is never a folder, so that an id means the treaty that
    comes with the package wherever one works. Raises `InputError` with near misses.
    """
    path = Path(treaty)
    if _is_path(treaty) and (path / RULES).is_file():
        return path
    return _shipped(treaty, f"the folder of a treaty, with a {RULES}, by its path: {_as_path(treaty)}")


def near(treaty: str) -> str:
    """What somebody who wrote the name of a treaty may have meant, for messages: an id, or all that are known."""
    named = _named(treaty)
    return f"did you mean {named!r}?" if named else suggestion(treaty.upper(), treaties())


def _is_path(text: str) -> bool:
    return text in (os.curdir, os.pardir) or any(mark in text for mark in (os.sep, os.altsep) if mark)


def _as_path(text: str) -> str:
    """How the folder of a name is written as a path."""
    return repr(text) if _is_path(text) else repr(f"{os.curdir}{os.sep}{text}")


def _shipped(treaty: str, instead: str = "") -> Path:
    named = _named(treaty)
    if named is not None:
        return TREATIES / named
    expected = " or ".join(part for part in (near(treaty), instead) if part)
    raise InputError([Problem(treaty, None, None, "", "not a treaty that is known here", expected)])


def _named(treaty: str) -> str | None:
    """The id of the treaty that goes by a name; None where none does."""
    by_name = {_plain(name): name for name in treaties()}
    if _plain(treaty) in by_name:
        return by_name[_plain(treaty)]
    others = ((name, _other_names(TREATIES / name / RULES)) for name in treaties())
    return next((name for name, known in others if _plain(treaty) in map(_plain, known)), None)


def _plain(name: str) -> str:
    return name.casefold().replace("_", "").replace("-", "").replace(" ", "")


def _other_names(rules: Path) -> list[str]:
    """Names in the lines `name:` and `also:`, without reading the whole file."""
    names: list[str] = []
    for line in rules.read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key in ("name", "also"):
            names += [name.strip(" []\"'") for name in value.split(",")]
    return names


class _Reader:
    """Reads one folder; problems of all files are gathered."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.locator: Locator | None = None
        """Of the rules."""

    def book(self) -> Book:
        sources = self._sources()
        rules = self._rules(sources)
        contests = self._contests(sources)
        self._check_roles(rules, contests)
        acts = self._acts(rules, contests, sources)
        if self.problems or rules is None or contests is None or sources is None:
            raise InputError(self.problems)
        return Book(rules, acts, contests, sources, str(self.folder))

    def _name(self, file: str) -> str:
        return str(self.folder / file)

    def _text(self, file: str) -> str | None:
        name = self._name(file)
        try:
            return decode(read_bytes(self.folder / file, name, what=f"a treaty's {file}"), name)
        except InputError as error:
            self.problems += error.problems
            return None

    def _document(self, file: str, expected: str) -> tuple[Section, Notes] | None:
        text = self._text(file)
        if text is None:
            return None
        try:
            data: tuple[dict[str, Any], Locator] = compose(text, self._name(file), expected)
        except InputError as error:
            self.problems += error.problems
            return None
        notes = Notes(data[1])
        return Section(data[0], (), notes), notes

    def _sources(self) -> dict[str, str] | None:
        """The sources by id; None where the file cannot be read, so that one mistake is told once."""
        text = self._text("sources.csv")
        if text is None:
            return None
        table = read_table(text, self._name("sources.csv"), SOURCES, SOURCE_MORE)
        self.problems += table.problems
        sources: dict[str, str] = {}
        for row in table.rows:
            key = row["source_id"]
            if not key or key in sources:
                self.problems.append(row.problem("source_id", f"the source {key!r} again", "each id once"))
            if not row["title"]:
                self.problems.append(row.problem("title", f"no title for {key!r}", "the title of the source"))
            sources[key] = row["title"]
        return None if table.problems else sources

    def _rules(self, sources: dict[str, str] | None) -> Rules | None:
        document = self._document(RULES, "a treaty's rules, `treaty: ID` first")
        if document is None:
            return None
        section, notes = document
        rules = read_rules(section, sources, self.folder.resolve().name)
        self.locator = notes.locator
        self.problems += _sorted(notes.problems)
        return rules

    def _contests(self, sources: dict[str, str] | None) -> dict[str, Contest] | None:
        """The contested points by id; None where their file cannot be read."""
        if not (self.folder / "contests.yaml").exists():
            return {}
        document = self._document("contests.yaml", "a mapping with the list `contests`")
        if document is None:
            return None
        section, notes = document
        contests = read_contests(section, sources)
        self.problems += _sorted(notes.problems)
        return contests

    def _check_roles(self, rules: Rules | None, contests: dict[str, Contest] | None) -> None:
        """Contested points that roles name are among those on record."""
        if rules is None or contests is None:
            return
        for act, roles in rules.roles.items():
            for index, role in enumerate(roles):
                if role.contest and role.contest not in contests and self.locator is not None:
                    found = f"an unknown contested point {role.contest!r}"
                    expected = suggestion(role.contest, contests) or "an id of contests.yaml"
                    self.problems.append(self.locator.problem(("roles", act, index, "contest"), found, expected))

    def _acts(
        self, rules: Rules | None, contests: dict[str, Contest] | None, sources: dict[str, str] | None
    ) -> tuple[Act, ...]:
        text = self._text("acts.csv")
        if text is None:
            return ()
        table = read_table(text, self._name("acts.csv"), NEEDED, OPTIONAL)
        found = list(table.problems)
        acts: list[Act] = []
        broken: set[int] = set()
        for index, row in enumerate(table.rows):
            act, readable = read_act(row, rules, contests, sources, found)
            acts.append(act)
            if not readable:
                broken.add(index)
        if rules is not None:
            found += _clashes(acts, table.rows, rules, broken)
            found += _uncovered(acts, table.rows, rules, broken)
        self.problems += _sorted(found)
        return tuple(acts)


def _clashes(acts: list[Act], rows: tuple[Row, ...], rules: Rules, broken: set[int]) -> list[Problem]:
    by_actor: dict[str, list[tuple[int, Act]]] = {}
    for index, act in enumerate(acts):
        by_actor.setdefault(act.actor, []).append((index, act))
    problems: list[Problem] = []
    for actor, own in by_actor.items():
        if any(index in broken for index, _ in own):
            continue  # an act that could not be read would make others seem to contradict it
        for clash in clashes(own, rules):
            path = f"{actor}.{acts[clash.index].kind}"
            problems.append(rows[clash.index].problem("act", clash.found, clash.expected, path))
    return problems


def _uncovered(acts: list[Act], rows: tuple[Row, ...], rules: Rules, broken: set[int]) -> list[Problem]:
    if rules.covers is None:
        return []
    return [
        rows[index].problem(
            "actor",
            f"{act.actor!r}, which `covers` in the rules leaves out",
            "add it to `covers`",
            f"{act.actor}.{act.kind}.actor",
        )
        for index, act in enumerate(acts)
        if index not in broken and act.actor not in rules.covers
    ]


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.line or 0, problem.column or 0))
