"""The pages of docs/ say what the program says: their examples run, and no diagnostic lacks its section."""

from __future__ import annotations

import pathlib
import re

import pytest

from kpi_cli import model
from kpi_cli.render.sentences import load_words
from tests.documents import DOCS, PAGES, list_blocks, run_page

CODES = {key.split("/")[0] for key in load_words().sentences}
DIAGNOSTICS = DOCS / "diagnostics.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_its_examples_print_what_it_says(page: pathlib.Path) -> None:
    assert run_page(page) == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_example_is_run_or_is_a_file(page: pathlib.Path) -> None:
    blocks = list_blocks(page)
    assert blocks
    assert [block.body for block in blocks if block.language != "console" and block.name is None] == []


def _sections() -> dict[str, str]:
    """The sections of the diagnostics by their headings, which are the anchors of their codes."""
    parts = re.split(r"^### (\S+)\n", DIAGNOSTICS.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(parts[1::2]) == len(set(parts[1::2]))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_code_has_its_section_and_no_section_a_code_that_is_gone() -> None:
    assert set(_sections()) == CODES


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_section_shows_a_bad_example_of_its_code(code: str) -> None:
    section = _sections()[code]
    assert f"[{code}] " in section
    assert "Mend it:" in section


def test_the_language_page_names_every_key_of_a_set() -> None:
    page = (DOCS / "language.md").read_text(encoding="utf-8")
    parts = (getattr(model, name) for name in model.__all__)
    fields = (getattr(part, "model_fields", {}) for part in parts)
    keys = {info.alias or name for each in fields for name, info in each.items()}
    assert [key for key in sorted(keys) if f"`{key}`" not in page] == []
