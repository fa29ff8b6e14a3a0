"""`kpi init`: a set that is small, sound and says what to do next; nothing of the user's is written over."""

from __future__ import annotations

import json
import pathlib

import pytest
from click.testing import Result
from typer.testing import CliRunner

from kpi_cli.cli.app import app

LONGEST = 36


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KPI_SET", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("language", ["th", "en"])
def test_it_passes_strict(here: pathlib.Path, language: str) -> None:
    written = run("init", "draft.yaml", "--lang", language)
    assert (written.exit_code, written.stdout) == (0, "")
    assert "kpi validate draft.yaml" in written.stderr
    assert "kpi schema -o indicator-set.json" in written.stderr
    checked = run("validate", "draft.yaml", "--strict", "--format", "json")
    summary = json.loads(checked.stdout)["summary"]
    assert (checked.exit_code, summary["errors"], summary["warnings"]) == (0, 0, 0)


@pytest.mark.parametrize("language", ["th", "en"])
def test_it_is_printed_where_no_file_is_named(here: pathlib.Path, language: str) -> None:
    printed = run("init", "--lang", language).stdout
    assert printed == run("init", "-", "--lang", language).stdout
    assert list(here.iterdir()) == []
    assert run("init", "draft.yaml", "--lang", language).exit_code == 0
    assert (here / "draft.yaml").read_text(encoding="utf-8") == printed


@pytest.mark.parametrize("language", ["th", "en"])
def test_it_is_small_and_points_an_editor_at_the_schema(language: str) -> None:
    text = run("init", "-", "--lang", language).stdout
    assert text.startswith("# yaml-language-server: $schema=indicator-set.json\n")
    assert len(text.splitlines()) <= LONGEST
    assert ("น้ำหนัก" in text) is (language == "th")


def test_what_init_and_schema_wrote_is_no_results_file(here: pathlib.Path) -> None:
    assert run("init", "draft.yaml").exit_code == 0
    assert run("schema", "-o", "indicator-set.json").exit_code == 0
    (here / "results.csv").write_text("entity,spent,plan,meetings\nA,85%,1,2\n", encoding="utf-8")
    checked = run("validate", ".", "--strict", "--format", "json")
    assert (checked.exit_code, json.loads(checked.stdout)["summary"]["errors"]) == (0, 0)
    assert run("score", ".", "--set", "draft.yaml").exit_code == 0


@pytest.mark.parametrize("command", [["init", "mine.yaml"], ["schema", "-o", "mine.json"]], ids=lambda item: item[0])
def test_an_existing_file_stays_unless_forced(here: pathlib.Path, command: list[str]) -> None:
    file = here / command[-1]
    file.write_text("mine", encoding="utf-8")
    refused = run(*command)
    assert (refused.exit_code, file.read_text(encoding="utf-8")) == (2, "mine")
    assert "--force" in refused.stderr
    assert run(*command, "--force").exit_code == 0
    assert file.read_text(encoding="utf-8") != "mine"


@pytest.mark.parametrize(
    "command", [["init", "a.txt"], ["init", "nowhere/a.yaml"], ["schema", "-o", "a.yaml"], ["init", "a.yaml", "b.yaml"]]
)
def test_what_cannot_be_written_is_a_usage_error(here: pathlib.Path, command: list[str]) -> None:
    assert run(*command).exit_code == 2
    assert list(here.iterdir()) == []


def test_quiet_says_nothing(here: pathlib.Path) -> None:
    assert run("init", "draft.yaml", "--quiet").stderr == ""
    assert (here / "draft.yaml").exists()
