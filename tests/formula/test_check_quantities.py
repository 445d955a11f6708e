"""Special functions: `P`, `E` and their arguments, as a caller declares them."""

from __future__ import annotations

import pytest

from assay.formula.ast import Call
from assay.formula.check import (
    PROBABILITY,
    TRUTH,
    UNKNOWN,
    Meaning,
    Parameter,
    Scope,
    Signature,
    Symbol,
    check,
    number,
    one_of,
)
from assay.formula.dimension import util_of
from assay.formula.parse import parse
from assay.formula.text import text

EVENTS = Scope(
    names={
        "raid": Symbol("truth"),
        "hill.raid": Symbol("truth"),
        "fence": Symbol("variable", values=("none", "built")),
    },
    elsewhere={"prize": "an event speaks of endings, variables and moves", "P": "an event is no quantity"},
)


def _in_the_calendar(when: float) -> str | None:
    return None if when in (1, 2, 3, 2025, 2026, 2027) else "a period from 1 to 3, or a year from 2025 to 2027"


TIME = one_of(["end"], "a time", numbers=_in_the_calendar)
NAMED = {
    "by": TIME,
    "given": Parameter(TRUTH, EVENTS),
    "do": one_of(["fenced", "unfenced"], "a policy", joined=True),
}


def _payoff(call: Call) -> Meaning:
    return number(util_of(text(call.args[0]).split(".")[0]))


SCOPE = Scope(
    names={"prize": Symbol("number", util_of("hill")), "unlikely": Symbol("number"), "war": Symbol.of(PROBABILITY)},
    functions={
        "P": Signature(
            shape="P(event, by=, given=, do=, ASSUMPTION=)",
            result=PROBABILITY,
            positional=(Parameter(TRUTH, EVENTS),),
            named=NAMED,
            others={"prize": Parameter(number(util_of("hill")))},
        ),
        "E": Signature(
            shape="E(actor) or E(actor.part)",
            result=_payoff,
            positional=(one_of(["hill", "hill.loss", "valley"], "an actor or a part of its payoff"),),
            named={"do": NAMED["do"]},
        ),
    },
)


@pytest.mark.parametrize(
    "written",
    [
        "P(raid) < unlikely",
        "P(raid, by=end, given=not fence == built) < 0.05",
        "P(raid and hill.raid, by=2026, do=fenced + unfenced) > war",
        "abs(P(raid, prize=3) - P(raid, prize=2 * prize)) < unlikely",
        "E(hill, do=fenced) - E(hill.loss) > prize",
        "E(valley) > -3",
    ],
)
def test_a_right_test_is_a_truth(written: str) -> None:
    assert check(parse(written), SCOPE, TRUTH) == (TRUTH, [])


@pytest.mark.parametrize(
    ("written", "place", "found", "expected"),
    [
        ("P()", "P()", "P with no plain arguments", "write P(event, by="),
        ("P(raid, raid)", "P(raid, raid)", "P with 2 plain arguments", "write P(event, by="),
        ("P(prize)", "prize", "'prize' cannot be used here", "an event speaks of endings"),
        ("P(P(raid))", "P(raid)", "'P' cannot be used here", "an event is no quantity"),
        ("P(fence)", "fence", "the variable 'fence' stands alone", "fence == none"),
        ("P(1)", "1", "a number where a truth is expected", "a comparison"),
        ("P(hill.riad)", "hill.riad", "unknown name 'hill.riad'", "did you mean 'hill.raid'?"),
        ("P(raid, by=4)", "4", "4 is not a time", "a period from 1 to 3"),
        ("P(raid, by=soon)", "soon", "'soon' is not a time", "known here: end"),
        ("P(raid, by=1 + 1)", "1 + 1", "a formula where a time is named", "known here: end"),
        ("P(raid, do=fence)", "fence", "'fence' is not a policy", "did you mean 'fenced'?"),
        ("P(raid, do=fenced + fances)", "fances", "'fances' is not a policy", "fenced"),
        ("P(raid, by=1, by=2)", "2", "P with 'by' given twice", "give it once"),
        ("P(raid, prise=3)", "3", "'prise' is no argument of P nor an assumption", "did you mean 'prize'?"),
        ("P(raid, colour=3)", "3", "'colour' is no argument of P nor an assumption", "write P(event, by="),
        ("P(raid, prize=war)", "war", "a plain number where util/hill is expected", "multiply by"),
        ("E(hill) + E(valley)", "E(hill) + E(valley)", "util/hill added to util/valley", "cannot be weighed"),
        ("E(hil)", "hil", "'hil' is not an actor or a part", "did you mean 'hill'?"),
        ("E(2 * hill)", "2 * hill", "a formula where an actor or a part of its payoff is named", "known here"),
        ("P(raid) < 5", "5", "5 for a probability", "0.05 for 5%"),
        ("P", "P", "the function 'P' without arguments", "write P(event, by="),
    ],
)
def test_a_wrong_argument_is_told_what_and_where(written: str, place: str, found: str, expected: str) -> None:
    _, [finding] = check(parse(written), SCOPE)
    assert written[slice(*finding.span)] == place
    assert found in finding.found
    assert expected in finding.expected


def test_a_result_that_depends_on_a_wrong_argument_is_unknown() -> None:
    meaning, findings = check(parse("E(hil) + prize"), SCOPE)
    assert meaning == UNKNOWN
    assert len(findings) == 1


def test_the_names_of_an_argument_s_scope_stay_inside_it() -> None:
    _, [finding] = check(parse("P(raid) > raid"), SCOPE)
    assert finding.found == "unknown name 'raid'"
