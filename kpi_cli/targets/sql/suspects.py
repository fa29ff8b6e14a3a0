"""The rows that a reader must look at: where a figure does not count, or a percent and its parts do not agree."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

from sqlglot import exp

from kpi_cli.model import Indicator, Measure, Ratio
from kpi_cli.targets.sql.expressions import (
    DECIMALS,
    all_of,
    any_of,
    cast_double,
    choose,
    column,
    is_present,
    number,
)
from kpi_cli.targets.sql.figures import compare_percent, find_flaws, name_digits, name_inapplicable


def find_lost(indicator: Indicator) -> Iterator[exp.Expr]:
    """Conditions of which one is true in every row with a figure that the query takes for missing, for itself alone."""
    for name, measure in indicator.measures.items():
        if measure.type != "flag":
            yield from find_flaws(name, measure, computed=False)


def find_suspects(indicator: Indicator, *, said: bool, rounded: Collection[str]) -> Iterator[exp.Expr]:
    """Conditions of which one is true in every row with a percent that its part and whole contradict or make unsound.

    `rounded`: the percents with a column of the decimals that they were typed with, since a number forgets zeros.
    They may be true of a few sound rows too (a typed percent is held against its ratio as floats, a hair too strictly):
    whoever asks has a reader that decides those rows exactly.
    """
    for name, measure in indicator.measures.items():
        if measure.ratio:
            told = said and measure.not_applicable == "allowed"
            yield from _find_ratio_suspects(name, measure, measure.ratio, said=told, rounded=name in rounded)


def _find_ratio_suspects(name: str, measure: Measure, ratio: Ratio, *, said: bool, rounded: bool) -> Iterator[exp.Expr]:
    zero = exp.EQ(this=column(ratio.whole), expression=number(0))
    contradicted = any_of([is_present(name), exp.NEQ(this=column(ratio.part), expression=number(0))])
    yield all_of([zero, contradicted]) if measure.not_applicable == "allowed" else zero
    given = all_of([exp.GT(this=column(ratio.whole), expression=number(0)), is_present(ratio.part)])
    percent = exp.Div(
        this=exp.Mul(this=number(100), expression=cast_double(column(ratio.part))),
        expression=exp.Paren(this=cast_double(column(ratio.whole))),
    )
    low, high = measure.bounds
    for limit, beyond in ((low, exp.LT), (high, exp.GT)):
        if limit is not None:
            yield all_of([given.copy(), compare_percent(ratio, beyond, limit)])
    apart = exp.Abs(this=exp.Sub(this=exp.Paren(this=percent), expression=cast_double(column(name))))
    tolerance = _take_tolerance(name, rounded=rounded)
    yield all_of([given, is_present(name), exp.GT(this=apart, expression=tolerance)])
    if said:
        yield all_of([given.copy(), column(name_inapplicable(name))])


def _take_tolerance(name: str, *, rounded: bool) -> exp.Case:
    """Half of the last digit that a percent was typed with, a hair less."""
    cases = []
    for digits in range(DECIMALS):
        as_number = (column(name), exp.Round(this=column(name), decimals=number(digits)))
        is_last = (column(name_digits(name)), number(digits)) if rounded else as_number
        half = Decimal(5).scaleb(-digits - 1) - Decimal("1e-9")
        cases.append((exp.EQ(this=is_last[0], expression=is_last[1]), cast_double(number(half))))
    return choose(cases, number(0))
