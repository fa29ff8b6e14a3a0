"""Parquet: every column keeps its type, and what is refused is named by its row and column."""

from __future__ import annotations

import pathlib

import duckdb
import pytest

from kpi_cli.results.inputs import find_files
from kpi_cli.results.parquet_file import ALONE, name_file
from kpi_cli.results.read import read_results
from kpi_cli.scoring.figures import Figure
from tests.unit.scoring.small_sets import indicator, indicator_set, section

SET = indicator_set(section("one", indicator("A", "60"), indicator("B", "40")))


def write(path: pathlib.Path, query: str) -> pathlib.Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet)")
    return path


def read(path: pathlib.Path):
    return read_results(find_files([str(path)]).files, SET)


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("5", 5),
        ("5::DECIMAL(9, 2)", 5),
        ("5::DOUBLE", 5),
        ("NULL::INT", None),
        ("'5'", 5),
    ],
)
def test_a_figure_is_what_its_type_says(tmp_path: pathlib.Path, figure: str, value: int | None) -> None:
    results = read(write(tmp_path / "r.parquet", f"SELECT 'x' AS entity, {figure} AS a, 1 AS b"))
    (record,) = results.records
    assert (record.entity.name, record.figures["a"].value, record.figures["b"].value) == ("x", value, 1)


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ("2.5", "cell-not-whole"),
        ("-1", "cell-out-of-range"),
        ("'NaN'::DOUBLE", "cell-not-a-number"),
        ("'inf'::DOUBLE", "cell-not-a-number"),
        ("1e300::DOUBLE", "cell-too-many-digits"),
        ("DATE '2021-01-01'", "cell-not-a-number"),
        ("[1, 2]", "cell-not-a-figure"),
        ("true", "cell-not-a-number"),
    ],
)
def test_what_is_no_figure_is_refused_by_row_and_column(tmp_path: pathlib.Path, figure: str, code: str) -> None:
    rows = f"SELECT 'x' AS entity, NULL AS a, 1 AS b UNION ALL BY NAME SELECT 'y' AS entity, {figure} AS a, 1 AS b"
    path = write(tmp_path / "r.parquet", rows)
    errors = [each for each in read(path).diagnostics if each.severity.value == "error"]
    assert [(each.code, each.place.cell) for each in errors] == [(code, "r.parquet[2.a]")]


def test_figures_that_differ_are_refused_together(tmp_path: pathlib.Path) -> None:
    rows = "SELECT 'x' AS entity, 1 AS a, 1 AS b UNION ALL SELECT 'x', 2, 1"
    results = read(write(tmp_path / "r.parquet", rows))
    assert [each.code for each in results.diagnostics] == ["conflicting-values"]
    assert results.records[0].figures["a"] == Figure(None, "1", "r.parquet[1.a]")


def test_half_a_file_is_unreadable(tmp_path: pathlib.Path) -> None:
    path = write(tmp_path / "r.parquet", "SELECT 'x' AS entity, 1 AS a, 1 AS b")
    path.write_bytes(path.read_bytes()[:-20])
    assert next((each.code, each.variant) for each in read(path).diagnostics) == ("unreadable", "not-parquet")


@pytest.mark.parametrize("name", ["a[1].parquet", "b*.parquet", "c?.parquet", "~d.parquet"])
def test_a_name_with_the_signs_of_a_pattern_is_that_file_alone(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for number, file in enumerate(("a1.parquet", "bx.parquet", "cc.parquet", name)):
        write(tmp_path / "x", f"SELECT {number} AS n").rename(tmp_path / file)
    monkeypatch.chdir(tmp_path)
    with duckdb.connect() as connection:
        assert connection.read_parquet(name_file(pathlib.Path(name))).fetchall() == [(3,)]


def test_duckdb_fetches_and_loads_nothing_whatever_a_file_asks_for() -> None:
    settings = "SELECT value FROM duckdb_settings() WHERE name IN (SELECT unnest(?))"
    with duckdb.connect(config=ALONE) as connection:
        found = connection.execute(settings, [["autoinstall_known_extensions", "autoload_known_extensions"]]).fetchall()
    assert found == [("false",), ("false",)]
