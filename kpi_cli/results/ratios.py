"""Percents worked out from what they are made of: part * 100 / whole, exactly; and whether a typed percent agrees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kpi_cli.diagnostics import Diagnostic, Related, Severity
from kpi_cli.model import Indicator, Measure, Ratio
from kpi_cli.results.places import FindPlace
from kpi_cli.results.set_index import crosses_threshold, find_thresholds
from kpi_cli.rules.values import as_decimal, count_decimals, round_half_up
from kpi_cli.scoring.figures import MISSING, Entity, Figure, FigureRow, change_figures, say

# A percent that a spreadsheet worked out has fifteen digits, the last of which may be off by one.
_WORKED_OUT_DIGITS = 14


class RatioPercent(NamedTuple):
    """A percent that may be worked out, what it is made of, how low and high it may be, and its thresholds."""

    indicator: Indicator
    name: str
    measure: Measure
    ratio: Ratio
    low: Fraction | None
    high: Fraction | None
    thresholds: tuple[Decimal, ...]

    def allows(self, value: Fraction) -> bool:
        """Whether `value` lies in the range of the measure."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


class _Case(NamedTuple):
    """One ratio of one entity: the percent as typed, its parts, and where to say what is wrong."""

    of: RatioPercent
    entity: Entity
    percent: Figure
    part: Figure
    whole: Figure
    place: FindPlace


def list_ratios(indicators: Iterable[Indicator]) -> tuple[RatioPercent, ...]:
    """Every percent of `indicators` that may be worked out."""
    each = ((one, name, measure) for one in indicators for name, measure in one.measures.items())
    return tuple(_describe(one, name, measure, measure.ratio) for one, name, measure in each if measure.ratio)


def _describe(indicator: Indicator, name: str, measure: Measure, ratio: Ratio) -> RatioPercent:
    low, high = (None if bound is None else Fraction(bound) for bound in measure.bounds)
    return RatioPercent(indicator, name, measure, ratio, low, high, find_thresholds(indicator, name))


Outcome = tuple[dict[str, Figure], tuple[Diagnostic, ...]]


def apply_ratios(
    entity: Entity, figures: Mapping[str, Figure], ratios: Sequence[RatioPercent], place: FindPlace
) -> tuple[Mapping[str, Figure], tuple[Diagnostic, ...]]:
    """The figures with every percent that its parts give; `place` finds where a figure stands."""
    settled: dict[str, Figure] = {}
    found: list[Diagnostic] = []
    # The columns of a table, where all is as its cells say it: most have none of a whole.
    known = figures.layout.positions if isinstance(figures, FigureRow) and not figures.changed else figures
    for percent in ratios:
        if percent.ratio.whole not in known:
            continue
        whole = say(figures, percent.ratio.whole).answer
        if not isinstance(whole, Decimal):
            continue
        value = _work_out_plain(percent, figures, whole)
        if value is not None:
            settled[percent.name] = Figure(value)
        else:
            changed, diagnostics = _settle_case(_make_case(percent, entity, figures, place))
            settled.update(changed)
            found.extend(diagnostics)
    return change_figures(figures, settled) if settled else figures, tuple(found)


def _work_out_plain(percent: RatioPercent, figures: Mapping[str, Figure], whole: Decimal) -> Fraction | None:
    """The ratio where only its parts were reported and nothing is to be said, as in most rows of a long table."""
    part = say(figures, percent.ratio.part).answer
    if not whole or not isinstance(part, Decimal) or say(figures, percent.name).answer is not None:
        return None
    value = _divide(part, whole)
    return value if percent.allows(value) else None


def _divide(part: Decimal, whole: Decimal) -> Fraction:
    """`part` as a percent of `whole`, exactly; in whole numbers, which is far quicker than to divide fractions."""
    numerator, unit = part.as_integer_ratio()
    denominator, whole_unit = whole.as_integer_ratio()
    return Fraction(100 * numerator * whole_unit, denominator * unit)


def _make_case(percent: RatioPercent, entity: Entity, figures: Mapping[str, Figure], place: FindPlace) -> _Case:
    typed, part, whole = (figures.get(key, MISSING) for key in (percent.name, percent.ratio.part, percent.ratio.whole))
    return _Case(percent, entity, typed, part, whole, place)


