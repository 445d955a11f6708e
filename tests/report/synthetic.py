"""Runs made up at random, for pages to be drawn from: the tables hang together, the numbers mean nothing."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import replace
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from assay.case.assumptions import Distribution
from assay.case.claims import Claim
from assay.case.model import Case
from assay.case.types import columns
from assay.claims.verdict import Rider, Share, Verdict, word
from assay.explore.hinge import Hinge
from assay.explore.hinges import hinges
from assay.explore.ranks import rank_table
from assay.runs.boxes import Boxed, boxed
from assay.runs.run import Plan, Run

HERE = Path(__file__).parent

RIDERS = (
    Rider("modelling constant", "the first hinge is the precision of the western towns, a constant of the method"),
    Rider("by construction", "no path leads from the dyke to the eastern towns’ choice"),
    Rider("uninformative", "the null run, in which nobody pursues an interest, gives the same word"),
    Rider("assumed", "the claim restates the range that its author set for eastern greed"),
    Rider("vacuous", "both events lie below 0.1% in 34% of the draws; the shares are those of the rest"),
    Rider("relative", "read in proportion to the base rate it holds in 21% of the draws"),
    Rider("wide reading", "the loose reading holds in 41 points more of the draws than the strict one"),
    Rider("equilibria", "on all equilibria found the share lies between 12% and 38%"),
    Rider("precision curve", "the share moves from 79% to 32% when actors follow their interest four times as sharply"),
    Rider("unresolved", "3 of 512 draws missed the residual"),
    Rider("floor", "in 48% of the draws an event lies below the floor of 1e-9"),
    Rider("premise", "its premise C20 does no work"),
    Rider("selection", "on the principal branch 6% of the draws turn"),
)


def river() -> Case:
    """The made-up case."""
    return Case.model_validate(YAML(typ="safe", pure=True).load((HERE / "river.yaml").read_text(encoding="utf-8")))


def make(case: Case | None = None, perspectives: tuple[str, ...] | None = None, draws: int = 512, seed: int = 7) -> Run:
    """A run of the case with random tables."""
    case = case or river()
    keys = perspectives or tuple(case.perspectives)[:3]
    tests = [claim for claim in case.claims if claim.route == "model"]
    tables = {key: _draws(case, key, draws, seed) for key in keys}
    truths, quantities = [], []
    for key in keys:
        for claim in tests:
            truth, found = _truth(case, claim, tables[key], seed)
            truths.append(truth.assign(perspective=key, claim=claim.id))
            quantities += [
                pd.DataFrame(
                    {"draw": range(draws), "perspective": key, "claim": claim.id, "quantity": name, "value": value}
                )
                for name, value in found.items()
            ]
    claims = _stack(truths, ["draw", "perspective", "claim", "strict", "loose", "vacuous"])
    amounts = _stack(quantities, ["draw", "perspective", "claim", "quantity", "value"])
    plan = Plan(case, keys, draws, seed, "warm_start", 1e-3, 48)
    verdicts = tuple(_verdict(claims, amounts, claim, key, place) for place, claim in enumerate(tests) for key in keys)
    return Run(
        plan=plan,
        fingerprint="6f1d0c7e2b9a4d83" * 4,
        tests_fingerprint="a1b2c3d4e5f60718" * 4,
        versions={"assay": "0.1.0", "numpy": "2.1.0", "numba": "0.61.0", "python": "3.11.9"},
        seconds=34.2,
        verdicts=verdicts,
        hinge_table={
            (claim.id, key): _hinges(case, tables[key], claims, claim, key) for claim in tests for key in keys
        },
        box_table=_boxes(tables, claims, tests),
        draws=_stack([table.assign(perspective=key) for key, table in tables.items()], ["draw", "perspective"]),
        outcomes=pd.DataFrame(columns=["draw", "perspective", "intervention", "outcome", "value"]),
        claims=claims,
        quantities=amounts,
        audit=_audit(keys, draws, seed),
        series=_series(case, keys, seed),
        consistency={key: found for key in keys if (found := _together(case, claims, key))},
        premises=_premises(tests, claims, keys),
        tales={claim.id: _tales(keys[-1]) for claim in tests[:6]},
        checks=(
            {"text": "C22 holds for the column's author", "passed": True, "found": "holds"},
            {"text": "raid at the medians is 0.05", "passed": False, "found": "0.061"},
        ),
    )


def without(run: Run, **changes: Any) -> Run:
    """The run with some of its parts exchanged."""
    return replace(run, **changes)


def _stack(pieces: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(pieces, ignore_index=True) if pieces else pd.DataFrame(columns=columns)


def _random(seed: int, *names: str) -> np.random.Generator:
    return np.random.default_rng([seed, *(zlib.crc32(name.encode()) for name in names)])


def _draws(case: Case, key: str, draws: int, seed: int) -> pd.DataFrame:
    party = case.perspectives[key]
    drawn = {}
    for name, assumption in columns(case).items():
        u = _random(seed, name).uniform(size=draws)
        drawn[name] = _quantile(party.set.get(name, assumption), u)
    return pd.DataFrame({"draw": range(draws), **drawn})


def _quantile(given: Distribution, u: np.ndarray[Any, Any]) -> Any:
    match given.kind:
        case "range" if given.range:
            low, high = given.range
            return low + u * (high - low)
        case "log_range" if given.log_range:
            low, high = given.log_range
            return low * (high / low) ** u
        case "fixed":
            return np.full(u.shape, given.fixed)
        case "triangular" | "pert":
            low, mode, high = given.triangular or given.pert or (0, 0, 0)
            return np.where(u < 0.5, low + 2 * u * (mode - low), mode + (2 * u - 1) * (high - mode))
        case "normal" if given.normal:
            return given.normal.mean + given.normal.sd * (u - 0.5) * 3
        case "beta" if given.beta:
            mean = given.beta.a / (given.beta.a + given.beta.b)
            return given.beta.low + (given.beta.high - given.beta.low) * np.clip(mean + (u - 0.5) * 0.5, 0, 1)
    weights = given.discrete or given.alternatives or {"": 1.0}
    places = np.minimum(np.searchsorted(np.cumsum(list(weights.values())), u), len(weights) - 1)
    return np.array(list(weights))[places]


def _levels(case: Case, claim: Claim, table: pd.DataFrame, seed: int) -> np.ndarray[Any, Any]:
    """What drives a claim in each draw: a few assumptions on the scale of the case's ranges, and a lean of its own."""
    rng = _random(seed, claim.id)
    names = [name for name, given in columns(case).items() if given.range or given.log_range]
    chosen = rng.choice(names, size=min(3, len(names)), replace=False) if names else []
    total = np.full(len(table), rng.normal(0, 1.2))
    for name, size in zip(chosen, (3.0, 1.8, 0.6), strict=False):
        given = columns(case)[name]
        low, high = given.range or given.log_range or (0.0, 1.0)
        value = table[name].to_numpy(dtype=float)
        place = np.log(value / low) / np.log(high / low) if given.log_range else (value - low) / (high - low)
        total += size * rng.choice([-1, 1]) * (place - 0.5)
    return total + rng.normal(0, 0.5, len(table))


