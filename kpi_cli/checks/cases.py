"""The cases an author wrote under `tests:`, decided by the scorer's own evaluation."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from kpi_cli.checks.paths import iterate_indicator_paths
from kpi_cli.diagnostics import Diagnostic, Path, Severity
from kpi_cli.model import Indicator, IndicatorSet, TestCase
from kpi_cli.rules.evaluate import Values, rule_holds
from kpi_cli.rules.policy import decide_level
from kpi_cli.rules.values import Value


def find_failed_cases(definition: IndicatorSet) -> Iterator[Diagnostic]:
    """A finding for each case whose figures prove another level than it says."""
    for keys, indicator in iterate_indicator_paths(definition):
        for index, case in enumerate(indicator.tests):
            values = _work_out_percents(case, indicator)
            proven = decide_level([rule_holds(rule, values) for rule in indicator.rules], indicator.policy).proven
            if proven != case.level:
                yield _describe(Path((*keys, "tests", index, "level")), indicator, index, proven)


def _work_out_percents(case: TestCase, indicator: Indicator) -> Values:
    """The figures of a case; a percent that is not given is worked out from its parts, as in a results file."""
    values: dict[str, Value | None] = dict(case.given)
    for name, measure in indicator.measures.items():
        if measure.ratio and values.get(name) is None:
            part, whole = values.get(measure.ratio.part), values.get(measure.ratio.whole)
            if isinstance(part, Decimal) and isinstance(whole, Decimal) and whole:
                values[name] = Fraction(part) * 100 / Fraction(whole)
    return values


def _describe(path: Path, indicator: Indicator, index: int, proven: int) -> Diagnostic:
    case = indicator.tests[index]
    return Diagnostic(
        "test-failed",
        Severity.ERROR,
        path,
        {"expected_level": case.level, "level": proven},
        indicator=indicator.id,
        level=case.level,
        witness={name: value for name, value in case.given.items() if value is not None},
    )
