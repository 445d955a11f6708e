"""What the checker says of formulas over assumptions, variables and alternatives."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.formula.check import (
    ANY_NUMBER,
    PLAIN_NUMBER,
    PROBABILITY,
    TRUTH,
    UNKNOWN,
    Meaning,
    Scope,
    Symbol,
    check,
    measured,
    number,
)
from assay.formula.dimension import NONE, parse_unit, util_of
from assay.formula.parse import parse

ACTORS = ("hill", "valley")


def _in(unit: str) -> Symbol:
    return Symbol.of(measured(parse_unit(unit, ACTORS)))


SCOPE = Scope(
    names={
        "prize": _in("util/hill"),
        "loss": _in("util/hill"),
        "cost": _in("util/valley"),
        "price": _in("EUR"),
        "budget": _in("EUR bn"),
        "quarrel": _in("probability"),
        "odds": _in("log-odds"),
        "rate": _in("1/year"),
        "elapsed": _in("year"),
        "wait": _in("month"),
        "hedge": Symbol("number"),
        "spoilt": Symbol("unknown"),
        "raided": Symbol("truth"),
        "fence": Symbol("variable", values=("none", "built")),
        "wall": Symbol("variable", values=("built", "high")),
        "mood": Symbol("variable", values=("calm", "angry")),
        "coalition": Symbol("alternatives", values=("joint", "apart")),
    },
    elsewhere={"level": "only readings speak of the level", "P": "probabilities are asked for in outcomes and claims"},
)


@pytest.mark.parametrize(
    ("written", "meaning"),
    [
        ("prize - 3", number(util_of("hill"))),
        ("-100", ANY_NUMBER),
        ("0.5 if fence == built else 0", ANY_NUMBER),
        ("2 * prize + min(loss, 5)", number(util_of("hill"))),
        ("quarrel * prize - (1 if fence == built else 0) * loss", number(util_of("hill"))),
        ("1 if fence == built else prize", number(util_of("hill"))),
        ("prize / loss", PLAIN_NUMBER),
        ("exp(-rate * elapsed)", PLAIN_NUMBER),
        ("1 / rate", number(parse_unit("year").dimension)),
        ("expit(odds - 0.5)", PROBABILITY),
        ("1 - quarrel", PROBABILITY),
        ("quarrel * quarrel", PROBABILITY),
        ("sqrt(prize ** 2) + loss", number(util_of("hill"))),
        ("abs(prize)", number(util_of("hill"))),
        ("clip(prize / loss, 0, 1)", PLAIN_NUMBER),
        ("hedge", ANY_NUMBER),
        ("prize < hedge", TRUTH),
        ("fence == built", TRUTH),
        ("built != fence", TRUTH),
        ("fence == wall", TRUTH),
        ("coalition == joint and not raided", TRUTH),
        ("raided if quarrel > 0.5 else fence == none", TRUTH),
        ("quarrel ** 2.5", PLAIN_NUMBER),
    ],
)
def test_a_right_formula_has_a_meaning_and_no_findings(written: str, meaning: Meaning) -> None:
    found, findings = check(parse(written), SCOPE)
    assert findings == []
    assert found == meaning


@pytest.mark.parametrize(
    ("written", "place", "found", "expected"),
    [
        ("prise * 2", "prise", "unknown name 'prise'", "did you mean 'prize'?"),
        ("level * 2", "level", "'level' cannot be used here", "only readings"),
        ("P(raided)", "P(raided)", "'P' cannot be used here", "in outcomes and claims"),
        ("mni(prize, 2)", "mni(prize, 2)", "unknown function 'mni'", "did you mean 'min'?"),
        ("prize(3)", "prize(3)", "'prize' is a name, not a function", "write * to multiply"),
        ("min", "min", "the function 'min' without arguments", "write min(a, b, ...)"),
        ("clip(prize, 0)", "clip(prize, 0)", "clip with 2 arguments", "write clip(x, low, high)"),
        ("exp(x=odds)", "odds", "an argument named 'x'", "write exp(x)"),
        ("prize + cost", "prize + cost", "util/hill added to util/valley", "cannot be weighed against each other"),
        ("prize > cost", "prize > cost", "util/hill compared with util/valley", "cannot be weighed"),
        ("prize - odds", "prize - odds", "a plain number subtracted from util/hill", "the same unit"),
        ("wait + elapsed", "wait + elapsed", "month added to year", "nothing converts units"),
        ("max(price, budget)", "max(price, budget)", "EUR beside EUR bn", "nothing converts units"),
        ("exp(prize)", "exp(prize)", "exp of a number in util/hill", "takes a plain number"),
        ("logit(rate)", "logit(rate)", "logit of a number in 1/year", "takes a plain number"),
        ("2 ** prize", "2 ** prize", "an exponent in util/hill", "a plain number"),
        ("prize ** odds", "prize ** odds", "util/hill raised to", "x**2"),
        ("prize / 0", "prize / 0", "a division by zero", "another divisor"),
        ("fence == burnt", "burnt", "'burnt' is not a value of 'fence'", "none, built (did you mean 'built'?)"),
        ("fence == mood", "mood", "'fence' and 'mood' have no value in common", "mood: calm, angry"),
        ("fence == 1", "1", "'fence' is compared with a formula", "its values: none, built"),
        ("fence < built", "fence < built", "'<' between the variable 'fence' and a value", "use == or !="),
        ("coalition == join", "join", "'join' is not a value of 'coalition'", "did you mean 'joint'?"),
        ("fenc == built", "fenc", "unknown name 'fenc'", "did you mean 'fence'?"),
        ("built == fenc", "fenc", "unknown name 'fenc'", "did you mean 'fence'?"),
        ("1 + fence", "fence", "the variable 'fence' stands alone", "fence == none"),
        ("not fence", "fence", "the variable 'fence' stands alone", "fence == none"),
        ("1 if fence else 2", "fence", "the variable 'fence' stands alone", "fence == none"),
        ("raided and built", "built", "'built', a value of 'fence', stands alone", "fence == built"),
        ("prize and raided", "prize", "'prize', a number where a truth is expected", "compare it"),
        ("2 * (fence == built)", "fence == built", "a truth where a number is expected", "1 if ... else 0"),
        ("raided == 1", "raided", "a truth in a comparison", "and, or, not"),
        ("1 if raided else raided", "1 if raided else raided", "a number before 'if' and a truth after", "two numbers"),
        ("prize if raided else cost", "prize if raided else cost", "util/hill before 'if'", "cannot be weighed"),
        ("quarrel < 5", "5", "5 for a probability or a share", "0.05 for 5%"),
    ],
)
def test_a_wrong_formula_is_told_what_and_where(written: str, place: str, found: str, expected: str) -> None:
    _, findings = check(parse(written), SCOPE)
    [finding] = [one for one in findings if found in one.found]
    assert written[slice(*finding.span)] == place
    assert expected in finding.expected


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_text() -> None:
    _, findings = check(parse("nothing + exp(prize) + (prize + cost) * (fence == burnt)"), SCOPE)
    said = [finding.found.split(",")[0] for finding in findings]
    assert said == [
        "unknown name 'nothing'",
        "exp of a number in util/hill",
        "util/hill added to util/valley",
        "'fence == burnt'",
        "'burnt' is not a value of 'fence'",
    ]


@pytest.mark.parametrize(
    "written", ["nothing + prize", "exp(prize) + cost", "spoilt + prize", "spoilt and raided", "fence == spoilt"]
)
def test_one_error_does_not_cause_another(written: str) -> None:
    _, findings = check(parse(written), SCOPE)
    assert len(findings) == ("spoilt" not in written)


def test_a_variable_whose_values_are_not_known_accepts_any() -> None:
    scope = Scope({"fence": Symbol("variable")})
    assert check(parse("fence == anything"), scope) == (TRUTH, [])


@pytest.mark.parametrize(
    ("written", "expected", "found"),
    [
        ("prize", number(util_of("valley")), "util/hill where util/valley is expected"),
        ("odds", number(util_of("valley")), "a plain number where util/valley is expected"),
        ("raided", ANY_NUMBER, "a truth where a number is expected"),
        ("prize", TRUTH, "util/hill where a truth is expected"),
        ("fence", TRUTH, "the variable 'fence' stands alone"),
        ("fence", ANY_NUMBER, "the variable 'fence' stands alone"),
        ("1.5", PROBABILITY, "1.5 for a probability"),
        ("-0.5", PROBABILITY, "-0.5 for a probability"),
        ("0.5 if raided else 30", PROBABILITY, "30 for a probability"),
        ("elapsed", number(parse_unit("month").dimension), "year where month is expected"),
    ],
)
def test_the_whole_formula_has_to_be_what_its_place_asks_for(written: str, expected: Meaning, found: str) -> None:
    meaning, findings = check(parse(written), SCOPE, expected)
    assert found in findings[0].found
    assert meaning == UNKNOWN or expected.bounded


@pytest.mark.parametrize(
    ("written", "expected"),
    [("-100", number(util_of("hill"))), ("0", PROBABILITY), ("prize", ANY_NUMBER), ("odds", PLAIN_NUMBER)],
)
def test_literals_adapt_to_the_place(written: str, expected: Meaning) -> None:
    assert check(parse(written), SCOPE, expected)[1] == []


def test_a_definition_of_literals_alone_is_a_plain_number() -> None:
    meaning, _ = check(parse("1 if fence == built else 0"), SCOPE)
    assert meaning.settled().dimension == NONE
    assert number(util_of("hill")).settled() == number(util_of("hill"))


_NAMES = st.sampled_from([*SCOPE.names, "built", "none", "level", "min", "P", "nothing"])
_FORMULAS = st.recursive(
    _NAMES | st.sampled_from(["1", "0", "2.5"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", " * ", " / ", " ** ", " < ", " == ", " and "]), inner).map(
            lambda parts: f"({''.join(parts)})"
        ),
        inner.map("not {}".format).map("({})".format),
        st.tuples(st.sampled_from(["min", "exp", "abs", "foo"]), inner).map(lambda parts: f"{parts[0]}({parts[1]})"),
        st.tuples(inner, inner, inner).map(lambda parts: "({} if {} else {})".format(*parts)),
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(_FORMULAS, st.sampled_from([None, ANY_NUMBER, TRUTH, PROBABILITY, number(util_of("hill"))]))
def test_any_formula_is_checked_without_failing(written: str, expected: Meaning | None) -> None:
    meaning, findings = check(parse(written), SCOPE, expected)
    if meaning == UNKNOWN and "spoilt" not in written:
        assert findings
    for finding in findings:
        start, end = finding.span
        assert 0 <= start < end <= len(written)
        assert finding.found
        assert finding.expected