def _truth(
    case: Case, claim: Claim, table: pd.DataFrame, seed: int
) -> tuple[pd.DataFrame, Mapping[str, np.ndarray[Any, Any]]]:
    level = _levels(case, claim, table, seed)
    draws = len(table)
    vacuous = np.zeros(draws, dtype=bool)
    if claim.kind == "contrast":
        greed = table["greed"].to_numpy() if "greed" in table else np.full(draws, 0.3)
        base = np.clip(10.0 ** (-4.2 + 3.6 * np.sqrt(greed) + 0.5 * level), 1e-12, 0.95)
        relative = np.clip(1 / (1 + np.exp(-level)), 0, 1)
        other = base * (1 - relative)
        absolute = base - other
        sign = claim.id == "T1"
        strict = absolute > 0.05 if sign else absolute < 0.01
        loose = absolute > 0.05 if sign else absolute < np.maximum(0.01, 0.2 * base)
        value = absolute
        amounts = {"value": value, "base": base, "other": other, "absolute": absolute, "relative": relative}
    else:
        strict, loose = level > 0.4, level > -0.6
        value = 1 / (1 + np.exp(-level))
        if claim.kind in ("accounting", "preference"):
            value = 12 * level
        amounts = {"value": value}
    if claim.matters_if is not None:
        vacuous = _random(seed, claim.id, "vacuous").uniform(size=draws) < np.where(level < 0, 0.75, 0.4)
    if claim.id == "C28r":
        strict, loose = np.zeros(draws, dtype=bool), np.zeros(draws, dtype=bool)
    if claim.id == "C44":
        strict, loose = level > 3, level > -3
    frame = pd.DataFrame(
        {"draw": range(draws), "strict": strict & ~vacuous, "loose": loose & ~vacuous, "vacuous": vacuous}
    )
    return frame, amounts


