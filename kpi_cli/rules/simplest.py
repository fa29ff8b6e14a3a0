"""The simplest number between two bounds: 80 rather than 80.0000001. What a finding shows, a person must grasp."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

from kpi_cli.rules.values import Value

_PLACE_COST = 1_000_000


def simplest_number(low: Decimal | None, high: Decimal | None, *, low_closed: bool, high_closed: bool) -> Decimal:
    """The number between the bounds (None is unbounded) with the fewest decimals, and of those the closest to 0.

    The bounds must leave one: `low < high`, or both closed and equal. Between whole and closed bounds it is whole.
    """
    places = 0
    while True:
        first = None if low is None else _first_whole(Fraction(low) * 10**places, closed=low_closed)
        last = None if high is None else -_first_whole(-Fraction(high) * 10**places, closed=high_closed)
        if first is None or last is None or first <= last:
            return Decimal(f"{_simplest_whole(first, last)}e-{places}")
        places += 1


def _first_whole(bound: Fraction, *, closed: bool) -> int:
    return math.ceil(bound) if closed else math.floor(bound) + 1


def _simplest_whole(first: int | None, last: int | None) -> int:
    if first is not None and first > 0:
        return first
    return last if last is not None and last < 0 else 0


def measure_complexity(value: Value) -> int:
    """How much a value asks of its reader: no before yes, numbers by decimals and digits. Sums may be compared."""
    if not isinstance(value, Decimal):
        return int(value is True)
    whole, _, decimals = format(value.copy_abs(), "f").partition(".")
    return len(decimals) * _PLACE_COST + len(whole.lstrip("0"))
