"""The level of an indicator as formulas, in strong Kleene logic: what is proven, and what missing figures leave open.

A rule is compiled twice: to what proves it true, and to what proves it false. Where neither does it is unknown. Both
hold only of cells that hold a figure, so a blank proves nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kpi_cli.model import Indicator, Measure
from kpi_cli.rules.ast import AllOf, Compare, Either, Interval, Is, Negation, OneOf, Rule, Test, UnaryTest
from kpi_cli.rules.policy import Policy
from kpi_cli.targets.excel.answers import (
    Cells,
    Quantity,
    is_choice,
    is_no,
    is_not_applicable,
    is_number,
    is_yes,
    may_be_not_applicable,
)
from kpi_cli.targets.excel.formula import FALSE, all_of, any_of, call, write_text

_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "=": "<>"}


class LevelFormulas(NamedTuple):
    """The proven and the possible level of an indicator, without the equals sign before them."""

    proven: str
    possible: str


def compile_levels(indicator: Indicator, cells: Cells, *, not_applicable: str) -> LevelFormulas:
    """The formulas of one row, whose figures stand in `cells`.

    Where the indicator is not applicable both give the text `not_applicable` in place of a number.
    """
    proven = [prove_rule(rule, indicator, cells, true=True) for rule in indicator.rules]
    possible = [f"NOT({prove_rule(rule, indicator, cells, true=False)})" for rule in indicator.rules]
    both = (_decide_level(holds, indicator.policy) for holds in (proven, possible))
    if may_be_not_applicable(indicator):
        absent = f"IF({is_not_applicable(indicator, cells)},{write_text(not_applicable)},"
        both = (f"{absent}{level})" for level in both)
    return LevelFormulas(*both)


def _decide_level(holds: Sequence[str], policy: Policy) -> str:
    """Flat, whatever the scale: the highest level that holds, or the last one before the lowest that fails."""
    if policy == "ladder":
        return call("MIN", (f"IF({held},{len(holds)},{level})" for level, held in enumerate(holds)))
    return call("MAX", (f"IF({held},{level},0)" for level, held in enumerate(holds, start=1)))


def prove_rule(rule: Rule, indicator: Indicator, cells: Cells, *, true: bool) -> str:
    """Whether the cells prove `rule` true, or, for `true` False, prove it false."""
    if isinstance(rule, Test):
        return _prove_test(rule, indicator, cells, true=true)
    parts = (prove_rule(part, indicator, cells, true=true) for part in rule.rules)
    return all_of(parts) if isinstance(rule, AllOf) is true else any_of(parts)


def _prove_test(test: Test, indicator: Indicator, cells: Cells, *, true: bool) -> str:
    measure, cell = indicator.measures[test.measure], cells[test.measure]
    if measure.type in {"flag", "choice"}:
        return _prove_answer(test.unary, measure, cell, true=true)
    typed = is_number(measure, cell, [_compare(test.unary, Quantity(cell), true=true)])
    return typed if measure.ratio is None else _prove_ratio(test, indicator, cells, typed, true=true)


def _prove_answer(unary: UnaryTest, measure: Measure, cell: str, *, true: bool) -> str:
    match unary:
        case Is():
            return is_yes(cell) if unary.flag is true else is_no(cell)
        case OneOf():
            return is_choice(cell, (name for name in measure.choices or () if (name in unary.names) is true))
        case Negation():
            return _prove_answer(unary.test, measure, cell, true=not true)
        case Either():
            parts = (_prove_answer(one, measure, cell, true=true) for one in unary.tests)
            return any_of(parts) if true else all_of(parts)
    raise TypeError(f"{unary} is no test of a {measure.type}")


def _prove_ratio(test: Test, indicator: Indicator, cells: Cells, typed: str, *, true: bool) -> str:
    """The two figures decide where both are reported, never divided, so that nothing is rounded; else what is typed."""
    measure = indicator.measures[test.measure]
    ratio = measure.ratio
    if ratio is None:
        return typed
    part, whole = cells[ratio.part], cells[ratio.whole]
    has_part = is_number(indicator.measures[ratio.part], part)
    has_whole = is_number(indicator.measures[ratio.whole], whole)
    quantity = _multiply(part, whole, indicator.measures[ratio.whole])
    decided = all_of([f"{whole}<>0", *quantity.within(measure), _compare(test.unary, quantity, true=true)])
    zero = f"IF({has_whole},{whole}=0,{FALSE})"
    return f"IF(AND({has_part},{has_whole}),{decided},IF({zero},{FALSE},{typed}))"


def _multiply(part: str, whole: str, measure: Measure) -> Quantity:
    low = measure.bounds[0]
    if low is not None and low >= 0:
        return Quantity(f"{part}*100", f"*{whole}")
    return Quantity(f"{part}*100*SIGN({whole})", f"*ABS({whole})")


def _compare(unary: UnaryTest, quantity: Quantity, *, true: bool) -> str:
    match unary:
        case Compare():
            return quantity.compare(unary.operator if true else _OPPOSITE[unary.operator], unary.threshold)
        case Interval():
            low, high = ">=" if unary.low_closed else ">", "<=" if unary.high_closed else "<"
            ends = [Compare(low, unary.low), Compare(high, unary.high)]  # type: ignore[arg-type]  # both are operators
            parts = [_compare(end, quantity, true=true) for end in ends]
            return all_of(parts) if true else any_of(parts)
        case Either():
            parts = [_compare(one, quantity, true=true) for one in unary.tests]
            return any_of(parts) if true else all_of(parts)
        case Negation():
            return _compare(unary.test, quantity, true=not true)
    raise TypeError(f"{unary} is no test of a number")
