"""`kpi sql` as users call it: what it prints, where it writes, and how it refuses."""

from __future__ import annotations

import pathlib

import pytest
import sqlglot
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.needs import need_module

SET = """\
kpi: 1
id: one
title: One
scale: 2
sections:
  - id: team
    title: Team
    indicators:
      - id: A
        title: A
        weight: 100
        measures: {done: {title: Done, type: count}}
        levels: {1: {when: {done: ">= 1"}}, 2: {when: {done: ">= 2"}}}
"""
RESULTS = "entity,done\nx,2\ny,1\nz,3\nnobody,\n"


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    for variable in ("KPI_SET", "KPI_LANG", "LC_ALL", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(app, ["sql", *arguments])


@pytest.mark.parametrize(
    ("dialect", "quote"), [("duckdb", '"'), ("postgresql", '"'), ("postgres", '"'), ("spark", "`")]
)
def test_the_query_reads_the_table_and_names_the_indicators(dialect: str, quote: str) -> None:
    result = run("fy2564-round1", "--dialect", dialect, "--table", "warehouse.results")
    assert result.exit_code == 0
    assert "FROM warehouse.results" in result.stdout
    assert f"AS {quote}T3.1:level{quote}, /* T3.1: " in result.stdout
    query = sqlglot.parse_one(result.stdout, dialect=dialect.replace("postgresql", "postgres"))
    assert query.named_selects[:2] == ["entity", "T1:level"]
    assert [name for name in query.named_selects if name.endswith((":score", ":rank"))] == [
        "team:score",
        "team:rank",
        "individual:score",
        "individual:rank",
    ]


def test_it_is_written_to_a_file_and_over_none(here: pathlib.Path) -> None:
    assert run("-o", "score.sql").exit_code == 0
    printed = run("--quiet")
    assert (here / "score.sql").read_text(encoding="utf-8") == printed.stdout
    assert printed.stderr == ""
    again = run("-o", "score.sql", "--table", "other")
    assert again.exit_code == 2
    assert "--force" in again.stderr
    assert (here / "score.sql").read_text(encoding="utf-8") == printed.stdout
    assert run("-o", "score.sql", "--table", "other", "--force").exit_code == 0
    assert "FROM other" in (here / "score.sql").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        pytest.param(["--dialect", "sqlite"], 1, "keeps no exact decimals", id="inexact"),
        pytest.param(["--section", "nobody"], 2, "nobody", id="section"),
        pytest.param(["--tie-break", "T9"], 2, "T9", id="tie-break"),
        pytest.param(["--table", "x; y"], 2, "no name of a table", id="table"),
        pytest.param(["-o", "score.txt"], 2, ".sql", id="suffix"),
        pytest.param(["--dialect", "oracle"], 2, "oracle", id="dialect"),
        pytest.param(["nowhere"], 2, "nowhere", id="set"),
        pytest.param(["fy2564-round1", "--set", "fy2564-round1"], 2, "one set", id="two-sets"),
    ],
)
def test_refusals(arguments: list[str], code: int, said: str) -> None:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_without_ranks_the_same_scores_stand_in_an_order_that_sorts_as_ranks_would(here: pathlib.Path) -> None:
    need_module("duckdb")
    import duckdb

    (here / "set.yaml").write_text(SET, encoding="utf-8")
    (here / "results.csv").write_text(RESULTS, encoding="utf-8")
    ranked, unranked = (run("--set", "set.yaml", *more).stdout for more in ((), ("--no-ranks",)))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE results AS SELECT * FROM read_csv('results.csv')")
        whole, part = (connection.execute(query).fetchall() for query in (ranked, unranked))
        names = [[column[0] for column in connection.execute(query).description] for query in (ranked, unranked)]
    assert [name.replace(":rank", ":order") for name in names[0]] == names[1]
    place = names[0].index("team:rank")
    without = [[(*row[:place], *row[place + 1 :]) for row in rows] for rows in (whole, part)]
    assert sorted(without[0], key=str) == sorted(without[1], key=str)
    orders = {row[0]: row[place] for row in part}
    assert {row[0]: row[place] for row in whole} == {
        name: None if order is None else 1 + sum(other > order for other in orders.values() if other is not None)
        for name, order in orders.items()
    }
    assert sorted(row[place] or 0 for row in whole) == [0, 1, 1, 3]


def test_what_breaks_ties_needs_ranks(here: pathlib.Path) -> None:
    result = run("--no-ranks", "--tie-break", "T1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--tie-break decides ranks" in result.stderr
