"""What suffices of one measure, where no rule says just this: worked out from the rule by hand."""

from __future__ import annotations

import pytest

from kpi_cli.model import Measure
from kpi_cli.rules.ast import Negation, OneOf, Test, UnaryTest
from kpi_cli.rules.evaluate import test_holds as holds_at
from kpi_cli.rules.parser import parse_unary
from kpi_cli.rules.printer import print_unary
from kpi_cli.scoring.sufficiency import describe_sufficient
from kpi_cli.space.dimensions import build_dimensions
from tests.unit.scoring.small_sets import COUNT, indicator

PERCENT = Measure(type="percent", title="percent")
LOWER = Measure(type="percent", title="lower", better="lower")
EITHER = Measure(type="number", title="either", better="none")
ANY = Measure(type="number", title="any", range=(None, None))
FLAG = Measure(type="flag", title="flag")
KIND = Measure(type="choice", title="kind", choices=("p", "q", "r"))


def describe(measure: Measure, unary: UnaryTest) -> str:
    """What suffices for a rule that asks `measure` for `unary`, from the worst value that does."""
    rule = Test("a", unary)
    (dimension,) = build_dimensions(indicator("A", measures={"a": measure}, when=[rule]))
    holding = [holds_at(unary, cell.sample) is True for cell in dimension.cells]
    return print_unary(describe_sufficient(dimension, holding.index(True), holding.__getitem__))


@pytest.mark.parametrize(
    ("measure", "asked", "sufficient"),
    [
        (PERCENT, ">= 80", ">= 80"),
        (PERCENT, "not(< 80)", ">= 80"),
        (PERCENT, "not(<= 80)", "> 80"),
        (LOWER, "not(> 5)", "<= 5"),
        (LOWER, "not(>= 5)", "< 5"),
        (PERCENT, "not(< 5, > 9)", "[5..9]"),
        (PERCENT, "not(<= 5, >= 9)", "(5..9)"),
        (LOWER, "not(< 5, >= 9)", "[5..9)"),
        (COUNT, "not(< 3, > 3)", "= 3"),
        (PERCENT, "not(< 3), < 3", ">= 0"),  # whatever is reported
        (LOWER, "not(< 3), < 3", "<= 100"),
        (ANY, "not(< 3), < 3", "= 0"),  # no test says "any number", so the simplest is named
        (EITHER, "< 3, > 5", "= 0"),  # nor two stretches
        (EITHER, "not(< 3, > 5)", "[3..5]"),
        (FLAG, "not(false)", "true"),
        (FLAG, "not(true)", "false"),
    ],
)
def test_what_suffices(measure: Measure, asked: str, sufficient: str) -> None:
    assert describe(measure, parse_unary(asked)) == sufficient


def test_of_a_choice_all_that_suffice_are_named() -> None:
    assert describe(KIND, Negation(OneOf(("p",)))) == "q, r"
