"""The query as DuckDB runs it on small tables: what it returns, and what it does not let through."""

from __future__ import annotations

import gc
import sqlite3
from decimal import Decimal

import duckdb
import pytest
from sqlglot import exp

from kpi_cli.model import Indicator, IndicatorSet, Level, Measure, Ratio
from kpi_cli.targets.sql.query import build_query, plan_query
from kpi_cli.targets.sql.scores import plan_scoring
from kpi_cli.workflows import QueryOptions, write_query
from tests.unit.scoring.small_sets import COUNT, indicator, indicator_set, rule, section

PERCENT = Measure(type="percent", title="percent", not_applicable="allowed", ratio=Ratio(part="done", whole="due"))


def _ratio_indicator(name: str, weight: str) -> Indicator:
    measures = {
        "share": PERCENT,
        "done": Measure(type="count", title="done"),
        "due": Measure(type="count", title="due"),
    }
    rules = [rule(share=f">= {limit}") for limit in (0, 25, 50, 75, 100)]
    return indicator(name, weight, when=rules, measures=measures)


def _text(definition: IndicatorSet, **options: object) -> str:
    query = write_query(definition, QueryOptions(**options))  # type: ignore[arg-type]
    assert query.text is not None, query
    return query.text


def _run(definition: IndicatorSet, rows: str, **options: object) -> list[dict[str, object]]:
    relation = duckdb.sql(f"WITH results AS ({rows}) SELECT * FROM ({_text(definition, **options)}) ORDER BY entity")
    return [dict(zip(relation.columns, row, strict=True)) for row in relation.fetchall()]


TWO = indicator_set(section("one", indicator("A", "60"), indicator("B", "40")), grades={"good": "80"})


def test_the_columns_that_are_promised_come_first_and_the_order_is_that_of_the_set() -> None:
    (row,) = _run(TWO, "SELECT 'x' AS entity, 4 AS a, 5 AS b")
    assert list(row)[:5] == ["entity", "A:level", "B:level", "one:score", "one:rank"]
    # By hand: 60 x 4/5 + 40 x 5/5 = 88.
    assert row == {
        "entity": "x",
        "A:level": 4,
        "B:level": 5,
        "one:score": Decimal(88),
        "one:rank": 1,
        "A:possible_level": 4,
        "A:points": Decimal(48),
        "B:possible_level": 5,
        "B:points": Decimal(40),
        "one:possible": Decimal(88),
        "one:complete": True,
        "one:grade": "good",
    }


def test_ranks_are_those_of_competitions_and_who_reported_nothing_has_none() -> None:
    values = "('p', 5, 5), ('q', 2, 5), ('r', 4, 2), ('s', NULL, NULL), ('t', 0, 0)"
    rows = f"SELECT * FROM (VALUES {values}) AS r(entity, a, b)"
    # By hand: 100; 24 + 40 = 64; 48 + 16 = 64; nothing; 0.
    found = [(row["entity"], row["one:score"], row["one:rank"]) for row in _run(TWO, rows)]
    assert found == [("p", 100, 1), ("q", 64, 2), ("r", 64, 2), ("s", None, None), ("t", 0, 4)]
    broken = [row["one:rank"] for row in _run(TWO, rows, tie_break=("B",))]
    assert broken == [1, 2, 3, None, 4]


def test_what_is_missing_leaves_more_possible() -> None:
    (row,) = _run(TWO, "SELECT 'x' AS entity, CAST(NULL AS INTEGER) AS a, 3 AS b")
    assert (row["A:level"], row["A:possible_level"]) == (0, 5)
    assert (row["one:score"], row["one:possible"], row["one:complete"]) == (24, 84, False)


@pytest.mark.parametrize(
    "figure",
    ["-1", "2.5", "'NaN'::DOUBLE", "'inf'::DOUBLE", "1e30"],
    ids=["below", "no-count", "not-a-number", "infinite", "too-large"],
)
def test_no_level_rests_on_a_figure_that_cannot_be(figure: str) -> None:
    (row,) = _run(TWO, f"SELECT 'x' AS entity, {figure} AS a, 5 AS b")
    assert (row["A:level"], row["A:possible_level"], row["one:complete"]) == (0, 5, False)


