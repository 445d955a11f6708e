"""The box where a claim fails, in words: limits on a few assumptions, and how far they can be trusted."""

from __future__ import annotations

from assay.case.claims import Claim
from assay.explore.box import Limit
from assay.report.numbers import plain, share, whole
from assay.report.view import Face, View
from assay.report.words import listed, mid
from assay.runs.boxes import Boxed

SURE = 0.5
"""A limit that appears in fewer of the tries than this share is called uncertain."""


def boxes(view: View, claim: Claim) -> list[tuple[str, str]]:
    """Perspective and sentences, for each for which a box was found."""
    found = ((face, view.run.box_table.get((claim.id, face.key))) for face in view.faces)
    return [(face.short, _said(view, claim, face, boxed)) for face, boxed in found if boxed is not None]


def _said(view: View, claim: Claim, face: Face, boxed: Boxed) -> str:
    box = boxed.box
    where = listed(limit_said(view, limit) for limit in box.limits)
    does = "fails" if boxed.fails else "holds"
    loosely = " (read loosely)" if view.turning(claim.id, face.key)[1] == "loose" else ""
    tried = box.density_between
    resampled = f" ({share(tried[0])} to {share(tried[1])} when tried on halves)" if tried != (0.0, 1.0) else ""
    text = f"Where {where}, it{loosely} {does} in {share(box.density)} of {whole(box.draws)} draws{resampled}, "
    text += f"of all draws in {share(box.base)}. The box holds {share(box.coverage)} of the draws in which it {does}."
    unsure = [mid(view.means(limit.assumption)) for limit in box.limits if limit.kept < SURE]
    if not resampled:
        text += " In some half of the draws no box was found: it promises little."
    elif unsure:
        text += f" Not seen in most halves: the limit on {listed(unsure)}."
    return text


def limit_said(view: View, limit: Limit) -> str:
    """`what the hill gains is above 38 utils`."""
    name, unit = mid(view.means(limit.assumption)), view.unit(limit.assumption)
    more = f" {unit}" if unit not in ("", "probability", "share") else ""
    if limit.names:
        return f"{name} is {listed((each.replace('_', ' ') for each in limit.names), 'or')}"
    if limit.low is None:
        return f"{name} is at most {plain(limit.high, 2)}{more}"
    if limit.high is None:
        return f"{name} is at least {plain(limit.low, 2)}{more}"
    return f"{name} is between {plain(limit.low, 2)} and {plain(limit.high, 2)}{more}"
