"""A better value never lowers a level where `kpi validate` found no fall."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpi_cli import check, score
from kpi_cli.model import Indicator, IndicatorSet, Level, Measure, Section
from kpi_cli.rules.ast import Compare, Test, iterate_tests, thresholds_of
from kpi_cli.rules.values import Value
from kpi_cli.scoring.figures import Entity, Figure, Record
from tests.agreement.generated_indicators import indicators, list_values
from tests.laws.made_up import law

FALLS = {"not-monotone", "level-gap", "proof-too-large"}
Point = Mapping[str, Value]


@settings(law, max_examples=150)
@given(indicators(), st.data())
def test_a_better_value_never_lowers_a_level_where_no_fall_was_found(indicator: Indicator, data: st.DataObject) -> None:
    definition = _make_set(indicator)
    assume(FALLS.isdisjoint(found.code for found in check(definition)))
    pairs = [_draw_pair(indicator, data) for _ in range(8)]
    levels = _find_levels(definition, [point for pair in pairs for point in pair])
    for number, (worse, better) in enumerate(pairs):
        assert levels[2 * number] <= levels[2 * number + 1], (worse, better)


def _make_set(indicator: Indicator) -> IndicatorSet:
    section = Section(id="one", title="One", indicators=(indicator,))
    return IndicatorSet(kpi=1, id="x", title="X", scale=len(indicator.levels), sections=(section,))


@st.composite
def staircases(draw: st.DrawFn) -> Indicator:
    """Levels that ask for more and more of one measure: no fall is in them, and a value lies in many places."""
    better = draw(st.sampled_from(["higher", "lower"]))
    steps = draw(st.lists(st.integers(1, 199), min_size=2, max_size=5, unique=True).map(sorted))
    signs = ["<", "<="] if better == "lower" else [">", ">="]
    limits = [Decimal(step) / 2 for step in (steps[::-1] if better == "lower" else steps)]
    rules = [Test("m", Compare(draw(st.sampled_from(signs)), limit)) for limit in limits]
    measure = Measure(type="percent", title="M", better=better)
    levels = {number: Level(when=rule) for number, rule in enumerate(rules, start=1)}
    policy = draw(st.sampled_from(["highest", "ladder"]))
    return Indicator(id="X", title="X", weight=Decimal(100), policy=policy, measures={"m": measure}, levels=levels)


@settings(law, max_examples=60)
@given(staircases(), st.data())
def test_a_better_value_never_lowers_a_level_of_a_staircase(indicator: Indicator, data: st.DataObject) -> None:
    """At each threshold and beside it, in whatever order they are met."""
    definition = _make_set(indicator)
    assert FALLS.isdisjoint(found.code for found in check(definition))
    limits = set().union(*(thresholds_of(test.unary) for rule in indicator.rules for test in iterate_tests(rule)))
    around = {limit + beside for limit in limits for beside in (Decimal("-0.01"), 0, Decimal("0.01"))}
    values = sorted({Decimal(), *around, Decimal(100)}, reverse=indicator.measures["m"].direction == "lower")
    met = data.draw(st.permutations(range(len(values))))
    levels = dict(zip(met, _find_levels(definition, [{"m": values[place]} for place in met]), strict=True))
    assert [levels[place] for place in range(len(values))] == sorted(levels.values())


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
