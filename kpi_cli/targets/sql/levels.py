"""The level of one indicator as a CASE, by its policy: what is proven, and what missing figures leave possible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sqlglot import exp

from kpi_cli.model import Indicator
from kpi_cli.targets.sql.expressions import choose, negate, number
from kpi_cli.targets.sql.rules import Operand, compile_rule

_DEEPEST = 10
"""Rules that are nested in each other; a longer ladder is told flat, for people and for what reads SQL by recursion."""


def compile_level(
    indicator: Indicator, operands: Mapping[str, Operand], *, inapplicable: exp.Expr | None, possible: bool
) -> exp.Case:
    """The level as a CASE; NULL where the condition `inapplicable` is true."""
    rules = [compile_rule(rule, operands) for rule in indicator.rules]
    left_out = [] if inapplicable is None else [(inapplicable, exp.null())]
    if indicator.policy == "ladder" and not possible and len(rules) <= _DEEPEST:
        climbed = _climb_nested(rules)
        return choose(left_out, climbed) if left_out else climbed
    if indicator.policy == "ladder":
        return choose([*left_out, *_climb_ladder(rules, possible=possible)], number(len(rules)))
    return choose([*left_out, *_take_highest(rules, possible=possible)], number(0))


def _take_highest(rules: list[exp.Expr], *, possible: bool) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """From the highest level down, the first whose rule is true; for what is possible, the first that is not false."""
    for level, rule in reversed(list(enumerate(rules, start=1))):
        yield _or_else(rule, exp.true()) if possible else rule, number(level)


def _climb_nested(rules: list[exp.Expr]) -> exp.Case:
    """What is proven, a CASE in a CASE: the next rule is asked where the one before is true.

    Unknown is not true to a CASE. To a flat one it must be made false, which costs an engine another look at each row.
    """
    *lower, last = enumerate(rules)
    climbed = choose([(last[1], number(len(rules)))], number(last[0]))
    for level, rule in reversed(lower):
        climbed = choose([(rule, climbed)], number(level))
    return climbed


def _climb_ladder(rules: list[exp.Expr], *, possible: bool) -> Iterator[tuple[exp.Expr, exp.Expr]]:
    """From the lowest level up, what lies below the first whose rule is not true; for what is possible, is false."""
    for level, rule in enumerate(rules):
        yield negate(rule if possible else _or_else(rule, exp.false())), number(level)


def _or_else(rule: exp.Expr, unknown: exp.Expr) -> exp.Expr:
    return exp.Coalesce(this=rule, expressions=[unknown])
