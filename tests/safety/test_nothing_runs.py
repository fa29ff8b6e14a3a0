"""No command opens a connection, starts a program or makes an object of what a file names."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

from tests.safety.hostile_set import NAMES, write_hostile_files

PROJECT = pathlib.Path(__file__).parents[2]
WATCHED = """
import sys
forbidden = ("socket.", "subprocess.", "os.system", "os.exec", "os.spawn", "os.posix_spawn", "pickle.", "webbrowser.")
def watch(event, _):
    if event.startswith(forbidden):
        print("forbidden:", event, file=sys.stderr, flush=True)
sys.addaudithook(watch)
from kpi_cli.cli.app import main
main()
"""
URL = "http://example.invalid/x"
COMMANDS = {
    "score": ("score", "good.json", "--set", "set.yaml", *(f"-oout.{suffix}" for suffix in ("xlsx", "html", "csv"))),
    "score a URL": ("score", f"{URL}.csv", "s3://example.invalid/x.parquet"),
    "a set at a URL": ("score", "good.json", "--set", f"{URL}.yaml"),
    "validate": ("validate", "set.yaml", "broken.yaml", "bad.json"),
    "explain": ("explain", "good.json", "--all", "-o", "pages", "--set", "set.yaml"),
    "compare": ("compare", "good.json", "good.json", "--set", "set.yaml"),
    "diff": ("diff", "set.yaml", "new.yaml", "--results", "good.json"),
    "template": ("template", "set.yaml", "-o", "template.xlsx"),
    "stream": ("score", "some.parquet", "-o", "out.parquet", "--set", "set.yaml"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_no_command_opens_a_connection_or_starts_a_program(tmp_path: pathlib.Path, command: tuple[str, ...]) -> None:
    import duckdb

    write_hostile_files(tmp_path, NAMES[2])
    with duckdb.connect() as connection:
        rows = f"SELECT '{URL}' AS entity, 50.5::DECIMAL(9, 2) AS spent, 'other' AS kind"
        connection.execute(f"COPY ({rows}) TO '{tmp_path / 'some.parquet'}' (FORMAT parquet)")
    environment = {**os.environ, "PYTHONPATH": str(PROJECT), "KPI_LANG": "en"}
    arguments = [sys.executable, "-c", WATCHED, *command]
    done = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode in {0, 1, 2}, done.stderr
    assert "forbidden:" not in done.stderr
