"""`assumptions`, `perspectives` and `dependence`: distributions that can be drawn from, within their unit."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from math import pi, sin

from assay.case.assumptions import Assumption, Beta, Dependence, Distribution, Normal, NumberOfType, Setting
from assay.case.checks.columns import drawn
from assay.case.checks.context import Context, Declared
from assay.documents.locate import Path
from assay.errors import suggestion
from assay.formula.dimension import UnitError, parse_unit

_NEARLY = 1e-9


def check_assumptions(context: Context, declared: Declared) -> None:
    """Every distribution is one, within its unit, and says where it comes from; dependences can hold together."""
    for name, assumption in context.case.assumptions.items():
        path: Path = ("assumptions", name)
        bounded = _unit(context, path, assumption)
        if assumption.by is None:
            _distribution(context, path, assumption, bounded)
        for each, number in assumption.types.items():
            if number.alternatives is None:
                _distribution(context, (*path, "types", each), number, bounded)
            if number.source is not None:
                _origin(context, (*path, "types", each), number)
        if not assumption.types or not all(_has_origin(number) for number in assumption.types.values()):
            _origin(context, path, assumption)
    _perspectives(context, declared)
    _dependence(context, declared)


def _unit(context: Context, path: Path, assumption: Assumption) -> bool:
    try:
        unit = parse_unit(assumption.unit, tuple(context.case.actors))
    except UnitError as error:
        context.problem((*path, "unit"), error.found, error.expected)
        return False
    if assumption.alternatives is not None and (unit.dimension or unit.kind):
        context.problem((*path, "unit"), f"the unit {assumption.unit!r} of alternatives", "1; alternatives are names")
    return unit.bounded


def _has_origin(number: NumberOfType) -> bool:
    """Whether the number of one type says by itself why it is so."""
    return bool(number.because.strip()) or isinstance(number.source, tuple)


def _origin(context: Context, path: Path, assumption: Assumption | Setting | NumberOfType) -> None:
    source = assumption.source
    if isinstance(assumption, Assumption) and source == () and "source" not in assumption.model_fields_set:
        context.problem(path, "the key 'source' is missing", "ids of sources, or the word judgement")
    elif source == "judgement" and not assumption.because.strip():
        context.problem((*path, "source"), "a judgement without a reason", "`because`: why this range")
    elif isinstance(source, tuple):
        if not source and not (isinstance(assumption, Assumption) and assumption.fact is not None):
            context.problem((*path, "source"), "an empty list of sources", "ids of sources, or the word judgement")
        check_sources(context, (*path, "source"), source)


def check_sources(context: Context, path: Path, ids: tuple[str, ...]) -> None:
    """Notes ids that no source has; `tell_missing` warns of each once."""
    for index, source in enumerate(ids):
        check_source(context, (*path, index), source)


def check_source(context: Context, path: Path, source: str) -> None:
    """Notes an id that no source has, as far as the sources could be read."""
    if context.sources_known and source not in context.case.sources and source not in context.missing:
        context.cited.setdefault(source, []).append(path)


def tell_missing(context: Context) -> None:
    """Warns of each missing source at the first place that cites it."""
    for source, paths in context.cited.items():
        times = f", cited in {len(paths)} places" if len(paths) > 1 else ""
        near = suggestion(source, context.case.sources)
        hint = f"{near} or " if near.startswith("did you mean") else ""
        context.warn(paths[0], f"an unknown source {source!r}{times}", f"{hint}a row of sources.csv, or of `sources`")


def _distribution(context: Context, path: Path, given: Distribution, bounded: bool) -> None:
    at: Path = (*path, given.kind)
    if given.discrete is not None:
        _weights(context, at, given.discrete)
    elif given.alternatives is not None:
        _weights(context, at, given.alternatives)
        return
    elif given.kind != "fixed" and not _in_order(context, at, given):
        return
    if bounded:
        _within_zero_and_one(context, at, given)


def _in_order(context: Context, path: Path, given: Distribution) -> bool:
    """Whether ends and mode stand in order; notes a problem where they do not."""
    ends = tuple(ends_of(given))
    low, high = ends[0], ends[-1]
    if not math.isinf(low) and not math.isinf(high) and low >= high:
        if low == high:
            context.problem(path, f"both ends are {low:g}", "use `fixed` for a number that is certain")
        else:
            context.problem(path, f"the ends are reversed: {low:g} before {high:g}", "the lower end first")
        return False
    if len(ends) == 3 and not low <= ends[1] <= high:
        found = f"the most likely value {ends[1]:g} lies outside {low:g} to {high:g}"
        context.problem((*path, 1), found, "low, most likely, high")
        return False
    if given.log_range is not None and low <= 0:
        context.problem((*path, 0), f"the end {low:g} of a log_range", "a number greater than 0")
        return False
    if given.normal is not None:
        return _normal(context, path, given.normal)
    return True


def _normal(context: Context, path: Path, given: Normal) -> bool:
    """Refuses ends so far out that nothing of the distribution lies between them."""
    low = -math.inf if given.low is None else (given.low - given.mean) / given.sd
    high = math.inf if given.high is None else (given.high - given.mean) / given.sd
    if low > 8 or high < -8:
        found = "nearly nothing of the normal distribution lies between its ends"
        context.problem(path, found, "ends within a few standard deviations of the mean")
        return False
    return True


def ends_of(given: Distribution) -> Iterator[float]:
    """Low and high of a distribution of numbers, with the mode between them where it has one."""
    value = given.range or given.log_range or given.triangular or given.pert
    if value is not None:
        yield from value
    elif given.fixed is not None:
        yield from (given.fixed, given.fixed)
    elif isinstance(given.normal, Normal):
        yield -math.inf if given.normal.low is None else given.normal.low
        yield math.inf if given.normal.high is None else given.normal.high
    elif isinstance(given.beta, Beta):
        yield from (given.beta.low, given.beta.high)
    elif given.discrete:
        yield from (min(given.discrete), max(given.discrete))


def _weights(context: Context, path: Path, weights: Mapping[float, float] | Mapping[str, float]) -> None:
    written = context.locator.place(path)[0].keys
    if len(written) != len(weights):
        context.problem(path, "the same value twice", "each value once")
    for index, (value, weight) in enumerate(weights.items()):
        if weight < 0:
            key = list(written)[index] if len(written) == len(weights) else str(value)
            context.problem((*path, key), f"the weight {weight:g}", "a weight of at least 0")
    total = math.fsum(weights.values())
    if not weights:
        context.problem(path, "no values", "values with their weights, as `{none: 0.5, some: 0.5}`")
    elif abs(total - 1) > _NEARLY:
        context.problem(path, f"the weights sum to {total:g}", "weights that sum to 1")


def _within_zero_and_one(context: Context, path: Path, given: Distribution) -> None:
    low, *_, high = ends_of(given)
    if math.isinf(low) or math.isinf(high):
        context.problem(path, "a normal distribution without ends for a probability or a share", "`low` and `high`")
    elif low < 0 or high > 1:
        found = f"{low:g} for a probability or a share" if low < 0 else f"{high:g} for a probability or a share"
        context.problem(path, found, "numbers from 0 to 1; write 0.05 for 5%")


def _perspectives(context: Context, declared: Declared) -> None:
    for name, perspective in context.case.perspectives.items():
        path: Path = ("perspectives", name)
        check_sources(context, (*path, "source"), perspective.source)
        for assumption, setting in perspective.set.items():
            at: Path = (*path, "set", assumption)
            if drawn(context, declared, at, assumption, key=True):
                _setting(context, at, setting, declared.columns[assumption])


def _setting(context: Context, path: Path, setting: Setting, assumption: Assumption) -> None:
    _origin(context, path, setting)
    names, own = setting.alternatives, assumption.alternatives
    if (names is None) != (own is None):
        expected = "numbers, as the assumption has" if own is None else "weights for the assumption's alternatives"
        context.problem((*path, setting.kind), f"`{setting.kind}` for an assumption with `{assumption.kind}`", expected)
        return
    for name in names or ():
        context.known((*path, "alternatives", name), name, own or (), "an alternative of the assumption", key=True)
    try:
        bounded = parse_unit(assumption.unit, tuple(context.case.actors)).bounded
    except UnitError:
        bounded = False
    _distribution(context, path, setting, bounded)


def _dependence(context: Context, declared: Declared) -> None:
    seen: dict[frozenset[str], int] = {}
    good: list[Dependence] = []
    for index, pair in enumerate(context.case.dependence):
        path: Path = ("dependence", index)
        both = frozenset(pair.between)
        if len(both) == 1:
            context.problem((*path, "between"), f"{pair.between[0]!r} twice", "two assumptions")
        elif both in seen:
            found = f"{pair.between[0]!r} and {pair.between[1]!r} again"
            context.problem((*path, "between"), found, f"each pair once; it is in dependence[{seen[both]}]")
        else:
            at: Path = (*path, "between")
            can = [_can_depend(context, declared, (*at, place), name) for place, name in enumerate(pair.between)]
            good += [pair] if all(can) else []
        seen.setdefault(both, index)
    _together(context, good)


def _can_depend(context: Context, declared: Declared, path: Path, name: str) -> bool:
    if not drawn(context, declared, path, name):
        return False
    kind = declared.columns[name].kind
    if kind in ("fixed", "alternatives"):
        reason = "does not vary" if kind == "fixed" else "has names, which have no order"
        context.problem(path, f"{name!r}, which {reason}", "an assumption with a range")
        return False
    return True


def _together(context: Context, pairs: list[Dependence]) -> None:
    """All pairs at once: a pair without a correlation counts as uncorrelated."""
    names: dict[str, int] = {}
    matrix: list[list[float]] = []
    for pair in pairs:
        for name in pair.between:
            if name not in names:
                names[name] = len(names)
                matrix = [[*row, 0.0] for row in matrix] + [[0.0] * len(matrix) + [1.0]]
        first, second = (names[name] for name in pair.between)
        matrix[first][second] = matrix[second][first] = 2 * sin(pi * pair.rank_correlation / 6)
    if pairs and not positive_definite(matrix):
        found = "these rank correlations contradict each other: no numbers can have them all"
        expected = (
            "bring them nearer to zero, or state those that are missing (a pair without one counts as uncorrelated)"
        )
        context.problem(("dependence",), found, expected, key=True)


def positive_definite(matrix: list[list[float]]) -> bool:
    """Whether a symmetric matrix is positive definite, by Cholesky's factorisation."""
    size = len(matrix)
    factor = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            rest = matrix[row][column] - math.fsum(
                factor[row][place] * factor[column][place] for place in range(column)
            )
            if row != column:
                factor[row][column] = rest / factor[column][column]
            elif rest <= 1e-12:
                return False
            else:
                factor[row][row] = math.sqrt(rest)
    return True
