from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.rules.ast import AllOf, AnyOf, Compare, Is, Negation, OneOf, Rule, Test, UnaryTest, measures_of
from kpi_cli.rules.evaluate import Truth, kleene_all, kleene_any, rule_holds, test_holds
from kpi_cli.rules.parser import parse_unary
from kpi_cli.rules.values import Number, Value
from tests.unit.rules import generated_trees as trees

T, F, U = True, False, None
HUGE = "333333333333333333333333333333333333"  # 36 digits: more than Decimal's arithmetic keeps


@pytest.mark.parametrize(
    ("text", "below", "at", "above"),
    [
        ("< 75", T, F, F),
        ("<= 75", T, T, F),
        ("> 75", F, F, T),
        (">= 75", F, T, T),
        ("= 75", F, T, F),
        ("75", F, T, F),
        ("not(75)", T, F, T),
        ("not(>= 75)", T, F, F),
        ("[75..80]", F, T, T),
        ("(75..80]", F, F, T),
        ("[70..75]", T, T, F),
        ("[70..75)", T, F, F),
        ("[75..75]", F, T, F),
        ("< 75, > 75", T, F, T),
        ("1, 75, 100", F, T, F),
        ("not(1, 75, 100)", T, F, T),
        ("not(not(> 75))", F, F, T),
    ],
)
def test_a_unary_test_at_and_beside_its_threshold(text: str, below: bool, at: bool, above: bool) -> None:
    unary = parse_unary(text)
    beside = [Decimal("74.99"), Decimal("75.00"), Decimal("75.01")]
    assert [test_holds(unary, value) for value in beside] == [below, at, above]
    assert [test_holds(unary, Fraction(value)) for value in beside] == [below, at, above]
    assert test_holds(unary, None) is None


@pytest.mark.parametrize(
    ("unary", "value", "expected"),
    [
        (Is(True), True, T),
        (Is(True), False, F),
        (Is(False), False, T),
        (Is(False), True, F),
        (Negation(Is(True)), False, T),
        (OneOf(("low", "high")), "high", T),
        (OneOf(("low", "high")), "middle", F),
        (Negation(OneOf(("low",))), "high", T),
    ],
)
def test_flags_and_choices(unary: UnaryTest, value: Value, expected: bool) -> None:
    assert test_holds(unary, value) is expected
    assert test_holds(unary, None) is None


@pytest.mark.parametrize(
    ("value", "threshold", "order"),
    [
        (Fraction(1, 3), Decimal("0." + "3" * 36), ">"),
        (Fraction(1, 3), Decimal("0." + "3" * 35 + "4"), "<"),
        (Fraction(2, 3), Decimal("0." + "6" * 35 + "7"), "<"),
        (Fraction(250, 3), Decimal("83.33"), ">"),
        (Fraction(9_000, 100), Decimal("90.000"), "="),
        (Fraction(Decimal(HUGE)), Decimal(HUGE), "="),
        (Decimal(HUGE), Decimal(HUGE[:-1] + "4"), "<"),
        (Decimal("89.9999999999999999999999999999999999"), Decimal(90), "<"),
        (Fraction(-1, 3), Decimal("-0.3333"), "<"),
    ],
)
def test_comparisons_are_exact(value: Number, threshold: Decimal, order: str) -> None:
    held = {sign for sign in ("<", "=", ">") if test_holds(Compare(sign, threshold), value)}  # type: ignore[arg-type]
    assert held == {order}
    assert test_holds(Compare("<=", threshold), value) is (order != ">")
    assert test_holds(Compare(">=", threshold), value) is (order != "<")


@given(trees.numbers, trees.numbers | st.fractions(), st.sampled_from(["<", "<=", ">", ">=", "="]))
def test_a_comparison_is_that_of_the_fractions(threshold: Decimal, value: Number, sign: str) -> None:
    ordered: dict[str, Callable[[Fraction, Fraction], bool]] = {
        "<": Fraction.__lt__,
        "<=": Fraction.__le__,
        ">": Fraction.__gt__,
        ">=": Fraction.__ge__,
        "=": Fraction.__eq__,
    }
    expected = ordered[sign](Fraction(value), Fraction(threshold))
    assert test_holds(Compare(sign, threshold), value) is expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("left", "right", "both", "one"),
    [
        (T, T, T, T),
        (T, F, F, T),
        (T, U, U, T),
        (F, T, F, T),
        (F, F, F, F),
        (F, U, F, U),
        (U, T, U, T),
        (U, F, F, U),
        (U, U, U, U),
    ],
)
def test_kleene_truth_tables(left: Truth, right: Truth, both: Truth, one: Truth) -> None:
    assert kleene_all([left, right]) is both
    assert kleene_any([left, right]) is one


def test_kleene_of_nothing_and_of_one() -> None:
    assert kleene_all([]) is True
    assert kleene_any([]) is False
    assert [kleene_all([truth]) for truth in (T, F, U)] == [T, F, U]
    assert [kleene_any([truth]) for truth in (T, F, U)] == [T, F, U]


@pytest.mark.parametrize("truths", list(product((T, F, U), repeat=3)))
def test_kleene_of_three_is_kleene_of_two_twice(truths: tuple[Truth, ...]) -> None:
    first, second, third = truths
    assert kleene_all(truths) is kleene_all([kleene_all([first, second]), third])
    assert kleene_any(truths) is kleene_any([first, kleene_any([second, third])])


_HIGH, _HELD = Test("share", Compare(">=", Decimal(75))), Test("held", Is(True))


@pytest.mark.parametrize(
    ("rule", "values", "expected"),
    [
        (_HIGH, {"share": Decimal(75)}, T),
        (_HIGH, {"share": Decimal(74)}, F),
        (_HIGH, {"share": None}, U),
        (_HIGH, {}, U),
        (AllOf(()), {}, T),
        (AnyOf(()), {}, F),
        (AllOf((_HIGH, _HELD)), {"share": Decimal(80), "held": True}, T),
        (AllOf((_HIGH, _HELD)), {"share": Decimal(80)}, U),
        (AllOf((_HIGH, _HELD)), {"share": Decimal(70)}, F),  # false whatever `held` turns out to be
        (AnyOf((_HIGH, _HELD)), {"held": True}, T),
        (AnyOf((_HIGH, _HELD)), {"held": False}, U),
        (AnyOf((_HIGH, _HELD)), {"held": False, "share": Decimal(1)}, F),
        (AllOf((_HELD, AnyOf((_HIGH, _HELD)))), {"held": True}, T),
    ],
)
def test_rule_holds(rule: Rule, values: dict[str, Value | None], expected: Truth) -> None:
    assert rule_holds(rule, values) is expected


@given(trees.rules, st.dictionaries(st.sampled_from(trees.NAMES), trees.values), st.data())
def test_a_known_verdict_stands_whatever_is_filled_in(
    rule: Rule, values: dict[str, Value | None], data: st.DataObject
) -> None:
    full = {name: data.draw(trees.values) for name in trees.NAMES} | values
    verdict, final = rule_holds(rule, values), rule_holds(rule, full)
    assert final is not None
    assert verdict is None or verdict is final


@given(trees.rules, st.fixed_dictionaries(dict.fromkeys(trees.NAMES, trees.values)))
def test_only_the_measures_of_a_rule_matter(rule: Rule, values: dict[str, Value]) -> None:
    read = {name: values[name] for name in measures_of(rule)}
    assert rule_holds(rule, read) is rule_holds(rule, values)
