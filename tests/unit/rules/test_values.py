from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.rules.values import (
    MAX_DIGITS,
    Value,
    as_decimal,
    canonical_number,
    drop_end_zeros,
    exact_text,
    move_point,
    parse_number,
    round_half_up,
)

LONG = "1234567890123456789012345678901234.5678"  # 38 digits: ten more than Decimal's arithmetic keeps


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", Decimal(0)),
        ("75", Decimal(75)),
        ("75.50", Decimal("75.50")),
        ("-12", Decimal(-12)),
        ("-0", Decimal(0)),
        ("-0.00", Decimal("0.00")),
        ("+7", Decimal(7)),
        (".5", Decimal("0.5")),
        ("007", Decimal(7)),
        (LONG, Decimal(LONG)),
        ("9" * MAX_DIGITS, Decimal("9" * MAX_DIGITS)),
    ],
)
def test_parse_number_reads_plain_decimals(text: str, expected: Decimal) -> None:
    number = parse_number(text)
    assert number is not None
    assert number.as_tuple() == expected.as_tuple()  # digits as typed, 75.50 and not 75.5


@pytest.mark.parametrize(
    "text",
    [
        *["", "-", ".", "5.", "1.2.3", "1,250", " 5", "5\n", "1 2"],
        *["1e3", "8_5", "NaN", "Infinity", "inf", "0x1F", "๘๕", "\uff18\uff15"],
        *["9" * (MAX_DIGITS + 1), "-" + "9" * MAX_DIGITS],
    ],
)
def test_parse_number_refuses_what_only_decimal_would_take(text: str) -> None:
    assert parse_number(text) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (False, "false"),
        ("high", "high"),
        (Decimal("85.50"), "85.50"),
        (Decimal("1e3"), "1000"),
        (Decimal("1e-7"), "0.0000001"),
        (Decimal(LONG), LONG),
        (Fraction(85), "85"),
        (Fraction(1, 8), "0.125"),
        (Fraction(1, 10**7), "0.0000001"),
        (Fraction(-7, 20), "-0.35"),
        (Fraction(250, 3), "250/3"),
        (Fraction(-1, 7), "-1/7"),
        (Fraction(Decimal(LONG)), LONG),
    ],
)
def test_exact_text_loses_nothing(value: Value, expected: str) -> None:
    assert exact_text(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Decimal("75.0"), Decimal("75.0")),
        (Fraction(3, 2), Decimal("1.5")),
        (Fraction(1, 625), Decimal("0.0016")),
        (Fraction(1, 2**40), Decimal(f"{5**40}e-40")),
        (Fraction(1, 5**40), Decimal(f"{2**40}e-40")),
        (Fraction(1, 10**40), Decimal("1e-40")),
        (Fraction(1, 3), None),
        (Fraction(1, 6), None),
        (Fraction(7, 70), Decimal("0.1")),
        (Fraction(Decimal(LONG)), Decimal(LONG)),
    ],
)
def test_as_decimal_is_the_number_itself_or_none(value: Decimal | Fraction, expected: Decimal | None) -> None:
    assert as_decimal(value) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, places=20))
def test_as_decimal_of_a_decimals_fraction_is_that_decimal(value: Decimal) -> None:
    assert as_decimal(Fraction(value)) == value


@given(st.fractions(max_denominator=10_000))
def test_as_decimal_never_rounds(value: Fraction) -> None:
    decimal = as_decimal(value)
    assert decimal is None or Fraction(decimal) == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("75", "75"),
        ("75.0", "75"),
        ("75.50", "75.5"),
        ("7.5e1", "75"),
        ("1e3", "1000"),
        ("0.00", "0"),
        ("-0", "0"),
        ("-0.10", "-0.1"),
        (LONG + "0", LONG),
        ("1000000000000000000000000000000000000001", "1000000000000000000000000000000000000001"),
    ],
)
def test_canonical_number(text: str, expected: str) -> None:
    assert canonical_number(Decimal(text)) == expected


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (Decimal("0.005"), 2, "0.01"),
        (Decimal("-0.005"), 2, "-0.01"),
        (Decimal("0.0049999999999999999999999999999999999"), 2, "0.00"),
        (Decimal("-0.004"), 2, "0.00"),
        (Decimal("0.015"), 2, "0.02"),
        (Decimal("0.025"), 2, "0.03"),  # half to even would give 0.02
        (Decimal("89.995"), 2, "90.00"),
        (Decimal("89.9949"), 2, "89.99"),
        (Decimal(66), 2, "66.00"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 2, "0.67"),
        (Fraction(-2, 3), 2, "-0.67"),
        (Fraction(1, 3), 6, "0.333333"),
        (Fraction(5, 2), 0, "3"),
        (Decimal("2.4"), 0, "2"),
        (Decimal(LONG), 2, "1234567890123456789012345678901234.57"),
        (Fraction(10**40 + 1, 2), 0, "5" + "0" * 38 + "1"),
    ],
)
def test_round_half_up(value: Decimal | Fraction, digits: int, expected: str) -> None:
    assert str(round_half_up(value, digits)) == expected


def test_round_half_up_keeps_two_digits_unless_told() -> None:
    assert str(round_half_up(Fraction(250, 3))) == "83.33"


@given(st.fractions(), st.integers(0, 6))
def test_rounding_moves_by_half_a_unit_at_most(value: Fraction, digits: int) -> None:
    assert abs(Fraction(round_half_up(value, digits)) - value) <= Fraction(1, 2 * 10**digits)


@pytest.mark.parametrize(
    ("text", "places", "expected"),
    [("0.85", 2, "85"), ("-1.5", 2, "-150"), ("3", -2, "0.03"), (LONG, 2, "123456789012345678901234567890123456.78")],
)
def test_move_point_rounds_nothing(text: str, places: int, expected: str) -> None:
    assert format(move_point(Decimal(text), places), "f") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("33.300000", "33.3"), ("30.0", "30"), ("300", "300"), ("0.00", "0"), ("-1.50", "-1.5"), (f"{LONG}00", LONG)],
)
def test_zeros_at_the_end_are_dropped_and_no_others(text: str, expected: str) -> None:
    assert str(drop_end_zeros(Decimal(text))) == expected
