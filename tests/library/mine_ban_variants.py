"""The variants of the case `mine-ban`: `python tests/library/mine_ban_variants.py` writes them.

The types of an actor and its moves are fixed in a case, so others are another case. Each variant is `case.yaml` with
the changes made here and nothing else, but for the propositions that no game judges, which it leaves out.
"""

from __future__ import annotations

import copy
import io
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[2] / "src/assay/library/cases/mine-ban"
HEAD = """# {what}
# Made from case.yaml by tests/library/mine_ban_variants.py, which says what differs; change those and make it again.
"""
NODES = 3
"""Of the belief grid for each coordinate: the belief at the start, and certainty."""
WILL = {"dove": "dove", "guardian": "hawk", "opportunist": "dove", "hawk": "hawk"}
"""Whose number each of the alliance's four types has where it is about the guarantee."""
WISH = {"dove": "dove", "guardian": "dove", "opportunist": "hawk", "hawk": "hawk"}
"""And where it is about Russia's defeat."""
BY_TYPE = {
    "presence_cost": WILL,
    "abandon_cost": WILL,
    "credibility": WILL,
    "rollback_gain": WISH,
    "proxy_gain_alliance": WISH,
}
IF = {
    ("presence_cost", "dove"): "if it would not defend them",
    ("presence_cost", "hawk"): "if it would defend them",
    ("abandon_cost", "dove"): "if it would not defend them",
    ("abandon_cost", "hawk"): "if it would defend them",
    ("credibility", "dove"): "if it would not defend the four states",
    ("credibility", "hawk"): "if it would defend the four states",
    ("rollback_gain", "dove"): "if it has no wish for that",
    ("rollback_gain", "hawk"): "if it wishes for that",
    ("proxy_gain_alliance", "dove"): "if it has no wish for Russia's defeat",
    ("proxy_gain_alliance", "hawk"): "if it wishes for Russia's defeat",
}
Data = dict[str, Any]


def main_case() -> Data:
    """The case `mine-ban`, as its file has it."""
    data: Data = YAML(typ="safe", pure=True).load((FOLDER / "case.yaml").read_text(encoding="utf-8"))
    return data


def two_wishes(case: Data) -> Data:
    """Four types of the alliance: whether it would defend and whether it wants Russia's defeat are two questions."""
    case = _judged_alone(case)
    case["title"] += ", with an alliance of four types"
    alliance, assumptions, define = case["actors"]["alliance"], case["assumptions"], case["define"]
    alliance["means"] = (
        "those who decide on forward presence, on the war in Ukraine and on whether the guarantee is kept; guardians "
        "and hawks keep it, opportunists and hawks may gain from Russia's defeat, doves do neither"
    )
    alliance["types"] = list(WILL)
    alliance["share"] = _four("share_hawk", "share_rollback")
    alliance["believed"] = {
        "russia": _four("alliance_seen_by_russia", "rollback_seen_by_russia"),
        "frontline": _four("alliance_seen_by_frontline", "share_rollback"),
    }
    alliance["called"] = {
        "dove": "a dove",
        "guardian": "a guardian",
        "opportunist": "an opportunist",
        "hawk": "a hawk",
    }
    for name in ("share_hawk", "alliance_seen_by_russia", "alliance_seen_by_frontline"):
        assumptions[name]["means"] = assumptions[name]["means"].replace("a hawk", "a guardian or a hawk")
    del assumptions["rollback_alike"]
    define["rollback"] |= {"value": "rollback_gain", "means": "what the alliance gains by beating Russia on its soil"}
    for name, whose in BY_TYPE.items():
        typed = assumptions.pop(name)
        for kind, number in typed["types"].items():
            shared = {key: typed[key] for key in ("unit", "source", "because")}
            assumptions[f"{name}_{kind}"] = shared | number | {"means": f"{typed['means']}, {IF[name, kind]}"}
        types = {kind: f"{name}_{own}" for kind, own in whose.items()}
        define[name] = {"by": "alliance", "types": types, "means": typed["means"], "unit": typed["unit"]}
    assumptions["share_rollback"] = {
        "range": [0.01, 0.95],
        "unit": "probability",
        "means": "the probability that the alliance wants Russia's defeat, by the reading of whoever assesses the case",
        "source": ["S_LEVADA22", "S_SUNRISE"],
        "because": "NATO calls itself defensive, the essay and Moscow speak of a wish for strategic defeat",
    }
    assumptions["rollback_seen_by_russia"] = {
        "range": [0.1, 0.95],
        "unit": "probability",
        "means": "the probability that Russia gives to the alliance wanting its defeat at the start",
        "source": ["S_LEVADA22"],
        "because": "60 percent of Russians saw reason to fear NATO in May 2022",
    }
    case = _renamed(case, {f"{name}.{kind}": f"{name}_{kind}" for name in BY_TYPE for kind in ("dove", "hawk")})
    readings = {
        "author": ([0.5, 0.95], [0.5, 0.95], "it says that NATO used Ukraine to defeat Russia strategically"),
        "frontline": ([0.01, 0.1], [0.1, 0.9], "NATO calls itself a defensive alliance, whatever Moscow believes"),
        "moscow": ([0.6, 0.95], [0.6, 0.95], "a wish for strategic defeat is alleged, as the essay reports (C31)"),
    }
    for party, (share, seen, why) in readings.items():
        case["perspectives"][party]["set"]["share_rollback"] = {"range": share, "because": why}
        case["perspectives"][party]["set"]["rollback_seen_by_russia"] = {"range": seen, "because": why}
    return case


