"""All that reading needs to know of a set, looked up fast: headers, entities, and how each measure's cells are read."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.model import Indicator, IndicatorSet, Measure
from kpi_cli.model.names import clean_header
from kpi_cli.results.cell import read_cell
from kpi_cli.results.cells import RawCell
from kpi_cli.results.entities import EntityIndex
from kpi_cli.results.headers import HeaderIndex
from kpi_cli.results.reading import Percent, Reading
from kpi_cli.rules.ast import iterate_tests, thresholds_of
from kpi_cli.rules.values import Number
from kpi_cli.scoring.figures import Figure

MAX_READINGS = 16_384
"""Cells of one measure whose readings are remembered."""


class CellReading(NamedTuple):
    """A reading, whether it is a figure at all, and whether something is to be said of it: a refusal, or a rounding.

    `figure` is what the cell reports, without its place.
    """

    reading: Reading
    speaks: bool
    notable: bool
    figure: Figure


def take_reading(reading: Reading, *, speaks: bool, notable: bool) -> CellReading:
    """A reading with what it reports."""
    return CellReading(reading, speaks, notable, Figure(reading.value, reading.raw, applicable=reading.applicable))


class CellReadings(dict[RawCell, CellReading]):
    """The readings of the cells of one measure. Equal cells are read once, and share what they say."""

    def __init__(self, read: Callable[[RawCell], CellReading]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, cell: RawCell) -> CellReading:
        reading = self._read(cell)
        if len(self) < MAX_READINGS:
            self[cell] = reading
        return reading


class SetIndex(NamedTuple):
    """What is known of a set: `readings` of each measure's cells, `owner` is the id of a measure's indicator."""

    definition: IndicatorSet
    headers: HeaderIndex
    entities: EntityIndex
    readings: Mapping[str, CellReadings]
    owner: Mapping[str, str]

    def find_indicator(self, text: str) -> Indicator | None:
        """The indicator whose id stands where a measure should."""
        wanted = clean_header(text)
        return next((one for one in self.definition.indicators if clean_header(one.id) == wanted), None)


def index_set(definition: IndicatorSet, percent: Percent) -> SetIndex:
    """The index of `definition`."""
    owned = [(indicator, name) for indicator in definition.indicators for name in indicator.measures]
    alike: dict[Hashable, CellReadings] = {}
    return SetIndex(
        definition,
        HeaderIndex(definition),
        EntityIndex(definition.entity),
        {name: _prepare_readings(indicator, name, percent, alike) for indicator, name in owned},
        {name: indicator.id for indicator, name in owned},
    )


def _prepare_readings(
    indicator: Indicator, name: str, percent: Percent, alike: dict[Hashable, CellReadings]
) -> CellReadings:
    """The readings of one measure. Those that read cells alike share what is read: most percents of a table recur."""
    measure, thresholds = indicator.measures[name], find_thresholds(indicator, name)
    kind = (measure.type, measure.bounds, measure.choices, measure.not_applicable)
    shared = alike.setdefault(kind, CellReadings(lambda cell: _read(cell, measure, percent)))
    return CellReadings(lambda cell: _judge_rounding(shared[cell], thresholds))


def find_thresholds(indicator: Indicator, name: str) -> frozenset[Decimal]:
    """The numbers against which the rules of `indicator` hold one measure."""
    tests = (test for rule in indicator.rules for test in iterate_tests(rule) if test.measure == name)
    return frozenset().union(*(thresholds_of(test.unary) for test in tests))


def _read(cell: RawCell, measure: Measure, percent: Percent) -> CellReading:
    reading = read_cell(cell, measure=measure, percent=percent)
    return take_reading(reading, speaks=reading.speaks, notable=reading.refusal is not None)


def _judge_rounding(found: CellReading, thresholds: frozenset[Decimal]) -> CellReading:
    """The same, notable where the cell shows a number that lies on another side of one of `thresholds`."""
    value, shown = found.reading.value, found.reading.displayed
    if shown is None or not isinstance(value, Decimal) or not crosses_threshold(thresholds, value=value, shown=shown):
        return found
    return found._replace(notable=True)


def crosses_threshold(thresholds: frozenset[Decimal], *, value: Number, shown: Number) -> bool:
    """Whether rounding moved `shown` onto or over a threshold: 89.96 is below 90, and what is shown as 90 is not."""
    return any((value > limit) - (value < limit) != (shown > limit) - (shown < limit) for limit in thresholds)