def wilson(count: int, draws: int) -> Share:
    """A share with its interval."""
    if draws == 0:
        return Share(0.0, 0.0, 1.0)
    p, z2 = count / draws, 1.96**2
    middle = (p + z2 / (2 * draws)) / (1 + z2 / draws)
    half = 1.96 * sqrt(p * (1 - p) / draws + z2 / (4 * draws**2)) / (1 + z2 / draws)
    return Share(p, max(0.0, min(p, middle - half)), min(1.0, max(p, middle + half)))


def _of(table: pd.DataFrame, claim: str, key: str) -> pd.DataFrame:
    return table[(table["claim"] == claim) & (table["perspective"] == key)]


def _verdict(claims: pd.DataFrame, amounts: pd.DataFrame, claim: Claim, key: str, place: int) -> Verdict:
    found = _of(claims, claim.id, key)
    counts = found[~found["vacuous"]]
    strict, loose = (wilson(int(counts[name].sum()), len(counts)) for name in ("strict", "loose"))
    vacuous = float(found["vacuous"].mean())
    values = _of(amounts, claim.id, key)
    chosen = [RIDERS[(place + step) % len(RIDERS)] for step in range(place % 4)]
    if claim.id == "C22" and key != "author":
        chosen = list(RIDERS)
    return Verdict(
        claim=claim.id,
        perspective=key,
        word=word(strict.share, loose.share, vacuous),
        strict=strict,
        loose=loose,
        mean=float(values[values["quantity"] == "value"]["value"].mean()),
        draws=len(counts),
        unresolved=3,
        vacuous=vacuous,
        riders=tuple(chosen),
    )


def _hinges(case: Case, table: pd.DataFrame, claims: pd.DataFrame, claim: Claim, key: str) -> tuple[Hinge, ...]:
    found = _of(claims, claim.id, key)["strict"].to_numpy()
    if min(found.sum(), (~found).sum()) < 20:
        return ()
    hinges = []
    for name, given in columns(case).items():
        if not (given.range or given.log_range):
            continue
        value = table[name].to_numpy(dtype=float)
        if np.ptp(value) == 0:
            continue
        turn = float(np.median(value))
        low, high = float(found[value < turn].mean()), float(found[value >= turn].mean())
        if abs(low - high) > 0.12:
            hinges.append(Hinge(name, "total order", abs(low - high), 0.05, turn, low, high))
    return tuple(sorted(hinges, key=lambda hinge: -hinge.value))


def _boxes(tables: dict[str, pd.DataFrame], claims: pd.DataFrame, tests: list[Claim]) -> dict[tuple[str, str], Boxed]:
    found = {}
    for key, table in tables.items():
        ranks = rank_table(table.drop(columns="draw"))
        for claim in tests[:2]:
            truth = _of(claims, claim.id, key)
            holds, counted = truth["strict"].to_numpy(), ~truth["vacuous"].to_numpy()
            box = boxed(ranks, hinges(ranks, holds, counted=counted), holds, counted)
            if box is not None:
                found[claim.id, key] = box
    return found


