"""The fullest small file that each output has room for is written in bounded time and memory."""

from __future__ import annotations

import pathlib
import subprocess
import sys

from kpi_cli.workflows.packed import ROOM
from tests.needs import need_module
from tests.patience import PATIENCE

PROJECT = pathlib.Path(__file__).parents[2]
MAX_SECONDS, MAX_MEGABYTES = 5, 300


def test_the_fullest_small_files_are_written_in_bounded_time_and_memory() -> None:
    need_module("duckdb")  # which makes the tables
    run = subprocess.run(
        [sys.executable, "benchmarks/packed.py"], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8"
    )
    rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in run.stdout.splitlines()[2:]]
    assert {row[0] for row in rows} == ROOM.keys(), run.stderr
    assert [row for row in rows if row[4].split()[0] != "0"] == []
    assert [row for row in rows if float(row[5]) > PATIENCE * MAX_SECONDS] == []
    assert [row for row in rows if int(row[6]) > MAX_MEGABYTES] == []
