"""Evaluation in strong Kleene logic: True, False, or None where a missing figure leaves it unknown."""

from __future__ import annotations

import operator
from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias, cast

from kpi_cli.rules.ast import (
    AllOf,
    AnyOf,
    Compare,
    Either,
    Interval,
    Is,
    Negation,
    OneOf,
    Rule,
    Test,
    UnaryTest,
)
from kpi_cli.rules.values import Number, Value

Truth: TypeAlias = bool | None
Values: TypeAlias = Mapping[str, Value | None]

_COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}


def rule_holds(rule: Rule, values: Values) -> Truth:
    """Whether `rule` holds for `values` (measure id -> value; absent or None is missing)."""
    match rule:
        case Test():
            return test_holds(rule.unary, values.get(rule.measure))
        case AllOf():
            return kleene_all(rule_holds(part, values) for part in rule.rules)
        case AnyOf():
            return kleene_any(rule_holds(part, values) for part in rule.rules)


def test_holds(unary: UnaryTest, value: Value | None) -> Truth:
    """Whether `value` passes `unary`; a missing value leaves every test unknown."""
    if value is None:
        return None
    match unary:
        case Compare():
            return cast(bool, _COMPARE[unary.operator](cast(Any, value), unary.threshold))
        case Interval():
            return _in_interval(unary, cast(Number, value))
        case Either():
            return kleene_any(test_holds(test, value) for test in unary.tests)
        case Negation():
            return not test_holds(unary.test, value)
        case Is():
            return value is unary.flag
        case OneOf():
            return value in unary.names


test_holds.__test__ = False  # type: ignore[attr-defined]  # pytest takes every test_* function for its own


def _in_interval(interval: Interval, value: Number) -> bool:
    above = value >= interval.low if interval.low_closed else value > interval.low
    below = value <= interval.high if interval.high_closed else value < interval.high
    return above and below


def kleene_all(truths: Iterable[Truth]) -> Truth:
    """False if any is False, else unknown if any is unknown, else True."""
    unknown = False
    for truth in truths:
        if truth is False:
            return False
        unknown = unknown or truth is None
    return None if unknown else True


def kleene_any(truths: Iterable[Truth]) -> Truth:
    """True if any is True, else unknown if any is unknown, else False."""
    unknown = False
    for truth in truths:
        if truth:
            return True
        unknown = unknown or truth is None
    return None if unknown else False
