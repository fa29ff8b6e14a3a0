"""`kpi validate --suggest-tests`: what is printed is pasted as it is, and then nothing is left to suggest."""

from __future__ import annotations

import pathlib

import pytest
import yaml
from click.testing import Result
from typer.testing import CliRunner

from kpi_cli.cli.app import app

SET = """\
kpi: 1
id: draft
title: Made up
scale: 2
sections:
  - id: team
    title: Team
    indicators:
      - id: T1
        title: Money spent
        weight: 50
        measures:
          spent: {type: percent, title: Spent}
          plan: {type: flag, title: A plan}
        levels:
          1: {when: {spent: "< 75"}}
          2: {when: {spent: ">= 75", plan: true}}
        tests:
        - {given: {spent: 75, plan: true}, level: 2}
      - id: T2
        title: The register
        weight: 50
        measures:
          register: {type: choice, title: Register, choices: ["no", ครบ]}
        levels:
          1: {when: {register: "no"}}
          2: {when: {register: ครบ}}
"""
# By hand: 0 and 74.99 are below 75, which has a case; a step above it, the best, and 75 without a plan.
T1 = """\
# T1: Money spent
T1:
        - {given: {spent: 0, plan: true}, level: 1}
        - {given: {spent: 74.99, plan: true}, level: 1}
        - {given: {spent: 75.01, plan: true}, level: 2}
        - {given: {spent: 100, plan: true}, level: 2}
        - {given: {spent: 75, plan: false}, level: 0}
"""
T2 = """\
# T2: The register
T2:
          - {given: {register: "no"}, level: 1}
          - {given: {register: "ครบ"}, level: 2}
"""


@pytest.fixture(autouse=True)
def here(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> pathlib.Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KPI_SET", raising=False)
    (tmp_path / "draft.yaml").write_text(SET, encoding="utf-8")
    return tmp_path


def suggest(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["validate", "--suggest-tests", "--lang", "en", *arguments])


@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (["draft.yaml"], f"{T1}\n{T2}"),
        (["draft.yaml", "--indicator", "T1"], T1),
        (["draft.yaml", "--indicator", "T2", "--indicator", "T1"], f"{T1}\n{T2}"),
        (["--set", "draft.yaml", "--indicator", "T2"], T2),
    ],
)
def test_what_is_missing_at_the_column_of_the_file(arguments: list[str], printed: str) -> None:
    result = suggest(*arguments)
    assert (result.exit_code, result.stdout) == (0, printed)
    assert "Paste the lines under `tests:`" in result.stderr


def test_pasted_it_holds_and_nothing_is_left(here: pathlib.Path) -> None:
    first, second = ("".join(part.splitlines(keepends=True)[2:]) for part in (T1, T2))
    old = "        - {given: {spent: 75, plan: true}, level: 2}\n"
    text = SET.replace(old, old + first) + "        tests:\n" + second
    (here / "draft.yaml").write_text(text, encoding="utf-8")
    result = suggest("draft.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "nothing to add" in result.stderr
    assert "error[test-failed]" not in CliRunner().invoke(app, ["validate", "draft.yaml", "--lang", "en"]).stdout


def test_several_sets_are_documents(here: pathlib.Path) -> None:
    (here / "other.yaml").write_text(SET, encoding="utf-8")
    first, second = yaml.safe_load_all(suggest("draft.yaml", "other.yaml").stdout)
    assert first == second
    assert set(first) == {"T1", "T2"}


def test_a_set_that_proves_nothing_yet_will_do(here: pathlib.Path) -> None:
    (here / "draft.yaml").write_text(SET.replace('"< 75"', '"< 70"'), encoding="utf-8")  # a gap from 70 to 75
    result = suggest("draft.yaml", "--indicator", "T1")
    assert result.exit_code == 0
    assert "{spent: 70, plan: true}, level: 0}" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["draft.yaml", "--indicator", "T9"], 2, "there is no `T9`; there are: T1, T2"),
        (["results.csv"], 2, "for sets"),
        (["draft.yaml", "--format", "json"], 2, "prints YAML"),
        (["broken.yaml"], 1, "unknown-key"),
        (["nowhere.yaml"], 2, "nowhere.yaml"),
        (["--set", "nowhere"], 2, "nowhere"),
    ],
)
def test_what_cannot_be_suggested_for(here: pathlib.Path, arguments: list[str], code: int, said: str) -> None:
    (here / "broken.yaml").write_text(SET.replace("weight: 50", "wait: 50", 1), encoding="utf-8")
    result = suggest(*arguments)
    assert (result.exit_code, result.stdout) == (code, "")
    assert said in result.stderr


def test_an_indicator_alone_means_nothing() -> None:
    assert CliRunner().invoke(app, ["validate", "draft.yaml", "--indicator", "T1"]).exit_code == 2


def test_of_a_set_on_one_line_they_begin_at_the_margin(here: pathlib.Path) -> None:
    """In the middle of a line of braces nothing is pasted; its column would be in front of every case."""
    (here / "draft.yaml").write_text(str(yaml.safe_load(SET)).replace("True", "true"), encoding="utf-8")
    result = suggest("draft.yaml", "--indicator", "T1")
    assert result.exit_code == 0
    lines = [line for line in result.stdout.splitlines() if "given" in line]
    assert lines
    assert all(line.startswith("- {given") for line in lines)


@pytest.mark.parametrize(
    ("trials", "printed", "left_out"),
    [(50, f"{T1}\n{T2}", []), (49, T1, ["T2"]), (41, T2, ["T1"]), (7, "", ["T1", "T2"])],
)
def test_where_there_is_no_room_for_cases_it_is_said(
    trials: int, printed: str, left_out: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """T1 makes 3 comparisons at 5 values of spent and 2 of plan, each twice: 42. T2 makes 2 at 2: 8."""
    monkeypatch.setattr("kpi_cli.checks.suggest._MOST_TRIED", trials)
    result = suggest("draft.yaml")
    assert (result.exit_code, result.stdout) == (0, printed)
    said = "no cases are suggested: these levels compare with too many values"
    places = {"T1": "draft.yaml:15:9", "T2": "draft.yaml:25:9"}
    found = [line for line in result.stderr.splitlines() if said in line]
    assert found == [f"{places[id_]}: warning[proof-too-large] {id_}: {said}" for id_ in left_out]
    assert "nothing to add" not in result.stderr
