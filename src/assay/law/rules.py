"""From `rules.yaml` to `Rules`, or to every problem in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assay.errors import suggestion
from assay.law.book import (
    CONSENTS,
    Clock,
    Exit,
    Rest,
    Rules,
    Threshold,
)
from assay.law.clauses import read_allowance, read_bar, read_deadline, read_duty, read_notes, read_role
from assay.law.clock import LANDINGS
from assay.law.days import Day, on
from assay.law.fields import Section, check_sources


def read_rules(top: Section, sources: Iterable[str] | None, folder: str) -> Rules:
    """The rules in a document; what is wrong is noted at its place. `folder` is the name the treaty must have.

    `sources`: the ids of `sources.csv`; None where that could not be read, so that no id is held against it.
    """
    treaty = top.text("treaty")
    if treaty and treaty != folder:
        top.wrong("treaty", repr(treaty), f"the name of its folder, {folder!r}")
    opened = top.day("opened")
    if opened is None and not any(problem.path == "opened" for problem in top.notes.problems):
        top.wrong("opened", "no day on which the treaty was opened or signed", "`opened: 1997-12-03`, or a year")
    in_force = _in_force(top, opened)
    suspension = _suspension(top)
    rules = Rules(
        treaty=treaty,
        name=top.text("name"),
        also=top.texts("also"),
        subject=top.text("subject", ""),
        opened=opened or on(date.min),
        in_force=in_force,
        ended=top.date("ended"),
        closes=_closes(top, in_force),
        covers=_covers(top),
        checked=top.date("checked") or _missing(top, "checked"),
        verified=top.truth("verified", True),
        sources=check_sources(top, "sources", sources),
        signature_article=_article(top, "signature"),
        consent_article=_article(top, "consent"),
        consent_kinds=_kinds(top),
        entry=_clock(top.section("entry"), in_force),
        threshold=_threshold(top),
        provisional=_provisional(top),
        succession=top.text("succession", ""),
        exit=_exit(top),
        suspension_allowed=suspension[0],
        suspension_basis=suspension[1],
        bars=tuple(read_bar(section) for section in top.sections("bars")),
        roles={act: tuple(read_role(section) for section in roles) for act, roles in top.named("roles").items()},
        allowances=tuple(read_allowance(section) for section in top.sections("exceptions")),
        deadlines=tuple(read_deadline(section) for section in top.sections("deadlines")),
        duties=tuple(read_duty(section) for section in top.sections("duties")),
        outside=top.texts("does_not_cover"),
        notes=read_notes(top),
        act_notes=_act_notes(top),
    )
    _check(top, rules)
    top.passed("adopted", "depositary", "reservations", "disputes", "amendment")  # for human readers
    top.done()
    return rules


def _in_force(top: Section, opened: Day | None) -> date | None:
    """The treaty's own entry into force; None too where it cannot be that day, so that no act seems wrong by it."""
    found = top.date("in_force")
    if found and opened and found < opened.first:
        top.wrong("in_force", f"{found}, before the treaty was opened", f"from {opened.first} on")
        return None
    return found


def _check(top: Section, rules: Rules) -> None:
    if not rules.sources:
        top.wrong("sources", "no source for the rules", "at least one id of sources.csv")
    if rules.ended and rules.in_force and rules.ended < rules.in_force:
        top.wrong("ended", f"{rules.ended}, before it was in force", f"after {rules.in_force}")
    _check_acts(top, rules)


def _check_acts(top: Section, rules: Rules) -> None:
    """Notes acts that are named somewhere and that no bar is about, and roles of a name that nobody plays."""
    known = sorted({bar.act for bar in rules.bars if bar.act})
    provisional = rules.provisional[1] if rules.provisional else ()
    named: list[tuple[tuple[str | int, ...], str]] = [
        *(
            (("roles", act, index, "act"), role.act)
            for act, roles in rules.roles.items()
            for index, role in enumerate(roles)
        ),
        *(
            (("exceptions", index, "acts"), act)
            for index, allowance in enumerate(rules.allowances)
            for act in allowance.acts
        ),
        *((("provisional_application", "acts"), act) for act in provisional),
        *((("act_notes", act), act) for act in rules.act_notes),
    ]
    for path, act in named:
        if act and act not in known:
            expected = suggestion(act, known) or f"an act under `bars`: {', '.join(known) or 'none'}"
            top.notes.note(path, f"{act!r}, an act that is not barred", expected, key=path[0] == "act_notes")


