"""A better value never lowers a level where `kpi validate` found no fall."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpi_cli import check, score
from kpi_cli.model import Indicator, IndicatorSet, Section
from kpi_cli.rules.values import Value
from kpi_cli.scoring.figures import Entity, Figure, Record
from tests.agreement.generated_indicators import indicators, list_values
from tests.laws.made_up import law

FALLS = {"not-monotone", "level-gap", "proof-too-large"}
Point = Mapping[str, Value]


@settings(law, max_examples=150)
@given(indicators(), st.data())
def test_a_better_value_never_lowers_a_level_where_no_fall_was_found(indicator: Indicator, data: st.DataObject) -> None:
    section = Section(id="one", title="One", indicators=(indicator,))
    definition = IndicatorSet(kpi=1, id="x", title="X", scale=len(indicator.levels), sections=(section,))
    assume(FALLS.isdisjoint(found.code for found in check(definition)))
    pairs = [_draw_pair(indicator, data) for _ in range(8)]
    levels = _find_levels(definition, [point for pair in pairs for point in pair])
    for number, (worse, better) in enumerate(pairs):
        assert levels[2 * number] <= levels[2 * number + 1], (worse, better)


def _draw_pair(indicator: Indicator, data: st.DataObject) -> tuple[Point, Point]:
    """Two points, the second no worse in any measure; a measure of which no value is better stays as it is."""
    worse, better = {}, {}
    for name, measure in indicator.measures.items():
        values = list_values(measure)  # from worst to best
        at = data.draw(st.integers(0, len(values) - 1))
        last = at if measure.direction == "none" else len(values) - 1
        worse[name], better[name] = values[at], values[data.draw(st.integers(at, last))]
    return worse, better


def _find_levels(definition: IndicatorSet, points: list[Point]) -> list[int]:
    records = [Record(Entity(None, str(number)), _report(point)) for number, point in enumerate(points)]
    (section,) = score(definition, records).sections
    levels = {int(row.entity.name): row.indicators[0].level for row in section.rows}
    return [levels[number] or 0 for number in range(len(points))]


def _report(point: Point) -> dict[str, Figure]:
    return {name: Figure(Decimal(value) if type(value) is int else value) for name, value in point.items()}