RATIO = indicator_set(section("one", _ratio_indicator("A", "30"), indicator("B", "70")))


@pytest.mark.parametrize(
    ("share", "done", "due", "level"),
    [
        pytest.param("NULL", 3, 4, 4, id="the-ratio"),
        pytest.param("NULL", 2999999, 4000000, 3, id="just-below"),
        pytest.param(75, "NULL", "NULL", 4, id="the-percent"),
        pytest.param("33.33", 1, 3, 2, id="both"),
        pytest.param("NULL", 0, 0, None, id="of-nothing"),
        pytest.param("NULL", "NULL", 0, None, id="of-nothing-without-a-part"),
        pytest.param("NULL", 1, 0, 0, id="a-part-of-nothing"),
        pytest.param(75, "NULL", 0, 0, id="a-percent-of-nothing"),
        pytest.param("NULL", 5, 4, 0, id="more-than-the-whole"),
        pytest.param(75, "NULL", 4, 4, id="a-whole-alone"),
        pytest.param("NULL", 3, "NULL", 0, id="a-part-alone"),
    ],
)
def test_a_percent_may_be_a_ratio(share: object, done: object, due: object, level: int | None) -> None:
    rows = f"SELECT 'x' AS entity, {share}::DECIMAL(9, 2) AS share, {done}::INT AS done, {due}::INT AS due, 5 AS b"
    (row,) = _run(RATIO, rows)
    assert row["A:level"] == level
    assert row["one:score"] == (100 if level is None else 70 + 6 * level)


_FINE = [rule(share=f">= {limit}") for limit in ("0.00000001", "33.33333333", "50.5", "99.99999999", "100")]


@pytest.mark.parametrize(
    ("share", "done", "due", "level"),
    [
        pytest.param("0.00000001", "NULL", "NULL", 1, id="the-smallest-percent"),
        pytest.param("33.33333333", "NULL", "NULL", 2, id="the-percent-itself"),
        pytest.param("33.33333332", "NULL", "NULL", 1, id="its-last-digit-below"),
        pytest.param("50.5", "NULL", "NULL", 3, id="a-threshold-of-few-digits"),
        pytest.param("NULL", 1, 3, 2, id="a-third"),
        pytest.param("NULL", 999999999999998, 999999999999999, 4, id="the-largest-counts"),
        pytest.param("NULL", 999999999999999, 999999999999999, 5, id="the-largest-counts-in-full"),
        pytest.param("NULL", 10**15, 10**15, 0, id="too-large-counts"),
    ],
)
@pytest.mark.parametrize(
    ("high", "written"), [(100, True), ("99999.99999999", True), (None, False)], ids=["narrow", "wide", "unbounded"]
)
def test_percent_and_counts_meet_exactly_in_64_bits_and_in_decimals(
    share: object, done: object, due: object, level: int, high: object, written: bool
) -> None:
    """A percent of few digits is counted in its last decimals, so that it is whole as the counts beside it are."""
    whole = _ratio_indicator("A", "100")
    measures = {
        **whole.measures,
        "share": PERCENT.model_copy(update={"range": (0, None if high is None else Decimal(str(high)))}),
    }
    definition = indicator_set(section("one", indicator("A", when=_FINE, measures=measures)))
    rows = f"SELECT 'x' AS entity, {share}::DECIMAL(18, 8) AS share, {done}::BIGINT AS done, {due}::BIGINT AS due"
    assert ('CAST(100000000 * "share" AS BIGINT)' in _text(definition)) is written
    (row,) = _run(definition, rows)
    assert row["A:level"] == level


