"""docs/ci.md and .pre-commit-hooks.yaml: the recipes are YAML, the commands run, the hook takes sets alone."""

from __future__ import annotations

import pathlib
import re
import shlex

import pytest
import yaml
from typer.testing import CliRunner

from kpi_cli.cli.app import app

PROJECT = pathlib.Path(__file__).parents[1]
RECIPE = (PROJECT / "docs" / "ci.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", RECIPE, re.MULTILINE | re.DOTALL)
(HOOK,) = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
COMMANDS = sorted(set(re.findall(r"kpi validate [^\n|>#]*", "".join(text for _, text in BLOCKS))))


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_run_and_find_nothing(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    result = CliRunner().invoke(app, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output


def test_its_yaml_is_yaml() -> None:
    workflow, hooks = (yaml.safe_load(text) for language, text in BLOCKS if language == "yaml")
    assert [step.get("uses", "").split("@")[0] for step in workflow["jobs"]["validate"]["steps"]][-1].endswith("sarif")
    assert hooks["repos"][0]["hooks"] == [{"id": HOOK["id"]}]


def test_the_hook_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    command = [*HOOK["entry"].split(), *HOOK["args"], "indicators/fy2564_round1.yaml"]
    assert command[0] == "kpi"
    assert CliRunner().invoke(app, command[1:]).exit_code == 0


@pytest.mark.parametrize(
    ("file", "taken"),
    [
        ("indicators/round1.yaml", True),
        ("province/indicators/2565/round1.yml", True),
        (".github/workflows/indicators.yaml", False),
        ("my_indicators/round1.yaml", False),
        ("docker-compose.yaml", False),
    ],
)
def test_the_hook_takes_sets_and_no_other_file(file: str, taken: bool) -> None:
    assert bool(re.search(HOOK["files"], file)) is taken
