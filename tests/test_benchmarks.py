"""The benchmarks run, on tables of a few rows: what they measure means nothing then, what they print still counts."""

from __future__ import annotations

import importlib
import pathlib
import subprocess
import sys
from types import ModuleType

import pytest

from kpi_cli.results.csv_file import MAX_CSV_BYTES

ROOT = pathlib.Path(__file__).resolve().parents[1]
BENCHMARKS = ROOT / "benchmarks"
FEW = ("--rows", "30", "--rounds", "1")


def _run(program: str, *arguments: str) -> tuple[int, list[list[str]], str]:
    """What a benchmark ended with, the cells of the table that it printed, and what it said."""
    command = [sys.executable, str(BENCHMARKS / program), *arguments]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8")
    rows = [line.strip("| ").split("|") for line in ended.stdout.splitlines() if line.startswith("|")]
    return ended.returncode, [[cell.strip() for cell in row] for row in rows[2:]], ended.stderr


@pytest.fixture
def promises(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("promises")


def test_what_design_promises_is_measured(promises: ModuleType) -> None:
    rows = promises.list_rows(promises.Sizes())
    bars = [getattr(row.promise, "limit", None) or _describe_speed(row.promise) for row in rows]
    assert bars == [7, 7, 0.9, 0.55, 3, 6, (100_000, 25_000, 300), 1.3, 4, None]


def _describe_speed(promise: object) -> tuple[int, int, int] | None:
    speed = [getattr(promise, name, None) for name in ("rows", "least", "most")]
    return (speed[0], speed[1], speed[2]) if all(speed) else None  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("costs", "others", "figure", "holds"),
    [
        ([7.0, 7.0, 7.0], [1.0, 1.0, 1.0], "7.00x", True),
        ([7.1, 7.1, 7.1], [1.0, 1.0, 1.0], "7.10x", False),
        ([2.0, 20.0, 7.0], [1.0, 10.0, 1.0], "2.00x", True),  # neighbours are compared: a slow round slows both
    ],
)
def test_a_ratio_is_that_of_neighbours(
    promises: ModuleType, costs: list[float], others: list[float], figure: str, holds: bool
) -> None:
    work, against = promises.Work("work", ("a",)), promises.Work("against", ("b",))
    taken = {work: [_cost(promises, each) for each in costs], against: [_cost(promises, each) for each in others]}
    verdict = promises.Ratio(against, 7).judge(taken, work, "seconds")
    assert verdict == (figure, "<= 7x", holds)


@pytest.mark.parametrize(
    ("seconds", "megabytes", "holds"), [(4.0, 300, True), (4.1, 300, False), (4.0, 301, False), (1.0, 10, True)]
)
def test_a_speed_holds_in_rows_and_in_memory(
    promises: ModuleType, seconds: float, megabytes: float, holds: bool
) -> None:
    work = promises.Work("work", ("a",))
    costs = {work: [_cost(promises, seconds, megabytes)]}
    assert promises.Speed(100_000, 25_000, 300).judge(costs, work, "seconds").holds is holds


def _cost(promises: ModuleType, seconds: float, megabytes: float = 1) -> object:
    return promises.Cost(seconds, seconds, megabytes, 0, "", "")


def test_a_work_that_was_not_done_ends_the_run(promises: ModuleType, tmp_path: pathlib.Path) -> None:
    measuring = importlib.import_module("measuring")
    bench = measuring.Bench(tmp_path, measuring.make_surroundings())
    with pytest.raises(SystemExit, match="nobody ended with 3"):
        bench.run(promises.Work("nobody", (sys.executable, "-c", "raise SystemExit(3)")))
    with pytest.raises(SystemExit, match="quiet ended with 0"):
        bench.run(promises.Work("quiet", (sys.executable, "-c", "pass"), says="done"))


def test_the_promises_of_commands_are_measured() -> None:
    code, rows, said = _run("run.py", "--only=--version", *FEW)
    assert code in {0, 1}, said
    assert [(row[0], row[2], row[5]) for row in rows] == [("`kpi --version`", "`python -c pass`", "<= 7x")]


def test_the_promises_of_tables_are_measured() -> None:
    pytest.importorskip("duckdb")
    code, rows, said = _run("run.py", "--only", "30 rows", *FEW)
    assert code == 1, said  # so few rows cannot be worked through at that speed
    assert [row[6] for row in rows[:1]] == ["**no**"]
    assert [row[5] for row in rows] == [">= 25,000 rows/s, <= 300 MB", "<= 1.3x", "<= 4x", ""]
    assert all(row[1] and row[8] for row in rows)


def test_a_checkout_is_measured_against_another() -> None:
    pytest.importorskip("duckdb")
    code, rows, said = _run("against.py", str(ROOT), *FEW)
    assert code == 0, said
    assert [row[0] for row in rows] == ["processor", "seconds"]
    assert all(0.2 < float(row[3]) < 5 for row in rows)  # it was measured against itself


def test_a_checkout_that_scores_otherwise_is_named(tmp_path: pathlib.Path) -> None:
    pytest.importorskip("duckdb")
    other = tmp_path / "kpi_cli"
    other.mkdir()
    (other / "__init__.py").touch()
    (other / "__main__.py").write_text("open('other.csv', 'w').close()", encoding="utf-8")
    code, rows, _ = _run("against.py", str(tmp_path), *FEW)
    assert (code, len(rows)) == (1, 2)


def test_growth_is_measured_up_to_what_an_engine_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    growth = importlib.import_module("growth")
    most = {(kind.suffix, kind.engine): kind.most for kind in growth.KINDS}
    bytes_a_row = 180  # of the table that tables.py draws: 18.2 MB for 100,000 rows
    assert most[".csv", "python"] * bytes_a_row <= MAX_CSV_BYTES < most[".csv", "duckdb"] * bytes_a_row


def test_growth_is_measured() -> None:
    pytest.importorskip("duckdb")
    code, rows, said = _run("growth.py", *FEW)
    assert code == 0, said
    assert [row[:4:3] for row in rows] == [["23", "python"], ["23", "python"], ["23", "duckdb"], ["23", "duckdb"]]


def test_imports_are_measured() -> None:
    code, rows, said = _run("imports.py", "--rounds", "1", "--only=--help")
    assert code == 0, said
    assert [row[0] for row in rows] == ["`kpi --help`", "`kpi score --help`"]
    assert int(rows[0][1]) < int(rows[1][1])


def test_parts_are_measured() -> None:
    code, rows, said = _run("parts.py", "--rounds", "1")
    assert code == 0, said
    assert rows[0][2] == "1.00x"
