from __future__ import annotations

from decimal import Decimal

import pytest

from kpi_cli.targets.excel.formula import MOST_ARGUMENTS, all_of, any_of, call, fits_excel, write_number, write_text


@pytest.mark.parametrize(
    ("number", "written"), [("75", "75"), ("0.10", "0.10"), ("-5", "-5"), ("1E+3", "1000"), ("1E-7", "0.0000001")]
)
def test_a_number_is_written_in_full(number: str, written: str) -> None:
    assert write_number(Decimal(number)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("มี", '"มี"'),
        ('a"b', '"a""b"'),
        ("", '""'),
        ("x" * 300, f'"{"x" * 255}"&"{"x" * 45}"'),
    ],
    ids=["thai", "quote", "empty", "long"],
)
def test_a_text_is_quoted_and_a_long_one_is_cut(text: str, written: str) -> None:
    assert write_text(text) == written


def test_nothing_to_join_and_one_thing_to_join_need_no_function() -> None:
    assert (all_of([]), any_of([])) == ("TRUE", "FALSE")
    assert (all_of(["A1"]), any_of(["A1"])) == ("A1", "A1")
    assert (all_of(["A1", "B1"]), any_of(["A1", "B1"])) == ("AND(A1,B1)", "OR(A1,B1)")


def test_more_parts_than_excel_takes_are_nested() -> None:
    formula = call("OR", [f"A{number}" for number in range(MOST_ARGUMENTS + 1)])
    assert formula.startswith("OR(OR(A0,")
    assert formula.endswith(f",OR(A{MOST_ARGUMENTS}))")


@pytest.mark.parametrize(
    ("formula", "fits"),
    [
        ("1" * 8_191, True),
        ("1" * 8_192, False),
        ("(" * 64 + ")" * 64, True),
        ("(" * 65 + ")" * 65, False),
        ("()" * 100, True),
    ],
    ids=["long", "too long", "deep", "too deep", "many"],
)
def test_the_limits_of_excel(formula: str, fits: bool) -> None:
    assert fits_excel(formula) is fits
