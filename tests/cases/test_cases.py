"""Commands on small files and exactly what they print: `bad/<code>/*.txt` beside the files, and sets that are `ok/`.

The expected texts are read, not only recorded: a message that an author could not mend his file by is a defect.
"""

from __future__ import annotations

import pathlib
from typing import NamedTuple

import pytest

from kpi_cli.render.sentences import load_words
from tests.cases.commands import (
    HERE,
    Printed,
    command_of,
    copy_cases,
    list_cases,
    record_words,
    run_case,
    run_command,
)
from tests.cases.workbooks import is_description

CASES = list_cases()
OK = sorted(HERE.glob("ok/*.yaml"))
# What no small file can show: it takes megabytes, thousands of files, another user's file, a device that fails, a
# library that is missing, a set made in Python, or a report of ours that was changed by hand.
ELSEWHERE = {
    *(
        "unreadable/definition-too-large",
        "unreadable/roster-too-large",
        "unreadable/too-large",
        "unreadable/too-large-csv",
    ),
    *("unreadable/csv-field", "unreadable/too-many-cells", "unreadable/too-many-findings"),
    # What no program writes twice: tests/unit/results/test_xlsx_names.py.
    *("unreadable/cell-twice", "unreadable/row-twice", "unreadable/value-twice", "unreadable/alternatives"),
    "no-header/kind",
    "unreadable/too-many-places",  # tests/unit/results/test_read.py
    *("unreadable/too-much-xml", "unreadable/zip-bomb", "unreadable/json-too-deep", "unreadable/large-folder"),
    *("unreadable/folder-cannot-open", "unreadable/packed-rows", "unreadable/long-text"),
    *(
        "unreadable/packed-workbook",
        "unreadable/packed-entities",
        "unreadable/packed-rules",
        "unreadable/packed-template",
        "unreadable/too-many-rows",
    ),
    *("unreadable/permission", "unreadable/cannot-open", "unreadable/set-cannot-open", "unreadable/roster-cannot-open"),
    *("unreadable/engine", "unreadable/engine-folder", "unreadable/old-xls", "unreadable/parquet-needs-duckdb"),
    *("unreadable/report-options", "unreadable/report-without-ranking"),
    "unknown-measure/ambiguous",
    # Tables of thousands of rows, or ends of lines that git would mend: tests/unit/cli/test_score_stream.py.
    *("engine-limit/order", "engine-limit/tables", "engine-limit/texts", "engine-limit/names", "engine-limit/row"),
    *("engine-limit/doubts", "engine-limit/weights", "engine-limit/rest"),
    # A hundred columns, ten thousand comparisons: tests/limits/test_wide_files.py, tests/unit/definition/test_load.py.
    *("engine-limit/wide", "engine-limit/work", "engine-limit/odd", "engine-limit/columns", "rule-syntax/too-many"),
    "proof-too-large/cases",  # thousands of values: tests/unit/cli/test_suggestions.py
    "wrong-type/too-many",  # tests/unit/definition/test_structure.py
    "wrong-type/more-findings",  # tests/unit/definition/test_bound.py
    "wrong-type/too-many-cases",  # tests/unit/definition/test_load.py
}


class Run(NamedTuple):
    """What all commands printed, and the keys of the sentences and labels in it."""

    printed: dict[pathlib.Path, Printed]
    said: set[str]
    labelled: set[str]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    copied = copy_cases(tmp_path_factory.mktemp("cases"))
    with record_words() as (said, labelled):
        return Run({case: run_case(case, copied) for case in CASES}, said, labelled)


def _name(path: pathlib.Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_a_bad_file_is_explained(case: pathlib.Path, run: Run) -> None:
    assert run.printed[case].below(command_of(case)) == case.read_text(encoding="utf-8")


def test_an_exit_code_says_what_was_found(run: Run) -> None:
    """Only notes and warnings 0, errors 1, and 2 for what cannot be read or was typed wrong on the command line."""
    codes = {case: printed.exit_code for case, printed in run.printed.items()}
    assert set(codes.values()) == {0, 1, 2}
    assert all(("error[" in printed.text) == (codes[case] > 0) for case, printed in run.printed.items())
    assert all(codes[case] == 2 for case, printed in run.printed.items() if "error[unreadable]" in printed.text)


@pytest.mark.parametrize("case", CASES, ids=_name)
def test_it_stands_in_the_folder_of_a_code_that_it_has(case: pathlib.Path) -> None:
    assert f"[{case.parent.name}] " in case.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", OK, ids=_name)
def test_a_good_set_is_left_in_peace(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(path.parent)
    printed = run_command(f"$ kpi validate {path.name} --quiet")
    assert (printed.exit_code, printed.text.split(",")[0].strip()) == (0, "0 errors")


def test_every_code_has_a_folder_of_cases() -> None:
    codes = {key.split("/")[0] for key in load_words().sentences}
    assert {case.parent.name for case in CASES} == codes


def test_every_sentence_has_a_case(run: Run) -> None:
    assert set(load_words().sentences) - run.said == ELSEWHERE


def test_every_label_has_a_case(run: Run) -> None:
    assert set(load_words().labels) == run.labelled


def test_no_file_is_left_without_its_command() -> None:
    for folder in {case.parent for case in CASES}:
        commands = " ".join(map(command_of, folder.glob("*.txt")))
        files = {path.name for path in folder.iterdir() if path.is_file() and path.suffix != ".txt"}
        described = {name.removesuffix(".yaml") if is_description(folder / name) else name for name in files}
        assert [name for name in described if name not in commands] == []
