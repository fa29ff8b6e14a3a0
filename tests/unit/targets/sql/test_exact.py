"""What no query is written for: each refusal, and that what stands beside it passes."""

from __future__ import annotations

import pytest

from kpi_cli.model import Indicator, IndicatorSet, Measure, Ratio
from kpi_cli.rules.ast import OneOf, Test
from kpi_cli.workflows import QueryOptions, write_query
from tests.unit.scoring.small_sets import indicator, indicator_set, rule, section


def _refusals(definition: IndicatorSet, **options: object) -> list[tuple[str, str]]:
    query = write_query(definition, QueryOptions(**options))  # type: ignore[arg-type]
    assert (query.text is None) == bool(query.diagnostics or query.usage_errors)
    return [(each.code, each.variant) for each in (*query.usage_errors, *query.diagnostics)]


def _one(*indicators: Indicator, scale: int = 5) -> IndicatorSet:
    return indicator_set(section("one", *indicators), scale=scale)


def _percent(threshold: str, *, whole: str | None = None, low: int | None = 0) -> IndicatorSet:
    measures = {"x": Measure(type="percent", title="x", ratio=Ratio(part="p", whole="w") if whole else None)}
    if whole:
        measures["p"] = Measure(type="number", title="p")
        measures["w"] = Measure(type="number", title="w", range=(low, None))
    return _one(indicator("A", when=[rule(x=f">= {threshold}")], measures=measures, scale=1), scale=1)


COUNT = _one(indicator("A", "60"), indicator("B", "40"))


@pytest.mark.parametrize(
    ("definition", "dialect", "refusals"),
    [
        pytest.param(COUNT, "sqlite", [], id="whole-numbers"),
        pytest.param(_percent("75"), "sqlite", [("sql-inexact", "measure")], id="decimals"),
        pytest.param(_percent("75"), "spark", [], id="decimals-where-they-are-exact"),
        pytest.param(
            _one(indicator("A", "33"), indicator("B", "67")), "sqlite", [("sql-inexact", "score")], id="score"
        ),
        pytest.param(_percent("75.12345678"), "duckdb", [], id="digits"),
        pytest.param(_percent("75.123456789"), "duckdb", [("sql-inexact", "digits")], id="more-digits"),
        pytest.param(_percent("75.12345678", whole="w"), "duckdb", [], id="digits-of-a-ratio"),
        pytest.param(_percent("123456", whole="w"), "duckdb", [("sql-inexact", "digits")], id="too-large-for-a-ratio"),
        pytest.param(_percent("75", whole="w", low=-1), "spark", [("sql-inexact", "negative-whole")], id="negative"),
        pytest.param(_percent("75", whole="w", low=None), "spark", [("sql-inexact", "negative-whole")], id="unbounded"),
        pytest.param(
            _one(indicator("A", "33.33333333"), indicator("B", "66.66666667")),
            "postgresql",
            [("sql-inexact", "weights")],
            id="weights",
        ),
        pytest.param(_one(indicator("Ab", "50"), indicator("aB", "50")), "duckdb", [("sql-name", "alike")], id="alike"),
        pytest.param(_one(indicator("A" * 48)), "postgresql", [], id="a-long-name"),
        pytest.param(_one(indicator("A" * 49)), "postgresql", [("sql-name", "too-long")] * 2, id="too-long-a-name"),
        pytest.param(_one(indicator("A" * 49)), "spark", [], id="as-long-as-one-likes"),
    ],
)
def test_refusals(definition: IndicatorSet, dialect: str, refusals: list[tuple[str, str]]) -> None:
    assert _refusals(definition, dialect=dialect) == refusals


@pytest.mark.parametrize(
    ("table", "dialect", "sound"),
    [
        ("results", "duckdb", True),
        ("warehouse.results", "postgresql", True),
        ("a.b.results", "spark", True),
        ('"Results 2564"', "postgresql", True),
        ("`results 2564`", "spark", True),
        ("", "duckdb", False),
        ("results; DROP TABLE x", "duckdb", False),
        ("results AS r", "duckdb", False),
        ("results JOIN x", "duckdb", False),
        ("(SELECT 1)", "duckdb", False),
        ("read_csv('x')", "duckdb", False),
        ("main.levels", "duckdb", True),
        ('main."one:ranks"', "duckdb", True),
        ("'", "duckdb", False),
        ("results--x", "duckdb", False),
        ("results /* x */", "postgresql", False),
        ('""', "duckdb", False),
        ('"a\u202eb"', "duckdb", False),
        ("order", "sqlite", True),
    ],
)
def test_a_table_is_a_name(table: str, dialect: str, sound: bool) -> None:
    assert _refusals(COUNT, table=table, dialect=dialect) == ([] if sound else [("sql-table", "")])


@pytest.mark.parametrize("table", ["levels", "Scores", '"one:ranks"'])
def test_a_step_of_the_query_would_hide_the_table(table: str) -> None:
    assert _refusals(COUNT, table=table, dialect="duckdb") == [("sql-table", "step")]


@pytest.mark.parametrize(
    ("table", "dialect", "written"),
    [
        ("results", "postgresql", "FROM results\n"),
        ("Results", "postgresql", "FROM Results\n"),
        ("order", "postgresql", 'FROM "order"\n'),
        ("USER", "postgresql", 'FROM "user"\n'),
        ("table", "sqlite", 'FROM "table"\n'),
        ("main.group", "sqlite", 'FROM main."group"\n'),
        ("left", "spark", "FROM `left`\n"),
        ('"Order"', "postgresql", 'FROM "Order"\n'),
    ],
)
def test_a_key_word_is_quoted(table: str, dialect: str, written: str) -> None:
    text = write_query(COUNT, QueryOptions(dialect=dialect, table=table)).text
    assert text is not None
    assert written in text


def test_what_spark_would_replace_is_in_no_query() -> None:
    """`${env:HOME}` is the home of who runs it, be it in a text or in a comment."""
    choice = Measure(type="choice", title="choice", choices=("poor", "${good}"))
    good = Test("a", OneOf(("${good}",)))
    named = _one(indicator("A", measures={"a": choice}, when=[good], scale=1), scale=1)
    assert _refusals(named, dialect="spark") == [("sql-name", "variable")]
    assert _refusals(named, dialect="postgresql") == []
    titled = COUNT.model_copy(update={"title": "${env:HOME}"})
    text = write_query(titled, QueryOptions(dialect="spark")).text
    assert text is not None
    assert "$ {env:HOME}" in text
    assert "${" not in text


def test_ids_that_the_set_does_not_have() -> None:
    assert _refusals(COUNT, sections=("two",), tie_break=("Z",)) == [("unknown-id", ""), ("unknown-id", "")]
