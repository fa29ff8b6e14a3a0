from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.rules.ast import thresholds_of
from kpi_cli.rules.cells import Cell, Continuous, Domain, Names, Stretch, Whole, cut_domain, join_cells
from kpi_cli.rules.evaluate import test_holds
from kpi_cli.rules.simplest import measure_complexity, simplest_number
from tests.unit.rules.generated_trees import numeric_tests


def _number(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def continuous(low: str, high: str) -> Continuous:
    return Continuous(_number(low), _number(high))


def whole(low: str, high: str) -> Whole:
    return Whole(_number(low), _number(high))


def show(cell: Cell) -> str:
    """A cell as text: `[0..80) 3.5-5` and the like."""
    return " ".join(_show_part(part) for part in cell.parts)


def _show_part(part: Stretch | bool | str) -> str:
    if not isinstance(part, Stretch):
        return str(part)
    low, high = ("" if end is None else str(end) for end in (part.low, part.high))
    if part.whole:
        return f"{low}-{high}"
    return f"{'[' if part.low_closed else '('}{low}..{high}{']' if part.high_closed else ')'}"


@pytest.mark.parametrize(
    ("domain", "thresholds", "cells"),
    [
        (continuous("0", "100"), "", ["[0..100]"]),
        (continuous("0", "100"), "80", ["[0..80)", "[80..80]", "(80..100]"]),
        (continuous("0", "100"), "85 80", ["[0..80)", "[80..80]", "(80..85)", "[85..85]", "(85..100]"]),
        (continuous("0", "100"), "0 100", ["[0..0]", "(0..100)", "[100..100]"]),
        (continuous("0", "100"), "-1 101", ["[0..100]"]),
        (continuous("0", ""), "5", ["[0..5)", "[5..5]", "(5..]"]),
        (continuous("", ""), "5", ["[..5)", "[5..5]", "(5..]"]),
        (continuous("", "5"), "5", ["[..5)", "[5..5]"]),
        (continuous("5", "5"), "", ["[5..5]"]),
        (continuous("5", "5"), "5", ["[5..5]"]),
        (continuous("6", "5"), "5", []),
        (continuous("-1.5", "1.5"), "0.25", ["[-1.5..0.25)", "[0.25..0.25]", "(0.25..1.5]"]),
        (whole("0", ""), "", ["0-"]),
        (whole("0", ""), "3", ["0-2", "3-3", "4-"]),
        (whole("0", ""), "3 4", ["0-2", "3-3", "4-4", "5-"]),
        (whole("0", ""), "2.5", ["0-2", "3-"]),
        (whole("0", "3"), "3", ["0-2", "3-3"]),
        (whole("0", "3"), "0", ["0-0", "1-3"]),
        (whole("3", "3"), "", ["3-3"]),
        (whole("0.5", "3.5"), "2", ["1-1", "2-2", "3-3"]),
        (whole("", ""), "0", ["--1", "0-0", "1-"]),
        (whole("0.2", "0.8"), "", []),
        (Names((False, True)), "", ["False", "True"]),
        (Names(("low", "high")), "1", ["low", "high"]),
        (Names(()), "", []),
    ],
)
def test_cut_domain(domain: Domain, thresholds: str, cells: list[str]) -> None:
    cuts = [Decimal(text) for text in thresholds.split()]
    assert [show(cell) for cell in cut_domain(domain, cuts)] == cells


def test_a_cell_is_its_stretch_and_the_simplest_value_of_it() -> None:
    low, high = Decimal(80), Decimal("80.5")
    assert cut_domain(continuous("", ""), [high, low]) == (
        Cell((Stretch(None, low, low_closed=True, high_closed=False),), Decimal(0)),
        Cell((Stretch(low, low),), low),
        Cell((Stretch(low, high, low_closed=False, high_closed=False),), Decimal("80.1")),
        Cell((Stretch(high, high),), high),
        Cell((Stretch(high, None, low_closed=False, high_closed=True),), Decimal(81)),
    )
    assert cut_domain(whole("0", "")) == (Cell((Stretch(Decimal(0), None, whole=True),), Decimal(0)),)
    assert cut_domain(Names(("low", True))) == (Cell(("low",), "low"), Cell((True,), True))


@pytest.mark.parametrize(
    ("low", "high", "ends", "simplest"),
    [
        ("0", "80", "[)", "0"),
        ("80", "80", "[]", "80"),
        ("80.50", "80.5", "[]", "80.5"),
        ("80", "85", "()", "81"),
        ("80", "81", "()", "80.1"),
        ("80.9", "81", "()", "80.91"),
        ("1000", "1500", "()", "1001"),
        ("85", "100", "[]", "85"),
        ("2500", "", "[]", "2500"),
        ("2500", "", "(]", "2501"),
        ("0", "", "(]", "1"),
        ("", "0", "[)", "-1"),
        ("", "", "[]", "0"),
        ("-5", "5", "()", "0"),
        ("-12", "-3", "[)", "-4"),
        ("-1", "0", "()", "-0.1"),
        ("0", "0.001", "()", "0.0001"),
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345680", "()", None),
    ],
)
def test_simplest_number(low: str, high: str, ends: str, simplest: str | None) -> None:
    found = simplest_number(_number(low), _number(high), low_closed=ends[0] == "[", high_closed=ends[1] == "]")
    assert str(found) == (simplest or "12345678901234567890123456789012345679")


_bounds = st.integers(-300, 300).map(lambda hundredths: Decimal(hundredths) / 100)


@given(_bounds, _bounds, st.booleans(), st.booleans())
def test_no_number_between_the_bounds_has_fewer_decimals_or_digits(
    one: Decimal, other: Decimal, low_closed: bool, high_closed: bool
) -> None:
    low, high = min(one, other), max(one, other)
    stretch = Stretch(low, high, low_closed or low == high, high_closed or low == high)
    found = simplest_number(low, high, low_closed=stretch.low_closed, high_closed=stretch.high_closed)
    assert stretch.holds(found)
    rivals = (Decimal(number).scaleb(-places) for places in range(3) for number in range(-300, 301))
    assert measure_complexity(found) <= min(
        (measure_complexity(rival) for rival in rivals if stretch.holds(rival)), default=10**9
    )


@pytest.mark.parametrize(
    ("simpler", "harder"),
    [
        (False, True),
        (Decimal(0), Decimal(1)),
        (Decimal(9), Decimal(10)),
        (Decimal(99999), Decimal("0.1")),
        (Decimal("0.1"), Decimal("10.1")),
        (Decimal("0.1"), Decimal("0.0000001")),
        (Decimal("-5"), Decimal("-50")),
    ],
)
def test_measure_complexity(simpler: Decimal, harder: Decimal) -> None:
    assert measure_complexity(simpler) < measure_complexity(harder)


def test_a_name_is_as_simple_as_no() -> None:
    assert measure_complexity("middle") == measure_complexity(False) == 0


_domains = st.sampled_from(
    [
        continuous("0", "100"),
        continuous("", ""),
        continuous("-3", "3"),
        whole("0", ""),
        whole("", "5"),
        whole("-2", "2"),
    ]
)


@given(_domains, st.lists(_bounds, max_size=5), st.fractions(-9, 9, max_denominator=8))
def test_every_value_lies_in_exactly_one_cell(domain: Domain, thresholds: list[Decimal], value: Fraction) -> None:
    cells = cut_domain(domain, thresholds)
    assert all(cell.holds(cell.sample) for cell in cells)
    inside = (domain.low is None or value >= domain.low) and (domain.high is None or value <= domain.high)
    if isinstance(domain, Whole):
        inside = inside and value.denominator == 1
    assert sum(cell.holds(value) for cell in cells) == inside


@given(_domains, numeric_tests, st.integers(-30, 30).map(Decimal) | st.fractions(-30, 30, max_denominator=6))
def test_a_test_is_constant_on_a_cell(domain: Domain, unary, value: Decimal | Fraction) -> None:
    cells = cut_domain(domain, thresholds_of(unary))
    for cell in cells:
        if cell.holds(value):
            assert test_holds(unary, value) == test_holds(unary, cell.sample)


def test_a_name_lies_in_its_own_cell_alone() -> None:
    no, yes = cut_domain(Names((False, True)))
    assert [cell.holds(value) for cell in (no, yes) for value in (False, True)] == [True, False, False, True]
    low, high = cut_domain(Names(("low", "high")))
    assert [cell.holds(value) for cell in (low, high) for value in ("low", "high")] == [True, False, False, True]


@pytest.mark.parametrize(
    ("domain", "thresholds", "picked", "joined", "sample"),
    [
        (continuous("0", ""), "5 7", [0], "[0..5)", 0),
        (continuous("0", ""), "5 7", [0, 1, 2], "[0..7)", 0),
        (continuous("0", ""), "5 7", [2, 1], "[5..7)", 5),
        (continuous("0", ""), "5 7", [0, 2, 4], "[0..5) (5..7) (7..]", 0),
        (continuous("", ""), "5 7", [3, 0], "[..5) [7..7]", 0),
        (continuous("", ""), "-5 -3", [4, 0], "[..-5) (-3..]", 0),
        (whole("", ""), "-5", [2, 0], "--6 -4-", 0),
        (whole("0", ""), "5", [2, 1], "5-", 5),
        (whole("0", ""), "5 7", [2, 0], "0-4 6-6", 0),
        (Names(("b", "a", "c")), "", [0, 1], "b a", "b"),
    ],
)
def test_join_cells(domain: Domain, thresholds: str, picked: list[int], joined: str, sample: object) -> None:
    cells = cut_domain(domain, [Decimal(text) for text in thresholds.split()])
    cell = join_cells([cells[index] for index in picked])
    assert (show(cell), cell.sample) == (joined, sample)


def test_long_whole_numbers_touch_exactly() -> None:
    long = Decimal("1234567890123456789012345678901234567890")
    first, second, last = cut_domain(whole("0", ""), [long])
    assert second.sample == long
    assert show(join_cells([second, last])) == f"{long}-"
    assert len(join_cells([first, last]).parts) == 2
