"""The number in a cell, exactly: typed or stored, with or without a percent sign, within its measure's range."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.model import Measure
from kpi_cli.results.cells import Kind, RawCell
from kpi_cli.results.cleanup import clean_figure
from kpi_cli.results.reading import LONGEST_TEXT, Percent, Reading, Refusal, describe_stranger
from kpi_cli.rules.values import (
    MAX_DIGITS,
    count_decimals,
    exact_text,
    move_point,
    parse_number,
    round_half_up,
    take_number,
)

_DIGITS = r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)"
_PLAIN = re.compile(rf"[0-9]{{1,{MAX_DIGITS // 2}}}(?:\.[0-9]{{1,{MAX_DIGITS // 2 - 1}}})?\Z")
_NUMBER = re.compile(rf"(ร้อยละ)?\s*([+-]?{_DIGITS})\s*(%)?\Z")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?\Z")
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+\s*%?\Z")
_SPAN = re.compile(rf"{_DIGITS}\s*%?\s*[-–—~]\s*{_DIGITS}\s*%?\Z")


class _Typed(NamedTuple):
    """A number; `signed` says that a percent sign stands with it, so that its meaning is beyond doubt."""

    number: Decimal
    signed: bool = False


def parse_plain(cell: RawCell) -> Decimal | None:
    """The number that `cell` spells in ASCII digits and nothing else, as nearly all figures of a long table are."""
    return Decimal(cell.text) if cell.kind is Kind.TEXT and _PLAIN.match(cell.text) else None


def read_number(raw: str, cell: RawCell, *, measure: Measure, percent: Percent) -> Reading:
    """The number in `cell`, in points for a percent, or why it is refused."""
    typed = _parse_text(cell, measure) if cell.kind is Kind.TEXT else _parse_stored(cell, measure)
    if isinstance(typed, Refusal):
        return Reading(raw, refusal=typed)
    return settle_number(raw, typed.number, cell, measure, percent, signed=typed.signed)


def settle_number(
    raw: str, number: Decimal, cell: RawCell, measure: Measure, percent: Percent, *, signed: bool
) -> Reading:
    """What the `number` of `cell` means, in points for a percent, or why it is refused.

    `signed` says that a percent sign stands with it, so that its meaning is beyond doubt.
    """
    settled = _settle_percent(number, cell, measure, percent, signed=signed)
    checked = _check_number(settled, measure) if isinstance(settled, Decimal) else settled
    if isinstance(checked, Refusal):
        return Reading(raw, refusal=checked)
    return Reading(raw, checked, True, None, _find_displayed(checked, cell.places))


def _parse_stored(cell: RawCell, measure: Measure) -> _Typed | Refusal:
    if cell.kind is not Kind.NUMBER:
        return _refuse_text("truth" if cell.kind is Kind.TRUTH else describe_stranger(cell), measure)
    if cell.number is None:
        no_number = cell.text.lstrip("-")[:1].isalpha()  # json's NaN and Infinity
        return _refuse_text("", measure) if no_number else Refusal("cell-too-many-digits")
    scaled = cell.percent_sign == "scaled"
    number = move_point(cell.number, 2) if scaled else cell.number
    # What is typed has so many characters at most; a program may have written more.
    if abs(number.adjusted()) > MAX_DIGITS or len(number.as_tuple().digits) > MAX_DIGITS:
        return Refusal("cell-too-many-digits")
    return _Typed(number, signed=bool(cell.percent_sign))


def _parse_text(cell: RawCell, measure: Measure) -> _Typed | Refusal:
    text = clean_figure(cell.text[:LONGEST_TEXT])
    plain = _NUMBER.match(text)
    if plain:
        word, number, sign = plain.groups()
        return _limit_digits(number, signed=bool(word or sign))
    if _THOUSANDS.match(text):
        if measure.type == "percent":
            return _refuse_text("thousands", measure)
        return _limit_digits(text.replace(",", ""), signed=False)
    if _DECIMAL_COMMA.match(text):
        return _refuse_comma(text, measure)
    return _refuse_text("span" if _SPAN.match(text) else describe_stranger(cell), measure)


def _refuse_text(variant: str, measure: Measure, **params: object) -> Refusal:
    return Refusal("cell-not-a-number", variant, {"expected": f"{measure.type}-figure", **params})


def _refuse_comma(text: str, measure: Measure) -> Refusal:
    """`90,5` is 90.5; but `2,50` of money may lack a digit, and 0.85 of a percent would be in doubt again."""
    mended = text.replace(",", ".")
    if measure.type == "percent":
        number = parse_number(mended)
        is_plain = text.endswith("%") or (number is not None and number.copy_abs() > 1)
    else:
        is_plain = measure.type == "number" and mended[-2] == "."
    return _refuse_text("decimal-comma", measure, mended=mended) if is_plain else _refuse_text("comma", measure)


def _limit_digits(text: str, *, signed: bool) -> _Typed | Refusal:
    number = take_number(text)
    return Refusal("cell-too-many-digits") if number is None else _Typed(number, signed)


def _settle_percent(
    number: Decimal, cell: RawCell, measure: Measure, percent: Percent, *, signed: bool
) -> Decimal | Refusal:
    """The number, in points for a percent: what a program wrote is; of what a person typed, 0 to 1 is in doubt."""
    if measure.type != "percent":
        return Refusal("cell-not-a-percent", "", {"kind": measure.type}) if signed else number
    if number > 1 or number < -1 or not number or signed or cell.typed or percent == "points":
        return number
    fraction = move_point(number, 2)
    if percent == "fraction":
        return fraction
    if _is_outside(number, measure) and _is_outside(fraction, measure):
        return number  # refused for that: either way it is no figure of this measure
    readings = {"points": f"{exact_text(number)}%", "fraction": f"{exact_text(fraction)}%"}
    return Refusal("cell-ambiguous-percent", "", readings)


def _check_number(number: Decimal, measure: Measure) -> Decimal | Refusal:
    if measure.type == "count" and number != number.to_integral_value():
        return Refusal("cell-not-whole")
    if _is_outside(number, measure):
        low, high = measure.bounds
        variant = "from" if high is None else "up-to" if low is None else ""
        return Refusal("cell-out-of-range", variant, {"value": number, "low": low, "high": high})
    return number.to_integral_value() if measure.type == "count" else number


def _is_outside(number: Decimal, measure: Measure) -> bool:
    low, high = measure.bounds
    return (low is not None and number < low) or (high is not None and number > high)


def _find_displayed(number: Decimal, places: int | None) -> Decimal | None:
    if places is None or count_decimals(number) <= places:
        return None
    shown = round_half_up(number, places)
    return None if shown == number else shown
