"""What suffices of one measure, as a unary test: that of a rule where one says just this."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile
from typing import cast

from kpi_cli.rules.ast import Compare, Interval, Is, OneOf, UnaryTest
from kpi_cli.rules.cells import Cell, Stretch, join_cells
from kpi_cli.space.dimensions import Dimension, find_least
from kpi_cli.space.vectors import gather_turns


def describe_sufficient(dimension: Dimension, spot: int, suffices: Callable[[int], bool]) -> UnaryTest:
    """The test that holds in the cell at `spot` and in the better ones behind it, as far as they all suffice."""
    behind = range(spot + 1, len(dimension.cells)) if dimension.ordered else range(0)
    run = [spot, *takewhile(suffices, behind)]
    said = _find_said(dimension, run)
    if said is not None:
        return said
    least = find_least(dimension, dimension.cells[spot])
    if isinstance(least, bool):
        return Is(least)
    cell = join_cells([dimension.cells[each] for each in run])
    if isinstance(least, str):
        return OneOf(tuple(part for part in cell.parts if isinstance(part, str)))
    to_best = dimension.ordered and run[-1] == len(dimension.cells) - 1
    return _span(cell, cast(Decimal, least), open_end=dimension.up if to_best else 0)


def _find_said(dimension: Dimension, run: Sequence[int]) -> UnaryTest | None:
    """The first test of a rule that holds in the cells of `run` and in no other."""
    wanted = gather_turns(run)
    pairs = zip(dimension.tests, dimension.turns, strict=True)
    said = (test for test, turns in pairs if turns == wanted)
    return next((test for test in said if isinstance(test, Compare | Interval | Is | OneOf)), None)


def _span(cell: Cell, least: Decimal, *, open_end: int) -> UnaryTest:
    """The numbers of `cell`, without a bound at its best end where nothing better lies behind (1 above, -1 below)."""
    part = cell.parts[0]
    if not isinstance(part, Stretch) or len(cell.parts) > 1 or (part.low is not None and part.low == part.high):
        return Compare("=", least)
    part = replace(part, high=None) if open_end > 0 else replace(part, low=None) if open_end < 0 else part
    if part.low is not None and part.high is not None:
        return Interval(part.low, part.high, part.low_closed, part.high_closed)
    if part.low is not None:
        return Compare(">=" if part.low_closed else ">", part.low)
    if part.high is not None:
        return Compare("<=" if part.high_closed else "<", part.high)
    return Compare("=", least)
