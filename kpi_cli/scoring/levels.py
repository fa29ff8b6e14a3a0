"""The level of one indicator from the figures of one entity; `kpi validate` proves rules with this same evaluation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from kpi_cli.model import Indicator
from kpi_cli.rules.ast import measures_of
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.policy import Band, decide_level
from kpi_cli.rules.values import Value
from kpi_cli.scoring.figures import MISSING, Figure
from kpi_cli.scoring.scorecard import Status

MAX_REMEMBERED = 4_096
"""Tuples of values whose level is kept for each indicator; it bounds the memory that a long table takes."""


class Assessment(NamedTuple):
    """An indicator's level before it is weighed: `band` is None where not applicable; a figure for each measure."""

    indicator: Indicator
    status: Status
    band: Band | None
    figures: Mapping[str, Figure]


Assess: TypeAlias = Callable[[Mapping[str, Figure]], Assessment]


def assess_indicator(indicator: Indicator, figures: Mapping[str, Figure]) -> Assessment:
    """What `figures` prove of `indicator`, and leave possible; an absent figure is missing, a foreign one ignored."""
    return prepare_assessment(indicator)(figures)


def prepare_assessment(indicator: Indicator) -> Assess:
    """`assess_indicator` for many records: the indicator is read once, and a tuple of values decided once."""
    names = tuple(indicator.measures)
    decide_band = _prepare_band(indicator)

    def assess(figures: Mapping[str, Figure]) -> Assessment:
        own = {name: figures.get(name, MISSING) for name in names}
        if not all(figure.applicable for figure in own.values()):
            return Assessment(indicator, Status.NOT_APPLICABLE, None, own)
        band = decide_band(own)
        status = Status.INCOMPLETE if band.proven < band.possible else Status.SCORED
        return Assessment(indicator, status, band, own)

    return assess


def _prepare_band(indicator: Indicator) -> Callable[[Mapping[str, Figure]], Band]:
    rules = indicator.rules
    # Only what a rule reads: a blank ratio part never matters by itself.
    read = tuple(dict.fromkeys(name for rule in rules for name in measures_of(rule)))

    @lru_cache(maxsize=MAX_REMEMBERED, typed=True)  # typed: 1 and true are equal, and no rule treats them so
    def decide_band(*values: Value | None) -> Band:
        by_name = dict(zip(read, values, strict=True))
        return decide_level([rule_holds(rule, by_name) for rule in rules], indicator.policy)

    return lambda figures: decide_band(*(figures[name].value for name in read))