def _audit(keys: tuple[str, ...], draws: int, seed: int) -> pd.DataFrame:
    rng = _random(seed, "audit")
    pieces = []
    for key in keys:
        equilibria = np.full(draws, np.nan)
        equilibria[: min(48, draws)] = rng.choice([1, 1, 1, 2, 3], min(48, draws))
        residual = rng.choice([1e-9, 1e-6, 2e-3], draws, p=[0.9, 0.095, 0.005])
        pieces.append(
            pd.DataFrame(
                {
                    "draw": range(draws),
                    "perspective": key,
                    "residual": residual,
                    "result": np.where(residual > 1e-3, 2, 0),
                    "equilibria": equilibria,
                }
            )
        )
    return _stack(pieces, [])


def _series(case: Case, keys: tuple[str, ...], seed: int) -> pd.DataFrame:
    rows = []
    names = [name for name, outcome in case.outcomes.items() if getattr(outcome, "over_time", False)]
    for name in names:
        for place, key in enumerate(keys):
            level = 0.05 + 0.6 * _random(seed, name).uniform() + (0.25 * place if name == "raid" else 0.02 * place)
            for period in range(case.calendar.periods):
                median = min(0.99, level * (1 - 0.75 ** (period + 1)))
                spread = 0.35 * median
                rows.append(
                    {
                        "perspective": key,
                        "series": name,
                        "period": period,
                        "low": median - 2.2 * spread if median > 2.2 * spread else 0.0,
                        "q25": median - spread,
                        "median": median,
                        "q75": min(1, median + spread),
                        "high": min(1, median + 2 * spread),
                        "mean": median,
                    }
                )
    columns = ["perspective", "series", "period", "low", "q25", "median", "q75", "high", "mean"]
    return pd.DataFrame(rows, columns=columns)


def _together(case: Case, claims: pd.DataFrame, key: str) -> Mapping[str, Any] | None:
    own = [claim.id for claim in case.claims if claim.route == "model" and claim.by == key]
    if len(own) < 2:
        return None
    tables = {name: _of(claims, name, key) for name in own}
    strict = {name: (table["strict"] | table["vacuous"]).to_numpy() for name, table in tables.items()}
    loose = {name: (table["loose"] | table["vacuous"]).to_numpy() for name, table in tables.items()}
    return {
        "strict": float(np.logical_and.reduce(list(strict.values())).mean()),
        "loose": float(np.logical_and.reduce(list(loose.values())).mean()),
        "alone": {name: float(table["strict"][~table["vacuous"]].mean()) for name, table in tables.items()},
        "without": {
            name: float(np.logical_and.reduce([strict[other] for other in own if other != name]).mean()) for name in own
        },
    }


def _premises(tests: list[Claim], claims: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    rows = []
    ids = {claim.id for claim in tests}
    for claim in tests:
        for premise in claim.because:
            if premise not in ids:
                continue
            for key in keys:
                truth = _of(claims, claim.id, key)["strict"].to_numpy()
                where = _of(claims, premise, key)["strict"].to_numpy()
                rows.append(
                    {
                        "claim": claim.id,
                        "premise": premise,
                        "perspective": key,
                        "share_where": float(truth[where].mean()) if where.any() else 0.0,
                        "share_where_not": float(truth[~where].mean()) if (~where).any() else 0.0,
                        "draws_where": int(where.sum()),
                        "draws_where_not": int((~where).sum()),
                    }
                )
    columns = ["claim", "premise", "perspective", "share_where", "share_where_not", "draws_where", "draws_where_not"]
    return pd.DataFrame(rows, columns=columns)


def _tales(key: str) -> tuple[Mapping[str, Any], ...]:
    steps = [
        {"when": "2025", "stage": "building", "actor": "west", "move": "wait", "probability": 0.62, "note": ""},
        {
            "when": "2026",
            "stage": "building",
            "actor": "west",
            "move": "build",
            "probability": 0.41,
            "note": "the price fell",
        },
        {"when": "2029", "stage": "summer", "actor": "", "move": "a_dry_summer", "probability": 0.08, "note": ""},
    ]
    first = {"perspective": key, "draw": 2, "holds": True, "probability": 0.031, "steps": steps[:2], "ending": None}
    second = {"perspective": key, "draw": 1, "holds": False, "probability": 0.0041, "steps": steps, "ending": "raided"}
    return first, second
