"""Runs of cases with private types, made up at random: verdicts as in `synthetic`, futures with beliefs beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from ruamel.yaml import YAML

from assay.case.model import Case
from assay.case.types import types_of
from assay.claims.verdict import Rider, Verdict
from assay.runs.run import Run, Verdicts

from . import synthetic

BLUFF = Path(__file__).parents[1] / "cases" / "bluff.yaml"


def bluff() -> Case:
    """Two informed actors of two types each, and a watcher who is told first."""
    return Case.model_validate(YAML(typ="safe", pure=True).load(BLUFF.read_text(encoding="utf-8")))


def three_types() -> Case:
    """The same with a hill of three types."""
    text = YAML(typ="safe", pure=True).load(BLUFF.read_text(encoding="utf-8"))
    hill = text["actors"]["hill"]
    hill["types"], hill["called"] = ["calm", "greedy", "mad"], {"mad": "out of its mind"}
    hill["share"] = {"greedy": "0.7 * p_greedy", "mad": "0.3 * p_greedy"}
    hill["believed"] = {"watcher": {"greedy": 0.4, "mad": 0.1}, "valley": {"calm": "rest", "greedy": "fear", "mad": 0}}
    text["assumptions"]["prize"]["types"]["mad"] = {"fixed": 90}
    return Case.model_validate(text)


def make(case: Case | None = None, draws: int = 80, seed: int = 3) -> Run:
    """A run of a case with types, with the riders that such a run has."""
    case = case or bluff()
    run = synthetic.make(case, draws=draws, seed=seed)
    rng = np.random.default_rng(seed)
    tales = {
        claim.id: tuple(_tale(case, key, bool(place), rng) for place, key in enumerate(run.plan.perspectives))
        for claim in case.claims
    }
    verdicts = Verdicts(_with_riders(verdict, place) for place, verdict in enumerate(run.verdicts))
    return replace(run, tales=tales, verdicts=verdicts)


def _tale(case: Case, key: str, holds: bool, rng: np.random.Generator) -> Mapping[str, Any]:
    true = {actor: str(rng.choice(types)) for actor, types in types_of(case).items()}
    told = []
    for about, types in types_of(case).items():
        for observer in ("", *(actor for actor in case.actors if actor != about)):
            places = [0.0, 0.3, 0.6, 1.0, 1.4, 2.0]
            path = [rng.dirichlet(np.ones(len(types))).tolist() for _ in places[:-1]]
            told.append(
                {
                    "about": about,
                    "observer": observer,
                    "types": list(types),
                    "course": [list(pair) for pair in zip(places, [*path, path[-1]], strict=True)],
                }
            )
    steps = [
        {"when": "2025", "stage": "show", "actor": "hill", "move": "march", "probability": 0.12, "note": ""},
        {
            "when": "2026",
            "stage": "answer",
            "actor": "valley",
            "move": "resist",
            "probability": 0.41,
            "note": "the watcher now thinks that the valley is brave with probability 71%, before with 40%",
        },
    ]
    return {
        "perspective": key,
        "draw": 1,
        "holds": holds,
        "value": 0.2,
        "types": true,
        "beliefs": told,
        "steps": steps,
        "ending": "fight" if holds else None,
    }


def _with_riders(verdict: Verdict, place: int) -> Verdict:
    word = verdict.word
    other = "contested" if place % 3 == 0 and word != "contested" else word
    words = sorted({word, other})
    depends = 4 if other != word else place % 2
    riders = (
        Rider(
            "equilibria",
            "Several equilibria.",
            {"depends": depends, "several": 5, "draws": 24, "starts": 6, "words": words, "low": 0.5, "high": 0.7},
        ),
        Rider(
            "grid",
            "On another grid of beliefs: with 9 nodes instead of 5.",
            {
                "grids": [
                    {"grid": "9 nodes instead of 5", "draws": 24, "unsolved": 0, "differ": 0.02, "largest": 0.004},
                    {
                        "grid": "a span of 3.5 instead of 2.5",
                        "draws": 24,
                        "unsolved": 0,
                        "differ": 0.0,
                        "largest": 0.02,
                    },
                ]
            },
        ),
        Rider(
            "learning",
            "If nobody drew conclusions from moves, it would hold in 40%.",
            {"draws": 24, "differ": 0.1, "with": 0.6, "without": 0.4, "word": word, "other": other},
        ),
        Rider(
            "misperception",
            "If everybody believed the analyst's shares of types, it would come out the same.",
            {"draws": 24, "differ": 0.0, "with": 0.6, "without": 0.6, "word": word, "other": word},
        ),
    )
    return replace(verdict, riders=riders)
