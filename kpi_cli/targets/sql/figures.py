"""What the table holds, as figures: what a measure may be is taken, and percents are set up from their parts.

What `kpi score` would refuse (out of range, no whole number, no choice, a part of nothing) is NULL here: it counts as
missing, so that nothing unsound is scored, NaN least of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from typing import TypeAlias

from sqlglot import exp

from kpi_cli.model import Indicator, Measure, Ratio
from kpi_cli.targets.sql.expressions import (
    COUNT_DIGITS,
    DECIMALS,
    INTEGER_DIGITS,
    all_of,
    any_of,
    cast_bigint,
    cast_decimal,
    choose,
    column,
    is_missing,
    is_present,
    multiply,
    name_column,
    negate,
    number,
)
from kpi_cli.targets.sql.rules import Operand

_LARGEST_COUNT, _LARGEST_NUMBER = Decimal(10**COUNT_DIGITS - 1), Decimal(10**INTEGER_DIGITS - 1)


def find_largest(measure: Measure) -> Decimal:
    """The largest figure of `measure` that the query computes with; what lies beyond it is missing there."""
    return _LARGEST_COUNT if measure.type == "count" else _LARGEST_NUMBER


def name_inapplicable(measure: str) -> str:
    """The column that says that a measure is not applicable, in the table and in the query."""
    return f"{measure}:na"


def name_digits(measure: str) -> str:
    """The column that says how many decimals a percent was typed with, where a table has one beside it."""
    return f"{measure}:digits"


def find_operands(indicator: Indicator) -> dict[str, Operand]:
    """Where the conditions of an indicator's rules find its measures."""
    ratios = _list_ratios(indicator)
    return {
        name: Operand(_name_part(name), _name_whole(name))
        if measure.ratio
        else Operand(name, is_refused=partial(_is_refused, ratios[name]) if name in ratios else None)
        for name, measure in indicator.measures.items()
    }


def _name_part(measure: str) -> str:
    return f"{measure}:part"


def _name_whole(measure: str) -> str:
    return f"{measure}:whole"


def _name_said(measure: str) -> str:
    return f"{measure}:said_na"


def may_be_inapplicable(measure: Measure, *, said: bool) -> bool:
    """Whether a row can say so: by a ratio's whole of 0, or (`said`) by a column of its own."""
    return measure.not_applicable == "allowed" and (said or measure.ratio is not None)


def take_figures(indicator: Indicator, *, said: bool, has_booleans: bool = True) -> Iterator[exp.Expr]:
    """The columns of an indicator's measures as the table has them, without what they must not be."""
    computed = indicator.ratio_parts | {name for name, measure in indicator.measures.items() if measure.ratio}
    for name, measure in indicator.measures.items():
        if measure.type == "flag":
            yield column(name) if has_booleans else name_column(_take_number(name), name)
        else:
            yield _take_figure(name, measure, computed=name in computed)
        if said and measure.not_applicable == "allowed":
            told = exp.Coalesce(this=column(name_inapplicable(name)), expressions=[exp.false()])
            yield name_column(told, _name_told(name, measure))


def _take_number(name: str) -> exp.Case:
    """1 or 0 of a flag; where there are no booleans any text would be a "no"."""
    return choose([(exp.In(this=column(name), expressions=[number(0), number(1)]), column(name))])


def _name_told(name: str, measure: Measure) -> str:
    """The column of what the table itself says; for a ratio that is not the last word."""
    return _name_said(name) if measure.ratio else name_inapplicable(name)


def _take_figure(name: str, measure: Measure, *, computed: bool) -> exp.Expr:
    taken = _fix_decimals(name, measure) if computed else column(name)
    # A flaw at a time, and NULL first: engines that work by column pay for every AND, and for THEN where rows differ.
    flaws = find_flaws(name, measure, computed=computed)
    return name_column(choose(((flaw, exp.null()) for flaw in flaws), taken), name)


