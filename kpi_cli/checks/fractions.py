"""`fraction-thresholds`: a percent whose levels are written as fractions, where it counts points."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.checks.subject import Subject
from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import Measure
from kpi_cli.rules.ast import Test, thresholds_of
from kpi_cli.rules.values import move_point


class _Use(NamedTuple):
    threshold: Decimal
    level: int
    test: Test


def find_fraction_thresholds(subject: Subject) -> Iterator[Diagnostic]:
    """A warning for each percent that is compared with fractions alone, at the highest: 0.8 is 0.8 %, not 80 %.

    Nothing else would tell: the levels rise as they should, and everyone is at the highest. Of what is better if lower
    nothing is said: a rate of errors may well be held below 0.5 %.
    """
    for name, measure in subject.indicator.measures.items():
        uses = list(_iterate_uses(subject, name)) if _rises_above_one(measure) else []
        fractions = [use for use in uses if 0 < use.threshold < 1]
        if fractions and all(0 <= use.threshold <= 1 for use in uses):
            yield _describe(subject, max(fractions, key=lambda use: use.threshold))


def _rises_above_one(measure: Measure) -> bool:
    _, high = measure.bounds
    return measure.type == "percent" and measure.direction == "higher" and (high is None or high > 1)


def _iterate_uses(subject: Subject, measure: str) -> Iterator[_Use]:
    for level, test in subject.iterate_tests_of(measure):
        yield from (_Use(threshold, level, test) for threshold in thresholds_of(test.unary))


def _describe(subject: Subject, use: _Use) -> Diagnostic:
    params = {
        "measure": use.test.measure,
        "threshold": use.threshold,
        "percent": move_point(use.threshold, 2),
        "level": use.level,
    }
    place = subject.place_test(use.level, use.test)
    return subject.diagnose("fraction-thresholds", Severity.WARNING, place, params, level=use.level)
