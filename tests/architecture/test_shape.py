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
