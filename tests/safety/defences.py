"""Takes one defence after the other out of a copy of kpi, and shows that the test which guards it fails.

`python tests/safety/defences.py` does it, in a few minutes; `--only WORD` for those whose name has the word.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import shutil
import subprocess
import sys
import tempfile
from typing import NamedTuple

PROJECT = pathlib.Path(__file__).parents[2]
PATIENCE, MAX_BYTES = 120, 4_000_000_000
"""Without a defence a test may never end, or take all that the machine has."""


class Defence(NamedTuple):
    """A defence: the lines of code that are it, what stands there without it, and the test that fails then."""

    name: str
    file: str
    code: str
    without: str
    test: str


_NAMES = "tests/safety/test_hostile_names.py"
_PRINTED = f"{_NAMES}::test_what_is_printed_is_text_and_nothing_else"
_FILES = f"{_NAMES}::test_files_hold_text_too"
_WORKBOOKS = "tests/unit/results/test_xlsx_file.py"
_TREES = "tests/unit/definition/test_tree.py::test_what_makes_no_tree_is_placed"
DEFENCES = (
    Defence("depth of YAML", "definition/tree.py", "if depth > MAX_DEPTH:", "if False:", _TREES),
    Defence("aliases of YAML", "definition/tree.py", "if self.size > MAX_SIZE:", "if False:", _TREES),
    Defence(
        "depth of rules",
        "rules/parser.py",
        "if self.depth > MAX_DEPTH:",
        "if False:",
        "tests/unit/rules/test_parser.py::test_bad_unary_tests",
    ),
    Defence(
        "digits of numbers",
        "rules/values.py",
        "if len(text) > MAX_DIGITS or not",
        "if not",
        "tests/unit/rules/test_values.py::test_parse_number_refuses_what_only_decimal_would_take",
    ),
    Defence(
        "no document types",
        "results/xlsx_xml.py",
        "    parser.StartDoctypeDeclHandler = _refuse_declarations\n",
        "",
        f"{_WORKBOOKS}::test_a_document_type_is_refused_whatever_it_declares",
    ),
    Defence(
        "size of zip",
        "results/xlsx_archive.py",
        "or any(map(_is_bomb, members)):",
        "or False:",
        f"{_WORKBOOKS}::test_workbooks_that_cannot_be_read",
    ),
    Defence(
        "formulas in csv",
        "render/csv_file.py",
        'return f"\'{shown}" if _FORMULA.match(text) else shown',
        "return shown",
        _PRINTED,
    ),
    Defence("formulas in xlsx", "render/xlsx/cells.py", "        cell.quotePrefix = True\n", "        pass\n", _FILES),
    Defence("text in xlsx", "render/xlsx/cells.py", '    cell.data_type = "s"', "    pass", _FILES),
    Defence("controls in xlsx", "render/xlsx/cells.py", 'return _UNWANTED.sub("", text)', "return text", _FILES),
    Defence("HTML", "render/html_file.py", "autoescape=True", "autoescape=False", _PRINTED),
    Defence(
        "markdown", "render/markdown.py", r'return _SPECIAL.sub(r"\\\1", join_lines(text))', "return text", _PRINTED
    ),
    Defence(
        "terminal", "render/text.py", "    if text.isprintable():\n        return text", "    return text", _PRINTED
    ),
    Defence(
        "controls in json", "render/json_v1.py", "return _UNPRINTABLE.sub(", "return text or re.sub('', ", _PRINTED
    ),
    Defence("lines of annotations", "render/findings/github.py", '"\\n": "%0A"', "", _PRINTED),
    Defence("texts of queries", "targets/sql/exact.py", "if not name.isprintable():", "if False:", _PRINTED),
    Defence(
        "names of pages",
        "cli/page_names.py",
        "    kept = (char if _is_kept(char)",
        "    return text\n    kept = (char if _is_kept(char)",
        f"{_NAMES}::test_pages_lie_in_their_folder_whatever_they_are_called",
    ),
    Defence(
        "rosters stay inside",
        "definition/roster.py",
        "return path if path.is_relative_to(folder.resolve()) else None",
        "return path",
        "tests/unit/definition/test_roster.py::test_a_roster_that_cannot_be_read",
    ),
    Defence(
        "inputs are never written",
        "cli/outputs.py",
        "if any(is_same_file(path, item) for item in inputs):",
        "if False:",
        "tests/unit/cli/test_outputs.py::test_a_link_to_an_input_is_the_input",
    ),
)


def main() -> int:
    """Prints a line for each defence; 1 where its test passes without it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="")
    only = parser.parse_args().only
    missed = 0
    with tempfile.TemporaryDirectory() as name:
        copy = pathlib.Path(name) / "kpi"
        for folder in ("kpi_cli", "tests", "indicators", "examples", "benchmarks", "docs"):
            shutil.copytree(PROJECT / folder, copy / folder)
        for file in ("pyproject.toml", "README.md", "SECURITY.md"):
            shutil.copy(PROJECT / file, copy)
        for defence in (each for each in DEFENCES if only in each.name):
            fails = _fails_without(defence, copy)
            missed += not fails
            print(f"{'fails' if fails else 'PASSES'} without it: {defence.name} ({defence.test})", flush=True)
    return int(bool(missed))


def _fails_without(defence: Defence, copy: pathlib.Path) -> bool:
    path = copy / "kpi_cli" / defence.file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(defence.code, defence.without), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", defence.test]
    try:
        environment = {**os.environ, "PYTHONPATH": str(copy)}
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, timeout=PATIENCE, preexec_fn=_bound_memory
        )
    except subprocess.TimeoutExpired:
        return True  # what the defence kept from never ending did not end
    finally:
        path.write_text(text, encoding="utf-8")
    return done.returncode == 1 or done.returncode < 0  # a failure, or a crash


def _bound_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MAX_BYTES, MAX_BYTES))


if __name__ == "__main__":
    sys.exit(main())
