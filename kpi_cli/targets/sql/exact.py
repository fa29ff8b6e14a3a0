"""What a query could not keep exact, or could not name: it is refused, never approximated."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from kpi_cli.diagnostics import Diagnostic, Severity
from kpi_cli.model import Grade, Indicator, Measure
from kpi_cli.rules.ast import iterate_tests, thresholds_of
from kpi_cli.rules.values import canonical_number
from kpi_cli.targets.sql.dialects import Dialect
from kpi_cli.targets.sql.expressions import DECIMALS, INTEGER_DIGITS
from kpi_cli.targets.sql.query import Plan
from kpi_cli.targets.sql.scores import Scoring, find_largest_of_grade

RATIO_INTEGER_DIGITS = 5
"""Of a threshold that is multiplied by a whole: all digits of the product must fit."""
_LARGEST_INTEGER, _LARGEST_BIGINT = 2**31 - 1, 2**63 - 1
_LONGEST_SUFFIX = ":possible_level"


def find_inexact(plan: Plan, dialect: Dialect) -> tuple[Diagnostic, ...]:
    """Everything that keeps `plan` from being written for `dialect`."""
    numbers = (found for indicator in plan.indicators for found in _check_indicator(indicator, dialect))
    totals = (found for scoring in plan.scorings for found in _check_scoring(scoring, plan.grades, dialect))
    names = (found for kind in _list_names(plan) for found in _check_names(kind, dialect))
    return (*numbers, *totals, *names, *_check_texts(plan, dialect))


def _check_indicator(indicator: Indicator, dialect: Dialect) -> Iterator[Diagnostic]:
    for name, measure in indicator.measures.items():
        about = {"measure": name, "dialect": dialect.title}
        if not dialect.has_decimals and measure.type in {"percent", "number"}:
            yield _refuse("measure", indicator, {**about, "kind": measure.type})
            continue
        if measure.ratio and _may_be_negative(indicator.measures[measure.ratio.whole]):
            yield _refuse("negative-whole", indicator, {**about, "whole": measure.ratio.whole})
        long = [limit for limit in _list_limits(name, indicator) if _is_long(limit, measure)]
        if long:
            yield _refuse("digits", indicator, {**about, "threshold": long[0]})


def _may_be_negative(measure: Measure) -> bool:
    low = measure.bounds[0]
    return low is None or low < 0


def _list_limits(name: str, indicator: Indicator) -> list[Decimal]:
    """The numbers that a measure is compared with: the thresholds of its rules, and the ends of its range."""
    tests = (test for rule in indicator.rules for test in iterate_tests(rule) if test.measure == name)
    thresholds = {limit for test in tests for limit in thresholds_of(test.unary)}
    return sorted(thresholds | {end for end in indicator.measures[name].bounds if end is not None})


def _is_long(limit: Decimal, measure: Measure) -> bool:
    whole, _, decimals = canonical_number(limit).removeprefix("-").partition(".")
    most = RATIO_INTEGER_DIGITS if measure.ratio else INTEGER_DIGITS
    return len(whole) > most or len(decimals) > DECIMALS


def _check_scoring(scoring: Scoring, grades: Iterable[Grade], dialect: Dialect) -> Iterator[Diagnostic]:
    params = {"section": scoring.section, "dialect": dialect.title}
    if scoring.scale * scoring.total > _LARGEST_INTEGER or scoring.largest > _LARGEST_BIGINT:
        yield Diagnostic("sql-inexact", Severity.ERROR, None, params, "weights")
    long = [grade.min for grade in grades if find_largest_of_grade(scoring, grade) > _LARGEST_BIGINT]
    if long:
        yield Diagnostic("sql-inexact", Severity.ERROR, None, {**params, "threshold": long[0]}, "grade")
    factor = scoring.exact_factor
    if not dialect.has_decimals and (factor is None or factor % 1):
        yield Diagnostic("sql-inexact", Severity.ERROR, None, params, "score")


def _list_names(plan: Plan) -> Iterator[list[str]]:
    """The names that columns are made of; those of one kind are told apart by nothing else."""
    yield [section.id for section in plan.sections]
    yield [indicator.id for indicator in plan.indicators]
    yield [name for indicator in plan.indicators for name in indicator.measures]


def _check_names(names: Iterable[str], dialect: Dialect) -> Iterator[Diagnostic]:
    """Engines cut names that are too long, and take no notice of capitals."""
    seen: dict[str, str] = {}
    for name in names:
        other = seen.setdefault(name.lower(), name)
        params = {"name": name, "other": other, "dialect": dialect.title, "limit": dialect.longest_name}
        if other != name:
            yield Diagnostic("sql-name", Severity.ERROR, None, params, "alike")
        if dialect.longest_name and len(name) + len(_LONGEST_SUFFIX) > dialect.longest_name:
            yield Diagnostic("sql-name", Severity.ERROR, None, params, "too-long")


def _check_texts(plan: Plan, dialect: Dialect) -> Iterator[Diagnostic]:
    """A query is printed, and may be pasted: what a terminal would obey or hide is not in it, nor what is replaced."""
    measures = (measure for indicator in plan.indicators for measure in indicator.measures.values())
    choices = (choice for measure in measures for choice in measure.choices or ())
    grades = (grade.title for grade in plan.grades)
    for name in dict.fromkeys([*choices, *grades]):
        if not name.isprintable():
            yield Diagnostic("sql-name", Severity.ERROR, None, {"name": name}, "unprintable")
        if dialect.variable and dialect.variable in name:
            yield Diagnostic("sql-name", Severity.ERROR, None, {"name": name, "dialect": dialect.title}, "variable")


def _refuse(variant: str, indicator: Indicator, params: dict[str, object]) -> Diagnostic:
    return Diagnostic("sql-inexact", Severity.ERROR, None, params, variant, indicator=indicator.id)
