"""The measures of an indicator as dimensions: the cells on which all its tests are constant, from worst to best."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, cast

from kpi_cli.model import Indicator, Measure
from kpi_cli.rules.ast import UnaryTest, iterate_tests, thresholds_of
from kpi_cli.rules.cells import Cell, Continuous, Domain, Names, Stretch, Whole, cut_domain, join_cells
from kpi_cli.rules.evaluate import test_holds
from kpi_cli.rules.values import Number, Value, as_decimal
from kpi_cli.space.vectors import Turns, find_turns, make_rows


@dataclass(frozen=True)
class Dimension:
    """One measure that the rules read. Where `ordered`, `cells` run from worst to best; else none is worse.

    `thresholds` ascend; cells that no test tells apart are one. `turns` has, for each of the measure's `tests`, in
    which of the cells it holds.
    """

    name: str
    measure: Measure
    cells: tuple[Cell, ...]
    ordered: bool
    thresholds: tuple[Decimal, ...]
    tests: tuple[UnaryTest, ...]
    turns: tuple[Turns, ...]

    @property
    def up(self) -> int:
        """1 where higher values stand later among the cells, -1 where lower ones do."""
        return -1 if self.measure.direction == "lower" else 1


def build_dimensions(indicator: Indicator) -> tuple[Dimension, ...]:
    """The dimensions of `indicator`, in the order of its measures; a measure that no rule reads decides nothing."""
    tests: dict[str, dict[UnaryTest, None]] = {}
    for rule in indicator.rules:
        for test in iterate_tests(rule):
            tests.setdefault(test.measure, {})[test.unary] = None
    return tuple(_build(name, each, tuple(tests[name])) for name, each in indicator.measures.items() if name in tests)


def _build(name: str, measure: Measure, tests: tuple[UnaryTest, ...]) -> Dimension:
    thresholds = tuple(sorted(frozenset().union(*map(thresholds_of, tests))))
    cells = cut_domain(domain_of(measure), thresholds)
    samples = [cell.sample for cell in cells]
    turns = [_find_turns(test, samples) for test in tests]
    ordered = measure.direction != "none"
    groups, merged = (_merge_neighbours if ordered else _merge_all)(cells, turns)
    if measure.direction == "lower":
        groups, merged = groups[::-1], [[len(groups) - turn for turn in reversed(each)] for each in merged]
    joined = tuple(map(join_cells, groups))
    return Dimension(name, measure, joined, ordered, thresholds, tests, tuple(map(tuple, merged)))


_Merged: TypeAlias = tuple[list[Sequence[Cell]], list[list[int]]]
"""Cells in groups that no test tells apart, and where each test turns among these."""


def _merge_neighbours(cells: Sequence[Cell], turns: Sequence[Turns]) -> _Merged:
    """Where the order matters: the groups end where any test turns."""
    ends = sorted({0, len(cells)}.union(*turns))
    places = {end: place for place, end in enumerate(ends)}
    return [cells[start:end] for start, end in pairwise(ends)], [[places[turn] for turn in each] for each in turns]


def _merge_all(cells: Sequence[Cell], turns: Sequence[Turns]) -> _Merged:
    classes: dict[int, list[Cell]] = {}
    for cell, row in zip(cells, make_rows(turns, len(cells)), strict=True):
        classes.setdefault(row, []).append(cell)
    return list(classes.values()), find_turns(list(classes), len(turns))


def _find_turns(test: UnaryTest, samples: Sequence[Value]) -> list[int]:
    """Where the verdict of `test` turns on ascending `samples`: at its thresholds, or from any name to the next."""
    limits = thresholds_of(test)
    numbers = cast(Sequence[Number], samples)
    edges = {find(numbers, limit) for limit in limits for find in (bisect_left, bisect_right)}
    held, turns = False, []
    for edge in sorted({0, *edges} - {len(samples)}) if limits else range(len(samples)):
        if test_holds(test, samples[edge]) is not held:
            held = not held
            turns.append(edge)
    return [*turns, len(samples)] if held else turns


def domain_of(measure: Measure) -> Domain:
    """All values that `measure` may take."""
    low, high = measure.bounds
    match measure.type:
        case "flag":
            return Names((False, True))
        case "choice":
            return Names(measure.choices or ())
        case "count":
            return Whole(Decimal(0) if low is None else max(low, Decimal(0)), high)
        case _:
            return Continuous(low, high)


def find_worst(dimension: Dimension, cell: Cell) -> Value:
    """The worst value of `cell` where it has one, else its simplest."""
    part = cell.parts[0] if dimension.up > 0 else cell.parts[-1]
    if not dimension.ordered or not isinstance(part, Stretch):
        return cell.sample if isinstance(part, Stretch) else part
    end, closed = (part.low, part.low_closed) if dimension.up > 0 else (part.high, part.high_closed)
    return end if end is not None and closed else cell.sample


def find_least(dimension: Dimension, cell: Cell) -> Value:
    """The least of `cell` to aim at: its worst value, else a step in from its open end, else its simplest."""
    part = cell.parts[0]  # all of it, where it is a stretch and the order matters
    end = (part.low if dimension.up > 0 else part.high) if isinstance(part, Stretch) and dimension.ordered else None
    inside = None if end is None or cell.holds(end) else step_by(dimension, end, 1)
    return inside if inside is not None and cell.holds(inside) else find_worst(dimension, cell)


def find_best(dimension: Dimension, cell: Cell) -> Value:
    """The best value of `cell` where it has one, else a step in from its open end, else its simplest."""
    part = cell.parts[-1] if dimension.up > 0 else cell.parts[0]
    if not isinstance(part, Stretch):
        return part
    end = part.high if dimension.up > 0 else part.low
    inside = end if end is None or cell.holds(end) else step_by(dimension, end, -1)
    return inside if inside is not None and cell.holds(inside) else cell.sample


def step_by(dimension: Dimension, value: Number, steps: int) -> Decimal | None:
    """`value` so many of the measure's steps better; None for a fraction that is no decimal."""
    return as_decimal(Fraction(value) + steps * dimension.up * Fraction(dimension.measure.smallest_step))
