"""All that reading needs to know of a set, looked up fast: headers, entities, and how each measure's cells are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
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

CellReader = Callable[[RawCell], "CellReading"]


class CellReading(NamedTuple):
    """A reading, whether it is a figure at all, and whether something is to be said of it: a refusal, or a rounding."""

    reading: Reading
    speaks: bool
    notable: bool


class SetIndex(NamedTuple):
    """What is known of a set: `read` reads the cells of a measure, `owner` is the id of a measure's indicator."""

    definition: IndicatorSet
    headers: HeaderIndex
    entities: EntityIndex
    read: Mapping[str, CellReader]
    owner: Mapping[str, str]

    def find_indicator(self, text: str) -> Indicator | None:
        """The indicator whose id stands where a measure should."""
        wanted = clean_header(text)
        return next((one for one in self.definition.indicators if clean_header(one.id) == wanted), None)


def index_set(definition: IndicatorSet, percent: Percent) -> SetIndex:
    """The index of `definition`."""
    owned = [(indicator, name) for indicator in definition.indicators for name in indicator.measures]
    return SetIndex(
        definition,
        HeaderIndex(definition),
        EntityIndex(definition.entity),
        {name: _make_reader(indicator, name, percent) for indicator, name in owned},
        {name: indicator.id for indicator, name in owned},
    )


def _make_reader(indicator: Indicator, name: str, percent: Percent) -> CellReader:
    measure, thresholds = indicator.measures[name], find_thresholds(indicator, name)
    # Equal cells of a column are read once and remembered.
    return lru_cache(maxsize=16_384)(lambda cell: _read(cell, measure, thresholds, percent))


def find_thresholds(indicator: Indicator, name: str) -> frozenset[Decimal]:
    """The numbers against which the rules of `indicator` hold one measure."""
    tests = (test for rule in indicator.rules for test in iterate_tests(rule) if test.measure == name)
    return frozenset().union(*(thresholds_of(test.unary) for test in tests))


def _read(cell: RawCell, measure: Measure, thresholds: frozenset[Decimal], percent: Percent) -> CellReading:
    reading = read_cell(cell, measure=measure, percent=percent)
    misleading = (
        reading.displayed is not None
        and isinstance(reading.value, Decimal)
        and crosses_threshold(thresholds, value=reading.value, shown=reading.displayed)
    )
    return CellReading(reading, reading.speaks, misleading or reading.refusal is not None)


def crosses_threshold(thresholds: frozenset[Decimal], *, value: Number, shown: Number) -> bool:
    """Whether rounding moved `shown` onto or over a threshold: 89.96 is below 90, and what is shown as 90 is not."""
    return any((value > limit) - (value < limit) != (shown > limit) - (shown < limit) for limit in thresholds)
