"""Movement between two rounds, as people read it and as programs do; the scores are worked out below."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion

from kpi_cli.render.json_text import dump
from kpi_cli.render.movement.json_v1 import compare_document
from kpi_cli.render.movement.page import render_compare, render_compare_markdown
from kpi_cli.render.report import Comparison
from kpi_cli.render.text import display_width
from kpi_cli.workflows import ScoreOptions
from kpi_cli.workflows.compare import Side, compare_files
from tests.unit.render.test_json_v1 import check_schema
from tests.unit.two_sets import NEW, OLD, RESULTS

# By the old set. Round one: Alpha A 2 B 5 C 5 -> 64, Beta A 4 B 4 C 0 -> 72, Gamma A 3 B 3 C 5 -> 64.
# Round two: Alpha A 5 B 5 C 5 -> 100, Beta as before, Gamma A 1 B 3, C blank -> 30 proven, 40 possible, Delta nothing.
ROUND_TWO = """\
code,entity,spent,sites,meetings,visits
1,Alpha,95,5,5,5
2,Beta,85,4,0,5
3,Gamma,50,3,,5
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KPI_SET", raising=False)
    files = {"old.yaml": OLD, "new.yaml": NEW, "one/results.csv": RESULTS, "two/results.csv": ROUND_TWO}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def compare(new_set: str = "old.yaml") -> Comparison:
    old, new = Side("one/results.csv", "old.yaml"), Side("two/results.csv", new_set)
    return compare_files(old, new, ScoreOptions()).comparison


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_page(here: Path, golden: SnapshotAssertion, language: Any) -> None:
    assert render_compare(compare(), language=language, colour=False, width=80) == golden(name=f"compare-{language}")


@pytest.mark.parametrize("language", ["en", "th"])
def test_two_sets(here: Path, golden: SnapshotAssertion, language: Any) -> None:
    shown = render_compare(compare("new.yaml"), language=language, colour=False, width=80)
    assert shown == golden(name=f"compare-two-sets-{language}")


@pytest.mark.parametrize("language", ["en", "th"])
def test_markdown(here: Path, golden: SnapshotAssertion, language: Any) -> None:
    assert render_compare_markdown(compare(), language) == golden(name=f"compare-markdown-{language}")


@pytest.mark.parametrize("width", [60, 80])
def test_the_page_keeps_its_width(here: Path, width: int) -> None:
    lines = render_compare(compare("new.yaml"), language="en", colour=False, width=width).splitlines()
    assert max(map(display_width, lines)) <= width
    assert lines == [line.rstrip() for line in lines]


def test_colour_only_where_asked_for(here: Path) -> None:
    assert "\x1b" in render_compare(compare(), language="en", colour=True, width=80)
    assert "\x1b" not in render_compare(compare(), language="en", colour=False, width=80)


def test_documents_meet_the_published_schema(here: Path) -> None:
    check_schema(compare_document(compare(), "en"), "kpi.compare-1.json")
    check_schema(compare_document(compare("new.yaml"), "th"), "kpi.compare-1.json")
    check_schema(compare_document(compare("nowhere"), "en"), "kpi.compare-1.json")
    with pytest.raises(jsonschema.ValidationError):
        check_schema({**compare_document(compare(), "en"), "surplus": 1}, "kpi.compare-1.json")


def test_files_of_one_name_are_told_apart(here: Path) -> None:
    document = compare_document(compare(), "en")
    assert [file["file"] for file in document["old"]["inputs"]] == ["one/results.csv"]
    assert [file["file"] for file in document["new"]["inputs"]] == ["two/results.csv"]


def test_the_document(here: Path) -> None:
    (section,) = json.loads(dump(compare_document(compare(), "en")))["movement"]["sections"]
    assert [(row["entity"]["name"], row["moved"], row["gain"]) for row in section["entities"]] == [
        ("Alpha", True, 36.0),
        ("Beta", True, 0.0),
        ("Gamma", True, -34.0),
        ("Delta", False, None),
    ]
    assert [(row["old"]["rank"], row["new"]["rank"]) for row in section["entities"]] == [
        (2, 1), (1, 2), (2, 3), (None, None)
    ]  # fmt: skip
    meetings = section["entities"][2]["indicators"][2]
    assert (meetings["old"]["level"], meetings["new"]["level"], meetings["new"]["possible_level"]) == (5, 0, 5)


def test_nothing_is_printed_where_one_side_scores_nobody(here: Path) -> None:
    (here / "two" / "results.csv").write_text(ROUND_TWO.replace("95", "much"), encoding="utf-8")
    assert render_compare(compare(), language="en", colour=False, width=None) == ""
    assert render_compare_markdown(compare(), "en") == ""
    assert compare_document(compare(), "en")["movement"] is None
