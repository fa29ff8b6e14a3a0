from __future__ import annotations

from decimal import Decimal

import pytest

from kpi_cli.results import number_format
from kpi_cli.results.cells import UnreadableError
from kpi_cli.results.number_format import MAX_FORMAT, MAX_FORMATS, Display, check_formats, find_display, shows_date


@pytest.mark.parametrize(
    ("code", "number", "sign", "places"),
    [
        ("0%", "0.85", "scaled", 0),
        ("0.00%", "0.85", "scaled", 2),
        ("#,##0.0 %", "0.85", "scaled", 1),
        ('0.00"%"', "85", "literal", 2),
        (r"0.0\%", "85", "literal", 1),
        ('0.00" %"', "85", "literal", 2),
        ('"100%" 0', "85", "literal", 0),
        ("0", "85", "", 0),
        ("#,##0.00", "1250", "", 2),
        ("0_%", "85", "", 0),
        ("0*%", "85", "", 0),
        ("[$%-409]0.0", "85", "", 1),
        ("[Red]0.00%", "0.85", "scaled", 2),
        ("@", "85", "", None),
        ("# ?/?", "0.5", "", None),
        ("0.0E+00", "85", "", None),
        ("0.0e+00", "85", "", None),
        ("#,##0.0,", "85000", "", None),
        # a section for each sign
        ("0.0;-0%", "-0.5", "scaled", 0),
        ("0.0;-0%", "0.5", "", 1),
        ('0%;-0%;"-"', "0", "", None),
        ("0%;-0%", "0", "scaled", 0),
        ("0%", "-0.5", "scaled", 0),
        ("0;0;0.0;@%", "0", "", 1),
        # conditions
        ("[<1]0%;0.00", "0.85", "scaled", 0),
        ("[<1]0%;0.00", "85", "", 2),
        ("[>=1]0.0;[<0]0.00;0%", "0.5", "scaled", 0),
        ("[>=1]0.0;[<0]0.00;0%", "-3", "", 2),
        ("[>=1]0.0;[<0]0.00;0%;@", "0.5", "scaled", 0),
        ("0.0;0.00;[<5]0%", "3", "", 1),  # only the first two sections may have one
        ("[=1]0%", "0.5", "scaled", 0),
        ("[<>1]0%;0", "1", "", 0),
        # General shows about ten digits
        ("General", "89.999999999999", "", 8),
        ("General", "89", "", 8),
        ("", "89", "", 8),
        ("General", "5", "", 9),
        ("General", "0.5", "", 9),
        ("General", "0.00012", "", 9),
        ("General", "0.000012", "", None),
        ("General", "12345678901", "", 0),
        ("General", "0.00000012", "", None),
        # broken formats are no defect
        ('"open', "85", "", None),
        ("[open", "85", "", None),
        ("\\", "85", "", None),
    ],
)
def test_what_a_format_shows(code: str, number: str, sign: str, places: int | None) -> None:
    display = find_display(code, Decimal(number))
    assert (display.percent_sign, display.places) == (sign, places)
    assert isinstance(display, Display)


@pytest.mark.parametrize(
    ("code", "is_date"),
    [
        ("dd/mm/yyyy", True),
        ("D MMMM BBBB", True),
        ("hh:mm", True),
        ("[h]", True),
        ("[MM]:ss", True),
        ("[ss].00", True),
        ("[$-41E]d", True),
        ("d;0", True),
        ("0;d", False),  # the first section alone
        ("0.00", False),
        ("General", False),
        ("", False),
        ("[Red]0.00", False),
        ("[hello]0", False),
        ('0" days"', False),
        (r"0\d", False),
        ("0_d", False),
    ],
)
def test_what_shows_a_date(code: str, is_date: bool) -> None:
    assert shows_date(code) is is_date


def test_what_takes_too_long_to_parse_is_refused() -> None:
    most = {f"{n:05d}{'0' * (MAX_FORMAT - 5)}" for n in range(MAX_FORMATS)}
    check_formats("a.xml", most)
    for formats, problem in (
        (most | {"0"}, "a.xml: 4,001 different number formats"),
        ({"0", "0" * (MAX_FORMAT + 1)}, "a.xml: number format of 256 characters"),
    ):
        with pytest.raises(UnreadableError) as caught:
            check_formats("a.xml", formats)
        assert (caught.value.variant, caught.value.params) == ("broken-workbook", {"problem": problem})


def test_formats_that_are_used_in_turn_are_parsed_once_each() -> None:
    """One cell after the other, in as many formats as a workbook may have."""
    number_format._parse_format.cache_clear()
    shows_date.cache_clear()
    for _ in range(3):
        for number in range(MAX_FORMATS):
            shows_date(f"0.{number}")
            find_display(f"0.{number}", Decimal(1))
    assert number_format._parse_format.cache_info().misses == MAX_FORMATS
