from decimal import Decimal

import pytest

from kpi_cli.rules.ast import (
    AllOf,
    AnyOf,
    Compare,
    Is,
    Negation,
    OneOf,
    Rule,
    Test,
    count_comparisons,
    iterate_tests,
    list_parts,
    measures_of,
    thresholds_of,
)
from kpi_cli.rules.parser import parse_unary

A, B, C = (Test(name, Is(True)) for name in "abc")


def test_a_span_never_takes_part_in_equality() -> None:
    assert parse_unary("  >=   75.0") == Compare(">=", Decimal(75))
    assert repr(parse_unary("75")) == "Compare(operator='=', threshold=Decimal('75'))"


@pytest.mark.parametrize(
    ("rule", "tests", "measures"),
    [
        (A, [A], ("a",)),
        (AllOf(()), [], ()),
        (AllOf((B, A)), [B, A], ("b", "a")),
        (AnyOf((C, AllOf((A, B)), A)), [C, A, B, A], ("c", "a", "b")),
    ],
)
def test_tests_and_measures_come_in_the_order_written(rule: Rule, tests: list[Test], measures: tuple[str, ...]) -> None:
    assert list(iterate_tests(rule)) == tests
    assert measures_of(rule) == measures


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        (A, 1),
        (AllOf(()), 0),
        (AnyOf((C, AllOf((A, B)), A)), 4),
        (Test("a", parse_unary("< 5, [10..20], not(> 30, 40)")), 4),
        (Test("a", OneOf(("x", "y", "z"))), 3),
        (Test("a", Negation(OneOf(("x", "y")))), 2),
    ],
)
def test_the_comparisons_of_a_rule_are_counted(rule: Rule, count: int) -> None:
    assert count_comparisons(rule) == count


@pytest.mark.parametrize(
    ("rule", "parts"),
    [
        (A, (A,)),
        (AllOf((B, A)), (B, A)),
        (AllOf((AnyOf((A, B)), C)), (AnyOf((A, B)), C)),
        (AnyOf((A, B)), (AnyOf((A, B)),)),
        (AllOf(()), (AllOf(()),)),
    ],
)
def test_the_parts_of_a_rule_are_those_that_must_all_hold(rule: Rule, parts: tuple[Rule, ...]) -> None:
    assert list_parts(rule) == parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">= 75", {75}),
        ("[80..90)", {80, 90}),
        ("1, 3, [5..6]", {1, 3, 5, 6}),
        ("not(< 2, 8)", {2, 8}),
        ("true", set()),
    ],
)
def test_thresholds_of(text: str, expected: set[int]) -> None:
    assert thresholds_of(parse_unary(text)) == expected


def test_a_choice_has_no_threshold() -> None:
    assert thresholds_of(OneOf(("low", "high"))) == frozenset()
