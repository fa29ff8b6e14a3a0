"""What a change means, as people read it and as programs do; the figures are worked out in `two_sets`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from syrupy.assertion import SnapshotAssertion

from kpi_cli.model import EntityKind, Grade, Group, Indicator, IndicatorSet, Level, Measure, RosterEntry, Section
from kpi_cli.render.diff.blocks import list_blocks
from kpi_cli.render.diff.markdown import render_diff_markdown
from kpi_cli.render.diff.table import render_diff
from kpi_cli.render.diff.words import KEY_WORDS, tell_moves
from kpi_cli.render.json_text import dump
from kpi_cli.render.movement.json_v1 import diff_document
from kpi_cli.render.report import Comparison
from kpi_cli.render.text import display_width
from kpi_cli.render.translate import translate
from kpi_cli.scoring.level_moves import LevelMoves, find_level_moves
from kpi_cli.workflows import ScoreOptions
from kpi_cli.workflows.diff import diff_files
from tests.unit.checks.drafts import load_indicator
from tests.unit.render.test_json_v1 import check_schema
from tests.unit.scoring.test_level_moves import FLAGS, MANY
from tests.unit.two_sets import NEW, OLD, RESULTS

EN = translate("en")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, text in {"old.yaml": OLD, "new.yaml": NEW, "results.csv": RESULTS}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def compare(old: str = "old.yaml", new: str = "new.yaml", *results: str) -> Comparison:
    return diff_files(old, new, results=results, options=ScoreOptions()).comparison


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_page(here: Path, golden: SnapshotAssertion, language: str) -> None:
    shown = render_diff(compare("old.yaml", "new.yaml", "results.csv"), language=language, colour=False, width=80)  # type: ignore[arg-type]
    assert shown == golden(name=f"diff-{language}")


@pytest.mark.parametrize("language", ["en", "th"])
def test_markdown(here: Path, golden: SnapshotAssertion, language: str) -> None:
    shown = render_diff_markdown(compare("old.yaml", "new.yaml", "results.csv"), language)  # type: ignore[arg-type]
    assert shown == golden(name=f"diff-markdown-{language}")


@pytest.mark.parametrize("width", [50, 80])
def test_the_page_keeps_its_width(here: Path, width: int) -> None:
    lines = render_diff(compare(), language="en", colour=False, width=width).splitlines()
    assert max(map(display_width, lines)) <= width
    assert lines == [line.rstrip() for line in lines]


def test_colour_only_where_asked_for(here: Path) -> None:
    assert "\x1b" in render_diff(compare(), language="en", colour=True, width=80)
    assert "\x1b" not in render_diff(compare(), language="en", colour=False, width=80)


def test_documents_meet_the_published_schema(here: Path) -> None:
    (here / "bad.yaml").write_text(NEW.replace("weight: 60", "weight: 61"), encoding="utf-8")
    for arguments in [("old.yaml", "new.yaml", "results.csv"), ("old.yaml", "new.yaml"), ("old.yaml", "bad.yaml")]:
        check_schema(diff_document(compare(*arguments), "th"), "kpi.diff-1.json")
    document = diff_document(compare(), "en")
    with pytest.raises(jsonschema.ValidationError):
        check_schema({**document, "surplus": 1}, "kpi.diff-1.json")
    with pytest.raises(jsonschema.ValidationError):
        check_schema({**document, "effect": "unheard"}, "kpi.diff-1.json")


def test_the_document(here: Path) -> None:
    document: Any = json.loads(dump(diff_document(compare("old.yaml", "new.yaml", "results.csv"), "en")))
    assert (document["schema"], document["effect"]) == ("kpi.diff/1", "verdict")
    assert (document["old"]["id"], document["new"]["id"]) == ("round-one", "round-two")
    assert document["levels"][0]["moves"][0] == {
        "old": 2,
        "new": 1,
        "boxes": [{"spent": [{"low": "74.5", "high": "75", "low_closed": True, "high_closed": False}]}],
        "example": {"spent": "74.5"},
    }
    beta, gamma, alpha, delta = document["movement"]["sections"][0]["entities"]
    assert (beta["old"]["score"], beta["new"]["score"], beta["gain"], beta["new"]["grade"]) == (72, 83, 11, "Good")
    assert (gamma["old"]["exact"], gamma["new"]["exact"], gamma["moved"]) == ("64", "66", True)
    assert (alpha["gain"], alpha["indicators"][0]["old"]["level"], alpha["indicators"][0]["new"]["level"]) == (
        -12,
        2,
        1,
    )
    assert (delta["entity"]["name"], delta["old"]["score"], delta["moved"]) == ("Delta Hill", None, False)
    assert "diagnostics" in document
    when = next(change for change in document["changes"] if change["kind"] == "level" and change["indicator"] == "B")
    assert when["keys"] == [{"key": "when", "old": "sites >= 3", "new": "sites > 2", "effect": "none"}]


def test_sets_that_say_the_same(here: Path) -> None:
    (here / "spelled.yaml").write_text(OLD.replace("weight: 60", "weight: 60.0  # a comment"), encoding="utf-8")
    same = compare("old.yaml", "spelled.yaml")
    assert render_diff(same, language="en", colour=False, width=None).splitlines()[-1] == "The two sets say the same."
    assert same.old.set_sha256 == same.new.set_sha256


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("title: Team", "title: The team", "No verdict changes: what differs is wording, checks or order alone."),
        ("title: Spent}", "title: Money}", "No rule and no weight changes; what is read of a results file does."),
        ("weight: 10", "weight: 9.5\n        owner: us", "Verdicts change: A, C"),
    ],
)
def test_the_last_word(here: Path, before: str, after: str, said: str) -> None:
    text = OLD.replace(before, after).replace("weight: 60", "weight: 60.5" if "9.5" in after else "weight: 60")
    (here / "edited.yaml").write_text(text, encoding="utf-8")
    shown = render_diff(compare("old.yaml", "edited.yaml"), language="en", colour=False, width=None)
    assert shown.splitlines()[-1] == said


def test_a_set_with_errors_prints_no_page(here: Path) -> None:
    (here / "bad.yaml").write_text("kpi: 1\n", encoding="utf-8")
    assert render_diff(compare("old.yaml", "bad.yaml"), language="en", colour=False, width=None) == ""
    assert render_diff_markdown(compare("bad.yaml", "new.yaml"), "en") == ""


def test_long_rosters_are_cut_and_say_so(here: Path) -> None:
    more = "".join(f'    - {{code: "1{number:02}", name: Place {number}}}\n' for number in range(20))
    (here / "many.yaml").write_text(OLD.replace("sections:", f"{more}sections:", 1), encoding="utf-8")
    comparison = compare("old.yaml", "many.yaml")
    assert comparison.diff is not None
    (block,) = list_blocks(comparison, comparison.diff, EN)
    names = ", ".join(f"Place {number}" for number in range(12))
    assert block.verdicts == (f"new on the roster: {names}, and 8 more",)


def test_moves_that_cannot_be_listed_have_an_example() -> None:
    rule = ", ".join(f"{name}: true" for name in MANY)
    moves = find_level_moves(
        old=load_indicator(FLAGS, [rule]), new=load_indicator(FLAGS, [rule.replace("a: true, ", "")])
    )
    (told,) = tell_moves(moves, EN)
    assert told.startswith("for example a is no and b is yes and c is yes")
    assert told.endswith("moves from level 0 to 1")


@pytest.mark.parametrize("obstacle", ["other-types", "other-measures", "too-large"])
def test_what_is_not_known_is_said(obstacle: Any) -> None:
    assert "compare" in " ".join(tell_moves(LevelMoves("A", obstacle=obstacle, whole=()), EN))
    assert list(tell_moves(LevelMoves("A", whole=("m",)), EN)) == [
        "m was compared at whole numbers, which both sets take"
    ]


def test_every_key_of_a_set_has_its_word() -> None:
    parts = (EntityKind, Grade, Group, Indicator, IndicatorSet, Level, Measure, RosterEntry, Section)
    keys = {name for part in parts for name in part.model_fields}
    nested = {"kpi", "sections", "entity", "grades", "indicators", "measures", "levels", "roster"}
    assert keys - nested <= set(KEY_WORDS)
    orders = {f"{kind}-order" for kind in ("section", "indicator", "measure", "roster")}
    assert set(KEY_WORDS) == (keys - nested) | orders | {"section", "group"}
