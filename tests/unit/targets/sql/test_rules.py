"""Rules as conditions: the text that a rule becomes, and that SQL's unknown is the unknown of the rules."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from sqlglot import exp

from kpi_cli.model import Indicator
from kpi_cli.rules.ast import AllOf, AnyOf, OneOf, Rule, Test
from kpi_cli.rules.evaluate import rule_holds
from kpi_cli.rules.parser import parse_unary
from kpi_cli.rules.policy import decide_level
from kpi_cli.rules.values import Value, exact_text
from kpi_cli.targets.sql.levels import compile_level
from kpi_cli.targets.sql.rules import Operand, compile_rule
from tests.agreement.generated_indicators import indicators, list_points, list_values

OPERANDS = {"a": Operand("a"), "b": Operand("b"), "r": Operand("r:part", "r:whole")}


def test(measure: str, text: str) -> Rule:
    return Test(measure, parse_unary(text))


test.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param(test("a", ">= 75"), '"a" >= 75', id="compare"),
        pytest.param(test("a", "80.0"), '"a" = 80', id="equal"),
        pytest.param(test("a", "> 89.995"), '"a" > CAST(89.995 AS DECIMAL(5, 3))', id="no-bare-decimals"),
        pytest.param(test("a", "< 0.05"), '"a" < CAST(0.05 AS DECIMAL(2, 2))', id="no-digit-before-the-point"),
        pytest.param(test("a", "> -1.5"), '"a" > CAST(-1.5 AS DECIMAL(2, 1))', id="negative"),
        pytest.param(test("a", "[1..2]"), '"a" BETWEEN 1 AND 2', id="closed"),
        pytest.param(test("a", "(1..2]"), '"a" > 1 AND "a" <= 2', id="half-open"),
        pytest.param(test("a", "1, > 5"), '"a" = 1 OR "a" > 5', id="either"),
        pytest.param(test("a", "not(1, > 5)"), 'NOT ("a" = 1 OR "a" > 5)', id="not"),
        pytest.param(test("a", "true"), '"a"', id="true"),
        pytest.param(test("a", "false"), 'NOT "a"', id="false"),
        pytest.param(Test("a", OneOf(("p", "it's"))), "\"a\" IN ('p', 'it''s')", id="names"),
        pytest.param(test("r", ">= 75"), '"r:part" >= 75 * "r:whole"', id="a-ratio-is-never-divided"),
        pytest.param(test("r", "[0..1]"), '"r:part" BETWEEN 0 AND "r:whole"', id="a-ratio-said-simply"),
        pytest.param(
            AllOf((test("a", "> 1"), AnyOf((test("b", "> 2"), test("b", "0"))))),
            '"a" > 1 AND ("b" > 2 OR "b" = 0)',
            id="nested",
        ),
        pytest.param(AllOf(()), "TRUE", id="always"),
        pytest.param(AnyOf(()), "FALSE", id="never"),
    ],
)
def test_a_rule_is_one_condition(rule: Rule, text: str) -> None:
    assert compile_rule(rule, OPERANDS).sql(dialect="duckdb") == text


_TYPES = {"flag": "BOOLEAN", "choice": "VARCHAR"}


def _literal(value: Value | None, kind: str) -> str:
    text = "NULL" if value is None else f"'{exact_text(value)}'"
    return f"CAST({text} AS {_TYPES.get(kind, 'DECIMAL(9, 3)')})"


@settings(max_examples=60, deadline=None)
@given(indicators())
def test_levels_are_those_of_python_whatever_is_missing(indicator: Indicator) -> None:
    grid = {name: [*list_values(measure)[:4], None] for name, measure in indicator.measures.items()}
    points = list_points(grid)  # type: ignore[arg-type]
    expected = [
        decide_level([rule_holds(rule, point) for rule in indicator.rules], indicator.policy) for point in points
    ]
    rows = ", ".join(
        "("
        + ", ".join(_literal(value, indicator.measures[name].type) for name, value in point.items())
        + f", {number})"
        for number, point in enumerate(points)
    )
    operands = {name: Operand(name) for name in grid}
    levels = [compile_level(indicator, operands, inapplicable=None, possible=possible) for possible in (False, True)]
    names = ", ".join([*grid, "number"])
    query = exp.select(*levels).from_("points").order_by("number").sql(dialect="duckdb")
    found = duckdb.sql(f"WITH points({names}) AS (VALUES {rows}) {query}").fetchall()
    assert found == [tuple(band) for band in expected]
