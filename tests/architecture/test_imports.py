"""Imports are paid only by the command that needs them: which modules a run of each command may load."""

from __future__ import annotations

import functools
import pathlib
import subprocess
import sys

import pytest

PROJECT = pathlib.Path(__file__).parents[2]
SHIPPED = str(PROJECT / "indicators" / "fy2564_round1.yaml")
EXAMPLE = str(PROJECT / "examples" / "buriram_fy2564_round1.xlsx")
DEPENDENCIES = {
    *("typer", "click", "pydantic", "yaml", "rich", "openpyxl", "jinja2", "sqlglot", "duckdb", "xlrd"),
    *("pyspark", "numpy", "pandas"),  # what others bring, if they are there
}
PARSER = {"typer", "click", "pydantic"}  # typer of today reads what is typed with pydantic
SET = PARSER | {"yaml"}
FRONT = {"cli", "cli.console", "cli.front_page", "cli.main", "render", "render.translate", "version"}
HELP = FRONT | {"cli.app", "cli.options", "cli.help", "render.text"}
"""Modules of our own that answer without a parser, and those that print the help of a command beside its own."""
_LIST_MODULES = """
import sys
from kpi_cli.cli.main import main
sys.argv = ["kpi", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\n" + " ".join(sorted(sys.modules)))
"""


@functools.cache
def list_modules(*arguments: str) -> frozenset[str]:
    """The modules that a run with these arguments has loaded at its end."""
    code = _LIST_MODULES.format(arguments=list(arguments))
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8")
    loaded = frozenset(run.stderr.splitlines()[-1].split(" "))
    assert "kpi_cli.cli.main" in loaded
    return loaded


def _ours(loaded: frozenset[str]) -> set[str]:
    return {name.removeprefix("kpi_cli.") for name in loaded if name.startswith("kpi_cli.")}


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], set()),
        (["--version"], set()),
        (["score", "--help"], PARSER),
        (["validate", "--help"], PARSER),
        (["validate", SHIPPED], SET),
        (["validate", SHIPPED, "--format", "json"], SET),
        (["score", EXAMPLE], SET),
        (["score", EXAMPLE, "--format", "json"], SET),
        (["score", EXAMPLE, "--format", "csv"], SET),
        (["score", EXAMPLE, "--format", "html"], SET | {"jinja2"}),
        (["show"], SET),
        (["try", "T1", "budget_spent=80"], SET),
        (["explain", EXAMPLE, "ปะคำ"], SET),
        (["sql"], SET | {"sqlglot"}),
        (["schema"], PARSER),
    ],
    ids=lambda value: " ".join(pathlib.Path(each).name for each in value) if isinstance(value, list) else "",
)
def test_a_dependency_is_paid_only_by_the_command_that_needs_it(arguments: list[str], allowed: set[str]) -> None:
    loaded = {name.split(".")[0] for name in list_modules(*arguments)}
    assert loaded & DEPENDENCIES <= allowed


@pytest.mark.parametrize(
    ("arguments", "allowed"),
    [
        (["--help"], FRONT),
        (["--version"], FRONT),
        (["score", "--help"], HELP | {"cli.score"}),
        (["validate", "--help"], HELP | {"cli.validate"}),
        (["show", "--help"], HELP | {"cli.show"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_help_loads_nothing_of_the_street(arguments: list[str], allowed: set[str]) -> None:
    assert _ours(list_modules(*arguments)) <= allowed


@pytest.mark.parametrize(
    ("arguments", "unused"),
    [
        # A set alone: no reader of results, nothing that scores, compares or draws a ranking.
        (
            ["validate", SHIPPED],
            {"results", "targets", "scoring.score", "scoring.diff", "scoring.compare", "render.terminal"},
        ),
        # A workbook: no other format, nothing of other commands.
        (
            ["score", EXAMPLE],
            {"targets", "checks.suggest", "scoring.explain", "scoring.diff", "render.html", "render.csv_file"},
        ),
        (["score", EXAMPLE], {"results.csv_file", "results.json_file", "results.ods_file", "results.parquet_file"}),
    ],
    ids=["validate", "score", "score: readers"],
)
def test_a_stage_is_loaded_only_where_the_way_leads_through_it(arguments: list[str], unused: set[str]) -> None:
    loaded = _ours(list_modules(*arguments))
    assert {name for name in unused if name in loaded or any(each.startswith(f"{name}.") for each in loaded)} == set()


@pytest.mark.parametrize(
    ("format_", "paid"),
    [
        ("text", set()),
        ("json", set()),
        ("github", {"render.findings.github"}),
        ("sarif", {"render.findings.sarif", "render.findings.titles"}),
    ],
)
def test_a_format_is_imported_only_where_it_is_printed(format_: str, paid: set[str]) -> None:
    findings = {f"render.findings.{name}" for name in ("github", "sarif", "titles")}
    formats = findings | {"render.cases_yaml", "workflows.suggestions"}
    assert formats & _ours(list_modules("validate", SHIPPED, "--format", format_)) == paid
