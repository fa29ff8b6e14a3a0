"""The front pages are true: they name every command, their links lead somewhere, what they show was printed."""

from __future__ import annotations

import pathlib
import re

import pytest
import typer
from typer.main import get_command

from kpi_cli.cli.app import app

ROOT = pathlib.Path(__file__).parents[1]
README = ROOT / "README.md"
READMES = (README, ROOT / "README.th.md")
FRONT_PAGES = (*READMES, ROOT / "examples" / "README.md", ROOT / "ARCHITECTURE.md")
COMMANDS = get_command(app).list_commands(typer.Context(get_command(app)))  # type: ignore[attr-defined]


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_it_names_every_command_and_no_other(page: pathlib.Path) -> None:
    named = re.findall(r"`kpi ([a-z]+)", page.read_text(encoding="utf-8"))
    assert set(named) == set(COMMANDS)


@pytest.mark.parametrize("page", FRONT_PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_its_links_lead_somewhere(page: pathlib.Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8"))
    assert [each for each in targets if "://" not in each and not (page.parent / each).exists()] == []


def test_the_readme_leads_to_every_page_of_the_documentation() -> None:
    text = README.read_text(encoding="utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in text] == []


def test_the_ranking_that_the_readme_shows_was_printed() -> None:
    shown = README.read_text(encoding="utf-8").split("```")[1].strip().splitlines()
    printed = (ROOT / "examples" / "printed" / "buriram.en.txt").read_text(encoding="utf-8").splitlines()
    assert shown[0] == printed[0].removesuffix(" --lang en")
    assert [line for line in shown[1:] if line.strip() != "..." and line not in printed] == []