@pytest.mark.parametrize("least", [0, -9], ids=["never-negative", "may-be-negative"])
def test_a_negative_part_gives_a_percent_out_of_range(least: int) -> None:
    """It is looked at where it may be: a part that is negative is none where its own range forbids it."""
    measures = {
        "share": PERCENT,
        "done": Measure(type="number", title="done", range=(least, None)),
        "due": Measure(type="count", title="due"),
    }
    definition = indicator_set(section("one", indicator("A", when=[rule(share="<= 100")] * 5, measures=measures)))
    found = [
        _run(definition, f"SELECT 'x' AS entity, 7 AS share, {done} AS done, 4 AS due")[0]["A:level"]
        for done in (-1, "NULL", 3)
    ]
    assert found == ([5, 5, 5] if least == 0 else [0, 5, 5])


@pytest.mark.parametrize(
    ("share", "done", "due", "said", "found"),
    [
        pytest.param("NULL", 5, 4, "NULL", (0, 5, None), id="more-than-the-whole"),
        pytest.param("75", 5, 4, "NULL", (0, 5, None), id="beside-a-percent"),
        pytest.param("NULL", 1, 0, "NULL", (0, 5, None), id="a-part-of-nothing"),
        pytest.param("75", "NULL", 0, "NULL", (0, 5, None), id="a-percent-of-nothing"),
        pytest.param("NULL", 3, 4, "TRUE", (0, 5, None), id="contradicted-by-its-parts"),
        pytest.param("NULL", 3, 4, "NULL", (4, 4, 80), id="the-ratio"),
        pytest.param("NULL", "NULL", 4, "NULL", (0, 5, 0), id="a-whole-alone"),
        pytest.param("NULL", 9, "NULL", "NULL", (1, 5, 20), id="a-part-alone"),
        pytest.param("75", "NULL", "NULL", "NULL", (4, 4, 80), id="a-percent-alone"),
        pytest.param("NULL", "NULL", "NULL", "TRUE", (None, None, None), id="not-applicable"),
        pytest.param("NULL", 0, 0, "NULL", (None, None, None), id="of-nothing"),
    ],
)
def test_a_refused_ratio_leaves_no_figure(share: str, done: object, due: object, said: str, found: object) -> None:
    """As `kpi score --keep-going` has it: part, whole and percent are missing, to a rule that reads the part too."""
    ratio = _ratio_indicator("A", "100")
    reads_part = ratio.model_copy(update={"levels": {**ratio.levels, 1: Level(when=rule(done=">= 0"))}})
    columns = f'{share}::INT AS share, {done}::INT AS done, {due}::INT AS due, {said}::BOOLEAN AS "share:na"'
    (row,) = _run(indicator_set(section("one", reads_part)), f"SELECT 'x' AS entity, {columns}", said=True)
    assert (row["A:level"], row["A:possible_level"], row["one:score"]) == found


@pytest.mark.parametrize("scale", [10, 11], ids=["nested", "flat"])
def test_a_ladder_ends_below_the_first_rule_that_is_not_true(scale: int) -> None:
    measures = {f"m{level}": Measure(type="flag", title="flag") for level in range(scale)}
    rules = [rule(**{name: "true"}) for name in measures]
    ladder = indicator("A", when=rules, measures=measures, policy="ladder", scale=scale)
    for stop in range(scale):
        for missing in ("FALSE", "NULL::BOOLEAN"):
            flags = ", ".join(f"{missing if level == stop else 'TRUE'} AS m{level}" for level in range(scale))
            (row,) = _run(indicator_set(section("one", ladder), scale=scale), f"SELECT 'x' AS entity, {flags}")
            assert (row["A:level"], row["A:possible_level"]) == (stop, stop if missing == "FALSE" else scale)


@pytest.mark.parametrize(
    ("done", "level", "possible"),
    [(1, 0, 5), (2, 1, 1), (11, 5, 5), (12, 5, 5), (13, 0, 5)],
    ids=["below", "the-least", "above-the-whole", "the-most", "above"],
)
def test_a_ratio_out_of_a_range_of_its_own_is_missing(done: int, level: int, possible: int) -> None:
    narrow = _ratio_indicator("A", "100")
    measures = {**narrow.measures, "share": PERCENT.model_copy(update={"range": (20, 120)})}
    definition = indicator_set(section("one", narrow.model_copy(update={"measures": measures})))
    (row,) = _run(definition, f"SELECT 'x' AS entity, NULL::INT AS share, {done} AS done, 10 AS due")
    assert (row["A:level"], row["A:possible_level"]) == (level, possible)