def find_flaws(name: str, measure: Measure, *, computed: bool) -> Iterator[exp.Expr]:
    """Conditions of which one is true of a figure that must not be; a NaN stands above every number.

    `computed`: it is part, whole or percent of a ratio.
    """
    if measure.type == "choice":
        choices = [exp.Literal.string(each) for each in measure.choices or ()]
        yield negate(exp.In(this=column(name), expressions=choices))
        return
    low, high = measure.bounds
    largest = find_largest(measure)
    ends = number(-largest if low is None else low), number(largest if high is None else high)
    # Not as NOT BETWEEN, which casts a whole column to the type of the ends where a comparison casts the end.
    yield exp.LT(this=column(name), expression=ends[0])
    yield exp.GT(this=column(name), expression=ends[1])
    if measure.type == "count":
        # ROUND leaves a whole number what it is, where FLOOR may make a float of it.
        yield exp.NEQ(this=column(name), expression=exp.Round(this=column(name)))
    elif computed:
        yield exp.NEQ(this=column(name), expression=_fix_decimals(name, measure))


def _fix_decimals(name: str, measure: Measure) -> exp.Expr:
    """A figure in the digits in which it is computed with: an engine that chose them itself might round."""
    if measure.type == "count":
        return cast_bigint(column(name))
    return cast_decimal(column(name), digits=INTEGER_DIGITS + DECIMALS, decimals=DECIMALS)


def set_up_ratios(indicator: Indicator, *, said: bool) -> Iterator[exp.Expr]:
    """For each percent that may be a ratio the columns to compare: a hundredfold part and a whole."""
    for name, measure in indicator.measures.items():
        if measure.ratio:
            told = said and measure.not_applicable == "allowed"
            part, whole = (indicator.measures[each] for each in (measure.ratio.part, measure.ratio.whole))
            unit = _find_unit(measure, part, whole)
            inside = [*_is_inside(measure, measure.ratio, part), *([negate(column(_name_said(name)))] if told else [])]
            yield name_column(_take_part(name, measure.ratio, inside, unit), _name_part(name))
            yield name_column(_take_whole(measure.ratio, unit), _name_whole(name))
            if measure.not_applicable == "allowed":
                yield name_column(_is_of_nothing(name, measure.ratio, said=told), name_inapplicable(name))


def _find_unit(measure: Measure, part: Measure, whole: Measure) -> int:
    """The whole that a percent alone is held against: 1, or so much that a hundredfold part of it has no decimals.

    Beside counts it has none, so that all of them fit 64 bits: decimals that hold both take an engine far longer. A
    range that ends on both sides keeps it short, since no end of it is longer than a threshold (`exact.py`).
    """
    counted = part.type == whole.type == "count"
    return 10**DECIMALS if counted and None not in measure.bounds else 1


def _is_inside(measure: Measure, ratio: Ratio, part: Measure) -> list[exp.Expr]:
    """What holds where part and whole give a percent in range; one that cannot leave it by an end is not asked."""
    low, high = measure.bounds
    least = part.bounds[0]
    never_below = low is None or (low <= 0 and least is not None and least >= 0)
    ends: list[exp.Expr] = [] if low is None or never_below else [compare_percent(ratio, exp.GTE, low)]
    ends += [] if high is None else [compare_percent(ratio, exp.LTE, high)]
    return [exp.GT(this=column(ratio.whole), expression=number(0)), *(ends or [is_present(ratio.part)])]


def _take_part(name: str, ratio: Ratio, inside: list[exp.Expr], unit: int) -> exp.Case:
    """100 * part where both parts give a percent in range, else the percent where they give none."""
    percent = column(name) if unit == 1 else cast_bigint(exp.Mul(this=number(unit), expression=column(name)))
    return choose([(all_of(inside), multiply(100, ratio.part)), (_gives_none(ratio), percent)])


