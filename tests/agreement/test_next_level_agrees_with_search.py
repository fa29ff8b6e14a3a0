"""What the next level takes is what a search of every better value finds, on random indicators and rows.

KPI_PROOF_CASES asks for more than 10,000 rows: so many indicators, of 40 rows each.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpi_cli.model import Indicator, Measure
from kpi_cli.rules.ast import measures_of
from kpi_cli.rules.evaluate import rule_holds, test_holds
from kpi_cli.rules.policy import decide_level
from kpi_cli.rules.values import Value
from kpi_cli.scoring.figures import Figure
from kpi_cli.scoring.next_level import NextLevel, prepare_next
from tests.agreement.generated_indicators import CHOICES, indicators, list_values

HALF = Decimal("0.5")
ROWS = 40
CASES = int(os.environ.get("KPI_PROOF_CASES", "250"))
many = settings(max_examples=CASES, deadline=None, suppress_health_check=list(HealthCheck))
brisk = settings(many, max_examples=-(-CASES // 5))
Row = Mapping[str, Value | None]


def _with_half_steps(indicator: Indicator) -> Indicator:
    """The same indicator with steps that stay on the grid of values."""
    measures = {
        name: one.model_copy(update={"step": HALF}) if one.type in {"percent", "number"} else one
        for name, one in indicator.measures.items()
    }
    return indicator.model_copy(update={"measures": measures})


def _level(indicator: Indicator, row: Row) -> int:
    return decide_level([rule_holds(rule, row) for rule in indicator.rules], indicator.policy).proven


def _better(measure: Measure, value: Value | None) -> list[Value]:
    """The values of the grid that are better; of a missing figure all of them."""
    values = list_values(measure)
    if value is None:
        return values
    return [] if measure.direction == "none" else values[values.index(value) + 1 :]


def _steps(measure: Measure, old: Value, new: Value) -> Fraction:
    if isinstance(old, bool | str):
        order: list[object] = [False, True] if isinstance(old, bool) else list(CHOICES)
        return Fraction(abs(order.index(old) - order.index(new)))
    assert not isinstance(new, bool | str)
    return abs(Fraction(new) - Fraction(old)) / Fraction(measure.smallest_step)


class Way(NamedTuple):
    """A level that better figures reach, and what it costs."""

    level: int
    changes: int
    steps: Fraction | None


def _search(indicator: Indicator, row: Row) -> Way | None:
    """The lowest level above the present one, by the fewest changes and steps; no steps where figures are missing."""
    present, known = _level(indicator, row), None not in row.values()
    moves = [
        [(name, value), *((name, better) for better in _better(indicator.measures[name], value))]
        for name, value in row.items()
    ]
    ways = []
    for chosen in product(*moves):
        tried = dict(chosen)
        level = _level(indicator, tried)
        if level > present:
            changed = [name for name in row if tried[name] != row[name]]
            steps = (
                sum((_steps(indicator.measures[name], row[name], tried[name]) for name in changed), Fraction())  # type: ignore[arg-type]
                if known
                else Fraction()
            )
            ways.append((level, len(changed), steps))
    return Way(*min(ways)[:2], min(ways)[2] if known else None) if ways else None


def _rows(indicator: Indicator, seed: int) -> Iterator[Row]:
    rng = random.Random(seed)
    read = {name for rule in indicator.rules for name in measures_of(rule)}
    for _ in range(ROWS):
        yield {
            name: rng.choice([None, *values, *values])
            for name, one in indicator.measures.items()
            if name in read and (values := list_values(one))
        }


def _find(indicator: Indicator, row: Row) -> NextLevel | None:
    return prepare_next(indicator)({name: Figure(value) for name, value in row.items()})


@brisk
@given(indicators().map(_with_half_steps), st.integers(0, 10**9))
def test_the_next_level_is_the_lowest_with_the_fewest_changes_then_steps(indicator: Indicator, seed: int) -> None:
    for row in _rows(indicator, seed):
        found, expected = _find(indicator, row), _search(indicator, row)
        if found is None or expected is None:
            assert found is expected
            continue
        assert (found.level, len(found.changes)) == (expected.level, expected.changes)
        if expected.steps is not None:
            steps = (_steps(indicator.measures[one.measure], one.current, one.example) for one in found.changes)  # type: ignore[arg-type]
            assert sum(steps, Fraction()) == expected.steps


@many
@given(indicators(), st.integers(0, 10**9))
def test_all_changes_together_reach_the_level_and_no_fewer_do(indicator: Indicator, seed: int) -> None:
    for row in _rows(indicator, seed):
        found = _find(indicator, row)
        if found is None:
            continue
        examples = {one.measure: one.example for one in found.changes}
        assert _level(indicator, row) < _level(indicator, {**row, **examples}) == found.level
        for size in range(len(examples)):
            for some in combinations(examples.items(), size):
                assert _level(indicator, {**row, **dict(some)}) != found.level


@many
@given(indicators(), st.integers(0, 10**9))
def test_a_change_is_better_allowed_and_what_it_says_suffices(indicator: Indicator, seed: int) -> None:
    for row in _rows(indicator, seed):
        found = _find(indicator, row)
        for one in found.changes if found else ():
            measure = indicator.measures[one.measure]
            assert one.current == row[one.measure]
            assert _is_allowed(measure, one.example)
            assert one.current is None or _is_better(measure, one.current, one.example)
            assert test_holds(one.to, one.example)
            others = {other.measure: other.example for other in found.changes if other is not one}  # type: ignore[union-attr]
            for value in _better(measure, one.current):
                if test_holds(one.to, value):
                    assert _level(indicator, {**row, **others, one.measure: value}) >= found.level  # type: ignore[union-attr]


def _is_allowed(measure: Measure, value: Value) -> bool:
    if isinstance(value, bool | str):
        return value in list_values(measure)
    low, high = measure.bounds
    whole = measure.type != "count" or value == int(value)
    return whole and (low is None or value >= low) and (high is None or value <= high)


def _is_better(measure: Measure, old: Value, new: Value) -> bool:
    if isinstance(old, bool | str):
        values = list_values(measure)
        return measure.direction != "none" and values.index(new) > values.index(old)
    assert not isinstance(new, bool | str)
    return new > old if measure.direction == "higher" else measure.direction == "lower" and new < old
