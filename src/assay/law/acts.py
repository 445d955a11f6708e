"""From `acts.csv` to acts, or to every problem in its rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from assay.documents.table import Row
from assay.errors import Problem, suggestion
from assay.law.book import CONSENTS, KINDS, OUTSIDE, Act, Contest, Rules
from assay.law.days import Day, parse_date, parse_day
from assay.law.states import near, states

NEEDED = ("actor", "act", "done", "checked", "source")
OPTIONAL = ("in_effect", "published", "basis", "contest", "note")
BASES = ("reported", "inferred", "unverified")


class _Entry:
    """One row, with what is wrong in it."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row = row
        self.problems = problems
        self.read = True
        """Whether it could be read who did what when; else other acts would seem to contradict it."""

    def wrong(self, column: str, found: str, expected: str) -> None:
        path = f"{self.row['actor'] or '?'}.{self.row['act'] or '?'}.{column}"
        self.problems.append(self.row.problem(column, found, expected, path))

    def day(self, column: str) -> Day | None:
        text = self.row[column]
        try:
            return parse_day(text) if text else None
        except ValueError as error:
            self.read = self.read and column == "published"
            self.wrong(column, *str(error).split("; ", 1))
            return None

    def date(self, column: str) -> date:
        try:
            return parse_date(self.row[column])
        except ValueError as error:
            self.wrong(column, *str(error).split("; ", 1))
            return date.min

    def word(self, column: str, known: tuple[str, ...], default: str) -> str:
        text = self.row[column] or default
        if text not in known:
            self.read = self.read and column != "act"
            self.wrong(column, f"{text!r}", suggestion(text, known))
        return text


def read_act(
    row: Row,
    rules: Rules | None,
    contests: Mapping[str, Contest] | None,
    sources: Mapping[str, str] | None,
    problems: list[Problem],
) -> tuple[Act, bool]:
    """The act in a row, and whether it could be read who did what when; what is wrong is added to `problems`.

    What could not be read (None for rules, contests or sources) is not held against the row.
    """
    entry = _Entry(row, problems)
    if row["actor"] not in states():
        entry.read = False
        entry.wrong("actor", f"{row['actor']!r}, which is no state's three letters", near(row["actor"]))
    ids = tuple(row["source"].split())
    act = Act(
        actor=row["actor"],
        kind=entry.word("act", KINDS, ""),
        done=entry.day("done"),
        in_effect=entry.day("in_effect"),
        published=entry.day("published"),
        checked=entry.date("checked"),
        basis=entry.word("basis", BASES, "reported"),
        contest=row["contest"] or None,
        source=ids,
        note=row["note"],
    )
    for source in ids:
        if sources is not None and source not in sources:
            entry.wrong(
                "source", f"an unknown source {source!r}", suggestion(source, sources) or "a row of sources.csv"
            )
    if not ids:
        entry.wrong("source", "no source", "at least one id of sources.csv; several with spaces between")
    if act.contest and contests is not None and act.contest not in contests:
        known = suggestion(act.contest, contests) or "an id of contests.yaml"
        entry.wrong("contest", f"an unknown contested point {act.contest!r}", known)
    if act.kind == "suspension_claimed" and not act.contest and not (rules and rules.suspension_allowed):
        expected = "an id of contests.yaml; or `suspension: {allowed: true}` in the rules"
        entry.wrong("contest", "a claim to suspend that nobody contests", expected)
    _check_days(act, rules, entry)
    return act, entry.read


def _check_days(act: Act, rules: Rules | None, entry: _Entry) -> None:
    if rules and act.done and act.kind not in OUTSIDE and act.done.last < rules.opened.first:
        expected = f"no act before {rules.treaty} was opened, which was {_when(rules.opened)}"
        entry.wrong("done", f"{act.done}, before the treaty existed", expected)
    if act.done and act.published and act.published.last < act.done.first:
        entry.wrong("published", f"{act.published}, before it was done", f"from {act.done} on")
    if act.done and act.done.first > act.checked and act.checked != date.min:
        entry.wrong("checked", f"{act.checked}, before it was done ({act.done})", "the day when somebody last looked")
    late = act.done and act.in_effect and act.in_effect.last < act.done.first
    if late and act.kind != "succession":
        entry.wrong(
            "in_effect", f"{act.in_effect}, before it was done", f"from {act.done} on; only succession reaches back"
        )
    in_force = rules.in_force if rules else None
    if act.kind in CONSENTS and act.in_effect and in_force and act.in_effect.last < in_force:
        found = f"{act.in_effect}, before the treaty itself was in force"
        entry.wrong("in_effect", found, f"from {in_force} on, as `in_force` in the rules says; or empty")
    if act.kind == "succession" and act.done and act.in_effect and act.done.last < act.in_effect.first:
        expected = f"from {act.in_effect} on; `in_effect` is the day of independence"
        entry.wrong("done", f"{act.done}, a succession notified before independence", expected)
    if act.kind == "notice" and not act.done and not act.in_effect:
        entry.wrong("done", "a notice without a day", "the day it was received, or `in_effect`")


def _when(day: Day) -> str:
    return str(day)