def compare_percent(ratio: Ratio, kind: type[exp.Binary], limit: Decimal) -> exp.Binary:
    """The percent of part and whole against a limit, without a division and with no more products than it takes."""
    share = limit / 100
    hundredfold, of_whole = (1, share) if share in (0, 1) else (100, limit)
    return kind(this=multiply(hundredfold, ratio.part), expression=multiply(of_whole, ratio.whole))


def _gives_none(ratio: Ratio) -> exp.Expr:
    """Whether part or whole is missing, so that a percent may stand alone; of a whole of 0 it may not."""
    begun = all_of([exp.GT(this=column(ratio.whole), expression=number(0)), is_missing(ratio.part)])
    return any_of([is_missing(ratio.whole), begun])


def _take_whole(ratio: Ratio, unit: int) -> exp.Case:
    given = all_of([exp.GT(this=column(ratio.whole), expression=number(0)), is_present(ratio.part)])
    return choose([(given, column(ratio.whole))], number(unit))


def _is_of_nothing(name: str, ratio: Ratio, *, said: bool) -> exp.Expr:
    """Whether a percent is not applicable: a whole of 0 and no other figure, or said so and not contradicted."""
    part = exp.Coalesce(this=column(ratio.part), expressions=[number(0)])
    whole_is_zero = exp.EQ(this=column(ratio.whole), expression=number(0))
    nothing = all_of([whole_is_zero, exp.EQ(this=part, expression=number(0)), is_missing(name)])
    found = any_of([nothing, all_of([column(_name_said(name)), _gives_none(ratio)])]) if said else nothing
    return choose([(found, exp.true())], exp.false())


_Ratios: TypeAlias = Mapping[str, Measure]
"""Percents by their names, each with its ratio."""


def _list_ratios(indicator: Indicator) -> dict[str, dict[str, Measure]]:
    """The percents whose ratio each measure takes part in, as part, as whole or as the percent itself."""
    taken: dict[str, dict[str, Measure]] = {}
    for name, measure in indicator.measures.items():
        for each in (name, measure.ratio.part, measure.ratio.whole) if measure.ratio else ():
            taken.setdefault(each, {})[name] = measure
    return taken


def _is_refused(ratios: _Ratios) -> exp.Expr:
    """Whether part and whole of one of `ratios` give no percent that may be; `kpi score` refuses all three then."""
    return any_of(_gives_no_percent(name, measure, measure.ratio) for name, measure in ratios.items() if measure.ratio)


def _gives_no_percent(name: str, measure: Measure, ratio: Ratio) -> exp.Expr:
    zero = exp.EQ(this=column(ratio.whole), expression=number(0))
    given = [is_missing(_name_part(name)), is_present(ratio.whole), any_of([is_present(ratio.part), zero])]
    allowed = measure.not_applicable == "allowed"
    return all_of([*given, negate(column(name_inapplicable(name)))] if allowed else given)


def is_reported(indicators: Iterable[Indicator], *, said: bool) -> exp.Expr:
    """Whether there is any figure among the measures of `indicators`, or word that there is nothing to measure."""
    plain, ratios = zip(*(_split_reported(indicator, said=said) for indicator in indicators), strict=True)
    reported = [each for listed in (*plain, *ratios) for each in listed]
    # As a CASE, since an engine that works by column leaves a CASE with the first figure that is there.
    return choose([(any_of(reported), exp.true())], exp.false())


def _split_reported(indicator: Indicator, *, said: bool) -> tuple[list[exp.Expr], list[exp.Expr]]:
    """Conditions of which one is true where an indicator has a figure; those that ratios may undo by themselves."""
    ratios = _list_ratios(indicator)
    groups: dict[tuple[str, ...], list[exp.Expr]] = {}
    for name, measure in indicator.measures.items():
        group = groups.setdefault(tuple(ratios.get(name, ())), [])
        group.append(is_present(name))
        if said and measure.not_applicable == "allowed":
            group.append(column(_name_told(name, measure)))
    plain = groups.pop((), [])
    return plain, [
        all_of([any_of(present), negate(_is_refused({name: indicator.measures[name] for name in percents}))])
        for percents, present in groups.items()
    ]
