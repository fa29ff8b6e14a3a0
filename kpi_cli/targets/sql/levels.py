"""The level of one indicator as a CASE, by its policy: what is proven, and what missing figures leave possible."""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from kpi_cli.model import Indicator
from kpi_cli.targets.sql.expressions import number
from kpi_cli.targets.sql.rules import Operand, compile_rule


def compile_level(
    indicator: Indicator, operands: Mapping[str, Operand], *, inapplicable: exp.Expr | None, possible: bool
) -> exp.Case:
    """The level as a CASE; NULL where the condition `inapplicable` is true."""
    rules = [compile_rule(rule, operands) for rule in indicator.rules]
    compile_policy = _climb_ladder if indicator.policy == "ladder" else _take_highest
    case = exp.Case() if inapplicable is None else exp.Case().when(inapplicable, exp.null())
    return compile_policy(case, rules, possible=possible)


def _take_highest(case: exp.Case, rules: list[exp.Expr], *, possible: bool) -> exp.Case:
    """From the highest level down, the first whose rule is true; for what is possible, the first that is not false."""
    for level, rule in reversed(list(enumerate(rules, start=1))):
        case = case.when(_or_else(rule, exp.true()) if possible else rule, number(level))
    return case.else_(number(0))


def _climb_ladder(case: exp.Case, rules: list[exp.Expr], *, possible: bool) -> exp.Case:
    """From the lowest level up, what lies below the first whose rule is not true; for what is possible, is false."""
    for level, rule in enumerate(rules):
        case = case.when(exp.not_(rule if possible else _or_else(rule, exp.false())), number(level))
    return case.else_(number(len(rules)))


def _or_else(rule: exp.Expr, unknown: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=rule, expressions=[unknown])
