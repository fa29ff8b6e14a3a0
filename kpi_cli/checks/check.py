"""Everything that is found about a set that could be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_cli.checks.cases import find_failed_cases
from kpi_cli.checks.proof import find_unfair, prove_set
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import IndicatorSet
from kpi_cli.space.allowance import MOST_STEPS

_STEPS_OF_A_SCORING = MOST_STEPS // 20
"""Of the proof of a set, where that is not what was asked for; those that people write take a few thousand."""


def check_set(definition: IndicatorSet) -> Iterator[Diagnostic]:
    """The cases that fail, and what the proof finds, with paths for places."""
    yield from find_failed_cases(definition)
    yield from prove_set(definition)


def check_for_scores(definition: IndicatorSet) -> Iterator[Diagnostic]:
    """The cases that fail; and, as warnings, where a better value gets a lower level: whoever is scored must know.

    What is accepted is none, and a level that nobody reaches does nobody wrong.
    """
    yield from find_failed_cases(definition)
    for found in find_unfair(definition, steps=_STEPS_OF_A_SCORING):
        yield replace(found, severity=Severity.WARNING)