def test_a_part_of_two_ratios_falls_with_either() -> None:
    ratio = _ratio_indicator("A", "100")
    other = PERCENT.model_copy(update={"ratio": Ratio(part="done", whole="all")})
    measures = {**ratio.measures, "other": other, "all": Measure(type="count", title="all")}
    definition = indicator_set(section("one", ratio.model_copy(update={"measures": measures})))
    rows = 'SELECT {} AS entity, NULL::INT AS share, {} AS done, {} AS due, NULL::INT AS other, {} AS "all"'
    cases = [("'a'", 5, 4, "NULL"), ("'b'", 5, "NULL", 4), ("'c'", 5, "NULL", "NULL"), ("'d'", 5, 4, 10)]
    found = _run(definition, " UNION ALL ".join(rows.format(*case) for case in cases))
    assert [row["one:score"] for row in found] == [None, None, 0, 0]  # d: the other percent is 50, which no rule reads


def test_what_the_table_says_is_not_applicable_is_not() -> None:
    rows = """SELECT 'x' AS entity, 75 AS share, NULL::INT AS done, NULL::INT AS due, 5 AS b, TRUE AS "share:na"
              UNION ALL SELECT 'y', NULL, 3, 4, 5, TRUE UNION ALL SELECT 'z', NULL, 3, 4, 5, NULL"""
    found = [row["A:level"] for row in _run(RATIO, rows, said=True)]
    assert found == [None, 0, 4]  # contradicted by its parts, it is neither