def _act_notes(top: Section) -> dict[str, tuple[str, ...]]:
    section = top.section("act_notes")
    return {str(act): section.texts(act) for act in section.data} if section is not None else {}


def _missing(top: Section, key: str) -> date:
    if not any(problem.path == key for problem in top.notes.problems):
        top.wrong(key, f"the key {key!r} is missing", "the day when somebody last looked, as 2026-11-22")
    return date.min


def _closes(top: Section, in_force: date | None) -> date | None:
    section = top.section("signature")
    if section is None or not section.has("closes"):
        return None
    return in_force if section.data["closes"] == "in_force" else section.date("closes")


def _covers(top: Section) -> tuple[str, ...] | None:
    if not top.has("covers"):
        top.wrong("covers", "the key 'covers' is missing", "`all`, or a list of the states whose acts were taken down")
        return None
    return None if top.data["covers"] == "all" else top.states("covers")


def _article(top: Section, key: str) -> str:
    section = top.section(key)
    if section is None:
        return ""
    article = section.text("article")
    section.passed("kinds", "closes", "verified")
    section.done()
    return article


def _kinds(top: Section) -> tuple[str, ...]:
    section = top.section("consent")
    kinds = section.texts("kinds") if section is not None else ()
    for index, kind in enumerate(kinds):
        if kind not in CONSENTS:
            path = ("consent", "kinds", index)
            top.notes.note(path, f"{kind!r}, which is no kind of consent", f"one of {', '.join(CONSENTS)}")
    return kinds


def _clock(section: Section | None, not_before: date | None) -> Clock | None:
    if section is None:
        return None
    if not (section.has("months") or section.has("days")):
        section.notes.note(section.path, "a clock without `months` or `days`", "how long it takes, as `months: 6`")
    section.passed("starts")
    clock = Clock(
        article=section.text("article"),
        months=section.number("months"),
        days=section.number("days"),
        lands_on=section.choice("lands_on", LANDINGS, "same_day"),
        not_before=not_before,
        verified=section.truth("verified", True),
    )
    section.done()
    return clock


def _threshold(top: Section) -> Threshold | None:
    section = top.section("treaty_entry")
    if section is None:
        return None
    instruments = section.number("instruments")
    clock = _clock(section, None)
    return Threshold(instruments, clock) if clock else None


def _provisional(top: Section) -> tuple[str, tuple[str, ...]] | None:
    section = top.section("provisional_application")
    if section is None:
        return None
    found = (section.text("article"), section.texts("acts"))
    section.passed("verified")
    section.done()
    return found


def _exit(top: Section) -> Exit | None:
    section = top.section("exit")
    if section is None:
        return None
    held = section.section("held_by_conflict")
    article = held.text("article") if held is not None else None
    if held is not None:
        held.passed("condition")
        held.done()
    rest = tuple(_rest(below) for below in section.sections("afterwards"))
    notice_article = section.text("notice_article", "")
    starts = section.text("starts", "receipt of the notice")
    revocable, notes = section.text("revocable", ""), section.texts("notes")
    clock = _clock(section, None)
    return Exit(clock, article, notice_article, starts, revocable, rest, notes) if clock else None


def _rest(section: Section) -> Rest:
    rest = Rest(
        section.text("instrument"),
        section.text("condition", ""),
        section.text("article", ""),
        section.truth("verified", True),
    )
    section.done()
    return rest


def _suspension(top: Section) -> tuple[bool | None, str]:
    section = top.section("suspension")
    if section is None:
        return None, ""
    allowed = section.truth("allowed", False) if section.has("allowed") else None
    basis = section.text("basis", "")
    section.passed("source")
    section.done()
    return allowed, basis
