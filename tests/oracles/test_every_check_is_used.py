"""Every kind of check in `data/` is made by some test, or listed here with the reason why it is out of class."""

import re
from pathlib import Path

import pytest
from exact_trees import GAMES

MADE = {
    "logit_qre": "test_exact_trees_published_games.py",
    "all_logit_qre": "test_exact_trees_published_games.py",
    "logit_limit": "test_exact_trees_published_games.py",
    "gradient": "test_exact_trees_published_games.py",
    "nash": "test_exact_trees_published_games.py",
    "spe": "test_exact_trees_published_games.py",
    "agent_nash_not_nash": "test_exact_trees_published_games.py",
    "refinement": "test_exact_trees_published_games.py",
    "value": "test_exact_trees_published_games.py",
    "bifurcation": "test_exact_trees_published_games.py",
    "qre_mle": "test_exact_trees_published_games.py",
    "empirical_payoff_mle": "test_exact_trees_published_games.py",
    "finite_horizon_qre": "test_stochastic_finite_horizon.py",
}
OUT_OF_CLASS = {
    "markov_perfect": "stationary equilibria of games without an end; games here have a horizon",
    "markov_qre": "stationary equilibria of games without an end; games here have a horizon",
}
HERE = Path(__file__).parent
PAIRS = sorted({(name, check["type"]) for name, known in GAMES.items() for check in known["checks"]})


@pytest.mark.parametrize(("name", "kind"), PAIRS)
def test_a_kind_of_check_is_made_or_listed(name: str, kind: str) -> None:
    assert (kind in MADE) != (kind in OUT_OF_CLASS), f"{name}: {kind}"


@pytest.mark.parametrize("kind", sorted(MADE))
def test_the_test_that_makes_it_names_it(kind: str) -> None:
    assert f'"{kind}"' in (HERE / MADE[kind]).read_text()
    assert any(kind == made for _, made in PAIRS)


def test_the_documentation_lists_what_is_out_of_class() -> None:
    text = (HERE.parents[1] / "docs" / "explanation" / "trees.md").read_text()
    for kind in OUT_OF_CLASS:
        assert re.search(rf"`{kind}`", text), kind


def test_every_file_says_where_it_is_from() -> None:
    text = (HERE / "data" / "README.md").read_text()
    for name, known in GAMES.items():
        assert known["source"]
        assert re.search(rf"\b{name}\b", text), name