def three_russias(case: Data) -> Data:
    """A third type of Russia: an opportunist, who wants little land and would use an opening all the same."""
    case = _judged_alone(case)
    case["title"] += ", with a Russia of three types"
    russia, assumptions = case["actors"]["russia"], case["assumptions"]
    russia["means"] = (
        "one strategic actor, two legal persons, of whom only Belarus is bound by the convention; a revisionist one "
        "would gain from land, an opportunist from a failing alliance and from a probe that stays unanswered, a secure "
        "one from neither"
    )
    russia["types"] = ["secure", "opportunist", "revisionist"]
    russia["called"] = {"opportunist": "an opportunist"}
    russia["share"] = _three("share_revisionist")
    russia["believed"] = {by: _three(f"russia_seen_by_{by}") for by in ("alliance", "frontline")}
    for name in ("share_revisionist", "russia_seen_by_alliance", "russia_seen_by_frontline"):
        assumptions[name]["means"] = assumptions[name]["means"].replace("revisionist", "revisionist or an opportunist")
    for name, of in (("taking_gain", [-10, 20]), ("split_gain", [0, 60]), ("probe_gain", [0, 30])):
        assumptions[name]["types"]["opportunist"] = {"range": of}
    assumptions["proxy_gain_russia"]["types"]["opportunist"] = {"range": [0, 1.5]}
    assumptions["share_opportunist"] = {
        "range": [0.1, 0.9],
        "unit": "share",
        "means": "how much of the probability that Russia is no secure one falls to the opportunist",
        "source": ["S_DDIS_TD"],
        "because": "the Danish assessment names the challenge to NATO, rather than land, as the aim",
    }
    readings = {
        "author": ([0.5, 0.9], "the essay speaks of testing the guarantee first and of occupation only after it"),
        "frontline": ([0.1, 0.6], "the joint statement fears for territory, the services for the guarantee"),
    }
    for party, (share, why) in readings.items():
        case["perspectives"][party]["set"]["share_opportunist"] = {"range": share, "because": why}
    _ask_of_opportunists(case)
    return case


