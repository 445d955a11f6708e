"""`assay facts`: a text's factual claims with their evidence, as known on its day and now."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from assay.cli.show import print_json, print_problems
from assay.errors import InputError, Problem

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from assay.ledger.compute import Computed
    from assay.ledger.ledger import Ledger
    from assay.ledger.verdict import Judged, JudgedPoint, Reckoned, Shown, Worked

STYLE = {"supported": "blue", "contradicted": "dark_orange3"}
"""Colour means truth: blue bears out, orange contradicts."""
ROUTES = {"model": "in the model", "text": "as a matter of reading", "undecidable": "left undecided"}
"""How other propositions are judged, in words."""
WIDTH = 110
"""Columns of running text where the output is no terminal."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks of a ledger."""

    as_known: str | None = None
    to: Path | None = None
    source: Path | None = None


def facts(name: str, wish: Wish, as_json: bool) -> None:
    """Judges the claims of a case's ledger and prints them, or exports or imports its facts."""
    from assay.ledger.ledger import open_ledger

    folder, built_in = _folder(name)
    if wish.source is not None:
        _import(name, folder, built_in, wish.source)
        return
    as_known = _day(wish.as_known)
    ledger = open_ledger(folder)
    if wish.to is not None:
        from assay.ledger.exchange import export

        typer.echo(f"wrote {len(ledger.facts)} facts to {export(ledger.facts, wish.to)}")
        return
    from assay.ledger.cite import stale

    warnings = [*ledger.doubts, *stale(ledger, None, date.today())]
    if as_json:
        from assay.ledger.summary import summary

        print_json({"case": name, **summary(ledger, as_known, warnings)})
        return
    _print(ledger, name, as_known)
    sys.stdout.flush()
    print_problems(warnings, as_json=False)


def _folder(name: str) -> tuple[Path, bool]:
    """The folder of a built-in case, of a case file, or one that only has a ledger; and whether it is built in."""
    from assay.case.find import find
    from assay.library import CASES

    built_in = (CASES / name / "case.yaml").is_file() and "/" not in name
    path = Path(name)
    if not built_in and path.is_dir() and not (path / "case.yaml").exists():
        if any((path / table).exists() for table in ("sources.csv", "facts.csv", "facts.yaml")):
            return path, False
        expected = "the folder of a case, with sources.csv, facts.csv or facts.yaml"
        raise InputError([Problem(name, None, None, "", "a folder without a ledger", expected)])
    return find(name).parent, built_in


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        found, expected = f"{text!r}", "a day, as 2025-03-18"
        raise InputError([Problem("--as-known", None, None, "", found, expected)]) from None


def _import(name: str, folder: Path, built_in: bool, source: Path) -> None:
    from assay.ledger.exchange import import_facts

    if built_in:
        expected = f"a copy of your own: assay new study --from {name}"
        raise InputError([Problem(name, None, None, "", "a built-in case, which is not written to", expected)])
    written, warnings = import_facts(source, folder)
    typer.echo(f"wrote {written}")
    print_problems(warnings, as_json=False)


# ----------------------------------------------------------------------------------------------------------- printing


def _print(ledger: Ledger, name: str, as_known: date | None) -> None:
    from rich.console import Console

    from assay.ledger import say
    from assay.ledger.verdict import judge, reckon

    console = Console(width=None if sys.stdout.isatty() else WIDTH, highlight=False, soft_wrap=False)
    judged, figures = judge(ledger, as_known), reckon(ledger, as_known)
    day = as_known or ledger.day
    if not judged and not figures:
        console.print(f"{name}: {len(ledger.facts)} facts, {len(ledger.sources)} sources, no factual claims.")
        return
    what = f"as known on {say.day(day)} and with everything known" if day else "with everything known"
    console.print(f"Factual claims of {name}, {what}", style="bold", markup=False)
    for claim in judged:
        console.print()
        _claim(console, ledger, claim, day)
    if figures:
        console.print()
        console.print("Shares and rates", style="bold")
    for figure in figures:
        _figure(console, figure)
    console.print()
    _tally(console, ledger, judged, day)


