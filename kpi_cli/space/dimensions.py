"""The measures of an indicator as dimensions: the cells on which all its tests are constant, from worst to best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from kpi_cli.model import Indicator, Measure
from kpi_cli.rules.ast import Test, UnaryTest, iterate_tests, thresholds_of
from kpi_cli.rules.cells import Cell, Continuous, Domain, Names, Stretch, Whole, cut_domain, merge_alike
from kpi_cli.rules.evaluate import test_holds
from kpi_cli.rules.values import Number, Value, as_decimal


@dataclass(frozen=True)
class Dimension:
    """One measure that the rules read. Where `ordered`, `cells` run from worst to best; else none is worse.

    `thresholds` ascend; cells that no test tells apart are one.
    """

    name: str
    measure: Measure
    cells: tuple[Cell, ...]
    ordered: bool
    thresholds: tuple[Decimal, ...]

    @property
    def up(self) -> int:
        """1 where higher values stand later among the cells, -1 where lower ones do."""
        return -1 if self.measure.direction == "lower" else 1


def build_dimensions(indicator: Indicator) -> tuple[Dimension, ...]:
    """The dimensions of `indicator`, in the order of its measures; a measure that no rule reads decides nothing."""
    tests: dict[str, list[Test]] = {}
    for rule in indicator.rules:
        for test in iterate_tests(rule):
            tests.setdefault(test.measure, []).append(test)
    return tuple(_build(name, each, tests[name]) for name, each in indicator.measures.items() if name in tests)


def _build(name: str, measure: Measure, tests: Sequence[Test]) -> Dimension:
    unaries = tuple(dict.fromkeys(test.unary for test in tests))
    thresholds = tuple(sorted({cut for unary in unaries for cut in thresholds_of(unary)}))
    cells = cut_domain(domain_of(measure), thresholds)
    ordered = measure.direction != "none"
    merged = merge_alike(cells, lambda value: _hold_each(unaries, value), ordered=ordered)
    worst_first = merged[::-1] if measure.direction == "lower" else merged
    return Dimension(name, measure, worst_first, ordered, thresholds)


def _hold_each(unaries: Sequence[UnaryTest], value: Value) -> tuple[bool | None, ...]:
    return tuple(test_holds(unary, value) for unary in unaries)


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