def _ask_of_opportunists(case: Data) -> None:
    """C20 and C21 of a third type: no type may have an interest (strict), nor the likelier one (loose)."""
    outcomes, claims = case["outcomes"], {claim["id"]: claim for claim in case["claims"]}
    for name in ("probe_pays", "attack_pays", "land_pays", "east_war_if"):
        model = outcomes[f"{name}_revisionist"]
        outcomes[f"{name}_opportunist"] = {
            "value": model["value"].replace("revisionist", "opportunist"),
            "means": model["means"]
            .replace("a revisionist Russia", "an opportunist")
            .replace("it is revisionist", "it is an opportunist"),
        }
    c20, c21 = claims["C20"]["holds_if"], claims["C21"]["holds_if"]
    c20["strict"] += " and probe_pays_opportunist < 0 and attack_pays_opportunist < 0"
    c21["strict"] += " and land_pays_opportunist < 0"
    for claim in (claims["C20"], claims["C21"]):
        claim["test"] = claim["test"].replace(
            "if it is of the type that the perspective holds to be the likelier",
            "if it is secure or if it is not, whichever of the two the perspective holds to be the likelier",
        )
    for test, opportunist in (
        (c20, "(probe_pays_opportunist < 0 and attack_pays_opportunist < 0)"),
        (c21, "land_pays_opportunist < 0"),
    ):
        test["loose"] = test["loose"].replace("share_revisionist > 0.5", f"share_revisionist > 0.5 and {opportunist}")


def mirror(case: Data) -> Data:
    """Belarus may mirror the works with mines: Russia's stretch, notice, mines and a breach are moves of their own."""
    case = _judged_alone(case)
    case["title"] += ", with a Belarus that may mirror it"
    case["summary"] = (
        case["summary"]
        .replace("one of several types", "one of two types")
        .replace("The case plays", "Here the eastern answer in mines is taken apart. The case plays")
    )
    case["assumptions"]["breach_cost_east"] = {
        "range": [0.1, 6],
        "unit": "util/russia",
        "means": "what Belarus's breach of the convention, mines adopted while it binds, would cost in standing",
        "source": "judgement",
        "because": "from no more than an exit would cost to three times the most that it would; no precedent was found",
    }
    case["world"]["line_east"] |= {
        "values": ["none", "works", "own_stretch_mined", "mines"],
        "means": "what they have decided; own_stretch_mined is mines as a policy on Russia's part alone",
    }
    case["define"]["east_mined"] = {
        "value": "1 if line_east == mines else own_stretch if line_east == own_stretch_mined else 0",
        "means": "the part of the eastern line that is mined",
        "unit": "share",
    }
    stage = next(item for item in case["order"] if item.get("stage") == "east_posture")
    build = {key: stage["moves"][key] for key in ("hold", "build")}
    stage["moves"] = build | _mirroring()
    case["policies"]["east_full"] = {
        "play": {"russia.east_posture": ["mine", "notify", "mine_own_stretch", "build", "hold"]},
        "means": "Russia and Belarus give notice, build works, mine Russia's stretch, the rest once Belarus is out",
    }
    case["policies"]["east_mirrors_at_once"] = {
        "play": {"russia.east_posture": ["mine_in_breach", "mine", "build", "hold"]},
        "means": "Russia and Belarus build works and adopt mines along the whole line without waiting for an exit",
    }
    case["outcomes"] |= _asked_of_the_mirror()
    return case


def _mirroring() -> Data:
    """The eastern moves in mines: what the convention leaves free, what it bars, and the way out of it."""
    weight = "exp(-inertia)"
    works = "line_east == works"
    either = "line_east == works or line_east == own_stretch_mined"
    rest = "mines_cost_east * (1 - own_stretch if line_east == own_stretch_mined else 1)"
    return {
        "mine_own_stretch": {
            "when": works,
            "then": {"line_east": "own_stretch_mined"},
            "cost": {"budget": "mines_cost_east * own_stretch"},
            "weight": weight,
            "means": "adopt mines as a policy on Russia's own stretch, which the convention does not bind",
        },
        "notify": {
            "act": "notify_withdrawal",
            "of": "treaty_belarus",
            "cost": {"treaty": "exit_cost_east"},
            "weight": weight,
            "means": "give notice of Belarus's exit from the convention",
        },
        "mine": {
            "act": "stockpile",
            "of": "treaty_belarus",
            "when": either,
            "then": {"line_east": "mines"},
            "cost": {"budget": rest},
            "weight": weight,
            "means": "adopt mines as a policy along the whole line, Belarus being out of the convention",
        },
        "mine_in_breach": {
            "act": "stockpile",
            "breaks": "treaty_belarus",
            "when": either,
            "then": {"line_east": "mines"},
            "cost": {"budget": rest, "breach": "breach_cost_east"},
            "weight": weight,
            "means": "adopt mines as a policy along the whole line while the convention still binds Belarus",
        },
    }


