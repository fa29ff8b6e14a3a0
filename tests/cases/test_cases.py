"""Small sets and exactly what `kpi validate` says of them: `bad/<code>/*.yaml` beside its `.txt`, and `ok/`.

The expected texts are read, not only recorded: a message that an author could not mend his file by is a defect.
"""

from __future__ import annotations

import pathlib

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app
from kpi_cli.diagnostics import Diagnostic, has_errors
from kpi_cli.render.messages import definition, rules
from kpi_cli.workflows import load_set_file

HERE = pathlib.Path(__file__).parent
BAD = sorted(HERE.glob("bad/*/*.yaml"))
OK = sorted(HERE.glob("ok/*.yaml"))
MESSAGES = definition.MESSAGES | rules.MESSAGES
# What no file can show by itself: it takes an option, a workbook, another user's file, or a megabyte.
ELSEWHERE = {
    "unknown-id",
    "unreadable/definition-too-large",
    "unreadable/set-file-not-found",
    "unreadable/set-id-not-found",
    "unreadable/set-cannot-open",
    "unreadable/set-id-twice",
    "unreadable/set-ids-differ",
    "unreadable/roster-too-large",
    "unreadable/roster-cannot-open",
}


def _name(path: pathlib.Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _validate(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> tuple[int, str]:
    monkeypatch.chdir(path.parent)
    result = CliRunner().invoke(app, ["validate", "--lang", "en", path.name])
    return result.exit_code, result.stdout


@pytest.mark.parametrize("path", BAD, ids=_name)
def test_a_bad_set_is_explained(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, printed = _validate(path, monkeypatch)
    assert printed == path.with_suffix(".txt").read_text(encoding="utf-8")
    assert code == (2 if "error[unreadable]" in printed else 1)


@pytest.mark.parametrize("path", BAD, ids=_name)
def test_it_stands_in_the_folder_of_a_code_that_it_has(path: pathlib.Path) -> None:
    assert f"error[{path.parent.name}]" in path.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", OK, ids=_name)
def test_a_good_set_is_left_in_peace(path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code, printed = _validate(path, monkeypatch)
    assert not has_errors(load_set_file(path).diagnostics)
    assert (code, printed.split(",")[0].strip()) == (0, "0 errors")


def _shown() -> list[Diagnostic]:
    return [diagnostic for path in BAD for diagnostic in load_set_file(path).diagnostics]


def test_every_sentence_has_a_case() -> None:
    shown = {f"{item.code}/{item.variant}".rstrip("/") for item in _shown()}
    assert set(MESSAGES) - shown - ELSEWHERE == set()
    # a variant that has no sentence of its own would be said in the words of its code
    assert {name for name in shown if name not in MESSAGES and name.split("/")[0] in _codes()} == set()


def _codes() -> set[str]:
    return {name.split("/")[0] for name in set(MESSAGES) - ELSEWHERE}


def test_every_code_has_a_folder() -> None:
    assert {path.parent.name for path in BAD} >= _codes()


def test_every_label_has_a_case() -> None:
    assert {related.label for item in _shown() for related in item.related} >= set(definition.LABELS)
