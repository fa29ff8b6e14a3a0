"""All that reading needs to know of a set, looked up fast: headers, entities, and how each measure's cells are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.model import Indicator, IndicatorSet, Measure
from kpi_cli.model.names import clean_header
from kpi_cli.results.cell import read_cell
from kpi_cli.results.cells import RawCell
from kpi_cli.results.entities import EntityIndex
from kpi_cli.results.headers import HeaderIndex
from kpi_cli.results.reading import Percent, Reading, Refusal
from kpi_cli.rules.ast import iterate_tests, thresholds_of
from kpi_cli.rules.values import Number
from kpi_cli.scoring.figures import Absence, Said

MAX_READINGS = 65_536
"""Cells of one kind of measure whose readings are remembered."""


@dataclass(frozen=True, slots=True, eq=False)
class CellReading(Said):
    """What a cell says, why it is refused, the number that it shows instead, and whether it is a figure at all."""

    refusal: Refusal | None
    displayed: Decimal | None
    speaks: bool
    notable: bool
    """Whether something may be to be said of it: that it is refused, or that it shows another number."""


def take_reading(reading: Reading, *, speaks: bool) -> CellReading:
    """What `reading` comes to."""
    answer = reading.value if reading.applicable else Absence.NOT_APPLICABLE
    notable = reading.refusal is not None or reading.displayed is not None
    return CellReading(answer, reading.raw, reading.refusal, reading.displayed, speaks, notable)


class CellReadings(dict[RawCell, CellReading]):
    """The readings of the cells of measures that read them alike: a cell that stands in many places is read once.

    `notable` is whether any of them so far is.
    """

    def __init__(self, read: Callable[[RawCell], CellReading]) -> None:
        super().__init__()
        self.notable = False
        self._read = read

    def __missing__(self, cell: RawCell) -> CellReading:
        reading = self._read(cell)
        self.notable = self.notable or reading.notable
        if len(self) < MAX_READINGS:
            self[cell] = reading
        return reading


class SetIndex(NamedTuple):
    """What is known of a set: by measure the `readings` of its cells, the id of the indicator that is its `owner`, and
    the `thresholds` of its rules; the `indicators` by their cleaned ids, which long tables name very often.
    """

    definition: IndicatorSet
    headers: HeaderIndex
    entities: EntityIndex
    readings: Mapping[str, CellReadings]
    owner: Mapping[str, str]
    thresholds: Mapping[str, Sequence[Decimal]]
    indicators: Mapping[str, Indicator]

    def find_indicator(self, text: str) -> Indicator | None:
        """The indicator whose id stands where a measure should."""
        return self.indicators.get(clean_header(text))


def index_set(definition: IndicatorSet, percent: Percent) -> SetIndex:
    """The index of `definition`."""
    owned = [(indicator, name) for indicator in definition.indicators for name in indicator.measures]
    alike: dict[Hashable, CellReadings] = {}
    return SetIndex(
        definition,
        HeaderIndex(definition),
        EntityIndex(definition.entity),
        {name: _share_readings(indicator.measures[name], percent, alike) for indicator, name in owned},
        {name: indicator.id for indicator, name in owned},
        {name: find_thresholds(indicator, name) for indicator, name in owned},
        {clean_header(one.id): one for one in reversed(definition.indicators)},  # of two that are alike, the first
    )


def _share_readings(measure: Measure, percent: Percent, alike: dict[Hashable, CellReadings]) -> CellReadings:
    """The readings of `measure`, which are those of all that read cells alike: most percents of a table recur."""
    kind = (measure.type, measure.bounds, measure.choices, measure.not_applicable)
    return alike.setdefault(kind, CellReadings(lambda cell: _read(cell, measure, percent)))


def _read(cell: RawCell, measure: Measure, percent: Percent) -> CellReading:
    reading = read_cell(cell, measure=measure, percent=percent)
    return take_reading(reading, speaks=reading.speaks)


def find_thresholds(indicator: Indicator, name: str) -> tuple[Decimal, ...]:
    """The numbers against which the rules of `indicator` hold one measure, ascending."""
    tests = (test for rule in indicator.rules for test in iterate_tests(rule) if test.measure == name)
    return tuple(sorted({limit for test in tests for limit in thresholds_of(test.unary)}))


def crosses_threshold(thresholds: Sequence[Decimal], *, value: Number, shown: Number) -> bool:
    """Whether rounding moved `shown` onto or over a threshold: 89.96 is below 90, and what is shown as 90 is not.

    `thresholds` ascend.
    """
    places = ((bisect_left(thresholds, number), bisect_right(thresholds, number)) for number in (value, shown))
    return next(places) != next(places)