def _asked_of_the_mirror() -> Data:
    return {
        "mirrored": {
            "value": "P(line_east == mines, at=end, given=not war)",
            "means": "the probability that the whole eastern line is mined in the last year, given no war",
            "over_time": True,
        },
        "own_stretch_alone": {
            "value": "P(line_east == own_stretch_mined, at=end, given=not war)",
            "means": "the probability that Russia's stretch alone is mined in the last year, given no war",
        },
        "broken": {
            "value": "P(russia.mine_in_breach, by=end)",
            "means": "the probability that Belarus's duty under the convention is broken within ten years",
            "over_time": True,
        },
        "lawful_at_once": {
            "value": "P(line_east == mines, at=3, given=not war, do=east_full)",
            "means": "the probability that the whole line is mined in the third year if everything waits for the law",
        },
        "unlawful_at_once": {
            "value": "P(line_east == mines, at=3, given=not war, do=east_mirrors_at_once)",
            "means": "the same if nothing does",
        },
    }


def _four(will: str, wish: str) -> dict[str, str]:
    """Shares of the alliance's types, of whom the dove takes the rest, where will and wish are independent."""
    return {
        "guardian": f"{will} * (1 - {wish})",
        "opportunist": f"(1 - {will}) * {wish}",
        "hawk": f"{will} * {wish}",
    }


def _three(insecure: str) -> dict[str, str]:
    """Shares of Russia's types, of whom the secure one takes the rest."""
    return {"opportunist": f"{insecure} * share_opportunist", "revisionist": f"{insecure} * (1 - share_opportunist)"}


def _judged_alone(case: Data) -> Data:
    """A copy without the propositions that no game judges, on the smallest grid of beliefs."""
    case = copy.deepcopy(case)
    case["summary"] = case["summary"].replace("one of two types", "one of several types")
    case["claims"] = [claim for claim in case["claims"] if claim.get("route", "model") == "model"]
    known = {claim["id"] for claim in case["claims"]}
    for claim in case["claims"]:
        claim["because"] = [each for each in claim.get("because", ()) if each in known]
        if not claim["because"]:
            del claim["because"]
    case["solution"] = {"belief_nodes": NODES}
    del case["expect"]
    return case


def _renamed(data: Any, names: dict[str, str]) -> Any:
    """The same with names changed wherever they stand, in keys and in formulas."""
    if isinstance(data, dict):
        return {_renamed(key, names): _renamed(value, names) for key, value in data.items()}
    if isinstance(data, list):
        return [_renamed(each, names) for each in data]
    if isinstance(data, str):
        for old, new in names.items():
            data = data.replace(old, new)
    return data


VARIANTS = {"two-wishes.yaml": two_wishes, "three-russias.yaml": three_russias, "mirror.yaml": mirror}


def text(name: str) -> str:
    """The file of a variant."""
    make = VARIANTS[name]
    yaml = YAML()
    yaml.width, yaml.default_flow_style = 118, None
    stream = io.StringIO()
    yaml.dump(make(main_case()), stream)
    return HEAD.format(what=(make.__doc__ or "").strip()) + stream.getvalue()


def write() -> None:
    """Writes every variant beside the case."""
    for name in VARIANTS:
        (FOLDER / name).write_text(text(name), encoding="utf-8")


if __name__ == "__main__":
    write()
