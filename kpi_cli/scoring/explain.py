"""Why each level, and what the next one takes: the explanation of an indicator, as values."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from kpi_cli.model import Indicator
from kpi_cli.scoring.figures import Figure
from kpi_cli.scoring.levels import assess_indicator
from kpi_cli.scoring.scorecard import Status
from kpi_cli.scoring.trace import TracedRule, find_missing, trace_rules


class IndicatorExplanation(NamedTuple):
    """One indicator of one entity: its level, the rules that decided it, and what is missing.

    Levels and points are None where it is not applicable; `missing` are measures that a rule reads.
    """

    indicator: Indicator
    status: Status
    level: int | None
    possible_level: int | None
    points: Fraction | None
    figures: Mapping[str, Figure]
    rules: tuple[TracedRule, ...]
    missing: tuple[str, ...]


def explain_figures(indicator: Indicator, figures: Mapping[str, Figure], *, scale: int) -> IndicatorExplanation:
    """The explanation of `indicator` for figures alone; its points are of its own weight."""
    assessed = assess_indicator(indicator, figures)
    band = assessed.band
    return IndicatorExplanation(
        indicator,
        assessed.status,
        None if band is None else band.proven,
        None if band is None else band.possible,
        None if band is None else Fraction(indicator.weight) * band.proven / scale,
        assessed.figures,
        trace_rules(indicator, assessed.figures),
        find_missing(indicator, assessed.figures),
    )