def _claim(console: Console, ledger: Ledger, judged: Judged, day: date | None) -> None:
    from rich.text import Text

    claim = judged.claim
    head = Text(f"“{claim.quote}”  " if claim.quote else "", style="italic")
    _put(console, f"{claim.id:<5}", head + Text(claim.says), "bold")
    _put(console, " " * 5, _verdicts(ledger, judged, day))
    for point in judged.points:
        if len(judged.points) > 1:
            _put(console, " " * 5, Text(f"{point.point.says} {_pointed(point)}"))
        for label, known, text in _rows(ledger, point, day):
            _put(console, f"       {label:<10}{known:<11}", Text(text))
    for label, text in (("relevance", claim.relevance), ("note", claim.note)):
        if text:
            _put(console, f"     {label}: ", Text(text), "dim")


def _verdicts(ledger: Ledger, judged: Judged, day: date | None) -> Text:
    from rich.text import Text

    from assay.ledger import say

    asked = judged.verdict if day != ledger.day or judged.then is None else judged.then
    line = Text()
    if day is not None:
        line.append(f"on {say.day(day)}: ")
        line.append(asked, style=STYLE.get(asked, ""))
        line.append("   ")
    line.append("now: " if day is not None else "")
    line.append(judged.now, style=STYLE.get(judged.now, ""))
    if judged.unsure is not None:
        line.append(f"   ({judged.unsure}, if evidence of uncertain day counted)", style="dim")
    return line


def _pointed(point: JudgedPoint) -> str:
    word = "supported, not as it is put" if point.verdict == "qualified" else point.verdict
    return f"[{word}{', a detail' if point.point.detail else ''}]"


def _rows(ledger: Ledger, point: JudgedPoint, day: date | None) -> Iterator[tuple[str, str, str]]:
    """What each item does, since when it could be known, and what it says."""
    for item in point.evidence:
        source = ledger.source(item.source)
        tier = f", {source.tier.replace('_', ' ')}" if source.tier else ""
        yield _side(item), str(item.known), f"{item.note} ({source.name}{tier}){_late(item.known.by(day))}"
    for worked in point.computed:
        note, known = f" ({worked.note})" if worked.note else "", worked.result.known
        yield _side(worked), str(known), f"computed: {_told(worked.result)}{note}{_late(known.by(day))}"


def _told(result: Computed) -> str:
    contested = "".join(f"; contested: {who}" for who in result.contested)
    return result.shown + "".join(f"; {note}" for note in result.notes) + contested


def _side(item: Shown | Worked) -> str:
    if item.weight == "context":
        return "context"
    if not item.side:
        return "open"
    return "qualifies" if item.weight == "qualifies" else item.side


def _late(counts: bool | None) -> str:
    if counts:
        return ""
    return " - known only later" if counts is False else " - perhaps known only later"


def _figure(console: Console, reckoned: Reckoned) -> None:
    from rich.text import Text

    figure, result = reckoned.figure, reckoned.result
    _put(console, "  ", Text(figure.says))
    told = f"{_told(result)} (known from {result.known})" if result else f"unknown: {figure.unknown}"
    _put(console, " " * 5, Text(told))
    if figure.note:
        _put(console, " " * 5, Text(figure.note, style="dim"))


def _tally(console: Console, ledger: Ledger, judged: tuple[Judged, ...], day: date | None) -> None:
    from assay.ledger.verdict import WORDS

    def count(words: list[str]) -> str:
        return ", ".join(f"{words.count(word)} {word}" for word in WORDS if word in words)

    console.print(f"{len(judged)} claims: {count([claim.now for claim in judged])}.", markup=False)
    changed = [claim.claim.id for claim in judged if day is not None and _on(ledger, claim, day) != claim.now]
    if changed:
        console.print(f"The verdict was another on that day: {', '.join(changed)}.", markup=False)
    if ledger.elsewhere:
        routes = list(ledger.elsewhere.values())
        others = ", ".join(f"{routes.count(route)} {words}" for route, words in ROUTES.items() if route in routes)
        console.print(f"{len(routes)} further propositions are judged otherwise: {others}.", markup=False)


def _on(ledger: Ledger, judged: Judged, day: date) -> str:
    return judged.then if day == ledger.day and judged.then is not None else judged.verdict


def _put(console: Console, label: str, text: Text, style: str = "") -> None:
    """A paragraph that hangs from its label; a long label keeps its own line's width."""
    from rich.text import Text

    indent = min(len(label), 28)
    for number, line in enumerate(text.wrap(console, max(40, console.width - len(label)))):
        line.rstrip()
        before = Text(label, style=style) if number == 0 else Text(" " * indent)
        console.print(before + line, soft_wrap=True)
