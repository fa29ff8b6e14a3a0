"""Values that rules compare: exact numbers, yes/no and names; None is a figure that is missing."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias, cast

Number: TypeAlias = Decimal | Fraction
Value: TypeAlias = Decimal | Fraction | bool | str

# ASCII digits only: `\d` would match Thai digits, and Decimal would take 8_5, NaN and 1e3.
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)\Z")
MAX_DIGITS = 40
"""More digits than any figure of an office has; it bounds the cost of exact arithmetic."""


def parse_number(text: str) -> Decimal | None:
    """The exact decimal that `text` spells in ASCII digits, or None where it spells none (or one absurdly long)."""
    return take_number(text) if _NUMBER.match(text) else None


def take_number(text: str) -> Decimal | None:
    """The same of a `text` that is known to spell a number."""
    return None if len(text) > MAX_DIGITS else drop_zero_sign(Decimal(text))


def drop_zero_sign(number: Decimal) -> Decimal:
    """`number`, with -0 as 0: no office reports a negative zero, and it would be printed so."""
    return number if number else number.copy_abs()


def drop_end_zeros(number: Decimal) -> Decimal:
    """`number` in as few decimals as it takes: 33.300 is 33.3, where a program or the type of a column adds zeros."""
    text = format(number, "f")
    return Decimal(text.rstrip("0")) if "." in text else number


def move_point(number: Decimal, places: int) -> Decimal:
    """`number` times ten to the power of `places`, exactly: scaleb would round to the context's 28 digits."""
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, cast(int, exponent) + places))


def count_decimals(number: Decimal) -> int:
    """How many decimals `number` was written with, zeros at its end too; 0 of one that is no finite number."""
    exponent = number.as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0


def exact_text(value: Value) -> str:
    """`value` in full: decimals without exponent, ratios that are no decimal as `250/3`, booleans as true/false."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, Fraction):
        decimal = as_decimal(value)
        return f"{value.numerator}/{value.denominator}" if decimal is None else format(decimal, "f")
    return format(value, "f")


def canonical_number(value: Decimal) -> str:
    """`value` in full, spelled as every equal number is: 75.0 is `75`, -0 is `0`. No digit is lost."""
    return exact_text(Fraction(value))


def as_decimal(value: Number) -> Decimal | None:
    """`value` as the decimal it equals exactly, or None where it has no finite decimal expansion (1/3)."""
    if isinstance(value, Decimal):
        return value
    places = _decimal_places(value.denominator)
    if places is None:
        return None
    return _shift(value.numerator * 10**places // value.denominator, places)


def _decimal_places(denominator: int) -> int | None:
    twos = fives = 0
    while denominator % 2 == 0:
        denominator, twos = denominator // 2, twos + 1
    while denominator % 5 == 0:
        denominator, fives = denominator // 5, fives + 1
    return max(twos, fives) if denominator == 1 else None


def round_half_up(value: Number, digits: int = 2) -> Decimal:
    """`value` rounded to `digits` decimals, halves away from zero. For display only: no verdict may rest on it."""
    fraction = Fraction(value)
    scaled = abs(fraction) * 10**digits
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return _shift(-whole if fraction < 0 else whole, digits)


def _shift(digits: int, places: int) -> Decimal:
    # From text: the constructor is exact, where scaleb would round to the context's 28 digits.
    return Decimal(f"{digits}e-{places}")
