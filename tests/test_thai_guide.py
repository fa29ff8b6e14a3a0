"""The guide for officers says what the program says: its commands run, its pictures are there and small."""

from __future__ import annotations

import pathlib
import re

import pytest
from typer.main import get_command

from kpi_cli.cli.app import app
from tests.thai_guide import GUIDE, PAGES, list_commands, officers_folder, run, run_page

PICTURES = sorted((GUIDE / "pictures").glob("*.png"))
# Refusals that the guide shows on purpose; all other commands end with 0.
ENDS_WITH_FINDINGS = {
    "kpi score ส่งผิด --keep-going",
    "kpi validate ส่งผิด",
    "kpi verify สรุปคะแนน.xlsx เดือนก่อน",
}
OTHERS = ("cd ", "mkdir ", "setx KPI_LANG th", "py -m pip install .")
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)


@each_page
def test_it_prints_what_it_says(page: pathlib.Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert "Usage:" not in text
    assert run_page(page) == text


@each_page
def test_its_commands_run(page: pathlib.Path) -> None:
    lines = [line.replace("py -m kpi_cli", "kpi") for line in list_commands(page)]
    commands = [line for line in lines if line.startswith("kpi ")]
    assert [line for line in lines if line not in commands and not line.startswith(OTHERS)] == []
    with officers_folder():
        ended = {command: run(command).exit_code for command in commands}
    assert ended == {command: int(command in ENDS_WITH_FINDINGS) for command in commands}


@each_page
def test_commands_within_a_line_exist(page: pathlib.Path) -> None:
    named = re.findall(r"`kpi ([a-z]+)", page.read_text(encoding="utf-8"))
    assert set(named) <= set(get_command(app).list_commands(None))  # type: ignore[attr-defined, arg-type]


@each_page
def test_its_links_lead_somewhere(page: pathlib.Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r'\]\(([^)]+)\)|src="([^"]+)"', text)
    assert [name for pair in targets for name in pair if name and not _leads_somewhere(page, name)] == []


def _leads_somewhere(page: pathlib.Path, target: str) -> bool:
    return target.startswith("https://") or (page.parent / target).exists()


def test_pictures_are_shown_and_small() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [path.name for path in PICTURES if f"pictures/{path.name}" not in text] == []
    sizes = [path.stat().st_size for path in PICTURES]
    assert max(sizes) < 150_000
    assert sum(sizes) < 1_500_000
