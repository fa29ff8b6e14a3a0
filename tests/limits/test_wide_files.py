"""DuckDB scores small files by the widest set that it takes for them in bounded time and memory, and no wider one."""

from __future__ import annotations

import pathlib
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from tests.needs import need_module
from tests.patience import PATIENCE

PROJECT = pathlib.Path(__file__).parents[2]
MAX_SECONDS, MAX_MEGABYTES = 5, 300
# Made up: a hundred indicators of a measure each take 100 + 5 * 100 of the 1,100 places; so 500 comparisons fit.
HUNDRED = range(100)


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need_module("duckdb")
    monkeypatch.chdir(tmp_path)


def test_small_files_and_the_widest_set_take_bounded_time_and_memory() -> None:
    run = subprocess.run(
        [sys.executable, "benchmarks/wide.py"], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8"
    )
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in run.stdout.splitlines()[2:]]
    assert len(rows) == 6 * 3, run.stderr
    assert [row for row in rows if row[4].split()[0] != "0"] == []
    assert [row for row in rows if float(row[5]) > PATIENCE * MAX_SECONDS] == []
    assert [row for row in rows if int(row[6]) > MAX_MEGABYTES] == []


def _write_set(comparisons: int) -> None:
    """A hundred indicators of one level, which share the comparisons."""
    indicators = "".join(
        f"      - {{id: T{number}, title: T{number}, weight: 1,"
        f" measures: {{m{number}: {{type: percent, title: M{number}}}}},"
        f' levels: {{1: {{when: {{m{number}: "{", ".join([">= 50"] * share)}"}}}}}}}}\n'
        for number, share in enumerate((comparisons + place) // 100 for place in HUNDRED)
    )
    head = "kpi: 1\nid: wide\ntitle: Wide\nscale: 1\nsections:\n  - id: one\n    title: One\n    indicators:\n"
    pathlib.Path("wide.yaml").write_text(head + indicators, encoding="utf-8")


def _score(file: str) -> tuple[int, str]:
    run = CliRunner().invoke(
        app, ["score", file, "--set", "wide.yaml", "--engine", "duckdb", "--lang", "en", "-o", "out.parquet", "--force"]
    )
    return run.exit_code, run.stderr


def _write_file(rows: int, odd: int = 0) -> None:
    """`odd` columns hold a text that is no plain number; the last line makes the file larger where it must be."""
    head = ",".join(["entity", *(f"m{place}" for place in HUNDRED)])
    lines = [f"a{row:x},{','.join('80 %' if place < odd else '80' for place in HUNDRED)}" for row in range(rows)]
    pathlib.Path("results.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8")


def test_a_set_that_is_too_wide_is_refused_for_a_small_file_alone() -> None:
    _write_file(rows=2)
    _write_set(comparisons=500)
    assert _score("results.csv")[0] == 0
    _write_set(comparisons=501)
    code, said = _score("results.csv")
    assert code == 2
    assert "the set is too wide for a file of less than 1 MB: 100 measures and 501 comparisons" in said
    assert "--engine python" in said
    _write_file(rows=3_400)  # more than a megabyte
    assert pathlib.Path("results.csv").stat().st_size > 1_000_000
    assert _score("results.csv")[0] == 0


def test_columns_of_texts_are_counted_in_a_small_file() -> None:
    _write_set(comparisons=100)
    _write_file(rows=2, odd=45)
    assert _score("results.csv")[0] == 0
    _write_file(rows=2, odd=46)
    code, said = _score("results.csv")
    assert code == 2
    assert "46 columns hold texts that are no plain numbers" in said


def test_columns_of_any_kind_are_counted_in_a_small_file() -> None:
    """A hundred of the set, the names, and so many that no one asked for."""
    _write_set(comparisons=100)
    _write_file(rows=2)
    path = pathlib.Path("results.csv")
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    for more, expected in ((1_899, 0), (1_900, 2)):
        names = "".join(f",x{place}" for place in range(more))
        path.write_text("\n".join([head + names, *(line + "," * more for line in lines), ""]), encoding="utf-8")
        code, said = _score("results.csv")
        assert (code, "the file has 2,001 columns; one of less than 1 MB may have 2,000" in said) == (
            expected,
            expected == 2,
        )


def test_rows_are_counted_by_how_wide_the_set_is() -> None:
    """70,000,000 places of 1,100 are 63,636 rows."""
    import duckdb

    _write_set(comparisons=500)
    for rows, expected in ((63_636, 0), (63_637, 2)):
        duckdb.execute(
            f"COPY (SELECT 'a' || range AS entity, {', '.join(f'80 AS m{place}' for place in HUNDRED)}"
            f" FROM range({rows})) TO 'results.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )
        code, said = _score("results.parquet")
        assert (code, "by this set DuckDB scores 63,636 of such a file" in said) == (expected, expected == 2)
