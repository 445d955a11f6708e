"""Sentences about notices of withdrawal and exits: whether a clock, a conflict or a publication sets the day."""

from __future__ import annotations

from assay.law.book import Act, Rules
from assay.law.clock import strike
from assay.law.days import Day, say
from assay.law.say import length, start, under
from assay.law.states import name


def articles(act: Act, rules: Rules, leaves: Day | None) -> tuple[str, ...]:
    """The articles under which an exit takes effect on a day: the clock's, and that of the conflict that moves it."""
    rule = rules.exit
    if rule is None:
        return ()
    return tuple(dict.fromkeys(one for one in (rule.clock.article, _holding(act, rules, leaves)) if one))


def noticed(act: Act, rules: Rules, leaves: Day | None) -> str:
    """Of a notice that has not yet taken effect."""
    assert act.done is not None
    rule = rules.exit
    given = under(rule.notice_article if rule else "")
    text = f"{start(name(act.actor))} gave notice of withdrawal {say(act.done)}{given}"
    if act.in_effect is not None:
        return f"{text}; it takes effect {say(act.in_effect)}{_against(act, rules, act.in_effect)}."
    if rule is None:
        return f"{text}; when it takes effect cannot be told from that."
    struck, by_war = run_out(act, rules), under(rule.held_by_conflict or "")
    if leaves is None:
        return (
            f"{text}; the time runs out {say(struck)}, while it is engaged in an armed conflict, and the withdrawal "
            f"does not take effect before that conflict ends{by_war}."
        )
    if leaves == struck:
        when = f"{length(rule.clock)} {rule.starts}, {say(leaves)}{under(rule.clock.article)}"
    elif leaves.first > struck.last:
        when = f"at the end of the armed conflict in which it is engaged when the time runs out, {say(leaves)}{by_war}"
    else:
        when = f"{_either(rules, rule.starts)}, {say(leaves)}{under(*articles(act, rules, leaves))}"
    return f"{text}; it takes effect {when}. Until then the treaty binds in full."


def left(act: Act, rules: Rules, leaves: Day) -> str:
    """Of an exit that has taken effect."""
    rule = rules.exit
    text = f"The withdrawal of {name(act.actor)} took effect {say(leaves)}"
    if rule is None or act.done is None:
        return text + "."
    struck, told = run_out(act, rules), f"the notice {say(act.done)}"
    if leaves == struck:
        return f"{text}, {length(rule.clock)} {told}{under(rule.clock.article)}."
    if act.in_effect is not None:
        more = _against(act, rules, leaves) or f"; notice was given {say(act.done)}{under(rule.clock.article)}"
        return f"{text}{more}."
    if leaves.first > struck.last:
        return f"{text}, at the end of the armed conflict that had held it back{under(rule.held_by_conflict or '')}."
    return f"{text}, {_either(rules, told)}{under(*articles(act, rules, leaves))}."


def run_out(act: Act, rules: Rules) -> Day:
    """When the time of a notice runs out, whatever else holds the exit back."""
    assert act.done is not None
    assert rules.exit is not None
    clock = rules.exit.clock
    return act.done.moved(lambda day: strike(clock, day))


def _holding(act: Act, rules: Rules, leaves: Day | None) -> str:
    """The article that moves an exit to the end of a conflict, or may; empty where nothing does."""
    if rules.exit is None or act.done is None or act.in_effect is not None or leaves == run_out(act, rules):
        return ""
    return rules.exit.held_by_conflict or ""


def _either(rules: Rules, starts: str) -> str:
    assert rules.exit is not None
    return f"{length(rules.exit.clock)} {starts}, or at the end of an armed conflict that may have begun by then"


def _against(act: Act, rules: Rules, leaves: Day) -> str:
    """That a published day is not the clock's; empty where it can be."""
    if rules.exit is None or act.done is None:
        return ""
    struck = run_out(act, rules)
    if leaves.first <= struck.last and struck.first <= leaves.last:
        return ""
    gives = f"{length(rules.exit.clock)} {rules.exit.starts} would be {say(struck).removeprefix('on ')}"
    return f", as published; {gives}{under(rules.exit.clock.article)}"
