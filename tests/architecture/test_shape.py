"""The house rules of STYLE, held by tests: sizes, docstrings, and which way imports run."""

from __future__ import annotations

import ast
import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

import kpi_cli

PACKAGE = pathlib.Path(kpi_cli.__file__).parent
PROJECT = PACKAGE.parent
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST_FUNCTION, LONGEST_MODULE = 40, 300

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def _name(path: pathlib.Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


def _walk(node: ast.AST, *, inside: bool = True) -> Iterator[tuple[Definition, bool]]:
    """Every function and class below `node`, and whether it can be reached by public names alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition):
            public = inside and not child.name.startswith("_")
            yield child, public
            yield from _walk(child, inside=public and isinstance(child, ast.ClassDef))
        else:
            yield from _walk(child, inside=inside)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_is_short(path: pathlib.Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_function_is_short(path: pathlib.Path) -> None:
    long = {
        one.name: (one.end_lineno or 0) - one.lineno + 1
        for one, _ in _walk(ast.parse(path.read_text(encoding="utf-8")))
        if not isinstance(one, ast.ClassDef) and (one.end_lineno or 0) - one.lineno + 1 > LONGEST_FUNCTION
    }
    assert long == {}


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_what_is_public_says_what_it_is(path: pathlib.Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "the module"
    silent = [one.name for one, public in _walk(tree) if public and not ast.get_docstring(one)]
    assert silent == []


def test_the_rules_themselves_would_notice() -> None:
    tree = ast.parse("class A:\n  def b(self): ...\n  class _C:\n    def d(self): ...\nif 1:\n  def e(): ...\n")
    assert [(one.name, public) for one, public in _walk(tree)] == [
        ("A", True),
        ("b", True),
        ("_C", False),
        ("d", False),
        ("e", True),
    ]


def test_imports_run_one_way() -> None:
    pytest.importorskip("importlinter")
    linter = pathlib.Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8")
    assert run.returncode == 0, run.stdout + run.stderr


_LIST_MODULES = """
import sys
from kpi_cli.cli.app import main
sys.argv = ["kpi", *{arguments!r}]
try:
    main()
except SystemExit:
    pass
sys.stderr.write("\\n" + " ".join(sorted(sys.modules)))
"""
SHIPPED = str(PROJECT / "indicators" / "fy2564_round1.yaml")


@pytest.mark.parametrize(
    ("arguments", "forbidden"),
    [
        (["--help"], {"openpyxl", "rich", "jinja2", "pydantic", "yaml", "defusedxml", "sqlglot", "duckdb"}),
        (["--version"], {"openpyxl", "rich", "jinja2", "pydantic", "yaml", "defusedxml", "sqlglot", "duckdb"}),
        (["score", "--help"], {"openpyxl", "rich", "jinja2", "yaml", "defusedxml", "sqlglot", "duckdb"}),
        (["validate", SHIPPED], {"openpyxl", "rich", "jinja2", "defusedxml", "sqlglot", "duckdb"}),
        (["validate", SHIPPED, "--format", "json"], {"openpyxl", "rich", "jinja2", "defusedxml", "sqlglot", "duckdb"}),
    ],
    ids=lambda value: " ".join(map(str, value[:1])) if isinstance(value, list) else "",
)
def test_imports_are_paid_only_by_the_command_that_needs_them(arguments: list[str], forbidden: set[str]) -> None:
    code = _LIST_MODULES.format(arguments=arguments)
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8")
    loaded = {name.split(".")[0] for name in run.stderr.splitlines()[-1].split(" ")}
    assert "kpi_cli" in loaded
    assert loaded & forbidden == set()


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
    code = _LIST_MODULES.format(arguments=["validate", SHIPPED, "--format", format_])
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, encoding="utf-8")
    formats = (
        "render.findings.github",
        "render.findings.sarif",
        "render.findings.titles",
        "render.cases_yaml",
        "workflows.suggestions",
    )
    loaded = set(run.stderr.splitlines()[-1].split(" "))
    assert {name for name in formats if f"kpi_cli.{name}" in loaded} == paid
