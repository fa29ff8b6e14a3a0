from decimal import Decimal

import pytest
from hypothesis import given

from kpi_cli.rules.ast import AllOf, AnyOf, Compare, Is, Negation, OneOf, Rule, Test, UnaryTest
from kpi_cli.rules.parser import parse_unary
from kpi_cli.rules.printer import print_rule, print_unary
from tests.unit.rules import generated_trees as trees


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        (">=75", ">= 75"),
        ("75", "= 75"),
        ("  =  75.50 ", "= 75.5"),
        ("< +5", "< 5"),
        ("> -0", "> 0"),
        ("[1001..1500]", "[1001..1500]"),
        ("( -1.0 .. .50 ]", "(-1..0.5]"),
        ("[1..2)", "[1..2)"),
        ("1,2 ,>3", "= 1, = 2, > 3"),
        ("not ( 1, not(2) )", "not(= 1, not(= 2))"),
        ("true", "true"),
        ("not(false)", "not(false)"),
        (">= 123456789012345678901234567890.5", ">= 123456789012345678901234567890.5"),
    ],
)
def test_print_unary(text: str, printed: str) -> None:
    assert print_unary(parse_unary(text)) == printed


def test_a_choice_prints_its_names() -> None:
    assert print_unary(Negation(OneOf(("low", "high")))) == "not(low, high)"


@given(trees.unary_tests)
def test_what_is_printed_parses_to_the_same_tree(unary: UnaryTest) -> None:
    assert parse_unary(print_unary(unary)) == unary


_A, _B = Test("a", Compare(">=", Decimal("75.0"))), Test("b", Is(True))


@pytest.mark.parametrize(
    ("rule", "printed"),
    [
        (_A, "a >= 75"),
        (AllOf((_A, _B)), "a >= 75 and b true"),
        (AnyOf((_A, _B)), "a >= 75 or b true"),
        (AllOf((_A, AnyOf((_B, _A)))), "a >= 75 and (b true or a >= 75)"),
        (AnyOf((AllOf((_A, _B)), _B)), "(a >= 75 and b true) or b true"),
        (AllOf((_A,)), "a >= 75"),
        (AllOf(()), "always"),
        (AnyOf(()), "never"),
        (AllOf((_A, AnyOf(()))), "a >= 75 and (never)"),
    ],
)
def test_print_rule(rule: Rule, printed: str) -> None:
    assert print_rule(rule) == printed


@pytest.mark.parametrize(("typed", "same"), [("75", "75.0"), ("0", "-0.00"), ("0.5", ".50")])
def test_equal_rules_print_alike_however_they_were_typed(typed: str, same: str) -> None:
    for form in (">= {}", "[{}..900]", "not({})"):
        assert print_unary(parse_unary(form.format(typed))) == print_unary(parse_unary(form.format(same)))