def _settle_case(case: _Case) -> Outcome:
    part, whole = case.part.value, case.whole.value
    if not isinstance(whole, Decimal):
        return {}, ()
    if whole == 0:
        return _settle_zero(case)
    if not isinstance(part, Decimal):
        return {}, ()
    return _settle_value(case, _divide(part, whole))


def _settle_zero(case: _Case) -> Outcome:
    """Of nothing there is no percent: not applicable where that is an answer."""
    if case.part.value:
        return _refuse(case, "ratio-whole-zero", "part-left", case.whole)
    if case.percent.value is not None:
        return _refuse(case, "ratio-mismatch", "whole-zero", case.percent)
    if case.of.measure.not_applicable != "allowed":
        return _refuse(case, "ratio-whole-zero", "", case.whole)
    return {case.of.name: Figure(None, case.percent.raw, case.percent.cell, applicable=False)}, ()


def _settle_value(case: _Case, value: Fraction) -> Outcome:
    typed = case.percent
    if not typed.applicable:
        return _refuse(case, "ratio-mismatch", "not-applicable", typed, value=value)
    if isinstance(typed.value, Decimal) and not _agrees(typed.value, value):
        return _refuse(case, "ratio-mismatch", "", typed, value=value)
    if not case.of.allows(value):
        low, high = case.of.measure.bounds
        return _refuse(case, "ratio-out-of-range", "", case.part, value=value, low=low, high=high)
    if not isinstance(typed.value, Decimal):
        return {case.of.name: Figure(value)}, ()
    return ({}, ()) if typed.value == value else _take_exact(case, typed.value, value)


def _agrees(typed: Decimal, ratio: Fraction) -> bool:
    """Whether `typed` is the ratio rounded to the digits typed."""
    places = count_decimals(typed)
    if round_half_up(ratio, places) == typed:
        return True
    worked_out = len(typed.as_tuple().digits) >= _WORKED_OUT_DIGITS
    return worked_out and abs(Fraction(typed) - ratio) <= Fraction(2, 10**places)


def _take_exact(case: _Case, typed: Decimal, value: Fraction) -> Outcome:
    """The typed percent is the ratio rounded; no verdict may rest on rounding, so the ratio itself counts."""
    figure = Figure(value, case.percent.raw, case.percent.cell)
    if not crosses_threshold(case.of.thresholds, value=value, shown=typed):
        return {case.of.name: figure}, ()
    params = {**_params(case), "value": _shown(value), "displayed": typed}
    note = Diagnostic(
        "display-rounding", Severity.NOTE, case.place(case.percent), params, "ratio", indicator=case.of.indicator.id
    )
    return {case.of.name: figure}, (note,)


def _refuse(case: _Case, code: str, variant: str, at: Figure, **params: object) -> Outcome:
    """Says what does not fit together, at one of the cells, and lets none of them count."""
    involved = {case.of.name: case.percent, case.of.ratio.part: case.part, case.of.ratio.whole: case.whole}
    labels = {case.of.name: "ratio-percent", case.of.ratio.part: "ratio-part", case.of.ratio.whole: "ratio-whole"}
    related = tuple(
        Related(labels[name], case.place(figure), {"raw": figure.raw, "measure": name})
        for name, figure in involved.items()
        if figure is not at and figure.cell is not None and figure.raw
    )
    shown = {name: _shown(value) if isinstance(value, Fraction) else value for name, value in params.items()}
    found = Diagnostic(
        code, Severity.ERROR, case.place(at), {**_params(case), **shown}, variant, case.of.indicator.id, related=related
    )
    refused = {name: Figure(None, figure.raw, figure.cell) for name, figure in involved.items() if figure != MISSING}
    return refused, (found,)


def _params(case: _Case) -> dict[str, object]:
    return {
        "entity": case.entity.name,
        "measure": case.of.name,
        "raw": case.percent.raw,
        "part": case.part.raw,
        "whole": case.whole.raw,
        "part_measure": case.of.ratio.part,
        "whole_measure": case.of.ratio.whole,
    }


def _shown(value: Fraction) -> Decimal:
    """The ratio as a person can check it: exactly where it is a short decimal, else to six places."""
    exact = as_decimal(value)
    return exact if exact is not None and abs(int(exact.as_tuple().exponent)) <= 6 else round_half_up(value, 6)
