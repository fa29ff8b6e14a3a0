"""A rule to one condition of SQL. Missing figures make it NULL exactly where `rule_holds` says unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import NamedTuple

from sqlglot import exp

from kpi_cli.rules.ast import (
    AllOf,
    AnyOf,
    Compare,
    Either,
    Interval,
    Is,
    Negation,
    OneOf,
    Operator,
    Rule,
    Test,
    UnaryTest,
)
from kpi_cli.targets.sql.expressions import all_of, any_of, between, choose, column, multiply, negate, number

_COMPARE: dict[Operator, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE, "=": exp.EQ}


class Operand(NamedTuple):
    """The column of a measure; of a percent that may be a ratio, those of its hundredfold part and of its whole.

    Part and whole are compared as `part >= 75 * whole`: a division would leave the exact numbers. `is_refused` makes
    the condition of the rows in which the figure is not to count.
    """

    name: str
    whole: str | None = None
    is_refused: Callable[[], exp.Expr] | None = None

    def read(self) -> exp.Expr:
        """The figure itself, NULL where it is not to count."""
        own = column(self.name)
        return own if self.is_refused is None else choose([(negate(self.is_refused()), own)])


def compile_rule(rule: Rule, operands: Mapping[str, Operand]) -> exp.Expr:
    """The condition that is true where `rule` holds, false where it does not, and NULL where that is unknown."""
    match rule:
        case Test():
            return _compile_unary(rule.unary, operands[rule.measure])
        case AllOf():
            return all_of(compile_rule(part, operands) for part in rule.rules)
        case AnyOf():
            return any_of(compile_rule(part, operands) for part in rule.rules)


def _compile_unary(unary: UnaryTest, operand: Operand) -> exp.Expr:
    match unary:
        case Compare():
            return _compare(operand, unary.operator, unary.threshold)
        case Interval():
            return _compile_interval(unary, operand)
        case Either():
            return any_of(_compile_unary(test, operand) for test in unary.tests)
        case Negation():
            return negate(_compile_unary(unary.test, operand))
        case Is():
            return operand.read() if unary.flag else negate(operand.read())
        case OneOf():
            names = [exp.Literal.string(name) for name in unary.names]
            return exp.In(this=operand.read(), expressions=names)


def _compile_interval(interval: Interval, operand: Operand) -> exp.Expr:
    if interval.low_closed and interval.high_closed:
        low, high = (_threshold(each, operand) for each in (interval.low, interval.high))
        return between(operand.read(), low, high)
    above = _compare(operand, ">=" if interval.low_closed else ">", interval.low)
    below = _compare(operand, "<=" if interval.high_closed else "<", interval.high)
    return all_of([above, below])


def _compare(operand: Operand, operator: Operator, threshold: Decimal) -> exp.Expr:
    return _COMPARE[operator](this=operand.read(), expression=_threshold(threshold, operand))


def _threshold(threshold: Decimal, operand: Operand) -> exp.Expr:
    return number(threshold) if operand.whole is None else multiply(threshold, operand.whole)
