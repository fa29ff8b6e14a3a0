"""An indicator set as frozen values: sections, groups, indicators, measures and levels (DESIGN section 3).

The field docstrings are what `kpi schema` explains to an editor. What needs two places of a file at once (ids, weights,
references between measures) is checked in `definition.structure`, on the file itself, so that it can be placed.
"""

from kpi_cli.model.fields import ID, MEASURE_ID, RESERVED_MEASURE_IDS, Part
from kpi_cli.model.indicator import DEFAULT_RANGES, Accept, Indicator, Level, Measure, Ratio, TestCase
from kpi_cli.model.indicator_set import (
    EntityKind,
    Grade,
    Group,
    IndicatorSet,
    Period,
    RosterEntry,
    Section,
    Source,
)

FORMAT_VERSION = 1

__all__ = [
    "DEFAULT_RANGES",
    "FORMAT_VERSION",
    "ID",
    "MEASURE_ID",
    "RESERVED_MEASURE_IDS",
    "Accept",
    "EntityKind",
    "Grade",
    "Group",
    "Indicator",
    "IndicatorSet",
    "Level",
    "Measure",
    "Part",
    "Period",
    "Ratio",
    "RosterEntry",
    "Section",
    "Source",
    "TestCase",
]
