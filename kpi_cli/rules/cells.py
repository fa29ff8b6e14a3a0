"""The cells of a measure: the parts of its domain on which every test of it is constant (DESIGN section 5).

Thresholds cut a continuous domain into points and open intervals, and whole numbers into runs. A bound that is no
threshold belongs to the outermost cell. One sample decides a cell, and the sample is its simplest value.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias, cast

from kpi_cli.rules.simplest import measure_complexity, simplest_number
from kpi_cli.rules.values import Number, Value


@dataclass(frozen=True)
class Continuous:
    """All numbers from `low` to `high`, both among them; None is unbounded."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Whole:
    """The whole numbers from `low` to `high`, both among them; None is unbounded."""

    low: Decimal | None
    high: Decimal | None


@dataclass(frozen=True)
class Names:
    """Single values: false and true, or the names of a choice."""

    names: tuple[bool | str, ...]


Domain: TypeAlias = Continuous | Whole | Names


@dataclass(frozen=True)
class Stretch:
    """Numbers without a gap: from `low` to `high` (None is unbounded), without an end that is not closed.

    `whole` stretches hold whole numbers only, and their ends are closed.
    """

    low: Decimal | None
    high: Decimal | None
    low_closed: bool = True
    high_closed: bool = True
    whole: bool = False

    def holds(self, value: Number) -> bool:
        """Whether `value` lies in the stretch."""
        above = self.low is None or value > self.low or (self.low_closed and value == self.low)
        below = self.high is None or value < self.high or (self.high_closed and value == self.high)
        return above and below and (not self.whole or Fraction(value).denominator == 1)


Part: TypeAlias = Stretch | bool | str


@dataclass(frozen=True)
class Cell:
    """A part of a domain, as stretches or single names, and the simplest value in it."""

    parts: tuple[Part, ...]
    sample: Value

    def holds(self, value: Value) -> bool:
        """Whether `value` lies in the cell."""
        return any(_part_holds(part, value) for part in self.parts)


def _part_holds(part: Part, value: Value) -> bool:
    if isinstance(part, Stretch):
        return part.holds(cast(Number, value))
    return value == part


def cut_domain(domain: Domain, thresholds: Iterable[Decimal] = ()) -> tuple[Cell, ...]:
    """The cells of `domain` in ascending order; every value of it lies in exactly one. No value, no cell."""
    match domain:
        case Names():
            return tuple(Cell((name,), name) for name in domain.names)
        case Whole():
            stretches = _cut_whole(domain, thresholds)
        case Continuous():
            stretches = _cut_continuous(domain, thresholds)
    return tuple(_fill_cell((stretch,)) for stretch in stretches)


def _cut_whole(domain: Whole, thresholds: Iterable[Decimal]) -> list[Stretch]:
    low = None if domain.low is None else math.ceil(domain.low)
    high = None if domain.high is None else math.floor(domain.high)
    if low is not None and high is not None and low > high:
        return []
    cuts = {start for threshold in thresholds for start in (math.ceil(threshold), math.floor(threshold) + 1)}
    inside = sorted(cut for cut in cuts if (low is None or cut > low) and (high is None or cut <= high))
    starts: list[int | None] = [low, *inside]
    ends: list[int | None] = [*(cut - 1 for cut in inside), high]
    return [Stretch(_decimal(start), _decimal(end), whole=True) for start, end in zip(starts, ends, strict=True)]


def _decimal(number: int | None) -> Decimal | None:
    return None if number is None else Decimal(number)


def _cut_continuous(domain: Continuous, thresholds: Iterable[Decimal]) -> list[Stretch]:
    low, high = domain.low, domain.high
    if low is not None and high is not None and low > high:
        return []
    cuts = sorted(cut for cut in set(thresholds) if (low is None or cut >= low) and (high is None or cut <= high))
    points = [Stretch(cut, cut) for cut in cuts]
    between = [Stretch(one, other, low_closed=False, high_closed=False) for one, other in pairwise(cuts)]
    if not cuts:
        return [Stretch(low, high)]
    first = [] if cuts[0] == low else [Stretch(low, cuts[0], high_closed=False)]
    last = [] if cuts[-1] == high else [Stretch(cuts[-1], high, low_closed=False)]
    inner = [stretch for pair in zip(points, between, strict=False) for stretch in pair]
    return [*first, *inner, points[-1], *last]


def join_cells(cells: Sequence[Cell]) -> Cell:
    """One cell that holds what `cells` hold; its stretches ascend, and those that touch become one."""
    if len(cells) == 1:
        return cells[0]
    parts: list[Part] = []
    for part in sorted((part for cell in cells for part in cell.parts), key=_place_part):
        last = parts[-1] if parts else None
        if isinstance(last, Stretch) and isinstance(part, Stretch) and _touch(last, part):
            parts[-1] = replace(last, high=part.high, high_closed=part.high_closed)
        else:
            parts.append(part)
    return _fill_cell(tuple(parts))


def _place_part(part: Part) -> tuple[bool, Fraction, bool]:
    if isinstance(part, Stretch) and part.low is not None:
        return True, Fraction(part.low), not part.low_closed
    return False, Fraction(0), False


def _touch(lower: Stretch, upper: Stretch) -> bool:
    if lower.high is None or upper.low is None:
        return False
    if lower.whole:
        return Fraction(upper.low) == Fraction(lower.high) + 1  # decimals would round what has over 28 digits
    return lower.high == upper.low and (lower.high_closed or upper.low_closed)


def _fill_cell(parts: tuple[Part, ...]) -> Cell:
    return Cell(parts, min(map(_find_simplest, parts), key=measure_complexity))


def _find_simplest(part: Part) -> Value:
    if not isinstance(part, Stretch):
        return part
    return simplest_number(part.low, part.high, low_closed=part.low_closed, high_closed=part.high_closed)
