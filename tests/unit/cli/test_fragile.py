"""`kpi score --fragile`: what the options mean."""

from __future__ import annotations

import json
import pathlib

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app

EXAMPLE = str(pathlib.Path(__file__).resolve().parents[3] / "examples" / "buriram_fy2564_round1.xlsx")


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["score", EXAMPLE, "--lang", "en", *arguments])
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize(
    ("options", "within"),
    [(["--fragile"], "0.5"), (["--fragile", "--within", "0.10"], "0.10"), (["--within", "0"], "0")],
)
def test_the_distance_is_stated(options: list[str], within: str) -> None:
    code, printed, _ = run(*options, "--format", "json")
    assert (code, json.loads(printed)["fragile"]["within"]) == (0, within)


def test_at_no_distance_only_what_lies_on_a_threshold_is_found() -> None:
    found = json.loads(run("--within", "0", "--format", "json")[1])["fragile"]["found"]
    assert {one["distance"] for one in found} == {"0"}
    # สตึก has 95 %, and level 5 begins above it: 89 points and 5 more are as many as นางรอง has, the second
    satuek = next(one for one in found if one["entity"]["name"] == "สตึก" and one["indicator"] == "T2")
    assert (satuek["level"], satuek["other_level"], satuek["rank"], satuek["other_rank"]) == (4, 5, 6, 2)


@pytest.mark.parametrize("text", ["x", "-1", "", "1e3", "๑"])
def test_what_is_no_distance_is_a_usage_error(text: str) -> None:
    code, printed, said = run("--within", text)
    assert (code, printed) == (2, "")
    assert "--within" in said
