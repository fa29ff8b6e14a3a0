"""What is still owed: the figures without which an indicator of an entity stays incomplete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kpi_cli.model import Indicator, IndicatorSet
from kpi_cli.rules.ast import measures_of
from kpi_cli.scoring.figures import MISSING, Entity, Figure, Record
from kpi_cli.scoring.levels import prepare_assessment
from kpi_cli.scoring.scorecard import Status


class Owed(NamedTuple):
    """One figure that is owed. `figure` tells whether the cell was blank, or held something that does not count."""

    section: str
    indicator: Indicator
    measure: str
    entity: Entity
    figure: Figure = MISSING


def list_owed(definition: IndicatorSet, records: Sequence[Record]) -> tuple[Owed, ...]:
    """What `records` lack, by section, indicator, measure and entity.

    A blank cell that can no longer change a level is not owed, nor are the parts of a percent: the percent itself is,
    unless its parts give it.
    """
    return tuple(
        one
        for section in definition.sections
        for indicator in section
        for one in _list_indicator(section.id, indicator, records)
    )


def _list_indicator(section: str, indicator: Indicator, records: Sequence[Record]) -> Iterator[Owed]:
    assess = prepare_assessment(indicator)
    read = {name for rule in indicator.rules for name in measures_of(rule)}
    open_ones = [record for record in records if assess(record.figures).status is Status.INCOMPLETE]
    for measure in (name for name in indicator.measures if name in read):
        for record in open_ones:
            figure = record.figures.get(measure, MISSING)
            if not figure.reported:
                yield Owed(section, indicator, measure, record.entity, figure)
