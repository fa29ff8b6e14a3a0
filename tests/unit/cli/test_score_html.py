"""`kpi score -o report.html`: what the page knows of each entity."""

from __future__ import annotations

import pathlib

import pytest
from typer.testing import CliRunner

from kpi_cli.cli.app import app

INDICATOR = "{{id: {0}, title: {0}, weight: {1}, measures: {{{2}: {{type: flag, title: F{2}}}}}, levels: {3}}}"
LEVELS = "{{1: {{when: {{{0}: false}}}}, 2: {{when: {{{0}: true}}}}}}"
HEAD = "kpi: 1\nid: s\ntitle: Made up\nscale: 2\nsections:\n  - id: one\n    title: One\n    indicators:\n"


@pytest.mark.parametrize(("weights", "steps"), [((30, 70), "[1,0]"), ((70, 30), "[0,1]")])
def test_steps_are_the_numbers_of_items_the_most_points_first(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch, weights: tuple[int, int], steps: str
) -> None:
    monkeypatch.chdir(tmp_path)
    items = [
        INDICATOR.format(name, weight, name.lower(), LEVELS.format(name.lower()))
        for name, weight in zip("AB", weights, strict=True)
    ]
    pathlib.Path("s.yaml").write_text(HEAD + "".join(f"      - {item}\n" for item in items), encoding="utf-8")
    pathlib.Path("r.csv").write_text("entity,a,b\nx,no,no\n", encoding="utf-8")
    ended = CliRunner().invoke(app, ["score", "r.csv", "--set", "s.yaml", "-o", "o.html", "--lang", "en"])
    assert ended.exit_code == 0
    assert f'"steps":{steps}' in pathlib.Path("o.html").read_text(encoding="utf-8")
