"""Types of actors in formulas: what is wrong with a comparison, and how it is said."""

from __future__ import annotations

import pytest

from assay.formula.check import TRUTH, Scope, Symbol, check
from assay.formula.latex import latex
from assay.formula.parse import parse
from assay.formula.prose import prose
from assay.formula.walk import names

SCOPE = Scope(
    {
        "russia": Symbol("actor", values=("secure", "revisionist")),
        "alliance": Symbol("actor", values=("dove", "hawk")),
        "fence": Symbol("variable", values=("none", "built")),
        "take.secure": Symbol("number"),
    },
    elsewhere={"frontline": "the actor has no types to compare it with", "take": "it is a number for each type"},
)


def problems(text: str) -> list[str]:
    return [f"{each.span[0]}: {each.found}; {each.expected}" for each in check(parse(text), SCOPE)[1]]


@pytest.mark.parametrize("text", ["russia == secure", "revisionist != russia", "russia == secure and fence == built"])
def test_a_type_is_compared_like_a_value(text: str) -> None:
    assert check(parse(text), SCOPE) == (TRUTH, [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "russia == revisonist",
            "10: 'revisonist' is not a type of 'russia'; its types: secure, revisionist (did you mean 'revisionist'?)",
        ),
        ("russia == hawk", "10: 'hawk' is not a type of 'russia'; its types: secure, revisionist"),
        ("russia", "0: the actor 'russia' stands alone; compare it with one of its types: russia == secure"),
        ("russia < secure", "0: '<' between the actor 'russia' and a type; types have no order; use == or !="),
        ("russia == 1", "10: the actor 'russia' is compared with a formula; its types: secure, revisionist"),
        (
            "russia == alliance",
            "10: the actors 'russia' and 'alliance' have no type in common; "
            "russia: secure, revisionist; alliance: dove, hawk",
        ),
        ("hawk and fence == built", "0: 'hawk', a type of 'alliance', stands alone; compare it: alliance == hawk"),
        ("frontline == hawk", "0: 'frontline' cannot be used here; the actor has no types to compare it with"),
        ("take > 1", "0: 'take' cannot be used here; it is a number for each type"),
        ("take.secur > 1", "0: unknown name 'take.secur'; did you mean 'take.secure'?"),
    ],
)
def test_what_is_wrong_is_said_once_in_words_about_types(text: str, said: str) -> None:
    assert check(parse(text), SCOPE, TRUTH)[1]
    assert problems(text if text != "russia" else "russia and fence == built") == [said]


def test_a_name_that_cannot_be_used_is_said_once_beside_a_value_of_it() -> None:
    scope = Scope({"size": Symbol("number")}, elsewhere={"fence": "numbers alone"})
    _, findings = check(parse("1 if fence == built else size"), scope)
    assert [(each.span[0], each.found) for each in findings] == [(5, "'fence' cannot be used here")]


def test_names_leave_types_out_and_keep_dotted_ones() -> None:
    formula = parse("take.secure if russia == secure else russia.attack")
    assert names(formula, {"russia": ("secure", "revisionist")}) == ("take.secure", "russia", "russia.attack")


WORDS = {
    "russia": "Russia",
    "russia == secure": "Russia is secure",
    "russia != secure": "Russia is not secure",
    "alliance == hawk": "NATO is a hawk",
    "alliance != hawk": "NATO is not a hawk",
    "event war": "a war",
}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("russia == revisionist", "Russia is revisionist"),
        ("russia != revisionist", "Russia is not revisionist"),
        ("not russia == secure", "Russia is not secure"),
        ("not russia != secure", "Russia is secure"),
        ("P(russia == revisionist)", "the probability that Russia is revisionist"),
        ("P(war, given=alliance == hawk)", "the probability of a war given that NATO is a hawk"),
        (
            "P(war, given=russia == secure and alliance != hawk)",
            "the probability of a war given that Russia is secure and NATO is not a hawk",
        ),
        ("2 if alliance == hawk else 1", "2 if NATO is a hawk, otherwise 1"),
    ],
)
def test_a_type_in_words(text: str, said: str) -> None:
    assert prose(parse(text), WORDS) == said


def test_a_type_in_latex_is_a_theta_and_a_payoff_is_not() -> None:
    written = latex(parse("P(war, given=russia == secure) - E(russia)"), actors=("russia",))
    assert written == (
        r"\Pr\left(\mathrm{war} \mid \theta_{\mathrm{russia}} = \mathrm{secure}\right)"
        r" - \operatorname{E}\left(\mathrm{russia}\right)"
    )
    assert latex(parse("russia == secure")) == r"\mathrm{russia} = \mathrm{secure}"
