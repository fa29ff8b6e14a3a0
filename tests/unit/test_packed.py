"""A small file that would grow without bound when it is written is refused; nothing of it is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from kpi_cli import load_set
from kpi_cli.cli.app import app
from kpi_cli.results import room
from kpi_cli.workflows import packed

SHIPPED = Path(__file__).parents[2] / "indicators" / "fy2564_round1.yaml"
PLACES = 8 + 2
"""Of an entity: eight for its row, one for the indicator of SET, one for its measure."""
SET = """\
kpi: 1
id: one
title: One
scale: 1
sections:
  - id: team
    title: Team
    indicators:
      - {id: A, title: A, weight: 100, measures: {done: {title: Done, type: flag}}, levels: {1: {when: {done: true}}}}
"""
OUTPUTS = {
    "xlsx": ("score", "in.csv", "-o", "out.xlsx"),
    "html": ("score", "in.csv", "-o", "out.html"),
    "json": ("score", "in.csv", "-o", "out.json"),
    "md": ("score", "in.csv", "--format", "md"),
    "--missing": ("score", "in.csv", "--missing"),
    "--fragile": ("score", "in.csv", "--fragile"),
    "explain --all": ("explain", "in.csv", "--all", "-o", "out.pages"),
    "compare": ("compare", "in.csv", "in.csv"),
    "diff": ("diff", "set.yaml", "other.yaml", "--results", "in.csv"),
    "verify .xlsx": ("verify", "report.xlsx", "in.csv"),
    "verify .json": ("verify", "report.json", "in.csv"),
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "set.yaml").write_text(SET, encoding="utf-8")
    (tmp_path / "other.yaml").write_text(SET.replace("true", "false"), encoding="utf-8")
    (tmp_path / "in.csv").write_text("entity,done\na,yes\nb,no\nc,yes\n", encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    chosen = () if arguments[0] == "diff" else ("--set", "set.yaml")
    return CliRunner(env={"COLUMNS": "200"}).invoke(app, [*arguments, *chosen, "--lang", "en"])


def test_every_output_that_grows_is_held_here() -> None:
    assert {*OUTPUTS, "template"} == packed.ROOM.keys()


@pytest.mark.parametrize("kind", OUTPUTS)
def test_the_fullest_file_is_written_and_one_entity_more_is_refused(
    here: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    run("score", "in.csv", "-o", "report.xlsx", "-o", "report.json")
    monkeypatch.setattr(packed, "ROOM", {kind: 3 * PLACES})
    assert run(*OUTPUTS[kind]).exit_code == 0
    for written in here.glob("out.*"):
        written.rename(here / f"kept{written.suffix}")
    monkeypatch.setattr(packed, "ROOM", {kind: 3 * PLACES - 1})
    ended = run(*OUTPUTS[kind])
    assert ended.exit_code == 2
    assert f"smaller than 1 MB and yet name 3 entities; {kind} has room for 2" in ended.stderr
    assert "does not stand" not in ended.output  # nobody looked
    assert not list(here.glob("out.*"))


@pytest.mark.parametrize("most", [2, 1])
def test_a_template_of_a_long_roster_is_refused(here: Path, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    text = SET + "entity: {roster: [{code: '1', name: a}, {code: '2', name: b}]}\n"
    (here / "set.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(packed, "ROOM", {"template": most * PLACES})
    ended = run("template", "-o", "t.xlsx")
    assert (ended.exit_code, (here / "t.xlsx").exists()) == ((0, True) if most == 2 else (2, False))
    assert ("would have 2 rows in each sheet; of a set this size it has room for 1" in ended.stderr) == (most == 1)
    monkeypatch.setattr(room, "SMALL", len(text.encode()))
    assert run("template", "-o", "t.xlsx", "--force").exit_code == 0


def test_of_what_is_written_together_the_least_room_counts(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ROOM", {"xlsx": 3 * PLACES, "html": 2 * PLACES})
    assert run(*OUTPUTS["xlsx"]).exit_code == 0
    ended = run("score", "in.csv", "-o", "a.xlsx", "-o", "a.html", "-o", "a.csv")
    assert (ended.exit_code, "html has room for 2" in ended.stderr) == (2, True)
    assert not list(here.glob("a.*"))


@pytest.mark.parametrize("arguments", [(), ("--format", "csv"), ("-o", "all.csv")])
def test_a_table_and_csv_have_room_for_all(
    here: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setattr(packed, "ROOM", dict.fromkeys(packed.ROOM, 1))
    assert run("score", "in.csv", *arguments).exit_code == 0


@pytest.mark.parametrize(("room", "arguments"), [("", ()), ("", ("-o", "all.csv")), ("--fragile", ("--fragile",))])
def test_rules_of_many_comparisons_leave_room_for_few(
    here: Path, monkeypatch: pytest.MonkeyPatch, room: str, arguments: tuple[str, ...]
) -> None:
    """Each may have to be decided anew for everyone: the shipped set makes 85 comparisons of 41 measures."""
    assert packed.RULES_ROOM[""] // (85 + 41) > 90_000
    assert packed.RULES_ROOM["--fragile"] // (85 + 41) > packed.ROOM["--fragile"] // (2 * 8 + 13 + 41)
    monkeypatch.setattr(packed, "RULES_ROOM", {**packed.RULES_ROOM, room: 1})
    ended = run("score", "in.csv", *arguments)
    assert (ended.exit_code, "comparisons there is room for 0" in ended.stderr) == (2, True), ended.stderr


def test_one_explained_alone_has_room(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ROOM", dict.fromkeys(packed.ROOM, 1))
    assert run("explain", "in.csv", "a").exit_code == 0


def test_a_file_that_is_not_small_shows_what_it_costs(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ROOM", {"json": 1, "verify .json": 1})
    size = (here / "in.csv").stat().st_size
    monkeypatch.setattr(room, "SMALL", size + 1)
    assert run("score", "in.csv", "--format", "json").exit_code == 2
    monkeypatch.setattr(room, "SMALL", size)
    assert run("score", "in.csv", "-o", "report.json").exit_code == 0
    assert run("verify", "report.json", "in.csv").exit_code == 0


def test_nothing_counts_under_keep_going_either(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "ROOM", {"json": 1})
    ended = run("score", "in.csv", "--keep-going", "--format", "json")
    document = json.loads(ended.stdout)
    assert (ended.exit_code, document["sections"][0]["ranking"], document["inputs"]) == (2, [], [])
    assert [item["code"] for item in document["diagnostics"]] == ["unreadable"]
    assert document["diagnostics"][0]["file"] == "in.csv"


def test_the_places_of_an_entity() -> None:
    definition = load_set(SHIPPED).definition
    assert definition is not None
    assert packed.count_places(definition) == 2 * 8 + 13 + 41  # rows of two sections, indicators, measures


def test_texts_longer_than_any_agreement_has_take_places_too(here: Path) -> None:
    (here / "long.yaml").write_text(SET.replace("title: Done", f"title: {'x' * 300_000}"), encoding="utf-8")
    definition = load_set(here / "long.yaml").definition
    assert definition is not None
    # Of 300,000 characters, and some hundreds more that the rest of the set takes, 200,000 are free.
    assert PLACES + 1_000 < packed.count_places(definition) < PLACES + 1_020


@pytest.mark.parametrize("most", [50, 49])
def test_so_are_the_blank_rows_of_a_set_without_a_roster(
    here: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(packed, "ROOM", {"template": most * PLACES})
    ended = run("template", "-o", "t.xlsx")
    assert ended.exit_code == (0 if most == 50 else 2)
    assert ("would have 50 rows in each sheet; of a set this size it has room for 49" in ended.stderr) == (most == 49)
