"""Cases for `tests:` on both sides of every threshold, from the cells, in the simplest figures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from kpi_cli.model import Indicator
from kpi_cli.rules.ast import count_comparisons
from kpi_cli.rules.cells import Continuous, Names, Part, Stretch, Whole, cut_domain
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.policy import decide_level
from kpi_cli.rules.values import Number, Value
from kpi_cli.space.allowance import Allowance, TooLargeError
from kpi_cli.space.dimensions import Dimension, build_dimensions, domain_of, step_by
from kpi_cli.space.search import decide_space

Given: TypeAlias = Mapping[str, Value]

_MOST_TRIED = 3_000_000
"""Comparisons that a run tries in the search for where thresholds make a difference; an indicator takes thousands."""


@dataclass(frozen=True, slots=True)
class SuggestedCase:
    """Figures for every measure that the rules read, and the level they get."""

    given: Given
    level: int


class Room:
    """What a run may search, and try: of all its indicators together."""

    def __init__(self) -> None:
        self.searches, self.trials = Allowance(), Allowance(_MOST_TRIED)


def suggest_cases(indicator: Indicator, room: Room | None = None) -> tuple[SuggestedCase, ...]:
    """Cases below, at and above each threshold of each measure, the others where it makes a difference; each once.

    `TooLargeError` where `room` is left for no case at every threshold.
    """
    room = room or Room()
    dimensions = build_dimensions(indicator)
    if not all(dimension.cells for dimension in dimensions):
        return ()
    contexts = list(_list_contexts(indicator, dimensions, room.searches))
    cases: dict[tuple[Value, ...], SuggestedCase] = {}
    for dimension in dimensions:
        for given in _vary(indicator, dimension, contexts, room.trials):
            cases.setdefault(tuple(given.values()), SuggestedCase(given, _decide(indicator, given)))
    return tuple(cases.values())


def _list_contexts(indicator: Indicator, dimensions: tuple[Dimension, ...], searches: Allowance) -> Iterator[Given]:
    """Values to hold the other measures at: the best of each, then the simplest for every level, highest first."""
    yield {dimension.name: dimension.cells[-1].sample for dimension in dimensions}
    try:
        space = decide_space(indicator, searches)
        found = sorted(space.find_levels().items(), key=lambda item: -space.level_of(item[0][0]))
    except TooLargeError:
        return
    for _, (_, spots) in found:
        cells = space.cells_at(spots)
        yield {dimension.name: cells[dimension.name].sample for dimension in dimensions}


def _vary(indicator: Indicator, dimension: Dimension, contexts: list[Given], trials: Allowance) -> Iterator[Given]:
    """The values of one measure in order, each pair of neighbours in the first context where they differ in level."""
    values = _list_values(dimension)
    cost = 2 * len(values) * sum(map(count_comparisons, indicator.rules))
    trials.take(cost)  # each case is decided as it is
    if len(values) == 1:
        yield {**contexts[0], dimension.name: values[0]}
    beside = _drop_alike(contexts, dimension.name, most=max(1, trials.left // cost))
    trials.take((len(beside) - 1) * cost)
    for one, other in pairwise(values):
        pairs = (({**context, dimension.name: one}, {**context, dimension.name: other}) for context in beside)
        differing = (pair for pair in pairs if _decide(indicator, pair[0]) != _decide(indicator, pair[1]))
        first = {**contexts[0], dimension.name: one}, {**contexts[0], dimension.name: other}
        yield from next(differing, first)


def _drop_alike(contexts: list[Given], name: str, *, most: int) -> list[Given]:
    """The first contexts that differ in other measures than `name`, as many as there is time to try."""
    differing: dict[tuple[tuple[str, Value], ...], Given] = {}
    for context in contexts:
        differing.setdefault(tuple((key, value) for key, value in context.items() if key != name), context)
    return list(differing.values())[:most]


def _decide(indicator: Indicator, given: Given) -> int:
    return decide_level([rule_holds(rule, given) for rule in indicator.rules], indicator.policy).proven


def _list_values(dimension: Dimension) -> list[Value]:
    """The ends of the range, each threshold and a step to both sides of it, and a value of every cell."""
    domain = domain_of(dimension.measure)
    if isinstance(domain, Names):
        return list(domain.names)
    around = [step_by(dimension, cut, steps) for cut in dimension.thresholds for steps in (-1, 0, 1)]
    inside = {value for value in (domain.low, domain.high, *around) if value is not None and _lies_in(domain, value)}
    ascending = sorted(inside)
    left = {cell.sample for cell in dimension.cells if not any(_meets(part, ascending) for part in cell.parts)}
    return sorted(inside | left, key=_order)


def _meets(part: Part, ascending: Sequence[Number]) -> bool:
    """Whether one of `ascending` lies in `part`: the first two from its lower end, which may itself be outside."""
    if not isinstance(part, Stretch):
        return False
    start = 0 if part.low is None else bisect_left(ascending, part.low)
    return any(part.holds(value) for value in ascending[start : start + 2])


def _lies_in(domain: Continuous | Whole, value: Number) -> bool:
    return any(part.holds(value) for cell in cut_domain(domain) for part in cell.parts if isinstance(part, Stretch))


def _order(value: Value) -> Fraction:
    return Fraction(value) if not isinstance(value, str) else Fraction(0)
