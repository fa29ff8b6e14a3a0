"""The same input gives the same bytes."""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import tempfile

import pytest
from hypothesis import given, settings

from tests.laws.made_up import Row, law, make_rows, score, write_csv_file, write_set_file

PROJECT = pathlib.Path(__file__).parents[2]
EXAMPLE = str(PROJECT / "examples" / "buriram_fy2564_round1.xlsx")
SHIPPED = str(PROJECT / "indicators" / "fy2564_round1.yaml")
INBOX = str(PROJECT / "examples" / "inbox")
OUTPUTS = tuple(f"out{suffix}" for suffix in (".json", ".csv", ".md", ".html", ".xlsx"))
COMMANDS = {
    "score": ("score", EXAMPLE, "--notes", *(part for output in OUTPUTS for part in ("-o", output))),
    "score a folder": ("score", INBOX, "--format", "json", "--keep-going"),
    "score in English": ("score", EXAMPLE, "--lang", "en", "-o", "out.xlsx"),
    "score json": ("score", EXAMPLE, "--format", "json", "--overall", "team=50,individual=50"),
    "missing json": ("score", EXAMPLE, "--missing", "--format", "json"),
    "explain json": ("explain", EXAMPLE, "3104", "--format", "json"),
    "validate json": ("validate", SHIPPED, EXAMPLE, "--format", "json"),
    "show json": ("show", "--format", "json"),
    "diff json": ("diff", SHIPPED, SHIPPED, "--results", EXAMPLE, "--format", "json"),
    "compare json": ("compare", EXAMPLE, EXAMPLE, "--format", "json"),
    "template": ("template", "-o", "out.xlsx"),
    "sql": ("sql",),
}


@pytest.mark.parametrize("command", COMMANDS)
def test_the_same_input_gives_the_same_bytes(tmp_path: pathlib.Path, command: str) -> None:
    """In two processes that hash texts differently, as two machines do, and in two time zones."""
    first, second = (_run(COMMANDS[command], tmp_path / str(number), number) for number in (1, 2))
    assert [name for name in first | second if first.get(name) != second.get(name)] == []


def _run(command: tuple[str, ...], folder: pathlib.Path, number: int) -> dict[str, bytes]:
    """What it printed, and the files that it wrote."""
    folder.mkdir()
    environment = {**os.environ, "PYTHONHASHSEED": str(number), "TZ": f"UTC+{9 * number}", "KPI_LANG": "th"}
    done = subprocess.run([sys.executable, "-m", "kpi_cli", *command], cwd=folder, env=environment, capture_output=True)
    assert done.returncode in {0, 1}, done.stderr
    return {"printed": done.stdout, **{path.name: path.read_bytes() for path in folder.iterdir()}}


@settings(law, max_examples=6)
@given(make_rows(), make_rows())
def test_what_was_scored_before_changes_nothing(rows: list[Row], others: list[Row]) -> None:
    """What a process read once it may remember: it says the same as one that has read nothing else."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        own, other = _write_halves(folder, "own", rows), _write_halves(folder, "other", others)
        score(folder, *other)
        arguments = ("score", *own, "--set", write_set_file(folder), "--format", "json", "--keep-going")
        alone = subprocess.run([sys.executable, "-m", "kpi_cli", *arguments], cwd=PROJECT, capture_output=True)
        assert json.loads(alone.stdout) == score(folder, *own)


def _write_halves(folder: pathlib.Path, name: str, rows: list[Row]) -> list[str]:
    """Two files of one half of the columns each: what they say is put together, and remembered as such."""
    columns = list(rows[0])
    halves = (columns[:5], ["entity", *columns[5:]])
    return [write_csv_file(folder / f"{name}{number}.csv", rows, half) for number, half in enumerate(halves)]
