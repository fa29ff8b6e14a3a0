"""Parquet: every column keeps its type, and what is refused is named by its row and column."""

from __future__ import annotations

import pathlib

import duckdb
import pytest

from kpi_cli.results import parquet_bounds
from kpi_cli.results.cells import Kind, UnreadableError
from kpi_cli.results.inputs import find_files
from kpi_cli.results.parquet_file import ALONE, make_sheet, name_errors, name_file, read_parquet
from kpi_cli.results.read import read_results
from kpi_cli.results.room import SMALL
from kpi_cli.scoring.figures import Figure
from tests.unit.scoring.small_sets import indicator, indicator_set, section

SET = indicator_set(section("one", indicator("A", "60"), indicator("B", "40")))


def write(path: pathlib.Path, query: str, packing: str = "COMPRESSION snappy") -> pathlib.Path:
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT parquet, {packing})")
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
    ("figure", "value"),
    [
        ("33.3::DECIMAL(18, 6)", "33.3"),
        ("30::DOUBLE", "30"),
        ("300::DECIMAL(5, 1)", "300"),
        ("0.0::DECIMAL(9, 2)", "0"),
    ],
)
def test_zeros_that_a_column_s_type_adds_are_no_digits(tmp_path: pathlib.Path, figure: str, value: str) -> None:
    sheet = read_parquet(write(tmp_path / "r.parquet", f"SELECT {figure} AS a").read_bytes(), file="r.parquet").sheets[
        0
    ]
    assert str(sheet.rows[1].cells[0].number) == value


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


BOMBS = {
    "rows": ("SELECT 'x' AS entity, 1 AS a FROM range(100001)", "packed-rows"),
    "rows to hold": ("SELECT 'x' AS entity, 1 AS a FROM range(60001)", "too-many-rows"),
    "cells": (
        f"SELECT 'x' AS entity, {', '.join(f'1 AS a{n}' for n in range(20))} FROM range(30000)",
        "too-many-cells",
    ),
    "a nested cell": ("SELECT 'x' AS entity, range(300001) AS a", "too-many-cells"),
    "a long text": ("SELECT repeat('x', 131073) AS entity, 1 AS a", "long-text"),
    "long texts": ("SELECT repeat('x', 131072) AS entity, 1 AS a FROM range(80)", "zip-bomb"),
    "packed": ("SELECT repeat('x', 3000000) || i AS entity, 1 AS a FROM range(5) AS r(i)", "zip-bomb"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_small_file_that_unpacks_to_a_large_one_is_unreadable(tmp_path: pathlib.Path, name: str) -> None:
    query, variant = BOMBS[name]
    path = write(tmp_path / "r.parquet", query, "COMPRESSION zstd")
    assert path.stat().st_size < SMALL
    assert next((each.code, each.variant) for each in read(path).diagnostics) == ("unreadable", variant)


def test_what_is_just_within_the_bounds_is_read(tmp_path: pathlib.Path) -> None:
    rows = "SELECT repeat('x', 131072) AS entity, 1 AS a, 1 AS b"
    assert len(read(write(tmp_path / "r.parquet", rows)).records) == 1


def test_a_large_file_may_hold_what_a_small_one_may_not(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "r.parquet", "SELECT 1 AS entity, 1 AS a FROM range(100001)")
    monkeypatch.setattr(parquet_bounds, "SMALL", path.stat().st_size)
    with duckdb.connect() as connection:
        parquet_bounds.check_bounds(connection, name_file(path), path, held=True)
        monkeypatch.setattr(parquet_bounds, "MAX_CELLS", 200_001)
        with pytest.raises(UnreadableError):
            parquet_bounds.check_bounds(connection, name_file(path), path, held=True)
        parquet_bounds.check_bounds(connection, name_file(path), path, held=False)


def test_cells_that_say_the_same_are_one_and_lists_are_not_compared() -> None:
    (_, first, second) = make_sheet("f", ("a", "b", "c"), [(1, ("x", [1], -0.0)), (2, ("x", [1], 0.0))]).rows
    assert first.cells[0] is second.cells[0]
    assert first.cells[1].kind is second.cells[1].kind is Kind.STRUCTURE
    assert [cell.text for cell in (first.cells[2], second.cells[2])] == ["0.0", "0.0"]


@pytest.mark.parametrize(
    ("raised", "kept"), [("Query interrupted", RuntimeError), ("an unheard-of page", duckdb.DataError)]
)
def test_being_told_to_stop_is_no_error_of_the_file(raised: str, kept: type[Exception]) -> None:
    with pytest.raises(kept, match=raised), name_errors():
        raise RuntimeError(raised)
