"""`interventions`: under which policies every outcome is reported besides as played."""

from __future__ import annotations

from collections.abc import Mapping

from assay.case.checks.context import Context
from assay.documents.locate import Path


def check_interventions(context: Context) -> None:
    """Each intervention plays policies of the case that can be played together, and no other plays the same ones."""
    known: dict[frozenset[str], str] = {}
    for name, policies in context.case.interventions.items():
        path: Path = ("interventions", name)
        found = [
            context.known((*path, index), policy, context.case.policies, "a policy")
            for index, policy in enumerate(policies)
        ]
        if all(found):
            _together(context, path, policies)
            same = known.setdefault(frozenset(policies), name)
            if same != name:
                context.problem(path, f"the same policies as {same!r}", "one name for them", key=True)


def _together(context: Context, path: Path, policies: tuple[str, ...]) -> None:
    """Two policies may rule the same stage of an actor only in the same way."""
    ruled: dict[str, tuple[str, object]] = {}
    for index, policy in enumerate(policies):
        rules: Mapping[str, object] = context.case.policies[policy].play
        for where, rule in rules.items():
            other, before = ruled.setdefault(where, (policy, rule))
            if before != rule:
                expected = f"policies that rule {where} alike, or one of the two"
                context.problem((*path, index), f"{policy!r} rules {where} otherwise than {other!r}", expected)