def test_different_scores_are_never_equal_in_rank_however_near() -> None:
    near = indicator_set(section("one", *(_optional(f"X{each}", weight) for each, weight in enumerate(NEAR))))
    scoring = plan_scoring(near.sections[0], scale=5, optional=frozenset(f"X{each}" for each in range(len(NEAR))))
    parts = sorted(
        {
            (Decimal(reached) / weight, reached * scoring.resolution // weight)
            for weight in range(1, scoring.total + 1)
            for reached in range(5 * weight + 1)
        }
    )
    keys = [key for _, key in parts]
    assert keys == sorted(set(keys))


NEAR = ("7", "5", "11", "13")


def _optional(name: str, weight: str) -> Indicator:
    measures = {name.lower(): Measure(type="count", title="count", not_applicable="allowed")}
    return indicator(name, weight, measures=measures)


def test_sqlite_scores_what_needs_no_decimals() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE results (entity, a INTEGER, b INTEGER)")
    connection.execute("INSERT INTO results VALUES ('x', 4, 5), ('y', 5, 5), ('z', NULL, NULL)")
    found = connection.execute(_text(TWO, dialect="sqlite")).fetchall()
    assert sorted(row[:5] for row in found) == [("x", 4, 5, 88, 2), ("y", 5, 5, 100, 1), ("z", 0, 0, None, None)]
    assert all(not isinstance(value, float) for row in found for value in row)


def test_only_the_sections_that_are_asked_for() -> None:
    both = indicator_set(section("one", indicator("A")), section("two", indicator("B")))
    (row,) = _run(both, "SELECT 'x' AS entity, 4 AS b", sections=("two",))
    assert list(row)[:4] == ["entity", "B:level", "two:score", "two:rank"]


def test_a_title_cannot_leave_its_comment() -> None:
    hostile = TWO.model_copy(update={"title": "a\nDROP TABLE results; */ --"})
    text = _text(hostile)
    assert text.splitlines()[0] == "-- a DROP TABLE results; */ --"
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    assert "DROP" not in "".join(lines)


def test_it_is_said_that_contradicted_percents_are_not_refused() -> None:
    definition = indicator_set(section("one", _ratio_indicator("A", "10")))
    said = [line for line in _text(definition).splitlines() if "contradicts them only kpi score finds" in line]
    assert (len(said), "contradicts" in _text(TWO)) == (1, False)
    (row,) = _run(definition, "SELECT 'x' AS entity, 10 AS share, 9 AS done, 10 AS due")
    (alone,) = _run(definition, "SELECT 'x' AS entity, NULL AS share, 9 AS done, 10 AS due")
    assert row == alone


def test_a_query_is_made_of_its_own_nodes_alone() -> None:
    """What sqlglot copies on the way stays for as long as a run lasts, and a wide set came to twelve queries."""
    names = [f"I{number}" for number in range(18)]
    wide = indicator_set(
        section("one", _ratio_indicator("A", "10"), *(indicator(name, "5") for name in names)), grades={"good": "80"}
    )
    plan = plan_query(wide)
    gc.collect()
    gc.disable()
    try:
        before = _count_nodes()
        query = build_query(plan, exp.to_table("results"))
        made = _count_nodes() - before
    finally:
        gc.enable()
    assert made < 1.03 * len(list(query.walk()))


def _count_nodes() -> int:
    return sum(isinstance(each, exp.Expr) for each in gc.get_objects())


@pytest.mark.parametrize("optional", [False, True], ids=["fixed", "varying"])
def test_a_grade_of_many_digits_is_compared_in_64_bits(*, optional: bool) -> None:
    """66.6667 of weights of two decimals: two whole numbers, of 32 bits each, whose product has more."""
    measures = {"x": COUNT.model_copy(update={"not_applicable": "allowed"}) if optional else COUNT}
    rules = [rule(x=f">= {level}") for level in range(1, 6)]
    one = section("one", indicator("X", "33.33", when=rules, measures=measures), indicator("Y", "66.67"))
    definition = indicator_set(one, grades={"good": "66.6667", "fair": "33.3333"})
    rows = "SELECT 'a' AS entity, 5 AS x, 3 AS y UNION ALL SELECT 'b', 1, 5 UNION ALL SELECT 'c', 5, 1"
    found = _run(
        definition,
        rows
        if not optional
        else rows.replace("AS y", 'AS y, NULL::BOOLEAN AS "x:na"', 1)
        .replace("1, 5", "1, 5, NULL")
        .replace("5, 1", "5, 1, NULL"),
        said=optional,
    )
    # 33.33 x 5/5 + 66.67 x 3/5 = 73.332; 33.33/5 + 66.67 = 73.336; 33.33 + 66.67/5 = 46.664
    assert [row["one:grade"] for row in found] == ["good", "good", "fair"]


def test_sqlite_takes_no_text_for_a_flag() -> None:
    """A text is false to SQLite, `true` too; a column of booleans makes numbers of 1 and 0 alone."""
    flag = Measure(type="flag", title="plan")
    plan = indicator("A", measures={"plan": flag}, when=[rule(plan="false"), rule(plan="true")], scale=2)
    query = _text(indicator_set(section("one", plan), scale=2), dialect="sqlite")
    assert "-- a count is whole, of 15 digits at most; a flag is 1 or 0, a choice text.\n" in query
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE TABLE results (entity TEXT, plan BOOLEAN)")
        rows = [("a", "true"), ("b", "1"), ("c", "0"), ("d", ""), ("e", None)]
        connection.executemany("INSERT INTO results VALUES (?, ?)", rows)
        found = {row[0]: row[1] for row in connection.execute(query).fetchall()}
    assert found == {"a": 0, "b": 2, "c": 1, "d": 0, "e": 0}


def test_the_overall_score_is_said_to_be_left_out() -> None:
    one, two = section("one", indicator("A"), share="60"), section("two", indicator("B"), share="40")
    assert "-- The overall score of the sections' shares is not here; kpi score gives it.\n" in _text(
        indicator_set(one, two)
    )
    assert "overall" not in _text(TWO)
